"""The formats that a review can be given back in: one row each, one file each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from reader.errors import UsageProblem
from reader.formats import review_csv, review_html, review_markdown
from reader.formats.review_report import ReviewReport


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a review to a file."""

    name: str
    label: str
    suffixes: tuple[str, ...]
    write: Callable[[ReviewReport, BinaryIO, bool], None]
    """Writes the report; with a byte order mark where the last is true."""


def _markdown(report: ReviewReport, out: BinaryIO, excel: bool) -> None:
    _not_for_excel(excel)
    review_markdown.write(report, out)


def _html(report: ReviewReport, out: BinaryIO, excel: bool) -> None:
    _not_for_excel(excel)
    review_html.write(report, out)


def _not_for_excel(excel: bool) -> None:
    if excel:
        raise UsageProblem("--excel is for CSV: leave it out.")


FORMATS = (
    Format("html", "one page, for people", (".html", ".htm"), _html),
    Format("markdown", "Markdown, for people and wikis", (".md", ".markdown"), _markdown),
    Format("csv", "CSV, one row a difference, for spreadsheets", (".csv",), review_csv.write),
)

STREAMED = FORMATS[1]


def chosen(name: str | None, path: Path | None) -> Format:
    """The format called `name`, else the one that the file's ending means; without either, Markdown.

    UsageProblem where name or ending mean none.
    """
    known = ", ".join(each.name for each in FORMATS[:-1]) + f" or {FORMATS[-1].name}"
    if name is not None:
        for each in FORMATS:
            if each.name == name.casefold() or f".{name.casefold()}" in each.suffixes:
                return each
        raise UsageProblem(f"No format is called “{name}”: write {known}.")
    if path is None:
        return STREAMED
    for each in FORMATS:
        if path.suffix.casefold() in each.suffixes:
            return each
    raise UsageProblem(f"What {path.name} is to be is not clear: let it end in .html, .md or .csv, or give --format.")
