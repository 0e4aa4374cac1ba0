"""Articles in the database: taken in once, found again by many names, their text never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reader.documents.document import Document, Layout, Structure
from reader.documents.offsetmap import OffsetMap
from reader.errors import NotFound, Refused
from reader.storage import codebooks

if TYPE_CHECKING:
    from reader.documents.load import Intake
    from reader.storage.annotators import Annotator
    from reader.storage.steps import Step
    from reader.storage.store import Store

EDITABLE = ("title", "byline", "date", "source", "language")
"""What a person may change about an article."""

_ENOUGH = 4
"""Characters of an id or a hash that may stand for all of it."""

_COLUMNS = (
    "documents.id, documents.title, documents.byline, documents.date, documents.source, documents.language,"
    " versions.id, versions.text_hash, versions.length, versions.layout"
)
_TABLES = "documents JOIN versions ON versions.pk = documents.version"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document and its current version stand in the tables."""

    document: int
    version: int


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as a list of them shows it."""

    number: int
    """Counted from 1 in the order they came in; what people type."""

    document: Document
    words: int
    status: str
    """`new`, `reading` or `done`, for this layer."""

    place: int
    """How far this layer's annotator has read: an offset."""

    counts: Mapping[str, int]
    """This layer's marks by the tag's id."""


def add(store: Store, actor: Annotator, intake: Intake, details: Mapping[str, str]) -> tuple[Document, bool, bool]:
    """Stores an article with its text; (document, whether it is new, whether it was deleted and is back).

    The same text is the same document: it is found by its hash and left as it is. `details` may hold title, byline,
    date, source, language.
    """
    at, document_id = store.time(), store.new_id()
    title = details.get("title") or intake.title
    with store.step(f"“{title}” came in", actor.pk, kind="record") as step:
        # Asked under the lock: another program may take in the same text at once.
        found = store.row(
            "SELECT documents.id, documents.pk, documents.deleted_at IS NOT NULL FROM versions"
            " JOIN documents ON documents.pk = versions.document WHERE versions.text_hash = ?",
            (intake.text_hash,),
        )
        if found is not None:
            restored = step.update("documents", found[1], {"deleted_at": None})
        else:
            _insert(store, step, document_id, intake, {**details, "title": title}, at)
    if found is not None:
        return get(store, found[0]), False, restored
    return get(store, document_id), True, False


def _insert(store: Store, step: Step, document_id: str, intake: Intake, details: Mapping[str, str], at: str) -> None:
    document = step.insert("documents", {
        "id": document_id, **details, "codebook": codebooks.default(store), "created_at": at, "updated_at": at,
    })  # fmt: skip
    version = step.insert("versions", {
        "id": store.new_id(), "document": document, "number": 1, "text": intake.text,
        "text_hash": intake.text_hash, "length": len(intake.text), "words": intake.words,
        "layout": intake.layout.value, "hidden": intake.hidden, "kind": intake.kind, "encoding": intake.encoding,
        "raw": intake.raw, "offset_map": intake.offset_map.dump(), "created_at": at,
    })  # fmt: skip
    step.update("documents", document, {"version": version})
    store.connection.executemany(
        "INSERT INTO structure (version, kind, start, end, data) VALUES (?, ?, ?, ?, ?)",
        [(version, each.kind, each.start, each.end, each.data) for each in intake.structure],
    )


def get(store: Store, document_id: str) -> Document:
    """The document with this id; NotFound where there is none or it was deleted."""
    row = store.row(
        f"SELECT {_COLUMNS} FROM {_TABLES} WHERE documents.id = ? AND documents.deleted_at IS NULL", (document_id,)
    )
    if row is None:
        raise NotFound("That article is not in the database (any more): `reader list` shows what is.")
    return _document(row)


def find(store: Store, word: str, *, deleted: bool = False) -> Document:
    """The document that a person means: by number in the list, id, text hash, beginnings of these, or title.

    Among the present ones, or among the deleted ones. NotFound, or Refused where several are meant; both sentences
    say what to do.
    """
    wanted = word.strip()
    rows = store.rows(
        f"SELECT {_COLUMNS}, documents.pk FROM {_TABLES} WHERE (documents.deleted_at IS NOT NULL) = ?"
        " ORDER BY documents.pk",
        (deleted,),
    )
    lowered, folded = wanted.lower(), wanted.casefold()
    for meant in (
        lambda row: str(row[10]) == wanted,
        lambda row: lowered in (row[0], row[7]),
        lambda row: row[1] == wanted,
        lambda row: row[1].casefold() == folded,
        lambda row: len(lowered) >= _ENOUGH and (row[0].startswith(lowered) or row[7].startswith(lowered)),
        lambda row: bool(folded) and folded in row[1].casefold(),
    ):
        found = [row for row in rows if meant(row)]
        if len(found) == 1:
            return _document(found[0][:10])
        if found:
            several = ", ".join(f"{row[10]} “{row[1]}”" for row in found[:5])
            raise Refused(f"“{wanted}” could be {several}{' or another' if len(found) > 5 else ''}: give its number.")
    if not deleted:
        raise NotFound(f"No article is called “{wanted}”: `reader list` shows their numbers and titles.")
    known = ", ".join(f"{row[10]} “{row[1]}”" for row in rows[:10]) or "none"
    raise NotFound(f"No deleted article is called “{wanted}”. Deleted: {known}{' and others' if rows[10:] else ''}.")


