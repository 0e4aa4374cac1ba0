"""A review as CSV: one row a difference, and one for what all agree on (RFC 4180, UTF-8, CRLF)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from reader.documents.span import written
from reader.formats.csv_cells import BOM, LINE_END, Cells
from reader.formats.review_report import Article, Entry, Mark, ReviewReport
from reader.formats.review_words import decision, tag_name, verdict

BEFORE = (
    "document", "document_id", "text_hash", "review", "review_kind", "number", "verdict", "kind", "differs_in",
    "state", "choice", "decision",
)  # fmt: skip
OF_A_SIDE = ("annotator", "tag", "fragments", "text", "note", "attributes")
OF_FINAL = ("tag", "fragments", "text", "note", "attributes")
AFTER = ("reason", "comment", "answers", "by", "at", "changed", "not_read")

MARKS_JOINED_BY = " | "
"""Between the marks of one side, where it has several."""

VALUES_JOINED_BY = "; "


def header(report: ReviewReport) -> list[str]:
    """The names of the columns: those of each side begin with its letter, those of the outcome with `final`."""
    sides = (f"{side.letter}.{name}" for side in report.sides for name in OF_A_SIDE)
    return [*BEFORE, *sides, *(f"final.{name}" for name in OF_FINAL), *AFTER]


def write(report: ReviewReport, out: BinaryIO, excel: bool = False) -> None:
    """Writes header and rows; `excel` begins with a byte order mark, without which Excel reads cp1252."""
    if excel:
        out.write(BOM)
    cells = Cells()
    out.write(cells.joined(*header(report)).encode() + LINE_END)
    for article in report.articles:
        for entry in article.entries:
            out.write(cells.joined(*_row(report, article, entry)).encode() + LINE_END)


def _row(report: ReviewReport, article: Article, entry: Entry) -> Iterator[str]:
    document = article.document
    yield from (document.title, document.id, document.text_hash, report.id, report.kind, str(entry.number or ""))
    yield from (verdict(report, entry).name, entry.kind.value if entry.kind is not None else "added")
    edges = ["edges"] if entry.edges else []
    yield from (VALUES_JOINED_BY.join([*edges, *entry.said]), entry.state.value)
    yield from (entry.choice.value if entry.choice is not None else "", decision(report, article, entry))
    for side, marks in zip(report.sides, entry.sides, strict=True):
        yield side.called
        yield from _marks(article, marks)
    yield from _marks(article, entry.final)
    answers = "\n".join(f"{each.by}, {each.at}: {each.text}" for each in entry.answers)
    yield from (entry.reason, entry.comment, answers, entry.by, entry.at)
    yield "gone" if entry.gone else "yes" if entry.changed else ""
    not_read = (side.letter for side, status in zip(report.sides, article.status, strict=True) if status == "not read")
    yield VALUES_JOINED_BY.join(not_read)


def _marks(article: Article, marks: Sequence[Mark]) -> Iterator[str]:
    """Tag, pieces, words, note and attributes of one side's marks; nothing where none of them has any."""
    columns = list(zip(*(_mark(article, mark) for mark in marks), strict=True)) or [()] * len(OF_FINAL)
    yield from (MARKS_JOINED_BY.join(column) if any(column) else "" for column in columns)


def _mark(article: Article, mark: Mark) -> tuple[str, ...]:
    values = (f"{name}: {', '.join(some)}" for name, some in mark.attributes.items())
    return tag_name(article, mark.tag), written(mark.fragments), mark.text, mark.note, VALUES_JOINED_BY.join(values)
