"""`reader restore ARTICLE`: bring a deleted article back."""

from __future__ import annotations

import click

from reader.cli import options


@click.command("restore")
@options.article
@options.library
def command(article: str, db: str | None, who: str | None) -> None:
    """Bring a deleted article back, with everybody's marks. ARTICLE is the number that it had, its title or its id."""
    from reader.cli import opening
    from reader.cli.say import counted, say
    from reader.work import library

    with opening.opened(db, who) as project:
        document = library.restore(project, article)
        marks = library.marks_in(project, document)
        say(f"Article {library.number(project, document)} is back, with {counted(marks, 'mark')}: {document.title}")
