"""Who has read what, and how far: a fact of its own, since "marked nothing" is not "has not read it"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.storage.annotators import Annotator
    from reader.storage.documents import Place
    from reader.storage.store import Store


@dataclass(frozen=True, slots=True)
class Reading:
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
    """Notes that the actor has begun to read; nothing is written where that is known."""
    if _pk(store, actor, here) is None:
        at = store.time()
        with store.step("opened", actor.pk, here.document, actor.layer_pk, "record") as step:
            if _pk(store, actor, here) is None:
                step.insert("readings", {
                    "layer": actor.layer_pk, "version": here.version, "status": "reading", "opened_at": at,
                    "updated_at": at,
                })  # fmt: skip


def set_place(store: Store, actor: Annotator, here: Place, place: int) -> None:
    """Notes how far the actor has read; for leaving an article, not for every key."""
    opened(store, actor, here)
    with store.step("read up to here", actor.pk, here.document, actor.layer_pk, "record") as step:
        # Without a time: the status in the same row can still be undone, see `steps`.
        step.update("readings", _pk(store, actor, here) or 0, {"place": place})


def set_status(store: Store, actor: Annotator, here: Place, status: str) -> None:
    """Says `reading` or `done`; can be undone."""
    opened(store, actor, here)
    with store.step(f"status {status}", actor.pk, here.document, actor.layer_pk) as step:
        values = {"status": status, "updated_at": store.time()}
        step.update("readings", _pk(store, actor, here) or 0, values)


def _pk(store: Store, actor: Annotator, here: Place) -> int | None:
    row = store.row("SELECT pk FROM readings WHERE layer = ? AND version = ?", (actor.layer_pk, here.version))
    return None if row is None else int(row[0])
