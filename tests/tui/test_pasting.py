from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from textual import events

from reader.tui.pasting import BEGIN, END, Keyboard, Pastes

PIECES = st.sampled_from(["a", "q", "\x1b", "[", "2", "0", "1", "~", "\x1b[B", "\x1b[20", BEGIN, END, "\r"])


def cut(text: str, places: Sequence[int]) -> list[str]:
    """The text in pieces."""
    edges = [0, *sorted(min(place, len(text)) for place in places), len(text)]
    return [text[a:b] for a, b in pairwise(edges)]


@given(st.lists(PIECES, max_size=30).map("".join), st.lists(st.integers(0, 80), max_size=12))
def test_it_is_the_same_in_however_many_pieces_it_comes(text: str, places: Sequence[int]) -> None:
    whole, pieces = Pastes(), Pastes()
    # At the end of a paste that does not end, the beginning of its end may be kept back.
    assert "".join(map(pieces.cleaned, cut(text + END, places))) == whole.cleaned(text + END)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_what_is_pasted_has_no_escape_characters_and_all_else_is_as_it_was(text: str) -> None:
    cleaned = Pastes().cleaned(text + END)
    assert len(cleaned) == len(text + END)
    rest = cleaned
    while BEGIN in rest:
        before, _, rest = rest.partition(BEGIN)
        pasted, _, rest = rest.partition(END)
        assert "\x1b" not in pasted
        assert before in text
    assert cleaned.replace("␛", "\x1b") == text + END


@given(st.text(st.sampled_from("aq1\x1b[B;~<M "), max_size=20), st.lists(st.integers(0, 60), max_size=6))
def test_a_paste_is_one_event_and_nothing_in_it_is_a_key(words: str, places: Sequence[int]) -> None:
    keyboard = Keyboard()
    told = [event for piece in cut(f"{BEGIN}{words}{END}q", places) if piece for event in keyboard.feed(piece)]
    *pasted, key = told
    assert isinstance(key, events.Key)
    assert key.key == "q"
    assert [event.text for event in pasted if isinstance(event, events.Paste)] == [words.replace("\x1b", "␛")]
    assert len(pasted) == 1
