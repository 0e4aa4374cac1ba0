"""The side pane: how many marks each tag has, and the marks in text order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from reader.annotations.annotation import PIECES_JOINED_BY, Annotation
from reader.annotations.codebook import Tag
from reader.tui.layout.cells import fitted, shown_text, width_of
from reader.tui.layout.marks import MarkIndex
from reader.tui.layout.wrap import wrap
from reader.tui.reading.describe import attributes_of, short
from reader.tui.themes import PALETTES
from reader.tui.widgets.paint import Look, strip_of, style
from reader.tui.widgets.rows import RowWidget

if TYPE_CHECKING:
    from reader.annotations.relation import Relation

MOST_CODE_POINTS = 400
MOST_DETAIL_ROWS = 8
MOST_LINKS = 2
Words = list[tuple[str, str]]
"""A row: each run of words with its style."""

Fetch = Callable[[Sequence[int]], Sequence[Annotation]]
MOST_COUNT_ROWS = 4
"""Rows of counts with the names of tags, where a quarter of all rows is not more."""

MOST_KNOWN = 5000


class MarkList(RowWidget):
    """A list that looks only at the rows it shows, so its length costs nothing."""

    DEFAULT_CSS = "MarkList { width: 34; height: 1fr; }"

    class Chosen(Message):
        """A mark of the list was clicked: its position in text order."""

        def __init__(self, position: int) -> None:
            super().__init__()
            self.position = position

    class Linked(Message):
        """The other end of a link of the open mark was clicked: that mark's number."""

        def __init__(self, mark: int) -> None:
            super().__init__()
            self.mark = mark

    def __init__(
        self, text: str, tags: Sequence[Tag], look: Look, fetch: Fetch, links: Callable[[int], Sequence[Relation]]
    ) -> None:
        super().__init__()
        self.text = text
        self.look = look
        self.marks = MarkIndex()
        self._tags = tags
        self._fetch = fetch
        self._links = links
        """Asked about the open mark only."""
        self._known: dict[int, Annotation] = {}
        self._folded: dict[int, Strip] = {}
        """The row of each mark seen so far, by its number: a key draws only what it changed."""
        self._unfolded: tuple[int, list[Strip]] = (-1, [])
        """The rows of the mark that is open, with its number."""
        self._ends: list[int] = []
        """The marks that the last of these rows stand for: the other ends of its links."""
        self._counted: tuple[MarkIndex, int, list[Strip]] = (self.marks, 0, [])
        self._focus: int | None = None
        self._shows: object = None
        """What the list was asked to show last, and of which marks; None where that may be drawn otherwise by now."""
        self.first = 0
        """The position of the first mark in view."""
        self._rows: list[Strip] = []
        self._width = 0
        """What all of these rows were drawn for."""

    def show(self, focus: int | None, near: int) -> None:
        """Show the list with the mark at position `focus` open, or else the part about offset `near`."""
        self._focus = focus
        position = focus if focus is not None else self._nearest(near)
        room = max(1, self.size.height - len(self._heads()) - MOST_DETAIL_ROWS - MOST_LINKS)
        if position < self.first or position >= self.first + room:
            self.first = position - room // 3
        # No row stays empty while there are marks above.
        self.first = max(0, min(self.first, len(self.marks) - room))
        shows = focus, self.first, self.marks, self.marks.changes
        if not self._rows or shows != self._shows:
            self._shows = shows
            self._draw()

    def renew(self, marks: MarkIndex, gone: Sequence[int] = (), now: Sequence[Annotation] = ()) -> None:
        """The marks are these now, without those that are `gone` and with those that stand as in `now`.

        `show` shows them.
        """
        self.marks = marks
        for mark in gone:
            self._known.pop(mark, None)
            self._folded.pop(mark, None)
        for annotation in now:
            self._known[annotation.pk] = annotation
            self._folded.pop(annotation.pk, None)
        self._unfolded = (-1, [])
        self._shows = None

    def _about(self, position: int) -> Annotation | None:
        """What is known of a mark; the rows around it are asked for together."""
        mark = self.marks.marks[position]
        if mark not in self._known:
            if len(self._known) > MOST_KNOWN:
                self._known.clear()
                self._folded.clear()
            rows = self.marks.marks[self.first : max(position, self.first + self.size.height) + 1]
            wanted = [each for each in rows if each not in self._known]
            self._known.update((each.pk, each) for each in self._fetch(wanted))
        return self._known.get(mark)

    def _nearest(self, offset: int) -> int:
        return min(bisect_left(self.marks.marks_start, offset), max(0, len(self.marks) - 1))

    def show_tags(self, tags: Sequence[Tag], look: Look) -> None:
        """The tags are these now."""
        self._tags = tags
        self._known.clear()
        self.show_look(look)

    def show_look(self, look: Look) -> None:
        """Draw in another palette."""
        self.look = look
        self._forget()
        self.refresh()

    def on_resize(self) -> None:
        """Other rows fit."""
        self._forget()

    def _forget(self) -> None:
        self._folded.clear()
        self._unfolded = (-1, [])
        self._counted = (self.marks, 0, [])
        self._rows = []

    # Drawing

    def _draw(self) -> None:
        """Draw the rows that differ from what is on the screen, and no others."""
        before, self._rows = self._rows, self._in_view()
        if len(before) != len(self._rows):
            self.refresh()
            return
        others = [y for y, (old, new) in enumerate(zip(before, self._rows, strict=True)) if old is not new]
        if others:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in others))

    def render_line(self, y: int) -> Strip:
        """A row of words."""
        if len(self._rows) != self.size.height:
            self._rows = self._in_view()
        return self._rows[y]

    def _in_view(self) -> list[Strip]:
        """The rows in view: the counts, the marks from the first one in view on, the open one in full."""
        height = self.size.height
        if self.size.width != self._width:
            self._forget()
            self._width = self.size.width
        rows = list(self._heads())
        position = self.first
        while len(rows) < height and position < len(self.marks):
            rows += self._whole(position) if position == self._focus else [self._row(position)]
            position += 1
        return [*rows[:height], *[rows[len(self._heads()) - 1]] * (height - len(rows))]

    def _strip(self, words: Words) -> Strip:
        name = self.look.palette
        segments = [Segment("  ", style(name, "none"))]
        segments += [Segment(shown_text(text), style(name, look)) for text, look in words]
        used = 2 + sum(width_of(text) for text, _ in words)
        return strip_of(segments, used, self.size.width, style(name, "none"))

    def _heads(self) -> list[Strip]:
        """The counts per tag, air, and where nothing is marked how to begin; drawn where they may be others."""
        marks, changes, heads = self._counted
        if marks is not self.marks or changes != marks.changes or not heads:
            heads = [self._strip(words) for words in (*self._counts(), [])]
            if not len(self.marks):
                quiet = PALETTES[self.look.palette].quiet
                heads += [self._strip([(line, quiet)]) for line in ("No marks yet.", "", *self._hint_lines(), "")]
            self._counted = (self.marks, self.marks.changes, heads)
        return heads

    def _counts(self) -> list[Words]:
        """The counts per tag; of many tags only those that were given have their names, of very many none."""
        counts = self.marks.counts
        tags = [tag for tag, each in enumerate(self._tags) if counts[tag] or not each.retired]
        rows = self._count_rows(tags, named=True)
        most = max(MOST_COUNT_ROWS, self.size.height // 4)
        if len(rows) > most:
            given, rest = [tag for tag in tags if counts[tag]], [tag for tag in tags if not counts[tag]]
            rows = self._count_rows(given, named=True) if given else []
            if len(rows) > most:
                rows = self._count_rows(given, named=False)
            rows += self._count_rows(rest, named=False) if rest else []
        return rows or [[]]

    def _count_rows(self, tags: Sequence[int], *, named: bool) -> list[Words]:
        """As many on a row as fit."""
        palette = PALETTES[self.look.palette]
        rows: list[Words] = [[]]
        used = 0
        room = self.size.width - 3
        for tag in tags:
            symbol, colour, _ = self.look.tags[tag]
            count = str(self.marks.counts[tag])
            whole = self._tags[tag].name
            name = fitted(whole, min(width_of(whole), max(4, room - 6))).rstrip() + " " if named else ""
            cells = 2 + width_of(name) + len(count) + 2
            if used and used + cells - 2 > room:
                rows.append([])
                used = 0
            rows[-1] += [
                (shown_text(symbol)[:1] + " ", f"bold {palette.tags[colour].ink}"),
                (name, palette.quiet),
                (f"{count}  ", palette.text),
            ]
            used += cells
        return rows

    def _hint_lines(self) -> list[str]:
        return [f"{tag.key or '·'}  {tag.name}: the {tag.unit}" for tag in self._tags if not tag.retired]

    def _words(self, position: int) -> str:
        spans = self.marks.spans(position)
        pieces = [self.text[span.start : min(span.end, span.start + MOST_CODE_POINTS)] for span in spans[:4]]
        return PIECES_JOINED_BY.join(" ".join(piece.split()) for piece in pieces)

    def _letter(self, position: int) -> tuple[str, str]:
        symbol, colour, _ = self.look.tags[self.marks.marks_tag[position]]
        return shown_text(symbol)[:1] + "  ", f"bold {PALETTES[self.look.palette].tags[colour].ink}"

    def _row(self, position: int) -> Strip:
        """A mark that is not open: its letter and its first words."""
        mark = self.marks.marks[position]
        found = self._folded.get(mark)
        if found is None:
            palette = PALETTES[self.look.palette]
            about = self._about(position)
            noted = about is not None and bool(about.note)
            words = fitted(self._words(position), self.size.width - 2 - 5 - 2)
            unsure = about is not None and about.status == "unsure"
            said = (" ?", palette.warning) if unsure else (" ✎" if noted else "  ", palette.quiet)
            found = self._strip([("  ", "none"), self._letter(position), (words, palette.text), said])
            if about is not None:
                self._folded[mark] = found
        return found

    def _whole(self, position: int) -> list[Strip]:
        """The rows of the open mark: all its words, and what is said about it."""
        mark = self.marks.marks[position]
        if self._unfolded[0] != mark:
            palette = PALETTES[self.look.palette]
            first, *lines = self._open_words(position)
            links = self._links(mark)
            self._ends = [link.other.pk for link in links[:MOST_LINKS]]
            rows = [
                [("▸ ", palette.accent), self._letter(position), (first, f"bold {palette.text}")],
                *([("     ", "none"), (line, f"bold {palette.text}")] for line in lines),
                *([("     ", "none"), (line, palette.quiet)] for line in self._details(position)),
                *([("     ", "none"), (line, palette.quiet)] for line in self._linked(links)),
            ]  # fmt: skip
            self._unfolded = (mark, [self._strip(row) for row in rows])
        return self._unfolded[1]

    def _open_words(self, position: int) -> list[str]:
        room = self.size.width - 2 - 6
        words = self._words(position)
        starts = [*wrap(words, room), len(words)]
        lines = [words[a:b] for a, b in pairwise(starts)][: MOST_DETAIL_ROWS // 2 + 1]
        if len(lines) > MOST_DETAIL_ROWS // 2:
            lines = lines[:-1]
            lines[-1] = lines[-1].rstrip() + " …"
        return [fitted(line.rstrip(), room) for line in lines]

    def _details(self, position: int) -> list[str]:
        """What is said about the open mark: pieces, attributes, note."""
        room = self.size.width - 2 - 6
        annotation = self._about(position)
        if annotation is None:
            return []
        said = attributes_of(annotation, self._tags[self.marks.marks_tag[position]])
        if len(annotation.fragments) > 1:
            said.insert(0, f"{len(annotation.fragments)} pieces")
        if annotation.note:
            said.append("✎ " + " ".join(annotation.note.split()))
        return [fitted(line, room) for line in said][: MOST_DETAIL_ROWS // 2]

    def _linked(self, links: Sequence[Relation]) -> list[str]:
        """The other ends of the open mark's links, a row each."""
        room = self.size.width - 2 - 6
        rows = [f"{link.role} {short(link.other.text, room)}" for link in links[:MOST_LINKS]]
        if len(links) > MOST_LINKS:
            rows[-1] = f"(+{len(links) - MOST_LINKS}) {rows[-1]}"
        return [fitted(row, room) for row in rows]

    # The mouse

    def on_click(self, event: events.Click) -> None:
        """Report which mark was clicked."""
        y = event.y - len(self._heads())
        position = self.first
        while y >= 0 and position < len(self.marks):
            rows = len(self._whole(position)) if position == self._focus else 1
            if y < rows:
                link = y - rows + len(self._ends)
                is_link = position == self._focus and link >= 0
                self.post_message(self.Linked(self._ends[link]) if is_link else self.Chosen(position))
                return
            y -= rows
            position += 1

    def _scroll(self, rows: int) -> None:
        most = max(0, len(self.marks) - max(1, self.size.height - len(self._heads())))
        top = max(0, min(most, self.first + rows))
        if top != self.first:
            self.first = top
            self._draw()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll the list."""
        event.stop()
        self._scroll(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll the list."""
        event.stop()
        self._scroll(-3)
