"""`python -m bench.agreement`: `reader agree` on two people's 100,000 marks each in 1,000 articles.

The whole program, from its start to its end, with all measures, all tags and intervals over 1,000 resamples; beside it
the sqlite3 shell reading the same marks, which is what the machine takes for that at this moment.
"""

from __future__ import annotations

import hashlib
import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from rich.console import Console

from bench.article import RECIPE as TEXTS
from bench.article import article, marks
from bench.errors import BenchProblem
from bench.export import VIEW
from bench.figures import Figure, median, ratio
from bench.library_db import kept
from bench.pane.homes import reader_command
from bench.report import Part, Report, machine, show, write
from bench.shell import Ended, run, sqlite3

if TYPE_CHECKING:
    from reader.documents.document import Document
    from reader.documents.span import Span
    from reader.project import Project

RECIPE: Final = 1
"""Goes up whenever the same numbers would give other marks."""

PEOPLE: Final = ("ana", "ben")
SECONDS: Final = 15
MEGABYTES: Final = 300
WIDTH = 120

_TEXT_BYTES = 11_000


def library(articles: int, marks_each: int, cache: Path, tell: Callable[[str], None]) -> Path:
    """The database, built where the cache folder has none of this schema."""
    from reader.storage.tables import KNOWN

    made_by = hashlib.sha256(f"{TEXTS} {RECIPE} {articles} {marks_each} {KNOWN}".encode()).hexdigest()[:12]
    folder = cache / f"agreement-{articles}x{marks_each}-{made_by}"
    if not folder.exists():
        tell(f"Building {articles:,} articles with {marks_each:,} marks of each of two people, once …")
    return kept(folder, lambda path: _build(path, articles, marks_each))


def _build(path: Path, articles: int, marks_each: int) -> None:
    from reader.documents.load import Source
    from reader.project import open_project
    from reader.work import ingest, library

    people = [open_project(path, name) for name in PEOPLE]
    for project in people:
        # What is half built is thrown away: nothing of it needs to be safe.
        project.store.rows("PRAGMA synchronous = OFF")
        project.store.rows("PRAGMA journal_mode = MEMORY")
    try:
        for number in range(1, articles + 1):
            text = f"Article {number}\n\n{article(_TEXT_BYTES, seed=number)}"
            source = Source(f"{number}.txt", text.encode(), "text")
            document = ingest.add(people[0], source).document
            text = library.text(people[0], document)
            for place, project in enumerate(people):
                _mark(project, document, text, marks_each, random.Random(2 * number + place) if place else None)
                library.set_status(project, document, "done")
        people[0].store.rows("PRAGMA journal_mode = TRUNCATE")
    finally:
        for project in people:
            project.close()


def _mark(project: Project, document: Document, text: str, count: int, differs: random.Random | None) -> None:
    """The same marks for both, but that one of them `differs` in edges, tags, pieces and in what is marked at all."""
    from reader.documents.span import Span
    from reader.work import library, tagging

    tags = {tag.name: tag for tag in library.codebook(project, document).active}
    made: dict[str, set[Span]] = {name: set() for name in tags}
    parted: list[tuple[Span, str]] = []
    for number, mark in enumerate(marks(text, count)):
        start, end, tag = mark.start, mark.end, mark.tag
        if differs is not None:
            start, end, tag = _otherwise(start, end, tag, len(text), differs, sorted(tags))
        if number % 50 == 7 and end - start > 9:
            parted.append((Span(start, end), tag))
        else:
            made[tag].add(Span(start, end))
    for name, spans in made.items():
        tagging.mark_all(project, document, sorted(spans), tags[name])
    for span, name in parted:
        middle = (span.start + span.end) // 2
        tagging.mark(project, document, (Span(span.start, middle - 2), Span(middle + 2, span.end)), tags[name])


def _otherwise(
    start: int, end: int, tag: str, length: int, choose: random.Random, tags: list[str]
) -> tuple[int, int, str]:
    kind = choose.random()
    if kind < 0.25:
        return max(0, start - choose.randrange(4)), min(length, end + choose.randrange(4)), tag
    if kind < 0.35:
        return start, end, choose.choice(tags)
    if kind < 0.5 and end - start > 12:
        moved = min(choose.randrange(60, 300), length - end)
        return start + moved, end + moved, tag
    return start, end, tag


def agreed(database: Path, folder: Path) -> Ended:
    """The agreement as `reader` writes it."""
    return run([*reader_command(), "agree", "--db", str(database), "--as", PEOPLE[0]], folder / "said")


def read(database: Path, folder: Path) -> Ended:
    """All marks, by the shell."""
    return run([sqlite3(), "-readonly", "-csv", str(database), VIEW], folder / "view.csv")


def measured(database: Path, runs: int) -> Part:
    """Both, one right after the other."""
    names = ("reader", "reader, cpu", "sqlite3", "sqlite3, cpu", "memory")
    samples: dict[str, list[float]] = {name: [] for name in names}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(runs):
            ours, theirs = agreed(database, Path(folder)), read(database, Path(folder))
            for name, ended in (("reader", ours), ("sqlite3", theirs)):
                samples[name].append(ended.seconds)
                samples[f"{name}, cpu"].append(ended.cpu_seconds)
            samples["memory"].append(ours.peak_mb)
    cpu = median(samples["reader, cpu"])
    return Part("Agreement of two people, all measures with intervals", [
        Figure("reader agree", median(samples["reader"]), "s", SECONDS, unhindered=cpu),
        Figure("memory", median(samples["memory"]), "MB", MEGABYTES),
        Figure("sqlite3, the marks alone", median(samples["sqlite3"]), "s", unhindered=median(samples["sqlite3, cpu"])),
        Figure("   times the shell", ratio(samples["reader"], samples["sqlite3"]), "×",
               unhindered=ratio(samples["reader, cpu"], samples["sqlite3, cpu"])),
    ], [samples])  # fmt: skip


@click.command()
@click.option("--articles", type=click.IntRange(5), default=1_000, help="How many articles (1,000).")
@click.option("--marks", "marks_each", type=click.IntRange(1), default=100, help="Marks of each in an article (100).")
@click.option("--runs", type=click.IntRange(1), default=3, help="How often it is measured (3).")
@click.option("--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), help="Write everything there.")
@click.option("--cache", type=click.Path(file_okay=False, path_type=Path), help="Where the library is kept.")
@click.option("--strict", is_flag=True, help="Exit code 1 where a figure is over its limit.")
def main(articles: int, marks_each: int, runs: int, json_file: Path | None, cache: Path | None, strict: bool) -> None:
    """Measure the agreement of two people on 1,000 articles × 100 marks each."""
    from platformdirs import user_cache_path

    console = Console() if sys.stdout.isatty() else Console(width=WIDTH)
    cache = (cache or user_cache_path("closereader", appauthor=False) / "bench").absolute()
    report = Report(machine())
    try:
        part = measured(library(articles, marks_each, cache, console.log), runs)
    except BenchProblem as problem:
        console.print(str(problem), markup=False, style="bold red")
        sys.exit(1)
    report.parts.append(part)
    show(console, part)
    report.end()
    if json_file:
        write(report, json_file)
    sys.exit(report.exit_code(strict=strict))


if __name__ == "__main__":
    main()
