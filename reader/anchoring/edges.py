"""Where a span's edges come to lie by an alignment: one place where its outer words have pairs, else likely ones."""

from __future__ import annotations

from collections.abc import Sequence

from reader.anchoring.alignment import NONE, Alignment
from reader.anchoring.tokens import Tokens
from reader.documents.graphemes import snap, snap_up, splits
from reader.documents.span import Span

MOST_GROWN = 6
"""Words and signs that are looked for beside a place."""

_ENDING = frozenset(".,;:!?")


def places(old: Tokens, new: Tokens, alignment: Alignment, span: Span) -> list[Span]:
    """The spans of the new text that a span of the old one may have become, none of them empty.

    One, where both outer words have pairs. Edges are on the edges of words, except where the old one was inside a word
    (or in the space beside it) that is still the same; they split no grapheme cluster that was not split before.
    """
    inside = old.within(span)
    if not inside or inside.start not in alignment.here or inside.stop - 1 not in alignment.here:
        return []
    first, last = inside.start, inside.stop - 1
    starts = [_start(old, new, alignment, span.start, first, at) for at in _firsts(alignment, first) if at < len(new)]
    ends = [_end(old, new, alignment, span.end, last, at) for at in _lasts(alignment, last) if at >= 0]
    return list(dict.fromkeys(Span(start, end) for start in starts for end in ends if start < end))


def _firsts(alignment: Alignment, token: int) -> list[int]:
    """The new tokens that may be the first one of a span whose first old token this is."""
    if alignment.of(token) != NONE:
        return [alignment.of(token)]
    ours, theirs = _gap(alignment, token)
    past = token - ours.start
    if len(ours) == len(theirs):
        # As many words as there were: one for one.
        return [theirs[past]]
    likely = [theirs.start + past, theirs.stop - (ours.stop - token), theirs.start + past * len(theirs) // len(ours)]
    if not past:
        likely.insert(0, theirs.start)
    return [*(at for at in likely if at in theirs), theirs.stop]


def _lasts(alignment: Alignment, token: int) -> list[int]:
    """The new tokens that may be the last one of a span whose last old token this is."""
    if alignment.of(token) != NONE:
        return [alignment.of(token)]
    ours, theirs = _gap(alignment, token)
    past = token - ours.start
    if len(ours) == len(theirs):
        return [theirs[past]]
    left = ours.stop - 1 - token
    likely = [theirs.stop - 1 - left, theirs.start + past, theirs.stop - 1 - left * len(theirs) // len(ours)]
    return [*(at for at in likely if at in theirs), theirs.start - 1]


def _gap(alignment: Alignment, token: int) -> tuple[range, range]:
    """The old tokens without pairs around this one, and the new ones that stand in their place."""
    before, after = alignment.before(token), alignment.after(token)
    return (
        range(alignment.here.start if before is None else before + 1, alignment.here.stop if after is None else after),
        range(
            alignment.there.start if before is None else alignment.of(before) + 1,
            alignment.there.stop if after is None else alignment.of(after),
        ),
    )


def grown(old: Tokens, new: Tokens, was: Span, is_: Span) -> Span:
    """The place with the outer words of the mark that stand right beside it, where the alignment had left them out.

    A diff may pair them with the same words elsewhere; and a comma may stand where a full stop was.
    """
    here, there = old.within(was), new.within(is_)
    if not here or not there:
        return is_
    words = old.words[here.start : here.stop]
    before = _met(words, new.words[max(0, there.start - MOST_GROWN) : there.start])
    after = _met(words[::-1], new.words[there.stop : there.stop + MOST_GROWN][::-1])
    start = new.starts[there.start - before] if before else is_.start
    end = new.ends[there.stop - 1 + after] if after else is_.end
    return Span(
        snap(new.text, start) if before else start,
        snap_up(new.text, end) if after else end,
    )


def _met(outer: Sequence[str], beside: Sequence[str]) -> int:
    """How many of the outermost words, in their order, are the last ones beside the place."""
    likely = range(min(MOST_GROWN, len(outer), len(beside)), 0, -1)
    return next((n for n in likely if all(map(_alike, outer[:n], beside[len(beside) - n :]))), 0)


def _alike(one: str, other: str) -> bool:
    return one == other or (one in _ENDING and other in _ENDING)


def _start(old: Tokens, new: Tokens, alignment: Alignment, offset: int, token: int, there: int) -> int:
    start = new.starts[there]
    past = offset - old.starts[token]
    if past and alignment.of(token) == there:
        space = old.text[offset : old.starts[token]]
        start += past if past > 0 or new.space_before(there).endswith(space) else 0
    return snap(new.text, start) if splits(new.text, start) and not splits(old.text, offset) else start


def _end(old: Tokens, new: Tokens, alignment: Alignment, offset: int, token: int, there: int) -> int:
    end = new.ends[there]
    past = offset - old.ends[token]
    if past and alignment.of(token) == there:
        space = old.text[old.ends[token] : offset]
        end += past if past < 0 or new.space_after(there).startswith(space) else 0
    return snap_up(new.text, end) if splits(new.text, end) and not splits(old.text, offset) else end
