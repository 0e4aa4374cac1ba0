"""Sessions with `reader` and the bare app beside it, key by key: what one round of the table is worked out from."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from bench.article import PLACE, SOUGHT, WITNESS, words_from
from bench.errors import BenchProblem
from bench.library import READER, STRANGER, Library, copied
from bench.pane.bare import LINE
from bench.pane.commits import Commits
from bench.pane.homes import environment, reader_command, script
from bench.terminal import COLUMNS, ROWS, Answer, Terminal

MOVES = (
    "right", "right", "down", "down", "ctrl+right", "ctrl+right", "right", "down", "left", "ctrl+left", "up",
    "shift+right", "shift+right", "shift+down", ".", ".", "right", ",", "up", "down", "left", "up", "ctrl+right",
    "ctrl+left",
)  # fmt: skip
"""Keys that move the cursor or select, all of them inside the page."""

CURSOR = frozenset({"right", "left", "up", "down", "ctrl+right", "ctrl+left"})
"""Those of them that only move the cursor."""

MIDDLE = 18
"""The row of the screen where moving begins, so that nothing scrolls."""

WINDOWS = ((100, 40), (COLUMNS, ROWS), (90, 30), (COLUMNS, ROWS))
"""Sizes that the window gets, columns and rows."""

MARK_KEY, MARK_TAG, UNDO_KEY = "c", "claim", "U"

OVER = (("tag list", "enter", "Enter takes it"), ("note", "C", "Note on"), ("peek", "I", f" · {READER} · "))
"""What opens over the text: its key, and words that stand there when it is open."""

SETTLED = 0.4
"""Seconds without a byte after which nothing that a start puts off is still to come."""

_LONG_WORD = re.compile(r"\w{4,}")

Samples = dict[str, list[float]]
"""Everything measured in one round, by what it is; the times that were waited for a processor by `waiting`."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is measured in a round."""

    openings: int
    """First paints."""
    moves: int
    pages: int
    """Of each: page, end, home, hit, mark."""
    marks: int


FULL = Effort(openings=3, moves=48, pages=8, marks=20)
QUICK = Effort(openings=3, moves=24, pages=4, marks=8)


@dataclass(frozen=True, slots=True)
class Stage:
    """Where sessions with one library take place: a home in which the article was left in the middle."""

    library: Library
    folder: Path
    home: Path

    @property
    def database(self) -> Path:
        """What `reader` works in."""
        return self.folder / "library.db"

    @property
    def apart(self) -> Path:
        """The same again, for commits alone."""
        return self.folder / "apart.db"

    @contextmanager
    def fresh_home(self) -> Iterator[Path]:
        """A home like the prepared one, for one session."""
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            yield Path(shutil.copytree(self.home, Path(folder) / "home"))


def waiting(name: str) -> str:
    """Where the part of the times of this name stands in which something else had the processor."""
    return f"{name}, waiting"


def note(samples: Samples, name: str, answer: Answer) -> None:
    """One more time of this name."""
    samples[name].append(answer.ms)
    samples[waiting(name)].append(answer.waited)


LEAST_MS = 0.1
"""No time is less; the two clocks that are subtracted do not agree to the microsecond."""


def unhindered(samples: Samples) -> Samples:
    """The same as it would have been, about, had there always been a processor."""
    return {
        name: [max(LEAST_MS, ms - waited) for ms, waited in zip(values, samples[waiting(name)], strict=True)]
        if waiting(name) in samples
        else values
        for name, values in samples.items()
    }


@contextmanager
def staged(library: Library, folder: Path) -> Iterator[Stage]:
    """A stage in a folder of its own inside `folder`, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix=".stage-", dir=folder) as inside:
        stage = Stage(library, Path(inside), Path(inside) / "home")
        stage.home.mkdir()
        for copy in (stage.database, stage.apart):
            copied(library.database, copy)
        for who in (READER, STRANGER):
            with _reader(stage, stage.home, who) as terminal:
                terminal.wait_for(lambda: _is_complete(terminal), "all marks in the list")
                terminal.press("/")
                terminal.press(*PLACE)
                terminal.press("enter")
                terminal.wait_for(WITNESS)
                terminal.settle(SETTLED)
                terminal.press("ctrl+q")
                terminal.end()
        yield stage


def round_of(stage: Stage, effort: Effort) -> Samples:
    """Everything once; each figure lies beside the bare app's, taken a moment before or after."""
    samples: Samples = defaultdict(list)
    for _ in range(effort.openings - 1):
        with ExitStack() as opened:
            _open_bare(opened, stage, samples)
        with ExitStack() as opened:
            _open_reader(opened, stage, READER, samples)
    with ExitStack() as opened:
        bare = _open_bare(opened, stage, samples)
        marked = _open_reader(opened, stage, READER, samples)
        with ExitStack() as beside:
            plain = _open_reader(beside, stage, STRANGER, samples)
            _move(marked, plain, bare, effort, samples)
        _look_up(marked, bare, effort, samples)
        _resize(marked, samples)
        _go_about(marked, bare, effort, samples)
        _open_over(marked, bare, effort, samples)
        _mark(marked, stage, effort, samples)
        samples["memory"].append(marked.peak_memory())
        samples["bare memory"].append(bare.peak_memory())
    return dict(samples)


