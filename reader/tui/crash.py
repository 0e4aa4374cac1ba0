"""What is told when the program itself fails: where, and never the words of an article or a note."""

from __future__ import annotations

import os
import sys
import traceback
from datetime import UTC, datetime
from typing import Any

from rich.text import Text

from reader import __version__, paths

# The first screen, the mouse quiet (five ways of reporting it and the focus), pasted text bare, plain keys, the
# cursor seen, lines wrapped.
_AS_BEFORE = "\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1004l\x1b[?2004l\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?7h"


def keyboard() -> list[Any] | None:
    """How the terminal takes keys now, for `put_back`; None where there is none."""
    try:
        import termios
    except ImportError:
        return None
    try:
        return termios.tcgetattr(0)
    except termios.error:
        return None


def put_back(keyboard: list[Any] | None) -> None:
    """The terminal as it was, where what failed on the way out may have kept Textual from doing it."""
    sys.stderr.write(_AS_BEFORE)
    sys.stderr.flush()
    if keyboard is not None:
        import termios

        termios.tcsetattr(0, termios.TCSADRAIN, keyboard)


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
