"""`reader codebook show NAME`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from reader.cli import options

if TYPE_CHECKING:
    from reader.annotations.codebook import Attribute, Codebook, Tag
    from reader.project import Project

_INDENT = "      "


@click.command("show")
@click.argument("name")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Only this one; again for more.")
@click.option("--history", is_flag=True, help="Also what each meant before.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", help="For people or programs.")
@options.library
def command(name: str, tags: tuple[str, ...], history: bool, form: str, db: str | None, who: str | None) -> None:
    """What the tags mean: definition, examples for and against, unit, key, attributes."""
    from reader.cli import opening
    from reader.cli.say import say
    from reader.work import codebooks

    with opening.opened(db, who) as project:
        book = codebooks.find(project, name, offers=True)
        chosen = [codebooks.find_tag(book, word) for word in tags] or list(book.tags)
        if form == "json":
            import json

            say(json.dumps(_as_data(project, book, chosen, history), ensure_ascii=False, indent=1))
            return
        say("\n".join(_wrapped(_lines(project, book, chosen, history))))


def _lines(project: Project, book: Codebook, tags: list[Tag], history: bool) -> Iterator[tuple[str, str]]:
    """An indent and a line, to be wrapped."""
    from reader.work import codebooks

    yield "", book.name
    if book.description:
        yield "  ", book.description
    for tag in tags:
        yield "", ""
        state = f"merged into {book.heir_of(tag).name}" if tag.heir else "retired" if tag.retired else tag.unit
        more = f" · revision {tag.revision}" if tag.revision > 1 else ""
        yield "", f"{tag.key or '–'}  {tag.symbol}  {tag.name} · {state} · {tag.colour}, {tag.line}{more}"
        if tag.definition:
            yield _INDENT, tag.definition
        for sign, examples in (("yes", tag.do), ("no ", tag.dont)):
            for example in examples:
                yield f"{_INDENT}{sign}  ", example
        for attribute in tag.attributes:
            yield f"{_INDENT}=  ", _attribute(attribute)
        if history:
            for state_then in codebooks.history(project, tag)[:-1]:
                yield f"{_INDENT}revision {state_then.number}, {state_then.at[:10]}:  ", state_then.definition or "–"


def _attribute(attribute: Attribute) -> str:
    what = ", ".join(attribute.choices) or attribute.kind.value
    flags = [word for word, is_so in (("wanted", attribute.wanted), ("several", attribute.takes_several)) if is_so]
    meaning = f": {attribute.definition}" if attribute.definition else ""
    return f"{attribute.name} ({'; '.join((*flags, what))}){meaning}"


def _wrapped(lines: Iterator[tuple[str, str]]) -> Iterator[str]:
    import shutil
    import textwrap

    width = shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 100
    for indent, line in lines:
        hanging = " " * len(indent)
        yield from textwrap.wrap(line, max(40, min(width, 110)), initial_indent=indent, subsequent_indent=hanging) or [
            ""
        ]


def _as_data(project: Project, book: Codebook, tags: list[Tag], history: bool) -> dict[str, object]:
    from dataclasses import asdict

    from reader.work import codebooks

    shown = [
        {**asdict(tag), "history": [asdict(each) for each in codebooks.history(project, tag)]}
        if history
        else asdict(tag)
        for tag in tags
    ]
    return {"id": book.id, "name": book.name, "description": book.description, "tags": shown}
