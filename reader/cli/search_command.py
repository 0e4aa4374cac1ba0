"""`reader search WORDS`: texts, marks and notes of all articles, each hit in its context."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from reader.cli import options
from reader.errors import NotFound, UsageProblem

if TYPE_CHECKING:
    from reader.project import Project
    from reader.work.hits import Hit

ON_SCREEN = 100
"""Hits that a terminal gets where nobody says how many."""

_WITH_VALUE = ("--format", "--limit", "-o", "--output", "--db", "--as")
_FIELD = re.compile(r"-?[^\W\d][\w-]*:")


class _Query(click.Command):
    """A command whose words may begin with `-`: that leaves out what has them."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Options first, then the words behind `--`."""
        chosen: list[str] = []
        words: list[str] = []
        rest = list(args)
        while rest:
            word = rest.pop(0)
            if word in _WITH_VALUE:
                chosen += [word, *rest[:1]]
                del rest[:1]
            elif word == "--":
                words += rest
                break
            elif word == "-h" or word.startswith("--"):
                chosen.append(word)
            else:
                words.append(word)
        return super().parse_args(ctx, [*chosen, "--", *words])


@click.command("search", cls=_Query)
@click.argument("words", nargs=-1, metavar="WORDS…")
@click.option(
    "--format", "format_name", metavar="NAME", help="table, csv or json, where the file's ending doesn't say so."
)
@click.option("--limit", type=click.IntRange(1), metavar="N", help=f"So many hits at most; {ON_SCREEN} on a terminal.")
@click.option("-o", "--output", metavar="FILE", default="-", help="Where to; - (or nothing) is the standard output.")
@options.library
def command(
    words: tuple[str, ...], format_name: str | None, limit: int | None, output: str, db: str | None, who: str | None
) -> None:
    """Find words, marks and what is said about them, in all articles.

    \b
    reader search harbour "the third time" -ferry    words, a phrase; without
    reader search harb*                              words that begin so
    reader search tag:quote speaker:Lindqvist        marks by tag and attribute
    reader search by:ana note:check                  marks by person and note
    reader search tag:claim million text:budget      in marks; in their articles
    reader search title:bridge is:new                articles
    """
    from reader.cli import opening
    from reader.work import searching

    query, form = query_of(words), _format(format_name, output)
    with opening.opened(db, who) as project:
        hits = searching.Search(project, query).hits()
        first = next(hits, None)
        if first is None:
            if form != "table" and output == "-":
                # Programs read a list that is empty.
                _write(project, hits, form, limit, output)
            raise _nothing(query)
        _write(project, chain([first], hits), form, limit, output)


def query_of(words: Iterable[str]) -> str:
    """The words as one query: what the shell kept together by quotation marks stays together.

    A whole query in one word (`'tag:quote "the budget"'`) is taken as it is.
    """
    return " ".join(map(_kept_together, words))


def _kept_together(word: str) -> str:
    if not any(map(str.isspace, word)) or any(mark in word for mark in '"“”„«»') or len(_FIELD.findall(word)) > 1:
        return word
    field = _FIELD.match(word)
    start = field.end() if field else int(word.startswith("-"))
    return f'{word[:start]}"{word[start:]}"'


def _format(name: str | None, output: str) -> str:
    if name is None:
        return {".csv": "csv", ".json": "json"}.get(Path(output).suffix.casefold(), "table")
    if name.casefold() not in ("table", "csv", "json"):
        raise UsageProblem(f"No format is called “{name}”: write table, csv or json.")
    return name.casefold()


def _nothing(query: str) -> NotFound:
    from reader.cli.say import shown

    return NotFound(
        f"Nothing found for {shown(query, 60)}: whole words are looked for, harb* finds what begins so,"
        " and `reader search --help` has more ways to ask."
    )


def _write(project: Project, hits: Iterator[Hit], form: str, limit: int | None, output: str) -> None:
    from reader.cli.say import counted, tell
    from reader.cli.say import output as to_stdout
    from reader.formats.writing import replacing

    on_screen = form == "table" and output == "-" and sys.stdout.isatty()
    most = limit or (ON_SCREEN if on_screen else None)
    some = islice(hits, most)
    if output == "-":
        with to_stdout() as out:
            _write_as(form, project, some, out, sys.stdout.encoding, styled=on_screen)
        if on_screen and limit is None and next(hits, None) is not None:
            tell(f"These are the first {ON_SCREEN}: --limit {10 * ON_SCREEN} shows more.")
        return
    with replacing(Path(output)) as out:
        count = _write_as(form, project, some, out)
    tell(f"Wrote {counted(count, 'hit')} to {output}")


def _write_as(
    form: str, project: Project, hits: Iterator[Hit], out: BinaryIO, encoding: str = "utf-8", *, styled: bool = False
) -> int:
    from reader.work import hit_files

    if form == "table":
        from reader.cli.search_table import write_table

        return write_table(hits, out, project.annotator.name, encoding, styled=styled)
    return {"csv": hit_files.write_csv, "json": hit_files.write_json}[form](hits, out)
