"""Lines of words, drawn one by one: lists and texts of the dialogs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from reader.tui.layout.wrap import wrap
from reader.tui.themes import Palette
from reader.tui.widgets.bar import Words, style_on, words_on
from reader.tui.widgets.paint import strip_of
from reader.tui.widgets.rows import RowWidget

MARGINS = 2
"""Columns beside a sentence."""


class Lines(RowWidget, can_focus=False):
    """A list of lines that scrolls; one of them may be chosen. Only what is in view is drawn."""

    DEFAULT_CSS = "Lines { height: 1fr; width: 1fr; }"

    class Chosen(Message):
        """A line was clicked."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self.palette = palette
        self._lines: Sequence[Words] = ()
        self.chosen: int | None = None
        self.top = 0

    def show(self, lines: Sequence[Words], chosen: int | None = None) -> None:
        """Show these lines; `chosen` is the one that Enter would take."""
        self._lines = lines
        self.top = 0
        self.choose(chosen)

    def say(self, sentence: str, columns: int, kind: str = "warning") -> None:
        """A sentence in as many rows as it takes in so many columns; nothing at all where there is none."""
        starts = [*wrap(sentence, max(1, columns - MARGINS)), len(sentence)]
        rows = [[(sentence[start:end], kind)] for start, end in pairwise(starts)]
        self.display = bool(sentence)
        self.styles.height = len(rows)
        self.show(rows)

    def choose(self, index: int | None) -> None:
        """Choose a line and bring it into view."""
        self.chosen = None if index is None or not self._lines else max(0, min(index, len(self._lines) - 1))
        if self.chosen is not None and self.size.height:
            self.top = max(min(self.top, self.chosen), self.chosen - self.size.height + 1)
        self.refresh()

    def scroll_lines(self, lines: int) -> None:
        """Scroll by so many lines."""
        self.top = max(0, min(self.top + lines, len(self._lines) - self.size.height))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line, on the ground of the chosen one if it is."""
        width = self.size.width
        index = self.top + y
        ground = self.palette.bar
        if index >= len(self._lines):
            return Strip([Segment(" " * width, style_on(self.palette, ground, "text"))], width)
        chosen = index == self.chosen
        mark = ("▸ " if chosen else "  ") if self.chosen is not None else " "
        segments = [Segment(mark, style_on(self.palette, ground, "accent"))]
        words, room = words_on(self.palette, ground, self._lines[index], width - len(mark), chosen=chosen)
        segments += words
        filler = style_on(self.palette, ground, "hard" if chosen else "text")
        return strip_of(segments, width - max(0, room), width, filler)

    def on_click(self, event: events.Click) -> None:
        """Report the line that was clicked."""
        index = self.top + event.y
        if index < len(self._lines):
            self.post_message(self.Chosen(index))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll."""
        event.stop()
        self.scroll_lines(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll."""
        event.stop()
        self.scroll_lines(-3)
