"""The commit alone, in a process of its own that has no screen."""

from __future__ import annotations

import select
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from bench.errors import BenchProblem
from bench.pane.homes import TOP
from bench.terminal import PATIENCE, Answer


class Commits:
    """`with Commits(…) as commits:` — marks one span after the other in a database."""

    def __init__(self, database: Path, tag: str, environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.pane.marking", str(database), tag],
            cwd=TOP,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
        )

    def __enter__(self) -> Commits:
        """The process, started."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it."""
        self._process.kill()
        self._process.communicate()

    def mark(self, start: int, end: int) -> Answer:
        """Mark these code points: how long that took until it was on the disk."""
        asked, answers = self._process.stdin, self._process.stdout
        assert asked is not None
        assert answers is not None
        asked.write(b"%d %d\n" % (start, end))
        if not select.select([answers], [], [], PATIENCE)[0]:
            raise BenchProblem(f"Marking without a screen has not ended in {PATIENCE:.0f} s.")
        answer = answers.readline()
        if not answer:
            raise BenchProblem("Marking without a screen has failed; its message is above.")
        ms, waited = map(float, answer.split())
        return Answer(ms, 0, waited)
