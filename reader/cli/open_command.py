"""`reader [FILE… | -]`: take articles in and read one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reader.cli import options, terminal
from reader.errors import NotFound

if TYPE_CHECKING:
    from reader.documents.document import Document


@click.command("reader")
@click.argument("files", nargs=-1, metavar="[FILE… | -]")
@options.details
@options.library
def command(
    files: tuple[str, ...], db: str | None, who: str | None, encoding: str | None, **details: str | None
) -> int:
    """Take articles in and open the first of them; `-` is the standard input.

    Instead of a file: the number or the title of an article that is here already. With nothing, go on where you
    were.
    """
    from reader.cli import opening, taking_in
    from reader.work import library

    given = options.given(details)
    taking_in.check(files, given)
    is_known = len(files) == 1 and not taking_in.is_file(files[0])
    sources = [] if is_known else [taking_in.source(word, encoding) for word in files]
    if sources:
        terminal.require()
    try:
        project = opening.library(db, who, create=bool(sources))
    except NotFound as problem:
        raise (taking_in.nothing(files[0]) if is_known and not db else problem) from problem
    try:
        document: Document | None
        if sources:
            document = taking_in.store(project, sources, given)[0]
        else:
            document = taking_in.known(project, files[0]) if is_known else library.latest(project)
        if document is None:
            raise NotFound("There are no articles yet: `reader FILE` takes one in, `reader demo` shows an example.")
        terminal.require()
        terminal.take_keyboard()
        from reader.tui.app import run

        code = run(project, document)
    finally:
        project.close()
    opening.goodbye(project.path, db, who)
    return code
