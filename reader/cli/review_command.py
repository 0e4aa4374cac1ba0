"""`reader review [FILE] [ARTICLE]`: compare people's marks and decide where they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reader.cli import options
from reader.errors import NotFound, Refused, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.documents.document import Document
    from reader.project import Project
    from reader.work.reviewing import Read, Review, Side


@click.command("review")
@click.argument("words", nargs=-1, metavar="[FILE] [ARTICLE]")
@click.option(
    "--of", "names", multiple=True, metavar="NAME", help="Whose marks; again for each. One: beside yours. None: all."
)
@click.option("--feedback", metavar="NAME", help="Go through this person's marks alone: accept, fix, reject.")
@click.option("--key", metavar="NAME", help="Whose marks are the answer key that --of is compared with.")
@click.option("--add", multiple=True, metavar="ARTICLE|all", help="Of FILE, also add this article only they have.")
@click.option("--blind", is_flag=True, help="Hide the names and shuffle the sides.")
@click.option("--list", "listing", is_flag=True, help="Say who has marked what, and which reviews were begun.")
@options.library
def command(
    words: tuple[str, ...],
    names: tuple[str, ...],
    feedback: str | None,
    key: str | None,
    add: tuple[str, ...],
    blind: bool,
    listing: bool,
    db: str | None,
    who: str | None,
) -> int:
    """Compare people's marks on an article: see where they differ, decide with one key each.

    FILE is a colleague's database (it stays as it is), or marks that they exported: they come in first, beside yours,
    and are compared with yours. A review that comes back in it is opened to be read and answered.

    \b
    reader review
    reader review colleague.db
    reader review 3 --of ana --of ben
    reader review --feedback ben
    reader review --key teacher --of ben
    """
    from reader.cli import opening, taking_in, terminal
    from reader.work import reviewing

    if feedback and (names or key):
        raise UsageProblem("--feedback goes through one person's marks alone: leave --of and --key out.")
    file = words[0] if words and taking_in.is_file(words[0]) else None
    rest = words[1:] if file else words
    if len(rest) > 1:
        raise UsageProblem(f"“{rest[1]}” is one word too many: name a file and an article.")
    if add and file is None:
        raise UsageProblem("--add is for the articles of a colleague's file: name the file.")
    if file and not listing:
        # Before anything comes in.
        terminal.require()
    project = opening.library(db, who, create=file is not None)
    try:
        if listing:
            return _list(project)
        came = _taken(project, file, add) if file else ()
        back = reviewing.brought(project, came) if came and not (names or feedback or key) else None
        kind, sides = (None, ()) if back is not None else _sides(project, names, feedback, key, came)
        named = _named(project, rest[0]) if rest else None
        terminal.require()
        review = back or reviewing.begin(project, sides, kind)
        document = named or _first(project, review)
        terminal.take_keyboard()
        from reader.tui.app import run

        code = run(project, document, review=review, blind=blind)
    finally:
        project.close()
    opening.goodbye(project.path, db, who)
    return code


def _taken(project: Project, file: str, add: Sequence[str]) -> tuple[str, ...]:
    """Takes a colleague's file in and says what came; the ids of its layers. What only they have is offered."""
    from pathlib import Path

    from reader.cli import terminal
    from reader.cli.say import tell
    from reader.work import importing, importing_told

    summary = importing.take(project, Path(file), add=add)
    for sentence in importing_told.told(summary):
        tell(sentence)
    if summary.offers:
        tell("Only they have:")
        for line in importing_told.offered(summary):
            tell(f"  {line}")
        if not terminal.is_there():
            tell("--add TITLE or --add all takes them in.")
        elif click.confirm("Add them to your articles?", err=True):
            for sentence in importing_told.told(importing.take(project, Path(file), add=("all",))):
                tell(sentence)
    return tuple(layer.layer for layer in summary.layers)


def _sides(
    project: Project, names: Sequence[str], feedback: str | None, key: str | None, came: Sequence[str]
) -> tuple[str | None, Sequence[Side]]:
    """Whose marks the options mean, and the kind of review; without any, of a file that came in, its marks."""
    from reader.work import reviewing

    if came and not (names or feedback or key):
        return None, reviewing.beside(project, came)
    there = reviewing.people(project)
    if feedback:
        return reviewing.FEEDBACK, [reviewing.find(there, feedback)]
    if key:
        if len(names) != 1:
            raise UsageProblem("--key needs one --of: whose marks are compared with the answer key?")
        return reviewing.KEY, [reviewing.find(there, key), reviewing.find(there, names[0])]
    sides = [reviewing.find(there, name) for name in names]
    if len(sides) == 1:
        # One name: theirs beside one's own, as with their file.
        return None, reviewing.beside(project, [sides[0].id])
    return None, sides or _everybody(project, there)


def _everybody(project: Project, there: Sequence[Side]) -> list[Side]:
    """Everybody; where the actor has marked nothing, the others."""
    from reader.work import reviewing

    sides = [side for side in there if side.purpose != reviewing.KEY]
    if sides and all(side.pk == project.annotator.layer_pk for side in sides):
        raise Refused("Nobody else has marked anything here: `reader import FILE` takes a colleague's work in.")
    return sides


def _named(project: Project, word: str) -> Document:
    """The article that a word means; of what looks like a file, says that there is none."""
    from pathlib import PurePath

    from reader.work import library

    try:
        return library.find(project, word)
    except NotFound:
        if PurePath(word).suffix.casefold() not in _OF_FILES:
            raise
        raise NotFound(f"There is no file {word} here, and no article is called that.") from None


_OF_FILES = frozenset((".db", ".jsonl", ".csv"))


def _first(project: Project, review: Review) -> Document:
    """The first article where something is left to decide; else the first that can be compared."""
    from reader.work import reviewing

    there = [each for each in reviewing.articles(project, review) if each.can_be_compared]
    if not there:
        raise NotFound("There is no article that all of them have read: `reader review --list` says who has read what.")
    for each in there:
        if reviewing.look(project, review, each.document).left:
            return each.document
    return there[0].document


def _list(project: Project) -> int:
    from reader.cli.say import say, shown
    from reader.work import reviewing

    there = reviewing.people(project)
    for side in there:
        say(
            f"{shown(side.annotator, 40)}  {side.annotator_id}{'  answer key' if side.purpose == reviewing.KEY else ''}"
        )
    for review in reviewing.all_reviews(project):
        names = ", ".join(shown(side.annotator, 40) for side in review.sides)
        say(f"{review.kind} of {names}, by {shown(review.reviewer.name, 40)}  {review.id}")
        for article in reviewing.articles(project, review):
            read = ", ".join(map(_how_far, review.sides, article.read))
            say(f"  {article.number}  {shown(article.document.title, 60)}: {read}; {article.decided} decided")
    return 0


def _how_far(side: Side, read: Read) -> str:
    from reader.cli.say import counted, shown

    marks = "has not read it" if read.status == "not read" else counted(read.marks, "mark")
    return f"{shown(side.annotator, 40)} {marks}"
