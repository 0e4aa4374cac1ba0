"""How far people agree, beside the text by one key: every view, and the definition of what is chosen."""

from __future__ import annotations

import pyperclip
import pytest

from reader.documents.document import Document
from reader.documents.normalise import safe
from reader.project import Project, open_project
from reader.review.choices import Choice
from reader.tui.screens.agreement import AgreementScreen
from reader.tui.screens.reading import ReadingScreen
from reader.work import library, reviewing, tagging
from tests.marks import marked
from tests.storage.making import marked_article
from tests.tui.conftest import Opener, Reading, line
from tests.tui.shelved import Shelved, shelved

BRIDGE = """\
The bridge that nobody ordered
[The bridge will cost [48 million]{loaded language} crowns]{claim}, according to a report that was \
[quietly buried]{loaded language}. [“We were asked for a crossing,”]{quote 1} Lindqvist said. \
[“We were never asked what it was for.”]{quote 1} [It is a vanity project]{opinion}, says the mayor.
"""
FERRY = "The ferry\nNobody asked for the [ferry]{loaded language}. [“It will sink,”]{quote} she said. [It did.]{claim}"
NASTY = "[red]x[/] [/nope] \x1b[31m\x1b]52;c;aGk=\x07\u202e 漢字"


def mark_too(project: Project, document: Document, written: str, name: str) -> None:
    """Somebody else's marks in the same article."""
    other = open_project(project.path, name, clock=project.store.clock, new_id=project.store.new_id)
    for fragments, tag in marked(written)[1]:
        tagging.mark(other, document, fragments, tag)
    other.close()


@pytest.fixture
def bridge(project: Project) -> Document:
    """Ana and ben have marked it; a second article only ana has."""
    document, _ = marked_article(project, BRIDGE)
    mark_too(
        project, document, BRIDGE.replace("{opinion}", "{claim}").replace("[quietly buried]", "quietly [buried]"), "ben"
    )
    marked_article(project, FERRY)
    return document


async def shown(it: Reading | Shelved) -> AgreementScreen:
    """The screen, when everything has been measured."""
    screen = it.app.screen
    assert isinstance(screen, AgreementScreen)
    await it.app.workers.wait_for_complete()
    await it.pilot.pause()
    return screen


def lines(screen: AgreementScreen) -> list[str]:
    return [screen.lines.render_line(y).text.rstrip() for y in range(screen.lines.size.height)]


def said(screen: AgreementScreen) -> str:
    """What is said of the chosen line, as one sentence."""
    rows = (screen.said.render_line(y).text.strip() for y in range(screen.said.size.height))
    return " ".join(row for row in rows if row)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_what_it_looks_like(reading: Opener, bridge: Document, size: tuple[int, int]) -> None:
    from tests.tui.golden import same

    async with reading(bridge, size=size) as it:
        await it.press("percent_sign")
        await shown(it)
        same(it.app, f"agreement-{size[0]}x{size[1]}")
        await it.press("down", "down", "down", "enter")
        await it.pilot.pause()
        same(it.app, f"agreement-defined-{size[0]}x{size[1]}")


async def test_one_article_then_all_and_back_to_the_text(reading: Opener, project: Project, bridge: Document) -> None:
    mark_too(project, library.by_number(project, 2), FERRY, "ben")
    async with reading(bridge) as it:
        await it.press("percent_sign")
        screen = await shown(it)
        assert line(screen.header).split("  ")[-1].strip() == "ana, ben · 1 article"
        assert "Agreement  overall  The bridge that nobody ordered" in line(screen.header)
        await it.press("A")
        await shown(it)
        assert line(screen.header).split("  ")[-1].strip() == "ana, ben · 2 articles"
        assert "Agreement  overall  all articles" in line(screen.header)
        await it.press("A")
        await shown(it)
        assert line(screen.header).endswith("1 article")
        await it.press("percent_sign")
        assert it.on_top() is ReadingScreen


