"""Reviews in the database: which layers are compared, their marks, and what was said about the differences."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from reader.annotations.annotation import Annotation
from reader.errors import NotFound
from reader.review.choices import Choice
from reader.review.queue import Answer, Decision
from reader.storage.annotations import by_pk
from reader.storage.annotators import Annotator

if TYPE_CHECKING:
    from reader.storage.documents import Place
    from reader.storage.store import Store

PURPOSES = {"adjudication": "adjudicated", "feedback": "feedback", "answer key": "feedback"}
"""What the layer that comes of each kind of review is for."""


class Side(NamedTuple):
    """A layer that may be compared: whose, and what for."""

    pk: int
    id: str
    """UUID of the layer."""
    purpose: str
    annotator: str
    annotator_id: str
    is_local: bool
    """Whether the annotator works in this database; else their marks came with a file."""


class Review(NamedTuple):
    """Layers that somebody compares, and the layer that comes of it."""

    pk: int
    id: str
    kind: str
    """`adjudication`, `feedback` (one side) or `answer key` (the key is the first side)."""
    reviewer: Annotator
    """Who reviews, with the layer of the outcome as theirs: what works on marks works on those too."""
    is_local: bool
    """Whether it is done here; else it came with a file, and is only looked at and answered."""
    sides: tuple[Side, ...]


class Read(NamedTuple):
    """How far one side is with one article."""

    status: str
    """`not read`, `reading` or `done`; `marked` where there are marks and nothing says more."""
    marks: int
    place: int = 0


_SIDE = (
    "layers.pk, layers.id, layers.purpose, annotators.name, annotators.id, annotators.origin = 'local'"
    " FROM layers JOIN annotators ON annotators.pk = layers.annotator"
)


def layers(store: Store) -> tuple[Side, ...]:
    """The layers that can be compared: everybody's own, and answer keys."""
    rows = store.rows(f"SELECT {_SIDE} WHERE layers.purpose IN ('own', 'answer key') ORDER BY layers.pk")
    return tuple(_side(row) for row in rows)


def reviews(store: Store) -> tuple[Review, ...]:
    """All reviews, the latest first."""
    rows = store.rows(
        "SELECT reviews.pk, reviews.id, reviews.kind, annotators.pk, annotators.id, annotators.name, layers.pk,"
        " layers.id, annotators.origin = 'local' FROM reviews JOIN layers ON layers.pk = reviews.layer"
        " JOIN annotators ON annotators.pk = layers.annotator ORDER BY reviews.pk DESC"
    )
    sides: defaultdict[int, list[Side]] = defaultdict(list)
    for review, *row in store.rows(
        f"SELECT review_sides.review, {_SIDE} JOIN review_sides ON review_sides.layer = layers.pk"
        " ORDER BY review_sides.review, review_sides.position"
    ):
        sides[review].append(_side(row))
    return tuple(
        Review(pk, id_, kind, Annotator(*who), bool(local), tuple(sides[pk])) for pk, id_, kind, *who, local in rows
    )


def get(store: Store, review_id: str) -> Review:
    """The review with this id; NotFound where there is none."""
    for review in reviews(store):
        if review.id == review_id:
            return review
    raise NotFound("That review is not in the database (any more): `reader review` lists what can be reviewed.")


def make(store: Store, actor: Annotator, kind: str, sides: Sequence[Side]) -> Review:
    """A review of these layers by the actor: the one that is there already, else a new one."""
    wanted = [side.pk for side in sides]
    found = _find(store, actor, kind, wanted)
    if found is None:
        with store.step("review begun", actor.pk, kind="record") as step:
            # Asked again under the lock: another program may begin the same one.
            found = _find(store, actor, kind, wanted)
            if found is None:
                at = store.time()
                layer = step.insert("layers", {
                    "id": store.new_id(), "annotator": actor.pk, "purpose": PURPOSES[kind], "name": "",
                    "created_at": at,
                })  # fmt: skip
                id_ = store.new_id()
                review = step.insert("reviews", {"id": id_, "layer": layer, "kind": kind, "created_at": at})
                for position, side in enumerate(wanted):
                    step.insert("review_sides", {"review": review, "position": position, "layer": side})
        if found is None:
            found = get(store, id_)
    return found


