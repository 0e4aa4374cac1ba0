"""Codebooks in the database; the shipped default is in every file, under the same ids and numbers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from reader.annotations.codebook import Attribute, Codebook, Kind, Line, Tag
from reader.documents.unit import Unit
from reader.errors import NotFound

if TYPE_CHECKING:
    from reader.storage.steps import Step
    from reader.storage.store import Row, Store

_TAG = (
    "tags.id, tags.name, tags.key, tags.colour, tags.symbol, tags.line, tags.unit, tags.definition, tags.examples,"
    " tags.attributes, tags.revision, tags.retired_at IS NOT NULL, heir.id"
    " FROM tags LEFT JOIN tags AS heir ON heir.pk = tags.merged_into"
)
# Each step looks for the next tag in the index: an article with 100,000 marks has no more of them than any other.
_USED = (
    "WITH RECURSIVE used (layer, tag) AS ("
    " SELECT pk, (SELECT min(tag) FROM annotations INDEXED BY annotations_document"
    " WHERE document = ?1 AND annotations.layer = layers.pk AND deleted_at IS NULL) FROM layers"
    " UNION ALL SELECT layer, (SELECT min(annotations.tag) FROM annotations INDEXED BY annotations_document"
    " WHERE document = ?1 AND annotations.layer = used.layer AND annotations.tag > used.tag AND deleted_at IS NULL)"
    " FROM used WHERE tag IS NOT NULL)"
)


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
        for table, values in (
            ("tags", {"pk": position + 1, **tag_row(1, position, tag), "created_at": at, "updated_at": at}),
            ("tag_revisions", {"pk": position + 1, **revision_row(position + 1, tag, tag.revision, at)}),
        ):
            places = ", ".join(f":{name}" for name in values)
            connection.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({places})", values)


def default(store: Store) -> int:
    """The pk of the codebook that new documents get: the one chosen last, else the oldest, that is not deleted."""
    found = store.row(
        "SELECT pk FROM codebooks WHERE deleted_at IS NULL ORDER BY default_at IS NULL, default_at DESC, pk LIMIT 1"
    )
    if found is None:
        raise NotFound(f"{store.path} has no codebook: run `reader check`.")
    return int(found[0])


def load(store: Store, pk: int) -> Codebook:
    """The codebook with this number, its tags in order, retired ones too."""
    return _book(store, pk, [_tag(row) for _, *row in _rows(store, "tags.codebook = ?", (pk,))])


def of_document(store: Store, document_id: str) -> Codebook:
    """The codebook that a document is read with.

    Tags of other codebooks that marks in it carry come last, as retired ones: they are drawn, and not given any more.
    """
    found = store.row("SELECT pk, codebook FROM documents WHERE id = ?", (document_id,))
    if found is None:
        return load(store, default(store))
    tags = [_tag(row) for _, *row in _rows_of_document(store, *found)]
    own = {pk for (pk,) in store.rows("SELECT id FROM tags WHERE codebook = ?", (found[1],))}
    return _book(store, found[1], [tag if tag.id in own else replace(tag, retired=True) for tag in tags])


def order_in(store: Store, document: int) -> dict[int, int]:
    """Each tag's place in the codebook of a document (its pk), by the tag's pk; a merged tag has its heir's."""
    ((codebook,),) = store.rows("SELECT codebook FROM documents WHERE pk = ?", (document,))
    rows = _rows_of_document(store, document, codebook)
    place = {row[1]: number for number, row in enumerate(rows)}
    return {row[0]: place.get(row[-1], number) for number, row in enumerate(rows)}


class OnShelf(NamedTuple):
    """A codebook as a list of them shows it."""

    codebook: Codebook
    default: bool
    """Whether new articles are read with it."""
    articles: int
    marks: Mapping[str, int]
    """Everybody's marks by the id of the tag that they were given."""


