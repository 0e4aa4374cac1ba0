"""The numbers of a text that all measures come from: small, added up over texts, so that no span is looked at twice.

Everything is a length in code points or a count, by whom it is about (a pair, or all) and by row (a tag, any tag, all
tags). What is not there is zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from operator import add
from typing import NamedTuple

from reader.review.agreement.spans import Cover, Mark, Pieces, Row, Text, Whole, joined, overlapping, size

Group = tuple[str, ...]
"""Annotators, in the order in which they are listed; a pair has two."""


class PairCounts(NamedTuple):
    """Two annotators, `a` and `b`, in one row."""

    marks_a: int = 0
    """Marks; in the row ANY the places that are marked, each once."""
    marks_b: int = 0
    exact: int = 0
    """Marks that both made on the very same pieces."""
    spans_a: int = 0
    """Marks, after those of the row that overlap each other have become one; in the row ALL those of each tag."""
    spans_b: int = 0
    in_b: float = 0
    """The share of each of a's spans that lies in b's, added up."""
    in_a: float = 0
    length_a: int = 0
    """Code points in at least one mark; in the row ALL added up over the tags."""
    length_b: int = 0
    differ: float = 0
    """Code points to which both gave different values; in the row ALL only where neither's marks overlap each other."""
    squares: int = 0
    """The squares of the lengths of all pieces of both, added up."""

    @property
    def both(self) -> float:
        """Code points that both marked, of one tag or any; of several tags, added up over them."""
        return (self.length_a + self.length_b - self.differ) / 2


class GroupCounts(NamedTuple):
    """Several annotators in one row; see `PairCounts`."""

    length: int = 0
    differ: float = 0
    """Code points at which two differ, over all pairs, divided by one less than the annotators of the text."""
    squares: int = 0


class Overlaps(NamedTuple):
    """Marks of one annotator and row that overlap each other."""

    people: frozenset[str]
    """Whose."""
    texts: int


@dataclass(slots=True)
class Counts:
    """The numbers of one text, or of several together."""

    texts: dict[Group, int] = field(default_factory=dict)
    """How many texts at least two of the group have read."""
    values: dict[Group, int] = field(default_factory=dict)
    """Code points of each text times those of the group who have read it."""
    pairs: dict[tuple[Group, Row], PairCounts] = field(default_factory=dict)
    groups: dict[tuple[Group, Row], GroupCounts] = field(default_factory=dict)
    """Only of more than two annotators."""
    overlapping: dict[tuple[Group, Row], Overlaps] = field(default_factory=dict)
    """In texts that two of the group have read; in the row ALL those of any tag."""
    parted: set[tuple[Group, Row]] = field(default_factory=set)
    """Where somebody's marks have several pieces."""

    def pair(self, pair: Group, row: Row) -> PairCounts:
        """The numbers of two annotators."""
        return self.pairs.get((pair, row), _NO_PAIR)

    def group(self, group: Group, row: Row) -> GroupCounts:
        """The numbers of several annotators, or of two."""
        if len(group) == 2:
            pair = self.pair(group, row)
            return GroupCounts(pair.length_a + pair.length_b, pair.differ, pair.squares)
        return self.groups.get((group, row), _NO_GROUP)


_NO_PAIR, _NO_GROUP, _NO_OVERLAPS = PairCounts(), GroupCounts(), Overlaps(frozenset(), 0)


class _Side(NamedTuple):
    """What one annotator marked in one row."""

    places: frozenset[Pieces] = frozenset()
    spans: Sequence[Pieces] = ()
    cover: Cover = Cover()
    length: int = 0
    squares: int = 0
    overlaps: bool = False
    is_parted: bool = False


_NOTHING = _Side()
_Sides = Mapping[Row, _Side]


def counted(text: Text, everybody: Group) -> Counts:
    """The numbers of one text, for each pair of those who have read it and for `everybody` of them together."""
    counts = Counts()
    readers = [who for who in everybody if who in text.marks]
    sides = {who: _sides(text.marks[who]) for who in readers}
    for pair in combinations(readers, 2):
        _count_text(counts, pair, text, {who: sides[who] for who in pair})
        _count_pair(counts, pair, sides[pair[0]], sides[pair[1]])
    if len(everybody) > 2 and len(readers) > 1:
        _count_text(counts, everybody, text, sides)
        for row in dict.fromkeys(row for some in sides.values() for row in some):
            of_row = [some.get(row, _NOTHING) for some in sides.values()]
            differ = sum(counts.pair(pair, row).differ for pair in combinations(readers, 2))
            counts.groups[everybody, row] = GroupCounts(
                sum(side.length for side in of_row),
                differ / (len(readers) - 1),
                sum(side.squares for side in of_row),
            )
    return counts


