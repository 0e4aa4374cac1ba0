"""The canonical text and its map: done twice is done once, and every code point can be followed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.documents.normalise import canonical, hidden_characters, safe
from reader.documents.offsetmap import OffsetMap, compose
from reader.documents.span import Span
from reader.errors import BadInput

HARD = "ab\r\n\ufeff\x00\x85\u2028\x0be\u0301\u0323\u1100\u1161\u11a8\uac00\u0344\u0f73\u0f71\u212b"
HARD += "\ud800\x1b\u202e\U000e0041\u0915\u093c"
raws = st.text(alphabet=HARD, max_size=14) | st.text(max_size=14)
breaks = ["\r\n", "\r", "\x85", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\u2028", "\u2029", "\n"]


@st.composite
def maps(draw: st.DrawFn, raw_length: int | None = None) -> OffsetMap:
    """Any map: gaps and stretches of any lengths."""
    length = draw(st.integers(0, 12)) if raw_length is None else raw_length
    cuts = sorted(draw(st.sets(st.integers(0, length), max_size=6)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return OffsetMap.of(length, [(one, other - one, draw(st.integers(0, 3))) for one, other in pairs])


@given(raws)
def test_canonical_twice_is_canonical_once(raw: str) -> None:
    text, mapped = canonical(raw)
    again, unchanged = canonical(text)
    assert again == text
    assert unchanged.is_identity
    assert (mapped.raw_length, mapped.length) == (len(raw), len(text))


@given(raws)
def test_the_map_is_exact(raw: str) -> None:
    text, mapped = canonical(raw)
    raw_last = last = 0
    for raw_start, raw_length, length in [*mapped.stretches(), (len(raw), 0, 0)]:
        end = last + raw_start - raw_last
        for before, after in zip(raw[raw_last:raw_start], text[last:end], strict=True):
            assert safe("\n" if before in breaks else before, lines=True) == after
        stretch = raw[raw_start : raw_start + raw_length]
        if length and stretch != "\r\n":
            plain = safe(
                "".join("\n" if char in breaks else char for char in stretch.replace("\r\n", "\n")), lines=True
            )
            assert unicodedata.normalize("NFC", plain) == text[end : end + length]
        raw_last, last = raw_start + raw_length, end + length
    assert last == len(text)


@given(raws)
def test_nothing_that_a_terminal_obeys_is_left(raw: str) -> None:
    text, _ = canonical(raw)
    assert not any(unicodedata.category(char) in ("Cc", "Cs") and char not in "\t\n" for char in text)
    assert unicodedata.is_normalized("NFC", text)
    assert not text.endswith("\n")
    text.encode()


@given(maps())
def test_starts_go_down_and_ends_go_up(mapped: OffsetMap) -> None:
    for start in range(mapped.raw_length + 1):
        for end in range(start, mapped.raw_length + 1):
            there = mapped.to_canonical(Span(start, end))
            assert 0 <= there.start <= there.end <= mapped.length
            if len(there):
                back = mapped.to_raw(there)
                assert mapped.to_canonical(back) == there
    for start in range(mapped.length + 1):
        for end in range(start + 1, mapped.length + 1):
            assert mapped.to_canonical(mapped.to_raw(Span(start, end))).covers(Span(start, end))


@given(maps())
def test_the_map_never_turns_back(mapped: OffsetMap) -> None:
    starts = [mapped.to_canonical(Span(at, mapped.raw_length)).start for at in range(mapped.raw_length + 1)]
    ends = [mapped.to_canonical(Span(0, at)).end for at in range(mapped.raw_length + 1)]
    assert starts == sorted(starts)
    assert ends == sorted(ends)


@given(maps())
def test_a_map_is_the_same_from_the_database(mapped: OffsetMap) -> None:
    assert OffsetMap.load(mapped.dump()) == mapped


@given(st.data())
def test_composing_two_maps_loses_nothing(data: st.DataObject) -> None:
    first = data.draw(maps())
    second = data.draw(maps(first.length))
    both = compose(first, second)
    assert (both.raw_length, both.length) == (first.raw_length, second.length)
    for start in range(first.raw_length + 1):
        for end in range(start + 1, first.raw_length + 1):
            by_steps = second.to_canonical(first.to_canonical(Span(start, end)))
            at_once = both.to_canonical(Span(start, end))
            assert not len(by_steps) or at_once.covers(by_steps)


def test_a_damaged_map_is_refused_with_a_sentence() -> None:
    with pytest.raises(BadInput, match="add the article again"):
        OffsetMap.load(b"m1 not deflated")
    with pytest.raises(BadInput, match="add the article again"):
        OffsetMap.load(b"")


def test_a_range_past_the_end_is_refused() -> None:
    with pytest.raises(ValueError, match="ends after"):
        OffsetMap.of(3, []).to_canonical(Span(0, 4))


@pytest.mark.parametrize("line_break", breaks)
def test_every_kind_of_line_break_is_a_line_feed(line_break: str) -> None:
    assert canonical(f"a{line_break}b")[0] == "a\nb"


def test_the_leading_byte_order_mark_goes_and_others_show() -> None:
    text, mapped = canonical("\ufeffab\ufeff")
    assert text == "ab\ufffd"
    assert mapped.to_raw(Span(0, 1)) == Span(1, 2)
    assert canonical("\ufeff")[0] == ""


def test_a_composed_letter_maps_as_a_whole() -> None:
    text, mapped = canonical("x e\u0301 y\r\n")
    assert text == "x é y"
    assert mapped.to_canonical(Span(3, 4)) == Span(2, 3)
    assert mapped.to_raw(Span(2, 3)) == Span(2, 4)


def test_controls_show_one_for_one_and_joiners_stay() -> None:
    assert canonical("a\x00b\x1b[2Jc\x7f\x9b\u202e")[0] == "a␀b␛[2Jc␡\ufffd\ufffd"
    assert canonical("क्\u200dष, auto\u00adbahn\u200b")[0] == "क्\u200dष, auto\u00adbahn\u200b"
    assert hidden_characters("क्\u200dष, auto\u00adbahn\u200b") == 3


def test_a_line_of_a_screen_stays_one_line() -> None:
    assert safe("a\nb\tc\x1b\r\u2028d") == "a b c␛  d"
    assert safe("a\nb\tc\x1b", lines=True) == "a\nb\tc␛"
