"""Two texts side by side: which words went, which came, and what of the one stands where in the other."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reader.anchoring.alignment import aligned
from reader.anchoring.tokens import Tokens, tokens
from reader.documents.span import Span


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between an old text and a new one. Capitals, quotation marks and spaces alone do not count."""

    changes: tuple[tuple[Span, Span], ...]
    """What stood there in the old text, and what stands there in the new one; either may be empty. In order."""

    old: array[int]
    """`q`: where words that are in both begin in the old text; in order."""

    new: array[int]
    """`q`: where the same words begin in the new one."""

    @property
    def went(self) -> tuple[Span, ...]:
        """Code points of the old text that are not in the new one any more."""
        return tuple(span for span, _ in self.changes if len(span))

    @property
    def came(self) -> tuple[Span, ...]:
        """Code points of the new text that were not in the old one."""
        return tuple(span for _, span in self.changes if len(span))

    def there(self, offset: int) -> int:
        """About where in the new text an offset of the old one is."""
        return _near(self.old, self.new, offset)

    def back(self, offset: int) -> int:
        """About where in the old text an offset of the new one is."""
        return _near(self.new, self.old, offset)


def compare(old: str, new: str) -> Comparison:
    """What differs between two texts."""
    one, other = tokens(old), tokens(new)
    alignment = aligned(one, other)
    ours, theirs = alignment.paired, array("q", map(alignment.of, alignment.paired))
    return Comparison(
        changes=tuple(_between(one, other, [*ours, len(one)], [*theirs, len(other)])),
        old=array("q", (one.starts[at] for at in ours)),
        new=array("q", (other.starts[at] for at in theirs)),
    )


def _between(one: Tokens, other: Tokens, ours: Sequence[int], theirs: Sequence[int]) -> Iterator[tuple[Span, Span]]:
    """The stretches between the pairs, where there are any tokens."""
    i = j = 0
    for next_i, next_j in zip(ours, theirs, strict=True):
        if next_i > i or next_j > j:
            yield _stretch(one, i, next_i), _stretch(other, j, next_j)
        i, j = next_i + 1, next_j + 1


def _stretch(text: Tokens, start: int, end: int) -> Span:
    """The code points of these tokens; of none, where they would begin."""
    if start < end:
        return Span(text.starts[start], text.ends[end - 1])
    at = text.starts[start] if start < len(text) else len(text.text)
    return Span(at, at)


def _near(here: array[int], there: array[int], offset: int) -> int:
    at = bisect_right(here, offset) - 1
    return there[at] if at >= 0 else 0
