"""What the mark keys do on the reading screen: tag, retag, note, edges, pieces, undo."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

from reader import viewstate
from reader.annotations.annotation import Annotation
from reader.annotations.codebook import Tag
from reader.documents.span import Span, merged
from reader.documents.unit import Unit
from reader.errors import Refused
from reader.tui import going
from reader.tui.commands import Mode
from reader.tui.reading.describe import counted, key_of
from reader.tui.reading.selected import Selected, dropped
from reader.tui.screens.page import said
from reader.tui.screens.reading_base import ReadingBase
from reader.tui.widgets.marklist import MarkList
from reader.tui.widgets.reader import Reader
from reader.work import history, library, tagging
from reader.work.choosing import resolve


class MarkActions(ReadingBase):
    """Each action is one step in the database, then one repaint of the rows concerned."""

    @said
    def action_tag(self, key: str) -> None:
        """Tag what is selected with the tag that this key means."""
        tag = self.desk.codebook.by_key(key)
        if tag is None:
            if key == "q":
                raise Refused(f"q gives no tag in this codebook; quit is {self.key('quit')}.")
            known = ", ".join(
                f"{key_of(self.desk.codebook, each)} {each.name}" for each in self.desk.codebook.active[:6]
            )
            raise Refused(f"{key} gives no tag. These do: {known}; {self.key('tag_by_name')} lists all.")
        self.give(tag)

    def give(self, tag: Tag) -> None:
        """Tag what is selected, or retag the mark if that is being asked."""
        if self.retagging:
            self._retag(tag)
            return
        try:
            span = resolve(self.desk.segments, self.reader.selected.choice(), tag.unit)
        except Refused as problem:
            hint = f" Quit is {self.key('quit')}." if tag.key == "q" else ""
            raise Refused(f"{problem}{hint}") from None
        annotation = tagging.mark(self.project, self.desk.document, [span], tag)
        self.reader.selected = Selected(cursor=self.reader.selected.cursor, soft=self.reader.selected.soft)
        if self.tour and self.tour[0][0] == tag.name:
            del self.tour[0]
        self._made(annotation, "Saved", before=[])

    def _made(self, annotation: Annotation, done: str, before: list[Annotation]) -> None:
        with self.at_once():
            self.replaced(before, [annotation])
            cursor = self.reader.selected.cursor
            if not any(span.start <= cursor < span.end for span in annotation.fragments):
                self.reader.selected = Selected(cursor=annotation.start)
            self.reader.select(Selected(cursor=self.reader.selected.cursor, soft=self.reader.selected.soft))
            self.focus_mark(annotation.pk, annotation.start)
            self.say(f"{done}: {self._called(annotation)}", "good")

    def _called(self, annotation: Annotation) -> str:
        tag = self.desk.codebook.by_id(annotation.tag)
        pieces = len(annotation.fragments)
        more = f" in {pieces} pieces" if pieces > 1 else ""
        return f"{tag.name}, {counted(self.desk.text, annotation.fragments)}{more}"

    def _mark(self, command: str) -> Annotation:
        """The mark that is meant; Refused where there is none."""
        reason = self.why_not(command)
        mark = self.meant
        annotation = None if mark is None else self.annotation(mark)
        if annotation is None:
            raise Refused(reason or self.no_mark_here)
        return annotation

    # Going to marks

    @said
    def action_mark_step(self, direction: int) -> None:
        """To the next or the previous mark in the text."""
        reason = self.why_not("next_mark")
        if reason:
            raise Refused(reason)
        position, cursor = self._in_list()
        starts = self.marks.marks_start
        if position is not None:
            target = position + direction
        elif direction > 0:
            target = self._first_from(cursor)
        else:
            target = self._first_from(cursor) - 1
        if not 0 <= target < len(starts):
            raise Refused("That was the last mark." if direction > 0 else "That was the first mark.")
        self.go_to(target)

    def _first_from(self, offset: int) -> int:
        return bisect_left(self.marks.marks_start, offset)

    def go_to(self, position: int) -> None:
        """To the mark at a position in text order."""
        start, mark = self.marks.marks_start[position], self.marks.marks[position]
        with self.at_once():
            self.reader.select(dropped(Selected(cursor=start)))
            self.focus_mark(mark, start)
            self.show_words()

    @said
    def action_other_mark(self) -> None:
        """The next mark under the cursor, the shortest first."""
        found = list(dict.fromkeys(piece.mark for piece in self.here))
        if not found:
            raise Refused(f"There is no mark under the cursor: {self.key('next_mark')} goes to the next one.")
        focus = self.reader.view.focus
        mark = found[(found.index(focus) + 1) % len(found)] if focus in found else found[0]
        annotation = self.annotation(mark)
        if annotation is not None:
            self.focus_mark(mark, annotation.start)
            self.say(f"{found.index(mark) + 1} of {len(found)} here: {self._called(annotation)}")

    def on_mark_list_chosen(self, event: MarkList.Chosen) -> None:
        """A mark was clicked in the list."""
        self.go_to(event.position)

    def clicked(self, offset: int, times: int, extend: bool) -> None:
        """A click puts the cursor there and focuses a mark; two select the word, three the sentence."""
        reader = self.reader
        if times == 1:
            with self.at_once():
                reader.focus_mark(-1)
                reader.click(offset, extend=extend)
                piece = next(iter(self.marks.at(offset)), None)
                if piece is not None and not extend:
                    spans = self.marks.pieces.get(piece.mark)
                    self.focus_mark(piece.mark, spans[0].start if spans else piece.start)
                    self.show_words()
            return
        unit = {2: Unit.WORD, 3: Unit.SENTENCE}.get(times, Unit.PARAGRAPH)
        span = self.desk.segments.at(unit, offset)
        if span is not None:
            reader.focus_mark(-1)
            reader.select(Selected(cursor=span.start, hard=span))

    # Changing marks

    @said
    def action_retag(self) -> None:
        """The next tag key changes the mark's tag."""
        annotation = self._mark("retag")
        self.retagging = True
        self._message = None
        self.focus_mark(annotation.pk, annotation.start)
        self.show_words()

    def action_retag_cancel(self) -> None:
        """Leave the tag as it was."""
        self.retagging = False
        self._message = None
        self.show_words()

    def _retag(self, tag: Tag) -> None:
        self.retagging = False
        before = self._mark("retag")
        after = tagging.retag(self.project, before.id, tag)
        self.replaced([before], [after])
        self.focus_mark(after.pk, after.start)
        self.say(f"Saved: now {self._called(after)}", "good")

    @said
    def action_remove(self) -> None:
        """Remove the mark."""
        annotation = tagging.remove(self.project, self._mark("remove").id)
        self.replaced([annotation], [])
        self.show_list()
        self.say(f"Removed: {self._called(annotation)}. {self.key('undo')} brings it back.", "good")

    @said
    def action_note(self) -> None:
        """Write a note on the mark."""
        mark = self._mark("note")
        self.write_note(mark.id, self._called(mark), mark.note, "note", lambda note: self._save_note(mark, note))

    def write_note(self, identity: str, about: str, note: str, command: str, save: Callable[[str], object]) -> None:
        """Let a note be written on what has this id, by this command: its draft is kept until it is saved."""
        from reader.tui.screens.note import write_note

        write_note(self, self.palette, identity, about, note, self.key(command), self.say, save)

    @said
    def _save_note(self, before: Annotation, note: str) -> None:
        after = tagging.set_note(self.project, before.id, note)
        viewstate.drop_draft(before.id)
        self.replaced([before], [after])
        self.focus_mark(after.pk, after.start)
        self.say("Saved: the note." if note else "The note is taken away.", "good")

    @said
    def action_join(self) -> None:
        """Join the selection or the next quotation as a piece; on a further piece, take it away."""
        before = self._mark("join")
        cursor, hard = self.reader.selected.cursor, self.reader.selected.hard
        on = next((span for span in before.fragments[1:] if span.contains(cursor)), None)
        if hard is None and on is not None:
            after = tagging.take_piece(self.project, before.id, on, self.desk.document)
            if after is not None:
                self._made(after, "Saved, without that piece", [before])
            return
        span = hard or self._next_quotation(before)
        after = tagging.join(self.project, before.id, span, self.desk.document)
        if before.fragments[0].contains(cursor):
            # What was moved to stays selected, so that the next Tab goes on and not to the same again.
            self.reader.selected = Selected(cursor=cursor, soft=self.reader.selected.soft)
        else:
            self.reader.selected = Selected(cursor=before.start)
        self._made(after, "Saved", [before])

    def _next_quotation(self, annotation: Annotation) -> Span:
        paragraphs = self.desk.paragraphs
        last = annotation.fragments[-1]
        found = self.desk.segments.next(Unit.QUOTATION, last.end - 1)
        if found is None or paragraphs.at(found.start) != paragraphs.at(last.start):
            key = self.key("join")
            raise Refused(f"No further quotation in this paragraph: select the words to join, then {key}.")
        return found

    # Edges

    @said
    def action_edges(self) -> None:
        """Move the edges of the mark, or of what is selected."""
        selected = self.reader.selected
        if selected.hard is not None:
            self.reader.focus_mark(-1)
            self.reader.adjust(selected.hard)
            return
        if self.meant is None and selected.soft is not None:
            self.reader.adjust(selected.soft)
            return
        annotation = self._mark("edges")
        self.focus_mark(annotation.pk, annotation.start)
        cursor = selected.cursor
        piece = next((span for span in annotation.fragments if span.contains(cursor)), annotation.fragments[0])
        self.reader.adjust(piece)

    @said
    def on_reader_edges_moved(self, event: Reader.EdgesMoved) -> None:
        """Keep the edges: of the mark, or as a selection that is not tagged yet."""
        mark = self.reader.view.focus
        before = self.annotation(mark) if mark >= 0 else None
        if before is None:
            self.reader.select(Selected(cursor=event.after.start, hard=event.after))
            return
        if event.before == event.after:
            return
        pieces = merged([*(span for span in before.fragments if span != event.before), event.after])
        after = tagging.move_edges(self.project, before.id, pieces, self.desk.document)
        self.reader.selected = Selected(cursor=event.after.start)
        self._made(after, "Saved", [before])

    # Undo

    @said
    def action_undo(self) -> None:
        """Take the last step back."""
        self._turned(history.undo(self.project, self.desk.document))

    @said
    def action_redo(self) -> None:
        """Bring back what undo took."""
        self._turned(history.redo(self.project, self.desk.document))

    def _turned(self, undone: history.Undone) -> None:
        told = f"{'Undone' if undone.kind == 'undo' else 'Done again'}: {undone.label}"
        if undone.text_changed:
            going.to_article(self.app, library.by_id(self.project, self.desk.document.id), told, anew=True)
            return
        with self.at_once():
            if not self.renew_codebook():
                if undone.are_all:
                    self.replaced(undone.before, undone.after)
                else:
                    self.renew_marks()
            there = next(iter(undone.after or undone.before), None)
            if there is not None:
                self.reader.select(Selected(cursor=there.start))
            if undone.after:
                self.focus_mark(undone.after[0].pk, undone.after[0].start)
            self.say(told, "good")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys of the mark side rest while edges are being moved, letters lie over the words or a tag is asked for."""
        if action == "retag_cancel":
            return self.retagging
        if self.retagging and action in _MARK_ACTIONS:
            return action in ("tag", "tag_by_name")
        return self.reader.mode is Mode.READING or action not in _MARK_ACTIONS


_MARK_ACTIONS = frozenset((
    "tag", "tag_by_name", "mark_step", "other_mark", "retag", "remove", "note", "join", "edges", "undo", "redo", "find",
    "hit", "copy", "export", "status", "articles", "drop", "search", "occurrences",
))  # fmt: skip
