"""Grapheme clusters: what people take for one character, so that no cursor or edge stops inside one.

The rules are those for extended grapheme clusters of Unicode Standard Annex #29, with the properties that
Python's `unicodedata` has; the ranges it does not have are in the tables below. Offsets are code points.
A question about one place looks at the cluster around it (and at a run of flags back to its start) only.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_OTHER, _CR, _BREAK, _EXTEND, _JOINER, _SPACING, _PREPEND, _FLAG, _L, _V, _T, _LV, _LVT, _PICTURE = range(14)

_PREPENDED = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e"
    "\U000110bd\U000110cd\U000111c2\U000111c3\U000113d1\U0001193f\U00011941"
)
_NOT_SPACING = frozenset("\u102b\u102c\u1038\u1062\u1063\u1064\u1067\u1068\u1069\u106a\u106b\u106c\u106d\u1083")
_PICTURES = (
    (0xA9, 0xA9), (0xAE, 0xAE), (0x203C, 0x203C), (0x2049, 0x2049), (0x2122, 0x2122), (0x2139, 0x2139),
    (0x2194, 0x2199), (0x21A9, 0x21AA), (0x231A, 0x231B), (0x2328, 0x2328), (0x23CF, 0x23CF), (0x23E9, 0x23F3),
    (0x23F8, 0x23FA), (0x24C2, 0x24C2), (0x25AA, 0x25AB), (0x25B6, 0x25B6), (0x25C0, 0x25C0), (0x25FB, 0x25FE),
    (0x2600, 0x2604), (0x260E, 0x2612), (0x2614, 0x2705), (0x2708, 0x2712), (0x2714, 0x2716), (0x271D, 0x2721),
    (0x2728, 0x2728), (0x2733, 0x2734), (0x2744, 0x2747), (0x274C, 0x274E), (0x2753, 0x2757), (0x2763, 0x2767),
    (0x2795, 0x2797), (0x27A1, 0x27A1), (0x27B0, 0x27B0), (0x27BF, 0x27BF), (0x2934, 0x2935), (0x2B05, 0x2B07),
    (0x2B1B, 0x2B1C), (0x2B50, 0x2B55), (0x3030, 0x3030), (0x303D, 0x303D), (0x3297, 0x3299), (0x1F000, 0x1F0FF),
    (0x1F10D, 0x1F10F), (0x1F12F, 0x1F12F), (0x1F16C, 0x1F171), (0x1F17E, 0x1F17F), (0x1F18E, 0x1F18E),
    (0x1F191, 0x1F19A), (0x1F1AD, 0x1F1E5), (0x1F201, 0x1F20F), (0x1F21A, 0x1F21A), (0x1F22F, 0x1F22F),
    (0x1F232, 0x1F23A), (0x1F23C, 0x1F23F), (0x1F249, 0x1F3FA), (0x1F400, 0x1F53D), (0x1F546, 0x1F64F),
    (0x1F680, 0x1F6FF), (0x1F774, 0x1F77F), (0x1F7D5, 0x1F7FF), (0x1F80C, 0x1FAFF), (0x1FC00, 0x1FFFD),
)  # fmt: skip
_LINKERS = frozenset("\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d")
_CONSONANTS = (
    (0x0915, 0x0939), (0x0958, 0x095F), (0x0978, 0x097F), (0x0995, 0x09B9), (0x09DC, 0x09DF), (0x09F0, 0x09F1),
    (0x0A95, 0x0AB9), (0x0AF9, 0x0AF9), (0x0B15, 0x0B39), (0x0B5C, 0x0B5F), (0x0B71, 0x0B71), (0x0C15, 0x0C39),
    (0x0C58, 0x0C5A), (0x0D15, 0x0D3A),
)  # fmt: skip


def snap(text: str, offset: int) -> int:
    """`offset`, or the start of the cluster that it is inside."""
    offset = min(max(offset, 0), len(text))
    while 0 < offset < len(text) and not _is_boundary(text, offset):
        offset -= 1
    return offset


def snap_up(text: str, offset: int) -> int:
    """`offset`, or the end of the cluster that it is inside."""
    start = snap(text, offset)
    return start if start >= offset else _end(text, start)


FIRST_JOINING = "\u0300"
"""No character before this one continues the one before it, as people see it, but for CRLF, which no text here has."""


def splits(text: str, offset: int) -> bool:
    """Whether this place is inside a cluster."""
    # Two characters before the first that joins are never one, and most texts have no others.
    may = 0 < offset < len(text) and (text[offset] >= FIRST_JOINING or text[offset - 1] >= FIRST_JOINING)
    return may and snap(text, offset) != offset


def whole(text: str, start: int, end: int) -> tuple[int, int]:
    """A range with all of the clusters that it begins and ends in."""
    return snap(text, start), snap_up(text, end)


def next_cluster(text: str, offset: int) -> int:
    """The first place after `offset` where a cluster ends; the end of the text there."""
    return _end(text, snap(text, offset)) if offset < len(text) else len(text)


def previous_cluster(text: str, offset: int) -> int:
    """The last place before `offset` where a cluster begins; 0 there."""
    return snap(text, offset - 1) if offset > 0 else 0


def clusters(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every cluster, in order; together they are the whole text."""
    start, length = 0, len(text)
    if text.isascii() and "\r" not in text:
        yield from zip(range(length), range(1, length + 1), strict=True)
        return
    while start < length:
        end = _end(text, start)
        yield start, end
        start = end


