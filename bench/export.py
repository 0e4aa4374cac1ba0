"""`python -m bench.export`: all 200,000 marks of 10,000 articles as CSV, beside `sqlite3 -csv` on the `spans` view.

Both are whole programs, from their start to their end, each writing a file. `reader` writes more than the view has:
attributes, paragraph and sentence, and the guard against formulas. Its memory is measured once more with ten times
as few marks: it should be the same.
"""

from __future__ import annotations

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
TIMES = 4
"""How many times as long as the shell."""

FLAT = 1.25
"""How many times the memory for ten times the marks: the list of the articles is in it."""

VIEW = "SELECT * FROM spans"


def exported(database: Path, folder: Path) -> Ended:
    """All marks of a library as CSV, by `reader`."""
    target = folder / "spans.csv"
    command = [*reader_command(), "export", "--db", str(database), "--as", READER, "-o", str(target)]
    return run(command, folder / "said")


def dumped(database: Path, folder: Path) -> Ended:
    """The view as CSV, by the shell."""
    return run([sqlite3(), "-readonly", "-csv", "-header", str(database), VIEW], folder / "view.csv")


def measured(database: Path, tenth: Path, runs: int) -> Part:
    """Both, one right after the other."""
    names = ("reader", "reader, cpu", "sqlite3", "sqlite3, cpu", "memory", "memory, a tenth")
    samples: dict[str, list[float]] = {name: [] for name in names}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(runs):
            ours, theirs = exported(database, Path(folder)), dumped(database, Path(folder))
            for name, ended in (("reader", ours), ("sqlite3", theirs)):
                samples[name].append(ended.seconds)
                samples[f"{name}, cpu"].append(ended.cpu_seconds)
            samples["memory"].append(ours.peak_mb)
            samples["memory, a tenth"].append(exported(tenth, Path(folder)).peak_mb)
    memory, less = median(samples["memory"]), median(samples["memory, a tenth"])
    return Part("All marks as CSV", [
        Figure("reader export", median(samples["reader"]), "s", unhindered=median(samples["reader, cpu"])),
        Figure("sqlite3 -csv", median(samples["sqlite3"]), "s", unhindered=median(samples["sqlite3, cpu"])),
        Figure(
            "   times the shell",
            ratio(samples["reader"], samples["sqlite3"]),
            "×",
            TIMES,
            unhindered=ratio(samples["reader, cpu"], samples["sqlite3, cpu"]),
        ),
        Figure("memory", memory, "MB"),
        Figure("memory for a tenth", less, "MB"),
        Figure("   times a tenth", memory / less, "×", FLAT),
    ], [samples])  # fmt: skip


@click.command()
@click.option("--articles", type=click.IntRange(100), default=10_000, help="How many articles (10,000).")
@click.option("--runs", type=click.IntRange(1), default=3, help="How often each is measured (3).")
@click.option("--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), help="Write everything there.")
@click.option("--cache", type=click.Path(file_okay=False, path_type=Path), help="Where the library is kept.")
@click.option("--strict", is_flag=True, help="Exit code 1 where a figure is over its limit.")
def main(articles: int, runs: int, json_file: Path | None, cache: Path | None, strict: bool) -> None:
    """Measure the export of a library of 10,000 articles × 20 marks."""
    from platformdirs import user_cache_path

    console = Console() if sys.stdout.isatty() else Console(width=WIDTH)
    cache = (cache or user_cache_path("closereader", appauthor=False) / "bench").absolute()
    report = Report(machine())
    try:
        whole, tenth = (library(count, 20, cache, console.log) for count in (articles, articles // 10))
        part = measured(whole, tenth, runs)
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
