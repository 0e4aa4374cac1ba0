"""Cells of CSV (RFC 4180, UTF-8, CRLF), none of which a spreadsheet takes for a formula."""

from __future__ import annotations

import re

BOM = b"\xef\xbb\xbf"
LINE_END = b"\r\n"

# Neither guard nor quotation marks are needed; that is so for most cells.
_PLAIN = re.compile(r"""(?:[^'=+\-@\t\r\n",][^\r\n",]*)?""")
_QUOTED = re.compile('[",\r\n]')

# What Excel, LibreOffice or Sheets may take for a formula, with any number of our own guards before it.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def guard(cell: str) -> str:
    """The cell with one `'` in front where a spreadsheet could take it for a formula (`^'*[=+\\-@\\t\\r]`)."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


class Cells:
    """Cells as they stand in a row; `raw` leaves out the formula guard."""

    def __init__(self, raw: bool = False) -> None:
        self._raw = raw

    def joined(self, *cells: str) -> str:
        """Cells beside each other, each guarded, and in `"` where it holds one, a comma or a line break."""
        return ",".join([cell if _PLAIN.fullmatch(cell) else self._cell(cell) for cell in cells])

    def _cell(self, cell: str) -> str:
        shown = cell if self._raw else guard(cell)
        return '"' + shown.replace('"', '""') + '"' if _QUOTED.search(shown) else shown
