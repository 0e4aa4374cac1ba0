"""The database that the options mean, who is marking in it, and what is said on leaving."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reader import config, viewstate
from reader.cli.say import complain, say
from reader.errors import StorageProblem
from reader.project import Project, open_project
from reader.work.opening import choose_database


def library(db: str | None, who: str | None, *, create: bool = True, make_own: bool = False) -> Project:
    """The project that the options mean; the database is made where it is missing and `create` says so.

    `make_own`: also where nobody named it, since then it is the user's own library.
    """
    choice = choose_database(db, os.environ, Path.cwd())
    if choice.passed_over is not None:
        complain(
            f"{choice.passed_over} was left alone, because you have not opened it before:"
            f" --db {choice.passed_over.name} opens it. Going on with your own library."
        )
    create = create or (make_own and not choice.named)
    project = open_project(choice.path, who or config.load().annotator, create=create)
    if choice.named and not viewstate.accepted(project.path):
        try:
            viewstate.accept(project.path)
        except StorageProblem as problem:
            # Only the next time is the poorer for it.
            complain(str(problem))
    return project


@contextmanager
def opened(db: str | None, who: str | None) -> Iterator[Project]:
    """The project of a database that is there already, closed again at the end."""
    project = library(db, who, create=False)
    try:
        yield project
    finally:
        project.close()


def goodbye(path: Path, db: str | None, who: str | None) -> None:
    """Where everything is, and how to come back."""
    words = ["reader", *(["--db", db] if db else []), *(["--as", who] if who else [])]
    say(f"Your marks are in {path}")
    say(f"Come back with: {shlex.join(words)}")
