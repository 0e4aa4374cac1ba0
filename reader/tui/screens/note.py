"""Write a note: several lines, kept as a draft from the first letter on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import TextArea

from reader import viewstate
from reader.documents.normalise import safe
from reader.errors import ReaderError
from reader.tui.screens.dialog import Dialog
from reader.tui.themes import Palette
from reader.tui.widgets.bar import Bar, Sheet, Words
from reader.tui.widgets.lines import Lines


class Writing(TextArea):
    """What a note is written in. It looks the same with the focus and without, so gaining it needs no styles anew."""

    def update_node_styles(self, animate: bool = True) -> None:
        """Nothing: a new theme goes through all styles itself."""


class NoteEditor(Dialog[str | None]):
    """Ctrl+S gives the note back; Esc gives nothing back, and what was written stays as a draft."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", show=False),
        Binding("escape", "leave", show=False),
        Binding("ctrl+e", "edit", show=False, priority=True),
        Binding("ctrl+d", "drop", show=False, priority=True),
        Binding("ctrl+home", "edge(False)", show=False),
        Binding("ctrl+end", "edge(True)", show=False),
    ]
    BEGINS = ""
    """What is said under the note at first."""

    LEAVING = "keeps it as a draft"
    """What Esc does."""

    DEFAULT_CSS = """
    NoteEditor { align: center middle; }
    NoteEditor > Sheet { width: 80%; max-width: 84; height: 14; max-height: 90%; background: $surface; padding: 1; }
    NoteEditor TextArea, NoteEditor TextArea:focus { border: none; background: $surface; padding: 0 1; }
    """

    def __init__(self, palette: Palette, about: str, note: str, saved: str | None, keep: Callable[[str], None]) -> None:
        """`saved` is the note as it is kept, where `note` is a draft of another one."""
        super().__init__()
        self._palette = palette
        self._about = about
        self._note = note
        self._saved = saved
        self._keep = keep

    def compose(self) -> ComposeResult:
        """What the note is about, the note, the keys."""
        with Sheet():
            yield Bar(self._palette)
            yield Writing(self._note, soft_wrap=True, tab_behavior="focus")
            yield Lines(self._palette)
            yield Bar(self._palette)

    def on_mount(self) -> None:
        """Put the cursor behind the last word."""
        about, keys = self.query(Bar)
        draft = [("from your draft  ", "warning"), ("Ctrl+D", "key"), (" drops it", "quiet")]
        right = () if self._saved is None else draft
        about.show(self.heading(), right)
        keys.show([
            ("Ctrl+S", "key"), (" saves   ", "quiet"), ("Ctrl+E", "key"), (" your editor   ", "quiet"),
            ("Esc", "key"), (f" {self.LEAVING}", "quiet"),
        ])  # fmt: skip
        self._say("")
        if self.BEGINS:
            # How wide it is, is known only then.
            self.call_after_refresh(self._say, self.BEGINS)
        editor = self.query_one(TextArea)
        editor.move_cursor(editor.document.end)

    def heading(self) -> Words:
        """What is written on."""
        return [("Note on ", "quiet"), (self._about, "bold")]

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Keep the draft, so that neither a crash nor a quit loses it; what is as it was is none."""
        self._keep(event.text_area.text)

    def _say(self, sentence: str) -> None:
        """Say something under the note."""
        self.query_one(Lines).say(sentence, self.query_one(Bar).size.width)

    def action_edit(self) -> None:
        """Write on in another editor."""
        from reader.tui.editor import edited

        area = self.query_one(TextArea)
        try:
            note = edited(self.app, area.text)
        except ReaderError as problem:
            self._say(safe(str(problem)))
            return
        emptied = bool(area.text.strip()) and not note.strip()
        self._say("The editor left nothing: Ctrl+Z brings your words back." if emptied else "")
        # Not as a new text: Ctrl+Z here goes back to what was there before.
        area.replace(note, area.document.start, area.document.end)
        area.move_cursor(area.document.end)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where there is no draft, its key is the editor's own."""
        return self._saved is not None if action == "drop" else super().check_action(action, parameters)

    def action_edge(self, last: bool) -> None:
        """To the end of the note, or to its beginning."""
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end if last else area.document.start)

    def action_drop(self) -> None:
        """Go on with the note as it was saved."""
        area = self.query_one(TextArea)
        area.replace(self._saved or "", area.document.start, area.document.end)
        area.move_cursor(area.document.end)

    def action_save(self) -> None:
        """Give the note back."""
        self.dismiss(self.query_one(TextArea).text.strip())

    def action_leave(self) -> None:
        """Leave it as a draft."""
        self.dismiss(None)


def write_note(
    screen: Screen[Any],
    palette: Palette,
    identity: str,
    about: str,
    note: str,
    again: str,
    say: Callable[[str, str], None],
    save: Callable[[str], object],
) -> None:
    """Let a note be written on what has this identity: its draft is kept until it is saved; the key `again` goes on."""

    def keep(written: str) -> None:
        try:
            if written == note:
                viewstate.drop_draft(identity)
            else:
                viewstate.keep_draft(identity, written)
        except ReaderError as problem:
            say(str(problem), "warning")

    def done(written: str | None) -> None:
        if written is not None:
            save(written)
        elif viewstate.draft(identity) is not None:
            say(f"The draft is kept: {again} takes it up again.", "text")
        else:
            say("The note stays as it was.", "text")

    draft = viewstate.draft(identity)
    shown = safe(note if draft is None else draft, lines=True)
    screen.app.push_screen(NoteEditor(palette, about, shown, None if draft is None else note, keep), done)
