"""`reader redo [ARTICLE]`: bring back what undo took."""

from __future__ import annotations

import click

from reader.cli import options


@click.command("redo")
@click.argument("article", metavar="[ARTICLE]", required=False)
@options.library
def command(article: str | None, db: str | None, who: str | None) -> None:
    """Bring back what undo took; again for the one before. Any new mark, or change to the library, ends it."""
    from reader.cli import opening
    from reader.cli.say import say
    from reader.work import history, library

    with opening.opened(db, who) as project:
        redone = history.redo(project, library.find(project, article) if article else None)
        say(f"Redone: {redone.label}.")
