"""Finding a regular expression in the open article: another process looks, this one only ever reads its answers.

So no expression holds up a key. Where one stretch of the text takes longer than `PATIENCE`, the process is ended
and `problem` says so.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reader.documents.span import Span

PATIENCE = 3.0
"""Seconds that one stretch of the text may take."""

MOST_KEPT = 4_000_000
"""Hits whose places are kept (8 bytes each); further ones are only counted."""

_CHILD = Path(__file__).with_name("regex_child.py")
_SENT = 1 << 17


class RegexSearch:
    """A regular expression looked for in one text, from a place on; `run` does it."""

    def __init__(self, expression: str, text: str, offset: int) -> None:
        self.problem = ""
        """What is wrong with the expression, as a sentence; empty where nothing is."""
        self.is_counted = False
        """Whether all hits have been counted, or never will be."""
        self.total = 0
        """How many hits there are, as far as they have been counted."""
        self._expression = expression
        self._text = text
        self._offset = offset
        self._first: Span | None = None
        self._at = 0
        self._starts = array("I")
        self._ends = array("I")

    def number(self, start: int) -> int | None:
        """Which hit it is that begins at `start`, or the last one before; None as long as that is not known."""
        place = bisect_left(self._starts, start + 1)
        kept = place < len(self._starts) or self.total == len(self._starts)
        return place if place and kept and (self._at > start or self.is_counted) else None

    @property
    def percent(self) -> int:
        """How much of the text has been gone through."""
        return 100 * self._at // max(1, len(self._text))

    def count(self) -> Iterator[int | None]:
        """How many percent of the text have been gone through and None, for waiting, by turns, until all has."""
        while not self.is_counted:
            yield self.percent
            yield None

    def look(self, offset: int, forward: bool) -> Iterator[int | Span | None]:
        """The hit that begins at `offset` or behind it, else the first one; or the last before it, else the last one.

        Gives how many percent have been gone through and None, for waiting, by turns; at last the hit. Nothing more
        where there is none, or it is behind those that are kept.
        """
        while True:
            place = bisect_left(self._starts, offset)
            if forward and offset == self._offset and self._first is not None:
                yield self._first
                return
            if forward and place < len(self._starts):
                yield self._hit(place)
                return
            all_kept = len(self._starts) == self.total
            if not forward and place and self._at >= offset and (all_kept or place < len(self._starts)):
                yield self._hit(place - 1)
                return
            if self.is_counted:
                break
            yield self.percent
            yield None
        if self._starts and all_kept:
            yield self._hit(0 if forward else -1)

    def within(self, start: int, end: int) -> tuple[Span, ...]:
        """The hits that begin in a range, as far as they are known."""
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        known = tuple(self._hit(place) for place in range(low, high))
        return known or ((self._first,) if self._first and start <= self._first.start < end else ())

    def _hit(self, place: int) -> Span:
        return Span(self._starts[place], self._ends[place])

    async def run(self) -> None:
        """Look through the text from end to end. To be cancelled when nobody wants to know any more."""
        starting = asyncio.ensure_future(asyncio.create_subprocess_exec(
            sys.executable, "-I", "-S", str(_CHILD),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        ))  # fmt: skip
        given_up = await _ended(starting)
        try:
            process = starting.result()
        except OSError as error:
            self.problem = f"The program that looks for regexes could not be started ({error}): look for plain words."
            self.is_counted = True
            return
        asking = asyncio.create_task(self._ask(process))
        has_answered = False
        try:
            if given_up:
                raise asyncio.CancelledError
            await self._listen(process, asking)
            has_answered = True
        except TimeoutError:
            self.problem = f"This regex takes too long, it was stopped at {self.percent} %: make it more exact."
        except (asyncio.IncompleteReadError, ValueError):
            self.problem = "This regex is too much for this text: make it smaller or more exact."
        finally:
            self.is_counted = True
            self._at = len(self._text)
            asking.cancel()
            if not has_answered and process.returncode is None:
                # Not by `process.kill`: that asks first whether it has ended, which only asyncio may ask.
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process.pid, signal.SIGTERM)
            if process.stdin is not None:
                process.stdin.close()
            # To the end of what it says, when its pipes are closed too.
            await _ended(asyncio.ensure_future(process.communicate()))

    async def _ask(self, process: asyncio.subprocess.Process) -> None:
        source = process.stdin
        if source is None:
            return
        try:
            source.write(json.dumps({"pattern": self._expression, "from": self._offset}).encode() + b"\n")
            for at in range(0, len(self._text), _SENT):
                source.write(self._text[at : at + _SENT].encode())
                await asyncio.wait_for(source.drain(), PATIENCE)
            source.close()
        except ConnectionError:
            # It ends before it has read everything only when it fails, and then there is no answer either.
            return

    async def _listen(self, process: asyncio.subprocess.Process, asking: asyncio.Task[None]) -> None:
        answers = process.stdout
        if answers is None:
            return
        await asking
        while self._at < len(self._text) or not self._text:
            line = await asyncio.wait_for(answers.readline(), PATIENCE)
            answer = json.loads(line)
            if "problem" in answer:
                self.problem = answer["problem"]
                return
            if "first" in answer:
                self._first = Span(*answer["first"]) if answer["first"] else None
                if not self._text:
                    return
                continue
            many = answer["hits"]
            starts, ends = array("I"), array("I")
            starts.frombytes(await answers.readexactly(starts.itemsize * many))
            ends.frombytes(await answers.readexactly(ends.itemsize * many))
            self.total += many
            room = MOST_KEPT - len(self._starts)
            self._starts += starts[:room]
            self._ends += ends[:room]
            self._at = answer["at"]


async def _ended(task: asyncio.Future[Any]) -> bool:
    """Until it has ended, also where somebody gives up meanwhile, a second time say: whether that happened.

    Else a process would be left, by nobody waited for.
    """
    given_up = False
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError:
            given_up = True
    return given_up
