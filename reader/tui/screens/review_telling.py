"""What a review says of itself: how far it is, what its keys do now, and why one can't."""

from __future__ import annotations

from reader.review.choices import Choice
from reader.review.queue import State
from reader.tui.commands import IN_FOOTER, Command, Mode, by_id, shown_keys
from reader.tui.layout.cells import width_of
from reader.tui.screens.review_base import ReviewBase
from reader.work import reviewing
from reader.work.review_results import Score

MOST_TAG_KEYS = 16
"""Cells that the tags' keys may take in the footer."""


class ReviewTelling(ReviewBase):
    """Header and footer, in the words of each kind of review."""

    def why_not(self, command: str) -> str:
        """Why a command can't be done now, as a sentence; empty where it can."""
        item = self.queue.item
        name = command.removeprefix("review_")
        if name in _NEED_ITEM and item is None:
            return "There is no difference in view."
        if name in (*_DECIDE, "text") and not self.mine:
            return f"{self.review.reviewer.name} has decided here: {self.key('comment')} answers."
        if item is not None and item.gone and name in _DECIDE - {"neither", "reason"}:
            return f"These marks are not there any more: {self.key('neither')} takes out what came of them."
        choice = _CHOICES.get(name)
        if item is not None and choice is not None and not self.names.feedback:
            return reviewing.why_not(item.difference, choice)
        if choice in (Choice.BOTH, Choice.UNION, Choice.SHARED):
            return "There is nobody to compare with here."
        if name == "alike" and (self.last is None or not self.queue.count_alike()):
            return "Nothing that is open is like this one." if self.last else "Decide first: this repeats the decision."
        return ""

    def label(self, command: Command) -> str:
        """What a key does, in the words of this review."""
        names = self.names
        if command.id == "review_a":
            return "reject" if names.feedback else names.a
        if command.id == "review_b":
            return "accept" if names.feedback else names.b
        if command.id == "review_neither" and names.feedback:
            return "reject"
        if command.id == "review_comment" and not self.mine:
            return "answer"
        return command.label

    def tell(self) -> None:
        """Header and footer."""
        queue, names = self.queue, self.names
        differences = len(queue.items) - queue.counts[State.AGREED]
        what = "difference" if differences == 1 else "differences"
        done = differences - queue.left
        counts = f"{differences} {what} · {done} decided · {queue.counts[State.AGREED]} agreed"
        if names.feedback:
            some = "mark" if len(queue.items) == 1 else "marks"
            counts = f"{names.b}’s {len(queue.items)} {some} · {len(queue.items) - queue.left} seen"
        if self.review.kind == reviewing.KEY and not names.blind:
            counts = f"{scored(self.score)} · {queue.left} open"
        who: list[tuple[str, str]] = []
        if not names.feedback and not names.blind:
            who = [("A ", "accent"), (f"{names.a}   ", "text"), ("B ", "accent"), (names.b, "text")]
            if len(self.article.sides) > 2:
                who = [(", ".join(side.annotator for side in self.article.sides), "text")]
        filtered = f" · {queue.filter.name} only" if queue.filter.name != "differences" else ""
        title = "Feedback" if names.feedback else "Review"
        if not self.mine:
            title += f" by {self.review.reviewer.name}"
        self.header.show(
            [(f"{title} · ", "quiet"), (self.article.document.title, "bold"), (filtered, "warning")],
            [*who, (f"   {counts}", "quiet")],
        )
        commands = [
            each
            for each in IN_FOOTER
            if each.mode is self.mode and not (self.mode is Mode.REVIEWING and self.why_not(each.id))
        ]
        tags = " ".join(tag.key for tag in self.article.codebook.active if tag.key)
        named = [(each, shown_keys(each, self.keymap)[0], self.label(each)) for each in commands]
        at = next((at for at, (each, _, _) in enumerate(named) if each.id == "review_neither"), None)
        if at is not None:
            by_name = by_id("review_tag")
            few = 0 < len(tags) < MOST_TAG_KEYS
            key, label = (tags, "that tag") if few else (shown_keys(by_name, self.keymap)[0], by_name.label)
            named.insert(at + 1, (by_name, key, label))
        # The key that shows all others is always there.
        room = self.size.width - 2 - sum(_cells(*words) for each, *words in named if each.id == "review_help")
        kept: list[tuple[Command, str, str]] = []
        for each, key, label in named:
            if each.id != "review_help":
                room -= _cells(key, label)
            if room >= 0 or each.id == "review_help":
                kept.append((each, key, label))
        self._footer = [each for each, _, _ in kept]
        self.footer.show([word for _, key, label in kept for word in ((key, "key"), (f" {label}  ", "quiet"))])


def _cells(key: str, label: str) -> int:
    return width_of(key) + width_of(label) + 3


def scored(score: Score) -> str:
    """How one's marks stand against the answer key: `7 of 10 right · 2 missed · 1 too many · F1 .70`."""
    total = score.right + score.missed + score.otherwise
    parts = [f"{score.right} of {total} right", f"{score.missed} missed", f"{score.extra} too many"]
    parts += [f"{score.otherwise} otherwise"] if score.otherwise else []
    return " · ".join([*parts, f"F1 {score.f1:.2f}" if score.f1 is not None else "nothing to score"])


_CHOICES = {
    "a": Choice.A, "b": Choice.B, "both": Choice.BOTH, "union": Choice.UNION, "shared": Choice.SHARED,
    "neither": Choice.NEITHER,
}  # fmt: skip
_DECIDE = frozenset((*_CHOICES, "edges", "tag", "later", "alike", "reason", "again"))
_NEED_ITEM = frozenset((*_DECIDE, "comment"))
