"""A line that is being typed at the foot of the screen."""

from __future__ import annotations

import re
from typing import NamedTuple

from reader.documents.finding import MOST_WORDS
from reader.documents.graphemes import next_cluster, previous_cluster, snap

EDITING = frozenset((
    "left", "right", "home", "end", "backspace", "delete", "ctrl+left", "ctrl+right", "ctrl+a", "ctrl+d", "ctrl+e",
    "ctrl+h", "ctrl+k", "ctrl+u", "ctrl+w",
))  # fmt: skip
"""The keys that move in the line and take something away, by Textual's names."""


class Line(NamedTuple):
    """The words typed so far, and where the next ones go."""

    text: str = ""
    cursor: int = 0
    fresh: bool = False
    """Whether the words are those of the last time, and what is typed first takes their place."""


def typed(line: Line, words: str) -> Line:
    """With these words at the cursor, as far as there is room; breaks and tabs among them are spaces."""
    before, after = ("", "") if line.fresh else (line.text[: line.cursor], line.text[line.cursor :])
    words = re.sub(r"\s", " ", words)[: MOST_WORDS - len(before) - len(after)]
    return Line(before + words + after, len(before + words))


def pressed(line: Line, key: str) -> Line:
    """After one of the `EDITING` keys."""
    text, at = line.text, line.cursor
    back, on = previous_cluster(text, at), next_cluster(text, at)
    words = [0, *(found.start() for found in re.finditer(r"\S+", text)), len(text)]
    word = max(place for place in words if place < at or not place)
    word_on = min(place for place in words if place > at or place == len(text))
    match key:
        case "left":
            return Line(text, back)
        case "right":
            return Line(text, on)
        case "home" | "ctrl+a":
            return Line(text, 0)
        case "end" | "ctrl+e":
            return Line(text, len(text))
        case "ctrl+left":
            return Line(text, word)
        case "ctrl+right":
            return Line(text, word_on)
        case "ctrl+u":
            return Line(text[at:], 0)
        case "ctrl+k":
            return Line(text[:at], at)
        case "backspace" | "ctrl+h" | "delete" | "ctrl+d" | "ctrl+w" if line.fresh:
            return Line()
        case "backspace" | "ctrl+h":
            return Line(text[:back] + text[at:], back)
        case "delete" | "ctrl+d":
            return Line(text[:at] + text[on:], at)
        case "ctrl+w":
            return Line(text[:word] + text[at:], word)
    return line


def part_shown(line: Line, room: int) -> tuple[str, str, str]:
    """What is before, at and behind the cursor, of a long line so much that about `room` characters are shown."""
    at = next_cluster(line.text, line.cursor)
    start = max(0, min(line.cursor - room * 3 // 4, len(line.text) + 1 - room))
    start = snap(line.text, start)
    return line.text[start : line.cursor], line.text[line.cursor : at] or " ", line.text[at : start + room]
