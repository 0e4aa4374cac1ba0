from __future__ import annotations

from pathlib import Path

import pytest

from reader.documents.span import Span
from reader.errors import Refused
from reader.project import Project
from reader.storage import turning
from reader.work import checking, history, library, marks, tagging
from tests.storage.making import Ticking, article, content, marked_article, opened


def test_undo_goes_by_document_and_annotator(path: Path) -> None:
    time = Ticking()
    ana, ben = opened(path, "ana", time), opened(path, "ben", time)
    moon, sun = article(ana, "The moon is round."), article(ana, "The sun is round.")
    tagging.mark(ana, moon, [Span(4, 8)], "claim")
    made = content(ana.store)
    history.undo(ana, moon)
    # What is made meanwhile must not take the number of the row that redo brings back.
    elsewhere = tagging.mark(ana, sun, [Span(4, 7)], "claim")
    bens = tagging.mark(ben, moon, [Span(0, 3)], "quote")
    assert history.redo(ana, moon).after[0].text == "moon"
    assert [mark.text for mark in marks.of(ana, moon)] == ["moon"]
    assert [mark.text for mark in marks.of(ben, moon)] == ["The"]
    history.undo(ana, sun)
    assert history.peek(ana, sun) == (None, "claim on 1 word")
    assert history.undo(ben, moon).before == (bens,)
    assert elsewhere not in marks.of(ana, sun)
    assert content(ana.store) == made
    assert list(checking.findings(ana)) == []
    for project in (ana, ben):
        project.close()


def test_undo_says_what_it_did(project: Project) -> None:
    document, (mark,) = marked_article(project, "The [moon]{claim} is here.")
    moved = tagging.move_edges(project, mark.id, [Span(0, 8)])
    assert history.peek(project, document) == ("edges moved", None)
    undone = history.undo(project, document)
    assert (undone.label, undone.kind) == ("edges moved", "undo")
    assert (undone.before, undone.after) == ((moved,), (mark,))
    undone = history.undo(project, document)
    assert (undone.label, undone.before, undone.after) == ("claim on 1 word", (mark,), ())
    with pytest.raises(Refused, match="nothing to undo"):
        history.undo(project, document)
    redone = history.redo(project, document)
    assert (redone.label, redone.kind, redone.before, redone.after) == ("claim on 1 word", "redo", (), (mark,))
    tagging.set_note(project, mark.id, "new")
    with pytest.raises(Refused, match="nothing to redo"):
        history.redo(project, document)


def test_what_is_only_recorded_is_not_undone(project: Project) -> None:
    document = article(project)
    library.opened(project, document)
    library.set_status(project, document, "done")
    library.set_place(project, document, 40)
    assert history.undo(project, document).label == "calling it done"
    reading = library.reading(project, document)
    assert (reading.status, reading.place) == ("reading", 40)
    assert history.peek(project, document)[0] is None


def test_undo_is_refused_where_the_row_has_changed_since(path: Path) -> None:
    time = Ticking()
    ana, ben = opened(path, "ana", time), opened(path, "ben", time)
    document = article(ana)
    library.edit_details(ana, document, title="Ana's")
    library.edit_details(ben, document, title="Ben's")
    before = content(ana.store)
    with pytest.raises(Refused, match=r"“title” cannot be undone: .* Change it by hand"):
        history.undo(ana, document)
    assert content(ana.store) == before
    history.undo(ben, document)
    history.undo(ana, document)
    assert library.find(ana, document.id).title == document.title
    for project in (ana, ben):
        project.close()


def test_undo_is_refused_where_others_hold_on_to_the_row(project: Project) -> None:
    document, (mark, _) = marked_article(project, "The [moon]{claim} [is]{quote} here.")
    history.undo(project, document)
    with project.store.step("link", project.annotator.pk) as step:
        other = step.insert("annotations", {
            "id": "other", "document": 1, "layer": 1, "tag": 1, "tag_revision": 1, "created_at": "", "updated_at": "",
        })  # fmt: skip
        step.insert("relations", {
            "id": "link", "layer": 1, "kind": "evidence", "source": mark.pk, "target": other, "created_at": "",
        })  # fmt: skip
    before = content(project.store)
    with pytest.raises(Refused, match="cannot be undone"):
        history.undo(project, document)
    assert content(project.store) == before


def test_a_step_that_changes_nothing_is_not_kept(project: Project) -> None:
    document, (mark,) = marked_article(project, "The [moon]{claim} is here.")
    count = project.store.rows("SELECT count(*) FROM steps")
    tagging.set_note(project, mark.id, "")
    tagging.retag(project, mark.id, "claim")
    tagging.move_edges(project, mark.id, mark.fragments)
    tagging.set_attributes(project, mark.id, {"status": [""]})
    library.edit_details(project, document, title=document.title)
    assert project.store.rows("SELECT count(*) FROM steps") == count


def test_a_long_way_back(project: Project) -> None:
    document = article(project, "word " * 300)
    project.store.rows("PRAGMA synchronous = OFF")
    for index in range(300):
        tagging.mark(project, document, [Span(5 * index, 5 * index + 4)], "claim")
    for _ in range(300):
        history.undo(project, document)
    assert marks.of(project, document) == ()
    assert turning.next_undo(project.store, 1, project.annotator.pk) is None
    for _ in range(300):
        history.redo(project, document)
    assert len(marks.of(project, document)) == 300


def test_many_at_once_are_one_step(project: Project) -> None:
    document = article(project, "it and it and it")
    spans = [Span(0, 2), Span(7, 9), Span(14, 16)]
    tagging.mark(project, document, spans[:1], "claim")
    made = marks.by_pk(project, tagging.mark_all(project, document, [*spans, spans[1]], "claim"))
    assert [mark.fragments for mark in made] == [(spans[1],), (spans[2],)]
    undone = history.undo(project, document)
    assert (undone.label, undone.before) == ("claim on 2 places", made)
    assert len(marks.of(project, document)) == 1
    tagging.mark_all(project, document, spans, "claim")
    with pytest.raises(Refused, match="marked as claim already"):
        tagging.mark_all(project, document, spans, "claim")
