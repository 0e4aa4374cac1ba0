"""One annotation as files hold it: plain values, no database and no program needed to understand them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from reader.documents.span import Span, parsed


class Record(NamedTuple):
    """An annotation with what somebody who holds only the file needs to know about its document.

    One for every line of a file, and thrown away. Offsets are half-open ranges of Unicode code points of the
    canonical text whose sha256 is `text_hash`.
    """

    id: str
    text_hash: str
    document_id: str
    """UUID of the document."""

    document: str
    """The document's title."""

    byline: str
    date: str
    source: str

    layer: str
    """UUID of the layer: whose marks, and what for."""

    purpose: str
    """What the layer is for: `own`, `adjudicated`, `feedback` or `answer key`."""

    annotator: str
    """The name of the layer's annotator."""

    annotator_id: str
    tag: str
    """The tag's name."""

    tag_id: str
    tag_revision: int
    """The revision of the tag's definition that the annotation was made under."""

    start: int
    """Where the first piece begins."""

    end: int
    """Where the last piece ends."""

    ranges: str
    """All pieces, in order, not touching: `10-25;40-52`; empty for an orphan, whose start and end mean nothing."""

    status: str
    """How it came to stand there: `made`, `sure`, `unsure`, `confirmed`, or `orphan` where it does not any more."""

    text: str
    """The exact words; pieces joined by ` … `."""

    before: str
    """Up to 32 code points before the first piece."""

    after: str
    """Up to 32 code points after the last piece."""

    paragraph: int | None
    """Where the first piece begins: the paragraph, counted from 1, blank ones left out; None for an orphan."""

    sentence: int | None
    """The sentence of that paragraph, counted from 1."""

    note: str
    created_at: str
    updated_at: str
    attributes: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """By the attribute's name; several choices are several values."""

    relations: Sequence[tuple[str, str]] = ()
    """What it belongs to: what the other annotation is to it (`speaker`, `evidence`, `other`), and that one's id."""

    document_note: str = ""
    """What the layer's annotator wrote on the document as a whole."""

    @property
    def fragments(self) -> tuple[Span, ...]:
        """The pieces; none for an orphan."""
        return parsed(self.ranges) if self.ranges else ()
