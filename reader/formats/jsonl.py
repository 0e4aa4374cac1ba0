"""JSON Lines: one object an annotation, nothing left out or joined; what another program should read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import BinaryIO

from reader.formats.record import Record

FORMAT = "reader-spans-1"
"""Every line names it, so that a later change of the keys can be told apart."""

# JSON lets these stand in a string; many programs that read line by line break there.
_BREAKS = re.compile("[\u0085\u2028\u2029]")
_json = json.JSONEncoder(ensure_ascii=False).encode


def line(record: Record) -> str:
    """The object of one annotation on one line, without the line break."""
    value = {
        "format": FORMAT,
        "id": record.id,
        "text_hash": record.text_hash,
        "document_id": record.document_id,
        "document": record.document,
        "byline": record.byline,
        "date": record.date,
        "source": record.source,
        "layer": record.layer,
        "purpose": record.purpose,
        "annotator": record.annotator,
        "annotator_id": record.annotator_id,
        "tag": record.tag,
        "tag_id": record.tag_id,
        "tag_revision": record.tag_revision,
        "fragments": [[span.start, span.end] for span in record.fragments],
        "status": record.status,
        "text": record.text,
        "text_before": record.before,
        "text_after": record.after,
        "paragraph": record.paragraph,
        "sentence": record.sentence,
        "note": record.note,
        "attributes": {name: list(values) for name, values in record.attributes.items()},
        "relations": [{"kind": kind, "target": target} for kind, target in record.relations],
        "document_note": record.document_note,
        "created_at": record.created_at,
        "updated_at": record.updated_at,
    }
    return _BREAKS.sub(lambda found: f"\\u{ord(found[0]):04x}", _json(value))


def write(records: Iterable[Record], out: BinaryIO) -> int:
    """Write one line for each annotation to `out`, in UTF-8; how many there were."""
    count = 0
    for record in records:
        out.write(line(record).encode("utf-8") + b"\n")
        count += 1
    return count
