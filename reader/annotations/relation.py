"""A relation: one mark belongs to another, as a quotation to the words that name its speaker."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reader.annotations.annotation import Annotation
    from reader.annotations.codebook import Tag


class Bond(StrEnum):
    """How one mark belongs to the other: what the other one is to it."""

    SPEAKER = "speaker"
    """The words that name who says it, or whose opinion it is."""
    EVIDENCE = "evidence"
    """The words that give what it rests on."""
    OTHER = "other"
    """Words that belong to it in another way; a note can say in which."""


_SPOKEN = ("speaker", "holder")


class Relation(NamedTuple):
    """A relation as one of its two marks sees it."""

    id: str
    bond: Bond
    is_source: bool
    """Whether the mark that was asked about is the one that belongs to the other."""
    other: Annotation
    """The mark at the other end."""

    @property
    def role(self) -> str:
        """What to say before the words of the other mark: `→ evidence:`, `← evidence of`."""
        if self.bond is Bond.OTHER:
            return "→ linked to" if self.is_source else "← linked from"
        return f"→ {self.bond}:" if self.is_source else f"← {self.bond} of"


def proposed(tag: Tag) -> Bond:
    """How a mark of this tag most likely belongs to another one, by what the codebook asks about it."""
    if tag.attribute("evidence") is not None:
        return Bond.EVIDENCE
    return Bond.SPEAKER if any(tag.attribute(name) for name in _SPOKEN) else Bond.OTHER
