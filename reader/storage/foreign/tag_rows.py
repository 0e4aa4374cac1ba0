"""A tag of somebody's codebook, from its row: like `storage.codebooks` reads one, but nothing in it is believed."""

from __future__ import annotations

from reader.annotations import values
from reader.annotations.codebook import COLOURS, Attribute, Kind, Line, Tag
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
    """The tag; ValueError, with what is wrong, where the row is none of this program's."""
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
