"""Overlap F1: how much of each mark lies in marks of the other with the same tag.

Da San Martino, Yu, Barrón-Cedeño, Petrov & Nakov (2019), Fine-Grained Analysis of Propaganda in News Articles, with
tags; the measure of span identification in SemEval-2020 Task 11 (Da San Martino et al. 2020), without.
"""

from __future__ import annotations

from reader.review.agreement.counting import PairCounts
from reader.review.agreement.exact import NOTHING
from reader.review.agreement.value import Value, undefined


def precision(pair: PairCounts) -> Value:
    """P = 1/|S| · Σ |s∩T|/|s|: a's spans S as they lie in the union T of b's; the tag is the same where tags count.

    Overlapping spans of one annotator are joined first, as the task's scorer does it, so that ΣΣ|s∩t| over single
    spans t is the same as |s∩T|. Nothing marked by a but by b gives 0, as the scorer does it.
    """
    if not pair.spans_a + pair.spans_b:
        return undefined(NOTHING)
    return Value(pair.in_b / pair.spans_a if pair.spans_a else 0.0)


def recall(pair: PairCounts) -> Value:
    """R = 1/|T| · Σ |s∩t|/|t|: the precision with both sides exchanged."""
    if not pair.spans_a + pair.spans_b:
        return undefined(NOTHING)
    return Value(pair.in_a / pair.spans_b if pair.spans_b else 0.0)


def overlap_f1(pair: PairCounts) -> Value:
    """2PR/(P+R), the same whoever comes first; 0 where both are 0."""
    p, r = precision(pair), recall(pair)
    if p.number is None or r.number is None:
        return p
    return Value(2 * p.number * r.number / (p.number + r.number) if p.number + r.number else 0.0)
