"""`python -m bench.shelf`: the library's screen with 10,000 articles of 20 marks beside the same with few.

The start, beside that with ten articles, is until the first frame with rows and keys. A key, beside the same with a
hundred (which fill a page, as 10,000 do), is until the last byte that it brings.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console

from bench.errors import BenchProblem
from bench.figures import Figure, median, ratio
from bench.library import copied
from bench.library_db import READER, library
from bench.pane.homes import environment, reader_command
from bench.report import Part, Report, machine, show, write
from bench.terminal import Answer, Terminal

WIDTH = 120
FEW, PAGES, MARKS = 10, 100, 20

START = 1.3
FLAT = 1.3
"""How much longer the start, or a key, may take than with few articles."""

SETTLED = 0.7
"""Seconds without a byte after which all that the first page did not need is there."""

KEYS = {
    "↓": ("down",),
    "PgDn": ("pagedown",),
    "Home": ("\x1b[H",),
    "End": ("\x1b[F",),
    "a letter": ("t",),
    "the next letter": ("h",),
    "Ctrl+U": ("\x15",),
    "Ctrl+S": ("\x13",),
    "Enter": ("enter",),
    "L": ("L",),
}
"""What is pressed in each round, in this order; it ends where it began."""

ORDERS = {
    "title": "ti", "author": "au", "date": "da", "source": "so", "words": "wo", "marks": "ma", "progress": "pr",
    "status": "st", "last opened": "op",
}  # fmt: skip
"""What is typed to choose each."""

Samples = dict[str, list[float]]


def start(database: Path, home: Path) -> tuple[Terminal, float]:
    """The library in a terminal, and how long its first rows took."""
    terminal = Terminal([*reader_command(), "--db", str(database), "--as", READER], environment(home))
    shown = terminal.wait_for(lambda: "Enter open" in terminal.line(-1) and "▸" in terminal.line(3), "rows and keys")
    return terminal, shown.ms - shown.waited


def measured(few: Path, pages: Path, many: Path, home: Path, runs: int) -> tuple[Samples, Samples]:
    """Starts and keys, by turns: of the small libraries, and of the large one."""
    small: Samples = {"start": []}
    large: Samples = {"start": []}
    for run in range(runs + 1):
        for database, ours, keys in (
            (few, small, False),
            (many, large, False),
            (pages, small, True),
            (many, large, True),
        ):
            terminal, ms = start(database, home)
            with terminal:
                # The first one only warms up.
                samples: Samples = ours if run else {}
                if not keys:
                    samples.setdefault("start", []).append(ms)
                    continue
                for name, answer in pressed(terminal):
                    samples.setdefault(name, []).append(answer.ms - answer.waited)
                samples.setdefault("memory", []).append(terminal.peak_memory())
    return small, large


def pressed(terminal: Terminal) -> Iterator[tuple[str, Answer]]:
    """Every key, and what came of it."""
    terminal.settle(SETTLED)
    for name, keys in KEYS.items():
        yield name, terminal.press(*keys)
        terminal.settle(SETTLED)
    for name, typed in ORDERS.items():
        yield f"Ctrl+O, by {name}", terminal.press("\x0f", *typed, "enter")


def figures(small: Samples, large: Samples) -> list[Figure]:
    """Each thing with many articles, and by the same with few."""
    made = []
    for name in large:
        unit = "MB" if name == "memory" else "ms"
        fewer = FEW if name == "start" else PAGES
        note = f"with {fewer}: {median(small[name]):.1f} {unit}"
        made.append(Figure(name, median(large[name]), unit, note=note))
        if name == "start" or name in KEYS:
            limit = START if name == "start" else FLAT
            made.append(Figure(f"   times with {fewer}", ratio(large[name], small[name]), "×", limit))
    return made


@click.command()
@click.option("--articles", type=click.IntRange(PAGES), default=10_000, help="How many articles (10,000).")
@click.option("--runs", type=click.IntRange(1), default=7, help="How often each is measured (7).")
@click.option("--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), help="Write everything there.")
@click.option("--cache", type=click.Path(file_okay=False, path_type=Path), help="Where the libraries are kept.")
@click.option("--strict", is_flag=True, help="Exit code 1 where a figure is over its limit.")
def main(articles: int, runs: int, json_file: Path | None, cache: Path | None, strict: bool) -> None:
    """Measure the list of articles, with many of them and with few, in a real pseudo-terminal."""
    from platformdirs import user_cache_path

    console = Console() if sys.stdout.isatty() else Console(width=WIDTH)
    cache = (cache or user_cache_path("closereader", appauthor=False) / "bench").absolute()
    report = Report(machine())
    try:
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder) / "home"
            home.mkdir()
            few, pages, many = (
                copied(library(count, MARKS, cache, console.log), Path(folder) / f"{count}.db")
                for count in (FEW, PAGES, articles)
            )
            samples = measured(few, pages, many, home, runs)
        report.parts.append(Part(f"{articles:,} articles × {MARKS} marks", figures(*samples), samples))
        show(console, report.parts[0])
    except BenchProblem as problem:
        console.print(str(problem), markup=False, style="bold red")
        sys.exit(1)
    report.end()
    if json_file:
        write(report, json_file)
    sys.exit(report.exit_code(strict=strict))


if __name__ == "__main__":
    main()
