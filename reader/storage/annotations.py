"""Annotations in the database: each change is one step, and the words are cut here from the stored text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from reader.anchoring.context import cut
from reader.annotations.annotation import Annotation
from reader.documents.span import Span, merged, parsed, written
from reader.errors import NotFound, Refused
from reader.storage import documents

if TYPE_CHECKING:
    from reader.annotations.codebook import Tag
    from reader.storage.annotators import Annotator
    from reader.storage.documents import Place
    from reader.storage.steps import Step
    from reader.storage.store import Store

_COLUMNS = (
    "annotations.pk, annotations.id, documents.id, layers.id, annotators.name, tags.id, annotations.tag_revision,"
    " anchors.fragments, anchors.quote, anchors.prefix, anchors.suffix, annotations.note, annotations.created_at,"
    " annotations.updated_at, anchors.status"
)
_TABLES = (
    "annotations JOIN documents ON documents.pk = annotations.document"
    " JOIN anchors ON anchors.annotation = annotations.pk AND anchors.version = documents.version"
    " AND anchors.status <> 'orphan'"
    " JOIN tags AS given ON given.pk = annotations.tag JOIN tags ON tags.pk = ifnull(given.merged_into, given.pk)"
    " JOIN layers ON layers.pk = annotations.layer JOIN annotators ON annotators.pk = layers.annotator"
)
ALIASES = "SELECT pk FROM tags WHERE pk = ? OR merged_into = ?"
"""A tag and those that were merged into it."""
_LIVE = "annotations.deleted_at IS NULL AND documents.deleted_at IS NULL"

_AT_ONCE = 500
"""Marks asked for in one statement."""


def add(
    store: Store,
    actor: Annotator,
    document_id: str,
    version_id: str,
    fragments: Sequence[Span],
    tag: Tag,
    note: str = "",
    attributes: Mapping[str, Sequence[str]] | None = None,
) -> Annotation:
    """One more mark in the actor's own layer, durable on return.

    Touching and overlapping fragments are merged. Refused: no words in them, the same tag on the same words already
    in this layer, or an article whose text is not `version_id`'s any more.
    """
    with store.step("", actor.pk, layer=actor.layer_pk) as step:
        here = _here(store, step, document_id, version_id)
        text = documents.text(store, here.version)
        pieces = checked(fragments, text)
        tag_pk = _tag(store, tag)
        _refuse_same(store, here, actor.layer_pk, tag_pk, pieces)
        step.label = f"{tag.name} on {counted(pieces, text)}"
        pk = _insert(store, step, actor, here, text, pieces, (tag_pk, tag.revision), note)
        _set_attributes(store, step, pk, attributes or {})
    return by_pk(store, [pk])[0]


class Places(NamedTuple):
    """Where one tag is wanted in one article."""

    document: str
    """UUID of the document."""
    version: str
    """UUID of the version that the spans count in."""
    spans: Sequence[Span]
    tag: Tag
    """A tag of that article's codebook."""


def add_all(store: Store, actor: Annotator, wanted: Sequence[Places]) -> tuple[range, int]:
    """One mark for each span, in one article or many (each named once), as one step that one undo takes back.

    The numbers of the new marks, and how many articles have some; spans that carry the tag already are left as they
    are. Refused, and nothing marked, as by `add`.
    """
    with store.step("", actor.pk, layer=actor.layer_pk) as step:
        rows: list[dict[str, object]] = []
        anchors: list[dict[str, object]] = []
        documents_: list[int] = []
        for each in wanted:
            here = _here(store, step, each.document, each.version)
            tag_pk = _tag(store, each.tag)
            places = _unmarked(store, actor, here, tag_pk, each.spans)
            row = _row(store, actor, here, (tag_pk, each.tag.revision), "")
            rows += ({**row, "id": store.new_id()} for _ in places)
            anchors += ({"version": here.version, "status": "made", "score": None, **place} for place in places)
            documents_ += [here.document] if places else []
        step.label = f"{wanted[0].tag.name if wanted else 'tag'} on {counted_places(len(rows))}"
        if len(documents_) > 1:
            step.document, step.documents = None, documents_
            step.label += f" in {len(documents_)} articles"
        elif documents_:
            step.document = documents_[0]
        pks = step.insert_all("annotations", rows)
        step.insert_all("anchors", [{**each, "annotation": pk} for each, pk in zip(anchors, pks, strict=True)])
    return pks, len(documents_)


