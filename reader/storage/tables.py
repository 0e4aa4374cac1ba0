"""The tables by name: which columns the log keeps of each, and which migrations this program knows."""

from __future__ import annotations

from typing import Final

APPLICATION_ID: Final = 0x52444552
"""“RDER” in the file's header: this SQLite file is one of ours."""

MIGRATION_SET: Final = "reader"
KNOWN: Final = (
    "0001_first_schema",
    "0002_library",
    "0003_shared_steps",
    "0004_codebooks",
    "0005_changed_articles",
    "0006_outlines",
    "0007_histories",
    "0008_reviews",
    "0009_said",
)
"""Every migration up to this version of the program, in order; the file names those it has had."""

IMAGE: Final[dict[str, tuple[str, ...]]] = {
    "annotators": ("pk", "id", "name", "origin", "created_at"),
    "layers": ("pk", "id", "annotator", "purpose", "name", "created_at", "seq"),
    "codebooks": ("pk", "id", "name", "description", "created_at", "updated_at", "deleted_at", "default_at"),
    "tags": (
        "pk", "id", "codebook", "position", "name", "key", "colour", "symbol", "line", "unit", "definition",
        "examples", "attributes", "revision", "merged_into", "created_at", "updated_at", "retired_at",
    ),
    "tag_revisions": (
        "pk", "tag", "revision", "name", "unit", "definition", "examples", "attributes", "created_at",
    ),
    "documents": (
        "pk", "id", "title", "byline", "date", "source", "language", "codebook", "version",
        "created_at", "updated_at", "deleted_at",
    ),
    "versions": (
        "pk", "id", "document", "number", "text_hash", "length", "words", "layout", "hidden", "kind", "encoding",
        "created_at",
    ),
    "annotations": (
        "pk", "id", "document", "layer", "tag", "tag_revision", "note", "created_at", "updated_at", "deleted_at",
    ),
    "anchors": (
        "pk", "annotation", "version", "status", "score", "start", "end", "fragments", "quote", "prefix", "suffix",
    ),
    "attributes": ("pk", "annotation", "name", "position", "value"),
    "relations": ("pk", "id", "layer", "kind", "source", "target", "created_at", "deleted_at"),
    "reviews": ("pk", "id", "layer", "kind", "created_at"),
    "review_sides": ("pk", "review", "position", "layer"),
    "decisions": (
        "pk", "id", "review", "document", "key", "difference", "choice", "reason", "comment", "ground", "annotator",
        "created_at", "updated_at",
    ),
    "outcomes": ("pk", "annotation", "decision", "source"),
    "answers": ("pk", "id", "decision", "annotator", "text", "created_at", "deleted_at"),
    "readings": ("pk", "layer", "version", "status", "place", "note", "opened_at", "updated_at", "last_opened_at"),
}  # fmt: skip
"""What the log knows of a row. The text of a version, its bytes and its structure never change: left out."""

PASSING: Final[dict[str, frozenset[str]]] = {"readings": frozenset(("place", "last_opened_at"))}
"""What reading itself changes in a row: no reason to refuse that the row be taken back."""
