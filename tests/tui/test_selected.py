from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.documents.graphemes import snap
from reader.documents.segment import Segments
from reader.documents.span import Span
from reader.documents.unit import Unit
from reader.tui.reading.selected import (
    Selected,
    anchored,
    by_character,
    by_unit,
    chosen,
    dragged,
    dropped,
    narrower,
    to_offset,
    wider,
)
from tests.tui.drawing import place, seen, segmented
from tests.tui.texts import texts

Move = Callable[[Selected, str, Segments], Selected]


def unit(name: str, direction: int = 1, *, extend: bool = False) -> Move:
    return lambda now, text, segments: by_unit(now, text, segments, Unit(name), direction > 0, extend=extend)


def character(direction: int, *, extend: bool = False) -> Move:
    return lambda now, text, segments: by_character(now, text, direction > 0, extend=extend)


def wide(now: Selected, text: str, segments: Segments) -> Selected:
    return wider(now, text, segments)


def narrow(now: Selected, text: str, segments: Segments) -> Selected:
    return narrower(now, segments)


def hold(now: Selected, text: str, segments: Segments) -> Selected:
    return anchored(now, text)


def moved(written: str, *moves: Move) -> list[str]:
    text, now = place(written)
    segments, steps = segmented(text), []
    for move in moves:
        now = move(now, text, segments)
        steps.append(seen(text, now))
    return steps


QUOTED = "He “grew” it. “It is clear that they lost,” she said. “We know it all.”"


def test_tab_goes_to_the_next_quotation_and_passes_scare_quotes() -> None:
    assert moved(QUOTED, unit("quotation"), unit("quotation"), unit("quotation"), unit("quotation", -1)) == [
        "He “grew” it. [“It is clear that they lost,”]{soft} she said. “We know it all.”",
        "He “grew” it. “It is clear that they lost,” she said. [“We know it all.”]{soft}",
        "He “grew” it. “It is clear that they lost,” she said. [“We know it all.”]{soft}",
        "He “grew” it. [“It is clear that they lost,”]{soft} she said. “We know it all.”",
    ]


def test_quotations_of_three_words_are_passed_and_of_four_are_not() -> None:
    assert moved("Oh “it is three” or “it is four now” so.", unit("quotation")) == [
        "Oh “it is three” or [“it is four now”]{soft} so."
    ]


def test_tab_at_the_very_start_of_a_quotation_takes_that_one_first() -> None:
    assert moved("“It is clear now,” he said. “It is not so clear.”", unit("quotation"), unit("quotation")) == [
        "[“It is clear now,”]{soft} he said. “It is not so clear.”",
        "“It is clear now,” he said. [“It is not so clear.”]{soft}",
    ]


def test_sentences_and_paragraphs() -> None:
    assert moved("It is.\n[S]{cursor}o it is. On.", unit("sentence"), unit("sentence"), unit("sentence", -1)) == [
        "It is.\n[So it is.]{soft} On.",
        "It is.\nSo it is. [On.]{soft}",
        "It is.\n[So it is.]{soft} On.",
    ]
    assert moved("One. Two.\n\nThree.", unit("paragraph"), unit("paragraph"), unit("paragraph", -1)) == [
        "[One. Two.]{soft}\n\nThree.",
        "One. Two.\n\n[Three.]{soft}",
        "[One. Two.]{soft}\n\nThree.",
    ]


def test_words_go_on_from_the_one_at_the_cursor() -> None:
    assert moved("The moon, is.", unit("word"), unit("word"), unit("word"), unit("word", -1)) == [
        "The [moon]{soft}, is.",
        "The moon, [is]{soft}.",
        "The moon, [is]{soft}.",
        "The [moon]{soft}, is.",
    ]


def test_extending_goes_both_ways_around_where_it_began() -> None:
    more, less = unit("word", 1, extend=True), unit("word", -1, extend=True)
    assert moved("So the [moon]{soft} is round.", more, more, less, less, less, less, more) == [
        "So the [moon [i]{cursor}s]{hard} round.",
        "So the [moon is [r]{cursor}ound]{hard}.",
        "So the [moon [i]{cursor}s]{hard} round.",
        "So the [moon]{hard} is round.",
        "So [the moon]{hard} is round.",
        "[So the moon]{hard} is round.",
        "So [the moon]{hard} is round."
    ]  # fmt: skip


def test_characters_are_what_people_see() -> None:
    assert moved("ae\u0301👩‍👧b", character(1), character(1), character(1), character(1), character(-1)) == [
        "a[e\u0301]{cursor}👩‍👧b",
        "ae\u0301[👩‍👧]{cursor}b",
        "ae\u0301👩‍👧[b]{cursor}",
        "ae\u0301👩‍👧[b]{cursor}",
        "ae\u0301[👩‍👧]{cursor}b",
    ]


def test_extending_by_characters() -> None:
    on, back = character(1, extend=True), character(-1, extend=True)
    assert moved("mo[o]{cursor}n", on, back, back) == ["mo[o[n]{cursor}]{hard}", "mo[o]{hard}n", "m[oo]{hard}n"]


