"""Words, sentences and quotations: drawn in real sentences, and true of any text."""

from __future__ import annotations

import sys
import textwrap
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sentencex import get_sentence_boundaries

from reader.documents.document import Layout
from reader.documents.graphemes import whole
from reader.documents.paragraphs import Paragraphs, layout_of
from reader.documents.quotations import is_mark
from reader.documents.segment import WINDOW, Segments, Unit, count_words
from reader.documents.span import Span
from tests.marks import marked

windows = st.sampled_from([8, 16, 64, 8_000])
texts = st.text("ab. “”\"'!?\n…A漢e\u0301-1", max_size=40)
SPEECH = (
    "“They have lost much. A great deal. And we can see that no one cares at all,” Mara said. "
    '"All is arranged so. And nobody asked."'
)


def segments(text: str) -> Segments:
    """The units of a text in its own layout."""
    return Segments(text, Paragraphs(text, layout_of(text)))


def looked(found: Segments, unit: Unit, offset: int, *, forward: bool = True) -> Span | None:
    """What looking comes to in the end."""
    last = [*found.look(unit, offset, forward=forward)][-1:]
    return last[0] if last and isinstance(last[0], Span) else None


def words(text: str) -> list[str]:
    """The words of a one-line text."""
    found = segments(text)
    return [span.cut(text) for span in found.words(found.paragraphs.at(0))]


def sentences(text: str) -> list[str]:
    """The sentences of a one-paragraph text."""
    found = segments(text)
    return [span.cut(text) for span in found.sentences(found.paragraphs.at(0))]


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
    found = segments(text)
    assert list(found.sentences(found.paragraphs.at(0))) == sorted(pieces[0] for pieces, _ in marks)


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
    assert [span.cut(text) for span in found.quotations(found.paragraphs.at(0))] == ["“It began in May."]
    assert [span.cut(text) for span in found.quotations(found.paragraphs.at(20))] == ["“It ended in June,”"]


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
    near = found.words(found.paragraphs.at(0), within=Span(500_000, 500_010))
    assert near[-1].end - near[0].start <= 3 * WINDOW
    assert any(span.overlaps(Span(500_000, 500_010)) for span in near)
    assert len(found.sentences(found.paragraphs.at(0))) == 50_000


@given(texts, st.sampled_from(Layout), windows)
def test_units_lie_inside_their_paragraph_in_order_and_apart(text: str, layout: Layout, window: int) -> None:
    found = Segments(text, Paragraphs(text, layout), window=window)
    for paragraph in found.paragraphs:
        for units in (found.words(paragraph), found.sentences(paragraph), found.quotations(paragraph)):
            assert all(len(span) and paragraph.covers(span) for span in units)
            assert all(one.end <= other.start for one, other in pairwise(units))
    whole = segments(text)
    for paragraph in whole.paragraphs:
        words = whole.words(paragraph)
        assert {word for word in words if any(s.covers(word) for s in whole.sentences(paragraph))} == set(words)


@given(texts, st.sampled_from(Unit), windows, st.data())
def test_looking_goes_through_the_same_units_both_ways(text: str, unit: Unit, window: int, data: st.DataObject) -> None:
    found = Segments(text, Paragraphs(text, layout_of(text)), window=window)
    offset = data.draw(st.integers(0, len(text)))
    forward, backward = [], []
    at = -1
    while (span := looked(found, unit, at)) is not None:
        forward.append(span)
        at = span.start
    at = len(text) + 1
    while (span := looked(found, unit, at, forward=False)) is not None:
        backward.append(span)
        at = span.start
    assert forward == backward[::-1]
    assert looked(found, unit, offset) == next((span for span in forward if span.start > offset), None)
    assert looked(found, unit, offset, forward=False) == next((span for span in backward if span.start < offset), None)
    here = found.at(unit, offset)
    assert here is None or here in forward
    assert found.next(unit, offset) in (None, looked(found, unit, offset))
    assert found.previous(unit, offset) in (None, looked(found, unit, offset, forward=False))


@given(texts, st.sampled_from(Unit), st.data())
def test_what_is_near_is_found_at_once(text: str, unit: Unit, data: st.DataObject) -> None:
    found = segments(text)
    offset = data.draw(st.integers(0, len(text)))
    assert found.next(unit, offset) == looked(found, unit, offset)
    assert found.previous(unit, offset) == looked(found, unit, offset, forward=False)


