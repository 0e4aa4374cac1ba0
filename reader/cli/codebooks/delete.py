"""`reader codebook delete NAME [TAG]`."""

from __future__ import annotations

import click

from reader.cli import options


@click.command("delete")
@click.argument("name")
@click.argument("tag", required=False)
@options.library
def command(name: str, tag: str | None, db: str | None, who: str | None) -> None:
    """Take a tag away that was never used, or (without TAG) a codebook that nothing is read with."""
    from reader.cli import opening
    from reader.cli.say import say
    from reader.work import codebooks

    with opening.opened(db, who) as project:
        book = codebooks.find(project, name)
        if tag is None:
            codebooks.delete(project, book)
            say(f"Deleted: the codebook {book.name}. `reader undo` brings it back.")
            return
        meant = codebooks.find_tag(book, tag)
        codebooks.delete_tag(project, book, meant)
        say(f"Deleted: the tag {meant.name}. `reader undo` brings it back.")
