"""`reader undo [ARTICLE]`: take the last change to an article, or to the library, back."""

from __future__ import annotations

import click

from reader.cli import options


@click.command("undo")
@click.argument("article", metavar="[ARTICLE]", required=False)
@options.library
def command(article: str | None, db: str | None, who: str | None) -> None:
    """Take the last change that you made to an article back; again for the one before.

    Without an article: the last one to the library, such as an article deleted or brought back.
    """
    from reader.cli import opening
    from reader.cli.say import say
    from reader.work import history, library

    with opening.opened(db, who) as project:
        undone = history.undo(project, library.find(project, article) if article else None)
        say(f"Undone: {undone.label}.")
