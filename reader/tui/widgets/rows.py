"""Widgets that draw themselves row by row, down to the last style."""

from __future__ import annotations

from typing import Any, Self

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from reader.tui.themes import TERMINAL


class RowWidget(Widget):
    """A widget whose `render_line` gives every cell of a row as the terminal is to show it.

    Textual's own pass over each row (borders, opacity, colour filters) finds nothing to do here and takes a fifth of a
    page's time, so it is left out; rows that nothing has changed are kept, as there.
    """

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._kept: dict[int, Strip] = {}
        self._kept_size = Size(0, 0)

    @property
    def size(self) -> Size:
        """The cells that it draws. It has no borders and no padding: Textual would work that out each time."""
        return self.outer_size

    def refresh(self, *regions: Region, **how: Any) -> Self:
        """Draw these parts again, or everything."""
        if not regions:
            self._kept.clear()
        for region in regions:
            for y in region.line_range:
                self._kept.pop(y, None)
        return super().refresh(*regions, **how)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows in view, cut to the part that is asked for."""
        plain = self.app.no_color and self.app.theme == TERMINAL.name
        if self.app.no_color and not plain:
            # Somebody who wants no colours gets Textual's pass, which makes greys of them.
            return super().render_lines(crop)
        kept, size = self._kept, self.size
        if size != self._kept_size:
            kept.clear()
            self._kept_size = size
        strips = []
        for y in crop.line_range:
            strip = kept.get(y)
            if strip is None:
                line = self.render_line(y)
                # Of the terminal's own colours that would make greys as dark as its ground.
                strip = kept[y] = _uncoloured(line) if plain else line
            strips.append(strip)
        if crop.column_span == (0, size.width):
            return strips
        return [strip.crop(*crop.column_span) for strip in strips]


def _uncoloured(strip: Strip) -> Strip:
    segments = [Segment(text, style and style.without_color, control) for text, style, control in strip]
    return Strip(segments, strip.cell_length)
