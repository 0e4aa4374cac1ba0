"""`reader codebook use NAME [ARTICLE…]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reader.cli import options
from reader.errors import UsageProblem

if TYPE_CHECKING:
    from reader.work.binding import Bound


@click.command("use")
@click.argument("name")
@click.argument("articles", nargs=-1, metavar="[ARTICLE]…")
@click.option("--all", "everything", is_flag=True, help="All articles that are here.")
@click.option("--new", is_flag=True, help="The articles that come in from now on.")
@click.option("--keep", is_flag=True, help="Marks whose tags it lacks stay as they are.")
@click.option("--map", "pairs", multiple=True, metavar="OLD=NEW", help="Your marks with the tag OLD get NEW.")
@options.library
def command(
    name: str,
    articles: tuple[str, ...],
    everything: bool,
    new: bool,
    keep: bool,
    pairs: tuple[str, ...],
    db: str | None,
    who: str | None,
) -> None:
    """Read articles with a codebook; one that comes with the program is taken in first.

    \b
    reader codebook use propaganda 3 4
    reader codebook use "quotation attribution" 5 --map quote=content --keep
    reader codebook use mine --new
    """
    from reader.cli import opening
    from reader.cli.say import say
    from reader.work import binding, codebooks, library

    if not (articles or everything or new) or (articles and everything):
        raise UsageProblem("Say which articles: their numbers or titles, --all, or --new for those to come.")
    instead = _instead(pairs)
    with opening.opened(db, who) as project:
        found = codebooks.find(project, name, offers=True)
        documents = [library.find(project, word) for word in articles]
        if everything:
            documents = [row.document for row in library.listed(project)]
        book = codebooks.take_in(project, found)
        if documents:
            say(_told(book.name, binding.use(project, book, documents, instead=instead, keep=keep)))
        elif everything:
            say("There are no articles yet.")
        if new:
            binding.use_for_new(project, book)
            say(f"New articles are read with “{book.name}”.")


def _told(name: str, done: Bound) -> str:
    from reader.cli.say import counted

    parts = [f"{counted(done.articles, 'article')} now read with “{name}”"]
    if done.given:
        parts.append(f"{counted(done.given, 'mark')} given another tag")
    if done.twice:
        parts.append(f"{counted(done.twice, 'mark')} left, since the tag is on the same words already")
    if done.kept:
        parts.append(f"{counted(done.kept, 'mark')} with tags that it lacks kept")
    return "; ".join(parts)


def _instead(pairs: tuple[str, ...]) -> dict[str, str]:
    instead = {}
    for each in pairs:
        old, equals, new = each.partition("=")
        if not equals or not old.strip() or not new.strip():
            raise UsageProblem(f"“{each}” maps nothing: write OLD=NEW, as in --map quote=content.")
        instead[old.strip()] = new.strip()
    return instead
