"""What the screens look like, cell by cell; see `tests.tui.golden`."""

from __future__ import annotations

import pytest
from textual.widgets import Input, TextArea

from reader.documents.document import Document
from reader.documents.load import Source
from reader.documents.span import Span
from reader.project import Project
from reader.tui.themes import PALETTES
from reader.work import binding, codebooks, ingest, library, tagging
from tests.storage.making import article, from_text
from tests.tui.conftest import ARTICLE, Opener, Reading
from tests.tui.golden import same

MARKDOWN = """\
# The bridge that nobody ordered

The bridge will cost *48 million* crowns, three times the first estimate, according to a report that was \
quietly buried in the appendix.

“We were asked for a crossing,” Lindqvist said. “We were never asked what it was for.”

> Nobody asked **those who live there**.

- 漢字 and kana かな 🇩🇪
- a “vanity project”, says the mayor
"""

MARKS = (
    ("claim", "The bridge will cost 48 million crowns, three times the first estimate"),
    ("loaded language", "quietly buried"),
    ("opinion", "was quietly buried in the appendix"),
    ("quote", "“We were asked for a crossing,”", "“We were never asked what it was for.”"),
    ("claim", "We were asked for a crossing,” Lindqvist said."),
    ("quote", "“vanity project”"),
    ("loaded language", "漢字"),
)


@pytest.fixture
def bridge(project: Project) -> Document:
    source = from_text(MARKDOWN)
    document = ingest.add(project, Source(source.name, source.raw, "markdown", source.encoding)).document
    text = library.text(project, document)
    for tag, *pieces in MARKS:
        spans = [Span(text.index(words), text.index(words) + len(words)) for words in pieces]
        mark = tagging.mark(project, document, spans, tag)
        if tag == "opinion":
            tagging.set_note(project, mark.id, "Whose opinion?\nThe writer’s.")
    return document


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("theme", PALETTES)
async def test_reading(reading: Opener, bridge: Document, theme: str, size: tuple[int, int]) -> None:
    async with reading(bridge, at="buried", size=size, theme=theme) as it:
        it.screen.action_other_mark()
        await it.pilot.pause()
        same(it.app, f"reading-{theme.replace(' ', '-')}-{size[0]}x{size[1]}")


async def shown(it: Reading, name: str) -> None:
    """The dialog over the text, its cursor still."""
    await it.pilot.pause()
    for editor in it.app.screen.query(TextArea):
        editor.cursor_blink = False
    for line in it.app.screen.query(Input):
        line.cursor_blink = False
    await it.pilot.pause()
    same(it.app, name)


DIALOGS = (
    "tag_by_name", "palette", "help", "note", "find", "articles", "export", "edges", "retag", "jump", "wider",
    "attributes", "missing", "meanings",
)  # fmt: skip


@pytest.mark.parametrize("name", DIALOGS)
async def test_what_opens_over_the_text(reading: Opener, bridge: Document, project: Project, name: str) -> None:
    article(project, "The harbour\nIt is calm.")
    async with reading(bridge, at="buried", size=(80, 24)) as it:
        owner = it.screen.reader if name in ("jump", "wider") else it.screen
        getattr(owner, f"action_{name}")()
        await shown(it, name)


@pytest.mark.parametrize("name", ["tag_by_name", "help", "note", "attributes"])
async def test_in_the_terminals_own_theme_a_line_sets_off_what_lies_over_the_text(
    reading: Opener, bridge: Document, name: str
) -> None:
    async with reading(bridge, at="buried", size=(80, 24), theme="terminal") as it:
        it.screen.action_other_mark()
        getattr(it.screen, f"action_{name}")()
        await shown(it, f"{name}-terminal")


async def test_hits_of_a_search(reading: Opener, bridge: Document) -> None:
    async with reading(bridge, size=(80, 24)) as it:
        await it.press("slash", "s", "k", "enter")
        await shown(it, "hits")


async def test_an_article_without_marks_in_the_tour(reading: Opener, document: Document) -> None:
    async with reading(document, size=(120, 40), demo=True) as it:
        await shown(it, "tour")


@pytest.mark.parametrize("size", [(20, 5), (34, 10), (200, 60)], ids=["20x5", "34x10", "200x60"])
async def test_terminals_of_any_size(reading: Opener, bridge: Document, size: tuple[int, int]) -> None:
    """Every row is as wide as the terminal, the smallest too."""
    async with reading(bridge, at="buried", size=size) as it:
        strips = it.app.screen._compositor.render_strips()
        assert [strip.cell_length for strip in strips] == [size[0]] * size[1]
        await it.press("W", "E", "escape", "F")
        strips = it.app.screen._compositor.render_strips()
        assert [strip.cell_length for strip in strips] == [size[0]] * size[1]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_a_codebook_of_many_tags(
    reading: Opener, project: Project, document: Document, size: tuple[int, int]
) -> None:
    book = codebooks.take_in(project, codebooks.find(project, "propaganda", offers=True))
    binding.use(project, book, [document])
    for sentence in ("Nobody asked those who live there.", "The bridge that nobody ordered"):
        span = Span(ARTICLE.index(sentence), ARTICLE.index(sentence) + len(sentence))
        tagging.mark(project, document, [span], "Doubt")
    async with reading(document, at="Nobody asked", size=size, theme="dark") as it:
        same(it.app, f"propaganda-{size[0]}x{size[1]}")
        await it.press("V", "right")
        assert "a tag's key marks just these" in it.status


async def test_without_colours_the_terminals_own_are_left_out(
    reading: Opener, bridge: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with reading(bridge, theme="terminal") as it:
        strips = it.app.screen._compositor.render_strips()
        inks = {segment.style.color for strip in strips for segment in strip if segment.style and segment.text.strip()}
        assert {None if ink is None or ink.is_default else ink for ink in inks} == {None}
