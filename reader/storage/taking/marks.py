"""One layer's marks against those that are here of it: what is new, what is otherwise, what is gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from reader.annotations.codebook import Tag, normal
from reader.storage.taking.here import MarkHere, marks_of, taken
from reader.storage.taking.placing import BEYOND_DOUBT, Coming, Misplaced, carry_all, places_of

if TYPE_CHECKING:
    from reader.annotations.bundle import Bundle, Layer, Mark
    from reader.storage.store import Store
    from reader.storage.taking.articles import Match, Texts
    from reader.storage.taking.people import People
    from reader.storage.taking.plan import LayerCount, Plan
    from reader.storage.taking.tags import Tags

_JOINED_BY = "; "
_WHOLE = ("new", "newer", "replaced")
"""States in which a layer becomes what the file says."""


class Marks:
    """Plans the marks of one file, layer by layer."""

    def __init__(
        self,
        store: Store,
        bundle: Bundle,
        plan: Plan,
        people: People,
        matches: Mapping[str, Match],
        texts: Texts,
        tags: Tags,
    ) -> None:
        """All that one plan goes by."""
        self._store = store
        self._bundle = bundle
        self._plan = plan
        self._people = people
        self._matches = matches
        self._texts = texts
        self._tags = tags
        self.come: dict[str, tuple[str, str]] = {}
        """The marks that are here afterwards, by id: the layer and the article that each is in."""
        self._covered = {match.document for match in matches.values()}

    def layer(self, layer: Layer, marks: Sequence[Mark]) -> None:
        """One layer: its rows go into the plan, its numbers into its count."""
        count = self._people.counts[layer.id]
        known = self._people.layers.get(layer.id)
        here = marks_of(self._store, known.pk) if known else {}
        self.come |= {id_: (layer.id, mark.document) for id_, mark in here.items() if mark.deleted_at is None}
        if count.state in ("older", "refused"):
            return
        live = {mark.id: mark for mark in marks if mark.deleted_at is None}
        count.elsewhere = sum(mark.article not in self._matches for mark in live.values())
        coming = self._coming(layer, list(live.values()), here, count)
        if count.state == "yours":
            count.differ = self._differing(coming, here)
            return
        self._carry(coming)
        missing = {id_: mark for id_, mark in here.items() if id_ not in live and mark.deleted_at is None}
        if count.state in _WHOLE:
            gone = {
                id_: mark for id_, mark in missing.items()
                if mark.document in self._covered and not self._is_later(mark)
            }  # fmt: skip
            self._remove(marks, gone, count)
        coming = self._apart(coming, here, count)
        self.come |= {each.mark.id: (layer.id, each.match.document) for each in coming}
        for each in coming:
            self._mark(layer, each, count)

    def _remove(self, marks: Sequence[Mark], gone: Mapping[str, MarkHere], count: LayerCount) -> None:
        """These are removed, when the file says, else now."""
        removed = {mark.id: mark.deleted_at for mark in marks}
        for id_, mark in gone.items():
            del self.come[id_]
            count.removed += 1
            at = removed.get(id_) or self._store.time()
            self._plan.rows["annotations"].changed.append((mark.pk, {"deleted_at": at}))

    def _apart(self, coming: Sequence[Coming], here: Mapping[str, MarkHere], count: LayerCount) -> list[Coming]:
        """Those that come: of one that says the same of the same words as one that is here, the later one stays.

        A file of marks lacks those that were removed: where one was made anew, the old one is still here.
        """
        ids = {each.mark.id for each in coming}
        present = {match.document: match.present for match in self._matches.values()}
        said: dict[tuple[str, str, str], str] = {}
        for id_, mark in here.items():
            if id_ in self.come and id_ not in ids and present.get(mark.document) in mark.anchors:
                anchor = mark.anchors[present[mark.document]][1]
                if anchor.status in BEYOND_DOUBT:
                    said[mark.document, mark.shown, anchor.fragments] = id_
        found: list[Coming] = []
        for each in coming:
            place = each.wanted.get(each.match.present)
            other = ""
            if place is not None and place.status in BEYOND_DOUBT:
                other = said.get((each.match.document, each.given.shown, place.fragments), "")
            if other and here[other].updated_at > each.mark.updated_at:
                self._plan.refuse("mark", each.mark.id, "a later one says the same of the same words")
                continue
            if other:
                self._remove((), {other: here[other]}, count)
            found.append(each)
        return found

    def _coming(self, layer: Layer, marks: list[Mark], here: Mapping[str, MarkHere], count: LayerCount) -> list[Coming]:
        """Those of a layer's marks that can be taken in; the others are refused."""
        who = self._bundle.people[layer.annotator]
        elsewhere = taken(self._store, "annotations", [mark.id for mark in marks if mark.id not in here])
        found: list[Coming] = []
        for mark in sorted(marks, key=lambda each: each.article):
            match, known = self._matches.get(mark.article), here.get(mark.id)
            if match is None or not self._is_wanted(mark, known, count):
                continue
            if mark.id in elsewhere:
                self._plan.refuse("mark", mark.id, "a mark of that id is in another layer here")
                continue
            if known is not None and known.document != match.document:
                self._plan.refuse("mark", mark.id, "it is in another article here")
                continue
            given = self._tags.given(mark.tag, match.codebook, who)
            if given is None:
                name = self._bundle.tags[mark.tag].name
                self._plan.refuse("mark", mark.id, f"no tag here is called “{name}”: add its codebook first")
                continue
            try:
                places = places_of(mark, match, self._texts, known)
            except Misplaced as problem:
                self._plan.refuse("mark", mark.id, str(problem))
                continue
            said = _parted(mark.attributes, given.tag, known) if self._bundle.joined else mark.attributes
            found.append(Coming(mark, match, given, places, known, said))
        return found

    def _is_wanted(self, mark: Mark, known: MarkHere | None, count: LayerCount) -> bool:
        """Whether what the file says of a mark counts: not where what is here is as new."""
        if known is None or count.state == "yours":
            return True
        # Removing a mark leaves its time as it was, and so does changing it in a spreadsheet.
        is_old = mark.updated_at <= known.updated_at if known.deleted_at else mark.updated_at < known.updated_at
        stays = (
            count.state == "same"
            or (count.state == "marks" and is_old)
            or (count.state == "newer" and self._is_later(known))
        )
        count.unchanged += stays and known.deleted_at is None
        return not stays

    def _is_later(self, mark: MarkHere) -> bool:
        """Whether a mark here came from a later file without step numbers than this one."""
        return bool(self._bundle.until) and mark.updated_at > self._bundle.until

    def _carry(self, coming: Sequence[Coming]) -> None:
        by_document: defaultdict[str, list[Coming]] = defaultdict(list)
        for each in coming:
            by_document[each.match.document].append(each)
        for some in by_document.values():
            carry_all(sorted(some, key=lambda each: each.mark.id), self._texts)

    def _mark(self, layer: Layer, each: Coming, count: LayerCount) -> None:
        """The rows of one mark."""
        self._people.come(layer.id)
        count.sure += each.moved == "sure"
        count.unsure += each.moved == "unsure"
        count.gone += each.moved == "gone"
        mark, here = each.mark, each.here
        revision = mark.tag_revision
        if each.given.by_name:
            revision = here.tag_revision if here and here.tag == each.given.id else each.given.tag.revision
        row: dict[str, object] = {
            "tag": each.given.id, "tag_revision": revision, "note": mark.note, "created_at": mark.created_at,
            "updated_at": mark.updated_at, "deleted_at": None,
        }  # fmt: skip
        if here is None:
            count.added += 1
            self._plan.rows["annotations"].new.append(
                {"id": mark.id, "document": each.match.document, "layer": layer.id, **row}
            )
        else:
            before = {name: getattr(here, name) for name in row}
            if row["tag"] == here.shown and not self._bundle.is_whole:
                row["tag"] = here.tag  # Files of marks name the heir of a merged tag.
            said = any(row[name] != before[name] for name in row if name not in ("updated_at", "deleted_at"))
            if here.deleted_at is not None:
                count.added += 1
            elif said or each.has_moved or here.said() != dict(each.attributes):
                count.changed += 1
            else:
                count.unchanged += 1
            changed = {name: value for name, value in row.items() if value != before[name]}
            if changed:
                self._plan.rows["annotations"].changed.append((here.pk, changed))
        self._anchors(each)
        self._attributes(each)

    def _anchors(self, each: Coming) -> None:
        rows = self._plan.rows["anchors"]
        known = each.here.anchors if each.here else {}
        wanted = each.wanted
        for text_hash, anchor in wanted.items():
            if text_hash not in known:
                rows.new.append({"annotation": each.mark.id, "version": text_hash, **anchor._asdict()})
            elif known[text_hash][1] != anchor:
                rows.changed.append((known[text_hash][0], anchor._asdict()))
        stay = frozenset[str]() if each.has_moved else each.match.had
        rows.gone += (pk for text_hash, (pk, _) in known.items() if text_hash not in wanted and text_hash not in stay)

    def _attributes(self, each: Coming) -> None:
        rows = self._plan.rows["attributes"]
        known = each.here.attributes if each.here else {}
        for name, values in each.attributes.items():
            there = known.get(name, [])
            for position, value in enumerate(values):
                if position >= len(there):
                    row = {"annotation": each.mark.id, "name": name, "position": position, "value": value}
                    rows.new.append(row)
                elif there[position][1] != value:
                    rows.changed.append((there[position][0], {"value": value}))
            rows.gone += (pk for pk, _ in there[len(values) :])
        for name, there in known.items():
            if name not in each.attributes:
                rows.gone += (pk for pk, _ in there)

    def _differing(self, coming: Sequence[Coming], here: Mapping[str, MarkHere]) -> int:
        """How many marks of a layer made here are otherwise in the file, or missing in one of the two."""
        differ = sum(_differs(each) for each in coming)
        theirs = {each.mark.id for each in coming}
        return differ + sum(
            mark.deleted_at is None and mark.document in self._covered and id_ not in theirs
            for id_, mark in here.items()
        )


def _differs(each: Coming) -> bool:
    here, mark = each.here, each.mark
    if here is None or here.deleted_at is not None:
        return True
    shared = {name: anchor for name, anchor in each.places.items() if name in here.anchors}
    return (
        here.shown != each.given.shown
        or here.note != mark.note
        or here.said() != dict(each.attributes)
        or any(here.anchors[name][1].fragments != anchor.fragments for name, anchor in shared.items())
    )


def _parted(attributes: Mapping[str, tuple[str, ...]], tag: Tag, known: MarkHere | None) -> dict[str, tuple[str, ...]]:
    """Several values that stand in one cell, apart where the tag's attribute holds several."""
    said = known.said() if known else {}
    found: dict[str, tuple[str, ...]] = {}
    for name, values in attributes.items():
        cell = _JOINED_BY.join(values)
        attribute = next((each for each in tag.attributes if normal(each.name) == normal(name)), None)
        if name in said and _JOINED_BY.join(said[name]) == cell:
            found[name] = said[name]
        elif attribute is not None and attribute.takes_several:
            found[name] = tuple(cell.split(_JOINED_BY))
        else:
            found[name] = (cell,)
    return found
