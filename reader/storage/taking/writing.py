"""Writing a plan: one step, which undo never takes back; everything in it is in the log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reader.storage import versions
from reader.storage.tables import IMAGE
from reader.storage.taking.plan import TABLES, Plan, Row

if TYPE_CHECKING:
    from reader.storage.steps import Step
    from reader.storage.store import Store

_NAMES: Mapping[str, Mapping[str, str]] = {
    "layers": {"annotator": "annotators"},
    "tags": {"codebook": "codebooks", "merged_into": "tags"},
    "tag_revisions": {"tag": "tags"},
    "annotations": {"document": "documents", "layer": "layers", "tag": "tags"},
    "anchors": {"annotation": "annotations", "version": "versions"},
    "attributes": {"annotation": "annotations"},
    "relations": {"layer": "layers", "source": "annotations", "target": "annotations"},
    "readings": {"layer": "layers", "version": "versions"},
    "reviews": {"layer": "layers"},
    "review_sides": {"review": "reviews", "layer": "layers"},
    "decisions": {"review": "reviews", "document": "documents", "annotator": "annotators"},
    "outcomes": {"annotation": "annotations", "decision": "decisions", "source": "annotations"},
    "answers": {"decision": "decisions", "annotator": "annotators"},
}
"""Which columns name rows of which tables."""


def write(store: Store, step: Step, plan: Plan) -> None:
    """All rows of a plan; inside the step."""
    numbers = _Numbers(store)
    for table in reversed(TABLES):
        for pk in plan.rows[table].gone:
            step.delete(table, pk)
    for table in TABLES:
        if table == "annotations":
            _texts(store, step, plan, numbers)
        for pk, values in plan.rows[table].changed:
            step.update(table, pk, numbers.named(table, values))
        _new(step, table, plan, numbers)


def _new(step: Step, table: str, plan: Plan, numbers: _Numbers) -> None:
    rows = plan.rows[table].new
    if not rows:
        return
    if table == "tags":
        # An heir may come later than those that were merged into it.
        for row in rows:
            numbers.add(table, row["id"], step.insert(table, numbers.named(table, {**row, "merged_into": None})))
        for row in rows:
            step.update(table, numbers.of(table, row["id"]), numbers.named(table, {"merged_into": row["merged_into"]}))
        return
    pks = step.insert_all(table, [numbers.named(table, row) for row in rows])
    if "id" in IMAGE[table]:
        for row, pk in zip(rows, pks, strict=True):
            numbers.add(table, row["id"], pk)


def _texts(store: Store, step: Step, plan: Plan, numbers: _Numbers) -> None:
    """Articles that are added, and texts that are not the present one of theirs."""
    for article, codebook in plan.documents:
        numbers.add("documents", article.id, step.insert("documents", {
            "id": article.id, "title": article.title, "byline": article.byline, "date": article.date,
            "source": article.source, "language": article.language, "codebook": codebook,
            "created_at": article.created_at, "updated_at": article.updated_at,
        }))  # fmt: skip
    for document, text, intake in plan.texts:
        home = numbers.of("documents", document)
        known = versions.of_document(store, home)
        number = max((each.number for each in known), default=0) + 1
        free = bool(text.id) and store.row("SELECT 1 FROM versions WHERE id = ?", (text.id,)) is None
        pk = versions.insert(store, step, home, number, intake, text.created_at, text.id if free else "")
        numbers.add("versions", text.text_hash, pk)
    for article, _ in plan.documents:
        present = {"version": numbers.of("versions", article.text_hash)}
        step.update("documents", numbers.of("documents", article.id), present)


class _Numbers:
    """The pks of rows by their ids, of texts by their hashes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[tuple[str, object], int] = {}

    def add(self, table: str, id_: object, pk: int) -> None:
        """A row is new here."""
        self._known[table, id_] = pk

    def of(self, table: str, id_: object) -> int:
        """The number of a row that is here."""
        if (table, id_) not in self._known:
            column = "text_hash" if table == "versions" else "id"
            ((pk,),) = self._store.rows(f"SELECT pk FROM {table} WHERE {column} = ?", (id_,))
            self._known[table, id_] = pk
        return self._known[table, id_]

    def named(self, table: str, row: Row) -> dict[str, object]:
        """The row with numbers in place of ids."""
        names = _NAMES.get(table)
        if not names:
            return dict(row)
        return {
            column: self.of(names[column], value) if column in names and value is not None else value
            for column, value in row.items()
        }
