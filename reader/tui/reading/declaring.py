"""An attribute of a tag as somebody declares it: the fields of the form, and which of them its kind has."""

from __future__ import annotations

from dataclasses import dataclass

from reader.annotations.codebook import Attribute, Kind
from reader.documents.dates import FORMS
from reader.errors import Refused

WRITTEN = {Kind.NUMBER: "12, or 3.5", Kind.DATE: FORMS, Kind.URL: "https://…"}
"""How a value is written, where that is not a matter of course."""

KINDS = {
    Kind.TEXT: "any words",
    Kind.CHOICE: "one of the choices",
    Kind.CHOICES: "one of the choices, or more",
    Kind.NUMBER: WRITTEN[Kind.NUMBER],
    Kind.YES_NO: "yes or no",
    Kind.DATE: WRITTEN[Kind.DATE],
    Kind.URL: WRITTEN[Kind.URL],
}
"""What a value of each kind is."""

CALLED = {Kind.CHOICES: "several choices", Kind.URL: "web address"}
"""What a kind is called on the screen, where that is not its name in a file."""

FLAGS = {
    "wanted": "yes: marks without it are listed by !",
    "names": "yes: names found beside the words are offered",
    "several": "yes: there may be more than one value",
}
"""What is answered by yes or no, and what yes means."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The form as it is filled in."""

    name: str
    kind: Kind
    choices: str
    """One a line."""
    definition: str
    flags: frozenset[str]
    """Those of `FLAGS` that are answered by yes."""


def drafted(attribute: Attribute) -> Draft:
    """The form of an attribute."""
    flags = frozenset(flag for flag in FLAGS if getattr(attribute, flag))
    return Draft(attribute.name, attribute.kind, "\n".join(attribute.choices), attribute.definition, flags)


def declared(draft: Draft) -> Attribute:
    """The attribute that a form declares, without what its kind does not have; Refused where choices are missing."""
    has = fields(draft.kind)
    choices = tuple(filter(None, map(str.strip, draft.choices.splitlines()))) if "choices" in has else ()
    if "choices" in has and not choices:
        raise Refused("Which choices are there? Write them, one a line.")
    said = {flag: flag in draft.flags and flag in has for flag in FLAGS}
    return Attribute(draft.name, draft.kind, choices, definition=draft.definition, **said)


def fields(kind: Kind) -> frozenset[str]:
    """The fields that an attribute of this kind has beyond name and definition."""
    more = {
        Kind.TEXT: ("names", "several"), Kind.URL: ("several",), Kind.CHOICE: ("choices",), Kind.CHOICES: ("choices",),
    }  # fmt: skip
    return frozenset(("wanted", *more.get(kind, ())))


def called(kind: Kind) -> str:
    """What a kind is called on the screen."""
    return CALLED.get(kind, kind.value)


def summary(attribute: Attribute) -> str:
    """What there is to know of it, in a line."""
    what = ", ".join(attribute.choices) if attribute.choices else called(attribute.kind)
    flags = [flag for flag in FLAGS if getattr(attribute, flag)]
    return " · ".join(filter(None, [what, *flags, attribute.definition]))
