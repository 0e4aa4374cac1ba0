"""Agreement: how far people agree, one view after the other; the definition of a measure is one key away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from reader.documents.document import Document
from reader.errors import ReaderError
from reader.project import Project
from reader.tui.reading.agreed import Entry, Known, View, entries_of, explained, measuring, said_of
from reader.tui.reading.meanings import rows
from reader.tui.themes import Palette
from reader.tui.widgets.bar import Bar
from reader.tui.widgets.lines import Lines
from reader.work import agreed_words, library, stats

SAID = 5
"""Lines for what there is to know of the chosen one."""


class _Stopped(Exception):
    """Nobody waits for the numbers any more."""


def open(app: App[None], project: Project, palette: Palette, document: Document | None = None) -> None:
    """Show the agreement on one article first, or on all."""
    some = (document.title, [library.number(project, document)]) if document is not None else ("", [])
    app.push_screen(AgreementScreen(project, palette, *some))


class AgreementScreen(Screen[None]):
    """Arrows choose a line, Tab goes to the next view, Enter defines, A takes all articles; Esc and `%` leave."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,percent_sign,ctrl+a", "leave", show=False, priority=True),
        Binding("enter", "define", show=False, priority=True),
        Binding("tab", "view(1)", show=False, priority=True),
        Binding("shift+tab", "view(-1)", show=False, priority=True),
        Binding("A", "scope", show=False, priority=True),
        Binding("C", "copy", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("pagedown,space", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("home,ctrl+home", "move(-9999)", show=False, priority=True),
        Binding("end,ctrl+end", "move(9999)", show=False, priority=True),
    ]
    DEFAULT_CSS = f"AgreementScreen {{ layout: vertical; }} AgreementScreen #said {{ height: {SAID}; }}"

    class Came(Message):
        """Something has been measured."""

        def __init__(self, turn: int, known: Known) -> None:
            super().__init__()
            self.turn = turn
            """What it was asked for."""
            self.known = known

    class Failed(Message):
        """It could not be measured."""

        def __init__(self, turn: int, view: View, sentence: str) -> None:
            super().__init__()
            self.turn = turn
            self.view = view
            self.sentence = sentence

    def __init__(self, project: Project, palette: Palette, some: str = "", documents: Sequence[int] = ()) -> None:
        """`documents`, by their numbers, are looked at first and called `some`; all articles are one key away."""
        super().__init__()
        self._project = project
        self._palette = palette
        self._some = some
        self._documents = tuple(documents)
        self._all = not documents
        self._turn = 0
        self._view = View.OVERALL
        self._known = Known()
        self._asked: set[View] = set()
        self._problems: dict[View, str] = {}
        self._entries: list[Entry] = []
        self._chosen: dict[View, int] = {}
        self._defining = False
        self.header = Bar(palette)
        self.lines = Lines(palette)
        self.said = Lines(palette)
        self.said.id = "said"
        self.footer = Bar(palette)

    def compose(self) -> ComposeResult:
        """The numbers, what there is to know of the chosen one, and the keys."""
        yield self.header
        yield self.lines
        yield self.said
        yield self.footer

    def on_mount(self) -> None:
        """Measure."""
        self._begin()

    def on_resize(self) -> None:
        """Divide the lines anew."""
        self._show()

    # Measuring, in a thread with a connection of its own

    def _begin(self) -> None:
        """Everything anew."""
        self._turn += 1
        self._known, self._asked, self._problems = Known(), set(), {}
        self.workers.cancel_group(self, "measuring")
        self._show()

    def _ask(self, view: View) -> None:
        """Measure what a view shows, once; first what all but one of them begin with."""
        if self._known.found is None and view is not View.AFTER:
            view = View.OVERALL
        if view not in self._asked:
            self._asked.add(view)
            turn, known = self._turn, self._known
            self.run_worker(
                lambda: self._measured(view, turn, known), group="measuring", thread=True, exit_on_error=False
            )

    def _measured(self, view: View, turn: int, known: Known) -> None:
        worker = get_current_worker()

        def watch(numbers: Iterable[int]) -> Iterator[int]:
            for number in numbers:
                if worker.is_cancelled:
                    raise _Stopped
                yield number

        among = stats.Among() if self._all else stats.Among(self._documents)
        try:
            reader = self._project.reader()
            try:
                for more in measuring(view, reader, among, known, watch):
                    self.post_message(self.Came(turn, more))
            finally:
                reader.close()
        except _Stopped:
            pass
        except ReaderError as problem:
            self.post_message(self.Failed(turn, view, str(problem)))

    def on_agreement_screen_came(self, event: Came) -> None:
        """Show what has been measured."""
        if event.turn == self._turn:
            self._known = self._known.joined(event.known)
            self._show()

    def on_agreement_screen_failed(self, event: Failed) -> None:
        """Say what is in the way."""
        if event.turn == self._turn:
            self._problems[event.view] = event.sentence
            self._show()

    # Showing

    def _show(self) -> None:
        """The view, with the chosen line in sight."""
        width = self.size.width - 3
        problem = self._problems.get(View.OVERALL if self._view is not View.AFTER else View.AFTER, "")
        entries = None if problem else entries_of(self._view, self._known, self._palette, width)
        if entries is None:
            self._ask(self._view)
            self._entries = [Entry([(text, "warning")]) for text in rows(problem, width)] or [Entry([("…", "quiet")])]
        else:
            self._entries = entries
        self._bars()
        self.said.display = not self._defining
        if self._defining:
            self.lines.show(explained(self._chosen_entry(), width))
            return
        self.lines.show([entry.line for entry in self._entries], self._place())
        self._say()

    def _say(self) -> None:
        """What there is to know of the chosen line."""
        entry = self._chosen_entry()
        self.said.show(said_of(entry, self.size.width - 2) if entry is not None else [])

    def _bars(self) -> None:
        agreement = self._known.agreement
        where = "all articles" if self._all else self._some
        people = ""
        if agreement is not None:
            number = len(agreement.articles)
            people = f"{', '.join(agreement.everybody)} · {'1 article' if number == 1 else f'{number:,} articles'}"
        self.header.show(
            [("Agreement", "bold"), (f"  {self._view}", "accent"), (f"  {where}", "quiet")], [(people, "text")]
        )
        if self._defining:
            keys = [("↑ ↓ PgUp PgDn", "scroll"), ("Esc", "back to the numbers")]
        else:
            keys = [("Tab", "view"), ("↑↓", "line"), ("Enter", "define"), ("C", "copy text"),
                    *([("A", "this article" if self._all else "all articles")] if self._documents else []),
                    ("Esc", "back")]  # fmt: skip
        self.footer.show([part for key, says in keys for part in ((key, "key"), (f" {says}   ", "quiet"))])

    def _places(self) -> list[int]:
        """The lines that can be chosen."""
        return [place for place, entry in enumerate(self._entries) if entry.found]

    def _place(self) -> int | None:
        """The chosen line of this view."""
        places = self._places()
        if not places:
            return None
        return places[min(self._chosen.get(self._view, 0), len(places) - 1)]

    def _chosen_entry(self) -> Entry | None:
        place = self._place()
        return None if place is None else self._entries[place]

    # Keys

    def action_view(self, step: int) -> None:
        """The next view, or the one before."""
        views = [view for view in View if view is not View.MATRIX or self._has_several()]
        self._defining = False
        self._view = views[(views.index(self._view) + step) % len(views)]
        self._show()

    def _has_several(self) -> bool:
        return self._known.agreement is not None and len(self._known.agreement.people) > 2

    def action_define(self) -> None:
        """The definition of the measures on the chosen line, or the numbers again."""
        self._defining = not self._defining
        self._show()

    def action_scope(self) -> None:
        """One article, or all."""
        if self._documents:
            self._all = not self._all
            self._begin()

    def action_copy(self) -> None:
        """Copy a paragraph for a methods section."""
        from reader.tui.clipboard import copy

        if self._known.agreement is None or self._known.found is None:
            return
        paragraph = agreed_words.paragraph(self._known.agreement, dict(self._known.found))
        said = copy(self.app, "\n\n".join([paragraph, "\n".join(agreed_words.SOURCES)]), "a paragraph with its sources")
        self.said.show([[(said, "good")]])

    def action_move(self, step: int) -> None:
        """Choose the next line, or the one before; without such lines, scroll."""
        places = self._places()
        if self._defining or not places:
            self.lines.scroll_lines(step)
            return
        before = min(self._chosen.get(self._view, 0), len(places) - 1)
        place = max(0, min(before + step, len(places) - 1))
        self._chosen[self._view] = place
        self.lines.choose(places[place])
        if before + step != place:
            # What stands over the first of them or below the last.
            self.lines.scroll_lines(step)
        self._say()

    def action_page(self, pages: int) -> None:
        """A page on, of which two lines stay."""
        step = pages * max(1, self.lines.size.height - 2)
        if self._defining or not self._places():
            self.lines.scroll_lines(step)
            return
        wanted = (self._place() or 0) + step
        places = self._places()
        near = min(range(len(places)), key=lambda at: abs(places[at] - wanted))
        self._chosen[self._view] = near
        self.lines.choose(places[near])
        self._say()

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """A click chooses."""
        places = self._places()
        if not self._defining and event.index in places:
            self._chosen[self._view] = places.index(event.index)
            self.lines.choose(event.index)
            self._say()

    def action_leave(self) -> None:
        """Back to the numbers, or to where one was."""
        if self._defining:
            self.action_define()
            return
        self.workers.cancel_group(self, "measuring")
        self.dismiss(None)
