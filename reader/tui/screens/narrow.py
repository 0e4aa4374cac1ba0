"""Updates that write what changed in a row, and not all that stands to the left of it: over SSH that is what keys cost.

Textual 8 cuts a row that changed in part on its right side only (the left one is a TODO there), so that a word moved
to at the end of a line would send the whole line.
"""

from __future__ import annotations

from rich.console import Console
from rich.control import Control
from rich.segment import Segment
from textual._compositor import ChopsUpdate, Compositor
from textual.strip import Strip

from reader.tui.layout.cells import is_simple


class NarrowUpdate(ChopsUpdate):
    """The changed spans of the rows, from edge to edge."""

    def render_segments(self, console: Console) -> str:
        """What the terminal is sent."""
        sent: list[str] = []
        for y, left, right in self.spans:
            for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                if strip is None or x >= right or end <= left:
                    continue
                start, segments = between(strip, x, left, right)
                if segments:
                    sent += [Control.move_to(start, y).segment.text, Strip(segments).render(console)]
        return "".join(sent)


class NarrowCompositor(Compositor):
    """Textual's compositor, whose partial updates are narrow."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """What changed since the last update; None where nothing did."""
        update = super().render_partial_update()
        return None if update is None else NarrowUpdate(update.chops, update.spans, update.chop_ends)


def between(strip: Strip, x: int, left: int, right: int) -> tuple[int, list[Segment]]:
    """Where the part of a strip that stands in the columns `left`-`right` begins, and its segments.

    The strip begins in column `x`. Words whose letters are not all one cell wide are left whole.
    """
    start = x
    found: list[Segment] = []
    for segment in strip:
        text = segment.text
        simple = is_simple(text)
        after = x + (len(text) if simple else segment.cell_length)
        if x < right and after > left:
            low = left - x if simple and x < left else 0
            high = right - x if simple and after > right else len(text)
            if not found:
                start = x + low
            found.append(Segment(text[low:high], segment.style))
        x = after
    return start, found
