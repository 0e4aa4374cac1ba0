"""Words, against one expression that names every character of each kind: exact, and slow to make."""

from __future__ import annotations

import re
import sys
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.documents.words import count_words, may_part, place_between, words
from tests.tui.texts import lines, lone_lines

WIDE = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
    "\U00016fe0-\U00018d08\U0001b000-\U0001b16f\U00020000-\U0003fffd"
)
INNER = r"['’\-‐‑]|(?<=\d)[.,](?=\d)|(?<=\b[^\W\d_])\.(?=[^\W\d_]\b)|\.(?=[a-z]{2,})"


def all_marks() -> str:
    """All combining marks, as the inside of a character class."""
    codes = [code for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code))[0] == "M"]
    ranges, first = [], codes[0]
    for code, following in pairwise([*codes, -1]):
        if following != code + 1:
            ranges.append(f"{chr(first)}-{chr(code)}")
            first = following
    return "".join(ranges)


MARKS = all_marks()
RUN = rf"[^\W{WIDE}][{MARKS}\u200c\u200d]*"
WHOLE = re.compile(rf"(?:{RUN})+(?:(?:{INNER})(?:{RUN})+)*|[{WIDE}][{MARKS}\u200c\u200d]*")
APART = re.compile(rf"\s(?=\S)|(?<=[{WIDE}])(?=[{WIDE}])")
TOGETHER = re.compile(rf"[\w'’\-‐‑.,\u200c\u200d{MARKS}]{{2}}|[{WIDE}][{MARKS}]")

PICKED = st.text(
    st.sampled_from("ab1. ,'’-‐_é\u0301\u200d漢か\u3099ー⺀ｶ\uff9e한नि\u093fя\U00020000\U0003fffd「\n\u0e33"),
    max_size=40,
)
TEXTS = PICKED | lines | lone_lines | st.text()


@given(TEXTS)
@example("⺀a.b c.d")
@example("か\u3099\u0301x")
@example("\u3099")
def test_words_are_those_of_the_whole_expression(text: str) -> None:
    assert words(text) == [found.span() for found in WHOLE.finditer(text)]
    assert count_words(text) == len(words(text))


@given(TEXTS, st.integers(0, 40), st.integers(0, 40))
def test_where_words_can_be_parted(text: str, start: int, end: int) -> None:
    start, end = min(start, len(text)), min(end, len(text))
    found = APART.search(text, start, end)
    assert place_between(text, start, end) == (None if found is None else found.end())


@given(TEXTS)
def test_a_cut_that_parts_no_word_may_not(text: str) -> None:
    inside = {cut for start, end in words(text) for cut in range(start + 1, end)}
    assert inside <= {cut for cut in range(len(text) + 1) if may_part(text, cut)}
    assert not may_part(text, 0)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("don’t self-made 1,240.5", ["don’t", "self-made", "1,240.5"]),
        ("U.S. www.example.org e.g.", ["U.S", "www.example.org", "e.g"]),
        ("漢字かな", ["漢", "字", "か", "な"]),
        ("एक हिंदी शब्द", ["एक", "हिंदी", "शब्द"]),
        ("e\u0301te\u0301", ["e\u0301te\u0301"]),
    ],
)
def test_what_is_a_word(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in words(text)] == expected
