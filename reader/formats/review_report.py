"""A review as files hold it: plain values, no database and no program needed to understand them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from reader.annotations.codebook import Tag
from reader.documents.document import Document, Structure
from reader.documents.span import Span
from reader.review.choices import Choice
from reader.review.differences import Kind
from reader.review.queue import State


class Side(NamedTuple):
    """One of those whose marks are compared."""

    letter: str
    """`A` for the first, `B` for the second …; `B` for one alone."""

    name: str
    """Empty where the report doesn't say who is who."""

    @property
    def called(self) -> str:
        """What the side is called in a sentence."""
        return self.name or self.letter


class Mark(NamedTuple):
    """An annotation of a side, or one that came of the review."""

    id: str
    tag: str
    """The tag's id, which the article's tags know."""

    fragments: tuple[Span, ...]
    """The pieces, in code points of the article's text (of an earlier one where the entry is `gone`)."""

    text: str
    """The exact words; pieces joined by ` … `."""

    before: str
    after: str
    """What stands around it, up to 32 code points on each side; empty where it is not known any more."""

    note: str = ""
    attributes: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class Answer(NamedTuple):
    """What somebody answered to a decision."""

    by: str
    at: str
    """ISO 8601, UTC."""

    text: str


class Entry(NamedTuple):
    """One difference, one thing that all agree on, or a mark that the reviewer added."""

    number: int
    """Counted from 1 in the article, in the order of the text; 0 for what all agree on."""

    kind: Kind | None
    """None for a mark that the reviewer added."""

    state: State
    choice: Choice | None
    edges: bool
    """Whether the sides are on other words."""

    said: tuple[str, ...]
    """What else differs: `note`, and the names of attributes."""

    sides: tuple[tuple[Mark, ...], ...]
    """The marks of each side of the review that are compared here; mostly one or none."""

    final: tuple[Mark, ...]
    """What came of it."""

    reason: str = ""
    comment: str = ""
    by: str = ""
    """Who decided."""

    at: str = ""
    answers: tuple[Answer, ...] = ()
    changed: bool = False
    """Whether the marks are others than those that were decided on."""

    gone: bool = False
    """Whether none of the marks is there any more: they are given as they were."""

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.state in (State.NEW, State.SKIPPED)

    @property
    def marks(self) -> Iterator[Mark]:
        """The marks of all sides."""
        return (mark for side in self.sides for mark in side)

    @property
    def start(self) -> int:
        """Where the first of its marks begins."""
        return min(mark.fragments[0].start for mark in (*self.marks, *(self.final if self.kind is None else ())))


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a review."""

    document: Document
    text: str
    structure: tuple[Structure, ...]
    tags: tuple[Tag, ...]
    """Those of its codebook, in order."""

    status: tuple[str, ...]
    """How far each side is with it: `not read`, `reading`, `done`, or `marked` where nothing more is known."""

    marks: tuple[tuple[Mark, ...], ...]
    """All marks of each side, in text order; none where it has not read it."""

    final: tuple[Mark, ...]
    """All marks that came of the review so far, in text order."""

    entries: tuple[Entry, ...]
    """In the order of the text."""

    @property
    def differences(self) -> tuple[Entry, ...]:
        """Without what all agree on."""
        return tuple(entry for entry in self.entries if entry.number)


class Gap(NamedTuple):
    """A place where the guideline did not help."""

    article: int
    """The article's place in the report, from 0."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class ReviewReport:
    """A review, or some of its articles, with all that a file of it says."""

    id: str
    """UUID of the review."""

    kind: str
    """`adjudication`, `feedback` (one side) or `answer key` (the key is the first side)."""

    reviewer: str
    sides: tuple[Side, ...]
    written_at: str
    """When the report was made: ISO 8601, UTC."""

    articles: tuple[Article, ...]
    passed_over: tuple[tuple[str, tuple[int, ...]], ...] = ()
    """Articles that cannot be compared yet: the title, and the sides (from 0) that have not read it."""

    gaps: tuple[Gap, ...] = ()
    f1: float | None = None
    """With an answer key: exact span F1 over all articles; None where there are no marks."""
