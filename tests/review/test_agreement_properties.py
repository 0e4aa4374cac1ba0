"""What must hold of every measure, whoever marked what; and each formula once more, slowly, character by character."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations, pairwise, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.review.agreement.counting import counted, pooled
from reader.review.agreement.measures import MEASURES, by_id, measured
from reader.review.agreement.spans import Cover, Mark, Pieces, Row, Text, Whole, joined, overlapping, size

PEOPLE = ("ana", "ben", "cat")
TAGS = ("quote", "claim")
ROWS: tuple[Row, ...] = (Whole.ALL, Whole.ANY, *TAGS)
LENGTH = 24
Values = dict[str, float | None]


@st.composite
def pieces(draw: st.DrawFn, length: int = LENGTH) -> Pieces:
    """One piece or two that do not touch."""
    cuts = draw(st.lists(st.integers(0, length), min_size=2, max_size=4, unique=True).map(sorted))
    return ((cuts[0], cuts[1]),) if len(cuts) < 4 else ((cuts[0], cuts[1]), (cuts[2], cuts[3]))


def marks() -> st.SearchStrategy[list[Mark]]:
    """Marks of which no two are the same."""
    return st.lists(st.builds(Mark, st.sampled_from(TAGS), pieces()), max_size=4, unique=True)


@st.composite
def apart(draw: st.DrawFn) -> list[Mark]:
    """Marks of one piece that may touch and never overlap."""
    cuts = draw(st.lists(st.integers(0, LENGTH), max_size=7, unique=True).map(sorted))
    spans = [each for each in pairwise(cuts) if draw(st.booleans())]
    return [Mark(draw(st.sampled_from(TAGS)), (span,)) for span in spans]


def texts() -> st.SearchStrategy[list[Text]]:
    """Texts that some of the people have read."""
    read = st.dictionaries(st.sampled_from(PEOPLE), marks())
    return st.lists(st.builds(Text, st.just("t"), st.integers(LENGTH, LENGTH + 3), read), min_size=1, max_size=3)


def both(some: st.SearchStrategy[list[Mark]]) -> st.SearchStrategy[list[Text]]:
    """Texts that two have read."""
    one = st.builds(Text, st.just("t"), st.just(LENGTH), st.fixed_dictionaries({"ana": some, "ben": some}))
    return st.lists(one, min_size=1, max_size=3)


def values(some: Sequence[Text], group: tuple[str, ...] = PEOPLE, row: Row = Whole.ANY) -> Values:
    counts = pooled(counted(text, group) for text in some)
    return {measure.id: measured(measure, counts, group, row).number for measure in MEASURES}


def close(a: float | None, b: float | None) -> bool:
    return (a is None) == (b is None) and (a is None or b is None or abs(a - b) < 1e-9)


def moved(mark: Mark, by: int) -> Mark:
    return Mark(mark.tag, tuple((start + by, end + by) for start, end in mark.pieces))


# What must hold


@given(texts())
def test_a_number_or_the_reason_why_there_is_none(some: list[Text]) -> None:
    counts = pooled(counted(text, PEOPLE) for text in some)
    for measure, row in product(MEASURES, ROWS):
        value = measured(measure, counts, PEOPLE, row)
        if value.number is None:
            assert value.why.endswith(".")
        else:
            assert not value.why
            assert (-1 if measure.id in ("kappa", "alpha", "unitizing") else 0) <= value.number <= 1


@given(st.lists(st.one_of(marks(), apart()), min_size=1, max_size=3), st.integers(2, 3))
def test_who_marked_the_same_agrees_fully(some: list[list[Mark]], people: int) -> None:
    same = [Text("t", LENGTH, dict.fromkeys(PEOPLE[:people], each)) for each in some]
    for row in ROWS:
        found = values(same, PEOPLE[:people], row)
        assert all(number is None or abs(number - 1) < 1e-12 for number in found.values())
        if any(mark.tag == row or isinstance(row, Whole) for each in some for mark in each):
            assert None not in (found["exact"], found["overlap"])


@given(st.lists(st.integers(0, 9), min_size=2, unique=True).map(sorted))
def test_who_shares_no_character_never_agrees(cuts: list[int]) -> None:
    spans = list(pairwise(cuts))
    sides = {"ana": spans[::2], "ben": spans[1::2]}
    text = Text("t", 10, {who: [Mark("quote", (span,)) for span in some] for who, some in sides.items()})
    found = values([text], ("ana", "ben"), "quote")
    assert found["exact"] == found["overlap"] == 0
    for name in ("kappa", "alpha", "unitizing"):
        number = found[name]
        assert number is not None
        assert number <= 0


@given(both(st.one_of(marks(), apart())))
def test_nobody_comes_first(some: list[Text]) -> None:
    for row in ROWS:
        one, other = values(some, ("ana", "ben"), row), values(some, ("ben", "ana"), row)
        assert all(close(one[name], other[name]) for name in one)


@given(texts(), st.permutations(PEOPLE))
def test_the_order_of_people_does_not_matter(some: list[Text], order: list[str]) -> None:
    for row in ROWS:
        one, other = values(some, PEOPLE, row), values(some, tuple(order), row)
        assert all(close(one[name], other[name]) for name in one)


@given(both(st.one_of(marks(), apart())), st.integers(0, 9))
def test_marks_may_move_along_in_a_text_of_the_same_length(some: list[Text], by: int) -> None:
    longer = [text._replace(length=text.length + 9) for text in some]
    shifted = [
        text._replace(marks={who: [moved(mark, by) for mark in each] for who, each in text.marks.items()})
        for text in longer
    ]
    for row in ROWS:
        assert values(longer, ("ana", "ben"), row) == values(shifted, ("ana", "ben"), row)


@given(both(marks()), st.integers(1, 50))
def test_f1_does_not_change_with_text_that_nobody_marked(some: list[Text], length: int) -> None:
    more = [*some, Text("unrelated", length, {"ana": [], "ben": []})]
    for row in ROWS:
        one, other = values(some, ("ana", "ben"), row), values(more, ("ana", "ben"), row)
        assert [one[name] for name in ("exact", "overlap")] == [other[name] for name in ("exact", "overlap")]


@given(texts(), marks())
def test_a_text_that_one_alone_has_read_changes_nothing(some: list[Text], alone: list[Mark]) -> None:
    for row in ROWS:
        assert values(some, PEOPLE, row) == values([*some, Text("alone", 70, {"ben": alone})], PEOPLE, row)


@given(texts())
def test_two_agree_as_they_do_without_the_others(some: list[Text]) -> None:
    together = pooled(counted(text, PEOPLE) for text in some)
    for row in ROWS:
        for pair in combinations(PEOPLE, 2):
            alone = values(some, pair, row)
            assert all(close(measured(each, together, pair, row).number, alone[each.id]) for each in MEASURES)


@given(both(marks()))
def test_somebody_who_has_read_nothing_changes_nothing(some: list[Text]) -> None:
    for row in ROWS:
        one, other = values(some, ("ana", "ben"), row), values(some, PEOPLE, row)
        assert all(close(one[name], other[name]) for name in one)


@given(both(apart()))
def test_articles_pool_as_one_text_would(some: list[Text]) -> None:
    end = 0
    together: dict[str, list[Mark]] = {"ana": [], "ben": []}
    for text in some:
        for who, each in text.marks.items():
            together[who] += [moved(mark, end) for mark in each]
        end += text.length
    for row in ROWS:
        one, other = values(some, ("ana", "ben"), row), values([Text("t", end, together)], ("ana", "ben"), row)
        assert all(close(one[name], other[name]) for name in one)


# The formulas, slowly


def characters(text: Text, who: str, row: Row) -> list[bool]:
    found = [False] * text.length
    for mark in text.marks[who]:
        if row in (Whole.ANY, mark.tag):
            for start, end in mark.pieces:
                found[start:end] = [True] * (end - start)
    return found


def slow_alpha(some: Sequence[Text], row: Row, people: Sequence[str]) -> float | None:
    """α by its coincidence matrix, one unit for each character."""
    coincidences = dict.fromkeys([(c, k) for c in (False, True) for k in (False, True)], 0.0)
    for text in some:
        columns = zip(*(characters(text, who, row) for who in people if who in text.marks), strict=True)
        for unit in columns:
            for c, k in permutations(unit, 2):
                coincidences[c, k] += 1 / (len(unit) - 1)
    margins = [coincidences[c, False] + coincidences[c, True] for c in (False, True)]
    n = sum(margins)
    if not margins[0] * margins[1]:
        return None
    return 1 - (n - 1) * coincidences[False, True] / (margins[0] * margins[1])


def slow_kappa(some: Sequence[Text], row: Row) -> float | None:
    a = [value for text in some for value in characters(text, "ana", row)]
    b = [value for text in some for value in characters(text, "ben", row)]
    n = len(a)
    observed = sum(x == y for x, y in zip(a, b, strict=True)) / n
    chance = sum(a) * sum(b) / n**2 + (n - sum(a)) * (n - sum(b)) / n**2
    return None if chance == 1 else (observed - chance) / (1 - chance)


def of_row(text: Text, who: str, row: Row) -> list[Mark]:
    return [mark for mark in text.marks[who] if row in (mark.tag, Whole.ALL, Whole.ANY)]


def slow_overlap(some: Sequence[Text], row: Row) -> float | None:
    """P and R over sets of characters; sets of one tag that meet are joined until none do."""

    def spans(text: Text, who: str) -> list[tuple[str, frozenset[int]]]:
        found = [
            ("" if row is Whole.ANY else mark.tag, frozenset(at for piece in mark.pieces for at in range(*piece)))
            for mark in of_row(text, who, row)
        ]
        while True:
            meeting = [(x, y) for x, y in combinations(found, 2) if x[0] == y[0] and x[1] & y[1]]
            if not meeting:
                return found
            x, y = meeting[0]
            found.remove(x)
            found.remove(y)
            found.append((x[0], x[1] | y[1]))

    share = dict.fromkeys(("ana", "ben"), 0.0)
    number = dict.fromkeys(("ana", "ben"), 0)
    for text in some:
        for who, other in permutations(("ana", "ben")):
            for label, s in spans(text, who):
                number[who] += 1
                share[who] += sum(len(s & t) / len(s) for tag, t in spans(text, other) if tag == label)
    if not sum(number.values()):
        return None
    p, r = (share[who] / number[who] if number[who] else 0.0 for who in share)
    return 2 * p * r / (p + r) if p + r else 0.0


def slow_unitizing(some: Sequence[Text], row: Row, people: Sequence[str]) -> float | None:
    """uα over sections: units with their tags, gaps cut into single characters, since they meet each other so."""
    sections: list[tuple[str, tuple[int, str], int, int]] = []
    offset = 0
    for text in some:
        for who in people:
            taken: set[int] = set()
            for mark in of_row(text, who, row):
                for number, (start, end) in enumerate(mark.pieces):
                    if taken.intersection(range(start, end)):
                        return None
                    taken.update(range(start, end))
                    tag = "any" if row is Whole.ANY else mark.tag
                    sections.append((who, (number, tag), offset + start, offset + end))
            gaps = [at for at in range(text.length) if at not in taken]
            sections += [(who, (0, ""), offset + at, offset + at + 1) for at in gaps]
        offset += text.length
    observed = expected = pairs = 0.0
    for x, y in permutations(sections, 2):
        (who, (_, c), start, end), (other, (_, k), first, last) = x, y
        length = (end - start) * (last - first)
        pairs += length
        expected += length * (c != k)
        if who != other:
            observed += max(0, min(end, last) - max(start, first)) * (c != k) / (len(people) - 1)
    if not expected:
        return None
    return 1 - observed / (offset * len(people)) * pairs / expected


SLOWLY: dict[str, Callable[[Sequence[Text], Row], float | None]] = {
    "overlap": slow_overlap,
    "kappa": slow_kappa,
    "alpha": lambda some, row: slow_alpha(some, row, ("ana", "ben")),
    "unitizing": lambda some, row: slow_unitizing(some, row, ("ana", "ben")),
}


@pytest.mark.parametrize("name", SLOWLY)
@given(both(st.one_of(marks(), apart())))
def test_two_people(name: str, some: list[Text]) -> None:
    for row in ROWS:
        if row is not Whole.ALL or not by_id(name).of_characters:
            assert close(values(some, ("ana", "ben"), row)[name], SLOWLY[name](some, row)), row


@given(texts())
def test_alpha_of_those_who_have_read_each_text(some: list[Text]) -> None:
    read = [text for text in some if len(text.marks) > 1]
    for row in ROWS[1:]:
        slow = slow_alpha(read, row, PEOPLE) if read else None
        assert close(values(some, PEOPLE, row)["alpha"], slow)


@given(st.fixed_dictionaries(dict.fromkeys(PEOPLE, apart())))
def test_unitizing_alpha_of_three(read: dict[str, list[Mark]]) -> None:
    some = [Text("t", LENGTH, read)]
    for row in ROWS:
        assert close(values(some, PEOPLE, row)["unitizing"], slow_unitizing(some, row, PEOPLE))


@given(both(marks()))
def test_percent_and_exact(some: list[Text]) -> None:
    for row in (Whole.ANY, *TAGS):
        same = [
            x == y
            for text in some
            for x, y in zip(characters(text, "ana", row), characters(text, "ben", row), strict=True)
        ]
        found = values(some, ("ana", "ben"), row)
        assert close(found["percent"], sum(same) / len(same))
        sides = [
            {(place, mark.pieces, mark.tag if row is not Whole.ANY else "") for place, text in enumerate(some)
             for mark in of_row(text, who, row)}
            for who in ("ana", "ben")
        ]  # fmt: skip
        number = len(sides[0]) + len(sides[1])
        assert close(found["exact"], 2 * len(sides[0] & sides[1]) / number if number else None)


# Interval arithmetic


@given(st.lists(pieces(), max_size=5), pieces())
def test_a_cover_counts_characters(some: list[Pieces], wanted: Pieces) -> None:
    inside = {at for each in some for piece in each for at in range(*piece)}
    cover = Cover(piece for each in some for piece in each)
    assert cover.length == len(inside)
    assert cover.within(wanted) == len(inside.intersection(at for piece in wanted for at in range(*piece)))
    assert Cover(wanted).shared(cover) == cover.shared(Cover(wanted)) == cover.within(wanted)


@given(st.lists(pieces(), max_size=5))
def test_joined_marks_never_overlap(some: list[Pieces]) -> None:
    found = joined(some)
    assert not overlapping(found)
    assert sum(map(size, found)) == Cover(piece for each in some for piece in each).length


def test_touching_marks_stay_apart_and_what_meets_only_by_a_third_is_one() -> None:
    assert joined([((0, 5),), ((5, 9),)]) == [((0, 5),), ((5, 9),)]
    assert joined([((0, 2), (8, 10)), ((4, 6),), ((1, 5),)]) == [((0, 6), (8, 10))]
