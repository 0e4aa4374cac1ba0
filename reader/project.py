"""A project: an open database and who is working in it; what every piece of work takes first."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from reader.ids import Clock, NewId, now, uuid7
from reader.storage import annotators
from reader.storage.annotators import Annotator
from reader.storage.store import Store, open_store


class Project(NamedTuple):
    """Somebody at work in a database."""

    store: Store
    annotator: Annotator
    """Whose marks are made, in that annotator's own layer."""

    @property
    def path(self) -> Path:
        """The database file."""
        return self.store.path

    def reader(self) -> Project:
        """The same, only to read, for a thread of its own: to be made, used and closed there."""
        return Project(self.store.reader(), self.annotator)

    def close(self) -> None:
        """Lets go of the file; nothing is unsaved."""
        self.store.close()


def open_project(
    path: Path, annotator_name: str, *, create: bool = True, clock: Clock = now, new_id: NewId = uuid7
) -> Project:
    """Opens the database at `path` for the annotator of that name, who is made where there is none.

    NotFound where the file is missing and `create` does not make it; StorageProblem where it is something else.
    """
    store = open_store(path, create=create, clock=clock, new_id=new_id)
    try:
        return Project(store, annotators.local(store, annotator_name))
    except BaseException:
        store.close()
        raise
