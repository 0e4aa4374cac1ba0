from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path
from unittest.mock import patch

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import __main__ as start
from reader import __version__
from reader.cli import group
from reader.cli.main import COMMANDS, arranged, plain
from tests.cli.conftest import Reader, started


@pytest.mark.parametrize(
    "typed, meant",
    [
        ("", "open"),
        ("a.txt", "open a.txt"),
        ("-", "open -"),
        ("a.txt b.md --db x.db", "open a.txt b.md --db x.db"),
        ("--db x.db a.txt", "open --db x.db a.txt"),
        ("--title list a.txt", "open --title list a.txt"),
        ("--db=x.db list", "list --db=x.db"),
        ("--db x.db --as ben list", "list --db x.db --as ben"),
        ("list --db x.db", "list --db x.db"),
        ("-- list", "open -- list"),
        ("./list", "open ./list"),
        ("--help", "--help"),
        ("--version", "--version"),
        ("a.txt --help", "open a.txt --help"),
        ("--db", "open --db"),
    ],
)
def test_which_command_is_meant(typed: str, meant: str) -> None:
    assert arranged(typed.split()) == meant.split()


WORDS = st.sampled_from(["a.txt", "b c", "3", "list", "--db", "--as", "x.db", "--db=y.db", "--title", "-", "--", "-h"])


@given(st.lists(WORDS, max_size=6))
def test_what_needs_no_click_means_the_same_with_it(args: list[str]) -> None:
    opened = plain(args)
    if opened is not None:
        meant = []
        with patch("reader.cli.open_command.read", lambda *values: meant.append(values)):
            group.call(args)
        assert meant == [(*opened, None, {})]


def test_what_nearly_every_start_says_needs_no_click() -> None:
    lines = (
        "import sys",
        "from reader.cli.main import run",
        "assert run(['nothing.txt', '--db', 'x.db', '--as', 'ana']) > 0",
        "assert 'click' not in sys.modules",
    )
    subprocess.run([sys.executable, "-c", "\n".join(lines)], check=True, timeout=60)


def test_help_is_short_and_names_every_command(reader: Reader) -> None:
    said = reader("--help")
    assert said.code == 0
    assert len(said.out.splitlines()) <= 40
    assert all(f"  {name} " in said.out for name in COMMANDS if name != "open")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(reader: Reader, name: str) -> None:
    said = reader(name, "--help")
    assert said.code == 0
    assert said.out.startswith("Usage: reader")


def test_the_version(reader: Reader) -> None:
    assert reader("--version").out == f"reader {__version__}\n"


@pytest.mark.parametrize(
    "args, sentence",
    [
        (["list", "--colour"], "No such option"),
        (["list", "--db"], "requires an argument"),
        (["show"], "Missing argument 'ARTICLE'. See `reader show --help`."),
        (["add", "missing.txt"], "missing.txt"),
        (["add", "."], "folder"),
        (["add", "-", "-"], "name it once"),
        (["add", "a.txt", "b.txt", "--title", "X"], "--title names one article"),
        (["mark", "1", "--tag", "claim", "--span", "x-y", "--db", "library.db"], "write 10-25"),
        (["export", "-o", "nowhere/spans.csv", "--db", "library.db"], "nowhere does not exist"),
    ],
)
def test_a_problem_with_how_it_was_asked_is_a_sentence_and_2(
    reader: Reader, article: Path, args: list[str], sentence: str
) -> None:
    assert reader("add", str(article), "--db", "library.db").code == 0
    assert reader("mark", "1", "--quote", "48 million", "--tag", "claim", "--db", "library.db").code == 0
    said = reader(*args)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("reader: ")
    assert sentence in said.err
    assert len(said.err.splitlines()) == 1


@pytest.mark.parametrize(
    "args, sentence",
    [
        (["list", "--db", "missing.db"], "There is no database at"),
        (["show", "7", "--db", "library.db"], "No article is called “7”"),
        (["list", "--db", "other.db"], "is another program's database"),
        (["list", "--db", "text.db"], "is not a database"),
    ],
)
def test_a_problem_with_what_was_found_is_a_sentence_and_1(
    reader: Reader, article: Path, args: list[str], sentence: str
) -> None:
    assert reader("add", str(article), "--db", "library.db").code == 0
    other = sqlite3.connect("other.db")
    other.execute("CREATE TABLE posts (text)")
    other.close()
    Path("text.db").write_text("not a database, and longer than a header " * 40, encoding="utf-8")
    said = reader(*args)
    assert (said.code, said.out) == (1, "")
    assert sentence in said.err
    assert len(said.err.splitlines()) == 1


def test_ctrl_c_is_no_traceback(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(click.Command, "invoke", interrupted)
    said = reader("list")
    assert (said.code, said.err) == (130, "\nreader: Stopped.\n")


def test_a_reader_of_our_output_that_has_enough(article: Path) -> None:
    started("add", str(article), "--db", "library.db")
    started("mark", "1", "--quote", "48 million", "--tag", "claim", "--db", "library.db")
    process = subprocess.Popen(
        [sys.executable, "-m", "reader", "export", "--db", "library.db"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=dict(os.environ),
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(60) == 1


def test_who_stops_listening_does_not_stop_the_adding(article: Path) -> None:
    for number in range(3):
        Path(f"{number}.txt").write_text(f"Text number {number}.\n", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "reader", "add", "0.txt", "1.txt", "2.txt", "--db", "library.db"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=dict(os.environ),
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(60) == 0
    assert len(started("list", "--db", "library.db").out.splitlines()) == 3


def test_a_terminal_that_cannot_show_a_letter_gets_a_question_mark(article: Path) -> None:
    started("add", str(article), "--db", "library.db", "--title", "Brücke 橋")
    said = started("list", "--db", "library.db", PYTHONIOENCODING="ascii")
    assert said.code == 0
    assert "Br?cke ?" in said.out


@pytest.mark.parametrize("command", ["list", "show 1", "show 1 --text", "export", "--help", "--version", "mark --help"])
def test_an_output_that_takes_no_more_is_a_sentence(article: Path, command: str) -> None:
    started("add", str(article), "--db", "library.db")
    started("mark", "1", "--quote", "48 million", "--tag", "claim", "--db", "library.db")
    script = f"""
import errno, io, os, sys
from reader.cli.main import main

class Full(io.FileIO):
    def write(self, data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

sys.stdout = io.TextIOWrapper(io.BufferedWriter(Full(1, "w")), encoding="utf-8")
sys.argv = {["reader", *command.split(), *([] if command.startswith("--") else ["--db", "library.db"])]!r}
main()
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60)
    assert "reader: The output cannot be written (No space left on device)" in done.stderr
    assert done.returncode != 0


def test_closed_streams_are_no_traceback(article: Path) -> None:
    started("add", str(article), "--db", "library.db")
    closing = "import os, sys; [os.close(each) for each in (0, 1)]; os.execv(sys.executable, sys.argv[1:])"
    call = [sys.executable, "-m", "reader", "list", "--db", "library.db"]
    done = subprocess.run(
        [sys.executable, "-c", closing, *call], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_installed_command_is_this_one() -> None:
    (script,) = [each for each in entry_points(group="console_scripts") if each.name == "reader"]
    assert script.load() is start.main