def _unmarked(store: Store, actor: Annotator, here: Place, tag: int, spans: Sequence[Span]) -> list[dict[str, object]]:
    """The places of those spans that do not carry the tag in this layer yet, each once."""
    text = documents.text(store, here.version)
    marked = _marked(store, here, actor.layer_pk, tag)
    wanted = dict.fromkeys(checked((span,), text) for span in spans)
    return [place for pieces in wanted if (place := place_row(text, pieces))["fragments"] not in marked]


def retag(store: Store, actor: Annotator, annotation_id: str, tag: Tag) -> Annotation:
    """Gives a mark another tag; Refused where that tag is on the same words already."""
    with _changing(store, actor, annotation_id, "") as (step, mark, here):
        tag_pk = _tag(store, tag)
        step.label = f"{_tag_name(store, mark)} → {tag.name}"
        if tag.id != mark.tag:
            _refuse_same(store, here, actor.layer_pk, tag_pk, mark.fragments)
            _touch(store, step, mark, {"tag": tag_pk, "tag_revision": tag.revision})
    return get(store, annotation_id)


def remove(store: Store, actor: Annotator, annotation_id: str) -> Annotation:
    """Takes a mark out of the text; its row stays, with the time of the removal. The mark as it was."""
    with _changing(store, actor, annotation_id, "") as (step, mark, _):
        step.label = f"{_tag_name(store, mark)} removed"
        step.update("annotations", mark.pk, {"deleted_at": store.time()})
    return mark


def set_note(store: Store, actor: Annotator, annotation_id: str, note: str) -> Annotation:
    """Writes, changes or (empty) takes away the note of a mark."""
    with _changing(store, actor, annotation_id, "note") as (step, mark, _):
        _touch(store, step, mark, {"note": note})
    return get(store, annotation_id)


def set_attributes(
    store: Store, actor: Annotator, annotation_id: str, attributes: Mapping[str, Sequence[str]]
) -> Annotation:
    """Sets each attribute named to its values, in order (none: taken away); the others stay."""
    with _changing(store, actor, annotation_id, ", ".join(attributes) or "attributes") as (step, mark, _):
        if _set_attributes(store, step, mark.pk, attributes):
            _touch(store, step, mark, {})
    return get(store, annotation_id)


def set_fragments(
    store: Store, actor: Annotator, annotation_id: str, fragments: Sequence[Span], label: str, version_id: str | None
) -> Annotation:
    """Moves a mark onto other words; `label` is what undo will say.

    Refused where its tag is on those already, or where the article's text is not `version_id`'s any more.
    """
    with _changing(store, actor, annotation_id, label) as (step, mark, here):
        if version_id is not None:
            refuse_replaced(store, here, version_id)
        text = documents.text(store, here.version)
        pieces = checked(fragments, text)
        if pieces != mark.fragments:
            ((anchor, status, tag_pk),) = store.rows(
                "SELECT anchors.pk, anchors.status, annotations.tag FROM anchors JOIN annotations"
                " ON annotations.pk = anchors.annotation WHERE annotations.pk = ? AND anchors.version = ?",
                (mark.pk, here.version),
            )
            # Whoever moves the edges has seen the place.
            said = {} if status == "made" else {"status": "confirmed", "score": None}
            _refuse_same(store, here, actor.layer_pk, tag_pk, pieces)
            step.update("anchors", anchor, {**place_row(text, pieces), **said})
            _touch(store, step, mark, {})
    return get(store, annotation_id)


def get(store: Store, annotation_id: str) -> Annotation:
    """The mark with this id, in whoever's layer; NotFound where it is not there or was removed."""
    row = store.row("SELECT pk FROM annotations WHERE id = ? AND deleted_at IS NULL", (annotation_id,))
    found = by_pk(store, [row[0]]) if row else ()
    if not found:
        raise NotFound("That mark is not there (any more): open the article again to see what is.")
    return found[0]


