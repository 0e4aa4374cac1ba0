"""What a tag would take: exactly what was selected by hand, else its own unit where the cursor is."""

from __future__ import annotations

from typing import NamedTuple

from reader.documents.segment import Segments
from reader.documents.span import Span
from reader.documents.unit import Unit
from reader.errors import Refused

_MISSING = {
    Unit.WORD: "There is no word here: move onto one, or select with Shift+arrows.",
    Unit.SENTENCE: "There is no sentence here: move into one, or select with Shift+arrows.",
    Unit.QUOTATION: "There is no quotation here: Tab goes to the next one, or select with Shift+arrows.",
    Unit.QUOTED: "There is no quotation here: Tab goes to the next one, or select with Shift+arrows.",
    Unit.PARAGRAPH: "There is no paragraph here: move into one, or select with Shift+arrows.",
}


class Selection(NamedTuple):
    """Where the cursor is and what is selected around it."""

    cursor: int
    span: Span | None = None
    hard: bool = False
    """Whether `span` was selected by hand; else a move came to it, and tags look for their own unit inside."""


def resolve(segments: Segments, selection: Selection, tag_unit: Unit) -> Span:
    """The words that a tag of this unit takes.

    Hard: exactly the selection. Soft: the unit at the cursor, else the first one that begins in the soft selection.
    Refused, with what to do, where there is none.
    """
    if selection.hard and selection.span is not None:
        if not len(selection.span):
            raise Refused("There are no words in the selection: select some first.")
        return selection.span
    found = segments.at(tag_unit, selection.cursor)
    if found is None and selection.span is not None:
        found = _first_in(segments, tag_unit, selection.span)
    if found is None:
        raise Refused(_MISSING[tag_unit])
    return found


def _first_in(segments: Segments, unit: Unit, span: Span) -> Span | None:
    found = segments.at(unit, span.start) or segments.next(unit, span.start, before=span.end)
    return found if found is not None and span.start <= found.start < span.end else None
