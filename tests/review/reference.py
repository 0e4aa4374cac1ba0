"""Agreement as other programs computed it: `tests/golden/agreement.json` as cases with what is expected of each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from reader.review.agreement.counting import Counts, counted
from reader.review.agreement.measures import by_id, measured
from reader.review.agreement.overlap import precision, recall
from reader.review.agreement.spans import Mark, Row, Text, Whole
from reader.review.agreement.value import Value

_FILE = Path(__file__).parents[1] / "golden" / "agreement.json"


class Expected(NamedTuple):
    """One leaf of the file."""

    case: str
    what: str
    number: Any
    """What the other program gave: a number, null, or a sentence."""
    ours: Value


@cache
def cases() -> dict[str, Any]:
    return {case["id"]: case for case in json.loads(_FILE.read_text("utf-8"))["cases"]}


def text_of(case: dict[str, Any]) -> Text:
    return Text(case["id"], case["length"], {
        who: [Mark(tag, ((start, end),)) for start, end, tag in marks] for who, marks in case["annotators"].items()
    })  # fmt: skip


def expected() -> Iterator[Expected]:
    """Everything that the file says of a measure that there is here."""
    for id_, case in cases().items():
        everybody = tuple(case["annotators"])
        counts = counted(text_of(case), everybody)
        for what, number, ours in _leaves(case["expected"], counts, everybody):
            yield Expected(id_, what, number, ours)


def _leaves(said: dict[str, Any], counts: Counts, everybody: tuple[str, ...]) -> Iterator[tuple[str, Any, Value]]:
    exact = said["exact_span_f1"]
    for name, row in (("labelled", Whole.ALL), ("unlabelled", Whole.ANY)):
        for pair, number in exact[name].items():
            yield f"exact {name} {pair}", number, measured(by_id("exact"), counts, tuple(pair.split("|")), row)
    yield "exact labelled mean", exact["labelled_mean"], measured(by_id("exact"), counts, everybody, Whole.ALL)

    for direction, of in said["overlap_f1_ptc"].items():
        a, b = direction.removeprefix("pred=").split(",gold=")
        forward = (a, b) in counts.values
        pair = (a, b) if forward else (b, a)
        numbers = counts.pair(pair, Whole.ALL)
        ours = {
            "precision": (precision if forward else recall)(numbers),
            "recall": (recall if forward else precision)(numbers),
            "f1": measured(by_id("overlap"), counts, pair, Whole.ALL),
        }
        for name, value in ours.items():
            yield f"overlap {name} {direction}", of[name] if of else None, value

    for label, of in said["character_level_per_label"].items():
        of_label: Row = Whole.ANY if label == "_any_label" else label
        for name, measure in (("cohen_kappa", "kappa"), ("percent_agreement", "percent")):
            for names, number in of[name].items():
                yield (
                    f"{name} {label} {names}",
                    number,
                    measured(by_id(measure), counts, tuple(names.split("|")), of_label),
                )
        number = of["krippendorff_alpha_nominal"]
        yield f"alpha {label}", number, measured(by_id("alpha"), counts, everybody, of_label)

    unitizing = said["unitizing_alpha_2016"]
    for label, of in unitizing["per_label_binary"].items():
        ours_of_label = measured(by_id("unitizing"), counts, everybody, label)
        for program, number in of.items() if isinstance(of, dict) else [("", of)]:
            yield f"unitizing {label} {program}".strip(), number, ours_of_label
    everything = unitizing["all_labels"]
    for name, row in (("u_alpha_zeljko", Whole.ALL), ("u_alpha_lindanna", Whole.ALL), ("bar_u_alpha", Whole.ANY)):
        if isinstance(everything, dict):
            if name in everything:
                yield f"{name}", everything[name], measured(by_id("unitizing"), counts, everybody, row)
        else:
            yield f"{name}", everything, measured(by_id("unitizing"), counts, everybody, row)
