"""Percentile bootstrap over texts: how far a number might have come out otherwise with other articles of the kind.

Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapter 13. Texts are drawn with replacement, as many as
there are, and the measure is taken of what they have together. All counts of a text are kept in one large integer,
each in bits of its own, wide enough for the sum: a resample is a sum of integers, and no span is looked at again.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from reader.review.agreement.counting import Counts, Group, GroupCounts, PairCounts
from reader.review.agreement.measures import Measure, measured
from reader.review.agreement.spans import Row
from reader.review.agreement.value import Interval, Value

RESAMPLES = 1000
FEWEST = 5
"""Texts below which resamples say more about themselves than about texts of the kind."""

LEVEL = 0.95
SEED = 1993
"""The same numbers come out every time."""

_FRACTION = 1 << 32
"""Fractions are kept as whole numbers of this part."""

_UNDEFINED_AT_MOST = 0.1


class Asked(NamedTuple):
    """One number that an interval is wanted for."""

    measure: Measure
    group: Group
    row: Row


def with_intervals(texts: Sequence[Counts], asked: Sequence[Asked], total: Counts) -> list[Value]:
    """The value of each in `total`, the texts pooled, with its interval, or with the reason why it has none."""
    values = [measured(*_of(each, total)) for each in asked]
    wanted = [place for place, value in enumerate(values) if value.number is not None]
    samples: dict[int, list[float]] = {place: [] for place in wanted}
    if len(texts) >= FEWEST and wanted:
        packing = _Packing(texts)
        packed = [packing.packed(text) for text in texts]
        draw = random.Random(SEED)
        for _ in range(RESAMPLES):
            resample = packing.unpacked(sum(draw.choices(packed, k=len(packed))))
            for place in wanted:
                number = measured(*_of(asked[place], resample)).number
                if number is not None:
                    samples[place].append(number)
    for place in wanted:
        read = total.texts[asked[place].group]
        values[place] = _with_interval(values[place], sorted(samples[place]), read)
    return values


def _of(asked: Asked, counts: Counts) -> tuple[Measure, Counts, Group, Row]:
    return asked.measure, counts, asked.group, asked.row


def _with_interval(value: Value, numbers: Sequence[float], texts: int) -> Value:
    if texts < FEWEST:
        here = "is 1" if texts == 1 else f"are {texts}"
        return value._replace(no_interval=f"An interval over articles needs at least {FEWEST} of them; here {here}.")
    missing = 1 - len(numbers) / RESAMPLES
    if missing > _UNDEFINED_AT_MOST:
        return value._replace(
            no_interval=f"In {missing:.0%} of the resamples the measure is undefined: too few articles have such marks."
        )
    tail = (1 - LEVEL) / 2
    return value._replace(interval=Interval(_quantile(numbers, tail), _quantile(numbers, 1 - tail)))


def _quantile(numbers: Sequence[float], share: float) -> float:
    """Between the two nearest, by how near they are (Hyndman & Fan's seventh definition)."""
    place = share * (len(numbers) - 1)
    low = int(place)
    if low + 1 == len(numbers):
        return numbers[low]
    return numbers[low] + (place - low) * (numbers[low + 1] - numbers[low])


class _Packing:
    """Counts as one integer, and back."""

    def __init__(self, texts: Sequence[Counts]) -> None:
        self._read = list(dict.fromkeys(key for text in texts for key in text.values))
        self._pairs = list(dict.fromkeys(key for text in texts for key in text.pairs))
        self._groups = list(dict.fromkeys(key for text in texts for key in text.groups))
        most = max(max(self._numbers(text), default=0) for text in texts)
        self._width = ((most * len(texts)).bit_length() + 7) // 8 or 1
        self._size = self._width * (
            2 * len(self._read)
            + len(PairCounts._fields) * len(self._pairs)
            + len(GroupCounts._fields) * len(self._groups)
        )

    def packed(self, text: Counts) -> int:
        """All counts of a text, one behind the other."""
        return int.from_bytes(
            b"".join([number.to_bytes(self._width, "little") for number in self._numbers(text)]), "little"
        )

    def unpacked(self, packed: int) -> Counts:
        """The counts that a sum of packed ones stands for."""
        lanes, width = packed.to_bytes(self._size, "little"), self._width
        numbers = iter(
            [int.from_bytes(lanes[at : at + width], "little") / _FRACTION for at in range(0, self._size, width)]
        )
        counts = Counts()
        for group in self._read:
            counts.texts[group], counts.values[group] = int(next(numbers)), int(next(numbers))
        for key in self._pairs:
            counts.pairs[key] = PairCounts._make(islice(numbers, len(PairCounts._fields)))
        for key in self._groups:
            counts.groups[key] = GroupCounts._make(islice(numbers, len(GroupCounts._fields)))
        return counts

    def _numbers(self, text: Counts) -> list[int]:
        found: list[float] = []
        for group in self._read:
            found += text.texts.get(group, 0), text.values.get(group, 0)
        for pair, row in self._pairs:
            found += text.pair(pair, row)
        for key in self._groups:
            found += text.groups.get(key, _NONE)
        return [round(number * _FRACTION) for number in found]


_NONE = GroupCounts()
