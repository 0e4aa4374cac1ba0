"""The article with a cursor: moves, selecting by hand, letters over words, moving edges."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from reader.documents.document import Structure
from reader.documents.graphemes import snap
from reader.documents.paragraphs import Paragraphs
from reader.documents.segment import Segments
from reader.documents.span import Span
from reader.documents.unit import Unit
from reader.tui.commands import Mode
from reader.tui.keys import command_bindings, letter_bindings
from reader.tui.layout.flow import Place
from reader.tui.reading import edges as edging
from reader.tui.reading.edges import Edges
from reader.tui.reading.hints import label_words
from reader.tui.reading.selected import (
    Selected,
    anchored,
    by_character,
    by_unit,
    chosen,
    dragged,
    dropped,
    narrower,
    to_offset,
    wider,
)
from reader.tui.widgets.article import Article
from reader.tui.widgets.paint import Look

FAR = 2000
"""Code points that make a move a jump, which Ctrl+O comes back from."""
MOST_JUMPS = 100


class Reader(Article):
    """Knows where the reader is and what is selected; what to do with it is the screen's business."""

    OWN = frozenset((
        "unit", "character", "line", "page", "row", "text", "jump", "back", "anchor", "wider", "narrower",
        "edge_word", "edge_character", "edge_other", "edge_accept", "edge_cancel", "hint_cancel",
    ))  # fmt: skip
    """The actions that are the pane's own."""
    BINDINGS: ClassVar[list[BindingType]] = [
        *command_bindings(OWN),
        *letter_bindings("hint", Mode.HINTS),
        *letter_bindings("edge_letter", Mode.ADJUSTING),
        Binding("backspace", "hint_back", show=False),
    ]

    class EdgesMoved(Message):
        """The edges were moved and are to be kept: `before` is now `after`."""

        def __init__(self, before: Span, after: Span) -> None:
            super().__init__()
            self.before = before
            self.after = after

    def __init__(
        self, text: str, paragraphs: Paragraphs, structure: Sequence[Structure], segments: Segments, look: Look
    ) -> None:
        super().__init__(text, paragraphs, structure, look)
        self.segments = segments
        self.changed: Callable[[], None] = lambda: None
        """Called when the cursor, what is selected, or the mode is another."""
        self.gave_up: Callable[[Unit, bool, bool], None] = lambda unit, forward, extend: None
        """Called when there is no such unit near, forward or back, to move to or to extend to."""
        self.dragged = self._drag
        self.selected = Selected()
        self.mode = Mode.READING
        self.edges: Edges | None = None
        self._before_edges = Span(0, 0)
        self.lit_unit: Unit | None = None
        """What stays bright around the cursor while the rest steps back; None: everything."""
        self._column: int | None = None
        self._typed = ""
        self._labels: dict[int, str] = {}
        self._jumps: list[int] = []

    # What is selected

    def select(
        self, selected: Selected, *, keep_column: bool = False, middle: bool = False, searching: bool = False
    ) -> None:
        """Go on with this cursor and selection, and let it be seen; a search has kept the way back itself."""
        if self.mode is not Mode.READING and not searching:
            self._leave_mode()
        if abs(selected.cursor - self.selected.cursor) > FAR and not searching:
            self.remember_place()
        self.selected = selected
        if not keep_column:
            self._column = None
        self._show(middle=middle)
        self.changed()

    def remember_place(self) -> None:
        """Keep where the cursor is, for the way back."""
        if not self._jumps or self._jumps[-1] != self.selected.cursor:
            self._jumps = [*self._jumps[-MOST_JUMPS:], self.selected.cursor]

    def focus_mark(self, mark: int) -> None:
        """Show this mark as the one that the mark keys mean (-1: none)."""
        self.show(self.view._replace(focus=mark))

    def _show(self, *, middle: bool = False) -> None:
        selected = self.selected
        self.bring(selected.cursor, middle=middle)
        lit = self.segments.at(self.lit_unit, selected.cursor) if self.lit_unit else None
        self.show(self.view._replace(cursor=selected.cursor, soft=selected.soft, hard=selected.hard, lit=lit))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key belongs to a mode; outside of it, it means something else or nothing."""
        if action in ("hint", "hint_back", "hint_cancel"):
            return self.mode is Mode.HINTS
        if action.startswith("edge_"):
            return self.mode is Mode.ADJUSTING
        if action in self.OWN:
            return self.mode is Mode.READING
        return True

    def light(self, unit: Unit | None) -> None:
        """Let all but this unit around the cursor step back; None: nothing."""
        self.lit_unit = unit
        self._show()

    # Moves

    def action_unit(self, unit: str, direction: int, extend: bool = False) -> None:
        """To the next or previous word, sentence, quotation, paragraph."""
        now = by_unit(self.selected, self.text, self.segments, Unit(unit), direction > 0, extend=extend)
        if now is self.selected:
            self.gave_up(Unit(unit), direction > 0, extend)
        else:
            self.select(now)

    def action_character(self, direction: int, extend: bool = False) -> None:
        """A character on or back."""
        self.select(by_character(self.selected, self.text, direction > 0, extend=extend))

    def action_line(self, rows: int, extend: bool = False) -> None:
        """Rows up or down, in the same column as far as there is text."""
        if self._column is None:
            self._column = self.flow.column(self.selected.cursor)
        self._to_row(self.flow.step(self.flow.locate(self.selected.cursor), rows), rows, extend)

    def _to_row(self, place: Place, direction: int, extend: bool) -> None:
        while self._is_gap(place) and self.flow.step(place, 1 if direction > 0 else -1) != place:
            place = self.flow.step(place, 1 if direction > 0 else -1)
        offset = self.flow.offset(place, self._column or 0)
        self.select(to_offset(self.selected, self.text, self.segments, offset, extend=extend), keep_column=True)

    def _is_gap(self, place: Place) -> bool:
        row = self.flow.row(place)
        return row.start == row.after

    def action_page(self, direction: int) -> None:
        """A page on or back; two rows stay for the eye."""
        rows = max(1, self.size.height - 2) * direction
        if self._column is None:
            self._column = self.flow.column(self.selected.cursor)
        cursor = self.flow.step(self.flow.locate(self.selected.cursor), rows)
        self.scroll_to_place(self.flow.step(self.rows[0].place if self.rows else cursor, rows))
        self._to_row(cursor, direction, False)

    def action_row(self, direction: int) -> None:
        """To the start or the end of the row."""
        row = self.flow.row(self.flow.locate(self.selected.cursor))
        offset = row.start if direction < 0 else max(row.start, row.end - 1)
        self.select(to_offset(self.selected, self.text, self.segments, offset, extend=False))

    def action_text(self, direction: int) -> None:
        """To the top or the end of the text."""
        self.remember_place()
        offset = 0 if direction < 0 else max(0, len(self.text) - 1)
        self.select(to_offset(self.selected, self.text, self.segments, offset, extend=False))

    def action_back(self) -> None:
        """To where the last jump began."""
        while self._jumps and self._jumps[-1] == self.selected.cursor:
            self._jumps.pop()
        if self._jumps:
            offset = self._jumps.pop()
            self.selected = Selected(cursor=offset)
            self.select(to_offset(self.selected, self.text, self.segments, offset, extend=False), middle=True)

    def show_span(self, span: Span) -> None:
        """To a span elsewhere in the text, selected by hand."""
        self.select(chosen(self.text, span), middle=True, searching=True)

    # Selecting by hand

    def action_anchor(self) -> None:
        """Hold the selection open, or let it go."""
        self.select(anchored(self.selected, self.text))

    def action_wider(self) -> None:
        """The next larger unit."""
        self.select(wider(self.selected, self.text, self.segments))

    def action_narrower(self) -> None:
        """The next smaller unit."""
        self.select(narrower(self.selected, self.segments))

    def action_drop(self) -> None:
        """Nothing selected."""
        self.focus_mark(-1)
        self.select(dropped(self.selected))

    # Letters over words

    def action_jump(self) -> None:
        """Letters over every word in view."""
        starts = sorted(
            {
                word.start
                for row in self.rows
                if row.after > row.start
                for word in self.segments.words(self.paragraphs.at(row.start), Span(row.start, row.after))
                if row.start <= word.start < row.end
            }
        )
        if not starts:
            return
        self._labels = label_words(starts, self.selected.cursor)
        self._typed = ""
        self.mode = Mode.HINTS
        self.show_hints(self._labels)
        self.changed()

    def action_hint(self, letter: str) -> None:
        """A letter of a label."""
        self._typed += letter
        left = {start: label for start, label in self._labels.items() if label.startswith(self._typed)}
        if not left:
            self._typed = self._typed[:-1]
            return
        if self._typed in left.values():
            offset = next(start for start, label in left.items() if label == self._typed)
            self._leave_mode()
            self.select(to_offset(self.selected, self.text, self.segments, offset, extend=False))
            return
        typed = len(self._typed)
        self.show_hints({start + typed: label[typed:] for start, label in left.items()})

    def action_hint_back(self) -> None:
        """Take the last letter back, or stay here."""
        if self._typed:
            self._typed = ""
            self.show_hints(self._labels)
        else:
            self.action_hint_cancel()

    def action_hint_cancel(self) -> None:
        """Stay here."""
        self._leave_mode()
        self.changed()

    # Edges

    def adjust(self, piece: Span) -> None:
        """Let the keys move the edges of this piece."""
        self.edges = Edges(piece)
        self._before_edges = piece
        self.mode = Mode.ADJUSTING
        self._show_edges()

    def _show_edges(self) -> None:
        if self.edges is not None:
            cursor = snap(self.text, self.edges.cursor)
            self.bring(cursor)
            self.show(self.view._replace(cursor=cursor, soft=None, hard=self.edges.piece))
            self.changed()

    def action_edge_word(self, direction: int) -> None:
        """The edge a word on or back."""
        if self.edges is not None:
            self.edges = edging.by_word(self.edges, self.segments, direction > 0)
            self._show_edges()

    def action_edge_character(self, direction: int) -> None:
        """The edge a character on or back."""
        if self.edges is not None:
            self.edges = edging.by_character(self.edges, self.text, direction > 0)
            self._show_edges()

    def action_edge_letter(self, letter: str) -> None:
        """The edge to the next word that begins so."""
        if self.edges is not None:
            self.edges = edging.to_letter(self.edges, self.text, self.segments, letter)
            self._show_edges()

    def action_edge_other(self) -> None:
        """The other edge moves."""
        if self.edges is not None:
            self.edges = edging.other(self.edges)
            self._show_edges()

    def action_edge_accept(self) -> None:
        """Keep the edges."""
        if self.edges is not None:
            moved = self.EdgesMoved(self._before_edges, self.edges.piece)
            self._leave_mode()
            self.select(self.selected._replace(cursor=moved.after.start))
            self.post_message(moved)

    def action_edge_cancel(self) -> None:
        """Leave the edges as they were."""
        self._leave_mode()
        self.select(self.selected)

    def _leave_mode(self) -> None:
        self.mode = Mode.READING
        self.edges = None
        self._typed = ""
        if self.hints:
            self.show_hints({})

    # The mouse

    def click(self, offset: int, *, extend: bool) -> None:
        """The cursor to where the mouse was clicked; with Shift, select up to there."""
        self.select(to_offset(self.selected, self.text, self.segments, offset, extend=extend))

    def _drag(self, start: int, end: int) -> None:
        """What the mouse is drawn over is selected by hand."""
        self.select(dragged(self.text, start, end))
