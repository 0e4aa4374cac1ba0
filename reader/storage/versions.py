"""The texts that an article had, one after the other: each is taken in once and never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reader.storage import outlines

if TYPE_CHECKING:
    from reader.documents.load import Intake
    from reader.storage.steps import Step
    from reader.storage.store import Store


class Version(NamedTuple):
    """One of an article's texts."""

    pk: int
    id: str
    document: int
    """The article's number."""
    number: int
    """Counted from 1 in the order they came in; an article may go back to an earlier one."""
    created_at: str


_COLUMNS = "pk, id, document, number, created_at"

LAST_KNOWN = (
    "(SELECT last.pk FROM anchors AS last JOIN annotations AS whose ON whose.pk = last.annotation"
    " JOIN documents AS home ON home.pk = whose.document WHERE last.annotation = annotations.pk"
    " ORDER BY last.status IN ('made', 'sure', 'confirmed') DESC, last.version = home.version DESC,"
    " last.status <> 'orphan' DESC, last.version DESC LIMIT 1)"
)
"""SQL: the anchor where a mark's place was last beyond doubt, the present one first."""


def insert(store: Store, step: Step, document: int, number: int, intake: Intake, at: str, id_: str = "") -> int:
    """Stores a text of a document with what its markup says; its pk. `id_` where it has an id already."""
    pk = step.insert("versions", {
        "id": id_ or store.new_id(), "document": document, "number": number, "text": intake.text,
        "text_hash": intake.text_hash, "length": len(intake.text), "words": intake.words,
        "layout": intake.layout.value, "hidden": intake.hidden, "kind": intake.kind, "encoding": intake.encoding,
        "raw": intake.raw, "offset_map": intake.offset_map.dump(), "created_at": at,
    })  # fmt: skip
    store.connection.executemany(
        "INSERT INTO structure (version, kind, start, end, data) VALUES (?, ?, ?, ?, ?)",
        [(pk, each.kind, each.start, each.end, each.data) for each in intake.structure],
    )
    outlines.keep(store, pk, document, intake)
    return pk


def with_text(store: Store, text_hash: str) -> Version | None:
    """The version that has this text, in whichever article."""
    row = store.row(f"SELECT {_COLUMNS} FROM versions WHERE text_hash = ?", (text_hash,))
    return None if row is None else Version(*row)


def of_document(store: Store, document: int) -> tuple[Version, ...]:
    """The texts of a document (its pk), by number."""
    rows = store.rows(f"SELECT {_COLUMNS} FROM versions WHERE document = ? ORDER BY number", (document,))
    return tuple(Version(*row) for row in rows)


def get(store: Store, pk: int) -> Version:
    """The version with this pk, which is there."""
    (row,) = store.rows(f"SELECT {_COLUMNS} FROM versions WHERE pk = ?", (pk,))
    return Version(*row)


def has_outdated_marks(store: Store, document: int, kind: str, turned: int) -> bool:
    """Whether going to another text by undo or redo (`kind`) of a step would leave a mark of somebody behind.

    Inside the step that does so, after the switch: a mark that has no place in that text, or, for redo, one that was
    moved since the step `turned` was.
    """
    homeless = store.row(
        "SELECT 1 FROM annotations JOIN documents ON documents.pk = annotations.document WHERE documents.pk = ?"
        " AND NOT EXISTS (SELECT 1 FROM anchors WHERE anchors.annotation = annotations.pk"
        " AND anchors.version = documents.version) LIMIT 1",
        (document,),
    )
    moved = kind == "redo" and store.row(
        "SELECT 1 FROM log JOIN steps ON steps.pk = log.step AND steps.undoes IS NOT ?"
        " JOIN anchors ON anchors.pk = log.row JOIN annotations ON annotations.pk = anchors.annotation"
        " WHERE log.step > ? AND log.entity = 'anchors' AND log.before IS NOT NULL AND log.after IS NOT NULL"
        " AND annotations.document = ? LIMIT 1",
        (turned, turned, document),
    )
    return homeless is not None or bool(moved)
