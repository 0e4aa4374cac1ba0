"""Databases of others, taken for hostile until every value in them has been looked at; nothing else opens them.

Only a private copy of the file is opened, without whatever lies beside it (`copying`); nothing in it can run, and only
tables that are as this program makes them are read (`guarding`); each value is of its kind, size and range
(`reader.annotations.values`) before it becomes a part of a Bundle (`gathering`). The file itself is never written.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reader.annotations.bundle import Bundle
from reader.storage.foreign.copying import copied
from reader.storage.foreign.gathering import gathered
from reader.storage.foreign.guarding import guarded

__all__ = ["opened"]


@contextmanager
def opened(path: Path) -> Iterator[Bundle]:
    """All that the database at `path` says; its texts can be asked for inside the block.

    StorageProblem or BadInput, with a sentence, where it is no database of this program, of a newer one, damaged, or
    says something that this program would not.
    """
    with copied(path) as copy, guarded(copy, path) as source:
        yield gathered(source)
