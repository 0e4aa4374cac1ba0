"""Hits of a search as files hold them: CSV for spreadsheets, JSON for programs; one after the other, none kept."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import BinaryIO

from reader.formats.csv_cells import LINE_END, Cells
from reader.work.hits import Hit

COLUMNS = (
    "kind", "number", "document", "byline", "date", "source", "document_id", "start", "end", "text_before", "text",
    "text_after", "tag", "annotator", "note", "id", "said",
)  # fmt: skip
"""As the columns of an export are called; `kind` is text, mark, article or note (on an article), `id` the mark's.

`said`: the attributes of the mark in which the words were found, as `speaker: Kirby`, with `; ` between.
"""


def values(hit: Hit) -> tuple[object, ...]:
    """What stands in the columns: strings, and whole numbers for `number`, `start` and `end`."""
    article, mark = hit.article, hit.mark
    who = hit.note.annotator if hit.note else ""
    of_mark = (mark.tag, mark.annotator, mark.note, mark.id) if mark else ("", who, "", "")
    return (
        hit.kind.value, article.number, article.title, article.byline, article.date, article.source, article.id,
        hit.span.start, hit.span.end, hit.before, hit.words, hit.after,
        *of_mark, "; ".join(f"{each.name}: {each.value}" for each in hit.said),
    )  # fmt: skip


def write_csv(hits: Iterable[Hit], out: BinaryIO) -> int:
    """A header and a row for each hit, quoted and guarded against formulas as an export is; how many."""
    cells = Cells()
    out.write(cells.joined(*COLUMNS).encode() + LINE_END)
    count = 0
    for hit in hits:
        out.write(cells.joined(*map(str, values(hit))).encode() + LINE_END)
        count += 1
    return count


def write_json(hits: Iterable[Hit], out: BinaryIO) -> int:
    """One list with an object for each hit, a line each; how many."""
    count = 0
    out.write(b"[")
    for hit in hits:
        line = json.dumps(dict(zip(COLUMNS, values(hit), strict=True)), ensure_ascii=False)
        out.write((",\n" if count else "\n").encode() + line.encode())
        count += 1
    out.write(b"\n]\n")
    return count
