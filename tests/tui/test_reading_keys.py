"""What the keys and the mouse do that move, select, find, and set the screen."""

from __future__ import annotations

from pathlib import Path

import pyperclip
import pytest
from rich.style import Style
from textual import events

from reader import viewstate
from reader.documents.document import Document
from reader.documents.graphemes import snap, whole
from reader.documents.segment import count_words
from reader.project import Project
from reader.tui.commands import READING, Mode
from reader.tui.reading.selected import Selected
from reader.tui.screens.help import Help, help_lines
from reader.tui.screens.reading import ReadingScreen
from reader.tui.themes import PALETTES
from reader.tui.widgets.lines import Lines
from reader.tui.widgets.paint import GUTTER
from reader.work import library, marks
from tests.storage.making import article, marked_article
from tests.tui.conftest import Opener, Reading

LONG = "\n".join(f"Paragraph {number} has a few words and they go on and on." for number in range(200))


def cell(it: Reading, words: str) -> tuple[int, int]:
    """Where on the article pane the first of these words is drawn."""
    reader, offset = it.screen.reader, it.span(words).start
    y = next(y for y, row in enumerate(reader.rows) if row.start <= offset < row.after)
    return reader._left + GUTTER + reader.flow.column(offset), y


async def test_moves_show_what_a_tag_would_take(reading: Opener) -> None:
    async with reading() as it:
        seen = []
        for key in ("tab", "tab", "shift+tab", "full_stop", "right", "comma", "right_parenthesis"):
            await it.press(key)
            seen.append(it.selected)
        assert seen == [
            "~“We were asked for a crossing,”",
            "~“We were never asked what it was for.”",
            "~“We were asked for a crossing,”",
            "~“We were asked for a crossing,” Lindqvist said.",
            "~We",
            "~“We were asked for a crossing,” Lindqvist said.",
            "~“We were asked for a crossing,” Lindqvist said. “We were never asked what it was for.”",
        ]


async def test_no_key_puts_the_cursor_inside_a_character(reading: Opener, project: Project) -> None:
    text = "उन्होंने कहा “हम आज दिल्ली जा रहे हैं” 👩‍👩‍👧 ‼\ufe0f 🇩🇪🇫🇷 e\u0323\u0302.\nक्षि 1\ufe0f\u20e3 नि"
    async with reading(article(project, text), size=(40, 24)) as it:
        keys = "right right c E right tab shift+right escape ctrl+right end down end E shift+left enter ctrl+end up tab"
        for key in [*keys.split(), "home", "E", "tab", "shift+left", "V", "ctrl+right", "l", "shift+left"]:
            await it.press(key)
            cursor, hard = it.screen.reader.view.cursor, it.screen.reader.view.hard
            assert snap(it.text, cursor) == cursor, key
            assert hard is None or whole(it.text, hard.start, hard.end) == (hard.start, hard.end), key


async def test_rows_keep_the_column(reading: Opener) -> None:
    async with reading(at="ordered", size=(70, 24)) as it:
        column = it.screen.reader.flow.column(it.screen.reader.selected.cursor)
        await it.press("down", "down")
        reader = it.screen.reader
        assert reader.flow.locate(reader.selected.cursor).row == 1
        await it.press("up", "up")
        assert reader.flow.column(reader.selected.cursor) == column
        assert it.selected == "~ordered"
        await it.press("home")
        assert reader.selected.cursor == 0
        await it.press("end")
        assert it.selected == "~ordered"


async def test_far_moves_keep_the_cursor_in_view_and_ctrl_o_goes_back(reading: Opener, project: Project) -> None:
    async with reading(article(project, LONG), at="Paragraph 3 ", size=(80, 24)) as it:
        reader = it.screen.reader
        begin = reader.selected.cursor
        await it.press("ctrl+end")
        assert reader.selected.cursor == len(LONG) - 1
        assert reader.rows[-1].after == len(LONG)
        assert it.header.endswith("100 %")
        await it.press("ctrl+o")
        assert reader.selected.cursor == begin
        await it.press("space", "pagedown", "pageup")
        assert reader.top_offset <= reader.selected.cursor < reader.bottom_offset
        assert reader.selected.cursor > begin


