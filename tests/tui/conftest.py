"""An article in front of somebody: a project of its own, fixed ids and clock, keys pressed by the pilot."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from reader import viewstate
from reader.annotations.annotation import Annotation
from reader.config import Settings
from reader.documents.document import Document
from reader.documents.span import Span
from reader.project import Project
from reader.tui.app import ReaderApp
from reader.tui.reading.selected import Selected
from reader.tui.screens.reading import ReadingScreen
from reader.tui.widgets.bar import Bar
from reader.work import library, marks
from tests.storage.making import article, opened

ARTICLE = """\
The bridge that nobody ordered
The bridge will cost 48 million crowns, according to a report that was quietly buried in the budget.
“We were asked for a crossing,” Lindqvist said. “We were never asked what it was for.”
It is a “vanity project”, says the mayor. Nobody asked those who live there.
"""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    project = opened(tmp_path / "annotations.db")
    yield project
    project.close()


@pytest.fixture
def document(project: Project) -> Document:
    return article(project, ARTICLE)


@dataclass
class Reading:
    """The app as it runs, and what can be seen of it."""

    app: ReaderApp
    pilot: Pilot[None]
    project: Project

    @property
    def screen(self) -> ReadingScreen:
        """The reading screen, whatever lies over it."""
        screen = next(screen for screen in reversed(self.app.screen_stack) if isinstance(screen, ReadingScreen))
        assert isinstance(screen, ReadingScreen)
        return screen

    @property
    def text(self) -> str:
        return self.screen.desk.text

    def span(self, words: str) -> Span:
        start = self.text.index(words)
        return Span(start, start + len(words))

    def go(self, words: str) -> None:
        """The cursor to the first of these words, nothing selected."""
        self.screen.reader.select(Selected(cursor=self.span(words).start))

    def take(self, words: str) -> None:
        """These words selected by hand."""
        self.screen.reader.select(Selected(cursor=self.span(words).start, hard=self.span(words)))

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def click_word(self, word: str) -> None:
        """A click on these words, where they stand lowest on the screen."""
        rows = [strip.text for strip in self.app.screen._compositor.render_strips()]
        y = max(number for number, row in enumerate(rows) if word in row)
        await self.pilot.click(offset=(rows[y].rindex(word), y))
        await self.pilot.pause()

    @property
    def selected(self) -> str:
        """What is selected, `~` before what is only so softly."""
        now = self.screen.reader.selected
        span = now.hard or now.soft
        return "" if span is None else ("" if now.hard else "~") + span.cut(self.text)

    @property
    def status(self) -> str:
        said, above = line(self.screen.status), self.screen.glimpse
        if said or not above.display:
            return said
        # What is too long for it stands above.
        return "".join(above.render_line(y).text for y in range(above.size.height)).strip()

    @property
    def footer(self) -> str:
        return line(self.screen.footer)

    @property
    def header(self) -> str:
        return line(self.screen.header)

    @property
    def marked(self) -> list[str]:
        """What is marked, in the database and on the screen alike: `claim: It is so.`"""
        stored = marks.of(self.project, self.screen.desk.document)
        index = self.screen.marks
        assert list(index.marks) == [annotation.pk for annotation in stored]
        assert [index.spans(i) for i in range(len(index))] == [annotation.fragments for annotation in stored]
        return [f"{self.tag_of(annotation)}: {annotation.text}" for annotation in stored]

    @property
    def focused(self) -> str:
        """The focused mark."""
        focus = self.screen.reader.view.focus
        found = self.screen.annotation(focus) if focus >= 0 else None
        return "" if found is None else f"{self.tag_of(found)}: {found.text}"

    def hits(self) -> list[str]:
        """The search hits that are shown."""
        return [span.cut(self.text) for span in self.screen.reader.view.hits]

    def listed(self) -> bool:
        """Whether the list of marks is there."""
        return bool(self.screen.list.display)

    def on_top(self) -> type[Screen[Any]]:
        """What kind of screen takes the keys."""
        return type(self.app.screen)

    def tag_of(self, annotation: Annotation) -> str:
        return self.screen.desk.codebook.by_id(annotation.tag).name


def line(bar: Bar) -> str:
    """What a bar says."""
    return bar.render_line(0).text.strip()


Opener = Callable[..., AbstractAsyncContextManager[Reading]]


@pytest.fixture
def reading(project: Project, request: pytest.FixtureRequest) -> Opener:
    """`async with reading(at="Lindqvist") as it:` opens the article with the cursor there."""

    @asynccontextmanager
    async def open_(
        document: Document | None = None,
        at: str = "",
        size: tuple[int, int] = (120, 40),
        theme: str = "",
        keys: Mapping[str, str] | None = None,
        demo: bool = False,
    ) -> AsyncIterator[Reading]:
        document = document or request.getfixturevalue("document")
        assert document is not None
        if at:
            viewstate.keep_cursor(document.id, library.text(project, document).index(at))
        app = ReaderApp(project, document, Settings("ana", theme=theme, keys=keys or {}), demo=demo)
        async with app.run_test(size=size) as pilot:
            # What the first page does not need is fetched a moment after it.
            while not (isinstance(app.screen, ReadingScreen) and app.screen.settled):
                await pilot.pause()
            await pilot.pause()
            yield Reading(app, pilot, project)

    return open_
