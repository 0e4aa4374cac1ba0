"""Whose layers come: which are here already, which were made here, and which of two states is the newer one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from reader.annotations.bundle import derived
from reader.storage.taking.plan import LayerCount, Options, Plan, State

if TYPE_CHECKING:
    from reader.annotations.bundle import Bundle, Layer
    from reader.storage.store import Store


class LayerHere(NamedTuple):
    """A layer that is here already."""

    pk: int
    annotator_pk: int
    annotator: str
    """UUID of the annotator."""
    purpose: str
    name: str
    created_at: str
    seq: int
    is_local: bool
    """Whether it was made here."""


class PersonHere(NamedTuple):
    """An annotator who is here already."""

    pk: int
    name: str
    is_local: bool


class People:
    """The annotators and layers of a file, and what they are here."""

    def __init__(self, store: Store, bundle: Bundle, options: Options, plan: Plan) -> None:
        """Looks each of them up and notes what becomes of it."""
        self._bundle = bundle
        self._options = options
        self._plan = plan
        self.people = {
            id_: PersonHere(pk, name, bool(local))
            for id_, pk, name, local in store.rows(
                "SELECT id, pk, name, origin = 'local' FROM annotators WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(bundle.people)),),
            )
        }
        self.layers = {
            id_: LayerHere._make((*row, bool(local)))
            for id_, *row, local in store.rows(
                "SELECT layers.id, layers.pk, annotators.pk, annotators.id, layers.purpose, layers.name,"
                " layers.created_at, layers.seq, annotators.origin = 'local' FROM layers"
                " JOIN annotators ON annotators.pk = layers.annotator"
                " WHERE layers.id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(bundle.layers)),),
            )
        }
        self._noted: set[str] = set()
        self.counts: dict[str, LayerCount] = {}
        for layer in sorted(bundle.layers.values(), key=lambda each: (each.created_at, each.id)):
            self.counts[layer.id] = self._counted(layer)

    def is_local(self, annotator: str) -> bool:
        """Whether an annotator of the file works here."""
        return annotator in self.people and self.people[annotator].is_local

    def come(self, layer_id: str) -> None:
        """A layer comes in, or changes: its row and its annotator's are noted, once."""
        if layer_id in self._noted:
            return
        self._noted.add(layer_id)
        layer = self._bundle.layers[layer_id]
        count = self.counts[layer_id]
        here = self.layers.get(layer_id)
        if here is None:
            self.person(layer.annotator)
            self._plan.rows["layers"].new.append({
                "id": layer.id, "annotator": layer.annotator, "purpose": count.purpose, "name": layer.name,
                "created_at": layer.created_at, "seq": layer.seq or 0,
            })  # fmt: skip
            return
        wanted: dict[str, object] = {"purpose": count.purpose}
        if count.state == "newer":
            wanted |= {"seq": layer.seq, "name": layer.name, "created_at": layer.created_at}
            self._renamed(layer.annotator)
        if _is_derived(here.annotator, layer_id) and not self._bundle.people[layer.annotator].is_derived:
            self._known_now(here, layer.annotator, wanted)
        if wanted != {name: getattr(here, name) for name in wanted}:
            self._plan.rows["layers"].changed.append((here.pk, wanted))

    def person(self, annotator: str) -> None:
        """An annotator of the file comes in, if they are not here."""
        who = self._bundle.people[annotator]
        known = self._plan.rows["annotators"].new
        if annotator not in self.people and all(row["id"] != annotator for row in known):
            known.append({"id": who.id, "name": who.name, "origin": "imported", "created_at": who.created_at})

    def _renamed(self, annotator: str) -> None:
        who, here = self._bundle.people[annotator], self.people.get(annotator)
        if here is not None and who.name != here.name and not here.is_local:
            self._plan.rows["annotators"].changed.append((here.pk, {"name": who.name}))

    def _known_now(self, here: LayerHere, annotator: str, wanted: dict[str, object]) -> None:
        """Whose a layer is that came from a file which did not say."""
        if annotator in self.people:
            wanted["annotator"] = annotator
        else:
            row = {"id": annotator, "name": self._bundle.people[annotator].name}
            self._plan.rows["annotators"].changed.append((here.annotator_pk, row))

    def _counted(self, layer: Layer) -> LayerCount:
        who = self._bundle.people[layer.annotator]
        here = self.layers.get(layer.id)
        state = self._state(layer, here)
        purpose = layer.purpose or (here.purpose if here else "own")
        if purpose == "own" and (self._options.as_key or (here is not None and here.purpose == "answer key")):
            purpose = "answer key"
        return LayerCount(layer.id, who.name, who.id, purpose, state)

    def _state(self, layer: Layer, here: LayerHere | None) -> State:
        if here is None:
            if self.is_local(layer.annotator):
                self._plan.refuse(
                    "layer", layer.id, f"it says it is {self.people[layer.annotator].name}'s, but was not made here"
                )
                return "refused"
            return "new"
        if here.is_local:
            return "yours"
        is_vague = self._bundle.people[layer.annotator].is_derived or _is_derived(here.annotator, layer.id)
        if here.annotator != layer.annotator and not is_vague:
            self._plan.refuse("layer", layer.id, "it is another annotator's here")
            return "refused"
        if layer.seq is None:
            return "replaced" if self._options.replace else "marks"
        if layer.seq == here.seq:
            return "same"
        return "newer" if layer.seq > here.seq else "older"


def _is_derived(annotator: str, layer: str) -> bool:
    """Whether this annotator's id was made of the layer's."""
    return annotator == derived("annotator", layer)
