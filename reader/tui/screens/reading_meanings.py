"""On the reading screen: what the tags mean, beside the text."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from textual import events

from reader.annotations.codebook import Codebook
from reader.documents.normalise import safe
from reader.tui.commands import Mode
from reader.tui.layout.cells import width_of
from reader.tui.screens.reading_say import SayActions
from reader.tui.screens.reading_words import SIDE_FROM
from reader.tui.themes import Palette
from reader.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from reader.tui.widgets.formview import FormView

NARROWEST, WIDEST = 34, 72
"""Columns of the panel beside the text."""

_AROUND = 3
"""Rows of the header, the status line and the keys."""

_LOW, _LOWEST = 45, 6
"""How much of the rows the panel takes below the text, in per cent, and its fewest rows."""


class MeaningActions(SayActions):
    """The panel lies over the list of marks, so that the text stays as it is laid out; on a narrow screen below it."""

    _panel: Lines | None = None
    _open = False
    _at = 0
    """Which tag of the codebook is looked at."""
    _starts: Sequence[int] = ()
    """Where the lines of each tag begin,"""
    _lines = 0
    """and how many there are."""
    _columns = NARROWEST
    _rows = 0

    def action_meanings(self) -> None:
        """Show what the tags mean, beginning with that of the mark."""
        mark = self.meant
        piece = next((piece for piece in self.here if piece.mark == mark), None)
        self._at = piece.tag if piece is not None else 0
        self._open = True
        self.reader.mode = Mode.CODEBOOK
        self._message = None
        panel = self._panel or self._prepare_panel()
        self._make_room()
        panel.display = True
        self._draw_panel()
        self.show_words()
        self.call_after_refresh(self._keep_in_view)

    def _keep_in_view(self) -> None:
        """The words at the cursor stay in view where the panel takes rows of the text."""
        self.reader.bring(self.reader.selected.cursor)

    def _prepare_panel(self) -> Lines:
        panel = self._panel = Lines(self.palette)
        panel.display = False
        self.mount(panel)
        return panel

    def _prepare(self) -> FormView:
        # What the panel needs is loaded while nobody waits for it, as the form is.
        import_module("reader.tui.reading.meanings")
        import_module("reader.work.revisions")
        if self._panel is None:
            self._prepare_panel()
        return super()._prepare()

    def _make_room(self) -> None:
        """The panel takes what is free beside the text; the list of marks, which it covers, keeps that free.

        On a narrow screen it takes the lower rows, and the text keeps those above.
        """
        width, height = self.app.size
        beside = width >= SIDE_FROM
        columns, rows = width - self.reader.text_end - 1, height - _AROUND
        if beside and columns < NARROWEST:
            columns = NARROWEST
            self.list.display = True
            self.list.styles.width = columns
        self._columns = min(columns, WIDEST) if beside else width
        self._rows = rows if beside else max(_LOWEST, rows * _LOW // 100)
        if not beside:
            top, right, _, left = self.body.styles.margin
            self.body.styles.margin = (top, right, self._rows, left)
        if self._panel is not None:
            self._panel.styles.dock = "right" if beside else "bottom"
            self._panel.styles.width, self._panel.styles.height = self._columns, self._rows
            self._panel.styles.margin = (1, 0, 2, 0) if beside else (0, 0, 2, 0)

    def _fit(self) -> None:
        super()._fit()
        if self._open:
            self._make_room()
            self.call_after_refresh(self._fitted)

    def _fitted(self) -> None:
        if self._open:
            # Whether the list of marks is shown may have been decided anew.
            self._make_room()
            self._draw_panel()
            self._keep_in_view()

    def _draw_panel(self) -> None:
        from reader.tui.reading.meanings import meaning_lines

        panel, book = self._panel, self.desk.codebook
        if panel is None:
            return
        panel.palette = self.palette
        lines, self._starts = meaning_lines(book, self.palette, self._columns - 3, self._notes(book))
        self._at = max(0, min(self._at, len(book.tags) - 1))
        top = panel.top
        # Below the text, where the terminal's own theme gives it no ground of its own, a line sets it off.
        below = self._columns == self.app.size.width
        rule = "─" * max(0, self._columns - width_of(safe(book.name)) - 4) if below else ""
        panel.show([[(book.name, "bold"), (f" {rule}", "faint")], *lines], None)
        self._starts, self._lines = [start + 1 for start in self._starts], len(lines) + 1
        self._bring(top)

    def _bring(self, top: int) -> None:
        """The whole of the tag in view, or as much of it as there is room for."""
        panel = self._panel
        if panel is None:
            return
        rows = self._rows
        begin, behind = self._starts[self._at], [*self._starts, self._lines][self._at + 1]
        if self._at == 0:
            top = 0
        elif begin < top or behind - begin >= rows:
            top = begin
        elif behind > top + rows:
            top = behind - rows
        panel.choose(begin)
        panel.top = max(0, min(top, self._lines - rows))
        panel.refresh()

    def _notes(self, book: Codebook) -> dict[str, str]:
        """What is to be known of a tag in this article: how many of its marks were made under another definition."""
        from reader.work import revisions

        old: dict[str, int] = {}
        for each in revisions.outdated(self.project, book, None, self.desk.document, own=True):
            old[each.tag.id] = old.get(each.tag.id, 0) + 1
        key = self.key("book_outdated")
        return {
            tag.id: f"revision {tag.revision}"
            + (
                f"; {old[tag.id]} of your marks here {'was' if old[tag.id] == 1 else 'were'} made before: {key}"
                if tag.id in old
                else ""
            )
            for tag in book.tags
            if tag.revision > 1 or tag.id in old
        }

    # Keys of the panel

    def takes(self, event: events.Key | events.Paste) -> bool:
        """A tag's key goes to that tag."""
        if not self._open or isinstance(event, events.Paste) or not event.character:
            return super().takes(event)
        tag = self.desk.codebook.by_key(event.character) if event.character.isalnum() else None
        if tag is not None:
            self._look_at(self.desk.codebook.tags.index(tag))
        return tag is not None or event.character.islower() or event.character.isdigit()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While the panel is open its keys are all there is."""
        if action.startswith("book_"):
            return self._open
        return action in ("quit", "theme") if self._open else super().check_action(action, parameters)

    def clicked(self, offset: int, times: int, extend: bool) -> None:
        """The text is only read while the panel is open."""
        if not self._open:
            super().clicked(offset, times, extend)

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """A line of the panel was clicked: its tag."""
        if self._open:
            self._look_at(max(0, sum(start <= event.index for start in self._starts) - 1))

    def _look_at(self, number: int) -> None:
        self._at = max(0, min(number, len(self.desk.codebook.tags) - 1))
        if self._panel is not None:
            self._bring(self._panel.top)

    def action_book_step(self, tags: int) -> None:
        """Another tag."""
        self._look_at(self._at + tags)

    def action_book_page(self, pages: int) -> None:
        """A page on, or back."""
        if self._panel is not None:
            self._panel.scroll_lines(pages * max(1, self._rows - 2))

    def action_book_leave(self) -> None:
        """Back to the text."""
        self._open = False
        self.reader.mode = Mode.READING
        if self._panel is not None:
            self._panel.display = False
        self._fit()
        self.call_after_refresh(self._keep_in_view)
        self.list.display = self.look.side_pane and self._wide
        self._message = None
        self.show_words()

    def _status(self) -> list[tuple[str, str]]:
        if not self._open or self._message is not None:
            return super()._status()
        book = self.desk.codebook
        tags = f"{len(book.active)} {'tag' if len(book.active) == 1 else 'tags'}"
        return [(book.name, "bold"), (f" · {tags} · a tag's key goes to it", "quiet")]

    def show_palette(self, palette: Palette) -> None:
        """Draw everything in another palette."""
        super().show_palette(palette)
        if self._open:
            self._draw_panel()
