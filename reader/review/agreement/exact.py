"""Exact span F1: how many marks both made on the very same characters.

Hripcsak & Rothschild (2005), Agreement, the F-measure, and reliability in information retrieval: where the number of
things that nobody marked is unknown or meaningless, F1 stands in for a chance-corrected measure, and approaches κ as
that number grows.
"""

from __future__ import annotations

from reader.review.agreement.counting import PairCounts
from reader.review.agreement.value import Value, undefined

NOTHING = "Neither marked anything here, so there is nothing to compare."


def exact_f1(pair: PairCounts) -> Value:
    """2·|A∩B| / (|A|+|B|); A and B are sets of (pieces, tag), or of pieces where the tag doesn't count."""
    marks = pair.marks_a + pair.marks_b
    return Value(2 * pair.exact / marks) if marks else undefined(NOTHING)
