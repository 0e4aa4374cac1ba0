"""CSV: one row an annotation, for spreadsheets and statistics (RFC 4180, UTF-8, CRLF)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import BinaryIO

from reader.documents.span import written
from reader.errors import ReaderError
from reader.formats.csv_cells import BOM, LINE_END, Cells
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
FIXED_AFTER = ("created_at", "updated_at", "status")
VALUES_JOINED_BY = "; "
_REMEMBERED = 4096


def header(attributes: Sequence[str]) -> list[str]:
    """The names of the columns; `attributes` get one column each, called `attr.NAME`."""
    return [*FIXED_BEFORE, *(f"attr.{name}" for name in attributes), *FIXED_AFTER]


def write(
    records: Iterable[Record], out: BinaryIO, attributes: Sequence[str], *, raw: bool = False, excel: bool = False
) -> int:
    """Write header and rows to `out`; how many annotations there were.

    `raw` leaves out the formula guard; `excel` begins with a byte order mark, without which Excel reads cp1252.
    ReaderError where a record has an attribute without a column.
    """
    if excel:
        out.write(BOM)
    rows = _Rows(attributes, raw)
    out.write(rows.joined(*header(attributes)).encode() + LINE_END)
    count = 0
    for record in records:
        out.write(rows.row(record).encode() + LINE_END)
        count += 1
    return count


class _Rows:
    """Rows as they stand in the file.

    Much of a row is as in the row before: that is remembered, where the csv module would look at every letter again.
    """

    def __init__(self, attributes: Sequence[str], raw: bool) -> None:
        self._attributes = attributes
        self.joined = Cells(raw).joined
        self._nothing_said = "," * (len(attributes) - 1)
        self._shared = lru_cache(_REMEMBERED)(self.joined)

    def row(self, record: Record) -> str:
        """One annotation."""
        tagged = self._shared(
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
        )
        where = _where(record)
        words = self.joined(record.text, record.before, record.after)
        when = self._shared(record.created_at, record.updated_at, record.status)
        note = self._shared(record.note)
        said = f"{self._said(record)}," if self._attributes else ""
        place = f"{record.paragraph or ''},{record.sentence or ''}"
        return f"{self.joined(record.id)},{tagged},{where},{words},{place},{note},{said}{when}"

    def _said(self, record: Record) -> str:
        said = record.attributes
        if not said:
            return self._nothing_said
        missing = said.keys() - set(self._attributes)
        if missing:
            raise ReaderError(f"“{min(missing)}” was said about a mark while the export ran: export again.")
        return self.joined(*(VALUES_JOINED_BY.join(said.get(name, ())) for name in self._attributes))


def _where(record: Record) -> str:
    """The columns `start`, `end` and `fragments`; empty for an orphan."""
    if not record.fragments:
        return ",,"
    return f"{record.fragments[0].start},{record.fragments[-1].end},{written(record.fragments)}"
