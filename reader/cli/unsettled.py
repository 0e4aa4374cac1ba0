"""Marks that a changed text left in doubt, or without a place, as a table for people or rows for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.cli import tables
from reader.cli.say import shown

if TYPE_CHECKING:
    from reader.documents.document import Document
    from reader.project import Project
    from reader.work.updating import Unsettled

CALL = 8
"""Characters at the end of a mark's id that stand for it: the beginning is the time, much the same for many."""

_WORDS = 44


def write(project: Project, document: Document, found: Sequence[Unsettled], form: str = tables.TABLE) -> None:
    """The marks one by one: what they are on now, and the words that they were made on."""
    from reader.documents.lines import Lines
    from reader.documents.span import written
    from reader.work import library

    text = library.text(project, document)
    lines, names = Lines(text), {tag.id: tag.name for tag in library.codebook(project, document).tags}
    people = form != tables.TABLE
    rows: list[tables.Row] = []
    for mark in found:
        now = " … ".join(span.cut(text) for span in mark.fragments)
        rows.append({
            "mark": mark.id[-CALL:],
            "place": "{}:{}".format(*lines.place(mark.near)),
            "tag": names.get(mark.tag, ""),
            "words": mark.text if people else shown(mark.text, _WORDS),
            "now": now if people else shown(now, _WORDS),
            "fit": None if mark.score is None or not mark.fragments else f"{mark.score:.0%}",
            "status": mark.status,
            "fragments": written(mark.fragments),
            "note": mark.note,
            "annotator": mark.annotator,
            "id": mark.id,
        })  # fmt: skip
    headings = {"mark": "mark", "place": "at", "tag": "tag", "words": "was on"}
    if any(mark.fragments for mark in found):
        headings |= {"now": "may be on", "fit": "fit"}
    tables.write(form, rows, headings, ("place", "fit"))
