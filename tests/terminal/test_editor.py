"""A note in somebody's own editor: it has the terminal for itself, and the app has it again afterwards."""

from __future__ import annotations

import os
import signal
import stat
import sys
from pathlib import Path

import pytest

from tests.terminal.conftest import command
from tests.terminal.terminal import Terminal

EDITOR = """
import sys, termios
path = sys.argv[-1]
print("\\r\\neditor", sys.argv[1:-1], "sees", repr(open(path, encoding="utf-8").read()))
print("is lined up:", bool(termios.tcgetattr(0)[3] & termios.ICANON))
print("done?", flush=True)
said = sys.stdin.readline().strip()
if said == "fail":
    open(path, "a", encoding="utf-8").write(" half")
    sys.exit(3)
if said == "give up":
    sys.exit(1)
if said == "bytes":
    open(path, "wb").write(b"\\xff\\xfe\\xff")
else:
    open(path, "w", encoding="utf-8", newline="").write(said.replace("|", "\\r\\n") + "\\n")
"""


@pytest.fixture
def editor() -> dict[str, str | None]:
    """An editor that shows what it is given and asks for one line, started with an argument that holds a blank."""
    script = Path("my editor.py").absolute()
    script.write_text(EDITOR, encoding="utf-8")
    return {"VISUAL": f"{sys.executable} '{script}' --wait 'a b; touch owned'", "EDITOR": "false"}


def ask(terminal: Terminal) -> None:
    """Press Ctrl+E, and wait until the editor takes a line; its words may still stand there from the last time."""
    asked = terminal.written.count(b"done?")
    terminal.do("Ctrl+E", until=lambda: terminal.written.count(b"done?") > asked)


def left() -> list[Path]:
    """The files that were edited and are still there."""
    return sorted((Path(os.environ["XDG_STATE_HOME"]) / "closereader").glob("note-*"))


def test_a_note_is_written_in_an_editor(article: Path, editor: dict[str, str | None]) -> None:
    with Terminal(article, environment=editor) as terminal:
        terminal.wait_until_open()
        terminal.do("Tab", "q", until="Saved: quote")
        terminal.ask("C", "Note on")
        terminal.do("first", until="first")
        ask(terminal)
        assert "editor ['--wait', 'a b; touch owned'] sees 'first'" in terminal.text
        assert "is lined up: True" in terminal.text
        (file,) = left()
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        # Ctrl+C belongs to whoever has the terminal; here it ends the editor alone.
        terminal.do("Ctrl+C", until="ended with an error (-2)")
        assert "first" in terminal.text
        ask(terminal)
        terminal.press("one|two \x1b[31m|\n")
        terminal.wait_for(lambda: "first" not in terminal.text and "two" in terminal.text)
        terminal.press("!", "Ctrl+S")
        terminal.wait_for("Saved: the note.")
        terminal.do("Right", until="l “")
        terminal.press("Ctrl+Q")
        assert terminal.end() == 0
        assert terminal.is_restored()
    assert left() == []
    assert not Path("owned").exists()
    assert "note: one two ␛[31m!" in command("show", "1")[1]


@pytest.mark.parametrize(
    "line, says, kept",
    [
        ("give up", "ended with an error (1). The note is as it was.", []),
        ("fail", "ended with an error (3). The note is as it was; what was", ["first half"]),
        ("bytes", "left is no note in UTF-8.", ["\ufffd\ufffd\ufffd"]),
    ],
)
def test_an_editor_that_fails_loses_nothing(
    article: Path, editor: dict[str, str | None], line: str, says: str, kept: list[str]
) -> None:
    with Terminal(article, environment=editor) as terminal:
        terminal.wait_until_open()
        terminal.do("Tab", "q", until="Saved: quote")
        terminal.ask("C", "Note on")
        terminal.do("first", until="first")
        ask(terminal)
        terminal.do(f"{line}\n", until=lambda: says in " ".join(terminal.text.split()))
        assert "first" in terminal.text
        terminal.press(" thought", "Ctrl+S")
        terminal.wait_for("Saved: the note.")
    assert "note: first thought" in command("show", "1")[1]
    assert [file.read_bytes().decode("utf-8", "replace") for file in left()] == kept


def test_an_editor_that_leaves_nothing_is_told_of(article: Path, editor: dict[str, str | None]) -> None:
    with Terminal(article, environment=editor) as terminal:
        terminal.wait_until_open()
        terminal.do("Tab", "q", until="Saved: quote")
        terminal.ask("C", "Note on")
        terminal.do("first", until="first")
        ask(terminal)
        terminal.do("\n", until="The editor left nothing: Ctrl+Z")
        terminal.do("Ctrl+Z", until="first")
        terminal.press("Ctrl+S")
        terminal.wait_for("Saved: the note.")
    assert "note: first" in command("show", "1")[1]


@pytest.mark.parametrize(
    "variables, says",
    [
        ({"VISUAL": None, "EDITOR": None}, "No editor is set. In the shell: export EDITOR=nano"),
        ({"VISUAL": " ", "EDITOR": "no-such-editor -w"}, "“no-such-editor” ($EDITOR) did not start: No such file"),
        ({"VISUAL": "vi 'x", "EDITOR": "false"}, "$VISUAL has a quotation mark that is never closed"),
    ],
)
def test_an_editor_that_cannot_be_started_is_said(article: Path, variables: dict[str, str | None], says: str) -> None:
    with Terminal(article, environment=variables) as terminal:
        terminal.wait_until_open()
        terminal.do("Tab", "q", until="Saved: quote")
        terminal.ask("C", "Note on")
        terminal.do("first", until="first")
        terminal.do("Ctrl+E", until=lambda: says in " ".join(terminal.text.split()))
        terminal.press("Ctrl+S")
        terminal.wait_for("Saved: the note.")
        assert left() == []


def test_a_window_that_is_closed_over_the_editor_keeps_the_draft(article: Path, editor: dict[str, str | None]) -> None:
    with Terminal(article, environment=editor) as terminal:
        terminal.wait_until_open()
        terminal.do("Tab", "q", until="Saved: quote")
        terminal.ask("C", "Note on")
        terminal.do("first", until="first")
        ask(terminal)
        terminal.close()
        assert terminal.end() in (128 + signal.SIGHUP, 1)
    with Terminal("1") as terminal:
        terminal.wait_for("on quote")
        terminal.ask("C", "Note on")
        terminal.wait_for("from your draft")
        assert "first" in terminal.text
