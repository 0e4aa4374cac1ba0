"""The outlines of texts: worked out as a text comes in, else when first asked for, and kept: an export asks for many.

They are no part of the log: each can be worked out again from its text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from reader.errors import StorageProblem

if TYPE_CHECKING:
    from reader.documents.document import Document
    from reader.documents.load import Intake
    from reader.documents.outline import Outline
    from reader.storage.store import Store


def keep(store: Store, version: int, document: int, intake: Intake) -> None:
    """Stores the outline of a version (its pk) that is coming in; inside the step that brings it."""
    from reader.documents.outline import LONGEST, Outline

    if len(intake.text) > LONGEST:
        return
    ((language,),) = store.rows("SELECT language FROM documents WHERE pk = ?", (document,))
    outline = Outline.of(intake.text, intake.layout, language)
    store.connection.execute(_KEPT, (version, language, *outline.dump()))


_KEPT = "INSERT OR REPLACE INTO outlines (version, language, paragraphs, sentences) VALUES (?, ?, ?, ?)"


class Keeper:
    """Works out what is missing while somebody goes through many texts, and keeps it as far as nobody minds."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._keeps = True

    def complete(self, found: dict[int, Outline], wanted: Mapping[int, Document]) -> None:
        """Adds the outlines that are missing of these versions (by their pks), long ones left out.

        Whoever only reads must not fail, nor make anybody wait, for being able to write: after the first time that it
        could not, nothing is kept any more.
        """
        from reader.documents.outline import LONGEST, Outline

        missing = [pk for pk, document in wanted.items() if pk not in found and document.length <= LONGEST]
        for pk in missing:
            ((text,),) = self._store.rows("SELECT text FROM versions WHERE pk = ?", (pk,))
            found[pk] = Outline.of(text, wanted[pk].layout, wanted[pk].language)
        if not missing or not self._keeps:
            return
        try:
            with self._store.write():
                self._store.connection.executemany(
                    _KEPT, [(pk, wanted[pk].language, *found[pk].dump()) for pk in missing]
                )
        except StorageProblem:
            self._keeps = False


def of_versions(store: Store, versions: Sequence[int]) -> dict[int, Outline]:
    """The outlines of those of these versions (some hundreds of pks at most) that have one in the present language."""
    from reader.documents.outline import Outline

    rows = store.rows(
        "SELECT outlines.version, outlines.paragraphs, outlines.sentences FROM outlines"
        " JOIN versions ON versions.pk = outlines.version JOIN documents ON documents.pk = versions.document"
        " AND documents.language = outlines.language WHERE outlines.version IN (SELECT value FROM json_each(?))",
        (json.dumps(list(versions)),),
    )
    return {version: Outline.load(paragraphs, sentences) for version, paragraphs, sentences in rows}
