"""Where two people differ on one article, and what they agree on.

Marks go in pairs (`reader.review.matching`). A pair on the same pieces with the same tag is `agreed`, unless both say
something else of it: what only one of them says (a note, an attribute) is no difference. All else is a difference of
one kind, the first that fits:

- `split`: one mark here, several of the same tag there, each at least half inside it; or one whole piece here and
  several there in one mark;
- `tag`: another tag, on much the same words;
- `pieces`: the same tag, both in several pieces, another number of them;
- `edges`: the same tag on other words;
- `said`: the same tag and words, another note or another value of an attribute;
- `only A`, `only B`: nothing there that it goes with.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from reader.annotations.annotation import Annotation
from reader.documents.span import Span, merged
from reader.review.matching import Fragments, length, matched, shared

Marks = tuple[Annotation, ...]


class Kind(StrEnum):
    """How two people differ on some words."""

    ONLY_A = "only A"
    ONLY_B = "only B"
    EDGES = "edges"
    TAG = "tag"
    SAID = "said"
    """An attribute or the note."""
    PIECES = "pieces"
    SPLIT = "split"
    AGREED = "agreed"
    """None: both have marked the same."""


class Difference(NamedTuple):
    """Marks of two people that go together, and how far they are the same."""

    kind: Kind
    a: Marks
    """Empty where only B has one; several only where B's one is split."""
    b: Marks
    edges: bool = False
    """Whether they are on other words: a difference of tags may be one of edges too."""
    said: tuple[str, ...] = ()
    """What else differs between two marks: `note`, and the names of attributes."""
    final: bool = False
    """Whether A is no person but what was decided so far."""

    @property
    def marks(self) -> Marks:
        """All of its marks."""
        return (*self.a, *self.b)

    @property
    def people(self) -> Marks:
        """The marks that people made, which a decision is about."""
        return self.b if self.final else self.marks

    @property
    def turned(self) -> Difference:
        """The same with the sides the other way round."""
        kinds = {Kind.ONLY_A: Kind.ONLY_B, Kind.ONLY_B: Kind.ONLY_A}
        return self._replace(kind=kinds.get(self.kind, self.kind), a=self.b, b=self.a)

    @property
    def key(self) -> str:
        """What it lies between: the ids of people's marks, in order."""
        return " ".join(sorted(mark.id for mark in self.people))

    @property
    def start(self) -> int:
        """Where the first of its marks begins."""
        return min(mark.start for mark in self.marks)

    @property
    def end(self) -> int:
        """Where the last of its marks ends."""
        return max(mark.end for mark in self.marks)

    @property
    def size(self) -> int:
        """Code points that they have marked differently."""
        a, b = covered(self.a), covered(self.b)
        if self.kind is Kind.TAG:
            return max(length(a), length(b))
        return length(a) + length(b) - 2 * length(shared(a, b))

    @property
    def filled(self) -> tuple[str, ...]:
        """What only one of two marks says: `note`, and the names of attributes."""
        if len(self.a) != 1 or len(self.b) != 1:
            return ()
        (a,), (b,) = self.a, self.b
        names = sorted({*a.attributes, *b.attributes})
        only = [name for name in names if bool(a.attributes.get(name)) != bool(b.attributes.get(name))]
        return (*(["note"] if bool(a.note) != bool(b.note) else []), *only)


class Compared(NamedTuple):
    """Two people's marks in one article."""

    agreed: tuple[Difference, ...]
    differences: tuple[Difference, ...]
    """Both in the order of the text."""


def compare(a: Sequence[Annotation], b: Sequence[Annotation]) -> Compared:
    """What both agree on, and where they differ."""
    pairs = dict(matched(a, b))
    same = {i: j for i, j in pairs.items() if (a[i].tag, a[i].fragments) == (b[j].tag, b[j].fragments)}
    agreed, found = list[Difference](), list[Difference]()
    for i, j in same.items():
        said = conflicts(a[i], b[j])
        one = Difference(Kind.SAID if said else Kind.AGREED, (a[i],), (b[j],), said=said)
        (found if said else agreed).append(one)
    used_a, used_b = set(same), set(same.values())
    back = {j: i for i, j in pairs.items()}
    for i, several in _splits(a, b, pairs, used_a, used_b):
        found.append(Difference(Kind.SPLIT, (a[i],), tuple(b[j] for j in several), edges=True))
    for j, several in _splits(b, a, back, used_b, used_a):
        found.append(Difference(Kind.SPLIT, tuple(a[i] for i in several), (b[j],), edges=True))
    for i, j in pairs.items():
        if i not in used_a and j not in used_b:
            used_a.add(i)
            used_b.add(j)
            found.append(between(a[i], b[j]))
    found += (Difference(Kind.ONLY_A, (mark,), ()) for i, mark in enumerate(a) if i not in used_a)
    found += (Difference(Kind.ONLY_B, (), (mark,)) for j, mark in enumerate(b) if j not in used_b)
    return Compared(tuple(sorted(agreed, key=in_text_order)), tuple(sorted(found, key=in_text_order)))


