"""Answers with rows: as a table for people, as CSV or JSON for programs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from reader.cli.say import output
from reader.documents.normalise import safe
from reader.errors import UsageProblem

_Command = TypeVar("_Command", bound=Callable[..., Any])

TABLE, CSV, JSON = "table", "csv", "json"
STDOUT = "-"
WIDEST = 10_000
"""Columns of a table that goes to a file or a pipe, where nothing is cut."""

Row = Mapping[str, object]
"""Values by the names that programs call them."""


def format_option(command: _Command) -> _Command:
    """`--format`, given as `form`."""
    return click.option(
        "--format", "form", type=click.Choice((TABLE, CSV, JSON)), default=TABLE, help="For people, or for programs."
    )(command)


def form_of(name: str | None, output: str) -> str:
    """The format of this name, else the one that the file's ending says, else a table; UsageProblem for other names."""
    forms = (TABLE, CSV, JSON)
    form = name.casefold() if name is not None else Path(output).suffix.casefold().removeprefix(".")
    if form not in forms and name is not None:
        raise UsageProblem(f"No format is called “{name}”: write table, csv or json.")
    return form if form in forms else TABLE


def write(
    form: str, rows: Sequence[Row], headings: Mapping[str, str], right: Sequence[str] = (), to: str = STDOUT
) -> None:
    """Writes the rows to the standard output, or to the file `to`.

    `headings` are those values that a table shows, and what people call them; `right` are numbers. CSV and JSON have
    all values, under their own names; CSV is guarded against formulas as `reader export` does it.
    """
    if form == JSON:
        write_json([dict(row) for row in rows], to)
    elif form == CSV:
        write_text(_csv(rows, headings), to)
    else:
        write_text(table(rows, headings, right, seen=is_seen(to)), to)


def is_seen(to: str) -> bool:
    """Whether what goes there goes to a terminal."""
    return to == STDOUT and sys.stdout.isatty()


def write_json(value: object, to: str = STDOUT) -> None:
    """Writes a value as JSON, with letters as they are."""
    import json

    write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", to)


def write_text(text: str, to: str = STDOUT) -> None:
    """Writes a text to the standard output, or as UTF-8 to a file, which stays as it was until all of it is written."""
    if to == STDOUT:
        with output() as out:
            out.write(text.encode(sys.stdout.encoding, "replace"))
        return
    from reader.formats.writing import replacing

    with replacing(Path(to)) as out:
        out.write(text.encode("utf-8"))


def _csv(rows: Sequence[Row], headings: Mapping[str, str]) -> str:
    from reader.formats.csv_cells import LINE_END, Cells

    cells = Cells()
    names = list(rows[0]) if rows else list(headings)
    lines = [names, *([_cell(row[name]) for name in names] for row in rows)]
    return "".join(cells.joined(*line) + LINE_END.decode() for line in lines)


def table(rows: Sequence[Row], headings: Mapping[str, str], right: Sequence[str] = (), *, seen: bool) -> str:
    """The rows as people read them, `seen` as wide as the terminal. A cell that is a rich `Text` is taken as it is."""
    import io
    import os

    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawing = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for name, heading in headings.items():
        drawing.add_column(
            Text(heading), justify="right" if name in right else "left", no_wrap=name in right, overflow="fold"
        )
    for row in rows:
        cells = (row[name] for name in headings)
        drawing.add_row(*(cell if isinstance(cell, Text) else Text(safe(_cell(cell))) for cell in cells))
    console = Console(
        file=io.StringIO(),
        force_terminal=seen and "NO_COLOR" not in os.environ,
        width=None if seen else WIDEST,
        highlight=False,
        emoji=False,
    )
    console.print(drawing)
    drawn = console.file.getvalue()  # type: ignore[attr-defined]
    return "\n".join(line.rstrip() for line in drawn.splitlines()).strip("\n") + "\n"


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, (list, tuple)):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)