async def test_every_line_says_how_to_read_it_or_why_there_is_no_number(reading: Opener, bridge: Document) -> None:
    async with reading(bridge) as it:
        await it.press("percent_sign")
        screen = await shown(it)
        assert lines(screen)[1].split() == ["▸", "exact", "span", "F1", "0.600", "0.800"]
        assert said(screen).startswith("1: every mark is the same")
        await it.press("down", "down", "down")
        assert lines(screen)[4].split()[:5] == ["▸", "Cohen’s", "κ", "–", "0.933"]
        assert said(screen).startswith("Cohen’s κ (all tags): Marks may overlap, so a character may have several tags")
        await it.press("down", "down")
        assert said(screen).startswith(
            "unitizing α (all tags, any tag): Marks of ana and of ben overlap each other here"
        )
        await it.press("down", "down")
        assert lines(screen)[10].split() == ["▸", "Q", "quote", *["1.000"] * 2, "100.0", "%", *["1.000"] * 3]
        assert said(screen) == "unitizing α (quote): Some marks have several pieces, which no unit has: each piece " \
            "counts as a unit of its own."  # fmt: skip
        await it.press("home", "up")
        assert said(screen).startswith("1: every mark")
        await it.press("pagedown", "pagedown")
        assert lines(screen)[12].startswith("▸ L loaded language")


async def test_what_stands_below_the_last_number_is_reached(reading: Opener, bridge: Document) -> None:
    async with reading(bridge, size=(80, 16)) as it:
        await it.press("percent_sign")
        screen = await shown(it)
        await it.press("end", "down", "down", "down")
        assert lines(screen)[-1].strip().startswith("An interval over articles needs at least 5")
        await it.press("home")
        assert lines(screen)[0].split() == ["all", "tags", "any", "tag"]


async def test_the_definition_is_one_key_away(reading: Opener, bridge: Document) -> None:
    async with reading(bridge) as it:
        await it.press("percent_sign")
        screen = await shown(it)
        await it.press("end", "enter")
        rows = lines(screen)
        assert rows[0].strip() == "exact span F1"
        assert any("formula" in row and "2·|A∩B|" in row for row in rows)
        assert any("Hripcsak & Rothschild 2005" in row for row in rows)
        assert not screen.said.display
        await it.press("pagedown")
        assert lines(screen) != rows
        await it.press("escape")
        assert lines(screen)[12].startswith("▸ L loaded language")
        await it.press("home", "down", "enter")
        assert lines(screen)[0].strip() == "overlap F1"
        await it.press("escape", "escape")
        assert it.on_top() is ReadingScreen


async def test_one_view_after_the_other(reading: Opener, bridge: Document) -> None:
    async with reading(bridge) as it:
        await it.press("percent_sign")
        screen = await shown(it)
        seen = []
        for _ in range(5):
            await it.press("tab")
            await shown(it)
            seen.append([row.strip() for row in lines(screen) if row.strip()])
        tags, articles, confusion, after, overall = seen
        assert tags[0] == "all tags"
        exact = [row.split()[-1] for row in tags if "exact span F1" in row]
        assert exact == ["0.600", "0.800", "0.667", "1.000"]
        assert articles[1].split()[:3] == ["▸", "The", "bridge"]
        assert articles[1].split()[-7:-4] == ["0.600", "0.738", "96.7"]
        assert confusion[0] == "ana down, ben across"
        assert next(row for row in confusion if row.startswith("opinion")).split() == ["opinion", "1", *"····"]
        assert after == [
            "Nothing was adjudicated yet: `reader review` goes through what people differ on, and decides."
        ]
        assert overall[1].startswith("▸ exact span F1")
        await it.press("shift+tab")
        assert line(screen.header).startswith("Agreement  before and after adjudication")


async def test_three_people_each_with_each(reading: Opener, project: Project, bridge: Document) -> None:
    mark_too(project, bridge, BRIDGE, "cat")
    async with reading(bridge, size=(130, 40)) as it:
        await it.press("percent_sign")
        screen = await shown(it)
        assert lines(screen)[0].split() == ["all", "tags", "any", "tag", "ana–ben", "ana–cat", "ben–cat"]
        assert lines(screen)[1].split()[-3:] == ["0.600", "1.000", "0.600"]
        await it.press("tab", "tab", "tab")
        await shown(it)
        rows = lines(screen)
        assert rows[0].strip() == "exact span F1, all tags"
        assert [row.split() for row in rows[1:5]] == [
            ["ana", "ben", "cat"], ["▸", "ana", "0.600", "1.000"], ["ben", "0.600", "0.600"], ["cat", "1.000", "0.600"],
        ]  # fmt: skip
        await it.press("end")
        assert "ana – cat, all tags" in said(screen)


