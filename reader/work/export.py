"""Marks as records for files: which ones, and where in the article each stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reader.annotations.codebook import Codebook, normal
from reader.documents.document import Document
from reader.documents.outline import Places
from reader.errors import NotFound
from reader.formats.record import Record
from reader.project import Project
from reader.storage import codebooks
from reader.storage import export as stored
from reader.work import library


@dataclass(frozen=True, slots=True)
class Choice:
    """Which marks are to be written."""

    documents: tuple[Document, ...] | None
    """None for all of them."""
    wanted: stored.Wanted


def choose(
    project: Project,
    documents: Sequence[str] = (),
    tags: Sequence[str] = (),
    annotators: Sequence[str] = (),
    *,
    orphans: bool = False,
    final: bool = False,
) -> Choice:
    """The marks that these words mean, each list empty for all; NotFound or Refused where one means nothing.

    An annotator's name means everybody of that name. `orphans`: those as well that have no place in the present text.
    `final`: what reviews made of people's marks, which is left out otherwise.
    """
    articles = tuple(dict.fromkeys(library.find(project, word) for word in documents)) or None
    books = [codebooks.load(project.store, pk) for pk in stored.all_books(project.store)] if tags else []
    tag_ids: set[str] = set()
    for word in tags:
        tag_ids |= _tags(books, word)
    everything = stored.layers(project.store)
    layers = {pk: layer for pk, layer in everything.items() if layer.is_outcome == final}
    if final and not layers:
        raise NotFound("Nothing was reviewed in this database: `reader review` compares people's marks.")
    layer_ids: set[str] = set()
    for name in annotators:
        meant = {layer.id for layer in layers.values() if normal(layer.annotator) == normal(name)}
        if not meant:
            known = ", ".join(sorted({layer.annotator for layer in layers.values()}))
            raise NotFound(f"Nobody called “{name}” marks in this database: it has {known}.")
        layer_ids |= meant
    if not annotators and len(layers) < len(everything):
        layer_ids = {layer.id for layer in layers.values()}
    some = bool(annotators) or len(layers) < len(everything)
    wanted = stored.Wanted(frozenset(tag_ids) if tags else None, frozenset(layer_ids) if some else None, orphans)
    return Choice(articles, wanted)


def count(project: Project, choice: Choice) -> int:
    """How many marks that is."""
    return stored.count(project.store, choice.documents, choice.wanted)


def has_any(project: Project, choice: Choice) -> bool:
    """Whether there are any."""
    return stored.has_any(project.store, choice.documents, choice.wanted)


def attributes(project: Project, choice: Choice) -> list[str]:
    """The attributes that need a column: those that the tags declare, in the codebook's order, then any others said."""
    names: dict[str, None] = {}
    for pk in stored.books(project.store, choice.documents):
        for tag in codebooks.load(project.store, pk).tags:
            if choice.wanted.tags is None or tag.id in choice.wanted.tags:
                names.update(dict.fromkeys(attribute.name for attribute in tag.attributes))
    return [*names, *sorted(stored.attribute_names(project.store, choice.documents, choice.wanted, names))]


def records(project: Project, choice: Choice) -> Iterator[Record]:
    """The marks one by one: articles in their order, each in text order. Nothing is held open in between."""
    layers, tags = stored.layers(project.store), stored.tags(project.store)
    last: Document | None = None
    for document, outline, notes, marks in stored.pages(project.store, choice.documents, choice.wanted):
        if document is not last:
            # A long text's outline was not kept: its paragraphs are looked at where there are marks.
            place = (outline or Places(library.text(project, document), document.layout, document.language)).place
            last = document
        text_hash, document_id, title = document.text_hash, document.id, document.title
        byline, date, source = document.byline, document.date, document.source
        # Apart and by position, since there may be very many: by their names each would take twice as long.
        for mark, said, links in marks:
            (
                _, _, id_, layer_pk, tag_pk, revision, start, end, ranges, status, text, before, after, note, created,
                updated,
            ) = mark  # fmt: skip
            layer_id, purpose, annotator, annotator_id = layers[layer_pk]
            tag_id, tag = tags[tag_pk]
            paragraph, sentence = place(start) if ranges else (None, None)
            yield Record(
                id_, text_hash, document_id, title, byline, date, source, layer_id, purpose, annotator, annotator_id,
                tag, tag_id, revision, start, end, ranges, status, text, before, after, paragraph, sentence, note,
                created, updated, said, links, notes.get(layer_pk, ""),
            )  # fmt: skip


def unsettled(project: Project, choice: Choice) -> tuple[int, int]:
    """How many of the marks that are chosen are unsure, and how many orphans there are, chosen or not."""
    return stored.unsettled(project.store, choice.documents, choice.wanted)


def _tags(books: Sequence[Codebook], word: str) -> set[str]:
    """The ids of the tags that are meant, in whichever codebook; NotFound or Refused where none is."""
    missing: NotFound | None = None
    found: set[str] = set()
    for book in books:
        try:
            found.add(book.find_any(word).id)
        except NotFound as problem:
            missing = missing or problem
    if not found and missing is not None:
        raise missing
    return found
