"""`python -m bench.search`: searching and marking in 10,000 articles with 200,000 marks, beside the `sqlite3` shell.

The first hits of a search, in their context, against the query that a person would write in the shell for the same:
the same words in the same search table, the same order, as many articles or marks, each with what stands around it.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from bench.errors import BenchProblem
from bench.figures import Figure, median, ratio
from bench.library import copied
from bench.library_db import COMMON, NAMED, RARE, READER, library
from bench.pane.homes import environment, reader_command
from bench.report import Part, Report, machine, show, write
from bench.shell import RUNS, query_ms
from bench.terminal import Terminal

if TYPE_CHECKING:
    from reader.project import Project

WIDTH = 120
FIRST = 50
"""Hits that a screen asks for at first."""

FIRST_MS, FIRST_RATIO = 50, 1.5
MARKED, MARKED_MS = 1000, 1000
FLAT = 1.3
"""How much longer a key may take among 100,000 hits than among ten."""

SETTLED = 0.7
"""Seconds without a byte after which a search has come to its end."""

MOVES = ("down", "down", "down", "up", "down", "down", "up", "down", "down", "down")

_TEXT = (
    "SELECT documents.pk, documents.title, snippet(text_search, 0, '[', ']', '…', 24) FROM text_search"
    " JOIN documents ON documents.version = text_search.rowid AND documents.deleted_at IS NULL"
    " WHERE text_search MATCH '{match}' ORDER BY text_search.rowid DESC LIMIT {limit}"
)
_MARKS = (
    "SELECT documents.pk, documents.title, tags.name, annotators.name, anchors.start, anchors.end, anchors.prefix,"
    " anchors.quote, anchors.suffix, annotations.note FROM {found}"
    " JOIN documents ON documents.version = anchors.version AND documents.deleted_at IS NULL"
    " JOIN tags AS given ON given.pk = annotations.tag JOIN tags ON tags.pk = ifnull(given.merged_into, given.pk)"
    " JOIN layers ON layers.pk = annotations.layer JOIN annotators ON annotators.pk = layers.annotator"
    " WHERE {where} AND annotations.deleted_at IS NULL AND anchors.status <> 'orphan'"
    " ORDER BY anchors.version DESC, anchors.start, anchors.end DESC LIMIT {limit}"
)
_QUOTED = (
    "quote_search JOIN anchors ON anchors.pk = quote_search.rowid"
    " JOIN annotations ON annotations.pk = anchors.annotation"
)
_NOTED = (
    "note_search JOIN annotations ON annotations.pk = note_search.rowid"
    " JOIN anchors ON anchors.annotation = annotations.pk"
)
_SAID = (
    "attributes JOIN annotations ON annotations.pk = attributes.annotation"
    " JOIN anchors ON anchors.annotation = annotations.pk"
)

QUERIES: Mapping[str, str] = {
    f"text:{COMMON}": _TEXT.format(match=COMMON, limit="{limit}"),
    f"text:{NAMED}": _TEXT.format(match=NAMED, limit="{limit}"),
    f"text:{RARE}": _TEXT.format(match=RARE, limit="{limit}"),
    'text:"the third time"': _TEXT.format(match='"the third time"', limit="{limit}"),
    "text:bread text:price": _TEXT.format(match="bread AND price", limit="{limit}"),
    f"mark:{NAMED}": _MARKS.format(found=_QUOTED, where=f"quote_search MATCH '{NAMED}'", limit="{limit}"),
    "note:again": _MARKS.format(found=_NOTED, where="note_search MATCH 'again'", limit="{limit}"),
    "speaker:oduya": _MARKS.format(
        found=_SAID, where="attributes.name = 'speaker' AND attributes.value LIKE '%Oduya%'", limit="{limit}"
    ),
}
"""What is searched for, and the same in SQL."""

Samples = dict[str, list[float]]


def first_hits(project: Project, query: str) -> tuple[float, int]:
    """Milliseconds until the first hits are there, by a new connection as on the screen; how many rows of the shell's.

    Those are articles, or marks.
    """
    from reader.work.hits import Kind
    from reader.work.searching import Search

    began = time.perf_counter()
    with closing(project.reader()) as reader:
        hits = list(islice(Search(reader, query).hits(), FIRST))
        ms = (time.perf_counter() - began) * 1000
    if not hits:
        raise BenchProblem(f"{query} finds nothing.")
    return ms, len({hit.article.number for hit in hits} if hits[0].kind is Kind.TEXT else hits)


def searches(database: Path, runs: int, tell: Callable[[str], None]) -> Part:
    """The first hits of each query, and the shell's time for the same, one right after the other."""
    from reader.project import open_project

    samples: Samples = {}
    with closing(open_project(database, READER, create=False)) as project:
        for query, sql in QUERIES.items():
            tell(f"{query} …")
            _, rows = first_hits(project, query)
            for _ in range(runs):
                samples.setdefault(query, []).append(min(first_hits(project, query)[0] for _ in range(RUNS)))
                samples.setdefault(f"sqlite3 {query}", []).append(query_ms(database, sql.format(limit=rows)))
    figures = []
    for query in QUERIES:
        ours, theirs = samples[query], samples[f"sqlite3 {query}"]
        figures.append(Figure(query, median(ours), "ms", FIRST_MS, note=f"the shell: {median(theirs):.2f} ms"))
        figures.append(Figure("   times the shell", ratio(ours, theirs), "×", FIRST_RATIO))
    return Part(f"The first {FIRST} hits", figures, [samples])


