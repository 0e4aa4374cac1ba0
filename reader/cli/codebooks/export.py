"""`reader codebook export NAME`."""

from __future__ import annotations

import click

from reader.cli import options


@click.command("export")
@click.argument("name")
@click.option("-o", "--output", metavar="FILE", default="-", help="Where to; - (or nothing) is the standard output.")
@click.option("--as-new", metavar="NEW-NAME", help="As a codebook of its own: the tags in use, with ids of their own.")
@options.library
def command(name: str, output: str, as_new: str | None, db: str | None, who: str | None) -> None:
    """Write a codebook as a TOML file: to keep, to give to others, or to edit and `add` again."""
    from pathlib import Path

    from reader.annotations.codebook_written import written
    from reader.cli import opening
    from reader.cli.say import output as to_stdout
    from reader.cli.say import tell
    from reader.work import codebook_files, codebooks

    with opening.opened(db, who) as project:
        book = codebooks.find(project, name, offers=True)
        if as_new is not None:
            book = codebooks.as_another(book, as_new)
    if output == "-":
        with to_stdout() as out:
            out.write(written(book).encode())
        return
    codebook_files.write(book, Path(output))
    tell(f"Wrote “{book.name}” to {output}")
