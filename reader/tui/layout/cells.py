"""How many terminal cells a piece of text takes, and what is drawn for it."""

from __future__ import annotations

import os
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from rich.cells import cell_len

from reader.documents.graphemes import clusters, next_cluster
from reader.documents.normalise import safe
from reader.tui.layout.widths import cells_beside

TAB = "    "

# Every character of these ranges is one cell and a cluster of its own, so offsets are columns.
_COMPLEX = re.compile(
    "[^\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0373\u0376\u0377\u037a-\u037f\u0384-\u0386\u0388-\u038a\u038c"
    "\u038e-\u03a1\u03a3-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u2070\u2074-\u208e\u20a0-\u20bf"
    "\u2100-\u218b\u2190-\u2319\u2500-\u25fc]"
)

# Every character of these ranges, first and last in turn, is two cells and a cluster of its own beside one another and
# beside those above. No regular expression: one of so many characters takes 3 ms to be made.
_WIDE = (
    "\u3000\u3029\u3041\u3096\u309b\u30ff\u3105\u312f\u3131\u3163\u3400\u4dbf\u4e00\u9fff\uac00\ud7a3"
    "\uf900\ufaff\uff01\uff60\uffe0\uffe6"
)
FIRST_WIDE = _WIDE[0]

# tmux counts these otherwise than terminals do, which leaves debris on partial repaints; the base
# character alone is counted the same everywhere. The others have no width that terminals agree on.
# Compiled by `re` when first used, as are those below: not at import, before the first paint.
_UNDRAWN = "[\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff\u00ad\u200b\u200e\u200f\u2060-\u2064\u034f\u061c]"
# Joined emoji are one sign in some terminals and a row of signs in others (xterm): the first alone is drawn.
_JOINED_SIGNS = "\u200d[\u2190-\u2bff\U0001f000-\U0001faff](?s:.*)"
_LONE_MARK = "◌"
# GNU screen counts these, and marks that came after Unicode 3.2, otherwise than the terminal around it, draws whole
# lines by its own count, and so moves what is behind them.
_NOT_IN_SCREEN = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u06de\u070f\u302e\u302f\u200c\u200d")
_in_screen = "STY" in os.environ


class Cell(NamedTuple):
    """A grapheme cluster as drawn: code points `start`-`end`, from column `x`, `width` cells wide."""

    start: int
    end: int
    x: int
    width: int
    shown: str


def is_simple(text: str) -> bool:
    """Whether each code point is one cell and one cluster, so that offsets are columns."""
    return (text.isascii() and text.isprintable()) or _COMPLEX.search(text) is None


def is_lone(text: str) -> bool:
    """Whether each code point is a cluster of its own and drawn as it is, in one cell or two."""
    if is_simple(text):
        return True
    return all(map(_is_wide, [char for char in text if char >= FIRST_WIDE])) and is_simple(
        "".join([char for char in text if char < FIRST_WIDE])
    )


@lru_cache(maxsize=8192)
def _is_wide(char: str) -> bool:
    place = bisect_right(_WIDE, char)
    return place % 2 == 1 or (place > 0 and _WIDE[place - 1] == char)


def lone_ends(text: str) -> list[int]:
    """Behind each code point of a text in which each is a cluster of its own: the cells up to there."""
    return list(accumulate([2 if char >= FIRST_WIDE else 1 for char in text]))


@lru_cache(maxsize=8192)
def drawn(cluster: str) -> tuple[str, int]:
    """What is drawn for a cluster, and its width in cells (0 where there is nothing to see)."""
    if cluster == "\t":
        return TAB, len(TAB)
    if cluster in ("\n", " "):
        return " ", 1
    shown = re.sub(_UNDRAWN, "", safe(cluster)) or ("" if len(cluster) == 1 else cluster[0])
    # A joiner at the end would be taken to join the next cluster, which would be counted as part of this one.
    shown = re.sub(_JOINED_SIGNS, "", shown).rstrip("\u200d")
    if _in_screen and not shown.isascii():
        shown = "".join([char for char in shown if _is_in_screen(char)]) or _LONE_MARK
    if shown in ("", "\u200c"):
        return "", 0
    width = cell_len(shown)
    if not width or cells_beside(shown[0]):
        # What does not join the circle would be counted once more by whoever measures what is drawn.
        alone = _LONE_MARK + shown
        return (alone, cell_len(alone)) if next_cluster(alone, 0) == len(alone) else (_LONE_MARK, 1)
    return shown, width


def _is_in_screen(char: str) -> bool:
    late = unicodedata.ucd_3_2_0.category(char) == "Cn" and unicodedata.category(char) in ("Mn", "Me")
    return not (late or char in _NOT_IN_SCREEN)


def row_cells(text: str, start: int, end: int) -> Iterator[Cell]:
    """The clusters of `text[start:end]`, laid out from column 0."""
    if is_lone(row := text[start:end]):
        ends = lone_ends(row)
        for at, (x, end, char) in enumerate(zip([0, *ends], ends, row, strict=False), start):
            yield Cell(at, at + 1, x, end - x, char)
        return
    x = 0
    for a, b in clusters(text[start:end]):
        shown, width = drawn(text[start + a : start + b])
        yield Cell(start + a, start + b, x, width, shown)
        x += width


def shown_text(text: str) -> str:
    """A stretch of text as it is drawn."""
    if is_lone(text):
        return text
    return "".join(drawn(text[a:b])[0] for a, b in clusters(text))


def width_of(text: str) -> int:
    """How many cells a stretch of text takes when drawn."""
    if is_simple(text):
        return len(text)
    if is_lone(text):
        return sum([2 if char >= FIRST_WIDE else 1 for char in text])
    return sum(drawn(text[a:b])[1] for a, b in clusters(text))


def fitted(text: str, width: int) -> str:
    """The text as drawn, cut to `width` cells with `…` where it is longer, padded where shorter."""
    shown = shown_text(text.replace("\n", " "))
    used = width_of(shown)
    if used > width:
        kept: list[str] = []
        used = 0
        for a, b in clusters(shown):
            cells = width_of(shown[a:b])
            if used + cells > width - 1:
                break
            kept.append(shown[a:b])
            used += cells
        shown = "".join(kept).rstrip() + "…" if width > 0 else ""
        used = width_of(shown)
    return shown + " " * (width - used)


def fitted_end(text: str, width: int) -> str:
    """The end of the text as drawn, cut to `width` cells at its beginning, padded there where shorter."""
    shown = shown_text(text.replace("\n", " "))
    used = width_of(shown)
    if used > width:
        for _, cut in list(clusters(shown)):
            if width_of(shown[cut:]) <= width:
                shown = shown[cut:]
                break
        used = width_of(shown)
    return " " * (width - used) + shown
