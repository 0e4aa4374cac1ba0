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


@dataclass(slots=True)
class Report:
    """Everything of one run."""

    machine: dict[str, Any]
    parts: list[Part] = field(default_factory=list)

    def add(self, title: str, figures: Sequence[Figure], rounds: Sequence[Mapping[str, Sequence[float]]]) -> None:
        """One more table."""
        self.parts.append(Part(title, figures, rounds))

    def end(self) -> None:
        """Notes how busy the machine is at the end."""
        self.machine["load at the end"] = _load()

    @property
    def over(self) -> list[Figure]:
        """The figures beyond their limit."""
        return [figure for part in self.parts for figure in part.figures if figure.verdict == "OVER"]

    def about(self) -> str:
        """How busy the machine was, in a sentence: it decides what the absolute figures are worth."""
        begin, end = (
            " ".join(f"{load:.2f}" for load in self.machine[f"load at the {when}"]) for when in ("start", "end")
        )
        return (
            f"{self.machine['cores']} cores; load (1, 5, 15 minutes) {begin} at the start, {end} at the end;"
            f" {len(self.over)} over their limit. B is a bare Textual app; limits in ms are for a quiet machine."
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
    table = Table("figure", title=part.title, title_justify="left")
    for column in ("measured", "limit", "× B"):
        table.add_column(column, justify="right")
    table.add_column("")
    table.add_column("of that")
    for figure in part.figures:
        table.add_row(
            Text(figure.name),
            Text(_written(figure.value, figure.unit) if figure.value is not None else "–"),
            Text(f"{figure.limit:g}" if figure.limit is not None else ""),
            Text(f"{figure.ratio:.2f}" if figure.ratio is not None else ""),
            Text(figure.verdict, VERDICTS.get(figure.verdict, "")),
            Text(figure.note),
        )
    console.print(table)


def write(report: Report, path: Path) -> None:
    """Everything as JSON, the samples too."""
    parts = [
        {
            "title": part.title,
            "figures": [{**asdict(figure), "verdict": figure.verdict} for figure in part.figures],
            "rounds": part.rounds,
        }
        for part in report.parts
    ]
    path.write_text(json.dumps({"machine": report.machine, "parts": parts}, indent=1, ensure_ascii=False) + "\n")


def _load() -> tuple[float, ...]:
    return tuple(round(load, 2) for load in os.getloadavg())


def _written(value: float, unit: str) -> str:
    return f"{value:.0f} {unit}" if unit == "bytes" or value >= 100 else f"{value:.2f} {unit}"
