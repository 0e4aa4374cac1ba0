"""`reader codebook rename NAME [TAG] NEW-NAME`."""

from __future__ import annotations

import click

from reader.cli import options


@click.command("rename")
@click.argument("name")
@click.argument("words", nargs=-1, metavar="[TAG] NEW-NAME")
@options.library
def command(name: str, words: tuple[str, ...], db: str | None, who: str | None) -> None:
    """Call a tag, or without TAG the codebook, something else. What is marked stays marked."""
    from reader.cli import opening
    from reader.cli.codebook_command import pair
    from reader.cli.say import say
    from reader.work import codebooks

    pair(words, 1, 2, "rename NAME [TAG] NEW-NAME")
    with opening.opened(db, who) as project:
        book = codebooks.find(project, name)
        if len(words) == 1:
            say(f"{book.name} is called {codebooks.rename(project, book, words[0]).name}")
            return
        tag = codebooks.find_tag(book, words[0])
        say(f"{tag.name} is called {codebooks.rename_tag(project, book, tag, words[1]).by_id(tag.id).name}")