def listed(store: Store) -> list[OnShelf]:
    """All codebooks that are not deleted, in the order they came."""
    articles: dict[int, int] = dict(
        store.rows("SELECT codebook, count(*) FROM documents WHERE deleted_at IS NULL GROUP BY codebook")
    )
    marks: dict[str, int] = dict(store.rows(
        "SELECT tags.id, given.count FROM (SELECT annotations.tag AS tag, count(*) AS count FROM annotations"
        " JOIN documents ON documents.pk = annotations.document AND documents.deleted_at IS NULL"
        " WHERE annotations.deleted_at IS NULL GROUP BY annotations.tag) AS given JOIN tags ON tags.pk = given.tag"
    ))  # fmt: skip
    first = default(store)
    books = [
        (pk, load(store, pk)) for (pk,) in store.rows("SELECT pk FROM codebooks WHERE deleted_at IS NULL ORDER BY pk")
    ]
    return [
        OnShelf(book, pk == first, articles.get(pk, 0), {tag.id: marks.get(tag.id, 0) for tag in book.tags})
        for pk, book in books
    ]


def present(store: Store) -> list[Codebook]:
    """All codebooks that are not deleted, in the order they came."""
    return [load(store, pk) for (pk,) in store.rows("SELECT pk FROM codebooks WHERE deleted_at IS NULL ORDER BY pk")]


def get(store: Store, codebook_id: str) -> Codebook:
    """The codebook with this id, deleted or not; NotFound where there is none."""
    return load(store, _pk(store, codebook_id))


def is_there(store: Store, codebook_id: str) -> bool:
    """Whether there is a codebook with this id, deleted or not."""
    return store.row("SELECT 1 FROM codebooks WHERE id = ?", (codebook_id,)) is not None


def home_of(store: Store, tag_id: str) -> str | None:
    """The name of the codebook that a tag belongs to, if there is such a tag."""
    row = store.row(
        "SELECT codebooks.name FROM tags JOIN codebooks ON codebooks.pk = tags.codebook WHERE tags.id = ?", (tag_id,)
    )
    return None if row is None else str(row[0])


def marked(store: Store, tag_id: str) -> bool:
    """Whether anything was ever marked with a tag: such marks may come back by undo."""
    row = store.row("SELECT 1 FROM annotations WHERE tag = (SELECT pk FROM tags WHERE id = ?) LIMIT 1", (tag_id,))
    return row is not None


def bound(store: Store, codebook_id: str) -> int:
    """How many documents, deleted ones too, are read with a codebook."""
    ((number,),) = store.rows(
        "SELECT count(*) FROM documents WHERE codebook = (SELECT pk FROM codebooks WHERE id = ?)", (codebook_id,)
    )
    return int(number)


# Changes, each inside a step


def insert(store: Store, step: Step, book: Codebook) -> None:
    """A codebook that is new here, or one that was deleted and comes back as `book` says."""
    at = store.time()
    row = store.row("SELECT pk FROM codebooks WHERE id = ?", (book.id,))
    if row is None:
        pk = step.insert("codebooks", {
            "id": book.id, "name": book.name, "description": book.description, "created_at": at, "updated_at": at,
        })  # fmt: skip
        _write_tags(store, step, pk, (), book.tags)
    else:
        step.update("codebooks", row[0], {"deleted_at": None})
        rewrite(store, step, book.id, lambda _: book)


def rewrite(
    store: Store, step: Step, codebook_id: str, edit: Callable[[Codebook], Codebook]
) -> tuple[Codebook, Codebook]:
    """Makes a codebook what `edit` makes of the present one; both. Tags that are left out are deleted.

    A tag whose meaning changes gets its next revision, see `codebook_changes.meaning`.
    """
    pk = _pk(store, codebook_id)
    before = load(store, pk)
    after = edit(before)
    step.update("codebooks", pk, {"name": after.name, "description": after.description, "updated_at": store.time()})
    _write_tags(store, step, pk, before.tags, after.tags)
    return before, load(store, pk)


def delete(store: Store, step: Step, codebook_id: str) -> None:
    """Takes a codebook out of all lists."""
    step.update("codebooks", _pk(store, codebook_id), {"deleted_at": store.time()})


def choose_default(store: Store, step: Step, codebook_id: str) -> None:
    """New documents are read with this one from now on."""
    step.update("codebooks", _pk(store, codebook_id), {"default_at": store.time()})


