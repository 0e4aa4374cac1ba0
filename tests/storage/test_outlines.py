from __future__ import annotations

import pytest

from reader.documents import outline
from reader.project import Project
from reader.storage import outlines
from reader.work import export, library
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
