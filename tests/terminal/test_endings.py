"""However it ends, the terminal is as it was, and nothing that the screen called saved is lost."""

from __future__ import annotations

import os
import random
import re
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.terminal.conftest import ARTICLE, Mark, command, database, is_whole, marks
from tests.terminal.terminal import Terminal, after_the_screen

TAGS = {"C": "claim", "Q": "quote", "O": "opinion", "L": "loaded language"}
ROUNDS = 5


class Promises:
    """What the screen has called saved."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.counts = dict.fromkeys(TAGS.values(), 0)
        self.marks: set[Mark] = set()
        self.saved = 0
        self.frames = 0
        terminal.on_frame = self.look

    def look(self) -> None:
        """Take down how many marks the list counts, and which one is said to be saved."""
        self.frames += 1
        text = self.terminal.text
        for tag in self.counts:
            found = re.search(rf"{tag} (\d+)", text)
            if found:
                self.counts[tag] = max(self.counts[tag], int(found.group(1)))
        opened = re.search(r"▸ ([CQOL])  (.+)$", text, re.M)
        if self.terminal.status.startswith("Saved: ") and opened:
            # The list shows the beginning of a mark, cut to the width that it has.
            mark = (TAGS[opened.group(1)], opened.group(2).rstrip(" …"))
            self.saved += mark not in self.marks
            self.marks.add(mark)

    def kept_in(self, found: list[Mark]) -> bool:
        """Whether all of it is there."""
        enough = all(count <= sum(tag == each for each, _ in found) for tag, count in self.counts.items())
        return enough and all(any(tag == t and words.startswith(w) for t, words in found) for tag, w in self.marks)


def burst(moments: random.Random) -> list[str]:
    """A few moves and tag keys, faster than anybody types."""
    moves = ["Right", "Right", "Right", ".", "Tab", "Down"]
    return [key for _ in range(moments.randrange(1, 4)) for key in (moments.choice(moves), moments.choice("lllcqo"))]


@pytest.mark.parametrize("seed", range(4))
def test_what_was_called_saved_survives_a_kill(seed: int) -> None:
    moments = random.Random(seed)
    paragraphs = ARTICLE.read_text(encoding="utf-8").split("\n\n")[1:]
    Path("long.txt").write_text("\n\n".join(f"{n}. {each}" for n in range(1, 9) for each in paragraphs), "utf-8")
    before: list[Mark] = []
    seen = 0
    for _ in range(ROUNDS):
        with Terminal("long.txt") as terminal:
            promises = Promises(terminal)
            # The list beside the text is there, so what the last round left can be read.
            terminal.wait_for(lambda: sum(promises.counts.values()) == len(before))  # noqa: B023
            terminal.press("Ctrl+Home", *[")"] * moments.randrange(20))
            for _ in range(moments.randrange(1, 15)):
                frames = promises.frames
                terminal.do(*burst(moments), until=lambda: promises.frames > frames)  # noqa: B023
            terminal.press(*burst(moments))
            terminal.watch(moments.random() / 50)
            terminal.kill(signal.SIGKILL)
            assert terminal.end() == -signal.SIGKILL
        found = marks()
        assert promises.kept_in(found), (promises.counts, promises.marks, found)
        assert is_whole()
        code, said = command("check")
        assert code == 0, said
        before = found
        seen += promises.saved
    assert seen >= ROUNDS


def test_the_promises_are_looked_at() -> None:
    Path("short.txt").write_text(ARTICLE.read_text(encoding="utf-8"), encoding="utf-8")
    with Terminal("short.txt") as terminal:
        promises = Promises(terminal)
        terminal.do("Tab", "q", until=lambda: promises.saved == 1)
        terminal.do("Right", "l", until=lambda: promises.saved == 2)
        assert promises.kept_in(marks())
        assert not promises.kept_in(marks()[1:])
        assert not promises.kept_in([("quote", "“We have kept"), ("loaded language", "nothing")])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_asked_to_end_it_leaves_the_terminal_as_it_was(article: Path, number: signal.Signals) -> None:
    with Terminal(article) as terminal:
        terminal.wait_until_open()
        terminal.do("Tab", "q", until="Saved: quote")
        assert not terminal.is_restored()
        terminal.kill(number)
        assert terminal.end() == 128 + number
        assert terminal.is_restored()
    assert [tag for tag, _ in marks()] == ["quote"]
    with Terminal("1") as terminal:
        terminal.wait_for("on quote")


def test_a_signal_while_a_note_is_written_keeps_the_draft(article: Path) -> None:
    with Terminal(article) as terminal:
        terminal.wait_until_open()
        terminal.do("Tab", "q", until="Saved: quote")
        terminal.ask("C", "Note on")
        terminal.do("half a thought", until="half a thought")
        terminal.kill(signal.SIGTERM)
        assert terminal.end() == 128 + signal.SIGTERM
        assert terminal.is_restored()
    with Terminal("1") as terminal:
        terminal.wait_for("on quote")
        terminal.ask("C", "Note on")
        terminal.wait_for("from your draft")
        assert "half a thought" in terminal.text


def test_another_program_that_writes_is_no_crash(article: Path) -> None:
    with Terminal(article) as terminal:
        terminal.wait_until_open()
        terminal.do("Tab", "q", until="Saved: quote")
        terminal.wait_for(" · saved · ")
        with closing(sqlite3.connect(database(), isolation_level=None)) as holder:
            holder.execute("BEGIN EXCLUSIVE")
            for key in ("c", "U", "Delete", "L"):
                terminal.do("Right", until="l “")
                terminal.do(key, until="Another program is writing")
            terminal.do("Right", until="l “")
            holder.execute("ROLLBACK")
        terminal.do("c", until="Saved: claim")
        terminal.press("Ctrl+Q")
        assert terminal.end() == 0
    assert [tag for tag, _ in marks()] == ["claim", "quote"]


def test_an_article_opens_while_another_program_writes(article: Path) -> None:
    command("add", article)
    with closing(sqlite3.connect(database(), isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        with Terminal("1") as terminal:
            terminal.wait_until_open()
            terminal.wait_for("Another program is writing")
            terminal.do("Tab", until="q quotation, 10 words")
            terminal.press("Ctrl+Q")
            assert terminal.end() == 0
            assert terminal.is_restored()


def test_a_closed_window_ends_it(article: Path) -> None:
    with Terminal(article) as terminal:
        terminal.wait_until_open()
        terminal.do("Tab", "q", until="Saved: quote")
        terminal.close()
        assert terminal.end() in (128 + signal.SIGHUP, 1)
    assert [tag for tag, _ in marks()] == ["quote"]
    assert command("check")[0] == 0


NOTE = "unprintable thought"
CRASHES = {
    "a key": """