def by_pk(store: Store, pks: Sequence[int]) -> tuple[Annotation, ...]:
    """Those of the marks with these numbers that are there (not removed), in the order asked for."""
    found: dict[int, Annotation] = {}
    for first in range(0, len(pks), _AT_ONCE):
        some = pks[first : first + _AT_ONCE]
        places = ", ".join("?" * len(some))
        said = attributes_of(store, some)
        for row in store.rows(f"SELECT {_COLUMNS} FROM {_TABLES} WHERE annotations.pk IN ({places}) AND {_LIVE}", some):
            found[row[0]] = _annotation(row, said.get(row[0], {}))
    return tuple(found[pk] for pk in pks if pk in found)


def attributes_of(store: Store, pks: Sequence[int]) -> dict[int, dict[str, tuple[str, ...]]]:
    """What was said about those of the marks with these numbers (a few hundred at most) that have attributes."""
    said: dict[int, dict[str, tuple[str, ...]]] = {}
    for annotation, name, value in store.rows(
        f"SELECT annotation, name, value FROM attributes WHERE annotation IN ({', '.join('?' * len(pks))})"
        " ORDER BY annotation, name, position",
        pks,
    ):
        names = said.setdefault(annotation, {})
        names[name] = (*names.get(name, ()), value)
    return said


def own(store: Store, actor: Annotator, annotation_id: str) -> Annotation:
    """The mark with this id; Refused where it lies in somebody else's layer."""
    mark = get(store, annotation_id)
    if mark.layer != actor.layer_id:
        raise Refused(f"This mark is {mark.annotator}'s, and only they change it: make your own beside it.")
    return mark


def checked(fragments: Sequence[Span], text: str) -> tuple[Span, ...]:
    """The fragments merged and in order; Refused where they hold no words or reach beyond the text."""
    pieces = merged(fragments)
    if not pieces or not any(span.cut(text).strip() for span in pieces):
        raise Refused("There are no words in the selection: select some first.")
    if pieces[-1].end > len(text):
        raise Refused(f"The text ends at {len(text)}, and {written(pieces)} reaches beyond: choose offsets inside it.")
    return pieces


def counted_places(number: int) -> str:
    """How many marks at once: `1 place`, `22 places`."""
    return "1 place" if number == 1 else f"{number} places"


def counted(pieces: Sequence[Span], text: str) -> str:
    """How many words these are, as people say it: `1 word`, `22 words`."""
    words = sum(len(span.cut(text).split()) for span in pieces)
    return "1 word" if words == 1 else f"{words} words"


@contextmanager
def _changing(
    store: Store, actor: Annotator, annotation_id: str, label: str
) -> Iterator[tuple[Step, Annotation, Place]]:
    """A step on one mark of the actor's own; the mark is read under the lock, so that it is the present one."""
    with store.step(label, actor.pk, layer=actor.layer_pk) as step:
        mark = own(store, actor, annotation_id)
        here = documents.place(store, mark.document)
        step.document = here.document
        yield step, mark, here


def _here(store: Store, step: Step, document_id: str, version_id: str) -> Place:
    here = documents.place(store, document_id)
    refuse_replaced(store, here, version_id)
    step.document = here.document
    return here


def refuse_replaced(store: Store, here: Place, version_id: str) -> None:
    """Refused where the article has another text than the one of this id, which somebody is looking at."""
    if store.row("SELECT 1 FROM versions WHERE pk = ? AND id = ?", (here.version, version_id)) is None:
        raise Refused("The article has a newer text than the one on the screen: open it again, then mark.")


def _tag(store: Store, tag: Tag) -> int:
    row = store.row(
        "SELECT pk, revision FROM tags WHERE id = ? AND retired_at IS NULL AND merged_into IS NULL", (tag.id,)
    )
    if row is None:
        raise Refused(f"The tag “{tag.name}” is not in use (any more): choose another one.")
    if row[1] != tag.revision:
        raise Refused(f"The definition of “{tag.name}” has changed meanwhile: open the article again, then mark.")
    return int(row[0])


def _tag_name(store: Store, mark: Annotation) -> str:
    row = store.row("SELECT name FROM tags WHERE id = ?", (mark.tag,))
    return str(row[0]) if row else "tag"


