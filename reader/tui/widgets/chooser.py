"""A list to choose from by typing, drawn as one: the question, what is typed, the lines, the keys."""

from __future__ import annotations

from collections.abc import Callable

from rich.segment import Segment
from textual import events
from textual.geometry import Offset
from textual.strip import Strip

from reader.tui.layout.cells import width_of
from reader.tui.reading.line import part_shown
from reader.tui.reading.picking import Picking
from reader.tui.themes import Palette
from reader.tui.widgets.bar import Words, framed, style_on, words_on
from reader.tui.widgets.paint import strip_of
from reader.tui.widgets.rows import RowWidget

ABOVE, BELOW = 4, 3
"""Rows around the lines: air, the question, what is typed, air; air, the keys, air."""

TITLE, TYPED = 1, 2
"""The rows of the question and of what is typed."""

_KEYS: Words = (("Enter", "key"), (" takes it   ", "quiet"), ("Esc", "key"), (" leaves", "quiet"))


class Chooser(RowWidget, can_focus=True):
    """`done` is told what was taken, or None where somebody left."""

    DEFAULT_CSS = "Chooser { width: 90%; max-width: 92; margin-top: 2; }"

    def __init__(self, palette: Palette, done: Callable[[str | None], object]) -> None:
        super().__init__()
        self.palette = palette
        self._done = done
        self._picking: Picking | None = None
        self._top = 0

    def ask(self, picking: Picking, most: int) -> None:
        """Ask this, in at most so many rows; it stays as high while fewer lines fit."""
        self._picking = picking
        lines = max(1, min(len(picking.shown), max(3, most - ABOVE - BELOW)))
        self._top = max(0, picking.chosen - lines + 1)
        self.styles.height = ABOVE + lines + BELOW
        self.refresh()
        self.call_after_refresh(self._place_cursor)

    def takes(self, event: events.Key | events.Paste) -> bool:
        """Whether a key, or what was pasted, was for the list; the screen that it is on asks before anything else."""
        picking = self._picking
        if picking is None:
            return False
        if isinstance(event, events.Paste):
            picking.paste(event.text)
        elif event.key == "escape":
            self._end(None)
            return True
        elif event.key == "enter":
            if picking.value is not None:
                self._end(picking.value)
            return True
        elif not picking.press(event.key, event.character):
            return False
        self._show()
        return True

    def _show(self) -> None:
        if self._picking is not None:
            rows, chosen = self._rows, self._picking.chosen
            self._top = max(min(self._top, chosen), chosen - rows + 1)
            self.refresh()
            self._place_cursor()

    def _end(self, value: str | None) -> None:
        self._picking = None
        self.app.cursor_position = Offset(0, 0)
        self._done(value)

    @property
    def _rows(self) -> int:
        return max(1, self.size.height - ABOVE - BELOW)

    def _place_cursor(self) -> None:
        """Where the terminal's own cursor is, an input method shows what is being composed."""
        if self._picking is not None and self.is_mounted:
            before, _, _ = part_shown(self._picking.line, max(8, self.size.width - 4))
            self.app.cursor_position = self.region.offset + Offset(2 + width_of(before), TYPED)

    def render_line(self, y: int) -> Strip:
        """One of its rows, with a cell of air at both ends."""
        picking, width, ground = self._picking, self.size.width, self.palette.bar
        number = self._top + y - ABOVE
        is_line = picking is not None and ABOVE <= y < self.size.height - BELOW and number < len(picking.shown)
        chosen = picking is not None and is_line and number == picking.chosen
        lead = " ▸ " if chosen else "   " if ABOVE <= y < self.size.height - BELOW else "  "
        words: Words = ()
        if picking is not None:
            words = picking.shown[number].line if is_line else self._around(picking, y)
        inner = max(0, width - 1)
        segments, room = words_on(self.palette, ground, words, max(0, inner - len(lead)), chosen=chosen)
        segments.insert(0, Segment(lead, style_on(self.palette, ground, "accent")))
        filler = style_on(self.palette, ground, "hard" if chosen else "text")
        row = strip_of(segments, inner - max(0, room), inner, filler)
        row = Strip([*row, Segment(" " * (width - inner), style_on(self.palette, ground, "text"))], width)
        return framed(row, self.palette, y, self.size.height)

    def _around(self, picking: Picking, y: int) -> Words:
        """The words of a row that is no line."""
        if y == TITLE:
            return [(picking.title, "bold")]
        if y == TYPED:
            before, at, behind = part_shown(picking.line, max(8, self.size.width - 4))
            return [(before, "text"), (at, "cursor"), (behind, "text")]
        if y == ABOVE and not picking.shown:
            return [(picking.nothing, "quiet")]
        return _KEYS if y == self.size.height - BELOW + 1 else ()

    def on_click(self, event: events.Click) -> None:
        """Take the line that was clicked, or do what the clicked key does."""
        event.stop()
        picking = self._picking
        if picking is not None and event.y == self.size.height - BELOW + 1:
            takes, leaves = (sum(width_of(text) for text, _ in _KEYS[:words]) + 2 for words in (2, 4))
            if event.x < takes and picking.value is not None:
                self._end(picking.value)
            elif takes <= event.x < leaves:
                self._end(None)
            return
        number = self._top + event.y - ABOVE
        if picking is not None and ABOVE <= event.y < self.size.height - BELOW and number < len(picking.shown):
            self._end(picking.shown[number].value)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Another line."""
        event.stop()
        self._step(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Another line."""
        event.stop()
        self._step(-3)

    def _step(self, lines: int) -> None:
        if self._picking is not None:
            self._picking.step(lines)
            self._show()
