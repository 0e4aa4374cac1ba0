"""Carrying marks from one text to another: what stayed is moved, what is doubtful is left to a person, nothing is lost.

A diff of the words proposes where each mark went. Where that is not plainly right, the mark's words are looked for with
those around them. Whatever was found is judged alike (`judging`). A place is sure only if the way back leads from it to
where the mark was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, partial
from itertools import pairwise

from reader.anchoring.alignment import Alignment, aligned, turned
from reader.anchoring.context import CONTEXT
from reader.anchoring.edges import grown, places
from reader.anchoring.judging import GONE, SURE, Fragments, fit, fit_of_edges, fit_of_same
from reader.anchoring.search import exact, windows
from reader.anchoring.tokens import Tokens, tokens
from reader.documents.graphemes import splits
from reader.documents.span import Span, merged

MOST_CANDIDATES = 4
"""Places that are offered to a person."""

_PLAIN = 6
"""Tokens that must be the same on both sides of a mark that needs no search."""

_CLOSE = 0.03
"""Two places whose scores are closer than this are equally likely."""

_UNSURE = SURE - 0.01
_WORTH_A_LOOK = 0.25


class Status(StrEnum):
    """What may be believed of a place."""

    SURE = "sure"
    """It is right; nobody need look."""

    UNSURE = "unsure"
    """The likeliest place; a person should look."""

    GONE = "gone"
    """The words are not in the text any more."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where a mark may be."""

    fragments: Fragments
    """In order, not touching, none empty, inside the new text."""

    score: float


@dataclass(frozen=True, slots=True)
class Carried:
    """Where a mark is in the new text."""

    fragments: Fragments
    """Empty where it is gone."""

    status: Status
    score: float
    """0 to 1; 0.85 or more where it is sure, less than 0.5 where it is gone."""

    candidates: tuple[Candidate, ...]
    """All places worth a look, the likeliest first; of a mark that is gone, those that came closest."""

    near: int
    """The code point of the new text where the mark would stand, by what is around it."""


def carry(old: str, new: str, marks: Sequence[Fragments]) -> tuple[Carried, ...]:
    """Where each mark of `old` (one or more spans, in order) is in `new`.

    The same text moves nothing. Carrying back what is sure in both directions gives the same offsets.
    """
    if old == new:
        return tuple(Carried(mark, Status.SURE, 1.0, (Candidate(mark, 1.0),), mark[0].start) for mark in marks)
    one, other = tokens(old), tokens(new)
    alignment = aligned(one, other)
    there, back = _Way(one, other, alignment), _Way(other, one, turned(alignment))
    known = {mark: _carried(there, back, mark) for mark in dict.fromkeys(marks)}
    return tuple(known[mark] for mark in marks)


