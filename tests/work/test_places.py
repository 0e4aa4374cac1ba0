from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.documents.span import Span
from reader.work import places
from reader.work.places import Sought, all_places, sought


def words(text: str, sought_words: str, *, begins: bool = False, whole: bool = True) -> list[str]:
    each = sought(sought_words, begins=begins, whole=whole)
    assert each is not None
    return [span.cut(text) for span in places.places(each, text)]


@pytest.mark.parametrize(
    "text, wanted, found",
    [
        ("The MOON, moonlight, moon.", "moon", ["MOON", "moon"]),
        ("the third\n  time, The  Third Time", "the third time", ["the third\n  time", "The  Third Time"]),
        ("don’t don't", "DON'T", ["don’t", "don't"]),
        ("he said “no”, \"no\"", "«no»", ["“no”", "\"no\""]),
        ("self-made self–made", "self-made", ["self-made", "self–made"]),
        ("São Paulo, Sao Paulo", "sao paulo", ["São Paulo", "Sao Paulo"]),
        ("São Paulo, Sao Paulo", "são paulo", ["São Paulo", "Sao Paulo"]),
        ("ЛУНА луна", "Луна", ["ЛУНА", "луна"]),
        ("straße STRASSE", "straße", ["straße"]),
        ("漢字と仮名", "仮名", ["仮名"]),
        ("1,240 roofs, 11,240 roofs", "1,240", ["1,240"]),
        ("xto to to", "to to", ["to to"]),
        ("a.b a+b axb", "a.b", ["a.b"]),
        ("moon_light", "moon", ["moon"]),
    ],
)  # fmt: skip
def test_where_whole_words_stand(text: str, wanted: str, found: list[str]) -> None:
    assert words(text, wanted) == found


def test_beginnings_and_parts_of_words() -> None:
    assert words("bridge bridges abridged", "bridg", begins=True) == ["bridge", "bridges"]
    assert words("bridge bridges abridged", "bridg", whole=False) == ["bridg", "bridg", "bridg"]
    assert sought(" \n") is None


def test_what_search_tables_do_not_know() -> None:
    assert [each is not None and each.is_indexed for each in map(sought, ("moon", "5", "—", "仮名", "ภาษา"))] == [
        True, True, False, False, False,
    ]  # fmt: skip


def test_a_hit_may_lie_across_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "WINDOW", 7)
    assert words("the moon is the moon of the\nmoon", "the moon") == ["the moon", "the moon", "the\nmoon"]


_TEXTS = st.text("aAáb ’'\n", max_size=60)


@given(_TEXTS, st.text("aAáb’ ", min_size=1, max_size=4), st.integers(1, 9))
def test_all_whole_words_and_no_others(text: str, wanted: str, window: int) -> None:
    """Compared with one regular expression over the whole text."""
    each = sought(wanted)
    if each is None:
        return
    plain = text.lower().replace("á", "a").replace("’", "'")
    pattern = r"\s+".join(map(re.escape, wanted.lower().replace("á", "a").replace("’", "'").split()))
    before = r"(?<![^\W_])" if wanted.strip()[0].isalnum() else ""
    behind = r"(?![^\W_])" if wanted.strip()[-1].isalnum() else ""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(places, "WINDOW", window)
        assert [(span.start, span.end) for span in places.places(each, text)] == [
            found.span() for found in re.finditer(before + pattern + behind, plain)
        ]


def test_places_of_several_words_in_order() -> None:
    several: list[Sought] = [each for each in map(sought, ("moon", "the moon", "of")) if each is not None]
    assert list(all_places(several, "of the moon, moon")) == [Span(0, 2), Span(3, 11), Span(13, 17)]


def test_words_that_go_on_with_a_sign_are_other_words() -> None:
    text = "हम और हमें, काम का; ที่ ที"
    for meant, start in (("हम", 0), ("का", text.index("का;")), ("ที", len(text) - 2)):
        each = sought(meant)
        assert each is not None
        assert [*places.places(each, text)] == [Span(start, start + len(meant))]
    begun = sought("हम", begins=True)
    assert begun is not None
    assert [span.cut(text) for span in places.places(begun, text)] == ["हम", "हमें"]
