"""What the screens with a list of hits share: the hits are found in a thread and shown as they come."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from reader.errors import ReaderError
from reader.project import Project
from reader.tui.reading.found import Found
from reader.tui.screens.dialog import Answer, Awaited
from reader.tui.widgets.hits import Fetch, HitList
from reader.work.hits import Hit

FIRST, THEN = 50, 200
"""Hits that are handed over at once: the first ones soon, the others in fewer pieces."""

TURN_SECONDS = 0.001
REST_SECONDS = 0.002
"""How long the search has Python for itself, and how long keys have it after that."""

Rest = Callable[[], None]
Source = Callable[[Project, Rest], tuple[Iterator[Hit], Callable[[Project], Fetch]]]
"""In the thread: the hits, by the project given, and what knows their words by another one."""

MORE, OVER = "more", "over"


class _Stopped(Exception):
    """Something else is looked for by now."""


class Looking(Awaited, Screen[Answer]):
    """A thread with a connection of its own finds the hits; a key never waits for it."""

    class Came(Message):
        """Some hits more."""

        def __init__(self, turn: int, hits: list[Hit], fetch: Callable[[Project], Fetch] | None, state: str) -> None:
            super().__init__()
            self.turn = turn
            """Which query they are of."""
            self.hits = hits
            self.fetch = fetch
            self.state = state
            """`more`, `over`, or a sentence about what is wrong."""

    def __init__(self, project: Project, hits: HitList) -> None:
        super().__init__()
        self.project = project
        self.list = hits
        self.looking = False
        """Whether the hits in the list are still those of the query before."""
        self.is_over = True
        """Whether all hits are in the list."""
        self._turn = 0

    def look(self, source: Source, most: int) -> None:
        """Look for something else from now on; so many hits are listed."""
        self.stop()
        self.looking, self.is_over = True, False
        work = partial(self._look, self._turn, source, most)
        self.run_worker(work, group="looking", thread=True)

    def stop(self) -> None:
        """Look for nothing any more."""
        self._turn += 1
        self.looking, self.is_over = False, True
        self.workers.cancel_group(self, "looking")

    def _look(self, turn: int, source: Source, most: int) -> None:
        """In the thread: find the hits, some at a time, and hand them over."""
        worker = get_current_worker()
        began = time.monotonic()

        def rest() -> None:
            nonlocal began
            if worker.is_cancelled:
                raise _Stopped
            if time.monotonic() - began > TURN_SECONDS:
                time.sleep(REST_SECONDS)
                began = time.monotonic()

        try:
            reader = self.project.reader()
            try:
                hits, fetch = source(reader, rest)
                hits, count = islice(hits, most), FIRST
                while some := list(islice(hits, count)):
                    rest()
                    self.post_message(self.Came(turn, some, fetch, MORE))
                    count = THEN
                self.post_message(self.Came(turn, [], fetch, OVER))
            finally:
                reader.close()
        except _Stopped:
            pass
        except ReaderError as problem:
            self.post_message(self.Came(turn, [], None, str(problem)))

    def on_looking_came(self, event: Came) -> None:
        """Show the hits that have come."""
        if event.turn != self._turn:
            return
        if self.looking and event.fetch is not None:
            self.looking = False
            self.list.start(Found(), event.fetch(self.project))
        self.list.found.add(event.hits)
        self.list.renew()
        self.is_over = event.state != MORE
        self.came(event.state)

    def came(self, state: str) -> None:
        """More hits have come, or (`over`) all of them; or there is something wrong, in a sentence."""
        raise NotImplementedError
