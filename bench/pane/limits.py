"""What the article pane promises, at 120×40 on a quiet machine of two cores."""

from __future__ import annotations

from typing import Final

_SIZES: Final = ("4k", "3m", "50m")

_LIMITS: Final[dict[str, tuple[float, float, float]]] = {
    "first paint": (1.3, 1.5, 3),
    "list and counts after it": (100, 200, 300),
    "key, median": (3, 3, 3),
    "key, p95": (5, 5, 5),
    "key, against no marks": (1.15, 1.15, 1.15),
    "bytes of a cursor key": (500, 500, 500),
    "mark beyond its commit, median": (5, 5, 5),
    "mark beyond its commit, p95": (10, 10, 10),
    "page": (9, 10, 12),
    "end": (9, 10, 12),
    "home": (9, 10, 12),
    "search hit": (9, 10, 12),
    "jump to a mark": (9, 10, 12),
    "tag list": (20, 20, 20),
    "note": (20, 20, 20),
    "peek": (20, 20, 20),
    "resize": (45, 45, 45),
    "resizes that lose the top line": (0, 0, 0),
    "peak memory": (45, 65, 260),
}

START_LIMIT: Final = 2.0
"""How many times as long as importing sqlite_utils a command may take."""


def limit(figure: str, size: str) -> float | None:
    """The most that a figure may be at a size; None where nothing is promised."""
    limits = _LIMITS.get(figure)
    return None if limits is None else limits[_SIZES.index(size)]
