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


def test_keys_behind_the_one_that_closes_a_dialog_come_after_it(article: Path) -> None:
    with Terminal(article) as terminal:
        terminal.wait_until_open()
        terminal.press("Right", "\r", "loaded", "\r", "Right")
        terminal.do("l", "C", "in one go", "Ctrl+S", "Right", "l", "X", "\r", "Right", "l", until="L  stopped")
        terminal.do(":", "undo, step", "\r", "Right", "l", until="L  waiting")
        assert Path("The-ferry-that-stopped-waiting.csv").exists()
    assert marks() == [("loaded language", word) for word in ("ferry", "that", "waiting")]


def test_a_click_chooses_an_article(article: Path) -> None:
    other = Path("other.txt")
    other.write_text("The lighthouse that moved\n\nIt moved on Tuesday.\n", encoding="utf-8")
    assert command("add", other)[0] == 0
    with Terminal(article) as terminal:
        terminal.wait_until_open()
        terminal.ask("L", "Articles")
        terminal.click(*terminal.find("The lighthouse that moved"), times=2)
        terminal.wait_for("It moved on Tuesday.")


def test_the_library_takes_what_is_typed_ahead(article: Path) -> None:
    other = Path("other.txt")
    other.write_text("The lighthouse that moved\n\nIt moved on Tuesday.\n", encoding="utf-8")
    assert command("add", other)[0] == 0
    with Terminal(article) as terminal:
        terminal.wait_until_open()
        terminal.do("Llighth\r", until="It moved on Tuesday.")
        terminal.do("Lferry", "Enter", until=lambda: "It moved on Tuesday." not in terminal.text)
        terminal.do("}", until="This is the last article of the list (“ferry”). L, then Esc, lists all.")
        terminal.ask("L", "Articles")
        terminal.do("Esc", until="1 of 2")
        terminal.do("Esc", until="c claim")
        terminal.do("}", until="It moved on Tuesday.")
        terminal.do("S", "\x07", until="Article 1 of")
    assert marks() == []


def test_reader_alone_is_the_library_and_takes_what_is_pasted() -> None:
    with Terminal() as terminal:
        terminal.wait_for("Paste a text, or the path of a file, and it is added.")
        terminal.paste("The lighthouse that moved\n\nIt moved on Tuesday.\n\x1b[2J\r")
        terminal.wait_for("Add the pasted text")
        terminal.do("Enter", until="Added: “The lighthouse that moved”")
        terminal.do("\r", "c", until="Saved: claim")
        terminal.press("Ctrl+Q")
        assert terminal.end() == 0
        assert terminal.is_restored()
    assert marks() == [("claim", "The lighthouse that moved")]
    with Terminal() as terminal:
        terminal.wait_for("1 of 1")
        terminal.do("Delete", until="brings it back")
        terminal.do("\x1a", until="Undone: deleting")
        terminal.do("Enter", until="c claim")
