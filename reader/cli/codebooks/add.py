"""`reader codebook add FILE`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reader.cli import options

if TYPE_CHECKING:
    from reader.annotations.codebook import Codebook
    from reader.project import Project


@click.command("add")
@click.argument("file", metavar="FILE")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@options.library
def command(file: str, dry_run: bool, db: str | None, who: str | None) -> None:
    """Take a codebook in. FILE is TOML (- is the standard input), or the name of one that comes with the program.

    With the id or the name of one that is here it is the next state of that one: what changes is said. Tags that the
    file leaves out are retired, and marks keep theirs.
    """
    from reader.cli import opening
    from reader.cli.say import say
    from reader.work import codebooks

    project = opening.library(db, who)
    try:
        wanted = _wanted(project, file)
        added = codebooks.compare(project, wanted) if dry_run else codebooks.add(project, wanted)
        what = "a new codebook" if added.is_new else "changed" if added.changes else "as it was"
        say(f"{added.codebook.name}: {'would be ' if dry_run else ''}{what}")
        for change in added.changes:
            say(f"  {change.sentence}")
    finally:
        project.close()


def _wanted(project: Project, file: str) -> Codebook:
    from reader.annotations.codebook_toml import parse
    from reader.cli.codebooks.reading import source
    from reader.cli.taking_in import is_file
    from reader.errors import NotFound, UsageProblem
    from reader.work import codebooks

    if is_file(file):
        return parse(source(file), "the standard input" if file == "-" else file)
    try:
        return codebooks.find(project, file, offers=True)
    except NotFound as problem:
        offered = ", ".join(book.name for book in codebooks.offered(project)) or "none"
        raise UsageProblem(
            f"There is no file {file}. Codebooks that come with the program and are not here yet: {offered}."
        ) from problem
