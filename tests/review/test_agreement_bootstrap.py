"""Intervals: the same every time, from counts alone, and with a reason where there is none."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import combinations

import pytest

from reader.review.agreement.bootstrap import FEWEST, RESAMPLES, SEED, Asked, with_intervals
from reader.review.agreement.counting import Counts, counted, pooled
from reader.review.agreement.measures import MEASURES, by_id, measured
from reader.review.agreement.spans import Mark, Text, Whole

PEOPLE = ("ana", "ben", "cat")


def a_text(seed: int, people: Sequence[str] = PEOPLE) -> Text:
    """Spans that never overlap in one annotator, and mostly meet those of the others."""
    choose = random.Random(seed)
    places = [(start, start + choose.randint(2, 9)) for start in range(0, 200, 20)]
    return Text(str(seed), 200, {
        who: [
            Mark(choose.choice(("quote", "quote", "claim")), ((start, end + choose.randint(0, 2)),))
            for start, end in places
            if choose.random() < 0.8
        ]
        for who in people
    })  # fmt: skip


def several(number: int, people: Sequence[str] = PEOPLE) -> list[Counts]:
    return [counted(a_text(seed, people), PEOPLE) for seed in range(number)]


def test_the_interval_is_what_resampled_texts_give() -> None:
    texts = [*several(4), *several(3, ("ana", "cat")), *several(1, ("ben",))]
    asked = [
        Asked(measure, group, row)
        for measure in MEASURES
        for group in (PEOPLE, *combinations(PEOPLE, 2))
        for row in ("quote", Whole.ANY, Whole.ALL)
    ]
    found = with_intervals(texts, asked, pooled(texts))
    draw = random.Random(SEED)
    resamples = [pooled(draw.choices(texts, k=len(texts))) for _ in range(RESAMPLES)]
    compared = 0
    for (measure, group, row), value in zip(asked, found, strict=True):
        if value.interval is None:
            continue
        numbers = sorted(
            number for each in resamples if (number := measured(measure, each, group, row).number) is not None
        )
        # A sample of 1,000 has no quantile at 0.025 exactly: it lies between these.
        assert numbers[24] - 1e-6 <= value.interval.low <= numbers[26] + 1e-6
        assert numbers[-27] - 1e-6 <= value.interval.high <= numbers[-25] + 1e-6
        compared += 1
    assert compared > 20


def test_it_comes_out_the_same_every_time() -> None:
    texts = several(8)
    asked = [Asked(measure, PEOPLE, "quote") for measure in MEASURES]
    first = with_intervals(texts, asked, pooled(texts))
    assert with_intervals(texts, asked, pooled(texts)) == first
    for value in first:
        assert value.number is not None
        assert value.interval is not None
        assert value.interval.low <= value.number <= value.interval.high
        assert value.interval.low < value.interval.high


@pytest.mark.parametrize(
    "number, why",
    [(FEWEST, ""), (FEWEST - 1, "An interval over articles needs at least 5 of them; here are 4.")],
)
def test_few_texts_have_no_interval(number: int, why: str) -> None:
    texts = several(number)
    (value,) = with_intervals(texts, [Asked(by_id("alpha"), PEOPLE, "quote")], pooled(texts))
    assert value.no_interval == why
    assert (value.interval is None) == bool(why)


def test_texts_that_a_pair_has_not_read_do_not_count() -> None:
    texts = [*several(4), *several(6, ("ana", "ben"))]
    asked = [Asked(by_id("exact"), pair, Whole.ALL) for pair in (("ana", "ben"), ("ana", "cat"))]
    both, some = with_intervals(texts, asked, pooled(texts))
    assert both.interval is not None
    assert some.no_interval.endswith("here are 4.")


def test_a_tag_in_one_text_has_no_interval() -> None:
    rare = Text("rare", 50, {who: [Mark("rare", ((3, 9),))] for who in PEOPLE})
    texts = [*several(6), counted(rare, PEOPLE)]
    asked = [Asked(by_id("alpha"), PEOPLE, "rare"), Asked(by_id("percent"), PEOPLE, "rare")]
    alpha, percent = with_intervals(texts, asked, pooled(texts))
    assert alpha.number == 1
    assert "of the resamples the measure is undefined" in alpha.no_interval
    assert percent.interval is not None


def test_what_is_undefined_stays_so() -> None:
    texts = several(6)
    (value,) = with_intervals(texts, [Asked(by_id("kappa"), PEOPLE, "unused")], pooled(texts))
    assert (value.number, value.interval, value.no_interval) == (None, None, "")
    assert value.why


def test_texts_that_are_all_alike_leave_no_room() -> None:
    alike = [counted(a_text(3), PEOPLE)] * 6
    (value,) = with_intervals(alike, [Asked(by_id("overlap"), PEOPLE, Whole.ALL)], pooled(alike))
    assert value.number is not None
    assert value.interval is not None
    assert value.interval.low == pytest.approx(value.number)
    assert value.interval.high == pytest.approx(value.number)
