"""What searching finds: words of a text, a mark, a note on an article, an article; each in its context."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from reader.documents.span import Span
from reader.storage.search import Article

__all__ = ["Article"]

CONTEXT = 120
"""Code points of the text that are shown on each side of a hit; what stands around a mark is kept with it (32)."""


class Kind(StrEnum):
    """What a hit is."""

    TEXT = "text"
    """Words of a text."""
    MARK = "mark"
    """A mark: its words, and what is said about it."""
    ARTICLE = "article"
    """A whole article, where nothing in it was asked for."""
    NOTE = "note"
    """What somebody wrote on an article as a whole."""


class Saying(NamedTuple):
    """A value of an attribute, with what of it was looked for."""

    name: str
    value: str
    found: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """What a hit says of a mark."""

    pk: int
    id: str
    tag: str
    """The tag's name; that of its heir where it was merged."""
    symbol: str
    colour: str
    annotator: str
    note: str


@dataclass(frozen=True, slots=True)
class Note:
    """Who wrote a note on an article; its words are those of the hit."""

    layer: int
    annotator: str
    is_own: bool
    """Whether it is of the one who asks."""


class Place(NamedTuple):
    """A hit in little room."""

    kind: Kind
    version: int
    start: int
    end: int
    pk: int
    """Of a mark its number, of a note that of its layer, else 0."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found, in its context."""

    kind: Kind
    article: Article
    span: Span
    """Where it is in the article's current text; a mark from its first piece to its last."""
    before: str
    words: str
    """The words found; of a mark all its words, pieces joined by ` … `; a whole note; of an article its title."""
    after: str
    mark: Mark | None = None
    found: tuple[Span, ...] = ()
    """What of `words` was looked for; nothing where all of it was."""
    found_in_note: tuple[Span, ...] = ()
    said: tuple[Saying, ...] = ()
    """What was said about the mark, as far as the words looked for are in it."""
    note: Note | None = None

    @property
    def place(self) -> Place:
        """What `Search.again` makes the same hit of."""
        pk = self.mark.pk if self.mark else self.note.layer if self.note else 0
        return Place(self.kind, self.article.version, self.span.start, self.span.end, pk)


def whole(article: Article) -> Hit:
    """An article as a hit."""
    return Hit(Kind.ARTICLE, article, Span(0, 0), "", article.title, "")


def in_context(article: Article, text: str, span: Span) -> Hit:
    """Words of an article's text as a hit."""
    before, after = text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]
    return Hit(Kind.TEXT, article, span, before, span.cut(text), after)
