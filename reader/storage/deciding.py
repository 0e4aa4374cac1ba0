"""Decisions of a review: each is one step, with the marks that come of it in the review's own layer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, NamedTuple

from reader.documents.span import parsed
from reader.errors import NotFound
from reader.review.choices import Choice, Outcome, outcomes, replaces, turned_round
from reader.review.differences import Difference, Kind
from reader.review.queue import Item, ground
from reader.storage import documents
from reader.storage.annotations import by_pk, checked, place_row

if TYPE_CHECKING:
    from reader.annotations.annotation import Annotation
    from reader.documents.span import Span
    from reader.storage.annotators import Annotator
    from reader.storage.documents import Place
    from reader.storage.reviews import Review
    from reader.storage.steps import Step
    from reader.storage.store import Store


class Decided(NamedTuple):
    """What is decided about one item."""

    item: Item
    choice: Choice
    tag: tuple[str, int] | None = None
    """Id and revision, with a choice of a tag."""
    fragments: tuple[Span, ...] = ()
    """With a choice of edges."""
    turned: bool = False
    """Whether the reviewer saw B as A: what a mark takes from A it then takes from B."""


def decide(store: Store, review: Review, here: Place, wanted: Sequence[Decided], label: str) -> None:
    """Writes decisions on items of one article as one step that one undo takes back; earlier ones on them give way.

    An earlier decision's reason and comment stay. Refused where a choice does not fit.
    """
    with _step(store, review, here, label) as step:
        text = documents.text(store, here.version)
        for each in wanted:
            _decide(store, step, review, here, text, each)


def annotate(store: Store, review: Review, here: Place, item: Item, **said: str) -> None:
    """Gives the decision on an item a `reason` or a `comment`; one that was not decided on yet is put off with it."""
    with _step(store, review, here, "reason" if "reason" in said else "comment") as step:
        earlier = _earlier(store, review, here, item)
        if earlier is None:
            step.insert("decisions", _row(store, review, here, item.difference, Choice.LATER) | said)
        elif step.update("decisions", earlier, said):
            step.update("decisions", earlier, {"updated_at": store.time()})


def answer(store: Store, review: Review, actor: Annotator, here: Place, item: Item, text: str) -> None:
    """Answers a decision, as the actor; NotFound where there is none."""
    if item.decision is None:
        raise NotFound("Nothing was decided here yet, so there is nothing to answer.")
    with store.step("answer", actor.pk, here.document, review.reviewer.layer_pk) as step:
        step.insert("answers", {
            "id": store.new_id(), "decision": item.decision.pk, "annotator": actor.pk, "text": text,
            "created_at": store.time(), "deleted_at": None,
        })  # fmt: skip


def settle(store: Store, review: Review, here: Place, items: Sequence[Item], final: Sequence[Annotation]) -> int:
    """Brings the marks that all agree on into the review's layer, of which `final` are the marks, and takes away
    those that they don't any more.

    Not a step of anybody's: it follows from what they have marked. What a decision or the reviewer's hand has brought
    is not brought twice, what the reviewer has changed or removed stays so. How many came or went.
    """
    agreed = {
        item.difference.a[0].id: item.difference
        for item in items
        if item.decision is None and item.difference.kind is Kind.AGREED and not item.difference.final
    }
    there = {
        source: (outcome, pk)
        for outcome, pk, source in store.rows(
            "SELECT outcomes.pk, annotations.pk, ifnull(source.id, '')"
            " FROM annotations INDEXED BY annotations_document"
            " JOIN outcomes ON outcomes.annotation = annotations.pk AND outcomes.decision IS NULL"
            " LEFT JOIN annotations AS source ON source.pk = outcomes.source"
            " WHERE annotations.document = ? AND annotations.layer = ? AND annotations.deleted_at IS NULL",
            (here.document, review.reviewer.layer_pk),
        )
    }
    of_agreement = {pk for _, pk in there.values()}
    placed = {mark.pk: mark for mark in final}
    brought = {(mark.tag, mark.fragments) for mark in final if mark.pk not in of_agreement}
    new = {
        source: made
        for source, difference in agreed.items()
        for made in outcomes(difference, Choice.A)
        if (made.tag, made.fragments) not in brought
    }
    gone: list[tuple[int, int]] = []
    for source, (outcome, pk) in there.items():
        if source in new and _says(placed.get(pk), new[source]):
            del new[source]
        else:
            gone.append((outcome, pk))
    for source in _removed(store, review, [agreed[source].a[0].pk for source in new if source not in there]):
        del new[source]
    if not new and not gone:
        return 0
    with _step(store, review, here, f"{len(new)} agreed", kind="record") as step:
        text = documents.text(store, here.version)
        tags, at = _tags(store), store.time()
        taken = by_pk(store, [pk for _, pk in gone])
        for outcome, pk in gone:
            step.update("annotations", pk, {"deleted_at": at})
            step.delete("outcomes", outcome)
        made = list(new.values())
        pks = step.insert_all("annotations", [_annotation(store, review, here, each, tags, at) for each in made])
        numbered = list(zip(pks, made, strict=True))
        step.insert_all("anchors", [_anchor(pk, here, text, each.fragments) for pk, each in numbered])
        step.insert_all("attributes", [row for pk, each in numbered for row in _attributes(pk, each)])
        step.insert_all("outcomes", [
            {"annotation": pk, "decision": None, "source": each.source.pk if each.source is not None else None}
            for pk, each in numbered
        ])  # fmt: skip
        _keep(store, step, review, here, text, tags, taken)
    return len(new) + len(gone)


def _removed(store: Store, review: Review, sources: Sequence[int]) -> list[str]:
    """Of marks that all agree on (by pk), those (by id) whose final mark the reviewer has removed by hand."""
    return [id_ for (id_,) in store.rows(
        "SELECT DISTINCT source.id FROM json_each(?) AS pks JOIN outcomes ON outcomes.source = pks.value"
        " AND outcomes.decision IS NULL JOIN annotations ON annotations.pk = outcomes.annotation"
        " JOIN annotations AS source ON source.pk = outcomes.source WHERE annotations.layer = ?",
        (json.dumps(list(sources)), review.reviewer.layer_pk),
    )]  # fmt: skip


def _says(mark: Annotation | None, agreed: Outcome) -> bool:
    """Whether a final mark is what all agree on now, or what the reviewer has made of it."""
    if mark is None:
        return False
    said = {name: values for name, values in agreed.attributes.items() if values}
    same = (mark.tag, mark.fragments, mark.note, mark.attributes) == (agreed.tag, agreed.fragments, agreed.note, said)
    return same or mark.updated_at != mark.created_at


def _decide(store: Store, step: Step, review: Review, here: Place, text: str, wanted: Decided) -> None:
    difference, earlier = wanted.item.difference, _earlier(store, review, here, wanted.item)
    seen, choice = difference, wanted.choice
    if wanted.turned:
        seen, choice = difference.turned, turned_round(choice)
    made = outcomes(seen, choice, wanted.tag, wanted.fragments)
    row = _row(store, review, here, difference, wanted.choice)
    if earlier is None:
        decision = step.insert("decisions", row)
    else:
        decision = earlier
        del row["id"], row["created_at"]
        step.update("decisions", decision, row)
    gone = _take_back(store, step, review, here, decision, difference, replaced=replaces(difference, wanted.choice))
    tags = _tags(store)
    for each in made:
        _make(store, step, review, here, text, tags, each, decision, wanted.choice)
    _keep(store, step, review, here, text, tags, gone, decision)


def _make(
    store: Store,
    step: Step,
    review: Review,
    here: Place,
    text: str,
    tags: dict[str, int],
    made: Outcome,
    decision: int,
    choice: Choice,
) -> None:
    """A final mark that comes of a decision, unless the final layer says the same already.

    What the reviewer chose by hand is kept as a removed mark then, since nothing else says what it was.
    """
    pieces = checked(made.fragments, text)
    there = _is_there(store, review, here, tags[made.tag], made.fragments)
    if there and choice not in _BY_HAND:
        return
    at = store.time()
    row = _annotation(store, review, here, made, tags, at)
    pk = step.insert("annotations", row | {"deleted_at": at if there else None})
    step.insert("anchors", _anchor(pk, here, text, pieces))
    for said_row in _attributes(pk, made):
        step.insert("attributes", said_row)
    source = made.source.pk if made.source is not None and made.source.pk else None
    step.insert("outcomes", {"annotation": pk, "decision": decision, "source": source})


_BY_HAND = frozenset((Choice.TAG, Choice.EDGES))


def _keep(
    store: Store,
    step: Step,
    review: Review,
    here: Place,
    text: str,
    tags: dict[str, int],
    gone: Sequence[Annotation],
    but: int = 0,
) -> None:
    """Of the final marks that were taken out, makes those again that another decision (not `but`) came to as well."""
    left = [mark for mark in gone if not _is_there(store, review, here, tags[mark.tag], mark.fragments)]
    if not left:
        return
    # A decision that found its mark in place made none; one that came to several may have made only the others.
    for decision, choice, people in store.rows(
        "SELECT pk, choice, ground FROM decisions WHERE review = ? AND document = ? AND pk <> ?"
        " AND choice NOT IN ('neither', 'later', 'open') AND (choice = 'both' OR difference = 'split'"
        " OR NOT EXISTS (SELECT 1 FROM outcomes JOIN annotations ON annotations.pk = outcomes.annotation"
        " WHERE outcomes.decision = decisions.pk AND deleted_at IS NULL))",
        (review.pk, here.document, but),
    ):  # fmt: skip
        difference = _decided_on(store, people, final=len(review.sides) > 2)
        by_hand = _by_hand(store, here, decision) if choice in _BY_HAND else None
        for mark in left if difference.people else ():
            words = mark.tag, mark.fragments
            if choice in _BY_HAND and words != by_hand:
                continue
            for each in outcomes(difference, Choice(choice), (mark.tag, mark.tag_revision), mark.fragments):
                if (each.tag, each.fragments) == words:
                    _make(store, step, review, here, text, tags, each, decision, Choice(choice))


def _by_hand(store: Store, here: Place, decision: int) -> tuple[str, tuple[Span, ...]] | None:
    """What the reviewer chose in a decision: the tag and the pieces of the last mark that it made."""
    row = store.row(
        "SELECT tags.id, anchors.fragments FROM outcomes JOIN annotations ON annotations.pk = outcomes.annotation"
        " JOIN tags ON tags.pk = annotations.tag JOIN anchors ON anchors.annotation = annotations.pk"
        " AND anchors.version = ? WHERE outcomes.decision = ? ORDER BY outcomes.pk DESC LIMIT 1",
        (here.version, decision),
    )
    return None if row is None else (row[0], parsed(row[1]))


def _decided_on(store: Store, people: str, *, final: bool) -> Difference:
    """The difference of a decision, from its ground, with the marks as they are now."""
    sides = {each["id"]: each["side"] for each in json.loads(people)}
    marks = by_pk(store, [pk for (pk,) in store.rows(
        "SELECT annotations.pk FROM json_each(?) AS ids JOIN annotations ON annotations.id = ids.value"
        " WHERE annotations.deleted_at IS NULL ORDER BY ids.key", (json.dumps(list(sides)),),
    )])  # fmt: skip
    a, b = (tuple(mark for mark in marks if sides[mark.id] == side) for side in "ab")
    return Difference(Kind.EDGES, a, b, edges=True, final=final)


def _earlier(store: Store, review: Review, here: Place, item: Item) -> int | None:
    """The decision (its pk) that there is on it now: another window may have decided meanwhile."""
    row = store.row(
        "SELECT pk FROM decisions WHERE review = ? AND document = ? AND (key = ? OR pk = ?)"
        " ORDER BY key = ? DESC LIMIT 1",
        (
            review.pk, here.document, item.difference.key, item.decision.pk if item.decision is not None else 0,
            item.difference.key,
        ),
    )  # fmt: skip
    return None if row is None else int(row[0])


def _take_back(
    store: Store, step: Step, review: Review, here: Place, decision: int, difference: Difference, *, replaced: bool
) -> Sequence[Annotation]:
    """Takes out what came of an earlier decision on the same marks, or of their agreement; what was taken out."""
    gone = [pk for (pk,) in store.rows("SELECT annotation FROM outcomes WHERE decision = ?", (decision,))]
    for mark in difference.people:
        gone += (pk for (pk,) in store.rows(
            "SELECT outcomes.annotation FROM outcomes JOIN annotations ON annotations.pk = outcomes.annotation"
            " WHERE outcomes.source = ? AND outcomes.decision IS NULL AND annotations.layer = ?",
            (mark.pk, review.reviewer.layer_pk),
        ))  # fmt: skip
    if replaced:
        gone += (mark.pk for mark in difference.a)
    found = by_pk(store, list(dict.fromkeys(gone)))
    for mark in found:
        step.update("annotations", mark.pk, {"deleted_at": store.time()})
    return found


def _tags(store: Store) -> dict[str, int]:
    return dict(store.rows("SELECT id, pk FROM tags"))


def _is_there(store: Store, review: Review, here: Place, tag: int, fragments: tuple[Span, ...]) -> bool:
    """Whether the final layer says the same of these words already."""
    place = place_row("", fragments)
    return store.row(
        "SELECT 1 FROM anchors INDEXED BY anchors_place JOIN annotations ON annotations.pk = anchors.annotation"
        " WHERE anchors.version = ? AND anchors.start = ? AND anchors.end = ? AND anchors.fragments = ?"
        " AND anchors.status <> 'orphan' AND annotations.layer = ? AND annotations.tag = ?"
        " AND annotations.deleted_at IS NULL",
        (here.version, place["start"], place["end"], place["fragments"], review.reviewer.layer_pk, tag),
    ) is not None  # fmt: skip


def _step(store: Store, review: Review, here: Place, label: str, kind: str = "do") -> AbstractContextManager[Step]:
    return store.step(label, review.reviewer.pk, here.document, review.reviewer.layer_pk, kind)


def _row(store: Store, review: Review, here: Place, difference: Difference, choice: Choice) -> dict[str, object]:
    at = store.time()
    return {
        "id": store.new_id(), "review": review.pk, "document": here.document, "key": difference.key,
        "difference": difference.kind.value, "choice": choice.value, "ground": ground(difference),
        "annotator": review.reviewer.pk, "created_at": at, "updated_at": at,
    }  # fmt: skip


def _annotation(
    store: Store, review: Review, here: Place, made: Outcome, tags: dict[str, int], at: str
) -> dict[str, object]:
    return {
        "id": store.new_id(), "document": here.document, "layer": review.reviewer.layer_pk, "tag": tags[made.tag],
        "tag_revision": made.tag_revision, "note": made.note, "created_at": at, "updated_at": at, "deleted_at": None,
    }  # fmt: skip


def _anchor(pk: int, here: Place, text: str, pieces: tuple[Span, ...]) -> dict[str, object]:
    return {
        "annotation": pk, "version": here.version, "status": "made", "score": None, **place_row(text, pieces),
    }  # fmt: skip


def _attributes(pk: int, made: Outcome) -> list[dict[str, object]]:
    return [
        {"annotation": pk, "name": name, "position": position, "value": value}
        for name, values in made.attributes.items()
        for position, value in enumerate(values)
    ]
