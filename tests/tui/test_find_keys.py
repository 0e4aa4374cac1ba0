"""Finding by keys: words, regexes, hits counted and stepped through, and searches that take a while."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from reader.project import Project
from reader.tui.reading import finding, regex
from reader.tui.screens import reading_find
from reader.tui.screens.prompt import FindPrompt
from reader.tui.widgets.bar import Bar
from tests.storage.making import article
from tests.tui.conftest import Opener, Reading, line

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


def prompt(it: Reading) -> str:
    """What the prompt says."""
    assert isinstance(it.app.screen, FindPrompt)
    return line(it.app.screen.query_one(Bar))


async def test_finding_words_and_stepping_through_them(reading: Opener) -> None:
    async with reading() as it:
        await it.press("slash", *"aSked")
        assert it.selected == "asked"
        assert prompt(it).startswith("Find  hit 1 of 3")
        assert prompt(it).endswith("Ctrl+R regex  Enter goes on  Esc leaves")
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
        assert prompt(it).startswith("Find  “xx” is not in this text.")
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
        await it.press("slash", *"mayor", "enter")
        assert it.selected == "mayor"
        await it.press("slash", "backspace", "enter")
        assert it.hits() == []


async def test_a_regex_is_looked_for_on_request(reading: Opener) -> None:
    async with reading() as it:
        await it.press("slash", *"n.b", "ctrl+r")
        assert prompt(it).startswith("Find a regex  ")
        assert "Ctrl+R words" in prompt(it)
        await until(it, lambda: "of" in prompt(it))
        assert it.selected == "nob"
        assert prompt(it).startswith("Find a regex  hit 1 of 2")
        await it.press("enter", "greater_than_sign")
        assert it.status.startswith("hit 2 of 2 · > next")
        assert it.selected == "Nob"
        assert it.hits() == ["nob", "Nob"]
        await it.press("less_than_sign", "less_than_sign")
        assert it.status.startswith("hit 2 of 2")
        await it.press("slash", "ctrl+r")
        assert prompt(it).startswith("Find  “n.b” is not in this text.")


@pytest.mark.parametrize(
    "expression, said",
    [
        ("(foo", "This is no regex yet: missing ), unterminated subpattern (at its character 1)."),
        ("[z-a]", "This is no regex yet: bad character range z-a (at its character 2)."),
        ("x{99999999999}", "This regex is too much for this text: make it smaller or more exact."),
    ],
)
async def test_a_bad_regex_says_what_is_wrong(reading: Opener, expression: str, said: str) -> None:
    async with reading() as it:
        begin = it.screen.reader.selected
        await it.press("slash", "ctrl+r", *expression)
        await until(it, lambda: "regex is" in prompt(it) or "no regex" in prompt(it))
        assert said in prompt(it)
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
        assert prompt(it).startswith("Find  searching … ")
        await it.press("x")
        rests.over.set()
        await until(it, lambda: "not in this text" in prompt(it))
        assert before is not None
        assert not before.is_counted
        assert it.screen.reader.selected.cursor == 0


async def test_what_is_far_is_found_between_the_keys(
    reading: Opener, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    rests = Rests(monkeypatch)
    async with reading(article(project, LONG + "a needle. " + LONG + "another needle.")) as it:
        await it.press("slash", *"needle")
        begin = it.screen.reader.selected
        assert prompt(it).startswith("Find  searching … ")
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
        assert it.status.startswith("hit 1 · counting … ")
        await it.press("greater_than_sign")
        assert it.status.startswith("hit 2 · counting … ")
        await it.press("less_than_sign", "less_than_sign")
        assert it.status.startswith("a hit · counting … ")
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
