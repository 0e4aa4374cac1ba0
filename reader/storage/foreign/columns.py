"""What is read of somebody's database, table by table, and what each value must be."""

from __future__ import annotations

from collections.abc import Mapping

from reader.annotations import values
from reader.annotations.values import Check
from reader.review.choices import Choice
from reader.review.differences import Kind
from reader.storage.foreign.cells import ground

_uuid, _time, _pk, _line, _words = values.uuid, values.time, values.row_number, values.line, values.words

COLUMNS: Mapping[str, Mapping[str, Check]] = {
    "annotators": {"id": _uuid, "name": values.name, "origin": values.one_of("local", "imported"), "created_at": _time},
    "layers": {
        "id": _uuid, "annotator": _pk, "purpose": values.one_of("own", "adjudicated", "feedback", "answer key"),
        "name": _line, "created_at": _time, "seq": values.number,
    },
    "codebooks": {"id": _uuid, "name": values.name, "description": _words, "created_at": _time, "updated_at": _time},
    "tags": {
        "id": _uuid, "codebook": _pk, "position": values.number, "name": values.name, "key": _line, "colour": _line,
        "symbol": _line, "line": _line, "unit": _line, "definition": _words, "examples": values.json_text,
        "attributes": values.json_text, "revision": _pk, "merged_into": values.optional(_pk), "created_at": _time,
        "updated_at": _time, "retired_at": values.optional(_time),
    },
    "tag_revisions": {
        "tag": _pk, "revision": _pk, "name": values.name, "unit": _line, "definition": _words,
        "examples": values.json_text, "attributes": values.json_text, "created_at": _time,
    },
    "documents": {
        "id": _uuid, "title": values.name, "byline": _line, "date": _line, "source": _line, "language": _line,
        "codebook": _pk, "version": _pk, "created_at": _time, "updated_at": _time,
        "deleted_at": values.optional(_time),
    },
    "versions": {
        "id": _uuid, "document": _pk, "number": _pk, "text_hash": values.text_hash, "words": values.number,
        "created_at": _time,
    },
    "annotations": {
        "id": _uuid, "document": _pk, "layer": _pk, "tag": _pk, "tag_revision": _pk, "note": _words,
        "created_at": _time, "updated_at": _time, "deleted_at": values.optional(_time),
    },
    "anchors": {
        "annotation": _pk, "version": _pk, "status": values.one_of("made", "sure", "confirmed", "unsure", "orphan"),
        "score": values.optional(values.score), "start": values.number, "fragments": values.fragments,
        "quote": values.raw_words,
    },
    "attributes": {"annotation": _pk, "name": values.name, "position": values.number, "value": _line},
    "relations": {
        "id": _uuid, "layer": _pk, "kind": _line, "source": _pk, "target": _pk, "created_at": _time,
        "deleted_at": values.optional(_time),
    },
    "readings": {
        "layer": _pk, "version": _pk, "status": values.one_of("reading", "done"), "place": values.number,
        "note": _words, "opened_at": _time, "updated_at": _time, "last_opened_at": values.or_empty(_time),
    },
    "steps": {"at": _time, "layer": values.optional(_pk)},
    "reviews": {
        "id": _uuid, "layer": _pk, "kind": values.one_of("adjudication", "feedback", "answer key"),
        "created_at": _time,
    },
    "review_sides": {"review": _pk, "position": values.number, "layer": _pk},
    "decisions": {
        "id": _uuid, "review": _pk, "document": _pk, "key": values.keys, "difference": values.one_of(*Kind),
        "choice": values.one_of(*Choice), "reason": _words, "comment": _words, "ground": ground, "annotator": _pk,
        "created_at": _time, "updated_at": _time,
    },
    "outcomes": {"annotation": _pk, "decision": values.optional(_pk), "source": values.optional(_pk)},
    "answers": {
        "id": _uuid, "decision": _pk, "annotator": _pk, "text": _words, "created_at": _time,
        "deleted_at": values.optional(_time),
    },
}  # fmt: skip
"""What is read of each table besides the pk, and what it must be."""

SINCE: Mapping[str, object] = {"seq": 0, "last_opened_at": ""}
"""Columns that older files lack, and what stands for them."""
