"""Write a note: several lines, kept as a draft from the first letter on."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import TextArea

from reader.tui.screens.dialog import Dialog
from reader.tui.themes import Palette
from reader.tui.widgets.bar import Bar


class NoteEditor(Dialog[str | None]):
    """Ctrl+S gives the note back; Esc gives nothing back, and what was written stays as a draft."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", show=False),
        Binding("escape", "leave", show=False),
    ]
    DEFAULT_CSS = """
    NoteEditor { align: center middle; }
    NoteEditor > Vertical { width: 80%; max-width: 84; height: 14; max-height: 90%; background: $surface; padding: 1; }
    NoteEditor TextArea, NoteEditor TextArea:focus { border: none; background: $surface; padding: 0 1; }
    """

    def __init__(self, palette: Palette, about: str, note: str, drafted: bool, keep: Callable[[str], None]) -> None:
        super().__init__()
        self._palette = palette
        self._about = about
        self._note = note
        self._drafted = drafted
        self._keep = keep

    def compose(self) -> ComposeResult:
        """What the note is about, the note, the keys."""
        with Vertical():
            yield Bar(self._palette)
            yield TextArea(self._note, soft_wrap=True, tab_behavior="focus")
            yield Bar(self._palette)

    def on_mount(self) -> None:
        """Put the cursor behind the last word."""
        about, keys = self.query(Bar)
        about.show([("Note on ", "quiet"), (self._about, "bold")])
        left = [("Ctrl+S", "key"), (" saves   ", "quiet"), ("Esc", "key"), (" keeps it as a draft", "quiet")]
        keys.show(left, [("taken up from your draft", "warning")] if self._drafted else ())
        editor = self.query_one(TextArea)
        editor.move_cursor(editor.document.end)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Keep the draft, so that neither a crash nor a quit loses it; what is as it was is none."""
        self._keep(event.text_area.text)

    def action_save(self) -> None:
        """Give the note back."""
        self.dismiss(self.query_one(TextArea).text.strip())

    def action_leave(self) -> None:
        """Leave it as a draft."""
        self.dismiss(None)
