"""Writing a file so that an interruption leaves the old one whole."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from reader.errors import ReaderError, UsageProblem


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A binary stream that becomes the file `path` when the block ends well, and nothing when it doesn't.

    It is written beside the target, flushed to the disk and renamed; a link keeps pointing where it does, and an
    old file's permissions stay. A pipe or a device is written to directly. UsageProblem where no file can be made
    there; ReaderError where writing fails.
    """
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise UsageProblem(f"{path} is a folder: name a file in it.")
    if not target.parent.is_dir():
        raise UsageProblem(f"The folder {path.parent} does not exist: make it first, or write somewhere else.")
    try:
        if target.exists() and not target.is_file():
            with target.open("wb") as out:
                yield out
            return
        with _beside(target) as out:
            yield out
    except BrokenPipeError:
        raise
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise ReaderError(f"{path} cannot be written ({reason}). What was there before is unchanged.") from problem


@contextmanager
def _beside(target: Path) -> Iterator[BinaryIO]:
    draft = target.with_name(f".{target.name[:64]}.{secrets.token_hex(4)}.part")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        with suppress(FileNotFoundError):
            draft.chmod(target.stat().st_mode & 0o7777)
        draft.replace(target)
        _settle(target.parent)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _settle(folder: Path) -> None:
    """Make the new name durable too; where a folder cannot be opened (Windows) the rename is all there is."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
