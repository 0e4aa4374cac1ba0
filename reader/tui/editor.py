"""A note in somebody's own editor: the app steps aside, the editor has the terminal, and what it left comes back."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from textual.app import App, SuspendNotSupported

from reader import paths
from reader.documents.normalise import safe
from reader.errors import ReaderError, Refused

_VARIABLES = ("VISUAL", "EDITOR")
_SCREEN = 2
_LARGEST = 1 << 20
"""Bytes of a note that a person wrote; more is something else."""


def edited(app: App[object], text: str) -> str:
    """The text as $VISUAL, else $EDITOR leaves it, on a private file that is gone afterwards.

    Refused where there is no editor, or it fails: what it left is kept in a file then, if that is not the same text.
    """
    variable, command = _command()
    name = Path(command[0]).name
    path = _file(text)
    try:
        ended = _run(app, [*command, str(path)])
    except OSError as problem:
        path.unlink(missing_ok=True)
        reason = problem.strerror or str(problem)
        raise Refused(f"“{name}” ({variable}) did not start: {reason}. The note is as it was.") from problem
    except SuspendNotSupported:
        path.unlink(missing_ok=True)
        raise Refused("This terminal cannot be handed over to an editor: write the note here.") from None
    try:
        left = path.read_bytes()
    except OSError as problem:
        raise Refused(f"“{name}” left no file behind. The note is as it was.") from problem
    if ended and left == text.encode("utf-8"):
        path.unlink()
        raise Refused(f"“{name}” ended with an error ({ended}). The note is as it was.")
    if ended:
        raise Refused(f"“{name}” ended with an error ({ended}). The note is as it was; what was written: {path}")
    try:
        note = _decoded(left)
    except ValueError:
        raise Refused(f"What “{name}” left is no note in UTF-8. The note is as it was; the file: {path}") from None
    path.unlink()
    return note


def _command() -> tuple[str, list[str]]:
    """The variable that names an editor, and its words."""
    for variable in _VARIABLES:
        value = os.environ.get(variable, "")
        try:
            words = shlex.split(value)
        except ValueError:
            raise Refused(f"${variable} has a quotation mark that is never closed: set it anew.") from None
        if words:
            return f"${variable}", words
    raise Refused("No editor is set. In the shell: export EDITOR=nano (or another one); then start reader again.")


def _file(text: str) -> Path:
    try:
        handle, name = tempfile.mkstemp(prefix="note-", suffix=".txt", dir=paths.made(paths.state_folder()))
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
    except OSError as problem:
        raise ReaderError(
            f"There is no place for a file to edit ({problem.strerror}): write the note here."
        ) from problem
    return Path(name)


def _run(app: App[object], command: list[str]) -> int:
    """What the editor ended with; the terminal is its own until then."""
    problem: OSError | None = None
    ended = 0
    try:
        with app.suspend(), _unmoved():
            try:
                # The screen is on the standard error; the standard output may be a file.
                ended = subprocess.run(command, stdout=_SCREEN, check=False).returncode
            except OSError as caught:
                problem = caught
            if not os.isatty(_SCREEN):
                # Raised in here, it keeps Textual from drawing: that would wait for ever for a terminal to take it.
                raise _Gone
    except _Gone:
        app.exit(return_code=128 + signal.SIGHUP)
        raise Refused("The window was closed. The draft is kept.") from None
    if problem is not None:
        raise problem
    return ended


@contextmanager
def _unmoved() -> Iterator[None]:
    """Ctrl+C and Ctrl+\\ in the editor are the editor's: not ignored, which it would inherit, but without effect."""
    before = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGQUIT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Gone(Exception):
    """The terminal was closed while the editor had it."""


def _decoded(data: bytes) -> str:
    """The words in a file; ValueError where it holds something else."""
    if len(data) > _LARGEST:
        raise ValueError
    text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    return safe(text, lines=True).strip("\n")
