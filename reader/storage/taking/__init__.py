"""Taking in what others said: their layers come into this database as they are, by their ids, and change nothing else.

First it is worked out what that would change (`plan`), without a lock, since carrying marks to another text takes its
time; then it is written as one step of the kind `record`. What comes of a file depends on the file and on what was here
of its owner, never on the order of files: a newer state of a layer replaces an older one, an older one changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reader.storage.taking.articles import matched
from reader.storage.taking.marks import Marks
from reader.storage.taking.people import People
from reader.storage.taking.plan import Options, Plan
from reader.storage.taking.rest import Rest
from reader.storage.taking.reviews import Reviews
from reader.storage.taking.tags import Tags
from reader.storage.taking.writing import write

if TYPE_CHECKING:
    from reader.annotations.bundle import Bundle, Link, Mark, Reading
    from reader.storage.annotators import Annotator
    from reader.storage.store import Store

__all__ = ["Options", "Plan", "planned", "take"]


def planned(store: Store, bundle: Bundle, options: Options) -> Plan:
    """What taking the bundle in would change."""
    plan = Plan(bundle.name, _last_step(store))
    matches, texts = matched(store, bundle, options, plan)
    people = People(store, bundle, options, plan)
    tags = Tags(store, bundle, plan)
    marks: defaultdict[str, list[Mark]] = defaultdict(list)
    links: defaultdict[str, list[Link]] = defaultdict(list)
    readings: defaultdict[str, list[Reading]] = defaultdict(list)
    for mark in bundle.marks:
        marks[mark.layer].append(mark)
    for link in bundle.links:
        links[link.layer].append(link)
    for reading in bundle.readings:
        readings[reading.layer].append(reading)
    planning = Marks(store, bundle, plan, people, matches, texts, tags)
    for id_ in people.counts:
        planning.layer(bundle.layers[id_], marks[id_])
    rest = Rest(store, bundle, plan, people, matches, planning.come)
    for id_, count in people.counts.items():
        rest.layer(bundle.layers[id_], links[id_], readings[id_])
        # Also without a mark: an older file, with marks that are gone since, must be known as that.
        is_known = count.state != "new" or (bool(matches) and bundle.layers[id_].active)
        if is_known and count.state not in ("yours", "refused"):
            people.come(id_)
    Reviews(store, bundle, plan, people, matches, tags, planning.come).plan()
    _only_needed(plan)
    plan.layers = [each for each in people.counts.values() if bundle.layers[each.layer].active or each.added]
    return plan


def take(store: Store, actor: Annotator, bundle: Bundle, options: Options) -> Plan:
    """Takes the bundle in, durable on return; what that changed."""
    plan = planned(store, bundle, options)
    if plan.is_empty:
        return plan
    names = ", ".join(sorted({each.annotator for each in plan.layers if each.state not in ("yours", "refused")}))
    with store.step(f"marks of {names} came in" if names else "answers came in", actor.pk, kind="record") as step:
        if _last_step(store) != plan.step:
            # Somebody did something meanwhile: worked out once more, under the lock.
            plan = planned(store, bundle, options)
        write(store, step, plan)
    return plan


def _only_needed(plan: Plan) -> None:
    """Of the texts only those in which something comes to stand, or that an added article has."""
    needed = {row["version"] for table in ("anchors", "readings") for row in plan.rows[table].new}
    needed |= {each.article.text_hash for each in plan.documents}
    plan.texts = [each for each in plan.texts if each.text.text_hash in needed]


def _last_step(store: Store) -> int:
    ((last,),) = store.rows("SELECT ifnull(max(pk), 0) FROM steps")
    return int(last)
