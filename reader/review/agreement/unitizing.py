"""Unitizing α: agreement on where units begin and end, and on their tags, corrected for chance.

Krippendorff, Mathet, Bouvry & Widlöcher (2016), On the reliability of unitizing textual continua: Further
developments, Quality & Quantity 50. A text is cut into units, which have a tag, and gaps, which have none. Observed are
the lengths at which two annotators' sections meet. Expected is what they would be if all sections met all others but
themselves: a unit is one thing and never meets itself, a gap is no thing and its characters meet each other.
"""

from __future__ import annotations

from collections.abc import Iterable

from reader.review.agreement.characters import EVERYTHING, UNUSED
from reader.review.agreement.counting import GroupCounts, Overlaps
from reader.review.agreement.value import Value, undefined

PARTED = "Some marks have several pieces, which no unit has: each piece counts as a unit of its own."


def unitizing_alpha(group: GroupCounts, values: float, by_tag: Iterable[float], overlaps: Overlaps | None) -> Value:
    """uα = 1 - D_o/D_e; D_o = Σ_{c≠k} l_ck / l, D_e = Σ_{c≠k} l_c·l_k / (l² - Σ_units L² - Σ_gaps L).

    values: l, the length of the texts times their annotators. by_tag: l_c of each tag, whose rest are gaps; one tag
    alone gives the measure of that tag, any tag together the |uα of the paper. Units of one annotator never overlap:
    where marks do, there is no number.
    """
    if overlaps is not None:
        people = " and of ".join(sorted(overlaps.people))
        where = f"in {overlaps.texts:,} articles" if overlaps.texts > 1 else "here"
        return undefined(
            f"Marks of {people} overlap each other {where}, which units of a text don't: this is outside the measure's"
            " definition."
        )
    lengths = list(by_tag)
    gaps = values - sum(lengths)
    expected = values * values - gaps * gaps - sum(length * length for length in lengths)
    if not expected:
        return undefined(EVERYTHING if sum(lengths) else UNUSED)
    pairs = values * values - group.squares - gaps
    # Twice, since both c and k come first once in the sums over c≠k.
    return Value(1 - 2 * group.differ / values * pairs / expected)
