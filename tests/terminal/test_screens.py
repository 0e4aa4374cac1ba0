"""Terminals of every size and with few colours, and text that is pasted."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from tests.terminal.conftest import marks
from tests.terminal.terminal import Terminal

SIZES = [(40, 12), (80, 24), (300, 100)]
NUMBERED = "\n\n".join(
    " ".join(f"n{number}" for number in range(begin, begin + 90)) for begin in range(10000, 19000, 90)
)


def first_row(terminal: Terminal) -> list[int]:
    """The numbers in the top row of the text, without what stands beside it."""
    for y in range(1, terminal.rows):
        found = re.findall(r"\bn(\d{5})\b", re.split(r"[│┃]", terminal.line(y))[0])
        if found:
            return [int(number) for number in found]
    return []


def is_drawn(terminal: Terminal) -> bool:
    """Whether the screen is whole at its present size."""
    return terminal.line(0).startswith(" n10000") and " c claim" in terminal.line(-1) and bool(first_row(terminal))


@pytest.mark.parametrize("size", SIZES)
def test_every_size_shows_text_status_and_keys(article: Path, size: tuple[int, int]) -> None:
    with Terminal(article, columns=size[0], rows=size[1]) as terminal:
        terminal.wait_for(lambda: "c claim" in terminal.line(-1))
        assert terminal.line(0).startswith(" The ferry")
        terminal.wait_for("HALVOR SOUND")
        terminal.do("Tab", until="“We have kept")
        terminal.do("q", until="Saved: quote, 10 words")
        terminal.do("W", until="claim 0")
        terminal.do("W", until="Saved: quote, 10 words") if size[0] > 80 else terminal.press("W")
        terminal.do("?", until="Shift+Tab")
        terminal.do("Esc", until=lambda: "c claim" in terminal.line(-1))
        terminal.press("Ctrl+Q")
        assert terminal.end() == 0
        assert terminal.is_restored()
    assert [tag for tag, _ in marks()] == ["quote"]


def test_of_sizes_that_come_quickly_the_last_one_counts() -> None:
    Path("numbered.txt").write_text(NUMBERED, encoding="utf-8")
    moments = random.Random(5)
    with Terminal("numbered.txt", columns=80, rows=24) as terminal:
        terminal.wait_for(lambda: is_drawn(terminal))
        for _ in range(30):
            *others, last = (moments.sample(range(60, 141, 10), 1) + moments.sample(range(20, 41), 1) for _ in range(5))
            for columns, rows in [*others, moments.choice([others[0], last])]:
                terminal.resize(columns, rows)
            terminal.wait_for(lambda: is_drawn(terminal) and len(terminal.line(0)) >= terminal.columns - 1)


@pytest.mark.parametrize("cursor_in_view", [False, True])
def test_another_size_keeps_the_top_line(cursor_in_view: bool) -> None:
    Path("numbered.txt").write_text(NUMBERED, encoding="utf-8")
    with Terminal("numbered.txt", columns=80, rows=24) as terminal:
        terminal.wait_for(lambda: is_drawn(terminal))
        for _ in range(40):
            terminal.mouse(65, 40, 10)
        terminal.wait_for(lambda: first_row(terminal)[0] > 10500)
        if cursor_in_view:
            terminal.click(40, 12)
        # A key that says something when all before it is done.
        terminal.do("Y", until="nothing to redo")
        for columns, rows in [(300, 100), (80, 24), (120, 30), (90, 50), (80, 24)]:
            top = first_row(terminal)[0]
            terminal.resize(columns, rows)
            terminal.wait_for(lambda: is_drawn(terminal))
            terminal.do("Y", until="nothing to redo")
            assert top in first_row(terminal)
        terminal.resize(40, 12)
        terminal.wait_for(lambda: is_drawn(terminal))
        terminal.do("l", until="Saved: loaded")
    assert len(marks()) == 1


def test_a_narrow_window_is_all_text(article: Path) -> None:
    with Terminal(article) as terminal:
        terminal.wait_until_open()
        terminal.wait_for("No marks yet.")
        terminal.resize(60, 20)
        terminal.wait_for(lambda: "c claim" in terminal.line(-1) and "No marks yet." not in terminal.text)
        terminal.do("W", until="No marks yet.")
        terminal.do("W", until=lambda: "No marks yet." not in terminal.text)
        terminal.do("W", until="No marks yet.")
        terminal.resize(120, 36)
        terminal.wait_for(lambda: "? keys" in terminal.line(-1) and "No marks yet." in terminal.text)


def test_a_storm_of_sizes_is_survived(article: Path) -> None:
    with Terminal(article) as terminal:
        terminal.wait_until_open()
        for columns, rows in [(1, 1), (2, 2), (300, 100), (5, 3), (12, 4), (40, 12), (200, 2), (9, 60), (80, 24)]:
            before = len(terminal.written)
            terminal.resize(columns, rows)
            # Its last row has been drawn; Textual itself may lose a size that comes while it takes in another.
            last_row = f"\x1b[{rows};1H".encode()
            terminal.wait_for(lambda: last_row in terminal.written[before:])  # noqa: B023
            terminal.press("Tab", "PageDown", "Ctrl+Home")
        terminal.wait_for(lambda: "c claim" in terminal.line(-1) and terminal.line(0).startswith(" The ferry"))
        terminal.do("Tab", "q", until="Saved: quote, 10 words")
        terminal.press("Ctrl+Q")
        assert terminal.end() == 0


ATTRIBUTE = r"(?:\d|2\d|53);"
GREY = r"[34]8;2;\d+;\d+;\d+"
COLOUR = r"[34]8;2;(\d+);(?!\1;\1[;m])"
"""In a sequence of the terminal, what may stand before a colour: bold and the like, and a colour by its parts; one that
is no grey.
"""


@pytest.mark.parametrize(
    "environment, forbidden",
    [
        # No colour at all, or only greys.
        ({"NO_COLOR": "1"}, rf"\x1b\[(?:{ATTRIBUTE}|{GREY};)*(?:3[1-6]|4[1-6]|9[1-6]|10[1-6])(?:;[0-9;]*)?m|{COLOUR}"),
        ({"TERM": "xterm", "COLORTERM": None}, r"\x1b\[[0-9;]*[34]8;"),
    ],
)
def test_tags_are_told_apart_with_few_colours(
    article: Path, environment: dict[str, str | None], forbidden: str
) -> None:
    with Terminal(article, environment=environment) as terminal:
        terminal.wait_until_open()
        terminal.do("Tab", "q", until="Saved: quote, 10 words")
        terminal.do(".", ".", "c", until="Saved: claim")
        gutters = [terminal.line(y)[:5].strip() for y in range(terminal.rows)]
        assert {"Q", "C"} <= {letter for gutter in gutters for letter in gutter}
        terminal.press("Ctrl+Q")
        assert terminal.end() == 0
        assert terminal.is_restored()
        assert not re.search(forbidden.encode(), terminal.written)
        # The marked words differ from the others by more than their colour.
        assert re.search(rb"\x1b\[(?:[0-9;]*;)?(?:1|3|4|7|21)(?:;[0-9;]*)?m", terminal.written)


def test_gnu_screen_is_sent_the_colours_that_it_knows(article: Path) -> None:
    with Terminal(article, environment={"STY": "1234.pts-0.host", "TERM": "screen"}) as terminal:
        terminal.wait_until_open()
        terminal.do("Tab", "q", until="Saved: quote, 10 words")
        assert b"8;2;" not in terminal.written
        assert re.search(rb"\x1b\[[0-9;]*38;5;\d+", terminal.written)


PASTED = "qclo\rU\x11 Tab\x7f\tjJX"


def test_what_is_pasted_never_acts_as_keys(article: Path) -> None:
    with Terminal(article) as terminal:
        terminal.wait_until_open()
        terminal.do("Tab", until="q quotation, 10 words")
        terminal.paste(PASTED)
        terminal.wait_for("Pasted text does nothing here")
        assert marks() == []
        terminal.do("q", until="Saved: quote")
        # Nor where keys mean something else: another tag, moved edges, letters over words.
        for key, until in (("T", "Which tag instead?"), ("E", "The end moves"), ("F", "Type the letters")):
            terminal.do(key, until=until)
            terminal.paste("cqlo\rff\x1b[B\x1bU\x1bl")
            terminal.do("Esc", until=lambda: "Tab quotation" in terminal.line(-1))
            terminal.do("Y", until="nothing to redo")
            assert marks() == [("quote", "“We have kept an empty boat warm for too long,”")]
        # In a line that asks for words, they are words; the line is not sent off by what is pasted.
        terminal.do("/", until="Enter stay")
        terminal.paste("a mean\rway")
        terminal.wait_for("hit 1 of 1")
        terminal.do("Esc", until=lambda: "Find" not in terminal.text)
        terminal.ask("C", "Note on")
        # A terminal sends the breaks of pasted lines as the Enter key does.
        terminal.paste("a note\rwith \x13 two\x1b lines")
        terminal.wait_for("with ␓ two␛ lines")
        assert "a note␍" not in terminal.text
        terminal.do("Ctrl+S", until="Saved: the note.")
        terminal.press("Ctrl+Q")
        assert terminal.end() == 0
    assert [tag for tag, _ in marks()] == ["quote"]


def test_a_note_that_comes_in_one_burst_is_saved_whole(article: Path) -> None:
    with Terminal(article) as terminal:
        terminal.wait_until_open()
        terminal.do("Tab", "q", until="Saved: quote")
        terminal.ask("C", "Note on")
        terminal.do("who counted the nurses", "Ctrl+S", until="Saved: the note.")
        terminal.wait_for("✎ who counted the nurses")


def test_a_state_folder_that_cannot_be_written_stops_nothing(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("no folder").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(Path("no folder").absolute()))
    with Terminal(article) as terminal:
        terminal.wait_until_open()
        terminal.do("Tab", "q", until="Saved: quote")
        terminal.ask("C", "Note on")
        terminal.do("who counted the nurses", "Ctrl+S", until="Saved: the note.")
        terminal.press("D")
        # The place in the text is kept every few seconds; that it can't be is said once it is tried.
        terminal.do("Right", until="could not be written")
        terminal.press("Ctrl+Q")
        assert terminal.end() == 0
        assert terminal.is_restored()
