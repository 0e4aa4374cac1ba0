"""The `sqlite3` shell as a yardstick: how long it takes for a query, and what memory a program needs."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.errors import BenchProblem

RUNS = 5
"""How often the shell is started for one figure: the quickest counts."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A program that was run to its end."""

    seconds: float
    cpu_seconds: float
    """Those in which a processor worked for it, whatever else the machine did meanwhile."""
    peak_mb: float
    """The most memory that it had, in MB of 2^20 bytes."""


def sqlite3() -> str:
    """The shell; BenchProblem where it is not installed."""
    found = shutil.which("sqlite3")
    if found is None:
        raise BenchProblem("The sqlite3 shell is not installed, so there is nothing to compare with: install sqlite3.")
    return found


def query_ms(database: Path, sql: str) -> float:
    """Milliseconds for opening the file and one query, beyond those that a shell takes to start."""
    asked, idle = (min(_session(database, each) for _ in range(RUNS)) for each in (sql, "SELECT 1"))
    return 1000 * max(1e-5, asked - idle)


def _session(database: Path, sql: str) -> float:
    began = time.perf_counter()
    done = subprocess.run([sqlite3(), "-readonly", str(database), sql], capture_output=True, check=False)
    seconds = time.perf_counter() - began
    if done.returncode:
        raise BenchProblem(f"The sqlite3 shell says: {done.stderr.decode(errors='replace').strip()}")
    return seconds


def run(command: Sequence[str], output: Path) -> Ended:
    """Run a program, what it writes into a file; BenchProblem where it does not end well."""
    with output.open("wb") as out, tempfile.TemporaryFile() as errors:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=errors)
        # Not `wait`: only this tells the memory of one child.
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        if process.returncode:
            raise BenchProblem(f"{Path(command[0]).name}: {errors.read().decode(errors='replace').strip()[-300:]}")
    return Ended(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