@given(texts, st.integers(0, 40))
def test_a_paragraph_of_a_window_is_found_as_if_it_had_been_looked_at_as_a_whole(text: str, more: int) -> None:
    text = text.replace("\n", " ")
    one = Segments(text, Paragraphs(text, Layout.LINES), window=4 * len(text) + 8 + more)
    whole = Segments(text, Paragraphs(text, Layout.LINES), window=1_000_000)
    for unit in Unit:
        for offset in range(len(text) + 1):
            assert one.at(unit, offset) == whole.at(unit, offset)


@given(st.lists(st.text("ab.1,'’-A漢e\u0301", min_size=1, max_size=8), max_size=40), st.sampled_from([64, 128]))
def test_words_are_the_same_in_windows(parts: list[str], window: int) -> None:
    text = " ".join(parts)
    found = Segments(text, Paragraphs(text, Layout.LINES), window=window)
    whole = Segments(text, Paragraphs(text, Layout.LINES), window=1_000_000)
    paragraph = Span(0, len(text))
    assert found.words(paragraph) == whole.words(paragraph)
    assert [found.at(Unit.WORD, at) for at in range(len(text))] == [whole.at(Unit.WORD, at) for at in range(len(text))]


@pytest.mark.parametrize(
    "speech",
    [
        "“He came. He saw. He went away,” said Kirby. Nobody had asked him to. ",
        '"He came. He saw. He went away," said Kirby. Nobody had asked him to. ',
        "“他来了。他看见了。他走了。”柯比说。谁也没有问他，他自己就这样说了出来。",
    ],
)
def test_windows_are_cut_behind_sentences_and_outside_of_quotations(speech: str) -> None:
    text = speech * 900
    found = segments(text)
    whole = Segments(text, Paragraphs(text, Layout.LINES), window=1_000_000)
    paragraph = Span(0, len(text))
    assert len(found.quotations(paragraph)) == 900
    assert found.quotations(paragraph) == whole.quotations(paragraph)
    assert found.sentences(paragraph) == whole.sentences(paragraph)


def test_a_long_way_is_gone_in_steps_and_only_the_first_few_at_once() -> None:
    text = "Nobody’s here, and it isn't so. " * 20_000 + "“Here it is at last.”"
    found = segments(text)
    last = Span(len(text) - 21, len(text))
    steps = [step for step in found.look(Unit.QUOTATION, 0) if not isinstance(step, Span)]
    assert looked(found, Unit.QUOTATION, 0) == last
    assert steps == sorted(steps)
    assert max(other - one for one, other in pairwise([0, *steps, len(text)])) < 200_000
    assert found.next(Unit.QUOTATION, 0) is None
    assert found.next(Unit.QUOTATION, len(text) - 30_000) == last
    back = [step for step in found.look(Unit.QUOTATION, len(text) - 21, forward=False) if not isinstance(step, Span)]
    assert back == sorted(back, reverse=True)
    assert found.previous(Unit.QUOTATION, len(text)) == last


def test_one_can_ask_for_the_next_one_up_to_a_place() -> None:
    found = segments("It is “so”, he said.")
    assert found.next(Unit.QUOTATION, 0, before=7) == Span(6, 10)
    assert found.next(Unit.QUOTATION, 0, before=6) is None
    assert found.next(Unit.PARAGRAPH, -1, before=0) is None


def test_no_sign_that_ends_a_sentence_inside_a_quotation_is_overlooked() -> None:
    for sign in map(chr, range(0x21, 0x10000)):
        if sign.isprintable() and not sign.isalnum() and not is_mark(sign) and sign not in "'‘’‚":
            text = f"“Aa bb cc dd{sign} Ee ff gg hh.”"
            parted = len(get_sentence_boundaries("en", text.strip("“”"))) > 1
            assert (len(sentences(text)) > 1) is parted, sign


def test_the_blocks_with_combining_marks_hold_all_of_them() -> None:
    for char in map(chr, range(0x300, sys.maxunicode + 1)):
        if unicodedata.category(char)[0] == "M":
            assert words(f"a{char}a") == [f"a{char}a"]


@given(texts | st.text("ab.“”!‼\ufe0f\u200d👍🏽न\u093fｶﾞ\u0301 ", max_size=20))
@example("So ‼\ufe0f ⌨\ufe0f went.")
@example("ｶﾞｷﾞ \u0600١٢ end")
@example("“so”\u0301 he said")
def test_no_unit_begins_or_ends_inside_a_character(text: str) -> None:
    units = segments(text)
    for unit in Unit:
        found = units.next(unit, -1)
        while found is not None:
            assert (found.start, found.end) == whole(text, found.start, found.end)
            following = units.next(unit, found.start)
            if unit in (Unit.WORD, Unit.SENTENCE) and following is not None:
                assert following.start >= found.end
            found = following
