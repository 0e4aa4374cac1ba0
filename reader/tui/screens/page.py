"""What the article's screen and the library's have in common."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, TypeVar

from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from reader import viewstate
from reader.documents.document import Document
from reader.documents.span import Span
from reader.errors import ReaderError
from reader.project import Project
from reader.tui.commands import by_id, shown_keys
from reader.tui.layout.cells import width_of
from reader.tui.reading.targets import Searched
from reader.tui.screens.dialog import Awaited
from reader.tui.themes import PALETTES, Palette
from reader.tui.widgets.bar import Words, palette_named
from reader.tui.widgets.paint import ground

OBJECTS_BY_KEYS = 2_000
"""Container objects that keys make before the collector looks for dead ones among them."""

SETTLE_SECONDS = 0.03
"""How long after the start the rest is fetched, so that the first page is out before."""

RETRY_SECONDS = 0.5
"""How long after a try that another program was in the way of comes the next one."""


class Page(Awaited, Screen[None]):
    """A screen that fills the terminal until another one takes its place."""

    pane: Widget
    """What takes the mouse, in its own time."""

    def __init__(self, project: Project, look: viewstate.Look, keys: Mapping[str, str]) -> None:
        super().__init__()
        self.project = project
        self.look = look
        self.keys = keys
        self.palette = palette_named(look.theme)
        self.searched = Searched()
        self._key_names: dict[str, str] = {}

    def render_lines(self, crop: Region) -> list[Strip]:
        """What is seen between its widgets."""
        return super().render_lines(crop) if self.app.no_color else ground(self.palette.name, crop)

    @property
    def document(self) -> Document | None:
        """The article that is open on it, if it is one for articles."""
        return None

    def go(self, span: Span) -> None:
        """To these words of the article."""

    def show_note(self) -> None:
        """Open one's own note on the article."""

    def keep_place(self) -> None:
        """Keep where somebody is on it: it is left, for a while or for good."""

    def returned(self) -> None:
        """It is on top again, and what it shows may have changed meanwhile."""

    def say(self, sentence: str, kind: str = "text") -> None:
        """Say something in the status line."""
        raise NotImplementedError

    def show_palette(self, palette: Palette) -> None:
        """Draw everything in another palette."""
        raise NotImplementedError

    def at_rest(self) -> None:
        """All that was made so far stays: from here on the collector looks at what keys make, and at nothing else.

        What comes later goes again: one article after the other is opened in its time.
        """
        if not gc.get_freeze_count():
            gc.freeze()
        gc.set_threshold(OBJECTS_BY_KEYS)

    def key(self, command: str) -> str:
        """The first key of a command, as people write it."""
        name = self._key_names.get(command)
        if name is None:
            name = self._key_names[command] = shown_keys(by_id(command), self.keys)[0]
        return name

    def try_to(self, keep: Callable[[], object]) -> None:
        """Keep something that is not worth failing for; where it can't be kept, the status line says why."""
        try:
            keep()
        except ReaderError as problem:
            self.say(str(problem), "warning")

    def keep_look(self, **changes: object) -> None:
        """Remember how the screen is set now."""
        self.look = self.look._replace(**changes)  # type: ignore[arg-type]
        self.try_to(lambda: viewstate.keep_look(self.look))

    def action_theme(self) -> None:
        """The next theme."""
        names = list(PALETTES)
        name = names[(names.index(self.palette.name) + 1) % len(names)]
        self.app.theme = name
        self.show_palette(palette_named(name))
        self.keep_look(theme=name)
        self.say(f"Theme: {name}.")

    def action_quit(self) -> None:
        """Leave; everything is saved already."""
        self.app.exit()


def fitting(items: Sequence[tuple[str, str, str]], room: int) -> Words:
    """As many (key, style, label) as fit into so many cells, in order."""
    words: list[tuple[str, str]] = []
    for key, look, label in items:
        room -= width_of(key) + width_of(label) + 3
        if room < 0:
            break
        words += [(key, look), (f" {label}  ", "quiet")]
    return words


_Action = TypeVar("_Action", bound=Callable[..., Any])


def said(action: _Action) -> _Action:
    """Where an action can't be done, the status line says why."""

    @wraps(action)
    def tried(page: Page, *values: object) -> None:
        try:
            action(page, *values)
        except ReaderError as problem:
            page.say(str(problem), "warning")

    return tried  # type: ignore[return-value]
