"""Finding by keys: words, regexes, hits counted and stepped through, and searches that take a while."""

from __future__ import annotations

import asyncio
import gc
import warnings
from collections.abc import Callable

import pytest
from textual import events

from reader.project import Project
from reader.tui.commands import Mode
from reader.tui.reading import finding, regex
from reader.tui.screens import reading_find
from tests.storage.making import article
from tests.tui.conftest import Opener, Reading

LONG = "Nobody asked for a crossing, and nobody would say what it was for.\n" * 4_000


class Rests:
    """Searches rest after each step until they are let go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.over = asyncio.Event()
        for name, value in (("AT_ONCE", 1), ("SLICE_SECONDS", 0), ("TELL_SECONDS", 0), ("sleep", self.rest)):
            monkeypatch.setattr(reading_find, name, value)
        monkeypatch.setattr(finding, "CHUNK", 1 << 12)

    async def rest(self, seconds: float) -> None:
        await self.over.wait()
        await asyncio.sleep(seconds)


async def until(it: Reading, happened: Callable[[], bool]) -> None:
    """Wait for what happens in the background."""
    async with asyncio.timeout(20):
        while not happened():
            await it.pilot.pause()


async def test_what_can_be_looked_for_is_said(reading: Opener) -> None:
    async with reading(size=(80, 24)) as it:
        await it.press("slash")
        assert it.status.endswith("any letters; capitals and kinds of quotes make no difference")
        await it.press("ctrl+r")
        assert it.status.endswith("as in Python; (?i) for any capitals")
        await it.press("ctrl+r", "escape")


async def test_finding_words_and_stepping_through_them(reading: Opener) -> None:
    async with reading() as it:
        await it.press("slash", *"aSked")
        assert it.selected == "asked"
        assert it.status == "Find  aSked    hit 1 of 3"
        assert it.footer.startswith("↓ next hit  Ctrl+R regex/words  Enter stay  Esc back")
        await it.press("enter")
        starts = [it.screen.reader.selected.cursor]
        assert it.status.startswith("hit 1 of 3 · > next, < previous · Esc lets go")
        assert it.hits() == ["asked"] * 3
        for key in ("greater_than_sign", "greater_than_sign", "greater_than_sign", "less_than_sign"):
            await it.press(key)
            starts.append(it.screen.reader.selected.cursor)
        assert it.status.startswith("hit 3 of 3")
        one, two, three = (at for at in range(len(it.text)) if it.text.startswith("asked", at))
        assert starts == [one, two, three, one, three]
        await it.press("l")
        assert it.marked == ["loaded language: asked"]
        await it.press("escape")
        assert it.hits() == []
        await it.press("greater_than_sign")
        assert it.status.startswith("Nothing is being looked for: / finds words.")


async def test_finding_is_given_up_or_finds_nothing(reading: Opener) -> None:
    async with reading(at="quietly") as it:
        begin = it.screen.reader.selected
        await it.press("slash", "a", "s")
        assert it.screen.reader.selected != begin
        await it.press("escape")
        assert it.screen.reader.selected == begin
        assert it.hits() == []
        await it.press("slash", "x", "x")
        assert it.status.startswith("Find  xx    “xx” is not in this text.")
        await it.press("enter")
        assert it.screen.reader.selected == begin
        assert it.status == "“xx” is not in this text."


async def test_giving_up_returns_to_the_same_rows(reading: Opener, project: Project) -> None:
    async with reading(article(project, LONG + "a needle")) as it:
        await it.press("down", "down", "space", "down")
        begin, top = it.screen.reader.selected, it.screen.reader.top_offset
        await it.press("slash", *"needle")
        assert it.screen.reader.top_offset > len(LONG) // 2
        await it.press("escape")
        assert (it.screen.reader.selected, it.screen.reader.top_offset) == (begin, top)


async def test_the_last_words_are_offered_and_typed_over(reading: Opener) -> None:
    async with reading() as it:
        await it.press("slash", *"asked", "enter", "escape", "ctrl+home", "slash", "enter")
        assert it.selected == "asked"
        assert it.status.startswith("hit 1 of 3")
        await it.press("slash")
        assert it.status == "Find  asked    Enter looks for it again"
        assert it.selected == "asked"
        await it.press(*"mayor", "enter")
        assert it.selected == "mayor"
        assert it.hits() == ["mayor"]
        await it.press("slash", "escape")
        assert it.hits() == ["mayor"]
        await it.press("slash", "backspace", "enter")
        assert it.hits() == []


async def test_hits_are_stepped_through_while_words_are_typed(reading: Opener) -> None:
    async with reading() as it:
        await it.press("slash", *"asked", "down", "tab")
        assert it.status == "Find  asked    hit 3 of 3"
        await it.press("up", "shift+tab", "enter")
        assert it.status.startswith("hit 1 of 3")
        await it.press("slash", "down")
        assert it.status == "Find  asked    hit 1 of 3"
        await it.press("x", "down")
        assert it.status == "Find  askedx    “askedx” is not in this text."


async def test_while_words_are_typed_keys_are_characters(reading: Opener) -> None:
    async with reading() as it:
        await it.press("slash", *"cqol1WZ", "question_mark", "colon", "space", "left_square_bracket", "f5")
        assert it.status.startswith("Find  cqol1WZ?: [ ")
        assert it.marked == []
        await it.press("left", "left", "backspace", "home", "delete")
        assert it.status.startswith("Find  qol1WZ? [ ")
        assert it.listed()
        await it.press("escape")
        assert it.screen.reader.mode is Mode.READING


async def test_pasted_words_are_looked_for(reading: Opener) -> None:
    async with reading() as it:
        await it.press("slash")
        it.app.post_message(events.Paste("quietly\r\nburied"))
        await it.pilot.pause()
        assert it.selected == "quietly buried"
        assert it.status == "Find  quietly buried    hit 1 of 1"


async def test_a_click_stays_at_the_hit_and_goes_where_it_points(reading: Opener) -> None:
    async with reading() as it:
        await it.press("slash", *"mayor")
        await it.pilot.click(type(it.screen.reader), offset=(40, 1))
        await it.pilot.pause()
        assert it.screen.reader.mode is Mode.READING
        assert it.selected.startswith("~")
        assert it.hits() == ["mayor"]


async def test_another_selection_ends_the_typing(reading: Opener) -> None:
    async with reading() as it:
        await it.press("slash", *"mayor")
        it.go("Nobody")
        await it.pilot.pause()
        assert it.screen.reader.mode is Mode.READING
        await it.press("l")
        assert it.marked == ["loaded language: Nobody"]


async def test_a_regex_is_looked_for_on_request(reading: Opener) -> None:
    async with reading() as it:
        await it.press("slash", *"n.b", "ctrl+r")
        assert it.status.startswith("Find a regex  n.b    searching … 0 %")
        await until(it, lambda: "of" in it.status)
        assert it.selected == "nob"
        assert it.status == "Find a regex  n.b    hit 1 of 2"
        await it.press("enter", "greater_than_sign")
        assert it.status.startswith("hit 2 of 2 · > next")
        assert it.selected == "Nob"
        assert it.hits() == ["nob", "Nob"]
        await it.press("less_than_sign", "less_than_sign")
        assert it.status.startswith("hit 2 of 2")
        await it.press("slash", "ctrl+r")
        assert it.status.startswith("Find  n.b    “n.b” is not in this text.")


@pytest.mark.parametrize(
    "expression, said",
    [
        ("(foo", "No regex yet: missing ), unterminated subpattern (character 1)."),
        ("[z-a]", "No regex yet: bad character range z-a (character 2)."),
        ("x{99999999999}", "This regex is too much for this text: make it smaller or more exact."),
    ],
)
async def test_a_bad_regex_says_what_is_wrong(reading: Opener, expression: str, said: str) -> None:
    async with reading() as it:
        begin = it.screen.reader.selected
        await it.press("slash", "ctrl+r", *expression)
        await until(it, lambda: "regex is" in it.status or "No regex" in it.status)
        assert said in it.status
        await it.press("enter")
        assert it.status == said
        await it.press("greater_than_sign")
        assert it.status == said
        assert it.screen.reader.selected == begin


async def test_a_regex_that_never_ends_holds_up_nothing(
    reading: Opener, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(regex, "PATIENCE", 0.5)
    async with reading(article(project, "a" * 5_000)) as it:
        await it.press("slash", "ctrl+r", *"(a|aa)+b", "enter")
        assert it.status.startswith("searching … 0 %")
        await until(it, lambda: "too long" in it.status)
        assert it.status == "This regex takes too long, it was stopped at 0 %: make it more exact."


async def test_another_letter_ends_the_search_before(
    reading: Opener, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    rests = Rests(monkeypatch)
    async with reading(article(project, LONG + "a needle, an eye")) as it:
        await it.press("slash", *"need")
        before = it.screen._search
        assert it.status.startswith("Find  need    searching … ")
        await it.press("x")
        rests.over.set()
        await until(it, lambda: "not in this text" in it.status)
        assert before is not None
        assert not before.is_counted
        assert it.screen.reader.selected.cursor == 0


async def test_a_search_that_is_given_up_before_it_began_has_nothing_to_say(
    reading: Opener, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    Rests(monkeypatch).over.set()
    async with reading(article(project, LONG)) as it:
        await it.press("slash", *"need")
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            for is_regex in (False, True):
                it.screen._is_regex = is_regex
                it.screen._look_for()
                it.screen._look_for()
                it.screen._stop()
            await it.pilot.pause()
            gc.collect()
        assert [str(warning.message) for warning in said] == []


async def test_what_is_far_is_found_between_the_keys(
    reading: Opener, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    rests = Rests(monkeypatch)
    async with reading(article(project, LONG + "a needle. " + LONG + "another needle.")) as it:
        await it.press("slash", *"needle")
        begin = it.screen.reader.selected
        assert it.status.startswith("Find  needle    searching … ")
        await it.press("enter")
        assert it.status.startswith("searching … ")
        assert it.screen.reader.selected == begin
        rests.over.set()
        await until(it, lambda: "of" in it.status)
        assert it.status.startswith("hit 1 of 2 · > next")
        assert it.selected == "needle"
        await it.press("greater_than_sign")
        assert it.screen.reader.selected.cursor == len(it.text) - 7
        assert it.status.startswith("hit 2 of 2")


async def test_hits_are_gone_through_while_they_are_being_counted(
    reading: Opener, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    rests = Rests(monkeypatch)
    async with reading(article(project, LONG)) as it:
        await it.press("slash", *"nobody", "enter")
        assert it.status.startswith("found · counting … 0 % · > next")
        assert it.screen.reader.selected.cursor == 0
        await it.press("greater_than_sign")
        assert it.status.startswith("found · counting … 0 %")
        assert it.screen.reader.selected.cursor == LONG.index("nobody")
        await it.press("less_than_sign", "less_than_sign")
        assert it.screen.reader.selected.cursor == LONG.rindex("nobody")
        rests.over.set()
        await until(it, lambda: "of" in it.status)
        assert it.status.startswith("hit 8,000 of 8,000 · > next")


async def test_who_goes_on_reading_is_not_carried_off_by_a_far_hit(
    reading: Opener, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    rests = Rests(monkeypatch)
    async with reading(article(project, LONG + "a needle.")) as it:
        await it.press("slash", *"needle", "enter", "down")
        begin = it.screen.reader.selected
        rests.over.set()
        await until(it, lambda: it.screen._search is not None and it.screen._search.is_counted)
        assert it.screen.reader.selected == begin
        assert "hit" not in it.status
        await it.press("greater_than_sign")
        assert it.status.startswith("hit 1 of 1")


async def test_a_far_quotation_is_looked_for_between_the_keys(
    reading: Opener, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    rests = Rests(monkeypatch)
    text = LONG.replace("would", "'would'") + "“Here is what nobody said.”\nThat is all."
    async with reading(article(project, text)) as it:
        await it.press("tab")
        assert it.status.startswith("looking for the next quotation … ")
        assert it.screen.reader.selected.cursor == 0
        await it.press("right")
        assert it.selected == "~asked"
        await it.press("tab", "escape")
        assert "looking" not in it.status
        rests.over.set()
        await it.press("tab")
        await until(it, lambda: it.selected == "~“Here is what nobody said.”")
        await it.press("tab")
        await until(it, lambda: "no" in it.status)
        assert it.status == "There is no quotation of 4 words or more behind this place."


async def test_at_the_last_one_a_key_says_that_there_is_no_further_one(reading: Opener) -> None:
    async with reading() as it:
        for key, said in (
            ("comma", "There is no sentence before this place."),
            ("shift+tab", "There is no quotation of 4 words or more before this place."),
            ("left_parenthesis", "There is no paragraph before this place."),
        ):
            await it.press(key)
            await until(it, lambda: "no" in it.status)
            assert it.status.startswith(said)
