"""docs/agreement.md says what the program says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reader.review.agreement.counting import counted
from reader.review.agreement.measures import MEASURES, Measure, by_id, measured
from reader.review.agreement.spans import Mark, Row, Text, Whole
from reader.work import agreed_words
from tests.marks import marked
from tests.review.reference import expected

PAGE = (Path(__file__).parents[2] / "docs" / "agreement.md").read_text(encoding="utf-8")
WORDS = " ".join(PAGE.split())


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.id)
def test_every_measure_stands_there_as_the_program_explains_it(measure: Measure) -> None:
    for _, text in agreed_words.explained(measure)[1:]:
        assert " ".join(text.split()) in WORDS


def test_the_worked_example() -> None:
    found = dict(re.findall(r"^ {4}(Ana|Ben) +(.*)$", PAGE, re.M))
    texts = {name: marked(written) for name, written in found.items()}
    assert texts["Ana"][0] == texts["Ben"][0]
    marks = {
        name: [Mark(tag, tuple((span.start, span.end) for span in spans)) for spans, tag in made]
        for name, (_, made) in texts.items()
    }
    counts = counted(Text("example", len(texts["Ana"][0]), marks), ("Ana", "Ben"))

    def number(id_: str, row: Row) -> str:
        return agreed_words.number(measured(by_id(id_), counts, ("Ana", "Ben"), row), by_id(id_))

    example = PAGE.partition("## A worked example")[2]
    shown = re.findall(r"\*\*([\d.]+(?: %)?)\*\*", example)
    assert shown == [
        number("exact", Whole.ALL), number("overlap", "quote"), number("overlap", Whole.ALL),
        *(number(id_, "quote") for id_ in ("percent", "kappa", "alpha", "unitizing")),
    ]  # fmt: skip


def test_how_many_numbers_are_met() -> None:
    said = re.search(r"has (\d+) numbers that other programs gave", WORDS)
    assert said is not None
    assert int(said[1]) == sum(isinstance(each.number, (int, float)) for each in expected())
