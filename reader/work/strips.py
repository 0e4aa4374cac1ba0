"""Numbers as a row of blocks, one cell each, for tables and screens."""

from __future__ import annotations

from collections.abc import Sequence

BLOCKS = "▁▂▃▄▅▆▇█"
NOTHING = "·"


def blocks(numbers: Sequence[float], highest: float) -> str:
    """A block for each number, as high as it is beside the highest; a dot only for nothing at all."""
    top = len(BLOCKS) - 1
    return "".join(
        BLOCKS[min(top, int(number / highest * len(BLOCKS)))] if number > 0 and highest > 0 else NOTHING
        for number in numbers
    )


def gathered(numbers: Sequence[float], cells: int) -> list[float]:
    """The sums of as many neighbours as it takes for no more than so many cells."""
    each = -(-len(numbers) // max(1, cells)) if numbers else 1
    return [sum(numbers[at : at + each]) for at in range(0, len(numbers), each)]


def bar(number: float, highest: float, cells: int) -> str:
    """A line of no more than so many cells; half a cell at least, where there is anything."""
    halves = max(1, round(number / highest * cells * 2)) if number > 0 and highest > 0 else 0
    return "━" * (halves // 2) + "╸" * (halves % 2)
