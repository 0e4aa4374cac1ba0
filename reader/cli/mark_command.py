"""`reader mark ARTICLE --quote "exact words" --tag claim`: from a script, with the checks that the screen makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from reader.cli import options
from reader.errors import UsageProblem

if TYPE_CHECKING:
    from reader.documents.document import Document
    from reader.documents.span import Span
    from reader.project import Project


@dataclass(frozen=True, slots=True)
class _Which:
    """Which words, as the options say it."""

    quotes: tuple[str, ...]
    occurrence: int | None
    every: bool
    ranges: str | None
    raw: bool

    def check(self, *, said: bool) -> None:
        """UsageProblem where the options contradict each other; `said`: whether something is said about the mark."""
        if bool(self.quotes) == bool(self.ranges):
            raise UsageProblem(
                "Say which words: either --quote (once for each piece), or --span with offsets; or --words, which marks"
                " every place where they stand."
            )
        if self.raw and not self.ranges:
            raise UsageProblem("--raw says what the offsets of --span count in: words need none.")
        if self.occurrence is not None and (len(self.quotes) != 1 or self.every):
            raise UsageProblem("--occurrence chooses one place of one --quote: use --span for several pieces.")
        if self.every and (len(self.quotes) != 1 or said):
            raise UsageProblem(
                "--all marks every place of one --quote, without note or attributes: leave the rest out."
            )


@click.command("mark")
@click.argument("articles", nargs=-1, metavar="[ARTICLE]…")
@click.option("--quote", "quotes", multiple=True, metavar="WORDS", help="The exact words; again for another piece.")
@click.option("--occurrence", type=click.IntRange(1), metavar="N", help="Which one, where the words stand often.")
@click.option("--all", "every", is_flag=True, help="Every place where the words stand, as one step to undo.")
@click.option("--span", "ranges", metavar="RANGES", help="Instead of words: offsets, as 10-25 or 10-25;40-52.")
@click.option("--raw", is_flag=True, help="The offsets count in the file as it came in, not in `show --text`.")
@click.option("--words", metavar="WORDS", help="Every place where they stand, whatever their capitals and accents.")
@click.option("--everywhere", is_flag=True, help="With --words: in all articles.")
@click.option("--except", "excepted", multiple=True, metavar="ARTICLE", help="But not in this one; again for more.")
@click.option("--inside", is_flag=True, help="With --words: parts of longer words too.")
@click.option("--dry-run", is_flag=True, help="With --words: list the places, mark nothing.")
@click.option("--tag", required=True, metavar="TAG", help="The tag's name, the beginning of it, or its key.")
@click.option("--note", default="", metavar="TEXT", help="A note on the mark.")
@click.option("--set", "said", multiple=True, metavar="NAME=VALUE", help="An attribute; again for more.")
@options.library
def command(
    articles: tuple[str, ...],
    db: str | None,
    who: str | None,
    quotes: tuple[str, ...],
    occurrence: int | None,
    every: bool,
    ranges: str | None,
    raw: bool,
    words: str | None,
    everywhere: bool,
    excepted: tuple[str, ...],
    inside: bool,
    dry_run: bool,
    tag: str,
    note: str,
    said: tuple[str, ...],
) -> None:
    """Mark words of an article, or every place where some words stand.

    \b
    reader mark 3 --quote "three times the first estimate" --tag claim
    reader mark 3 --quote "We were asked" --quote "what it was for." --tag quote
    reader mark 3 --quote "disaster" --all --tag loaded
    reader mark 3 --span 118-164 --raw --tag claim
    reader mark --everywhere --words expendable --tag loaded --dry-run
    reader mark 3 4 5 --words "human shield" --tag loaded
    """
    from reader.cli import mark_words, opening

    which = _Which(quotes, occurrence, every, ranges, raw)
    if words is not None:
        _check_words(articles, everywhere, said=bool(note or said), place=which != _Which((), None, False, None, False))
        asked = mark_words.Asked(words, articles, excepted, inside)
        with opening.opened(db, who) as project:
            (mark_words.plan if dry_run else mark_words.mark)(project, asked, tag)
        return
    if everywhere or excepted or inside or dry_run:
        raise UsageProblem("--everywhere, --except, --inside and --dry-run go with --words: say which.")
    if len(articles) != 1:
        raise UsageProblem(
            "Say which article: its number in `reader list`, its title or its id; --words takes several."
        )
    which.check(said=bool(note or said))
    with opening.opened(db, who) as project:
        _mark(project, articles[0], which, tag, note, _attributes(said))


def _check_words(articles: tuple[str, ...], everywhere: bool, *, said: bool, place: bool) -> None:
    """UsageProblem where options contradict `--words`."""
    if place:
        raise UsageProblem("--words finds every place by itself: leave --quote, --span and what goes with them out.")
    if said:
        raise UsageProblem("--words marks many places, without note or attributes: leave --note and --set out.")
    if bool(articles) == everywhere:
        raise UsageProblem("Say where: name articles, or --everywhere for all of them.")


def _mark(project: Project, article: str, which: _Which, tag: str, note: str, attributes: dict[str, list[str]]) -> None:
    from reader.cli.say import counted, say, shown
    from reader.documents.span import written
    from reader.work import library, quoting, tagging

    document = library.find(project, article)
    if which.every:
        spans = quoting.occurrences(library.text(project, document), which.quotes[0])
        made = len(tagging.mark_all(project, document, spans, tag))
        there = f"; {len(spans) - made:,} carried the tag already" if made < len(spans) else ""
        say(f"{counted(made, 'mark')}{there}: {shown(which.quotes[0], 60)}")
        return
    fragments = _fragments(project, document, which)
    mark = tagging.mark(project, document, fragments, tag, note=note, attributes=attributes)
    say(f"{mark.id}  {written(mark.fragments)}  {shown(mark.text, 60)}")


def _fragments(project: Project, document: Document, which: _Which) -> tuple[Span, ...]:
    from reader.documents.span import parsed
    from reader.work import library, quoting

    if which.ranges is None:
        text = library.text(project, document)
        return tuple(quoting.locate(text, quote, which.occurrence) for quote in which.quotes)
    try:
        spans = parsed(which.ranges)
    except ValueError:
        raise UsageProblem(f"“{which.ranges}” are no offsets: write 10-25, or 10-25;40-52 for two pieces.") from None
    return library.from_raw(project, document, spans) if which.raw else spans


def _attributes(said: tuple[str, ...]) -> dict[str, list[str]]:
    attributes: dict[str, list[str]] = {}
    for each in said:
        name, equals, value = each.partition("=")
        if not equals or not name.strip():
            raise UsageProblem(f"“{each}” sets nothing: write NAME=VALUE, as in --set speaker=Kirby.")
        attributes.setdefault(name.strip(), []).append(value.strip())
    return attributes
