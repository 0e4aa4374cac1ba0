"""Which token of one text is which of another: a longest common subsequence, cut where a person would cut.

It comes from rapidfuzz's Indel opcodes, for texts of news size on the whole of them; longer ones are divided first, by
runs of tokens that stand once in each. Both directions give the same pairs.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from reader.anchoring.tokens import Tokens

MOST_CELLS = 100_000_000
"""Tokens of the one times tokens of the other that are compared at once; an eighth of it in bytes is what it takes."""

_RUNS = (24, 8, 3)
"""Tokens in the runs that divide what is too long to be compared at once; tried in turn."""

_STRETCH = 8_000
"""Tokens that are compared at once where no run stands once."""

_FURTHEST = 400
"""How many tokens the edges of what came or went are moved at most."""

NONE = -1

Block = tuple[int, int, int]
"""Where it begins in the one and in the other, and how many tokens are the same from there."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The pairs of some old tokens with some new ones, in order in both."""

    here: range
    """The old tokens that were compared."""

    there: range
    """The new ones."""

    forward: array[int]
    """`q`: for each of the old tokens compared the new one that it is, or -1."""

    paired: array[int]
    """`q`: the old tokens that have a pair, in order."""

    def of(self, index: int) -> int:
        """The new token of an old one; -1 where it has none or was not compared."""
        return self.forward[index - self.here.start] if index in self.here else NONE

    def before(self, index: int) -> int | None:
        """The last old token before this one that has a pair."""
        at = bisect_left(self.paired, index)
        return self.paired[at - 1] if at else None

    def after(self, index: int) -> int | None:
        """The first old token from this one on that has a pair."""
        at = bisect_left(self.paired, index)
        return self.paired[at] if at < len(self.paired) else None

    def is_whole(self, some: range) -> bool:
        """Whether all of these old tokens stand together in the new text, nothing between them."""
        if not some or bisect_left(self.paired, some.stop) - bisect_left(self.paired, some.start) < len(some):
            return False
        return self.of(some.stop - 1) - self.of(some.start) == len(some) - 1


def aligned(old: Tokens, new: Tokens, here: range | None = None, there: range | None = None) -> Alignment:
    """The pairs of two texts, or of the tokens `here` of the one and `there` of the other."""
    here, there = here or range(len(old)), there or range(len(new))
    one, other = old.words[here.start : here.stop], new.words[there.start : there.stop]
    # Where the words allow several subsequences, the choice must not depend on which text came first.
    swapped = (len(one), one) > (len(other), other)
    blocks = _blocks(other, one) if swapped else _blocks(one, other)
    forward = array("q", [NONE]) * len(here)
    paired = array("q")
    for a, b, n in _tidied(
        old, new, here.start, there.start, [(j, i, n) if swapped else (i, j, n) for i, j, n in blocks]
    ):
        forward[a : a + n] = array("q", range(b + there.start, b + there.start + n))
        paired.extend(range(a + here.start, a + here.start + n))
    return Alignment(here, there, forward, paired)


def turned(alignment: Alignment) -> Alignment:
    """The same pairs, from the new text to the old one."""
    forward = array("q", [NONE]) * len(alignment.there)
    paired = array("q")
    for index in alignment.paired:
        there = alignment.of(index)
        forward[there - alignment.there.start] = index
        paired.append(there)
    return Alignment(alignment.there, alignment.here, forward, paired)


def _blocks(one: Sequence[str], other: Sequence[str]) -> list[Block]:
    """The runs that are the same, in order."""
    known: dict[str, int] = {}
    a = [known.setdefault(word, len(known)) for word in one]
    b = [known.setdefault(word, len(known)) for word in other]
    found: list[Block] = []
    _compare(a, b, 0, 0, found, _RUNS)
    return found


def _compare(a: list[int], b: list[int], i0: int, j0: int, found: list[Block], runs: Sequence[int]) -> None:
    """Adds the runs that are the same in `a`, which begins at `i0` of its text, and `b`, which begins at `j0`."""
    same = _alike(a, b)
    if same:
        found.append((i0, j0, same))
        a, b, i0, j0 = a[same:], b[same:], i0 + same, j0 + same
    tail = _alike(a[::-1], b[::-1])
    a, b = a[: len(a) - tail], b[: len(b) - tail]
    if len(a) * len(b) <= MOST_CELLS:
        found += [(i + i0, j + j0, n) for i, j, n in _opcodes(a, b)]
    elif runs:
        i = j = 0
        for next_i, next_j in [*_singular(a, b, runs[0]), (len(a), len(b))]:
            _compare(a[i:next_i], b[j:next_j], i0 + i, j0 + j, found, runs[1:])
            i, j = next_i, next_j
    else:
        found += [(i + i0, j + j0, n) for i, j, n in _along(a, b)]
    if tail:
        found.append((i0 + len(a), j0 + len(b), tail))


