"""Where terminals may count the cells of a character differently, they are told where the next one begins.

So one that counts otherwise draws that character too narrow or too wide, and nothing else. All that is drawn comes by
here, so nothing that commands a terminal goes on.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rich.cells import cell_len
from rich.segment import Segment

from reader.documents.graphemes import clusters
from reader.documents.normalise import safe
from reader.tui.layout.cells import is_lone

_KNOWN = unicodedata.ucd_3_2_0
"""Unicode as of 2002: what it has, every terminal knows."""

_VIRAMA = 9
"""The class of the marks that tie two letters together."""
_SPACING = "\u0e33\u0eb3\uff9e\uff9f"
"""Letters that are part of the one before."""

Part = tuple[str, Iterable[Segment]]
"""How the terminal is told where to write, and what is written there."""


def pinned(move: str, x: int, segments: Iterable[Segment]) -> Iterator[Part]:
    """A part of a row, `move` going to its column `x`, as one or several."""
    segments = list(segments)
    if all(_is_plain(text) for text, _, _ in segments):
        yield move, segments
        return
    run: list[Segment] = []
    for text, style, _ in segments:
        begin = 0
        if _is_plain(text):
            run.append(Segment(text, style))
            x += cell_len(text)
            continue
        for start, end in clusters(text):
            cluster = text[start:end]
            width = cell_len(cluster)
            if not is_settled(cluster):
                run.append(Segment(text[begin:start], style))
                if width > 1:
                    # A terminal that gives it fewer cells would leave in the others what was there.
                    run.append(Segment(" " * width, style))
                    yield move, run
                    move, run = _to_column(x), []
                # What commands a terminal is made visible where it comes in, and here where that was forgotten.
                run.append(Segment(safe(cluster), style))
                yield move, run
                move, run = _to_column(x + width), []
                begin = end
            x += width
        run.append(Segment(text[begin:], style))
    run = [segment for segment in run if segment.text]
    if run:
        yield move, run


def _is_plain(text: str) -> bool:
    """Whether every cluster is settled, without a look at each of them."""
    return is_lone(text) or all(map(_never_unsettles, set(text)))


@lru_cache(maxsize=8192)
def _never_unsettles(char: str) -> bool:
    """Whether a character is settled beside whatever else is."""
    if unicodedata.category(char) == _KNOWN.category(char) == "Mn":
        return unicodedata.combining(char) != _VIRAMA
    return char not in _SPACING and unicodedata.category(char) != "Mc" and is_settled(char)


def _to_column(x: int) -> str:
    return f"\x1b[{x + 1}G"


@lru_cache(maxsize=8192)
def is_settled(cluster: str) -> bool:
    """Whether all terminals agree on the cells of a grapheme cluster."""
    first, marks = cluster[0], cluster[1:]
    if not is_lone(first):
        wide = unicodedata.east_asian_width(first)
        if (
            _KNOWN.category(first) in ("Cn", "Cc", "Cf", "Mc")
            or wide == "A"
            or cell_len(first) != (2 if wide in "WF" else 1)
        ):
            return False
    return all(_KNOWN.category(mark) == unicodedata.category(mark) == "Mn" for mark in marks)