async def test_extending_by_hand_holding_wider_and_narrower(reading: Opener) -> None:
    async with reading(at="quietly") as it:
        seen = []
        for key in ("shift+right", "shift+left", "shift+left", "plus", "minus", "escape", "V", "right", "V", "left"):
            await it.press(key)
            seen.append(it.selected)
        assert seen == [
            "quietly buried",
            "quietly",
            "was quietly",
            "The bridge will cost 48 million crowns, according to a report that was quietly buried in the budget.",
            "was quietly",
            "",
            "w",
            "was quietly",
            "was quietly",
            "~was",
        ]


async def test_a_word_in_view_is_reached_by_its_letters(reading: Opener) -> None:
    async with reading() as it:
        await it.press("F")
        assert it.status.startswith("Type the letters over a word to go there.")
        labels = dict(it.screen.reader.hints)
        assert len(labels) == len({*labels.values()}) == count_words(it.text)
        assert labels[it.span("mayor").start] != labels[it.span("those").start]
        await it.press(*labels[it.span("mayor").start])
        assert it.selected == "~mayor"
        assert it.screen.reader.mode is Mode.READING
        assert it.marked == []


async def test_letters_over_words_are_taken_back_and_left(reading: Opener) -> None:
    async with reading() as it:
        await it.press("F")
        reader = it.screen.reader
        labels = dict(reader.hints)
        await it.press("f")
        assert 0 < len(reader.hints) < len(labels)
        await it.press("backspace")
        assert reader.hints == labels
        await it.press("escape")
        assert not reader.hints
        assert reader.mode is Mode.READING


async def test_escape_lets_go_of_everything(reading: Opener, project: Project) -> None:
    document, _ = marked_article(project, "The [moon]{claim} is.")
    async with reading(document, demo=True) as it:
        assert it.status.startswith("Tab goes to the next quotation")
        it.screen.action_mark_step(1)
        assert it.focused == "claim: moon"
        await it.press("escape")
        assert it.focused == ""
        assert not it.screen.tour
        assert it.status.startswith("on claim · c o sentence, 3 words")


async def test_the_list_of_marks_is_shown_and_hidden(reading: Opener, document: Document) -> None:
    async with reading() as it:
        assert it.listed()
        await it.press("W")
        assert not it.listed()
    async with reading() as it:
        assert not it.listed()
    async with reading(size=(80, 24)) as it:
        assert not it.listed()
        await it.press("W")
        assert it.listed()


async def test_the_measure_and_the_space_and_the_theme_are_kept(reading: Opener) -> None:
    async with reading(at="quietly") as it:
        await it.press("left_square_bracket")
        assert it.screen.reader.flow.width == 72
        assert it.status.startswith("The text is set to 72 columns.")
        await it.press("vertical_line", "D")
        assert it.screen.reader.flow.spacing == 2
        assert it.app.theme == "light"
        assert it.status.startswith("Theme: light.")
    assert viewstate.look() == viewstate.Look("light", 72, True, 2)
    async with reading() as it:
        assert (it.screen.palette.name, it.screen.reader.flow.width, it.screen.reader.flow.spacing) == ("light", 72, 2)
        await it.press("right_square_bracket", "D", "D", "D")
        assert it.screen.reader.flow.width == 76
        assert it.app.theme == "dark"


async def test_the_place_in_the_text_is_kept(reading: Opener, document: Document, project: Project) -> None:
    async with reading() as it:
        it.go("mayor")
    async with reading() as it:
        assert it.selected == "~mayor"
    assert library.reading(project, document).place == document.length


