"""The bytes of a codebook file."""

from __future__ import annotations

import sys

from reader.annotations.codebook_toml import LARGEST
from reader.errors import UsageProblem
from reader.paths import as_typed
from reader.work import codebook_files


def source(file: str) -> bytes:
    """What is in the file (`-`: the standard input), read as far as a codebook may be long; UsageProblem where none."""
    if file == "-":
        if sys.stdin is None:
            raise UsageProblem("There is no standard input to read: name a file instead of -.")
        return sys.stdin.buffer.read(LARGEST + 1)
    return codebook_files.source(as_typed(file))
