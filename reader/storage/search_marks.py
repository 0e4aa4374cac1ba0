"""Searching everything: the marks that are worth a look, in the order of their text, by pages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from reader.storage.search import NEWEST, Article, Wanted, among_articles, listed, places

if TYPE_CHECKING:
    from reader.documents.span import Span
    from reader.storage.search_few import Few
    from reader.storage.store import Store

FIRST_MARKS, MARKS_AT_ONCE = 50, 200
"""Marks that are asked for at once: few at first, so that the first hits are there soon."""


class Marked(NamedTuple):
    """A mark as a result shows it; the number of its tag is of the one that it was given, merged or not."""

    pk: int
    id: str
    layer: int
    tag: int
    start: int
    end: int
    quote: str
    prefix: str
    suffix: str
    note: str
    said: str
    """What was said about it where that was asked for, else nothing; see `sayings`."""


def sayings(mark: Marked) -> list[tuple[str, str]]:
    """The names of its attributes, each with a value."""
    return [(name, value) for name, value in json.loads(mark.said)] if mark.said else []


@dataclass(frozen=True, slots=True)
class Said:
    """An attribute that a mark must have, or must not have."""

    names: tuple[str, ...]
    """As the marks have them: spellings of one name."""
    values: tuple[str, ...] | None
    """One of these, exactly; None for any."""
    wanted: bool = True


class About(NamedTuple):
    """Which marks something may be said of that has the words: one of both is enough."""

    noted: bool
    """Those with a note."""
    said: bool
    """Those with an attribute."""


@dataclass(frozen=True, slots=True)
class Which:
    """Which marks; what cannot be said so is for whoever looks at their words."""

    layers: Sequence[int] | None = None
    """Numbers (pks)."""
    tags: Sequence[int] | None = None
    """Numbers (pks)."""
    said: Sequence[Said] = ()
    noted: bool | None = None
    """Only those with a note, or only those without."""
    about: About | None = None
    """Only these."""
    saying: bool = False
    """Whether what was said about them is wanted."""


class Given(NamedTuple):
    """A tag that some words have."""

    id: str
    name: str
    symbol: str
    colour: str


def marks_among(store: Store, few: Few, wanted: Wanted, which: Which) -> Iterator[tuple[Article, Marked]]:
    """Those of a few marks that are wanted, newest article first, each in its article's current text.

    Their order is found at once, their words as they are asked for.
    """
    articles_, of_articles = among_articles(wanted)
    marks_, of_marks = _among(which)
    marks, anchors = "annotations ON annotations.pk = ", "anchors ON anchors."
    tables = (
        f"{anchors}pk = asked.value CROSS JOIN {marks}anchors.annotation"
        if few.are_anchors
        else f"{marks}asked.value CROSS JOIN {anchors}annotation = annotations.pk"
    )
    found = store.rows(
        f"SELECT anchors.pk FROM json_each(?) AS asked CROSS JOIN {tables}"
        " CROSS JOIN documents ON documents.pk = annotations.document AND documents.version = anchors.version"
        f"{_STANDS}{marks_} WHERE {' AND '.join(articles_)}"
        " ORDER BY documents.version DESC, anchors.start, anchors.end DESC, annotations.pk",
        (listed(list(dict.fromkeys(few.pks))), *of_marks, *of_articles),
    )
    at, count = 0, FIRST_MARKS
    while page := [pk for (pk,) in found[at : at + count]]:
        yield from _at(store, page, saying=which.saying)
        at, count = at + count, MARKS_AT_ONCE


def _at(store: Store, anchors: Sequence[int], *, saying: bool) -> list[tuple[Article, Marked]]:
    """The marks that have these places (pks), each in its article, in that order."""
    rows = store.rows(
        f"{_mark(saying)}, documents.pk, documents.id, documents.title, documents.byline, documents.date,"
        " documents.source, documents.version FROM json_each(?) AS asked CROSS JOIN anchors ON anchors.pk = asked.value"
        " CROSS JOIN annotations ON annotations.pk = anchors.annotation"
        f" CROSS JOIN documents ON documents.pk = annotations.document{_STANDS} ORDER BY asked.key",
        (listed(anchors),),
    )
    count = len(Marked._fields)
    return [(Article(*row[count:]), Marked._make(row[:count])) for row in rows]


_SAYINGS = (
    "(SELECT json_group_array(json_array(name, value)) FROM (SELECT name, value FROM attributes"
    " WHERE attributes.annotation = annotations.pk ORDER BY name, position))"
)


def _mark(saying: bool) -> str:
    said = _SAYINGS if saying else "''"
    return (
        "SELECT annotations.pk, annotations.id, annotations.layer, annotations.tag, anchors.start, anchors.end,"
        f" anchors.quote, anchors.prefix, anchors.suffix, annotations.note, {said}"
    )


_STANDS = " AND annotations.deleted_at IS NULL AND anchors.status <> 'orphan'"


def marks(store: Store, version: int, which: Which) -> Iterator[Marked]:
    """The marks of a version, in text order; nothing is held open in between."""
    where, values = _among(which)
    after = (-1, NEWEST, -1)
    while True:
        page = store.rows(
            f"{_mark(which.saying)} FROM anchors INDEXED BY anchors_place"
            f" CROSS JOIN annotations ON annotations.pk = anchors.annotation{_STANDS}{where}"
            " WHERE anchors.version = ? AND anchors.start >= ?"
            " AND (anchors.start, -anchors.end, anchors.annotation) > (?, ?, ?)"
            f" ORDER BY anchors.start, anchors.end DESC, anchors.annotation LIMIT {MARKS_AT_ONCE}",
            (*values, version, after[0], after[0], -after[1], after[2]),
        )
        yield from map(Marked._make, page)
        if len(page) < MARKS_AT_ONCE:
            return
        last = Marked._make(page[-1])
        after = (last.start, last.end, last.pk)


def _among(which: Which) -> tuple[str, list[object]]:
    where, values = "", list[object]()
    if which.layers is not None:
        where += f" AND annotations.layer IN ({places(which.layers)})"
        values += which.layers
    if which.tags is not None:
        where += f" AND annotations.tag IN ({places(which.tags)})"
        values += which.tags
    if which.noted is not None:
        where += f" AND annotations.note {'<>' if which.noted else '='} ''"
    if which.about is not None:
        said_of = "EXISTS (SELECT 1 FROM attributes WHERE attributes.annotation = annotations.pk)"
        ways = ["annotations.note <> ''"] * which.about.noted + [said_of] * which.about.said
        where += f" AND ({' OR '.join(ways or ['false'])})"
    for said in which.said:
        where += (
            f" AND {'' if said.wanted else 'NOT '}EXISTS (SELECT 1 FROM attributes"
            f" WHERE attributes.annotation = annotations.pk AND attributes.name IN ({places(said.names)})"
        )
        values += said.names
        if said.values is not None:
            where += " AND attributes.value IN (SELECT value FROM json_each(?))"
            values.append(listed(said.values))
        where += ")"
    return where, values


def marks_by_pk(store: Store, wanted: Sequence[tuple[int, int]], *, saying: bool) -> list[Marked]:
    """Those of the marks with these numbers, each in the version beside it, that are there; some hundreds at most."""
    rows = store.rows(
        f"{_mark(saying)} FROM json_each(?) AS asked"
        " CROSS JOIN annotations ON annotations.pk = json_extract(asked.value, '$[0]')"
        " CROSS JOIN anchors ON anchors.annotation = annotations.pk"
        f" AND anchors.version = json_extract(asked.value, '$[1]'){_STANDS}",
        (listed(wanted),),
    )
    return [Marked._make(row) for row in rows]


def tagged(store: Store, version: int, layer: int, spans: Sequence[Span]) -> list[tuple[Given, ...]]:
    """For each of these spans (some hundreds at most): the tags that this layer has on exactly it."""
    found: list[dict[Given, None]] = [{} for _ in spans]
    for index, *tag in store.rows(
        "SELECT asked.key, tags.id, tags.name, tags.symbol, tags.colour FROM json_each(?) AS asked"
        " CROSS JOIN anchors INDEXED BY anchors_place"
        " ON anchors.version = ? AND anchors.start = json_extract(asked.value, '$[0]')"
        " AND anchors.end = json_extract(asked.value, '$[1]') AND NOT instr(anchors.fragments, ';')"
        f" CROSS JOIN annotations ON annotations.pk = anchors.annotation{_STANDS} AND annotations.layer = ?"
        " JOIN tags AS given ON given.pk = annotations.tag"
        " JOIN tags ON tags.pk = ifnull(given.merged_into, given.pk) ORDER BY asked.key, tags.position, tags.pk",
        (listed([(span.start, span.end) for span in spans]), version, layer),
    ):
        found[index][Given(*tag)] = None
    return [tuple(tags) for tags in found]