async def test_where_the_matrix_is_no_more_the_views_go_on(reading: Opener, project: Project, bridge: Document) -> None:
    ferry = library.by_number(project, 2)
    for name in ("ben", "cat"):
        mark_too(project, ferry, FERRY, name)
    async with reading(bridge) as it:
        await it.press("percent_sign")
        screen = await shown(it)
        await it.press("A")
        await shown(it)
        await it.press("tab", "tab", "tab")
        assert "each with each" in line(screen.header)
        await it.press("A")
        await shown(it)
        assert "each with each" in line(screen.header)
        assert [row.split() for row in lines(screen)[1:4]] == [["ana", "ben"], ["▸", "ana", "0.600"], ["ben", "0.600"]]
        await it.press("tab")
        assert "tags with intervals" in line(screen.header)


async def test_before_and_after(reading: Opener, project: Project, bridge: Document) -> None:
    judge = open_project(project.path, "judge", clock=project.store.clock, new_id=project.store.new_id)
    review = reviewing.begin(judge, [reviewing.find(reviewing.people(judge), name) for name in ("ana", "ben")])
    looked = reviewing.look(judge, review, bridge)
    for item in looked.differences:
        reviewing.decide(judge, review, looked, [item], Choice.B)
    judge.close()
    async with reading(bridge) as it:
        await it.press("percent_sign", "shift+tab")
        screen = await shown(it)
        rows = lines(screen)
        assert rows[0].strip() == "1 article decided by judge"
        assert rows[2].split()[1:5] == ["ana", "–", "ben", "0.600"]
        assert rows[4].split()[:4] == ["ana", "–", "final", "0.600"]
        assert rows[5].split()[:4] == ["ben", "–", "final", "1.000"]
        assert "The final marks are no annotation of their own" in " ".join(rows)


async def test_a_paragraph_is_copied(reading: Opener, bridge: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []
    monkeypatch.setattr(pyperclip, "copy", copied.append)
    async with reading(bridge) as it:
        await it.press("percent_sign")
        screen = await shown(it)
        await it.press("C")
        assert said(screen) == "Copied a paragraph with its sources."
        assert copied[0].startswith("Two annotators (ana and ben) marked spans in 1 article")
        assert "Krippendorff, K. (2019)" in copied[0]


async def test_alone_it_says_what_is_needed(reading: Opener, document: Document) -> None:
    async with reading(document) as it:
        await it.press("percent_sign")
        screen = await shown(it)
        expected = (
            "Agreement needs the marks of two people on the same article; here only ana has marked or read anything."
        )
        assert lines(screen)[0].strip() == expected
        await it.press("tab", "enter", "escape", "C", "down", "pagedown")
        assert lines(screen)[0].strip() == expected
        await it.press("escape")
        assert it.on_top() is ReadingScreen


async def test_from_the_list_of_articles(project: Project, bridge: Document) -> None:
    async with shelved(project) as it:
        await it.press("%")
        screen = await shown(it)
        assert "overall  all articles" in line(screen.header)
        await it.press("escape", *"bridge", "ctrl+a")
        screen = await shown(it)
        assert "1 article listed (“bridge”)" in line(screen.header)
        await it.press("ctrl+a")
        assert it.app.screen is it.screen


async def test_the_list_without_articles_says_so(project: Project) -> None:
    async with shelved(project) as it:
        await it.press("%")
        assert it.status == "There is no article here yet that people could agree on."


async def test_names_and_titles_are_never_commands(reading: Opener, project: Project) -> None:
    document, _ = marked_article(project, "It is [“round”]{quote}.")
    library.edit_details(project, document, title=NASTY)
    mark_too(project, document, "It is [“round”]{quote}.", NASTY)
    mark_too(project, document, "It is [“round”]{claim}.", "cat")
    async with reading(library.find(project, document.id), size=(80, 24)) as it:
        await it.press("percent_sign")
        for key in ("tab",) * 6 + ("enter",):
            await shown(it)
            strips = it.app.screen._compositor.render_strips()
            assert all(strip.text == safe(strip.text) for strip in strips)
            assert [strip.cell_length for strip in strips] == [80] * 24
            await it.press(key)


async def test_lines_are_chosen_by_the_mouse(reading: Opener, bridge: Document) -> None:
    async with reading(bridge) as it:
        await it.press("percent_sign")
        screen = await shown(it)
        await it.pilot.click(offset=(5, 3))
        await it.pilot.pause()
        assert lines(screen)[2].startswith("▸ overlap F1")
        await it.pilot.click(offset=(5, 8))
        await it.pilot.pause()
        assert lines(screen)[2].startswith("▸ overlap F1")
