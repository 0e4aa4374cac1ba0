"""The finished example, as a private copy: what is tried out there touches neither it nor the user's own library."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import reader
from reader import paths
from reader.errors import NotFound, StorageProblem

EXAMPLE = "annotations.db.example"


def copy(*, fresh: bool = False) -> Path:
    """The user's copy of the example, made where there is none yet, or anew where `fresh`."""
    target = paths.data_folder() / "demo.db"
    if target.exists() and not fresh:
        return target
    source = _example()
    unfinished = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        paths.made(target.parent)
        shutil.copyfile(source, unfinished)
        # A journal left by a demo that was killed belongs to the old copy.
        target.with_name(f"{target.name}-journal").unlink(missing_ok=True)
        os.replace(unfinished, target)
    except OSError as problem:
        unfinished.unlink(missing_ok=True)
        raise StorageProblem(
            f"The demo could not be copied to {target} ({problem.strerror}): make room, or allow writing there."
        ) from problem
    return target


def _example() -> Path:
    """Inside the installed package, or at the top of a checkout."""
    package = Path(reader.__file__).resolve().parent
    for folder in (package, package.parent):
        if (folder / EXAMPLE).is_file():
            return folder / EXAMPLE
    raise NotFound("The example is not in this installation: install closereader again.")
