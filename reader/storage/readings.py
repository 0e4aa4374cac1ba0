"""Who has read what, and how far: a fact of its own, since "marked nothing" is not "has not read it"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from reader.errors import Refused

if TYPE_CHECKING:
    from reader.storage.annotators import Annotator
    from reader.storage.documents import Place
    from reader.storage.store import Store


class Reading(NamedTuple):
    """What one annotator says about having read one version."""

    status: str
    """`new` (never opened), `reading` or `done`."""

    place: int
    """How far: an offset in code points."""


def get(store: Store, actor: Annotator, here: Place) -> Reading:
    """How far the actor is with a document."""
    row = store.row(
        "SELECT status, place FROM readings WHERE layer = ? AND version = ?", (actor.layer_pk, here.version)
    )
    return Reading(*row) if row else Reading("new", 0)


def opened(store: Store, actor: Annotator, here: Place) -> None:
    """Notes that the actor reads the document now."""
    at = store.time()
    with store.step("opened", actor.pk, here.document, actor.layer_pk, "record") as step:
        # Without `updated_at`: the status in the same row can still be undone, see `steps`.
        pk = _pk(store, actor, here)
        if pk is None:
            step.insert("readings", _begun(actor, here, at) | {"last_opened_at": at})
        else:
            step.update("readings", pk, {"last_opened_at": at})


def set_place(store: Store, actor: Annotator, here: Place, place: int) -> None:
    """Notes how far the actor has read; for leaving an article, not for every key."""
    with store.step("read up to here", actor.pk, here.document, actor.layer_pk, "record") as step:
        pk = _pk(store, actor, here)
        if pk is None:
            at = store.time()
            step.insert("readings", _begun(actor, here, at) | {"place": place, "last_opened_at": at})
        else:
            step.update("readings", pk, {"place": place})


def set_status(
    store: Store, actor: Annotator, here: Place, status: str, label: str, *, in_library: bool = False
) -> None:
    """Says `new`, `reading` or `done`; can be undone, in the document's history or in the library's."""
    history = None if in_library else here.document
    with store.step(label, actor.pk, history, actor.layer_pk) as step:
        pk, at = _pk(store, actor, here), store.time()
        if pk is None:
            if status != "new":
                step.insert("readings", _begun(actor, here, at) | {"status": status})
        elif status == "new":
            if store.row("SELECT 1 FROM readings WHERE pk = ? AND note <> ''", (pk,)) is not None:
                raise Refused("You wrote a note on this article, so it is not new: take the note away first.")
            step.delete("readings", pk)
        else:
            step.update("readings", pk, {"status": status, "updated_at": at})


def note(store: Store, actor: Annotator, here: Place) -> str:
    """What the actor wrote on a document as a whole; empty for nothing."""
    return notes(store, [actor.layer_pk], [here.document]).get((actor.layer_pk, here.document), "")


def notes(store: Store, layers: Sequence[int], numbers: Sequence[int]) -> dict[tuple[int, int], str]:
    """What these layers wrote on those of these documents (a few hundred at most) that have a note from them.

    By the layer's number and the document's. A note is in the reading that it was begun in, of whichever text.
    """
    return {
        (layer, document): note
        for layer, document, note in store.rows(
            "SELECT readings.layer, versions.document, readings.note FROM versions"
            " CROSS JOIN readings ON readings.version = versions.pk AND readings.note <> ''"
            f" WHERE versions.document IN ({_places(numbers)}) AND readings.layer IN ({_places(layers)})"
            " ORDER BY versions.number",
            (*numbers, *layers),
        )
    }


def set_note(store: Store, actor: Annotator, here: Place, note: str) -> None:
    """Writes, changes or (empty) takes away the actor's note on a document as a whole; can be undone."""
    with store.step("note on the article", actor.pk, here.document, actor.layer_pk) as step:
        rows = store.rows(
            "SELECT readings.pk FROM versions CROSS JOIN readings ON readings.version = versions.pk"
            " WHERE versions.document = ? AND readings.layer = ? AND (readings.note <> '' OR versions.pk = ?)"
            " ORDER BY readings.note <> '', versions.number",
            (here.document, actor.layer_pk, here.version),
        )
        # Without `updated_at`: the status in the same row can still be undone, see `steps`.
        if rows:
            step.update("readings", rows[-1][0], {"note": note})
        elif note:
            step.insert("readings", _begun(actor, here, store.time()) | {"note": note})


def _places(values: Sequence[int]) -> str:
    return ", ".join("?" * len(values))


def _begun(actor: Annotator, here: Place, at: str) -> dict[str, object]:
    return {
        "layer": actor.layer_pk, "version": here.version, "status": "reading", "opened_at": at, "updated_at": at,
    }  # fmt: skip


def _pk(store: Store, actor: Annotator, here: Place) -> int | None:
    row = store.row("SELECT pk FROM readings WHERE layer = ? AND version = ?", (actor.layer_pk, here.version))
    return None if row is None else int(row[0])
