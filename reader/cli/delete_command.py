"""`reader delete ARTICLE`: take an article out of the library."""

from __future__ import annotations

import click

from reader.cli import options


@click.command("delete")
@options.article
@options.library
def command(article: str, db: str | None, who: str | None) -> None:
    """Take an article out of the library, with everybody's marks; `reader restore` brings all of it back."""
    from reader.cli import opening
    from reader.cli.say import counted, say
    from reader.work import library

    with opening.opened(db, who) as project:
        document = library.find(project, article)
        marks = library.marks_in(project, document)
        number = library.delete(project, document)
        say(f"Deleted, with {counted(marks, 'mark')}: {document.title}")
        say(f"`reader restore {number}` brings it back; so does adding the same text again.")
