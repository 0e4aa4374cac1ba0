"""Searching everything from the text, and coming to what was found."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest
from textual import events
from textual.widgets import Input

from reader.documents.document import Document
from reader.documents.normalise import safe
from reader.documents.span import Span
from reader.project import Project, open_project
from reader.tui.layout.cells import fitted_end
from reader.tui.reading.found import Found, Row
from reader.tui.screens.looking import Looking
from reader.tui.screens.note import NoteEditor
from reader.tui.screens.reading import ReadingScreen
from reader.tui.screens.search import SearchScreen
from reader.work import library, noting, tagging
from reader.work.searching import Search
from tests.storage.making import article, marked_article
from tests.tui.conftest import Opener, Reading, line
from tests.tui.golden import same
from tests.tui.test_hostile import NASTY, said

FERRY = "The ferry\nNobody asked for the [ferry]{loaded language}. [“It will sink,”]{quote} she said."


@pytest.fixture
def both(project: Project, document: Document) -> Document:
    """The bridge, and a newer article with marks; the bridge."""
    _, (loaded, quote) = marked_article(project, FERRY)
    tagging.set_note(project, loaded.id, "Who says so?\nAsk Lindqvist")
    tagging.set_attributes(project, quote.id, {"speaker": ["Mara Lindqvist"]})
    return document


async def search(it: Reading, query: str) -> SearchScreen:
    """The search screen, with all that is found for this."""
    if not isinstance(it.app.screen, SearchScreen):
        await it.press("G")
    screen = it.app.screen
    assert isinstance(screen, SearchScreen)
    screen.query_one(Input).value = query
    await it.pilot.pause()
    await looked(it, screen)
    return screen


async def back_in_search(it: Reading) -> SearchScreen:
    """The search screen as it was left."""
    await it.press("G")
    screen = it.app.screen
    assert isinstance(screen, SearchScreen)
    await looked(it, screen)
    return screen


async def looked(it: Reading, screen: Looking[Any]) -> None:
    """Once everything that is looked for is there."""
    while not screen.is_over:
        await it.pilot.pause()
    await it.pilot.pause()


def rows(screen: Looking[Any]) -> list[str]:
    """The rows of the list, without the empty ones."""
    lines = [screen.list.render_line(y).text.rstrip() for y in range(screen.list.size.height)]
    return [row for row in lines if row]


async def test_marked_words_stand_out_without_colours(
    reading: Opener, both: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with reading(both, size=(80, 24)) as it:
        screen = await search(it, "tag:quote")
        row = next(screen.list.render_line(y) for y in range(9) if "sink" in screen.list.render_line(y).text)
        looks = {segment.text.strip(): segment.style for segment in row if segment.style is not None}
        assert looks["“It will sink,”"].bold
        assert looks["“It will sink,”"].color == looks["she said."].color


async def test_whose_mark_it_is_stands_at_the_end(reading: Opener, both: Document, project: Project) -> None:
    ben = open_project(project.path, "Ben Quintrell", clock=project.store.clock, new_id=project.store.new_id)
    tagging.mark(ben, both, [Span(4, 10)], "claim")
    ben.close()
    tagging.mark(project, both, [Span(4, 10)], "claim")
    async with reading(both, size=(80, 24)) as it:
        _, *marks = rows(await search(it, "tag:claim"))
        assert [mark.split()[-1] for mark in marks] == ["Quintre…", "bridge"]
        assert marks[0].endswith("  Ben Quintre…")


async def test_hits_come_under_their_articles_as_somebody_types(reading: Opener, both: Document) -> None:
    async with reading(both, size=(100, 30)) as it:
        await it.press("G", *"lindq")
        screen = it.app.screen
        assert isinstance(screen, SearchScreen)
        await looked(it, screen)
        shown = rows(screen)
        assert [row.strip() for row in shown if not row.startswith("    ")] == [
            "The ferry",
            shown[1].strip(),
            shown[3].strip(),
            "The bridge that nobody ordered",
        ]
        assert shown[1].startswith("▸ L")
        assert "✎ Who says so? Ask Lindqvist" in shown[2]
        assert "speaker: Mara Lindqvist" in shown[4]
        assert shown[1].rindex("ferry") == shown[2].index("✎") == shown[4].index("speaker")
        assert shown[1].rindex("ferry") == shown[6].index("Lindqvist")
        assert line(screen.header).split() == ["Search", "everything", "3", "hits", "in", "2", "articles"]
        assert line(screen.status) == "1 of 3 · loaded language · ana · The ferry"
        await it.press("space", *"nowhere")
        await looked(it, screen)
        assert line(screen.status).startswith("Nothing found. Whole words")


async def test_enter_opens_the_article_at_the_place(reading: Opener, both: Document) -> None:
    async with reading(both) as it:
        await search(it, "speaker:lindqvist")
        await it.press("enter")
        while not (isinstance(it.app.screen, ReadingScreen) and it.app.screen.settled):
            await it.pilot.pause()
        assert it.screen.desk.document.title == "The ferry"
        assert it.selected == "“It will sink,”"
        assert it.header.startswith("The ferry")
        # What was looked for is there again, and so is the way to somewhere else.
        screen = await back_in_search(it)
        assert screen.query_one(Input).value == "speaker:lindqvist"
        await search(it, "crossing")
        await it.press("enter")
        while it.header.startswith("The ferry"):
            await it.pilot.pause()
        assert it.selected == "crossing"


async def note_opened(it: Reading) -> None:
    """Until the editor of a note is there."""
    while not isinstance(it.app.screen, NoteEditor):
        await it.pilot.pause()


async def test_ones_note_on_an_article_is_opened_where_it_is(reading: Opener, both: Document) -> None:
    async with reading(both, size=(100, 30)) as it:
        noting.set_article_note(it.project, library.find(it.project, "ferry"), "Sinks in part two:\nwho owns it?")
        noting.set_article_note(it.project, both, "Who owns this one?")
        screen = await search(it, "owns")
        assert "✎" in rows(screen)[1]
        assert "ana on the article: Sinks in part two: who owns it?" in rows(screen)[1]
        assert line(screen.status) == "1 of 2 · a note on the article by ana · The ferry"
        await it.press("enter")
        await note_opened(it)
        assert it.screen.desk.document.title == "The ferry"
        await it.press("space", "!", "ctrl+s")
        assert noting.article_note(it.project, it.screen.desk.document) == "Sinks in part two:\nwho owns it? !"
        await search(it, "this")
        await it.press("enter")
        await note_opened(it)
        assert it.screen.desk.document.id == both.id
        await it.press("escape")
        await search(it, "this one")
        await it.press("enter")
        await note_opened(it)


async def test_somebody_elses_note_is_said_in_the_article(reading: Opener, both: Document) -> None:
    async with reading(both) as it:
        ben = open_project(it.project.path, "ben", clock=it.project.store.clock, new_id=it.project.store.new_id)
        for word in ("ferry", "bridge"):
            noting.set_article_note(ben, library.find(ben, word), f"Compare\nthe [b]{word}[/b]")
        ben.close()
        for word, title in (("compare bridge", "The bridge that nobody ordered"), ("compare ferry", "The ferry")):
            await search(it, word)
            await it.press("enter")
            while not (isinstance(it.app.screen, ReadingScreen) and it.app.screen.settled):
                await it.pilot.pause()
            await it.pilot.pause()
            assert it.screen.desk.document.title == title
            assert it.status.startswith(f"ben on this article: Compare the [b]{word.split()[1]}[/b]")


async def test_a_hit_in_this_article_is_gone_to_without_opening_it_again(reading: Opener, both: Document) -> None:
    async with reading(both) as it:
        here = it.screen
        await search(it, "text:vanity -title:ferry")
        await it.press("enter")
        assert it.screen is here
        assert it.selected == "vanity"
        await it.press("ctrl+o")
        assert it.selected == "~The"
        await search(it, "title:bridge")
        await it.press("enter")
        assert (it.screen, it.selected) == (here, "~The")


async def test_escape_goes_back_to_where_one_was(reading: Opener, both: Document) -> None:
    async with reading(both, at="Lindqvist") as it:
        await search(it, "the")
        await it.press("down", "down", "escape")
        assert it.on_top() is ReadingScreen
        assert it.selected == "~Lindqvist"
        screen = await back_in_search(it)
        assert (screen.query_one(Input).value, screen.list.chosen) == ("the", 2)


async def test_moving_among_the_hits(reading: Opener, both: Document) -> None:
    async with reading(both, size=(80, 12)) as it:
        screen = await search(it, "text:the")
        titles = {0: "The ferry", 2: "The bridge that nobody ordered"}
        assert len(screen.list.found) == 7
        for keys, chosen in (
            (["down"], 1), (["up", "up"], 0), (["tab"], 2), (["tab"], 2), (["down", "shift+tab"], 2),
            (["shift+tab"], 0), (["ctrl+end"], 6), (["pageup"], 2), (["ctrl+home"], 0), (["pagedown"], 4),
        ):  # fmt: skip
            await it.press(*keys)
            assert screen.list.chosen == chosen
            (row,) = [row for row in rows(screen) if row.startswith("▸")]
            hit = screen.list.hit(chosen)
            assert hit is not None
            assert hit.words in row
        assert titles[2] in line(screen.status)


async def test_the_mouse_opens_a_hit_and_the_wheel_scrolls(reading: Opener, both: Document) -> None:
    async with reading(both, size=(80, 12)) as it:
        screen = await search(it, "text:the")
        wheel = events.MouseScrollDown(screen.list, 5, 5, 0, 0, 0, shift=False, meta=False, ctrl=False)
        screen.list.post_message(wheel)
        await it.pilot.pause()
        assert "The ferry" not in rows(screen)[0][:12]
        row = next(y for y in range(12) if "was quietly" in screen.list.render_line(y).text)
        await it.pilot.click(screen.list, offset=(30, row))
        await it.pilot.pause()
        assert it.on_top() is ReadingScreen
        assert it.selected == "the"


async def test_what_cannot_be_meant_is_said_and_nothing_opens(reading: Opener, both: Document) -> None:
    async with reading(both) as it:
        screen = await search(it, "speker:kirby")
        assert line(screen.status).startswith("There is no field “speker:”.")
        await it.press("enter")
        assert it.on_top() is SearchScreen
        await search(it, "")
        assert "“the third time”" in "".join(rows(screen))
        assert line(screen.status) == ""


async def test_a_hit_that_is_gone_is_not_opened(reading: Opener, both: Document, project: Project) -> None:
    async with reading(both) as it:
        screen = await search(it, "tag:quote")
        screen.list._known.clear()
        library.delete(project, library.find(project, "The ferry"))
        await it.press("enter")
        assert it.on_top() is SearchScreen
        assert line(screen.status).startswith("That is not there any more")


async def test_another_thread_looks_by_a_connection_of_its_own(reading: Opener, both: Document) -> None:
    """While another program holds the database for itself, keys go on and the sentence says so."""
    async with reading(both) as it:
        holder = sqlite3.connect(it.project.path, isolation_level=None)
        holder.execute("BEGIN EXCLUSIVE")
        screen = await search(it, "ferry")
        assert "Another program is writing" in line(screen.status)
        await it.press("down", "escape")
        assert it.on_top() is ReadingScreen
        holder.execute("ROLLBACK")
        holder.close()


@pytest.mark.parametrize("size", [(80, 24), (160, 40), (20, 8)], ids=["narrow", "wide", "tiny"])
async def test_nothing_acts_on_the_search_screen(reading: Opener, project: Project, size: tuple[int, int]) -> None:
    document, (mark,) = marked_article(project, "The [moon]{claim} x. " + NASTY.replace("[", "(").replace("]", ")"))
    library.edit_details(project, document, title=NASTY, source=NASTY)
    tagging.set_note(project, mark.id, NASTY)
    noting.set_article_note(project, document, NASTY)
    project.store.connection.execute(
        "INSERT INTO attributes (annotation, name, value) VALUES (?, ?, ?)", (mark.pk, NASTY, NASTY)
    )
    project.store.connection.execute("UPDATE tags SET name = ?, symbol = ? WHERE pk = 1", (NASTY, "\u202e"))
    async with reading(document, size=size) as it:
        for query in ("moon", "note:nope", "title:red", safe(NASTY), "nope 漢"):
            await search(it, query)
            assert len(said(it.app)) > 100
            assert it.app.is_running
        if size[0] > 100:
            await search(it, "note:nope tag:*")
            assert "[@click=app.exit()]go[/] [/nope] [red]x" in said(it.app)
        await it.pilot.click(offset=(8, 4))
        await it.pilot.pause()
        assert it.app.is_running


async def test_what_it_looks_like(reading: Opener, both: Document) -> None:
    async with reading(both, size=(80, 24)) as it:
        await search(it, "lindqvist")
        await it.press("down")
        same(it.app, "search")


def test_a_hundred_thousand_hits_take_little_room(project: Project) -> None:
    article(project, "it " * 1000)
    hits = list(Search(project, "it").hits())
    found = Found()
    for _ in range(100):
        found.add(hits)
    assert (len(found), found.articles, found.rows) == (100_000, 1, 100_001)
    assert found.row(0) == (0, Row.ARTICLE)
    assert found.row(found.row_of(99_999)) == (99_999, Row.HIT)
    assert found.place(99_999) == hits[-1].place


@pytest.mark.parametrize("text, shown", [("moon", "moon"), ("the moon", "e moon"), ("月の moon", " moon"), ("", "")])
def test_the_end_of_a_text_fits(text: str, shown: str) -> None:
    assert fitted_end(text, 6) == shown.rjust(6)
