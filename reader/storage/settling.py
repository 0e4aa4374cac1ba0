"""Marks whose place in the present text a person should decide on: which there are, and each decision as a step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from reader.annotations.annotation import Annotation
from reader.documents.span import Span, parsed, written
from reader.errors import NotFound, Refused
from reader.storage import documents
from reader.storage.annotations import ALIASES, checked, counted, get, place_row
from reader.storage.versions import LAST_KNOWN

if TYPE_CHECKING:
    from reader.storage.annotators import Annotator
    from reader.storage.steps import Step
    from reader.storage.store import Row, Store


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A mark that a changed text has made doubtful, or homeless."""

    id: str
    """UUID of the mark."""

    pk: int
    layer: str
    """UUID of the layer."""

    annotator: str
    tag: str
    """UUID of the tag."""

    note: str
    status: str
    """`unsure`: it stands where it most likely belongs. `orphan`: it has no place."""

    score: float | None
    """How well the place fits, 0 to 1; None where a person said that it has none."""

    fragments: tuple[Span, ...]
    """The likeliest place in the present text; none for an orphan."""

    near: int
    """Where it is in the present text, or would be."""

    known_version: str
    """UUID of the text in which its place was last beyond doubt."""

    known_fragments: tuple[Span, ...]
    """Its place there."""

    text: str
    """Its words there; pieces joined by ` … `."""

    before: str
    after: str


def unsettled(store: Store, document_id: str, status: str, layer: int | None) -> tuple[Unsettled, ...]:
    """The marks of a document with this status (`unsure` or `orphan`), of a layer (its pk) or of all, in text order."""
    here = documents.place(store, document_id)
    rows = store.rows(
        "SELECT annotations.id, annotations.pk, layers.id, annotators.name, tags.id, annotations.note, present.status,"
        " present.score, present.fragments, present.start, versions.id, known.fragments, known.quote, known.prefix,"
        " known.suffix FROM anchors AS present INDEXED BY anchors_unsettled"
        " CROSS JOIN annotations ON annotations.pk = present.annotation AND annotations.deleted_at IS NULL"
        " JOIN documents ON documents.pk = annotations.document"
        f" JOIN anchors AS known ON known.pk = {LAST_KNOWN} JOIN versions ON versions.pk = known.version"
        " JOIN tags AS given ON given.pk = annotations.tag JOIN tags ON tags.pk = ifnull(given.merged_into, given.pk)"
        " JOIN layers ON layers.pk = annotations.layer JOIN annotators ON annotators.pk = layers.annotator"
        f" WHERE {UNSETTLED} AND present.version = ? AND present.status = ? AND annotations.layer = ifnull(?, layer)"
        " ORDER BY present.start, present.end DESC, annotations.pk",
        (here.version, status, layer),
    )
    return tuple(map(_unsettled, rows))


UNSETTLED = "present.status IN ('unsure', 'orphan')"
"""SQL: what the index of these few rows holds."""


def counts(store: Store, version: int, layer: int) -> tuple[int, int]:
    """How many unsure marks and how many orphans a layer has in a version (both by their pk)."""
    rows = store.rows(
        "SELECT present.status, count(*) FROM anchors AS present INDEXED BY anchors_unsettled"
        " CROSS JOIN annotations ON annotations.pk = present.annotation AND annotations.deleted_at IS NULL"
        f" WHERE {UNSETTLED} AND present.version = ? AND annotations.layer = ? GROUP BY 1",
        (version, layer),
    )
    found: dict[str, int] = dict(rows)
    return found.get("unsure", 0), found.get("orphan", 0)


def confirm(
    store: Store, actor: Annotator, version_id: str, annotation_id: str, fragments: Sequence[Span] | None = None
) -> Annotation:
    """Says that a mark is where it stands, or that it is at `fragments`, in the version of that id.

    Refused where an orphan gets no fragments, where its tag is on these words already, or where the article has
    another text by now.
    """
    with _deciding(store, actor, version_id, annotation_id) as (step, mark):
        text = documents.text(store, mark.version)
        pieces = parsed(mark.fragments) if fragments is None and mark.fragments else checked(fragments or (), text)
        _refuse_same(store, mark, pieces)
        step.label = f"{mark.tag_name} {'confirmed' if fragments is None else 'put'} on {counted(pieces, text)}"
        step.update("anchors", mark.anchor, {"status": "confirmed", "score": None, **place_row(text, pieces)})
        step.update("annotations", mark.pk, {"updated_at": store.time()})
    return get(store, annotation_id)


