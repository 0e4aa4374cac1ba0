"""Writing marks to files: which ones, and where in its article each stands."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from reader.annotations.annotation import Annotation
from reader.annotations.codebook import normal
from reader.documents.document import Document
from reader.documents.paragraphs import Paragraphs
from reader.documents.segment import Segments
from reader.errors import NotFound, Refused
from reader.formats.record import Record
from reader.formats.table import Format, Options, chosen
from reader.formats.writing import replacing
from reader.project import Project
from reader.storage import export as stored
from reader.work import library


Watch = Callable[[Iterator[Record], int], Iterable[Record]]
"""Passes records on, and may tell a person how many of how many there have been."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which marks are to be written, in the words of whoever asks; each left empty means all."""

    documents: tuple[str, ...] = ()
    """Ids, numbers or titles of articles."""
    tags: tuple[str, ...] = ()
    """Names of tags, or beginnings of them."""
    annotators: tuple[str, ...] = ()
    """Names; one means everybody who is called so."""


@dataclass(frozen=True, slots=True)
class _Meant:
    documents: tuple[Document, ...]
    wanted: stored.Wanted


def export_file(
    project: Project,
    path: Path,
    choice: Choice,
    format_name: str | None = None,
    *,
    raw: bool = False,
    excel: bool = False,
    watch: Watch | None = None,
) -> int:
    """Writes the marks to `path`, whole or not at all; how many there were.

    The format is the one named, else the one that the file's ending means, else CSV. Refused, and the file left as
    it was, where there is nothing to write.
    """
    form = chosen(format_name, path)
    meant = _some(project, choice)
    with replacing(path) as out:
        return _write(project, out, meant, form, Options(raw=raw, excel=excel), watch)


def export_stream(
    project: Project,
    out: BinaryIO,
    choice: Choice,
    format_name: str | None = None,
    *,
    raw: bool = False,
    excel: bool = False,
    watch: Watch | None = None,
) -> int:
    """Writes the marks to a stream that is open already, as `export_file` does to a file."""
    meant = _some(project, choice)
    return _write(project, out, meant, chosen(format_name, None), Options(raw=raw, excel=excel), watch)


def _write(project: Project, out: BinaryIO, meant: _Meant, form: Format, options: Options, watch: Watch | None) -> int:
    records = _records(project, meant)
    watched = watch(records, _count(project, meant)) if watch else records
    return form.write(watched, out, replace(options, attributes=_attributes(project, meant)))


def _some(project: Project, choice: Choice) -> _Meant:
    """What the words mean; NotFound or Refused where one means nothing, or all of them no marks."""
    meant = _meant(project, choice)
    if not _count(project, meant):
        among = " among these" if choice != Choice() else " yet"
        raise Refused(f"There are no marks{among}, so nothing was written.")
    return meant


def _meant(project: Project, choice: Choice) -> _Meant:
    articles = [library.find(project, word) for word in choice.documents] or [
        row.document for row in library.documents(project)
    ]
    tags: set[str] = set()
    for word in choice.tags:
        tags |= _tags(project, articles, word)
    layers: set[str] = set()
    known = stored.layers(project.store).values()
    for name in choice.annotators:
        meant = {layer.id for layer in known if normal(layer.annotator) == normal(name)}
        if not meant:
            names = ", ".join(sorted({layer.annotator for layer in known}))
            raise NotFound(f"Nobody called “{name}” marks in this database. It has {names}.")
        layers |= meant
    wanted = stored.Wanted(frozenset(tags) if choice.tags else None, frozenset(layers) if choice.annotators else None)
    return _Meant(tuple(dict.fromkeys(articles)), wanted)


def _count(project: Project, meant: _Meant) -> int:
    return sum(stored.count(project.store, document.id, meant.wanted) for document in meant.documents)


def _attributes(project: Project, meant: _Meant) -> list[str]:
    """Those that the tags declare, in the codebook's order, then any others that something was said by."""
    names: dict[str, None] = {}
    said: set[str] = set()
    for document in meant.documents:
        for tag in library.codebook(project, document).tags:
            if meant.wanted.tags is None or tag.id in meant.wanted.tags:
                names.update(dict.fromkeys(attribute.name for attribute in tag.attributes))
        said |= stored.attribute_names(project.store, document.id, meant.wanted)
    return [*names, *sorted(said.difference(names))]


def _records(project: Project, meant: _Meant) -> Iterator[Record]:
    """Articles in their order, each in text order; no read is open while one is being written."""
    layers, names = stored.layers(project.store), stored.tag_names(project.store)
    for document in meant.documents:
        where: _Where | None = None
        for page in stored.pages(project.store, document.id, meant.wanted):
            where = where or _Where(library.text(project, document), document)
            for mark in page:
                yield _record(mark, document, names[mark.tag], layers[mark.layer], *where.of(mark.start))


class _Where:
    """Paragraph and sentence numbers in one text."""

    def __init__(self, text: str, document: Document) -> None:
        self._paragraphs = Paragraphs(text, document.layout)
        self._segments = Segments(text, self._paragraphs, document.language)
        self._filled = array("q", [
            index for index in range(len(self._paragraphs)) if not self._paragraphs.span(index).cut(text).isspace()
            and len(self._paragraphs.span(index))
        ])  # fmt: skip

    def of(self, offset: int) -> tuple[int, int]:
        """Paragraph (blank ones not counted) and sentence in it, both from 1."""
        index = self._paragraphs.at(offset)
        starts = [span.start for span in self._segments.sentences(index)]
        return bisect_right(self._filled, index), max(1, bisect_right(starts, offset))


def _tags(project: Project, articles: Sequence[Document], word: str) -> set[str]:
    missing: NotFound | None = None
    found: set[str] = set()
    for book in {document.id: library.codebook(project, document) for document in articles}.values():
        try:
            found.add(book.find(word).id)
        except NotFound as problem:
            missing = problem
    if not found and missing is not None:
        raise missing
    return found


def _record(
    mark: Annotation, document: Document, tag: str, layer: stored.Layer, paragraph: int, sentence: int
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
        tag=tag,
        tag_id=mark.tag,
        tag_revision=mark.tag_revision,
        fragments=mark.fragments,
        text=mark.text,
        before=mark.before,
        after=mark.after,
        paragraph=paragraph,
        sentence=sentence,
        note=mark.note,
        created_at=mark.created_at,
        updated_at=mark.updated_at,
        attributes=mark.attributes,
    )
