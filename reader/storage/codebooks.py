"""Codebooks in the database; the shipped one is in every file, under the same ids and numbers."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from reader.annotations.codebook import Attribute, Codebook, Kind, Line, Tag
from reader.documents.unit import Unit
from reader.errors import NotFound

if TYPE_CHECKING:
    from reader.storage.store import Store


def ensure_shipped(store: Store) -> None:
    """Puts the shipped codebook in where the file has none; inside a transaction that is open already.

    Not logged: it is no one's change, and the program itself can say what belongs there.
    """
    from reader.annotations.codebook_toml import shipped

    if store.row("SELECT 1 FROM codebooks LIMIT 1"):
        return
    book, at = shipped(), store.time()
    connection = store.connection
    connection.execute(
        "INSERT INTO codebooks (pk, id, name, description, created_at, updated_at) VALUES (1, ?, ?, ?, ?, ?)",
        (book.id, book.name, book.description, at, at),
    )
    for position, tag in enumerate(book.tags):
        examples = _json({"do": tag.do, "dont": tag.dont})
        attributes = _json([asdict(attribute) for attribute in tag.attributes])
        connection.execute(
            "INSERT INTO tags (pk, id, codebook, position, name, key, colour, symbol, line, unit, definition,"
            " examples, attributes, revision, created_at, updated_at)"
            " VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (position + 1, tag.id, position, tag.name, tag.key, tag.colour, tag.symbol, tag.line.value,
             tag.unit.value, tag.definition, examples, attributes, tag.revision, at, at),
        )  # fmt: skip
        connection.execute(
            "INSERT INTO tag_revisions (pk, tag, revision, name, unit, definition, examples, attributes, created_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (position + 1, position + 1, tag.revision, tag.name, tag.unit.value, tag.definition, examples,
             attributes, at),
        )  # fmt: skip


def default(store: Store) -> int:
    """The pk of the codebook that new documents get: the oldest one that is not deleted."""
    found = store.row("SELECT pk FROM codebooks WHERE deleted_at IS NULL ORDER BY pk LIMIT 1")
    if found is None:
        raise NotFound(f"{store.path} has no codebook: run `reader check`.")
    return int(found[0])


def load(store: Store, pk: int) -> Codebook:
    """The codebook with this number, its tags in order, retired ones too."""
    found = store.row("SELECT id, name, description FROM codebooks WHERE pk = ?", (pk,))
    if found is None:
        raise NotFound(f"{store.path} has no codebook with the number {pk}: run `reader check`.")
    tags = store.rows(
        "SELECT id, name, key, colour, symbol, line, unit, definition, examples, attributes, revision,"
        " retired_at IS NOT NULL OR merged_into IS NOT NULL FROM tags WHERE codebook = ? ORDER BY position, pk",
        (pk,),
    )
    return Codebook(id=found[0], name=found[1], description=found[2], tags=tuple(_tag(row) for row in tags))


def of_document(store: Store, document_id: str) -> Codebook:
    """The codebook that a document is read with."""
    found = store.row("SELECT codebook FROM documents WHERE id = ?", (document_id,))
    return load(store, int(found[0]) if found else default(store))


def _tag(row: tuple[Any, ...]) -> Tag:
    id_, name, key, colour, symbol, line, unit, definition, examples, attributes, revision, retired = row
    told = json.loads(examples)
    return Tag(
        id=id_,
        name=name,
        key=key,
        colour=colour,
        symbol=symbol,
        line=Line(line),
        unit=Unit(unit),
        definition=definition,
        do=tuple(told["do"]),
        dont=tuple(told["dont"]),
        attributes=tuple(
            Attribute(
                name=each["name"],
                kind=Kind(each["kind"]),
                choices=tuple(each["choices"]),
                wanted=each["wanted"],
                definition=each["definition"],
            )
            for each in json.loads(attributes)
        ),
        revision=revision,
        retired=bool(retired),
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
