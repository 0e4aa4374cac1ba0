"""A note on the article as a whole: its own step, kept whatever becomes of the text, one for each annotator."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.errors import Refused
from reader.project import Project
from reader.work import checking, history, library, noting, updating
from tests.storage.making import MOON, Ticking, article, content, from_text, opened


def test_a_note_is_written_changed_and_taken_away(project: Project) -> None:
    document = article(project)
    before = content(project.store)
    assert noting.article_note(project, document) == ""
    noting.set_article_note(project, document, "")
    assert content(project.store) == before
    assert noting.set_article_note(project, document, " Who\x1b asked?\nNobody. \n") == "Who␛ asked?\nNobody."
    noting.set_article_note(project, document, "Somebody did.")
    assert noting.article_note(project, document) == "Somebody did."
    noting.set_article_note(project, document, "")
    assert noting.article_note(project, document) == ""
    for note in ("Somebody did.", "Who␛ asked?\nNobody.", ""):
        assert history.undo(project, document).label == "note on the article"
        assert noting.article_note(project, document) == note
    assert content(project.store) == before


def test_reading_on_changes_no_note_and_keeps_it_from_no_undo(project: Project) -> None:
    document = article(project)
    noting.set_article_note(project, document, "Round?")
    library.opened(project, document)
    library.set_place(project, document, 20)
    library.set_status(project, document, "done", in_library=True)
    noting.set_article_note(project, document, "Round.")
    history.undo(project, None)
    assert library.reading(project, document).status == "reading"
    history.undo(project, document)
    assert noting.article_note(project, document) == "Round?"


def test_an_article_with_a_note_is_not_called_new(project: Project) -> None:
    document = article(project)
    noting.set_article_note(project, document, "Round?")
    with pytest.raises(Refused, match="not new: take the note away first"):
        library.set_status(project, document, "new")
    noting.set_article_note(project, document, "")
    library.set_status(project, document, "new")
    assert library.reading(project, document).status == "new"


def test_the_note_stays_with_the_article_when_its_text_changes(project: Project) -> None:
    document = article(project)
    noting.set_article_note(project, document, "Round?")
    updating.update(project, document, from_text(f"{MOON} So it is."))
    document = library.find(project, document.id)
    assert noting.article_note(project, document) == "Round?"
    library.opened(project, document)
    noting.set_article_note(project, document, "Round in both.")
    assert noting.article_note(project, document) == "Round in both."
    noting.set_article_note(project, document, "")
    assert noting.article_note(project, document) == ""
    history.undo(project, document)
    history.undo(project, document)
    history.undo(project, document)
    assert noting.article_note(project, library.find(project, document.id)) == "Round?"
    assert list(checking.findings(project)) == []


def test_each_annotator_has_a_note_of_their_own_and_lists_show_it(path: Path) -> None:
    time = Ticking()
    ana, ben = opened(path, "ana", time), opened(path, "ben", time)
    moon, sun = article(ana), article(ana, "The sun is round.")
    noting.set_article_note(ana, moon, "Ana's")
    noting.set_article_note(ben, sun, "Ben's")
    assert [row.note for row in library.listed(ana)] == ["Ana's", ""]
    assert [row.note for row in library.listed(ben)] == ["", "Ben's"]
    for project in (ana, ben):
        project.close()
