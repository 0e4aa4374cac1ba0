"""What the keys do that tag, and those that change what is tagged."""

from __future__ import annotations

import pytest
from textual.widgets import TextArea

from reader import viewstate
from reader.documents.document import Document
from reader.project import Project
from reader.tui.screens.note import NoteEditor
from reader.work import marks, tagging
from tests.storage.making import marked_article
from tests.tui.conftest import Opener, line

CLAIM = "claim: The bridge will cost 48 million crowns, according to a report that was quietly buried in the budget."
SAID = (
    "Oh: [“We were asked for a crossing,”]{quote} Lindqvist said. “We were never asked what it was for.” [So]{claim}."
)


async def test_a_letter_tags_the_unit_at_the_cursor(reading: Opener) -> None:
    async with reading(at="quietly") as it:
        await it.press("c")
        assert it.marked == [CLAIM]
        assert it.status.startswith("Saved: claim, 18 words")
        assert "U undoes “claim on 18 words”" in it.status
        await it.press("l")
        assert it.marked == [CLAIM, "loaded language: quietly"]
        assert it.focused == "loaded language: quietly"


async def test_a_digit_gives_the_tag_of_that_number(reading: Opener) -> None:
    async with reading(at="quietly") as it:
        await it.press("4", "3")
        assert it.marked == [CLAIM.replace("claim", "opinion"), "loaded language: quietly"]


async def test_a_move_selects_softly_and_each_tag_takes_its_own_unit(reading: Opener) -> None:
    async with reading() as it:
        await it.press("tab")
        assert it.selected == "~“We were asked for a crossing,”"
        assert it.status.startswith("c o sentence, 8 words · q quotation, 6 words · l “We”")
        await it.press("q", "c")
        assert it.marked == [
            "claim: “We were asked for a crossing,” Lindqvist said.",
            "quote: “We were asked for a crossing,”",
        ]


async def test_what_is_selected_by_hand_is_tagged_exactly(reading: Opener) -> None:
    async with reading(at="quietly") as it:
        await it.press("shift+right")
        assert it.selected == "quietly buried"
        assert it.status.startswith("2 words selected")
        await it.press("q")
        assert it.marked == ["quote: quietly buried"]
        assert it.screen.reader.selected.hard is None


@pytest.mark.parametrize(
    "key, at, sentence",
    [
        ("q", "quietly", "There is no quotation here: Tab goes to the next one, or select with Shift+arrows. Quit is"
         " Ctrl+Q."),
        ("z", "quietly", "z gives no tag. These do: c claim, q quote, o opinion, l loaded language; Enter lists all."),
        ("9", "quietly", "9 gives no tag. These do: c claim, q quote, o opinion, l loaded language; Enter lists all."),
        ("T", "quietly", "There is no mark here: N goes to the next one, or put the cursor on one."),
        ("C", "quietly", "There is no mark here: N goes to the next one, or put the cursor on one. B writes a note on"
         " the article."),
        ("J", "quietly", "There is no mark here: N goes to the next one, or put the cursor on one."),
        ("delete", "quietly", "There is no mark here: N goes to the next one, or put the cursor on one."),
        ("O", "quietly", "There is no mark under the cursor: N goes to the next one."),
        ("N", "quietly", "There are no marks yet. These keys make one: c claim, q quote, o opinion, l loaded"
         " language."),
        ("U", "quietly", "There is nothing to undo in this article."),
        ("Y", "quietly", "There is nothing to redo in this article."),
        ("greater_than_sign", "quietly", "Nothing is being looked for: / finds words."),
        ("R", "quietly", "There is no mark here: N goes to the next one, or put the cursor on one."),
        ("asterisk", "quietly", "* does nothing here. ? shows all keys."),
    ],
)  # fmt: skip
async def test_what_cannot_be_done_is_said_in_a_sentence(reading: Opener, key: str, at: str, sentence: str) -> None:
    async with reading(at=at) as it:
        await it.press(key)
        assert it.status == sentence
        assert it.marked == []


async def test_the_same_mark_twice_is_refused(reading: Opener) -> None:
    async with reading(at="quietly") as it:
        await it.press("l", "l")
        assert "marked as loaded language already" in it.status
        assert it.marked == ["loaded language: quietly"]


async def test_another_tag_instead(reading: Opener, project: Project) -> None:
    document, _ = marked_article(project, "The [moon]{claim} is.")
    async with reading(document, at="moon") as it:
        await it.press("T")
        assert it.status.startswith("Which tag instead?")
        assert "Esc as it was" in it.footer
        await it.press("slash")
        assert it.status.startswith("A tag's key gives the mark that tag")
        await it.press("o")
        assert it.marked == ["opinion: moon"]
        assert it.status.startswith("Saved: now opinion, 1 word")
        await it.press("T", "escape", "l")
        assert it.marked == ["opinion: moon", "loaded language: moon"]


