"""How long the command line takes, from the start to the end, beside a bare import of sqlite_utils."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Final

from bench.errors import BenchProblem
from bench.library import READER
from bench.pane.homes import environment, reader_command
from bench.pane.sessions import Samples, Stage

REFERENCE: Final = 'python -c "import sqlite_utils"'

PATIENCE = 60
"""Seconds after which a command is said to hang."""


def starts(stage: Stage, runs: int) -> Samples:
    """Milliseconds of each command, one after the other, so many times; the first time only warms up."""
    library = ["--db", str(stage.database), "--as", READER]
    commands = {
        REFERENCE: [sys.executable, "-c", "import sqlite_utils"],
        "reader --version": [*reader_command(), "--version"],
        "reader list": [*reader_command(), "list", *library],
        "reader export": [*reader_command(), "export", *library],
    }
    samples: Samples = defaultdict(list)
    with tempfile.TemporaryDirectory(dir=stage.folder) as home:
        for number in range(runs + 1):
            for name, command in commands.items():
                taken = _timed(name, command, Path(home))
                if number:
                    samples[name].append(taken)
    return dict(samples)


def _timed(name: str, command: list[str], home: Path) -> float:
    began = time.perf_counter()
    try:
        subprocess.run(
            command, env=environment(home), cwd=home, stdin=subprocess.DEVNULL, capture_output=True, check=True,
            timeout=PATIENCE,
        )  # fmt: skip
    except subprocess.TimeoutExpired as problem:
        raise BenchProblem(f"{name} has not ended in {PATIENCE} s.") from problem
    except subprocess.CalledProcessError as problem:
        raise BenchProblem(f"{name} has failed: {problem.stderr.decode(errors='replace').strip()[-300:]}") from problem
    return (time.perf_counter() - began) * 1000
