from __future__ import annotations

import pytest

from reader.documents.document import Layout
from reader.documents.paragraphs import Paragraphs
from reader.documents.segment import Segments
from reader.documents.span import Span
from reader.documents.unit import Unit
from reader.errors import Refused
from reader.work.choosing import Selection, resolve
from tests.storage.making import MOON

SEGMENTS = Segments(MOON, Paragraphs(MOON, Layout.LINES))


def words(selection: Selection, unit: Unit) -> str:
    return resolve(SEGMENTS, selection, unit).cut(MOON)


def test_what_was_selected_by_hand_is_taken_exactly() -> None:
    span = Span(3, 11)
    for unit in Unit:
        assert resolve(SEGMENTS, Selection(3, span, hard=True), unit) == span
    with pytest.raises(Refused, match="no words"):
        resolve(SEGMENTS, Selection(3, Span(3, 3), hard=True), Unit.WORD)


def test_a_tag_takes_its_own_unit_at_the_cursor() -> None:
    at = Selection(MOON.index("quietly"))
    assert words(at, Unit.WORD) == "quietly"
    assert words(at, Unit.SENTENCE) == "The moon is a quietly buried stone."
    quotation = Selection(MOON.index("bright"))
    assert words(quotation, Unit.QUOTATION) == "“It is bright.”"
    assert words(quotation, Unit.QUOTED) == "It is bright."
    assert words(at, Unit.PARAGRAPH) == MOON.split("\n")[0]


def test_else_the_first_one_inside_the_soft_selection() -> None:
    mark = MOON.index("“It is bright")
    selection = Selection(mark, Span(mark, mark + len("“It is bright.”")))
    assert words(selection, Unit.WORD) == "It"
    assert words(selection, Unit.QUOTED) == "It is bright."
    paragraph = Selection(MOON.index("she"), Span(0, MOON.index("\n")))
    assert words(paragraph, Unit.QUOTATION) == "“It is round,”"


def test_where_the_unit_is_missing_it_says_what_to_do() -> None:
    nobody = MOON.index("Nobody")
    for selection in (Selection(nobody), Selection(nobody, Span(nobody, len(MOON)))):
        with pytest.raises(Refused, match="no quotation here: Tab goes to the next one"):
            resolve(SEGMENTS, selection, Unit.QUOTATION)
    with pytest.raises(Refused, match="no paragraph here"):
        resolve(SEGMENTS, Selection(MOON.index("\n\n") + 1), Unit.PARAGRAPH)
