"""Answers with rows: as a table for people, as CSV or JSON for programs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import click

from reader.cli.say import output
from reader.documents.normalise import safe

_Command = TypeVar("_Command", bound=Callable[..., Any])

TABLE, CSV, JSON = "table", "csv", "json"
WIDEST = 10_000
"""Columns of a table that goes to a file or a pipe, where nothing is cut."""

Row = Mapping[str, object]
"""Values by the names that programs call them."""


def format_option(command: _Command) -> _Command:
    """`--format`, given as `form`."""
    return click.option(
        "--format", "form", type=click.Choice((TABLE, CSV, JSON)), default=TABLE, help="For people, or for programs."
    )(command)


def write(form: str, rows: Sequence[Row], headings: Mapping[str, str], right: Sequence[str] = ()) -> None:
    """Writes the rows to the standard output.

    `headings` are those values that a table shows, and what people call them; `right` are numbers. CSV and JSON have
    all values, under their own names; CSV is guarded against formulas as `reader export` does it.
    """
    if form == JSON:
        import json

        _out(json.dumps([dict(row) for row in rows], ensure_ascii=False, indent=1) + "\n")
    elif form == CSV:
        _out(_csv(rows, headings))
    else:
        _out(_table(rows, headings, right))


def _csv(rows: Sequence[Row], headings: Mapping[str, str]) -> str:
    from reader.formats.csv_cells import LINE_END, Cells

    cells = Cells()
    names = list(rows[0]) if rows else list(headings)
    lines = [names, *([_cell(row[name]) for name in names] for row in rows)]
    return "".join(cells.joined(*line) + LINE_END.decode() for line in lines)


def _table(rows: Sequence[Row], headings: Mapping[str, str], right: Sequence[str]) -> str:
    import io
    import os

    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    seen = sys.stdout.isatty()
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for name, heading in headings.items():
        table.add_column(
            Text(heading), justify="right" if name in right else "left", no_wrap=name in right, overflow="fold"
        )
    for row in rows:
        table.add_row(*(Text(safe(_cell(row[name]))) for name in headings))
    console = Console(
        file=io.StringIO(),
        force_terminal=seen and "NO_COLOR" not in os.environ,
        width=None if seen else WIDEST,
        highlight=False,
        emoji=False,
    )
    console.print(table)
    drawn = console.file.getvalue()  # type: ignore[attr-defined]
    return "\n".join(line.rstrip() for line in drawn.splitlines()).strip("\n") + "\n"


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, (list, tuple)):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)


def _out(text: str) -> None:
    with output() as out:
        out.write(text.encode(sys.stdout.encoding, "replace"))
