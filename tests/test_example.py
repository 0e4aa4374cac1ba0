from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reader.documents.paragraphs import Paragraphs
from reader.documents.segment import Segments
from reader.documents.unit import Unit
from reader.project import Project, open_project
from reader.review.choices import Choice
from reader.work import checking, library, marks, reviewing
from tools.example.__main__ import TARGET, build, dump
from tools.example.marks import BRIDGE, BUSES
from tools.example.review import ANSWER, DECIDED


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copy(TARGET, tmp_path / "copy.db"))


def _both(path: Path) -> list[Project]:
    return [open_project(path, name, create=False) for name in ("ana", "ben")]


def test_it_is_what_the_builder_makes(tmp_path: Path, copy: Path) -> None:
    build(tmp_path / "fresh.db")
    assert list(dump(copy)) == list(dump(tmp_path / "fresh.db"))


def test_it_is_proved(copy: Path) -> None:
    for project in _both(copy):
        assert list(checking.findings(project)) == []
        project.close()


def test_everybody_has_marked_what_is_written_down(copy: Path) -> None:
    for project in _both(copy):
        name = project.annotator.name
        for row, written in zip(library.documents(project), (BRIDGE, BUSES), strict=True):
            made = marks.of(project, row.document)
            expected = {" … ".join(each.pieces) for each in written if each.who == name}
            assert {mark.text for mark in made} == expected
        project.close()


def test_done_reading_and_new_are_told_apart(copy: Path) -> None:
    ana, ben = _both(copy)
    assert [row.status for row in library.documents(ana)] == ["reading", "done"]
    assert [row.status for row in library.documents(ben)] == ["done", "new"]
    ana.close()
    ben.close()


def test_the_demo_begins_with_a_quotation_that_ana_has_not_marked(copy: Path) -> None:
    ana, ben = _both(copy)
    document = library.documents(ana)[0].document
    text = library.text(ana, document)
    segments = Segments(text, Paragraphs(text, document.layout), document.language)
    first = segments.next(Unit.QUOTATION, 0, minimum_words=4)
    assert first is not None
    assert first.start < 300
    assert first.cut(text).startswith("“It has never been a vanity project")
    assert (first,) not in {mark.fragments for mark in marks.of(ana, document)}
    assert (first,) in {mark.fragments for mark in marks.of(ben, document)}
    ana.close()
    ben.close()


def test_cleo_has_begun_to_review_both_and_ben_has_answered(copy: Path) -> None:
    (ben,) = _both(copy)[1:]
    (review,) = reviewing.all_reviews(ben)
    looked = reviewing.look(ben, review, library.documents(ben)[0].document)
    decisions = [item.decision for item in looked.items if item.decision is not None]
    assert {each.choice for each in decisions} >= {Choice.A, Choice.B, Choice.BOTH, Choice.SHARED, Choice.NEITHER}
    assert [answer.text for each in decisions for answer in each.answers] == [ANSWER[1]]
    assert [decision.annotator for decision in decisions] == ["cleo"] * len(DECIDED)
    assert looked.left > 10
    ben.close()
