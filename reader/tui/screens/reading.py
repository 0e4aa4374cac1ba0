"""The reading screen: the mark keys, and copying, exporting, other articles."""

from __future__ import annotations

from importlib import import_module
from typing import ClassVar

from textual import events
from textual.binding import BindingType

from reader.documents.normalise import safe
from reader.errors import Refused
from reader.paths import as_typed
from reader.tui.commands import READING, Group, Mode, shown_keys
from reader.tui.keys import bound_keys, command_bindings, tag_bindings
from reader.tui.reading.describe import counted, file_name
from reader.tui.screens.page import said
from reader.tui.screens.reading_books import BookActions
from reader.tui.screens.reading_review import ReviewActions
from reader.tui.widgets.reader import Reader
from reader.work import library

LOAD_SECONDS = 0.6
"""How long after the first page the dialogs are loaded, so that each opens at once the first time too."""


def _load() -> None:
    for name in ("picker", "note", "help"):
        import_module(f"reader.tui.screens.{name}")


class ReadingScreen(BookActions, ReviewActions):
    """One article, open in front of somebody."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *command_bindings({command.action.partition("(")[0] for command in READING} - Reader.OWN),
        *tag_bindings(),
    ]

    def _settle(self) -> None:
        super()._settle()
        if self.settled:
            self.set_timer(LOAD_SECONDS, _load)

    # Tags and commands by name

    def action_tag_by_name(self) -> None:
        """Choose the tag from a list."""
        from reader.tui.screens.picker import tag_picker

        title = "Which tag instead?" if self.retagging else "Tag as …"
        self.app.push_screen(tag_picker(self.palette, title, self.desk.codebook), self._tag_chosen)

    @said
    def _tag_chosen(self, tag_id: str | None) -> None:
        if tag_id is not None:
            self.give(self.desk.codebook.by_id(tag_id))
        elif self.retagging:
            self.action_retag_cancel()

    def action_palette(self) -> None:
        """Every command by name."""
        from reader.tui.screens.picker import Choice, Picker

        choices = []
        for command in READING:
            if command.palette:
                reason = self.why_not(command.id)
                keys = "  ".join(shown_keys(command, self.keys))
                line = [(f"{keys:<16}", "key"), (f"{command.help}  ", "faint" if reason else "text")]
                line += [(reason, "quiet")] if reason else []
                choices.append(Choice(command.id, line, f"{command.label} {command.help}"))
        self.app.push_screen(Picker(self.palette, "Commands", choices, "No command is called that."), self._run)

    def _run(self, command_id: str | None) -> None:
        command = next((command for command in READING if command.id == command_id), None)
        if command is not None:
            node = self.reader if command.action.partition("(")[0] in Reader.OWN else self
            self.call_next(self.app.run_action, command.action, node)

    def action_help(self) -> None:
        """All keys."""
        self._show_keys("the text")

    def action_book_help(self) -> None:
        """All keys, those of the codebook first in view."""
        self._show_keys("the codebook", Group.CODEBOOK)

    def _show_keys(self, back_to: str, group: Group | None = None) -> None:
        from reader.tui.screens.help import Help, help_lines

        lines = help_lines(READING, self.desk.codebook, self.keys)
        self.app.push_screen(Help(self.palette, lines, back_to, group))

    # Keeping and sharing

    @said
    def action_copy(self) -> None:
        """Copy the selection, or the mark, or the unit at the cursor."""
        from reader.tui.clipboard import copy

        selected = self.reader.selected
        mark = self.reader.view.focus
        annotation = self.annotation(mark) if mark >= 0 and selected.hard is None else None
        if annotation is not None:
            text, spans = annotation.text, annotation.fragments
        else:
            span = selected.hard or selected.soft
            if span is None:
                keys = f"{self.key('extend_word')} or {self.key('extend_line')}"
                raise Refused(f"Nothing is selected: {keys} selects, and so does the mouse.")
            text, spans = span.cut(self.desk.text), (span,)
        self.say(copy(self.app, text, counted(self.desk.text, spans)), "good")

    def action_export(self) -> None:
        """Ask for a file and export the marks to it."""
        from reader.tui.screens.prompt import Prompt

        name = file_name(self.desk.document.title, "spans")
        question = "Export the marks to (.csv or .jsonl; ~ is your home)"
        self.app.push_screen(Prompt(self.palette, question, f"{name}.csv"), self._export)

    @said
    def _export(self, name: str | None) -> None:
        from reader.work import export, exporting

        if not name or not name.strip():
            return
        path = as_typed(name).absolute()
        if path.is_dir():
            path = path / "spans.csv"
        choice = export.choose(self.project, documents=[self.desk.document.id])
        count = exporting.to_file(self.project, choice, path)
        self.say(f"Exported {count} {'mark' if count == 1 else 'marks'} to {path}", "good")

    @said
    def action_status(self) -> None:
        """Done with the article, or not yet."""
        done = library.reading(self.project, self.desk.document).status != "done"
        library.set_status(self.project, self.desk.document, "done" if done else "reading")
        self.peek()
        on, again = self.key("next_not_done"), self.key("status")
        says = f"Saved: you are done with it. {on}: the next one to do · {again}: not done yet."
        self.say(says if done else "Saved: not done yet.", "good")

    # What is no key

    def on_key(self, event: events.Key) -> None:
        """A key that nothing will take: say so, and what to do."""
        mode = self.mode
        if event.key in bound_keys(mode, self.keys) or mode in (Mode.FINDING, Mode.SAYING):
            return
        if mode is Mode.ADJUSTING:
            keep, leave = self.key("edge_accept"), self.key("edge_cancel")
            self.say(f"The edges are being moved: {keep} keeps them, {leave} leaves them as they were.", "warning")
        elif mode is Mode.RETAGGING:
            leave = self.key("retag_cancel")
            self.say(f"A tag's key gives the mark that tag; {leave} leaves it as it was.", "warning")
        elif mode is Mode.LINKING:
            key, leave = self.key("link_end"), self.key("link_cancel")
            self.say(f"The other mark is being looked for: go to it, then {key}; {leave} leaves.", "warning")
        elif event.is_printable:
            key = safe(event.character or "")
            self.say(f"{key} does nothing here. {self.key('help')} shows all keys.", "warning")

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text never acts as keys."""
        event.stop()
        if self.pasted(event.text):
            return
        articles, find = self.key("articles"), self.key("find")
        instead = f"{articles}: your articles, where pasting adds one; {find} finds words."
        self.say(f"Pasted text does nothing here. {instead}", "warning")
