"""The outlines of texts: worked out as a text comes in, and kept, since an export asks for thousands of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.documents.load import Intake
    from reader.documents.outline import Outline
    from reader.storage.store import Store


def keep(store: Store, version: int, document: int, intake: Intake) -> None:
    """Stores the outline of a version (its pk) that is coming in; inside the step that brings it."""
    from reader.documents.outline import LONGEST, Outline

    if len(intake.text) > LONGEST:
        return
    ((language,),) = store.rows("SELECT language FROM documents WHERE pk = ?", (document,))
    paragraphs, sentences = Outline.of(intake.text, intake.layout, language).dump()
    store.connection.execute(
        "INSERT INTO outlines (version, language, paragraphs, sentences) VALUES (?, ?, ?, ?)",
        (version, language, paragraphs, sentences),
    )


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
