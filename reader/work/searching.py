"""Searching everything: texts, notes, marks and what is said about them; hits in context, found as they are asked for.

Words alone are looked for in the texts and in the notes. Where a mark is asked for (`tag:quote`, `by:ana`,
`speaker:Kirby` …) they are looked for in the words and the note of such marks. The newest article comes first, its
hits in the order of the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from enum import StrEnum
from heapq import merge
from typing import NamedTuple

from reader.documents.span import Span
from reader.project import Project
from reader.storage import export
from reader.storage import search as stored
from reader.storage.search import Article, Few, Marked, Wanted, Which
from reader.work.asking import FIELDS, asked
from reader.work.places import Sought, all_places, has_all, has_any, places_of_all
from reader.work.query import terms

__all__ = ["FIELDS"]

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
class Hit:
    """One thing found, in its context."""

    kind: Kind
    article: Article
    span: Span
    """Where it is in the article's current text; a mark from its first piece to its last."""
    before: str
    words: str
    """The words found; of a mark all its words, pieces joined by ` … `; of an article its title."""
    after: str
    mark: Mark | None = None
    found: tuple[Span, ...] = ()
    """What of `words` was looked for; nothing where all of it was."""
    found_in_note: tuple[Span, ...] = ()

    @property
    def place(self) -> Place:
        """What `Search.again` makes the same hit of."""
        return Place(self.kind, self.article.version, self.span.start, self.span.end, self.mark.pk if self.mark else 0)


class Place(NamedTuple):
    """A hit in little room."""

    kind: Kind
    version: int
    start: int
    end: int
    mark: int