def test_wider_climbs_and_narrower_comes_back_down() -> None:
    steps = moved("He came. “It is [clear]{soft},” he said. So.\nOn.", wide, wide, wide, wide, wide, wide)
    assert steps == [
        "He came. “[It is [c]{cursor}lear,]{hard}” he said. So.\nOn.",
        "He came. [“It is [c]{cursor}lear,”]{hard} he said. So.\nOn.",
        "He came. [“It is [c]{cursor}lear,” he said.]{hard} So.\nOn.",
        "[He came. “It is [c]{cursor}lear,” he said. So.]{hard}\nOn.",
        "[He came. “It is [c]{cursor}lear,” he said. So.\nOn.]{hard}",
        "[He came. “It is [c]{cursor}lear,” he said. So.\nOn.]{hard}",
    ]
    back = moved(steps[-1], narrow, narrow, narrow, narrow, narrow, narrow)
    assert back == [*steps[3::-1], "He came. “It is [clear]{hard},” he said. So.\nOn.", back[-2]]


def test_narrower_takes_back_what_wider_did_also_a_selection_of_no_unit() -> None:
    assert moved("[m[o]{cursor}on is]{hard} up.", wide, narrow) == [
        "[m[o]{cursor}on is up.]{hard}",
        "[m[o]{cursor}on is]{hard} up.",
    ]


def test_wider_from_a_bare_cursor_takes_the_word() -> None:
    assert moved("The m[o]{cursor}on.", wide) == ["The [m[o]{cursor}on]{hard}."]


def test_a_held_selection_grows_with_every_move_until_it_is_let_go() -> None:
    text, now = place("The [moon]{soft} is round. So.")
    segments = segmented(text)
    now = anchored(now, text)
    assert now.held
    now = by_unit(now, text, segments, Unit.WORD, True, extend=False)
    now = to_offset(now, text, segments, 19, extend=False)
    assert seen(text, now) == "The [moon is round. [S]{cursor}o]{hard}."
    now = anchored(now, text)
    assert not now.held
    assert seen(text, now) == "The [moon is round. [S]{cursor}o]{hard}."
    now = by_unit(now, text, segments, Unit.WORD, False, extend=False)
    assert seen(text, now) == "The moon is [round]{soft}. So."


def test_holding_begins_with_what_is_selected_or_the_character() -> None:
    assert moved("The [moon is]{hard} so.", hold) == ["The [moon is]{hard} so."]
    assert moved("The m[o]{cursor}on.", hold) == ["The m[o]{hard}on."]


@pytest.mark.parametrize(
    "start, end, expected",
    [
        (4, 7, "The [moo[n]{cursor}]{hard} is"),
        (7, 4, "The [moon]{hard} is"),
        (5, 5, "The m[o]{hard}on is"),
        (8, 99, "The moon[ is]{hard}"),
    ],
)
def test_what_the_mouse_is_drawn_over(start: int, end: int, expected: str) -> None:
    text = "The moon is"
    now = dragged(text, start, end)
    assert now.hard is not None
    if end < len(text):
        assert seen(text, now) == expected
    else:
        assert now.hard.cut(text) == " is"


def test_the_mouse_parts_no_character() -> None:
    assert dragged("ae\u0301b", 0, 1) == Selected(cursor=1, hard=Span(0, 3))


def test_tags_are_told_what_is_selected_and_how() -> None:
    text, now = place("The [moon]{soft} is")
    assert (now.choice().span, now.choice().hard) == (Span(4, 8), False)
    hard = chosen(text, Span(0, 3))
    assert (hard.choice().cursor, hard.choice().span, hard.choice().hard) == (0, Span(0, 3), True)
    assert dropped(hard) == Selected(cursor=0)
    assert by_unit(now, text, segmented(text), Unit.WORD, True, extend=True).choice().hard


_moves = st.one_of(
    st.builds(unit, st.sampled_from(Unit), st.sampled_from([1, -1]), extend=st.booleans()),
    st.builds(character, st.sampled_from([1, -1]), extend=st.booleans()),
    st.sampled_from([wide, narrow, hold]),
)


@given(texts, st.lists(_moves, max_size=12), st.integers(0, 400))
def test_whatever_one_does_the_cursor_and_the_selection_stand_between_characters(
    text: str, moves: list[Move], offset: int
) -> None:
    segments = segmented(text)
    now = to_offset(Selected(), text, segments, offset, extend=False)
    for move in moves:
        now = move(now, text, segments)
        spans = [span for span in (now.soft, now.hard) if span is not None]
        assert 0 <= now.cursor <= len(text)
        assert all(0 <= span.start <= span.end <= len(text) for span in spans)
        edges = [edge for span in spans if span == now.hard for edge in (span.start, span.end)]
        assert [edge for edge in (now.cursor, *edges) if snap(text, edge) != edge] == []


@given(texts, st.sampled_from([Unit.WORD, Unit.SENTENCE, Unit.QUOTATION, Unit.PARAGRAPH]))
def test_moving_on_comes_to_an_end_and_back_to_the_first(text: str, kind: Unit) -> None:
    """Every move on goes further down; every move back further up."""
    segments, now = segmented(text), Selected()
    for forward in (True, False):
        for _ in range(len(text) + 2):
            following = by_unit(now, text, segments, kind, forward, extend=False)
            if following.cursor == now.cursor and following == now:
                break
            assert (following.cursor > now.cursor) == forward or following.soft != now.soft
            now = following
        else:
            raise AssertionError("it never ends")


def test_what_is_found_inside_a_character_is_selected_with_all_of_it() -> None:
    text = "काम e\u0323\u0302 x"
    assert chosen(text, Span(0, 1)) == Selected(cursor=0, hard=Span(0, 2))
    assert chosen(text, Span(5, 7)) == Selected(cursor=4, hard=Span(4, len(text) - 2))
