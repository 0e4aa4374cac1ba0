"""`reader [FILE… | -]`: take articles in and read one."""

from __future__ import annotations

import click

from reader.cli import options
from reader.cli.reading import read


@click.command("reader")
@click.argument("files", nargs=-1, metavar="[FILE… | -]")
@options.details
@options.library
def command(
    files: tuple[str, ...], db: str | None, who: str | None, encoding: str | None, **details: str | None
) -> int:
    """Take articles in and open the first of them; `-` is the standard input.

    Instead of a file: the number or the title of an article that is here already. With nothing, the list of your
    articles: Enter goes on where you were.
    """
    return read(files, db, who, encoding, options.given(details))
