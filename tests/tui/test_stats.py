"""The numbers of the article and of the library, beside the text by one key."""

from __future__ import annotations

import pytest

from reader.documents.document import Document
from reader.documents.normalise import safe
from reader.project import Project, open_project
from reader.tui.reading.numbers import Numbers, number_lines
from reader.tui.screens.reading import ReadingScreen
from reader.tui.screens.stats import StatsScreen
from reader.tui.themes import DARK
from reader.work import coverage, library, stats, tagging
from tests.storage.making import marked_article
from tests.tui.conftest import Opener, Reading, line
from tests.tui.golden import same

BRIDGE = """\
The bridge that nobody ordered
[The bridge will cost [48 million]{loaded language} crowns]{claim}, according to a report that was \
[quietly buried]{loaded language}. [“We were asked for a crossing,”]{quote} Lindqvist said. \
[“We were never asked what it was for.”]{quote} [It is a “vanity project”]{opinion}, says the mayor.
"""
FERRY = "The ferry\nNobody asked for the [ferry]{loaded language}. [“It will sink,”]{quote} she said. [It did.]{claim}"
NASTY = "[red]x[/] [/nope] \x1b[31m\x1b]52;c;aGk=\x07\u202e 漢字"


@pytest.fixture
def bridge(project: Project) -> Document:
    """Two articles by ana, with a speaker each; ben has marked in the first."""
    document, made = marked_article(project, BRIDGE)
    library.edit_details(project, document, source="The Courier")
    _, (loaded, quote, _) = marked_article(project, FERRY)
    for mark, name in ((made[3], "Lindqvist"), (made[4], "Lindqvist"), (quote, "the captain")):
        tagging.set_attributes(project, mark.id, {"speaker": [name]})
    project.store.rows("UPDATE annotations SET created_at = '2026-03-05T09:00:00.000Z' WHERE pk = ?", (loaded.pk,))
    ben = open_project(project.path, "ben", clock=project.store.clock, new_id=project.store.new_id)
    tagging.mark(ben, document, made[0].fragments, "opinion")
    ben.close()
    return library.find(project, document.id)


async def numbers(it: Reading) -> StatsScreen:
    """The screen, when everything has been counted."""
    await it.press("number_sign")
    return await counted(it)


async def counted(it: Reading) -> StatsScreen:
    screen = it.app.screen
    assert isinstance(screen, StatsScreen)
    await it.app.workers.wait_for_complete()
    await it.pilot.pause()
    return screen


def shown(screen: StatsScreen) -> list[str]:
    """What stands on the screen."""
    return [screen.lines.render_line(y).text.strip() for y in range(screen.lines.size.height)]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_what_it_looks_like(reading: Opener, bridge: Document, size: tuple[int, int]) -> None:
    async with reading(bridge, size=size) as it:
        await numbers(it)
        same(it.app, f"stats-{size[0]}x{size[1]}")


async def test_ones_own_marks_or_everybodys(reading: Opener, bridge: Document) -> None:
    async with reading(bridge) as it:
        screen = await numbers(it)
        assert line(screen.header).split("  ")[-1].strip() == "marks of ana"
        assert [row for row in shown(screen) if " mark" in row][:2] == [
            "6 marks · 44 words · 58.9 % of the text is marked",
            "9 marks in 2 of 2 articles · 58 words · 54.3 % of the text is marked",
        ]
        await it.press("tab")
        await counted(it)
        assert line(screen.header).split("  ")[-1].strip() == "everybody’s marks"
        assert next(row for row in shown(screen) if " marks " in row).startswith("7 marks")
        assert any(row.startswith("ben") for row in shown(screen))
        await it.press("tab", "escape")
        await it.app.workers.wait_for_complete()
        assert it.on_top() is ReadingScreen


async def test_it_scrolls_and_keeps_its_place_when_the_terminal_changes(reading: Opener, bridge: Document) -> None:
    async with reading(bridge, size=(80, 16)) as it:
        screen = await numbers(it)
        first = shown(screen)
        await it.press("down", "down")
        assert shown(screen)[:8] == first[2:10]
        await it.press("end", "pageup", "home")
        assert shown(screen) == first
        await it.press("pagedown")
        top = screen.lines.top
        await it.pilot.resize_terminal(100, 16)
        await it.pilot.pause()
        assert screen.lines.top == top > 0
        await it.press("number_sign")
        assert it.on_top() is ReadingScreen


async def test_a_library_without_marks(reading: Opener, document: Document) -> None:
    async with reading(document) as it:
        screen = await numbers(it)
        assert [row for row in shown(screen) if row] == [
            "The bridge that nobody ordered", "0 marks · 53 words",
            "All articles", "0 marks in 0 of 1 article · 53 words",
        ]  # fmt: skip


async def test_names_and_titles_are_never_commands(reading: Opener, project: Project) -> None:
    document, (quote,) = marked_article(project, "It is [“round”]{quote}.")
    library.edit_details(project, document, title=NASTY, source=NASTY)
    tagging.set_attributes(project, quote.id, {"speaker": [NASTY]})
    async with reading(library.find(project, document.id), size=(60, 30)) as it:
        screen = await numbers(it)
        strips = it.app.screen._compositor.render_strips()
        assert all(strip.text == safe(strip.text) for strip in strips)
        assert [strip.cell_length for strip in strips] == [60] * 30
        assert any("[red]x[/] [/nope]" in row for row in shown(screen))


@pytest.mark.parametrize("width", [10, 30, 60, 200])
def test_lines_of_any_width(project: Project, bridge: Document, width: int) -> None:
    tags = stats.tags(project)
    overview = stats.overview(project)
    waiting = number_lines(Numbers("", overview), tags, DARK, width)
    done = number_lines(Numbers("", overview, coverage.covered(project, stats.EVERYTHING)), tags, DARK, width)
    assert len(waiting) == len(done)
    assert any(text.endswith("…") for line in waiting[1:3] for text, _ in line)
