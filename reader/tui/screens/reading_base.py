"""The reading screen's parts, and the marks that they show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.geometry import Region
from textual.strip import Strip

from reader import viewstate
from reader.annotations.annotation import Annotation
from reader.documents.document import Document
from reader.documents.span import Span
from reader.documents.unit import Unit
from reader.errors import ReaderError
from reader.tui.commands import Mode
from reader.tui.desk import Desk, all_marks, marks_near
from reader.tui.layout.cells import width_of
from reader.tui.layout.marks import MarkIndex
from reader.tui.reading.selected import Selected, chosen, to_offset
from reader.tui.screens.page import RETRY_SECONDS, SETTLE_SECONDS
from reader.tui.screens.reading_words import SIDE_FROM, ReadingWords
from reader.tui.themes import Palette
from reader.tui.widgets.lines import MARGINS, Lines
from reader.tui.widgets.marklist import MarkList
from reader.tui.widgets.paint import Look, ground
from reader.tui.widgets.reader import Reader
from reader.work import history, library, marks

if TYPE_CHECKING:
    from reader.annotations.relation import Relation

REMEMBER_SECONDS = 5
"""How often the place in the text is kept, so that a crash loses little of it."""

NARROWEST_SIDE, WIDEST_SIDE = 34, 52
"""Columns of the list of marks."""

AIR_FROM = 30
"""Rows from which the text keeps a row's distance from the header."""


