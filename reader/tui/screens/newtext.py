"""Ask for the text that an article has now: the path of a file, or the text itself, pasted."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from reader.documents.load import Source, read_file
from reader.documents.normalise import safe
from reader.errors import ReaderError, Refused
from reader.paths import as_typed
from reader.tui.screens.dialog import Dialog
from reader.tui.screens.prompt import KEYS
from reader.tui.shelf.pasted import is_text, paths_in
from reader.tui.themes import Palette
from reader.tui.widgets.bar import Bar


class _Line(Input):
    """A line that knows a text from a path."""

    def on_paste(self, event: events.Paste) -> None:
        """A text is the answer; anything else is typed."""
        if is_text(event.text) and not paths_in(event.text):
            event.prevent_default()
            event.stop()
            self.post_message(NewText.Given(event.text))


class NewText(Dialog[Source | None]):
    """Enter gives the file whose path was typed, pasting a text gives that, Esc nothing."""

    class Given(Message):
        """A text was pasted."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False, priority=True)]
    DEFAULT_CSS = """
    NewText { align: left bottom; background: transparent; }
    NewText > Vertical { height: 3; width: 100%; background: $surface; }
    NewText Input, NewText Input:focus { border: none; height: 1; padding: 0 1; background: $surface; }
    """

    def __init__(self, palette: Palette, title: str) -> None:
        super().__init__()
        self._palette = palette
        self._title = title

    def compose(self) -> ComposeResult:
        """What is asked for, over the line."""
        with Vertical():
            yield Bar(self._palette)
            yield Bar(self._palette)
            yield _Line(select_on_focus=False)

    def on_mount(self) -> None:
        """Show what is asked for."""
        title, how = self.query(Bar)
        title.show([("The text that it has now: ", "quiet"), (self._title, "bold")], KEYS)
        how.show([("Type the path of a file, or paste the text. Marks move along with their words.", "quiet")])

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the file; what is in the way is said, and the path stays."""
        typed = event.value.strip()
        try:
            files = paths_in(typed) or [as_typed(typed)]
            if not typed or len(files) > 1:
                raise Refused("One file has the new text: type its path.")
            source = read_file(files[0])
        except ReaderError as problem:
            self.query(Bar).last().show([(safe(str(problem)), "warning")])
            return
        self.dismiss(source)

    def on_new_text_given(self, event: Given) -> None:
        """Give the text that was pasted."""
        self.dismiss(Source("the pasted text", event.text.encode(), "text", "utf-8"))

    def action_leave(self) -> None:
        """Give nothing."""
        self.dismiss(None)