class Search:
    """One query on one database; UsageProblem, in a sentence, where it cannot be understood."""

    def __init__(
        self, project: Project, query: str, *, unfinished: bool = False, rest: Callable[[], None] = lambda: None
    ) -> None:
        """`unfinished`: somebody is still typing, and the last word may be the beginning of one.

        `rest` is called before each article that is looked at: there somebody else may have their turn, and what it
        raises ends the search.
        """
        self._on(project)
        self._rest = rest
        self._asked = asked(project, terms(query, unfinished=unfinished), list(self._tags.values()), self._layers)

    def on(self, project: Project) -> Search:
        """The same query by another connection to the same database: for another thread."""
        other = copy(self)
        other._on(project)
        return other

    def _on(self, project: Project) -> None:
        self._project = project
        self._store = project.store
        self._look_up()

    def _look_up(self) -> None:
        self._tags = {row.pk: row for row in stored.tags(self._store)}
        self._layers = export.layers(self._store)

    def hits(self) -> Iterator[Hit]:
        """The hits one by one; nothing is held open in between, and no more is looked at than is asked for."""
        asked = self._asked
        if asked.about_marks:
            return self._marks()
        return self._words() if asked.plain or asked.text else self._articles_alone()

    def again(self, places: Sequence[Place]) -> list[Hit | None]:
        """The hits that these places (some hundreds at most) were, in that order; None where nothing is any more."""
        articles = {each.version: each for each in stored.articles_by_version(self._store, [p.version for p in places])}
        pks = [(place.mark, place.version) for place in places if place.mark]
        marks = {mark.pk: mark for mark in stored.marks_by_pk(self._store, pks)} if pks else {}
        texts: dict[int, str] = {}
        hits: list[Hit | None] = []
        for place in places:
            article = articles.get(place.version)
            mark = marks.get(place.mark)
            if article is None or (place.mark and mark is None):
                hits.append(None)
            elif mark is not None:
                hits.append(self._mark(article, mark))
            elif place.kind is Kind.ARTICLE:
                hits.append(_article(article))
            else:
                if place.version not in texts:
                    texts.clear()
                    texts[place.version] = stored.text(self._store, place.version)
                hits.append(in_context(article, texts[place.version], Span(place.start, place.end)))
        return hits

    # Articles

    def _articles(self, wanted: Wanted) -> Iterator[Article]:
        """Those worth a look whose title and details are as they were asked for."""
        for article in stored.articles(self._store, wanted):
            self._rest()
            if self._is_meant(article):
                yield article

    def _is_meant(self, article: Article) -> bool:
        return all(
            has_any([each], getattr(article, name)) is is_wanted for name, each, is_wanted in self._asked.details
        )

    def _worth(self, match: str = "", among: Sequence[int] | None = None, *, marked: bool = False) -> Wanted:
        layers, tags = self._asked.layers, self._asked.tags
        restricted = marked and self._asked.chooses_marks
        return Wanted(
            match,
            self._asked.statuses,
            self._project.annotator.layer_pk,
            (list(self._layers) if layers is None else layers) if restricted else None,
            (list(self._tags) if tags is None else tags) if restricted else None,
            among,
        )

    def _articles_alone(self) -> Iterator[Hit]:
        """Articles by what is known about them, and by what their text does not say."""
        without = [*self._asked.not_plain, *self._asked.not_text]
        for article in self._articles(self._worth()):
            if not without or not has_any(without, stored.text(self._store, article.version)):
                yield _article(article)

    # Words

    def _words(self) -> Iterator[Hit]:
        """Words of texts and of notes."""
        asked = self._asked
        here = [*asked.text, *asked.plain]
        match = _match(here)
        noting = self._noting(asked.plain) if asked.plain else []
        if not match or noting is None:
            # The search tables don't know these words, or too many notes have them: look at everything.
            articles: Iterator[Article] = self._articles(self._worth())
            noted = None if noting is None else set(noting)
        else:
            streams = [self._articles(self._worth(match))]
            if noting:
                streams.append(self._articles(self._worth(_match(asked.text), noting)))
            articles = _newest_first(streams)
            noted = set(noting)
        for article in articles:
            text = stored.text(self._store, article.version)
            if asked.not_text and has_any(asked.not_text, text):
                continue
            spans = places_of_all(here, text)
            if asked.not_plain and has_any(asked.not_plain, text):
                spans = iter(())
            hits = (in_context(article, text, span) for span in spans)
            if (noted is None or noted) and has_all(asked.text, text):
                hits = merge(hits, self._notes(article), key=lambda hit: hit.span)
            yield from hits

    def _noting(self, words: Sequence[Sought]) -> list[int] | None:
        match = _match(words)
        few = stored.noting(self._store, match) if match else None
        return None if few is None else few.pks

    def _notes(self, article: Article) -> Iterator[Hit]:
        """The marks of an article whose note has the words that are looked for."""
        for mark in stored.marks(self._store, article.version, Which(noted=True)):
            note = mark.note
            if has_all(self._asked.plain, note) and not has_any(self._asked.not_plain, note):
                yield self._mark(article, mark)

    # Marks

    def _marks(self) -> Iterator[Hit]:
        asked = self._asked
        if [] in (asked.layers, asked.tags):
            return
        which = Which(asked.layers, asked.tags, asked.said, noted=bool(asked.note))
        few = self._fewest()
        last, is_meant = None, True
        for article, mark in self._among(few, which) if few is not None else self._everywhere(which):
            if article.version != last:
                last, is_meant = article.version, self._says(article)
            if is_meant and self._is_wanted(mark):
                yield self._mark(article, mark)

    def _among(self, few: Few, which: Which) -> Iterator[tuple[Article, Marked]]:
        for article, mark in stored.marks_among(self._store, few, self._worth(), which):
            self._rest()
            if self._is_meant(article):
                yield article, mark

    def _everywhere(self, which: Which) -> Iterator[tuple[Article, Marked]]:
        for article in self._articles(self._worth(_match(self._asked.text), marked=True)):
            for mark in stored.marks(self._store, article.version, which):
                yield article, mark

    def _says(self, article: Article) -> bool:
        """Whether the text of an article has what it must have, and nothing else."""
        asked = self._asked
        if not asked.text and not asked.not_text:
            return True
        text = stored.text(self._store, article.version)
        return has_all(asked.text, text) and not has_any(asked.not_text, text)

    def _fewest(self) -> Few | None:
        """The marks that one of the terms leaves, where those are few; None where none of them does."""
        asked, store = self._asked, self._store
        found: list[Few | None] = []
        found += (stored.quoting(store, _match([each])) for each in asked.mark if each.is_indexed)
        found += (stored.noting(store, _match([each])) for each in asked.note if each.is_indexed)
        found += (stored.saying(store, said) for said in asked.said if said.wanted)
        for each in asked.plain:
            if each.is_indexed:
                match = _match([each])
                found.append(stored.either(store, stored.quoting(store, match), stored.noting(store, match)))
        return min((few for few in found if few is not None), key=lambda few: len(few.pks), default=None)

    def _is_wanted(self, mark: Marked) -> bool:
        asked = self._asked
        words, note = mark.quote, mark.note
        return (
            has_all(asked.mark, words)
            and has_all(asked.note, note)
            and not has_any(asked.not_mark, words)
            and not has_any(asked.not_note, note)
            and all(has_any([each], words) or has_any([each], note) for each in asked.plain)
            and not has_any(asked.not_plain, words)
            and not has_any(asked.not_plain, note)
        )

    def _mark(self, article: Article, mark: Marked) -> Hit:
        if mark.tag not in self._tags or mark.layer not in self._layers:
            # Somebody has come, or a tag been made, since the search began.
            self._look_up()
        given = self._tags[mark.tag]
        tag = self._tags.get(given.heir, given)
        asked = self._asked
        about = Mark(mark.pk, mark.id, tag.name, tag.symbol, tag.colour, self._layers[mark.layer].annotator, mark.note)
        return Hit(
            Kind.MARK,
            article,
            Span(mark.start, mark.end),
            mark.prefix,
            mark.quote,
            mark.suffix,
            about,
            tuple(all_places([*asked.mark, *asked.plain], mark.quote)),
            tuple(all_places([*asked.note, *asked.plain], mark.note)) if mark.note else (),
        )


def _match(words: Sequence[Sought]) -> str:
    """What the search tables are asked for; nothing where they know none of the words."""
    return stored.every([stored.phrase(each.words, begins=each.begins) for each in words if each.is_indexed])


def _newest_first(streams: Sequence[Iterator[Article]]) -> Iterator[Article]:
    """The articles of all streams, each once."""
    last = None
    for article in merge(*streams, key=lambda article: article.version, reverse=True):
        if article.version != last:
            yield article
        last = article.version


def _article(article: Article) -> Hit:
    return Hit(Kind.ARTICLE, article, Span(0, 0), "", article.title, "")


def in_context(article: Article, text: str, span: Span) -> Hit:
    """Words of an article's text as a hit."""
    before, after = text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]
    return Hit(Kind.TEXT, article, span, before, span.cut(text), after)
