"""Looking for a mark where the diff does not lead: by its rarest words and those around it, and word for word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from reader.anchoring.alignment import Alignment, aligned
from reader.anchoring.tokens import Tokens
from reader.documents.graphemes import splits
from reader.documents.span import Span

_NEAR = 12
"""Tokens on each side of a mark that are looked for with it."""

_OFTEN = 60
"""A word that stands more often than that in the new text says nothing about where."""

_WITNESSES = 24
"""Words of a mark that are asked."""

_WINDOWS = 4
"""Stretches of the new text that are compared with the mark."""

_EXACT = 8
"""Places where the very words stand that are tried on each side of where they should."""


def windows(old: Tokens, new: Tokens, where: Mapping[str, Sequence[int]], hull: Span) -> Iterator[Alignment]:
    """The stretches of the new text that have most of a mark's rare words, compared with it; `where` has its words."""
    inside = old.within(hull)
    here = range(max(0, inside.start - _NEAR), min(len(old), inside.stop + _NEAR))
    known = [(len(found), at, found) for at in here if 0 < len(found := where.get(old.words[at], ())) <= _OFTEN]
    known.sort(key=lambda each: (each[0], -len(old.words[each[1]]), each[1]))
    # Words that moved together moved by about the same distance.
    width = max(8, len(here) // 4)
    votes: defaultdict[int, float] = defaultdict(float)
    for often, at, found in known[:_WITNESSES]:
        for there in found:
            distance = (there - at) // width
            votes[distance] += 1 / often
            votes[distance + 1] += 1 / often
    chosen: list[int] = []
    for distance in sorted(votes, key=lambda distance: -votes[distance]):
        if len(chosen) < _WINDOWS and not {distance - 1, distance + 1}.intersection(chosen):
            chosen.append(distance)
            first = max(0, here.start + (distance - 1) * width - _NEAR // 3)
            last = min(len(new), here.stop + (distance + 1) * width + _NEAR // 3)
            if first < last:
                yield aligned(old, new, here, range(first, last))


def exact(old: Tokens, new: Tokens, span: Span, near: int) -> Iterator[Span]:
    """Where the very words of a span stand in the new text, closest to `near` first; not as parts of longer words."""
    quote = span.cut(old.folded)
    whole_words, whole_clusters = not _cuts_word(old.text, span), not _cuts_cluster(old.text, span)
    found: list[int] = []
    at = new.folded.find(quote, max(0, near))
    while at >= 0 and len(found) < _EXACT:
        found.append(at)
        at = new.folded.find(quote, at + 1)
    at = new.folded.rfind(quote, 0, max(0, near + len(quote) - 1))
    while at >= 0 and len(found) < 2 * _EXACT:
        found.append(at)
        at = new.folded.rfind(quote, 0, at + len(quote) - 1)
    for start in sorted(found, key=lambda start: abs(start - near)):
        there = Span(start, start + len(quote))
        if not (whole_words and _cuts_word(new.text, there)) and not (
            whole_clusters and _cuts_cluster(new.text, there)
        ):
            yield there


def _cuts_word(text: str, span: Span) -> bool:
    pairs = (text[max(0, span.start - 1) : span.start + 1], text[span.end - 1 : span.end + 1])
    return any(len(pair) == 2 and pair.isalnum() for pair in pairs)


def _cuts_cluster(text: str, span: Span) -> bool:
    return splits(text, span.start) or splits(text, span.end)