def in_text_order(difference: Difference) -> tuple[int, int, str]:
    """What differences are sorted by: where people's marks begin, the longer first.

    What was decided so far is left out of it, so that no decision moves what others are about.
    """
    marks = difference.people
    return min(mark.start for mark in marks), -max(mark.end for mark in marks), difference.key


def between(a: Annotation, b: Annotation) -> Difference:
    """How the two marks of a pair differ that are not on the same pieces with the same tag."""
    edges, said = a.fragments != b.fragments, conflicts(a, b)
    counts = len(a.fragments), len(b.fragments)
    if a.tag != b.tag:
        kind = Kind.TAG
    elif counts[0] != counts[1]:
        kind = Kind.SPLIT if 1 in counts else Kind.PIECES
    else:
        kind = Kind.EDGES if edges else Kind.SAID
    return Difference(kind, (a,), (b,), edges, said)


def conflicts(a: Annotation, b: Annotation) -> tuple[str, ...]:
    """What both say and say differently: `note`, and the names of attributes."""
    note = ["note"] if a.note and b.note and a.note != b.note else []
    names = sorted(
        name for name, values in a.attributes.items()
        if values and b.attributes.get(name) and sorted(values) != sorted(b.attributes[name])
    )  # fmt: skip
    return (*note, *names)


def covered(marks: Sequence[Annotation]) -> Fragments:
    """All that the marks cover, in order."""
    return merged(span for mark in marks for span in mark.fragments)


def _splits(
    ones: Sequence[Annotation],
    others: Sequence[Annotation],
    pairs: Mapping[int, int],
    used: set[int],
    used_others: set[int],
) -> list[tuple[int, list[int]]]:
    """Each mark of `ones` that stands as several of `others`; all of them are used then."""
    taken_by = {j: i for i, j in pairs.items()}
    places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for j, mark in enumerate(others):
        places[mark.tag].append((mark.start, j))
    for listed in places.values():
        listed.sort()
    found: list[tuple[int, list[int]]] = []
    for i in sorted((i for i in range(len(ones)) if i not in used), key=lambda i: (ones[i].start, -ones[i].end)):
        one = ones[i]
        listed = places.get(one.tag, [])
        several: list[int] = []
        for _, j in listed[_before(listed, one.start) : bisect_left(listed, (one.end, -1))]:
            free = others[j].end > one.start and j not in used_others and taken_by.get(j, i) == i
            if free and 2 * length(shared(one.fragments, others[j].fragments)) >= length(others[j].fragments):
                several.append(j)
        if len(several) > 1:
            used.add(i)
            used_others.update(several)
            found.append((i, several))
    return found


_REACH = 20
"""Marks of one tag before a place that are looked at for one that half reaches into what comes."""


def _before(listed: Sequence[tuple[int, int]], start: int) -> int:
    return max(0, bisect_left(listed, (start, -1)) - _REACH)


def union(difference: Difference) -> Fragments:
    """What either has marked."""
    return covered((*difference.a, *difference.b))


def intersection(difference: Difference) -> Fragments:
    """What both have marked."""
    return shared(covered(difference.a), covered(difference.b))


def apart(difference: Difference) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """What only A has marked, and what only B has."""
    a, b = covered(difference.a), covered(difference.b)
    return _less(a, b), _less(b, a)


def _less(one: Fragments, other: Fragments) -> Fragments:
    left: list[Span] = []
    for span in one:
        at = span.start
        for cut in shared((span,), other):
            if at < cut.start:
                left.append(Span(at, cut.start))
            at = cut.end
        if at < span.end:
            left.append(Span(at, span.end))
    return tuple(left)
