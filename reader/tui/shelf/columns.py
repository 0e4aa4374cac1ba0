"""Which columns a list of articles has at a width, and where they stand."""

from __future__ import annotations

from collections.abc import Container, Sequence
from enum import StrEnum
from typing import NamedTuple

LEAD = 4
"""Cells before the title: air, where the cursor is, the status, air."""

GAP = 2
"""Cells between columns."""

MOST_SLOTS = 8
"""Tags that have a place of their own in the bar; on wide screens twice as many."""

LONGEST_TITLE = 110
"""Cells of a title at most: numbers further off could not be followed to their row."""

WIDE = 150
"""Cells from which the bar may be twice as wide."""


class Kind(StrEnum):
    """What a column says; the value is its heading."""

    TITLE = "title"
    BYLINE = "by"
    DATE = "date"
    SOURCE = "source"
    WORDS = "words"
    BAR = "bar"
    MARKS = "marks"
    PROGRESS = "read"
    STATUS = "status"
    OPENED = "opened"


class Column(NamedTuple):
    """A column: `width` cells from cell `x`."""

    kind: Kind
    x: int
    width: int

    @property
    def right(self) -> bool:
        """Whether it holds numbers, which stand at its right end."""
        return self.kind in (Kind.WORDS, Kind.MARKS, Kind.PROGRESS)


_BY_IMPORTANCE = (
    (Kind.PROGRESS, 5, 12),
    (Kind.MARKS, 5, 16),
    (Kind.BAR, 0, 20),
    (Kind.DATE, 10, 30),
    (Kind.OPENED, 10, 30),
    (Kind.WORDS, 7, 34),
    (Kind.SOURCE, 18, 36),
    (Kind.STATUS, 7, 44),
    (Kind.BYLINE, 18, 46),
)
"""A column, its width, and how many cells the title must still have where it is added."""


def columns(width: int, tags: int, without: Container[Kind] = ()) -> tuple[Column, ...]:
    """The columns from left to right in `width` cells; `tags`: how many places the bar is to have.

    Those that no article has anything for (`without`) leave their room to the others, to the titles above all.
    """
    title = max(0, width - LEAD - 1)
    widths: dict[Kind, int] = {}
    for kind, cells, least in _BY_IMPORTANCE:
        if kind in without:
            continue
        wanted = slots(width, tags) if kind is Kind.BAR else cells
        if title - wanted - GAP < least:
            break
        widths[kind] = wanted
        title -= wanted + GAP
    widths[Kind.TITLE] = min(title, LONGEST_TITLE)
    x, made = LEAD, []
    for kind in Kind:
        if kind in widths:
            made.append(Column(kind, x, widths[kind]))
            x += widths[kind] + GAP
    return tuple(made)


def slots(width: int, tags: int) -> int:
    """How many places the bar has."""
    return max(4, min(tags, MOST_SLOTS * (2 if width >= WIDE else 1)))


_HEIGHTS = "▁▂▃▄▅▆"


def bar(counts: Sequence[int], places: int) -> list[str]:
    """A sign for each tag at its place: how much of what the largest has; `·` for none. The last one sums the rest."""
    shown = [*counts[: places - 1], sum(counts[places - 1 :])] if len(counts) > places else list(counts)
    most = max(shown, default=0)
    if not most:
        return [" "] * places
    signs = [_HEIGHTS[-(-len(_HEIGHTS) * count // most) - 1] if count else "·" for count in shown]
    return signs + [" "] * (places - len(signs))


def shares(counts: Sequence[int], places: int) -> list[int]:
    """Which tag each place goes to, in the order of the tags: as many places as its share, one at least if it can be.

    For an article whose tags have no places of their own under the heading, so that letters must say which is which.
    """
    there = sorted((tag for tag, count in enumerate(counts) if count), key=lambda tag: -counts[tag])[:places]
    if not there:
        return []
    total = sum(counts[tag] for tag in there)
    cells = dict.fromkeys(there, 1)
    for _ in range(places - len(there)):
        # To the one that has the least of what is its due.
        tag = max(there, key=lambda each: counts[each] / total - cells[each] / places)
        cells[tag] += 1
    return [tag for tag in sorted(cells) for _ in range(cells[tag])]
