"""Writing chosen marks to a file or a stream, in one of the formats."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

from reader.errors import NotFound
from reader.formats import table
from reader.formats.record import Record
from reader.formats.writing import replacing
from reader.project import Project
from reader.work import export
from reader.work.export import Choice

Watch = Callable[[Iterable[Record]], Iterable[Record]]
"""Passes the records on and may tell somebody how many there were."""


def to_file(
    project: Project,
    choice: Choice,
    path: Path,
    format_name: str | None = None,
    *,
    raw: bool = False,
    excel: bool = False,
    watch: Watch = iter,
) -> int:
    """Writes the marks to `path`, whose ending says the format where no name does; how many there were.

    The old file stays whole until the new one is. NotFound, and nothing written, where there are no marks.
    """
    form = table.chosen(format_name, path)
    _some(project, choice)
    with replacing(path) as out:
        return _write(project, choice, out, form, raw, excel, watch)


def to_stream(
    project: Project,
    choice: Choice,
    out: BinaryIO,
    format_name: str | None = None,
    *,
    raw: bool = False,
    excel: bool = False,
    watch: Watch = iter,
) -> int:
    """Writes the marks to `out`, as CSV where no format is named; how many there were."""
    form = table.chosen(format_name, None)
    _some(project, choice)
    return _write(project, choice, out, form, raw, excel, watch)


def _some(project: Project, choice: Choice) -> None:
    if not export.has_any(project, choice):
        raise NotFound("There are no such marks: nothing was written. `reader list` shows which articles have some.")


def _write(
    project: Project, choice: Choice, out: BinaryIO, form: table.Format, raw: bool, excel: bool, watch: Watch
) -> int:
    options = table.Options(tuple(export.attributes(project, choice)), raw=raw, excel=excel)
    return form.write(watch(export.records(project, choice)), out, options)
