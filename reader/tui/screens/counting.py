"""A screen of numbers that are counted while it is there: in a thread, piece by piece, with a connection of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from reader.errors import ReaderError
from reader.project import Project
from reader.tui.themes import Palette
from reader.tui.widgets.bar import Bar
from reader.tui.widgets.lines import Lines

Watch = Callable[[Iterable[int]], Iterable[int]]
"""Passes the articles on; ends the counting where nobody waits for it any more."""

_GROUP = "counting"


class _Stopped(Exception):
    """Nobody waits for the numbers any more."""


class CountingScreen(Screen[None]):
    """A header, lines that scroll by the reading keys, a footer; and what counts."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, priority=True),
        Binding("down", "scroll(1)", show=False, priority=True),
        Binding("up", "scroll(-1)", show=False, priority=True),
        Binding("pagedown,space", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("home,ctrl+home", "scroll(-9999)", show=False, priority=True),
        Binding("end,ctrl+end", "scroll(9999)", show=False, priority=True),
    ]
    DEFAULT_CSS = "CountingScreen { layout: vertical; }"

    class Came(Message):
        """Something has been counted."""

        def __init__(self, turn: int, piece: Any) -> None:
            super().__init__()
            self.turn = turn
            """What it was asked for."""
            self.piece = piece

    class Failed(Message):
        """It could not be counted."""

        def __init__(self, turn: int, of: str, sentence: str) -> None:
            super().__init__()
            self.turn = turn
            self.of = of
            self.sentence = sentence

    def __init__(self, project: Project, palette: Palette, some: str = "", documents: Sequence[int] = ()) -> None:
        """`documents`, by their numbers, are looked at first and called `some`."""
        super().__init__()
        self._project = project
        self._palette = palette
        self._some = some
        self._documents = tuple(documents)
        self._turn = 0
        self._problems: dict[str, str] = {}
        """Why something can't be counted, by what it is."""
        self.header = Bar(palette)
        self.lines = Lines(palette)
        self.footer = Bar(palette)

    def compose(self) -> ComposeResult:
        """The numbers, and how to leave."""
        yield self.header
        yield self.lines
        yield self.footer

    def on_resize(self) -> None:
        """Divide the lines anew."""
        self.show_numbers()

    # Counting

    def count_anew(self) -> None:
        """What is being counted now is asked for no more."""
        self._turn += 1
        self._problems = {}
        self.workers.cancel_group(self, _GROUP)

    def count(self, pieces: Callable[[Project, Watch], Iterator[object]], of: str = "") -> None:
        """Hand each of the pieces to `came` once it is counted; `of`: what they are of, for problems."""
        turn = self._turn
        self.run_worker(lambda: self._count(pieces, turn, of), group=_GROUP, thread=True)

    def _count(self, pieces: Callable[[Project, Watch], Iterator[object]], turn: int, of: str) -> None:
        worker = get_current_worker()

        def watch(numbers: Iterable[int]) -> Iterator[int]:
            for number in numbers:
                if worker.is_cancelled:
                    raise _Stopped
                yield number

        try:
            reader = self._project.reader()
            try:
                for piece in pieces(reader, watch):
                    self.post_message(self.Came(turn, piece))
            finally:
                reader.close()
        except _Stopped:
            pass
        except ReaderError as problem:
            self.post_message(self.Failed(turn, of, str(problem)))

    def on_counting_screen_came(self, event: Came) -> None:
        """Show what has been counted."""
        if event.turn == self._turn:
            self.came(event.piece)
            self.show_numbers()

    def on_counting_screen_failed(self, event: Failed) -> None:
        """Say what is in the way."""
        if event.turn == self._turn:
            self._problems[event.of] = event.sentence
            self.show_numbers()

    def came(self, piece: Any) -> None:
        """Keep a piece."""
        raise NotImplementedError

    def show_numbers(self) -> None:
        """Show what there is so far."""
        raise NotImplementedError

    # Showing

    def show_keys(self, *keys: tuple[str, str]) -> None:
        """What keys do, in the footer."""
        self.footer.show([part for key, says in keys for part in ((key, "key"), (f" {says}   ", "quiet"))])

    def action_scroll(self, lines: int) -> None:
        """Scroll by so many lines."""
        self.lines.scroll_lines(lines)

    def action_page(self, pages: int) -> None:
        """Scroll by a page, of which two lines stay."""
        self.action_scroll(pages * max(1, self.lines.size.height - 2))

    def action_leave(self) -> None:
        """Back to where one was."""
        self.workers.cancel_group(self, _GROUP)
        self.dismiss(None)
