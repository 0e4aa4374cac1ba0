"""The side pane: how many marks each tag has, and the marks in text order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import pairwise

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from reader.annotations.annotation import PIECES_JOINED_BY, Annotation
from reader.annotations.codebook import Tag
from reader.tui.layout.cells import fitted, shown_text, width_of
from reader.tui.layout.marks import MarkIndex
from reader.tui.layout.wrap import wrap
from reader.tui.reading.describe import attributes_of
from reader.tui.themes import PALETTES
from reader.tui.widgets.paint import Look, differing, strip_of, style

MOST_CODE_POINTS = 400
MOST_DETAIL_ROWS = 8
Fetch = Callable[[Sequence[int]], Sequence[Annotation]]
MOST_KNOWN = 5000


class MarkList(Widget):
    """A list that looks only at the rows it shows, so its length costs nothing."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "MarkList { width: 34; height: 1fr; }"

    class Chosen(Message):
        """A mark of the list was clicked: its position in text order."""

        def __init__(self, position: int) -> None:
            super().__init__()
            self.position = position

    def __init__(self, text: str, tags: Sequence[Tag], look: Look, fetch: Fetch) -> None:
        super().__init__()
        self.text = text
        self.look = look
        self.marks = MarkIndex()
        self._tags = tags
        self._fetch = fetch
        self._known: dict[int, Annotation] = {}
        self._focus: int | None = None
        self._top = 0
        self._stale = True
        self._strips: list[Strip] = []

    def show(self, focus: int | None, near: int) -> None:
        """Show the list with the mark at position `focus` open, or else the part about offset `near`."""
        before = None if self._stale else (self._focus, self._top)
        self._focus = focus
        position = focus if focus is not None else self._nearest(near)
        room = max(1, self.size.height - self._head_rows() - MOST_DETAIL_ROWS)
        if position < self._top or position >= self._top + room:
            self._top = max(0, position - room // 3)
        if before != (self._focus, self._top):
            self._draw()

    def renew(self, marks: MarkIndex, changed: Sequence[int] = ()) -> None:
        """The marks are these now; `show` shows them. What was known of the changed ones is asked for again."""
        self.marks = marks
        for mark in changed:
            self._known.pop(mark, None)
        self._stale = True

    def _about(self, position: int) -> Annotation | None:
        """What is known of a mark; the rows around it are asked for together."""
        mark = self.marks.marks[position]
        if mark not in self._known:
            if len(self._known) > MOST_KNOWN:
                self._known.clear()
            rows = self.marks.marks[self._top : max(position, self._top + self.size.height) + 1]
            wanted = [each for each in rows if each not in self._known]
            self._known.update((each.pk, each) for each in self._fetch(wanted))
        return self._known.get(mark)

    def _nearest(self, offset: int) -> int:
        return min(bisect_left(self.marks.marks_start, offset), max(0, len(self.marks) - 1))

    def show_look(self, look: Look) -> None:
        """Draw in another palette."""
        self.look = look
        self._strips = []
        self.refresh()

    # Drawing

    def _draw(self) -> None:
        """Draw the rows that differ from what is on the screen, and no others."""
        before = self._strips
        self._stale = False
        self._strips = [self._row(y) for y in range(self.size.height)]
        if len(before) != len(self._strips):
            self.refresh()
            return
        for y, (old, new) in enumerate(zip(before, self._strips, strict=True)):
            apart = differing(old, new)
            if apart is not None:
                self.refresh(Region(apart[0], y, apart[1] - apart[0], 1))

    def _head_rows(self) -> int:
        return len(self._heads()) + 1

    def _heads(self) -> list[list[tuple[str, str]]]:
        """The counts per tag, as many on a row as fit."""
        palette = PALETTES[self.look.palette]
        rows: list[list[tuple[str, str]]] = [[]]
        used = 0
        room = self.size.width - 3
        for tag, (symbol, colour, _) in enumerate(self.look.tags):
            count = str(self.marks.counts[tag])
            whole = self._tags[tag].name
            name = fitted(whole, min(width_of(whole), max(4, room - 6))).rstrip()
            cells = 2 + width_of(name) + 1 + len(count) + 2
            if used and used + cells - 2 > room:
                rows.append([])
                used = 0
            rows[-1] += [
                (shown_text(symbol)[:1] + " ", f"bold {palette.tags[colour].ink}"),
                (f"{name} ", palette.quiet),
                (f"{count}  ", palette.text),
            ]
            used += cells
        return rows

    def on_resize(self) -> None:
        """Other rows fit."""
        self._strips = []

    def render_line(self, y: int) -> Strip:
        """A row, as it was drawn last."""
        if len(self._strips) != self.size.height:
            self._strips = [self._row(each) for each in range(self.size.height)]
        return self._strips[y] if y < len(self._strips) else Strip.blank(self.size.width)

    def _row(self, y: int) -> Strip:
        """A row of the head, of the list or of the open mark."""
        heads = self._heads()
        if y < len(heads):
            words = heads[y]
        elif y == len(heads):
            words = []
        else:
            words = self._list_row(y - len(heads) - 1)
        name = self.look.palette
        segments = [Segment("  ", style(name, "none"))]
        segments += [Segment(text, style(name, look)) for text, look in words]
        used = 2 + sum(width_of(text) for text, _ in words)
        return strip_of(segments, used, self.size.width, style(name, "none"))

    def _list_row(self, y: int) -> list[tuple[str, str]]:
        palette = PALETTES[self.look.palette]
        if not len(self.marks):
            empty = ("No marks yet.", "", *self._hint_lines())
            return [(empty[y], palette.quiet)] if y < len(empty) else []
        position = self._top
        while position < len(self.marks):
            rows = self._open_rows(position) if position == self._focus else 1
            if y < rows:
                return self._item(position, y)
            y -= rows
            position += 1
        return []

    def _hint_lines(self) -> list[str]:
        return [f"{tag.key or '·'}  {tag.name}: the {tag.unit}" for tag in self._tags if not tag.retired]

    def _words(self, position: int) -> str:
        spans = self.marks.spans(position)
        pieces = [self.text[span.start : min(span.end, span.start + MOST_CODE_POINTS)] for span in spans[:4]]
        return PIECES_JOINED_BY.join(" ".join(piece.split()) for piece in pieces)

    def _item(self, position: int, y: int) -> list[tuple[str, str]]:
        palette = PALETTES[self.look.palette]
        symbol, colour, _ = self.look.tags[self.marks.marks_tag[position]]
        room = self.size.width - 2 - 5
        letter = (shown_text(symbol)[:1] + "  ", f"bold {palette.tags[colour].ink}")
        if position != self._focus:
            about = self._about(position)
            noted = about is not None and bool(about.note)
            words = fitted(self._words(position), room - 2)
            return [("  ", "none"), letter, (words, palette.text), (" ✎" if noted else "  ", palette.quiet)]
        if y == 0:
            return [("▸ ", palette.accent), letter, (self._open_words(position)[0], f"bold {palette.text}")]
        lines = self._open_words(position)
        if y < len(lines):
            return [("     ", "none"), (lines[y], f"bold {palette.text}")]
        return [("     ", "none"), (self._details(position)[y - len(lines)], palette.quiet)]

    def _open_rows(self, position: int) -> int:
        return len(self._open_words(position)) + len(self._details(position))

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

    # The mouse

    def on_click(self, event: events.Click) -> None:
        """Report which mark was clicked."""
        y = event.y - self._head_rows()
        position = self._top
        while y >= 0 and position < len(self.marks):
            rows = self._open_rows(position) if position == self._focus else 1
            if y < rows:
                self.post_message(self.Chosen(position))
                return
            y -= rows
            position += 1

    def _scroll(self, rows: int) -> None:
        most = max(0, len(self.marks) - max(1, self.size.height - self._head_rows() - 1))
        top = max(0, min(most, self._top + rows))
        if top != self._top:
            self._top = top
            self._draw()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll the list."""
        event.stop()
        self._scroll(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll the list."""
        event.stop()
        self._scroll(-3)