async def test_any_command_is_run_by_its_name(reading: Opener) -> None:
    async with reading() as it:
        await it.press("ctrl+p", *"bott", "enter")
        assert it.screen.reader.selected.cursor == len(it.text) - 1
        await it.press("colon", *"next theme", "enter")
        assert it.app.theme == "light"


async def test_help_says_every_key_and_is_left_again(reading: Opener) -> None:
    async with reading() as it:
        await it.press("question_mark")
        assert it.on_top() is Help
        said = "\n".join(
            "".join(text for text, _ in words) for words in help_lines(READING, it.screen.desk.codebook, {})
        )
        assert [command.help for command in READING if command.help not in said] == []
        assert "c  1" in said
        await it.press("end", "question_mark")
        assert it.on_top() is ReadingScreen
        assert it.marked == []


async def test_another_article_is_opened(reading: Opener, project: Project, document: Document) -> None:
    article(project, "The harbour\nIt is calm.")
    async with reading() as it:
        it.go("mayor")
        await it.press("L", *"harb", "enter")
        assert it.header.startswith("The harbour")
        assert it.screen.reader.selected.cursor == 0
        await it.press("c")
        assert it.marked == ["claim: The harbour"]
        await it.press("L", *"bri", "enter")
        assert it.header.startswith("The bridge that nobody ordered")
        assert it.selected == "~mayor"


async def test_an_article_is_added_by_its_path(reading: Opener, project: Project) -> None:
    Path("n.txt").write_text("The ferry\nIt is late.\n", encoding="utf-8")
    async with reading() as it:
        await it.press("L", *"n.txt", "enter")
        assert it.header.startswith("The ferry")
    assert [row.document.title for row in library.documents(project)][-1] == "The ferry"


async def test_a_file_that_is_no_text_is_refused_in_a_sentence(reading: Opener, project: Project) -> None:
    Path("n").write_bytes(b"\x00\x01\x02" * 50)
    async with reading() as it:
        await it.press("L", "n", "enter")
        assert it.header.startswith("The bridge that nobody ordered")
        assert it.status != ""
    assert len(library.documents(project)) == 1


async def test_the_marks_are_exported_to_the_file_named(reading: Opener, project: Project, tmp_path: Path) -> None:
    document, _ = marked_article(project, "The moon\nThe [moon]{claim} is.")
    async with reading(document, size=(200, 24)) as it:
        await it.press("X", "enter")
        file = Path("The-moon.csv").absolute()
        assert it.status.startswith(f"Exported 1 mark to {file}")
        assert ",moon," in file.read_text(encoding="utf-8")
        await it.press("X", "escape")
        it.screen._export(str(tmp_path / "missing" / "x.csv"))
        assert not (tmp_path / "missing").exists()
        assert "Exported" not in it.status


async def test_exporting_nothing_says_so(reading: Opener) -> None:
    async with reading() as it:
        await it.press("X", "enter")
        assert it.status.startswith("There are no such marks: nothing was written.")
    assert not list(Path.cwd().glob("*.csv"))


async def test_pasted_text_is_no_keys(reading: Opener) -> None:
    async with reading(at="quietly") as it:
        it.app.post_message(events.Paste("cclDU\n"))
        await it.pilot.pause()
        assert it.marked == []
        assert it.app.theme == "dark"
        assert it.status.startswith("Pasted text does nothing here.")


