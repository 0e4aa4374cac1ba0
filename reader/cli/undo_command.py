"""`reader undo ARTICLE`: take the last change to an article back."""

from __future__ import annotations

import click

from reader.cli import options


@click.command("undo")
@options.article
@options.library
def command(article: str, db: str | None, who: str | None) -> None:
    """Take the last change that you made to an article back; again for the one before."""
    from reader.cli import opening
    from reader.cli.say import say
    from reader.work import history, library

    with opening.opened(db, who) as project:
        undone = history.undo(project, library.find(project, article))
        say(f"Undone: {undone.label}.")
