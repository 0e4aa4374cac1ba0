"""One of a few values, on a line: arrows and Space go through them, and so does a click."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.strip import Strip

from reader.tui.themes import Palette
from reader.tui.widgets.bar import style_on, words_on
from reader.tui.widgets.paint import strip_of
from reader.tui.widgets.rows import RowWidget


class Option(RowWidget, can_focus=True):
    """`‹ text ›  any words`: a value, and what it means."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space", "turn(1)", show=False),
        Binding("left", "turn(-1)", show=False),
    ]
    DEFAULT_CSS = "Option { height: 1; width: 1fr; }"

    def __init__(
        self, palette: Palette, values: Mapping[str, str], value: str, changed: Callable[[], None] = lambda: None
    ) -> None:
        """`values` with what each means; `changed` is called when it is another one."""
        super().__init__()
        self._palette = palette
        self._values = values
        self.value = value
        self._changed = changed

    def render_line(self, y: int) -> Strip:
        """The value between arrows, and what it means."""
        width, ground = self.size.width, self._palette.ground if self.has_focus else self._palette.bar
        arrows = "key" if self.has_focus else "quiet"
        words = [("‹ ", arrows), (self.value, "text"), (" ›", arrows), (f"  {self._values[self.value]}", "quiet")]
        segments, room = words_on(self._palette, ground, words, width - 1)
        blank = style_on(self._palette, ground, "text")
        return strip_of([Segment(" ", blank), *segments], width - max(0, room), width, blank)

    def on_focus(self) -> None:
        """Look like what keys change."""
        self.refresh()

    def on_blur(self) -> None:
        """Look like the others."""
        self.refresh()

    def on_click(self) -> None:
        """The next value."""
        self.focus()
        self.action_turn(1)

    def action_turn(self, values: int) -> None:
        """The next value, or the one before."""
        names = list(self._values)
        self.value = names[(names.index(self.value) + values) % len(names)]
        self.refresh()
        self._changed()
