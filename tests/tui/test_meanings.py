"""What tags mean, beside the text, and changing it there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.widgets import TextArea

from reader.annotations.codebook import Codebook, Unit
from reader.project import Project
from reader.tui.commands import Group, Mode
from reader.tui.layout.cells import width_of
from reader.tui.reading.meanings import as_text, from_text, meaning_lines
from reader.tui.screens.help import Help
from reader.tui.screens.meaning import MeaningEditor
from reader.tui.screens.picker import Picker
from reader.tui.screens.prompt import Prompt
from reader.tui.themes import DARK
from reader.tui.widgets.lines import Lines
from reader.work import codebooks, history, library, marks, revisions
from tests.annotations import books
from tests.tui.conftest import Opener, Reading


def panel(it: Reading) -> list[str]:
    """The lines of the panel that are in view, without the empty ones."""
    view = it.screen._panel
    assert view is not None
    return [text for y in range(view.size.height) if (text := view.render_line(y).text.strip())]


def is_open(it: Reading) -> bool:
    return it.screen.mode is Mode.CODEBOOK


def book(it: Reading) -> Codebook:
    """The codebook as it is stored; the screen shows the same."""
    stored = library.codebook(it.project, it.screen.desk.document)
    assert stored == it.screen.desk.codebook
    return stored


@given(books.codebooks(), st.integers(20, 90))
def test_every_line_fits_and_every_tag_has_its_place(codebook: Codebook, width: int) -> None:
    lines, starts = meaning_lines(codebook, DARK, width, {tag.id: "a note" for tag in codebook.tags})
    assert [lines[start][2][0] for start in starts] == [tag.name for tag in codebook.tags]
    headings = set(starts)
    for number, line in enumerate(lines):
        assert number in headings or width_of("".join(text for text, _ in line)) <= width + 1


@given(books.codebooks())
def test_a_definition_is_edited_as_text(codebook: Codebook) -> None:
    for tag in codebook.tags:
        plain = replace(
            tag,
            definition=tag.definition.lstrip("+-– "),
            do=tuple(filter(None, tag.do)),
            dont=tuple(filter(None, tag.dont)),
        )
        assert from_text(plain, as_text(plain)) == plain


def test_a_line_without_a_sign_goes_on_with_the_definition() -> None:
    tag = from_text(books.tag(), "One thing\n or  another.\n+ yes\n – no\n-not an example")
    assert (tag.definition, tag.do, tag.dont) == ("One thing or another. -not an example", ("yes",), ("no",))


async def test_it_opens_at_the_tag_of_the_mark_and_goes_by_keys(reading: Opener) -> None:
    async with reading(at="“We were asked") as it:
        await it.press("q", "H")
        assert is_open(it)
        assert it.status.startswith("close reading · 4 tags")
        assert any(line.startswith("▸ q Q  quote  the quotation") for line in panel(it))
        assert any("Somebody's words, given as" in line for line in panel(it))
        await it.press("o")
        assert any(line.startswith("▸ o O  opinion") for line in panel(it))
        await it.press("up", "up", "up")
        assert panel(it)[0].startswith("close reading")
        assert it.marked == ["quote: “We were asked for a crossing,”"]
        await it.press("4", "pageup", "pagedown", "H")
        assert not is_open(it)
        assert it.screen.list.display
        await it.press("H", "escape")
        assert not is_open(it)


async def test_the_text_stays_as_it_is_where_there_is_room_beside_it(reading: Opener) -> None:
    async with reading(size=(120, 30)) as it:
        before = [row.start for row in it.screen.reader.rows]
        await it.press("H")
        view = it.screen._panel
        assert view is not None
        assert view.region.x > it.screen.reader.text_end
        assert [row.start for row in it.screen.reader.rows] == before


@pytest.mark.parametrize("size", [(80, 24), (60, 16), (40, 12)], ids=["80x24", "60x16", "40x12"])
@pytest.mark.parametrize("words", ["The bridge", "Lindqvist", "those who live there"])
async def test_else_it_stays_in_view_above(reading: Opener, size: tuple[int, int], words: str) -> None:
    async with reading(size=size) as it:
        it.go(words)
        before = [row.start for row in it.screen.reader.rows]
        await it.press("H")
        view, text = it.screen._panel, it.screen.reader
        assert view is not None
        assert view.region.height >= 6
        assert text.region.bottom == view.region.y
        assert text.size.height >= 3
        assert any(row.start <= it.span(words).start < row.end for row in text.rows)
        # Not every line is in the panel, but each is reached.
        assert panel(it)[0].startswith("close reading")
        await it.press("l")
        assert any(line.startswith("▸ l L  loaded language") for line in panel(it))
        await it.press("escape")
        assert len(text.rows) >= len(before)
        assert any(row.start <= it.span(words).start < row.end for row in text.rows)


async def test_the_text_keeps_its_room_when_the_terminal_gets_wide(reading: Opener) -> None:
    async with reading(size=(104, 30)) as it:
        await it.press("W", "H")
        for width in (90, 104):
            await it.pilot.resize_terminal(width, 30)
            await it.pilot.pause()
            await it.pilot.pause()
        view = it.screen._panel
        assert view is not None
        assert view.region.x >= it.screen.reader.text_end


async def test_it_goes_where_there_is_room_when_the_terminal_changes(reading: Opener) -> None:
    async with reading(size=(120, 40)) as it:
        await it.press("H")
        view, text = it.screen._panel, it.screen.reader
        assert view is not None
        for width, beside in ((80, False), (120, True), (70, False)):
            await it.pilot.resize_terminal(width, 24)
            await it.pilot.pause()
            assert (view.region.x > 0) is beside
            assert (text.region.bottom == view.region.y) is not beside
            assert len(panel(it)) > 5


async def test_without_the_list_the_text_makes_room(reading: Opener) -> None:
    async with reading(size=(104, 30)) as it:
        await it.press("W", "H")
        view = it.screen._panel
        assert view is not None
        assert view.region.x >= it.screen.reader.text_end
        await it.press("H")
        assert not it.screen.list.display


async def test_renaming_and_looks(reading: Opener) -> None:
    async with reading(at="The bridge will") as it:
        await it.press("c", "H", "R")
        assert it.on_top() is Prompt
        await it.press("ctrl+u", *"assertion", "enter")
        assert book(it).tags[0].name == "assertion"
        assert it.marked[0].startswith("assertion: The bridge")
        assert it.status.startswith("Saved: assertion")
        await it.press("K", "backspace", "x", "enter", "C", *"red", "enter", "L", *"plain", "enter")
        tag = book(it).tags[0]
        assert (tag.key, tag.colour, tag.line.value, tag.revision) == ("x", "red", "plain", 1)
        assert it.screen.reader.look.tags[0] == ("C", "red", tag.line)
        await it.press("K", "backspace", "q", "enter")
        assert "both want the key “q”" in it.status
        await it.press("U", "U", "U", "U")
        assert book(it) == codebooks.find(it.project, "close")
        assert book(it).tags[0].name == "claim"
        await it.press("U")
        assert "nothing to undo in the codebooks" in it.status
        await it.press("Y")
        assert book(it).tags[0].name == "assertion"


async def test_another_definition_is_another_revision_and_marks_are_confirmed(reading: Opener) -> None:
    async with reading(at="The bridge will") as it:
        await it.press("c", "H", "E")
        assert it.on_top() is MeaningEditor
        editor = it.app.screen.query_one(TextArea)
        editor.text = "What can be checked.\n+ It cost 48 million.\n- It is ugly."
        await it.press("ctrl+s")
        tag = book(it).tags[0]
        assert (tag.definition, tag.do, tag.dont, tag.revision) == (
            "What can be checked.", ("It cost 48 million.",), ("It is ugly.",), 2,
        )  # fmt: skip
        assert any("1 of your marks here" in line for line in panel(it))
        await it.press("E", "escape")
        assert book(it).tags[0] == tag
        await it.press("O", "down", "enter")
        assert not is_open(it)
        assert it.focused.startswith("claim: The bridge")
        await it.press("H", "O", "enter")
        assert revisions.outdated(it.project, book(it)) == []
        assert it.status.startswith("Saved: 1 mark confirmed")
        await it.press("O")
        assert it.status.startswith("All your marks here were made under the present definitions.")
        await it.press("H", "U")
        assert len(revisions.outdated(it.project, book(it))) == 1


async def test_new_tags_retired_ones_and_merged_ones(reading: Opener) -> None:
    async with reading(at="The bridge will") as it:
        await it.press("c", "H", "N", *"weasel words", "enter")
        new = book(it).tags[-1]
        assert (new.name, new.key, new.symbol, new.unit) == ("weasel words", "w", "W", Unit.SENTENCE)
        assert any(line.startswith("▸ w W  weasel words") for line in panel(it))
        await it.press("delete")
        assert book(it).tags[-1].retired
        await it.press("delete")
        assert not book(it).tags[-1].retired
        await it.press("c", "M", *"opin", "enter")
        assert [tag.name for tag in book(it).active] == ["quote", "opinion", "loaded language", "weasel words"]
        assert it.marked[0].startswith("opinion: The bridge")
        await it.press("T", *"word", "enter")
        assert book(it).find("opinion").unit is Unit.WORD


async def test_another_codebook(reading: Opener) -> None:
    async with reading(at="The bridge will") as it:
        await it.press("H", "B", *"quot", "enter")
        assert book(it).name == "quotation attribution"
        await it.press("B", *"close", "enter", "H", "c", "H", "B", *"prop", "enter")
        assert it.on_top() is Picker
        await it.press("escape")
        assert book(it).name == "close reading"
        await it.press("B", *"prop", "enter", "enter")
        assert book(it).name == "propaganda techniques"
        assert it.marked[0].startswith("claim: The bridge")
        assert it.status.startswith("Saved: read with propaganda techniques")
        tags = len(book(it).active)
        for _ in range(tags):
            await it.press("down")
        await it.press("R")
        assert "“claim” is of another codebook" in it.status
        await it.press("H", "c")
        assert it.marked[1].startswith("Causal Oversimplification: The bridge")
        await it.press("U", "U")
        assert book(it).name == "close reading"


async def test_own_marks_may_get_the_tags_of_the_same_name(reading: Opener, project: Project) -> None:
    close = codebooks.find(project, "close")
    codebooks.add(project, codebooks.as_another(close, "mine"))
    async with reading(at="The bridge will") as it:
        await it.press("c", "H", "B", *"mine", "enter", *"same", "enter")
        assert book(it).name == "mine"
        assert [mark.tag for mark in marks.of(project, it.screen.desk.document)] == [book(it).tags[0].id]
        assert history.peek(project, it.screen.desk.document)[0] == "read with “mine”"


async def test_what_was_done_to_the_library_is_not_undone_here(reading: Opener, project: Project) -> None:
    from tests.storage.making import article

    async with reading() as it:
        library.delete(project, article(project, "Another text."))
        await it.press("H", "U")
        assert "it is for the list of articles to undo" in it.status


@pytest.mark.parametrize("key", ["c", "A", "J", "slash", "enter", "left"])
async def test_nothing_is_marked_while_it_is_open(reading: Opener, key: str) -> None:
    async with reading(at="The bridge will") as it:
        await it.press("H", key)
        assert is_open(it)
        assert it.marked == []


async def test_the_mouse_goes_to_a_tag(reading: Opener) -> None:
    async with reading(size=(120, 40)) as it:
        await it.press("H")
        view = it.screen._panel
        assert view is not None
        y = next(y for y in range(view.size.height) if " quote " in view.render_line(y).text)
        await it.pilot.click(offset=(view.region.x + 8, view.region.y + y + 1))
        assert any(line.startswith("▸ q Q  quote") for line in panel(it))
        await it.pilot.click(offset=(10, 10))
        assert is_open(it)


async def test_all_keys_are_shown_beginning_with_those_of_the_codebook(reading: Opener) -> None:
    async with reading() as it:
        await it.press("H", "question_mark")
        assert it.on_top() is Help
        first = it.app.screen.query_one(Lines).render_line(0).text.strip()
        assert first == Group.CODEBOOK.value
        await it.press("escape")
        assert is_open(it)


@pytest.mark.parametrize("key, field", [("C", "colour"), ("L", "line"), ("T", "unit")])
async def test_a_list_begins_at_what_holds_now(reading: Opener, key: str, field: str) -> None:
    async with reading() as it:
        before = book(it)
        await it.press("H", "q", key, "enter")
        assert book(it) == before
        await it.press(key, "up", "enter")
        assert getattr(book(it).tags[1], field) != getattr(before.tags[1], field)


async def test_what_another_program_wrote_meanwhile_is_not_lost(reading: Opener, project: Project) -> None:
    async with reading() as it:
        await it.press("H", "q", "E", "ctrl+home", "x")
        quote = book(it).tags[1]
        codebooks.change_tag(project, book(it), replace(quote, name="cited", definition="Theirs."))
        await it.press("ctrl+s")
        editor = it.app.screen
        assert isinstance(editor, MeaningEditor)
        assert editor.query_one(TextArea).text.startswith(f"x{quote.definition}")
        lines = editor.query_one(Lines)
        told = " ".join(lines.render_line(y).text.strip() for y in range(lines.size.height))
        assert "saving puts yours in its place. It is: Theirs. / + “We were asked" in told
        assert lines.size.height <= 4
        await it.press("escape")
        assert (book(it).tags[1].name, book(it).tags[1].definition) == ("cited", "Theirs.")
        await it.press("E", "ctrl+home", *"Not", "ctrl+s")
        assert book(it).tags[1].definition == "NotTheirs."
        assert it.status.startswith("Saved: revision 3 of cited")


async def test_the_panel_is_used_by_mouse_alone(reading: Opener) -> None:
    async with reading(size=(120, 40)) as it:
        await it.press("H")
        await it.click_word("new")
        assert it.on_top() is Prompt
        await it.click_word("leaves")
        assert is_open(it)
        await it.click_word("colour")
        await it.click_word("leaves")
        await it.click_word("define")
        await it.click_word("leaves it as it was")
        await it.click_word("keys")
        await it.click_word("back to the codebook")
        await it.click_word("text")
        assert not is_open(it)
        await it.click_word("claim")
        assert len(marks.of(it.project, it.screen.desk.document)) == 1
        await it.click_word("undoes")
        assert not marks.of(it.project, it.screen.desk.document)


async def test_sign_and_order_are_changed(reading: Opener) -> None:
    async with reading(at="“We were asked") as it:
        await it.press("H", "q", "S", "ctrl+u", "W", "enter")
        assert book(it).tags[1].symbol == "W"
        await it.press("less_than_sign")
        assert it.status.startswith("Saved: quote is number 1")
        assert [tag.name for tag in book(it).tags[:2]] == ["quote", "claim"]
        await it.press("less_than_sign")
        assert it.status.startswith("“quote” cannot go further.")
        await it.press("greater_than_sign", "greater_than_sign", "U", "U")
        assert [tag.name for tag in book(it).tags[:2]] == ["quote", "claim"]
        await it.press("escape", "1")
        assert it.marked[0].startswith("quote: ")


async def test_the_codebook_itself_is_called_something_else_and_described(reading: Opener) -> None:
    async with reading() as it:
        await it.press("H", "I", "ctrl+home", *"my", "ctrl+s")
        assert book(it).name == "myclose reading"
        assert it.status.startswith("Saved: myclose reading")
        await it.press("I", "ctrl+end", "!", "x", "ctrl+s")
        assert book(it).description.endswith("x")
        await it.press("U", "U")
        assert book(it).name == "close reading"


async def test_a_copy_is_made_and_files_are_written_and_read(reading: Opener, tmp_path: Path) -> None:
    async with reading(at="“We were asked") as it:
        await it.press("q", "H", "B", *"copy", "enter", *"Mine", "enter")
        assert it.on_top() is Picker
        await it.press("enter")
        assert book(it).name == "Mine"
        assert it.marked == ["quote: “We were asked for a crossing,”"]
        assert book(it).by_id(marks.of(it.project, it.screen.desk.document)[0].tag) in book(it).tags
        file = tmp_path / "mine.toml"
        await it.press("X", "ctrl+u", *str(file), "enter")
        assert it.status.startswith("Wrote “Mine” to ")
        file.write_text(file.read_text().replace('name = "Mine"', 'name = "Theirs"').replace("\nid = ", "\n# "))
        await it.press("B", *"file", "enter", *str(tmp_path / "none.toml"), "enter")
        assert it.status.startswith(str(tmp_path)[:60])
        await it.press("B", *"file", "enter", *"~nobody-here/mine.toml", "enter")
        assert it.status.startswith("~nobody-here/mine.toml cannot be read")
        await it.press("B", *"file", "enter", *str(file), "enter")
        assert it.on_top() is Picker
        await it.press("enter")
        assert book(it).name == "Theirs"


def test_what_a_tag_takes_has_a_line_of_its_own_below_a_long_name() -> None:
    tag = replace(books.tag(), name="a name that is rather long", unit=Unit.PARAGRAPH)
    for width, expected in ((60, 0), (30, 1)):
        lines, (start, *_) = meaning_lines(Codebook("", "book", "", (tag,)), DARK, width, {})
        assert "the paragraph" in "".join(text for text, _ in lines[start + expected])


async def test_what_became_of_a_tag_is_told_in_full(reading: Opener) -> None:
    async with reading() as it:
        await it.press("H", "o", "M", *"loaded", "enter")
        await it.press("down", "pagedown")
        assert "Its marks are shown as loaded" in " ".join(panel(it))
