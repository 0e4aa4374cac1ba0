"""Ask for one line at the foot of the screen: words to find, a file to write."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from reader.tui.screens.dialog import Dialog
from reader.tui.themes import Palette
from reader.tui.widgets.bar import Bar


class Prompt(Dialog[str | None]):
    """Enter gives the line back, Esc nothing; `watch` hears of every change and answers with a few words."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False, priority=True)]
    DEFAULT_CSS = """
    Prompt { align: left bottom; background: transparent; }
    Prompt > Vertical { height: 2; width: 100%; background: $surface; }
    Prompt Input, Prompt Input:focus { border: none; height: 1; padding: 0 1; background: $surface; }
    """

    def __init__(
        self, palette: Palette, question: str, value: str = "", watch: Callable[[str], str] | None = None
    ) -> None:
        super().__init__()
        self._palette = palette
        self._question = question
        self._value = value
        self._watch_line = watch

    def compose(self) -> ComposeResult:
        """The question over the line."""
        with Vertical():
            yield Bar(self._palette)
            yield Input(self._value, select_on_focus=False)

    def on_mount(self) -> None:
        """Show the question."""
        self._say("")

    def _say(self, answer: str) -> None:
        keys = [("Enter", "key"), (" goes on  ", "quiet"), ("Esc", "key"), (" leaves", "quiet")]
        self.query_one(Bar).show([(self._question, "bold"), (f"  {answer}", "quiet")], keys)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell whoever watches."""
        if self._watch_line is not None:
            self._say(self._watch_line(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the line back."""
        self.dismiss(event.value)

    def action_leave(self) -> None:
        """Give nothing back."""
        self.dismiss(None)
