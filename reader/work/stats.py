"""What there is in numbers: marks by tag, person, article, source, by what is said about them, and over time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from reader.annotations.codebook import Kind, normal
from reader.documents.sources import site_of
from reader.errors import UsageProblem
from reader.project import Project
from reader.storage import codebooks, export, vocabulary
from reader.storage import stats as stored
from reader.storage.stats import Among
from reader.storage.vocabulary import TagRow
from reader.work import library
from reader.work.asking import asked
from reader.work.query import Term

__all__ = ["Among", "TagRow"]


class By(StrEnum):
    """What marks are counted by, besides the attributes of tags."""

    TAG = "tag"
    ANNOTATOR = "annotator"
    ARTICLE = "article"
    SOURCE = "source"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    DATE = "date"


OVER_TIME = (By.DAY, By.WEEK, By.MONTH)
"""When marks were made, in UTC as everywhere; `DATE` is the month that articles are of."""

_DATED = re.compile(r"\d{4}(-(?:0[1-9]|1[0-2]))?(?!\d)")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many marks something has."""

    name: str
    """What it is called; empty for articles without a source or a date. A week is its Monday."""
    marks: int
    articles: int
    """In how many articles they are, by date how many there are; 0 where time is what is counted by."""
    tags: Mapping[str, int]
    """The same by the id of the tag, in the codebooks' order; empty for values of attributes."""
    id: str = ""
    """Of a tag, an annotator or an article."""
    number: int = 0
    """What people type for an article."""


@dataclass(frozen=True, slots=True)
class Overview:
    """The most important of it. The longest lists are cut to their beginning."""

    articles: int
    """All of them, also those without marks."""
    words: int
    length: int
    """Code points."""
    marks: int
    """Those that have a place in the present text of their article."""
    orphans: int
    """Those that have none."""
    marked: int
    """Articles with marks."""
    tags: tuple[Tally, ...]
    annotators: tuple[Tally, ...]
    by_article: tuple[Tally, ...]
    sources: tuple[Tally, ...]
    said: Mapping[str, tuple[Tally, ...]]
    """Who speaks and whose opinion it is: values of the attributes that are names, by the attribute."""
    days: tuple[Tally, ...]


EVERYTHING = Among()

_Key = TypeVar("_Key", int, str)


def choose(
    project: Project, articles: Sequence[str] = (), tags: Sequence[str] = (), annotators: Sequence[str] = ()
) -> Among:
    """The marks that these words mean, each list empty for all; NotFound or Refused where one means nothing.

    A tag's name means every tag of that name, and those that were merged into it; a person's name everybody of it.
    """
    numbers = [library.number(project, library.find(project, word)) for word in articles]
    terms = [*(Term("tag", word) for word in tags), *(Term("by", word) for word in annotators)]
    meant = asked(project, terms, vocabulary.tags(project.store), export.layers(project.store))
    return Among(
        documents=tuple(dict.fromkeys(numbers)) if articles else None,
        layers=None if meant.layers is None else tuple(meant.layers),
        tags=None if meant.tags is None else tuple(meant.tags),
    )


def tags(project: Project) -> dict[str, TagRow]:
    """All tags that marks are counted under, by their id, in the codebooks' order: name, symbol, colour."""
    return {tag.id: tag for tag in vocabulary.tags(project.store) if tag.heir == tag.pk}


def attributes(project: Project) -> dict[str, str]:
    """The attributes that marks can be counted by: each name as it is compared, and as it is written."""
    declared = (name for tag in vocabulary.tags(project.store) for name in tag.attributes)
    found: dict[str, str] = {}
    for name in (*declared, *vocabulary.attribute_names(project.store)):
        found.setdefault(normal(name), name)
    return found


def called(project: Project, by: str) -> str:
    """One of `By`, or the name of an attribute as it is written; UsageProblem, with what there is, for neither."""
    wanted = normal(by)
    if wanted in set(By):
        return wanted
    known = attributes(project)
    if wanted not in known:
        raise UsageProblem(
            f"Marks are not counted by “{by}”: there are {', '.join(By)}; of what is said about marks"
            f" {', '.join(known.values())}."
        )
    return known[wanted]


