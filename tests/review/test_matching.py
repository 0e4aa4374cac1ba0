"""Which mark goes with which."""

from __future__ import annotations

from itertools import permutations
from random import Random
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.documents.span import Span, merged
from reader.review import matching
from reader.review.matching import best, length, matched, shared
from tests.marks import marked

Fragments = tuple[Span, ...]


class Mark(NamedTuple):
    tag: str
    fragments: Fragments


def of(written: str) -> list[Mark]:
    return [Mark(tag, pieces) for pieces, tag in marked(written)[1]]


@pytest.mark.parametrize(
    "ours, theirs, pairs",
    [
        ("The [moon]{claim} is full.", "The [moon]{claim} is full.", [(0, 0)]),
        ("The [moon]{claim} is full.", "The [moon is]{claim} full.", [(0, 0)]),
        ("The [moon]{claim} is full.", "The moon is [full]{claim}.", []),
        ("The [moon]{claim} is full.", "The [moon]{opinion} is full.", [(0, 0)]),
        # A loaded word inside a quotation is another mark.
        ('He said "[a quite disastrous plan]{quote}".', 'He said "a quite [disastrous]{loaded} plan".', []),
        # One tag counts twice: the quote goes with the quote, although the claim has the very same words.
        ("[It will cost a lot]{quote}.", "[[It will cost a]{quote} lot]{claim}.", [(0, 0)]),
        # The larger overlap.
        ("[one two three four]{claim}", "[one]{claim} [two three four]{claim}", [(0, 1)]),
        # Pieces count as what they cover.
        ("[one]{quote 1} two [three]{quote 1}", "[one two three]{quote}", [(0, 0)]),
    ],
)
def test_pairs(ours: str, theirs: str, pairs: list[tuple[int, int]]) -> None:
    assert matched(of(ours), of(theirs)) == pairs


places = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), min_size=1, max_size=3).map(
    lambda spans: merged(Span(start, start + size) for start, size in spans)
)
marks = st.lists(st.builds(Mark, st.sampled_from("cq"), places), max_size=5)


@given(marks, marks)
def test_no_mark_is_in_two_pairs_and_all_share_words(ours: list[Mark], theirs: list[Mark]) -> None:
    pairs = matched(ours, theirs)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert all(shared(ours[i].fragments, theirs[j].fragments) for i, j in pairs)


@given(marks, marks)
def test_the_other_way_round_shares_as_much(ours: list[Mark], theirs: list[Mark]) -> None:
    there, back = matched(ours, theirs), matched(theirs, ours)
    assert _gained(ours, theirs, there) == _gained(ours, theirs, [(i, j) for j, i in back])


@given(marks, marks, st.randoms())
def test_the_order_of_the_marks_does_not_matter(ours: list[Mark], theirs: list[Mark], random: Random) -> None:
    mixed = ours.copy()
    random.shuffle(mixed)
    assert _places(ours, theirs, matched(ours, theirs)) == _places(mixed, theirs, matched(mixed, theirs))


def _places(ours: list[Mark], theirs: list[Mark], pairs: list[tuple[int, int]]) -> list[tuple[Mark, Mark]]:
    return sorted((ours[i], theirs[j]) for i, j in pairs)


def _gained(ours: list[Mark], theirs: list[Mark], pairs: list[tuple[int, int]]) -> int:
    return sum(
        length(shared(ours[i].fragments, theirs[j].fragments)) * (2 if ours[i].tag == theirs[j].tag else 1)
        for i, j in pairs
    )


weights = st.lists(st.dictionaries(st.integers(0, 3), st.integers(1, 9), max_size=4), max_size=4)


@given(weights)
def test_no_other_pairs_gain_more(rows: list[dict[int, int]]) -> None:
    def total(columns: list[int | None]) -> int:
        return sum(row[column] for row, column in zip(rows, columns, strict=True) if column is not None)

    most = 0
    for order in permutations([*range(4), *[None] * len(rows)], len(rows)):
        if all(column is None or column in row for row, column in zip(rows, order, strict=True)):
            most = max(most, total(list(order)))
    assert total(best(rows)) == most


@given(weights)
def test_a_group_that_is_too_large_gets_half_at_least(rows: list[dict[int, int]]) -> None:
    def total(columns: list[int | None]) -> int:
        return sum(row[column] for row, column in zip(rows, columns, strict=True) if column is not None)

    assert 2 * total(matching._greedy(rows)) >= total(best(rows))


def test_shared_is_what_both_cover() -> None:
    assert shared((Span(0, 5), Span(8, 12)), (Span(3, 9),)) == (Span(3, 5), Span(8, 9))
