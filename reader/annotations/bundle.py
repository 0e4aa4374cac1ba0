"""What somebody else said, as plain values: read from a file of theirs, in no database yet.

Things name each other by their ids, and a text by its hash, since two people who took in the same text have the same.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from reader.annotations.codebook import Tag

if TYPE_CHECKING:
    from reader.documents.load import Intake


_NAMESPACE = uuid.UUID("8f0d4c3e-2f55-5a0e-8a55-6d1c0b6f2f57")
"""Of ids of things that a file names without one."""


def derived(kind: str, *words: str) -> str:
    """An id (UUIDv5) for what a file names without one: the same for the same words."""
    return str(uuid.uuid5(_NAMESPACE, "\n".join((kind, *words))))


class Person(NamedTuple):
    """An annotator."""

    id: str
    name: str
    created_at: str
    is_derived: bool = False
    """Whether the id was made of the layer's, since the file does not say it."""


class Layer(NamedTuple):
    """Whose marks, and what for."""

    id: str
    annotator: str
    """UUID of the annotator."""
    purpose: str
    """Empty where the file does not say."""
    name: str
    created_at: str
    seq: int | None
    """The last step in the database it was made in that is in it; None where the file does not say."""
    active: bool = True
    """Whether its annotator ever did anything in it: who only opened the program once has a layer, too."""


class Text(NamedTuple):
    """One of an article's texts, without its words."""

    text_hash: str
    id: str
    """UUID of the version; empty where the file does not say."""
    article: str
    """UUID of the article."""
    number: int
    created_at: str


class Article(NamedTuple):
    """An article as it is known there."""

    id: str
    title: str
    byline: str
    date: str
    source: str
    language: str
    codebook: str
    """UUID of the codebook that it is read with; empty where the file does not say."""
    text_hash: str
    """Of the text that it has there."""
    words: int
    created_at: str
    updated_at: str
    deleted: bool


class Place(NamedTuple):
    """Where a mark is, or that it is nowhere, in one text."""

    text_hash: str
    status: str
    score: float | None
    near: int
    """Where an orphan would stand."""
    fragments: str
    """`10-25;40-52`; empty for an orphan."""
    quote: str
    """Its words, as the file says: they must be those of the text, or, of an orphan, those of a place that it had."""
    before: str | None = None
    """What is around an orphan's words, where no other place in the file says; None where one does."""
    after: str | None = None


class Mark(NamedTuple):
    """An annotation with all its places."""

    id: str
    article: str
    layer: str
    tag: str
    tag_revision: int
    note: str
    created_at: str
    updated_at: str
    deleted_at: str | None
    places: tuple[Place, ...]
    attributes: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class Link(NamedTuple):
    """One mark belongs to another."""

    id: str
    """Empty where the file does not say."""
    layer: str
    kind: str
    source: str
    target: str
    created_at: str
    deleted_at: str | None


class Reading(NamedTuple):
    """How far a layer's annotator is with a text, and what they wrote on it."""

    layer: str
    text_hash: str
    status: str
    place: int
    note: str
    opened_at: str
    updated_at: str
    last_opened_at: str


class Called(NamedTuple):
    """A tag as marks name it."""

    id: str
    name: str
    heir: str
    """UUID of the tag that it was merged into, as which it is shown; empty for none."""
    book: str
    """UUID of its codebook; empty where the file does not say."""


class BookTag(NamedTuple):
    """A tag as its codebook has it."""

    tag: Tag
    created_at: str
    updated_at: str
    retired_at: str | None
    revisions: tuple[tuple[Tag, str], ...]
    """What it meant when: the tag of that revision, and since when; the present one too."""


class Book(NamedTuple):
    """A codebook, its tags in order."""

    id: str
    name: str
    description: str
    created_at: str
    updated_at: str
    tags: tuple[BookTag, ...]


class Review(NamedTuple):
    """Layers that were compared, and the layer that holds what came of it."""

    id: str
    layer: str
    kind: str
    created_at: str
    sides: tuple[str, ...]
    """UUIDs of the layers, in order."""


class Ground(NamedTuple):
    """A mark as it was when it was decided on."""

    side: str
    """`a` or `b`."""
    id: str
    annotator: str
    """The name."""
    layer: str
    tag: str
    tag_revision: int
    fragments: str
    text: str
    note: str
    attributes: Mapping[str, tuple[str, ...]]


class Decision(NamedTuple):
    """What was said about one difference."""

    id: str
    review: str
    article: str
    key: str
    difference: str
    choice: str
    reason: str
    comment: str
    ground: tuple[Ground, ...]
    annotator: str
    created_at: str
    updated_at: str


class Outcome(NamedTuple):
    """Where an annotation of a review's layer comes from."""

    annotation: str
    decision: str
    """Empty where all agreed."""
    source: str
    """The annotation that it was taken from; empty for none."""


class Answer(NamedTuple):
    """What somebody answered to a decision."""

    id: str
    decision: str
    annotator: str
    text: str
    created_at: str
    deleted_at: str | None


@dataclass(frozen=True, slots=True)
class Bundle:
    """All that a file says."""

    name: str
    """What it is called in messages."""

    people: Mapping[str, Person]
    layers: Mapping[str, Layer]
    articles: Mapping[str, Article]
    texts: Mapping[str, Text]
    """By their hash."""

    tags: Mapping[str, Called]
    marks: Sequence[Mark]
    links: Sequence[Link] = ()
    readings: Sequence[Reading] = ()
    books: Mapping[str, Book] = field(default_factory=dict)
    reviews: Sequence[Review] = ()
    decisions: Sequence[Decision] = ()
    outcomes: Sequence[Outcome] = ()
    answers: Sequence[Answer] = ()
    is_whole: bool = False
    """Whether it is a database, with texts and codebooks and all there is of each layer, and not only some marks."""

    until: str = ""
    """When the last thing in it was done; empty where it does not say."""

    joined: bool = False
    """Whether several values of an attribute stand in one, with `; ` between them."""

    intake: Callable[[str], Intake | None] = lambda _: None
    """A text by its hash, read anew and made canonical here; None where the file does not have it, or it is not the
    text that its hash says.
    """