def tallied(project: Project, among: Among, by: str) -> tuple[Tally, ...]:
    """Marks by one of `By` or by the name of an attribute: most first, tags in order, times from the first to the last.

    UsageProblem, with what there is, where `by` is neither.
    """
    wanted = called(project, by)
    if wanted not in set(By):
        return said(project, among, wanted)
    counts = _Counts(project, among, days=wanted in OVER_TIME)
    if wanted in OVER_TIME:
        return over_time(counts.by_day(), By(wanted))
    match By(wanted):
        case By.TAG:
            return counts.by_tag()
        case By.ANNOTATOR:
            return counts.by_annotator()
        case By.ARTICLE:
            return counts.by_article()
        case By.SOURCE:
            return counts.by_source()
        case _:
            return counts.by_date()


def said(project: Project, among: Among, attribute: str) -> tuple[Tally, ...]:
    """The values of an attribute as they are stored, by how many marks have them."""
    spellings = {
        attribute,
        *(name for name in vocabulary.attribute_names(project.store) if normal(name) == normal(attribute)),
    }
    rows = stored.values(project.store, among, sorted(spellings))
    return _most_first(Tally(value, marks, documents, {}) for value, marks, documents in rows)


def overview(project: Project, among: Among = EVERYTHING, *, most: int = 10) -> Overview:
    """All of it at a glance; so many articles, sources and values of each attribute at most."""
    counts = _Counts(project, among, days=True)
    names = _names(project)
    values = {name: said(project, among, name)[:most] for name in names}
    return Overview(
        articles=len(counts.articles),
        words=sum(article.words for article in counts.articles.values()),
        length=sum(article.length for article in counts.articles.values()),
        marks=sum(marks for _, _, _, marks, _, _ in counts.rows),
        orphans=stored.orphans(project.store, among),
        marked=len({document for document, _, _, _, _, _ in counts.rows}),
        tags=counts.by_tag(),
        annotators=counts.by_annotator(),
        by_article=counts.by_article(most),
        sources=counts.by_source()[:most],
        said={name: some for name, some in values.items() if some},
        days=counts.by_day(),
    )


def over_time(days: Sequence[Tally], period: By) -> tuple[Tally, ...]:
    """Days put together as weeks (by their Monday) or months; those without marks are left out."""
    sums: dict[str, dict[str, int]] = {}
    for each in days:
        name = _period(each.name, period)
        one = sums.setdefault(name, {})
        for tag, marks in each.tags.items():
            one[tag] = one.get(tag, 0) + marks
    return tuple(Tally(name, sum(one.values()), 0, one) for name, one in sorted(sums.items()))


def filled(times: Sequence[Tally], period: By) -> tuple[Tally, ...]:
    """The same with those between the first and the last that have no marks; of dates the months alone."""
    there = {each.name: each for each in times if period is not By.DATE or len(each.name) == len("2026-03")}
    if not there:
        return ()
    names = [min(there)]
    while names[-1] < max(there):
        names.append(_following(names[-1], period))
    return tuple(there.get(name) or Tally(name, 0, 0, {}) for name in names)


def fitting(days: Sequence[Tally], most: int) -> By:
    """The shortest period of which no more than `most` lie between the first day and the last."""
    for period in (By.DAY, By.WEEK):
        if len(filled(over_time(days, period), period)) <= most:
            return period
    return By.MONTH


