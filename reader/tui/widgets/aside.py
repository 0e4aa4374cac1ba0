"""Beside the text of a review: what is said of the difference in view, and under it the list of all."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.strip import Strip

from reader.tui.themes import Palette
from reader.tui.widgets.bar import Words, style_on, words_on
from reader.tui.widgets.paint import differing, strip_of
from reader.tui.widgets.rows import RowWidget

LEAST_LISTED = 6
"""Rows that the list keeps; half as many where there is little room, one where there is next to none."""
LITTLE, NEXT_TO_NOTHING = 16, 8
STEADY = 6
"""Rows by which what is said may be shorter before the list moves up, so that it stands still from key to key."""


class Listed(Sequence[Words]):
    """The lines of a list, each made when it is drawn."""

    def version(self, index: int) -> object:
        """Another one where the line says something else than it did."""
        raise NotImplementedError


class Aside(RowWidget, can_focus=True):
    """Draws only the rows that differ from what it drew before. The list's lines are asked for one by one."""

    DEFAULT_CSS = "Aside { height: 1fr; width: 1fr; }"

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self.palette = palette
        self.chosen: Callable[[int], None] = lambda index: None
        """Called when a line of the list was clicked."""
        self._said: Sequence[Words] = ()
        self._listed: Listed | None = None
        self._at: int | None = None
        self._from = 0
        """The first line of what is said that is in view."""
        self._top = 0
        """The first line of the list that is in view."""
        self._split = 0
        """The row that the list begins in."""
        self._keys: list[object] = []
        self._drawn: list[Strip] = []

    def show(self, said: Sequence[Words], listed: Listed, at: int | None) -> None:
        """Show this of the difference, and the list with the line `at` chosen, in view."""
        if said != self._said:
            self._from = 0
        if listed is not self._listed:
            self._keys.clear()
        self._said, self._listed, self._at = said, listed, at
        self._divide()
        rows = max(1, self.size.height - self._split)
        if at is not None and not self._top <= at < self._top + rows:
            self._top = at - rows // 3
        self._top = max(0, min(self._top, len(listed) - rows))
        self._redraw()

    def _divide(self) -> None:
        height = self.size.height
        wanted = 1 if height < NEXT_TO_NOTHING else LEAST_LISTED // 2 if height < LITTLE else LEAST_LISTED
        least = min(len(self._listed or ()), wanted)
        needed = max(0, min(len(self._said) + 1, height - least))
        if not needed <= self._split <= min(needed + STEADY, height - least):
            self._split = needed

    def show_palette(self, palette: Palette) -> None:
        """Draw in another palette."""
        self.palette = palette
        self._keys.clear()
        self._redraw()

    def scroll_said(self, lines: int) -> None:
        """Scroll what is said of the difference, where it is longer than its room."""
        self._from = max(0, min(self._from + lines, len(self._said) - self._split + 1))
        self._redraw()

    def _redraw(self) -> None:
        """Draw the cells that differ."""
        width, height = self.size
        fresh = len(self._drawn) != height or (height > 0 and self._drawn[0].cell_length != width)
        keys = [self._key(y) for y in range(height)]
        if fresh or len(self._keys) != height:
            self._keys = [None] * height
        for y, key in enumerate(keys):
            if key == self._keys[y] and not fresh:
                continue
            after = self._row(y)
            if fresh:
                self._drawn[y:] = [after]
                continue
            before, self._drawn[y] = self._drawn[y], after
            apart = differing(before, after)
            if apart is not None:
                self.refresh(Region(apart[0], y, apart[1] - apart[0], 1))
        self._keys = keys
        if fresh:
            self.refresh()

    def _key(self, y: int) -> object:
        """Equal for a row that is drawn as it was."""
        if y < self._split:
            return self._said_in(y)
        index = self._top + y - self._split
        if self._listed is None or index >= len(self._listed):
            return ()
        return index, index == self._at, self._listed.version(index)

    def on_resize(self) -> None:
        """Divide the rows anew."""
        if self._listed is not None:
            self._split = 0
            self.show(self._said, self._listed, self._at)

    def render_line(self, y: int) -> Strip:
        """A line of what is said, or one of the list."""
        if y >= len(self._drawn) or self._drawn[y].cell_length != self.size.width:
            return self._row(y)
        return self._drawn[y]

    def _row(self, y: int) -> Strip:
        if y < self._split:
            return self._line(self._said_in(y), chosen=False)
        index = self._top + y - self._split
        if self._listed is None or index >= len(self._listed):
            return self._line((), chosen=False)
        chosen = index == self._at
        return self._line([("▸" if chosen else " ", "accent"), *self._listed[index]], chosen=chosen)

    def _said_in(self, y: int) -> Words:
        index, last = self._from + y, y >= self._split - 1
        if last and index < len(self._said):
            left = len(self._said) - index
            return [(f"… {left} {'line' if left == 1 else 'lines'} more: the wheel, Shift+↓", "quiet")]
        return self._said[index] if index < len(self._said) and not last else ()

    def _line(self, words: Words, *, chosen: bool) -> Strip:
        width, ground = self.size.width, self.palette.bar
        shown, room = words_on(self.palette, ground, words, width - 1, chosen=chosen)
        segments = [Segment(" ", style_on(self.palette, ground, "text")), *shown]
        filler = style_on(self.palette, ground, "hard" if chosen else "text")
        return strip_of(segments, width - max(0, room), width, filler)

    def on_click(self, event: events.Click) -> None:
        """Say which line of the list it was."""
        index = self._top + event.y - self._split
        if event.y >= self._split and index < len(self._listed or ()):
            self.chosen(index)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll what is under the mouse."""
        event.stop()
        self._wheel(event.y, 3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll what is under the mouse."""
        event.stop()
        self._wheel(event.y, -3)

    def _wheel(self, y: int, lines: int) -> None:
        if y < self._split:
            self.scroll_said(lines)
            return
        rows = max(1, self.size.height - self._split)
        self._top = max(0, min(self._top + lines, len(self._listed or ()) - rows))
        self._redraw()
