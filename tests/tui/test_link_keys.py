"""Which mark belongs to which, by two keys; and the note on the article."""

from __future__ import annotations

import pytest
from textual.widgets import TextArea

from reader import viewstate
from reader.project import Project
from reader.tui.screens.note import NoteEditor
from reader.work import library, marks, noting, relating, tagging
from tests.storage.making import article, marked_article
from tests.tui.conftest import Opener, Reading
from tests.tui.golden import same

WRITTEN = (
    "The bridge that nobody ordered\n[“We were asked for a crossing,”]{quote} [Mara Lindqvist]{opinion} said. [It costs"
    " 48 million]{claim}, says [the appendix of the budget]{opinion}, which was [quietly]{loaded language} buried."
)


def links(it: Reading) -> list[str]:
    """All links of the article, as their sources see them."""
    found = marks.of(it.project, it.screen.desk.document)
    return [
        f"{mark.text} {link.role} {link.other.text}"
        for mark in found
        for link in relating.of(it.project, mark.pk)
        if link.is_source
    ]


def listed(it: Reading) -> list[str]:
    """What the list of marks says of links."""
    rows = (it.screen.list.render_line(y).text.strip() for y in range(it.screen.list.size.height))
    return [row for row in rows if "→" in row or "←" in row]


async def test_two_keys_link_a_quote_with_its_speaker(reading: Opener, project: Project) -> None:
    document, _ = marked_article(project, WRITTEN)
    async with reading(document, at="asked") as it:
        await it.press("R")
        assert it.status.startswith("Who says this quote? Go to the mark on the name; R links both.")
        await it.press("N")
        assert it.status.startswith("R links the quote with “Mara Lindqvist” as its speaker")
        await it.press("R")
        assert it.status.startswith("Saved: “Mara Lindqvist” is its speaker")
        assert links(it) == ["“We were asked for a crossing,” → speaker: Mara Lindqvist"]
        assert it.focused == "quote: “We were asked for a crossing,”"
        assert listed(it) == ["→ speaker: Mara Lindqvist"]
        await it.press("N")
        assert listed(it) == ["← speaker of “We were ask…"]
        await it.press("U")
        assert it.status.startswith("Undone: speaker linked")
        assert (links(it), listed(it)) == ([], [])
        await it.press("Y")
        assert listed(it) == ["→ speaker: Mara Lindqvist"]


@pytest.mark.parametrize(
    "key, role", [("R", "→ evidence:"), ("enter", "→ evidence:"), ("s", "→ speaker:"), ("o", "→ linked to")]
)
async def test_the_second_key_says_how_they_belong_together(
    reading: Opener, project: Project, key: str, role: str
) -> None:
    document, _ = marked_article(project, WRITTEN)
    async with reading(document, at="costs") as it:
        await it.press("R")
        it.go("appendix")
        await it.press("right")
        await it.press(key)
        assert links(it) == [f"It costs 48 million {role} the appendix of the budget"]


async def test_nothing_but_going_works_while_the_other_mark_is_looked_for(reading: Opener, project: Project) -> None:
    document, _ = marked_article(project, WRITTEN)
    async with reading(document, at="costs") as it:
        await it.press("R")
        before = it.marked
        for key in ("q", "c", "C", "T", "J", "E", "U", "X", "1"):
            await it.press(key)
            assert it.status.startswith("The other mark is being looked for: go to it, then R; Esc leaves.")
        for key in ("R", "e", "delete"):
            await it.press(key)
            assert it.status.startswith("Go to the other mark first: N goes to the next one.")
        await it.press("F", "escape", "slash", "a", "s", "k", "enter")
        assert it.selected == "ask"
        assert it.footer.startswith("R link  s speaker  e evidence  o other  Del unlink  Esc leave")
        await it.press("e")
        assert it.marked == before
        assert links(it) == ["It costs 48 million → evidence: “We were asked for a crossing,”"]
        await it.press("escape", "R", "escape", "l")
        assert it.status.startswith("Saved: loaded language")


async def test_a_click_chooses_the_other_mark_and_a_link_in_the_list(reading: Opener, project: Project) -> None:
    document, (quote, name, *_) = marked_article(project, WRITTEN)
    async with reading(document, at="asked") as it:
        await it.press("R")
        it.screen.clicked(name.start + 2, 1, extend=False)
        await it.press("R")
        assert listed(it) == ["→ speaker: Mara Lindqvist"]
        pane = it.screen.list
        row = next(y for y in range(pane.size.height) if "→" in pane.render_line(y).text)
        await it.pilot.click(pane, offset=(8, row))
        await it.pilot.pause()
        assert it.focused == "opinion: Mara Lindqvist"
        await it.press("ctrl+o")
        assert it.screen.reader.selected.cursor == quote.start