def all_hits(database: Path) -> Part:
    """How long it takes to go through everything that is found, as the screen does behind the first page."""
    from reader.project import open_project
    from reader.work.searching import Search

    figures = []
    with closing(open_project(database, READER, create=False)) as project:
        for query in (f"text:{COMMON}", "note:again", "speaker:oduya", "tag:claim"):
            began = time.perf_counter()
            count = sum(1 for _ in Search(project, query).hits())
            figures.append(Figure(query, (time.perf_counter() - began) * 1000, "ms", note=f"{count:,} hits"))
    return Part("All hits", figures, [])


def marking(database: Path, runs: int) -> Part:
    """Every occurrence of a word, 1,000 of them: listed, marked in one step, taken back."""
    from reader.project import open_project
    from reader.work import history, library
    from reader.work.occurrences import mark, occurrences

    samples: Samples = {"listed": [], "marked": [], "undone": []}
    with tempfile.TemporaryDirectory() as folder:
        copy = copied(database, Path(folder) / "library.db")
        with closing(open_project(copy, READER, create=False)) as project:
            for _ in range(runs):
                began = time.perf_counter()
                found = list(islice(occurrences(project, NAMED), MARKED))
                listed = time.perf_counter()
                done = mark(project, [(each.hit.article.version, each.hit.span) for each in found], "claim")
                marked = time.perf_counter()
                history.undo(project, library.find(project, found[-1].hit.article.id))
                samples["undone"].append((time.perf_counter() - marked) * 1000)
                samples["marked"].append((marked - listed) * 1000)
                samples["listed"].append((listed - began) * 1000)
            if done.marks != len(found):
                raise BenchProblem(f"Of {len(found):,} places only {done.marks:,} were marked.")
    note = f"{done.marks:,} places in {done.articles:,} articles"
    figures = [Figure(name, median(some), "ms", MARKED_MS, note=note) for name, some in samples.items()]
    return Part("Mark all occurrences", figures, [samples])


def screen(database: Path, runs: int) -> Part:
    """The search screen in a terminal: hits after a letter, and moving among many hits as among few."""
    samples: Samples = {"few": [], "many": [], "typed": []}
    with tempfile.TemporaryDirectory() as folder:
        copy, home = copied(database, Path(folder) / "library.db"), Path(folder) / "home"
        home.mkdir()
        command = [*reader_command(), "--db", str(copy), "--as", READER, "1"]
        with Terminal(command, environment(home)) as terminal:
            terminal.wait_for(" saved ", "all marks in the list")
            terminal.settle(SETTLED)
            terminal.press("G")
            for _ in range(runs):
                for name, query in (("few", f"text:{RARE}"), ("many", "tag:*")):
                    terminal.press(*query[:-1])
                    terminal.settle(SETTLED)
                    typed = terminal.press(query[-1])
                    if name == "few":
                        samples["typed"].append(typed.ms)
                    terminal.settle(SETTLED)
                    samples[name] += (terminal.press(key).ms for key in MOVES)
                    found = terminal.line(0).rpartition("  ")[2]
                    terminal.press(*["\x7f"] * len(query))
                    terminal.settle(SETTLED)
            memory = terminal.peak_memory()
    few, many = median(samples["few"]), median(samples["many"])
    return Part("The search screen", [
        Figure("a letter, until the hits are drawn", median(samples["typed"]), "ms", FIRST_MS),
        Figure("↓ ↑ among few hits", few, "ms"),
        Figure("↓ ↑ among many hits", many, "ms", note=found),
        Figure("   times among few", many / few, "×", FLAT),
        Figure("memory", memory, "MB", note="the most that the program had"),
    ], [samples])  # fmt: skip


@click.command()
@click.option("--articles", type=click.IntRange(1000), default=10_000, help="How many articles (10,000).")
@click.option("--runs", type=click.IntRange(1), default=5, help="How often each is measured (5).")
@click.option("--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), help="Write everything there.")
@click.option("--cache", type=click.Path(file_okay=False, path_type=Path), help="Where the library is kept.")
@click.option("--strict", is_flag=True, help="Exit code 1 where a figure is over its limit.")
def main(articles: int, runs: int, json_file: Path | None, cache: Path | None, strict: bool) -> None:
    """Measure searching, and marking what is found, in a library of 10,000 articles × 20 marks."""
    from platformdirs import user_cache_path

    console = Console() if sys.stdout.isatty() else Console(width=WIDTH)
    cache = (cache or user_cache_path("closereader", appauthor=False) / "bench").absolute()
    report = Report(machine())
    try:
        database = library(articles, 20, cache, console.log)
        for part in (
            searches(database, runs, console.log),
            all_hits(database),
            marking(database, runs),
            screen(database, runs),
        ):
            report.parts.append(part)
            show(console, part)
    except BenchProblem as problem:
        console.print(str(problem), markup=False, style="bold red")
        sys.exit(1)
    report.end()
    if json_file:
        write(report, json_file)
    sys.exit(report.exit_code(strict=strict))


if __name__ == "__main__":
    main()
