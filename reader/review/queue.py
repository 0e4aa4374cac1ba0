"""What a reviewer goes through in one article: the differences, what all agree on, and what was decided on each.

With two people, A and B are they. With one, whose marks are gone through for feedback, B is that person and A nobody.
With more, A is what was decided so far and B each mark that not all have made: nobody is asked about a mark that only
the final layer has, and a mark that several people made is one question.

A decision belongs to the ids of the marks that it is about. Where these marks are others now (a newer file came in),
it is kept and shown as `changed`; where they are all gone, it still stands in the queue, with the marks as they were.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from reader.annotations.annotation import Annotation
from reader.documents.span import parsed, written
from reader.review.choices import UNDECIDED, Choice
from reader.review.differences import Compared, Difference, Kind, compare, conflicts, in_text_order
from reader.review.matching import Fragments


class State(StrEnum):
    """How far a reviewer is with a difference."""

    NEW = "not looked at"
    SKIPPED = "skipped"
    DECIDED = "decided"
    REJECTED = "rejected"
    AGREED = "agreed"
    """All have marked the same: accepted without being asked about."""


class Answer(NamedTuple):
    """What somebody answered to a decision."""

    id: str
    annotator: str
    text: str
    at: str


class Decision(NamedTuple):
    """What a reviewer said about a difference."""

    pk: int
    id: str
    key: str
    difference: str
    """The kind of difference that it was then."""
    choice: Choice
    reason: str
    comment: str
    ground: str
    """The marks as they were then; see `ground`."""
    annotator: str
    at: str
    answers: tuple[Answer, ...] = ()


class Item(NamedTuple):
    """One thing to decide on, or decided."""

    difference: Difference
    decision: Decision | None = None
    changed: bool = False
    """Whether the marks are others than those that were decided on."""

    @property
    def gone(self) -> bool:
        """Whether the marks that were decided on are not there any more; they are shown as they were."""
        return _is_gone(self.difference)

    @property
    def state(self) -> State:
        """How far the reviewer is with it."""
        choice = self.decision.choice if self.decision is not None else None
        if choice is None:
            return State.AGREED if self.difference.kind is Kind.AGREED else State.NEW
        if choice is Choice.OPEN:
            return State.NEW
        if choice is Choice.LATER:
            return State.SKIPPED
        return State.REJECTED if leaves_nothing(self.difference, choice) else State.DECIDED

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.state in (State.NEW, State.SKIPPED)


def leaves_nothing(difference: Difference, choice: Choice) -> bool:
    """Whether no mark comes of a choice."""
    nobody = (choice is Choice.A and not difference.a) or (choice is Choice.B and not difference.b)
    return choice is Choice.NEITHER or nobody


def queue(
    sides: Sequence[Sequence[Annotation]], final: Sequence[Annotation], decisions: Sequence[Decision]
) -> tuple[Item, ...]:
    """The items of one article in the order of the text; `sides` are the marks of each who has read it.

    `final` are the marks decided on so far; they matter only where there are more than two sides.
    """
    compared = _compared(sides, final)
    by_key = {decision.key: decision for decision in decisions}
    by_mark = {id_: decision for decision in decisions for id_ in decision.key.split()}
    items: list[Item] = []
    used: set[str] = set()
    found = (*compared.differences, *compared.agreed)
    taken = {difference.key for difference in found} & by_key.keys()
    for difference in found:
        decision = by_key.get(difference.key)
        if decision is None:
            near = (by_mark.get(mark.id) for mark in difference.people)
            decision = next((each for each in near if each and each.key not in taken | used), None)
        if decision is not None:
            used.add(decision.key)
        items.append(item_of(difference, decision))
    for decision in decisions:
        if decision.key not in used and decision.choice not in UNDECIDED:
            items.append(item_of(as_it_was(decision), decision))
    return tuple(sorted(items, key=lambda item: in_text_order(item.difference)))


def item_of(difference: Difference, decision: Decision | None) -> Item:
    """A difference with what was decided on it, if anything; that marks are gone which were left out is no change."""
    if decision is None:
        return Item(difference)
    lost = _is_gone(difference) and not leaves_nothing(difference, decision.choice)
    return Item(difference, decision, lost or changed(difference, decision))


def _is_gone(difference: Difference) -> bool:
    return not difference.marks[0].document


def ground(difference: Difference) -> str:
    """The marks that a decision is about as JSON: what each says, and of which words."""
    sides = (("a", () if difference.final else difference.a), ("b", difference.b))
    marks = [_said(side, mark) for side, marks in sides for mark in marks]
    return json.dumps(marks, ensure_ascii=False, sort_keys=True)


def changed(difference: Difference, decision: Decision) -> bool:
    """Whether people say something else now than when it was decided: other marks, words, tags, notes, attributes.

    That the article's text moved on is no change: the words are compared, not where they stand.
    """
    return _compared_by(json.loads(ground(difference))) != _compared_by(json.loads(decision.ground))


def _compared_by(marks: list[dict[str, Any]]) -> list[Any]:
    return sorted([mark["id"], mark["tag"], mark["text"], mark["note"], mark["attributes"]] for mark in marks)


def _said(side: str, mark: Annotation) -> dict[str, Any]:
    return {
        "side": side, "id": mark.id, "annotator": mark.annotator, "layer": mark.layer, "tag": mark.tag,
        "tag_revision": mark.tag_revision, "fragments": written(mark.fragments), "text": mark.text, "note": mark.note,
        "attributes": {name: list(values) for name, values in sorted(mark.attributes.items()) if values},
    }  # fmt: skip


def as_it_was(decision: Decision) -> Difference:
    """The difference as it was decided on, where nothing of it is there any more."""
    sides: defaultdict[str, list[Annotation]] = defaultdict(list)
    for mark in json.loads(decision.ground):
        sides[mark["side"]].append(Annotation(
            id=mark["id"], document="", layer=mark["layer"], annotator=mark["annotator"], tag=mark["tag"],
            tag_revision=mark["tag_revision"], fragments=parsed(mark["fragments"]), text=mark["text"], before="",
            after="", note=mark["note"], created_at="", updated_at="",
            attributes={name: tuple(values) for name, values in mark["attributes"].items()},
        ))  # fmt: skip
    return Difference(Kind(decision.difference), tuple(sides["a"]), tuple(sides["b"]))


def _compared(sides: Sequence[Sequence[Annotation]], final: Sequence[Annotation]) -> Compared:
    if not sides:
        return Compared((), ())
    if len(sides) == 1:
        return compare((), sides[0])
    return compare(*sides) if len(sides) == 2 else _against_final(sides, final)


Words = tuple[str, Fragments]
"""A tag and the pieces that it is on."""


def _against_final(sides: Sequence[Sequence[Annotation]], final: Sequence[Annotation]) -> Compared:
    made: defaultdict[Words, dict[int, Annotation]] = defaultdict(dict)
    for number, side in enumerate(sides):
        for mark in side:
            made[mark.tag, mark.fragments].setdefault(number, mark)
    agreed: list[Difference] = []
    left: list[list[Annotation]] = [[] for _ in sides]
    for by in made.values():
        marks = tuple(by.values())
        if len(marks) == len(sides) and not any(conflicts(marks[0], mark) for mark in marks[1:]):
            agreed.append(Difference(Kind.AGREED, (marks[0],), marks[1:]))
        else:
            for number, mark in by.items():
                left[number].append(mark)
    asked: dict[str, Difference] = {}
    for side in left:
        compared = compare(final, side)
        for difference in (*compared.agreed, *compared.differences):
            if difference.b:
                everybodys = {mark.id: mark for one in difference.b for mark in made[one.tag, one.fragments].values()}
                same = difference._replace(b=tuple(everybodys.values()), final=True)
                asked.setdefault(same.key, same)
    differences = [each for each in asked.values() if each.kind is not Kind.AGREED]
    settled = [each for each in asked.values() if each.kind is Kind.AGREED]
    return Compared(
        tuple(sorted([*agreed, *settled], key=in_text_order)), tuple(sorted(differences, key=in_text_order))
    )
