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
@click.option("--note", metavar="TEXT", help="Your own note on it.")
@options.library
def command(article: str, db: str | None, who: str | None, note: str | None, **details: str | None) -> None:
    """Change an article's title, byline, date or source, or your note on it; empty text takes one away.

    `reader undo` takes it back: details and note are two steps.
    """
    from reader.cli import opening
    from reader.cli.say import say
    from reader.errors import UsageProblem
    from reader.work import library, noting

    given = options.given(details)
    if not given and note is None:
        raise UsageProblem("Say what to change: --title, --byline, --date, --source or --note.")
    with opening.opened(db, who) as project:
        document = library.find(project, article)
        if given:
            document = library.edit_details(project, document, in_library=False, **given)
        if note is not None:
            noting.set_article_note(project, document, note)
        say(f"Changed: {document.title}")
