"""Words: letters, digits and their marks, with apostrophes, hyphens and number points inside.

One Han or kana character is a word. Offsets are code points of the text that is handed in.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache

_WIDE = (
    "\u2e80\u2fdf\u3005\u3007\u3021\u3029\u3041\u30ff\u31f0\u31ff\u3400\u4dbf\u4e00\u9fff\uf900\ufaff\uff66\uff9f"
    "\U00016fe0\U00018d08\U0001b000\U0001b16f\U00020000\U0003fffd"
)
"""Han, kana and what is written among them: ranges, the first and the last of each in turn."""

# A regular expression that names all of these takes 20 ms to be made, before the first paint. So each of them, and each
# combining mark, which Python's `\w` leaves out, stands as the one of its kind that the expression names.
_WIDE_LETTER, _WIDE_SIGN, _WIDE_MARK, _MARK = "一", "⺀", "\u3099", "\u0301"
_FIRST_SPECIAL = "\u0300"

_INNER = r"['’\-‐‑]|(?<=\d)[.,](?=\d)|(?<=\b[^\W\d_])\.(?=[^\W\d_]\b)|\.(?=[a-z]{2,})"
_WIDES = f"{_WIDE_LETTER}{_WIDE_SIGN}{_WIDE_MARK}"
_MARKS = f"{_MARK}{_WIDE_MARK}\u200c\u200d"
_MARKED = rf"(?:[^\W{_WIDES}][{_MARKS}]*)+"
# Compiled by `re` when first used; the more exact one is slower.
_ASCII_WORD = rf"\w+(?:(?:{_INNER})\w+)*"
_WORD = rf"[^\W{_WIDES}]+(?:(?:{_INNER})[^\W{_WIDES}]+)*|[{_WIDES}]"
_MARKED_WORD = rf"{_MARKED}(?:(?:{_INNER}){_MARKED})*|[{_WIDES}][{_MARKS}]*"
_MOST_REPLACED = 40
"""Characters that are replaced one by one, which is the faster way for few."""

_JOINING = frozenset("_'’-‐‑.,\u200c\u200d")


def count_words(text: str) -> int:
    """How many words a text has."""
    pattern, named = _named(text)
    return len(pattern.findall(named))


def words(text: str) -> list[tuple[int, int]]:
    """Start and end of each word."""
    pattern, named = _named(text)
    return [found.span() for found in pattern.finditer(named)]


def place_between(text: str, start: int, end: int) -> int | None:
    """The first place in a range where a text can be cut so that the parts have the words of the whole."""
    found = re.compile(r"\s(?=\S)").search(text, start, end)
    reach = end if found is None else found.end()
    for place in range(max(1, start), reach):
        if text[place] >= _WIDE[0] and _is_wide(text[place]) and _is_wide(text[place - 1]):
            return place
    return None if found is None else reach


def may_part(text: str, cut: int) -> bool:
    """Whether a cut there could part a word."""
    return 0 < cut < len(text) and _may_join(text[cut - 1]) and _may_join(text[cut])


def _may_join(char: str) -> bool:
    return char.isalnum() or char in _JOINING or _is_mark(char) or _is_wide(char)


def _named(text: str) -> tuple[re.Pattern[str], str]:
    """What finds words in a text, and the text with one character for all of a kind."""
    if text.isascii():
        return re.compile(_ASCII_WORD), text
    kinds = {char: _kind(char) for char in set(text) if char >= _FIRST_SPECIAL}
    others = {char: kind for char, kind in kinds.items() if char != kind}
    if len(others) > _MOST_REPLACED:
        text = text.translate({ord(char): kind for char, kind in others.items()})
    else:
        for char, kind in others.items():
            text = text.replace(char, kind)
    marked = not frozenset(_MARKS).isdisjoint(kinds.values())
    return re.compile(_MARKED_WORD if marked else _WORD), text


@lru_cache(maxsize=4096)
def _kind(char: str) -> str:
    """The character that this one stands as; most stand as themselves."""
    if _is_wide(char):
        return _WIDE_MARK if _is_mark(char) else _WIDE_LETTER if char.isalnum() else _WIDE_SIGN
    return _MARK if _is_mark(char) else char


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] == "M"


@lru_cache(maxsize=4096)
def _is_wide(char: str) -> bool:
    place = bisect_right(_WIDE, char)
    return place % 2 == 1 or (place > 0 and _WIDE[place - 1] == char)
