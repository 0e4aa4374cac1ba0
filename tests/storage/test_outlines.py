from __future__ import annotations

import sqlite3

import pytest

from reader.documents import outline
from reader.project import Project
from reader.storage import export as stored
from reader.storage import outlines
from reader.work import checking, export, library
from tests.storage.making import article, marked_article

TEXT = "One star.\n\nTwo stars. [Three stars.]{claim}"


def test_the_outline_of_a_text_is_kept_as_it_comes_in(project: Project) -> None:
    marked_article(project, TEXT)
    (kept,) = outlines.of_versions(project.store, [1, 2]).values()
    assert kept.place(len("One star.\n\nTwo stars. ")) == (2, 2)


def test_of_a_long_text_none_is_kept_and_the_export_says_the_same(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outline, "LONGEST", 5)
    marked_article(project, TEXT)
    assert outlines.of_versions(project.store, [1]) == {}
    (record,) = export.records(project, export.choose(project))
    assert (record.paragraph, record.sentence) == (2, 2)


def test_one_of_another_language_is_not_gone_by(project: Project) -> None:
    document = article(project)
    library.edit_details(project, document, language="de")
    assert outlines.of_versions(project.store, [1]) == {}


def placed(project: Project) -> list[tuple[int | None, int | None]]:
    return [(record.paragraph, record.sentence) for record in export.records(project, export.choose(project))]


@pytest.fixture
def old(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """As from before outlines were kept: two articles with marks, and one without; two are looked up at once."""
    for text in (TEXT, TEXT.replace("star", "moon"), "Nothing is marked here."):
        marked_article(project, text)
    project.store.rows("DELETE FROM outlines")
    monkeypatch.setattr(stored, "_DOCUMENTS", 1)
    return project


def test_what_an_export_works_out_is_kept(old: Project) -> None:
    assert placed(old) == [(2, 2), (2, 2)]
    assert set(outlines.of_versions(old.store, [1, 2, 3])) == {1, 2}
    assert list(checking.findings(old)) == []
    library.edit_details(old, library.find(old, "1"), language="de")
    assert set(outlines.of_versions(old.store, [1, 2, 3])) == {2}
    assert placed(old) == [(2, 2), (2, 2)]
    assert set(outlines.of_versions(old.store, [1, 2, 3])) == {1, 2}


def test_an_export_that_cannot_write_is_the_same_and_tries_once(old: Project) -> None:
    asked: list[str] = []
    old.store.connection.set_trace_callback(asked.append)
    other = sqlite3.connect(old.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert placed(old) == [(2, 2), (2, 2)]
    assert asked.count("BEGIN IMMEDIATE") == 1
    other.execute("ROLLBACK")
    other.close()
    reader = old.reader()
    assert placed(reader) == [(2, 2), (2, 2)]
    reader.close()
    assert outlines.of_versions(old.store, [1, 2, 3]) == {}
