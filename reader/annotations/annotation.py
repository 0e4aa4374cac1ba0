"""An annotation: somebody tagged these words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from reader.documents.span import Span

PIECES_JOINED_BY = " … "


class Annotation(NamedTuple):
    """One mark, as it stands in the current version of its document."""

    id: str
    document: str
    """UUID of the document."""

    layer: str
    """UUID of the layer: whose it is, and what for."""

    annotator: str
    """The name of the layer's annotator."""

    tag: str
    """UUID of the tag."""

    tag_revision: int
    """The revision of the tag's definition that it was made under."""

    fragments: tuple[Span, ...]
    """One or more, in order, not touching, in code points of the current version."""

    text: str
    """The words, cut from the text; pieces joined by ` … `."""

    before: str
    """Up to 32 code points before the first piece."""

    after: str
    """Up to 32 code points after the last piece."""

    note: str
    created_at: str
    updated_at: str
    attributes: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """What was said about it beyond the tag, by the attribute's name; several choices are several values."""
    status: str = "made"
    """How it came to stand there: `made` in this text; carried there from an earlier one and `sure` or `unsure`;
    `confirmed` by a person.
    """
    pk: int = 0
    """Its number in this database, which the columns of the screen go by; 0 where it comes from elsewhere."""

    def __eq__(self, other: object) -> bool:
        # The number differs from database to database.
        return isinstance(other, Annotation) and self._replace(pk=0)[:] == other._replace(pk=0)[:]

    @property
    def start(self) -> int:
        """Where the first piece begins."""
        return self.fragments[0].start

    @property
    def end(self) -> int:
        """Where the last piece ends."""
        return self.fragments[-1].end
