"""The formats that annotations can be written in: one row each, one file each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from reader.errors import UsageProblem
from reader.formats import csv_spans, jsonl
from reader.formats.record import Record


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for beyond the format itself."""

    attributes: Sequence[str] = ()
    """The attributes that get a column of their own, in order."""

    raw: bool = False
    """CSV without the formula guard."""

    excel: bool = False
    """CSV that begins with a byte order mark."""


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write annotations to a file."""

    name: str
    label: str
    suffixes: tuple[str, ...]
    write: Callable[[Iterable[Record], BinaryIO, Options], int]
    """Writes the records and gives their number."""


def _csv(records: Iterable[Record], out: BinaryIO, options: Options) -> int:
    return csv_spans.write(records, out, options.attributes, raw=options.raw, excel=options.excel)


def _jsonl(records: Iterable[Record], out: BinaryIO, options: Options) -> int:
    if options.raw or options.excel:
        raise UsageProblem("--raw and --excel are for CSV: leave them out for JSON Lines.")
    return jsonl.write(records, out)


FORMATS = (
    Format("csv", "CSV, one row a mark, for spreadsheets", (".csv",), _csv),
    Format("jsonl", "JSON Lines, nothing left out, for programs", (".jsonl", ".ndjson"), _jsonl),
)


def chosen(name: str | None, path: Path | None) -> Format:
    """The format called `name`, else the one that the file's ending means, else CSV."""
    if name is not None:
        for each in FORMATS:
            if each.name == name.casefold():
                return each
        known = " or ".join(each.name for each in FORMATS)
        raise UsageProblem(f"No format is called “{name}”: write {known}.")
    ending = path.suffix.casefold() if path is not None else ""
    return next((each for each in FORMATS if ending in each.suffixes), FORMATS[0])
