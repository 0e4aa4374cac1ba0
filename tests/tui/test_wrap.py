from __future__ import annotations

from itertools import pairwise, takewhile

import pytest
from hypothesis import example, given

from reader.documents.graphemes import clusters
from reader.tui.layout.cells import is_lone, is_simple, width_of
from reader.tui.layout.wrap import _wrap_clusters, _wrap_lone, _wrap_simple, wrap
from tests.tui.texts import lines, lone_lines, simple_lines, widths


def rows(text: str, width: int) -> list[str]:
    return [text[a:b] for a, b in pairwise([*wrap(text, width), len(text)])]


@given(lines, widths)
def test_rows_are_the_paragraph_and_part_no_cluster(text: str, width: int) -> None:
    starts = wrap(text, width)
    assert starts[0] == 0
    assert all(one < other for one, other in pairwise(starts))
    assert set(starts) <= {0, *(start for start, _ in clusters(text))}


@given(lines, widths)
def test_only_spaces_hang_over_the_edge(text: str, width: int) -> None:
    for row in rows(text, width):
        seen = row.rstrip(" \t")
        assert width_of(seen) <= width or len(list(clusters(seen))) == 1


@given(lines, widths)
def test_a_row_takes_as_many_words_as_fit(text: str, width: int) -> None:
    """Where the next row's first word would have fitted, the break is a needless one."""
    for row, following in pairwise(rows(text, width)):
        parts = [following[a:b] for a, b in clusters(following)]
        word = "".join(takewhile(lambda part: part != " ", parts))
        if row.endswith(" ") and word and "\t" not in text:
            first = next(word[a:b] for a, b in clusters(word))
            whole = word if width_of(word) <= width else first
            assert width_of(row + whole) > width


@given(simple_lines, widths)
@example("—" + "a" * 9, 8)
@example("ab-cd5-6efgh", 8)
@example("-abcdefghi", 8)
@example("a -bcdefghij", 8)
def test_both_ways_of_wrapping_agree(text: str, width: int) -> None:
    assert is_simple(text)
    assert _wrap_simple(text, width) == _wrap_clusters(text, width)


@given(lone_lines | simple_lines, widths)
@example("a 「長", 8)
@example("（" * 9, 8)
def test_all_ways_of_wrapping_agree(text: str, width: int) -> None:
    assert is_lone(text)
    assert _wrap_lone(text, width) == _wrap_clusters(text, width)


@pytest.mark.parametrize(
    "text, width, expected",
    [
        ("the harbour master", 11, ["the harbour ", "master"]),
        ("the harbour master", 10, ["the ", "harbour ", "master"]),
        ("the     harbour", 8, ["the     ", "harbour"]),
        ("harbourmaster", 8, ["harbourm", "aster"]),
        ("a self-made man", 8, ["a self-", "made man"]),
        ("the 1990-95 war", 8, ["the ", "1990-95 ", "war"]),
        ("it was—so it is", 8, ["it was—", "so it is"]),
        ("漢字漢字漢字", 8, ["漢字漢字", "漢字"]),
        ("漢字漢字。漢", 8, ["漢字漢", "字。漢"]),
        ("「漢字「漢字」", 8, ["「漢字", "「漢字」"]),
        ("e\u0301" * 10, 8, ["e\u0301" * 8, "e\u0301" * 2]),
        ("🇩🇪🇫🇷🇩🇪🇫🇷🇩🇪", 8, ["🇩🇪🇫🇷🇩🇪🇫🇷", "🇩🇪"]),
        ("", 8, [""]),
        (" " * 20, 8, [" " * 20]),
    ],
)
def test_where_rows_break(text: str, width: int, expected: list[str]) -> None:
    assert rows(text, width) == expected
