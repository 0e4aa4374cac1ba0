"""A terminal to run `reader` in: a real pseudo-terminal, with a screen that tests can read and a keyboard to press.

It answers what a present-day xterm answers, and it counts cells from 0, x to the right and y down.
"""

from __future__ import annotations

import contextlib
import os
import pty
import re
import select
import signal
import sys
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType

import pyte

PATIENCE = 30.0
"""Seconds after which something that has not come is said not to come at all; a slow machine needs some of them."""

KEYS = {
    "Tab": "\t", "Shift+Tab": "\x1b[Z", "Enter": "\r", "Esc": "\x1b", "Backspace": "\x7f", "Delete": "\x1b[3~",
    "Up": "\x1b[A", "Down": "\x1b[B", "Right": "\x1b[C", "Left": "\x1b[D",
    "Shift+Up": "\x1b[1;2A", "Shift+Down": "\x1b[1;2B", "Shift+Right": "\x1b[1;2C", "Shift+Left": "\x1b[1;2D",
    "Ctrl+Right": "\x1b[1;5C", "Ctrl+Left": "\x1b[1;5D", "Home": "\x1b[H", "End": "\x1b[F",
    "Ctrl+Home": "\x1b[1;5H", "Ctrl+End": "\x1b[1;5F", "PageUp": "\x1b[5~", "PageDown": "\x1b[6~", "Space": " ",
    "Ctrl+Q": "\x11", "Ctrl+Z": "\x1a", "Ctrl+U": "\x15", "Ctrl+S": "\x13",
    "Ctrl+C": "\x03", "Ctrl+E": "\x05",
}  # fmt: skip
"""What a plain xterm sends."""

_MODES = ((b"?1049h", b"?1049l"), (b"?1000h", b"?1000l"), (b"?1003h", b"?1003l"), (b"?1006h", b"?1006l"),
          (b"?1015h", b"?1015l"), (b"?1004h", b"?1004l"), (b"?2004h", b"?2004l"), (b"?25l", b"?25h"),
          (b"?7l", b"?7h"), (b">25u", b"<u"))  # fmt: skip
"""What the app asks of the terminal and how it is taken back: another screen, reports of the mouse (four times) and of
the focus, marks around what is pasted, no cursor, no wrapping, keys in kitty's way."""

_QUERY = re.compile(rb"\x1b\[\?(\d+)\$p|\x1b\[(c|6n|5n)")
# pyte draws parts of these as if they were letters.
_BEYOND_PYTE = re.compile(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
# Joiners and variation selectors, which take no cell; pyte drops the rest of the row with them.
_NO_CELL = re.compile(rb"\xe2\x80[\x8c\x8d]|\xef\xb8[\x80-\x8f]")
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-9;?<>=]*[ $]?|\][^\x07\x1b]*\x1b?)?\Z")
_FRAME_BEGINS = b"\x1b[?2026h"
_FRAME_ENDS = b"\x1b[?2026l"

CURSOR = "e8e3d8"
"""The ground of the cursor in the app's own dark theme."""

Condition = str | Callable[[], bool]


