"""`python -m bench.importing`: a colleague's 100,000 marks taken in, beside the `sqlite3` shell copying the same rows.

The colleague has read the same 5,000 articles. The shell copies marks, places, attributes and their lines in the log
from one file to the other, by one statement each and without a look at any of it. Then the same file comes once more,
in which nothing is new.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import click
from rich.console import Console

from bench.errors import BenchProblem
from bench.figures import Figure, median, ratio
from bench.library_db import READER, library
from bench.pane.homes import reader_command
from bench.report import Part, Report, machine, show, write
from bench.shell import Ended, run, sqlite3

WIDTH = 120
TIMES = 8
"""How many times as long as the shell, of the processor's time."""

AGAIN = 0.75
"""How much of that the same file may take once more."""

COPIED = (
    "ATTACH '{theirs}' AS theirs",
    *(f"INSERT INTO {table} SELECT * FROM theirs.{table}" for table in ("annotations", "anchors", "attributes")),
    "INSERT INTO log (step, entity, row, before, after) SELECT 1, entity, row, before, after FROM theirs.log"
    " WHERE entity IN ('annotations', 'anchors', 'attributes')",
)


def taken(theirs: Path, mine: Path, folder: Path) -> Ended:
    """The colleague's database taken in by `reader`."""
    command = [*reader_command(), "import", str(theirs), "--db", str(mine), "--as", READER]
    return run(command, folder / "said")


def copied(theirs: Path, mine: Path, folder: Path) -> Ended:
    """The same rows copied by the shell."""
    sql = "; ".join(("BEGIN", *COPIED[1:], "COMMIT"))
    return run([sqlite3(), str(mine), COPIED[0].format(theirs=theirs), sql], folder / "copied")


def measured(theirs: Path, empty: Path, runs: int) -> Part:
    """Both, one right after the other."""
    names = ("reader, cpu", "again, cpu", "sqlite3, cpu", "reader", "memory")
    samples: dict[str, list[float]] = {name: [] for name in names}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for _ in range(runs):
            mine, other = (Path(shutil.copy(empty, folder / each)) for each in ("mine.db", "other.db"))
            first, again = taken(theirs, mine, folder), taken(theirs, mine, folder)
            samples["reader"].append(first.seconds)
            samples["reader, cpu"].append(first.cpu_seconds)
            samples["memory"].append(first.peak_mb)
            samples["again, cpu"].append(again.cpu_seconds)
            samples["sqlite3, cpu"].append(copied(theirs, other, folder).cpu_seconds)
    shell = samples["sqlite3, cpu"]
    return Part("A colleague's marks", [
        Figure("reader import", median(samples["reader"]), "s", unhindered=median(samples["reader, cpu"])),
        Figure("the shell, cpu", median(shell), "s"),
        Figure("   times the shell, cpu", ratio(samples["reader, cpu"], shell), "×", TIMES),
        Figure("   once more, of that", ratio(samples["again, cpu"], samples["reader, cpu"]), "×", AGAIN),
        Figure("memory", median(samples["memory"]), "MB"),
    ], [samples])  # fmt: skip


@click.command()
@click.option("--articles", type=click.IntRange(10), default=5_000, help="How many articles (5,000).")
@click.option("--runs", type=click.IntRange(1), default=3, help="How often each is measured (3).")
@click.option("--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), help="Write everything there.")
@click.option("--cache", type=click.Path(file_okay=False, path_type=Path), help="Where the libraries are kept.")
@click.option("--strict", is_flag=True, help="Exit code 1 where a figure is over its limit.")
def main(articles: int, runs: int, json_file: Path | None, cache: Path | None, strict: bool) -> None:
    """Measure taking in 20 marks in each of 5,000 articles."""
    from platformdirs import user_cache_path

    console = Console() if sys.stdout.isatty() else Console(width=WIDTH)
    cache = (cache or user_cache_path("closereader", appauthor=False) / "bench").absolute()
    report = Report(machine())
    try:
        theirs, empty = (library(articles, each, cache, console.log) for each in (20, 0))
        part = measured(theirs, empty, runs)
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
