"""What rich and Textual count a character as, which is what nearly all terminals give it.

rich counts signs that stand beside their letter (Unicode's category Mc, most vowel signs of the scripts of India and
South-East Asia) as no cell. xterm, the terminals of GNOME, tmux and screen give them one of their own: without it they
would be overwritten by what comes next.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import rich.cells
from rich._unicode_data import load

_CIRCLED = (0x3248, 0x324F, 2)
"""Numbers on black squares, narrow by the standard where letters are, and two cells in tmux and screen."""


@cache
def _counted(unicode_version: str = "auto") -> rich.cells.CellTable:
    """rich's table, in which these signs have cells."""
    table = load(unicode_version)
    widths: list[tuple[int, int, int]] = []
    for first, last, width in table.widths:
        if width:
            widths.append((first, last, width))
            continue
        for code in range(first, last + 1):
            cells = cells_beside(chr(code))
            if widths and widths[-1][1:] == (code - 1, cells):
                widths[-1] = widths[-1][0], code, cells
            else:
                widths.append((code, code, cells))
    return table._replace(widths=sorted([*widths, _CIRCLED]))


def cells_beside(sign: str) -> int:
    """The cells of a sign without a letter of its own: 0 for one above, below or in its letter."""
    if unicodedata.category(sign) != "Mc":
        return 0
    return 2 if unicodedata.east_asian_width(sign) == "W" else 1


rich.cells.load_cell_table = _counted  # type: ignore[attr-defined]