class Terminal:
    """`with Terminal("article.txt") as terminal:` — at the end whatever still runs is killed."""

    def __init__(
        self,
        *args: str | Path,
        columns: int = 120,
        rows: int = 36,
        piped: bytes | None = None,
        script: Path | None = None,
        environment: Mapping[str, str | None] | None = None,
    ) -> None:
        """Run `reader args…`, or the Python script instead of it; `piped` is what comes in by a pipe."""
        self.written = b""
        """Everything that came from the program, as it came."""
        self.on_frame: Callable[[], None] = lambda: None
        """Called whenever the screen is whole."""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._unfinished = b""
        self._half_a_frame = b""
        self._code: int | None = None
        here = Path(sys.executable).parent / "reader"
        command = [str(here)] if here.exists() else [sys.executable, "-m", "reader"]
        command = [sys.executable, str(script)] if script else command
        variables = dict(os.environ) | {"TERM": "xterm-256color", "COLORTERM": "truecolor", **(environment or {})}
        for name in ("COLUMNS", "LINES", "TMUX", "SSH_CONNECTION", "DISPLAY", "WAYLAND_DISPLAY"):
            variables.pop(name, None)
        given = {name: value for name, value in variables.items() if value is not None}
        # The program holds the other end of this pipe as long as it lives.
        self._life, lifeline = os.pipe()
        os.set_inheritable(lifeline, True)
        entrance, exit_ = os.pipe()
        self.pid, self._keyboard = pty.fork()
        if self.pid == 0:
            with contextlib.suppress(BaseException):
                termios.tcsetwinsize(0, (rows, columns))
                if piped is not None:
                    os.dup2(entrance, 0)
                os.execve(command[0], [*command, *map(str, args)], given)
            os._exit(99)
        self._before = termios.tcgetattr(self._keyboard)[:4]
        os.close(lifeline)
        os.close(entrance)
        if piped is not None:
            os.write(exit_, piped)
        os.close(exit_)

    def __enter__(self) -> Terminal:
        """The terminal, switched on."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Switch it off."""
        if self._code is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        self.close()
        os.close(self._life)

    # What is seen

    @property
    def columns(self) -> int:
        """How wide the screen is."""
        return int(self._screen.columns)

    @property
    def rows(self) -> int:
        """How high the screen is."""
        return int(self._screen.lines)

    def _cells(self, y: int) -> list[pyte.screens.Char]:
        return [self._screen.buffer[y][x] for x in range(self.columns)]

    def line(self, y: int) -> str:
        """A row of the screen, from the bottom where `y` is negative."""
        return "".join(cell.data for cell in self._cells(y % self.rows)).rstrip()

    @property
    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.line(y) for y in range(self.rows))

    @property
    def status(self) -> str:
        """The line that says what the selection is and what was just saved."""
        return self.line(-2).strip()

    def find(self, words: str) -> tuple[int, int]:
        """The cell where these words begin, the first of several; they stand in one row."""
        for y in range(self.rows):
            at = self.line(y).find(words)
            if at >= 0:
                return self.cell(y, at), y
        raise AssertionError(f"“{words}” is not on the screen:\n{self.text}")

    def cell(self, y: int, character: int) -> int:
        """The cell in which this code point of `line(y)` stands."""
        passed = 0
        for x, cell in enumerate(self._cells(y)):
            passed += len(cell.data)
            if passed > character:
                return x
        return self.columns

    def on_ground(self, colour: str) -> str:
        """All that stands on this ground (six hex digits), row by row; between rows a blank."""
        found = []
        for y in range(self.rows):
            cells = [cell.data for cell in self._cells(y) if cell.bg == colour]
            if cells:
                found.append("".join(cells))
        return " ".join(found)

    def is_restored(self) -> bool:
        """Whether the terminal is as it was before the program ran."""
        changed = [on for on, off in _MODES if self.written.rfind(b"\x1b[" + off) <= self.written.rfind(b"\x1b[" + on)]
        return not changed and termios.tcgetattr(self._keyboard)[:4] == self._before

    # What is done

    def send(self, text: str | bytes) -> None:
        """These characters, exactly."""
        data = text.encode() if isinstance(text, str) else text
        while data:
            _, ready, _ = select.select([], [self._keyboard], [], 0)
            # The program reads keys only while somebody reads what it writes.
            if not ready:
                self._read(1.0)
                continue
            data = data[os.write(self._keyboard, data[:256]) :]

    def press(self, *keys: str) -> None:
        """Keys by name, or a string typed letter by letter."""
        self.send("".join(KEYS.get(key, key) for key in keys))

    def do(self, *keys: str, until: Condition) -> None:
        """Press keys and wait for what they bring."""
        self.press(*keys)
        self.wait_for(until)

    def mouse(self, code: int, x: int, y: int, *, up: bool = False) -> None:
        """One report of the mouse (SGR): 0 the left button, 32 more while it moves, 64 and 65 the wheel."""
        self.send(f"\x1b[<{code};{x + 1};{y + 1}{'m' if up else 'M'}")

    def click(self, x: int, y: int, *, times: int = 1) -> None:
        """The left button, `times` times in a row."""
        for _ in range(times):
            self.mouse(0, x, y)
            self.mouse(0, x, y, up=True)

    def drag(self, begin: tuple[int, int], end: tuple[int, int]) -> None:
        """The left button goes down in one cell and up in another, with a few cells between."""
        self.mouse(0, *begin)
        for part in (1, 2, 3):
            x = begin[0] + (end[0] - begin[0]) * part // 3
            y = begin[1] + (end[1] - begin[1]) * part // 3
            self.mouse(32, x, y)
        self.mouse(0, *end, up=True)

    def paste(self, text: str) -> None:
        """What the terminal sends when something is pasted."""
        self.send(f"\x1b[200~{text}\x1b[201~")

    def resize(self, columns: int, rows: int) -> None:
        """The window gets another size."""
        self._screen.resize(rows, columns)
        self._screen.reset()
        termios.tcsetwinsize(self._keyboard, (rows, columns))

    def kill(self, number: signal.Signals) -> None:
        """A signal to the program."""
        os.kill(self.pid, number)

    def close(self) -> None:
        """The window is closed."""
        if self._keyboard >= 0:
            os.close(self._keyboard)
            self._keyboard = -1

    # What is waited for

    def wait_for(self, what: Condition, seconds: float = PATIENCE) -> None:
        """Until these words are on the screen, or this is true."""
        if not self._until((lambda: what in self.text) if isinstance(what, str) else what, seconds):
            raise AssertionError(f"Waited in vain for {what!r}:\n{self.text}\n{self.written[-600:]!r}")

    def watch(self, seconds: float) -> None:
        """Look on for so long, whatever comes."""
        self._until(lambda: False, seconds)

    def wait_until_open(self) -> None:
        """Until the article is on the screen, down to the keys in its last line."""
        self.wait_for(lambda: " c claim " in self.line(-1))

    def ask(self, key: str, title: str) -> None:
        """Press a key that opens a dialog of this title, and wait until it takes letters: a cursor stands in it."""
        self.press(key)
        self.wait_for(lambda: title in self.text and self._has_cursor_under(title))

    def _has_cursor_under(self, title: str) -> bool:
        x, y = self.find(title)
        rows = range(y + 1, min(y + 4, self.rows))
        return any(cell.bg == CURSOR for row in rows for cell in self._cells(row)[x:])

    def end(self, seconds: float = PATIENCE) -> int:
        """Wait until the program has ended; its exit code, or minus the signal that ended it."""
        if self._code is None:
            while self._keyboard >= 0 and self._read(seconds):
                pass
            if not select.select([self._life], [], [], seconds)[0]:
                raise AssertionError(f"It does not end:\n{self.text}")
            self._code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self._code

    def _until(self, is_so: Callable[[], bool], seconds: float) -> bool:
        end = time.monotonic() + seconds
        while not is_so():
            left = end - time.monotonic()
            if left <= 0 or not self._read(left):
                return is_so()
        return True

    def _read(self, seconds: float) -> bool:
        """Take in what comes within this time; False where nothing comes any more."""
        if not select.select([self._keyboard], [], [], seconds)[0]:
            return False
        try:
            some = os.read(self._keyboard, 1 << 16)
        except OSError:
            return False
        self.written += some
        data = self._unfinished + some
        rest = _UNFINISHED.search(data)
        self._unfinished = rest.group() if rest else b""
        data = data[: len(data) - len(self._unfinished)]
        for query in _QUERY.finditer(data):
            os.write(self._keyboard, _answer(query, self._screen))
        *frames, tail = _NO_CELL.sub(b"", _BEYOND_PYTE.sub(b"", self._half_a_frame + data)).split(_FRAME_ENDS)
        for frame in frames:
            self._stream.feed(frame)
            self.on_frame()
        # A frame is shown when it is whole, as a terminal does that understands where frames begin and end.
        begin = tail.find(_FRAME_BEGINS)
        self._half_a_frame = tail[begin:] if begin >= 0 else b""
        self._stream.feed(tail[: begin if begin >= 0 else len(tail)])
        return bool(some)


def _answer(query: re.Match[bytes], screen: pyte.Screen) -> bytes:
    if query.group(1):
        # Frames that appear at once are understood; a change of size comes as a signal.
        return b"\x1b[?%s;%d$y" % (query.group(1), 2 if query.group(1) == b"2026" else 0)
    if query.group(2) == b"6n":
        return b"\x1b[%d;%dR" % (screen.cursor.y + 1, screen.cursor.x + 1)
    return b"\x1b[?64;1;22c" if query.group(2) == b"c" else b"\x1b[0n"


def after_the_screen(written: bytes) -> bytes:
    """What was printed once the program's own screen was left."""
    return written.rpartition(b"\x1b[?1049l")[2]
