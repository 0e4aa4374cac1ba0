"""Which mark somebody decides on, and which of the places it may belong to is in view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reader.documents.span import Span

if TYPE_CHECKING:
    from reader.anchoring.carrying import Candidate
    from reader.work.updating import Unsettled

Fragments = tuple[Span, ...]


@dataclass(slots=True)
class Deciding:
    """The marks in doubt, then those without a place; one of them at a time."""

    marks: Sequence[Unsettled] = ()
    found: Mapping[str, Sequence[Candidate]] = field(default_factory=dict)
    """The places where each may be, by its id, the likeliest first."""
    text: str = ""
    """What their places are in."""
    at: int = 0
    turn: int = 0
    """Which of its places is in view."""

    @property
    def mark(self) -> Unsettled | None:
        """The mark in question."""
        return self.marks[self.at] if self.at < len(self.marks) else None

    def places(self) -> list[tuple[Fragments, float | None]]:
        """Where it may be: where it stands now, then wherever else its words were found; each with how well it fits.

        A place that has the words of a likelier one, and other marks around them, is none of its own.
        """
        mark = self.mark
        if mark is None:
            return []
        known: dict[Fragments, float | None] = {mark.fragments: mark.score} if mark.fragments else {}
        words = {self._words(place) for place in known}
        for each in self.found.get(mark.id, ()):
            if (told := self._words(each.fragments)) not in words:
                words.add(told)
                known[each.fragments] = each.score
        return list(known.items())

    def _words(self, place: Fragments) -> Fragments:
        """The place without what is neither letter nor digit at the ends of its pieces."""
        return tuple(_inner(self.text, each) for each in place)

    @property
    def place(self) -> Fragments:
        """The place in view; empty where there is none."""
        places = self.places()
        return places[self.turn][0] if self.turn < len(places) else ()

    def go(self, index: int) -> None:
        """To another mark, at its likeliest place."""
        self.at = max(0, min(index, len(self.marks) - 1))
        self.turn = 0

    def other_place(self) -> bool:
        """To the next place of the same mark; False where there is no other."""
        places = len(self.places())
        self.turn = (self.turn + 1) % max(1, places)
        return places > 1

    def renew(self, marks: Sequence[Unsettled], back: str = "") -> None:
        """After a decision these are left; the mark of the id `back`, if it is among them, is in question again."""
        self.marks = marks
        ids = [mark.id for mark in marks]
        self.go(ids.index(back) if back in ids else self.at)


def _inner(text: str, span: Span) -> Span:
    inside = [at for at in range(span.start, min(span.end, len(text))) if text[at].isalnum()]
    return Span(inside[0], inside[-1] + 1) if inside else span
