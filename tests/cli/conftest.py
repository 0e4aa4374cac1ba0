"""Calling the command line: in this process where that says enough, else as the installed command."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from reader.cli.main import run


@dataclass(frozen=True)
class Said:
    """What a command line came to."""

    code: int
    out: str
    err: str


Reader = Callable[..., Said]


@pytest.fixture
def reader(capfdbinary: pytest.CaptureFixture[bytes]) -> Reader:
    """`reader("list", "--db", "x.db")` in this process."""

    def call(*args: str) -> Said:
        capfdbinary.readouterr()
        code = run(args)
        out, err = capfdbinary.readouterr()
        return Said(code, out.decode(), err.decode())

    return call


def started(*args: str, stdin: bytes = b"", **environment: str) -> Said:
    """The same in a process of its own, with pipes instead of a terminal."""
    done = subprocess.run(
        [sys.executable, "-m", "reader", *args],
        input=stdin,
        capture_output=True,
        env=os.environ | environment,
        timeout=60,
        check=False,
    )
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())


ARTICLE = """The bridge that nobody ordered
The bridge will cost 48 million crowns, according to a report that was quietly buried in the budget.
"We were asked for a crossing," Lindqvist said. "We were never asked what it was for."
"""


@pytest.fixture
def article() -> Path:
    """A small article in the current folder."""
    path = Path("bridge.txt")
    path.write_text(ARTICLE, encoding="utf-8")
    return path
