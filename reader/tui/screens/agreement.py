"""Agreement: how far people agree, one view after the other; the definition of a measure is one key away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType

from reader.documents.document import Document
from reader.project import Project
from reader.tui.reading.agreed import Entry, Known, View, entries_of, explained, measuring, said_of
from reader.tui.reading.meanings import rows
from reader.tui.screens.counting import CountingScreen
from reader.tui.themes import Palette
from reader.tui.widgets.lines import Lines
from reader.work import agreed_words, library, stats

SAID = 5
"""Lines for what there is to know of the chosen one."""


def open(app: App[None], project: Project, palette: Palette, document: Document | None = None) -> None:
    """Show the agreement on one article first, or on all."""
    some = (document.title, [library.number(project, document)]) if document is not None else ("", [])
    app.push_screen(AgreementScreen(project, palette, *some))


class AgreementScreen(CountingScreen):
    """Arrows choose a line, Tab goes to the next view, Enter defines, A takes all articles; Esc and `%` leave."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("percent_sign,ctrl+a", "leave", show=False, priority=True),
        Binding("enter", "define", show=False, priority=True),
        Binding("tab", "view(1)", show=False, priority=True),
        Binding("shift+tab", "view(-1)", show=False, priority=True),
        Binding("A", "scope", show=False, priority=True),
        Binding("C", "copy", show=False, priority=True),
    ]
    DEFAULT_CSS = f"AgreementScreen #said {{ height: {SAID}; }}"

    def __init__(self, project: Project, palette: Palette, some: str = "", documents: Sequence[int] = ()) -> None:
        """`documents`, by their numbers, are looked at first and called `some`; all articles are one key away."""
        super().__init__(project, palette, some, documents)
        self._all = not documents
        self._view = View.OVERALL
        self._known = Known()
        self._asked: set[View] = set()
        self._entries: list[Entry] = []
        self._chosen: dict[View, int] = {}
        self._defining = False
        self.said = Lines(palette)
        self.said.id = "said"

    def compose(self) -> ComposeResult:
        """The numbers, what there is to know of the chosen one, and the keys."""
        yield self.header
        yield self.lines
        yield self.said
        yield self.footer

    def on_mount(self) -> None:
        """Measure."""
        self._begin()

    # Measuring

    def _begin(self) -> None:
        """Everything anew."""
        self.count_anew()
        self._known, self._asked = Known(), set()
        self.show_numbers()

    def _ask(self, view: View) -> None:
        """Measure what a view shows, once; first what all but one of them begin with."""
        if self._known.found is None and view is not View.AFTER:
            view = View.OVERALL
        if view not in self._asked:
            self._asked.add(view)
            known = self._known
            among = stats.Among() if self._all else stats.Among(self._documents)
            self.count(lambda project, watch: measuring(view, project, among, known, watch), view)

    def came(self, piece: Known) -> None:
        """Something has been measured."""
        self._known = self._known.joined(piece)

    # Showing

    def show_numbers(self) -> None:
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
            self.show_keys(("↑ ↓ PgUp PgDn", "scroll"), ("Esc", "back to the numbers"))
        else:
            scope = [("A", "these articles" if self._all else "all articles")] if self._documents else []
            self.show_keys(
                ("Tab", "view"), ("↑↓", "line"), ("Enter", "define"), ("C", "copy text"), *scope, ("Esc", "back")
            )

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
        # With other articles there may be fewer people, and no matrix any more.
        here = views.index(self._view) if self._view in views else 0
        self._view = views[(here + step) % len(views)]
        self.show_numbers()

    def _has_several(self) -> bool:
        return self._known.agreement is not None and len(self._known.agreement.people) > 2

    def action_define(self) -> None:
        """The definition of the measures on the chosen line, or the numbers again."""
        self._defining = not self._defining
        self.show_numbers()

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

    def action_scroll(self, lines: int) -> None:
        """Choose the line that is so many numbers further on; without such lines, scroll."""
        places = self._places()
        if self._defining or not places:
            self.lines.scroll_lines(lines)
            return
        before = min(self._chosen.get(self._view, 0), len(places) - 1)
        place = max(0, min(before + lines, len(places) - 1))
        self._chosen[self._view] = place
        self.lines.choose(places[place])
        if before + lines != place:
            # What stands over the first of them or below the last.
            self.lines.scroll_lines(lines)
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
        else:
            super().action_leave()
