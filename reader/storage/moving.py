"""An article gets another text: every mark of everybody gets a place in it, as one step; nothing else is touched.

A mark is carried from the last text in which its place was beyond doubt. What a person said of it stays said: a mark
that somebody declared an orphan stays one, and where an article goes back to an earlier text, a mark that has not
changed since is where it was.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from reader.anchoring.carrying import Carried, Status, carry
from reader.anchoring.judging import SURE, Fragments
from reader.documents.span import parsed
from reader.errors import Refused
from reader.storage import documents, versions
from reader.storage.annotations import place_row
from reader.storage.versions import LAST_KNOWN

if TYPE_CHECKING:
    from reader.documents.load import Intake
    from reader.storage.annotators import Annotator
    from reader.storage.documents import Place
    from reader.storage.steps import Step
    from reader.storage.store import Store
    from reader.storage.versions import Version

Known = dict[tuple[int, str], Carried]
"""What became of places (a version's pk, `10-25;40-52`) in the new text."""


class Base(NamedTuple):
    """The last place of a mark that was beyond doubt, and what is said of it in the present text."""

    annotation: int
    layer: int
    tag: int
    removed: bool
    status: str
    """In the present text."""
    by_hand: bool
    """Whether a person gave it that status."""
    version: int
    """The version (its pk) that the rest is about."""
    fragments: str
    quote: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a mark comes to stand in another text."""

    base: Base
    fragments: Fragments
    """Empty for an orphan."""
    status: str
    """`sure`, `unsure`, `orphan`; `kept` where it is where a person put it in that text before."""
    score: float | None
    near: int
    """Where an orphan would stand."""
    anchor: int | None = None
    """The number of the place that it has in that text already."""


@dataclass(frozen=True, slots=True)
class Update:
    """What another text did, or would do, to an article's marks: everybody's, removed ones not counted."""

    number: int
    """Which of its texts the article has now, from 1."""
    is_new: bool
    """False where the article has this text already: nothing was done."""
    was_there: bool
    """Whether it had this text before, and goes back to it."""
    sure: int = 0
    unsure: int = 0
    orphans: int = 0
    own_sure: int = 0
    """Of the sure ones: how many are this annotator's."""
    own_unsure: int = 0
    own_orphans: int = 0


def update(store: Store, actor: Annotator, document_id: str, intake: Intake, *, dry_run: bool = False) -> Update:
    """Gives a document another text, and all its marks a place in it; nothing is written by a dry run.

    Refused where the text is another article's.
    """
    then = _changes(store)
    here = documents.place(store, document_id)
    known: Known = {}
    # Carrying takes its time: done before the lock is taken, and once more under it where something changed meanwhile.
    target = _target(store, here, intake)
    if target is not None and target.pk == here.version:
        return Update(target.number, is_new=False, was_there=True)
    moved = _moved(store, here, target, intake, known)
    if dry_run:
        return _counted(store, actor, here, target, moved)
    with store.step("new text", actor.pk, here.document) as step:
        if _changes(store) != then:
            here = documents.place(store, document_id)
            target = _target(store, here, intake)
            if target is not None and target.pk == here.version:
                return Update(target.number, is_new=False, was_there=True)
            moved = _moved(store, here, target, intake, known)
        result = _counted(store, actor, here, target, moved)
        at = store.time()
        step.label = f"text {result.number}"
        if target is None:
            # A text stays, also where this step is undone: somebody may have opened it.
            coming = step.beside(f"text {result.number} came in", "record")
            version = versions.insert(store, coming, here.document, result.number, intake, at)
        else:
            version = target.pk
        _write(step, version, intake.text, moved)
        step.update("documents", here.document, {"version": version, "updated_at": at})
    return result


def _changes(store: Store) -> tuple[int, int]:
    """What is another value once anybody has changed the database."""
    ((by_others,),) = store.rows("PRAGMA data_version")
    return int(by_others), store.connection.total_changes


def bases(store: Store, document: int) -> list[Base]:
    """The marks of a document (its pk), removed ones too, each with its last place beyond doubt."""
    rows = store.rows(
        "SELECT annotations.pk, annotations.layer, ifnull(tags.merged_into, tags.pk),"
        " annotations.deleted_at IS NOT NULL, ifnull(present.status, 'orphan'),"
        " present.pk IS NOT NULL AND present.score IS NULL,"
        " known.version, known.fragments, known.quote, known.prefix, known.suffix FROM annotations"
        " JOIN documents ON documents.pk = annotations.document JOIN tags ON tags.pk = annotations.tag"
        " LEFT JOIN anchors AS present ON present.annotation = annotations.pk AND present.version = documents.version"
        f" JOIN anchors AS known ON known.pk = {LAST_KNOWN} WHERE annotations.document = ? ORDER BY annotations.pk",
        (document,),
    )
    return [Base(*row) for row in rows]


def _target(store: Store, here: Place, intake: Intake) -> Version | None:
    """The version that has this text already; Refused where it is another article's."""
    found = versions.with_text(store, intake.text_hash)
    if found is not None and found.document != here.document:
        ((title, deleted),) = store.rows(
            "SELECT title, deleted_at IS NOT NULL FROM documents WHERE pk = ?", (found.document,)
        )
        what = f"the deleted article {found.document}" if deleted else f"article {found.document}"
        raise Refused(f"That text is {what}, “{title}”, and no two articles have the same text: name that one.")
    return found


def _moved(store: Store, here: Place, target: Version | None, intake: Intake, known: Known) -> list[Moved]:
    """Where each mark comes to stand; `known` remembers what was carried already."""
    found = bases(store, here.document)
    wanted: defaultdict[int, set[str]] = defaultdict(set)
    for base in found:
        if base.fragments and (base.version, base.fragments) not in known:
            wanted[base.version].add(base.fragments)
    for version, places in wanted.items():
        listed = sorted(places)
        carried = carry(documents.text(store, version), intake.text, [parsed(place) for place in listed])
        known.update(((version, place), each) for place, each in zip(listed, carried, strict=True))
    there = {} if target is None else _there(store, target.pk)
    return apart([place(base, known, there.get(base.annotation)) for base in found], here.version)


def place(base: Base, known: Known, there: There | None) -> Moved:
    """Where a mark comes to stand in a text; `there`: where it is in that text already."""
    carried = known.get((base.version, base.fragments))
    declared = there is not None and there.status == "orphan" and there.score is None
    if carried is None or declared or (base.status == "orphan" and base.by_hand):
        moved = Moved(base, (), "orphan", None, carried.near if carried else 0)
    else:
        status = "orphan" if carried.status is Status.GONE else carried.status.value
        # Rounded down, so that what is not sure does not look so.
        moved = Moved(base, carried.fragments, status, int(carried.score * 1000) / 1000, carried.near)
    if there is not None and there.status in ("made", "confirmed"):
        # A person put it there, in this very text; it stays unless it surely went elsewhere since.
        put = parsed(there.fragments)
        if moved.status != "sure" or moved.fragments == put:
            moved = replace(moved, fragments=put, status="kept", score=None)
    return replace(moved, anchor=there.pk if there else None)


def apart(moved: list[Moved], present: int) -> list[Moved]:
    """The same, but of marks that came together, with one tag in one layer, only one may be sure."""
    taken: set[tuple[int, int, Fragments]] = set()
    out: dict[int, Moved] = {}
    for each in sorted(
        moved, key=lambda each: (each.status != "kept", each.base.version != present, -(each.score or 0.0))
    ):
        said = (each.base.layer, each.base.tag, each.fragments)
        if each.status in ("kept", "sure") and not each.base.removed:
            if said in taken:
                each = replace(each, status="unsure", score=min(each.score or 0.0, SURE - 0.01))
            taken.add(said)
        out[each.base.annotation] = each
    return [out[each.base.annotation] for each in moved]


class There(NamedTuple):
    """The place that a mark has in the text already, because the article had that text before."""

    pk: int
    status: str
    score: float | None
    fragments: str


def _there(store: Store, version: int) -> dict[int, There]:
    rows = store.rows("SELECT annotation, pk, status, score, fragments FROM anchors WHERE version = ?", (version,))
    return {annotation: There(*row) for annotation, *row in rows}


def _counted(store: Store, actor: Annotator, here: Place, target: Version | None, moved: Sequence[Moved]) -> Update:
    number = target.number if target else max(each.number for each in versions.of_document(store, here.document)) + 1
    present = [(each.status, each.base.layer == actor.layer_pk) for each in moved if not each.base.removed]
    found = Counter(("sure" if status == "kept" else status, own) for status, own in present)
    return Update(
        number,
        is_new=True,
        was_there=target is not None,
        sure=found["sure", True] + found["sure", False],
        unsure=found["unsure", True] + found["unsure", False],
        orphans=found["orphan", True] + found["orphan", False],
        own_sure=found["sure", True],
        own_unsure=found["unsure", True],
        own_orphans=found["orphan", True],
    )


def _write(step: Step, version: int, text: str, moved: Sequence[Moved]) -> None:
    rows: list[dict[str, object]] = []
    for each in moved:
        place = place_row(text, each.fragments) if each.fragments else orphan_row(each.near, each.base)
        row: dict[str, object] = {"status": each.status, "score": each.score, **place}
        if each.anchor is None:
            rows.append({"annotation": each.base.annotation, "version": version, **row})
        elif each.status != "kept":
            step.update("anchors", each.anchor, row)
    step.insert_all("anchors", rows)


def orphan_row(near: int, base: Base) -> dict[str, object]:
    """The columns of a place that is none: the words and what was around them are those of the last real one."""
    return {
        "start": near, "end": near, "fragments": "", "quote": base.quote, "prefix": base.prefix, "suffix": base.suffix,
    }  # fmt: skip