class _Way:
    """From one text to the other."""

    def __init__(self, old: Tokens, new: Tokens, alignment: Alignment) -> None:
        self.old = old
        self.new = new
        self.alignment = alignment

    @cached_property
    def where(self) -> Mapping[str, Sequence[int]]:
        """The tokens of the new text by their words."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(self.new.words):
            found[word].append(at)
        return dict(found)

    def near(self, mark: Fragments) -> int:
        """Where in the new text a mark would stand."""
        first = self.old.within(Span(mark[0].start, len(self.old.text))).start
        after, before = self.alignment.after(first), self.alignment.before(first)
        if after is not None and (before is None or after - first < first - before):
            return self.new.starts[self.alignment.of(after)]
        return 0 if before is None else self.new.ends[self.alignment.of(before)]

    def is_plain(self, mark: Fragments) -> bool:
        """Whether a mark stands among the same words as before, itself unchanged."""
        inside = self.old.within(Span(mark[0].start, mark[-1].end))
        around = range(max(0, inside.start - _PLAIN), min(len(self.old), inside.stop + _PLAIN))
        if not self.alignment.is_whole(around):
            return False
        first, last = self.alignment.of(around.start), self.alignment.of(around.stop - 1)
        # At the beginning or the end of the one text there are fewer; then it must be so in the other.
        begins = inside.start - around.start == _PLAIN or first == 0
        ends = around.stop - inside.stop == _PLAIN or last == len(self.new) - 1
        return begins and ends

    def unmoved(self, mark: Fragments) -> Candidate | None:
        """The place of a mark that is plain and around which not a letter has changed: what `candidates` would find.

        Most marks are such ones, and this is a small part of the work.
        """
        hull = Span(mark[0].start, mark[-1].end)
        inside = self.old.within(hull)
        if not inside or not self.is_plain(mark):
            return None
        by = self.new.starts[self.alignment.of(inside.start)] - self.old.starts[inside.start]
        if hull.start + by < 0 or _around(self.old, hull.start, hull.end) != _around(
            self.new, hull.start + by, hull.end + by
        ):
            return None
        edges = (edge for piece in mark for edge in (piece.start, piece.end))
        if any(splits(self.old.text, edge) != splits(self.new.text, edge + by) for edge in edges):
            # A grapheme cluster may reach further than what was compared.
            return None
        return Candidate(tuple(Span(piece.start + by, piece.end + by) for piece in mark), fit_of_same(mark))

    def candidates(self, mark: Fragments) -> list[Candidate]:
        """The places where a mark may be, the likeliest first; the only one, where it is plain."""
        proposed = self._by(self.alignment, mark)
        if proposed and proposed.score >= SURE and self.is_plain(mark):
            return [proposed]
        found = [proposed, *self._searched(mark)]
        if len(mark) > 1:
            found.append(self._apart(mark))
        else:
            found += [self._grown(mark, each) for each in found if each is not None]
        best: dict[Fragments, Candidate] = {}
        for each in found:
            if each is not None:
                best.setdefault(each.fragments, each)
        return sorted(best.values(), key=_by_score)

    def _grown(self, mark: Fragments, place: Candidate) -> Candidate | None:
        """The place with the words of the mark that stand right beside it; None where there are none."""
        wider = grown(self.old, self.new, mark[0], place.fragments[0])
        return None if wider == place.fragments[0] else self._judged(mark, (wider,))

    def other_edges(self, mark: Fragments) -> list[Candidate]:
        """Places by the diff that begin or end elsewhere, for a person to choose from."""
        if len(mark) > 1:
            return []
        likely = places(self.old, self.new, self.alignment, mark[0])
        likely.sort(key=partial(fit_of_edges, self.old, self.new, mark[0]), reverse=True)
        return [self._judged(mark, (place,)) for place in likely[:MOST_CANDIDATES]]

    def _searched(self, mark: Fragments) -> Iterator[Candidate | None]:
        hull = Span(mark[0].start, mark[-1].end)
        for window in windows(self.old, self.new, self.where, hull):
            yield self._by(window, mark)
        if len(mark) == 1:
            for place in exact(self.old, self.new, mark[0], self.near(mark)):
                yield self._judged(mark, (place,))

    def _apart(self, mark: Fragments) -> Candidate | None:
        """The pieces of a mark looked for one by one, for a person to see."""
        each = [found[0] for piece in mark if (found := self.candidates((piece,)))]
        fragments = merged(span for one in each if one.score >= GONE for span in one.fragments)
        return Candidate(fragments, min(_UNSURE, fit(self.old, self.new, mark, fragments))) if fragments else None

    def _by(self, alignment: Alignment, mark: Fragments) -> Candidate | None:
        """Where an alignment puts a mark, all pieces by the same one; those it knows nothing of are left out."""
        found: list[Span] = []
        for piece in mark:
            likely = places(self.old, self.new, alignment, piece)
            if len(likely) > 1:
                likely.sort(key=partial(fit_of_edges, self.old, self.new, piece), reverse=True)
            found += likely[:1]
        if any(later.start < earlier.end for earlier, later in pairwise(found)):
            return None
        return self._judged(mark, merged(found)) if found else None

    def _judged(self, mark: Fragments, fragments: Fragments) -> Candidate:
        return Candidate(fragments, fit(self.old, self.new, mark, fragments))


def _around(tokens: Tokens, start: int, end: int) -> tuple[str, int]:
    """The words of a place with those around it, and where they begin in that."""
    first = max(0, start - CONTEXT)
    return tokens.text[first : end + CONTEXT], start - first


def _carried(there: _Way, back: _Way, mark: Fragments) -> Carried:
    unmoved = there.unmoved(mark)
    if unmoved is not None:
        # The way back is as plain, and leads to where the mark was.
        return Carried(unmoved.fragments, Status.SURE, unmoved.score, (unmoved,), there.near(mark))
    found = there.candidates(mark)
    best = found[0] if found else None
    near = there.near(mark)
    if best is None or best.score < GONE:
        return Carried((), Status.GONE, best.score if best else 0.0, _offered(found), near)
    if best.score >= SURE and not (_is_alone(found) and _leads_back(back, best, mark)):
        found[0] = best = Candidate(best.fragments, _UNSURE)
    status = Status.SURE if best.score >= SURE else Status.UNSURE
    more = there.other_edges(mark) if status is Status.UNSURE else []
    return Carried(best.fragments, status, best.score, _offered([*found, *more]), near)


def _is_alone(found: Sequence[Candidate]) -> bool:
    """Whether no other place is nearly as likely; the same place with other edges is none."""
    best = found[0].fragments
    return not any(
        other.score > found[0].score - _CLOSE
        and (other.fragments[-1].end <= best[0].start or best[-1].end <= other.fragments[0].start)
        for other in found[1:]
    )


def _leads_back(back: _Way, place: Candidate, mark: Fragments) -> bool:
    found = back.candidates(place.fragments)
    return bool(found) and found[0].fragments == mark and _is_alone(found)


def _offered(found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The likeliest place, then the others that are worth a look."""
    worthy = {each.fragments: each for each in reversed(found) if each.score > _WORTH_A_LOOK}
    likeliest = [each for each in found[:1] if each.fragments in worthy]
    others = [each for each in worthy.values() if each not in likeliest]
    return (*likeliest, *sorted(others, key=_by_score)[: MOST_CANDIDATES - 1])


def _by_score(candidate: Candidate) -> float:
    return -candidate.score
