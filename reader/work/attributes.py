"""What may be said about a mark beyond its tag: by the codebook's declaration, checked before it is stored."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from reader.annotations.codebook import Attribute, Kind, Tag, normal
from reader.documents.dates import FORMS, iso_date
from reader.documents.normalise import safe
from reader.errors import Refused

LONGEST = 1_000
"""Code points of a text."""

# Compiled by `re` when first used.
_NUMBER = r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?"
_ADDRESS = r"https?://[^\s/]+\S*"
_BARE_ADDRESS = r"(?:[\w-]+\.)+[a-zA-Z]{2,}(?:[/?#]\S*)?"
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
        said = tuple(dict.fromkeys(said))
        if len(said) > 1 and not attribute.takes_several:
            raise Refused(f"“{attribute.name}” takes one value, not {len(said)}: choose one.")
        out[attribute.name] = said
    return out


def _plain(value: str) -> str:
    return " ".join(safe(value).split())


def _value(attribute: Attribute, value: str) -> str:
    match attribute.kind:
        case Kind.CHOICE | Kind.CHOICES:
            meant = [choice for choice in attribute.choices if choice == value] or [
                choice for choice in attribute.choices if normal(choice) == normal(value)
            ]
            if not meant:
                raise Refused(f"“{value}” is no {attribute.name}: choose {', '.join(attribute.choices)}.")
            return meant[0]
        case Kind.YES_NO:
            if value.casefold() not in _YES_NO:
                raise Refused(f"“{attribute.name}” is answered by yes or no, not by “{value}”.")
            return _YES_NO[value.casefold()]
        case Kind.NUMBER:
            if not re.fullmatch(_NUMBER, value):
                raise Refused(f"“{attribute.name}” is a number, in digits: 12 or 3.5, not “{value}”.")
        case Kind.DATE:
            day = iso_date(value)
            if day is None:
                raise Refused(f"“{attribute.name}” is a date: {FORMS}, not “{value}”.")
            return day
        case Kind.URL:
            if re.fullmatch(_BARE_ADDRESS, value):
                return f"https://{value}"
            if not re.fullmatch(_ADDRESS, value):
                raise Refused(f"“{attribute.name}” is a web address: https://…, not “{value}”.")
        case Kind.TEXT:
            if len(value) > LONGEST:
                raise Refused(
                    f"“{attribute.name}” is {len(value):,} characters long: {LONGEST:,} at most; a note holds more."
                )
    return value
