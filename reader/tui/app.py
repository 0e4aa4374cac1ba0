"""The Textual app: which screen is up, the themes, and leaving in good order however it ends."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import Sequence
from time import monotonic
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from textual import events
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.driver import Driver
from textual.geometry import Size
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget

from reader import config, viewstate
from reader.documents.document import Document
from reader.documents.normalise import safe
from reader.documents.span import Span
from reader.errors import ReaderError
from reader.project import Project
from reader.tui import crash
from reader.tui.frames import Shown
from reader.tui.keys import check_keymap
from reader.tui.pasting import Keyboard, decoder
from reader.tui.reading.targets import NOWHERE, Searched
from reader.tui.screens.dialog import Awaited
from reader.tui.screens.page import Page
from reader.tui.themes import DARK, PALETTES, TERMINAL, textual_theme

if TYPE_CHECKING:
    from reader.tui.screens.library import LibraryScreen
    from reader.tui.screens.reading import ReadingScreen
    from reader.work.catalogue import Catalogue
    from reader.work.reviewing import Review

TOUR = (
    ("quote", "{quotation} goes to the next quotation, q marks it as a quote; {undo} undoes."),
    ("claim", "{sentence} goes to the next sentence, c marks it as a claim."),
    ("loaded language", "{jump} and the letters over a word go to it, l marks it as loaded."),
    ("", "That is all. {articles}: your articles; paste a text or a path there to add one."),
)
"""What the demo proposes, step by step: the tag whose mark completes it, and the sentence, with commands for keys."""


SIZE_SECONDS = 0.05
"""How long after another size is looked whether all of the screen has been drawn in it."""

PATIENCE_SECONDS = 0.5
"""How long keys wait for a widget that does not answer."""


class ReaderApp(App[None]):
    """One project, one article at a time."""

    TITLE = "reader"
    ENABLE_COMMAND_PALETTE = False
    CSS = """
    Screen { background: $background; color: $foreground; }
    ModalScreen { background: transparent; }
    """

    def __init__(
        self,
        project: Project,
        document: Document | None,
        settings: config.Settings,
        *,
        demo: bool = False,
        unsure: bool = False,
        review: Review | None = None,
        blind: bool = False,
    ) -> None:
        super().__init__()
        self.project = project
        self.keys = settings.keys
        self.catalogue: Catalogue | None = None
        """The list of articles and its screen, once they are needed."""
        self.shelf: LibraryScreen | None = None
        self._document = document
        self._demo = demo
        self._unsure = unsure
        self._review = review
        self._blind = blind
        self._held: list[events.Key] = []
        self._at_work: set[object] = set()
        """What keys wait for."""
        self.searched = Searched()
        self.pressed_at = 0.0
        """When a key came last, by the clock that only goes forward."""
        self._shown = Shown()
        self.look = _look(settings, colours=self._has_colours())
        for palette in PALETTES.values():
            self.register_theme(textual_theme(palette))
        # As it is from the start, and not as a change, after which Textual would work all styles out anew.
        self.set_reactive(App.theme, self.look.theme)
        self.stylesheet.set_variables(self.get_css_variables())
        # Two widgets less on every screen: what is said stands in the status line.
        self._disable_tooltips = self._disable_notifications = True

    def _has_colours(self) -> bool:
        return self.console.color_system in ("256", "truecolor") and "NO_COLOR" not in os.environ

    def on_mount(self) -> None:
        """Open the article; end in good order when asked to from outside."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._asked_to_end, number)
        self.app_resume_signal.subscribe(self, lambda _: self._shown.forget(), immediate=True)
        self.set_keymap(dict(self.keys))
        if self._unsure:
            self.call_after_refresh(self.run_action, "screen.unsure")
        if self._review is not None:
            self.call_after_refresh(self._open_review, self._review)

    def _open_review(self, review: Review) -> None:
        from reader.tui.screens.reading_review import ReviewActions

        if isinstance(self.screen, ReviewActions):
            self.screen.open_review(review, self._blind)

    def get_driver_class(self) -> type[Driver]:
        """Textual's own, with a keyboard for which nothing that is pasted is a key, and no byte is the end."""
        found = super().get_driver_class()
        names = vars(sys.modules[found.__module__])
        for name, other in (("XTermParser", Keyboard), ("getincrementaldecoder", decoder)):
            if name in names:
                names[name] = other
        return found

    def get_default_screen(self) -> Screen[None]:
        """The article, or the list, is the first screen: an empty one below would be laid out for nobody."""
        screen: Page
        if self._document is None:
            from reader.tui import going

            screen = going.shelf(self)
        else:
            screen = self.reading(self._document, TOUR if self._demo else ())
        # Textual pushes the first screen without this, and then cannot switch to another one.
        screen._push_result_callback(self, None)
        return screen

    async def on_event(self, event: events.Event) -> None:
        """Pasted text is data, for Textual's editors too, which would draw its control characters as they are."""
        if isinstance(event, events.Paste):
            # Terminals send a pasted line break as the Enter key does.
            event.text = safe(event.text.replace("\r\n", "\n").replace("\r", "\n"), lines=True)
            if isinstance(self.screen, Awaited) and self.screen.takes(event):
                return
        if isinstance(event, events.Key) and not event.is_forwarded:
            self.pressed_at = monotonic()
            self._held.append(event)
            await self._take_keys()
            return
        if isinstance(event, events.Resize):
            # Whoever made it another size, or the same one again after some time away, has left nothing to build on.
            self._shown.forget()
            self.set_timer(SIZE_SECONDS, self._look_at_size)
        pointed = isinstance(event, events.MouseEvent) and not event.is_forwarded and event.button
        await super().on_event(event)
        if pointed and isinstance(self.screen, Page):
            # The pane takes the mouse in its own time: a key pressed after a click is to find its work done.
            self._wait_for(self.screen.pane)

    def _look_at_size(self) -> None:
        """After another size: Textual may be told of several in the wrong order, or draw nothing for the last one.

        Its handler of the signal is interrupted by the next one; and where the last size is the one before all of
        them, nothing is laid out anew, whatever the terminal has made of its rows meanwhile.
        """
        now = Size(*shutil.get_terminal_size())
        if now != self.size and not self.is_headless and not self.is_web:
            self.post_message(events.Resize(now, now))
        elif not self._shown.has_rows(self.size.height):
            self.screen.refresh()

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """A frame: only what differs is sent."""
        update: Any = renderable
        if isinstance(update, CompositorUpdate):
            update = self._shown.become(update, whole=self._sync_available)
        super()._display(screen, update)

    def _begin_update(self) -> None:
        """Frames say themselves where they begin and end: each piece written by itself wakes another thread."""

    def _end_update(self) -> None:
        """Likewise."""

    async def _take_keys(self) -> None:
        """Every key in its turn, when what the one before it has begun is done."""
        while self._held and not self._at_work and not self._laying_out:
            key, screen = self._held.pop(0), self.screen
            taken = isinstance(screen, Awaited) and screen.takes(key)
            if not taken:
                await super().on_event(key)
            if self.screen is not screen:
                self._wait_for(self.screen)
            elif not taken and not isinstance(screen, Page):
                # The widget gets it in its own time, and what it says of it then goes from parent to parent.
                widget = self.focused or screen
                self._wait_for(widget, *(node for node in widget.ancestors_with_self if isinstance(node, Widget)))

    @property
    def _laying_out(self) -> bool:
        return isinstance(self.screen, Awaited) and not self.screen.ready

    def _wait_for(self, *pumps: MessagePump) -> None:
        """Let keys wait until these, one after the other, have done what they have been sent so far.

        One that is closed meanwhile answers no more.
        """
        work = object()
        self._at_work.add(work)
        asyncio.get_running_loop().call_later(PATIENCE_SECONDS, self._wait_on, work, self.screen, ())
        self._wait_on(work, self.screen, pumps)

    def _wait_on(self, work: object, screen: Screen[Any], pumps: Sequence[MessagePump]) -> None:
        if work not in self._at_work:
            return
        for place, pump in enumerate(pumps, 1):
            if self.screen is screen and pump.call_later(self._wait_on, work, screen, pumps[place:]):
                return
        if self.screen is not screen:
            # A dialog has closed: its answer is given in the time of whoever asked.
            self._wait_on(work, self.screen, (self.screen,))
            return
        self._at_work.discard(work)
        self.call_later(self._take_keys)

    async def on_awaited_ready(self) -> None:
        """What was typed ahead goes to the screen that it was meant for."""
        await self._take_keys()

    def _asked_to_end(self, number: int) -> None:
        self.exit(return_code=128 + number)

    def reading(self, document: Document, tour: Sequence[tuple[str, str]] = (), span: Span = NOWHERE) -> ReadingScreen:
        """The screen of an article; imported with its first one, so that the list of them comes up without it."""
        from reader.documents.unit import Unit
        from reader.tui.desk import lay_out
        from reader.tui.reading.selected import TAB_WORDS
        from reader.tui.screens.reading import ReadingScreen
        from reader.work import library

        desk = lay_out(self.project, document)
        cursor = span.start if len(span) else viewstate.cursor(document.id)
        if cursor is None:
            # It was read elsewhere. What has been read to its end is begun anew.
            cursor = library.reading(self.project, document).place % max(1, len(desk.text))
        cursor = min(cursor, max(0, len(desk.text) - 1))
        if tour and not cursor:
            first = desk.segments.next(Unit.QUOTATION, -1, TAB_WORDS)
            cursor = first.start if first is not None else 0
        screen = ReadingScreen(desk, cursor, self.look, self.keys, tour)
        if len(span) and span.end <= len(desk.text):
            screen.arrive(span)
        return screen

    def _fatal_error(self) -> None:
        """A crash: tell it without the words of the article, which Textual's own report would print."""
        self._exit_renderables.append(crash.report(sys.exc_info()[1]))
        self._close_messages_no_wait()


def _look(settings: config.Settings, *, colours: bool) -> viewstate.Look:
    """How the screen was last, else as the settings say; without colours, the terminal's own."""
    look = viewstate.look()
    theme = look.theme or settings.theme
    if theme not in PALETTES:
        theme = DARK.name
    return look._replace(theme=theme if colours else TERMINAL.name, measure=look.measure or settings.measure)


def run(
    project: Project,
    document: Document | None,
    *,
    demo: bool = False,
    unsure: bool = False,
    review: Review | None = None,
    blind: bool = False,
) -> int:
    """Open the article, or the list of all, in the terminal until somebody leaves; the exit code.

    `unsure`: with what a changed text has left in doubt over it; `review`: with that review over it, `blind` without
    names.
    """
    settings = config.load()
    check_keymap(settings.keys)
    app = ReaderApp(project, document, settings, demo=demo, unsure=unsure, review=review, blind=blind)
    keyboard = crash.keyboard()
    try:
        app.run()
    except ReaderError:
        raise
    except Exception as error:
        # What fails on the way out passes Textual's own net; its message may hold the words of the article.
        crash.put_back(keyboard)
        sys.stderr.write(f"{crash.report(error)}\n")
        return 1
    return app.return_code or 0
