from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.tui.reading.picking import Choice, Picking
from reader.tui.screens.picker import Picker
from reader.tui.widgets.chooser import ABOVE, Chooser
from tests.tui.conftest import Opener, Reading

NAMES = ("claim", "quote", "opinion", "loaded language", "Quotation in Łódź")
CHOICES = [Choice(name, [(name, "text")], name) for name in NAMES]


def picking() -> Picking:
    return Picking("Which?", CHOICES, "None is.")


def typed(picking: Picking, words: str) -> list[str]:
    for char in words:
        assert picking.press(char, char)
    return [choice.value for choice in picking.shown]


@pytest.mark.parametrize(
    "words, expected",
    [
        ("", list(NAMES)),
        ("quo", ["quote", "Quotation in Łódź"]),
        ("in quo", ["Quotation in Łódź"]),
        ("LOADED", ["loaded language"]),
        ("zebra", []),
    ],
)
def test_typed_words_narrow_the_list(words: str, expected: Sequence[str]) -> None:
    asked = picking()
    assert typed(asked, words) == expected
    assert asked.value == (expected[0] if expected else None)


def test_taking_letters_back_widens_it_again() -> None:
    asked = picking()
    typed(asked, "quo")
    assert asked.press("backspace", None)
    assert asked.press("ctrl+u", None)
    assert [choice.value for choice in asked.shown] == list(NAMES)


def test_it_begins_at_what_holds_now_and_goes_round() -> None:
    asked = Picking("Which?", CHOICES, "None is.", present="opinion")
    assert asked.value == "opinion"
    asked = picking()
    asked.press("up", None)
    assert asked.value == NAMES[-1]
    asked.press("down", None)
    assert asked.value == NAMES[0]
    asked.press("pageup", None)
    assert asked.value == NAMES[0]


def test_offers_come_of_what_is_typed() -> None:
    asked = Picking("Add?", CHOICES, "None is.", lambda words: [Choice(f"add {words}", [(words, "text")], words)])
    assert typed(asked, "cl") == ["claim", "add cl"]
    asked.paste("ock\ntower")
    assert [choice.value for choice in asked.shown] == ["add clock tower"]


@given(st.lists(st.sampled_from(["up", "down", "pageup", "pagedown", "q", "backspace"]), max_size=30))
def test_what_enter_takes_is_always_one_that_is_shown(keys: Sequence[str]) -> None:
    asked = picking()
    for key in keys:
        asked.press(key, key if len(key) == 1 else None)
        assert (asked.value in [choice.value for choice in asked.shown]) == bool(asked.shown)


def test_other_keys_are_not_its_own() -> None:
    assert not picking().press("f1", None)
    assert not picking().press("enter", "\r")


async def asked(it: Reading, *keys: str) -> Chooser:
    await it.press("enter", *keys)
    assert isinstance(it.app.screen, Picker)
    return it.app.screen.query_one(Chooser)


async def test_a_line_is_taken_by_a_click(reading: Opener) -> None:
    async with reading(at="vanity") as it:
        await it.press(".")
        chooser = await asked(it)
        await it.pilot.click(chooser, offset=(5, 0))
        assert isinstance(it.app.screen, Picker)
        await it.pilot.click(chooser, offset=(5, ABOVE + 2))
        assert it.marked == ["opinion: Nobody asked those who live there."]


async def test_the_list_keeps_its_height_while_fewer_lines_fit(reading: Opener) -> None:
    async with reading() as it:
        chooser = await asked(it)
        height = chooser.size.height
        await it.press("z")
        assert chooser.size.height == height
        assert "No tag is called that." in chooser.render_line(ABOVE).text
        await it.press("enter")
        assert isinstance(it.app.screen, Picker)
        await it.press("escape")
        assert it.marked == []


async def test_a_long_list_scrolls_with_the_line_that_is_chosen(reading: Opener) -> None:
    async with reading(size=(80, 16)) as it:
        await it.press("colon")
        chooser = it.app.screen.query_one(Chooser)
        rows = range(ABOVE, chooser.size.height - 3)
        await it.press("pagedown", "pagedown")
        assert any("▸" in chooser.render_line(y).text for y in rows)
        await it.press("pageup", "pageup")
        assert "▸" in chooser.render_line(ABOVE).text


async def test_a_dialog_shows_what_changes_below_it(reading: Opener) -> None:
    async with reading() as it:
        await it.press("question_mark")
        it.screen.say("The bridge is closed.")
        await it.pilot.pause()
        rows = [strip.text for strip in it.app.screen._compositor.render_strips()]
        assert any("The bridge is closed." in row for row in rows)