async def test_copying(reading: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []
    monkeypatch.setattr(pyperclip, "copy", copied.append)
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    async with reading(at="quietly") as it:
        await it.press("ctrl+c")
        assert it.status.startswith("Copied 1 word.")
        it.take("quietly buried")
        await it.press("ctrl+c", "l")
        it.screen.reader.select(Selected(cursor=it.screen.reader.selected.cursor))
        await it.press("ctrl+c")
        assert copied == ["quietly", "quietly buried", "quietly buried"]
        assert it.app.clipboard == "quietly buried"


async def test_copying_without_a_clipboard_program_says_what_happened(
    reading: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(text: str) -> None:
        raise pyperclip.PyperclipException("none")

    monkeypatch.setattr(pyperclip, "copy", none)
    for name in ("SSH_CONNECTION", "TMUX"):
        monkeypatch.delenv(name, raising=False)
    async with reading(at="quietly") as it:
        await it.press("ctrl+c")
        assert it.status.startswith("Sent 1 word to the terminal's clipboard; some terminals do not take it.")
        monkeypatch.setenv("TMUX", "x")
        await it.press("ctrl+c")
        assert "tmux set -g set-clipboard on" in it.status
        it.screen.reader.select(Selected(cursor=0))
        await it.press("ctrl+c")
        assert it.status.startswith("Nothing is selected: Shift+→ or Shift+↓ selects, and so does the mouse.")


# A person's own keys


async def test_a_persons_own_keys_are_the_ones_that_work(reading: Opener, project: Project) -> None:
    document, _ = marked_article(project, "The [moon]{claim} is.")
    async with reading(document, size=(200, 24), keys={"undo": "f5", "remove": "K"}) as it:
        it.go("moon")
        await it.press("U", "delete")
        assert it.marked == ["claim: moon"]
        await it.press("K")
        assert it.marked == []
        await it.press("f5")
        assert it.marked == ["claim: moon"]


async def test_a_persons_own_keys_are_the_ones_that_are_named(reading: Opener, project: Project) -> None:
    document, _ = marked_article(project, "The [moon]{claim} is.")
    async with reading(document, at="moon", size=(200, 24), keys={"undo": "f5", "remove": "K"}) as it:
        assert "K remove" in it.footer
        assert "F5 undo" in it.footer
        assert "F5 undoes “claim on 1 word”" in it.status
        await it.press("U")
        assert it.status.startswith("U does nothing here.")


# The footer


async def test_the_footer_names_the_keys_that_work_now(reading: Opener, project: Project) -> None:
    document, _ = marked_article(project, "The [moon]{claim} is “as red as blood”.")
    async with reading(document, size=(240, 24)) as it:
        assert it.footer.startswith("c claim  q quote  o opinion  l loaded language  Tab quotation")
        assert "N mark" in it.footer
        assert "remove" not in it.footer
        assert "redo" not in it.footer
        it.go("moon")
        assert "Del remove" in it.footer
        await it.press("delete")
        assert "remove" not in it.footer
        assert "N mark" not in it.footer
        await it.press("U")
        assert "Y redo" in it.footer
        await it.press("E")
        assert it.footer.startswith("→ word  ← word back")
        assert "claim" not in it.footer
        await it.press("escape", "F")
        assert it.footer == "Esc stay here"
        await it.press("escape", "T")
        assert it.footer.startswith("c claim  q quote  o opinion  l loaded language  Esc as it was")


async def test_every_command_in_the_footer_can_be_carried_out(reading: Opener, document: Document) -> None:
    async with reading(size=(240, 24)) as it:
        it.screen.reader.select(Selected(cursor=it.text.index("\n")))
        for command in READING:
            if command.footer and command.mode is Mode.READING:
                shown = f" {command.label}  " in f"{it.footer}  "
                assert shown == (it.screen.why_not(command.id) is None), command.id


# The mouse


async def test_clicks_go_select_words_and_sentences_and_focus_marks(reading: Opener, project: Project) -> None:
    document, _ = marked_article(project, "So the [moon]{claim} is red. It is round.")
    async with reading(document) as it:
        pane = it.screen.reader
        await it.pilot.click(pane, cell(it, "red"))
        await it.pilot.pause()
        assert (it.selected, it.focused) == ("~red", "")
        await it.pilot.click(pane, cell(it, "moon"))
        await it.pilot.pause()
        assert it.focused == "claim: moon"
        await it.pilot.click(pane, cell(it, "round"), times=2)
        await it.pilot.pause()
        assert (it.selected, it.focused) == ("round", "")
        await it.pilot.click(pane, cell(it, "round"), times=3)
        await it.pilot.pause()
        assert it.selected == "It is round."


async def test_a_drag_selects_what_it_passes(reading: Opener) -> None:
    async with reading() as it:
        pane = it.screen.reader
        await it.pilot.mouse_down(pane, cell(it, "quietly"))
        await it.pilot.hover(pane, cell(it, "uried"))
        await it.pilot.mouse_up(pane, cell(it, "uried"))
        await it.pilot.pause()
        assert it.selected == "quietly bu"
        await it.pilot.click(pane, cell(it, "mayor"), shift=True)
        await it.pilot.pause()
        assert it.selected.startswith("quietly buried in")
        assert it.selected.endswith("says the mayor")


async def test_a_click_in_the_list_goes_to_the_mark(reading: Opener, project: Project) -> None:
    document, _ = marked_article(project, "So the [moon]{claim} is [red]{quote}.")
    async with reading(document) as it:
        listed = it.screen.list
        row = next(y for y in range(listed.size.height) if "red" in listed.render_line(y).text)
        await it.pilot.click(listed, (4, row))
        await it.pilot.pause()
        assert it.focused == "quote: red"
        assert marks.of(project, document)[1].start == it.screen.reader.selected.cursor


async def test_the_wheel_moves_the_page_and_not_the_cursor(reading: Opener, project: Project) -> None:
    async with reading(article(project, LONG), size=(80, 24)) as it:
        pane = it.screen.reader
        top = pane.top_offset
        pane.post_message(
            events.MouseScrollDown(pane, 5, 5, 0, 0, 0, shift=False, meta=False, ctrl=False, screen_x=5, screen_y=5)
        )
        await it.pilot.pause()
        assert pane.top_offset > top
        assert pane.selected.cursor == 0


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)])
async def test_the_help_screen_says_everything_at_every_size(reading: Opener, size: tuple[int, int]) -> None:
    async with reading(size=size) as it:
        await it.press("question_mark")
        lines = it.app.screen.query_one(Lines)
        seen: dict[int, str] = {}
        while True:
            top = lines.top
            seen.update((top + y, lines.render_line(y).text.strip()) for y in range(lines.size.height))
            await it.press("pagedown")
            if lines.top == top:
                break
        assert len(seen) == max(seen) + 1
        said = " ".join(" ".join(seen.values()).split())
        for command in READING:
            assert command.help in said
        await it.press("escape")
        assert not isinstance(it.app.screen, Help)


