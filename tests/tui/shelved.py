"""The library in front of somebody, and what can be seen of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from textual import events
from textual.pilot import Pilot

from reader.config import Settings
from reader.documents.document import Document
from reader.project import Project
from reader.tui.app import ReaderApp
from reader.tui.screens.library import LibraryScreen
from reader.tui.screens.page import Page
from reader.work import library
from tests.tui.conftest import line


@dataclass
class Shelved:
    """The app as it runs."""

    app: ReaderApp
    pilot: Pilot[None]
    project: Project

    @property
    def screen(self) -> LibraryScreen:
        """The library, whatever lies over it."""
        return next(screen for screen in reversed(self.app.screen_stack) if isinstance(screen, LibraryScreen))

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause()

    async def type(self, words: str) -> None:
        await self.press(*words)

    async def paste(self, text: str) -> None:
        self.app.post_message(events.Paste(text))
        await self.pilot.pause()
        await self.pilot.pause()

    async def click(self, words: str, times: int = 1, below: int = 0) -> None:
        """The left button on these words of the screen, the first ones in the rows from `below` on."""
        rows = self.rows
        y = next(y for y, row in enumerate(rows) if words in row and y >= below)
        await self.pilot.click(offset=(rows[y].index(words), y), times=times)
        await self.pilot.pause()

    @property
    def rows(self) -> list[str]:
        """The whole screen, row by row."""
        return [strip.text for strip in self.app.screen._compositor.render_strips()]

    @property
    def listed(self) -> list[str]:
        """The titles in the list, from the first one."""
        rows = self.screen.catalogue.rows(0, len(self.screen.catalogue))
        return [row.document.title for row in rows if row is not None]

    @property
    def at(self) -> str:
        """The title at the cursor, as the database and the screen have it."""
        row = self.screen.row
        marked = [text for text in self.rows if text.startswith(" ▸")]
        if row is None:
            assert marked == []
            return ""
        assert [row.document.title[:12] in text for text in marked] == [True]
        return row.document.title

    @property
    def status(self) -> str:
        """What the status line says, without what undo would do."""
        return "".join(text for text, _ in self.screen.status._left)

    @property
    def finder(self) -> str:
        return line(self.screen.finder)

    @property
    def header(self) -> str:
        return line(self.screen.header)

    @property
    def footer(self) -> str:
        return line(self.screen.footer)

    @property
    def reading(self) -> str:
        """The title of the article in view, if one is."""
        page = self.app.screen
        return page.document.title if isinstance(page, Page) and page.document is not None else ""

    @property
    def titles(self) -> list[str]:
        """What is in the database, in the order it came in."""
        return [row.document.title for row in library.documents(self.project)]


@asynccontextmanager
async def shelved(
    project: Project,
    size: tuple[int, int] = (120, 24),
    theme: str = "",
    document: Document | None = None,
    keys: dict[str, str] | None = None,
) -> AsyncIterator[Shelved]:
    """`async with shelved(project) as it:` opens the library; with a document that first, and then L is pressed."""
    app = ReaderApp(project, document, Settings("ana", theme=theme, keys=keys or {}))
    async with app.run_test(size=size) as pilot:
        it = Shelved(app, pilot, project)
        if document is not None:
            while not getattr(app.screen, "settled", False):
                await pilot.pause()
            await it.press("L")
        while not getattr(app.screen, "settled", False):
            await pilot.pause()
        await pilot.pause()
        yield it
