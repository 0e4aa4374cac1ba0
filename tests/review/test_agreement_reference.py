"""Every number that other programs gave, to five decimals; where they gave none, what we say and why."""

from __future__ import annotations

from typing import Any

import pytest

from reader.review.agreement.counting import counted
from reader.review.agreement.overlap import overlap_f1, precision, recall
from reader.review.agreement.spans import Whole
from tests.review.reference import Expected, cases, expected, text_of

ALL = list(expected())
NUMBERS = [each for each in ALL if isinstance(each.number, (int, float))]
NONE = [each for each in ALL if not isinstance(each.number, (int, float))]


def name(each: Expected) -> str:
    return f"{each.case}-{each.what}".replace(" ", "-")


def test_nothing_of_the_file_is_passed_over() -> None:
    # The family's other members, which are about the parts that units share, are not measured here.
    left_out = ("cu_alpha", "cu_coverage_percent", "ku_alpha")

    def numbers(value: Any) -> int:
        if isinstance(value, dict):
            return sum(numbers(each) for name, each in value.items() if name not in left_out)
        return isinstance(value, (int, float))

    assert len(NUMBERS) == sum(numbers(case["expected"]) for case in cases().values()) > 300


@pytest.mark.parametrize("each", NUMBERS, ids=name)
def test_the_same_number(each: Expected) -> None:
    assert each.ours.number == pytest.approx(each.number, abs=5e-6)


# Where one of the other programs has no number and the definition does.
DEFINED = {
    # This one drops the numbers of a label when it computes it alone; the other, by the paper's formula, has them.
    ("label_swap", "unitizing claim lindanna"): -0.202075,
    ("label_swap", "unitizing opinion lindanna"): -0.202075,
    # It leaves out annotators without spans of the label, who have agreed or disagreed by that as much as others.
    ("missing_spans", "unitizing claim lindanna"): -0.081667,
    ("missing_spans", "unitizing loaded_language lindanna"): -0.037429,
    ("one_empty", "unitizing claim lindanna"): -0.0725,
    ("one_empty", "unitizing quote lindanna"): -0.0475,
    ("three_annotators", "unitizing claim lindanna"): 0.431414,
    # The task's scorer refuses spans of one label that overlap in a submission; joined first, all of both is the same.
    ("same_label_overlap", "overlap precision pred=A,gold=B"): 1.0,
    ("same_label_overlap", "overlap recall pred=A,gold=B"): 1.0,
    ("same_label_overlap", "overlap f1 pred=A,gold=B"): 1.0,
    # The same; with one label alone the numbers are those that the task's scorer is published with.
    ("semeval2020_readme", "overlap precision pred=A,gold=B"): 0.964912,
    ("semeval2020_readme", "overlap recall pred=A,gold=B"): 0.486864,
    ("semeval2020_readme", "overlap f1 pred=A,gold=B"): 0.647181,
    ("semeval2020_readme", "overlap precision pred=B,gold=A"): 0.486864,
    ("semeval2020_readme", "overlap recall pred=B,gold=A"): 0.964912,
    ("semeval2020_readme", "overlap f1 pred=B,gold=A"): 0.647181,
}


@pytest.mark.parametrize("each", NONE, ids=name)
def test_where_there_is_none(each: Expected) -> None:
    number = DEFINED.get((each.case, each.what))
    if number is None:
        assert each.ours.number is None
        assert each.ours.why.endswith(".")
        # Of two who marked nothing the file says that they overlap.
        outside = "overlap inside" in str(each.number) and each.case != "both_empty"
        assert ("outside the measure's definition" in each.ours.why) == outside
    else:
        assert each.ours.number == pytest.approx(number, abs=5e-6)


def test_the_published_example_of_the_task() -> None:
    case = cases()["semeval2020_readme"]
    pair = counted(text_of(case), ("A", "B")).pair(("A", "B"), Whole.ANY)
    published = case["published"]
    assert precision(pair).number == pytest.approx(published["precision"], abs=5e-7)
    assert recall(pair).number == pytest.approx(published["recall"], abs=5e-7)
    assert overlap_f1(pair).number == pytest.approx(published["F1"], abs=5e-7)


def test_overlap_per_tag_is_by_the_definition() -> None:
    # The fine-grained task's scorer takes the numerator of precision for recall as well and gives 0.6667 here.
    pair = counted(text_of(cases()["overlap_multi_label"]), ("A", "B")).pair(("A", "B"), "claim")
    assert precision(pair).number == pytest.approx(0.5)
    assert recall(pair).number == pytest.approx(30 / 34)
    assert overlap_f1(pair).number == pytest.approx(0.638298, abs=5e-7)
