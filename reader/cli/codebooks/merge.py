"""`reader codebook merge NAME TAG INTO`."""

from __future__ import annotations

import click

from reader.cli import options


@click.command("merge")
@click.argument("name")
@click.argument("tag")
@click.argument("into")
@options.library
def command(name: str, tag: str, into: str, db: str | None, who: str | None) -> None:
    """Show what is marked with TAG as INTO from now on. No mark is changed: `retire NAME TAG --back` ends it."""
    from reader.cli import opening
    from reader.cli.say import say
    from reader.work import codebooks

    with opening.opened(db, who) as project:
        book = codebooks.find(project, name)
        merged, heir = codebooks.find_tag(book, tag), codebooks.find_tag(book, into)
        after = codebooks.merge(project, book, merged, heir)
        say(f"{merged.name} is shown as {after.heir_of(after.by_id(merged.id)).name}")
