"""What belongs to a layer besides its marks: links between them, and how far its annotator has read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from reader.annotations.bundle import Reading, derived
from reader.annotations.relation import Bond
from reader.storage.taking.here import taken

if TYPE_CHECKING:
    from reader.annotations.bundle import Bundle, Layer, Link
    from reader.storage.store import Store
    from reader.storage.taking.articles import Match
    from reader.storage.taking.people import People
    from reader.storage.taking.plan import Plan


class Rest:
    """Plans links and readings of one file, layer by layer."""

    def __init__(
        self,
        store: Store,
        bundle: Bundle,
        plan: Plan,
        people: People,
        matches: Mapping[str, Match],
        come: set[str],
    ) -> None:
        """`come`: the marks that are here afterwards."""
        self._store = store
        self._bundle = bundle
        self._plan = plan
        self._people = people
        self._come = come
        self._covered = {match.document for match in matches.values()}
        self._texts = {text.text_hash for match in matches.values() for text in match.texts}

    def layer(self, layer: Layer, links: Sequence[Link], readings: Sequence[Reading]) -> None:
        """One layer: its rows go into the plan."""
        if self._people.counts[layer.id].state in ("yours", "older", "refused"):
            return
        self._links(layer, links)
        self._readings(layer, readings)

    def _links(self, layer: Layer, links: Sequence[Link]) -> None:
        rows, state = self._plan.rows["relations"], self._people.counts[layer.id].state
        known = {
            (source, target): (pk, id_, kind, deleted)
            for pk, id_, kind, source, target, deleted in self._here(layer.id)
        }
        by_id = {id_: (pk, kind, deleted) for pk, id_, kind, deleted in known.values()}
        live = [each for each in links if each.deleted_at is None and {each.source, each.target} <= self._come]
        strangers = taken(self._store, "relations", [each.id for each in live if each.id and each.id not in by_id])
        kept: set[str] = set()
        for each in live:
            known_id = known[each.source, each.target][1] if (each.source, each.target) in known else ""
            id_ = each.id or known_id or derived("link", each.source, each.target)
            kind = each.kind if each.kind in set(Bond) else Bond.OTHER.value
            kept.add(id_)
            if id_ in strangers:
                self._plan.refuse("link", id_, "a link of that id is in another layer here")
            elif id_ not in by_id:
                self._people.come(layer.id)
                rows.new.append({
                    "id": id_, "layer": layer.id, "kind": kind, "source": each.source, "target": each.target,
                    "created_at": each.created_at, "deleted_at": None,
                })  # fmt: skip
            elif state in ("newer", "replaced") and (kind, None) != by_id[id_][1:]:
                rows.changed.append((by_id[id_][0], {"kind": kind, "deleted_at": None}))
        if state in ("newer", "replaced"):
            gone = {each.id: each.deleted_at for each in links}
            for id_, (pk, _, deleted) in by_id.items():
                if deleted is None and id_ not in kept:
                    rows.changed.append((pk, {"deleted_at": gone.get(id_) or self._store.time()}))

    def _here(self, layer: str) -> list[tuple[int, str, str, str, str, str | None]]:
        """The links of a layer between marks of articles that the file has."""
        return [
            (pk, id_, kind, source, target, deleted)
            for pk, id_, kind, source, target, deleted, document in self._store.rows(
                "SELECT relations.pk, relations.id, relations.kind, source.id, target.id, relations.deleted_at,"
                " documents.id FROM relations JOIN layers ON layers.pk = relations.layer"
                " JOIN annotations AS source ON source.pk = relations.source"
                " JOIN annotations AS target ON target.pk = relations.target"
                " JOIN documents ON documents.pk = source.document WHERE layers.id = ?"
                " ORDER BY relations.deleted_at IS NULL, relations.pk",
                (layer,),
            )
            if document in self._covered
        ]

    def _readings(self, layer: Layer, readings: Sequence[Reading]) -> None:
        rows, state = self._plan.rows["readings"], self._people.counts[layer.id].state
        known = self._read(layer.id)
        for each in readings:
            if each.text_hash not in self._texts:
                continue
            if each.text_hash not in known:
                self._people.come(layer.id)
                rows.new.append(dict(zip(_READING, each, strict=True)))
                continue
            pk, there = known[each.text_hash]
            if not self._bundle.is_whole:
                # Such a file knows the note alone, and has no time of its own for it.
                if each.note != there.note and each.updated_at >= there.updated_at:
                    rows.changed.append((pk, {"note": each.note}))
            elif state == "newer" and each != there:
                rows.changed.append((pk, dict(zip(_READING[2:], each[2:], strict=True))))
        if state == "newer":
            theirs = {each.text_hash for each in readings}
            rows.gone += (pk for text_hash, (pk, _) in known.items() if text_hash not in theirs)

    def _read(self, layer: str) -> dict[str, tuple[int, Reading]]:
        """The readings of a layer in texts that the file could say something of, and their numbers."""
        return {
            text_hash: (pk, Reading(layer, text_hash, *told))
            for document, text_hash, pk, *told in self._store.rows(
                "SELECT documents.id, versions.text_hash, readings.pk, readings.status, readings.place, readings.note,"
                " readings.opened_at, readings.updated_at, readings.last_opened_at FROM readings"
                " JOIN layers ON layers.pk = readings.layer JOIN versions ON versions.pk = readings.version"
                " JOIN documents ON documents.pk = versions.document WHERE layers.id = ?",
                (layer,),
            )
            if document in self._covered
        }


_READING = ("layer", "version", "status", "place", "note", "opened_at", "updated_at", "last_opened_at")
