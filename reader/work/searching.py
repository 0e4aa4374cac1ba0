"""Searching everything: texts, notes, marks and what is said about them; hits in context, found as they are asked for.

Words alone are looked for in the texts, in notes on articles, and in what is said about marks: their notes and
attributes. Where a mark is asked for (`tag:quote`, `by:ana`, `speaker:Kirby` …) they are looked for in the words of
such marks too. The newest article comes first; the notes on it, then its hits in the order of the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from heapq import merge

from reader.documents.span import Span
from reader.project import Project
from reader.storage import export, search_few, search_marks, vocabulary
from reader.storage import search as stored
from reader.storage.export import Layer
from reader.storage.search import Article, Wanted
from reader.storage.search_few import Few
from reader.storage.search_marks import About, Marked, Which, sayings
from reader.work.asking import FIELDS, asked
from reader.work.hits import Hit, Kind, Mark, Note, Place, Saying, in_context, whole
from reader.work.places import Sought, all_places, has_all, has_any, places_of_all
from reader.work.query import terms

__all__ = ["FIELDS"]


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
        self._tags = {row.pk: row for row in vocabulary.tags(self._store)}
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
        pks = [(place.pk, place.version) for place in places if place.kind is Kind.MARK]
        saying = bool(self._asked.plain)
        marks = {mark.pk: mark for mark in search_marks.marks_by_pk(self._store, pks, saying=saying)} if pks else {}
        texts: dict[int, str] = {}
        return [self._again(place, articles.get(place.version), marks, texts) for place in places]

    def _again(
        self, place: Place, article: Article | None, marks: dict[int, Marked], texts: dict[int, str]
    ) -> Hit | None:
        if article is None:
            return None
        if place.kind is Kind.MARK:
            mark = marks.get(place.pk)
            return None if mark is None else self._mark(article, mark)
        if place.kind is Kind.NOTE:
            notes = {note.layer: note for note in stored.notes(self._store, article.number)}
            return self._note(article, notes[place.pk]) if place.pk in notes else None
        if place.kind is Kind.ARTICLE:
            return whole(article)
        if place.version not in texts:
            texts.clear()
            texts[place.version] = stored.text(self._store, place.version)
        return in_context(article, texts[place.version], Span(place.start, place.end))

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

    def _worth(
        self, match: str = "", among: Sequence[int] | None = None, *, marked: bool = False, noted: bool = False
    ) -> Wanted:
        layers, tags = self._asked.layers, self._asked.tags
        restricted = marked and self._asked.chooses_marks
        return Wanted(
            match,
            self._asked.statuses,
            self._project.annotator.layer_pk,
            (list(self._layers) if layers is None else layers) if restricted else None,
            (list(self._tags) if tags is None else tags) if restricted else None,
            among,
            noted,
        )

    def _articles_alone(self) -> Iterator[Hit]:
        """Articles by what is known about them, and by what their text does not say."""
        without = [*self._asked.not_plain, *self._asked.not_text]
        for article in self._articles(self._worth()):
            if not without or not has_any(without, stored.text(self._store, article.version)):
                yield whole(article)

    # Words

    def _words(self) -> Iterator[Hit]:
        """Words of texts, of notes, and of what is said about marks."""
        asked = self._asked
        here = [*asked.text, *asked.plain]
        match = _match(here)
        about, worth = self._worth_asking(asked.plain) if asked.plain else (_NONE, [])
        if not match or worth is None:
            # The search tables don't know these words, or too many marks have them: look at everything.
            articles: Iterator[Article] = self._articles(self._worth())
        else:
            streams = [self._articles(self._worth(match))]
            if worth:
                streams.append(self._articles(self._worth(_match(asked.text), worth)))
            articles = _newest_first(streams)
        said = None if worth is None else frozenset(worth)
        for article in articles:
            text = stored.text(self._store, article.version)
            if asked.not_text and has_any(asked.not_text, text):
                continue
            spans = places_of_all(here, text)
            if asked.not_plain and has_any(asked.not_plain, text):
                spans = iter(())
            hits = (in_context(article, text, span) for span in spans)
            if (said is None or article.number in said) and has_all(asked.text, text):
                yield from self._notes(article)
                hits = merge(hits, self._about(article, about), key=lambda hit: (hit.span.start, -hit.span.end))
            yield from hits

    def _worth_asking(self, words: Sequence[Sought]) -> tuple[About, list[int] | None]:
        """The marks about which these words may be said; the articles with such marks or notes, None for too many."""
        match, store = _match(words), self._store
        if not match:
            return About(noted=True, said=True), None
        noting, saying = search_few.noting(store, match), search_few.saying_words(store, match)
        noted = search_few.noted(store, match)
        about = About(noting is None or bool(noting.pks), saying is None or bool(saying.pks))
        few = search_few.either(store, noting, saying)
        return about, None if few is None or noted is None else [*search_few.documents_of(store, few), *noted]

    def _about(self, article: Article, about: About) -> Iterator[Hit]:
        """The marks of an article whose note, or one of whose attributes, has the words that are looked for."""
        plain, without = self._asked.plain, self._asked.not_plain
        # A word alone is spelt in what the database gives as it is in the value: most marks need no closer look.
        alone = [each.pattern.search for each in plain if each.words.isalnum()]
        for mark in search_marks.marks(self._store, article.version, Which(about=about, saying=True)):
            if not all(search(mark.said) or search(mark.note) for search in alone):
                continue
            said = [mark.note, *(value for _, value in sayings(mark))]
            if any(has_all(plain, each) for each in said) and not any(has_any(without, each) for each in said):
                yield self._mark(article, mark)

    # Notes on articles

    def _notes(self, article: Article) -> Iterator[Hit]:
        """Those on an article that have the words that are looked for."""
        asked = self._asked
        for note in stored.notes(self._store, article.number) if asked.about_articles else ():
            if (
                (asked.layers is None or note.layer in asked.layers)
                and has_all([*asked.note, *asked.plain], note.text)
                and not has_any([*asked.not_note, *asked.not_plain], note.text)
            ):
                yield self._note(article, note)

    def _all_notes(self) -> Iterator[Hit]:
        match = _match([*self._asked.note, *self._asked.plain])
        noted = search_few.noted(self._store, match) if match else None
        if noted == []:
            return
        for article in self._articles(self._worth(_match(self._asked.text), noted, noted=noted is None)):
            if self._says(article):
                yield from self._notes(article)

    def _note(self, article: Article, note: stored.Note) -> Hit:
        layer = self._layer(note.layer)
        is_own = layer.annotator_id == self._project.annotator.id
        found = tuple(all_places([*self._asked.note, *self._asked.plain], note.text))
        about = Note(note.layer, layer.annotator, is_own)
        return Hit(Kind.NOTE, article, Span(0, 0), "", note.text, "", found=found, note=about)

    # Marks

    def _marks(self) -> Iterator[Hit]:
        asked = self._asked
        if [] in (asked.layers, asked.tags):
            return iter(())
        noted = bool(asked.note) or None if asked.has_note is None else asked.has_note
        saying = bool(asked.plain or asked.not_plain)
        which = Which(asked.layers, asked.tags, asked.said, noted=noted, saying=saying)
        few = self._fewest()
        marks = self._wanted(self._among(few, which) if few is not None else self._everywhere(which))
        if not asked.about_articles:
            return marks
        return merge(self._all_notes(), marks, key=lambda hit: -hit.article.version)

    def _wanted(self, found: Iterator[tuple[Article, Marked]]) -> Iterator[Hit]:
        last, is_meant = None, True
        for article, mark in found:
            if article.version != last:
                last, is_meant = article.version, self._says(article)
            if is_meant and self._is_wanted(mark):
                yield self._mark(article, mark)

    def _among(self, few: Few, which: Which) -> Iterator[tuple[Article, Marked]]:
        for article, mark in search_marks.marks_among(self._store, few, self._worth(), which):
            self._rest()
            if self._is_meant(article):
                yield article, mark

    def _everywhere(self, which: Which) -> Iterator[tuple[Article, Marked]]:
        for article in self._articles(self._worth(_match(self._asked.text), marked=True)):
            for mark in search_marks.marks(self._store, article.version, which):
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
        found += (search_few.quoting(store, _match([each])) for each in asked.mark if each.is_indexed)
        found += (search_few.noting(store, _match([each])) for each in asked.note if each.is_indexed)
        found += (search_few.saying(store, said) for said in asked.said if said.wanted)
        for each in asked.plain:
            if each.is_indexed:
                ways = (search_few.quoting, search_few.noting, search_few.saying_words)
                found.append(search_few.either(store, *(way(store, _match([each])) for way in ways)))
        return min((few for few in found if few is not None), key=lambda few: len(few.pks), default=None)

    def _is_wanted(self, mark: Marked) -> bool:
        asked = self._asked
        words, note = mark.quote, mark.note
        about = [words, note, *(value for _, value in sayings(mark))]
        return (
            has_all(asked.mark, words)
            and has_all(asked.note, note)
            and not has_any(asked.not_mark, words)
            and not has_any(asked.not_note, note)
            and all(any(has_any([each], said) for said in about) for each in asked.plain)
            and not any(has_any(asked.not_plain, said) for said in about)
        )

    def _mark(self, article: Article, mark: Marked) -> Hit:
        layer = self._layer(mark.layer)
        if mark.tag not in self._tags:
            self._look_up()
        given = self._tags[mark.tag]
        tag = self._tags.get(given.heir, given)
        asked = self._asked
        about = Mark(mark.pk, mark.id, tag.name, tag.symbol, tag.colour, layer.annotator, mark.note)
        said = (Saying(name, value, tuple(all_places(asked.plain, value))) for name, value in sayings(mark))
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
            tuple(each for each in said if each.found),
        )

    def _layer(self, pk: int) -> Layer:
        if pk not in self._layers:
            # Somebody has come, or a tag been made, since the search began.
            self._look_up()
        return self._layers[pk]


_NONE = About(noted=False, said=False)


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
