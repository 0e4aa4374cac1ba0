"""`python -m bench.pane`: the article pane at three sizes, beside a bare Textual app and other programs."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click
from rich.console import Console

from bench.errors import BenchProblem
from bench.library import SIZES, library
from bench.pane.peers import Tried, peers
from bench.pane.sessions import FULL, QUICK, Effort, Samples, round_of, staged
from bench.pane.starts import REFERENCE, starts
from bench.pane.table import as_bare, compared, figures, start_figures
from bench.report import Comparison, Part, Report, machine, show, show_compared, write

WIDTH = 120
"""Columns of the tables where nobody looks on."""

START_RUNS = 4
"""How often each command is started for every round of the pane's."""


class Run:
    """One call of the command: what it measures, and where it says so."""

    def __init__(self, runs: int, effort: Effort, *, others: bool, cache: Path) -> None:
        self.console = Console() if sys.stdout.isatty() else Console(width=WIDTH)
        self.report = Report(machine())
        self.failed = False
        """Whether something could not be measured."""
        self._runs = runs
        self._effort = effort
        self._others = others
        self._cache = cache

    def attempt(self, measure: Callable[[], None]) -> None:
        """Do this; where it cannot be measured, say why and go on with the next."""
        try:
            measure()
        except BenchProblem as problem:
            self.failed = True
            self.console.print(str(problem), markup=False, style="bold red")

    def measure(self, size: str) -> None:
        """All rounds of one size."""
        found = library(SIZES[size], self._cache, self.console.log)
        tried = [Tried(peer) for peer in peers()] if self._others else []
        with staged(found, self._cache) as stage:
            rounds: list[Samples] = []
            for number in range(self._runs):
                self.console.log(f"{size}: round {number + 1} of {self._runs}")
                rounds.append(round_of(stage, self._effort))
                for each in tried:
                    each.go_on(stage, self._effort)
            self._show(Part(f"reader, {size}", figures(size, rounds), rounds))
            if tried:
                self._compare(f"The same text of {size} in other programs (× B)", rounds, tried)

    def start(self) -> None:
        """The command line, with the least that a library can hold."""
        with staged(library(SIZES["4k"], self._cache, self.console.log), self._cache) as stage:
            samples = starts(stage, START_RUNS * self._runs)
        self._show(Part(f"The command line, × {REFERENCE}", start_figures(samples, REFERENCE), [samples]))

    def _show(self, part: Part) -> None:
        self.report.parts.append(part)
        show(self.console, part)

    def _compare(self, title: str, rounds: list[Samples], tried: list[Tried]) -> None:
        bare = as_bare(rounds)
        programs = {"reader": compared(rounds, bare), "B": compared(bare, bare)}
        programs |= {each.peer.name: compared(each.rounds, bare) if each.rounds else [] for each in tried}
        troubles = {each.peer.name: each.trouble for each in tried if each.trouble}
        part = Comparison(title, programs, troubles, {each.peer.name: each.rounds for each in tried})
        self.report.comparisons.append(part)
        show_compared(self.console, part)


@click.command()
@click.option("--size", "sizes", multiple=True, type=click.Choice(list(SIZES)), help="Only this one; again for more.")
@click.option("--runs", type=click.IntRange(1), help="Rounds a size: 5, or 2 with --quick.")
@click.option("--quick", is_flag=True, help="Fewer keys and rounds and no other programs, to see where one is.")
@click.option("--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), help="Write everything there.")
@click.option("--cache", type=click.Path(file_okay=False, path_type=Path), help="Where the libraries are kept.")
@click.option("--strict", is_flag=True, help="Exit code 1 where a figure is over its limit.")
def main(
    sizes: tuple[str, ...], runs: int | None, quick: bool, json_file: Path | None, cache: Path | None, strict: bool
) -> None:
    """Measure the article pane in a real pseudo-terminal of 120×40.

    The whole takes a quarter of an hour, `--size 4k --quick` less than a minute.
    """
    from platformdirs import user_cache_path

    # Whoever is asked to end cleans up: nothing is left running, and no copy of a library is left lying.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    cache = (cache or user_cache_path("closereader", appauthor=False) / "bench").absolute()
    run = Run(runs or (2 if quick else 5), QUICK if quick else FULL, others=not quick, cache=cache)
    for size in sizes or SIZES:
        run.attempt(partial(run.measure, size))
    if not quick:
        run.attempt(run.start)
    run.report.end()
    run.console.print(run.report.about(), markup=False)
    if json_file:
        write(run.report, json_file)
        run.console.print(f"Written to {json_file}", markup=False)
    sys.exit(2 if run.failed else run.report.exit_code(strict=strict))


if __name__ == "__main__":
    main()
