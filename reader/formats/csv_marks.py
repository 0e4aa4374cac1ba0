"""CSV read back: what `csv_spans` wrote, or a spreadsheet made of it, each complaint with its line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from reader.annotations import values
from reader.annotations.annotation import PIECES_JOINED_BY
from reader.annotations.bundle import Bundle
from reader.formats.csv_cells import BOM, unguarded
from reader.formats.marks_in import Marks, Wrong, at_line, placed, some

_WANTED = ("id", "text_hash", "layer", "tag", "annotator", "text", "created_at", "updated_at")
_ELSE = {
    "document": "", "byline": "", "date": "", "source": "", "purpose": "", "annotator_id": "", "tag_id": "",
    "tag_revision": "1", "start": "", "end": "", "fragments": "", "text_before": "", "text_after": "", "note": "",
    "document_note": "", "status": "made",
}  # fmt: skip
"""Columns that may be missing, and what that means."""

_ATTRIBUTE = "attr."
_LONGEST_CELL = 1 << 28
_SEPARATORS = (",", ";", "\t")
_FRAGMENTS = re.compile(r"[0-9]{1,10}-[0-9]{1,10}(;[0-9]{1,10}-[0-9]{1,10})*")


def read(name: str, raw: bytes, *, guarded: bool = True) -> Bundle:
    """All marks of a file; BadInput, with the line, where it is none of this program's.

    `guarded`: a `'` before what could be taken for a formula is taken away, as `reader export` puts it there.
    """
    text = _text(name, raw)
    head = text.split("\n", 1)[0].rstrip("\r")
    separator = max(_SEPARATORS, key=head.count)
    marks = Marks(name, joined=True)
    line = 1
    csv.field_size_limit(_LONGEST_CELL)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        names = _names(next(rows, []))
        line = rows.line_num + 1
        for row in rows:
            if any(row):
                cells = [unguarded(cell) for cell in row] if guarded else row
                _add(marks, line, names, cells)
            line = rows.line_num + 1
    except Wrong as problem:
        raise at_line(name, line, problem) from None
    except csv.Error as problem:
        raise at_line(name, rows.line_num, f"this is not CSV ({problem}): export it again.") from None
    return marks.bundle()


def _text(name: str, raw: bytes) -> str:
    try:
        return raw.removeprefix(BOM).decode()
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        raise at_line(name, line, "this is not UTF-8: save it as “CSV UTF-8” in the spreadsheet.") from None


def _names(row: list[str]) -> list[str]:
    missing = [name for name in _WANTED if name not in row]
    if missing:
        raise Wrong(f"there is no column {some(missing)}: the first line names the columns, as `reader export` does.")
    twice = {name for name in row if row.count(name) > 1}
    if twice:
        raise Wrong(f"there are two columns called {min(twice)[:40]}: leave one out.")
    return row


def _add(marks: Marks, line: int, names: list[str], cells: list[str]) -> None:
    if len(cells) != len(names):
        raise Wrong(f"this row has {len(cells)} cells, but there are {len(names)} columns.")
    told: dict[str, object] = {**_ELSE, **dict(zip(names, cells, strict=True))}
    told["note"] = str(told["note"]).replace("\r\n", "\n")
    told["tag_revision"] = int(str(told["tag_revision"])) if _is_number(told["tag_revision"]) else told["tag_revision"]
    said = dict(_attributes(names, cells))
    marks.add(line, told, placed(told, _fragments(told)), said)


def _attributes(names: list[str], cells: list[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, cell in zip(names, cells, strict=True):
        if name.startswith(_ATTRIBUTE) and cell:
            try:
                yield values.name(name.removeprefix(_ATTRIBUTE)), (values.line(cell),)
            except ValueError as problem:
                raise Wrong(f"{name[:40]} is not {problem}.") from None


def _fragments(told: dict[str, object]) -> str:
    """The pieces; of one alone by start and end, where a spreadsheet took `10-25` for a date."""
    found = str(told["fragments"])
    if told["status"] == "orphan" and not told["start"]:
        return ""
    if _FRAGMENTS.fullmatch(found):
        return found
    start, end = told["start"], told["end"]
    if _is_number(start) and _is_number(end) and PIECES_JOINED_BY not in str(told["text"]):
        return f"{start}-{end}"
    raise Wrong("fragments is not a list of ranges (10-25;40-52): did a spreadsheet take it for a date?")


def _is_number(value: object) -> bool:
    return isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= 10
