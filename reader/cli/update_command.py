"""`reader update ARTICLE NEW.txt`: an article has changed; its marks move along."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reader.cli import options, terminal
from reader.errors import UsageProblem

if TYPE_CHECKING:
    from reader.documents.document import Document
    from reader.project import Project
    from reader.storage.moving import Update


@click.command("update")
@options.article
@click.argument("new", metavar="[NEW.txt | -]", required=False)
@click.option("--dry-run", is_flag=True, help="Only say what would become of the marks.")
@click.option("--list", "listed", is_flag=True, help="Only list what is unsure, also in a terminal.")
@click.option("--encoding", metavar="NAME", help="How the file is encoded, where it is not UTF-8.")
@options.library
def command(
    article: str, new: str | None, dry_run: bool, listed: bool, encoding: str | None, db: str | None, who: str | None
) -> int:
    """Give an article its new text, with everybody's marks; `reader undo` takes all of it back.

    What is sure moves along. What is unsure stands where it most likely belongs, and you are asked, one by one: in a
    terminal at once, else whenever you say `reader update ARTICLE` without a text. What is gone is kept, with its
    words, as an orphan. Details, notes, and how far everybody has read the old text stay.

    \b
    reader update 3 bridge-evening-edition.txt
    curl -s https://example.org/bridge.txt | reader update 3 -
    reader update 3 new.txt --dry-run
    """
    from reader.cli import opening, taking_in
    from reader.work import library, updating

    if dry_run and new is None:
        raise UsageProblem("--dry-run says what a new text would do to the marks: name the file with the text.")
    source = taking_in.source(new, encoding) if new is not None else None
    with opening.opened(db, who) as project:
        document = library.find(project, article)
        if source is not None:
            done = updating.update(project, document, source, dry_run=dry_run)
            document = library.find(project, document.id)
            _tell(project, document, done, dry_run=dry_run)
            if dry_run or not done.is_new:
                return 0
        unsure, orphans = updating.counts(project, document)
        if unsure and not listed and terminal.is_there():
            code = _decide(project, document)
            opening.goodbye(project.path, db, who)
            return code
        _list(project, document, unsure, orphans, asked=source is None)
    return 0


def _tell(project: Project, document: Document, done: Update, *, dry_run: bool) -> None:
    from reader.cli import tables
    from reader.cli.say import say
    from reader.work import library

    number = library.number(project, document)
    if not done.is_new:
        say(f"Article {number} has this very text already, nothing changed: {document.title}")
        return
    again = ", as it had before" if done.was_there else ""
    say(f"Article {number} {'would have' if dry_run else 'has'} text {done.number} now{again}: {document.title}")
    rows = [
        {"marks": "sure, moved along", "all": done.sure, "yours": done.own_sure},
        {"marks": "unsure", "all": done.unsure, "yours": done.own_unsure},
        {"marks": "gone, kept as orphans", "all": done.orphans, "yours": done.own_orphans},
    ]
    tables.write(tables.TABLE, rows, {"marks": "marks", "all": "everybody's", "yours": "yours"}, ("all", "yours"))
    if not dry_run:
        say(f"`reader undo {number}` takes all of it back.")


def _list(project: Project, document: Document, unsure: int, orphans: int, *, asked: bool) -> None:
    from reader.cli import unsettled
    from reader.cli.say import counted, say, tell
    from reader.work import library, updating

    number = library.number(project, document)
    if unsure:
        say()
        unsettled.write(project, document, updating.unsure(project, document))
        say(f"`reader update {number}` in a terminal asks about each; `reader decide {number} MARK` decides on one.")
    elif asked:
        tell("No mark of yours is unsure: there is nothing to decide.")
    if orphans:
        say(f"{counted(orphans, 'orphan')} of yours: `reader show {number} --orphans` lists them.")


def _decide(project: Project, document: Document) -> int:
    terminal.take_keyboard()
    from reader.tui.app import run

    return run(project, document, unsure=True)
