"""The article: the text set to a measure, with everything that lies over it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.timer import Timer

from reader.documents.document import Structure
from reader.documents.graphemes import next_cluster
from reader.documents.paragraphs import Paragraphs
from reader.documents.span import Span
from reader.tui.layout.cells import shown_text, width_of
from reader.tui.layout.flow import Flow, Place, Row
from reader.tui.layout.marks import MarkIndex, Piece
from reader.tui.themes import PALETTES
from reader.tui.widgets.paint import GUTTER, STYLED, Layers, Look, gutter, labelled, row_segments, strip_of, style
from reader.tui.widgets.rows import RowWidget

WHEEL_ROWS = 3
DRAG_SCROLL_SECONDS = 0.05


class View(NamedTuple):
    """What is shown over the text, besides the marks."""

    cursor: int = 0
    soft: Span | None = None
    hard: Span | None = None
    focus: int = -1
    """The focused mark, or -1."""
    hits: tuple[Span, ...] = ()
    """Search hits in and around the page."""
    lit: Span | None = None
    """What stays bright while the rest steps back; None: everything."""


class Article(RowWidget, can_focus=True):
    """The pane. It draws and reports; what a key or a click means is the screen's business."""

    DEFAULT_CSS = "Article { height: 1fr; width: 1fr; }"
    BESIDE_TEXT = GUTTER + 2
    """Columns that the text leaves to what stands beside it."""

    def __init__(self, text: str, paragraphs: Paragraphs, structure: Sequence[Structure], look: Look) -> None:
        super().__init__()
        self.text = text
        self.paragraphs = paragraphs
        self.structure = structure
        self.look = look
        self.marks = MarkIndex()
        self.measure = 76
        self.spacing = 1
        self.view = View()
        self.hints: Mapping[int, str] = {}
        # Called at once and not by a message: what a key changes is to reach the terminal in one update,
        # and a message comes a sixtieth of a second too late for it.
        self.scrolled: Callable[[], None] = lambda: None
        """Called when other rows are in view."""
        self.clicked: Callable[[int, int, bool], None] = lambda offset, times, extend: None
        """Called when the mouse was clicked on a code point, `times` times in a row, with Shift or without."""
        self.dragged: Callable[[int, int], None] = lambda start, end: None
        """Called while the mouse is dragged from one cluster to another."""
        self.flow = Flow(text, paragraphs, self.measure, self.spacing, structure)
        self._spoken = sorted((each.start, each.end, each.kind) for each in structure if each.kind in STYLED)
        self._longest = max((end - start for start, end, _ in self._spoken), default=0)
        # Textual works its size out anew each time it is asked, which is once a row and more.
        self._width, self._height = 80, 24
        self._top = Place(0, 0)
        self._rows: list[Row] = []
        self._over: tuple[MarkIndex, int, list[Row], Sequence[Sequence[Piece]]] = (self.marks, 0, self._rows, ())
        self._bar: dict[int, int | None] = {}
        """The tag that each row of the scrollbar shows, as far as it has been asked for."""
        self._bar_of: tuple[MarkIndex, int] = (self.marks, 0)
        self._pressed: int | None = None
        self._on_bar = False
        self._dragging = False
        self._drag_timer: Timer | None = None
        self._drag_row = 0
        self._drag_column = 0

    @property
    def _cursor(self) -> int:
        """Where the cursor is drawn; -1 where it is not."""
        return self.view.cursor

    # Geometry

    @property
    def top_offset(self) -> int:
        """The first code point in view."""
        return self._rows[0].start if self._rows else 0

    @property
    def bottom_offset(self) -> int:
        """The code point after the last one in view."""
        return self._rows[-1].after if self._rows else 0

    @property
    def rows(self) -> Sequence[Row]:
        """The rows in view, from top to bottom."""
        return self._rows

    @property
    def _left(self) -> int:
        """The column of the gutter: text and gutter stand in the middle of the pane."""
        return max(0, (self._width - 1 - GUTTER - self.flow.width - GUTTER // 2) // 2)

    @property
    def text_end(self) -> int:
        """The column behind the longest row that the text may have."""
        return self._left + GUTTER + self.flow.width

    def relayout(self, keep: int | None = None) -> None:
        """Break the text anew for the present size and measure; `keep` (or the top line) stays in view."""
        keep = self.top_offset if keep is None else keep
        width = min(self.measure, self.size.width - self.BESIDE_TEXT)
        if (width, self.spacing) != (self.flow.width, self.flow.spacing):
            self.flow = Flow(self.text, self.paragraphs, width, self.spacing, self.structure)
        self.scroll_to_place(self.flow.locate(keep))

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows as the terminal is to show them; the first frame, which comes before any `Resize`, too."""
        if not self._rows:
            self.on_resize()
        return super().render_lines(crop)

    def on_resize(self) -> None:
        """Keep the top line where it was, and the cursor in view if it was."""
        if self._rows and self.size == (self._width, self._height):
            return
        self._width, self._height = self.size
        seen = self._row_of(self.view.cursor) is not None or not self._rows
        self.relayout()
        if seen:
            self.bring(self.view.cursor)

    def scroll_to_place(self, top: Place) -> None:
        """Show the text from this row on; the last page is never half empty."""
        height = max(1, self.size.height)
        lowest = self.flow.step(self.flow.last(), -(height - 2)) if height > 2 else self.flow.last()
        self._top = max(Place(0, 0), min(top, lowest))
        self._fill()
        self.refresh()
        self.scrolled()

    def _fill(self) -> None:
        self._rows = []
        place, last = self._top, self.flow.last()
        while len(self._rows) < self.size.height:
            self._rows.append(self.flow.row(place))
            if place >= last:
                break
            place = self.flow.step(place, 1)

    def bring(self, offset: int, *, middle: bool = False) -> None:
        """Scroll so far that this code point is in view; a far jump puts it in the upper third."""
        place = self.flow.locate(offset)
        height = max(1, self.size.height)
        margin = min(2, (height - 1) // 2)
        if not self._rows:
            self.scroll_to_place(place)
            return
        below = self.flow.between(self._top, place, 3 * height)
        if margin <= below < height - margin:
            return
        if middle or below < -height or below >= 2 * height:
            top = self.flow.step(place, -(height // 3))
        elif below < margin:
            top = self.flow.step(place, -margin)
        else:
            top = self.flow.step(place, -(height - 1 - margin))
        if top != self._top:
            self.scroll_to_place(top)

    def _row_of(self, offset: int) -> int | None:
        """The screen row that an offset is drawn in, if it is in view."""
        for y, row in enumerate(self._rows):
            if row.start <= offset < row.after or (offset == row.after == row.end and row.last):
                return y
        return None

    # Showing

    def show(self, view: View) -> None:
        """Show this over the text, repainting the rows that differ and no others."""
        before, self.view = self.view, view
        if before == view:
            return
        changed: list[Span] = []
        if (before.lit is None) != (view.lit is None):
            self.refresh()
            return
        if before.cursor != view.cursor:
            changed += [Span(before.cursor, before.cursor + 1), Span(view.cursor, view.cursor + 1)]
        for old, new in ((before.soft, view.soft), (before.hard, view.hard), (before.lit, view.lit)):
            if old != new:
                changed += [span for span in (old, new) if span is not None]
        if before.hits != view.hits:
            changed += [*before.hits, *view.hits]
        if before.focus != view.focus:
            top, bottom = self.top_offset, self.bottom_offset
            changed += [
                Span(piece.start, piece.end)
                for piece in self.marks.over(top, bottom + 1)
                if piece.mark in (before.focus, view.focus)
            ]
        self.repaint(changed)

    def repaint(self, spans: Sequence[Span]) -> None:
        """Draw the rows that these spans touch again, and no others."""
        for y, row in enumerate(self._rows):
            if any(_touches(span, row) for span in spans):
                self.refresh(Region(0, y, self._width, 1))

    def repaint_marks(self, spans: Sequence[Span]) -> None:
        """The marks on these spans are others now: draw their rows again, gutter and scrollbar too."""
        for span in spans:
            y = min(self._height - 1, ((span.start + 1) * self._height - 1) // max(1, len(self.text)))
            self._bar.pop(y, None)
            self.refresh(Region(self._width - 1, y, 1, 1))
        self.repaint(spans)

    def show_hints(self, hints: Mapping[int, str]) -> None:
        """Draw these letters over the words that start at these offsets; none: take them away."""
        self.hints = hints
        self.refresh()

    def show_look(self, look: Look) -> None:
        """Draw in another palette."""
        self.look = look
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row: margin, gutter, text, margin, scrollbar."""
        width = self._width
        ground = style(self.look.palette, "none")
        if y >= len(self._rows) or width < GUTTER + 4:
            return Strip([Segment(" " * (width - 1), ground), self._scrollbar(y)], width)
        row = self._rows[y]
        pieces = self._over_rows()[y]
        segments = [Segment(" " * self._left, ground), *gutter(self.look, pieces)]
        if row.indent:
            lead = row.lead.rjust(row.indent)[: row.indent]
            segments.append(Segment(lead, style(self.look.palette, PALETTES[self.look.palette].quiet)))
        if row.end > row.start:
            segments += row_segments(self.text, row.start, row.end, pieces, self._layers(row), self.look)
        used = self._left + GUTTER + row.indent + width_of(self.text[row.start : row.end])
        cursor = self._cursor
        if row.end <= cursor and (cursor < row.after or (row.last and cursor == row.after)):
            segments.append(Segment(" ", style(self.look.palette, PALETTES[self.look.palette].cursor)))
            used += 1
        strip = strip_of(segments, used, width - 1, ground)
        if self.hints:
            edge = self._left + GUTTER + row.indent
            labels = [(edge + cell.x, self.hints.get(cell.start, "")) for cell in self.flow.cells(row)]
            strip = labelled(strip, labels, self.look.palette)
        return Strip([*strip, self._scrollbar(y)], width)

    def _over_rows(self) -> Sequence[Sequence[Piece]]:
        """The pieces over each row in view: found for all of them at once, and again where marks or rows are others."""
        marks, changes, rows, found = self._over
        if marks is not self.marks or changes != marks.changes or rows is not self._rows:
            found = self.marks.by_row([(row.start, row.after) for row in self._rows])
            self._over = (self.marks, self.marks.changes, self._rows, found)
        return found

    def _layers(self, row: Row) -> Layers:
        view, at = self.view, self._cursor
        cursor = Span(at, next_cluster(self.text, at)) if row.start <= at < row.end else None
        return Layers(
            cursor=cursor,
            soft=view.soft,
            hard=view.hard,
            hits=[hit for hit in view.hits if hit.start < row.end and hit.end > row.start],
            structure=self._spoken_in(row),
            focus=view.focus,
            lit=view.lit,
        )

    def _spoken_in(self, row: Row) -> list[tuple[int, int, str]]:
        """What the source said of the words of a row: heading, emphasis …"""
        low = bisect_left(self._spoken, (row.start - self._longest,))
        high = bisect_left(self._spoken, (row.end,), low)
        return [each for each in self._spoken[low:high] if each[1] > row.start]

    def _scrollbar(self, y: int) -> Segment:
        palette = PALETTES[self.look.palette]
        size = len(self.text)
        height = self._height
        shown = max(1, self.bottom_offset - self.top_offset)
        if shown >= size:
            return Segment(" ", style(self.look.palette, "none"))
        first = round(self.top_offset / size * height)
        last = max(first + 1, round(self.bottom_offset / size * height))
        ground = " on " + palette.faint if min(first, height - 1) <= y < last else ""
        tag = self._prevailing(y)
        if tag is None:
            return Segment("│", style(self.look.palette, palette.faint if not ground else palette.quiet + ground))
        symbol, colour, _ = self.look.tags[tag]
        # On the ground of the part in view, letters of some colours could not be read.
        turned = "reverse " if ground else ""
        return Segment(shown_text(symbol)[:1], style(self.look.palette, turned + palette.tags[colour].ink))

    def _prevailing(self, y: int) -> int | None:
        if self._bar_of[0] is not self.marks or self._bar_of[1] != self._height:
            self._bar_of = (self.marks, self._height)
            self._bar.clear()
        if y not in self._bar:
            size, height = len(self.text), self._height
            self._bar[y] = self.marks.prevailing(size * y // height, size * (y + 1) // height)
        return self._bar[y]

    # The mouse

    def _offset_at(self, x: int, y: int) -> int:
        y = max(0, min(y, len(self._rows) - 1))
        return self.flow.offset(self._rows[y].place, x - self._left - GUTTER)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin a drag, or a jump along the scrollbar."""
        if event.button != 1 or not self._rows:
            return
        self.capture_mouse()
        if event.x == self.size.width - 1:
            self._on_bar = True
            self._scroll_along(event.y)
            return
        self._pressed = self._offset_at(event.x, event.y)
        self._dragging = False

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Go on with a drag; past the edge the text scrolls along."""
        if self._on_bar:
            self._scroll_along(event.y)
        if self._pressed is None:
            return
        self._drag_row, self._drag_column = event.y, event.x
        offset = self._offset_at(event.x, event.y)
        if not self._dragging and offset == self._pressed:
            return
        self._dragging = True
        outside = event.y < 0 or event.y >= self.size.height
        if outside and self._drag_timer is None:
            self._drag_timer = self.set_interval(DRAG_SCROLL_SECONDS, self._drag_on)
        elif not outside:
            self._stop_drag_timer()
        self.dragged(self._pressed, offset)

    def _scroll_along(self, y: int) -> None:
        """Show the part of the text that this row of the scrollbar stands for."""
        part = min(max(0, y), self._height) / max(1, self._height)
        self.scroll_to_place(self.flow.locate(int(len(self.text) * part)))

    def _drag_on(self) -> None:
        if self._pressed is None:
            return
        self.scroll_to_place(self.flow.step(self._top, -1 if self._drag_row < 0 else 1))
        self.dragged(self._pressed, self._offset_at(self._drag_column, self._drag_row))

    def _stop_drag_timer(self) -> None:
        if self._drag_timer is not None:
            self._drag_timer.stop()
            self._drag_timer = None

    def on_mouse_up(self) -> None:
        """End a drag."""
        self.release_mouse()
        self._pressed = None
        self._on_bar = False
        self._stop_drag_timer()

    def on_click(self, event: events.Click) -> None:
        """Report a click that was no drag."""
        if self._dragging:
            self._dragging = False
        elif event.button == 1 and event.x < self.size.width - 1 and self._rows:
            self.clicked(self._offset_at(event.x, event.y), event.chain, event.shift)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the page, not the cursor."""
        event.stop()
        self.scroll_to_place(self.flow.step(self._top, WHEEL_ROWS))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the page, not the cursor."""
        event.stop()
        self.scroll_to_place(self.flow.step(self._top, -WHEEL_ROWS))


def _touches(span: Span, row: Row) -> bool:
    return (span.start < row.after and span.end > row.start) or span.start == row.after == row.end
