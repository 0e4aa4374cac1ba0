"""The list of articles: headings, and one row for each, drawn only where it is in view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.strip import Strip

from reader.annotations.codebook import Codebook, Tag
from reader.documents.sources import site_of
from reader.tui.layout.cells import fitted, shown_text, width_of
from reader.tui.shelf.columns import GAP, Column, Kind, bar, columns, shares
from reader.tui.shelf.times import ago
from reader.tui.themes import CONTRAST, TERMINAL, Palette
from reader.tui.widgets.bar import Words, style_on
from reader.tui.widgets.paint import differing, strip_of
from reader.tui.widgets.rows import RowWidget
from reader.work.catalogue import LARGEST_FIRST, DocumentRow, Sort

SIGNS = {"new": "○", "reading": "◐", "done": "●"}
"""What stands before a title, so that its status is no matter of colour or of the terminal's width."""

SORTED = {
    Kind.TITLE: Sort.TITLE,
    Kind.BYLINE: Sort.BYLINE,
    Kind.DATE: Sort.DATE,
    Kind.SOURCE: Sort.SOURCE,
    Kind.WORDS: Sort.WORDS,
    Kind.BAR: Sort.MARKS,
    Kind.MARKS: Sort.MARKS,
    Kind.PROGRESS: Sort.PROGRESS,
    Kind.STATUS: Sort.STATUS,
    Kind.OPENED: Sort.OPENED,
}
"""What a click on the heading of a column sorts by."""

_BRIGHT = frozenset((CONTRAST.name, TERMINAL.name))
"""Where bars have the colour of letters; elsewhere a quieter one, so that the titles stay the brightest there is."""

WHEEL = 3
_MOST_STRIPS = 1000

Fetch = Callable[[int, int], Sequence[DocumentRow | None]]


