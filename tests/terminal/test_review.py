"""A colleague's file is reviewed from the first key to the last, in a real terminal."""

from __future__ import annotations

import csv
import hashlib
import io
import signal
from pathlib import Path

import pytest

from tests.terminal.conftest import command, is_whole
from tests.terminal.terminal import Terminal


def words_of(article: Path, count: int) -> list[str]:
    """The first words of so many paragraphs."""
    paragraphs = [each for each in article.read_text(encoding="utf-8").split("\n\n") if len(each.split()) > 8]
    return [" ".join(each.split("\n")[0].split()[:4]) for each in paragraphs[:count]]


@pytest.fixture
def colleague(article: Path) -> Path:
    """Ben's database: he has marked the same article otherwise than the user of this one."""
    one, two, three = words_of(article, 3)
    assert command("add", article)[0] == 0
    assert command("--db", "ben.db", "--as", "ben", "add", article)[0] == 0
    for words, mine, his in ((one, "claim", "claim"), (two, "claim", "opinion"), (three, "loaded", "")):
        assert command("mark", "1", "--quote", words, "--tag", mine)[0] == 0
        if his:
            assert command("--db", "ben.db", "--as", "ben", "mark", "1", "--quote", words, "--tag", his)[0] == 0
    return Path("ben.db")


def final() -> list[str]:
    code, said = command("export", "--final")
    return [row["tag"] for row in csv.DictReader(io.StringIO(said))] if code == 0 else []


def test_from_the_first_key_to_the_last(article: Path, colleague: Path) -> None:
    before = hashlib.sha256(colleague.read_bytes()).digest(), sorted(Path().iterdir())
    with Terminal("review", colleague) as terminal:
        terminal.wait_for("2 differences · 0 decided · 1 agreed")
        terminal.do("Right", until="Saved: claim: ben's.")
        terminal.do("Left", until="All is decided here.")
        terminal.press("Ctrl+Q")
        assert terminal.end() == 0
        assert terminal.is_restored()
    assert b"ben: 2 added." in terminal.written
    assert final() == ["claim", "opinion", "loaded language"]
    assert (hashlib.sha256(colleague.read_bytes()).digest(), sorted(Path().iterdir())) == before
    assert command("check")[0] == 0


def test_what_was_decided_survives_a_kill(colleague: Path) -> None:
    with Terminal("review", colleague) as terminal:
        terminal.wait_for("2 differences · 0 decided")
        terminal.do("Right", until="Saved: claim: ben's.")
        terminal.kill(signal.SIGKILL)
    assert is_whole()
    assert final() == ["claim", "opinion"]
    with Terminal("review", colleague) as terminal:
        terminal.wait_for("2 differences · 1 decided")
        terminal.do("U", until="Undone: claim: ben's.")
    assert final() == ["claim"]


def test_what_only_they_have_is_offered(colleague: Path) -> None:
    other = Path("other.txt")
    other.write_text("Another article, which only Ben has.\n", encoding="utf-8")
    assert command("--db", "ben.db", "--as", "ben", "add", other)[0] == 0
    with Terminal("review", colleague) as terminal:
        terminal.wait_for("Add them to your articles?")
        terminal.press("y", "Enter")
        terminal.wait_for("2 differences · 0 decided")
    assert "Another article" in command("list")[1]
