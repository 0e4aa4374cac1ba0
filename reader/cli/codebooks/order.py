"""`reader codebook order NAME TAG…`."""

from __future__ import annotations

import click

from reader.cli import options


@click.command("order")
@click.argument("name")
@click.argument("tags", nargs=-1, required=True, metavar="TAG…")
@options.library
def command(name: str, tags: tuple[str, ...], db: str | None, who: str | None) -> None:
    """Put these tags first, in this order; 1–9 are the first nine."""
    from reader.cli import opening
    from reader.cli.say import say
    from reader.work import codebooks

    with opening.opened(db, who) as project:
        book = codebooks.find(project, name)
        after = codebooks.reorder(project, book, [codebooks.find_tag(book, word) for word in tags])
        say(", ".join(tag.name for tag in after.active))
