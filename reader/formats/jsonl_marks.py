"""JSON Lines read back: what `jsonl` wrote, line by line, each complaint with its line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NoReturn

from reader.annotations import values
from reader.annotations.bundle import Bundle
from reader.formats.jsonl import FORMAT
from reader.formats.marks_in import Marks, Wrong, at_line, placed

_WANTED = ("format", "id", "text_hash", "layer", "annotator", "tag", "fragments", "text", "created_at", "updated_at")
_ELSE = {
    "document": "", "byline": "", "date": "", "source": "", "purpose": "", "annotator_id": "", "tag_id": "",
    "tag_revision": 1, "status": "made", "text_before": "", "text_after": "", "note": "", "document_note": "",
    "attributes": {}, "relations": [],
}  # fmt: skip
"""What may be left out, and what that means."""

_LARGEST = 10**10


def read(name: str, raw: bytes) -> Bundle:
    """All marks of a file; BadInput, with the line, where it is none of this program's."""
    marks = Marks(name, joined=False)
    for number, line in _lines(name, raw):
        try:
            _add(marks, number, line)
        except Wrong as problem:
            raise at_line(name, number, problem) from None
    return marks.bundle()


def _lines(name: str, raw: bytes) -> Iterable[tuple[int, str]]:
    for number, line in enumerate(raw.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        try:
            decoded = line.decode()
        except UnicodeDecodeError:
            raise at_line(name, number, "this is not UTF-8: export it again.") from None
        if decoded.strip():
            yield number, decoded


def _add(marks: Marks, number: int, line: str) -> None:
    try:
        told = json.loads(line, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Wrong("this is not JSON: one object a line, as `reader export --format jsonl` writes it.") from None
    if not isinstance(told, dict):
        raise Wrong("this is not an object: write one a line.")
    missing = [key for key in _WANTED if key not in told]
    if missing:
        raise Wrong(f"“{missing[0]}” is missing.")
    if told["format"] != FORMAT:
        raise Wrong(f"this is not the format {FORMAT}, which is the one that can be read.")
    told = {**_ELSE, **told}
    marks.add(number, told, placed(told, _fragments(told["fragments"])), _attributes(told["attributes"]))
    for each in _relations(told["relations"]):
        marks.link(*each)


def _fragments(value: object) -> str:
    if not isinstance(value, list) or not all(map(_is_range, value)):
        raise Wrong("fragments is not a list of pairs [start, end].")
    return ";".join(f"{start}-{end}" for start, end in value)


def _is_range(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(type(each) is int and 0 <= each < _LARGEST for each in value)
    )


def _attributes(value: object) -> dict[str, tuple[str, ...]]:
    try:
        told = values.of_record(value, ())
        listed = {values.name(name): values.listed(values.line)(each) for name, each in told.items()}
    except ValueError:
        raise Wrong('attributes is not an object of lists of texts: {"speaker": ["…"]}.') from None
    return {name: each for name, each in listed.items() if each}


def _relations(value: object) -> list[tuple[str, str]]:
    try:
        each = [values.of_record(one, ("kind", "target")) for one in values.listed(lambda one: one)(value)]
        return [(values.line(one["kind"]), values.uuid(one["target"])) for one in each]
    except ValueError:
        raise Wrong('relations is not a list of {"kind": …, "target": …}.') from None


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)
