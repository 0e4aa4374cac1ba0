"""Finding words or a regex in the article, stepping through the hits, and looking further than a key can wait for.

What can take long is done a millisecond at a time between the keys, on the screen's own loop: a thread would hold
up a key for longer whenever it has Python to itself. A regex is looked for by another process.
"""

from __future__ import annotations

from asyncio import sleep
from collections.abc import Callable, Iterator
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, cast

from textual import events
from textual.geometry import Offset

from reader.documents.finding import Finder
from reader.documents.span import Span
from reader.documents.unit import Unit
from reader.errors import Refused
from reader.tui.commands import Mode
from reader.tui.layout.cells import width_of
from reader.tui.reading.finding import CHUNK, WordSearch
from reader.tui.reading.line import EDITING, Line, part_shown, pressed, typed
from reader.tui.reading.selected import TAB_WORDS, Selected, came_to
from reader.tui.screens.page import said
from reader.tui.screens.reading_look import LookActions

if TYPE_CHECKING:
    from textual.worker import WorkType

    from reader.tui.app import ReaderApp
    from reader.tui.reading.regex import RegexSearch

AT_ONCE = 8
"""Steps of a search, and of counting, that are done before a key is answered: in a short article all of them."""

SLICE_SECONDS = 0.001
REST_SECONDS = 0.001
"""How long is searched at a time, and how long keys have for themselves after it."""

BREATH_SECONDS = 0.03
"""How long after a key a search goes on."""

KEY_SECONDS = 0.008
"""How long nothing is searched after a key: a key goes through a handful of rounds of the loop, and each would wait."""

WAIT_SECONDS = 0.02
"""How long to wait for another process before asking again."""

TELL_SECONDS = 0.1
"""How often is said how far a search is."""

TYPING_SECONDS = 0.15
"""How long nobody types until a regex is looked for."""

AROUND = 200
"""Code points above and below the page in which hits are shown too."""

Steps = Iterator[int | Span | None]


