"""Saying more of a mark: A opens a form at what is missing, a key takes what is offered."""

from __future__ import annotations

import pytest
from textual.events import Paste

from reader.project import Project
from reader.tui.commands import Mode
from reader.tui.reading.saying import Form
from reader.tui.screens.picker import Picker
from reader.tui.screens.reading import ReadingScreen
from reader.tui.widgets.formview import FormView
from reader.work import history, marks, tagging
from tests.tui.conftest import Opener, Reading


def said(it: Reading) -> list[dict[str, tuple[str, ...]]]:
    return [dict(mark.attributes) for mark in marks.of(it.project, it.screen.desk.document)]


def shown(it: Reading) -> list[str]:
    """The lines of the form, the one that Enter takes with its sign."""
    view = it.screen.query_one(FormView)
    return [view.render_line(y).text.rstrip() for y in range(view.size.height)]


def filling_in(it: Reading) -> bool:
    return it.screen.mode is Mode.SAYING


def form_of(it: Reading) -> Form:
    form = it.screen._form
    assert form is not None
    return form


async def test_a_speaker_costs_two_presses(reading: Opener) -> None:
    async with reading(at="“We were asked") as it:
        await it.press("q")
        await it.press("A")
        assert filling_in(it)
        assert shown(it)[3:5] == [
            "  ● speaker         Who said it, one spelling for each person.",
            "▸                  1   Lindqvist  beside it",
        ]
        await it.press("enter")
        assert not filling_in(it)
        assert said(it) == [{"speaker": ("Lindqvist",)}]
        assert it.status.startswith("Saved: speaker Lindqvist")
        assert it.focused == "quote: “We were asked for a crossing,”"
        assert "speaker: Lindqvist" in "".join(it.screen.list.render_line(y).text for y in range(10))
        await it.press("U")
        assert said(it) == [{}]
        await it.press("Y")
        assert said(it) == [{"speaker": ("Lindqvist",)}]


async def test_keys_typed_fast_wait_for_the_form(reading: Opener) -> None:
    async with reading(at="“We were asked") as it:
        await it.pilot.press("q", "A", "1", "tab", "tab", "q", "A", "1")
        await it.pilot.pause()
        assert said(it) == [{"speaker": ("Lindqvist",)}, {"speaker": ("Lindqvist",)}]


async def test_other_fields_are_filled_in_on_the_way(reading: Opener) -> None:
    async with reading(at="“We were asked") as it:
        await it.press("q", "A", "up", "tab", *"chief", "tab", "d", "A")
        assert said(it) == [{"speaker": ("Lindqvist",), "role": ("chief",), "manner": ("direct",)}]
        await it.press("tab", "tab", "tab", "n")
        assert said(it)[0]["on the record"] == ("no",)


async def test_what_cannot_be_said_is_told_and_nothing_is_lost(reading: Opener) -> None:
    async with reading(at="The bridge will") as it:
        await it.press("c", "A", "s", "A", "tab", "tab", "tab", "x", "enter")
        assert filling_in(it)
        assert it.status.startswith("“evidence” is a web address: https://…, not “x”.")
        await it.press(*".org", "enter")
        assert it.status.startswith("Nothing is missing.")
        await it.press("ctrl+s")
        assert said(it) == [{"status": ("supported",), "evidence": ("https://x.org",)}]


async def test_esc_leaves_everything_as_it_was(reading: Opener) -> None:
    async with reading(at="“We were asked") as it:
        await it.press("q", "A", *"Ivo", "tab", "escape")
        assert said(it) == [{}]
        assert it.status.startswith("What is said of the mark stays as it was.")


async def test_the_mouse_takes_rows_and_goes_to_fields(reading: Opener) -> None:
    async with reading(at="“We were asked") as it:
        await it.press("q", "A")
        form = form_of(it)
        rows = len(form.rows)
        await it.pilot.click(FormView, offset=(24, 5 + rows))
        assert form.field.name == "manner"
        await it.pilot.click(FormView, offset=(24, 7))
        assert not filling_in(it)
        assert said(it) == [{"manner": ("indirect",)}]


async def test_pasted_words_are_words(reading: Opener) -> None:
    async with reading(at="“We were asked") as it:
        await it.press("q", "A")
        it.app.post_message(Paste("2\nIvo Kest"))
        await it.pilot.pause()
        await it.press("enter")
        assert said(it) == [{"speaker": ("2 Ivo Kest",)}]


async def test_what_is_missing_is_listed_from_here_on(reading: Opener) -> None:
    async with reading(at="The bridge will") as it:
        await it.press("exclamation_mark")
        assert it.status.startswith("Nothing is missing here")
        await it.press("c", "tab", "q", "exclamation_mark")
        assert it.on_top() is Picker
        await it.press("enter")
        assert it.focused == "quote: “We were asked for a crossing,”"
        await it.press("exclamation_mark", *"status", "enter")
        assert it.focused.startswith("claim: The bridge will cost")
        await it.press("A", "r", "exclamation_mark", "enter", "A", "1", "exclamation_mark")
        assert it.status.startswith("Nothing is missing here")


@pytest.mark.parametrize("key", ["A"])
async def test_without_a_mark_the_key_says_why(reading: Opener, key: str) -> None:
    async with reading(at="bridge") as it:
        await it.press(key)
        assert "There is no mark here" in it.status


async def test_a_tag_that_asks_nothing(reading: Opener, project: Project) -> None:
    from dataclasses import replace

    from reader.work import codebooks

    book = codebooks.find(project, "close")
    codebooks.change_tag(project, book, replace(book.find("claim"), attributes=()))
    async with reading(at="The bridge will") as it:
        await it.press("c", "A")
        assert it.on_top() is ReadingScreen
        assert "its codebook asks nothing" in it.status


async def test_somebody_else_changed_the_codebook_meanwhile(reading: Opener, project: Project) -> None:
    """Undo shows the tags as they are now."""
    from reader.work import binding, codebooks

    async with reading(at="The bridge will") as it:
        await it.press("c")
        document = it.screen.desk.document
        book = codebooks.take_in(project, codebooks.find(project, "prop", offers=True))
        binding.use(project, book, [document], keep=True)
        (mark,) = marks.of(project, document)
        tagging.remove(project, mark.id)
        await it.press("U")
        assert it.screen.desk.codebook.name == "propaganda techniques"
        assert it.marked == [
            "claim: The bridge will cost 48 million crowns, according to a report that was quietly buried in the "
            "budget."
        ]
        await it.press("U")
        assert it.screen.desk.codebook.name == "close reading"
        assert history.peek(project, document)[0] == "claim on 18 words"
