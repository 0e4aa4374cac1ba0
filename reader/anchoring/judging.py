"""How well a place in the new text fits a mark: its words and what stands around them, judged together, 0 to 1.

The words count most where there are many of them, what is around them most where there are few: one “to” is like any
other. The constants were fitted on edited news articles (`python -m bench.anchoring` measures what they come to).
"""

from __future__ import annotations

import re
from math import exp

from reader.anchoring.context import CONTEXT
from reader.anchoring.tokens import Tokens
from reader.documents.span import Span

Fragments = tuple[Span, ...]

SURE = 0.85
"""From this score on a place is right in more than 99 of 100 cases."""

GONE = 0.5
"""Below this score the words are not there."""

SHORT = 20
"""Code points under which other words are taken for these only with the same ones around them."""

_WORD = re.compile(r"\w+|[^\w\s]")
_LONGEST = 4_000
"""Code points of a longer quotation that are compared at each end."""

# Words that have nothing to do with each other are about so similar, by letters and by words.
_CHANCE_LETTERS, _CHANCE_WORDS = 0.4, 0.25
_CHANCE_AROUND, _ENOUGH_AROUND = 0.15, 0.95
_BETTER_SIDE = 0.8
"""The weight of the side that fits better: a new sentence before a mark says nothing against it."""

_MOST, _MANY = 0.95, 20
"""The weight of the words themselves: the most, and the code points after which it comes near that."""

_SETTING = 0.15
"""What it is worth that an edge stands between the same kinds of characters as before."""


def fit(old: Tokens, new: Tokens, was: Fragments, is_: Fragments) -> float:
    """The score of a place for a mark; the same from either text to the other."""
    length = max(sum(map(len, was)), sum(map(len, is_)))
    pieces = _pieces(old, new, was, is_)
    words = sum(alike * size for alike, size in pieces) / sum(size for _, size in pieces)
    around = _around(old, new, Span(was[0].start, was[-1].end), Span(is_[0].start, is_[-1].end))
    if length < SHORT and words < 1 and around < 0.5:
        return 0.0
    score = _score(length, words, around)
    # A mark of several pieces has moved only if each of them has.
    lost = len(was) != len(is_) or any(each < GONE for each, _ in pieces)
    return min(score, SURE - 0.01) if lost else score


def fit_of_same(was: Fragments) -> float:
    """The score of a place with the very words of a mark, and the very words around it."""
    return _score(sum(map(len, was)), 1.0, 1.0)


def _score(length: int, words: float, around: float) -> float:
    weight = _MOST * (1 - exp(-length / _MANY))
    alike: float = 1 - min(1.0, (1 - words) / (1 - _CHANCE_WORDS)) ** 1.5
    return alike * (weight + (1 - weight) * around)


def fit_of_edges(old: Tokens, new: Tokens, was: Span, is_: Span) -> float:
    """For choosing between places that differ in their edges: the score, and whether the edges are of the same kind."""
    same = (_setting(old.text, was.start) == _setting(new.text, is_.start)) + (
        _setting(old.text, was.end) == _setting(new.text, is_.end)
    )
    return fit(old, new, (was,), (is_,)) + _SETTING * same


def _pieces(old: Tokens, new: Tokens, was: Fragments, is_: Fragments) -> list[tuple[float, int]]:
    """How alike the words of each piece are, and its length."""
    if len(was) == len(is_):
        return [
            (_similar(one.cut(old.folded), other.cut(new.folded)), max(len(one), len(other)))
            for one, other in zip(was, is_, strict=True)
        ]
    one, other = (" ".join(span.cut(side.folded) for span in spans) for side, spans in ((old, was), (new, is_)))
    return [(_similar(one, other), max(len(one), len(other)))]


def _around(old: Tokens, new: Tokens, was: Span, is_: Span) -> float:
    before = _similar_letters(_before(old, was), _before(new, is_))
    after = _similar_letters(old.folded[was.end : was.end + CONTEXT], new.folded[is_.end : is_.end + CONTEXT])
    both = _BETTER_SIDE * max(before, after) + (1 - _BETTER_SIDE) * min(before, after)
    return min(1.0, max(0.0, (both - _CHANCE_AROUND) / (_ENOUGH_AROUND - _CHANCE_AROUND)))


def _before(tokens: Tokens, span: Span) -> str:
    return tokens.folded[max(0, span.start - CONTEXT) : span.start]


def _similar(one: str, other: str) -> float:
    """How alike two quotations are, by words or, for the sake of misspelt ones, by letters."""
    if one == other:
        return 1.0
    from rapidfuzz.distance import Indel

    one, other = _ends(one), _ends(other)
    words = Indel.normalized_similarity(_WORD.findall(one), _WORD.findall(other))
    return max(words, _similar_letters(one, other))


def _similar_letters(one: str, other: str) -> float:
    if one == other:
        return 1.0
    from rapidfuzz.distance import Indel

    return max(0.0, (Indel.normalized_similarity(one, other) - _CHANCE_LETTERS) / (1 - _CHANCE_LETTERS))


def _ends(quote: str) -> str:
    return quote if len(quote) <= 2 * _LONGEST else quote[:_LONGEST] + quote[-_LONGEST:]


def _setting(text: str, at: int) -> tuple[str, str]:
    """What kinds of characters stand before and after a place: the beginning of a line, the end of a sentence …"""
    before, after = text[max(0, at - 3) : at], text[at : at + 1]
    left = _kind(before[-1:])
    if left == " " and before.rstrip()[-1:] in (".", "!", "?", "…", '"', "”"):
        left = "."
    return left, " " if _kind(after) == "\n" else _kind(after)


def _kind(char: str) -> str:
    if not char or char == "\n":
        return "\n"
    return "a" if char.isalnum() else " " if char.isspace() else "-"