def _opcodes(a: list[int], b: list[int]) -> list[Block]:
    if not a or not b:
        return []
    from rapidfuzz.distance import Indel

    codes = Indel.opcodes(a, b)
    return [(code.src_start, code.dest_start, code.src_end - code.src_start) for code in codes if code.tag == "equal"]


def _along(a: list[int], b: list[int]) -> Iterator[Block]:
    """What is the same in two long texts that repeat themselves, one stretch after the other."""
    i = j = 0
    while i < len(a) and j < len(b):
        last_i, last_j = i + _STRETCH // 2, j + _STRETCH // 2
        for more_i, more_j, n in _opcodes(a[i : i + _STRETCH], b[j : j + _STRETCH]):
            # What begins late in a stretch is left to the next one, which sees more of what follows.
            if more_i < _STRETCH // 2 or i + _STRETCH >= len(a):
                yield i + more_i, j + more_j, n
                last_i, last_j = i + more_i + n, j + more_j + n
        i, j = last_i, last_j


def _alike(a: list[int], b: list[int]) -> int:
    """How many tokens are the same from the beginning."""
    length, at = min(len(a), len(b)), 0
    while at < length:
        step = min(4096, length - at)
        if a[at : at + step] != b[at : at + step]:
            return at + next(more for more in range(step) if a[at + more] != b[at + more])
        at += step
    return length


def _singular(a: list[int], b: list[int], length: int) -> list[tuple[int, int]]:
    """Where runs of this length begin that stand once in each, in order in both and apart from each other."""
    ours, theirs = _once(a, length), _once(b, length)
    chosen: list[tuple[int, int]] = []
    for i, j in _longest_rise([(at, theirs[run]) for run, at in ours.items() if run in theirs]):
        if not chosen or (i >= chosen[-1][0] + length and j >= chosen[-1][1] + length):
            chosen.append((i, j))
    return chosen


def _once(tokens: list[int], length: int) -> dict[int, int]:
    """The runs of this length (their hashes) that stand there once, and where; in order."""
    runs = [hash(run) for run in zip(*(islice(tokens, at, None) for at in range(length)), strict=False)]
    counts = Counter(runs)
    return {run: at for at, run in enumerate(runs) if counts[run] == 1}


def _longest_rise(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest choice of pairs, sorted by their first number, whose second one rises (patience sorting)."""
    tops: list[int] = []
    at_top: list[int] = []
    below: list[int] = []
    for index, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        tops[pile : pile + 1] = [j]
        at_top[pile : pile + 1] = [index]
        below.append(at_top[pile - 1] if pile else NONE)
    out: list[tuple[int, int]] = []
    index = at_top[-1] if at_top else NONE
    while index != NONE:
        out.append(pairs[index])
        index = below[index]
    return out[::-1]


def _tidied(old: Tokens, new: Tokens, i0: int, j0: int, blocks: list[Block]) -> list[Block]:
    """The blocks, counted from `i0` and `j0`, with what came or went in whole sentences where the words allow it.

    `A b. [A c.] A d.` may also be read as `A b. A [c. A] d.`: the first is how it was written.
    """
    out: list[Block] = []
    for i, j, n in blocks:
        if out:
            last_i, last_j, last = out[-1]
            went, came = i - last_i - last, j - last_j - last
            if came and not went:
                by = _shift(new, j0 + j - came, j0 + j, last, n)
            elif went and not came:
                by = _shift(old, i0 + i - went, i0 + i, last, n)
            else:
                by = 0
            out[-1] = (last_i, last_j, last + by)
            i, j, n = i + by, j + by, n - by
        out.append((i, j, n))
    return out


def _shift(tokens: Tokens, start: int, end: int, before: int, after: int) -> int:
    """How far to move the edges of the tokens that came (or went), so that they are whole sentences.

    `before` and `after`: how many tokens on each side are the same in both texts.
    """
    words = tokens.words
    left = right = 0
    while left < min(before, _FURTHEST) and words[start - left - 1] == words[end - left - 1]:
        left += 1
    while right < min(after, _FURTHEST) and words[start + right] == words[end + right]:
        right += 1
    ways = range(-left, right + 1)
    return max(ways, key=lambda by: (_cut(tokens, start + by) + _cut(tokens, end + by), -abs(by), by))


def _cut(tokens: Tokens, index: int) -> int:
    """How good a place before this token is to cut a text: between paragraphs best, inside a word worst."""
    if index in (0, len(tokens)):
        return 4
    space = tokens.space_before(index)
    if "\n" in space or not space:
        return 4 if space else 0
    before = tokens.text[max(0, tokens.ends[index - 1] - 2) : tokens.ends[index - 1]]
    if before[-1] in ".!?…" or (before[0] in ".!?…," and before[-1] in "\"'”’»)"):
        return 3
    return 2 if before[-1] in ",;:-–—" else 1
