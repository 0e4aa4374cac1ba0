"""Moving the edges of a piece: by word, by character, to a word by its first letter."""

from __future__ import annotations

from typing import NamedTuple

from reader.documents.graphemes import next_cluster, previous_cluster
from reader.documents.segment import WINDOW, Segments
from reader.documents.span import Span
from reader.documents.unit import Unit


class Edges(NamedTuple):
    """A piece whose edges are being moved."""

    piece: Span
    at_end: bool = True
    """Whether the end moves, or the start."""

    @property
    def active(self) -> int:
        """The offset of the edge that moves."""
        return self.piece.end if self.at_end else self.piece.start

    @property
    def cursor(self) -> int:
        """The code point to show the cursor on: the last one inside, or the first."""
        return max(self.piece.start, self.piece.end - 1) if self.at_end else self.piece.start


def other(edges: Edges) -> Edges:
    """The other edge moves now."""
    return edges._replace(at_end=not edges.at_end)


def _moved(edges: Edges, offset: int) -> Edges:
    """The active edge at `offset`, or where it was if the piece would be empty."""
    start, end = (edges.piece.start, offset) if edges.at_end else (offset, edges.piece.end)
    return edges._replace(piece=Span(start, end)) if 0 <= start < end else edges


def by_character(edges: Edges, text: str, forward: bool) -> Edges:
    """The active edge one character on or back."""
    step = next_cluster if forward else previous_cluster
    return _moved(edges, min(len(text), step(text, edges.active)))


def by_word(edges: Edges, segments: Segments, forward: bool) -> Edges:
    """The end to the next word's end, the start to the next word's start; or back."""
    offset = _word_edge(segments, edges.active, forward, edges.at_end)
    return edges if offset is None else _moved(edges, offset)


def _word_edge(segments: Segments, offset: int, forward: bool, ends: bool) -> int | None:
    """The next end (or start) of a word behind `offset`, or the last one before it."""
    here = segments.at(Unit.WORD, offset) or segments.at(Unit.WORD, max(0, offset - 1))
    candidates = [here]
    probe = offset
    for _ in range(2):
        found = segments.next(Unit.WORD, probe) if forward else segments.previous(Unit.WORD, probe)
        if found is None:
            break
        candidates.append(found)
        probe = found.start
    places = [word.end if ends else word.start for word in candidates if word is not None]
    if forward:
        return min((place for place in places if place > offset), default=None)
    return max((place for place in places if place < offset), default=None)


def to_letter(edges: Edges, text: str, segments: Segments, letter: str) -> Edges:
    """The active edge to the next word of the paragraph that begins so; behind the last one, from its beginning.

    Of a paragraph longer than what is looked at at once, only what is around the edge.
    """
    around = Span(max(0, edges.cursor - WINDOW), edges.cursor + WINDOW)
    words = [
        word
        for word in segments.words(segments.paragraphs.at(edges.cursor), around)
        if text[word.start].casefold() == letter.casefold()
    ]
    places = [word.end if edges.at_end else word.start for word in words]
    usable = [place for place in places if _moved(edges, place) is not edges]
    if not usable:
        return edges
    return _moved(edges, next((place for place in usable if place > edges.active), usable[0]))
