"""The text as rows of a given width, laid out where it is looked at and nowhere else.

A place on the page is a pair (where a block begins, row in it), so nothing here depends on how long the text
is: no height is summed over paragraphs that nobody sees. A block is a paragraph; one of more than `BLOCK` code
points is several, cut after a space nearby, so that a text in a single line costs no more than any other. The
row before such a cut may be short.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reader.documents.document import Layout, Structure
from reader.documents.graphemes import snap_up
from reader.documents.paragraphs import Paragraphs, soft_breaks
from reader.documents.span import Span
from reader.tui.layout.cells import Cell, is_simple, row_cells, width_of
from reader.tui.layout.wrap import wrap

SAMPLE, FEW_BLANK = 100_000, 10
"""Code points that say whether a text has blank lines, and that they are few: fewer than one break in so many."""

BLOCK = 8192
"""Code points that are wrapped at once, and up to a quarter more until a space to cut at."""

CACHED_BLOCKS = 2000
_AS_SPACES = str.maketrans("\n", " ")


class Place(NamedTuple):
    """A row of the page: the `row`th of the block that begins at `block`, a code point of the text."""

    block: int
    row: int


class Row(NamedTuple):
    """One row of the page, in code points of the text; `start == end` where it is empty."""

    place: Place
    start: int
    end: int
    """Where the drawn text ends: spaces that hang over the edge and the line break lie behind it."""
    after: int
    """Where the next row's text begins."""
    indent: int
    lead: str
    """What is drawn in the indent: a bullet, a number, the bar of a block quotation."""
    last: bool
    """Whether it is the last row with text of its paragraph."""


