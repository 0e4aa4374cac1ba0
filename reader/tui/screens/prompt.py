"""Ask for one line at the foot of the screen: a file to write."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from reader.tui.screens.dialog import Dialog
from reader.tui.themes import Palette
from reader.tui.widgets.bar import Bar, Sheet


class Prompt(Dialog[str | None]):
    """Enter gives the line back, Esc nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False, priority=True)]
    DEFAULT_CSS = """
    Prompt { align: left bottom; background: transparent; }
    Prompt > Sheet { height: 2; width: 100%; background: $surface; }
    Prompt Input, Prompt Input:focus { border: none; height: 1; padding: 0 1; background: $surface; }
    """

    def __init__(self, palette: Palette, question: str, value: str = "") -> None:
        super().__init__()
        self._palette = palette
        self._question = question
        self._value = value

    def compose(self) -> ComposeResult:
        """The question over the line."""
        with Sheet():
            yield Bar(self._palette)
            yield Input(self._value, select_on_focus=False)

    def on_mount(self) -> None:
        """Show the question."""
        keys = [("Enter", "key"), (" goes on  ", "quiet"), ("Esc", "key"), (" leaves", "quiet")]
        self.query_one(Bar).show([(self._question, "bold")], keys)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the line back."""
        self.dismiss(event.value)

    def action_leave(self) -> None:
        """Give nothing back."""
        self.dismiss(None)
