"""Cells of somebody's database that hold JSON: a tag's, and the marks that a decision was made on."""

from __future__ import annotations

from typing import Any

from reader.annotations import values
from reader.annotations.bundle import Ground
from reader.annotations.codebook import COLOURS, Attribute, Kind, Line, Tag
from reader.documents.span import merged, parsed
from reader.documents.unit import Unit

Look = tuple[str, str, str, str, str]
"""Id, key, colour, symbol, line: what no revision is about."""


def tag_of(
    look: Look,
    name: str,
    unit: str,
    definition: str,
    examples: str,
    attributes: str,
    revision: int,
    retired: bool,
    heir: str,
) -> Tag:
    """A tag as `storage.codebooks` reads one, but nothing in its row is believed.

    ValueError, with what is wrong, where the row is none of this program's.
    """
    id_, key, colour, symbol, line = look
    if colour not in COLOURS:
        raise ValueError("the colour is none that tags have")
    try:
        told = values.of_record(values.parsed_json(examples), ("do", "dont"))
        do, dont = values.listed(values.line)(told["do"]), values.listed(values.line)(told["dont"])
        said = values.listed(_attribute)(values.parsed_json(attributes))
        return Tag(
            id=id_, name=name, key=key, colour=colour, symbol=symbol, line=Line(line), unit=Unit(unit),
            definition=definition, do=do, dont=dont, attributes=said, revision=revision,
            retired=retired or bool(heir), heir=heir,
        )  # fmt: skip
    except ValueError as problem:
        raise ValueError(f"something about the tag is not {problem}") from None


def ground(value: object) -> tuple[Ground, ...]:
    """The marks that a decision was made on, as `review.queue` writes them; ValueError where they are none."""
    return tuple(map(_mark, values.listed(_object)(values.parsed_json(values.json_text(value)))))


_SIDE = values.one_of("a", "b")


def _object(value: object) -> dict[str, Any]:
    return values.of_record(value, Ground._fields)


def _mark(told: dict[str, Any]) -> Ground:
    said = values.of_record(told["attributes"], ())
    return Ground(
        side=_SIDE(told["side"]),
        id=values.uuid(told["id"]),
        annotator=values.line(told["annotator"]),
        layer=values.uuid(told["layer"]),
        tag=values.uuid(told["tag"]),
        tag_revision=values.row_number(told["tag_revision"]),
        fragments=_placed(told["fragments"]),
        text=values.words(told["text"]),
        note=values.words(told["note"]),
        attributes={values.name(name): values.listed(values.words)(each) for name, each in said.items()},
    )


def _placed(value: object) -> str:
    """Ranges, of which there are some, in order."""
    told = values.fragments(value)
    pieces = parsed(told) if told else ()
    if not pieces or pieces != merged(pieces):
        raise ValueError("a list of ranges (10-25;40-52)")
    return told


def _attribute(value: object) -> Attribute:
    told = values.of_record(value, ("name", "kind", "choices", "wanted", "definition"))
    return Attribute(
        name=values.name(told["name"]),
        kind=Kind(values.line(told["kind"])),
        choices=values.listed(values.line)(told["choices"]),
        wanted=values.truth(told["wanted"]),
        several=values.truth(told.get("several", False)),
        names=values.truth(told.get("names", False)),
        definition=values.words(told["definition"]),
    )
