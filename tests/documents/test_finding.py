"""Finding words: what makes no difference, and that the quick way finds what Python's own search finds."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.documents.finding import MOST_SPACE, MOST_WORDS, Finder, pattern, within
from reader.documents.span import Span

texts = st.text("ab zqZQ kKs\u212aſ\n'’“\"-—İıéÉ漢", max_size=80)
needles = st.sampled_from(
    ["a", "zq", "z q", "qa", "aa", "aza", "k", "ks", "“z”", "z'q", "éz", "q-z", "漢", "ab z", "zzz"]
)


def hits(words: str, text: str) -> list[str]:
    sought = pattern(words)
    assert sought is not None
    return [span.cut(text) for span in within(sought, text, 0, len(text))]


@pytest.mark.parametrize(
    "words, text, expected",
    [
        ("moon", "The Moon, the moon, MOON.", ["Moon", "moon", "MOON"]),
        ('"so"', "“so” „so“ «so» \"so\" 'so'", ["“so”", "„so“", "«so»", '"so"']),
        ("“so”", '"so"', ['"so"']),
        ("don't", "don’t don't don‘t dont", ["don’t", "don't", "don‘t"]),
        ("a-b", "a-b a–b a—b a‑b ab", ["a-b", "a–b", "a—b", "a‑b"]),
        ("the  moon", "the moon the\nmoon the \n moon themoon", ["the moon", "the\nmoon", "the \n moon"]),
        ("a.b", "a.b axb", ["a.b"]),
        ("(", "f(x)", ["("]),
        ("ÉTÉ", "été", ["été"]),
    ],
)
def test_case_marks_dashes_and_line_breaks_make_no_difference(words: str, text: str, expected: list[str]) -> None:
    assert hits(words, text) == expected


@pytest.mark.parametrize("words", ["", "  ", "\n"])
def test_nothing_finds_nothing(words: str) -> None:
    assert pattern(words) is None
    assert Finder.of(words, "some text") is None


def test_words_of_one_hit_are_not_a_page_apart() -> None:
    assert hits("the moon", f"the{' ' * MOST_SPACE}moon") != []
    assert hits("the moon", f"the{' ' * (MOST_SPACE + 1)}moon") == []


def test_words_without_end_are_cut() -> None:
    found = Finder.of("ab" * MOST_WORDS, "ab" * 2 * MOST_WORDS)
    assert found is not None
    assert next(found.hits(0, 10)) == (0, MOST_WORDS)


@given(texts, needles, st.text("xyz ", max_size=10), st.data())
def test_a_finder_finds_what_the_pattern_finds(text: str, words: str, more: str, data: st.DataObject) -> None:
    # With so much around them some letters are rare and others are not, which decides between its two ways.
    text = text + more * 300
    finder, sought = Finder.of(words, text), pattern(words)
    assert finder is not None
    assert sought is not None
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    expected = [found.span() for found in sought.finditer(text, start) if found.start() < end]
    assert list(finder.hits(start, end)) == expected
    assert all(last - first <= finder.longest for first, last in expected)


def test_a_letter_in_two_forms_has_no_third_one() -> None:
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    for letter in "abcdefghijklmnopqrstuvwxyz":
        forms = set(re.findall(letter, everything, re.IGNORECASE))
        rare = f"{letter}0" + "." * 200
        found = [Finder.of(f"{letter}0", rare.replace(letter, form, 1)) for form in forms]
        assert [next(each.hits(0, 1), None) for each in found if each is not None] == [(0, 2)] * len(forms)


def test_hits_that_begin_in_a_range_may_reach_over_its_end() -> None:
    finder = Finder.of("moon", "moon moon")
    assert finder is not None
    assert list(finder.hits(0, 1)) == [(0, 4)]
    assert list(finder.hits(1, 6)) == [(5, 9)]
    assert within(finder.pattern, finder.text, 0, 9) == (Span(0, 4), Span(5, 9))
