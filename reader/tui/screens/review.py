"""Reviewing: one key decides, and on to the next difference."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType

from reader import viewstate
from reader.annotations.codebook import Tag
from reader.documents.span import Span, merged
from reader.errors import Refused
from reader.review.choices import UNDECIDED, Choice, turned_round
from reader.review.queue import Item, State
from reader.tui.commands import Mode
from reader.tui.keys import bound_keys, mode_bindings, tag_bindings
from reader.tui.screens.review_base import said
from reader.tui.screens.review_going import ReviewGoing
from reader.tui.widgets.reader import Reader
from reader.work import history, reviewing

MOST_ABOUT = 60
"""Code points of the words that a comment is about, over it."""


class ReviewScreen(ReviewGoing):
    """← A, → B, and the rest; Esc leaves. Everything is saved as it is decided."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *mode_bindings(Mode.REASONING),
        *mode_bindings(Mode.REVIEWING),
        *tag_bindings(),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key belongs to a mode."""
        if action.startswith("reason_"):
            return self.mode is Mode.REASONING
        if action.startswith("review_") or action == "tag":
            return self.mode is Mode.REVIEWING
        return True

    # Deciding

    @said
    def action_review_take(self, choice: str) -> None:
        """One of the choices that need nothing more."""
        self._decide(Choice(choice))

    @said
    def action_tag(self, key: str) -> None:
        """As this tag."""
        tag = next((tag for tag in self.article.codebook.active if tag.key == key), None)
        if tag is None and key.isdecimal() and int(key) <= len(self.article.codebook.active):
            tag = self.article.codebook.active[int(key) - 1]
        if tag is None:
            raise Refused(f"No tag has the key {key}: {self.key('help')} shows all keys.")
        self._decide(Choice.TAG, tag)

    def action_review_tag_by_name(self) -> None:
        """As a tag from the list."""
        from reader.tui.screens.picker import tag_picker

        if self.queue.item is not None:
            self.app.push_screen(tag_picker(self.palette, "Decide for the tag …", self.article.codebook), self._tagged)

    @said
    def _tagged(self, tag_id: str | None) -> None:
        if tag_id is not None:
            self._decide(Choice.TAG, self.article.codebook.by_id(tag_id))

    def _item(self) -> Item:
        if self.queue.item is None:
            raise Refused("There is no difference in view.")
        return self.queue.item

    def _refuse(self, command: str) -> None:
        problem = self.why_not(command)
        if problem:
            raise Refused(problem)

    def _decide(self, choice: Choice, tag: Tag | None = None, fragments: Sequence[Span] = ()) -> None:
        """On disk when it is called saved; then the next one that is open."""
        item = self._item()
        self._refuse({Choice.SHARED: "shared", Choice.TAG: "tag"}.get(choice, choice.value))
        meant = turned_round(choice) if self.swapped else choice
        reviewing.decide(
            self.project, self.review, self.article, [item], meant, tag=tag, fragments=fragments, turned=self.swapped
        )
        self._renew([item])
        alike = self.queue.count_alike()
        self.last, self._last_tag, self._last_key = meant, tag, item.difference.key
        says = self._saved(item, choice, tag)
        if choice in UNDECIDED or choice is Choice.EDGES:
            self.last = None
        elif alike:
            word = "1 alike is" if alike == 1 else f"{alike} alike are"
            says += f" {word} still open: {self.key('alike')} decides the same."
        self._on(says, item)

    def _on(self, says: str, decided: Item) -> None:
        item = self.queue.item
        # Where only open ones are shown, the next one may have come into this one's place.
        waits = item is not None and item.is_open and item.difference.key != decided.difference.key
        found = waits or self.queue.next_open()
        self.show_item()
        if not found and not self.queue.left:
            says += f" All is decided here. {self.key('next')}: the next article."
        elif not found:
            says += f" {self.queue.left} are left; {self.key('filter')} shows them."
        self.say(says, "good")

    def _saved(self, item: Item, choice: Choice, tag: Tag | None) -> str:
        if self.blind or self.names.feedback:
            names = {Choice.A: "A’s", Choice.B: "B’s"}
            if self.names.feedback:
                names = {Choice.A: "rejected", Choice.B: "accepted", Choice.NEITHER: "rejected"}
            if choice in names:
                return f"Saved: {names[choice]}."
        meant = turned_round(choice) if self.swapped else choice
        return f"Saved: {reviewing.said_of(self.article, item, meant, tag)}."

    _last_tag: Tag | None = None
    _last_key = ""

    @said
    def action_review_alike(self) -> None:
        """The last decision for all that are like the one that it was about."""
        if self.last is None:
            raise Refused("Decide first: this repeats the decision for all that are alike.")
        here = self.queue.at
        if not self.queue.go_to(self._last_key):
            raise Refused("What was decided last is not in view: show all differences first.")
        items = self.queue.alike()
        if not items:
            self.queue.go(here)
            raise Refused("Nothing that is open is like the one that was decided last.")
        name = reviewing.said_of(self.article, items[0], self.last, self._last_tag)
        reviewing.decide(
            self.project, self.review, self.article, items, self.last, tag=self._last_tag,
            turned=self.swapped, label=f"{name} ({len(items)} alike)",
        )  # fmt: skip
        self._renew(items)
        self._on(f"Saved: the same for {len(items)} alike. {self.key('undo')} takes all back.", items[-1])

    @said
    def action_review_again(self) -> None:
        """Open again what was decided, or agreed."""
        item = self._item()
        self._refuse("again")
        if item.state is State.NEW:
            raise Refused("This one waits for a decision already.")
        reviewing.decide(self.project, self.review, self.article, [item], Choice.OPEN)
        self._renew([item])
        self.show_item()
        self.say("Taken up again: it waits for a decision.", "good")

    def _renew(self, items: Sequence[Item]) -> None:
        """What a decision changed, as it stands in the database."""
        key = self.queue.item.difference.key if self.queue.item is not None else ""
        if len(self.article.sides) <= 2:
            self._replace(reviewing.renewed(self.project, self.review, self.article, items))
        else:
            self.refill(key)

    def _replace(self, items: Mapping[str, Item]) -> None:
        """These are others now; all else is as it was."""
        self.queue.replace(items)
        self.renew_open(items)

    # Edges by hand

    @said
    def action_review_edges(self) -> None:
        """Move the edges of the piece that differs."""
        item = self._item()
        self._refuse("edges")
        difference = self.shown(item).difference
        base = (difference.a or difference.b)[0]
        other = difference.b[0] if difference.a and difference.b else base
        piece = next((span for span in base.fragments if span not in other.fragments), base.fragments[0])
        self._pieces = tuple(span for span in base.fragments if span != piece)
        self.set_focus(self.text)
        self.text.adjust(piece)
        self.tell()
        self.say("Where are its edges? The arrows move one, Tab is for the other, Enter keeps.", "accent")

    _pieces: tuple[Span, ...] = ()

    @said
    def on_reader_edges_moved(self, event: Reader.EdgesMoved) -> None:
        """These are its edges."""
        self.set_focus(self.aside)
        self.text.show(self.text.view._replace(hard=None, soft=None))
        self._decide(Choice.EDGES, fragments=merged((*self._pieces, event.after)))

    def tell(self) -> None:
        """Header and footer; where edges were left as they were, the list has the keys again."""
        if self.text.has_focus and self.text.mode is not Mode.ADJUSTING:
            self.set_focus(self.aside)
            self.text.show(self.text.view._replace(hard=None, soft=None))
        super().tell()

    # Why

    @said
    def action_review_reason(self) -> None:
        """Ask for the reason."""
        self._item()
        self._refuse("reason")
        self.reasoning = True
        self.tell()
        self.say("Why do they differ?" if not self.names.feedback else "Why?", "accent")

    @said
    def action_reason_give(self, number: int) -> None:
        """One of the reasons, or none."""
        item = self._item()
        self.reasoning = False
        reason = reviewing.REASONS[number - 1] if number else ""
        reviewing.give_reason(self.project, self.review, self.article, item, reason)
        self._renew([item])
        self.show_item()
        self.say(f"Saved: {reason}." if reason else "Saved: no reason.", "good")

    def action_reason_comment(self) -> None:
        """A comment instead."""
        self.action_reason_cancel()
        self.action_review_comment()

    def action_reason_cancel(self) -> None:
        """No reason is asked for any more."""
        self.reasoning = False
        self.tell()
        self.say("")

    @said
    def action_review_comment(self) -> None:
        """Write a comment, or an answer."""
        from reader.tui.screens.note import write_note

        item = self._item()
        decision = item.decision
        if not self.mine and decision is None:
            raise Refused("Nothing was decided here yet, so there is nothing to answer.")
        written = decision.comment if decision is not None and self.mine else ""
        about = " ".join(item.difference.marks[0].text.split())[:MOST_ABOUT]
        write_note(
            self, self.palette, self._draft(item), about, written, self.key("comment"), self.say,
            lambda text: self._commented(item, text),
        )  # fmt: skip

    def _draft(self, item: Item) -> str:
        """What a comment that is being written is kept under."""
        return str(uuid.uuid5(uuid.UUID(self.review.id), item.difference.key))

    @said
    def _commented(self, item: Item, text: str) -> None:
        reviewing.comment(self.project, self.review, self.article, item, text)
        viewstate.drop_draft(self._draft(item))
        self._renew([item])
        self.show_item()
        self.say("Saved: the answer." if not self.mine else "Saved: the comment.", "good")

    # Undo

    @said
    def action_review_undo(self) -> None:
        """Take the last step back."""
        self._turn(history.undo)

    @said
    def action_review_redo(self) -> None:
        """Bring it back."""
        self._turn(history.redo)

    def _turn(self, turn: Callable[..., history.Undone]) -> None:
        undone = turn(reviewing.history_of(self.project, self.review), self.article.document)
        keys = reviewing.turned(self.project, undone)
        here = [self.queue.items[number] for key in keys if (number := self.queue.find(key)) is not None]
        if len(self.article.sides) <= 2 and len(here) == len(keys):
            self._replace(reviewing.renewed(self.project, self.review, self.article, here))
        else:
            self.refill(self.queue.item.difference.key if self.queue.item is not None else "")
        for key in keys:
            if self.queue.go_to(key):
                break
        self.show_item()
        # What was decided may be called by somebody's name.
        what = "what was done last" if self.blind else undone.label
        self.say(f"{'Undone' if undone.kind == 'undo' else 'Done again'}: {what}.", "good")

    def on_key(self, event: events.Key) -> None:
        """A key that nothing takes: say so."""
        if event.is_printable and event.key not in bound_keys(self.mode, self.keymap):
            self.say(f"That does nothing here. {self.key('help')} shows all keys.", "warning")