class Shelf(RowWidget, can_focus=True):
    """A list that looks only at the rows it shows, so its length costs nothing.

    The screen is called directly (`clicked`, `headed`): a message would come after a key that followed the click.
    """

    DEFAULT_CSS = "Shelf { width: 1fr; height: 1fr; }"

    def __init__(
        self, palette: Palette, fetch: Fetch, codebook: Callable[[int], Codebook], clock: Callable[[], datetime]
    ) -> None:
        super().__init__()
        self.palette = palette
        self.chosen = 0
        """Where in the list the cursor is."""
        self.top = 0
        """The first row in view."""
        self.clicked: Callable[[int, int], None] = lambda index, times: None
        self.headed: Callable[[Sort], None] = lambda sort: None
        self._fetch = fetch
        self._codebook = codebook
        self._clock = clock
        self._count = 0
        self._places = 0
        self._without: frozenset[Kind] = frozenset()
        self._fitted: tuple[int, int] | None = None
        self._now = clock().astimezone()
        self._sort, self._reverse = Sort.OPENED, False
        self._empty: Sequence[Words] = ()
        self._tags: Sequence[Tag] = ()
        self._book = 0
        """The codebook of the article at the cursor: its letters head the bar."""
        self._columns: tuple[Column, ...] = ()
        self._rows: list[DocumentRow | None] = []
        self._made: dict[tuple[int, bool], Strip] = {}
        self._strips: list[Strip] = []

    # What is shown

    @property
    def page(self) -> int:
        """How many articles are in view."""
        return max(1, self.size.height - 1)

    def show(
        self,
        count: int,
        chosen: int,
        order: tuple[Sort, bool],
        places: int,
        without: frozenset[Kind] = frozenset(),
        empty: Sequence[Words] = (),
    ) -> None:
        """Show another list, of so many articles, with the cursor at `chosen`; `empty` where there are none.

        `order` is what they are sorted by and whether it is turned round; `places` how many tags the bar shows;
        `without` the columns that there is nothing for.
        """
        self._count, (self._sort, self._reverse), self._places, self._empty = count, order, places, empty
        self._without = without
        self._now = self._clock().astimezone()
        self._made.clear()
        self.top = max(0, min(self.top, count - self.page))
        self.choose(chosen, anew=True)

    def choose(self, index: int, *, anew: bool = False) -> None:
        """The cursor to the article at `index`, in view."""
        index = max(0, min(index, self._count - 1))
        if self._fitted is None:
            self.chosen = index
            return
        top = max(min(self.top, index), index - self.page + 1)
        if anew or (index, top) != (self.chosen, self.top):
            self.chosen, self.top = index, top
            self._draw()

    def scroll_rows(self, rows: int) -> None:
        """Look further up or down; the cursor stays where it is."""
        top = max(0, min(self.top + rows, self._count - self.page))
        if top != self.top:
            self.top = top
            self._draw()

    @property
    def kinds(self) -> frozenset[Kind]:
        """What the columns say at this width."""
        return frozenset(column.kind for column in self._columns)

    def show_palette(self, palette: Palette) -> None:
        """Draw in another palette."""
        self.palette = palette
        self._made.clear()
        self._strips = []
        self.refresh()

    # Drawing

    def on_resize(self) -> None:
        """Other columns and rows fit."""
        if self._fitted == self.size:
            return
        if self._fitted is None:
            self.top = max(0, min(self.chosen - self.page // 3, self._count - self.page))
        else:
            self.top = max(min(self.top, self.chosen), self.chosen - self.page + 1)
        self._fitted = (self.size.width, self.size.height)
        self._made.clear()
        self._strips = self._drawn()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows as the terminal is to show them; the first frame, which comes before any `Resize`, too."""
        self.on_resize()
        if not self._strips:
            self._strips = self._drawn()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """A row, as it was drawn last."""
        return self._strips[y]

    def _draw(self) -> None:
        """Draw the rows that differ from what is on the screen, and no others."""
        before, self._strips = self._strips, self._drawn()
        if len(before) != len(self._strips):
            self.refresh()
            return
        for y, (old, new) in enumerate(zip(before, self._strips, strict=True)):
            apart = None if old is new else differing(old, new)
            if apart is not None:
                self.refresh(Region(apart[0], y, apart[1] - apart[0], 1))

    def _drawn(self) -> list[Strip]:
        width, height = self.size
        self._rows = list(self._fetch(self.top, self.top + self.page)) if self._count else []
        before = (self._tags, self._columns)
        self._look_at_tags()
        self._columns = columns(width, self._places, self._without)
        if before != (self._tags, self._columns) or len(self._made) > _MOST_STRIPS:
            self._made.clear()
        strips = [self._heading(width)]
        for y in range(height - 1):
            strips.append(self._line(y, width))
        return strips[:height]

    def _look_at_tags(self) -> None:
        at = self.chosen - self.top
        row = self._rows[at] if 0 <= at < len(self._rows) else next(iter(self._rows), None)
        if row is not None:
            self._tags, self._book = self._tags_of(row), row.codebook

    def _tags_of(self, row: DocumentRow) -> Sequence[Tag]:
        return [tag for tag in self._codebook(row.codebook).tags if not tag.retired or tag.id in row.counts]

    def _heading(self, width: int) -> Strip:
        cells: list[tuple[int, str, str]] = []
        for column in self._columns if self._count else ():
            here = SORTED.get(column.kind) is self._sort and column.kind is not Kind.BAR
            if column.kind is Kind.BAR:
                places = column.width
                for place, tag in enumerate(self._tags[:places]):
                    last = place == places - 1 and len(self._tags) > places
                    sign = "+" if last else shown_text(tag.symbol)[:1]
                    look = "quiet" if last else f"bold {self.palette.tags[tag.colour].ink}"
                    cells.append((column.x + place, sign or " ", look))
                continue
            arrow = arrow_of(self._sort, self._reverse) if here else ""
            # The arrow may reach into the gap before a column of numbers.
            room = column.width - len(arrow) + (GAP - 1 if column.right else 0)
            words = fitted(column.kind.value, min(len(column.kind.value), room)) + arrow
            x = column.x + column.width - width_of(words) if column.right else column.x
            cells.append((x, words, "accent" if here else "quiet"))
        return self._strip(cells, width, chosen=False, ground="ground")

    def _line(self, y: int, width: int) -> Strip:
        index = self.top + y
        if not self._count:
            words = self._empty[y - 1] if 0 < y <= len(self._empty) else ()
            segments = [Segment("  ", self._style("text", "ground", False))]
            used = 2
            for text, look in words:
                shown = fitted(text, min(width_of(text), max(0, width - used)))
                segments.append(Segment(shown, self._style(look, "ground", False)))
                used += width_of(shown)
            return strip_of(segments, used, width, self._style("text", "ground", False))
        row = self._rows[y] if y < len(self._rows) else None
        if row is None:
            gone = [(4, fitted("no longer here", max(0, width - 5)), "faint")] if index < self._count else []
            return self._strip(gone, width, chosen=index == self.chosen, ground="ground")
        key = (row.number, index == self.chosen)
        if key not in self._made:
            self._made[key] = self._strip(self._cells(row, index == self.chosen), width, index == self.chosen, "ground")
        return self._made[key]

    def _cells(self, row: DocumentRow, chosen: bool) -> list[tuple[int, str, str]]:
        """What stands where in an article's row, and in which style."""
        cells = [(1, "▸", "accent")] if chosen else []
        cells.append((2, SIGNS.get(row.status, " "), "accent" if row.status == "reading" else "quiet"))
        for column in self._columns:
            if column.kind is Kind.BAR:
                cells += self._bar(row, column)
                continue
            look = "faint" if column.kind is Kind.MARKS and not row.counts else "quiet"
            if column.kind is Kind.TITLE:
                look = "bold text" if chosen else "quiet" if row.status == "done" else "text"
            words = ago(row.opened_at, self._now) if column.kind is Kind.OPENED else said(row, column.kind)
            text = shown_text(words)
            sign = " ✎" if column.kind is Kind.TITLE and row.note else ""
            if width_of(text) > column.width - len(sign):
                text = fitted(text, column.width - len(sign)).rstrip()
            text += sign
            x = column.x + column.width - width_of(text) if column.right else column.x
            cells.append((x, text, look))
        return cells

    def _bar(self, row: DocumentRow, column: Column) -> list[tuple[int, str, str]]:
        tags = self._tags_of(row)
        if row.codebook != self._book:
            given = [tags[tag] for tag in shares([row.counts.get(tag.id, 0) for tag in tags], column.width)]
            return [
                (column.x + place, shown_text(tag.symbol)[:1] or " ", self.palette.tags[tag.colour].ink)
                for place, tag in enumerate(given)
            ]
        signs = bar([row.counts.get(tag.id, 0) for tag in tags], column.width)
        cells = []
        for place, (sign, tag) in enumerate(zip(signs, tags, strict=False)):
            alone = place < column.width - 1 or len(tags) <= column.width
            colours = self.palette.tags[tag.colour]
            ink = (colours.ink if self.palette.name in _BRIGHT else colours.strong) if alone else "quiet"
            cells.append((column.x + place, sign, "faint" if sign == "·" else ink))
        return cells

    def _strip(self, cells: list[tuple[int, str, str]], width: int, chosen: bool, ground: str) -> Strip:
        blank = self._style("text", ground, chosen)
        segments: list[Segment] = []
        used = 0
        for x, text, look in cells:
            if x > used:
                segments.append(Segment(" " * (x - used), blank))
            segments.append(Segment(text, self._style(look, ground, chosen)))
            used = x + width_of(text)
        return strip_of(segments, used, width, blank)

    def _style(self, look: str, ground: str, chosen: bool) -> Style:
        *more, name = look.split()
        style = style_on(self.palette, getattr(self.palette, ground), name)
        if more:
            style += Style.parse(" ".join(more))
        return style + Style.parse(self.palette.soft) if chosen else style

    # The mouse

    def on_click(self, event: events.Click) -> None:
        """Report which article, or which heading, was clicked."""
        if event.y == 0:
            for column in self._columns:
                if column.x <= event.x < column.x + column.width and column.kind in SORTED:
                    self.headed(SORTED[column.kind])
        elif self.top + event.y - 1 < self._count:
            self.clicked(self.top + event.y - 1, event.chain)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll the list."""
        event.stop()
        self.scroll_rows(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll the list."""
        event.stop()
        self.scroll_rows(-WHEEL)


def arrow_of(sort: Sort, reverse: bool) -> str:
    """Whether what is sorted falls or rises from the first row on."""
    return "▼" if (sort in LARGEST_FIRST) != reverse else "▲"


def said(row: DocumentRow, kind: Kind) -> str:
    """What a row says in a column of words or numbers."""
    document = row.document
    if kind is Kind.TITLE:
        return document.title
    if kind is Kind.BYLINE:
        return document.byline
    if kind is Kind.DATE:
        return document.date[:10]
    if kind is Kind.SOURCE:
        return site_of(document.source)
    if kind is Kind.WORDS:
        return f"{row.words:,}"
    if kind is Kind.MARKS:
        return f"{sum(row.counts.values()):,}"
    if kind is Kind.PROGRESS:
        return "–" if row.status == "new" else f"{row.progress} %"
    return row.status
