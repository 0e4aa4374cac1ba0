from __future__ import annotations

import sys
from itertools import cycle

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.documents.graphemes import clusters
from reader.documents.normalise import safe
from reader.tui.layout.cells import FIRST_WIDE, drawn, fitted, is_lone, is_simple, row_cells, shown_text, width_of
from tests.tui.texts import lines, lone_lines, simple_lines

SIMPLE = [chr(code) for code in range(sys.maxunicode + 1) if is_simple(chr(code))]
WIDE = [chr(code) for code in range(sys.maxunicode + 1) if is_lone(chr(code)) and not is_simple(chr(code))]


def test_simple_characters_are_one_cell_and_drawn_as_they_are() -> None:
    assert len(SIMPLE) > 2000
    assert [char for char in SIMPLE if cell_len(char) != 1 or drawn(char) != (char, 1) or safe(char) != char] == []


def test_simple_characters_are_a_cluster_each_beside_any_other() -> None:
    for text in ("".join(SIMPLE), "".join(reversed(SIMPLE)), "".join(char * 2 for char in SIMPLE)):
        assert is_simple(text)
        assert len(list(clusters(text))) == len(text)
        assert cell_len(text) == len(text)


def test_wide_characters_are_two_cells_and_drawn_as_they_are() -> None:
    assert len(WIDE) > 20_000
    assert [char for char in WIDE if cell_len(char) != 2 or drawn(char) != (char, 2) or safe(char) != char] == []
    assert max(SIMPLE) < FIRST_WIDE <= min(WIDE)


def test_wide_characters_are_a_cluster_each_beside_any_other() -> None:
    mixed = "".join(char + beside for char, beside in zip(WIDE, cycle(SIMPLE), strict=False))
    for text in ("".join(WIDE), "".join(reversed(WIDE)), "".join(char * 2 for char in WIDE), mixed, mixed[::-1]):
        assert is_lone(text)
        assert len(list(clusters(text))) == len(text)


def test_signs_beside_their_letter_have_cells_of_their_own() -> None:
    widths = {"नि": 2, "क्षि": 3, "कि": 2, "के": 1, "கொ": 2, "가\u302e": 4, "\u093f": 2, "㉈": 2}
    for text, width in widths.items():
        assert width_of(text) == cell_len(shown_text(text)) == width
    assert shown_text("\u093f") == "◌\u093f"
    assert fitted("हिन्दी", 4) == "हि… "


def test_gnu_screen_is_not_sent_what_it_would_move_lines_by(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.tui.layout.cells._in_screen", True)
    drawn.cache_clear()
    try:
        assert shown_text("나\u302f \u0600١ \u06dd नि के e\u0323") == "나 ١  नि के e\u0323"
        assert shown_text("b\u1ac1") == "b"
    finally:
        drawn.cache_clear()


@given(lone_lines)
def test_lone_characters_take_the_cells_that_their_clusters_take(text: str) -> None:
    assert is_lone(text)
    assert shown_text(text) == "".join(drawn(char)[0] for char in text)
    assert width_of(text) == sum(drawn(char)[1] for char in text)


@given(simple_lines)
def test_texts_of_simple_characters_are_simple(text: str) -> None:
    assert is_simple(text)


@given(lines)
def test_what_is_drawn_is_as_wide_as_it_is_counted(text: str) -> None:
    assert cell_len(shown_text(text)) == width_of(text)


@given(lines | st.text())
@example("\U000e0080")
@example("\u1161")
def test_what_is_drawn_is_measured_the_same_again(text: str) -> None:
    assert width_of(shown_text(text)) == width_of(text)


@given(lines)
def test_the_cells_of_a_row_stand_side_by_side_and_are_the_text(text: str) -> None:
    cells = list(row_cells("ab" + text + "cd", 2, 2 + len(text)))
    x, at = 0, 2
    for cell in cells:
        assert (cell.x, cell.start) == (x, at)
        assert cell.width == cell_len(cell.shown)
        x, at = x + cell.width, cell.end
    assert (x, at) == (width_of(text), 2 + len(text))


@given(st.text())
def test_nothing_drawn_commands_the_terminal(text: str) -> None:
    shown = shown_text(text)
    assert safe(shown) == shown
    assert "\t" not in shown


@given(st.text() | lines, st.integers(0, 130))
def test_fitted_is_exactly_as_wide_as_asked(text: str, width: int) -> None:
    assert cell_len(fitted(text, width)) == width


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    assert fitted("harbour master", 9) == "harbour… "
    assert fitted("harbour", 7) == "harbour"
    assert fitted("漢字漢字", 6) == "漢字… "
    assert fitted("a\nb", 5) == "a b  "