class _Counts:
    """Marks by document, layer and tag, and what groups them."""

    def __init__(self, project: Project, among: Among, *, days: bool = False) -> None:
        tags = vocabulary.tags(project.store)
        ids = {tag.pk: tag.id for tag in tags}
        self._order = {tag.id: place for place, tag in enumerate(tags)}
        self._heirs = {tag.pk: ids[tag.heir] for tag in tags}
        self._tag_names = {tag.id: tag.name for tag in tags}
        self._layers = export.layers(project.store)
        self._store, self._among = project.store, among
        self.rows = stored.counts(project.store, among, days=days)
        self.articles = {each.number: each for each in stored.articles(project.store, among.documents)}

    def by_tag(self) -> tuple[Tally, ...]:
        sums = self._sums(lambda document, layer, tag: self._heirs[tag])
        tallies = (Tally(self._tag_names[tag], one.marks, one.documents, one.tags, tag) for tag, one in sums.items())
        return tuple(sorted(tallies, key=lambda tally: self._order[tally.id]))

    def by_annotator(self) -> tuple[Tally, ...]:
        people = {layer.annotator_id: layer.annotator for layer in self._layers.values()}
        sums = self._sums(lambda document, layer, tag: self._layers[layer].annotator_id)
        return _most_first(self._tally(people[id_], one, id_) for id_, one in sums.items())

    def by_article(self, most: int | None = None) -> tuple[Tally, ...]:
        sums = self._sums(lambda document, layer, tag: document)
        first = sorted(sums, key=lambda number: (-sums[number].marks, number))[:most]
        return tuple(
            self._tally(self.articles[number].title, sums[number], self.articles[number].id, number) for number in first
        )

    def by_source(self) -> tuple[Tally, ...]:
        """Web addresses by their site: each article has one of its own."""
        sources = {number: site_of(article.source) for number, article in self.articles.items()}
        sums = self._sums(lambda document, layer, tag: sources[document])
        return _most_first(self._tally(name, one) for name, one in sums.items())

    def by_date(self) -> tuple[Tally, ...]:
        """Of all articles, those without marks too."""
        months = {number: _month(article.date) for number, article in self.articles.items()}
        sums = self._sums(lambda document, layer, tag: months[document])
        articles = Counter(months.values())
        tallies = (self._tally(month, sums.get(month, _Sum())) for month in sorted(articles))
        return tuple(replace(tally, articles=articles[tally.name]) for tally in tallies)

    def by_day(self) -> tuple[Tally, ...]:
        sums: dict[tuple[str, str], int] = {}
        parted: set[tuple[int, int, int]] = set()
        for document, layer, tag, marks, first, last in self.rows:
            if first == last:
                key = (first, self._heirs[tag])
                sums[key] = sums.get(key, 0) + marks
            else:
                parted.add((document, layer, tag))
        if parted:
            # Few marks of an article are made on another day than the rest: these alone are looked at one by one.
            documents = tuple({document for document, _, _ in parted})
            for document, layer, tag, day, marks in stored.days(self._store, replace(self._among, documents=documents)):
                if (document, layer, tag) in parted:
                    key = (day, self._heirs[tag])
                    sums[key] = sums.get(key, 0) + marks
        days: dict[str, dict[str, int]] = {}
        for (day, tag_id), marks in sums.items():
            days.setdefault(day, {})[tag_id] = marks
        return tuple(Tally(day, sum(one.values()), 0, self._ordered(one)) for day, one in sorted(days.items()))

    def _sums(self, key: Callable[[int, int, int], _Key]) -> dict[_Key, _Sum]:
        sums: dict[_Key, _Sum] = {}
        for document, layer, tag, marks, _, _ in self.rows:
            group = key(document, layer, tag)
            one = sums.get(group)
            if one is None:
                one = sums[group] = _Sum()
            one.marks += marks
            if one.last != document:
                # The rows come document by document.
                one.last = document
                one.documents += 1
            heir = self._heirs[tag]
            one.tags[heir] = one.tags.get(heir, 0) + marks
        return sums

    def _tally(self, name: str, one: _Sum, id_: str = "", number: int = 0) -> Tally:
        return Tally(name, one.marks, one.documents, self._ordered(one.tags), id_, number)

    def _ordered(self, tags: Mapping[str, int]) -> dict[str, int]:
        return {tag: tags[tag] for tag in sorted(tags, key=self._order.__getitem__)}


@dataclass(slots=True)
class _Sum:
    marks: int = 0
    documents: int = 0
    tags: dict[str, int] = field(default_factory=dict)
    last: int = 0
    """The document counted last."""


def _names(project: Project) -> list[str]:
    """The attributes that are names of people, in any codebook in use."""
    found: dict[str, str] = {}
    for book in codebooks.present(project.store):
        for tag in book.tags:
            for attribute in tag.attributes:
                if attribute.names and attribute.kind is Kind.TEXT:
                    found.setdefault(normal(attribute.name), attribute.name)
    return list(found.values())


def _most_first(tallies: Iterable[Tally]) -> tuple[Tally, ...]:
    return tuple(sorted(tallies, key=lambda tally: (-tally.marks, tally.name, tally.id)))


def _period(day: str, period: By) -> str:
    if period is By.MONTH:
        return day[:7]
    if period is By.DAY:
        return day
    when = date.fromisoformat(day)
    return (when - timedelta(days=when.weekday())).isoformat()


def _following(name: str, period: By) -> str:
    if period in (By.MONTH, By.DATE):
        year, month = int(name[:4]), int(name[5:])
        return f"{year + month // 12:04}-{month % 12 + 1:02}"
    return (date.fromisoformat(name) + timedelta(days=7 if period is By.WEEK else 1)).isoformat()


def _month(written: str) -> str:
    """The month (or year) that an article's date begins with; empty where it begins with none."""
    found = _DATED.match(written)
    return found[0] if found else ""