def _same(store: Store, here: Place, layer: int, tag: int, pieces: tuple[Span, ...]) -> str | None:
    """The name of the tag if these very words carry it in this layer already; found by where they are."""
    row = store.row(
        "SELECT tags.name FROM anchors INDEXED BY anchors_place"
        " JOIN annotations ON annotations.pk = anchors.annotation JOIN tags ON tags.pk = annotations.tag"
        " WHERE anchors.version = ? AND anchors.start = ? AND anchors.end = ? AND anchors.fragments = ?"
        f" AND anchors.status <> 'orphan' AND annotations.layer = ? AND annotations.tag IN ({ALIASES})"
        " AND annotations.deleted_at IS NULL",
        (here.version, pieces[0].start, pieces[-1].end, written(pieces), layer, tag, tag),
    )
    return None if row is None else str(row[0])


def _marked(store: Store, here: Place, layer: int, tag: int) -> set[str]:
    """The places (`10-25;40-52`) that carry the tag in this layer already."""
    rows = store.rows(
        "SELECT anchors.fragments FROM annotations JOIN anchors ON anchors.annotation = annotations.pk"
        " AND anchors.version = ? AND anchors.status <> 'orphan' WHERE annotations.document = ?"
        f" AND annotations.layer = ? AND annotations.tag IN ({ALIASES}) AND annotations.deleted_at IS NULL",
        (here.version, here.document, layer, tag, tag),
    )
    return {fragments for (fragments,) in rows}


def _refuse_same(store: Store, here: Place, layer: int, tag: int, pieces: tuple[Span, ...]) -> None:
    name = _same(store, here, layer, tag, pieces)
    if name is not None:
        raise Refused(f"These words are marked as {name} already: change that mark, or select other words.")


def _insert(
    store: Store,
    step: Step,
    actor: Annotator,
    here: Place,
    text: str,
    pieces: tuple[Span, ...],
    tag: tuple[int, int],
    note: str,
) -> int:
    pk = step.insert("annotations", {**_row(store, actor, here, tag, note), "id": store.new_id()})
    step.insert("anchors", {"annotation": pk, "version": here.version, "status": "made", **place_row(text, pieces)})
    return pk


def _row(store: Store, actor: Annotator, here: Place, tag: tuple[int, int], note: str) -> dict[str, object]:
    """A new annotation but for its id; `tag` is the tag's pk and revision."""
    at = store.time()
    return {
        "id": "",
        "document": here.document,
        "layer": actor.layer_pk,
        "tag": tag[0],
        "tag_revision": tag[1],
        "note": note,
        "created_at": at,
        "updated_at": at,
        "deleted_at": None,
    }


def place_row(text: str, pieces: tuple[Span, ...]) -> dict[str, object]:
    """The columns of a place: where it is, the words there and what is around them, cut from the text."""
    words = cut(text, pieces)
    return {
        "start": pieces[0].start,
        "end": pieces[-1].end,
        "fragments": written(pieces),
        "quote": words.quote,
        "prefix": words.prefix,
        "suffix": words.suffix,
    }


def _touch(store: Store, step: Step, mark: Annotation, values: Mapping[str, object]) -> None:
    step.update("annotations", mark.pk, {**values, "updated_at": store.time()})


def _set_attributes(store: Store, step: Step, annotation: int, attributes: Mapping[str, Sequence[str]]) -> bool:
    """Row by row, so that what stays the same leaves no line in the log; whether anything changed."""
    changed = False
    for name, values in attributes.items():
        rows = store.rows(
            "SELECT pk FROM attributes WHERE annotation = ? AND name = ? ORDER BY position", (annotation, name)
        )
        for (pk,) in rows[len(values) :]:
            step.delete("attributes", pk)
            changed = True
        for position, value in enumerate(values):
            if position < len(rows):
                changed |= step.update("attributes", rows[position][0], {"value": value})
            else:
                row = {"annotation": annotation, "name": name, "position": position, "value": value}
                step.insert("attributes", row)
                changed = True
    return changed


def _annotation(row: tuple[Any, ...], said: Mapping[str, tuple[str, ...]]) -> Annotation:
    return Annotation(
        id=row[1],
        document=row[2],
        layer=row[3],
        annotator=row[4],
        tag=row[5],
        tag_revision=row[6],
        fragments=parsed(row[7]),
        text=row[8],
        before=row[9],
        after=row[10],
        note=row[11],
        created_at=row[12],
        updated_at=row[13],
        attributes=said,
        status=row[14],
        pk=row[0],
    )