def _reader(stage: Stage, home: Path, who: str) -> Terminal:
    return Terminal([*reader_command(), "1", "--db", stage.database, "--as", who], environment(home))


def _open_bare(opened: ExitStack, stage: Stage, samples: Samples) -> Terminal:
    home = opened.enter_context(stage.fresh_home())
    bare = opened.enter_context(Terminal(script("bare.py"), environment(home)))
    note(samples, "bare first paint", bare.wait_for(LINE))
    bare.settle(SETTLED)
    return bare


def _open_reader(opened: ExitStack, stage: Stage, who: str, samples: Samples) -> Terminal:
    home = opened.enter_context(stage.fresh_home())
    terminal = opened.enter_context(_reader(stage, home, who))
    if who == READER:
        first = terminal.wait_for(lambda: _has_marks(terminal), "the text with its marks")
        complete = terminal.wait_for(lambda: _is_complete(terminal), "all marks in the list")
        note(samples, "first paint", first)
        after = Answer(complete.ms - first.ms, complete.bytes - first.bytes, complete.waited - first.waited)
        note(samples, "list", after)
    else:
        terminal.wait_for(lambda: _is_complete(terminal), "all marks in the list")
    terminal.settle(SETTLED)
    return terminal


def _has_marks(terminal: Terminal) -> bool:
    """Whether the marked words in view have their letter in the gutter and their style."""
    at = terminal.find(WITNESS)
    if at is None:
        return False
    x, y = at
    return bool(terminal.line(y)[:x].strip()) and terminal.ground(x + 1, y) != terminal.ground(0, y)


def _is_complete(terminal: Terminal) -> bool:
    """Whether the header says that all marks are here; until then it has an ellipsis there."""
    return " saved " in terminal.line(0)


def _move(marked: Terminal, plain: Terminal, bare: Terminal, effort: Effort, samples: Samples) -> None:
    for terminal in (marked, plain):
        at = terminal.find(PLACE)
        rows = MIDDLE - at[1] if at else 0
        for _ in range(abs(rows)):
            terminal.press("down" if rows > 0 else "up")
    for key in islice(cycle(MOVES), effort.moves):
        answer = marked.press(key)
        note(samples, "key", answer)
        note(samples, f"key {key}", answer)
        if key in CURSOR:
            samples[f"bytes {key}"].append(answer.bytes)
        note(samples, "plain key", plain.press(key))
        note(samples, "bare key", bare.press("down"))


def _look_up(marked: Terminal, bare: Terminal, effort: Effort, samples: Samples) -> None:
    marked.press("/")
    marked.press(*SOUGHT)
    marked.press("enter")
    marked.settle(SETTLED)
    for _ in range(effort.pages):
        note(samples, "hit", marked.press(">"))
        note(samples, "bare key", bare.press("down"))
    marked.press("esc")


def _resize(marked: Terminal, samples: Samples) -> None:
    for columns, rows in WINDOWS:
        before = _top_word(marked)
        note(samples, "resize", marked.resize(columns, rows))
        samples["top line lost"].append(before not in _top_row(marked))


def _top_row(terminal: Terminal) -> str:
    """The first row of text under the header."""
    return next((line for line in terminal.text.splitlines()[1:] if line.strip()), "")


def _top_word(terminal: Terminal) -> str:
    """The first long word in it: what stands in the gutter is shorter, and may change with the width."""
    found = _LONG_WORD.search(_top_row(terminal))
    return found.group() if found else "no word"


def _go_about(marked: Terminal, bare: Terminal, effort: Effort, samples: Samples) -> None:
    for key in islice(cycle(("pagedown", "pagedown", "pageup", "pagedown")), effort.pages):
        note(samples, "page", marked.press(key))
        note(samples, "bare key", bare.press("down"))
    for _ in range(effort.pages):
        note(samples, "end", marked.press("ctrl+end"))
        note(samples, "bare key", bare.press("down"))
        note(samples, "home", marked.press("ctrl+home"))
    for _ in range(effort.pages):
        note(samples, "mark", marked.press("N"))
        note(samples, "bare key", bare.press("down"))


def _open_over(marked: Terminal, bare: Terminal, effort: Effort, samples: Samples) -> None:
    for _ in range(effort.pages):
        for name, key, words in OVER:
            note(samples, name, marked.press_for(key, words))
            note(samples, "bare key", bare.press("down"))
            marked.press("esc")


def _mark(marked: Terminal, stage: Stage, effort: Effort, samples: Samples) -> None:
    text = stage.library.text
    places = islice(words_from(text, text.index(PLACE)), 0, None, 3)
    with Commits(stage.apart, MARK_TAG, environment(stage.home)) as commits:
        for number, (start, end) in enumerate(islice(places, 1 + effort.marks)):
            # The first one loads what the others find there, in either process.
            first = "" if number else "first "
            marked.press("right")
            marked.press("right")
            marked.press("shift+right")
            note(samples, f"{first}mark key", marked.press(MARK_KEY))
            if "Saved" not in marked.text:
                raise BenchProblem(f"The key {MARK_KEY} has saved no mark: {marked.line(-2).strip()}")
            note(samples, f"{first}commit", commits.mark(start, end))
            # There are never more marks than the size says, and the next round finds these words unmarked.
            marked.press(UNDO_KEY)
