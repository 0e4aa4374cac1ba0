"""The measures: what each is, where it is from, how to read it; and its value for a pair, or for all together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations
from typing import NamedTuple

from reader.review.agreement.characters import alpha, kappa, percent
from reader.review.agreement.counting import Counts, Group
from reader.review.agreement.exact import exact_f1
from reader.review.agreement.overlap import overlap_f1
from reader.review.agreement.spans import Row, Whole
from reader.review.agreement.unitizing import PARTED, unitizing_alpha
from reader.review.agreement.value import Value, undefined

APART = "They have read no article in common."
SEVERAL_TAGS = "Marks may overlap, so a character may have several tags: this is measured per tag, or of any tag."


class Measure(NamedTuple):
    """One measure, in words; `measured` gives its value."""

    id: str
    """What it is called in commands and files."""
    name: str
    short: str
    """For the heading of a column."""
    definition: str
    formula: str
    source: str
    pooling: str
    """What is added up over articles, and what is done with more than two annotators."""
    undefined: str
    """Where there is no number, and which cases are outside its definition."""
    reading: str
    """How to read it."""
    value: Callable[[Counts, Group, Row], Value]
    """Its value for a group that has read a text in common: for any number of annotators, or `of_pairs`, for two."""
    of_pairs: bool
    of_characters: bool
    """Whether it needs one yes or no for each character, and so has no value for all tags together."""


def _exact(counts: Counts, pair: Group, row: Row) -> Value:
    return exact_f1(counts.pair(pair, row))


def _overlap(counts: Counts, pair: Group, row: Row) -> Value:
    return overlap_f1(counts.pair(pair, row))


def _percent(counts: Counts, pair: Group, row: Row) -> Value:
    return percent(counts.pair(pair, row), counts.values[pair] / 2)


def _kappa(counts: Counts, pair: Group, row: Row) -> Value:
    return kappa(counts.pair(pair, row), counts.values[pair] / 2)


def _alpha(counts: Counts, group: Group, row: Row) -> Value:
    return alpha(counts.group(group, row), counts.values[group])


def _unitizing(counts: Counts, group: Group, row: Row) -> Value:
    rows: Iterable[Row] = tags_of(counts) if row is Whole.ALL else (row,)
    lengths = [counts.group(group, each).length for each in rows]
    value = unitizing_alpha(
        counts.group(group, row), counts.values[group], lengths, counts.overlapping.get((group, row))
    )
    return value._replace(note=PARTED) if value.number is not None and (group, row) in counts.parted else value


_MEAN = "With more than two annotators it is the mean of the pairs that have a number."
_TOGETHER = "One value for any number of annotators; in the matrix, for two alone."

MEASURES = (
    Measure(
        "exact", "exact span F1", "exact F1",
        "How many marks both made on the very same characters: all pieces are the same, and (for all tags) the tag is."
        " For any tag, places are compared: two marks of one annotator on the same pieces are one place.",
        "F1 = 2·|A∩B| / (|A|+|B|)",
        "Hripcsak & Rothschild 2005, Agreement, the F-measure, and reliability in information retrieval, JAMIA 12(3)",
        f"Marks are counted over all articles, then divided. {_MEAN}",
        "Undefined where neither marked anything (0/0). Where only one did, it is 0.",
        "1: every mark is the same; 0.5: for each mark that both made there are two that only one made. One character"
        " more or less makes a mark another one, so read it beside the overlap.",
        _exact, of_pairs=True, of_characters=False,
    ),
    Measure(
        "overlap", "overlap F1", "overlap F1",
        "How much of each mark lies in marks of the other with the same tag; every mark counts alike, long or short."
        " Marks of one annotator and tag that overlap are joined first; for any tag, all that overlap. A mark in"
        " several pieces is one set of characters.",
        "P = 1/|S| · Σₛ |s∩T|/|s|,  R = 1/|T| · Σₜ |S∩t|/|t|,  F1 = 2PR/(P+R)",
        "Da San Martino et al. 2019, Fine-Grained Analysis of Propaganda in News Articles, EMNLP-IJCNLP (with tags);"
        " Da San Martino et al. 2020, SemEval-2020 Task 11 (without)",
        f"Shares and marks are added up over all articles, then divided, as the task's scorer does. {_MEAN}",
        "Undefined where neither marked anything (0/0). Where only one did, it is 0, as in the task's scorer.",
        "1: all that is marked is marked by both with the same tag, however it is cut into marks; high beside a low"
        " exact F1: the same passages, other edges.",
        _overlap, of_pairs=True, of_characters=False,
    ),
    Measure(
        "percent", "percent agreement", "percent",
        "The share of characters to which both gave the same value: in a mark of this tag, or not.",
        "P = 1 − (characters in marks of only one) / (characters of the text)",
        "Cohen 1960 (the observed agreement); Krippendorff 2019, Content Analysis, 4th ed., ch. 12, on why it misleads",
        f"Characters are counted over all articles, then divided. {_MEAN}",
        "For all tags together: a character may have several tags. Otherwise always defined.",
        "Is near 1 for every rare tag, since most characters are in no mark of it: never read it alone.",
        _percent, of_pairs=True, of_characters=True,
    ),
    Measure(
        "kappa", "Cohen’s κ", "κ",
        "Agreement of two on characters (in a mark of this tag, or not), less what would be expected if each had spread"
        " as many characters over the text by chance.",
        "κ = (Pₒ − Pₑ) / (1 − Pₑ),  Pₑ = a/n·b/n + (1 − a/n)(1 − b/n)",
        "Cohen 1960, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20(1);"
        " mean of pairs: Light 1971",
        f"Characters are counted over all articles, then the formula is applied once. {_MEAN}",
        "Undefined where both marked nothing, or both everything (0/0); for all tags together, since a character may"
        " have several. Where only one marked nothing it is 0, whatever the other did.",
        "1: the same characters; 0: no better than chance; below 0: they avoid each other. It says nothing of how the"
        " characters are cut into marks.",
        _kappa, of_pairs=True, of_characters=True,
    ),
    Measure(
        "alpha", "Krippendorff’s α", "α",
        "Agreement of any number of annotators on characters (in a mark of this tag, or not), less what would be"
        " expected if all their values had been given out by chance; nominal.",
        "α = 1 − Dₒ/Dₑ,  Dₒ = 2d/n,  Dₑ = 2·n₁(n−n₁) / (n(n−1))",
        "Krippendorff 2019, Content Analysis, 4th ed., ch. 12; Krippendorff 2011, Computing Krippendorff’s"
        " Alpha-Reliability",
        f"Values are counted over all articles, each character of each article being one unit. {_TOGETHER}",
        "Undefined where nobody marked anything, or everybody everything (0/0); for all tags together, since a"
        " character may have several.",
        "Krippendorff asks for 0.8, and for 0.667 where tentative conclusions will do; 0 is chance. Unlike κ it falls"
        " below 0 where one marked nothing.",
        _alpha, of_pairs=False, of_characters=True,
    ),
    Measure(
        "unitizing", "unitizing α", "uα",
        "Agreement of any number of annotators on where units begin and end and (for all tags) on their tags, less"
        " chance. Expected is how all units and gaps would meet each other; a unit is one thing and never meets itself."
        " For any tag it is the |uα of the paper. A piece of a mark is a unit of its own, marks that touch stay two.",
        "uα = 1 − Dₒ/Dₑ,  Dₒ = Σ_{c≠k} l_ck / l,  Dₑ = Σ_{c≠k} l_c·l_k / (l² − Σ_units L² − Σ_gaps L)",
        "Krippendorff, Mathet, Bouvry & Widlöcher 2016, On the reliability of unitizing textual continua: Further"
        " developments, Quality & Quantity 50",
        f"Lengths are added up over all articles, as if they stood one behind the other. {_TOGETHER}",
        "Outside its definition where marks of one annotator overlap each other (for one tag: marks of that tag), since"
        " a continuum is cut into units. Undefined where nobody marked anything (0/0).",
        "Read it like α, which it is close to where units are short; it is kinder to few long units, whose chance to"
        " meet is smaller than their characters’.",
        _unitizing, of_pairs=False, of_characters=False,
    ),
)  # fmt: skip
"""In the order in which they are shown."""


def by_id(id_: str) -> Measure:
    """The measure of this id; KeyError where there is none."""
    return {measure.id: measure for measure in MEASURES}[id_]


def measured(measure: Measure, counts: Counts, group: Group, row: Row) -> Value:
    """The measure's value for these annotators (two or more) in one row of the counts."""
    if row is Whole.ALL and measure.of_characters:
        return undefined(SEVERAL_TAGS)
    if not counts.values.get(group):
        return undefined(APART)
    if not measure.of_pairs:
        return measure.value(counts, group, row)
    pairs = [pair for pair in combinations(group, 2) if counts.values.get(pair)]
    return _mean([measure.value(counts, pair, row) for pair in pairs])


def _mean(values: list[Value]) -> Value:
    """The mean of those that have a number."""
    if len(values) == 1:
        return values[0]
    numbers = [value.number for value in values if value.number is not None]
    if not numbers:
        return values[0]
    notes = list(dict.fromkeys(value.note for value in values if value.note))
    if len(numbers) < len(values):
        notes.insert(0, f"The mean of {len(numbers)} of {len(values)} pairs: the others have no number.")
    return Value(sum(numbers) / len(numbers), note=" ".join(notes))


def tags_of(counts: Counts) -> list[str]:
    """The tags that somebody used."""
    return list(dict.fromkeys(row for _, row in counts.pairs if isinstance(row, str)))
