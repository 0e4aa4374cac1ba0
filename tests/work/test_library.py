from __future__ import annotations

from pathlib import Path

import pytest

from reader.errors import NotFound, Refused, UsageProblem
from reader.project import Project
from reader.work import history, ingest, library, marks, tagging
from tests.storage.making import MOON, Ticking, article, from_text, marked_article, opened


def test_an_article_comes_in_with_its_details(project: Project) -> None:
    added = ingest.add(
        project, from_text(MOON), title=" The\x1b moon ", byline="Ana\nBen", date="2026-03-02", source_note="own"
    )
    assert added.is_new
    document = added.document
    assert (document.title, document.byline, document.date, document.source) == (
        "The␛ moon",
        "Ana Ben",
        "2026-03-02",
        "own",
    )
    assert library.text(project, document) == MOON
    assert library.find(project, document.id) == document


def test_the_same_text_again_is_the_same_article(project: Project) -> None:
    first = ingest.add(project, from_text(MOON), title="One")
    again = ingest.add(project, from_text(MOON + "\r\n"), title="Two")
    assert (again.document, again.is_new, again.restored) == (first.document, False, False)
    assert len(library.documents(project)) == 1


def test_a_removed_article_comes_back_with_its_marks_and_its_history(project: Project) -> None:
    document, (mark,) = marked_article(project, "The [moon]{claim} is here.")
    library.delete(project, document)
    assert library.documents(project) == []
    for gone in (
        lambda: library.find(project, document.id),
        lambda: tagging.set_note(project, mark.id, "gone"),
        lambda: library.opened(project, document),
        lambda: tagging.mark(project, document, mark.fragments, "quote"),
        lambda: library.delete(project, document),
        lambda: library.restore(project, "another"),
    ):
        with pytest.raises(NotFound):
            gone()
    again = ingest.add(project, from_text("The moon is here."))
    assert (again.document, again.is_new, again.restored) == (document, False, True)
    assert marks.of(project, document) == (mark,)
    assert history.undo(project, document).before == (mark,)
    assert library.delete(project, document) == 1
    assert library.marks_in(project, document) == 0
    history_is = history.peek(project, library.restore(project, "1"))
    assert history_is == (None, "claim on 1 word")


def test_an_article_is_found_by_many_names(project: Project) -> None:
    moon = article(project, MOON, title="The Moon")
    article(project, "One text.", title="Harbour: the ledger")
    article(project, "Other text.", title="Harbour: the boats")
    for word in ("1", moon.id, moon.text_hash, moon.text_hash[:6].upper(), "The Moon", "the moon", "moo"):
        assert library.find(project, word) == moon
    assert library.find(project, "boats").title == "Harbour: the boats"
    with pytest.raises(Refused, match="could be 2 “Harbour: the ledger”, 3 “Harbour: the boats”: give its number"):
        library.find(project, "harbour")
    for word in ("", "9", "sun"):
        with pytest.raises(NotFound, match="`reader list` shows"):
            library.find(project, word)


def test_the_list_says_what_this_annotator_did(path: Path) -> None:
    time = Ticking()
    ana, ben = opened(path, "ana", time), opened(path, "ben", time)
    document, (mark, _) = marked_article(ana, "The [moon]{claim} [is]{claim} here.")
    article(ana, MOON)
    library.set_status(ana, document, "done")
    library.set_place(ana, document, 1_000)
    (one, other), (bens, _) = library.documents(ana), library.documents(ben)
    assert (one.number, one.status, one.place, one.counts) == (1, "done", document.length, {mark.tag: 2})
    assert (other.number, other.status, other.counts) == (2, "new", {})
    assert (bens.status, bens.counts) == ("new", {})
    assert library.number(ana, document) == 1
    ana.close()
    ben.close()


def test_details_are_edited_and_checked(project: Project) -> None:
    document = article(project)
    assert library.edit_details(project, document, title=" New ", byline="Ana").title == "New"
    with pytest.raises(Refused, match="needs a title"):
        library.edit_details(project, document, title=" ")
    with pytest.raises(UsageProblem, match="has no “colour”"):
        library.edit_details(project, document, colour="red")
    with pytest.raises(UsageProblem, match="“2026-03-32” is no date: write it as 2026-03-02, 2026-03 or 2026"):
        library.edit_details(project, document, date="2026-03-32")
    with pytest.raises(UsageProblem, match="is no date"):
        ingest.add(project, from_text(MOON), date="3/4/2026")
    with pytest.raises(UsageProblem, match="is no status"):
        library.set_status(project, document, "read")
    history.undo(project, document)
    assert library.find(project, document.id) == document


def test_what_was_read_once_stays_read(project: Project) -> None:
    document = article(project)
    for place, kept in ((5, 5), (3, 5), (0, 5), (document.length + 9, document.length)):
        library.set_place(project, document, place)
        assert library.reading(project, document).place == kept


def test_reading_is_noted_with_the_last_time(project: Project) -> None:
    document = article(project)
    assert library.reading(project, document).status == "new"
    times = []
    for _ in range(2):
        library.opened(project, document)
        ((first, last),) = project.store.rows("SELECT opened_at, last_opened_at FROM readings")
        times.append(last)
    assert library.reading(project, document).status == "reading"
    assert first == times[0] < times[1]


def test_structure_is_kept(project: Project) -> None:
    from reader.documents.load import Source

    source = Source("a.md", b"# The moon\n\nIt is *round*.\n", "markdown", "utf-8")
    document = ingest.add(project, source).document
    assert document.title == "The moon"
    kinds = [
        (each.kind, library.text(project, document)[each.start : each.end])
        for each in library.structure(project, document)
    ]
    assert ("heading", "The moon") in kinds
    assert ("emphasis", "round") in kinds
