"""`python -m bench.pane`: the article pane at three sizes, beside a bare Textual app and other programs."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console

from bench.errors import BenchProblem
from bench.figures import Figure, Statistic, median, p95, ratio
from bench.library import SIZES, Library, library
from bench.pane.limits import limit
from bench.pane.sessions import CURSOR, FULL, QUICK, Effort, Samples, round_of, staged
from bench.report import Report, machine, show, write


def _per_round(rounds: list[Samples], worth: Statistic, name: str) -> float:
    """The median over rounds, so that one noisy round changes little."""
    return median([worth(samples[name]) for samples in rounds])


def figures(size: str, rounds: list[Samples]) -> list[Figure]:
    """The table's figures at one size, from what was measured in its rounds."""

    def of(name: str, value: float, unit: str, beside: float | None = None, note: str = "") -> Figure:
        return Figure(name, value, unit, limit(name, size), None if beside is None else value / beside, note)

    def worth(name: str, statistic: Statistic = median) -> float:
        return _per_round(rounds, statistic, name)

    first, bare_first = worth("first paint"), worth("bare first paint")
    times_bare = median([ratio(one["first paint"], one["bare first paint"]) for one in rounds])
    bare_key, bare_p95 = worth("bare key"), worth("bare key", p95)
    bytes_by_key = {key: worth(f"bytes {key}") for key in CURSOR}
    heaviest = max(bytes_by_key, key=lambda key: bytes_by_key[key])
    commit, commit_p95 = worth("commit"), worth("commit", p95)
    found = [
        of("first paint", times_bare, "× B", note=f"{first:.0f} ms, B {bare_first:.0f} ms"),
        of("list and counts after it", worth("list"), "ms"),
        of("key, median", worth("key"), "ms", bare_key),
        of("key, p95", worth("key", p95), "ms", bare_p95),
        of("key, against no marks", median([ratio(one["key"], one["plain key"]) for one in rounds]), "×"),
        of("bytes of a cursor key", bytes_by_key[heaviest], "bytes", note=f"of {heaviest}, the heaviest"),
        of("mark beyond its commit, median", worth("mark key") - commit, "ms", note=f"commit {commit:.1f} ms"),
        of(
            "mark beyond its commit, p95", worth("mark key", p95) - commit_p95, "ms", note=f"commit {commit_p95:.1f} ms"
        ),
    ]
    for name, measured in (
        ("page", "page"), ("end", "end"), ("home", "home"), ("search hit", "hit"), ("jump to a mark", "mark"),
    ):  # fmt: skip
        found.append(of(name, worth(measured), "ms", bare_key))
    bare_memory = worth("bare memory")
    return [
        *found,
        of("resize", worth("resize"), "ms"),
        of("peak memory", worth("memory"), "MB", bare_memory),
        of("B: first paint", bare_first, "ms"),
        of("B: key, median", bare_key, "ms"),
        of("B: key, p95", bare_p95, "ms"),
        of("B: peak memory", bare_memory, "MB"),
    ]


def measured(found: Library, cache: Path, runs: int, effort: Effort, console: Console) -> list[Samples]:
    """So many rounds with one library."""
    rounds = []
    with staged(found, cache) as stage:
        for number in range(runs):
            console.log(f"{found.size.name}: round {number + 1} of {runs}")
            rounds.append(round_of(stage, effort))
    return rounds


@click.command()
@click.option("--size", "sizes", multiple=True, type=click.Choice(list(SIZES)), help="Only this one; again for more.")
@click.option("--runs", type=click.IntRange(1), help="Rounds a size: 5, or 2 with --quick.")
@click.option("--quick", is_flag=True, help="Fewer keys and rounds, to see where one is.")
@click.option("--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), help="Write all figures there.")
@click.option("--cache", type=click.Path(file_okay=False, path_type=Path), help="Where the libraries are kept.")
@click.option("--strict", is_flag=True, help="Exit code 1 where a figure is over its limit.")
def main(
    sizes: tuple[str, ...], runs: int | None, quick: bool, json_file: Path | None, cache: Path | None, strict: bool
) -> None:
    """Measure the article pane in a real pseudo-terminal of 120×40."""
    from platformdirs import user_cache_path

    console = Console() if sys.stdout.isatty() else Console(width=110)
    cache = cache or user_cache_path("closereader", appauthor=False) / "bench"
    runs = runs or (2 if quick else 5)
    report = Report(machine())
    try:
        for name in sizes or SIZES:
            found = library(SIZES[name], cache, console.log)
            rounds = measured(found, cache, runs, QUICK if quick else FULL, console)
            report.add(f"reader, {name}", figures(name, rounds), rounds)
            show(console, report.parts[-1])
    except BenchProblem as problem:
        console.print(str(problem), markup=False)
        sys.exit(2)
    report.end()
    console.print(report.about(), markup=False)
    if json_file:
        write(report, json_file)
        console.print(f"Written to {json_file}", markup=False)
    if strict and report.over:
        sys.exit(1)


if __name__ == "__main__":
    main()
