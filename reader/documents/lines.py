"""Offsets as people say them: line and column, both from 1, in code points."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right


class Lines:
    """Where the lines of a text begin."""

    __slots__ = ("_starts",)

    def __init__(self, text: str) -> None:
        self._starts = array("q", [0, *(found.end() for found in re.finditer("\n", text))])

    def place(self, offset: int) -> tuple[int, int]:
        """The line that `offset` is on and its column there; a line break is the last column of its line."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
