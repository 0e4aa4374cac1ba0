from __future__ import annotations

import csv
import io
import json
import re
import string
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.documents.span import Span, parsed
from reader.errors import ReaderError, UsageProblem
from reader.formats import csv_spans, jsonl
from reader.formats.csv_cells import BOM, guard
from reader.formats.record import Record
from reader.formats.table import FORMATS, Options, chosen
from tests.formats.hard_values import ATTRIBUTES, CASES, GOLDEN, HARD, placed, record, written

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
troublesome = st.one_of(texts, st.text("='+-@\t\r\n\"',; ab", max_size=12))


@st.composite
def fragments(draw: st.DrawFn) -> tuple[Span, ...]:
    edges = sorted(draw(st.sets(st.integers(0, 10**6), max_size=8)))
    return tuple(Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=False))


def record_of(fragments: tuple[Span, ...], **values: Any) -> Record:
    return Record(**values, **placed(*fragments))


_NAMES = [name for name, kind in get_type_hints(Record).items() if kind is str and name != "ranges"]
records = st.builds(
    record_of,
    **dict.fromkeys(_NAMES, troublesome),
    tag_revision=st.integers(1, 99),
    fragments=fragments(),
    paragraph=st.none() | st.integers(1, 10**5),
    sentence=st.none() | st.integers(1, 10**3),
    attributes=st.dictionaries(troublesome, st.lists(troublesome, max_size=3).map(tuple), max_size=4),
    relations=st.lists(st.tuples(troublesome, troublesome), max_size=3).map(tuple),
)


@pytest.mark.parametrize("case", CASES)
def test_the_golden_file(case: str) -> None:
    assert written(case) == (GOLDEN / case).read_bytes()


def unguard(cell: str) -> str:
    """As docs/formats.md tells people to read such a file."""
    return cell[1:] if re.match(r"''*[=+\-@\t\r]", cell) else cell


@given(troublesome)
def test_a_guarded_cell_is_no_formula_and_comes_back(cell: str) -> None:
    assert unguard(guard(cell)) == cell
    assert guard(cell)[:1] not in {"=", "+", "-", "@", "\t", "\r"}


def cells(record: Record, names: list[str]) -> list[str]:
    """What a row says, column by column."""
    values = {
        **{name: str(value) for name, value in record._asdict().items()},
        "start": str(record.fragments[0].start) if record.fragments else "",
        "end": str(record.fragments[-1].end) if record.fragments else "",
        "paragraph": str(record.paragraph or ""),
        "sentence": str(record.sentence or ""),
        "fragments": ";".join(f"{span.start}-{span.end}" for span in record.fragments),
        "text_before": record.before,
        "text_after": record.after,
        **{f"attr.{name}": "; ".join(record.attributes.get(name, ())) for name in names},
    }
    return [values[name] for name in csv_spans.header(names)]


@given(st.lists(records, max_size=4), st.booleans(), st.booleans())
def test_csv_comes_back_exactly(many: list[Record], raw: bool, excel: bool) -> None:
    names = sorted({name for each in many for name in each.attributes})
    out = io.BytesIO()
    assert csv_spans.write(many, out, names, raw=raw, excel=excel) == len(many)
    assert out.getvalue().startswith(BOM) == excel
    text = out.getvalue().decode("utf-8-sig" if excel else "utf-8")
    read = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    if not raw:
        read = [[unguard(cell) for cell in row] for row in read]
    assert read == [csv_spans.header(names), *(cells(each, names) for each in many)]


def test_every_line_of_csv_ends_with_crlf_and_the_columns_keep_their_order() -> None:
    lines = written("spans.csv").decode().split("\r\n")
    assert lines[-1] == ""
    attributes = ",".join(f"attr.{name}" for name in ATTRIBUTES)
    assert lines[0] == (
        "id,text_hash,tag_id,tag_revision,layer,document,byline,date,source,tag,annotator,start,end,fragments,"
        f"text,text_before,text_after,paragraph,sentence,note,{attributes},created_at,updated_at,status,purpose"
    )


def test_start_and_end_are_those_of_all_the_pieces() -> None:
    read = csv.DictReader(io.StringIO(written("spans.csv").decode(), newline=""))
    for cells, each in zip(read, HARD, strict=True):
        if not each.fragments:
            assert (cells["start"], cells["end"], cells["fragments"]) == ("", "", "")
            continue
        assert parsed(cells["fragments"]) == each.fragments
        assert (int(cells["start"]), int(cells["end"])) == (each.fragments[0].start, each.fragments[-1].end)


def test_an_attribute_without_a_column_is_never_dropped() -> None:
    with pytest.raises(ReaderError, match="export again"):
        csv_spans.write([record(1, "x", attributes={"holder": ("Kest",)})], io.BytesIO(), ["speaker"])


def _record(line: str) -> Record:
    value: dict[str, Any] = json.loads(line)
    assert value.pop("format") == jsonl.FORMAT
    value["before"] = value.pop("text_before")
    value["after"] = value.pop("text_after")
    value |= placed(*(Span(*pair) for pair in value.pop("fragments")))
    value["attributes"] = {name: tuple(values) for name, values in value["attributes"].items()}
    value["relations"] = tuple((each["kind"], each["target"]) for each in value["relations"])
    return Record(**value)


@given(st.lists(records, max_size=4))
def test_json_lines_lose_nothing(many: list[Record]) -> None:
    out = io.BytesIO()
    assert jsonl.write(many, out) == len(many)
    lines = out.getvalue().decode().splitlines()
    assert [_record(line) for line in lines] == many


@given(st.text(string.printable + "\u0085\u2028\u2029"))
def test_a_line_is_a_line_to_everybody(note: str) -> None:
    assert len(jsonl.line(record(1, "x", note=note)).splitlines()) == 1


@pytest.mark.parametrize(
    "name, path, expected",
    [
        (None, None, "csv"),
        (None, "spans.csv", "csv"),
        (None, "SPANS.JSONL", "jsonl"),
        (None, "spans.ndjson", "jsonl"),
        (None, "spans.txt", "csv"),
        ("jsonl", "spans.csv", "jsonl"),
        ("CSV", None, "csv"),
    ],
)
def test_which_format(name: str | None, path: str | None, expected: str) -> None:
    assert chosen(name, Path(path) if path else None).name == expected


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(UsageProblem, match="csv or jsonl"):
        chosen("xml", None)


@pytest.mark.parametrize("options", [Options(raw=True), Options(excel=True)])
def test_csv_options_are_refused_for_json_lines(options: Options) -> None:
    with pytest.raises(UsageProblem, match="--raw and --excel are for CSV"):
        FORMATS[1].write([], io.BytesIO(), options)
