"""`reader show ARTICLE`: an article's details and marks, or its text."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from reader.cli import options

if TYPE_CHECKING:
    from reader.documents.document import Document
    from reader.project import Project


@click.command("show")
@options.article
@click.option("--text", is_flag=True, help="The text alone, exactly as offsets count in it.")
@options.library
def command(article: str, db: str | None, who: str | None, text: bool) -> None:
    """Show your marks in an article, or its text. ARTICLE is its number in `reader list`, its title or its id.

    Each mark stands with the line and column (both from 1) where it begins in the text, as --text prints it.
    """
    from reader.cli import opening
    from reader.work import library

    with opening.opened(db, who) as project:
        document = library.find(project, article)
        if text:
            _text(library.text(project, document))
        else:
            _marks(project, document)


def _marks(project: Project, document: Document) -> None:
    from reader.cli.say import counted, say, shown
    from reader.documents.lines import Lines
    from reader.work import library, marks, noting, relating

    say(document.title)
    known = [value for value in (document.byline, document.date, document.source) if value]
    if known:
        say(" · ".join(known))
    book = library.codebook(project, document)
    names = {tag.id: tag.name for tag in book.tags}
    counts = ", ".join(f"{names[tag]} {count}" for tag, count in marks.counts(project, document).items())
    note = noting.article_note(project, document)
    if note:
        say(_indented("note: ", note))
    found = marks.of(project, document)
    links = relating.of_all(project, found)
    say(f"{counted(len(found), 'mark')} by {project.annotator.name}{f': {counts}' if counts else ''}")
    lines = Lines(library.text(project, document))
    for mark in found:
        place = "{}:{}".format(*lines.place(mark.start))
        say(f"  {place:<9}  {shown(names[mark.tag], 16):<16}  {shown(mark.text, 68)}")
        for name, values in mark.attributes.items():
            say(f"{'':<16}{name}: {'; '.join(values)}")
        for link in links.get(mark.pk, ()):
            place = "{}:{}".format(*lines.place(link.other.start))
            say(f"{'':<16}{link.role} {place}  {shown(link.other.text, 60)}")
        if mark.note:
            say(f"{'':<16}note: {shown(mark.note, 76)}")


def _indented(label: str, text: str) -> str:
    """The text under itself, line by line, behind its label."""
    return label + text.replace("\n", "\n" + " " * len(label))


def _text(text: str) -> None:
    from reader.cli.say import output

    # Canonical text holds no control characters, and must arrive byte for byte: its hash is told elsewhere.
    with output() as out:
        out.write(text.encode("utf-8"))
        if sys.stdout.isatty():
            out.write(b"\n")
