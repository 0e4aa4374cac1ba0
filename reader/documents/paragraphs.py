"""Paragraphs: where each begins and ends, and whether the lines of a text were wrapped by hand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from reader.documents.document import Layout
from reader.documents.span import Span

SAMPLE = 200_000
"""Code points from the top that decide the layout; more would only be slower."""

WIDEST = 110
"""Lines wrapped by hand are hardly ever longer than this many cells."""

NARROWEST = 30
"""Lines shorter than this many cells are verse, addresses or lists, not wrapped prose."""

USUAL = 60
"""What a block is taken to be wrapped to when only the block is known and its lines are shorter."""

RECENT = 4
"""Paragraphs that are kept at hand."""

_BLANK = r"[^\S\n]*"
# Compiled by `re`, which keeps them, where a text may have blocks: not at import, before the first paint.
_TOP = rf"(?:{_BLANK}\n)*"
_GAP = rf"\n(?:{_BLANK}\n)+"
_BLANK_BELOW = rf"\n{_BLANK}(?:\n|\Z)"
_USUAL_WIDTH = "[\x00-\u02ff\u2010-\u2044]*"
_PREFIX = r"[ \t]*(?:(?:[-*+•–—·]|\(?(?:\d{1,3}|[A-Za-z])[.)])[ \t]|[>|])"


class Paragraphs:
    """The paragraphs of a text, each found where it is asked for, in code points.

    Together with the single line breaks between them they are the whole text, so a blank line is an
    (empty) paragraph of its own. In `Layout.LINES` every line is one; in `Layout.BLOCKS` a run of lines
    that are not blank is one, with its line breaks inside. Nothing is counted or kept of the rest of the
    text, so a text of any length is opened at once.
    """

    __slots__ = ("_recent", "_text", "_width", "layout")

    def __init__(self, text: str, layout: Layout) -> None:
        self.layout = layout
        self._text = text
        self._width = 0 if layout is Layout.LINES else -1
        # To find the ends of a long one takes time, and it is asked for many times in a row.
        self._recent: tuple[Span, ...] = ()

    @property
    def width(self) -> int:
        """Cells that the lines were wrapped to, for `soft_breaks`; 0 in `Layout.LINES`."""
        if self._width < 0:
            self._width = wrap_width(self._text)
        return self._width

    def at(self, offset: int) -> Span:
        """The paragraph that `offset` is in, without the line break that ends it, which belongs to it."""
        for span in self._recent:
            if span.start <= offset <= span.end:
                return span
        offset = max(0, min(offset, len(self._text)))
        start, end = self._line(offset)
        if self.layout is Layout.BLOCKS and not _is_blank(self._text, start, end):
            start = self._block_start(start)
            found = re.compile(_BLANK_BELOW).search(self._text, end)
            end = found.start() if found else len(self._text)
        span = Span(start, end)
        self._recent = (span, *self._recent[: RECENT - 1])
        return span

    def after(self, paragraph: Span) -> Span | None:
        """The next paragraph; None behind the last one."""
        return self.at(paragraph.end + 1) if paragraph.end < len(self._text) else None

    def __iter__(self) -> Iterator[Span]:
        """All paragraphs, in order."""
        paragraph: Span | None = self.at(0)
        while paragraph is not None:
            yield paragraph
            paragraph = self.after(paragraph)

    def _line(self, offset: int) -> tuple[int, int]:
        end = self._text.find("\n", offset)
        return self._text.rfind("\n", 0, offset) + 1, end if end >= 0 else len(self._text)

    def _block_start(self, line: int) -> int:
        """Where the block begins that this line, which is not blank, is in: below the last blank line above it."""
        gap, reach = re.compile(_GAP), 2_000
        while True:
            low = max(0, line - reach)
            above = None
            for found in gap.finditer(self._text, low, line):
                above = found.end()
            if above is not None:
                return above
            if not low:
                top = re.compile(_TOP).match(self._text, 0, line)
                return top.end() if top else 0
            reach *= 4


def layout_of(text: str) -> Layout:
    """Whether the lines of a text were wrapped by hand.

    They were where blank lines lie between blocks, and most of what stands in lines that go on below is in
    lines that the next one's first word would not have fitted on; verse, lists and addresses break earlier.
    """
    blocks = _blocks(text)
    if len(blocks) < 2:
        return Layout.LINES
    width = _common_width(blocks)
    if not NARROWEST <= width <= WIDEST:
        return Layout.LINES
    lines = [line for block in blocks for line in block]
    if sum(cells(line) > width * 1.3 for line in lines) > len(lines) * 0.15:
        return Layout.LINES
    breaks = written = soft = cased = capital = 0
    for block in blocks:
        for line, following in pairwise(block):
            if re.match(_PREFIX, following):
                continue
            breaks += 1
            written += cells(line)
            soft += 0 if _fits(line, following, width) else cells(line)
            first = following.lstrip()[:1]
            cased += first.isupper() or first.islower()
            capital += first.isupper()
    verse = cased >= 4 and capital > cased * 0.85
    return Layout.BLOCKS if breaks >= 2 and soft >= written * 0.75 and not verse else Layout.LINES


def wrap_width(text: str) -> int:
    """The cells that the lines of a text were wrapped to, as far as its lines tell; 0 where nothing does."""
    return _common_width(_blocks(text))


def soft_breaks(block: str, width: int = 0) -> tuple[int, ...]:
    """The offsets in `block` of the line breaks that stand for a space.

    The others are meant: a short line, a list item, a quoted line. `width` is what the text was wrapped to
    (`Paragraphs.width`); without it the widest line of the block tells.
    """
    lines = block.split("\n")
    if len(lines) < 2:
        return ()
    width = width or max(USUAL, *map(cells, lines))
    out = []
    offset = -1
    for line, following in pairwise(lines):
        offset += len(line) + 1
        if line and not re.match(_PREFIX, following) and not _fits(line, following, width):
            out.append(offset)
    return tuple(out)


def cells(line: str) -> int:
    """How many terminal cells a line takes, roughly: wide characters count two, combining marks none."""
    if line.isascii() or re.fullmatch(_USUAL_WIDTH, line):
        return len(line)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line
    )


def _is_blank(text: str, start: int, end: int) -> bool:
    """Whether a line holds white space only."""
    return start == end or not re.compile(r"\S").search(text, start, end)


def _blocks(text: str) -> list[list[str]]:
    """Runs of lines that are not blank, from the top of the text."""
    sample = text[:SAMPLE]
    if len(text) > SAMPLE:
        sample = sample[: sample.rfind("\n") + 1]
    blocks: list[list[str]] = [[]]
    for line in sample.split("\n"):
        if line.strip():
            blocks[-1].append(line.rstrip())
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _common_width(blocks: list[list[str]]) -> int:
    """A width that a tenth of the lines that go on below reach; a lone long address does not count."""
    lines = (line for block in blocks for line in block[:-1] if " " in line.strip() or not line.isascii())
    widths = sorted(map(cells, lines), reverse=True)
    return widths[len(widths) // 10] if widths else 0


def _fits(line: str, following: str, width: int) -> bool:
    """Whether the first word of `following` would have fitted on `line`."""
    following = following.lstrip()
    if unicodedata.east_asian_width(following[:1] or " ") in "WF":
        return cells(line.rstrip()) + 2 <= width
    return cells(line.rstrip()) + 1 + cells(following.split(maxsplit=1)[0] if following else "") <= width
