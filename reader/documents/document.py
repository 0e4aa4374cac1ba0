"""What a document is: an article that keeps its identity while its text may get new versions."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Layout(StrEnum):
    """What a paragraph is in this text."""

    LINES = "lines"
    """Every line is a paragraph; blank lines lie between them or do not."""

    BLOCKS = "blocks"
    """The lines were wrapped by hand: a paragraph is the block between blank lines."""


class Document(NamedTuple):
    """An article as the library knows it, without its text."""

    id: str
    """UUID of the article; the same across its versions."""

    title: str
    byline: str
    date: str
    source: str
    language: str
    """Two-letter code that sentence finding goes by."""

    version: str
    """UUID of the current version."""

    text_hash: str
    """sha256 (hex) of the current version's canonical text in UTF-8."""

    length: int
    """Code points of the current version."""

    layout: Layout


class Structure(NamedTuple):
    """What the source said about a range of the text: a heading, a list item, emphasis …"""

    kind: str
    start: int
    end: int
    data: str = "{}"
    """JSON object, e.g. {"level": 2}."""
