"""Two texts side by side: which words went, which came, and what of the one stands where in the other."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from reader.anchoring.alignment import aligned
from reader.anchoring.tokens import Tokens, tokens
from reader.documents.span import Span


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between an old text and a new one. Capitals, quotation marks and spaces alone do not count."""

    went: tuple[Span, ...]
    """Code points of the old text that are not in the new one any more; in order, apart from each other."""

    came: tuple[Span, ...]
    """Code points of the new text that were not in the old one."""

    old: array[int]
    """`q`: where words that are in both begin in the old text; in order."""

    new: array[int]
    """`q`: where the same words begin in the new one."""

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
    theirs = array("q", map(alignment.of, alignment.paired))
    return Comparison(
        went=_between(one, alignment.paired),
        came=_between(other, theirs),
        old=array("q", (one.starts[at] for at in alignment.paired)),
        new=array("q", (other.starts[at] for at in theirs)),
    )


def _between(text: Tokens, paired: Sequence[int]) -> tuple[Span, ...]:
    """The stretches of tokens that are none of these."""
    out = []
    last = -1
    for at in (*paired, len(text)):
        if at > last + 1:
            out.append(Span(text.starts[last + 1], text.ends[at - 1]))
        last = at
    return tuple(out)


def _near(here: array[int], there: array[int], offset: int) -> int:
    at = bisect_right(here, offset) - 1
    return there[at] if at >= 0 else 0
