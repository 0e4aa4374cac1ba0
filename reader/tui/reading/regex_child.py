"""Finding a regular expression, as a program of its own: it can be ended however long the expression takes.

`re` can't be interrupted, nor does it let other threads run, and there are expressions that take longer than
anybody lives. This file is run by `regex.py`, by its path and without the rest of the program. It reads a line of
JSON and the text in UTF-8 from its input, and writes a line of JSON for each stretch that it has gone through,
with the hits in it behind the line: their starts, then their ends, as unsigned 32-bit numbers.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
import warnings
from array import array
from collections.abc import Iterator
from typing import BinaryIO

STRETCH = 1 << 17
"""Code points between two reports."""

LONGEST = 1 << 16
"""Code points that a hit can take at the most."""

SECONDS = 20
"""How long a stretch may take before this program ends by itself, should nobody be there to end it."""

MEMORY = 2 << 30
"""Bytes that an expression may take."""


def main(source: BinaryIO, out: BinaryIO) -> None:
    """Answer one question."""
    _limit()
    asked = json.loads(source.readline())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sought = re.compile(asked["pattern"], re.IGNORECASE | re.MULTILINE)
        text = source.read().decode()
        first = next(_hits(sought, text, asked["from"], asked["from"] + STRETCH), None)
        _report(out, {"first": first})
        at = 0
        while at < len(text):
            end = min(at + STRETCH, len(text))
            starts, ends, last = array("I"), array("I"), at
            for start, last in _hits(sought, text, at, end):
                starts.append(start)
                ends.append(last)
            at = max(end, last)
            _report(out, {"at": at, "hits": len(starts)}, starts.tobytes() + ends.tobytes())
    except re.error as problem:
        where = "" if problem.pos is None else f" (character {problem.pos + 1})"
        _report(out, {"problem": f"No regex yet: {problem.msg}{where}."})
    except (MemoryError, RecursionError, OverflowError):
        _report(out, {"problem": "This regex is too much for this text: make it smaller or more exact."})


def _hits(sought: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Start and end of each hit that begins in a range and is not empty."""
    for found in sought.finditer(text, start, min(len(text), end + LONGEST)):
        if found.start() >= end:
            return
        if found.end() > found.start():
            yield found.span()


def _report(out: BinaryIO, line: dict[str, object], hits: bytes = b"") -> None:
    _stay()
    out.write(json.dumps(line).encode() + b"\n" + hits)
    out.flush()


def _stay() -> None:
    """Go on for so long from now."""
    with contextlib.suppress(ImportError, AttributeError):
        import signal

        signal.alarm(SECONDS)


def _limit() -> None:
    _stay()
    # Whoever types is served first.
    with contextlib.suppress(AttributeError, OSError):
        os.nice(10)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