@pytest.mark.parametrize("key", ["delete", "backspace"])
async def test_removing_and_bringing_back(reading: Opener, project: Project, key: str) -> None:
    document, _ = marked_article(project, "The [moon]{claim} is.")
    async with reading(document, at="moon") as it:
        it.screen.action_other_mark()
        await it.press(key)
        assert it.marked == []
        assert it.screen.reader.view.focus == -1
        assert it.status.startswith("Removed: claim, 1 word. U brings it back.")
        await it.press("U")
        assert it.marked == ["claim: moon"]


async def test_undo_goes_back_through_earlier_sittings_and_redo_comes_forth(reading: Opener, project: Project) -> None:
    document, (claim, _) = marked_article(project, "The [moon]{claim} is [red]{quote}.")
    tagging.set_note(project, claim.id, "so")
    tagging.retag(project, claim.id, "opinion")
    async with reading(document) as it:
        await it.press("U")
        assert it.marked == ["claim: moon", "quote: red"]
        assert it.status.startswith("Undone: ")
        await it.press("ctrl+z", "U", "U")
        assert it.marked == []
        await it.press("U")
        assert it.status == "There is nothing to undo in this article."
    async with reading(document, size=(200, 40)) as it:
        assert "Y redo" in it.footer
        assert "U undo" not in it.footer
        await it.press("Y", "ctrl+y")
        assert it.marked == ["claim: moon", "quote: red"]
        await it.press("Y", "Y")
        assert it.marked == ["opinion: moon", "quote: red"]
        assert marks.by_pk(project, [claim.pk])[0].note == "so"
        await it.press("Y")
        assert it.status.startswith("There is nothing to redo")


async def test_a_note_is_written_and_saved(reading: Opener, project: Project) -> None:
    document, (claim,) = marked_article(project, "The [moon]{claim} is.")
    async with reading(document, at="moon") as it:
        await it.press("C", "o", "q")
        assert viewstate.draft(claim.id) == "oq"
        await it.press("ctrl+s")
        assert it.status.startswith("Saved: the note.")
        assert it.marked == ["claim: moon"]
        listed = [it.screen.list.render_line(y).text.strip() for y in range(10)]
        assert "✎ oq" in listed
        await it.press("escape")
        listed = [it.screen.list.render_line(y).text for y in range(10)]
        assert [row.split() for row in listed if "moon" in row] == [["C", "moon", "✎"]]
    assert marks.by_pk(project, [claim.pk])[0].note == "oq"
    assert viewstate.draft(claim.id) is None


async def test_a_note_that_was_not_saved_is_there_again(reading: Opener, project: Project) -> None:
    document, (claim,) = marked_article(project, "The [moon]{claim} is.")
    async with reading(document, at="moon") as it:
        await it.press("C", "o", "escape")
        assert it.status.startswith("The draft is kept: C takes it up again.")
    assert marks.by_pk(project, [claim.pk])[0].note == ""
    async with reading(document, at="moon") as it:
        await it.press("C")
        editor = it.app.screen
        assert isinstance(editor, NoteEditor)
        assert editor.query_one(TextArea).text == "o"
        assert "from your draft" in line(editor.query("Bar").first())  # type: ignore[arg-type]
        await it.press("k", "ctrl+s")
    assert marks.by_pk(project, [claim.pk])[0].note == "ok"


async def test_a_draft_is_dropped_for_the_note_as_it_was_saved(reading: Opener, project: Project) -> None:
    document, (claim,) = marked_article(project, "The [moon]{claim} is.")
    tagging.set_note(project, claim.id, "so")
    async with reading(document, at="moon") as it:
        await it.press("C", "x", "escape", "C")
        assert it.app.screen.query_one(TextArea).text == "sox"
        await it.press("ctrl+d")
        assert it.app.screen.query_one(TextArea).text == "so"
        await it.press("escape", "C", "home", "ctrl+d")
        assert it.app.screen.query_one(TextArea).text == "o"
        await it.press("escape")
    assert marks.by_pk(project, [claim.pk])[0].note == "so"


async def test_leaving_a_note_untouched_keeps_no_draft(reading: Opener, project: Project) -> None:
    document, (claim,) = marked_article(project, "The [moon]{claim} is.")
    async with reading(document, at="moon") as it:
        await it.press("C", "escape")
        assert it.status.startswith("The note stays as it was.")
    assert viewstate.draft(claim.id) is None


async def test_the_edges_of_a_mark_are_moved_and_kept(reading: Opener, project: Project) -> None:
    document, _ = marked_article(project, "So the [moon]{claim} is red and round.")
    async with reading(document, at="moon") as it:
        await it.press("E", "right")
        assert it.status.startswith("The end moves · 2 words")
        assert it.marked == ["claim: moon"]
        await it.press("r", "tab", "left", "slash")
        assert it.status.startswith("The edges are being moved: Enter keeps them")
        await it.press("enter")
        assert it.marked == ["claim: the moon is red"]
        assert it.status.startswith("Saved: claim, 4 words")
        await it.press("E", "shift+left", "escape")
        assert it.marked == ["claim: the moon is red"]


