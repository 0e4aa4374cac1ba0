"""Codebooks as files: read as far as one may be long, and written so that the old file stays whole until the end."""

from __future__ import annotations

from pathlib import Path

from reader.annotations.codebook import Codebook
from reader.annotations.codebook_toml import LARGEST, parse
from reader.annotations.codebook_written import written
from reader.errors import UsageProblem
from reader.formats.writing import replacing


def source(path: Path) -> bytes:
    """What is in the file; UsageProblem where it cannot be read."""
    try:
        with path.open("rb") as opened:
            return opened.read(LARGEST + 1)
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or "it is no file name"
        raise UsageProblem(f"{path} cannot be read ({reason}): name a codebook file.") from problem


def read(path: Path) -> Codebook:
    """The codebook in the file; UsageProblem where it cannot be read, BadInput, with its line, where it is none."""
    return parse(source(path), path.name)


def write(codebook: Codebook, path: Path) -> None:
    """Writes the codebook to the file; UsageProblem where no file can be made there."""
    with replacing(path) as out:
        out.write(written(codebook).encode())
