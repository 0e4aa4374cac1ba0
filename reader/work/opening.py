"""Which database is meant when somebody starts the program."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from reader import paths, viewstate

HERE = "annotations.db"
"""The name under which a database is found in the current folder."""


class Choice(NamedTuple):
    """The database to open, and whether one was passed over."""

    path: Path
    named: bool
    """Whether the user named it: once open, it may be accepted for the next time (`viewstate.accept`)."""
    passed_over: Path | None
    """A database in the current folder that was left alone, because this user has neither made nor opened it."""


def choose_database(option: str | None, environment: Mapping[str, str], here: Path) -> Choice:
    """`--db`, else READER_DB, else a known `annotations.db` in the folder `here`, else the one in the data folder."""
    named = option or environment.get("READER_DB")
    if named:
        return Choice(here / paths.as_typed(named), named=True, passed_over=None)
    found = here / HERE
    if not found.exists():
        return Choice(paths.default_database(), named=False, passed_over=None)
    if viewstate.accepted(found):
        return Choice(found, named=False, passed_over=None)
    return Choice(paths.default_database(), named=False, passed_over=found)
