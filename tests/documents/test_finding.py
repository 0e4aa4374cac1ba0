from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.documents import finding
from reader.documents.finding import WINDOW, after, before, counted, pattern, within
from reader.documents.span import Span


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


@given(st.text("ab \n", max_size=60), st.integers(0, 60), st.sampled_from(["a", "ab", "a b", "aa"]))
def test_after_and_before_are_the_neighbours(text: str, offset: int, words: str) -> None:
    sought = pattern(words)
    assert sought is not None
    starts = [at for at in range(len(text)) if sought.match(text, at)]
    offset = min(offset, len(text))
    following, preceding = after(sought, text, offset), before(sought, text, offset)
    assert (following.start if following else None) == min((at for at in starts if at >= offset), default=None)
    # Hits do not overlap, so of `aa` in `aaa` the one before may be another than the nearest.
    if len(words) < 2 or words[0] != words[1]:
        assert (preceding.start if preceding else None) == max((at for at in starts if at < offset), default=None)


def test_before_looks_as_far_back_as_there_is_text() -> None:
    text = "moon" + " " * (3 * WINDOW) + "moon"
    sought = pattern("moon")
    assert sought is not None
    assert before(sought, text, len(text) - 4) == Span(0, 4)
    assert before(sought, text, len(text)) == Span(len(text) - 4, len(text))
    assert before(sought, text, 0) is None


def test_a_hit_across_the_windows_edge_is_found() -> None:
    text = "x" * (WINDOW - 2) + "moon" + "x" * (WINDOW - 2)
    sought = pattern("moon")
    assert sought is not None
    assert before(sought, text, len(text)) == Span(WINDOW - 2, WINDOW + 2)


def test_hits_are_counted_in_texts_that_are_not_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    sought = pattern("moon")
    assert sought is not None
    text = "moon and moon and moon"
    assert counted(sought, text, 9) == (2, 3)
    monkeypatch.setattr(finding, "MOST_COUNTED", len(text) - 1)
    assert counted(sought, text, 9) is None
