"""CSV: one row an annotation, for spreadsheets and statistics (RFC 4180, UTF-8, CRLF)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice
from typing import BinaryIO

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
FIXED_AFTER = ("created_at", "updated_at", "status", "purpose")
VALUES_JOINED_BY = "; "
_REMEMBERED = 4096
_AT_ONCE = 500


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
    left = iter(records)
    while some := [rows.row(record) for record in islice(left, _AT_ONCE)]:
        out.write("".join(some).encode())
        count += len(some)
    return count


class _Rows:
    """Rows as they stand in the file.

    Much of a row is as in the row before: that is remembered, where the csv module would look at every letter again.
    """

    def __init__(self, attributes: Sequence[str], raw: bool) -> None:
        self._attributes = attributes
        self._known = frozenset(attributes)
        cells = Cells(raw)
        joined = self.joined = cells.joined
        self._cell = cells.cell
        self._nothing_said = "," * (len(attributes) - 1)
        shared = self._shared = lru_cache(_REMEMBERED)(joined)

        @lru_cache(_REMEMBERED)
        def tagged(text_hash: str, tag_id: str, revision: int, layer: str, tag: str, who: str, *about: str) -> str:
            """The columns that all marks of a tag in an article share, of which some are those of all its marks."""
            return ",".join((shared(text_hash), joined(tag_id, str(revision), layer), shared(*about), joined(tag, who)))

        self._tagged = tagged
        self._told = lru_cache(_REMEMBERED)(self._said)
        self._line_end = LINE_END.decode()

    def row(self, record: Record) -> str:
        """One annotation, with the end of its line."""
        (
            id_, text_hash, _, document, byline, date, source, layer, purpose, annotator, _, tag, tag_id, revision,
            start, end, ranges, status, text, before, after, paragraph, sentence, note, created, updated, said, _, _,
        ) = record  # fmt: skip
        shared, cell = self._shared, self._cell
        tagged = self._tagged(text_hash, tag_id, revision, layer, tag, annotator, document, byline, date, source)
        where = f"{start},{end},{ranges}" if ranges else ",,"
        words = f"{cell(text)},{cell(before)},{cell(after)},{paragraph or ''},{sentence or ''}"
        noted = shared(note) if note else ""
        told = f"{self._told(*said.items()) if said else self._nothing_said}," if self._attributes else ""
        made = cell(created)
        changed = made if created == updated else cell(updated)
        how = shared(status, purpose)
        return f"{cell(id_)},{tagged},{where},{words},{noted},{told}{made},{changed},{how}{self._line_end}"

    def _said(self, *said: tuple[str, tuple[str, ...]]) -> str:
        """The columns of the attributes."""
        values = dict(said)
        missing = values.keys() - self._known
        if missing:
            raise ReaderError(f"“{min(missing)}” was said about a mark while the export ran: export again.")
        return self.joined(*(VALUES_JOINED_BY.join(values.get(name, ())) for name in self._attributes))
