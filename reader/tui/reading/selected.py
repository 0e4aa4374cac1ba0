"""The cursor and what is selected around it: softly by moving, hard by hand."""

from __future__ import annotations

from typing import NamedTuple

from reader.documents.graphemes import next_cluster, previous_cluster, snap, snap_up, whole
from reader.documents.segment import Segments, count_words
from reader.documents.span import Span
from reader.documents.unit import Unit
from reader.work.choosing import Selection

TAB_WORDS = 4
"""Quotations shorter than this are mostly scare quotes: Tab passes them by."""

_LADDER = (Unit.WORD, Unit.QUOTED, Unit.QUOTATION, Unit.SENTENCE, Unit.PARAGRAPH)


class Selected(NamedTuple):
    """Where the reader is, and what a tag would take."""

    cursor: int = 0
    soft: Span | None = None
    """The unit that the last move came to."""
    hard: Span | None = None
    """What was selected by hand: a tag takes exactly this."""
    anchor: Span | None = None
    """Where a selection by hand began; moves that extend keep it inside."""
    held: bool = False
    """Whether every move extends, until it is let go (for terminals that keep Shift+arrows)."""
    inner: tuple[Span, ...] = ()
    """What was selected before it was made wider, the last one last."""

    def choice(self) -> Selection:
        """The same, as the tagging side asks for it."""
        if self.hard is not None:
            return Selection(self.cursor, self.hard, True)
        return Selection(self.cursor, self.soft, False)


def came_to(now: Selected, text: str, cursor: int, unit: Span | None, *, extend: bool) -> Selected:
    """After a move to `cursor`, with the unit there: select softly, or extend what is selected by hand."""
    if not (extend or now.held):
        return Selected(cursor=cursor, soft=unit)
    anchor = now.anchor or now.hard or now.soft or Span(now.cursor, next_cluster(text, now.cursor))
    reached = unit or Span(cursor, next_cluster(text, cursor))
    hard = Span(min(anchor.start, reached.start), max(anchor.end, reached.end))
    return Selected(cursor=cursor, hard=hard, anchor=anchor, held=now.held)


def by_unit(now: Selected, text: str, segments: Segments, unit: Unit, forward: bool, *, extend: bool) -> Selected:
    """To the next or the previous word, sentence, quotation or paragraph; stays where there is none."""
    least = TAB_WORDS if unit is Unit.QUOTATION else 1
    found = segments.next(unit, now.cursor, least) if forward else segments.previous(unit, now.cursor, least)
    if forward and not extend:
        here = segments.at(unit, now.cursor)
        # At the very start of one that has not been selected yet, that one comes first.
        unseen = here is not None and here.start == now.cursor and here not in (now.soft, now.hard)
        if here is not None and unseen and unit is not Unit.WORD and count_words(here.cut(text)) >= least:
            found = here
    if found is None:
        return now
    return came_to(now, text, found.start, found, extend=extend)


def by_character(now: Selected, text: str, forward: bool, *, extend: bool) -> Selected:
    """To the next or the previous character as a person sees it."""
    if forward:
        cursor = next_cluster(text, now.cursor)
        if cursor >= len(text):
            cursor = now.cursor
    else:
        cursor = previous_cluster(text, now.cursor)
    return came_to(now, text, cursor, None, extend=extend)


def to_offset(now: Selected, text: str, segments: Segments, offset: int, *, extend: bool) -> Selected:
    """To a place in the text; the word there is selected softly."""
    cursor = snap(text, max(0, min(offset, len(text))))
    word = segments.at(Unit.WORD, cursor)
    return came_to(now, text, cursor, word, extend=extend)


def dragged(text: str, start: int, end: int) -> Selected:
    """The clusters from where the mouse went down to where it is."""
    first, last = min(start, end), max(start, end)
    return Selected(cursor=snap(text, end), hard=Span(snap(text, first), snap_up(text, min(len(text), last + 1))))


def chosen(text: str, span: Span) -> Selected:
    """Exactly this, selected by hand; of a character that it ends in, all."""
    hard = Span(*whole(text, span.start, span.end))
    return Selected(cursor=hard.start, hard=hard)


def wider(now: Selected, text: str, segments: Segments) -> Selected:
    """The next larger thing around what is selected: word, quoted words, quotation, sentence, paragraph, all."""
    present = now.hard or (None if now.soft is None or now.cursor > now.soft.start else now.soft)
    if present is None:
        present = now.soft or Span(now.cursor, now.cursor)
    around = [segments.at(unit, now.cursor) for unit in _LADDER] + [Span(0, len(text))]
    larger = [span for span in around if span is not None and span.covers(present) and len(span) > len(present)]
    if not larger:
        return now
    return Selected(cursor=now.cursor, hard=min(larger, key=len), inner=(*now.inner, present))


def narrower(now: Selected, segments: Segments) -> Selected:
    """Back to what was selected before it was made wider, or to the largest thing inside at the cursor."""
    present = now.hard or now.soft
    if now.inner and len(now.inner[-1]):
        return Selected(cursor=now.cursor, hard=now.inner[-1], inner=now.inner[:-1])
    inside = [segments.at(unit, now.cursor) for unit in _LADDER]
    smaller = [
        span for span in inside if span is not None and present is not None and present.covers(span) and span != present
    ]
    if not smaller:
        return now
    return Selected(cursor=now.cursor, hard=max(smaller, key=len))


def anchored(now: Selected, text: str) -> Selected:
    """Hold the selection open, so that every move extends it; or let it go, keeping what is selected."""
    if now.held:
        return now._replace(held=False, anchor=None)
    start = now.hard or now.soft or Span(now.cursor, next_cluster(text, now.cursor))
    return Selected(cursor=now.cursor, hard=start, anchor=start, held=True)


def dropped(now: Selected) -> Selected:
    """Nothing selected by hand any more."""
    return Selected(cursor=now.cursor)