def _find(store: Store, actor: Annotator, kind: str, sides: Sequence[int]) -> Review | None:
    return next(
        (
            each
            for each in reviews(store)
            if each.kind == kind and each.reviewer.pk == actor.pk and [side.pk for side in each.sides] == list(sides)
        ),
        None,
    )


def _side(row: Sequence[Any]) -> Side:
    *values, local = row
    return Side._make((*values, bool(local)))


# What they have marked and read


def read(store: Store, layers: Sequence[int]) -> dict[int, dict[int, Read]]:
    """How far each of these layers is with each article that any of them has read: by article, then by layer."""
    found: defaultdict[int, dict[int, Read]] = defaultdict(dict)
    among = _places(layers)
    for document, layer, count in store.rows(
        "SELECT annotations.document, annotations.layer, count(*) FROM annotations INDEXED BY annotations_document"
        " JOIN documents ON documents.pk = annotations.document AND documents.deleted_at IS NULL"
        f" WHERE annotations.layer IN ({among}) AND annotations.deleted_at IS NULL GROUP BY 1, 2",
        layers,
    ):
        found[document][layer] = Read("marked", count)
    for document, layer, status, place in store.rows(
        "SELECT documents.pk, readings.layer, readings.status, readings.place FROM readings"
        " JOIN versions ON versions.pk = readings.version"
        " JOIN documents ON documents.pk = versions.document AND documents.deleted_at IS NULL"
        f" WHERE readings.layer IN ({among}) ORDER BY versions.number",
        layers,
    ):
        count = found[document][layer].marks if layer in found[document] else 0
        found[document][layer] = Read(status, count, place)
    return {document: {layer: by.get(layer, Read("not read", 0)) for layer in layers} for document, by in found.items()}


def marks(store: Store, here: Place, layers: Sequence[int]) -> dict[int, list[Annotation]]:
    """The marks of each of these layers in an article that have a place in its text, in text order."""
    rows = store.rows(
        "SELECT annotations.layer, annotations.pk FROM annotations INDEXED BY annotations_document"
        f" WHERE annotations.document = ? AND annotations.layer IN ({_places(layers)})"
        " AND annotations.deleted_at IS NULL",
        (here.document, *layers),
    )
    layer_of = {pk: layer for layer, pk in rows}
    found: dict[int, list[Annotation]] = {layer: [] for layer in layers}
    for mark in by_pk(store, list(layer_of)):
        found[layer_of[mark.pk]].append(mark)
    for listed in found.values():
        listed.sort(key=lambda mark: (mark.start, -mark.end, mark.id))
    return found


# What was decided


_DECISION = (
    "decisions.pk, decisions.id, decisions.key, decisions.difference, decisions.choice, decisions.reason,"
    " decisions.comment, decisions.ground, annotators.name, decisions.updated_at"
    " FROM decisions JOIN annotators ON annotators.pk = decisions.annotator"
)


def decisions(store: Store, review: int, document: int, keys: Sequence[str] | None = None) -> tuple[Decision, ...]:
    """What was said about the differences of one article (its pk) in a review (its pk); about those with these keys."""
    which = "decisions.review = ? AND decisions.document = ?"
    values: list[object] = [review, document]
    if keys is not None:
        which += " AND decisions.key IN (SELECT value FROM json_each(?))"
        values.append(json.dumps(list(keys)))
    rows = store.rows(f"SELECT {_DECISION} WHERE {which} ORDER BY decisions.pk", values)
    answers: defaultdict[int, list[Answer]] = defaultdict(list)
    for decision, *answer in store.rows(
        "SELECT answers.decision, answers.id, annotators.name, answers.text, answers.created_at FROM decisions"
        " JOIN answers ON answers.decision = decisions.pk AND answers.deleted_at IS NULL"
        f" JOIN annotators ON annotators.pk = answers.annotator WHERE {which} ORDER BY answers.created_at, answers.id",
        values,
    ):
        answers[decision].append(Answer(*answer))
    return tuple(
        Decision._make((pk, id_, key, difference, Choice(choice), *rest, tuple(answers[pk])))
        for pk, id_, key, difference, choice, *rest in rows
    )