async def test_a_key_goes_from_end_to_end(reading: Opener, project: Project) -> None:
    document, (quote, name, claim, budget, loaded) = marked_article(project, WRITTEN)
    relating.relate(project, quote.id, name.id, "speaker")
    relating.relate(project, claim.id, budget.id, "evidence")
    relating.relate(project, claim.id, quote.id, "evidence")
    async with reading(document, at="costs") as it:
        await it.press("K")
        assert it.focused == "opinion: the appendix of the budget"
        assert it.status.startswith("“It costs 48 million” → evidence: this mark · 1 of 2: K goes on")
        await it.press("K")
        assert it.focused == "quote: “We were asked for a crossing,”"
        await it.press("K")
        assert it.focused == "claim: It costs 48 million"
        it.go("Lindqvist")
        await it.press("escape", "K")
        assert it.focused == "quote: “We were asked for a crossing,”"
        it.go("quietly")
        await it.press("escape", "K")
        assert it.status.startswith("This mark is linked with none: R begins a link.")
        assert loaded.text == "quietly"


async def test_a_link_is_taken_away(reading: Opener, project: Project) -> None:
    document, (quote, name, *_) = marked_article(project, WRITTEN)
    relating.relate(project, quote.id, name.id, "speaker")
    async with reading(document, at="Lindqvist") as it:
        await it.press("R", "K", "backspace")
        assert it.status.startswith("The link with “We were asked for a cr… is taken away. U brings it back.")
        assert links(it) == []
        await it.press("U")
        assert links(it) == ["“We were asked for a crossing,” → speaker: Mara Lindqvist"]


async def test_a_mark_that_is_removed_takes_its_links_out_of_the_list(reading: Opener, project: Project) -> None:
    document, (quote, name, *_) = marked_article(project, WRITTEN)
    relating.relate(project, quote.id, name.id, "speaker")
    async with reading(document, at="Lindqvist") as it:
        await it.press("delete", "P")
        assert (it.focused, listed(it)) == ("quote: “We were asked for a crossing,”", [])
        await it.press("U", "P")
        assert listed(it) == ["→ speaker: Mara Lindqvist"]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_how_links_look(reading: Opener, project: Project, size: tuple[int, int]) -> None:
    document, (quote, name, claim, budget, _) = marked_article(project, WRITTEN)
    tagging.set_note(project, claim.id, "Who counted?")
    relating.relate(project, quote.id, name.id, "speaker")
    relating.relate(project, claim.id, budget.id, "evidence")
    noting.set_article_note(project, document, "Ask the council.")
    async with reading(document, at="costs", size=size) as it:
        await it.press("O", "I")
        same(it.app, f"links-{size[0]}x{size[1]}")
        await it.press("R", "N")
        same(it.app, f"linking-{size[0]}x{size[1]}")


async def test_a_note_on_the_article_is_written_and_seen(reading: Opener, project: Project) -> None:
    document = article(project, WRITTEN.replace("[", "").replace("]", "").replace("{", "(").replace("}", ")"))
    async with reading(document, at="costs") as it:
        assert "✎" not in it.header
        await it.press("B", "o", "k", "escape")
        assert it.status.startswith("The draft is kept: B takes it up again.")
        await it.press("B", "!")
        editor = it.app.screen
        assert isinstance(editor, NoteEditor)
        assert editor.query_one(TextArea).text == "ok!"
        await it.press("ctrl+s")
        assert it.status.startswith("Saved: the note on the article.")
        assert it.header.endswith("✎ · ana · saved · 100 %")
        assert noting.article_note(project, document) == "ok!"
        assert viewstate.draft(document.id) is None
        await it.press("U")
        assert it.status.startswith("Undone: note on the article")
        assert "✎" not in it.header
        await it.press("Y")
        assert "✎" in it.header
        assert [row.note for row in library.documents(project)] == ["ok!"]


async def test_in_a_terminal_that_cannot_be_handed_over_it_is_said(
    reading: Opener, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "true")
    async with reading(marked_article(project, WRITTEN)[0]) as it:
        await it.press("B", "o", "k", "ctrl+e")
        assert it.on_top() is NoteEditor
        assert "This terminal cannot be handed over to an editor: write the note here." in "".join(
            strip.text for strip in it.app.screen._compositor.render_strips()
        )
        await it.press("ctrl+s")
        assert noting.article_note(project, it.screen.desk.document) == "ok"
