"""Marking every occurrence of some words, from the text."""

from __future__ import annotations

import pytest

from reader.documents.document import Document
from reader.documents.span import Span
from reader.project import Project
from reader.tui.screens import occurrences
from reader.tui.screens.occurrences import OccurrencesScreen
from reader.tui.screens.picker import Picker
from reader.tui.screens.reading import ReadingScreen
from reader.work import history, library, marks, tagging
from tests.storage.making import article, marked_article
from tests.tui.conftest import Opener, Reading, line
from tests.tui.golden import same
from tests.tui.test_hostile import NASTY, said
from tests.tui.test_searching import looked, rows

CROSSING = "The crossing\nA crossing, and no Crossing. “We were asked,” she said."


@pytest.fixture
def both(project: Project, document: Document) -> Document:
    """The bridge, and a newer article; the bridge."""
    article(project, CROSSING)
    return document


async def every(it: Reading) -> OccurrencesScreen:
    """The list of occurrences, all of them there."""
    await it.press("M")
    screen = it.app.screen
    assert isinstance(screen, OccurrencesScreen)
    await looked(it, screen)
    return screen


async def test_the_word_at_the_cursor_will_do(reading: Opener, both: Document) -> None:
    async with reading(both, size=(100, 24)) as it:
        it.go("crossing")
        screen = await every(it)
        assert line(screen.header).startswith("Mark every “crossing” in this article ")


def there(project: Project, title: str) -> list[str]:
    """The marks of an article, in text order."""
    document = library.find(project, title)
    tags = {tag.id: tag.name for tag in library.codebook(project, document).tags}
    return [f"{tags[mark.tag]}: {mark.text}" for mark in marks.of(project, document)]


@pytest.mark.parametrize("named", [1000, 0])
async def test_what_is_left_ticked_is_marked_in_one_step_everywhere(
    reading: Opener, both: Document, project: Project, named: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "MOST_NAMED", named)
    async with reading(both, size=(100, 24)) as it:
        it.take("crossing")
        screen = await every(it)
        assert line(screen.header).startswith("Mark every “crossing” in this article ")
        assert line(screen.header).endswith(" 1 of 1 ticked")
        await it.press("tab")
        await looked(it, screen)
        assert line(screen.header).endswith(" 4 of 4 ticked in 2 articles")
        await it.press("down", "space")
        assert [row[2] for row in rows(screen) if row[:2].isspace() or row[0] == "▸"][1:4] == ["✓", "·", "✓"]
        await it.press("c")
        assert it.on_top() is ReadingScreen
        assert it.status.startswith("Saved: claim on 3 places in 2 articles. U takes all of it back.")
        assert it.marked == ["claim: crossing"]
        assert there(project, "The crossing") == ["claim: crossing", "claim: Crossing"]
        await it.press("U")
        assert it.status.startswith("Undone: claim on 3 places in 2 articles")
        assert it.marked == there(project, "The crossing") == []
        await it.press("Y")
        assert it.marked == ["claim: crossing"]
        history.undo(project, library.find(project, "The crossing"))
        assert there(project, "The bridge that nobody ordered") == []


async def test_what_has_the_tag_already_is_shown_and_left(reading: Opener, project: Project) -> None:
    document, _ = marked_article(project, "A [moon]{claim} and a moon.")
    async with reading(document) as it:
        it.take("moon")
        screen = await every(it)
        assert [row[4] for row in rows(screen)[1:]] == ["C", " "]
        await it.press("c")
        assert it.status.startswith("Saved: claim on 1 place; 1 had it already.")
        assert it.marked == ["claim: moon", "claim: moon"]
        screen = await every(it)
        await it.press("c")
        assert line(screen.status).startswith("Every one of these is marked as claim already")
        await it.press("escape")
        assert it.on_top() is ReadingScreen


@pytest.mark.parametrize(
    "keys, words, places",
    [
        ((), "“the”", 4),
        (("slash", "e", "r", "e", "enter"), "“ere”", 4),
        (("right", "right", "shift+right"), "“will cost”", 1),
    ],
    ids=["word at the cursor", "search", "selection"],
)
async def test_which_words(reading: Opener, document: Document, keys: tuple[str, ...], words: str, places: int) -> None:
    async with reading(document, at="The bridge will") as it:
        await it.press(*keys)
        screen = await every(it)
        assert words.casefold() in line(screen.header).casefold()
        assert len(screen.list.found) == places


async def test_the_words_of_the_mark_at_the_cursor(reading: Opener, project: Project) -> None:
    document, _ = marked_article(project, "A [full moon]{claim} is no half moon. Full moon!")
    async with reading(document, at="moon is") as it:
        screen = await every(it)
        assert "“full moon”" in line(screen.header)
        assert len(screen.list.found) == 2


