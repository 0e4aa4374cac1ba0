"""`reader codebook retire NAME TAG…`."""

from __future__ import annotations

import click

from reader.cli import options


@click.command("retire")
@click.argument("name")
@click.argument("tags", nargs=-1, required=True, metavar="TAG…")
@click.option("--back", is_flag=True, help="Offer it again; a merged one goes its own way again.")
@options.library
def command(name: str, tags: tuple[str, ...], back: bool, db: str | None, who: str | None) -> None:
    """Offer tags no longer. What is marked with them stays, and is drawn."""
    from reader.cli import opening
    from reader.cli.say import say
    from reader.work import codebooks

    with opening.opened(db, who) as project:
        book = codebooks.find(project, name)
        for tag in [codebooks.find_tag(book, word) for word in tags]:
            book = (codebooks.bring_back if back else codebooks.retire)(project, book, tag)
            say(f"{tag.name} is {'back' if back else 'retired'}")
