"""On the reading screen: an article that has changed, and the text that it has now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.tui import going
from reader.tui.screens.page import said
from reader.tui.screens.reading_find import FindActions
from reader.work import library

if TYPE_CHECKING:
    from reader.documents.load import Source
    from reader.storage.moving import Update
    from reader.tui.screens.update_base import Left


class UpdateActions(FindActions):
    """What is in doubt is decided on a screen of its own, over this one."""

    def _settle(self) -> None:
        super()._settle()
        # What has just been done to it is said already.
        if self.settled and self._message is None:
            self._tell_unsure()

    @said
    def _tell_unsure(self) -> None:
        """What a changed text has left in doubt is said where the article is opened."""
        from reader.work import updating

        unsure, _ = updating.counts(self.project, self.desk.document)
        if unsure:
            marks = "1 mark is" if unsure == 1 else f"{unsure:,} marks are"
            self.say(f"The article has changed, and {marks} unsure since: {self.key('unsure')} shows them.", "warning")

    @said
    def action_unsure(self) -> None:
        """What changed in the article, and the marks that are in doubt since."""
        from reader.tui.screens.update import UpdateScreen
        from reader.tui.screens.update_base import has_changed

        present = library.by_id(self.project, self.desk.document.id)
        if present.version != self.desk.document.version:
            # Somebody has given it another text while this one was on the screen.
            page = going.to_article(self.app, present, anew=True)
            if isinstance(page, UpdateActions):
                page.call_after_refresh(page.action_unsure)
            return
        if not has_changed(self.project, self.desk.document):
            self._ask_for_text()
            return
        screen = UpdateScreen(self.project, self.desk.document, self.palette, self.keys, self.reader.measure)
        self.app.push_screen(screen, self._decided)

    def _ask_for_text(self) -> None:
        """Ask for the text that the article has now."""
        from reader.tui.screens.newtext import NewText

        self.app.push_screen(NewText(self.palette, self.desk.document.title), self._text_given)

    @said
    def _text_given(self, source: Source | None) -> None:
        from reader.work import updating

        if source is None:
            return
        document = self.desk.document
        done = updating.update(self.project, document, source)
        if not done.is_new:
            self.say("That is the text that the article has already: nothing was changed.")
            return
        page = going.to_article(self.app, library.by_id(self.project, document.id), anew=True)
        page.call_after_refresh(page.say, *self._updated(done))

    def _updated(self, done: Update) -> tuple[str, str]:
        """What became of the marks, and in which colour it is said."""
        marks = done.sure + done.unsure + done.orphans
        moved = f"{done.sure:,} of {marks:,} {'mark' if marks == 1 else 'marks'} moved" if marks else "no marks"
        doubtful = done.unsure + done.orphans
        asks = f"; {self.key('unsure')} shows the other{'s' if doubtful > 1 else ''}" if doubtful else ""
        sentence = f"Saved: text {done.number}, {moved}{asks}. {self.key('undo')} takes it back."
        return sentence, "warning" if doubtful else "good"

    @said
    def _decided(self, left: Left | None) -> None:
        """Back from there: marks may stand elsewhere now, or in another text."""
        if left is None or left.replaced:
            document = library.by_id(self.project, self.desk.document.id)
            going.to_article(self.app, document, left.told if left is not None else "", anew=True)
            return
        if left.wants_text:
            self._ask_for_text()
            return
        self.renew_marks()
        self.go(left.span)
        self._message = None
        self.show_words()
        self._tell_unsure()
