"""An article that has changed: both texts with their marks, and what is in doubt decided on, one mark at a time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from reader.documents.document import Document
from reader.documents.span import Span, merged
from reader.errors import ReaderError
from reader.project import Project
from reader.tui.commands import READING, Group, Mode
from reader.tui.desk import all_marks
from reader.tui.keys import mode_bindings
from reader.tui.reading.describe import counted
from reader.tui.reading.selected import Selected, chosen
from reader.tui.screens.update_base import Left, UpdateBase
from reader.tui.widgets.lines import Lines
from reader.work import history, updating

if TYPE_CHECKING:
    from reader.work.updating import Unsettled

NOTHING = "There is nothing left to decide on: Esc goes to the text."


class UpdateScreen(UpdateBase):
    """Enter: it is here. Tab: or there? E: where I say. X: nowhere. Space: later."""

    BINDINGS: ClassVar[list[BindingType]] = [*mode_bindings(Mode.DECIDING), *mode_bindings(Mode.PLACING)]

    # Deciding

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter, Space and the like mean one thing while a mark is decided on, another in the text."""
        if action.startswith("decide"):
            return not self.placing
        if action.startswith("place_"):
            return self.placing and self.reader is not None and self.reader.mode is Mode.READING
        return True

    def _decide(self, do: Callable[[Unsettled], object], done: str) -> None:
        """One decision, on disk when it is called saved; then the next mark."""
        mark = self.deciding.mark
        if mark is None or self._compared is None:
            self._warn(NOTHING if mark is None else "The texts are still being compared: a moment, then again.")
            return
        try:
            do(mark)
        except ReaderError as problem:
            self._warn(str(problem))
            return
        self._done = [(f"Saved: {self._tag_name(mark)} {done}.", "good")]
        self._renew()

    def _renew(self, back: str = "") -> None:
        """What is left to decide on, and the marks as they stand now."""
        try:
            self.deciding.renew(self.unsettled(), back)
            if self.reader is not None:
                self.reader.marks = all_marks(self.desk)
                self.reader.refresh()
        except ReaderError as problem:
            self._warn(str(problem))
        self._fit()
        mark = self.deciding.mark
        if mark is not None and mark.known_version != self._version:
            self._look()
        self._show()

    def action_decide_here(self) -> None:
        """It belongs where it is shown."""
        place = self.deciding.place
        if self.deciding.mark is not None and not place:
            self._warn(f"No place was found for it: {self._key('decide_place')} to choose words in the new text.")
            return
        self._decide(lambda mark: self._confirm(mark, place), "is where you said")

    def _confirm(self, mark: Unsettled, place: Sequence[Span]) -> None:
        self._last = place[0]
        stays = tuple(place) == mark.fragments
        updating.confirm(self.project, self.desk.document, mark.id, None if stays else place)

    def action_decide_other(self) -> None:
        """Another place where it may belong."""
        if self.deciding.mark is not None and not self.deciding.other_place():
            self._warn(f"No other place was found: {self._key('decide_place')} to choose words in the new text.")
            return
        self._done = ()
        self._show()

    def action_decide_orphan(self) -> None:
        """It has no place in this text."""
        document = self.desk.document
        self._decide(
            lambda mark: updating.make_orphan(self.project, document, mark.id), "has no place here, and is kept"
        )

    def action_decide_remove(self) -> None:
        """It is not wanted any more."""
        document = self.desk.document
        self._decide(lambda mark: updating.remove(self.project, document, mark.id), "is removed")

    def action_decide_later(self) -> None:
        """The next one; this one stays as it is."""
        last = self.deciding.at + 1 >= len(self.deciding.marks)
        self._go(0 if last else self.deciding.at + 1)

    def action_decide_step(self, marks: int) -> None:
        """The next mark of the list, or the one before."""
        self._go(self.deciding.at + marks)

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """The mark that was clicked."""
        self._go(event.index)

    def _go(self, index: int) -> None:
        self._done = ()
        self.set_focus(self.list)
        self.deciding.go(index)
        mark = self.deciding.mark
        if mark is not None and mark.known_version != self._version:
            self._look()
        self._show()

    def action_decide_undo(self) -> None:
        """Take the last decision back."""
        self._turn(history.undo)

    def action_decide_redo(self) -> None:
        """Bring back what undo took."""
        self._turn(history.redo)

    def _turn(self, turn: Callable[[Project, Document | None], history.Undone]) -> None:
        try:
            undone = turn(self.project, self.desk.document)
        except ReaderError as problem:
            self._warn(str(problem))
            return
        turned = "Undone" if undone.kind == "undo" else "Done again"
        if undone.text_changed:
            self.dismiss(Left(replaced=True, told=f"{turned}: {undone.label}"))
            return
        self._done = [(f"{turned}: {undone.label}.", "good")]
        concerned = next((each.id for each in (*undone.after, *undone.before)), "")
        self._renew(concerned)

    # Looking around

    def action_decide_change(self, direction: int) -> None:
        """The next place where the texts differ, or the one before."""
        if self.reader is None or self.past is None or not self._changes:
            self._warn("The texts do not differ in their words.")
            return
        starts, now = [there.start for _, there in self._changes], self.reader.view.cursor
        after = bisect_right(starts, now) if direction > 0 else bisect_left(starts, now) - 1
        index = max(0, min(after, len(self._changes) - 1))
        was, is_ = self._changes[index]
        self._steady = True
        self.reader.selected = Selected(cursor=is_.start)
        self.reader.bring(is_.start, middle=True)
        self.reader.show(self.reader.view._replace(cursor=is_.start, hard=None, hits=(), focus=-1))
        self.past.bring(was.start, middle=True)
        self._steady = False
        self.status.show([(f"Change {index + 1:,} of {len(self._changes):,}", "quiet")])

    def action_decide_page(self, direction: int) -> None:
        """A page on or back, in both texts."""
        if self.reader is not None and self.reader.rows:
            rows = max(1, self.reader.size.height - 2) * direction
            self.reader.scroll_to_place(self.reader.flow.step(self.reader.rows[0].place, rows))

    def action_decide_text(self) -> None:
        """The article is to get another text."""
        self.dismiss(Left(wants_text=True))

    def action_decide_help(self) -> None:
        """All keys, those of this screen first in view."""
        from reader.tui.screens.help import Help, help_lines

        lines = help_lines(READING, self.desk.codebook, self._keys)
        self.app.push_screen(Help(self.palette, lines, "the two texts", Group.CHANGED))

    def action_decide_leave(self) -> None:
        """To the text, where one was looking."""
        self.dismiss(Left(next(iter(self.deciding.place), self._last)))

    # Placing by hand

    def action_decide_place(self) -> None:
        """Choose the words in the new text."""
        if self.reader is None or self.deciding.mark is None:
            self._warn(NOTHING)
            return
        self._pieces, self._done = [], ()
        place = self.deciding.place
        self.set_focus(self.reader)
        if place:
            self.reader.select(chosen(self.reader.text, place[0]), middle=True)
        self.reader.show(self.reader.view._replace(focus=-1, hits=()))

    def action_place_piece(self) -> None:
        """Keep what is selected as a piece, and choose another."""
        span = self._by_hand()
        if self.reader is not None and span is not None:
            self._pieces = [*merged((*self._pieces, span))]
            self.reader.show(self.reader.view._replace(hits=tuple(self._pieces)))
            self._tell()

    def action_place_keep(self) -> None:
        """The mark belongs on these words."""
        span = self._by_hand()
        place = merged((*self._pieces, *([span] if span is not None else [])))
        if not place:
            self._warn("No words are selected: Shift+arrows select some, so does the mouse.")
            return
        self.set_focus(self.list)
        self._decide(lambda mark: self._confirm(mark, place), f"is on {counted(self.desk.text, place)} now")

    def action_place_leave(self) -> None:
        """Back to what was found."""
        self.set_focus(self.list)
        self._pieces = []
        self._show()