def pooled(several: Iterable[Counts]) -> Counts:
    """The numbers of several texts together: each is a sum over them."""
    total = Counts()
    for one in several:
        for group, number in one.texts.items():
            total.texts[group] = total.texts.get(group, 0) + number
        for group, number in one.values.items():
            total.values[group] = total.values.get(group, 0) + number
        for key, pair in one.pairs.items():
            known = total.pairs.get(key)
            total.pairs[key] = pair if known is None else PairCounts(*map(add, known, pair))
        for key, group_counts in one.groups.items():
            before = total.groups.get(key)
            total.groups[key] = group_counts if before is None else GroupCounts(*map(add, before, group_counts))
        for key, (people, texts) in one.overlapping.items():
            known_people, known_texts = total.overlapping.get(key, _NO_OVERLAPS)
            total.overlapping[key] = Overlaps(known_people | people, known_texts + texts)
        total.parted |= one.parted
    return total


def _sides(marks: Sequence[Mark]) -> dict[Row, _Side]:
    """What somebody marked: each tag, any tag, all tags."""
    by_tag: dict[str, list[Pieces]] = {}
    # The same mark twice, as after two tags were merged, is one.
    for tag, pieces in dict.fromkeys(marks):
        by_tag.setdefault(tag, []).append(pieces)
    if not by_tag:
        return {}
    sides: dict[Row, _Side] = {tag: _side(some) for tag, some in by_tag.items()}
    length = sum(side.length for side in sides.values())
    sides[Whole.ANY] = anything = _side([pieces for some in by_tag.values() for pieces in some])
    sides[Whole.ALL] = anything._replace(places=frozenset(), spans=(), cover=Cover(), length=length)
    return sides


def _side(marks: Sequence[Pieces]) -> _Side:
    pieces = [piece for some in marks for piece in some]
    cover = Cover(pieces)
    squares = sum([(end - start) ** 2 for start, end in pieces])
    is_parted = len(pieces) > len(marks)
    return _Side(frozenset(marks), joined(marks), cover, cover.length, squares, overlapping(marks), is_parted)


def _count_text(counts: Counts, group: Group, text: Text, sides: Mapping[str, _Sides]) -> None:
    """Adds that these of a group have read a text, and what is special about their marks in it."""
    counts.texts[group] = 1
    counts.values[group] = len(sides) * text.length
    for row in {row for side in sides.values() for row in side}:
        people = frozenset(who for who, side in sides.items() if side.get(row, _NOTHING).overlaps)
        if people:
            counts.overlapping[group, row] = Overlaps(people, 1)
        if any(side.get(row, _NOTHING).is_parted for side in sides.values()):
            counts.parted.add((group, row))


def _count_pair(counts: Counts, pair: Group, a: _Sides, b: _Sides) -> None:
    """Adds the numbers of two annotators in one text."""
    rows = {row: _pair(a.get(row, _NOTHING), b.get(row, _NOTHING)) for row in {**a, **b} if row is not Whole.ALL}
    if not rows:
        return
    counts.pairs |= {(pair, row): numbers for row, numbers in rows.items()}
    anything = rows.pop(Whole.ANY)
    total = PairCounts(*map(sum, zip(*rows.values(), strict=True)))
    differ = 0.0
    if not any(side[Whole.ANY].overlaps for side in (a, b) if side):
        # Each has one tag at most at a code point, so they differ wherever one has any and not both the same.
        differ = anything.length_a + anything.length_b - anything.both - total.both
    counts.pairs[pair, Whole.ALL] = total._replace(differ=differ, squares=anything.squares)


def _pair(a: _Side, b: _Side) -> PairCounts:
    both = a.cover.shared(b.cover)
    return PairCounts(
        marks_a=len(a.places),
        marks_b=len(b.places),
        exact=len(a.places & b.places),
        spans_a=len(a.spans),
        spans_b=len(b.spans),
        in_b=sum([b.cover.within(span) / size(span) for span in a.spans]),
        in_a=sum([a.cover.within(span) / size(span) for span in b.spans]),
        length_a=a.length,
        length_b=b.length,
        differ=a.length + b.length - 2 * both,
        squares=a.squares + b.squares,
    )
