"""Every hard value once: what the golden files are made of.

`python -m tests.formats.hard_values` writes the golden files anew; look at the difference before committing it.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from reader.documents.span import Span
from reader.documents.span import written as ranges
from reader.formats.record import Record
from reader.formats.table import FORMATS, Options

GOLDEN = Path(__file__).parent.parent / "golden"
ATTRIBUTES = ("check-worthiness", "neutral wording", "on the record", "speaker", "topics")


def placed(*fragments: Span) -> dict[str, Any]:
    """Where a record stands; nowhere where it has no pieces."""
    start, end = (fragments[0].start, fragments[-1].end) if fragments else (0, 0)
    return {"start": start, "end": end, "ranges": ranges(fragments)}


def record(number: int, text: str, **changes: Any) -> Record:
    values: dict[str, Any] = {
        "id": f"01900000-0000-7000-8000-{number:012d}",
        "text_hash": "0123456789abcdef" * 4,
        "document_id": "01900000-0000-7000-8000-00000000d0c1",
        "document": "The bridge that nobody ordered",
        "byline": "Ivo Kest",
        "date": "2026-03-02",
        "source": "https://example.org/bridge?a=1&b=2",
        "layer": "01900000-0000-7000-8000-00000000a0a0",
        "purpose": "own",
        "annotator": "ana",
        "annotator_id": "01900000-0000-7000-8000-00000000aaaa",
        "tag": "claim",
        "tag_id": "6f0c6f5e-0c1e-5a53-9d55-7a1f3f0f6d02",
        "tag_revision": 1,
        **placed(Span(10 * number, 10 * number + len(text))),
        "status": "made",
        "text": text,
        "before": "before, ",
        "after": " after",
        "paragraph": number,
        "sentence": 1,
        "note": "",
        "created_at": "2026-03-02T09:30:00.000Z",
        "updated_at": "2026-03-02T09:31:00.000Z",
        "attributes": {},
    }
    return Record(**(values | changes))


HARD = (
    record(1, "It will cost 48 million."),
    record(2, "“We were asked … what it was for.”", tag="quote", **placed(Span(10, 25), Span(40, 52))),
    record(3, '"straight", “curly” and “mixed"', note='she said "so"; then, nothing'),
    record(4, "two\nlines and a\ttab", before="", after="\n\n", note="a note\r\nwith a line break\rand another"),
    record(5, "=SUM(A1:A9)", note="+1", document="-2", byline="@home", source="\tx", annotator="\rx"),
    record(6, "'=already guarded", note="'quoted' words", before="''@twice", after="'tis"),
    record(7, "naïve café 東京 🏳️‍🌈 e\u0301", annotator="Ζωή", note="مرحبا", tag="loaded language"),
    record(8, "a\u200bb\u00adc", note="next\u0085line\u2028separator\u2029paragraph", before="\u00a0"),
    record(
        9,
        "attributes",
        attributes={
            "speaker": ("Mara Lindqvist",),
            "topics": ("cost", "traffic"),
            "on the record": ("yes",),
            "neutral wording": ("=placed",),
            "check-worthiness": ("high",),
        },
        relations=(
            ("evidence", "01900000-0000-7000-8000-000000000001"),
            ("other", "01900000-0000-7000-8000-000000000002"),
        ),
        document_note="=1+1, on\ntwo lines",
    ),
    record(10, "NULL", note=" leading and trailing ", byline="N/A", date="", source="0012"),
    record(11, "It was here.", **placed(), status="orphan", paragraph=None, sentence=None),
    record(12, "It may be here.", status="unsure"),
)

CASES = {
    "spans.csv": ("csv", Options(ATTRIBUTES)),
    "spans.raw.csv": ("csv", Options(ATTRIBUTES, raw=True)),
    "spans.excel.csv": ("csv", Options(ATTRIBUTES, excel=True)),
    "spans.jsonl": ("jsonl", Options()),
}


def written(case: str) -> bytes:
    name, options = CASES[case]
    out = io.BytesIO()
    count = next(each for each in FORMATS if each.name == name).write(HARD, out, options)
    assert count == len(HARD)
    return out.getvalue()


if __name__ == "__main__":
    for case in CASES:
        (GOLDEN / case).write_bytes(written(case))