@pytest.mark.parametrize("theme", list(PALETTES))
async def test_letters_on_the_scrollbar_can_be_read_where_the_page_is(
    reading: Opener, project: Project, theme: str
) -> None:
    document, _ = marked_article(project, f"So the [moon]{{claim}} is red.\n{LONG}")
    async with reading(document, size=(80, 24)) as it:
        palette = PALETTES[theme]
        it.screen.show_palette(palette)
        letter = it.screen.reader.render_line(0)
        bar = list(letter)[-1]
        ink = Style.parse(f"{palette.tags['blue'].ink} on {palette.ground}")
        assert bar.text == "C"
        assert bar.style == ink + Style(reverse=True)


async def test_a_sentence_that_is_longer_than_the_status_line_stands_above_it(
    reading: Opener, document: Document
) -> None:
    async with reading(document, size=(40, 12)) as it:
        await it.press("ampersand")
        assert it.screen.glimpse.display
        rows = [it.screen.glimpse.render_line(y).text for y in range(it.screen.glimpse.size.height)]
        assert " ".join(" ".join(rows).split()).startswith("Nobody else has marked this article: ")
        assert "…" not in "".join(rows)
        await it.press("right")
        assert not it.screen.glimpse.display


async def test_nobodys_home_is_a_folder_like_any_other(reading: Opener, document: Document) -> None:
    async with reading(document, size=(200, 40)) as it:
        await it.press("c", "X", "ctrl+u", *"~nobody-here/spans.csv", "enter")
        assert "~nobody-here" in it.status
        assert it.on_top() is ReadingScreen
