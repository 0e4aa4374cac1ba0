"""`reader add FILE…`: take articles in without opening them."""

from __future__ import annotations

import click

from reader.cli import options


@click.command("add")
@click.argument("files", nargs=-1, required=True, metavar="FILE… | -")
@options.details
@options.library
def command(
    files: tuple[str, ...], db: str | None, who: str | None, encoding: str | None, **details: str | None
) -> int:
    """Take articles in without opening them; `-` is the standard input.

    The same text is the same article, whatever its file is called. A file that cannot be taken in is told and left
    out; the others come in.
    """
    from reader.cli import opening, taking_in

    return taking_in.add_all(lambda: opening.library(db, who), files, encoding, options.given(details))
