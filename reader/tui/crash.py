"""What is told when the program itself fails: where, and never the words of an article or a note."""

from __future__ import annotations

import os
import traceback
from datetime import UTC, datetime

from rich.text import Text

from reader import __version__, paths


def report(error: BaseException | None) -> Text:
    """Write a report to the state folder; what to print about it."""
    name = type(error).__name__
    lines = [f"reader {__version__}", name]
    # Frames only: messages and local variables may hold what the user reads and writes.
    for frame in traceback.extract_tb(error.__traceback__ if error else None):
        lines.append(f"{frame.filename}:{frame.lineno} {frame.name}")
    said = "reader met an error of its own and had to stop. Everything you marked is saved."
    try:
        folder = paths.made(paths.state_folder())
        file = folder / f"crash-{datetime.now(UTC):%Y%m%d-%H%M%S}.txt"
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
            out.write("\n".join(lines) + "\n")
    except OSError:
        return Text(f"{said}\n{' · '.join(lines[:2])} · {lines[-1]}")
    return Text(f"{said}\nA report without any of your text is in {file}: please send it to the authors.")
