"""Marks as records for files: which ones, and where in the article each stands."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reader.annotations.codebook import normal
from reader.documents.document import Document
from reader.documents.paragraphs import Paragraphs
from reader.documents.segment import Segments
from reader.documents.span import Span, parsed
from reader.errors import NotFound
from reader.formats.record import Record
from reader.project import Project
from reader.storage import export as stored
from reader.storage import readings
from reader.work import library


@dataclass(frozen=True, slots=True)
class Choice:
    """Which marks are to be written."""

    documents: tuple[Document, ...]
    wanted: stored.Wanted


def choose(
    project: Project,
    documents: Sequence[str] = (),
    tags: Sequence[str] = (),
    annotators: Sequence[str] = (),
    *,
    orphans: bool = False,
) -> Choice:
    """The marks that these words mean, each list empty for all; NotFound or Refused where one means nothing.

    An annotator's name means everybody of that name. `orphans`: those as well that have no place in the present text.
    """
    articles = [library.find(project, word) for word in documents] or [
        row.document for row in library.documents(project)
    ]
    tag_ids: set[str] = set()
    for word in tags:
        tag_ids |= _tags(project, articles, word)
    layers = stored.layers(project.store)
    layer_ids: set[str] = set()
    for name in annotators:
        meant = {layer.id for layer in layers.values() if normal(layer.annotator) == normal(name)}
        if not meant:
            known = ", ".join(sorted({layer.annotator for layer in layers.values()}))
            raise NotFound(f"Nobody called “{name}” marks in this database: it has {known}.")
        layer_ids |= meant
    wanted = stored.Wanted(frozenset(tag_ids) if tags else None, frozenset(layer_ids) if annotators else None, orphans)
    return Choice(tuple(dict.fromkeys(articles)), wanted)


def count(project: Project, choice: Choice) -> int:
    """How many marks that is."""
    return sum(stored.count(project.store, document, choice.wanted) for document in choice.documents)


def attributes(project: Project, choice: Choice) -> list[str]:
    """The attributes that need a column: those that the tags declare, in the codebook's order, then any others said."""
    names: dict[str, None] = {}
    said: set[str] = set()
    for document in choice.documents:
        for tag in library.codebook(project, document).tags:
            if choice.wanted.tags is None or tag.id in choice.wanted.tags:
                names.update(dict.fromkeys(attribute.name for attribute in tag.attributes))
        said |= stored.attribute_names(project.store, document, choice.wanted)
    return [*names, *sorted(said.difference(names))]


def records(project: Project, choice: Choice) -> Iterator[Record]:
    """The marks one by one: articles in their order, each in text order. Nothing is held open in between."""
    layers, tags = stored.layers(project.store), stored.tags(project.store)
    for document in choice.documents:
        number = library.number(project, document)
        notes = readings.notes(project.store, list(layers), [number])
        where: _Where | None = None
        for page in stored.pages(project.store, document, choice.wanted):
            where = where or _Where(library.text(project, document), document)
            for mark, said, links in page:
                fragments, place = _fragments(mark), where.of(mark.start) if mark.fragments else (None, None)
                note = notes.get((mark.layer, number), "")
                yield _record(mark, fragments, said, links, document, note, tags[mark.tag], layers[mark.layer], *place)


def unsettled(project: Project, choice: Choice) -> tuple[int, int]:
    """How many of the marks that are chosen are unsure, and how many orphans there are, chosen or not."""
    found = [stored.unsettled(project.store, document, choice.wanted) for document in choice.documents]
    return sum(unsure for unsure, _ in found), sum(orphans for _, orphans in found)


def _fragments(mark: stored.Marked) -> tuple[Span, ...]:
    if ";" in mark.fragments:
        return parsed(mark.fragments)
    return (Span(mark.start, mark.end),) if mark.fragments else ()


class _Where:
    """Paragraph and sentence numbers in one text."""

    def __init__(self, text: str, document: Document) -> None:
        self._paragraphs = Paragraphs(text, document.layout)
        self._segments = Segments(text, self._paragraphs, document.language)
        self._filled = array("q", [each.start for each in self._paragraphs if each.cut(text).strip()])
        self._within = range(0)
        self._number = 0
        self._starts: list[int] = []
        """Of the paragraph asked for last, since marks come in text order: where it is, its number, its sentences."""

    def of(self, offset: int) -> tuple[int, int]:
        """Paragraph (blank ones not counted) and sentence in it, both from 1."""
        if offset not in self._within:
            paragraph = self._paragraphs.at(offset)
            self._within = range(paragraph.start, paragraph.end + 1)
            self._number = bisect_right(self._filled, paragraph.start)
            self._starts = [span.start for span in self._segments.sentences(paragraph)]
        return self._number, max(1, bisect_right(self._starts, offset))


def _tags(project: Project, articles: Sequence[Document], word: str) -> set[str]:
    missing: NotFound | None = None
    found: set[str] = set()
    for book in {document.id: library.codebook(project, document) for document in articles}.values():
        try:
            found.add(book.find_any(word).id)
        except NotFound as problem:
            missing = problem
    if not found and missing is not None:
        raise missing
    return found


def _record(
    mark: stored.Marked,
    fragments: tuple[Span, ...],
    said: stored.Attributes,
    links: stored.Links,
    document: Document,
    document_note: str,
    tag: tuple[str, str],
    layer: stored.Layer,
    paragraph: int | None,
    sentence: int | None,
) -> Record:
    return Record(
        id=mark.id,
        text_hash=document.text_hash,
        document_id=document.id,
        document=document.title,
        byline=document.byline,
        date=document.date,
        source=document.source,
        layer=layer.id,
        purpose=layer.purpose,
        annotator=layer.annotator,
        annotator_id=layer.annotator_id,
        tag=tag[1],
        tag_id=tag[0],
        tag_revision=mark.tag_revision,
        fragments=fragments,
        status=mark.status,
        text=mark.text,
        before=mark.before,
        after=mark.after,
        paragraph=paragraph,
        sentence=sentence,
        note=mark.note,
        created_at=mark.created_at,
        updated_at=mark.updated_at,
        attributes=said,
        relations=links,
        document_note=document_note,
    )
