"""What may be said about a mark beyond its tag: by the codebook's declaration, checked before it is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from reader.annotations.codebook import Attribute, Kind, Tag, normal
from reader.documents.normalise import safe
from reader.errors import Refused

_YES_NO = {"yes": "yes", "y": "yes", "true": "yes", "no": "no", "n": "no", "false": "no"}


def checked(tag: Tag, attributes: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The values as they are stored, by the attribute's declared name; empty ones left out.

    Refused, in a sentence that lists what can be said, where the tag has no such attribute or the value is none of
    its values.
    """
    declared = {normal(attribute.name): attribute for attribute in tag.attributes}
    out: dict[str, tuple[str, ...]] = {}
    for name, values in attributes.items():
        attribute = declared.get(normal(name))
        if attribute is None:
            known = ", ".join(each.name for each in tag.attributes) or "none"
            raise Refused(f"A {tag.name} has no attribute “{name}”: it has {known}.")
        said = tuple(_value(attribute, value) for value in map(_plain, values) if value)
        if len(said) > 1 and attribute.kind is not Kind.CHOICES:
            raise Refused(f"“{attribute.name}” takes one value, not {len(said)}: choose one.")
        out[attribute.name] = tuple(dict.fromkeys(said))
    return out


def _plain(value: str) -> str:
    return safe(value).strip()


def _value(attribute: Attribute, value: str) -> str:
    match attribute.kind:
        case Kind.CHOICE | Kind.CHOICES:
            meant = [choice for choice in attribute.choices if normal(choice) == normal(value)]
            if not meant:
                raise Refused(f"“{value}” is no {attribute.name}: choose {', '.join(attribute.choices)}.")
            return meant[0]
        case Kind.YES_NO:
            if value.casefold() not in _YES_NO:
                raise Refused(f"“{attribute.name}” is answered by yes or no, not by “{value}”.")
            return _YES_NO[value.casefold()]
        case Kind.NUMBER:
            try:
                float(value)
            except ValueError:
                raise Refused(f"“{attribute.name}” is a number, not “{value}”: write digits.") from None
        case Kind.DATE:
            try:
                date.fromisoformat(value)
            except ValueError:
                raise Refused(f"“{attribute.name}” is a date, not “{value}”: write it as 2026-03-02.") from None
        case Kind.TEXT | Kind.URL:
            pass
    return value
