from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.documents.document import Layout, Structure
from reader.documents.paragraphs import Paragraphs, layout_of
from reader.tui.layout.cells import width_of
from reader.tui.layout.flow import Flow, Place, Row
from tests.tui.texts import texts, widths

HARD_WRAPPED = """The council's transport chief told reporters
on Friday that the bridge had never been asked
for by anybody.

- one
- two

It will cost 48 million, three times the first
estimate, according to a report in the budget."""

layouts = st.sampled_from(Layout)
# Also so short that short texts have several in a paragraph.
blocks = st.sampled_from([8192, 24, 40])


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    text = draw(texts | st.just(HARD_WRAPPED))
    return Flow(text, Paragraphs(text, draw(layouts)), draw(widths), draw(st.integers(0, 2)), block=draw(blocks))


def walked(flow: Flow) -> list[Row]:
    place, rows = Place(0, 0), [flow.row(Place(0, 0))]
    while place != flow.last():
        place = flow.step(place, 1)
        rows.append(flow.row(place))
    return rows


def by_paragraph(flow: Flow) -> list[list[Row]]:
    """The rows that each paragraph takes when the text is walked from the top, with the space below it."""
    rows = walked(flow)
    return [[row for row in rows if flow.paragraphs.at(row.place.block) == paragraph] for paragraph in flow.paragraphs]


@given(flows())
def test_the_rows_of_a_paragraph_are_its_text(flow: Flow) -> None:
    for span, rows in zip(flow.paragraphs, by_paragraph(flow), strict=True):
        assert rows[0].start == span.start
        assert rows[-1].after == span.end
        assert all(one.after == other.start for one, other in pairwise(rows))
        assert all(row.start <= row.end <= row.after for row in rows)
        assert all(set(flow.text[row.end : row.after]) <= set(" \t\n") for row in rows)
        assert sum(row.last for row in rows) == 1


@given(flows(), st.lists(st.tuples(st.integers(0, 400), st.integers(-40, 40)), max_size=8))
def test_what_is_laid_out_where_somebody_looks_is_what_walking_from_the_top_gives(
    flow: Flow, looks: list[tuple[int, int]]
) -> None:
    whole = walked(Flow(flow.text, flow.paragraphs, flow.width, flow.spacing, block=flow.block))
    number = {row.place: i for i, row in enumerate(whole)}
    for offset, rows in looks:
        place = flow.locate(min(offset, len(flow.text)))
        reached = flow.step(place, rows)
        assert number[reached] == min(max(0, number[place] + rows), len(whole) - 1)
        assert flow.row(reached) == whole[number[reached]]
        assert flow.between(place, reached, 100) == number[reached] - number[place]


@given(flows())
def test_no_row_is_wider_than_the_measure(flow: Flow) -> None:
    for row in walked(flow):
        cells = [cell for cell in flow.cells(row) if cell.start < row.end]
        assert width_of(flow.text[row.start : row.end]) <= flow.width or len(cells) == 1


@given(flows(), st.data())
def test_an_offset_stands_in_the_row_that_it_is_located_in(flow: Flow, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(flow.text)))
    row = flow.row(flow.locate(offset))
    ends_here = row.last and offset == row.after
    assert row.start <= offset < row.after or ends_here


@given(flows())
def test_every_visible_cluster_is_found_at_its_column(flow: Flow) -> None:
    for row in walked(flow):
        for cell in flow.cells(row):
            if cell.width and cell.start < row.end:
                assert flow.locate(cell.start) == row.place
                column = flow.column(cell.start)
                assert column == row.indent + cell.x
                assert {flow.offset(row.place, column + x) for x in range(cell.width)} == {cell.start}


@given(flows(), st.integers(-5, 200))
def test_any_column_of_a_row_is_a_place_in_it(flow: Flow, column: int) -> None:
    for row in walked(flow):
        found = flow.offset(row.place, column)
        assert found == row.start or row.start < found < row.after


@given(flows(), st.data())
def test_as_many_rows_down_and_up_again(flow: Flow, data: st.DataObject) -> None:
    places = [row.place for row in walked(flow)]
    at = data.draw(st.integers(0, len(places) - 1))
    rows = data.draw(st.integers(-2 * len(places), 2 * len(places)))
    reached = max(0, min(len(places) - 1, at + rows))
    assert flow.step(places[at], rows) == places[reached]
    assert flow.step(flow.step(places[at], rows), at - reached) == places[at]
    most = data.draw(st.integers(1, len(places) + 3))
    distance = flow.between(places[at], places[reached], most)
    assert distance == max(-most, min(most, reached - at))


@given(flows(), widths)
def test_another_width_holds_the_same_text(flow: Flow, width: int) -> None:
    def words(flow: Flow) -> list[str]:
        return [flow.text[row.start : row.after] for row in walked(flow)]

    other = Flow(flow.text, flow.paragraphs, width, flow.spacing)
    assert "".join(words(other)) == "".join(words(flow))


def shown(flow: Flow) -> list[str]:
    return [" " * (row.indent - len(row.lead)) + row.lead + flow.text[row.start : row.end] for row in walked(flow)]


def flowed(text: str, width: int, spacing: int = 0, structure: tuple[Structure, ...] = ()) -> list[str]:
    rows = shown(Flow(text, Paragraphs(text, layout_of(text)), width, spacing, structure))
    return [row.replace("\n", " ") for row in rows]


def test_hand_wrapped_lines_are_set_anew_and_lists_stay_lists() -> None:
    assert flowed(HARD_WRAPPED, 60) == [
        "The council's transport chief told reporters on Friday that",
        "the bridge had never been asked for by anybody.",
        "",
        "- one",
        "- two",
        "",
        "It will cost 48 million, three times the first estimate,",
        "according to a report in the budget.",
    ]


@pytest.mark.parametrize(
    "text, spacing, expected",
    [
        ("one\ntwo", 0, ["one", "two"]),
        ("one\ntwo", 2, ["one", "", "", "two"]),
        ("one\n\ntwo", 2, ["one", "", "two"]),
        ("one", 2, ["one"]),
        # An editor's notice below a blank line leaves the other paragraphs their space.
        ("\n".join("abcdefghijkl") + "\n\nm", 1, [row for letter in "abcdefghijklm" for row in (letter, "")][:-1]),
        (f"{'x' * 39}\t\tone", 0, ["x" * 39, "one"]),
    ],
)
def test_paragraphs_without_blank_lines_get_their_space(text: str, spacing: int, expected: list[str]) -> None:
    assert flowed(text, 40, spacing) == expected


def structure(kind: str, start: int, end: int, **data: object) -> Structure:
    return Structure(kind, start, end, json.dumps(data))


def test_lists_and_block_quotations_are_set_in() -> None:
    text = "red and green\nblue and white\nsaid by somebody else"
    rows = flowed(
        text,
        10,
        structure=(
            structure("list_item", 0, 13, depth=1, marker="-"),
            structure("list_item", 14, 28, depth=2, marker="1."),
            structure("blockquote", 29, len(text)),
        ),
    )
    assert rows == [
        "• red and",
        "  green",
        "  1. blue",
        "     and",
        "     white",
        "▎ said by",
        "▎ somebody",
        "▎ else",
    ]


def test_columns_count_from_the_edge_of_the_measure() -> None:
    text = "red and green"
    flow = Flow(text, Paragraphs(text, Layout.LINES), 10, 0, (structure("list_item", 0, 13, depth=1, marker="-"),))
    assert flow.column(4) == 6
    assert flow.offset(Place(0, 0), 6) == 4
    assert flow.offset(Place(0, 0), 0) == 0
