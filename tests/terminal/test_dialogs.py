"""Dialogs in a real terminal: whoever types ahead of them loses nothing, and a click chooses."""

from __future__ import annotations

from pathlib import Path

from tests.terminal.conftest import command, marks
from tests.terminal.terminal import Terminal


def test_words_to_find_may_come_in_one_burst_with_the_key(article: Path) -> None:
    with Terminal(article) as terminal:
        terminal.wait_until_open()
        terminal.do("/robbery\r", until="hit 1 of 1")
        terminal.do("l", until="Saved: loaded language, 1 word")
    assert marks() == [("loaded language", "robbery")]


def test_a_tags_name_may_come_in_one_burst_with_enter(article: Path) -> None:
    with Terminal(article) as terminal:
        terminal.wait_until_open()
        terminal.do("Tab", "\r", "opin", "\r", until="Saved: opinion")
    assert [tag for tag, _ in marks()] == ["opinion"]


def test_a_click_chooses_an_article(article: Path) -> None:
    other = Path("other.txt")
    other.write_text("The lighthouse that moved\n\nIt moved on Tuesday.\n", encoding="utf-8")
    assert command("add", other)[0] == 0
    with Terminal(article) as terminal:
        terminal.wait_until_open()
        terminal.ask("L", "Your articles")
        terminal.click(*terminal.find("The lighthouse that moved"))
        terminal.wait_for("It moved on Tuesday.")
