"""The keyboard and the screen that the app needs, also where the text came in through a pipe."""

from __future__ import annotations

import os
import sys

from reader.errors import UsageProblem


def require() -> None:
    """UsageProblem where there is no terminal to read in; nothing has been taken in yet then."""
    if not sys.stderr.isatty() or not _has_keyboard():
        raise UsageProblem(
            "There is no terminal to read in here: `reader add` takes articles in without opening them,"
            " `reader show` prints one."
        )


def is_there() -> bool:
    """Whether somebody sits before a terminal: what is written is seen there, and keys can be read."""
    return sys.stdout.isatty() and sys.stderr.isatty() and _has_keyboard()


def take_keyboard() -> None:
    """Makes the terminal the standard input again, once a piped text has been read from it."""
    if sys.stdin is not None and sys.stdin.isatty():
        return
    keyboard = os.open(_TERMINAL, os.O_RDWR)
    os.dup2(keyboard, 0)
    if keyboard != 0:
        os.close(keyboard)


def _has_keyboard() -> bool:
    if sys.stdin is not None and sys.stdin.isatty():
        return True
    try:
        os.close(os.open(_TERMINAL, os.O_RDWR))
    except OSError:
        return False
    return True


_TERMINAL = "/dev/tty"
