"""What somebody may want to say of a mark: values proposed for its attributes, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reader.annotations.annotation import Annotation
from reader.annotations.codebook import Attribute, Codebook, Kind, Tag
from reader.documents.document import Document
from reader.documents.folding import folded
from reader.documents.names import beginning, same
from reader.documents.segment import Segments
from reader.documents.speakers import speakers
from reader.project import Project
from reader.storage import annotations as stored
from reader.storage import codebooks, documents, said
from reader.storage.said import Lacking

__all__ = ["Lacking"]

MOST = 9
"""Values that are offered: as many as there are digits to take them by."""

BESIDE, IN_TEXT, WITH, HERE, BEFORE = "beside it", "named here", "with that before", "in this article", "before"
"""Why a value is offered: named by the words or elsewhere in the text, given with another value, here, or anywhere."""

_PAGE = 500


class Offer(NamedTuple):
    """A value that is proposed."""

    value: str
    why: str
    """`BESIDE`, `IN_TEXT`, `WITH`, `HERE`, `BEFORE`; empty for the choices that the codebook declares."""
    times: int = 0
    """How often it was given, where that is why."""


def offers(
    project: Project, document: Document, segments: Segments, annotation: Annotation, attribute: Attribute
) -> tuple[Offer, ...]:
    """What may be said of this mark, the likeliest first; `segments` are those of the article's text.

    Choices and yes/no: all that can be said. Else names found beside the words (where the attribute holds names),
    values given together with what is said of this mark already, this annotator's values in this article, and
    everybody's everywhere, each once however it is spelt. A name found is spelt as it was before in this database,
    else as the article gives it in full.
    """
    if attribute.kind in (Kind.CHOICE, Kind.CHOICES):
        return tuple(Offer(choice, "") for choice in attribute.choices)
    if attribute.kind is Kind.YES_NO:
        return (Offer("yes", ""), Offer("no", ""))
    store, name = project.store, attribute.name
    here = said.here(store, project.annotator.layer_pk, documents.place(store, document.id).document, name)
    everywhere = said.everywhere(store, name) if attribute.kind is Kind.TEXT else []
    alike = same if attribute.names else _equal
    out: list[Offer] = []

    def add(offered: Iterator[Offer]) -> None:
        for offer in offered:
            if len(out) == MOST:
                return
            if not any(alike(offer.value, other.value) for other in out):
                out.append(offer)

    found: list[str] = []
    if attribute.names:
        beside = speakers(segments.text, segments, annotation.fragments)
        known = ([value for value, _ in here], [value for value, _ in everywhere])
        found = [_spelt(each, *known) for each in beside]
    add(Offer(value, BESIDE) for value in found[:2])
    add(_together(project, document, annotation, attribute))
    add(Offer(value, HERE, count) for value, count in here)
    add(Offer(value, BESIDE) for value in found[2:4])
    add(Offer(value, BEFORE, count) for value, count in everywhere if said.is_given(store, name, value))
    return tuple(out)


def matching(
    project: Project, segments: Segments, annotation: Annotation, attribute: Attribute, typed: str
) -> tuple[Offer, ...]:
    """What holds the letters that were typed: names of the article that begin so, then earlier values, each once."""
    wanted = folded(" ".join(typed.split()))
    if not wanted or attribute.kind is not Kind.TEXT:
        return ()
    name, alike = attribute.name, same if attribute.names else _equal
    holding = [(value, count) for value, count in said.everywhere(project.store, name) if wanted in folded(value)]
    holding.sort(
        key=lambda pair: not any(word.startswith(wanted) for word in (folded(pair[0]), *folded(pair[0]).split()))
    )
    out: list[Offer] = []
    if attribute.names:
        known = [value for value, _ in holding]
        for found in beginning(segments.text, wanted, annotation.start):
            offer = Offer(_spelt(found, (), known), IN_TEXT)
            if len(out) < MOST // 2 and not any(alike(offer.value, other.value) for other in out):
                out.append(offer)
    for value, count in holding:
        new = len(out) < MOST and not any(alike(value, other.value) for other in out)
        if new and said.is_given(project.store, name, value):
            out.append(Offer(value, BEFORE, count))
    return tuple(out)


def missing_of(annotation: Annotation, tag: Tag) -> tuple[Attribute, ...]:
    """The attributes that are wanted of the mark and not there, in the codebook's order."""
    return tuple(each for each in tag.attributes if each.wanted and not annotation.attributes.get(each.name))


def lacking(project: Project, document: Document | None = None, *, tags: Sequence[Tag] = ()) -> list[Lacking]:
    """This annotator's marks that lack what their tags want, as numbers, in the order of articles and text.

    In one article or in all; of these tags or of all.
    """
    books = [codebooks.of_document(project.store, document.id)] if document else codebooks.present(project.store)
    chosen = {tag.id for tag in tags}
    here = None if document is None else documents.place(project.store, document.id).document
    return said.lacking(project.store, project.annotator.layer_pk, _wanted(books, chosen), here)


class Missing(NamedTuple):
    """A mark that lacks something that its tag wants."""

    annotation: Annotation
    article: int
    """The article's number."""
    title: str
    names: tuple[str, ...]
    """The attributes that it lacks."""


def missing(project: Project, found: Sequence[Lacking]) -> Iterator[Missing]:
    """The same marks whole, fetched some at a time."""
    for first in range(0, len(found), _PAGE):
        some = found[first : first + _PAGE]
        titles = said.titles(project.store, sorted({each.document for each in some}))
        marks = {mark.pk: mark for mark in stored.by_pk(project.store, [each.pk for each in some])}
        for each in some:
            if each.pk in marks:
                yield Missing(marks[each.pk], each.document, titles.get(each.document, ""), each.names)


def _wanted(books: Sequence[Codebook], chosen: set[str]) -> list[said.Wanted]:
    return [
        said.Wanted(tag.id, attribute.name)
        for tag in {tag.id: tag for book in books for tag in book.tags if not tag.heir}.values()
        if not chosen or tag.id in chosen
        for attribute in tag.attributes
        if attribute.wanted
    ]


def _together(project: Project, document: Document, annotation: Annotation, attribute: Attribute) -> Iterator[Offer]:
    """What was said of other marks that share a name with this one: the role that its speaker had before."""
    tag = codebooks.of_document(project.store, document.id).by_id(annotation.tag)
    for other in tag.attributes:
        if other.names and other.name != attribute.name and not attribute.names:
            for value in annotation.attributes.get(other.name, ()):
                for found, count in said.together(project.store, other.name, value, attribute.name):
                    yield Offer(found, WITH, count)


def _spelt(name: str, here: Sequence[str], everywhere: Sequence[str]) -> str:
    """The name as it was written before: here, else anywhere, but where it could then be one of several people."""
    words = folded(name).split()
    begins = words[-1][:4] if words else ""
    for known in (here, everywhere):
        found = [value for value in known if begins in folded(value) and same(value, name)]
        if found and all(same(found[0], other) for other in found):
            return found[0]
    return name


def _equal(one: str, other: str) -> bool:
    return folded(one) == folded(other)
