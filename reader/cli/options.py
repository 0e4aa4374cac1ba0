"""The options that several commands share, spelled and explained once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

_Command = TypeVar("_Command", bound=Callable[..., Any])


def library(command: _Command) -> _Command:
    """`--db` and `--as`: which database, and who is marking; given as `db` and `who`."""
    for option in (
        click.option("--as", "who", metavar="NAME", help="Who is marking (else the settings, else your login name)."),
        click.option("--db", metavar="FILE", help="The database (else READER_DB, else your own library)."),
    ):
        command = option(command)
    return command


def details(command: _Command) -> _Command:
    """What is known about an article that comes in; given as `title`, `byline`, `date`, `source`, `encoding`."""
    for option in (
        click.option("--encoding", metavar="NAME", help="How the file is encoded, where it is not UTF-8."),
        click.option("--source", metavar="TEXT", help="Where the article is from: an address, a paper, an archive."),
        click.option("--date", metavar="DATE", help="When it was published."),
        click.option("--byline", metavar="NAME", help="Who wrote it."),
        click.option("--title", metavar="TEXT", help="Its title, where the text doesn't say."),
    ):
        command = option(command)
    return command


def article(command: _Command) -> _Command:
    """Which article, as people say it; given as `article`."""
    return click.argument("article", metavar="ARTICLE")(command)


def given(values: Mapping[str, str | None]) -> dict[str, str]:
    """The details that were given."""
    return {name: value for name, value in values.items() if value is not None}
