"""Codebooks as TOML files: the format that the shipped ones are written in."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from importlib.resources import files
from typing import Any, TypeVar

from reader.annotations.codebook import COLOURS, Attribute, Codebook, Kind, Line, Tag, Unit
from reader.errors import BadInput
from reader.ids import shipped_id

_Choice = TypeVar("_Choice", bound=StrEnum)


def shipped(name: str = "default") -> Codebook:
    """A codebook that comes with the program; its ids are the same everywhere."""
    source = files("reader.annotations").joinpath("codebooks", f"{name}.toml").read_text(encoding="utf-8")
    return parse(source, f"{name}.toml")


def parse(source: str, called: str) -> Codebook:
    """The codebook written in `source`; BadInput with a sentence where it cannot be meant."""
    try:
        data = tomllib.loads(source)
    except tomllib.TOMLDecodeError as problem:
        raise BadInput(f"{called} is not TOML: {problem}.") from problem
    name = _text(data, "name", called)
    tags = data.get("tag")
    if not isinstance(tags, list) or not tags:
        raise BadInput(f"{called} has no [[tag]]: a codebook needs at least one.")
    return Codebook(
        id=shipped_id("codebook", name),
        name=name,
        description=str(data.get("description", "")).strip(),
        tags=tuple(_tag(tag, name, position, called) for position, tag in enumerate(tags)),
    )


def _tag(data: dict[str, Any], codebook: str, position: int, called: str) -> Tag:
    name = _text(data, "name", f"{called}, tag {position + 1}")
    where = f"{called}, tag “{name}”"
    colour = str(data.get("colour", COLOURS[position % len(COLOURS)]))
    if colour not in COLOURS:
        raise BadInput(f"{where}: the colour “{colour}” is unknown. Choose one of {', '.join(COLOURS)}.")
    return Tag(
        id=shipped_id("tag", f"{codebook}/{name}"),
        name=name,
        key=str(data.get("key", "")),
        colour=colour,
        symbol=str(data.get("symbol", name[:1].upper()))[:1],
        line=_choice(Line, data.get("line", "underline"), "line", where),
        unit=_choice(Unit, data.get("unit", "sentence"), "unit", where),
        definition=" ".join(str(data.get("definition", "")).split()),
        do=tuple(str(example) for example in data.get("do", ())),
        dont=tuple(str(example) for example in data.get("dont", ())),
        attributes=tuple(_attribute(each, where) for each in data.get("attribute", ())),
    )


def _attribute(data: dict[str, Any], where: str) -> Attribute:
    name = _text(data, "name", f"{where}, an attribute")
    return Attribute(
        name=name,
        kind=_choice(Kind, data.get("kind", "text"), "kind", f"{where}, attribute “{name}”"),
        choices=tuple(str(choice) for choice in data.get("choices", ())),
        wanted=bool(data.get("wanted", False)),
        definition=str(data.get("definition", "")),
    )


def _text(data: dict[str, Any], field: str, where: str) -> str:
    value = data.get(field)
    if not isinstance(value, str) or not value.strip():
        raise BadInput(f"{where}: “{field}” is missing.")
    return value.strip()


def _choice(kind: type[_Choice], value: object, field: str, where: str) -> _Choice:
    try:
        return kind(str(value))
    except ValueError:
        known = ", ".join(kind)
        raise BadInput(f"{where}: the {field} “{value}” is unknown. Choose one of {known}.") from None
