"""An article that has changed: both texts, and what is in doubt decided on."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from reader.anchoring.carrying import Candidate
from reader.config import Settings
from reader.documents.document import Document
from reader.documents.span import Span
from reader.project import Project
from reader.tui.app import ReaderApp
from reader.tui.reading.deciding import Deciding
from reader.tui.reading.selected import chosen
from reader.tui.screens.newtext import NewText
from reader.tui.screens.reading import ReadingScreen
from reader.tui.screens.update import UpdateScreen
from reader.work import checking, library, marks, tagging, updating
from reader.work.updating import Unsettled
from tests.storage.making import article, from_text, marked_article
from tests.tui.conftest import ARTICLE, Opener, Reading, line
from tests.tui.golden import same
from tests.tui.test_hostile import NASTY, said

STORY = """\
The bridge that nobody ordered

[The bridge will cost 48 million crowns, according to a report.]{claim} [It was quietly buried.]{opinion}

[“We were asked for a crossing,”]{quote 1} Lindqvist said. [“We were never asked what it was for.”]{quote 1}

Nobody asked those who live there. The mayor calls it a [vanity project]{loaded language}, and so does the council."""


def changed(text: str) -> str:
    """What became of the story: a claim reworded, an opinion gone, a phrase reworded."""
    for was, is_ in (
        (
            "The bridge will cost 48 million crowns, according to a report.",
            "A bridge will cost 51 million, says a report.",
        ),
        (" It was quietly buried.", ""),
        ("calls it a vanity project", "calls it a project of vanity"),
    ):
        assert was in text
        text = text.replace(was, is_)
    return text


@pytest.fixture
def updated(project: Project) -> Document:
    document, _ = marked_article(project, STORY)
    updating.update(project, document, from_text(changed(library.text(project, document))))
    return library.find(project, document.id)


async def decide(it: Reading, *keys: str) -> UpdateScreen:
    """The screen, both texts compared, after these keys."""
    await it.press("Q")
    screen = it.app.screen
    assert isinstance(screen, UpdateScreen)
    await compared(it, screen)
    await it.press(*keys)
    return screen


async def compared(it: Reading, screen: UpdateScreen) -> None:
    await it.app.workers.wait_for_complete()
    while screen.reader is None or not screen.reader.rows:
        await it.pilot.pause()
    await it.pilot.pause()


def seen(screen: UpdateScreen) -> tuple[str, str]:
    """What is shown as the mark in question, in the old text and in the new one."""
    assert screen.past is not None
    assert screen.reader is not None
    old, new = screen.past, screen.reader
    was = [piece for piece in old.marks.over(0, len(old.text)) if piece.mark == old.view.focus]
    now = [piece for piece in new.marks.over(0, len(new.text)) if piece.mark == new.view.focus]
    shown = [new.text[piece.start : piece.end] for piece in now]
    shown += [span.cut(new.text) for span in (new.view.hard, *new.view.hits) if span is not None]
    return " … ".join(old.text[piece.start : piece.end] for piece in was), " … ".join(shown)


def listed(screen: UpdateScreen) -> list[str]:
    return [screen.list.render_line(y).text.strip() for y in range(len(screen.deciding.marks))]


def statuses(project: Project, document: Document) -> dict[str, str]:
    tags = {tag.id: tag.name for tag in library.codebook(project, document).tags}
    placed = {tags[mark.tag]: f"{mark.status}: {mark.text}" for mark in marks.of(project, document)}
    return placed | {tags[mark.tag]: f"orphan: {mark.text}" for mark in updating.orphans(project, document)}


async def test_opening_says_what_is_unsure_and_the_list_shows_it(reading: Opener, updated: Document) -> None:
    async with reading(updated) as it:
        assert it.status.startswith("The article has changed, and 2 marks are unsure since: Q shows them.")
        rows = [it.screen.list.render_line(y).text for y in range(it.screen.list.size.height)]
        assert sum(row.rstrip().endswith(" ?") for row in rows) == 2


async def test_each_unsure_mark_is_shown_in_both_texts(reading: Opener, updated: Document) -> None:
    async with reading(updated) as it:
        screen = await decide(it)
        assert listed(screen) == [
            "▸ ? C The bridge will cost 48 million crowns, according to a report.",
            "? L vanity project",
            "– O It was quietly buried.",
        ]
        assert line(screen.header).endswith("2 unsure · 1 without a place")
        assert seen(screen) == (
            "The bridge will cost 48 million crowns, according to a report.",
            "A bridge will cost 51 million, says a report.",
        )
        await it.press("space")
        assert seen(screen)[0] == "vanity project"
        await it.press("space")
        assert seen(screen) == ("It was quietly buried.", "")
        await it.press("space")
        assert seen(screen)[0].startswith("The bridge will")


async def test_one_key_decides_and_goes_on(reading: Opener, updated: Document, project: Project) -> None:
    async with reading(updated) as it:
        screen = await decide(it, "enter")
        assert line(screen.status).split("   ")[0] == "Saved: claim is where you said."
        assert seen(screen)[0] == "vanity project"
        await it.press("X")
        assert line(screen.header).endswith("0 unsure · 2 without a place")
        await it.press("delete")
        assert statuses(project, updated) == {
            "claim": "confirmed: A bridge will cost 51 million, says a report.",
            "loaded language": "orphan: vanity project",
            "quote": "sure: “We were asked for a crossing,” … “We were never asked what it was for.”",
        }
        await it.press("U")
        assert line(screen.status).startswith("Undone: opinion removed.")
        await it.press("U")
        assert statuses(project, updated)["opinion"] == "orphan: It was quietly buried."
        assert statuses(project, updated)["loaded language"].startswith("unsure: ")
        assert seen(screen)[0] == "vanity project"
        await it.press("Y")
        assert statuses(project, updated)["loaded language"] == "orphan: vanity project"
    assert list(checking.findings(project)) == []


async def test_another_place_is_one_key_away(reading: Opener, updated: Document, project: Project) -> None:
    async with reading(updated) as it:
        screen = await decide(it, "down")
        first = seen(screen)[1]
        await it.press("tab")
        second = seen(screen)[1]
        assert second not in ("", first)
        await it.press("enter")
        assert statuses(project, updated)["loaded language"] == f"confirmed: {second}"


async def test_words_are_chosen_by_hand(reading: Opener, updated: Document, project: Project) -> None:
    async with reading(updated) as it:
        screen = await decide(it, "down", "E")
        assert line(screen.status).startswith("Where does it belong?")
        assert screen.reader is not None
        start = screen.reader.text.index("project of")
        screen.reader.select(screen.reader.selected._replace(cursor=start, soft=None, hard=None))
        await it.press("shift+right", "shift+right")
        assert line(screen.status) == "Where does it belong? 3 words selected"
        await it.press("enter")
        assert statuses(project, updated)["loaded language"] == "confirmed: project of vanity"
        assert line(screen.status) == "Saved: loaded language is on 3 words now."
        assert seen(screen)[0] == "It was quietly buried."


async def test_the_mouse_chooses_a_mark_and_its_words(reading: Opener, updated: Document, project: Project) -> None:
    async with reading(updated) as it:
        screen = await decide(it)
        await it.pilot.click(screen.list, offset=(6, 1))
        assert seen(screen)[0] == "vanity project"
        reader = screen.reader
        assert reader is not None
        start = reader.text.index("project of")
        y = next(y for y, row in enumerate(reader.rows) if row.start <= start < row.after)
        left = reader.text_end - reader.flow.width + reader.flow.column(start)
        await it.pilot.mouse_down(reader, offset=(left, y))
        await it.pilot.hover(reader, offset=(left + len("project of vanity") - 1, y))
        await it.pilot.mouse_up(reader, offset=(left + len("project of vanity") - 1, y))
        await it.pilot.pause()
        assert line(screen.status) == "Where does it belong? 3 words selected"
        await it.press("enter")
        assert statuses(project, updated)["loaded language"] == "confirmed: project of vanity"


async def test_an_orphan_is_given_a_place_of_two_pieces(reading: Opener, updated: Document, project: Project) -> None:
    async with reading(updated) as it:
        screen = await decide(it, "up", "down", "down", "E")
        assert screen.reader is not None
        for words in ("Nobody", "council"):
            start = screen.reader.text.index(words)
            screen.reader.select(chosen(screen.reader.text, Span(start, start + len(words))))
            await it.press("J" if words == "Nobody" else "enter")
        assert statuses(project, updated)["opinion"] == "confirmed: Nobody … council"
        await it.press("U")
        assert statuses(project, updated)["opinion"].startswith("orphan")


async def test_leaving_the_choice_leaves_the_mark(reading: Opener, updated: Document, project: Project) -> None:
    async with reading(updated) as it:
        before = statuses(project, updated)
        screen = await decide(it, "E", "right", "escape")
        assert seen(screen)[1] == "A bridge will cost 51 million, says a report."
        await it.press("escape")
        assert it.on_top() is ReadingScreen
        assert it.selected == "A bridge will cost 51 million, says a report."
        assert statuses(project, updated) == before


async def test_an_orphan_has_no_place_to_confirm(reading: Opener, updated: Document) -> None:
    async with reading(updated) as it:
        screen = await decide(it, "down", "down", "enter")
        assert line(screen.status) == "No place was found for it: E to choose words in the new text."
        assert "it is here" not in line(screen.footer)
        await it.press("tab")
        assert line(screen.status).startswith("No other place was found")


async def test_when_all_is_decided_the_text_shows_it(reading: Opener, updated: Document) -> None:
    async with reading(updated) as it:
        screen = await decide(it, "enter", "enter", "delete")
        assert line(screen.status) == "Saved: opinion is removed."
        await it.press("enter")
        assert line(screen.status) == "There is nothing left to decide on: Esc goes to the text."
        await it.press("escape")
        assert it.on_top() is ReadingScreen
        assert not it.status.startswith("The article has changed")
        assert len(it.marked) == 3
        rows = [it.screen.list.render_line(y).text for y in range(it.screen.list.size.height)]
        assert not any(row.rstrip().endswith("?") for row in rows)


async def test_changes_are_stepped_through_in_both_texts(reading: Opener, updated: Document) -> None:
    async with reading(updated, size=(100, 14)) as it:
        screen = await decide(it, "up", "P", "P", "P", "P", "P", "P", "P")
        assert line(screen.status).startswith("Change 1 of ")
        await it.press(*["N"] * 9)
        assert screen.reader is not None
        assert screen.past is not None
        for pane, words in ((screen.reader, "of vanity"), (screen.past, "vanity project")):
            assert pane.top_offset <= pane.text.index(words) < pane.bottom_offset
        await it.press("pageup", "pagedown")
        assert screen.past.bottom_offset > 0


async def test_taking_the_update_back_shows_the_old_text(reading: Opener, updated: Document, project: Project) -> None:
    async with reading(updated) as it:
        await decide(it, "U")
        await it.pilot.pause()
        assert it.on_top() is ReadingScreen
        assert "48 million" in it.text
        assert it.status.startswith("Undone: text 2")
        assert [mark.status for mark in marks.of(project, library.find(project, updated.id))] == ["made"] * 4
        while not it.screen.settled:
            await it.pilot.pause()
        await it.press("Y")
        await it.pilot.pause()
        assert "51 million" in it.text
        assert it.status.startswith("Done again: text 2")


async def test_a_text_that_came_while_the_old_one_was_open_is_the_new_one(reading: Opener, project: Project) -> None:
    document, _ = marked_article(project, STORY)
    async with reading(document) as it:
        updating.update(project, document, from_text(changed(library.text(project, document))))
        await it.press("Q")
        while not isinstance(it.app.screen, UpdateScreen):
            await it.pilot.pause()
        assert it.app.screen.desk.document.version != document.version
        await it.press("escape")
        assert it.screen.desk.document.version != document.version


async def given(it: Reading, text: str) -> None:
    """A text, pasted where one is asked for; until the article is shown anew."""
    before = it.screen
    assert it.on_top() is NewText
    it.app.post_message(events.Paste(text))
    while it.screen is before or not it.screen.settled:
        await it.pilot.pause()
    await it.pilot.pause()


async def test_without_another_text_one_is_asked_for_and_pasted(reading: Opener, project: Project) -> None:
    document, _ = marked_article(project, STORY)
    text = library.text(project, document)
    async with reading(document) as it:
        await it.press("Q", "escape")
        assert it.on_top() is ReadingScreen
        await it.press("Q")
        await given(it, text.replace("48 million", "51 million"))
        assert it.text == text.replace("48 million", "51 million")
        assert it.status.startswith("Saved: text 2, 4 of 4 marks moved. U takes it back.")
        await it.press("U")
        assert it.text == text


async def test_the_screen_of_a_changed_article_takes_the_next_text(reading: Opener, updated: Document) -> None:
    async with reading(updated) as it:
        await decide(it, "T")
        await given(it, it.text + "\n\nAnd one more.")
        assert it.text.endswith("And one more.")
        assert it.status.startswith("Saved: text 3, 1 of 4 marks moved; Q shows the others. U takes it back.")


async def test_a_file_has_the_new_text(reading: Opener, project: Project, tmp_path: Path) -> None:
    document, _ = marked_article(project, STORY)
    text = library.text(project, document)
    file = tmp_path / "new text.txt"
    file.write_text("Nothing of it is left, " * 20, encoding="utf-8")
    async with reading(document, size=(100, 24)) as it:
        await it.press("Q", *"nowhere.txt", "enter")
        assert it.on_top() is NewText
        assert "nowhere.txt" in said(it.app)
        await it.press("ctrl+u", "enter")
        assert "One file has the new text: type its path." in said(it.app)
        it.app.post_message(events.Paste(f"'{file}'"))
        await it.pilot.pause()
        await it.press("enter")
        while it.text == text:
            await it.pilot.pause()
        while not it.screen.settled:
            await it.pilot.pause()
        await it.pilot.pause()
        assert it.status.startswith("Saved: text 2, 0 of 4 marks moved; Q shows the others.")
        await it.press("Q", "T")
        await given(it, text)
        await it.press("Q", "T")
        it.app.post_message(events.Paste(text))
        await it.pilot.pause()
        await it.pilot.pause()
        assert it.status.startswith("That is the text that the article has already")


async def test_without_anything_in_doubt_the_texts_are_shown(reading: Opener, project: Project) -> None:
    document = article(project, ARTICLE)
    updating.update(project, document, from_text(ARTICLE.replace("48", "51")))
    async with reading(library.find(project, document.id)) as it:
        screen = await decide(it)
        assert line(screen.status) == "Nothing is left to decide on."
        await it.press("N")
        assert line(screen.status) == "Change 1 of 1"


async def test_the_command_line_opens_it_over_the_text(project: Project, updated: Document) -> None:
    app = ReaderApp(project, updated, Settings("ana"), unsure=True)
    async with app.run_test(size=(100, 30)) as pilot:
        while not isinstance(app.screen, UpdateScreen):
            await pilot.pause()
        await compared(Reading(app, pilot, project), app.screen)
        assert listed(app.screen)[0].startswith("▸ ? C ")


async def test_hostile_words_are_only_words(reading: Opener, project: Project) -> None:
    document = article(project, f"One. {NASTY} Two.", title=NASTY)
    text = library.text(project, document)
    nasty = text[5 : text.index(" Two.")]
    tag = library.codebook(project, document).tags[0]
    mark = tagging.mark(project, document, [Span(5, 5 + len(nasty))], tag, note=NASTY)
    updating.update(project, document, from_text("One. Two. " + nasty[: len(nasty) // 2]))
    async with reading(library.find(project, document.id)) as it:
        await decide(it, "tab", "E", "escape", "N")
        assert said(it.app)
        assert mark.id


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_it_looks_like(reading: Opener, updated: Document, size: tuple[int, int]) -> None:
    async with reading(updated, size=size, theme="dark") as it:
        await decide(it, "down")
        same(it.app, f"update-{size[0]}x{size[1]}")


def test_a_place_that_differs_by_its_marks_alone_is_none_of_its_own() -> None:
    text = "He said “so it is.” Or so."
    whole, bare, other = (Span(text.index(words), text.index(words) + len(words)) for words in (
        "“so it is.”", "so it is", "so."
    ))  # fmt: skip
    mark = Unsettled("m", 1, "l", "ana", "t", "", "unsure", 0.6, (whole,), 0, "v", (whole,), "so it is", "", "")
    found = {"m": [Candidate((bare,), 0.6), Candidate((other,), 0.4)]}
    asked = Deciding([mark], found, text)
    assert [place for place, _ in asked.places()] == [(whole,), (other,)]


async def test_it_is_decided_by_mouse_alone(reading: Opener, updated: Document, project: Project) -> None:
    async with reading(updated, size=(80, 24)) as it:
        await decide(it)
        await it.click_word("it is here")
        assert statuses(project, updated)["claim"].startswith("confirmed: ")
        await it.click_word("by hand")
        await it.click_word("back")
        await it.click_word("no place")
        assert statuses(project, updated)["loaded language"] == "orphan: vanity project"
        await it.click_word("text")
        assert it.on_top() is ReadingScreen
