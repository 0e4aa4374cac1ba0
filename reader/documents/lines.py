"""Offsets as people say them: line and column, both from 1, in code points."""

from __future__ import annotations


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """The line that `offset` is on and its place there; ValueError outside the text."""
    if not 0 <= offset <= len(text):
        raise ValueError(f"the offset {offset} is outside the text (0-{len(text)})")
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def offset_of(text: str, line: int, column: int) -> int:
    """The offset of a line and column; ValueError where the text has no such place."""
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
        if not start:
            raise ValueError(f"the text has no line {line}")
    end = text.find("\n", start)
    offset = start + column - 1
    if line < 1 or column < 1 or offset > (end if end >= 0 else len(text)):
        raise ValueError(f"line {line} has no column {column}")
    return offset
