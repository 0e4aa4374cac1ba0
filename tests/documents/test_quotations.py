"""Quotations: which marks belong together, drawn in the text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.documents.quotations import first_mark, last_mark, quotations, quoted
from reader.documents.span import Span
from tests.marks import marked


@pytest.mark.parametrize(
    "drawing",
    [
        '[“It is clear,"]{q} he said.',
        'out ["massed, dismounted assaults"]{q} against',
        '["And these,"]{q} Kirby said. ["We assess that."]{q}',
        "A [“human wave”]{q} in [“hopeless”]{q} attacks",
        "[„Guten Tag“]{q}, sagte er. [»Ja«]{q}, sie.",
        "[« Bonjour »]{q}, dit-il. [«Non»]{q}",
        "[”Hej”]{q}, sa hon. [”Ja.”]{q}",
        "[「こんにちは『世界』」]{q}と言った。",
        '["A "human wave" of men"]{q} he said',
        "“They said so. [“Really,”]{q} she said, [“do.”]{q}",
        '["Hello"]{q}—she said—["you there"]{q}',
        '(["hello"]{q}) and ["a"]{q}, ["b"]{q}',
        'He said [" hello "]{q} and ["hello "]{q}he left',
        'Wilkins said,[" I liked it"]{q}. ["And I left,"]{q} he said.',
        '"" and “ ” are nothing',
        "[“I was—”]{q} he said",
        '*["Bold"]{q}* and _[“it”]{q}_',
    ],
)
def test_double_marks(drawing: str) -> None:
    text, marks = marked(drawing)
    assert list(quotations(text)) == sorted(pieces[0] for pieces, _ in marks)


@pytest.mark.parametrize(
    "drawing",
    [
        "the [‘courageous achievement’]{q} at ‘90s fairs",
        "honored for ['courageous achievement']{q} at",
        "'tis the '90s and the workers' union's ['streamlined']{q} plan",
        "[‘He told me “go away” yesterday,’]{q} she said.",
        "['It's the workers' union,']{q} she said",
        "The boys' toys and the girls' toys, rock 'n' roll 'em all",
        "['I don't know,']{q} said Kim. ['Ask Ben's dog.']{q}",
        "[\"I said 'go' to him\"]{q}, he",
        "don't, won't, O'Neil's and Hawai'i",
    ],
)
def test_single_marks_and_apostrophes(drawing: str) -> None:
    text, marks = marked(drawing)
    assert list(quotations(text)) == sorted(pieces[0] for pieces, _ in marks)


@pytest.mark.parametrize(
    "drawing",
    [
        'He is 5\'10" tall and ["good"]{q} at it.',
        '["He is 5\'10" tall,"]{q} she said.',
        '["The 24" screen is nice,"]{q} he said.',
        'A 24" screen and a 27" one.',
    ],
)
def test_inches_are_no_marks(drawing: str) -> None:
    text, marks = marked(drawing)
    assert list(quotations(text)) == sorted(pieces[0] for pieces, _ in marks)


def test_a_mark_that_is_never_closed_quotes_only_where_the_speech_runs_on() -> None:
    text = "“I came. I saw"
    assert quotations(text) == ()
    assert [span.cut(text) for span in quotations(text, runs_on=True)] == [text]


def test_the_quoted_words_are_without_marks_and_space() -> None:
    for text, words in (('“It is,"', "It is,"), ("« Non »", "Non"), ("'x'", "x"), ("“open", "open")):
        assert quoted(Span(0, len(text)), text).cut(text) == words


@given(st.text("ab .,s'\"“”‘’„«»「」51", max_size=40))
def test_quotations_are_in_order_apart_and_never_empty(text: str) -> None:
    found = quotations(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    for span in found:
        assert span.end <= len(text)
        assert len(span) >= 3
        inner = quoted(span, text)
        assert span.covers(inner)
        assert inner.cut(text) == inner.cut(text).strip()


@given(st.text("ab .,s'\"“”‘’„«»「」51", max_size=40), st.data())
def test_every_quotation_begins_with_a_mark_that_is_found_from_both_sides(text: str, data: st.DataObject) -> None:
    for span in quotations(text):
        assert first_mark(text, span.start, span.start + 1) == span.start
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    marks = [at for at in range(start, end) if first_mark(text, at, at + 1) == at]
    assert first_mark(text, start, end) == (marks[0] if marks else -1)
    assert last_mark(text, start, end) == (marks[-1] if marks else -1)


def test_single_marks_in_a_quotation_that_holds_another_are_no_quotations() -> None:
    assert len(quotations("“I said “no” to ‘him’ and left,” she said.")) == 1


def test_thousands_of_marks_without_a_partner_are_nothing() -> None:
    assert quotations("“a " * 3_000) == ()
    assert quotations("'a b " * 3_000) == ()
