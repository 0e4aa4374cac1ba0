"""`reader decide ARTICLE MARK`: where a mark belongs that a changed text left in doubt, from a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reader.cli import options
from reader.errors import NotFound, Refused, UsageProblem

if TYPE_CHECKING:
    from reader.documents.document import Document
    from reader.project import Project
    from reader.work.updating import Unsettled


@click.command("decide")
@options.article
@click.argument("mark", metavar="MARK")
@click.option("--quote", "quotes", multiple=True, metavar="WORDS", help="Put it on these words; again for a piece.")
@click.option("--occurrence", type=click.IntRange(1), metavar="N", help="Which one, where the words stand often.")
@click.option("--orphan", is_flag=True, help="It has no place in this text; it keeps its words.")
@click.option("--remove", is_flag=True, help="Take it away.")
@options.library
def command(
    article: str,
    mark: str,
    quotes: tuple[str, ...],
    occurrence: int | None,
    orphan: bool,
    remove: bool,
    db: str | None,
    who: str | None,
) -> None:
    """Say where an unsure mark or an orphan belongs: where it stands, or where the options say.

    MARK is the end of its id, as `reader show ARTICLE --unsure` and --orphans print it.

    \b
    reader decide 3 5c1f9a02
    reader decide 3 5c1f9a02 --quote "quietly buried"
    reader decide 3 5c1f9a02 --orphan
    """
    from reader.cli import opening
    from reader.cli.say import say, shown
    from reader.documents.span import written
    from reader.work import library, quoting, updating

    if bool(quotes) + orphan + remove > 1:
        raise UsageProblem("--quote, --orphan and --remove contradict each other: give one of them, or none.")
    if occurrence is not None and len(quotes) != 1:
        raise UsageProblem("--occurrence chooses one place of one --quote: give one.")
    with opening.opened(db, who) as project:
        document = library.find(project, article)
        meant = _meant(project, document, mark)
        if orphan:
            updating.make_orphan(project, document, meant.id)
            say(f"{meant.id}  orphan  {shown(meant.text, 60)}")
        elif remove:
            updating.remove(project, document, meant.id)
            say(f"{meant.id}  removed  {shown(meant.text, 60)}")
        else:
            if not quotes and meant.status == "orphan":
                raise Refused("An orphan has no place to be confirmed: say the words that it belongs on with --quote.")
            text = library.text(project, document)
            fragments = [quoting.locate(text, quote, occurrence) for quote in quotes] or None
            done = updating.confirm(project, document, meant.id, fragments)
            say(f"{done.id}  {written(done.fragments)}  {shown(done.text, 60)}")


def _meant(project: Project, document: Document, word: str) -> Unsettled:
    from reader.work import updating

    found = [
        mark
        for mark in (*updating.unsure(project, document), *updating.orphans(project, document))
        if word and mark.id.endswith(word.lower())
    ]
    if not found:
        raise NotFound(
            f"No unsure mark and no orphan of yours ends in “{word}”: `reader show --unsure` and --orphans list them."
        )
    if len(found) > 1:
        raise Refused(f"{len(found)} marks end in “{word}”: give more of the id.")
    return found[0]
