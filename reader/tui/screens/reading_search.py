"""From the reading screen to other places: searching everything, marking every occurrence of some words, numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.annotations.codebook import Tag
from reader.documents.span import Span
from reader.documents.unit import Unit
from reader.errors import Refused
from reader.tui import going
from reader.tui.reading.targets import Sought, Target
from reader.tui.screens.page import said
from reader.tui.screens.reading_update import UpdateActions
from reader.work import library

if TYPE_CHECKING:
    from reader.work.occurrences import Marked

MOST_WORDS = 200
"""Code points of words whose occurrences are looked for; longer ones stand nowhere else."""


class SearchActions(UpdateActions):
    """All are screens of their own, over this one."""

    @said
    def action_stats(self) -> None:
        """The article's numbers and the library's."""
        from reader.tui.screens.stats import StatsScreen

        document = self.desk.document
        number = library.number(self.project, document)
        self.app.push_screen(StatsScreen(self.project, self.palette, document.title, [number]))

    @said
    def action_agreement(self) -> None:
        """How far people agree on this article, or on all."""
        from reader.tui.screens import agreement

        agreement.open(self.app, self.project, self.palette, self.desk.document)

    def action_search(self) -> None:
        """Search all articles, marks and notes."""
        from reader.tui.screens.search import SearchScreen

        screen = SearchScreen(self.project, self.palette, self.keys, self.searched)

        def done(target: Target | None) -> None:
            self.searched = screen.searched
            if target is not None:
                self._go_to(target)

        self.app.push_screen(screen, done)

    @said
    def _go_to(self, target: Target) -> None:
        """To something that was found, here or in another article."""
        if target.document != self.desk.document.id:
            going.to_target(self.app, target)
            return
        self.go(target.span)
        if target.says:
            self.say(target.says)
        if target.opens_note:
            self.show_note()

    def go(self, span: Span) -> None:
        """To these words of the article."""
        if len(span):
            self.reader.remember_place()
            self.reader.focus_mark(-1)
            self.reader.show_span(span)

    @said
    def action_occurrences(self) -> None:
        """Mark every place where the selected, found or marked words stand."""
        from reader.tui.screens.occurrences import OccurrencesScreen

        sought = self._sought()
        if len(sought.words) > MOST_WORDS:
            raise Refused("So many words stand nowhere else: select a few of them, then mark all their places.")
        document, book = self.desk.document, self.desk.codebook
        screen = OccurrencesScreen(self.project, document, book, sought, self.palette, self.keys)
        self.app.push_screen(screen, self._marked)

    def _sought(self) -> Sought:
        """What is selected by hand, else looked for, else marked at the cursor, else come to, else the word there."""
        selected = self.reader.selected
        if selected.hard is not None and selected.hard != self._hit:
            return Sought(selected.hard.cut(self.desk.text))
        if self._search is not None and not self._is_regex:
            return Sought(self._words, whole=False)
        mark = self.annotation(self.meant) if self.meant is not None else None
        span = selected.hard or (mark.fragments[0] if mark is not None else selected.soft)
        span = span or self.desk.segments.at(Unit.WORD, selected.cursor)
        if span is None or not span.cut(self.desk.text).strip():
            find, key = self.key("find"), self.key("occurrences")
            raise Refused(f"Which words? Select some, look for them with {find}, or go to a mark; then {key}.")
        return Sought(span.cut(self.desk.text))

    @said
    def _marked(self, done: tuple[Marked, Tag] | None) -> None:
        if done is None:
            return
        marked, tag = done
        self.renew_marks()
        places = f"{marked.marks:,} {'place' if marked.marks == 1 else 'places'}"
        where = f" in {marked.articles:,} articles" if marked.articles > 1 else ""
        there = f"; {marked.there:,} had it already" if marked.there else ""
        self.say(f"Saved: {tag.name} on {places}{where}{there}. {self.key('undo')} takes all of it back.", "good")
