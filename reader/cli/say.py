"""What the command line writes: names, titles and paths are other people's text and never reach the terminal raw."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, TextIO, TypeVar

from reader.documents.normalise import safe
from reader.errors import ReaderError

_Item = TypeVar("_Item")


@contextmanager
def output() -> Iterator[BinaryIO]:
    """The standard output for bytes, flushed at the end; ReaderError where it takes no more (a full disk, say)."""
    try:
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as problem:
        # What is still in the buffer would fail once more when the interpreter ends.
        silence()
        raise ReaderError(unwritten(problem)) from problem


def unwritten(problem: OSError) -> str:
    """What is said where the standard output takes no more."""
    return f"The output cannot be written ({problem.strerror}): send it somewhere else."


def silence(stream: TextIO | None = None) -> None:
    """Nobody hears the standard output (or another stream) any more."""
    hole = os.open(os.devnull, os.O_WRONLY)
    os.dup2(hole, (stream or sys.stdout).fileno())
    os.close(hole)


def say(text: str = "") -> None:
    """One line, or several, on stdout; control characters become visible signs."""
    line = f"{safe(text, lines=True)}\n"
    with output() as out:
        out.write(line.encode(sys.stdout.encoding, "replace"))


def tell(text: str) -> None:
    """A line beside the result, on stderr."""
    try:
        sys.stderr.write(safe(text, lines=True) + "\n")
        sys.stderr.flush()
    except OSError:
        # The terminal is gone (its window was closed): there is nobody left to tell.
        silence(sys.stderr)


def complain(text: str) -> None:
    """What went wrong, on stderr."""
    tell(f"reader: {text}")


def shown(text: str, width: int) -> str:
    """The text on one line, cut to `width` characters with an ellipsis."""
    line = " ".join(safe(text).split())
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


def counted(number: int, one: str, many: str = "") -> str:
    """`1 mark`, `312 marks`, `1,204 words`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def watched(items: Iterable[_Item], label: str, total: int | None = None) -> Iterator[_Item]:
    """The items, with their number so far on stderr where that is a terminal and it takes longer than a moment."""
    if not sys.stderr.isatty():
        yield from items
        return
    of = f" of {total:,}" if total is not None else ""
    next_time = time.monotonic() + 0.5
    drawn = False
    try:
        for number, item in enumerate(items, 1):
            if time.monotonic() >= next_time:
                sys.stderr.write(f"\r{safe(label)} {number:,}{of} …\x1b[K")
                sys.stderr.flush()
                drawn = True
                next_time = time.monotonic() + 0.1
            yield item
    finally:
        if drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
