"""Which tags two people gave to the same words: marks paired off as a reviewer sees them, and counted by both tags."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reader.documents.span import Span
from reader.review.agreement.spans import Mark
from reader.review.matching import matched

Confusion = Counter[tuple[str | None, str | None]]
"""How many marks have which tag of the one and which of the other; None where the other has no mark to go with it."""


class _Placed(NamedTuple):
    tag: str
    fragments: tuple[Span, ...]


def confusion(a: Iterable[Mark], b: Iterable[Mark]) -> Confusion:
    """The table of two people's marks in one text; tables of several texts are added up.

    Marks go together as `reader.review.matching` says: those of one tag where they share words, those of different
    tags where at least two thirds of the words of both are shared. Every mark is counted once.
    """
    ours, theirs = _placed(a), _placed(b)
    pairs = matched(ours, theirs)
    table: Confusion = Counter((ours[i].tag, theirs[j].tag) for i, j in pairs)
    done, taken = {i for i, _ in pairs}, {j for _, j in pairs}
    table.update((mark.tag, None) for i, mark in enumerate(ours) if i not in done)
    table.update((None, mark.tag) for j, mark in enumerate(theirs) if j not in taken)
    return table


def _placed(marks: Iterable[Mark]) -> Sequence[_Placed]:
    return [_Placed(tag, tuple(Span(start, end) for start, end in pieces)) for tag, pieces in dict.fromkeys(marks)]
