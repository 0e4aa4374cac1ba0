"""What a measure gives: a number, or the reason why there is none."""

from __future__ import annotations

from typing import NamedTuple


class Interval(NamedTuple):
    """Where the number lies in 95 % of the resamples."""

    low: float
    high: float


class Value(NamedTuple):
    """A measure's answer. Never NaN: where a definition gives 0/0, or does not cover the case, `why` says so."""

    number: float | None
    why: str = ""
    """Why there is no number: a sentence."""
    interval: Interval | None = None
    no_interval: str = ""
    """Why there is a number and no interval: a sentence."""
    note: str = ""
    """What to know about the number: a sentence."""


def undefined(why: str) -> Value:
    """No number, for this reason."""
    return Value(None, why)
