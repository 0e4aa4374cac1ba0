"""The library's screen: what its keys, its mouse and what is pasted there do."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from reader.annotations.codebook_toml import shipped
from reader.documents.document import Document
from reader.documents.span import Span
from reader.project import Project, open_project
from reader.tui.screens.help import Help
from reader.tui.screens.library import LibraryScreen
from reader.tui.screens.picker import Picker
from reader.tui.screens.reading import ReadingScreen
from reader.tui.screens.search import SearchScreen
from reader.tui.screens.stats import StatsScreen
from reader.work import binding, codebooks, history, library, marks, noting, tagging
from reader.work.catalogue import Sort
from tests.storage.making import article
from tests.tui.shelved import Shelved, shelved

BRIDGE, FERRY, STRIKE = "The bridge that nobody ordered", "A ferry in Łódź", "The strike, day five"
TITLES = [BRIDGE, FERRY, STRIKE]


@pytest.fixture
def three(project: Project) -> list[Document]:
    """The bridge was read last, with two marks; the strike is done; the ferry is new."""
    documents = [
        article(project, "The bridge will cost 48 million.", title=BRIDGE, byline="Ana", date="2026-03-02"),
        article(project, "The ferry is late again, they say.", title=FERRY, date="2026-03-05", source_note="Courier"),
        article(project, "On the fifth day.", title=STRIKE, source_note="https://www.example.org/strike"),
    ]
    library.opened(project, documents[2])
    library.set_status(project, documents[2], "done")
    library.opened(project, documents[0])
    tagging.mark(project, documents[0], [Span(0, 3)], "claim")
    tagging.mark(project, documents[0], [Span(4, 10)], "quote")
    return documents


# Going through the list


async def test_the_cursor_is_on_what_was_read_last_and_enter_goes_on(project: Project, three: list[Document]) -> None:
    async with shelved(project) as it:
        assert it.listed == [BRIDGE, STRIKE, FERRY]
        assert it.at == BRIDGE
        assert it.header.startswith("Articles   ▸all 3   new 1   reading 1   done 1")
        assert it.header.endswith("2 marks")
        assert it.status.startswith("C claim 1  Q quote 1")
        await it.press("enter")
        assert type(it.app.screen) is ReadingScreen
        assert it.reading == BRIDGE


@pytest.mark.parametrize("read_to,opens_at", [(900, 900), (2_000_000, 0)], ids=["in the middle", "to the end"])
async def test_what_was_read_on_another_computer_opens_where_reading_ended(
    project: Project, read_to: int, opens_at: int
) -> None:
    document = article(project, "\n\n".join(f"The {number}th train was late." for number in range(60)))
    library.set_place(project, document, read_to)
    async with shelved(project, size=(80, 24)) as it:
        await it.press("enter")
        screen = it.app.screen
        assert isinstance(screen, ReadingScreen)
        assert screen.reader.view.cursor == opens_at


async def test_arrows_and_pages(project: Project) -> None:
    for number in range(1, 41):
        article(project, f"Text {number}.", title=f"Title {number:02}")
    async with shelved(project, size=(80, 15)) as it:
        assert it.at == "Title 40"
        await it.press("down", "down", "up")
        assert it.at == "Title 39"
        await it.press("pagedown", "pagedown")
        assert it.at == "Title 21"
        assert it.finder.endswith("20 of 40")
        await it.press("pageup")
        assert it.at == "Title 30"
        await it.press("end", "down")
        assert it.at == "Title 01"
        await it.press("home", "up")
        assert it.at == "Title 40"


async def test_letters_find_at_once(project: Project, three: list[Document]) -> None:
    async with shelved(project) as it:
        await it.type("lodz")
        assert (it.listed, it.at) == ([FERRY], FERRY)
        assert it.finder.startswith("Find  lodz")
        assert it.finder.endswith("1 of 1")
        await it.press("ctrl+u")
        assert len(it.listed) == 3
        assert it.at == FERRY
        await it.type("the five")
        assert it.listed == [STRIKE]
        await it.press("ctrl+w", "backspace", "backspace")
        assert it.finder.startswith("Find  th  ")
        assert it.listed == [BRIDGE, STRIKE]
        await it.press("left", "backspace", *"ord", "right")
        assert it.finder.startswith("Find  ordh ")
        await it.press("backspace")
        assert it.listed == [BRIDGE]
        await it.press("escape")
        assert len(it.listed) == 3
        await it.type("zebra")
        assert (it.listed, it.at) == ([], "")
        assert "No article is called “zebra”: Esc shows all again." in "\n".join(it.rows)
        await it.press("enter", "ctrl+s", "ctrl+e", "delete", "ctrl+t")
        assert it.status == "No article is called “zebra”: Esc shows all again."
        assert it.titles == TITLES


async def test_every_order_is_named(project: Project, three: list[Document]) -> None:
    async with shelved(project) as it:
        said = []
        for sort in [*list(Sort)[1:], Sort.OPENED]:
            await it.press("ctrl+o", *sort.value.removeprefix("last ")[:2], "enter")
            assert f"by {sort.value} " in it.finder
            said.append(it.status)
        assert len(set(said)) == len(Sort)
        await it.press("ctrl+o", "escape", "ctrl+o")
        assert "Put the articles in order …" in "\n".join(it.rows)
        await it.press("enter", "ctrl+r")
        assert it.listed == [STRIKE, BRIDGE, FERRY]
        assert it.status == "Order: by title, from Z."
        assert "title▼" in it.rows[2]


async def test_a_heading_has_room_for_its_arrow(project: Project, three: list[Document]) -> None:
    async with shelved(project, size=(80, 24)) as it:
        await it.click("marks", below=2)
        assert "marks▼" in it.rows[2]
    async with shelved(project, size=(160, 24)) as it:
        await it.click("by   ", below=2)
        assert it.listed[0] == BRIDGE
        assert "by▲" in it.rows[2]


async def test_how_to_go_on_is_seen_beside_the_longest_title(project: Project) -> None:
    document = article(project, "A text.", title="Headline " * 12)
    async with shelved(project, size=(80, 24)) as it:
        await it.press("ctrl+s")
        assert it.rows[-2].strip() == "Saved: “Headline Headline Headline Headline Hea…” is done. Ctrl+Z undoes it."
        await it.press("delete")
        assert "Ctrl+Z brings it back." in it.rows[-2]
        await it.press("ctrl+z")
        assert library.find(project, document.id) == document


async def test_tab_goes_through_the_statuses(project: Project, three: list[Document]) -> None:
    async with shelved(project) as it:
        found = []
        for _ in range(4):
            await it.press("tab")
            found.append((it.header.partition("▸")[2].split()[0], it.listed))
        assert found == [("new", [FERRY]), ("reading", [BRIDGE]), ("done", [STRIKE]), ("all", [BRIDGE, STRIKE, FERRY])]
        await it.press("shift+tab", "escape")
        assert len(it.listed) == 3
        assert it.at == STRIKE


# Opening, and back


async def test_escape_goes_back_to_the_article_as_it_was(project: Project, three: list[Document]) -> None:
    async with shelved(project, document=three[0]) as it:
        assert it.at == BRIDGE
        reading = it.app.screen_stack[0]
        assert "Esc back" in it.footer
        await it.press("down")
        await it.press("escape")
        assert it.app.screen is reading
        await it.press("L", "enter")
        assert it.app.screen is reading
        await it.press("L", "down", "enter")
        assert it.reading == STRIKE
        assert len(it.app.screen_stack) == 1
        await it.press("L")
        assert it.at == STRIKE


async def test_without_an_article_escape_says_so(project: Project, three: list[Document]) -> None:
    async with shelved(project) as it:
        await it.press("escape")
        assert it.status == "No article is open: Enter opens one, Ctrl+Q quits."
        assert "Esc" not in it.footer


async def test_what_was_typed_before_is_replaced_by_the_next_letter(project: Project, three: list[Document]) -> None:
    async with shelved(project) as it:
        await it.type("the")
        await it.press("down", "enter")
        assert it.reading == STRIKE
        await it.press("L")
        assert (it.listed, it.at) == ([BRIDGE, STRIKE], STRIKE)
        await it.type("fe")
        assert it.listed == [FERRY]


async def test_the_list_stays_as_it_was_narrowed(project: Project, three: list[Document]) -> None:
    async with shelved(project) as it:
        await it.press("tab", "enter")
        assert it.reading == FERRY
        await it.press("L")
        # What is listed stays until it is asked for anew: the ferry is no longer new.
        assert (it.listed, it.at) == ([FERRY], FERRY)
        await it.press("escape")
        assert (it.listed, it.at) == ([FERRY, BRIDGE, STRIKE], FERRY)
        await it.press("escape")
        assert it.reading == FERRY
        await it.press("right_curly_bracket")
        assert it.reading == BRIDGE


async def test_the_next_article_and_the_one_before_without_going_back(project: Project, three: list[Document]) -> None:
    async with shelved(project, document=three[0]) as it:
        await it.press("escape", "right_curly_bracket")
        assert it.reading == STRIKE
        await it.pilot.pause()
        assert "Article 2 of 3 in the list." in "\n".join(it.rows)
        await it.press("ctrl+pagedown")
        assert it.reading == FERRY
        await it.press("right_curly_bracket")
        assert "This is the last article of the list." in "\n".join(it.rows)
        await it.press("left_curly_bracket", "ctrl+pageup")
        assert it.reading == BRIDGE
        assert len(it.app.screen_stack) == 1


async def test_the_next_one_that_is_not_done(project: Project, three: list[Document]) -> None:
    async with shelved(project, document=three[0]) as it:
        await it.press("escape", "ctrl+g")
        assert it.reading == FERRY
        await it.press("S", "ctrl+g")
        assert it.reading == BRIDGE
        await it.press("S", "ctrl+g")
        assert "No other article of the list is left to do." in "\n".join(it.rows)
        await it.press("L", "ctrl+g")
        assert it.status == "No other article of the list is left to do."


async def test_the_queue_begins_at_the_cursor(project: Project, three: list[Document]) -> None:
    async with shelved(project) as it:
        await it.press("down", "ctrl+g")
        assert it.reading == FERRY


async def test_the_row_says_what_was_done_meanwhile(project: Project, three: list[Document]) -> None:
    async with shelved(project) as it:
        await it.press("enter", "c")
        assert len(marks.of(project, three[0])) == 3
        await it.press("S", "L")
        assert "●" in next(row for row in it.rows if row.startswith(" ▸"))
        assert "done 2" in it.header
        assert it.header.endswith("3 marks")


async def test_another_program_may_add_an_article(project: Project, three: list[Document], tmp_path: Path) -> None:
    async with shelved(project, document=three[0]) as it:
        await it.press("escape")
        other = open_project(tmp_path / "annotations.db", "ben")
        article(other, "From elsewhere.", title="Elsewhere")
        other.close()
        await it.press("L")
        assert "Elsewhere" in it.listed


async def test_the_theme_goes_with_you(project: Project, three: list[Document]) -> None:
    async with shelved(project, document=three[0]) as it:
        await it.press("ctrl+d")
        assert it.app.theme == "light"
        await it.press("escape")
        reading = it.app.screen
        assert isinstance(reading, ReadingScreen)
        assert reading.palette.name == reading.look.theme == "light"
        await it.press("D", "L")
        assert it.screen.palette.name == it.screen.look.theme == "high contrast"


# Adding


async def test_a_pasted_path_is_added(project: Project, three: list[Document]) -> None:
    Path("one file.txt").write_text("The lighthouse\n\nIt moved.\n", encoding="utf-8")
    async with shelved(project) as it:
        await it.paste("one file.txt\n")
        assert it.at == "The lighthouse"
        assert it.status == "Added: “The lighthouse”. Enter opens it."
        await it.paste(str(Path("one file.txt").absolute()))
        assert it.status == "Here already: “The lighthouse”. Enter opens it."
        await it.press("enter")
        assert it.reading == "The lighthouse"


@pytest.mark.parametrize("how", ["{0}\n{1}\n", "'{0}' '{1}'", "file://{0}\r\nfile://{1}", '"{0}" "{1}"'])
async def test_files_that_are_dropped_on_the_terminal_are_added(project: Project, how: str) -> None:
    paths = [Path("a b.txt").absolute(), Path("c%d.md").absolute()]
    for path in paths:
        path.write_text(f"About {path.stem}\n\nIt is so.\n", encoding="utf-8")
    names = [str(path).replace("%", "%25").replace(" ", "%20") if "file:" in how else str(path) for path in paths]
    async with shelved(project) as it:
        await it.paste(how.format(*names))
        assert it.titles == ["About a b", "About c%d"]
        assert it.status == "2 files taken in, the last is “About c%d”."


async def test_of_several_files_those_that_are_texts_are_added(project: Project) -> None:
    Path("a.txt").write_text("About a\n\nIt is so.\n", encoding="utf-8")
    Path("b.txt").write_bytes(b"\x00\x01\x02" * 50)
    async with shelved(project) as it:
        await it.paste("a.txt\nb.txt")
        assert it.titles == ["About a"]
        assert "Not taken in: 1." in it.status
        await it.paste("b.txt")
        assert it.titles == ["About a"]
        assert it.status.startswith("“b.txt”")


async def test_a_pasted_text_is_asked_for_its_title(project: Project, three: list[Document]) -> None:
    async with shelved(project) as it:
        await it.paste("The lighthouse that moved\r\n\r\nIt moved on Tuesday.\r\rNobody saw it.")
        assert "Add the pasted text, 11 words" in "\n".join(it.rows)
        assert "The lighthouse that moved" in "\n".join(it.rows)
        await it.press("escape")
        assert it.status == "Nothing was added."
        await it.paste("The lighthouse that moved\n\nIt moved on Tuesday.")
        await it.press(*" away", "tab", *"Ana", "down", *"2026", "enter")
        assert it.at == "The lighthouse that moved away"
        document = library.by_number(project, 4)
        assert (document.byline, document.date) == ("Ana", "2026")
        assert library.text(project, document) == "The lighthouse that moved\n\nIt moved on Tuesday."


async def test_pasted_words_are_looked_for(project: Project, three: list[Document]) -> None:
    async with shelved(project) as it:
        await it.paste("  nobody ordered ")
        assert it.listed == [BRIDGE]
        await it.paste(" \n ")
        assert it.status == "What was pasted is empty: nothing was added."


@pytest.mark.parametrize(
    "pasted",
    [
        "\x1b[3~\r\x11[@click=app.exit()]go[/]",
        "\x1b]52;c;aGk=\x07\x9b2J\x00\u202e",
        "[/nope] [red]x [[b]\n" * 5,
        "x" * 5000,
        "/" * 5000,
        "~" * 300,
        "file://" + "\x00" * 40,
        "'unclosed \"quotes",
        "/dev/null",
    ],
)
async def test_hostile_pastes_do_nothing_by_themselves(project: Project, three: list[Document], pasted: str) -> None:
    async with shelved(project) as it:
        await it.paste(pasted)
        assert it.app.is_running
        assert not set("\x1b\x07\x9b\u202e\x00") & set("".join(it.rows))
        await it.press("escape")
        assert it.titles == TITLES


async def test_a_path_that_is_typed_is_added_and_opened(project: Project, three: list[Document]) -> None:
    Path("n.txt").write_text("The lighthouse\n\nIt moved.\n", encoding="utf-8")
    async with shelved(project) as it:
        await it.type("n.txt")
        assert "Enter adds n.txt" in "\n".join(it.rows)
        await it.press("enter")
        assert it.reading == "The lighthouse"


async def test_a_path_is_asked_for(project: Project, three: list[Document]) -> None:
    Path("n.txt").write_text("The lighthouse\n\nIt moved.\n", encoding="utf-8")
    async with shelved(project) as it:
        await it.press("ctrl+n", *"n.tx", "enter")
        assert "There is no file “n.tx”" in "".join(it.rows)
        await it.press("t", "enter")
        assert it.status == "Added: “The lighthouse”. Enter opens it."
        assert it.at == "The lighthouse"
        await it.press("ctrl+n", "escape", "ctrl+n", "enter")
        assert len(it.titles) == 4
        await it.press("ctrl+n", *"~no-such-person/n.txt", "enter")
        assert "There is no file “~no-such-person/n.txt”" in "".join(it.rows)
        await it.press("ctrl+u", *"/dev/zero", "enter")
        assert "“/dev/zero” is a pipe or a device: name a file." in "".join(it.rows)
        assert "Esc leaves" in it.rows[-2]


async def test_a_pattern_is_all_files_of_a_folder_that_are_called_so(project: Project) -> None:
    for name in ("b", "a", "c"):
        Path(f"{name}.txt").write_text(f"About {name}\n\nIt is so.\n", encoding="utf-8")
    Path("a.png").write_bytes(b"\x89PNG")
    Path("d.txt").mkdir()
    async with shelved(project, size=(80, 24)) as it:
        await it.paste("*")
        assert (it.titles, it.finder.split()[1]) == ([], "*")
        await it.press("ctrl+u")
        await it.type("[ab].txt")
        assert "Enter adds these 2 files and opens the last one." in "\n".join(it.rows)
        await it.press("ctrl+u", "ctrl+n", *"*.txt", "enter")
        assert it.titles == ["About a", "About b", "About c"]
        assert it.status == "3 files taken in, the last is “About c”."
        await it.press("ctrl+n", *"*.md", "enter")
        assert "There is no file “*.md”" in "\n".join(it.rows)


async def test_a_pasted_article_brings_its_date(project: Project) -> None:
    async with shelved(project) as it:
        await it.paste("The lighthouse that moved\n\nMonday, March 2, 2026\n\nIt moved.")
        await it.press("enter")
        assert library.by_number(project, 1).date == "2026-03-02"


async def test_an_empty_library_says_what_to_do(project: Project) -> None:
    async with shelved(project, size=(80, 24)) as it:
        said = "\n".join(it.rows)
        assert "There are no articles here yet." in said
        assert "Paste a text, or the path of a file, and it is added." in said
        keys = ("enter", "down", "end", "pagedown", "tab", "ctrl+o", "ctrl+s", "ctrl+g", "ctrl+e", "delete", "ctrl+z")
        for key in keys:
            await it.press(key)
            assert it.app.is_running
        await it.press("shift+tab")
        await it.paste("A first text\n\nIt is short.")
        await it.press("enter")
        assert it.at == "A first text"
        await it.press("enter")
        assert it.reading == "A first text"


# Changing


async def test_done_and_not_yet(project: Project, three: list[Document]) -> None:
    async with shelved(project) as it:
        await it.press("ctrl+s")
        assert it.status == f"Saved: “{BRIDGE}” is done. Ctrl+Z undoes it."
        assert library.reading(project, three[0]).status == "done"
        assert "done 2" in it.header
        await it.press("ctrl+s")
        assert library.reading(project, three[0]).status == "reading"
        await it.press("end", "ctrl+s", "ctrl+s")
        assert library.reading(project, three[1]).status == "new"
        await it.press("home", *["ctrl+z"] * 4)
        assert library.reading(project, three[0]).status == "reading"
        assert it.at == BRIDGE
        await it.press("ctrl+y")
        assert it.status == f"Done again: calling “{BRIDGE}” done"
        assert history.peek(project, three[0])[0] == "quote on 1 word"


async def test_a_status_is_chosen(project: Project, three: list[Document]) -> None:
    async with shelved(project) as it:
        await it.press("ctrl+t")
        assert type(it.app.screen) is Picker
        await it.press("enter")
        assert library.reading(project, three[0]).status == "done"
        await it.press("ctrl+z", "ctrl+t", *"new", "enter")
        assert library.reading(project, three[0]).status == "new"
        await it.press("ctrl+z")
        assert library.reading(project, three[0]).status == "reading"
        await it.press("ctrl+t", "escape")
        assert library.reading(project, three[0]).status == "reading"


async def test_details_are_changed_in_a_form(project: Project, three: list[Document]) -> None:
    async with shelved(project) as it:
        await it.press("ctrl+e", *"!", "tab", "tab", *"x", "up", "up", "up", *"Courier", "enter")
        assert "“2026-03-02x” is no date: write it as 2026-03-02, 2026-03 or 2026." in "\n".join(it.rows)
        assert library.by_number(project, 1) == three[0]
        await it.press("up", "ctrl+u", *"May 3, 2026", "enter")
        now = library.by_number(project, 1)
        assert (now.title, now.byline, now.date, now.source) == (f"{BRIDGE}!", "Ana", "2026-05-03", "Courier")
        assert it.at == f"{BRIDGE}!"
        assert it.status == f"Saved: title, date, source of “{BRIDGE}!”. Ctrl+Z undoes it."
        await it.press("f2", "enter")
        assert it.status == "Nothing was changed."
        await it.press("ctrl+e", "ctrl+u", "enter")
        assert "An article needs a title: write one." in "\n".join(it.rows)
        await it.press("escape", "ctrl+z")
        assert library.by_number(project, 1) == three[0]
        assert it.at == BRIDGE
        await it.type("courier")
        assert it.listed == [FERRY]


async def test_the_open_article_has_its_new_title_when_one_comes_back(project: Project, three: list[Document]) -> None:
    async with shelved(project, document=three[0]) as it:
        await it.press("ctrl+e", *"!", "enter", "escape")
        assert f"{BRIDGE}!" in it.rows[0]


async def test_deleting_is_undone(project: Project, three: list[Document]) -> None:
    async with shelved(project) as it:
        await it.press("delete")
        assert it.status == f"Deleted with 2 marks: “{BRIDGE}”. Ctrl+Z brings it back."
        assert (it.listed, it.at) == ([STRIKE, FERRY], STRIKE)
        await it.press("down", "delete")
        assert it.at == STRIKE
        await it.press("ctrl+z", "ctrl+z")
        assert it.at == BRIDGE
        assert it.titles == TITLES
        assert len(marks.of(project, three[0])) == 2
        await it.press("ctrl+z")
        assert it.status == "There is nothing to undo in the library."
        await it.press("ctrl+y")
        assert it.titles == TITLES[1:]
        assert "all 2" in it.header


async def test_the_open_article_is_deleted(project: Project, three: list[Document]) -> None:
    async with shelved(project, document=three[0]) as it:
        await it.press("delete", "escape")
        assert it.status == "No article is open: Enter opens one, Ctrl+Q quits."
        assert [type(screen) for screen in it.app.screen_stack] == [LibraryScreen]
        await it.press("ctrl+z", "enter")
        assert it.reading == BRIDGE


async def test_a_deleted_article_is_brought_back_by_its_name(project: Project, three: list[Document]) -> None:
    async with shelved(project) as it:
        await it.press("shift+delete")
        assert it.status == "No article was deleted."
        await it.press("delete", "delete", "shift+delete", *"strike", "enter")
        assert it.at == STRIKE
        assert it.titles == [FERRY, STRIKE]


async def test_who_cannot_write_is_told(project: Project, three: list[Document], tmp_path: Path) -> None:
    async with shelved(project) as it:
        other = sqlite3.connect(tmp_path / "annotations.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        for key in ("ctrl+s", "delete"):
            await it.press(key)
            assert it.status.startswith("Another program is writing")
        other.close()
        await it.press("ctrl+s")
        assert it.status.startswith("Saved")


# By name, by mouse


async def test_commands_by_name_and_all_keys(project: Project, three: list[Document]) -> None:
    async with shelved(project) as it:
        await it.press("colon", *"turned round", "enter")
        assert it.listed == [FERRY, STRIKE, BRIDGE]
        await it.press("question_mark")
        assert type(it.app.screen) is Help
        said = "\n".join(it.rows)
        assert "Ctrl+O" in said
        assert "Tag" not in said
        await it.press("escape", *"day", "question_mark")
        assert it.finder.startswith("Find  day?")
        await it.press("f1")
        assert type(it.app.screen) is Help


async def test_own_keys_are_taken_and_shown(project: Project, three: list[Document]) -> None:
    async with shelved(project, keys={"library_done": "f5"}) as it:
        assert "F5 done" in it.footer
        await it.press("f5")
        assert library.reading(project, three[0]).status == "done"


async def test_the_mouse_does_what_keys_do(project: Project, three: list[Document]) -> None:
    async with shelved(project) as it:
        await it.click("A ferry")
        assert it.at == FERRY
        await it.click("title", below=2)
        assert it.listed == [FERRY, BRIDGE, STRIKE]
        await it.click("title▲")
        assert it.listed == [STRIKE, BRIDGE, FERRY]
        await it.click("done 1")
        assert it.listed == [STRIKE]
        await it.click("all 3")
        await it.click("done  Ctrl")
        assert "is" in it.status
        await it.click("The bridge", times=2)
        assert it.reading == BRIDGE


async def test_a_click_and_a_key_right_after_it_go_together(project: Project, three: list[Document]) -> None:
    async with shelved(project) as it:
        await it.click("The strike")
        await it.click("The strike")
        assert it.reading == STRIKE


async def test_the_wheel_looks_further_down(project: Project) -> None:
    for number in range(1, 41):
        article(project, f"Text {number}.", title=f"Title {number:02}")
    async with shelved(project, size=(80, 15)) as it:
        shelf = it.screen.shelf
        for _ in range(3):
            shelf.scroll_rows(3)
        await it.pilot.pause()
        assert "Title 31" in it.rows[3]
        assert it.screen.shelf.chosen == 0
        shelf.scroll_rows(1000)
        shelf.scroll_rows(-2)
        await it.press("down")
        assert it.at == "Title 39"


async def test_ten_thousand_and_more_articles(project: Project) -> None:
    """What is not looked at is not read."""
    write = project.store.connection.execute
    article(project, "One text.", title="Title 1")
    write("PRAGMA synchronous = OFF")
    write("BEGIN")
    for number in range(2, 2001):
        write(
            "INSERT INTO documents SELECT ?, ?, ?, byline, date, source, language, codebook, ?, created_at, updated_at,"
            " NULL FROM documents WHERE pk = 1",
            (number, f"id {number}", f"Title {number}", number),
        )
        write(
            "INSERT INTO versions SELECT ?, ?, ?, 1, ?, length, words, layout, hidden, kind, encoding, created_at,"
            " offset_map, text, raw FROM versions WHERE pk = 1",
            (number, f"id {number}", number, f"{number:064}"),
        )
    write("COMMIT")  # fmt: skip
    async with shelved(project, size=(80, 24)) as it:
        assert it.at == "Title 2000"
        read: list[str] = []
        project.store.connection.set_trace_callback(read.append)
        await it.press("down", "down", "up")
        assert read == []
        await it.press("end", "home", "pagedown", "pagedown")
        project.store.connection.set_trace_callback(None)
        assert len(read) < 20
        await it.type("1999")
        assert it.listed == ["Title 1999"]


async def test_everything_is_searched_from_the_library(project: Project, three: list[Document]) -> None:
    async with shelved(project, document=three[0]) as it:
        await it.press("ctrl+f", *"late")
        search = it.app.screen
        assert isinstance(search, SearchScreen)
        while search.looking or not search.is_over:
            await it.pilot.pause()
        await it.press("enter")
        assert it.reading == FERRY
        await it.press("L", "ctrl+f", "escape")
        assert it.app.screen is it.screen


async def numbers(it: Shelved) -> list[str]:
    """What the screen of numbers says, when everything is counted."""
    screen = it.app.screen
    assert isinstance(screen, StatsScreen)
    await it.app.workers.wait_for_complete()
    await it.pilot.pause()
    return [row for y in range(screen.lines.size.height) if (row := screen.lines.render_line(y).text.strip())]


async def test_the_numbers_of_all_articles_are_a_key_away(project: Project, three: list[Document]) -> None:
    async with shelved(project) as it:
        await it.press("#")
        assert (await numbers(it))[:2] == [
            "All articles",
            "2 marks in 1 of 3 articles · 17 words · 28.1 % of the text is marked in those with marks",
        ]
        await it.press("#")
        assert it.app.screen is it.screen
        await it.press("ctrl+k", "ctrl+k")
        assert it.app.screen is it.screen


async def test_the_numbers_of_those_that_are_listed_come_first(project: Project, three: list[Document]) -> None:
    async with shelved(project) as it:
        await it.type("late")
        await it.press("#")
        assert it.finder.startswith("Find  late#")
        await it.press("backspace", "ctrl+u", *"the", "ctrl+k")
        rows = await numbers(it)
        assert rows[0] == "2 articles listed (“the”)"
        assert rows[1].startswith("2 marks in 1 of 2 articles")
        assert any(row.startswith("2 marks in 1 of 3 articles") for row in rows)
        await it.press("escape", "tab", "tab", "ctrl+k")
        assert (await numbers(it))[0] == "1 article listed (reading, “the”)"
        await it.press("escape", *"xyz", "ctrl+k")
        assert (await numbers(it))[0] == "All articles"


async def test_nothing_is_counted_where_there_is_nothing(project: Project) -> None:
    async with shelved(project) as it:
        await it.press("#")
        assert it.app.screen is it.screen
        assert it.status == "There is no article here yet whose marks could be counted."
        await it.press("ctrl+f")
        assert it.status == "There is no article here yet to be searched."
        assert it.footer.split("  ")[0].strip() == "Ctrl+N add"
        assert "order" not in it.footer


async def test_a_note_on_an_article_is_seen_in_the_list(project: Project, three: list[Document]) -> None:
    noting.set_article_note(project, three[0], "Ask the council:\nwho wanted it?")
    async with shelved(project) as it:
        assert [row for row in it.rows if f"{BRIDGE} ✎" in row] != []
        assert it.status.endswith("✎ Ask the council: who wanted it?")
        assert sum("✎" in row for row in it.rows) == 2


async def test_an_article_that_has_other_tags_since_is_laid_out_anew(project: Project, three: list[Document]) -> None:
    quotations = codebooks.add(project, shipped("quotations")).codebook
    async with shelved(project, document=three[1]) as it:
        before = it.app.screen_stack[0]
        binding.use(project, quotations, [three[1]])
        await it.press("escape")
        reading = it.app.screen
        assert isinstance(reading, ReadingScreen)
        assert reading is not before
        assert reading.desk.codebook == quotations
        assert it.app.screen_stack == [reading]
