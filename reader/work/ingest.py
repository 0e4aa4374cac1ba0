"""Taking articles in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reader.documents.document import Document
from reader.project import Project
from reader.storage import documents
from reader.work.details import cleaned

if TYPE_CHECKING:
    from reader.documents.load import Source


class Added(NamedTuple):
    """What became of a text that came in."""

    document: Document
    is_new: bool
    """False where the same text was there already; then its title and details are as they were."""
    restored: bool
    """Whether it had been removed, and is back with all its marks."""
    hidden: int
    """How many characters of the text take no room: soft hyphens, joiners …"""
    replaced: bool
    """Whether the article has had this text before and has another one now: that one is in `document`."""


def add(
    project: Project,
    source: Source,
    title: str | None = None,
    byline: str = "",
    date: str = "",
    source_note: str = "",
) -> Added:
    """Stores the article in `source`, durable on return; the same text again is the same document.

    `source_note` says where it is from. BadInput, and nothing stored, where the bytes are no readable text;
    UsageProblem where `date` is no date.
    """
    from reader.documents.load import take_in

    details = cleaned({"title": title or "", "byline": byline, "date": date, "source": source_note})
    intake = take_in(source)
    document, is_new, restored = documents.add(project.store, project.annotator, intake, details)
    return Added(document, is_new, restored, intake.hidden, document.text_hash != intake.text_hash)