class FindActions(LookActions):
    """One search at a time; `>` and `<` go through its hits until it is let go."""

    _search: WordSearch | RegexSearch | None = None
    _words = ""
    _is_regex = False
    _line = Line()
    """What is being typed."""
    _hit: Span | None = None
    _percent = 0
    _begin = Selected()
    """Where the reader was before something was typed,"""
    _top = 0
    """what was the first code point in view,"""
    _before = ("", False)
    """and what was looked for."""
    _told: tuple[str, str] | None = None
    """What was said last of a search."""
    _walking = False

    def on_mount(self) -> None:
        """Look on where a key gives up."""
        self.reader.gave_up = self._look_on

    # Typing what to find

    @property
    def _is_typing(self) -> bool:
        return self.reader.mode is Mode.FINDING

    def action_find(self) -> None:
        """Find words in the text."""
        self._begin, self._top = self.reader.selected, self.reader.top_offset
        self._before = self._words, self._is_regex
        self._line = Line(self._words, len(self._words), fresh=True)
        self.reader.remember_place()
        self.reader.mode = Mode.FINDING
        self.show_words()

    def takes(self, event: events.Key | events.Paste) -> bool:
        """Whether a key was part of what is to be found; asked before any key is taken as a command."""
        if not self._is_typing or isinstance(event, events.Paste):
            return False
        if event.is_printable and event.character:
            self._type(typed(self._line, event.character))
        elif event.key in EDITING:
            self._type(pressed(self._line, event.key))
        else:
            return False
        return True

    def pasted(self, words: str) -> bool:
        """Whether pasted words were part of what is to be found."""
        if self._is_typing:
            self._type(typed(self._line, words))
        return self._is_typing

    def _type(self, line: Line) -> None:
        before, self._line = self._line, line
        if line.text != before.text or line.fresh != before.fresh:
            self._words = line.text
            self._look_for()
        elif line != before:
            self.show_words()

    def _look_again(self) -> None:
        """Look for the words of the last time, if they are still what is asked for."""
        if self._line.fresh:
            self._type(self._line._replace(fresh=False))

    def action_find_regex(self) -> None:
        """A regex, or words again."""
        self._is_regex = not self._is_regex
        self._line = self._line._replace(fresh=False)
        self._look_for()

    def action_find_step(self, direction: int) -> None:
        """The next hit, or the one before, while words are typed."""
        if self._line.fresh:
            self._look_again()
        elif self._hit is not None:
            self._step(direction)

    def action_find_keep(self) -> None:
        """Stay at the hit."""
        self._look_again()
        self.reader.mode = Mode.READING
        self.app.cursor_position = Offset(0, 0)
        if self._search is not None:
            self._answer()
        else:
            self.show_words()

    def action_find_leave(self) -> None:
        """Back to where one was."""
        self.reader.mode = Mode.READING
        self.app.cursor_position = Offset(0, 0)
        if self._line.fresh:
            self.show_words()
            return
        self._words, self._is_regex = self._before
        self._let_go()
        self.reader.select(self._begin, searching=True)
        self.reader.scroll_to_place(self.reader.flow.locate(self._top))

    def clicked(self, offset: int, times: int, extend: bool) -> None:
        """A click stays at the hit first."""
        if self._is_typing:
            self.action_find_keep()
        super().clicked(offset, times, extend)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While something is typed, keys are characters."""
        if action.startswith("find_"):
            return self._is_typing
        return action in ("quit", "copy") if self._is_typing else super().check_action(action, parameters)

    def _look_for(self) -> None:
        """Look for what has been typed, from where the reader was before."""
        self._stop()
        text, words = self.desk.text, self._words
        if self._is_regex and words:
            from reader.tui.reading.regex import RegexSearch

            search = RegexSearch(words, text, self._begin.cursor)
            self._search = search
            self._begin_to("regex", partial(self._ask_elsewhere, search))
        else:
            finder = Finder.of(words, text)
            self._search = WordSearch(finder, text) if finder is not None else None
        self._seek(self._begin.cursor, forward=True)

    async def _ask_elsewhere(self, search: RegexSearch) -> None:
        await sleep(TYPING_SECONDS)
        await search.run()

    def _begin_to(self, group: str, work: WorkType[None]) -> None:
        # Called by whoever runs it: of what is given up before, Python would say that nobody had waited for it.
        self.run_worker(work, group=group, exclusive=True)

    def _stop(self) -> None:
        self.workers.cancel_group(self, "find")
        self.workers.cancel_group(self, "regex")
        self._search = self._hit = None

    def _let_go(self) -> None:
        self._stop()
        self._show_hits()

    # Hits

    @said
    def action_hit(self, direction: int) -> None:
        """The next hit, or the one before."""
        if self._search is None:
            raise Refused(f"Nothing is being looked for: {self.key('find')} finds words.")
        self._step(direction)

    def _step(self, direction: int) -> None:
        cursor = self.reader.selected.cursor
        self._seek(cursor + 1 if direction > 0 else cursor, forward=direction > 0)

    def _seek(self, offset: int, *, forward: bool) -> None:
        """To the hit at `offset` or behind it, or to the last one before it; at once where that is near."""
        search, before = self._search, self._hit
        self._hit, self._percent = None, 0
        steps: Steps = search.look(offset, forward) if search is not None else iter(())
        found, is_over = _at_once(steps)
        if found is not None:
            self._come_to(found)
        elif self._is_typing and before is None:
            self.reader.select(self._begin, searching=True)
            self._show_hits()
        if search is None:
            self._answer()
            return
        if is_over:
            steps = search.count()
            is_over = search.is_counted or (len(self.desk.text) <= AT_ONCE * CHUNK and _at_once(steps)[1])
        self._answer()
        if not is_over:
            self._begin_to("find", partial(self._go_on, search, steps))

    async def _go_on(self, search: WordSearch | RegexSearch, steps: Steps) -> None:
        """Look for the hit, if it is still wanted, and count all of them."""
        since = self.reader.selected
        # What the key has shown already is drawn before, and who types fast is not held up.
        await sleep(BREATH_SECONDS)
        found = await self._in_slices(steps, self._answer_still)
        here = self.reader.selected is since and self.reader.mode in (Mode.READING, Mode.FINDING)
        if found is not None and here:
            self._come_to(found)
            self._answer()
        await self._in_slices(search.count(), self._answer_still)
        self._show_hits()
        self._answer_still()

    def _come_to(self, hit: Span) -> None:
        self._hit = hit
        self.reader.focus_mark(-1)
        self.reader.show_span(hit)
        self._show_hits()

    def _show_hits(self) -> None:
        """Show the hits in and around the page."""
        low, high = self.reader.top_offset - AROUND, self.reader.bottom_offset + AROUND
        hits = self._search.within(max(0, low), high) if self._search is not None else ()
        self.reader.show(self.reader.view._replace(hits=hits))

    def scrolled(self) -> None:
        """Another part of the text is in view: so are other hits."""
        super().scrolled()
        if self._search is not None:
            self._show_hits()

    def action_drop(self) -> None:
        """Let go of everything: the tour, the search, the mark, the selection."""
        self.tour.clear()
        self._let_go()
        self.reader.action_drop()
        self.say("")
        self._message = None
        self.show_words()

    # What is said of it

    def _answer(self) -> None:
        """Say how the search stands: beside what is typed, or until the next move."""
        if self._is_typing:
            self.show_words()
        else:
            self.say(*self._state())
            self._told = self._message

    def _answer_still(self) -> None:
        """The same, if nothing else has been said since."""
        if self._is_typing or (self._message is not None and self._message is self._told):
            self._answer()

    def _state(self) -> tuple[str, str]:
        search, hit = self._search, self._hit
        if search is None and self._is_typing:
            words = "any letters; capitals and kinds of quotes make no difference"
            return "as in Python; (?i) for any capitals" if self._is_regex else words, "faint"
        if search is None:
            return "", "quiet"
        if search.problem:
            return search.problem, "warning"
        if hit is None:
            if search.is_counted and not search.total:
                return f"“{self._words}” is not in this text.", "warning"
            if search.is_counted:
                return f"{search.total:,} hits are too many to go through: make the regex more exact.", "warning"
            return f"searching … {self._percent} %", "quiet"
        keys = ""
        if not self._is_typing:
            on, back, leave = self.key("hit"), self.key("hit_back"), self.key("drop")
            keys = f" · {on} next, {back} previous · {leave} lets go"
        number = search.number(hit.start)
        which = "found" if number is None else f"hit {number:,}"
        if search.is_counted:
            return f"{which} of {search.total:,}{keys}", "text"
        return f"{which} · counting … {self._percent} %{keys}", "text"

    def _show_words(self) -> None:
        """What is typed takes the status line."""
        if not self._is_typing:
            super()._show_words()
            return
        before, at, behind = part_shown(self._line, max(8, self.size.width // 2))
        look = "reverse" if self._line.fresh else "text"
        line = [(before, look), (at, "cursor"), (behind, look)]
        sentence, kind = ("Enter looks for it again", "quiet") if self._line.fresh and self._words else self._state()
        asks = "Find a regex  " if self._is_regex else "Find  "
        self.status.show([(asks, "bold"), *line, (f"   {sentence}", kind)])
        self.footer.show(*self._footer())
        # Where the terminal's own cursor is, an input method shows what is being composed.
        self.app.cursor_position = Offset(1 + width_of(asks + before), self.size.height - 2)

    # Looking on

    def moved(self) -> None:
        """After every move: nobody waits for a far unit any more."""
        if self._walking:
            self._walking = False
            self.workers.cancel_group(self, "walk")
        super().moved()

    def _look_on(self, unit: Unit, forward: bool, extend: bool) -> None:
        """Go on to a unit that is not near, a millisecond at a time."""
        cursor, length = self.reader.selected.cursor, len(self.desk.text)
        words = TAB_WORDS if unit is Unit.QUOTATION else 1
        steps = self.desk.segments.look(unit, cursor, words, forward=forward)
        way = max(1, length - cursor if forward else cursor)
        percents = (step if isinstance(step, Span) else 100 * abs(step - cursor) // way for step in steps)
        self._percent, self._walking = 0, True
        self._begin_to("walk", partial(self._walk, unit, percents, forward=forward, extend=extend))

    async def _walk(self, unit: Unit, steps: Steps, *, forward: bool, extend: bool) -> None:
        def tell() -> None:
            stay = self.key("drop")
            which = f"{'next' if forward else 'last'} {unit}"
            self.say(f"looking for the {which} … {self._percent} % · {stay} stays here")

        begin = self.reader.selected
        found = await self._in_slices(steps, tell)
        self._walking = False
        if found is not None:
            self.reader.select(came_to(begin, self.desk.text, found.start, found, extend=extend))
            return
        name = f"{unit} of {TAB_WORDS} words or more" if unit is Unit.QUOTATION else unit
        self.say(f"There is no {name} {'behind' if forward else 'before'} this place.")

    async def _in_slices(self, steps: Steps, tell: Callable[[], None]) -> Span | None:
        """What the steps come to in the end, with time for keys in between."""
        began = told = monotonic()
        for step in steps:
            if isinstance(step, Span):
                return step
            self._percent = self._percent if step is None else step
            now = monotonic()
            if step is None or now - began >= SLICE_SECONDS:
                if now - told >= TELL_SECONDS:
                    told = now
                    tell()
                await sleep(WAIT_SECONDS if step is None else REST_SECONDS)
                while (left := cast("ReaderApp", self.app).pressed_at + KEY_SECONDS - monotonic()) > 0:
                    await sleep(left)
                began = monotonic()
        return None


def _at_once(steps: Steps) -> tuple[Span | None, bool]:
    """What the first few steps come to, and whether that is the end of them."""
    for number, step in enumerate(steps, 1):
        if isinstance(step, Span):
            return step, True
        if step is None or number == AT_ONCE:
            return None, False
    return None, True
