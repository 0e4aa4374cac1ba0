"""Paragraphs: where each begins and ends, and whether the lines of a text were wrapped by hand."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
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

_BREAK = re.compile("\n")
_BLANK = r"[^\S\n]*"
_TOP = re.compile(rf"(?:{_BLANK}\n)*")
_GAP = re.compile(rf"\n(?:{_BLANK}\n)+")
_PREFIX = re.compile(r"[ \t]*(?:(?:[-*+•–—·]|\(?(?:\d{1,3}|[A-Za-z])[.)])[ \t]|[>|])")


class Paragraphs:
    """The paragraphs of a text, by number from 0, in code points.

    Together with the single line breaks between them they are the whole text, so a blank line is an
    (empty) paragraph of its own. In `Layout.LINES` every line is one; in `Layout.BLOCKS` a run of lines
    that are not blank is one, with its line breaks inside.
    """

    __slots__ = ("ends", "layout", "starts", "width")

    def __init__(self, text: str, layout: Layout) -> None:
        self.layout = layout
        self.width = 0
        """Cells that the lines were wrapped to, for `soft_breaks`; 0 in `Layout.LINES`."""
        if layout is Layout.BLOCKS:
            self.width = wrap_width(text)
            after = _block_starts(text)
        else:
            after = [found.end() for found in _BREAK.finditer(text)]
        self.starts = array("q", [0, *after])
        self.ends = array("q", [*(start - 1 for start in after), len(text)])

    def __len__(self) -> int:
        return len(self.starts)

    def span(self, index: int) -> Span:
        """The paragraph without the line break that ends it."""
        return Span(self.starts[index], self.ends[index])

    def at(self, offset: int) -> int:
        """The number of the paragraph that `offset` is in; a line break belongs to the paragraph it ends."""
        return max(0, bisect_right(self.starts, offset) - 1)


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
            if _PREFIX.match(following):
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
        if line and not _PREFIX.match(following) and not _fits(line, following, width):
            out.append(offset)
    return tuple(out)


def cells(line: str) -> int:
    """How many terminal cells a line takes, roughly: wide characters count two, combining marks none."""
    if line.isascii():
        return len(line)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line
    )


def _block_starts(text: str) -> list[int]:
    """Where the paragraphs after the first begin, blank lines being paragraphs of their own."""
    top = _TOP.match(text)
    first = top.end() if top else 0
    starts = [found.end() for found in _BREAK.finditer(text, 0, first)]
    for gap in _GAP.finditer(text, first):
        before, after = gap.span()
        if after == before + 2:
            starts += (after - 1, after)
        else:
            starts += [found.end() for found in _BREAK.finditer(text, before, after)]
    last = text.rfind("\n") + 1
    if last > (starts[-1] if starts else 0) and not text[last:].strip():
        starts.append(last)
    return starts


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
