"""What was measured, as a table for people and as JSON."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bench.figures import Figure

VERDICTS = {"ok": "green", "OVER": "bold red"}


@dataclass(frozen=True, slots=True)
class Part:
    """One table."""

    title: str
    figures: Sequence[Figure]
    rounds: Sequence[Mapping[str, Sequence[float]]]
    """All that it was worked out from, round by round."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One table with a program in each row."""

    title: str
    programs: Mapping[str, Sequence[Figure]]
    """The same figures of each, in the same order; none where there is trouble."""
    troubles: Mapping[str, str]
    """Why there are none, by program."""
    rounds: Mapping[str, Sequence[Mapping[str, Sequence[float]]]]


@dataclass(slots=True)
class Report:
    """Everything of one run."""

    machine: dict[str, Any]
    parts: list[Part] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)

    def end(self) -> None:
        """Notes how busy the machine is at the end."""
        self.machine["load at the end"] = _load()

    @property
    def over(self) -> list[Figure]:
        """The figures beyond their limit."""
        return [figure for part in self.parts for figure in part.figures if figure.verdict == "OVER"]

    def exit_code(self, *, strict: bool) -> int:
        """1 where something is over its limit and that is to count, else 0."""
        return 1 if strict and self.over else 0

    def about(self) -> str:
        """How busy the machine was, in a sentence: it decides what the absolute figures are worth."""
        begin, end = (
            " ".join(f"{load:.2f}" for load in self.machine[f"load at the {when}"]) for when in ("start", "end")
        )
        return (
            f"{self.machine['cores']} cores; load (1, 5, 15 minutes) {begin} at the start, {end} at the end;"
            f" {len(self.over)} over their limit. Limits in ms are for a quiet machine. B is a bare Textual app;"
            " unhindered is without the time in which something else had the processor."
        )


def machine() -> dict[str, Any]:
    """Where and with what this is measured."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": len(os.sched_getaffinity(0)),
        "system": platform.platform(),
        "python": platform.python_version(),
        "textual": version("textual"),
        "rich": version("rich"),
        "load at the start": _load(),
    }


def show(console: Console, part: Part) -> None:
    """One table on the screen."""
    table = Table(title=part.title, title_justify="left")
    table.add_column("figure", no_wrap=True)
    table.add_column("measured", justify="right")
    table.add_column("limit", justify="right")
    table.add_column("")
    table.add_column("unhindered", justify="right")
    table.add_column("")
    table.add_column("× B", justify="right")
    table.add_column("")
    for figure in part.figures:
        table.add_row(
            Text(figure.name),
            Text(_written(figure.value, figure.unit)),
            Text(f"{figure.limit:g}" if figure.limit is not None else ""),
            Text(figure.verdict, VERDICTS.get(figure.verdict, "")),
            Text(_written(figure.unhindered, figure.unit) if figure.unhindered is not None else ""),
            Text(figure.verdict_unhindered, VERDICTS.get(figure.verdict_unhindered, "")),
            Text(f"{figure.ratio:.2f}" if figure.ratio is not None else ""),
            Text(figure.note),
        )
    console.print(table)


def show_compared(console: Console, part: Comparison) -> None:
    """One table on the screen, a program a row."""
    table = Table("program", title=part.title, title_justify="left")
    for figure in next(iter(part.programs.values())):
        table.add_column(figure.name, justify="right")
    table.add_column("")
    for program, figures in part.programs.items():
        cells = [Text(_beside(figure)) for figure in figures]
        cells += [Text("–")] * (len(table.columns) - 2 - len(cells))
        table.add_row(Text(program), *cells, Text(part.troubles.get(program, "")))
    console.print(table)


def write(report: Report, path: Path) -> None:
    """Everything as JSON, the samples too."""
    parts = [{**asdict(part), "figures": _listed(part.figures)} for part in report.parts]
    comparisons = [
        {**asdict(part), "programs": {name: _listed(figures) for name, figures in part.programs.items()}}
        for part in report.comparisons
    ]
    whole = {"machine": report.machine, "parts": parts, "comparisons": comparisons}
    path.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _listed(figures: Sequence[Figure]) -> list[dict[str, Any]]:
    return [{**asdict(figure), "verdict": figure.verdict} for figure in figures]


def _load() -> tuple[float, ...]:
    return tuple(round(load, 2) for load in os.getloadavg())


def _written(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    digits = 0 if value >= 100 or unit in ("bytes", "") else 2
    return f"{value:.{digits}f} {unit}".rstrip()


def _beside(figure: Figure) -> str:
    return _written(figure.value, figure.unit) + ("" if figure.ratio is None else f" ({figure.ratio:.2g}×)")