class Flow:
    """The rows of one text at one width."""

    def __init__(
        self,
        text: str,
        paragraphs: Paragraphs,
        width: int,
        spacing: int,
        structure: Sequence[Structure] = (),
        block: int = BLOCK,
    ) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.width = max(8, width)
        self.block = block
        # Blank lines of the text are space enough; a text without them, or with a few, gets its space from here.
        blank, breaks = (text.count(each, 0, SAMPLE) for each in ("\n\n", "\n"))
        self.spacing = 0 if blank * FEW_BLANK > breaks else spacing
        self._blocks = sorted(
            (each for each in structure if each.kind in ("list_item", "blockquote")), key=lambda each: each.start
        )
        self._block_starts = [each.start for each in self._blocks]
        self._rows: dict[int, tuple[list[int], int, str, Span]] = {}

    def _block(self, offset: int) -> Span:
        """The block that an offset is in, without the line break that ends a paragraph."""
        paragraph = self.paragraphs.at(offset)
        number = min(max(0, offset - paragraph.start), len(paragraph)) // self.block
        # The end of the paragraph is no block of its own: it belongs to the last one with text.
        while number and self._cut(paragraph, number) > min(offset, paragraph.end - 1):
            number -= 1
        return Span(self._cut(paragraph, number), self._cut(paragraph, number + 1))

    def _cut(self, paragraph: Span, number: int) -> int:
        """Where a paragraph's block of this number begins: after a space (or a line break) near its due place."""
        due = paragraph.start + number * self.block
        if not number or due + self.block // 4 >= paragraph.end:
            return paragraph.start if not number else paragraph.end
        # In lines wrapped by hand only whole lines tell which breaks are meant.
        sought = "\n" if self.paragraphs.layout is Layout.BLOCKS else " "
        found = self.text.find(sought, due, due + self.block // 4)
        return found + 1 if found >= 0 else min(paragraph.end, snap_up(self.text, due))

    def _laid_out(self, block: int) -> tuple[list[int], int, str, Span]:
        """(row starts relative to the block, indent, what is drawn in the indent, the block)."""
        found = self._rows.get(block)
        if found is None:
            if len(self._rows) >= CACHED_BLOCKS:
                self._rows.clear()
            span = self._block(block)
            indent, lead = self._indent(span.start, span.end)
            starts = _wrapped(span.cut(self.text), self.width - indent, self.paragraphs.width)
            found = self._rows[block] = (starts, indent, lead, span)
        return found

    def _ends_paragraph(self, block: Span) -> bool:
        return block.end >= self.paragraphs.at(block.start).end

    def _has_space_below(self, block: Span) -> bool:
        """Whether a paragraph ends there and neither it nor the next one is a blank line, or the last one."""
        blank = block.start == block.end or self.text.startswith("\n\n", block.end)
        return self._ends_paragraph(block) and block.end < len(self.text) and not blank

    def _indent(self, start: int, end: int) -> tuple[int, str]:
        first = bisect_left(self._block_starts, start)
        for each in self._blocks[first : first + 4]:
            if each.start >= max(end, start + 1):
                break
            data = json.loads(each.data)
            if each.kind == "list_item":
                lead = f"{data.get('marker', '•')} "
                lead = "• " if lead.strip() in "-*+" else lead
                return min(2 * (int(data.get("depth", 1)) - 1) + len(lead), self.width // 2), lead
        quoted = bisect_right(self._block_starts, start) - 1
        while quoted >= 0 and quoted >= first - 3:
            each = self._blocks[quoted]
            if each.kind == "blockquote" and each.start <= start and end <= each.end:
                return 2, "▎ "
            quoted -= 1
        return 0, ""

    def height(self, block: int) -> int:
        """How many rows the block that begins there takes, with the space below its paragraph."""
        starts, _, _, span = self._laid_out(block)
        return len(starts) + (self.spacing if self._has_space_below(span) else 0)

    def row(self, place: Place) -> Row:
        """The row at a place; the space below a paragraph is rows without text."""
        starts, indent, lead, span = self._laid_out(place.block)
        if place.row >= len(starts):
            return Row(place, span.end, span.end, span.end, 0, "", last=False)
        start = span.start + starts[place.row]
        final = place.row == len(starts) - 1
        after = span.end if final else span.start + starts[place.row + 1]
        end = after
        while end > start and self.text[end - 1] in " \t\n":
            end -= 1
        shown_lead = lead if place.row == 0 or lead.startswith("▎") else ""
        return Row(place, start, end, after, indent, shown_lead, final and self._ends_paragraph(span))

    def cells(self, row: Row) -> Iterator[Cell]:
        """The clusters of a row with the hanging spaces, from column 0 of its text."""
        if is_simple(self.text[row.start : row.after]):
            return (Cell(row.start + x, row.start + x + 1, x, 1, "") for x in range(row.after - row.start))
        return row_cells(self.text, row.start, row.after)

    def locate(self, offset: int) -> Place:
        """The row that an offset stands in."""
        block = self._block(offset).start
        return Place(block, max(0, bisect_right(self._laid_out(block)[0], offset - block) - 1))

    def column(self, offset: int) -> int:
        """The cell, from the left edge of the measure, that an offset's cluster is drawn in."""
        row = self.row(self.locate(offset))
        return row.indent + width_of(self.text[row.start : min(offset, row.after)])

    def offset(self, place: Place, column: int) -> int:
        """The cluster drawn at a column of a row: the nearest one where there is none."""
        row = self.row(place)
        wanted = max(0, column - row.indent)
        found = row.start
        for cell in self.cells(row):
            if cell.start >= row.end and found < cell.start and not row.last:
                break
            if cell.x > wanted:
                break
            if cell.width or cell.start == row.start:
                found = cell.start
        return found

    def step(self, place: Place, rows: int) -> Place:
        """The place so many rows further down (or up, negative), stopping at both ends of the text."""
        block, row = place
        while rows > 0:
            height = self.height(block)
            if row + rows < height:
                return Place(block, row + rows)
            following = self._after(block)
            if following is None:
                return Place(block, height - 1)
            rows -= height - row
            block, row = following, 0
        while rows < 0:
            if row + rows >= 0:
                return Place(block, row + rows)
            if block == 0:
                return Place(0, 0)
            rows += row + 1
            block = self._block(block - 1).start
            row = self.height(block) - 1
        return Place(block, row)

    def _after(self, block: int) -> int | None:
        """Where the next block begins; None at the end of the text."""
        span = self._laid_out(block)[3]
        if not self._ends_paragraph(span):
            return span.end
        return span.end + 1 if span.end < len(self.text) else None

    def last(self) -> Place:
        """The last row of the text."""
        block = self._block(len(self.text)).start
        return Place(block, self.height(block) - 1)

    def between(self, first: Place, second: Place, most: int) -> int:
        """How many rows `second` lies below `first` (negative: above), counted to `most` at the most."""
        if second < first:
            return -self.between(second, first, most)
        rows = second.row - first.row
        block: int | None = first.block
        while block is not None and block < second.block and rows <= most:
            rows += self.height(block)
            block = self._after(block)
        return min(rows, most)


def _wrapped(text: str, width: int, hand_wrapped_to: int) -> list[int]:
    """Row starts of a block; where it was wrapped by hand, only its hard breaks stay breaks."""
    text = text.removesuffix("\n")
    if "\n" not in text:
        return wrap(text, width)
    soft = set(soft_breaks(text, hand_wrapped_to))
    starts: list[int] = []
    begin = 0
    found = text.find("\n")
    while found >= 0:
        if found not in soft:
            starts.extend(begin + each for each in wrap(text[begin:found].translate(_AS_SPACES), width))
            begin = found + 1
        found = text.find("\n", found + 1)
    starts.extend(begin + each for each in wrap(text[begin:].translate(_AS_SPACES), width))
    return starts
