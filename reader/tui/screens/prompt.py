"""Ask for one line at the foot of the screen: a file to read or to write, a name."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from reader.errors import ReaderError
from reader.tui.screens.dialog import Dialog
from reader.tui.themes import Palette
from reader.tui.widgets.bar import Bar, Sheet

Take = Callable[[str], object]
"""Does what the line is asked for; ReaderError, in a sentence, where that cannot be."""

KEYS = (("Enter", "key"), (" goes on  ", "quiet"), ("Esc", "key"), (" leaves", "quiet"))


class Prompt(Dialog[str | None]):
    """Enter gives the line back, Esc nothing. It stays open, with a sentence, where `take` cannot do with the line."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False, priority=True)]
    DEFAULT_CSS = """
    Prompt { align: left bottom; background: transparent; }
    Prompt > Sheet { height: 2; width: 100%; background: $surface; }
    Prompt Input, Prompt Input:focus { border: none; height: 1; padding: 0 1; background: $surface; }
    """

    def __init__(self, palette: Palette, question: str, value: str = "", take: Take | None = None) -> None:
        super().__init__()
        self._palette = palette
        self._question = question
        self._value = value
        self._take = take

    def compose(self) -> ComposeResult:
        """The question over the line."""
        with Sheet():
            yield Bar(self._palette, left_first=True)
            yield Input(self._value, select_on_focus=False)

    def on_mount(self) -> None:
        """Show the question."""
        self.query_one(Bar).show([(self._question, "bold")], KEYS)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the line back."""
        try:
            if self._take is not None:
                self._take(event.value)
        except ReaderError as problem:
            self.query_one(Bar).show([(str(problem), "warning")], KEYS)
            return
        self.dismiss(event.value)

    def action_leave(self) -> None:
        """Give nothing back."""
        self.dismiss(None)
