"""`reader show ARTICLE`: an article's details and marks, or its text; `--missing`: what is not yet said of marks."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from reader.cli import options, tables
from reader.errors import UsageProblem

if TYPE_CHECKING:
    from reader.documents.document import Document
    from reader.project import Project


@click.command("show")
@click.argument("article", metavar="[ARTICLE]", required=False)
@click.option("--text", is_flag=True, help="The text alone, exactly as offsets count in it.")
@click.option("--missing", is_flag=True, help="Your marks that lack what their tags want; of all articles without one.")
@click.option("--unsure", is_flag=True, help="Your marks that may stand in the wrong place since the article changed.")
@click.option("--orphans", is_flag=True, help="Your marks whose words are gone since the article changed.")
@click.option("--tag", metavar="TAG", help="With --missing: only this tag.")
@tables.format_option
@options.library
def command(
    article: str | None,
    db: str | None,
    who: str | None,
    text: bool,
    missing: bool,
    unsure: bool,
    orphans: bool,
    tag: str | None,
    form: str,
) -> None:
    """Show your marks in an article, or its text. ARTICLE is its number in `reader list`, its title or its id.

    Each mark stands with the line and column (both from 1) where it begins in the text, as --text prints it. With
    --missing: quotes without a speaker, claims without a status, and whatever else the codebook wants. With --unsure
    and --orphans: what `reader update` left in doubt, for `reader decide`.
    """
    from reader.cli import opening
    from reader.work import library

    if text + missing + unsure + orphans > 1:
        raise UsageProblem("--text, --missing, --unsure and --orphans each print something else: give one of them.")
    if tag is not None and not missing:
        raise UsageProblem("--tag belongs to --missing: leave it out.")
    if form != tables.TABLE and not (missing or unsure or orphans):
        raise UsageProblem("--format belongs to the lists of marks; `reader export` writes all marks for programs.")
    if article is None and not missing:
        raise click.UsageError("Missing argument 'ARTICLE'", click.get_current_context())
    with opening.opened(db, who) as project:
        if missing:
            _missing(project, library.find(project, article) if article else None, tag, form)
            return
        document = library.find(project, article or "")
        if text:
            _text(library.text(project, document))
        elif unsure or orphans:
            _unsettled(project, document, form, orphans=orphans)
        else:
            _marks(project, document)


def _marks(project: Project, document: Document) -> None:
    from reader.cli.say import counted, say, shown
    from reader.documents.lines import Lines
    from reader.work import library, marks, noting, relating, updating

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
        doubt = "?" if mark.status == "unsure" else " "
        say(f" {doubt}{place:<9}  {shown(names[mark.tag], 16):<16}  {shown(mark.text, 68)}")
        for name, values in mark.attributes.items():
            say(f"{'':<16}{name}: {'; '.join(values)}")
        for link in links.get(mark.pk, ()):
            place = "{}:{}".format(*lines.place(link.other.start))
            say(f"{'':<16}{link.role} {place}  {shown(link.other.text, 60)}")
        if mark.note:
            say(f"{'':<16}note: {shown(mark.note, 76)}")
    unsure, orphans = updating.counts(project, document)
    if unsure or orphans:
        say(f"Since the text changed, {counted(unsure, 'mark')} unsure (?), {counted(orphans, 'orphan')}.")


def _unsettled(project: Project, document: Document, form: str, *, orphans: bool) -> None:
    from reader.cli import unsettled
    from reader.cli.say import tell
    from reader.work import updating

    found = updating.orphans(project, document) if orphans else updating.unsure(project, document)
    if not found and form == tables.TABLE:
        tell("No mark of yours is without a place." if orphans else "No mark of yours is unsure.")
        return
    unsettled.write(project, document, found, form)


def _indented(label: str, text: str) -> str:
    """The text under itself, line by line, behind its label."""
    return label + text.replace("\n", "\n" + " " * len(label))


def _missing(project: Project, document: Document | None, tag: str | None, form: str) -> None:
    from reader.cli.say import shown, tell
    from reader.work import codebooks, library, speaking

    books = [library.codebook(project, document)] if document is not None else codebooks.present(project)
    chosen = [] if tag is None else codebooks.tags_called(books, tag)
    found = speaking.lacking(project, document, tags=chosen)
    if not found and form == tables.TABLE:
        tell("Nothing is missing: all that is wanted of your marks is said.")
        return
    names = {each.id: each.name for book in codebooks.present(project) for each in book.tags}
    rows: list[tables.Row] = [
        {
            "article": each.article,
            "title": each.title,
            "tag": names[each.annotation.tag],
            "missing": each.names,
            "text": each.annotation.text if form != tables.TABLE else shown(each.annotation.text, 70),
            "start": each.annotation.start,
            "end": each.annotation.end,
            "id": each.annotation.id,
        }
        for each in speaking.missing(project, found)
    ]
    headings = {"article": "article", "tag": "tag", "missing": "missing", "text": "words"}
    tables.write(form, rows, headings, ("article",))


def _text(text: str) -> None:
    from reader.cli.say import output

    # Canonical text holds no control characters, and must arrive byte for byte: its hash is told elsewhere.
    with output() as out:
        out.write(text.encode("utf-8"))
        if sys.stdout.isatty():
            out.write(b"\n")
