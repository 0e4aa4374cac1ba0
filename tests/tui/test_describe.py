from __future__ import annotations

from dataclasses import replace

import pytest

from reader.annotations.annotation import Annotation
from reader.annotations.codebook import Codebook
from reader.annotations.codebook_toml import shipped
from reader.documents.span import Span
from reader.documents.unit import Unit
from reader.tui.reading.describe import attributes_of, counted, key_of, preview
from tests.marks import marked
from tests.tui.drawing import place, segmented


def said(written: str, codebook: Codebook | None = None) -> str:
    text, now = place(written)
    return preview(text, segmented(text), now.choice(), codebook or shipped())


@pytest.mark.parametrize(
    "written, expected",
    [
        (
            "He came. “It is [clear]{soft},” he said.",
            "c o sentence, 5 words · q quotation, 3 words · l “clear”",
        ),
        ("He [came]{soft} in.", "c o sentence, 3 words · q no quotation here · l “came”"),
        ("Oh. [He said: “It is so.”]{soft}", "c o sentence, 5 words · q quotation, 3 words · l “He”"),
        ("He [came in]{hard}.", "2 words selected · c q o l tag just these"),
        ("He [came]{hard}.", "1 word selected · c q o l tag just these"),
        ("He.\n[\n]{cursor}So.", "c o no sentence here · q no quotation here · l no word here"),
        (f"[{'x' * 30}]{{soft}}", f"c o sentence, 1 word · q no quotation here · l “{'x' * 24}…”"),
    ],
)
def test_what_each_tag_would_take(written: str, expected: str) -> None:
    assert said(written) == expected


@pytest.mark.parametrize(
    "written, expected",
    [
        ("He [came]{soft} in.", "a f b k c d e g s t w sentence, 3 words · l n r “came”"),
        ("He [came in]{hard}.", "2 words selected · a tag's key marks just these"),
    ],
)
def test_all_keys_of_many_tags_are_told(written: str, expected: str) -> None:
    assert said(written, shipped("propaganda")) == expected


def test_the_other_units_have_their_names() -> None:
    book = shipped()
    units = (Unit.QUOTED, Unit.PARAGRAPH)
    tags = tuple(replace(tag, unit=unit) for tag, unit in zip(book.tags, units, strict=False))
    other = replace(book, tags=tags)
    assert said("He. “It [is]{soft} so,” he said.", other) == "c quoted words, 3 words · q paragraph, 6 words"


def test_words_of_all_pieces_are_counted() -> None:
    text, marks = marked("[It is]{q 1} so [now]{q 1}.")
    assert counted(text, marks[0][0]) == "3 words"
    assert counted(text, marks[0][0][1:]) == "1 word"


def test_tags_without_a_letter_go_by_number_and_then_by_name() -> None:
    book = shipped()
    tags = tuple(
        replace(book.tags[0], id=str(number), name=f"tag {number}", key="z" if number == 1 else "")
        for number in range(1, 12)
    )
    many = replace(book, tags=tags)
    assert [key_of(many, tag) for tag in tags] == ["z", *"23456789", "Enter", "Enter"]
    assert key_of(many, replace(tags[2], retired=True)) == "Enter"


def test_attributes_come_as_the_codebook_asks_for_them() -> None:
    quote = shipped().find("quote")
    said = {"manner": ("direct",), "of old": ("yes", "no"), "speaker": ("Mara Lindqvist",)}
    annotation = Annotation("", "", "", "", quote.id, 1, (Span(0, 1),), "", "", "", "", "", "", attributes=said)
    assert attributes_of(annotation, quote) == ["speaker: Mara Lindqvist", "manner: direct", "of old: yes, no"]