from reader.tui.screens.reading import ReadingScreen

def broken(self):
    words, note = self.desk.text, "unprintable thought"
    raise ValueError(f"{words} {note}")

ReadingScreen.action_help = broken
""",
    "drawing": """
from reader.tui.screens.reading import ReadingScreen
from reader.tui.widgets.article import Article

def broken(self, y):
    words, note = self.text, "unprintable thought"
    raise ValueError(f"{words} {note}")

def begin(self):
    Article.render_line = broken
    self.reader.refresh()

ReadingScreen.action_help = begin
""",
    "a timer": """
from reader.tui.screens.reading import ReadingScreen

def broken(self):
    words, note = self.desk.text, "unprintable thought"
    raise KeyError(words, note)

ReadingScreen.action_help = lambda self: self.set_timer(0.001, lambda: broken(self))
""",
    "a thread that counts": """
from reader.tui.screens.reading import ReadingScreen
from reader.work import stats

def broken(project, among):
    words, note = project.path.read_bytes(), "unprintable thought"
    raise KeyError(words, note)

stats.overview = broken
ReadingScreen.action_help = ReadingScreen.action_stats
""",
    "a thread that searches": """
from reader.tui.screens.looking import Looking
from reader.tui.screens.reading import ReadingScreen

def broken(self, project, rest):
    words, note = project.path.read_bytes(), "unprintable thought"
    raise KeyError(words, note)

look = Looking.look
Looking.look = lambda self, source, most: look(self, lambda *asked: broken(self, *asked), most)
ReadingScreen.action_help = ReadingScreen.action_occurrences
""",
    "the way out": """
from reader.tui.screens.reading import ReadingScreen
from reader.tui.screens.reading_base import ReadingBase

def broken(self):
    words, note = self.desk.text, "unprintable thought"
    raise KeyError(words, note)

ReadingBase.on_unmount = broken
ReadingScreen.action_help = ReadingScreen.action_quit
""",
}
RUN = """
import sys
from reader.cli.main import main
sys.argv[0] = "reader"
main()
"""


@pytest.mark.parametrize("where", CRASHES)
def test_a_crash_tells_nothing_of_what_is_read_or_written(article: Path, where: str) -> None:
    command("add", article)
    command("mark", "1", "--quote", "a mean way", "--tag", "opinion", "--note", NOTE)
    script = Path("crashing.py")
    script.write_text(CRASHES[where] + RUN, encoding="utf-8")
    with Terminal(article, script=script) as terminal:
        terminal.wait_for("opinion 1")
        terminal.press("?")
        assert terminal.end() == 1
        assert terminal.is_restored()
        said = after_the_screen(terminal.written).decode()
    state = Path(os.environ["XDG_STATE_HOME"]) / "closereader"
    reports = list(state.glob("crash-*"))
    assert len(reports) == 1
    assert reports[0].stat().st_mode & 0o077 == 0
    report = reports[0].read_text(encoding="utf-8")
    assert "Error\n" in report
    assert "crashing.py" in report
    assert "A report without any of your text is in" in said
    private = {*NOTE.split(), *re.findall(r"\w{6,}", ARTICLE.read_text(encoding="utf-8"))}
    for word in private:
        assert word not in report
        assert word not in said.replace(str(state), "")
    # What was on the screen before is what the terminal has scrolled away by now; nothing of it comes again.
    assert "Traceback" not in said
    assert marks() == [("opinion", "a mean way")]
    assert command("check")[0] == 0
