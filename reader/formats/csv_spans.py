"""CSV: one row an annotation, for spreadsheets and statistics (RFC 4180, UTF-8, CRLF)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from reader.documents.span import written
from reader.errors import ReaderError
from reader.formats.record import Record

FIXED_BEFORE = (
    "id",
    "text_hash",
    "tag_id",
    "tag_revision",
    "layer",
    "document",
    "byline",
    "date",
    "source",
    "tag",
    "annotator",
    "start",
    "end",
    "fragments",
    "text",
    "text_before",
    "text_after",
    "paragraph",
    "sentence",
    "note",
)
FIXED_AFTER = ("created_at", "updated_at")
VALUES_JOINED_BY = "; "
BOM = b"\xef\xbb\xbf"

# What Excel, LibreOffice or Sheets may take for a formula, with any number of our own guards before it.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def guard(cell: str) -> str:
    """The cell with one `'` in front where a spreadsheet could take it for a formula (`^'*[=+\\-@\\t\\r]`)."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguard(cell: str) -> str:
    """What `guard` was given: exactly one `'` less where it put one."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell, 1) else cell


def header(attributes: Sequence[str]) -> list[str]:
    """The names of the columns; `attributes` get one column each, called `attr.NAME`."""
    return [*FIXED_BEFORE, *(f"attr.{name}" for name in attributes), *FIXED_AFTER]


def row(record: Record, attributes: Sequence[str]) -> list[str]:
    """The cells of one annotation, not yet guarded; ReaderError where it has an attribute without a column."""
    missing = record.attributes.keys() - set(attributes)
    if missing:
        raise ReaderError(f"“{min(missing)}” was said about a mark while the export ran: export again.")
    return [
        record.id,
        record.text_hash,
        record.tag_id,
        str(record.tag_revision),
        record.layer,
        record.document,
        record.byline,
        record.date,
        record.source,
        record.tag,
        record.annotator,
        str(record.fragments[0].start),
        str(record.fragments[-1].end),
        written(record.fragments),
        record.text,
        record.before,
        record.after,
        str(record.paragraph),
        str(record.sentence),
        record.note,
        *(VALUES_JOINED_BY.join(record.attributes.get(name, ())) for name in attributes),
        record.created_at,
        record.updated_at,
    ]


def write(
    records: Iterable[Record], out: BinaryIO, attributes: Sequence[str], *, raw: bool = False, excel: bool = False
) -> int:
    """Write header and rows to `out`; how many annotations there were.

    `raw` leaves out the formula guard; `excel` begins with a byte order mark, without which Excel reads cp1252.
    """
    if excel:
        out.write(BOM)
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    try:
        rows = csv.writer(text, lineterminator="\r\n")
        names = header(attributes)
        rows.writerow(names if raw else map(guard, names))
        count = 0
        for record in records:
            cells = row(record, attributes)
            rows.writerow(cells if raw else map(guard, cells))
            count += 1
        text.flush()
    finally:
        # The stream is the caller's; a wrapper that is thrown away would close it.
        text.detach()
    return count
