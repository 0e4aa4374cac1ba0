"""Who marks: annotators, and the layers that their marks lie in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reader.documents.normalise import safe
from reader.errors import UsageProblem
from reader.storage.steps import dumped

if TYPE_CHECKING:
    from reader.storage.store import Store


class Annotator(NamedTuple):
    """Somebody who marks in this database, with the layer that is their own."""

    pk: int
    id: str
    name: str
    layer_pk: int
    layer_id: str


def local(store: Store, name: str) -> Annotator:
    """The annotator of that name on this machine, with their own layer; both made where they are missing.

    People with the same name who came with an import are others: ids decide.
    """
    name = " ".join(safe(name).split())
    if not name:
        raise UsageProblem("An annotator needs a name: say who marks with --as NAME.")
    found = _find(store, name)
    if found is None:
        with store.write():
            # Asked again under the lock: two programs may start at once.
            found = _find(store, name) or _make(store, name)
    return found


def _find(store: Store, name: str) -> Annotator | None:
    row = store.row(
        "SELECT annotators.pk, annotators.id, annotators.name, layers.pk, layers.id FROM annotators"
        " JOIN layers ON layers.annotator = annotators.pk AND layers.purpose = 'own'"
        " WHERE annotators.origin = 'local' AND annotators.name = ? ORDER BY layers.pk LIMIT 1",
        (name,),
    )
    return None if row is None else Annotator(*row)


def _make(store: Store, name: str) -> Annotator:
    # By hand, not by a step: a step names its actor, who is only being made.
    at, connection = store.time(), store.connection
    who = {"id": store.new_id(), "name": name, "origin": "local", "created_at": at}
    actor = connection.execute(
        "INSERT INTO annotators (id, name, origin, created_at) VALUES (:id, :name, :origin, :created_at)", who
    ).lastrowid
    layer = {"id": store.new_id(), "annotator": actor, "purpose": "own", "name": "", "created_at": at}
    layer_pk = connection.execute(
        "INSERT INTO layers (id, annotator, purpose, name, created_at)"
        " VALUES (:id, :annotator, :purpose, :name, :created_at)",
        layer,
    ).lastrowid
    step = connection.execute(
        "INSERT INTO steps (at, actor, label, kind) VALUES (?, ?, ?, 'record')", (at, actor, f"annotator {name}")
    ).lastrowid
    connection.executemany(
        "INSERT INTO log (step, entity, row, after) VALUES (?, ?, ?, ?)",
        [
            (step, "annotators", actor, dumped(who)),
            (step, "layers", layer_pk, dumped(layer)),
        ],
    )
    assert actor is not None
    assert layer_pk is not None
    return Annotator(actor, str(who["id"]), name, layer_pk, str(layer["id"]))
