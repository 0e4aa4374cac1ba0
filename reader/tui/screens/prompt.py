"""Ask for one line at the foot of the screen: words to find, a file to write."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from reader.documents.finding import MOST_WORDS
from reader.tui.screens.dialog import Dialog
from reader.tui.themes import Palette
from reader.tui.widgets.bar import Bar, Words


class Prompt(Dialog[str | None]):
    """Enter gives the line back, Esc nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False, priority=True)]
    DEFAULT_CSS = """
    Prompt { align: left bottom; background: transparent; }
    Prompt > Vertical { height: 2; width: 100%; background: $surface; }
    Prompt Input, Prompt Input:focus { border: none; height: 1; padding: 0 1; background: $surface; }
    """

    overtypes = False
    """Whether what is typed first takes the place of the value."""

    def __init__(self, palette: Palette, question: str, value: str = "") -> None:
        super().__init__()
        self._palette = palette
        self._question = question
        self._value = value

    def compose(self) -> ComposeResult:
        """The question over the line."""
        with Vertical():
            yield Bar(self._palette, left_first=True)
            yield Input(self._value, select_on_focus=self.overtypes, max_length=MOST_WORDS)

    def on_mount(self) -> None:
        """Show the question."""
        self.say("")

    def say(self, answer: str, kind: str = "quiet") -> None:
        """A few words beside the question."""
        if self.is_mounted:
            self.query_one(Bar).show([(self._question, "bold"), (f"  {answer}", kind)], self._keys())

    def _keys(self) -> Words:
        return [("Enter", "key"), (" goes on  ", "quiet"), ("Esc", "key"), (" leaves", "quiet")]

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the line back."""
        self.dismiss(event.value)

    def action_leave(self) -> None:
        """Give nothing back."""
        self.dismiss(None)


class FindPrompt(Prompt):
    """What to find: words, or a regex after Ctrl+R. `watch` hears of every change, and answers by `say`."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+r", "regex", show=False, priority=True)]
    overtypes = True

    def __init__(self, palette: Palette, value: str, is_regex: bool, watch: Callable[[str, bool], None]) -> None:
        super().__init__(palette, "", value)
        self.is_regex = is_regex
        self._watch_line = watch
        self._set_question()

    def _set_question(self) -> None:
        self._question = "Find a regex" if self.is_regex else "Find"

    def _keys(self) -> Words:
        other = " words  " if self.is_regex else " regex  "
        return [("Ctrl+R", "key"), (other, "quiet"), *super()._keys()]

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell whoever watches."""
        self._watch_line(event.value, self.is_regex)

    def action_regex(self) -> None:
        """A regex, or words again."""
        self.is_regex = not self.is_regex
        self._set_question()
        self.say("")
        self._watch_line(self.query_one(Input).value, self.is_regex)
