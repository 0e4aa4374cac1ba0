"""Marks from a file, put together to what a database would say: people, layers, articles, tags; each thing once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reader.annotations import values
from reader.annotations.bundle import Article, Bundle, Called, Layer, Link, Mark, Person, Place, Reading, Text, derived
from reader.annotations.codebook import normal
from reader.errors import BadInput

STATUSES = ("made", "sure", "confirmed", "unsure", "orphan")
PURPOSES = ("own", "adjudicated", "feedback", "answer key")


class Wrong(ValueError):
    """Something in a line is not what it must be; the message is a sentence without the line."""


@dataclass(slots=True)
class Marks:
    """What the lines of a file have said so far."""

    name: str
    """What the file is called in messages."""
    joined: bool
    """Whether several values of an attribute stand in one."""
    _people: dict[str, Person] = field(default_factory=dict)
    _layers: dict[str, Layer] = field(default_factory=dict)
    _articles: dict[str, Article] = field(default_factory=dict)
    _texts: dict[str, Text] = field(default_factory=dict)
    _tags: dict[str, Called] = field(default_factory=dict)
    _marks: list[Mark] = field(default_factory=list)
    _links: list[Link] = field(default_factory=list)
    _notes: dict[tuple[str, str], Reading] = field(default_factory=dict)
    _lines: dict[str, int] = field(default_factory=dict)

    def add(self, line: int, told: Mapping[str, Any], place: Place, attributes: Mapping[str, tuple[str, ...]]) -> None:
        """One mark, of which `told` has everything else by the names of the columns; Wrong where it cannot be."""
        id_ = _checked(told, "id", values.uuid)
        if id_ in self._lines:
            raise Wrong(f"the mark {id_} stands in line {self._lines[id_]} already: leave one of them out.")
        self._lines[id_] = line
        created = _checked(told, "created_at", values.time)
        updated = _checked(told, "updated_at", values.time)
        layer = self._layer(told, created)
        article = self._article(told, place.text_hash, created)
        mark = Mark(
            id_, article, layer, self._tag(told), _checked(told, "tag_revision", values.row_number),
            _checked(told, "note", values.words).strip(), created, updated, None, (place,), attributes,
        )  # fmt: skip
        self._marks.append(mark)
        note = _checked(told, "document_note", values.words).strip()
        if note:
            known = self._notes.get((layer, place.text_hash))
            latest = max(updated, known.updated_at) if known else updated
            self._notes[layer, place.text_hash] = Reading(
                layer, place.text_hash, "reading", 0, note, created, latest, ""
            )

    def link(self, kind: str, target: str) -> None:
        """What the last mark belongs to."""
        source = self._marks[-1]
        self._links.append(Link("", source.layer, kind, source.id, target, source.created_at, None))

    def bundle(self) -> Bundle:
        """All that the file said."""
        if not self._marks:
            raise BadInput(f"There are no marks in {self.name}.")
        return Bundle(
            name=self.name,
            people=self._people,
            layers=self._layers,
            articles=self._articles,
            texts=self._texts,
            tags=self._tags,
            marks=self._marks,
            links=self._links,
            readings=list(self._notes.values()),
            joined=self.joined,
        )

    def _layer(self, told: Mapping[str, Any], created: str) -> str:
        id_: str = _checked(told, "layer", values.uuid)
        name = _checked(told, "annotator", values.name)
        who = _checked(told, "annotator_id", values.or_empty(values.uuid)) or derived("annotator", id_)
        purpose = _checked(told, "purpose", values.or_empty(values.one_of(*PURPOSES)))
        known = self._layers.get(id_)
        if known is None:
            self._people.setdefault(who, Person(who, name, created, not told["annotator_id"]))
            self._layers[id_] = Layer(id_, who, purpose, "", created, None)
        elif (known.annotator, known.purpose) != (who, purpose):
            raise Wrong(f"the layer {id_} is another annotator's, or for something else, in an earlier line.")
        return id_

    def _article(self, told: Mapping[str, Any], text_hash: str, created: str) -> str:
        id_ = derived("article", text_hash)
        if id_ not in self._articles:
            title, byline, date, source = (
                _checked(told, name, values.line) for name in ("document", "byline", "date", "source")
            )
            self._texts[text_hash] = Text(text_hash, "", id_, 1, created)
            self._articles[id_] = Article(
                id_, title, byline, date, source, "", "", text_hash, 0, created, created, False
            )
        return id_

    def _tag(self, told: Mapping[str, Any]) -> str:
        name = _checked(told, "tag", values.name)
        id_: str = _checked(told, "tag_id", values.or_empty(values.uuid)) or derived("tag", normal(name))
        self._tags.setdefault(id_, Called(id_, name, "", ""))
        return id_


def placed(told: Mapping[str, Any], fragments: str) -> Place:
    """Where a mark is, or that it is an orphan."""
    status = _checked(told, "status", values.one_of(*STATUSES))
    if (status == "orphan") is not (fragments == ""):
        raise Wrong("an orphan has no fragments, and every other mark has some.")
    words, before, after = (_checked(told, name, values.raw_words) for name in ("text", "text_before", "text_after"))
    return Place(_checked(told, "text_hash", values.text_hash), status, None, 0, fragments, words, before, after)


def _checked(told: Mapping[str, Any], name: str, check: values.Check) -> Any:
    try:
        return check(told[name])
    except ValueError as problem:
        raise Wrong(f"{name} is not {problem}.") from None


def at_line(name: str, line: int, sentence: object) -> BadInput:
    """What is wrong with a line of a file."""
    return BadInput(f"{name}, line {line}: {sentence}")


def some(names: Sequence[str]) -> str:
    """A few names, for a sentence."""
    return ", ".join(names[:6]) + (" …" if len(names) > 6 else "")
