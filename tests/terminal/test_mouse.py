"""The mouse, in the cells of a real terminal: what is pointed at is what is marked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.terminal.conftest import ARTICLE, marks
from tests.terminal.terminal import Terminal

DOWN, UP = 65, 64


def drawn_over(terminal: Terminal, first: str, last: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """The cells from the first character of `first` to the last one of `last`."""
    _, y = terminal.find(last)
    at = terminal.line(y).find(last) + len(last) - 1
    return terminal.find(first), (terminal.cell(y, at), y)


@pytest.mark.parametrize(
    "first, last, taken",
    [
        ("crowded", "meeting", "crowded meeting"),
        ("reads by", "reads by.”", "reads by.”"),
        ("渡し船", "渡し船", "渡し船"),
        ("がとう", "がとう", "がとう"),
        ("し船 timetable", "し船 timetable", "し船 timetable"),
        # Behind signs of two cells and of several code points, columns are no offsets.
        ("ed. A tourist", "asked what", "ed. A tourist asked what"),
        ("meant", "🤷 and", "meant 🤷‍♀️ and"),
        ("👋😢 that", "👋😢 that", "👋🏽😢 that"),
        # From one row to the next.
        ("across Halvor", "nine from", "across Halvor Sound will leave at nine from"),
    ],
)
@pytest.mark.parametrize("columns", [120, 80])
def test_a_drag_takes_exactly_what_it_was_drawn_over(
    article: Path, first: str, last: str, taken: str, columns: int
) -> None:
    with Terminal(article, columns=columns, rows=40) as terminal:
        terminal.wait_until_open()
        begin, end = drawn_over(terminal, first, last)
        terminal.drag(begin, end)
        terminal.wait_for("selected · ")
        terminal.do("c", until="Saved: claim")
        assert marks() == [("claim", taken)]
        terminal.do("U", until="Undone: ")
        terminal.drag(end, begin)
        terminal.wait_for("selected · ")
        terminal.do("l", until="Saved: loaded language")
    assert marks() == [("loaded language", taken)]


def test_two_clicks_take_the_word_and_three_the_sentence(article: Path) -> None:
    with Terminal(article, rows=40) as terminal:
        terminal.wait_until_open()
        terminal.click(*terminal.find("robbery"), times=2)
        terminal.wait_for("1 word selected")
        terminal.do("c", until="Saved: claim, 1 word")
        # A sentence behind wide signs, on the row that they stand in.
        terminal.click(*terminal.find("tourist"), times=3)
        terminal.wait_for("15 words selected")
        terminal.do("l", until="Saved: loaded language, 15 words")
        terminal.click(*terminal.find("船"), times=2)
        terminal.wait_for("1 word selected")
        terminal.do("o", until="Saved: opinion, 1 word")
    text = " ".join(ARTICLE.read_text(encoding="utf-8").split())
    begin = text.index("A tourist asked")
    assert marks() == [
        ("claim", "robbery"),
        ("opinion", "船"),
        ("loaded language", text[begin : text.index("again.") + len("again.")]),
    ]


def test_a_click_on_a_mark_focuses_it(article: Path) -> None:
    with Terminal(article, rows=40) as terminal:
        terminal.wait_until_open()
        terminal.do("Tab", "q", until="Saved: quote")
        terminal.do("/", until="Enter stay")
        terminal.do("a mean way", until="hit 1 of 1")
        terminal.do("Enter", until="Esc lets go")
        terminal.do("o", until="Saved: opinion")
        terminal.click(*terminal.find("empty boat warm"))
        terminal.wait_for("▸ quote")
        terminal.do("Delete", until="Removed: quote, 10 words")
        assert marks() == [("opinion", "a mean way")]
        terminal.click(*terminal.find("retired"))
        terminal.wait_for("l “retired”")
        terminal.do("Delete", until="There is no mark here")
        # The same from the list beside the text.
        x, y = terminal.find("  O  a mean way")
        terminal.click(x + 6, y)
        terminal.wait_for("▸ opinion")
        terminal.do("Delete", until="Removed: opinion")
    assert marks() == []


def test_the_wheel_moves_the_page_and_not_the_cursor(article: Path) -> None:
    with Terminal(article, columns=80, rows=24) as terminal:
        terminal.wait_until_open()
        terminal.wait_for("HALVOR SOUND")
        for _ in range(10):
            terminal.mouse(DOWN, 40, 10)
        terminal.wait_for(lambda: "HALVOR SOUND" not in terminal.text and "curtly" in terminal.text)
        assert "l “The”" in terminal.status
        # A key that says something when all before it is done.
        terminal.do("Y", until="nothing to redo")
        x, y = terminal.find("curtly")
        terminal.click(x, y, times=2)
        terminal.wait_for("1 word selected")
        terminal.do("l", until="Saved: loaded language")
        for _ in range(10):
            terminal.mouse(UP, 40, 10)
        terminal.wait_for("HALVOR SOUND")
    assert marks() == [("loaded language", "curtly")]


def test_a_key_in_one_burst_with_a_click_finds_the_clicks_work_done(article: Path) -> None:
    with Terminal(article) as terminal:
        terminal.wait_until_open()
        terminal.click(*terminal.find("robbery"))
        terminal.do("l", until="Saved: loaded language, 1 word")
    assert marks() == [("loaded language", "robbery")]


def test_the_scrollbar_goes_where_it_is_clicked_and_drawn_along() -> None:
    Path("long.txt").write_text("\n\n".join(f"Paragraph p{number:03} of many." for number in range(300)), "utf-8")
    with Terminal("long.txt", columns=80, rows=24) as terminal:
        terminal.wait_until_open()
        terminal.mouse(0, 79, 12)
        terminal.wait_for("p160")
        terminal.mouse(32, 79, 6)
        terminal.wait_for("p075")
        # Beside the bar it goes on, up to the end of the text.
        terminal.mouse(32, 40, 23)
        terminal.wait_for("p299")
        terminal.mouse(0, 40, 23, up=True)
        terminal.mouse(35, 30, 5)
        # Nothing was selected meanwhile, and the cursor is where it was.
        terminal.do("Y", until="nothing to redo")
        terminal.do("l", until="Saved: loaded language, 1 word")
    assert marks() == [("loaded language", "Paragraph")]
