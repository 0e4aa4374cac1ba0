"""The units of a text that moves and marks go by."""

from __future__ import annotations

from enum import StrEnum


class Unit(StrEnum):
    """What a tag takes when nothing has been selected by hand."""

    WORD = "word"
    SENTENCE = "sentence"
    QUOTATION = "quotation"
    """A quotation with its marks."""
    QUOTED = "quoted"
    """The quoted words without the marks."""
    PARAGRAPH = "paragraph"
