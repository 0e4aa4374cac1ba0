"""Typing a line: characters as people see them, words, and words that are typed over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.documents.finding import MOST_WORDS
from reader.documents.graphemes import snap
from reader.tui.reading.line import EDITING, Line, part_shown, pressed, typed

KEYS = sorted(EDITING)


def at(drawing: str) -> Line:
    """`ab|c`: the cursor is before the c."""
    return Line(drawing.replace("|", ""), drawing.index("|"))


def drawn(line: Line) -> str:
    return f"{line.text[: line.cursor]}|{line.text[line.cursor :]}"


@pytest.mark.parametrize(
    "before, key, after",
    [
        ("ab|c", "left", "a|bc"),
        ("ab|c", "right", "abc|"),
        ("abc|", "right", "abc|"),
        ("|abc", "left", "|abc"),
        ("|abc", "backspace", "|abc"),
        ("ab|c", "backspace", "a|c"),
        ("ab|c", "delete", "ab|"),
        ("e\u0301|", "backspace", "|"),
        ("🇩🇪|🇩🇪", "left", "|🇩🇪🇩🇪"),
        ("one two| three", "ctrl+left", "one |two three"),
        ("one |two", "ctrl+left", "|one two"),
        ("one| two three", "ctrl+right", "one |two three"),
        ("one two| three", "ctrl+w", "one | three"),
        ("one two |", "ctrl+w", "one |"),
        ("one two| three", "ctrl+u", "| three"),
        ("one two| three", "ctrl+k", "one two|"),
        ("one two| three", "home", "|one two three"),
        ("one two| three", "end", "one two three|"),
    ],
)
def test_keys(before: str, key: str, after: str) -> None:
    assert drawn(pressed(at(before), key)) == after


def test_words_of_the_last_time_are_typed_over_taken_away_or_gone_into() -> None:
    last = Line("moon", 4, fresh=True)
    assert typed(last, "s") == Line("s", 1)
    assert pressed(last, "backspace") == Line()
    assert pressed(last, "left") == Line("moon", 3)


def test_breaks_are_spaces_and_there_is_an_end() -> None:
    assert typed(Line(), "a\nb\tc") == Line("a b c", 5)
    assert typed(at("x|y"), "z" * 2 * MOST_WORDS) == Line("x" + "z" * (MOST_WORDS - 2) + "y", MOST_WORDS - 1)


@given(st.lists(st.sampled_from([*KEYS, "a", " ", "é", "漢", "🇩🇪", "e\u0301", "ab cd"]), max_size=30))
def test_the_cursor_is_in_the_line_and_in_no_character(keys: list[str]) -> None:
    line = Line("so it is", 8, fresh=True)
    for key in keys:
        line = pressed(line, key) if key in KEYS else typed(line, key)
        if key in KEYS:
            assert snap(line.text, line.cursor) == line.cursor
        assert 0 <= line.cursor <= len(line.text) <= MOST_WORDS
        for room in (8, 100):
            before, cursor, behind = part_shown(line, room)
            shown = before + cursor + behind
            assert shown in line.text + " "
            assert len(before) <= room
            if len(line.text) < room:
                assert shown in (line.text, line.text + " ")
