"""The keyboard in a real pseudo-terminal: it must be there for the screen, also where the text came in by a pipe."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ARTICLE, started

# In place of the screen: says what it got and reads one line from the keyboard.
SCREEN = """
import os, sys, types
from reader.cli.main import main

def run(project, document, *, demo=False):
    title = document.title if document else 'the list'
    print(f"[{title}|{project.annotator.name}|{demo}|{os.isatty(0)}|{os.ttyname(0)}]", flush=True)
    print(f"[key {sys.__stdin__.fileno()} {os.read(0, 1)!r}]", flush=True)
    return 0

sys.modules["reader.tui.app"] = types.SimpleNamespace(run=run)
sys.argv[0] = "reader"
main()
"""


def on_terminal(*args: str, piped: bytes | None = None) -> tuple[int, str]:
    """Runs the command line with the stand-in screen on a terminal of its own and presses x; code and all output."""
    script = Path("screen.py")
    script.write_text(SCREEN, encoding="utf-8")
    pid, terminal = pty.fork()
    if pid == 0:
        try:
            if piped is not None:
                entrance, exit_ = os.pipe()
                os.write(exit_, piped)
                os.close(exit_)
                os.dup2(entrance, 0)
            os.execv(sys.executable, [sys.executable, str(script), *args])
        finally:
            os._exit(99)
    written = b""
    while True:
        try:
            some = os.read(terminal, 4096)
        except OSError:
            break
        if not some:
            break
        written += some
        if b"|True|/dev/" in some:
            os.write(terminal, b"x\n")
    os.close(terminal)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return code, written.decode()


def test_a_file_opens() -> None:
    Path("bridge.txt").write_text(ARTICLE, encoding="utf-8")
    code, said = on_terminal("bridge.txt", "--as", "ana", "--db", "my library.db")
    assert code == 0
    assert "[The bridge that nobody ordered|ana|False|True|/dev/" in said
    assert "[key 0 b'x']" in said
    assert "Your marks are in " in said
    assert "Come back with: reader --db 'my library.db' --as ana" in said


def test_after_a_pipe_the_terminal_is_the_keyboard() -> None:
    code, said = on_terminal("-", piped=ARTICLE.encode())
    assert code == 0
    assert "[The bridge that nobody ordered|tester|False|True|/dev/" in said
    assert "[key 0 b'x']" in said


def test_what_is_here_opens_again_by_number_and_by_title() -> None:
    Path("bridge.txt").write_text(ARTICLE, encoding="utf-8")
    started("add", "bridge.txt")
    for args in (("1",), ("the bridge",)):
        code, said = on_terminal(*args)
        assert code == 0
        assert "[The bridge that nobody ordered|tester|" in said


def test_without_a_file_it_is_the_list_of_articles_and_ones_own_library_is_made() -> None:
    for _ in range(2):
        code, said = on_terminal()
        assert code == 0
        assert "[the list|tester|" in said
    assert (Path(os.environ["XDG_DATA_HOME"]) / "closereader" / "annotations.db").exists()


def test_the_demo_is_a_private_copy() -> None:
    shipped = Path(__file__).parents[2] / "annotations.db.example"
    before = shipped.read_bytes()
    code, said = on_terminal("demo")
    assert code == 0
    assert "[The bridge that nobody ordered|ana|True|True|/dev/" in said
    assert str(Path(os.environ["XDG_DATA_HOME"])) in said
    assert shipped.read_bytes() == before


@pytest.mark.parametrize(
    "args, code, sentence",
    [
        (("exprot",), 2, "Did you mean `reader export`?"),
        (("--db", "missing.db"), 1, "There is no database"),
        (("missing.txt", "other.txt"), 2, "There is no file “missing.txt”"),
    ],
)
def test_what_means_nothing_opens_nothing(args: tuple[str, ...], code: int, sentence: str) -> None:
    got, said = on_terminal(*args)
    assert got == code
    assert sentence in " ".join(said.split())
    assert not (Path(os.environ["XDG_DATA_HOME"]) / "closereader" / "annotations.db").exists()


@pytest.mark.parametrize("args", [("bridge.txt",), ("-",), ("demo",)])
def test_without_a_terminal_nothing_is_taken_in(args: tuple[str, ...]) -> None:
    Path("bridge.txt").write_text(ARTICLE, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "reader", *args],
        input=ARTICLE,
        capture_output=True,
        text=True,
        start_new_session=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "There is no terminal to read in here" in done.stderr
    assert not Path(os.environ["XDG_DATA_HOME"]).exists()


@pytest.mark.parametrize("columns, words", [(60, False), (80, False), (100, True), (200, True)])
def test_an_article_of_the_list_is_a_line(monkeypatch: pytest.MonkeyPatch, columns: int, words: bool) -> None:
    Path("bridge.txt").write_text(ARTICLE, encoding="utf-8")
    started("add", "bridge.txt", "--title", "Headline " * 20)
    monkeypatch.setenv("COLUMNS", str(columns))
    code, said = on_terminal("list")
    (line,) = said.splitlines()
    assert (code, line.endswith("…"), "39 words" in line) == (0, True, words)
    assert columns - 10 <= len(line) <= columns or columns == 200
