"""Which of one person's marks goes with which of another's.

Two marks can go together where they share words: marks of one tag wherever they do, marks of different tags only where
they are on much the same words (they share at least two thirds of all that either covers), since a loaded word inside a
quotation is another mark and no disagreement on the quotation.

What is the same in both (tag and pieces) goes together first. Of the others, marks that overlap make up groups, and in
each group the pairs are chosen so that the shared code points are most in all, those of one tag counted twice, and
among equals the pairs of one tag. This is an assignment problem, solved exactly by shortest augmenting paths (Jonker
and Volgenant, Computing 38, 1987, here on sparse weights): n marks with e overlaps take O(n · e · log e). A group with
n · e over `EXACT` is paired off greedily, the largest overlap first, which gets at least half of the most possible.
The same marks give the same pairs, in whatever order they come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from heapq import heappop, heappush
from typing import Protocol

from reader.documents.span import Span

EXACT = 2_000_000
"""Marks times overlaps of a group up to which the best pairs are found."""

Fragments = tuple[Span, ...]
Weights = Sequence[Mapping[int, int]]
"""What each row gains with which column; all more than nothing."""


class Placed(Protocol):
    """A mark as far as it is compared: what it says, and of which words."""

    @property
    def tag(self) -> str:
        """Id of the tag."""

    @property
    def fragments(self) -> Fragments:
        """One or more, in order, not touching."""


def matched(ours: Sequence[Placed], theirs: Sequence[Placed]) -> list[tuple[int, int]]:
    """The pairs (index in `ours`, index in `theirs`), in the order of `ours`; each mark is in one at most."""
    pairs = _same(ours, theirs)
    done, taken = set(pairs), set(pairs.values())
    left = sorted((i for i in range(len(ours)) if i not in done), key=lambda i: _order(ours[i]))
    right = sorted((j for j in range(len(theirs)) if j not in taken), key=lambda j: _order(theirs[j]))
    mine, others = [ours[i] for i in left], [theirs[j] for j in right]
    for rows, weights in _groups(mine, others):
        for row, column in zip(rows, best(weights), strict=True):
            if column is not None:
                pairs[left[row]] = right[column]
    return sorted(pairs.items())


def length(fragments: Fragments) -> int:
    """How many code points they cover."""
    return sum(span.end - span.start for span in fragments)


def shared(a: Fragments, b: Fragments) -> Fragments:
    """What both cover."""
    out: list[Span] = []
    i = j = 0
    while i < len(a) and j < len(b):
        start, end = max(a[i].start, b[j].start), min(a[i].end, b[j].end)
        if start < end:
            out.append(Span(start, end))
        if a[i].end < b[j].end:
            i += 1
        else:
            j += 1
    return tuple(out)


def best(weights: Weights) -> list[int | None]:
    """The column of each row, so that the sum of the weights is the most; none where a row is better off alone."""
    if len(weights) == 1:
        (only,) = weights
        return [min(only, key=lambda column: (-only[column], column), default=None)]
    if len(weights) * sum(map(len, weights)) > EXACT:
        return _greedy(weights)
    return _assigned(weights)


def _same(ours: Sequence[Placed], theirs: Sequence[Placed]) -> dict[int, int]:
    """What stands in both."""
    there: defaultdict[tuple[str, Fragments], list[int]] = defaultdict(list)
    for j in range(len(theirs) - 1, -1, -1):
        there[theirs[j].tag, theirs[j].fragments].append(j)
    pairs: dict[int, int] = {}
    for i, mark in enumerate(ours):
        same = there.get((mark.tag, mark.fragments))
        if same:
            pairs[i] = same.pop()
    return pairs


def _order(mark: Placed) -> tuple[Fragments, str]:
    return mark.fragments, mark.tag


def _groups(mine: Sequence[Placed], others: Sequence[Placed]) -> list[tuple[list[int], Weights]]:
    """The marks of `mine` that hang together by what they can go with: their indexes, and what each would gain."""
    gains = _gains(mine, others)
    rows_of: defaultdict[int, list[int]] = defaultdict(list)
    for row, gain in enumerate(gains):
        for column in gain:
            rows_of[column].append(row)
    seen, groups = set[int](), list[tuple[list[int], Weights]]()
    for first in range(len(mine)):
        if first in seen or not gains[first]:
            continue
        seen.add(first)
        rows = [first]
        for row in rows:
            for column in gains[row]:
                new = [other for other in rows_of.pop(column, ()) if other not in seen]
                seen.update(new)
                rows += new
        rows.sort()
        # Shared words come first, then the tag: it is worth less than any code point, however many pairs there are.
        groups.append((rows, [{c: w * (len(rows) + 1) + tag for c, (w, tag) in gains[r].items()} for r in rows]))
    return groups


def _gains(mine: Sequence[Placed], others: Sequence[Placed]) -> list[dict[int, tuple[int, int]]]:
    """What each mark has in common with each that it can go with: code points that count, and whether the tag is."""
    overlaps: list[defaultdict[int, int]] = [defaultdict(int) for _ in mine]
    pieces = sorted((span.start, span.end, j) for j, mark in enumerate(others) for span in mark.fragments)
    # Those that have begun and may reach into what comes: every look at one is an overlap, or its last.
    begun: list[tuple[int, int, int]] = []
    next_ = 0
    for start, end, i in sorted((span.start, span.end, i) for i, mark in enumerate(mine) for span in mark.fragments):
        while next_ < len(pieces) and pieces[next_][0] <= start:
            begun.append(pieces[next_])
            next_ += 1
        begun = [piece for piece in begun if piece[1] > start]
        for _, reach, j in begun:
            overlaps[i][j] += min(reach, end) - start
        at = next_
        while at < len(pieces) and pieces[at][0] < end:
            begins, reach, j = pieces[at]
            overlaps[i][j] += min(reach, end) - begins
            at += 1
    lengths = [length(mark.fragments) for mark in others]
    gains: list[dict[int, tuple[int, int]]] = []
    for mark, found in zip(mine, overlaps, strict=True):
        own, gain = length(mark.fragments), dict[int, tuple[int, int]]()
        for j in sorted(found):
            common = found[j]
            if mark.tag == others[j].tag:
                gain[j] = (2 * common, 1)
            elif 3 * common >= 2 * (own + lengths[j] - common):
                gain[j] = (common, 0)
        gains.append(gain)
    return gains


def _greedy(weights: Weights) -> list[int | None]:
    chosen: list[int | None] = [None] * len(weights)
    taken = set[int]()
    for _, row, column in sorted((-w, r, c) for r, gain in enumerate(weights) for c, w in gain.items()):
        if chosen[row] is None and column not in taken:
            chosen[row] = column
            taken.add(column)
    return chosen


def _assigned(weights: Weights) -> list[int | None]:
    """Row by row the shortest augmenting path; every row may also take a column of its own that gains nothing."""
    alone = 1 + max((column for gain in weights for column in gain), default=0)
    edges = [[*gain.items(), (alone + row, 0)] for row, gain in enumerate(weights)]
    row_price = [-max(weight for _, weight in edge) for edge in edges]
    column_price: defaultdict[int, int] = defaultdict(int)
    row_of: dict[int, int] = {}
    column_of: dict[int, int] = {}
    for first in range(len(weights)):
        distance: dict[int, int] = {}
        came_from: dict[int, int] = {}
        done: list[int] = []
        settled = set[int]()
        heap: list[tuple[int, int]] = []
        row, so_far = first, 0
        while True:
            for column, weight in edges[row]:
                if column in settled:
                    continue
                new = so_far - weight - row_price[row] - column_price[column]
                if column not in distance or new < distance[column]:
                    distance[column], came_from[column] = new, row
                    heappush(heap, (new, column))
            so_far, column = heappop(heap)
            while column in settled:
                so_far, column = heappop(heap)
            settled.add(column)
            if column not in row_of:
                break
            done.append(column)
            row = row_of[column]
        row_price[first] += so_far
        for each in done:
            change = so_far - distance[each]
            column_price[each] -= change
            row_price[row_of[each]] += change
        while True:
            row = came_from[column]
            previous = column_of.get(row)
            row_of[column], column_of[row] = row, column
            if row == first:
                break
            assert previous is not None
            column = previous
    return [column_of[row] if column_of[row] < alone else None for row in range(len(weights))]