def _end(text: str, start: int) -> int:
    """The end of the cluster that begins at `start`."""
    length = len(text)
    at = start + 1
    if at >= length:
        return length
    char, following = text[start], text[at]
    if following < "\u0300" and char < "\u0300":
        return at + 1 if char == "\r" and following == "\n" else at
    before = _kind(char)
    flags = before == _FLAG
    picture = before == _PICTURE
    consonant, linked = _is_consonant(char), False
    while at < length:
        char = text[at]
        kind = _kind(char)
        if kind == _FLAG and before == _FLAG:
            if not flags:
                break
            flags = False
        elif kind == _PICTURE and before == _JOINER:
            if not picture:
                break
        elif not _joins(before, kind) and not (linked and _is_consonant(char)):
            break
        if kind == _PICTURE:
            picture = True
        elif kind == _FLAG:
            flags = before != _FLAG
        elif kind not in (_EXTEND, _JOINER):
            picture = False
        if _is_consonant(char):
            consonant, linked = True, False
        elif kind in (_EXTEND, _JOINER):
            linked = consonant and (linked or char in _LINKERS)
        else:
            consonant = linked = False
        before = kind
        at += 1
    return at


def _is_boundary(text: str, at: int) -> bool:
    """Whether a cluster ends before the code point at `at` (inside the text)."""
    char, last = text[at], text[at - 1]
    if char < "\u0300" and last < "\u0300":
        return char != "\n" or last != "\r"
    kind, before = _kind(char), _kind(last)
    if kind == _FLAG and before == _FLAG:
        run = at - 1
        while run > 0 and _kind(text[run - 1]) == _FLAG:
            run -= 1
        return (at - run) % 2 == 0
    if kind == _PICTURE and before == _JOINER:
        base = at - 2
        while base >= 0 and _kind(text[base]) in (_EXTEND, _JOINER):
            base -= 1
        return base < 0 or _kind(text[base]) != _PICTURE
    if _joins(before, kind):
        return False
    if before in (_EXTEND, _JOINER) and _is_consonant(char):
        base, linked = at - 1, False
        while base >= 0 and _kind(text[base]) in (_EXTEND, _JOINER):
            linked = linked or text[base] in _LINKERS
            base -= 1
        return not (linked and base >= 0 and _is_consonant(text[base]))
    return True


def _joins(before: int, kind: int) -> bool:
    """Whether two kinds side by side are never parted (rules GB3 to GB9b)."""
    if before in (_CR, _BREAK) or kind in (_CR, _BREAK):
        return False
    if kind in (_EXTEND, _JOINER, _SPACING) or before == _PREPEND:
        return True
    if before == _L:
        return kind in (_L, _V, _LV, _LVT)
    if before in (_LV, _V):
        return kind in (_V, _T)
    return before in (_LVT, _T) and kind == _T


@lru_cache(maxsize=8192)
def _kind(char: str) -> int:
    """What a code point does at the edges of clusters."""
    code = ord(char)
    if code < 0x300:
        return _CR if code == 0x0D else _BREAK if code < 0x20 else _PICTURE if code in (0xA9, 0xAE) else _OTHER
    if 0x1100 <= code <= 0x11FF or 0xA960 <= code <= 0xA97C or 0xD7B0 <= code <= 0xD7FB:
        if code < 0x1160 or 0xA960 <= code <= 0xA97C:
            return _L
        return _V if code <= 0x11A7 or 0xD7B0 <= code <= 0xD7C6 else _T
    if 0xAC00 <= code <= 0xD7A3:
        return _LVT if (code - 0xAC00) % 28 else _LV
    if code == 0x200D:
        return _JOINER
    if code == 0x200C or 0xFF9E <= code <= 0xFF9F or 0x1F3FB <= code <= 0x1F3FF or 0xE0020 <= code <= 0xE007F:
        return _EXTEND
    if 0x1F1E6 <= code <= 0x1F1FF:
        return _FLAG
    if char in _PREPENDED:
        return _PREPEND
    category = unicodedata.category(char)
    if category in ("Mn", "Me"):
        return _EXTEND
    if category == "Mc":
        return _OTHER if char in _NOT_SPACING else _SPACING
    if char in "\u0e33\u0eb3":
        return _SPACING
    if category in ("Zl", "Zp", "Cc", "Cf", "Cs"):
        return _BREAK
    return _PICTURE if any(low <= code <= high for low, high in _PICTURES) else _OTHER


@lru_cache(maxsize=1024)
def _is_consonant(char: str) -> bool:
    """Whether the code point is an Indic consonant that a virama ties to the next."""
    code = ord(char)
    return 0x0915 <= code <= 0x0D3A and any(low <= code <= high for low, high in _CONSONANTS)
