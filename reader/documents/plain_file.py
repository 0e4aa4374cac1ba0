"""Opening a file that somebody named: never a pipe, a device or a folder, and never waiting for one."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from reader.documents.normalise import safe
from reader.errors import UsageProblem


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The bytes of the file at `path`; UsageProblem where there is none, or it cannot be read."""
    shown = safe(str(path))
    try:
        # Without waiting: nobody may ever write to a pipe that was put there.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        raise UsageProblem(f"There is no file {shown}: check the name and the folder.") from None
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or "that is not the name of a file"
        raise UsageProblem(f"{shown} cannot be read ({reason}): check its name and permissions.") from None
    kind = os.fstat(handle).st_mode
    if not stat.S_ISREG(kind):
        os.close(handle)
        what = "is a folder: name the file in it" if stat.S_ISDIR(kind) else "is a pipe or a device: name a file"
        raise UsageProblem(f"{shown} {what}.")
    with os.fdopen(handle, "rb") as source:
        yield source
