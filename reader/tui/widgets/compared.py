"""The article with two people's marks at once: A's letters hang on its left, B's on its right.

Words that A has marked are underlined, words that B has marked have a ground; where both are, both are seen. The
difference that is decided on is strong, all others are quiet.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.documents.document import Structure
from reader.documents.graphemes import next_cluster, whole
from reader.documents.paragraphs import Paragraphs
from reader.documents.segment import Segments
from reader.documents.span import Span
from reader.tui.commands import Mode
from reader.tui.layout.cells import shown_text, width_of
from reader.tui.layout.marks import MarkIndex, Piece
from reader.tui.themes import PALETTES
from reader.tui.widgets.paint import GUTTER, STYLED, Look, gutter, strip_of, style, whole_pieces
from reader.tui.widgets.reader import Reader


class Compared(Reader):
    """Moves only while edges are moved by hand."""

    BESIDE_TEXT = 2 * GUTTER + 1

    def __init__(
        self, text: str, paragraphs: Paragraphs, structure: Sequence[Structure], segments: Segments, look: Look
    ) -> None:
        super().__init__(text, paragraphs, structure, segments, look)
        self.a, self.b = MarkIndex(), MarkIndex()
        """The marks of both sides; `marks`, which the scrollbar shows, are those that wait for a decision."""
        self.current: tuple[Sequence[Span], Sequence[Span]] = (), ()
        """What A and what B have marked in the difference that is decided on."""
        self.current_tag = 0

    @property
    def _cursor(self) -> int:
        return self.view.cursor if self.mode is Mode.ADJUSTING else -1

    @property
    def _left(self) -> int:
        return max(0, (self._width - 1 - 2 * GUTTER - self.flow.width) // 2)

    def point(self, a: Sequence[Span], b: Sequence[Span], tag: int) -> None:
        """Show this difference as the one that is decided on."""
        before = [*self.current[0], *self.current[1]]
        self.current, self.current_tag = (a, b), tag
        spans = [*before, *a, *b]
        first = min((span.start for span in (*a, *b)), default=None)
        if first is not None:
            self.bring_whole(first, max(span.end for span in (*a, *b)))
        self.repaint_marks(spans)

    def bring_whole(self, start: int, end: int) -> None:
        """Scroll so that all of it is in the middle, as far as it fits; not at all where it is there already."""
        height = max(1, self.size.height)
        if self.rows and self.top_offset <= start and end <= self.bottom_offset:
            top, bottom = self._row_of(start), self._row_of(max(start, end - 1))
            if top is not None and bottom is not None and height // 4 <= top and bottom <= height * 3 // 4:
                return
        rows = self.flow.between(self.flow.locate(start), self.flow.locate(max(start, end - 1)), height)
        self.scroll_to_place(self.flow.step(self.flow.locate(start), -max(1, (height - rows - 1) // 2)))

    def render_line(self, y: int) -> Strip:
        """One row: margin, A's letters, text, B's letters, scrollbar."""
        width = self._width
        ground = style(self.look.palette, "none")
        if y >= len(self._rows) or width < 2 * GUTTER + 4:
            return Strip([Segment(" " * (width - 1), ground), self._scrollbar(y)], width)
        row = self._rows[y]
        empty = row.after <= row.start
        a, b = ([] if empty else side.over(row.start, row.after) for side in (self.a, self.b))
        segments = [Segment(" " * self._left, ground), *gutter(self.look, a)]
        if row.indent:
            lead = row.lead.rjust(row.indent)[: row.indent]
            segments.append(Segment(lead, style(self.look.palette, PALETTES[self.look.palette].quiet)))
        segments += self._words(row.start, row.end, whole_pieces(self.text, a), whole_pieces(self.text, b))
        used = self._left + GUTTER + row.indent + width_of(self.text[row.start : row.end])
        if b:
            edge = self.text_end + 1
            segments.append(Segment(" " * max(1, edge - used), ground))
            letters = [segment for segment in gutter(self.look, b) if segment.text.strip()]
            segments += letters
            used = max(used + 1, edge) + sum(len(segment.text) for segment in letters)
        return Strip([*strip_of(segments, used, width - 1, ground), self._scrollbar(y)], width)

    def _words(self, start: int, end: int, a: Sequence[Piece], b: Sequence[Piece]) -> list[Segment]:
        now_a, now_b = ([Span(*whole(self.text, span.start, span.end)) for span in side] for side in self.current)
        hard, at = self.view.hard, self._cursor
        cursor = Span(at, next_cluster(self.text, at)) if start <= at < end else None
        spoken = [each for each in self._spoken if each[0] < end and each[1] > start]
        cuts = {start, end}
        spans = [*now_a, *now_b, *(span for span in (hard, cursor) if span is not None)]
        for low, high in [*((p.start, p.end) for p in (*a, *b)), *((s.start, s.end) for s in spans)]:
            cuts.update((low, high))
        for low, high, _ in spoken:
            cuts.update((low, high))
        segments: list[Segment] = []
        for low, high in pairwise(sorted(cut for cut in cuts if start <= cut <= end)):
            kinds = tuple(STYLED[kind] for x, y, kind in spoken if x <= low < y)
            by_a = [piece.tag for piece in a if piece.start <= low < piece.end]
            by_b = [piece.tag for piece in b if piece.start <= low < piece.end]
            now = any(s.contains(low) for s in now_a), any(s.contains(low) for s in now_b)
            look = self._look(by_a, by_b, now, kinds)
            if hard is not None and hard.contains(low):
                look += Style.parse(PALETTES[self.look.palette].hard)
            if cursor is not None and cursor.contains(low):
                look += Style.parse(PALETTES[self.look.palette].cursor)
            segments.append(Segment(shown_text(self.text[low:high]), look))
        return segments

    def _look(self, a: Sequence[int], b: Sequence[int], now: tuple[bool, bool], kinds: Sequence[str]) -> Style:
        palette = PALETTES[self.look.palette]
        words = [*kinds]
        ink, ground = palette.text, palette.ground
        if b:
            colours = palette.tags[self.look.tags[b[-1]][1]]
            if palette.ansi:
                words.append("italic")
            else:
                ground = colours.ground
        if any(now):
            colours = palette.tags[self.look.tags[self.current_tag][1]]
            words.append("bold")
            if palette.ansi:
                ink = colours.ink
                words += ["reverse"] if now[1] else []
            else:
                ink = palette.strong_text if now[1] else colours.ink
                ground = colours.strong if now[1] else ground
        if a or now[0]:
            words.append("underline")
        return style(self.look.palette, " ".join((*words, ink, "on", ground)))
