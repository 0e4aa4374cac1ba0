"""The articles: which there are, what is known about each, how far it is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reader.annotations.codebook import Codebook
from reader.documents.document import Document, Structure
from reader.documents.span import Span
from reader.errors import Refused, UsageProblem
from reader.project import Project
from reader.storage import codebooks, readings
from reader.storage import documents as stored
from reader.storage import library as listing
from reader.storage.documents import called
from reader.storage.library import DocumentRow
from reader.storage.readings import Reading
from reader.work.details import cleaned

__all__ = ["DocumentRow", "Reading", "called"]

STATUSES = ("new", "reading", "done")

_PAGE = 200


def listed(project: Project) -> Iterator[DocumentRow]:
    """All articles in the order they came in, with what this annotator did in each; fetched a page at a time."""
    numbers = listing.present(project.store)
    for at in range(0, len(numbers), _PAGE):
        yield from listing.rows(project.store, project.annotator.layer_pk, numbers[at : at + _PAGE])


def documents(project: Project) -> list[DocumentRow]:
    """The same as a list."""
    return list(listed(project))


def find(project: Project, word: str) -> Document:
    """The article meant by a number, an id, a text hash, the beginning of one of these, or (part of) a title."""
    return stored.find(project.store, word)


def number(project: Project, document: Document) -> int:
    """The number that a person types for this article, as `documents` gives it."""
    return stored.place(project.store, document.id).document


def by_number(project: Project, number: int) -> Document:
    """The article with this number; NotFound where there is none."""
    return listing.document(project.store, number)


def by_id(project: Project, document_id: str) -> Document:
    """The article with this id, with the title and details that it has now; NotFound where it is gone."""
    return stored.get(project.store, document_id)


def text(project: Project, document: Document) -> str:
    """The canonical text that all offsets of this article count in."""
    return stored.text(project.store, stored.version_pk(project.store, document))


def from_raw(project: Project, document: Document, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Ranges of the file as it came in, in code points of the decoded text, as ranges of the article's text.

    A byte order mark counts as one, a CRLF as two; what was composed or left out is covered whole. Refused where a
    range reaches beyond the file.
    """
    offset_map = stored.offset_map(project.store, stored.version_pk(project.store, document))
    if spans and max(span.end for span in spans) > offset_map.raw_length:
        raise Refused(f"The file ends at {offset_map.raw_length}: choose offsets inside it.")
    return tuple(map(offset_map.to_canonical, spans))


def structure(project: Project, document: Document) -> tuple[Structure, ...]:
    """Headings, lists, emphasis …, in text order."""
    return stored.structure(project.store, stored.version_pk(project.store, document))


def codebook(project: Project, document: Document) -> Codebook:
    """The tags that this article is read with."""
    return codebooks.of_document(project.store, document.id)


def edit_details(project: Project, document: Document, *, in_library: bool = False, **details: str) -> Document:
    """Changes title, byline, date, source or language; one step that can be undone, see `history` for `in_library`."""
    unknown = sorted(set(details).difference(stored.EDITABLE))
    if unknown:
        raise UsageProblem(f"An article has no “{unknown[0]}”: it has {', '.join(stored.EDITABLE)}.")
    return stored.edit(
        project.store, project.annotator, document.id, cleaned(details, titled=True), in_library=in_library
    )


def delete(project: Project, document: Document) -> int:
    """Takes an article out of all lists; its number, by which `restore` brings it back (so does its text)."""
    return stored.delete(project.store, project.annotator, document.id)


def restore(project: Project, word: str) -> Document:
    """Brings the deleted article back that is meant by a number, a title …, with everybody's marks."""
    document = stored.find(project.store, word, deleted=True)
    return stored.restore(project.store, project.annotator, document.id)


def deleted(project: Project) -> list[tuple[int, str, str]]:
    """Number, title and time of every deleted article, the last one first."""
    return stored.deleted(project.store)


def marks_in(project: Project, document: Document) -> int:
    """How many marks everybody made in the article, also where it is deleted."""
    return stored.marks_in(project.store, document.id)


def reading(project: Project, document: Document) -> Reading:
    """How far this annotator is with the article: status and place."""
    return readings.get(project.store, project.annotator, stored.place(project.store, document.id))


def opened(project: Project, document: Document) -> None:
    """Notes that this annotator has begun to read; writes nothing the second time."""
    readings.opened(project.store, project.annotator, _seen(project, document))


def set_place(project: Project, document: Document, place: int) -> None:
    """Notes how far this annotator has read (an offset): once, when the article is left. Never less than before."""
    here = _seen(project, document)
    place = min(place, document.length)
    if place > readings.get(project.store, project.annotator, here).place:
        readings.set_place(project.store, project.annotator, here, place)


def _seen(project: Project, document: Document) -> stored.Place:
    """The text that somebody has before them, which may have been replaced meanwhile: that is the one they read."""
    number = stored.place(project.store, document.id).document
    return stored.Place(number, stored.version_pk(project.store, document))


def set_status(project: Project, document: Document, status: str, *, in_library: bool = False) -> None:
    """Says `new`, `reading` or `done`; can be undone, see `history` for `in_library`."""
    if status not in STATUSES:
        raise UsageProblem(f"“{status}” is no status: say {', '.join(STATUSES[:-1])} or {STATUSES[-1]}.")
    label = f"calling {called(document.title)} {status}" if in_library else f"calling it {status}"
    here = stored.place(project.store, document.id)
    readings.set_status(project.store, project.annotator, here, status, label, in_library=in_library)
