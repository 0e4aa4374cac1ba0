"""A terminal to measure in: a real pseudo-terminal that notes when each byte came and draws only when nothing comes.

It answers what a present-day xterm answers. Cells count from 0, x to the right and y down.
"""

from __future__ import annotations

import contextlib
import os
import pty
import re
import select
import signal
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import pyte

from bench.errors import BenchProblem

COLUMNS, ROWS = 120, 40

PATIENCE = 60.0
"""Seconds after which a program that has not done what is waited for is given up."""

QUIET = 0.1
"""Seconds without a byte after which a program is idle; the byte before is the last one."""

LULL = 0.004
"""Seconds without a byte after which there is time to draw what came, without slowing down whoever writes."""

KEYS = {
    "up": b"\x1b[A", "down": b"\x1b[B", "right": b"\x1b[C", "left": b"\x1b[D",
    "shift+right": b"\x1b[1;2C", "shift+left": b"\x1b[1;2D", "shift+down": b"\x1b[1;2B", "shift+up": b"\x1b[1;2A",
    "ctrl+right": b"\x1b[1;5C", "ctrl+left": b"\x1b[1;5D", "ctrl+home": b"\x1b[1;5H", "ctrl+end": b"\x1b[1;5F",
    "pageup": b"\x1b[5~", "pagedown": b"\x1b[6~", "enter": b"\r", "esc": b"\x1b", "ctrl+q": b"\x11",
}  # fmt: skip
"""What a plain xterm sends; every other key is its own characters."""

_ARROWS = frozenset({"up", "down", "right", "left"})
_ARROWS_DIFFER = re.compile(rb"\x1b\[\?1([hl])")
"""A program asks for (or gives up) arrows that begin with ESC O instead of ESC [."""

