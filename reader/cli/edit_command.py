"""`reader edit ARTICLE --title …`: change what is known about an article."""

from __future__ import annotations

import click

from reader.cli import options


@click.command("edit")
@options.article
@click.option("--title", metavar="TEXT", help="Its title.")
@click.option("--byline", metavar="NAME", help="Who wrote it.")
@click.option("--date", metavar="DATE", help="When it was published.")
@click.option("--source", metavar="TEXT", help="Where the article is from.")
@options.library
def command(article: str, db: str | None, who: str | None, **details: str | None) -> None:
    """Change an article's title, byline, date or source; `reader undo` takes it back. Empty text takes one away."""
    from reader.cli import opening
    from reader.cli.say import say
    from reader.errors import UsageProblem
    from reader.work import library

    given = options.given(details)
    if not given:
        raise UsageProblem("Say what to change: --title, --byline, --date or --source.")
    with opening.opened(db, who) as project:
        document = library.edit_details(project, library.find(project, article), in_library=False, **given)
        say(f"Changed: {document.title}")