def place(store: Store, document_id: str) -> Place:
    """The pks of a document and its current version; NotFound where it is not (any more) there."""
    row = store.row("SELECT pk, version FROM documents WHERE id = ? AND deleted_at IS NULL", (document_id,))
    if row is None:
        raise NotFound("That article is not in the database (any more): `reader list` shows what is.")
    return Place(row[0], row[1])


def version_pk(store: Store, document: Document) -> int:
    """The number of the version that `document` was read with, which may no longer be the current one."""
    row = store.row("SELECT pk FROM versions WHERE id = ?", (document.version,))
    if row is None:
        raise NotFound("That version of the article is not in the database: run `reader check`.")
    return int(row[0])


def listed(store: Store, layer: int) -> list[DocumentRow]:
    """All documents in the order they came in, each with what this layer (its pk) says of it."""
    counts: dict[int, dict[str, int]] = {}
    for document, tag, count in store.rows(
        "SELECT annotations.document, tags.id, count(*) FROM annotations"
        " JOIN tags AS given ON given.pk = annotations.tag"
        " JOIN tags ON tags.pk = ifnull(given.merged_into, given.pk)"
        " WHERE annotations.layer = ? AND annotations.deleted_at IS NULL GROUP BY annotations.document, tags.pk",
        (layer,),
    ):
        counts.setdefault(document, {})[tag] = count
    rows = store.rows(
        f"SELECT {_COLUMNS}, documents.pk, versions.words, ifnull(readings.status, 'new'),"
        " ifnull(readings.place, 0)"
        f" FROM {_TABLES} LEFT JOIN readings ON readings.version = versions.pk AND readings.layer = ?"
        " WHERE documents.deleted_at IS NULL ORDER BY documents.pk",
        (layer,),
    )
    return [
        DocumentRow(
            number=row[10],
            document=_document(row[:10]),
            words=row[11],
            status=row[12],
            place=row[13],
            counts=counts.get(row[10], {}),
        )
        for row in rows
    ]


def latest(store: Store, actor: int) -> Document | None:
    """The document that this annotator (its pk) did something in last, else the one that came in last."""
    row = store.row(
        f"SELECT {_COLUMNS} FROM {_TABLES} WHERE documents.deleted_at IS NULL ORDER BY"
        " (SELECT max(steps.pk) FROM steps WHERE steps.document = documents.pk AND steps.actor = ?) DESC,"
        " documents.pk DESC LIMIT 1",
        (actor,),
    )
    return None if row is None else _document(row)


def text(store: Store, version: int) -> str:
    """The canonical text of a version (its pk); the one read last is kept, since texts never change."""
    if store.last_text is None or store.last_text[0] != version:
        row = store.row("SELECT text FROM versions WHERE pk = ?", (version,))
        if row is None:
            raise NotFound("That version of the article is not in the database: run `reader check`.")
        store.last_text = (version, row[0])
    return store.last_text[1]


def offset_map(store: Store, version: int) -> OffsetMap:
    """The map between a version's raw text and its canonical one."""
    ((data,),) = store.rows("SELECT offset_map FROM versions WHERE pk = ?", (version,))
    return OffsetMap.load(data)


def structure(store: Store, version: int) -> tuple[Structure, ...]:
    """Headings, lists, emphasis … of a version (its pk), in text order, outer ones first."""
    rows = store.rows("SELECT kind, start, end, data FROM structure WHERE version = ? ORDER BY start, pk", (version,))
    return tuple(Structure(*row) for row in rows)


def edit(store: Store, actor: Annotator, document_id: str, details: Mapping[str, str]) -> Document:
    """Changes title, byline, date, source or language; can be undone."""
    here = place(store, document_id)
    changed = ", ".join(name for name in EDITABLE if name in details)
    with store.step(changed or "details", actor.pk, here.document) as step:
        step.update("documents", here.document, {**details, "updated_at": store.time()})
    return get(store, document_id)


def delete(store: Store, actor: Annotator, document_id: str) -> int:
    """Takes a document out of all lists; its text and marks stay and `restore` brings them back. Its number."""
    here = place(store, document_id)
    with store.step("article removed", actor.pk, here.document, kind="record") as step:
        step.update("documents", here.document, {"deleted_at": store.time()})
    return here.document


def restore(store: Store, actor: Annotator, document_id: str) -> Document:
    """Brings a deleted document back with all that was said about it."""
    ((pk,),) = store.rows("SELECT pk FROM documents WHERE id = ?", (document_id,))
    with store.step("article back", actor.pk, pk, kind="record") as step:
        step.update("documents", pk, {"deleted_at": None})
    return get(store, document_id)


def marks_in(store: Store, document_id: str) -> int:
    """How many marks, of everybody, are in a document, also where it was deleted."""
    ((number,),) = store.rows(
        "SELECT count(*) FROM annotations WHERE document = (SELECT pk FROM documents WHERE id = ?)"
        " AND deleted_at IS NULL",
        (document_id,),
    )
    return int(number)


def _document(row: tuple[Any, ...]) -> Document:
    id_, title, byline, date, source, language, version, text_hash, length, layout = row
    return Document(id_, title, byline, date, source, language, version, text_hash, length, Layout(layout))
