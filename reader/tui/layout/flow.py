"""The text as rows of a given width, laid out where it is looked at and nowhere else.

A place on the page is a pair (paragraph, row in it), so nothing here depends on how long the text is:
no height is summed over paragraphs that nobody sees.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reader.documents.document import Structure
from reader.documents.paragraphs import Paragraphs, soft_breaks
from reader.tui.layout.cells import Cell, is_simple, row_cells, width_of
from reader.tui.layout.wrap import wrap

CACHED_PARAGRAPHS = 2000
_AS_SPACES = str.maketrans("\n", " ")


class Place(NamedTuple):
    """A row of the page: the `row`th of a paragraph."""

    paragraph: int
    row: int


@dataclass(frozen=True, slots=True)
class Row:
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
        self, text: str, paragraphs: Paragraphs, width: int, spacing: int, structure: Sequence[Structure] = ()
    ) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.width = max(8, width)
        # Blank lines of the text are space enough; a text without them gets its space from here.
        self.spacing = 0 if "\n\n" in text else spacing
        self._blocks = sorted(
            (each for each in structure if each.kind in ("list_item", "blockquote")), key=lambda each: each.start
        )
        self._block_starts = [each.start for each in self._blocks]
        self._rows: dict[int, tuple[list[int], int, str]] = {}

    def _laid_out(self, paragraph: int) -> tuple[list[int], int, str]:
        """(row starts relative to the paragraph, indent, what is drawn in the indent)."""
        found = self._rows.get(paragraph)
        if found is None:
            if len(self._rows) >= CACHED_PARAGRAPHS:
                self._rows.clear()
            span = self.paragraphs.span(paragraph)
            indent, lead = self._indent(span.start, span.end)
            starts = _wrapped(self.text[span.start : span.end], self.width - indent, self.paragraphs.width)
            found = self._rows[paragraph] = (starts, indent, lead)
        return found

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

    def height(self, paragraph: int) -> int:
        """How many rows a paragraph takes, with the space below it."""
        gap = self.spacing if paragraph + 1 < len(self.paragraphs) else 0
        return len(self._laid_out(paragraph)[0]) + gap

    def row(self, place: Place) -> Row:
        """The row at a place; the space below a paragraph is rows without text."""
        starts, indent, lead = self._laid_out(place.paragraph)
        span = self.paragraphs.span(place.paragraph)
        if place.row >= len(starts):
            return Row(place, span.end, span.end, span.end, 0, "", last=False)
        start = span.start + starts[place.row]
        last = place.row == len(starts) - 1
        after = span.end if last else span.start + starts[place.row + 1]
        end = after
        while end > start and self.text[end - 1] in " \t\n":
            end -= 1
        shown_lead = lead if place.row == 0 or lead.startswith("▎") else ""
        return Row(place, start, end, after, indent, shown_lead, last)

    def cells(self, row: Row) -> Iterator[Cell]:
        """The clusters of a row with the hanging spaces, from column 0 of its text."""
        if is_simple(self.text[row.start : row.after]):
            return (Cell(row.start + x, row.start + x + 1, x, 1, "") for x in range(row.after - row.start))
        return row_cells(self.text, row.start, row.after)

    def locate(self, offset: int) -> Place:
        """The row that an offset stands in."""
        paragraph = self.paragraphs.at(offset)
        starts = self._laid_out(paragraph)[0]
        inside = offset - self.paragraphs.span(paragraph).start
        return Place(paragraph, max(0, bisect_right(starts, inside) - 1))

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
        paragraph, row = place
        while rows > 0:
            height = self.height(paragraph)
            if row + rows < height:
                return Place(paragraph, row + rows)
            if paragraph + 1 >= len(self.paragraphs):
                return Place(paragraph, height - 1)
            rows -= height - row
            paragraph, row = paragraph + 1, 0
        while rows < 0:
            if row + rows >= 0:
                return Place(paragraph, row + rows)
            if paragraph == 0:
                return Place(0, 0)
            rows += row + 1
            paragraph -= 1
            row = self.height(paragraph) - 1
        return Place(paragraph, row)

    def last(self) -> Place:
        """The last row of the text."""
        paragraph = len(self.paragraphs) - 1
        return Place(paragraph, self.height(paragraph) - 1)

    def between(self, first: Place, second: Place, most: int) -> int:
        """How many rows `second` lies below `first` (negative: above), counted to `most` at the most."""
        if second < first:
            return -self.between(second, first, most)
        rows = second.row - first.row
        paragraph = first.paragraph
        while paragraph < second.paragraph and rows <= most:
            rows += self.height(paragraph)
            paragraph += 1
        return min(rows, most)


def _wrapped(text: str, width: int, hand_wrapped_to: int) -> list[int]:
    """Row starts of a paragraph; in a block wrapped by hand only its hard breaks stay breaks."""
    if "\n" not in text:
        return wrap(text, width)
    soft = set(soft_breaks(text, hand_wrapped_to))
    starts: list[int] = []
    begin = 0
    for position, character in enumerate(text):
        if character == "\n" and position not in soft:
            starts.extend(begin + each for each in wrap(text[begin:position].translate(_AS_SPACES), width))
            begin = position + 1
    starts.extend(begin + each for each in wrap(text[begin:].translate(_AS_SPACES), width))
    return starts
