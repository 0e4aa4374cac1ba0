"""Letters over the words in view, so that any of them is reached by typing its letters."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

LETTERS = "fjdkslaghrueiwoqptyvmcnxbz"
"""The easy ones first."""


def labels(count: int) -> list[str]:
    """So many different labels, all as short as can be and of the same length."""
    length = 1
    while len(LETTERS) ** length < count:
        length += 1
    return ["".join(letters) for letters, _ in zip(product(LETTERS, repeat=length), range(count), strict=False)]


def label_words(starts: Sequence[int], near: int) -> dict[int, str]:
    """A label for each word start; the words nearest to `near` get the easiest ones."""
    nearest = sorted(starts, key=lambda start: abs(start - near))
    return dict(zip(nearest, labels(len(nearest)), strict=True))
