"""What belongs to a layer besides its marks: links between them, and how far its annotator has read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

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
        come: Mapping[str, tuple[str, str]],
    ) -> None:
        """`come`: the marks that are here afterwards, each with its layer and its article here."""
        self._store = store
        self._bundle = bundle
        self._plan = plan
        self._people = people
        self._come = come
        self._covered = {match.document for match in matches.values()}
        self._texts = {text.text_hash: match.document for match in matches.values() for text in match.texts}

    def layer(self, layer: Layer, links: Sequence[Link], readings: Sequence[Reading]) -> None:
        """One layer: its rows go into the plan."""
        if self._people.counts[layer.id].state in ("yours", "older", "refused"):
            return
        self._links(layer, links)
        self._readings(layer, readings)

    def _links(self, layer: Layer, links: Sequence[Link]) -> None:
        rows, state = self._plan.rows["relations"], self._people.counts[layer.id].state
        here = self._here(layer.id)
        by_id = {id_: (pk, kind, deleted) for pk, id_, kind, _, _, deleted in here}
        between = {(source, target): id_ for _, id_, _, source, target, _ in here}
        live = [each for each in links if each.deleted_at is None and self._joins(layer, each)]
        strangers = taken(self._store, "relations", [each.id for each in live if each.id and each.id not in by_id])
        kept: set[str] = set()
        for each in live:
            pair = each.source, each.target
            id_ = each.id or between.get(pair) or derived("link", *pair)
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

    def _joins(self, layer: Layer, link: Link) -> bool:
        """Whether both of its marks are here, in this layer and in one article."""
        source, target = self._come.get(link.source), self._come.get(link.target)
        if source is None or target is None:
            return False
        is_sound = source == target and source[0] == layer.id and link.source != link.target
        if not is_sound:
            self._plan.refuse("link", link.id, "it joins marks of different articles or people")
        return is_sound

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
            document = self._texts.get(each.text_hash)
            if document is None:
                continue
            there = known.get(each.text_hash)
            if not self._bundle.is_whole:
                # Such a file knows the note alone, has no time of its own for it, nor the text that it was begun in.
                noted = [one for one in known.values() if one.document == document and one.reading.note]
                there = noted[0] if noted else there
            if there is None:
                self._people.come(layer.id)
                rows.new.append(dict(zip(_READING, each, strict=True)))
            elif self._bundle.is_whole:
                if state == "newer" and each != there.reading:
                    rows.changed.append((there.pk, dict(zip(_READING[2:], each[2:], strict=True))))
            elif each.note != there.reading.note and each.updated_at >= there.reading.updated_at:
                rows.changed.append((there.pk, {"note": each.note}))
        if state == "newer":
            theirs = {each.text_hash for each in readings}
            rows.gone += (there.pk for text_hash, there in known.items() if text_hash not in theirs)

    def _read(self, layer: str) -> dict[str, _ReadingHere]:
        """The readings of a layer in articles that the file has, by the text's hash."""
        return {
            text_hash: _ReadingHere(pk, document, Reading(layer, text_hash, *told))
            for document, text_hash, pk, *told in self._store.rows(
                "SELECT documents.id, versions.text_hash, readings.pk, readings.status, readings.place, readings.note,"
                " readings.opened_at, readings.updated_at, readings.last_opened_at FROM readings"
                " JOIN layers ON layers.pk = readings.layer JOIN versions ON versions.pk = readings.version"
                " JOIN documents ON documents.pk = versions.document WHERE layers.id = ? ORDER BY versions.number DESC",
                (layer,),
            )
            if document in self._covered
        }


class _ReadingHere(NamedTuple):
    pk: int
    document: str
    reading: Reading


_READING = ("layer", "version", "status", "place", "note", "opened_at", "updated_at", "last_opened_at")
