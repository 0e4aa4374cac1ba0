"""What the reading screen says beyond the marks: which mark belongs to which, and a note on the article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader import viewstate
from reader.errors import ReaderError, Refused
from reader.tui.commands import COMMANDS, Mode
from reader.tui.reading.describe import quoted
from reader.tui.reading.selected import Selected, dropped
from reader.tui.screens.page import said
from reader.tui.screens.reading_marks import MarkActions
from reader.tui.widgets.marklist import MarkList
from reader.tui.widgets.reader import Reader

if TYPE_CHECKING:
    from reader.annotations.annotation import Annotation
    from reader.work import history

_GOING = Reader.OWN | {
    "mark_step", "other_mark", "linked", "find", "hit", "peek", "side", "measure", "spacing", "light", "theme", "help",
    "quit",
}  # fmt: skip
"""What the keys still do while the other mark is looked for: going there, and how it all looks."""
_LINKING = frozenset(each.action.partition("(")[0] for each in COMMANDS if each.mode is Mode.LINKING)
_RESTING = frozenset(each.action.partition("(")[0] for each in COMMANDS if each.mode is Mode.READING) - _GOING | {"tag"}
_OWN = frozenset(("link", "linked", "article_note"))

_QUESTIONS = {
    "speaker": "Who says this {}? Go to the mark on the name",
    "evidence": "What does this {} rest on? Go to that mark",
    "other": "What does this {} belong to? Go to that mark",
}


class LinkActions(MarkActions):
    """One mark is asked for after the other; in between, all keys that go somewhere go on doing so."""

    linking: Annotation | None = None
    """The mark whose other end is being looked for."""

    _note = ""
    _round: tuple[int, int] = (-1, 0)
    """The mark whose links are gone through, and which of them was the last."""

    # Links

    @property
    def mode(self) -> Mode:
        """What the keys belong to now."""
        asked = self.linking is not None and self.reader.mode is Mode.READING
        return Mode.LINKING if asked else super().mode

    @property
    def _far_end(self) -> int | None:
        """The mark that the one in hand would be linked with: the focused one, else the shortest at the cursor."""
        if self.linking is None:
            return None
        focus = self.reader.view.focus
        if focus not in (-1, self.linking.pk):
            return focus
        return next((piece.mark for piece in self.here if piece.mark != self.linking.pk), None)

    @said
    def action_link(self) -> None:
        """Take the mark in hand; the next one belongs to it."""
        self.linking = self._mark("link")
        self._message = None
        self.glimpse.display = False
        self.focus_mark(self.linking.pk, self.linking.start)
        self.show_words()

    def action_link_cancel(self) -> None:
        """Link nothing."""
        self.linking = None
        self._message = None
        self.show_words()

    @said
    def action_link_end(self, bond: str = "") -> None:
        """Link the mark in hand with this one: as it is proposed, or as is said."""
        from reader.annotations.relation import Bond, proposed
        from reader.work import relating

        source, target = self._both()
        meant = Bond(bond) if bond else proposed(self.desk.codebook.by_id(source.tag))
        relating.relate(self.project, source.id, target.id, meant)
        self._back_at(source)
        other = quoted(target.text)
        self.say(f"Saved: linked to {other}" if meant is Bond.OTHER else f"Saved: {other} is its {meant}", "good")

    @said
    def action_unlink(self) -> None:
        """Take the link between both away."""
        from reader.work import relating

        source, target = self._both()
        relating.unrelate(self.project, source.id, target.id)
        self._back_at(source)
        self.say(f"The link with {quoted(target.text)} is taken away. {self.key('undo')} brings it back.", "good")

    def _both(self) -> tuple[Annotation, Annotation]:
        source, far = self.linking, self._far_end
        target = None if far is None else self.annotation(far)
        if source is None or target is None:
            raise Refused(self.why_not("link_end") or "That mark is not there any more.")
        return source, target

    def _back_at(self, source: Annotation) -> None:
        self.linking = None
        self.replaced([source], [source])
        self.reader.select(dropped(Selected(cursor=source.start)))
        self.focus_mark(source.pk, source.start)

    @said
    def action_linked(self) -> None:
        """To the mark at the other end of a link; again: of the next one, and at last back."""
        from reader.work import relating

        here = self._mark("linked")
        origin, last = self._round
        found = relating.of(self.project, origin) if origin >= 0 else ()
        if last < len(found) and found[last].other.pk == here.pk:
            last += 1
        else:
            origin, last, found = here.pk, 0, relating.of(self.project, here.pk)
        if not found:
            raise Refused(f"This mark is linked with none: {self.key('link')} begins a link.")
        self._round = (origin, last) if last < len(found) else (-1, 0)
        if last == len(found):
            self._go_to_mark(origin)
            return
        link, first = found[last], self.annotation(origin) or here
        self._go_to_mark(link.other.pk)
        more = f" · {last + 1} of {len(found)}: {self.key('linked')} goes on" if len(found) > 1 else ""
        self.say(f"{quoted(first.text)} {link.role} this mark{more}")

    def on_mark_list_linked(self, event: MarkList.Linked) -> None:
        """The other end of a link was clicked in the list."""
        self._go_to_mark(event.mark)

    def _go_to_mark(self, mark: int) -> None:
        annotation = self.annotation(mark)
        position = None if annotation is None else self.marks.position(mark, annotation.start)
        if position is not None:
            self.reader.remember_place()
            self.go_to(position)

    def _status(self) -> list[tuple[str, str]]:
        if self.mode is not Mode.LINKING or self.linking is None or self._message is not None:
            return super()._status()
        from reader.annotations.relation import Bond, proposed

        tag = self.desk.codebook.by_id(self.linking.tag)
        bond, key = proposed(tag), self.key("link_end")
        far = self._far_end
        target = None if far is None else self.annotation(far)
        if target is None:
            question = _QUESTIONS[bond].format(tag.name)
            return [(f"{question}; {key} links both.", "accent")]
        role = "" if bond is Bond.OTHER else f" as its {bond}"
        return [(f"{key} links the {tag.name} with {quoted(target.text)}{role}", "accent")]

    def why_not(self, command: str) -> str | None:
        """Why a command can't work now."""
        if command in ("link_end", "link_speaker", "link_evidence", "link_other", "unlink") and self._far_end is None:
            return f"Go to the other mark first: {self.key('next_mark')} goes to the next one."
        reason = super().why_not(command)
        if command == "note" and reason:
            return f"{reason} {self.key('article_note')} writes a note on the article."
        return reason

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While the other mark is looked for, keys that change anything rest."""
        if action in _LINKING:
            return self.mode is Mode.LINKING
        if self.linking is not None and action in _RESTING:
            return False
        if action in _OWN and self.mode not in (Mode.READING, Mode.LINKING):
            return False
        return super().check_action(action, parameters)

    # The article's note

    @said
    def action_article_note(self) -> None:
        """Write a note on the article as a whole."""
        from reader.work import noting

        document = self.desk.document
        note = noting.article_note(self.project, document)
        self.write_note(document.id, f"the article: {document.title}", note, "article_note", self._save_article_note)

    def show_note(self) -> None:
        """The same, for somebody who found the note by its words."""
        self.action_article_note()

    @said
    def _save_article_note(self, note: str) -> None:
        from reader.work import noting

        self._note = noting.set_article_note(self.project, self.desk.document, note)
        viewstate.drop_draft(self.desk.document.id)
        self.peek()
        self.say("Saved: the note on the article." if note else "The note on the article is taken away.", "good")

    def _settle(self) -> None:
        super()._settle()
        self._look_for_note()

    def _turned(self, undone: history.Undone) -> None:
        if undone.articles:
            self._look_for_note()
        super()._turned(undone)

    def _look_for_note(self) -> None:
        from reader.work import noting

        try:
            self._note = noting.article_note(self.project, self.desk.document)
        except ReaderError:
            return
        self._show_header()

    def _before_name(self) -> Sequence[tuple[str, str]]:
        return [("✎ · ", "quiet")] if self._note else ()