def make_orphan(store: Store, actor: Annotator, version_id: str, annotation_id: str) -> None:
    """Says that a mark has no place in this text; its words are kept. Refused where it was made in this very text."""
    with _deciding(store, actor, version_id, annotation_id) as (step, mark):
        last = store.row(
            "SELECT quote, prefix, suffix FROM anchors WHERE annotation = ? AND version <> ? AND status <> 'orphan'"
            " ORDER BY status IN ('made', 'sure', 'confirmed') DESC, version DESC LIMIT 1",
            (mark.pk, mark.version),
        )
        if last is None:
            raise Refused("This mark was made in this very text, so its words are there: remove it instead.")
        step.label = f"{mark.tag_name} made an orphan"
        step.update("anchors", mark.anchor, {
            "status": "orphan", "score": None, "start": mark.start, "end": mark.start, "fragments": "",
            "quote": last[0], "prefix": last[1], "suffix": last[2],
        })  # fmt: skip
        step.update("annotations", mark.pk, {"updated_at": store.time()})


def remove(store: Store, actor: Annotator, version_id: str, annotation_id: str) -> None:
    """Takes a mark out of the article, an orphan too; its rows stay, with the time of the removal."""
    with _deciding(store, actor, version_id, annotation_id) as (step, mark):
        step.label = f"{mark.tag_name} removed"
        step.update("annotations", mark.pk, {"deleted_at": store.time()})


class _Mark(NamedTuple):
    pk: int
    document: int
    layer: int
    tag: int
    tag_name: str
    version: int
    anchor: int
    start: int
    fragments: str


@contextmanager
def _deciding(store: Store, actor: Annotator, version_id: str, annotation_id: str) -> Iterator[tuple[Step, _Mark]]:
    """A step on one mark of the actor's own, in the text that they have seen."""
    with store.step("", actor.pk, layer=actor.layer_pk) as step:
        row = store.row(
            "SELECT annotations.pk, annotations.document, annotations.layer, tags.pk, tags.name,"
            " documents.version, anchors.pk, anchors.start, anchors.fragments, versions.id, annotators.name"
            " FROM annotations JOIN documents ON documents.pk = annotations.document AND documents.deleted_at IS NULL"
            " JOIN versions ON versions.pk = documents.version"
            " JOIN anchors ON anchors.annotation = annotations.pk AND anchors.version = documents.version"
            " JOIN tags AS given ON given.pk = annotations.tag"
            " JOIN tags ON tags.pk = ifnull(given.merged_into, given.pk)"
            " JOIN layers ON layers.pk = annotations.layer JOIN annotators ON annotators.pk = layers.annotator"
            " WHERE annotations.id = ? AND annotations.deleted_at IS NULL",
            (annotation_id,),
        )
        if row is None:
            raise NotFound("That mark is not there (any more): open the article again to see what is.")
        *mark, present, whose = row
        if present != version_id:
            raise Refused("The article has a newer text than the one on the screen: open it again, then decide.")
        found = _Mark(*mark)
        if found.layer != actor.layer_pk:
            raise Refused(f"This mark is {whose}'s, and only they decide on it: make your own beside it.")
        step.document = found.document
        yield step, found


def _refuse_same(store: Store, mark: _Mark, pieces: tuple[Span, ...]) -> None:
    """Where another mark of the layer, which is no doubtful one, says the same of these words."""
    row = store.row(
        "SELECT 1 FROM anchors INDEXED BY anchors_place JOIN annotations ON annotations.pk = anchors.annotation"
        " WHERE anchors.version = ? AND anchors.start = ? AND anchors.end = ? AND anchors.fragments = ?"
        " AND anchors.status <> 'unsure' AND anchors.status <> 'orphan' AND annotations.layer = ?"
        f" AND annotations.tag IN ({ALIASES}) AND annotations.pk <> ? AND annotations.deleted_at IS NULL",
        (mark.version, pieces[0].start, pieces[-1].end, written(pieces), mark.layer, mark.tag, mark.tag, mark.pk),
    )
    if row is not None:
        raise Refused(
            f"These words are marked as {mark.tag_name} already, by another mark of yours: remove one of the two,"
            " or put this one elsewhere."
        )


def _unsettled(row: Row) -> Unsettled:
    id_, pk, layer, annotator, tag, note, status, score, fragments, near, version, known, *words = row
    place, known_place = _parsed(fragments), _parsed(known)
    return Unsettled(id_, pk, layer, annotator, tag, note, status, score, place, near, version, known_place, *words)


def _parsed(fragments: str) -> tuple[Span, ...]:
    return parsed(fragments) if fragments else ()
