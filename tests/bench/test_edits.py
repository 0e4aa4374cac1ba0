from __future__ import annotations

import random
from dataclasses import replace

import pytest

from bench.edits import LEVELS, Edited, Level, Piece, edited, spans
from bench.stories import story
from reader.documents.span import Span

NOTHING = replace(
    LEVELS[0], misspelt=0, replaced=0, inserted=0, deleted=0, phrases=0, sentences_deleted=0, sentences_inserted=0,
    sentences_moved=0, paragraphs_deleted=0, paragraphs_inserted=0, paragraphs_moved=0, quotation_marks=0,
)  # fmt: skip


def told(level: Level, seed: int = 1) -> tuple[Edited, list[tuple[Span, ...]]]:
    choose = random.Random(seed)
    text = story(choose, 40)
    return edited(text, level, choose), spans(text, 60, choose)


def test_without_edits_everything_is_where_it_was() -> None:
    new, marks = told(NOTHING)
    assert new.text == new.old
    for fragments in marks:
        truth = new.truth(fragments)
        assert (truth.fragments, truth.torn) == (fragments, False)


@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.name)
def test_edits_repeat_and_every_kept_word_is_known(level: Level) -> None:
    new, marks = told(level)
    assert (new, marks) == told(level)
    assert new.text != new.old
    assert len(set(marks)) == len(marks) == 60
    at = 0
    for piece in new.pieces:
        if piece.kept and piece.origin is not None and len(piece.origin) == len(piece.text):
            truth = new.truth((piece.origin,))
            assert (
                piece.text.isspace() or not piece.text.isalnum() or truth.fragments == (Span(at, at + len(piece.text)),)
            )
        at += len(piece.text)


def test_the_truth_of_words_that_moved_changed_and_came_apart() -> None:
    old = "One two three. Four five."
    pieces = (
        Piece("Four", Span(15, 19), True), Piece(" ", Span(19, 20), True), Piece("fiev", Span(20, 24), True),
        Piece(".", Span(24, 25), True), Piece(" ", None, False), Piece("One", Span(0, 3), True),
        Piece(" ", Span(3, 4), True), Piece("zwei", Span(4, 7), False),
    )  # fmt: skip
    new = Edited(old, "".join(piece.text for piece in pieces), pieces)
    assert new.truth((Span(15, 25),)).fragments == (Span(0, 10),)
    assert new.truth((Span(0, 7),)).fragments == (Span(11, 19),)
    assert new.truth((Span(4, 7),)).fragments == ()
    assert new.truth((Span(8, 14),)).fragments == ()
