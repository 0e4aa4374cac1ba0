"""Finding words in the text: case, line breaks and the kind of quotation mark make no difference."""

from __future__ import annotations

import re

from reader.documents.span import Span

WINDOW = 1 << 16
MOST_COUNTED = 5_000_000
"""Code points of text in which all hits are counted; in longer ones they are only stepped through."""

_ALIKE = {
    **dict.fromkeys('"“”„‟«»', '["“”„‟«»]'),
    **dict.fromkeys("'‘’‚‛", "['‘’‚‛]"),
    **dict.fromkeys("-‐‑–—", "[-‐‑–—]"),
}


def pattern(words: str) -> re.Pattern[str] | None:
    """What finds these words; None where there are none."""
    parts = ["".join(_ALIKE.get(character, re.escape(character)) for character in word) for word in words.split()]
    return re.compile(r"\s+".join(parts), re.IGNORECASE) if parts else None


def after(sought: re.Pattern[str], text: str, offset: int) -> Span | None:
    """The first hit that starts at `offset` or behind it."""
    found = sought.search(text, max(0, offset))
    return Span(*found.span()) if found else None


def before(sought: re.Pattern[str], text: str, offset: int) -> Span | None:
    """The last hit that starts before `offset`."""
    high = offset
    while high > 0:
        low = max(0, high - WINDOW)
        last = None
        for found in sought.finditer(text, low, min(len(text), offset + WINDOW)):
            if found.start() >= high:
                break
            last = Span(*found.span())
        if last is not None:
            return last
        high = low
    return None


def within(sought: re.Pattern[str], text: str, start: int, end: int) -> tuple[Span, ...]:
    """The hits that lie in a stretch of text."""
    return tuple(Span(*found.span()) for found in sought.finditer(text, start, end))


def counted(sought: re.Pattern[str], text: str, at: int) -> tuple[int, int] | None:
    """(which hit starts at `at`, how many there are), or None where the text is too long to count."""
    if len(text) > MOST_COUNTED:
        return None
    starts = [found.start() for found in sought.finditer(text)]
    return sum(1 for start in starts if start <= at), len(starts)
