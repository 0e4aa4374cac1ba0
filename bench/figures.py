"""Figures and what is expected of them."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Statistic = Callable[[Sequence[float]], float]


@dataclass(frozen=True, slots=True)
class Figure:
    """Something measured."""

    name: str
    value: float | None
    """None where it could not be measured."""
    unit: str
    limit: float | None = None
    """The most that it may be; None where nothing is expected of it."""
    ratio: float | None = None
    """To what the reference needs for the like, in the same run."""
    unhindered: float | None = None
    """What it would have been, about, had the program never stood in line for a processor; None where unknown."""
    note: str = ""

    @property
    def verdict(self) -> str:
        """`ok`, `OVER`, or nothing where nothing is expected or nothing was measured."""
        return self._judged(self.value)

    @property
    def verdict_unhindered(self) -> str:
        """The same of what it would have been."""
        return self._judged(self.unhindered)

    def _judged(self, value: float | None) -> str:
        if self.limit is None or value is None:
            return ""
        return "ok" if value <= self.limit else "OVER"


def median(values: Sequence[float]) -> float:
    """The middle one, or halfway between the two in the middle."""
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """The smallest of the values that at least 95 in 100 of them do not exceed (nearest rank)."""
    return sorted(values)[math.ceil(len(values) * 0.95) - 1]


def ratio(values: Sequence[float], references: Sequence[float]) -> float:
    """How many times the reference: the median over pairs that were measured one right after the other."""
    return median([value / reference for value, reference in zip(values, references, strict=True)])
