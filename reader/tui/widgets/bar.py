"""A line of the screen: words at its left end and at its right end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.containers import Vertical
from textual.geometry import Region
from textual.strip import Strip

from reader.tui.commands import typed_key
from reader.tui.layout.cells import fitted, shown_text, width_of
from reader.tui.themes import PALETTES, Palette
from reader.tui.widgets.paint import strip_of
from reader.tui.widgets.rows import RowWidget

Words = Sequence[tuple[str, str]]
"""(text, style) in order; a style is the name of a field of the palette or rich style words."""


class Bar(RowWidget):
    """One line. Where there is no room for both ends, the left one is cut, or the right one left out.

    A click on a key that it names, or on what that key does, is that key.
    """

    DEFAULT_CSS = "Bar { height: 1; width: 1fr; }"

    def __init__(self, palette: Palette, ground: str = "bar", *, left_first: bool = False) -> None:
        super().__init__()
        self._left_first = left_first
        self.palette = palette
        self._ground = ground
        self._left: Words = ()
        self._right: Words = ()

    def show(self, left: Words, right: Words = ()) -> None:
        """Show these words."""
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.refresh()

    def show_palette(self, palette: Palette) -> None:
        """Draw in another palette."""
        self.palette = palette
        self.refresh()

    @property
    def _right_width(self) -> int:
        """Cells of the right end; 0 where it is left out."""
        right = sum(width_of(text) for text, _ in self._right)
        left = sum(width_of(text) for text, _ in self._left)
        return 0 if right + (left + 4 if self._left_first else 12) > self.size.width else right

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked, as if it had been typed."""
        start = self.size.width - 1 - self._right_width
        words, x = (self._right, start) if self._right_width and event.x >= start else (self._left, 1)
        shown = ""
        for text, name in words:
            if name == "key" or name.startswith("bold "):
                shown = text
            elif name != "quiet":
                shown = ""
            x += width_of(shown_text(text))
            if event.x < x:
                break
        else:
            return
        key = typed_key(shown) if shown else None
        if key is not None:
            event.stop()
            self.app.post_message(events.Key(*key))

    def render_line(self, y: int) -> Strip:
        """The words, with a cell of air at both ends."""
        width, right = self.size.width, self._right_width
        room = width - 2 - (right + 2 if right else 0)
        segments = [Segment(" ", self._style("text"))]
        for text, name in self._left:
            shown = shown_text(text)
            if width_of(shown) > room:
                shown = fitted(text, room)
            segments.append(Segment(shown, self._style(name)))
            room -= width_of(shown)
            if room <= 0:
                break
        if right:
            segments.append(Segment(" " * (max(0, room) + 2), self._style("text")))
            segments += [Segment(shown_text(text), self._style(name)) for text, name in self._right]
            room = 0
        return strip_of(segments, width - 1 - max(0, room), width, self._style("text"))

    def _style(self, name: str) -> Style:
        return style_on(self.palette, getattr(self.palette, self._ground), name)


class Sheet(Vertical):
    """What the parts of a dialog lie on. Textual would work out a border and a background for each of its rows."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Blank rows, in a frame where the theme has no ground that would set them off."""
        palette, size = palette_named(self.app.theme), self.outer_size
        if self.app.no_color and not palette.ansi:
            return super().render_lines(crop)
        blank = Strip.blank(size.width, style_on(palette, palette.bar, "text"))
        rows = [framed(blank, palette, y, size.height) for y in crop.line_range]
        return [row.crop(*crop.column_span) for row in rows]


LEAST_FRAMED = 4
"""Rows that something has at least to have a frame."""


def framed(row: Strip, palette: Palette, y: int, height: int) -> Strip:
    """Row `y` of `height` rows that lie over the text, whose outermost cells are air.

    Where the theme gives them no ground of their own, a frame in this air sets them off.
    """
    if not palette.ansi or height < LEAST_FRAMED:
        return row
    look, width = style_on(palette, palette.bar, "text"), row.cell_length
    if y in (0, height - 1):
        left, right = "╭╮" if y == 0 else "╰╯"
        return Strip([Segment(f"{left}{'─' * (width - 2)}{right}", look)], width)
    side = Strip([Segment("│", look)], 1)
    return Strip.join([side, row.crop(1, width - 1), side])


class Buttons(Bar):
    """A bar whose words at the left end can be clicked; `pressed` is told the place of the one that was."""

    def __init__(self, palette: Palette, pressed: Callable[[int], None]) -> None:
        super().__init__(palette, left_first=True)
        self._pressed = pressed

    def on_click(self, event: events.Click) -> None:
        """Say which word it was."""
        end = 1
        for place, (text, _) in enumerate(self._left):
            end += width_of(shown_text(text))
            if 1 <= event.x < end:
                event.prevent_default()
                self._pressed(place)
                return


def words_on(
    palette: Palette, ground: str, words: Words, room: int, *, chosen: bool = False
) -> tuple[list[Segment], int]:
    """The words as segments, cut to so many cells, and the cells that are left; of a chosen line on its ground."""
    segments: list[Segment] = []
    for text, name in words:
        shown = fitted(text, min(room, width_of(text)))
        look = style_on(palette, ground, name)
        segments.append(Segment(shown, look + style_on(palette, ground, "hard") if chosen else look))
        room -= width_of(shown)
        if room <= 0:
            break
    return segments, room


def style_on(palette: Palette, ground: str, name: str) -> Style:
    """A style on a ground; `name` is a field of the palette or rich style words."""
    return _style_on(palette.name, ground, name)


@lru_cache(1024)
def _style_on(palette_name: str, ground: str, name: str) -> Style:
    palette = PALETTES[palette_name]
    return Style.parse(f"{palette.text} on {ground}") + Style.parse(getattr(palette, name, name))


def palette_named(name: str) -> Palette:
    """The palette of this name, or the first one."""
    return PALETTES.get(name) or next(iter(PALETTES.values()))
