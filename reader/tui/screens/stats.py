"""Statistics: the numbers of some articles, then the library's, as they are counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from reader.errors import ReaderError
from reader.project import Project
from reader.tui.reading.numbers import Line, Numbers, number_lines
from reader.tui.themes import Palette
from reader.tui.widgets.bar import Bar
from reader.tui.widgets.lines import Lines
from reader.work import coverage, stats

BINS = 60
"""Parts of a text that a strip has at most."""


class _Stopped(Exception):
    """Nobody waits for the numbers any more."""


class StatsScreen(Screen[None]):
    """Scrolls by the reading keys; Tab counts everybody's marks or one's own; Esc, Enter and what opened it leave."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,number_sign,ctrl+k", "leave", show=False, priority=True),
        Binding("tab", "whose", show=False, priority=True),
        Binding("down", "scroll(1)", show=False, priority=True),
        Binding("up", "scroll(-1)", show=False, priority=True),
        Binding("pagedown,space", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("home,ctrl+home", "scroll(-9999)", show=False, priority=True),
        Binding("end,ctrl+end", "scroll(9999)", show=False, priority=True),
    ]
    DEFAULT_CSS = "StatsScreen { layout: vertical; }"

    class Came(Message):
        """Numbers have been counted."""

        def __init__(self, turn: int, place: int, numbers: Numbers) -> None:
            super().__init__()
            self.turn = turn
            """Whose they are."""
            self.place = place
            """Under which of the headings they belong."""
            self.numbers = numbers

    class Failed(Message):
        """They could not be counted."""

        def __init__(self, turn: int, sentence: str) -> None:
            super().__init__()
            self.turn = turn
            self.sentence = sentence

    def __init__(self, project: Project, palette: Palette, some: str = "", documents: Sequence[int] = ()) -> None:
        """`documents`, by their numbers, are counted first and called `some`; then all articles are."""
        super().__init__()
        self._project = project
        self._palette = palette
        self._some = some
        self._documents = tuple(documents)
        self._everybody = False
        self._turn = 0
        self._tags = stats.tags(project)
        self._numbers: dict[int, Numbers] = {}
        self._problem = ""
        self.header = Bar(palette)
        self.lines = Lines(palette)
        self.footer = Bar(palette)

    def compose(self) -> ComposeResult:
        """The numbers, and how to leave."""
        yield self.header
        yield self.lines
        yield self.footer

    def on_mount(self) -> None:
        """Count one's own marks."""
        self._count()

    def on_resize(self) -> None:
        """Divide the lines anew."""
        self._show()

    # Counting, in a thread with a connection of its own

    def _count(self) -> None:
        self._turn += 1
        self._problem = ""
        self._numbers = {}
        self._show()
        self.workers.cancel_group(self, "counting")
        turn, everybody = self._turn, self._everybody
        self.run_worker(lambda: self._counted(turn, everybody), group="counting", thread=True, exit_on_error=False)
        whose = "everybody’s marks" if everybody else f"marks of {self._project.annotator.name}"
        self.header.show([("Numbers", "bold")], [(whose, "text")])
        keys = [("↑ ↓ PgUp PgDn", "scroll"), ("Tab", "only mine" if everybody else "everybody’s"), ("Esc", "back")]
        self.footer.show([part for key, says in keys for part in ((key, "key"), (f" {says}   ", "quiet"))])

    def _counted(self, turn: int, everybody: bool) -> None:
        worker = get_current_worker()

        def watch(numbers: Iterable[int]) -> Iterator[int]:
            for number in numbers:
                if worker.is_cancelled:
                    raise _Stopped
                yield number

        layers = None if everybody else (self._project.annotator.layer_pk,)
        try:
            reader = self._project.reader()
            try:
                wanted = [("", stats.Among(layers=layers))]
                if self._documents:
                    wanted.insert(0, (self._some, stats.Among(self._documents, layers)))
                for place, (title, among) in enumerate(wanted):
                    numbers = Numbers(title, stats.overview(reader, among))
                    self.post_message(self.Came(turn, place, numbers))
                    covered = coverage.covered(reader, among, bins=BINS, watch=watch)
                    self.post_message(self.Came(turn, place, numbers._replace(covered=covered)))
            finally:
                reader.close()
        except _Stopped:
            pass
        except ReaderError as problem:
            self.post_message(self.Failed(turn, str(problem)))

    def on_stats_screen_came(self, event: Came) -> None:
        """Show what has been counted."""
        if event.turn == self._turn:
            self._numbers[event.place] = event.numbers
            self._show()

    def on_stats_screen_failed(self, event: Failed) -> None:
        """Say what is in the way."""
        if event.turn == self._turn:
            self._problem = event.sentence
            self._show()

    # Showing

    def _show(self) -> None:
        lines: list[Line] = [[(self._problem, "warning")]] if self._problem else []
        for _, numbers in sorted(self._numbers.items()):
            lines += [[], *number_lines(numbers, self._tags, self._palette, self.size.width - 2)]
        top = self.lines.top
        self.lines.show(lines)
        self.lines.scroll_lines(top)

    def action_whose(self) -> None:
        """Everybody's marks, or one's own."""
        self._everybody = not self._everybody
        self._count()

    def action_scroll(self, lines: int) -> None:
        """Scroll by so many lines."""
        self.lines.scroll_lines(lines)

    def action_page(self, pages: int) -> None:
        """Scroll by a page, of which two lines stay."""
        self.lines.scroll_lines(pages * max(1, self.lines.size.height - 2))

    def action_leave(self) -> None:
        """Back to where one was."""
        self.workers.cancel_group(self, "counting")
        self.dismiss(None)
