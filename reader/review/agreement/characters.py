"""Agreement on characters: each has the tag or has it not, in the union of somebody's marks of that tag.

Percent agreement and κ of two annotators: Cohen (1960), A coefficient of agreement for nominal scales. α of any
number of them: Krippendorff (2019), Content Analysis, 4th ed., chapter 12; Krippendorff (2011), Computing
Krippendorff's Alpha-Reliability.
"""

from __future__ import annotations

from reader.review.agreement.counting import GroupCounts, PairCounts
from reader.review.agreement.value import Value, undefined

UNUSED = "Nobody marked anything here: every character has the same value, and chance alone would agree as well (0/0)."
EVERYTHING = "Everybody marked every character: all have the same value, and chance alone would agree as well (0/0)."
ONE_SIDED = "One of them marked nothing here (or everything): κ is 0 then, whatever the other marked."


def percent(pair: PairCounts, length: float) -> Value:
    """The share of `length` characters to which both gave the same value, from 0 to 1."""
    return Value(1 - pair.differ / length)


def kappa(pair: PairCounts, length: float) -> Value:
    """κ = (P_o - P_e)/(1 - P_e); P_e = a/n·b/n + (1 - a/n)(1 - b/n), a and b being what each marked of n characters."""
    a, b = pair.length_a, pair.length_b
    # Both sides of the fraction times n²: whole numbers, so that nothing is lost where P_e is nearly 1.
    disagreed = pair.differ * length
    expected = a * (length - b) + b * (length - a)
    if not expected:
        return undefined(EVERYTHING if a else UNUSED)
    one_sided = a in (0, length) or b in (0, length)
    return Value(1 - disagreed / expected, note=ONE_SIDED if one_sided else "")


def alpha(group: GroupCounts, values: float) -> Value:
    """α = 1 - D_o/D_e for two values: D_o = 2d/n, D_e = 2·n₁(n - n₁)/(n(n - 1)).

    n: values given, one for each character and annotator; n₁: those that say the tag; d: see `GroupCounts.differ`.
    Texts may have been read by different annotators: those of fewer than two have no pairs and are left out.
    """
    tagged = group.length
    expected = tagged * (values - tagged)
    if not expected:
        return undefined(EVERYTHING if tagged else UNUSED)
    return Value(1 - group.differ * (values - 1) / expected)
