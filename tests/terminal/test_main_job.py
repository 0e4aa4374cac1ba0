"""The main job, as somebody does it: read, mark by keys, leave, come back, export."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from tests.terminal.conftest import command, is_whole, marks
from tests.terminal.terminal import CURSOR, Terminal, after_the_screen

GOLDEN = Path(__file__).parent.parent / "golden" / "terminal.csv"
NEVER_THE_SAME = ("id", "layer", "created_at", "updated_at")


def steady(exported: bytes) -> bytes:
    """The CSV with ids and times replaced: the first id or layer is `id 1` or `layer 1`, a time is `time`."""
    names, *rows = csv.reader(io.StringIO(exported.decode("utf-8"), newline=""))
    for name in NEVER_THE_SAME:
        values = list(dict.fromkeys(row[names.index(name)] for row in rows))
        for number, value in enumerate(values, start=1):
            assert len(value) > 20, name
            shown = "time" if name.endswith("_at") else f"{name} {number}"
            exported = exported.replace(value.encode(), shown.encode())
    return exported


def jump_to(terminal: Terminal, word: str) -> None:
    """To a word in view, by F and the two letters over it."""
    x, y = terminal.find(word)
    terminal.do("F", until="Type the letters over a word")
    letters = terminal.line(y)[x : x + 2]
    terminal.press(letters)


def test_five_marks_kept_and_exported(article: Path) -> None:
    with Terminal(article) as terminal:
        terminal.wait_until_open()
        terminal.do("Tab", "q", until="Saved: quote, 10 words")
        terminal.do("J", until="Saved: quote, 22 words in 2 pieces")
        terminal.do(".", "c", until="Saved: claim, 20 words")
        terminal.do(")", ")", "o", until="Saved: opinion, 7 words")
        jump_to(terminal, "cold-blooded")
        terminal.wait_for("l “cold-blooded”")
        terminal.do("Shift+Right", until="2 words selected")
        terminal.do("l", until="Saved: loaded language, 2 words")
        terminal.do("/", until="Enter stay")
        terminal.do("a mean way", until="hit 1 of 1")
        terminal.do("Enter", until="Esc lets go")
        terminal.do("o", until="Saved: opinion, 3 words")
        terminal.do("Delete", until="Removed: opinion, 3 words. U brings it back.")
        assert ("opinion", "a mean way") not in marks()
        terminal.do("U", until="Undone: ")
        terminal.wait_for("opinion 2")
        place, top = terminal.on_ground(CURSOR), terminal.line(2)
        terminal.press("Ctrl+Q")
        assert terminal.end() == 0
        assert terminal.is_restored()
        assert b"Come back with: reader" in after_the_screen(terminal.written)
    wanted = [
        ("quote", "“We have kept an empty boat warm for too long,” … “Nobody should have to pay for a light that nobody"
         " reads by.”"),
        ("claim", "“We have kept an empty boat warm for too long,” the director, Ingrid Moe, told a crowded meeting on"
         " Thursday."),
        ("opinion", "The islanders did not take it well."),
        ("loaded language", "cold-blooded little"),
        ("opinion", "a mean way"),
    ]  # fmt: skip
    assert marks() == wanted
    assert is_whole()

    assert command("export", "-o", "spans.csv")[0] == 0
    exported = Path("spans.csv").read_bytes()
    assert steady(exported) == GOLDEN.read_bytes()

    with Terminal("1") as terminal:
        terminal.wait_for("opinion 2")
        terminal.wait_for("on opinion")
        assert (terminal.on_ground(CURSOR), terminal.line(2)) == (place, top)
        assert place == "a"
        assert " Q₁" in terminal.text
        assert "quote 1" in terminal.text
        assert "claim 1" in terminal.text
        assert "loaded language 1" in terminal.text
        terminal.ask("X", "Export the marks")
        terminal.do("Ctrl+U", until=lambda: not terminal.line(-1))
        terminal.do("from inside.csv", until="from inside.csv")
        terminal.do("Enter", until="Exported 5 marks to ")
        # What was done before the program was left can still be undone.
        terminal.do("U", until="Undone: ")
        terminal.wait_for("opinion 1")
        terminal.press("Ctrl+Q")
        assert terminal.end() == 0
    assert Path("from inside.csv").read_bytes() == exported
    assert marks() == wanted[:-1]


def test_a_text_from_a_pipe_is_read_by_keys(article: Path) -> None:
    with Terminal("-", "--title", "From a pipe", piped=article.read_bytes()) as terminal:
        terminal.wait_until_open()
        assert terminal.line(0).startswith(" From a pipe ")
        terminal.do("Tab", "q", until="Saved: quote, 10 words")
        terminal.press("Ctrl+Q")
        assert terminal.end() == 0
        assert terminal.is_restored()
    assert marks() == [("quote", "“We have kept an empty boat warm for too long,”")]