async def test_edges_are_moved_before_tagging_too(reading: Opener) -> None:
    async with reading(at="quietly") as it:
        await it.press("E", "right", "enter")
        assert it.selected == "quietly buried"
        await it.press("l")
        assert it.marked == ["loaded language: quietly buried"]


async def test_small_letters_tag_nothing_while_edges_move(reading: Opener) -> None:
    async with reading(at="quietly") as it:
        await it.press("E", "c", "9")
        assert it.marked == []
        assert it.screen.reader.edges is not None


async def test_the_next_quotation_is_joined_and_taken_away_again(reading: Opener, project: Project) -> None:
    document, _ = marked_article(project, SAID)
    whole = "quote: “We were asked for a crossing,” … “We were never asked what it was for.”"
    async with reading(document, at="“We were asked") as it:
        await it.press("J")
        assert it.marked == [whole, "claim: So"]
        assert it.status.startswith("Saved: quote, 14 words in 2 pieces")
        await it.press("J")
        assert it.status.startswith("No further quotation in this paragraph: select the words to join, then J.")
        it.go("never")
        await it.press("J")
        assert it.marked == ["quote: “We were asked for a crossing,”", "claim: So"]
        await it.press("U", "U")
        assert it.marked == ["quote: “We were asked for a crossing,”", "claim: So"]


async def test_what_is_selected_by_hand_is_joined_to_the_focused_mark(reading: Opener, project: Project) -> None:
    document, _ = marked_article(project, SAID)
    async with reading(document) as it:
        await it.press("N")
        it.take("Lindqvist")
        await it.press("J")
        assert it.marked == ["quote: “We were asked for a crossing,” … Lindqvist", "claim: So"]


async def test_going_from_mark_to_mark(reading: Opener, project: Project) -> None:
    document, _ = marked_article(project, "Oh, [[One]{claim} two]{quote}, and [three]{opinion}.")
    async with reading(document) as it:
        seen = []
        for key in ("N", "N", "N", "P", "P"):
            await it.press(key)
            seen.append(it.focused)
        assert seen == ["quote: One two", "claim: One", "opinion: three", "claim: One", "quote: One two"]
        await it.press("P")
        assert it.status.startswith("That was the first mark.")
        it.go("three")
        await it.press("N")
        assert it.focused == "opinion: three"
        await it.press("N")
        assert it.status.startswith("That was the last mark.")


async def test_the_marks_under_the_cursor_one_after_the_other(reading: Opener, project: Project) -> None:
    document, _ = marked_article(project, "Oh, [[One]{claim} two]{quote}, and [three]{opinion}.")
    async with reading(document, at="One") as it:
        seen = []
        for _ in range(3):
            await it.press("O")
            seen.append((it.focused, it.status.split("  ")[0]))
        assert seen == [
            ("claim: One", "1 of 2 here: claim, 1 word"),
            ("quote: One two", "2 of 2 here: quote, 2 words"),
            ("claim: One", "1 of 2 here: claim, 1 word"),
        ]
        await it.press("escape", "delete")
        assert it.marked == ["quote: One two", "opinion: three"]


async def test_choosing_a_tag_by_name(reading: Opener, document: Document) -> None:
    async with reading(at="quietly") as it:
        await it.press("enter", "o", "p", "enter")
        assert it.marked == [CLAIM.replace("claim", "opinion")]
        await it.press("T", "enter", "down", "enter")
        assert it.marked == [CLAIM.replace("claim", "quote")]
        await it.press("T", "enter", "escape", "c")
        assert it.marked == [CLAIM.replace("claim", "quote"), CLAIM]


async def test_sentences_name_the_keys_that_somebody_has(reading: Opener) -> None:
    keys = {"undo": "ctrl+b", "next_mark": "ctrl+n", "help": "f1", "sentence": "ctrl+s"}
    async with reading(at="Lindqvist", keys=keys) as it:
        await it.press("delete")
        assert "There is no mark here: Ctrl+N goes to the next one" in it.status
        await it.press("ctrl+s", "c", "delete")
        assert "Ctrl+B brings it back." in it.status
        await it.press("ctrl+b", "at")
        assert it.status.startswith("@ does nothing here. F1 shows all keys.")


async def test_the_tour_names_the_keys_that_somebody_has(reading: Opener) -> None:
    async with reading(keys={"quotation": "ctrl+t", "undo": "ctrl+b"}, demo=True) as it:
        assert "Ctrl+T goes to the next quotation, q marks it as a quote; Ctrl+B undoes." in it.status
