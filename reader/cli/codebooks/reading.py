"""The bytes of a codebook file."""

from __future__ import annotations

import sys
from pathlib import Path

from reader.annotations.codebook_toml import LARGEST
from reader.errors import UsageProblem


def source(file: str) -> bytes:
    """What is in the file (`-`: the standard input), read as far as a codebook may be long; UsageProblem where none."""
    if file == "-":
        if sys.stdin is None:
            raise UsageProblem("There is no standard input to read: name a file instead of -.")
        return sys.stdin.buffer.read(LARGEST + 1)
    try:
        with Path(file).expanduser().open("rb") as opened:
            return opened.read(LARGEST + 1)
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or "it is no file name"
        raise UsageProblem(f"{file} cannot be read ({reason}): name a codebook file.") from problem