class Body(Horizontal):
    """Text and list, side by side."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """They cover it."""
        return super().render_lines(crop) if self.app.no_color else ground(self.app.theme, crop)


class ReadingBase(ReadingWords):
    """Text and list; what the keys do is in the classes built on it."""

    DEFAULT_CSS = """
    ReadingBase { layout: vertical; }
    ReadingBase { layers: page over; }
    ReadingBase > Body { height: 1fr; }
    ReadingBase > Lines { layer: over; dock: bottom; height: 3; margin: 0 2 2 2; }
    """

    def __init__(
        self,
        desk: Desk,
        cursor: int,
        look: viewstate.Look,
        keys: Mapping[str, str],
        tour: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(desk, look, keys, tour)
        paint = Look.of(self.palette, desk.codebook.tags)
        self.reader = self.pane = Reader(desk.text, desk.paragraphs, desk.structure, desk.segments, paint)
        self.reader.measure = look.measure
        self.reader.spacing = look.spacing
        self.reader.lit_unit = Unit(look.lit) if look.lit in set(Unit) else None
        self.list = MarkList(desk.text, desk.codebook.tags, paint, self._fetched, self._links_of)
        self.glimpse = Lines(self.palette)
        self.body = Body()
        self._read_to = 0
        self._kept = -1
        self._wide = False
        self._remembered = cursor
        self.reader.changed = self.moved
        self.reader.scrolled = self.scrolled
        self.reader.clicked = self.clicked
        self.reader.selected = to_offset(Selected(), desk.text, desk.segments, cursor, extend=False)
        self.reader.view = self.reader.view._replace(cursor=self.reader.selected.cursor, soft=self.reader.selected.soft)
        self._show_marks(marks_near(desk, cursor))

    def arrive(self, span: Span) -> None:
        """Begin with this selected: somebody has come for it."""
        self.reader.selected = chosen(self.desk.text, span)
        self.reader.view = self.reader.view._replace(
            cursor=self.reader.selected.cursor, soft=None, hard=self.reader.selected.hard
        )

    def compose(self) -> ComposeResult:
        """Header, text and list, status, keys."""
        self._fit()
        self._wide = self.app.size.width >= SIDE_FROM
        self.list.display = self.look.side_pane and self._wide
        yield self.header
        with self.body:
            yield self.reader
            yield self.list
        self.glimpse.display = False
        yield self.glimpse
        yield self.status
        yield self.footer

    def on_mount(self) -> None:
        """Show the first page; what is not needed for it comes right after."""
        self.reader.focus()
        self.call_after_refresh(self.set_timer, SETTLE_SECONDS, self._settle)
        self.set_interval(REMEMBER_SECONDS, self._remember)

    def _fit(self) -> None:
        """Divide the terminal between text and list, with air above the text where there is room for it."""
        width, height = self.app.size
        self.list.styles.width = max(NARROWEST_SIDE, min(WIDEST_SIDE, width * 28 // 100))
        self.body.styles.margin = (1 if height >= AIR_FROM else 0, 0, 0, 0)

    def on_resize(self) -> None:
        """Divide the terminal anew."""
        self._fit()
        if self._wide != (self.size.width >= SIDE_FROM):
            self._wide = not self._wide
            self.list.display = self.look.side_pane and self._wide
        self.show_words()

    def _settle(self) -> None:
        # Repainting a part of a row has rich count cells, and it loads its tables for the first “: now, not then.
        cell_len("“")
        try:
            index = all_marks(self.desk)
            self.peek()
        except ReaderError as problem:
            self.say(str(problem), "warning")
            self.set_timer(RETRY_SECONDS, self._settle)
            return
        self._show_marks(index)
        self.settled = True
        self.at_rest()
        self.try_to(lambda: library.opened(self.project, self.desk.document))
        self.show_words()

    def _fetched(self, numbers: Sequence[int]) -> Sequence[Annotation]:
        """Marks for the list, which does without where another program holds the database."""
        try:
            return marks.by_pk(self.project, numbers)
        except ReaderError:
            return ()

    def _links_of(self, mark: int) -> Sequence[Relation]:
        """The links of a mark, for the list, likewise."""
        from reader.work import relating

        try:
            return relating.of(self.project, mark)
        except ReaderError:
            return ()

    def _show_marks(self, index: MarkIndex) -> None:
        self.marks = index
        self.reader.marks = index
        self.list.renew(index)
        self.list.show(*self._in_list())

    def annotation(self, mark: int) -> Annotation | None:
        """A mark, as it stands in the database."""
        return next(iter(marks.by_pk(self.project, [mark])), None)

    def tag_index(self, tag_id: str) -> int:
        """The place of a tag in the codebook."""
        return next(i for i, tag in enumerate(self.desk.codebook.tags) if tag.id == tag_id)

    # What changed

    def replaced(self, before: Sequence[Annotation], after: Sequence[Annotation]) -> None:
        """Show that these marks are now those; called when it is on disk."""
        touched: list[Span] = []
        for annotation in before:
            self.marks.remove(annotation.pk, annotation.fragments)
            touched += annotation.fragments
        for annotation in after:
            self.marks.add(annotation.pk, self.tag_index(annotation.tag), annotation.fragments)
            touched += annotation.fragments
        gone = {annotation.pk for annotation in before} - {annotation.pk for annotation in after}
        if self.reader.view.focus in gone:
            self.reader.focus_mark(-1)
        self.reader.repaint_marks(touched)
        self.list.renew(self.marks, [annotation.pk for annotation in before], after)
        self.peek()

    def renew_marks(self) -> None:
        """Show all marks as they are now, where very many are others."""
        # The list knows of the marks what they were before.
        self.list.renew(self.marks, self.marks.marks)
        index = all_marks(self.desk)
        if self.reader.view.focus not in index.marks:
            self.reader.focus_mark(-1)
        self._show_marks(index)
        self.reader.refresh()
        self.peek()

    def peek(self) -> None:
        """Ask what undo and redo would do."""
        self._undo, self._redo = history.peek(self.project, self.desk.document)

    def renew_codebook(self) -> bool:
        """Show the tags and marks as they are now, where somebody has changed tags, or the codebook of the article."""
        book = library.codebook(self.project, self.desk.document)
        if book == self.desk.codebook:
            return False
        self.desk = self.desk._replace(codebook=book)
        paint = Look.of(self.palette, book.tags)
        self.list.show_tags(book.tags, paint)
        self.reader.show_look(paint)
        # Marks name their tags by the place that these have.
        self._show_marks(all_marks(self.desk))
        self.peek()
        self.show_words()
        return True

    def focus_mark(self, mark: int, start: int) -> None:
        """Focus a mark whose first piece starts there, in the text and in the list."""
        self.reader.focus_mark(mark)
        if self._waiting is not None:
            self.show_list()
            return
        self.list.show(self.marks.position(mark, start), start)

    def say(self, sentence: str, kind: str = "text") -> None:
        """Say something until the next move: in the status line, or above it where that is too short."""
        columns = self.app.size.width
        fits = width_of(sentence) <= columns - MARGINS
        if self.glimpse.display or not fits:
            self.glimpse.say("" if fits else sentence, columns, kind)
        super().say(sentence if fits else "", kind)

    def show_list(self) -> None:
        """The list, with the mark that the mark keys mean."""
        if self._waiting is not None:
            self._waiting[self.show_list] = None
            return
        self.list.show(*self._in_list())

    def moved(self) -> None:
        """After every move: what would a tag take now?"""
        if self.glimpse.display:
            self.glimpse.display = False
        if self.reader.selected != self._message_for or self.reader.mode is not Mode.READING:
            self._message = None
        self.show_list()
        self.show_words()

    def clicked(self, offset: int, times: int, extend: bool) -> None:
        """The text was clicked."""
        self.reader.click(offset, extend=extend)

    def scrolled(self) -> None:
        """Another part of the text is in view."""
        self._read_to = max(self._read_to, self.reader.bottom_offset)
        self._show_header()

    def _in_list(self) -> tuple[int | None, int]:
        focus = self.reader.view.focus
        cursor = self.reader.selected.cursor
        if focus < 0:
            return None, cursor
        start = next((piece.start for piece in self.here if piece.mark == focus), None)
        spans = self.marks.pieces.get(focus)
        start = spans[0].start if spans else start
        return (None if start is None else self.marks.position(focus, start)), cursor

    def show_palette(self, palette: Palette) -> None:
        """Draw everything in another palette."""
        self.palette = palette
        paint = Look.of(palette, self.desk.codebook.tags)
        self.reader.show_look(paint)
        self.list.show_look(paint)
        self.glimpse.palette = palette
        for bar in (self.header, self.status, self.footer):
            bar.show_palette(palette)

    def _remember(self) -> None:
        cursor = self.reader.selected.cursor
        if cursor != self._remembered:
            self._remembered = cursor
            self.try_to(lambda: viewstate.keep_cursor(self.desk.document.id, cursor))

    @property
    def document(self) -> Document | None:
        """The article."""
        return self.desk.document

    def keep_place(self) -> None:
        """Keep where the reader is."""
        self._remember()
        if self._read_to > self._kept:
            self._kept = self._read_to
            self.try_to(lambda: library.set_place(self.project, self.desk.document, self._read_to))

    def on_unmount(self) -> None:
        """Keep it in whatever way the article is left."""
        self.keep_place()
