"""What `reader export` wrote is read back as it was; what it would not write is refused with its line."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.bundle import Bundle, Mark
from reader.documents.normalise import safe
from reader.errors import BadInput
from reader.formats import csv_marks, csv_spans, jsonl, jsonl_marks
from reader.formats.csv_cells import guard, unguarded
from reader.formats.record import Record
from tests.formats.hard_values import ATTRIBUTES, GOLDEN, HARD, record
from tests.formats.test_formats import troublesome


def golden(case: str) -> Bundle:
    raw = (GOLDEN / case).read_bytes()
    if case.endswith("jsonl"):
        return jsonl_marks.read(case, raw)
    return csv_marks.read(case, raw, guarded="raw" not in case)


def same(mark: Mark, record: Record) -> bool:
    """Whether a mark that was read is the one that was written, as far as every format goes."""
    (place,) = mark.places
    return (
        (mark.id, mark.layer, mark.tag, mark.tag_revision, mark.created_at, mark.updated_at)
        == (record.id, record.layer, record.tag_id, record.tag_revision, record.created_at, record.updated_at)
        and mark.note == safe(record.note, lines=True).strip()
        and (place.text_hash, place.status, place.fragments, place.quote, place.before, place.after)
        == (record.text_hash, record.status, record.ranges, record.text, record.before, record.after)
    )


@pytest.mark.parametrize("case", ["spans.csv", "spans.raw.csv", "spans.excel.csv", "spans.jsonl"])
def test_what_was_written_is_read_back(case: str) -> None:
    bundle = golden(case)
    for mark, written in zip(bundle.marks, HARD, strict=True):
        if case == "spans.jsonl" or "\r\n" not in written.note:
            assert same(mark, written)
    assert bundle.joined is (case != "spans.jsonl")


def test_json_lines_leave_nothing_out() -> None:
    bundle = golden("spans.jsonl")
    assert [dict(mark.attributes) for mark in bundle.marks] == [dict(each.attributes) for each in HARD]
    assert [(link.kind, link.target) for link in bundle.links] == [each for one in HARD for each in one.relations]
    assert [each.note for each in bundle.readings] == ["=1+1, on\ntwo lines"]
    (layer,), (person,) = bundle.layers.values(), bundle.people.values()
    assert (layer.annotator, layer.purpose, person.name) == (HARD[0].annotator_id, "own", "ana")


def test_csv_has_no_annotators_ids_but_always_makes_the_same_ones() -> None:
    (one,), (other,) = golden("spans.csv").people.values(), golden("spans.raw.csv").people.values()
    assert one == other
    assert one.is_derived


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_and_orders_of_columns(separator: str) -> None:
    plain = record(1, "a mark", before="before")
    head, row = _written(plain)
    names = list(reversed(head))
    lines = [separator.join(names), separator.join(row[head.index(name)] for name in names)]
    (mark,) = csv_marks.read("x.csv", "\r\n".join(lines).encode()).marks
    assert same(mark, plain)


def test_pieces_that_a_spreadsheet_took_for_a_date() -> None:
    head, row = _written(record(1, "a mark"))
    row[head.index("fragments")] = "10. Nov."
    (mark,) = csv_marks.read("x.csv", _csv(head, row)).marks
    assert mark.places[0].fragments == "10-16"


@given(troublesome)
def test_the_guard_is_taken_back(cell: str) -> None:
    assert unguarded(guard(cell)) == cell


JSON = {
    "{": "line 1: this is not JSON",
    "[1]": "line 1: this is not an object",
    "\n" + "[" * 100_000: "line 2: this is not JSON",
    '{"format": "reader-spans-2"}': "line 1: “id” is missing",
}
CHANGES: dict[str, tuple[object, str]] = {
    "format": ("reader-spans-9", "is not the format reader-spans-1"),
    "id": ("../x", "id is not an id"),
    "text_hash": ("0", "text_hash is not a sha256"),
    "created_at": ("yesterday", "created_at is not a time"),
    "tag_revision": (0, "tag_revision is not the number of a row"),
    "note": (7, "note is not a text"),
    "purpose": ("mine", "purpose is not one of"),
    "fragments": ([[1, 2.5]], "fragments is not a list of pairs"),
    "status": ("orphan", "an orphan has no fragments"),
    "attributes": ({"speaker": "Mara"}, "attributes is not an object of lists"),
    "relations": ([{"kind": "speaker"}], "relations is not a list"),
    "annotator": ("\n", "annotator is not a name"),
}


@pytest.mark.parametrize("raw, says", JSON.items())
def test_lines_that_are_no_marks(raw: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        jsonl_marks.read("x.jsonl", raw.encode())


@pytest.mark.parametrize("key", CHANGES)
def test_values_that_cannot_be(key: str) -> None:
    value, says = CHANGES[key]
    good = jsonl.line(record(1, "a mark"))
    bad = json.dumps({**json.loads(jsonl.line(record(2, "another"))), key: value})
    with pytest.raises(BadInput, match=f"x.jsonl, line 2: .*{says}"):
        jsonl_marks.read("x.jsonl", f"{good}\n{bad}\n".encode())


def test_a_mark_twice_and_letters_that_are_none() -> None:
    good = jsonl.line(record(1, "a mark")).encode()
    for raw, says in ((good + b"\n\n" + good, "line 3: the mark .* stands in line 1"), (b"{\xff", "line 1: .*UTF-8")):
        with pytest.raises(BadInput, match=says):
            jsonl_marks.read("x.jsonl", raw)


CELLS = {
    "id": ("7", "line 2: id is not an id"),
    "fragments": ("Oct 25", "line 2: fragments is not a list of ranges"),
    "updated_at": ("45000.5", "line 2: updated_at is not a time"),
    "tag_revision": ("one", "line 2: tag_revision is not"),
}


@pytest.mark.parametrize("name", CELLS)
def test_cells_that_cannot_be(name: str) -> None:
    cell, says = CELLS[name]
    head, row = _written(record(1, "two … pieces"))
    row[head.index(name)] = cell
    with pytest.raises(BadInput, match=says):
        csv_marks.read("x.csv", _csv(head, row))


@pytest.mark.parametrize(
    "raw, says",
    [
        (b"The moon is a stone.", "line 1: there is no column id, text_hash"),
        (b"", "line 1: there is no column"),
        (",".join(csv_spans.header(())).encode(), "no marks in x.csv"),
        (",".join([*csv_spans.header(()), "id"]).encode(), "two columns called id"),
        (",".join(csv_spans.header(())).encode() + b"\r\na,b", "line 2: this row has 2 cells"),
        (b"id,\xff", "line 1: .*CSV UTF-8"),
        (b'id,"', "line 1: this is not CSV"),
    ],
)
def test_files_that_are_no_tables_of_marks(raw: bytes, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        csv_marks.read("x.csv", raw)


@given(st.binary(max_size=200))
def test_whatever_is_read_ends_with_marks_or_a_sentence(raw: bytes) -> None:
    for read in (jsonl_marks.read, csv_marks.read):
        with pytest.raises(BadInput):
            read("x", raw)


def _written(record: Record) -> tuple[list[str], list[str]]:
    """The names of the columns and the cells of one mark."""
    out = io.BytesIO()
    csv_spans.write([record], out, ATTRIBUTES)
    head, row = out.getvalue().decode().split("\r\n")[:2]
    return head.split(","), row.replace('"before, "', "before").split(",")


def _csv(head: list[str], row: list[str]) -> bytes:
    return f"{','.join(head)}\r\n{','.join(row)}\r\n".encode()
