"""Articles in the database: taken in once, found again by many names, their text never changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple, cast

from reader.documents.document import Document, Structure
from reader.documents.offsetmap import OffsetMap
from reader.errors import NotFound, Refused
from reader.storage import codebooks, versions
from reader.storage.library import COLUMNS, document_of

if TYPE_CHECKING:
    from reader.documents.load import Intake
    from reader.storage.annotators import Annotator
    from reader.storage.steps import Step
    from reader.storage.store import Store

EDITABLE = ("title", "byline", "date", "source", "language")
"""What a person may change about an article."""

_ENOUGH = 4
"""Characters of an id or a hash that may stand for all of it."""

_LONGEST_NUMBER = 18
"""Digits that SQLite can compare a number with."""

_LONGEST_CALL = 40
"""Code points of a title that stand in the name of a step."""

_TABLES = "documents JOIN versions ON versions.pk = documents.version"


class Place(NamedTuple):
    """Where a document and its current version stand in the tables."""

    document: int
    version: int


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
            "SELECT documents.id, documents.pk, documents.title FROM versions"
            " JOIN documents ON documents.pk = versions.document WHERE versions.text_hash = ?",
            (intake.text_hash,),
        )
        if found is not None:
            # Coming back is undone where going was: in the library's history.
            step.kind, step.label = "do", _back(found[2])
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
    step.update("documents", document, {"version": versions.insert(store, step, document, 1, intake, at)})


def get(store: Store, document_id: str) -> Document:
    """The document with this id; NotFound where there is none or it was deleted."""
    row = store.row(
        f"SELECT {COLUMNS} FROM {_TABLES} WHERE documents.id = ? AND documents.deleted_at IS NULL", (document_id,)
    )
    if row is None:
        raise NotFound("That article is not in the database (any more): `reader list` shows what is.")
    return document_of(row)


def as_of(store: Store, version_id: str) -> Document:
    """The document as it is in the version of this id, which may be an earlier one."""
    row = store.row(
        f"SELECT {COLUMNS} FROM versions JOIN documents ON documents.pk = versions.document WHERE versions.id = ?",
        (version_id,),
    )
    if row is None:
        raise NotFound("That version of the article is not in the database: run `reader check`.")
    return document_of(row)


def find(store: Store, word: str, *, deleted: bool = False) -> Document:
    """The document that a person means: by number in the list, id, text hash, beginnings of these, or title.

    Among the present ones, or among the deleted ones. NotFound, or Refused where several are meant; both sentences
    say what to do.
    """
    wanted = word.strip()
    if wanted.isdecimal() and len(wanted) < _LONGEST_NUMBER:
        row = store.row(
            f"SELECT {COLUMNS} FROM {_TABLES} WHERE documents.pk = ? AND (documents.deleted_at IS NOT NULL) = ?",
            (int(wanted), deleted),
        )
        if row is not None:
            return document_of(row)
    rows = store.rows(
        f"SELECT {COLUMNS}, documents.pk FROM {_TABLES} WHERE (documents.deleted_at IS NOT NULL) = ?"
        " ORDER BY documents.pk",
        (deleted,),
    )
    lowered, folded = wanted.lower(), wanted.casefold()
    for meant in (
        lambda row: lowered in (row[0], row[7]),
        lambda row: row[1] == wanted,
        lambda row: row[1].casefold() == folded,
        lambda row: len(lowered) >= _ENOUGH and (row[0].startswith(lowered) or row[7].startswith(lowered)),
        lambda row: bool(folded) and folded in row[1].casefold(),
    ):
        found = [row for row in rows if meant(row)]
        if len(found) == 1:
            return document_of(found[0][:10])
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


def edit(
    store: Store, actor: Annotator, document_id: str, details: Mapping[str, str], *, in_library: bool = False
) -> Document:
    """Changes title, byline, date, source or language; can be undone, in the document's history or in the library's."""
    here = place(store, document_id)
    changed = ", ".join(name for name in EDITABLE if name in details) or "details"
    label = f"{changed} of {called(get(store, document_id).title)}" if in_library else changed
    with store.step(label, actor.pk, None if in_library else here.document) as step:
        step.update("documents", here.document, {**details, "updated_at": store.time()})
    return get(store, document_id)


def delete(store: Store, actor: Annotator, document_id: str) -> int:
    """Takes a document out of all lists; its text and marks stay and `restore` brings them back. Its number.

    A step of the library's history: the document's own is out of reach now.
    """
    here = place(store, document_id)
    with store.step(f"deleting {called(get(store, document_id).title)}", actor.pk) as step:
        step.update("documents", here.document, {"deleted_at": store.time()})
    return here.document


def restore(store: Store, actor: Annotator, document_id: str) -> Document:
    """Brings a deleted document back with all that was said about it; a step of the library's history."""
    ((pk, title),) = store.rows("SELECT pk, title FROM documents WHERE id = ?", (document_id,))
    with store.step(_back(title), actor.pk) as step:
        step.update("documents", pk, {"deleted_at": None})
    return get(store, document_id)


def deleted(store: Store) -> list[tuple[int, str, str]]:
    """Number, title and time of every deleted document, the last one first."""
    found = store.rows(
        "SELECT pk, title, deleted_at FROM documents WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC, pk DESC"
    )
    return cast("list[tuple[int, str, str]]", found)


def called(title: str) -> str:
    """An article in the name of a step: the beginning of its title, in quotation marks."""
    return f"“{title if len(title) <= _LONGEST_CALL else title[: _LONGEST_CALL - 1].rstrip() + '…'}”"


def _back(title: str) -> str:
    return f"bringing back {called(title)}"


def marks_in(store: Store, document_id: str) -> int:
    """How many marks, of everybody, are in a document, also where it was deleted."""
    ((number,),) = store.rows(
        "SELECT count(*) FROM annotations WHERE document = (SELECT pk FROM documents WHERE id = ?)"
        " AND deleted_at IS NULL",
        (document_id,),
    )
    return int(number)