_QUERY = re.compile(rb"\x1b\[\?(\d+)\$p|\x1b\[(>?)0?c|\x1b\[([56])n|\x1b\](1[01]);\?(?:\x07|\x1b\\)")
_LONGEST_QUERY = 16
# pyte draws parts of these as if they were letters.
_BEYOND_PYTE = re.compile(
    rb"\x1b\[[<>=][0-9;:]*[ -/]*[@-~]|\x1b\[\?[0-9;]*m|\x1b\[\??[0-9;]*\$[a-z]|\x1b\[[0-9;]*:[0-9;:]*m"
    rb"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1bP[^\x1b]*\x1b\\|\x1b_[^\x1b]*\x1b\\"
)
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-9;:?<>=]*[ -/]*|[\]P_][^\x07\x1b]*\x1b?)?\Z")
_FRAME_BEGINS = b"\x1b[?2026h"
_FRAME_ENDS = b"\x1b[?2026l"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a key, another size or the start brought."""

    ms: float
    """From there to the last byte before the program was idle, or to the end of the frame that was waited for."""
    bytes: int
    waited: float
    """Milliseconds of it, about, in which the program could have gone on and something else had the processor."""


class Terminal:
    """`with Terminal(command, environment) as terminal:` — at the end whatever still runs is killed."""

    def __init__(
        self,
        command: Sequence[str | Path],
        environment: Mapping[str, str],
        *,
        folder: Path | None = None,
        patience: float = PATIENCE,
    ) -> None:
        """Run this command with these variables and no others, in `folder` where one is given."""
        self.name = Path(command[0]).name
        self.ended = False
        self._patience = patience
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self._undrawn: list[tuple[float, bytes]] = []
        self._unfinished = b""
        self._unasked = b""
        self._arrows_differ = False
        self._bytes = 0
        self._last = 0.0
        self._waits: list[tuple[float, float]] = []
        words = [str(word) for word in command]
        self._began = time.perf_counter()
        self.pid, self._keyboard = pty.fork()
        if self.pid == 0:
            with contextlib.suppress(BaseException):
                termios.tcsetwinsize(0, (ROWS, COLUMNS))
                if folder is not None:
                    os.chdir(folder)
                os.execvpe(words[0], words, dict(environment))
            os._exit(127)

    def __enter__(self) -> Terminal:
        """The terminal, switched on."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Switch it off."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._keyboard)

    # What is seen

    def line(self, y: int) -> str:
        """A row of the screen, from the bottom where `y` is negative."""
        return str(self._screen.display[y]).rstrip()

    @property
    def text(self) -> str:
        """The whole screen."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def find(self, words: str) -> tuple[int, int] | None:
        """The cell (x, y) where these words begin, the first of several; they stand in one row of narrow letters."""
        for y, line in enumerate(self._screen.display):
            x = line.find(words)
            if x >= 0:
                return x, y
        return None

    def ground(self, x: int, y: int) -> str:
        """The colour (six hex digits or a name) behind a cell."""
        return str(self._screen.buffer[y][x].bg)

    def peak_memory(self) -> float:
        """The most memory that the program has had so far (VmHWM), in MB of 2^20 bytes."""
        with contextlib.suppress(OSError), open(f"/proc/{self.pid}/status", encoding="ascii") as status:
            for line in status:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) / 1024
        raise BenchProblem(f"{self.name} has ended, or this system does not tell its memory.")

    # What is done

    def press(self, *keys: str) -> Answer:
        """These keys at once, and what they bring until the program is idle."""
        before, waited = self._bytes, self._waited()
        began = time.perf_counter()
        self._send(b"".join(map(self._sent, keys)))
        self._rest(f"after {' '.join(keys)}")
        answer = Answer((self._last - began) * 1000, self._bytes - before, self._waits[-1][1] - waited)
        self._draw()
        return answer

    def press_for(self, key: str, words: str) -> Answer:
        """This key, until the end of the first frame that has these words; then until the program is idle."""
        if words in self.text:
            raise BenchProblem(f"{words} is on the screen of {self.name} before {key} is pressed.")
        before, waited = self._bytes, self._waited()
        began = time.perf_counter()
        self._send(self._sent(key))
        shown = self.wait_for(words)
        self.settle(QUIET)
        return Answer(shown.ms - (began - self._began) * 1000, shown.bytes - before, shown.waited - waited)

    def resize(self, columns: int, rows: int) -> Answer:
        """The window gets another size; until the end of the first frame that is as the screen is at rest."""
        self._screen.resize(rows, columns)
        self._screen.reset()
        before, waited = self._bytes, self._waited()
        began = time.perf_counter()
        termios.tcsetwinsize(self._keyboard, (rows, columns))
        self._rest("after another size")
        seen: list[tuple[float, str]] = []

        def look(at: float) -> bool:
            seen.append((at, self.text))
            return False

        self._draw(look)
        whole = next(at for at, text in seen if text == self.text)
        waited_then = next(waited for at, waited in self._waits if at == whole)
        return Answer((whole - began) * 1000, self._bytes - before, waited_then - waited)

    # What is waited for

    def wait_for(self, what: str | Callable[[], bool], told: str = "") -> Answer:
        """Until these words are on the screen, or this is true (`told` says what); counted from the program's start."""
        found: list[float] = []

        def look(at: float) -> bool:
            if what in self.text if isinstance(what, str) else what():
                found.append(at)
            return bool(found)

        until = time.perf_counter() + self._patience
        waited = self._waited()
        look(time.perf_counter())
        while not found:
            left = until - time.perf_counter()
            if left <= 0 or (self.ended and not self._undrawn):
                so_far = "has ended" if self.ended else f"has gone on for {self._patience:.0f} s"
                raise BenchProblem(f"{self.name} {so_far} without {told or what}. Its screen: {self._tail()}")
            if not self._read(LULL if self._undrawn else left):
                waited = self._waited()
                self._draw(look)
        return Answer((found[0] - self._began) * 1000, self._bytes, waited)

    def settle(self, quiet: float) -> None:
        """Until nothing has come for `quiet` seconds."""
        until = time.perf_counter() + self._patience
        while self._read(quiet):
            if time.perf_counter() > until:
                raise BenchProblem(f"{self.name} does not come to rest. Its screen: {self._tail()}")
        self._draw()

    def end(self) -> None:
        """Until the program has closed the terminal."""
        until = time.perf_counter() + self._patience
        while not self.ended and time.perf_counter() < until:
            self._read(self._patience)
        if not self.ended:
            raise BenchProblem(f"{self.name} does not end. Its screen: {self._tail()}")

    def _waited(self) -> float:
        """Milliseconds that the program's threads have stood in line for a processor; 0 where the system won't tell."""
        waited = 0
        for thread in Path(f"/proc/{self.pid}/task").glob("*/schedstat"):
            with contextlib.suppress(OSError):
                waited += int(thread.read_text(encoding="ascii").split()[1])
        return waited / 1e6

    def _send(self, data: bytes) -> None:
        # A program that has just ended takes nothing any more; that it has, is found by reading.
        with contextlib.suppress(OSError):
            os.write(self._keyboard, data)

    def _sent(self, key: str) -> bytes:
        if key in _ARROWS and self._arrows_differ:
            return KEYS[key].replace(b"[", b"O")
        return KEYS.get(key, key.encode())

    def _rest(self, when: str) -> None:
        if not self._read(self._patience):
            raise BenchProblem(f"{self.name} wrote nothing {when}. Its screen: {self._tail()}")
        until = time.perf_counter() + self._patience
        self._waits = [(self._last, self._waited())]
        while self._read(QUIET):
            self._waits.append((self._last, self._waited()))
            if time.perf_counter() > until:
                raise BenchProblem(f"{self.name} goes on writing {when}. Its screen: {self._tail()}")

    def _tail(self) -> str:
        return " / ".join(line for line in self.text.splitlines() if line.strip())[-300:] or "empty"

    def _read(self, seconds: float) -> bool:
        """Take in what comes within this time; False where nothing came."""
        if self.ended or not select.select([self._keyboard], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._keyboard, 1 << 16)
        except OSError:
            data = b""
        now = time.perf_counter()
        if not data:
            self.ended = True
            return False
        self._last = now
        self._bytes += len(data)
        self._undrawn.append((now, data))
        if b"\x1b" in self._unasked or b"\x1b" in data:
            for wanted in _ARROWS_DIFFER.finditer(data):
                self._arrows_differ = wanted.group(1) == b"h"
            asked = self._unasked + data
            end = 0
            for query in _QUERY.finditer(asked):
                self._send(self._answer(query))
                end = query.end()
            self._unasked = asked[max(end, len(asked) - _LONGEST_QUERY) :]
        return True

    def _answer(self, query: re.Match[bytes]) -> bytes:
        mode, secondary, status, colour = query.groups()
        if mode is not None:
            # Frames that appear at once are understood; a change of size comes as a signal.
            return b"\x1b[?%s;%d$y" % (mode, 2 if mode == b"2026" else 0)
        if status is not None:
            return b"\x1b[1;1R" if status == b"6" else b"\x1b[0n"
        if colour is not None:
            return b"\x1b]%s;rgb:%s\x1b\\" % (colour, b"ffff/ffff/ffff" if colour == b"10" else b"0000/0000/0000")
        return b"\x1b[>41;354;0c" if secondary else b"\x1b[?64;1;22c"

    def _draw(self, enough: Callable[[float], bool] = lambda at: False) -> None:
        """Draw what came; `enough` is told when the last byte of each whole frame came, and may stop it."""
        while self._undrawn:
            at, some = self._undrawn.pop(0)
            data, self._unfinished = self._unfinished + some, b""
            frame, end, rest = data.partition(_FRAME_ENDS)
            if end:
                if rest:
                    self._undrawn.insert(0, (at, rest))
            else:
                # A frame is shown when it is whole, as by a terminal that understands where frames begin and end.
                held = data.find(_FRAME_BEGINS)
                if held < 0:
                    cut = _UNFINISHED.search(data)
                    held = cut.start() if cut else len(data)
                frame, self._unfinished = data[:held], data[held:]
            self._stream.feed(_BEYOND_PYTE.sub(b"", frame))
            if enough(at):
                return