def with_reason(store: Store, review: int, reason: str) -> list[tuple[int, Decision]]:
    """The decisions of a review (its pk) that were given for this reason, each with its article (its pk), in order."""
    keys: defaultdict[int, list[str]] = defaultdict(list)
    for document, key in store.rows(
        "SELECT decisions.document, decisions.key FROM decisions"
        " JOIN documents ON documents.pk = decisions.document AND documents.deleted_at IS NULL"
        " WHERE decisions.review = ? AND decisions.reason = ? ORDER BY decisions.document",
        (review, reason),
    ):
        keys[document].append(key)
    return [
        (document, decision) for document, some in keys.items() for decision in decisions(store, review, document, some)
    ]


def made(store: Store, decision: int) -> tuple[Annotation, ...]:
    """The marks that came of a decision (its pk) and are there."""
    return by_pk(store, [pk for (pk,) in store.rows("SELECT annotation FROM outcomes WHERE decision = ?", (decision,))])


def accepted(store: Store, layer: int, version: int, mark: int) -> tuple[Annotation, ...]:
    """What a review's layer (its pk) has of a mark (its pk) that all agree on: the one that came of it, or its like."""
    pks = store.rows(
        "SELECT annotations.pk FROM outcomes JOIN annotations ON annotations.pk = outcomes.annotation"
        " WHERE outcomes.source = ? AND outcomes.decision IS NULL"
        " AND annotations.layer = ? AND annotations.deleted_at IS NULL"
        " UNION SELECT annotations.pk FROM anchors AS agreed"
        " JOIN annotations AS theirs ON theirs.pk = agreed.annotation"
        " JOIN anchors USING (version, start, end, fragments)"
        " JOIN annotations ON annotations.pk = anchors.annotation AND annotations.tag = theirs.tag"
        " WHERE agreed.annotation = ? AND agreed.version = ? AND anchors.status <> 'orphan'"
        " AND annotations.layer = ? AND annotations.deleted_at IS NULL LIMIT 1",
        (mark, layer, mark, version, layer),
    )
    return by_pk(store, [pk for (pk,) in pks])


def keys_in(store: Store, step: int) -> tuple[str, ...]:
    """The keys of the decisions that a step was about, or answered, in its order."""
    rows = store.rows(
        "SELECT CASE entity WHEN 'answers'"
        " THEN (SELECT key FROM decisions WHERE pk = json_extract(ifnull(after, before), '$.decision'))"
        " ELSE ifnull((SELECT key FROM decisions WHERE pk = log.row), json_extract(ifnull(after, before), '$.key')) END"
        " FROM log WHERE step = ? AND entity IN ('decisions', 'answers') ORDER BY seq",
        (step,),
    )
    return tuple(dict.fromkeys(key for (key,) in rows if key is not None))


def decided(store: Store, review: int) -> dict[int, int]:
    """How many decisions (put off, taken up again: not counted) there are in each article (its pk)."""
    return dict(store.rows(
        "SELECT document, count(*) FROM decisions WHERE review = ? AND choice NOT IN ('later', 'open') GROUP BY 1",
        (review,),
    ))  # fmt: skip


class Came(NamedTuple):
    """Where a mark of the outcome comes from."""

    annotation: int
    """Its number."""
    decision: int | None
    """The decision's number; None where all agreed."""
    source: str
    """Id of the mark that it was made from; empty where there is none."""


def outcomes(store: Store, layer: int, document: int) -> dict[int, Came]:
    """Where each mark of a review's layer in an article (both by pk) comes from, by its number.

    A mark that is not among them was added by the reviewer.
    """
    rows = store.rows(
        "SELECT annotations.pk, outcomes.decision, ifnull(source.id, '')"
        " FROM annotations INDEXED BY annotations_document JOIN outcomes ON outcomes.annotation = annotations.pk"
        " LEFT JOIN annotations AS source ON source.pk = outcomes.source"
        " WHERE annotations.document = ? AND annotations.layer = ? AND annotations.deleted_at IS NULL",
        (document, layer),
    )
    return {row[0]: Came(*row) for row in rows}


def _places(values: Sequence[int]) -> str:
    return ", ".join("?" * len(values))
