from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import UsageProblem
from reader.work.query import Term, terms


@pytest.mark.parametrize(
    "typed, meant",
    [
        ("bridge", [Term("", "bridge")]),
        ("  bridge   budget ", [Term("", "bridge"), Term("", "budget")]),
        ('"the budget" “of it” „all“ «of us»', [Term("", each) for each in ("the budget", "of it", "all", "of us")]),
        ("“typed by”halves", [Term("", "typed by"), Term("", "halves")]),
        ('"never closed', [Term("", "never closed")]),
        ("-ferry -“two words” -tag:quote", [
            Term("", "ferry", True), Term("", "two words", True), Term("tag", "quote", True),
        ]),
        ("- a-b", [Term("", "-"), Term("", "a-b")]),
        ("speaker:Kirby speaker:“John Kirby”", [Term("speaker", "Kirby"), Term("speaker", "John Kirby")]),
        ('"on the record":yes on-the-record:no', [Term("on the record", "yes"), Term("on-the-record", "no")]),
        ("bridg* speaker:* speaker:ki*", [
            Term("", "bridg", begins=True), Term("speaker", "", begins=True), Term("speaker", "ki", begins=True),
        ]),
        ("* “bridg*”", [Term("", "*"), Term("", "bridg*")]),
        ("10:30 https://example.org/a?b=c x:y:z", [
            Term("", "10:30"), Term("", "https://example.org/a?b=c"), Term("x", "y:z"),
        ]),
        ("said: speaker: Kirby", [Term("said", ""), Term("speaker", ""), Term("", "Kirby")]),
        ('"" moon', [Term("", "moon")]),
        ("a OR b AND NEAR(c) col : d", [
            Term("", each) for each in ("a", "OR", "b", "AND", "NEAR(c)", "col", ":", "d")
        ]),
    ],
)  # fmt: skip
def test_what_is_meant(typed: str, meant: list[Term]) -> None:
    assert list(terms(typed)) == meant


@pytest.mark.parametrize("typed", ["", "   ", '""', "“ ”"])
def test_nothing_asked_for_is_a_sentence(typed: str) -> None:
    with pytest.raises(UsageProblem, match="nothing to look for: give words"):
        terms(typed)


def test_the_last_word_may_be_unfinished() -> None:
    assert terms("the moo", unfinished=True) == (Term("", "the"), Term("", "moo", begins=True))
    assert terms("the moon ", unfinished=True) == (Term("", "the"), Term("", "moon"))
    assert terms('"the moon"', unfinished=True) == (Term("", "the moon"),)
    assert terms('"the moo', unfinished=True) == (Term("", "the moo", begins=True),)


@given(st.text('ab:-*"“”«\t x', max_size=20) | st.text(max_size=20), st.booleans())
def test_anything_can_be_typed(typed: str, unfinished: bool) -> None:
    try:
        found = terms(typed, unfinished=unfinished)
    except UsageProblem:
        return
    assert found
    assert all(term.field or term.words.strip() for term in found)
