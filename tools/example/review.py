"""What Cleo decided where Ana and Ben differ on the bridge; the rest is left for whoever opens the example."""

from __future__ import annotations

from dataclasses import dataclass

from reader.project import Project
from reader.review.choices import Choice
from reader.work import reviewing


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision."""

    words: str
    """The first of its marks begins with them."""
    choice: Choice
    reason: str = ""
    comment: str = ""


DECIDED = (
    Decided("Nobody in this harbour town", Choice.A, comment="Somebody could be found who can: it can be checked."),
    Decided("“It has never been a vanity", Choice.B, reason="slip"),
    Decided("Then she left by the back door", Choice.NEITHER, reason="gap in the guideline",
            comment="Is what the reporter saw a claim? The codebook should say so."),
    Decided("by the back door", Choice.A, reason="edge case"),
    Decided("The bridge will cost 48 million", Choice.SHARED, reason="gap in the guideline",
            comment="Where does a claim end when its source follows?"),
    Decided("quietly buried", Choice.A),
    Decided('"We were asked for a crossing,"', Choice.A, reason="slip", comment="One quotation, said in two halves."),
    Decided("The old chain ferry broke down", Choice.B),
    Decided("“so-called relief road”", Choice.NEITHER, reason="edge case", comment="Scare quotes: nobody said it."),
    Decided('"a monument to people', Choice.BOTH, comment="Somebody’s words, and somebody’s opinion."),
)  # fmt: skip

ANSWER = ("Then she left by the back door", "Then I would mark it as loaded language.")
"""What Ben answers to one of them."""


def review(reviewer: Project, colleague: Project) -> None:
    """Goes through a part of the differences; the colleague answers once."""
    begun = reviewing.begin(reviewer, reviewing.people(reviewer))
    document = reviewing.articles(reviewer, begun)[0].document
    for decided in DECIDED:
        looked = reviewing.look(reviewer, begun, document)
        item = _item(looked, decided.words)
        reviewing.decide(reviewer, begun, looked, [item], decided.choice)
        if decided.reason:
            reviewing.give_reason(reviewer, begun, looked, item, decided.reason)
        if decided.comment:
            reviewing.comment(reviewer, begun, looked, item, decided.comment)
    looked = reviewing.look(colleague, begun, document)
    reviewing.comment(colleague, begun, looked, _item(looked, ANSWER[0]), ANSWER[1])


def _item(looked: reviewing.Reviewed, words: str) -> reviewing.Item:
    return next(item for item in looked.differences if item.difference.marks[0].text.startswith(words))