def _write_tags(store: Store, step: Step, book: int, before: Sequence[Tag], after: Sequence[Tag]) -> None:
    from reader.annotations.codebook_changes import meaning, revised

    old = {tag.id: tag for tag in before}
    pks = dict(store.rows("SELECT id, pk FROM tags WHERE codebook = ?", (book,)))
    at = store.time()
    for position, tag in enumerate(after):
        was = old.get(tag.id)
        values = tag_row(book, position, tag)
        if was is None:
            retired = at if tag.retired and not tag.heir else None
            new = {**values, "retired_at": retired, "created_at": at, "updated_at": at}
            pks[tag.id] = step.insert("tags", new)
            step.insert("tag_revisions", revision_row(pks[tag.id], tag, tag.revision, at))
            continue
        values["revision"] = revised(was, tag)
        if tag.retired != was.retired or tag.heir != was.heir:
            values["retired_at"] = at if tag.retired and not tag.heir else None
        step.update("tags", pks[tag.id], {**values, "updated_at": at})
        if meaning(was) != meaning(tag):
            step.insert("tag_revisions", revision_row(pks[tag.id], tag, revised(was, tag), at))
    for tag in after:
        if tag.heir != (old[tag.id].heir if tag.id in old else ""):
            step.update("tags", pks[tag.id], {"merged_into": pks[tag.heir] if tag.heir else None})
    kept = {tag.id for tag in after}
    for tag in before:
        if tag.id not in kept:
            for (revision,) in store.rows("SELECT pk FROM tag_revisions WHERE tag = ?", (pks[tag.id],)):
                step.delete("tag_revisions", revision)
            step.delete("tags", pks[tag.id])


def _pk(store: Store, codebook_id: str) -> int:
    row = store.row("SELECT pk FROM codebooks WHERE id = ?", (codebook_id,))
    if row is None:
        raise NotFound("That codebook is not in the database (any more): `reader codebook list` shows what is.")
    return int(row[0])


def _book(store: Store, pk: int, tags: Sequence[Tag]) -> Codebook:
    found = store.row("SELECT id, name, description FROM codebooks WHERE pk = ?", (pk,))
    if found is None:
        raise NotFound(f"{store.path} has no codebook with the number {pk}: run `reader check`.")
    return Codebook(id=found[0], name=found[1], description=found[2], tags=tuple(tags))


def _rows(store: Store, where: str, values: Sequence[object]) -> list[Row]:
    return store.rows(f"SELECT tags.pk, {_TAG} WHERE {where} ORDER BY tags.position, tags.pk", values)


def _rows_of_document(store: Store, document: int, codebook: int) -> list[Row]:
    """The tags of its codebook, then those of others that marks in it carry, with their heirs."""
    rows = _rows(store, "tags.codebook = ?", (codebook,))
    known = {row[0] for row in rows}
    used = {tag for (tag,) in store.rows(f"{_USED} SELECT DISTINCT tag FROM used WHERE tag IS NOT NULL", (document,))}
    strange = used - known
    if strange:
        among = ", ".join("?" * len(strange))
        rows += _rows(
            store,
            f"tags.pk IN ({among}) OR tags.pk IN (SELECT merged_into FROM tags WHERE pk IN ({among}))",
            (*strange, *strange),
        )
    return rows


def _tag(row: Sequence[Any]) -> Tag:
    id_, name, key, colour, symbol, line, unit, definition, examples, attributes, revision, retired, heir = row
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
                several=each.get("several", False),
                names=each.get("names", False),
                definition=each["definition"],
            )
            for each in json.loads(attributes)
        ),
        revision=revision,
        retired=bool(retired) or heir is not None,
        heir=heir or "",
    )


def tag_row(codebook: object, position: int, tag: Tag) -> dict[str, object]:
    """A tag's row, but for its times and its heir; `codebook`: its pk."""
    return {
        "id": tag.id,
        "codebook": codebook,
        "position": position,
        "name": tag.name,
        "key": tag.key,
        "colour": tag.colour,
        "symbol": tag.symbol,
        "line": tag.line.value,
        "unit": tag.unit.value,
        "definition": tag.definition,
        "examples": _examples(tag),
        "attributes": _attributes(tag),
        "revision": tag.revision,
    }


def revision_row(owner: object, tag: Tag, revision: int, at: str) -> dict[str, object]:
    """The row of one revision of a tag; `owner`: its pk."""
    return {
        "tag": owner,
        "revision": revision,
        "name": tag.name,
        "unit": tag.unit.value,
        "definition": tag.definition,
        "examples": _examples(tag),
        "attributes": _attributes(tag),
        "created_at": at,
    }


def _examples(tag: Tag) -> str:
    return _json({"do": tag.do, "dont": tag.dont})


def _attributes(tag: Tag) -> str:
    return _json([asdict(attribute) for attribute in tag.attributes])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
