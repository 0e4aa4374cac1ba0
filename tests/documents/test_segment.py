"""Words, sentences and quotations: drawn in real sentences, and true of any text."""

from __future__ import annotations

import textwrap
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.documents.document import Layout
from reader.documents.paragraphs import Paragraphs, layout_of
from reader.documents.segment import WINDOW, Segments, Unit, count_words
from reader.documents.span import Span
from tests.marks import marked

texts = st.text("ab. “”\"'!?\n…A漢e\u0301-1", max_size=40)
SPEECH = (
    "“They have lost much. A great deal. And we can see that no one cares at all,” Mara said. "
    '"All is arranged so. And nobody asked."'
)


def segments(text: str) -> Segments:
    """The units of a text in its own layout."""
    return Segments(text, Paragraphs(text, layout_of(text)))


def words(text: str) -> list[str]:
    """The words of a one-line text."""
    return [span.cut(text) for span in segments(text).words(0)]


def sentences(text: str) -> list[str]:
    """The sentences of a one-paragraph text."""
    return [span.cut(text) for span in segments(text).sentences(0)]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("It won't cost 1,000.50 euros.", ["It", "won't", "cost", "1,000.50", "euros"]),
        ("well-known, O’Neil’s 14-year-old", ["well-known", "O’Neil’s", "14-year-old"]),
        ("“Half” – the U.S. at 5 p.m.", ["Half", "the", "U.S", "at", "5", "p.m"]),
        ("他说hello。カナ", ["他", "说", "hello", "カ", "ナ"]),
        ("नमस्ते दुनिया", ["नमस्ते", "दुनिया"]),
        ("ذَهَبَ الولد", ["ذَهَبَ", "الولد"]),
        ("cafe\u0301 \u2014 e\u0301te\u0301", ["cafe\u0301", "e\u0301te\u0301"]),
        ("👩\u200d💻 codes @night #now", ["codes", "night", "now"]),
        ("…!", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected
    assert count_words(text) == len(expected)


@pytest.mark.parametrize(
    "drawing",
    [
        "[Dr. Mara met Mr. J. Jones of the U.S. Army on Jan. 5.]{s} [He was late.]{s}",
        '[“It is clear," he said.]{s} [She left.]{s}',
        '[He said "Go away."]{s} [Then he left.]{s}',
        "[“Go away!” Mara said.]{s} [He left.]{s}",
        '["A full sentence here."]{s} ["And one more of them."]{s}',
        '[He asked: "What? Why?" and left.]{s}',
        "[Es ist „gut so“, sagte er.]{s} [Und dann ging er.]{s}",
        "[它是好的。]{s}[我们走吧！]{s}",
        "[“走吧！”他说。]{s}[她走了。]{s}",
        "[यह अच्छा है।]{s} [वह गया।]{s}",
        "[هل هذا جيد؟]{s} [نعم هو.]{s}",
        "[He is gone. ...]{s} [She is not.]{s}",
    ],
)
def test_sentences(drawing: str) -> None:
    text, marks = marked(drawing)
    assert list(segments(text).sentences(0)) == sorted(pieces[0] for pieces, _ in marks)


def test_sentences_are_found_inside_quotations_and_lone_marks_trimmed() -> None:
    assert sentences(SPEECH) == [
        "They have lost much.",
        "A great deal.",
        "And we can see that no one cares at all,” Mara said.",
        "All is arranged so.",
        "And nobody asked.",
    ]


def test_a_speech_over_two_paragraphs_is_two_quotations() -> None:
    text = "“It began in May.\n\n“It ended in June,” she said."
    found = segments(text)
    assert [span.cut(text) for span in found.quotations(0)] == ["“It began in May."]
    assert [span.cut(text) for span in found.quotations(2)] == ["“It ended in June,”"]


def test_a_sentence_goes_on_over_the_lines_of_a_block() -> None:
    prose = "The council voted on Tuesday to close the old swimming hall at the end of summer. And then it did so."
    text = "\n\n".join(textwrap.fill(f"{prose} {prose}", 60) for _ in range(2))
    assert layout_of(text) is Layout.BLOCKS
    assert [sentence.replace("\n", " ") for sentence in sentences(text)] == [
        "The council voted on Tuesday to close the old swimming hall at the end of summer.",
        "And then it did so.",
    ] * 2


def test_where_a_place_belongs() -> None:
    text = "“Gone are they. All of them,” he said. (Yes.)"
    found = segments(text)
    assert found.at(Unit.WORD, 0) == Span(1, 5)
    assert found.at(Unit.WORD, 14) == Span(10, 14)
    assert found.at(Unit.SENTENCE, 0) == Span(1, 15)
    assert found.at(Unit.SENTENCE, len(text)) == Span(39, 45)
    assert found.at(Unit.QUOTATION, 3) == Span(0, 29)
    assert found.at(Unit.QUOTED, 0) == Span(1, 28)
    assert found.at(Unit.QUOTATION, 31) is None
    assert found.at(Unit.PARAGRAPH, 31) == Span(0, len(text))
    assert segments("").at(Unit.WORD, 0) is None


def test_the_next_quotation_skips_scare_quotes_and_paragraphs_without_marks() -> None:
    text = 'A "so-called" one.\n\nNothing here.\n\nHe said "we will not go there", and "no".'
    found = segments(text)
    there = found.next(Unit.QUOTATION, 0, minimum_words=4)
    assert there is not None
    assert there.cut(text) == '"we will not go there"'
    assert found.next(Unit.QUOTATION, there.start, minimum_words=4) is None
    assert found.previous(Unit.QUOTATION, len(text)) == Span(len(text) - 5, len(text) - 1)
    assert found.previous(Unit.QUOTATION, there.start, minimum_words=4) is None


def test_a_paragraph_of_a_megabyte_is_looked_at_in_windows() -> None:
    text = "She said “no” twice. " * 50_000
    found = segments(text)
    middle = found.at(Unit.SENTENCE, 21 * 25_000 + 3)
    assert middle == Span(21 * 25_000, 21 * 25_000 + 20)
    near = found.words(0, within=Span(500_000, 500_010))
    assert near[-1].end - near[0].start <= 3 * WINDOW
    assert any(span.overlaps(Span(500_000, 500_010)) for span in near)
    assert len(found.sentences(0)) == 50_000


@given(texts, st.sampled_from(Layout))
def test_units_lie_inside_their_paragraph_in_order_and_apart(text: str, layout: Layout) -> None:
    paragraphs = Paragraphs(text, layout)
    found = Segments(text, paragraphs)
    for index in range(len(paragraphs)):
        for units in (found.words(index), found.sentences(index), found.quotations(index)):
            assert all(len(span) and paragraphs.span(index).covers(span) for span in units)
            assert all(one.end <= other.start for one, other in pairwise(units))
        sentence_words = {word for word in found.words(index) if any(s.covers(word) for s in found.sentences(index))}
        assert sentence_words == set(found.words(index))


@given(texts, st.sampled_from(Unit), st.data())
def test_next_and_previous_go_through_the_same_units(text: str, unit: Unit, data: st.DataObject) -> None:
    found = segments(text)
    offset = data.draw(st.integers(0, len(text)))
    forward, backward = [], []
    at = -1
    while (span := found.next(unit, at)) is not None:
        forward.append(span)
        at = span.start
    at = len(text) + 1
    while (span := found.previous(unit, at)) is not None:
        backward.append(span)
        at = span.start
    assert forward == backward[::-1]
    assert found.next(unit, offset) == next((span for span in forward if span.start > offset), None)
    assert found.previous(unit, offset) == next((span for span in backward if span.start < offset), None)
    here = found.at(unit, offset)
    assert here is None or here in forward