async def test_all_or_none_and_what_a_key_says_then(reading: Opener, both: Document, project: Project) -> None:
    async with reading(both, size=(80, 24)) as it:
        it.take("the")
        screen = await every(it)
        count = len(screen.list.found)
        await it.press("A")
        assert f"0 of {count} ticked" in line(screen.header)
        await it.press("c")
        assert line(screen.status) == "No place is ticked: Space ticks one, A all of them."
        await it.press("z")
        assert line(screen.status).startswith("z gives no tag. These do: c claim, q quote")
        await it.press("A", "end", "up", "space", "home", "pagedown")
        assert f"{count - 1} of {count} ticked" in line(screen.header)
        await it.press("enter")
        assert it.on_top() is Picker
        await it.press(*"opin", "enter")
        assert it.on_top() is ReadingScreen
        assert len(it.marked) == count - 1
        assert set(it.marked) <= {"opinion: the", "opinion: The"}
        assert there(project, "The crossing") == []


async def test_an_article_is_left_out_by_one_key(reading: Opener, both: Document, project: Project) -> None:
    async with reading(both, size=(100, 24)) as it:
        it.take("crossing")
        screen = await every(it)
        await it.press("tab")
        await looked(it, screen)
        await it.press("X")
        assert line(screen.header).endswith(" 1 of 4 ticked in 2 articles")
        await it.press("up", "X")
        assert line(screen.header).endswith(" 4 of 4 ticked in 2 articles")
        await it.press("up", "space", "up", "up", "X", "X", "c")
        assert there(project, "The crossing") == []
        assert it.marked == []
        assert line(screen.status).startswith("No place is ticked")
        await it.press("X", "c")
        assert it.marked == ["claim: crossing"]
        assert there(project, "The crossing") == []


async def test_the_mouse_ticks(reading: Opener, both: Document) -> None:
    async with reading(both) as it:
        it.take("bridge")
        screen = await every(it)
        await it.pilot.click(screen.list, offset=(40, 2))
        await it.pilot.pause()
        assert "1 of 2 ticked" in line(screen.header)
        assert rows(screen)[2].startswith("▸ ·")


async def test_nothing_to_mark_is_said(reading: Opener, both: Document, project: Project) -> None:
    async with reading(both) as it:
        await it.press("slash", *"zebra", "enter")
        screen = await every(it)
        assert line(screen.status) == "These words do not stand in this article: Tab looks in the others."
        await it.press("tab")
        await looked(it, screen)
        assert line(screen.status).startswith("These words do not stand in all articles")
        await it.press("escape", "escape")
        it.take(library.text(project, both)[:250])
        await it.press("M")
        assert it.on_top() is ReadingScreen
        assert it.status.startswith("So many words stand nowhere else")


async def test_an_article_that_changed_meanwhile_is_a_sentence(
    reading: Opener, both: Document, project: Project
) -> None:
    async with reading(both) as it:
        it.take("crossing")
        screen = await every(it)
        await it.press("tab")
        await looked(it, screen)
        library.delete(project, library.find(project, "The crossing"))
        await it.press("c")
        assert "not in the database" in line(screen.status)
        assert it.on_top() is OccurrencesScreen
        assert marks.of(project, both) == ()


async def test_so_many_and_no_more(reading: Opener, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(occurrences, "MOST", 20)
    document = article(project, "it " * 100)
    async with reading(document) as it:
        screen = await every(it)
        assert len(screen.list.found) == 20
        assert line(screen.status) == "These are the first 20: look for rarer words to have all."


@pytest.mark.parametrize("size", [(80, 24), (160, 40), (20, 8)], ids=["narrow", "wide", "tiny"])
async def test_nothing_acts_on_the_list_of_occurrences(
    reading: Opener, project: Project, size: tuple[int, int]
) -> None:
    document, _ = marked_article(project, "The [moon]{claim} " + NASTY.replace("[", "(").replace("]", ")") + " moon")
    library.edit_details(project, document, title=NASTY, source=NASTY)
    project.store.connection.execute("UPDATE tags SET name = ?, symbol = ? WHERE pk = 1", (NASTY, "\u202e"))
    async with reading(document, size=size) as it:
        it.take("moon")
        screen = await every(it)
        for key in ("tab", "space", "A", "z"):
            await it.press(key)
            await looked(it, screen)
            assert len(said(it.app)) > 100
        await it.press("c")
        assert len(said(it.app)) > 100
        assert it.app.is_running


async def test_what_it_looks_like(reading: Opener, both: Document, project: Project) -> None:
    document = library.find(project, "The crossing")
    tagging.mark(project, document, [Span(4, 12)], "claim")
    async with reading(both, size=(80, 24)) as it:
        it.take("crossing")
        screen = await every(it)
        await it.press("tab")
        await looked(it, screen)
        await it.press("down", "space")
        same(it.app, "occurrences")
