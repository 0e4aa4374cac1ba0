"""Rows of another database put together to a Bundle: each value looked at, each reference followed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from reader.annotations.bundle import (
    Answer,
    Article,
    Book,
    BookTag,
    Bundle,
    Called,
    Decision,
    Layer,
    Link,
    Mark,
    Outcome,
    Person,
    Place,
    Reading,
    Review,
    Text,
)
from reader.errors import BadInput, ReaderError
from reader.storage.foreign.cells import tag_of
from reader.storage.foreign.columns import COLUMNS, SINCE

if TYPE_CHECKING:
    from reader.annotations.codebook import Tag
    from reader.annotations.values import Check
    from reader.documents.load import Intake
    from reader.storage.foreign.guarding import Guarded


def gathered(source: Guarded) -> Bundle:
    """All that a database says; BadInput where a value in it is not what it must be."""
    return _Gathering(source).bundle()


class _Version(NamedTuple):
    pk: int
    text_hash: str
    document: int
    words: int


class _Gathering:
    def __init__(self, source: Guarded) -> None:
        self._source = source
        self._ids: dict[str, dict[int, str]] = {}
        self._versions: dict[int, _Version] = {}

    def bundle(self) -> Bundle:
        people, layers, until = self._people()
        books, tags = self._books()
        texts, articles = self._articles()
        marks = list(self._marks())
        hashes = {each.text_hash: each.pk for each in self._versions.values()}
        reviews, decisions, outcomes, answers = self._reviews()
        return Bundle(
            name=self._source.shown,
            people=people,
            layers=layers,
            articles=articles,
            texts=texts,
            tags=tags,
            marks=marks,
            links=list(self._links()),
            readings=list(self._readings()),
            books=books,
            reviews=reviews,
            decisions=decisions,
            outcomes=outcomes,
            answers=answers,
            is_whole=True,
            until=until,
            intake=partial(_intake, self._source, hashes),
        )

    def _rows(self, table: str) -> Iterator[tuple[int, list[Any]]]:
        """Each row's number and its values, in the order of `COLUMNS`."""
        known = self._source.tables.get(table)
        if known is None:
            return
        wanted = COLUMNS[table]
        there = [name for name in wanted if name in known]
        checks = [wanted[name] for name in there]
        missing = [(place, SINCE[name]) for place, name in enumerate(wanted) if name not in known]
        ids = self._ids.setdefault(table, {}) if "id" in wanted else None
        for page in self._source.pages(table, ("pk", *there)):
            for pk, *row in page:
                try:
                    checked = [check(value) for check, value in zip(checks, row, strict=True)]
                except ValueError:
                    raise self._wrong(table, pk, there, checks, row) from None
                for place, value in missing:
                    checked.insert(place, value)
                if ids is not None:
                    ids[pk] = checked[0]
                yield pk, checked
        if ids is not None and len(set(ids.values())) < len(ids):
            raise self._strange(f"the same id stands twice in {table}")

    def _wrong(
        self, table: str, pk: object, names: Sequence[str], checks: Sequence[Check], row: Sequence[object]
    ) -> BadInput:
        for name, check, value in zip(names, checks, row, strict=True):
            try:
                check(value)
            except ValueError as problem:
                return self._strange(f"in row {pk} of {table}, {name} is not {problem}")
        raise AssertionError

    def _of(self, table: str, pk: int) -> str:
        """The id of a row that another one points at."""
        try:
            return self._ids[table][pk]
        except KeyError:
            raise self._dangling(table) from None

    def _of_any(self, table: str, pk: int | None) -> str:
        """The id of a row that another one may point at; empty where it does not."""
        return "" if pk is None else self._of(table, pk)

    def _version(self, pk: int) -> _Version:
        try:
            return self._versions[pk]
        except KeyError:
            raise self._dangling("versions") from None

    def _dangling(self, table: str) -> BadInput:
        return self._strange(f"something in it points at a row of {table} that is not there")

    def _strange(self, what: str) -> BadInput:
        return BadInput(
            f"{self._source.shown} was changed by something else than reader, so nothing was taken from it: {what}."
        )

    def _people(self) -> tuple[dict[str, Person], dict[str, Layer], str]:
        last, until = 0, ""
        acted: set[int] = set()
        for pk, (at, layer) in self._rows("steps"):
            last, until = pk, max(until, at)
            acted.add(layer)
        people: dict[str, Person] = {}
        local: set[str] = set()
        for _, (id_, name, origin, created) in self._rows("annotators"):
            people[id_] = Person(id_, name, created)
            if origin == "local":
                local.add(id_)
        layers: dict[str, Layer] = {}
        for pk, (id_, annotator, purpose, name, created, seq) in self._rows("layers"):
            who = self._of("annotators", annotator)
            is_home = who in local
            layers[id_] = Layer(id_, who, purpose, name, created, last if is_home else seq, pk in acted or not is_home)
        return people, layers, until if local else ""

    def _books(self) -> tuple[dict[str, Book], dict[str, Called]]:
        heads = dict(self._rows("codebooks"))
        rows = dict(self._rows("tags"))
        meant: defaultdict[int, list[tuple[int, list[Any]]]] = defaultdict(list)
        for pk, (tag, *row) in self._rows("tag_revisions"):
            meant[tag].append((pk, row))
        tags: dict[str, Called] = {}
        in_order: defaultdict[int, list[tuple[int, int, BookTag]]] = defaultdict(list)
        for pk, row in rows.items():
            (
                id_, book, position, name, key, colour, symbol, line, unit, definition, examples, attributes, revision,
                merged_into, created, updated, retired,
            ) = row  # fmt: skip
            heir = "" if merged_into is None else self._of("tags", merged_into)
            look = (id_, key, colour, symbol, line)
            make = partial(self._tag, pk, "tags")
            tag = make(look, name, unit, definition, examples, attributes, revision, retired is not None, heir)
            revisions: list[tuple[Tag, str]] = []
            for number, (then, old_name, old_unit, old_definition, old_examples, old_attributes, at) in meant[pk]:
                make = partial(self._tag, number, "tag_revisions")
                revisions.append(
                    (make(look, old_name, old_unit, old_definition, old_examples, old_attributes, then, False, ""), at)
                )
            in_order[book].append((position, pk, BookTag(tag, created, updated, retired, tuple(revisions))))
            tags[id_] = Called(id_, name, heir, self._of("codebooks", book))
        books: dict[str, Book] = {}
        for pk, (id_, name, description, created, updated) in heads.items():
            listed = sorted(in_order[pk], key=lambda each: each[:2])
            books[id_] = Book(id_, name, description, created, updated, tuple(each for _, _, each in listed))
        return books, tags

    def _tag(self, pk: int, table: str, *told: Any) -> Tag:
        try:
            return tag_of(*told)
        except ValueError as problem:
            raise self._strange(f"in row {pk} of {table}, {problem}") from None

    def _articles(self) -> tuple[dict[str, Text], dict[str, Article]]:
        heads = dict(self._rows("documents"))
        texts: dict[str, Text] = {}
        for pk, (id_, document, number, text_hash, words, created) in self._rows("versions"):
            self._versions[pk] = _Version(pk, text_hash, document, words)
            texts[text_hash] = Text(text_hash, id_, self._of("documents", document), number, created)
        if len(texts) < len(self._versions):
            raise self._strange("the same text is there twice")
        articles: dict[str, Article] = {}
        for pk, row in heads.items():
            id_, title, byline, date, source, language, book, version, created, updated, deleted = row
            present = self._version(version)
            if present.document != pk:
                raise self._dangling("versions")
            articles[id_] = Article(
                id_, title, byline, date, source, language, self._of("codebooks", book), present.text_hash,
                present.words, created, updated, deleted is not None,
            )  # fmt: skip
        return texts, articles

    def _marks(self) -> Iterator[Mark]:
        rows = list(self._rows("annotations"))
        places: defaultdict[int, list[Place]] = defaultdict(list)
        seen: set[tuple[int, int]] = set()
        homes = {pk: row[1] for pk, row in rows}
        for _, (annotation, version, status, score, start, fragments, quote) in self._rows("anchors"):
            if (status == "orphan") is not (fragments == "") or (annotation, version) in seen:
                raise self._strange("a mark in it has no place where it says so, or two in one text")
            seen.add((annotation, version))
            home = self._version(version)
            if homes.get(annotation) != home.document:
                raise self._dangling("versions")
            places[annotation].append(Place(home.text_hash, status, score, start, fragments, quote))
        said: defaultdict[int, defaultdict[str, list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
        for _, (annotation, name, position, value) in self._rows("attributes"):
            said[annotation][name].append((position, value))
        for pk, (id_, document, layer, tag, revision, note, created, updated, deleted) in rows:
            yield Mark(
                id_, self._of("documents", document), self._of("layers", layer), self._of("tags", tag), revision, note,
                created, updated, deleted, tuple(places[pk]),
                {name: tuple(value for _, value in sorted(listed)) for name, listed in sorted(said[pk].items())}
                if pk in said else {},
            )  # fmt: skip

    def _links(self) -> Iterator[Link]:
        for _, (id_, layer, kind, source, target, created, deleted) in self._rows("relations"):
            of = partial(self._of, "annotations")
            yield Link(id_, self._of("layers", layer), kind, of(source), of(target), created, deleted)

    def _readings(self) -> Iterator[Reading]:
        for _, (layer, version, *row) in self._rows("readings"):
            yield Reading(self._of("layers", layer), self._version(version).text_hash, *row)

    def _reviews(self) -> tuple[list[Review], list[Decision], list[Outcome], list[Answer]]:
        heads = list(self._rows("reviews"))
        sides: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        for _, (review, position, layer) in self._rows("review_sides"):
            self._of("reviews", review)
            sides[review].append((position, self._of("layers", layer)))
        reviews = [
            Review(id_, self._of("layers", layer), kind, created, tuple(each for _, each in sorted(sides[pk])))
            for pk, (id_, layer, kind, created) in heads
        ]
        decisions: list[Decision] = []
        for _, row in self._rows("decisions"):
            id_, review, document, key, difference, choice, reason, comment, marks, who, created, updated = row
            if key != " ".join(sorted(each.id for each in marks)):
                raise self._strange("a decision in it is about other marks than it says")
            decisions.append(
                Decision(
                    id_, self._of("reviews", review), self._of("documents", document), key, difference, choice, reason,
                    comment, marks, self._of("annotators", who), created, updated,
                )
            )  # fmt: skip
        outcomes = [
            Outcome(
                self._of("annotations", annotation),
                self._of_any("decisions", decision),
                self._of_any("annotations", from_),
            )
            for _, (annotation, decision, from_) in self._rows("outcomes")
        ]
        answers = [
            Answer(id_, self._of("decisions", decision), self._of("annotators", who), *row)
            for _, (id_, decision, who, *row) in self._rows("answers")
        ]
        return reviews, decisions, outcomes, answers


def _intake(source: Guarded, pks: Mapping[str, int], text_hash: str) -> Intake | None:
    """A text by its hash: from the bytes that it came from, else from its words; None where neither gives it."""
    from reader.documents.load import Source as Raw
    from reader.documents.load import take_in

    row = source.row("versions", ("kind", "encoding", "raw", "text"), pks[text_hash])
    if row is None:
        return None
    kind, encoding, raw, text = row
    candidates: list[Raw] = []
    if kind in ("text", "markdown") and isinstance(encoding, str) and isinstance(raw, bytes):
        candidates.append(Raw(source.shown, raw, kind, encoding))
    if isinstance(text, str):
        candidates.append(Raw(source.shown, text.encode(), "text", "utf-8"))
    for each in candidates:
        try:
            intake = take_in(each)
        except ReaderError:
            continue
        if intake.text_hash == text_hash:
            return intake
    return None
