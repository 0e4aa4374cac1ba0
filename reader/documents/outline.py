"""Where a text's paragraphs and sentences begin: which one a place is in, without looking at the text again."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import chain

from reader.documents.document import Layout
from reader.documents.paragraphs import Paragraphs
from reader.documents.segment import Segments

LONGEST = 60_000
"""Code points of a text whose outline is worked out as it comes in, in some 20 ms; longer ones wait until asked."""


class Outline:
    """The paragraphs that are not blank, and all sentences; by code points of the text."""

    def __init__(self, starts: list[int], ends: list[int], sentences: list[int]) -> None:
        """Where each paragraph begins, where it ends (its line break is beyond), and where each sentence begins."""
        self._starts = starts
        self._ends = ends
        self._sentences = sentences

    @classmethod
    def of(cls, text: str, layout: Layout, language: str) -> Outline:
        """The outline of a text; about a millisecond for 4,000 code points."""
        paragraphs = Paragraphs(text, layout)
        segments = Segments(text, paragraphs, language)
        filled = [span for span in paragraphs if span.cut(text).strip()]
        sentences = chain.from_iterable(segments.sentences(span) for span in filled)
        return cls([span.start for span in filled], [span.end for span in filled], [span.start for span in sentences])

    def place(self, offset: int) -> tuple[int, int]:
        """Paragraph (blank ones not counted) and sentence in it, both from 1."""
        number = bisect_right(self._starts, offset)
        if not number or offset > self._ends[number - 1]:
            # On a blank line, which has no sentences.
            return number, 1
        first = bisect_left(self._sentences, self._starts[number - 1])
        return number, max(1, bisect_right(self._sentences, offset) - first)

    def dump(self) -> tuple[bytes, bytes]:
        """As it is stored, in little-endian numbers of 32 bits: start and end of each paragraph; the sentences."""
        edges = chain.from_iterable(zip(self._starts, self._ends, strict=True))
        return _written(edges), _written(self._sentences)

    @classmethod
    def load(cls, paragraphs: bytes, sentences: bytes) -> Outline:
        """The outline that was stored so."""
        edges = _read(paragraphs)
        return cls(edges[::2], edges[1::2], _read(sentences))


class Places:
    """The same for a text of any length: a paragraph's sentences are found when a place in it is asked for."""

    def __init__(self, text: str, layout: Layout, language: str) -> None:
        self._paragraphs = Paragraphs(text, layout)
        self._segments = Segments(text, self._paragraphs, language)
        self._filled = array("I", [each.start for each in self._paragraphs if each.cut(text).strip()])
        self._within = range(0)
        self._number = 0
        self._starts: list[int] = []
        """Of the paragraph asked for last, since places come in text order: where it is, its number, its sentences."""

    def place(self, offset: int) -> tuple[int, int]:
        """Paragraph (blank ones not counted) and sentence in it, both from 1."""
        if offset not in self._within:
            paragraph = self._paragraphs.at(offset)
            self._within = range(paragraph.start, paragraph.end + 1)
            self._number = bisect_right(self._filled, paragraph.start)
            self._starts = [span.start for span in self._segments.sentences(paragraph)]
        return self._number, max(1, bisect_right(self._starts, offset))


def _written(numbers: Iterable[int]) -> bytes:
    written = array("I", numbers)
    if sys.byteorder == "big":
        written.byteswap()
    return written.tobytes()


def _read(written: bytes) -> list[int]:
    numbers = array("I", written)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tolist()
