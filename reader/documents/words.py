"""Words: letters, digits and their marks, with apostrophes, hyphens and number points inside.

One Han or kana character is a word. Offsets are code points of the text that is handed in.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

_WIDE = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
_WIDE += "\uf900-\ufaff\uff66-\uff9f"
_WIDE += "\U00016fe0-\U00018d08\U0001b000-\U0001b16f\U00020000-\U0003fffd"
# Searched for by `re.search`, which compiles them when first used: not at import, before the first paint.
_WITH_MARKS = (
    (0x300, 0x1DFF), (0x20D0, 0x20F0), (0x2CEF, 0x2CF1), (0x2D7F, 0x2D7F), (0x2DE0, 0x2DFF), (0x302A, 0x302F),
    (0x3099, 0x309A), (0xA66F, 0xABEF), (0xFB1E, 0xFB1E), (0xFE00, 0xFE2F), (0x101FD, 0x11FFF), (0x13430, 0x13455),
    (0x16AF0, 0x16FFF), (0x1BC9D, 0x1BC9E), (0x1CF00, 0x1CF46), (0x1D165, 0x1D244), (0x1DA00, 0x1E94A),
    (0xE0100, 0xE01EF),
)  # fmt: skip
"""Blocks that hold all combining marks, and other characters."""

_MARKS = "".join(f"{chr(first)}-{chr(last)}" for first, last in _WITH_MARKS)
_MAY_HOLD_MARKS = f"[{_MARKS}\u200c\u200d]"
_APART = rf"\s(?=\S)|(?<=[{_WIDE}])(?=[{_WIDE}])"
_TOGETHER = rf"[\w'’\-‐‑.,\u200c\u200d{_MARKS}]{{2}}"


def count_words(text: str) -> int:
    """How many words a text has."""
    return len(_pattern(bool(re.search(_MAY_HOLD_MARKS, text))).findall(text))


def words(text: str) -> list[tuple[int, int]]:
    """Start and end of each word."""
    return [found.span() for found in _pattern(bool(re.search(_MAY_HOLD_MARKS, text))).finditer(text)]


def place_between(text: str, start: int, end: int) -> int | None:
    """The first place in a range where a text can be cut so that the parts have the words of the whole."""
    found = re.compile(_APART).search(text, start, end)
    return found.end() if found else None


def may_part(text: str, cut: int) -> bool:
    """Whether a cut there could part a word."""
    return bool(re.compile(_TOGETHER).match(text, cut - 1))


@lru_cache(2)
def _pattern(marked: bool) -> re.Pattern[str]:
    """What finds a word.

    Python's `\\w` leaves combining marks out, so they are gathered from `unicodedata`, only for texts that may
    hold some.
    """
    marks = _combining_marks() if marked else ""
    letter = rf"[^\W{_WIDE}]"
    run = rf"{letter}[{marks}\u200c\u200d]*" if marks else letter
    inner = r"['’\-‐‑]|(?<=\d)[.,](?=\d)|(?<=\b[^\W\d_])\.(?=[^\W\d_]\b)|\.(?=[a-z]{2,})"
    wide = rf"[{_WIDE}]" + (f"[{marks}]*" if marks else "")
    return re.compile(rf"(?:{run})+(?:(?:{inner})(?:{run})+)*|{wide}")


def _combining_marks() -> str:
    """All combining marks, as the inside of a character class."""
    import unicodedata

    codes = [
        code
        for first, last in _WITH_MARKS
        for code in range(first, last + 1)
        if unicodedata.category(chr(code))[0] == "M"
    ]
    out, first = [], codes[0]
    for code, following in pairwise([*codes, 0]):
        if following != code + 1:
            out.append(f"{chr(first)}-{chr(code)}")
            first = following
    return "".join(out)
