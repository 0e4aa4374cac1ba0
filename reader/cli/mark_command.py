"""`reader mark ARTICLE --quote "exact words" --tag claim`: from a script, with the checks that the screen makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reader.cli import options
from reader.errors import UsageProblem

if TYPE_CHECKING:
    from reader.documents.span import Span


@click.command("mark")
@options.article
@click.option("--quote", "quotes", multiple=True, metavar="WORDS", help="The exact words; again for another piece.")
@click.option("--occurrence", type=click.IntRange(1), metavar="N", help="Which one, where the words stand often.")
@click.option("--at", metavar="RANGES", help="Instead of words: offsets, as 10-25 or 10-25;40-52.")
@click.option("--tag", required=True, metavar="TAG", help="The tag's name, the beginning of it, or its key.")
@click.option("--note", default="", metavar="TEXT", help="A note on the mark.")
@click.option("--set", "said", multiple=True, metavar="NAME=VALUE", help="An attribute; again for more.")
@options.library
def command(
    article: str,
    db: str | None,
    who: str | None,
    quotes: tuple[str, ...],
    occurrence: int | None,
    at: str | None,
    tag: str,
    note: str,
    said: tuple[str, ...],
) -> None:
    """Mark words of an article.

    \b
    reader mark 3 --quote "three times the first estimate" --tag claim
    reader mark 3 --quote "We were asked" --quote "what it was for." --tag quote
    """
    from reader.cli import opening
    from reader.cli.say import say, shown
    from reader.documents.span import written
    from reader.work import library, tagging

    with opening.opened(db, who) as project:
        document = library.find(project, article)
        fragments = _fragments(library.text(project, document), quotes, occurrence, at)
        mark = tagging.mark(project, document, fragments, tag, note=note, attributes=_attributes(said))
        say(f"{mark.id}  {written(mark.fragments)}  {shown(mark.text, 60)}")


def _fragments(text: str, quotes: tuple[str, ...], occurrence: int | None, at: str | None) -> tuple[Span, ...]:
    from reader.documents.span import parsed
    from reader.work import quoting

    if bool(quotes) == bool(at):
        raise UsageProblem("Say which words: either --quote (once for each piece), or --at with offsets.")
    if at is None:
        if occurrence is not None and len(quotes) > 1:
            raise UsageProblem("--occurrence chooses among places of one --quote: use --at for several pieces.")
        return tuple(quoting.locate(text, quote, occurrence) for quote in quotes)
    try:
        return parsed(at)
    except ValueError:
        raise UsageProblem(f"“{at}” are no offsets: write 10-25, or 10-25;40-52 for two pieces.") from None


def _attributes(said: tuple[str, ...]) -> dict[str, list[str]]:
    attributes: dict[str, list[str]] = {}
    for each in said:
        name, equals, value = each.partition("=")
        if not equals or not name.strip():
            raise UsageProblem(f"“{each}” sets nothing: write NAME=VALUE, as in --set speaker=Kirby.")
        attributes.setdefault(name.strip(), []).append(value.strip())
    return attributes
