from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from reader.annotations.annotation import Annotation
from reader.documents.document import Document
from reader.documents.span import Span
from reader.errors import BadInput, NotFound, Refused
from reader.project import Project, open_project
from reader.storage import moving
from reader.storage.moving import Update
from reader.work import checking, export, history, library, marks, stats, tagging, updating
from reader.work.catalogue import Catalogue, Sort
from tests.marks import marked
from tests.storage.making import article, content, from_text, marked_article

STORY = (
    "The bridge will cost 48 million crowns, according to a report. [It was quietly buried in the budget.]{claim}\n\n"
    "[“We were asked for a crossing,”]{quote 1} Lindqvist said. [“We were never asked what it was for.”]{quote 1}\n\n"
    "Nobody asked those who live there. The mayor calls it a [disgrace]{loaded language}, and so does the council."
)
OLD = marked(STORY)[0]


@pytest.fixture
def ben(project: Project) -> Iterator[Project]:
    """Somebody else at work in the same database."""
    other = open_project(project.path, "ben")
    yield other
    other.close()


EDITED = OLD.replace("48 million", "51 million").replace("Lindqvist said", "Mara Lindqvist, the transport chief, said")
DOUBTFUL = EDITED.replace("disgrace", "catastrophe")
SHORTENED = EDITED.replace(" It was quietly buried in the budget.", "")


def present(project: Project, document: Document) -> Document:
    return library.find(project, document.id)


def updated(project: Project, document: Document, text: str) -> Update:
    return updating.update(project, document, from_text(text))


def well(project: Project) -> None:
    assert list(checking.findings(project)) == []


def one(project: Project, document: Document, words: str) -> Annotation:
    (found,) = [mark for mark in marks.of(project, present(project, document)) if mark.text == words]
    return found


def test_marks_move_with_their_words(project: Project) -> None:
    document, _ = marked_article(project, STORY)
    done = updated(project, document, EDITED)
    assert done == Update(2, is_new=True, was_there=False, sure=3, own_sure=3)
    now = present(project, document)
    assert now.id == document.id
    assert now.version != document.version
    assert library.text(project, now) == EDITED
    assert [mark.text for mark in marks.of(project, now)] == [
        "It was quietly buried in the budget.",
        "“We were asked for a crossing,” … “We were never asked what it was for.”",
        "disgrace",
    ]
    well(project)


def test_one_undo_takes_all_of_it_back_and_redo_brings_it_again(project: Project) -> None:
    document, made = marked_article(project, STORY)
    tagging.set_note(project, made[0].id, "a note on it")
    before = rows(project)
    updated(project, document, SHORTENED)
    library.opened(project, present(project, document))
    after = rows(project)
    undone = history.undo(project, document)
    assert undone.label == "text 2"
    assert undone.text_changed
    assert rows(project) == before
    assert present(project, document).version == document.version
    history.redo(project, document)
    assert rows(project) == after
    well(project)


def rows(project: Project) -> dict[str, list[object]]:
    """What the tables say, but for texts and readings, which stay as facts."""
    return {
        name: list(found)
        for name, found in content(project.store).items()
        if name not in ("versions", "structure", "readings") and not name.startswith("text_search")
    }


def test_the_same_text_changes_nothing(project: Project) -> None:
    document, _ = marked_article(project, STORY)
    before = content(project.store)
    assert updated(project, document, OLD + "\n") == Update(1, is_new=False, was_there=True)
    assert content(project.store) == before
    assert history.peek(project, document)[0] != "text 1"


def test_another_articles_text_is_refused(project: Project) -> None:
    document, _ = marked_article(project, STORY)
    other = article(project, "Another article.\nIt is about something else.")
    with pytest.raises(Refused, match=f"That text is article 2, “{other.title}”"):
        updated(project, document, "Another article.\nIt is about something else.")
    library.delete(project, other)
    with pytest.raises(Refused, match="the deleted article 2"):
        updated(project, document, "Another article.\nIt is about something else.")
    with pytest.raises(BadInput, match="nothing but white space"):
        updated(project, document, " \n")
    well(project)


def test_a_dry_run_only_tells(project: Project) -> None:
    document, _ = marked_article(project, STORY)
    before = content(project.store)
    told = updating.update(project, document, from_text(SHORTENED), dry_run=True)
    assert told == Update(2, is_new=True, was_there=False, sure=2, orphans=1, own_sure=2, own_orphans=1)
    assert content(project.store) == before
    assert updated(project, document, SHORTENED) == told


def test_what_is_gone_is_an_orphan_with_its_words(project: Project) -> None:
    document, (claim, *_) = marked_article(project, STORY)
    tagging.set_note(project, claim.id, "ask the clerk")
    updated(project, document, SHORTENED)
    now = present(project, document)
    assert claim.id not in [mark.id for mark in marks.of(project, now)]
    (orphan,) = updating.orphans(project, now)
    assert (orphan.id, orphan.text, orphan.note) == (claim.id, "It was quietly buried in the budget.", "ask the clerk")
    assert (orphan.before, orphan.after) == (claim.before, claim.after)
    assert orphan.known_fragments == claim.fragments
    assert library.text(project, updating.as_of(project, orphan.known_version)) == OLD
    assert SHORTENED[: orphan.near].endswith("report.")
    assert updating.counts(project, now) == (0, 1)
    well(project)


def test_an_orphan_comes_back_with_its_words(project: Project) -> None:
    document, _ = marked_article(project, STORY)
    updated(project, document, SHORTENED)
    again = EDITED.replace("crowns", "kroner")
    assert updated(project, document, again) == Update(3, is_new=True, was_there=False, sure=3, own_sure=3)
    assert "It was quietly buried in the budget." in [m.text for m in marks.of(project, present(project, document))]
    well(project)


def doubtful(project: Project) -> tuple[Document, updating.Unsettled]:
    """An article with one mark that is unsure."""
    document, _ = marked_article(
        project, STORY.replace("a [disgrace]{loaded language}", "[a disgrace]{loaded language}")
    )
    updated(project, document, OLD.replace("a disgrace", "a real disgrace by any measure"))
    now = present(project, document)
    (mark,) = updating.unsure(project, now)
    return now, mark


def test_what_is_unsure_stands_where_it_most_likely_belongs(project: Project) -> None:
    now, mark = doubtful(project)
    assert (mark.text, mark.status) == ("a disgrace", "unsure")
    assert mark.score is not None
    assert 0.5 <= mark.score < 0.85
    there = one(project, now, mark.fragments[0].cut(library.text(project, now)))
    assert (there.id, there.status) == (mark.id, "unsure")
    (carried,) = updating.candidates(project, now, [mark])
    assert carried.candidates[0].fragments == mark.fragments
    well(project)


def test_confirming_is_a_step(project: Project) -> None:
    now, mark = doubtful(project)
    before = content(project.store)
    there = updating.confirm(project, now, mark.id)
    assert (there.status, there.fragments) == ("confirmed", mark.fragments)
    assert updating.unsure(project, now) == ()
    assert history.undo(project, now).label.startswith("loaded language confirmed on ")
    assert content(project.store) == before
    history.redo(project, now)
    assert updating.unsure(project, now) == ()
    well(project)


def test_a_mark_is_put_where_a_person_says(project: Project) -> None:
    now, mark = doubtful(project)
    text = library.text(project, now)
    place = Span(text.index("real"), text.index("real") + len("real disgrace"))
    assert updating.confirm(project, now, mark.id, [place]).text == "real disgrace"
    updating.make_orphan(project, now, mark.id)
    assert [orphan.text for orphan in updating.orphans(project, now)] == ["a disgrace"]
    assert updating.orphans(project, now)[0].score is None
    assert updating.confirm(project, now, mark.id, [place]).text == "real disgrace"
    with pytest.raises(Refused, match="There are no words"):
        updating.confirm(project, now, mark.id, [Span(0, 0)])
    well(project)


def test_an_orphan_needs_words_to_be_confirmed(project: Project) -> None:
    document, _ = marked_article(project, STORY)
    updated(project, document, SHORTENED)
    now = present(project, document)
    (orphan,) = updating.orphans(project, now)
    with pytest.raises(Refused, match="There are no words"):
        updating.confirm(project, now, orphan.id)
    updating.remove(project, now, orphan.id)
    assert updating.orphans(project, now) == ()
    assert history.undo(project, now).label == "claim removed"
    assert updating.orphans(project, now) == (orphan,)
    well(project)


def test_moving_the_edges_of_an_unsure_mark_decides_it(project: Project) -> None:
    now, mark = doubtful(project)
    place = Span(mark.fragments[0].start, mark.fragments[0].end + 3)
    assert tagging.move_edges(project, mark.id, [place]).status == "confirmed"
    assert updating.unsure(project, now) == ()
    history.undo(project, now)
    assert updating.unsure(project, now) == (mark,)
    well(project)


def test_an_orphan_by_decision_stays_one_until_the_text_is_as_it_was(project: Project) -> None:
    now, mark = doubtful(project)
    updating.make_orphan(project, now, mark.id)
    updated(project, now, library.text(project, now) + "\n\nThe end.")
    assert [orphan.id for orphan in updating.orphans(project, present(project, now))] == [mark.id]
    back = updated(project, now, OLD)
    assert back == Update(1, is_new=True, was_there=True, sure=3, own_sure=3)
    assert "a disgrace" in [each.text for each in marks.of(project, present(project, now))]
    well(project)


def test_going_back_to_an_earlier_text_moves_nothing(project: Project) -> None:
    document, _ = marked_article(project, STORY)
    there = [mark.fragments for mark in marks.of(project, document)]
    updated(project, document, EDITED)
    assert updated(project, document, OLD) == Update(1, is_new=True, was_there=True, sure=3, own_sure=3)
    now = present(project, document)
    assert now == document
    assert [mark.fragments for mark in marks.of(project, now)] == there
    assert {mark.status for mark in marks.of(project, now)} == {"made"}
    # Edges that were moved meanwhile are carried back.
    updated(project, document, EDITED)
    claim = one(project, document, "It was quietly buried in the budget.")
    tagging.move_edges(project, claim.id, [Span(claim.start + 3, claim.end)])
    updated(project, document, OLD)
    assert one(project, document, "was quietly buried in the budget.").status == "sure"
    well(project)


def test_list_numbers_and_export_count_what_has_a_place(project: Project, ben: Project) -> None:
    document, _ = marked_article(project, STORY)
    other, _ = marked_article(project, "Another [story]{claim}.")
    gone = OLD.index("It was quietly")
    tagging.mark(project, document, [Span(gone, gone + 6)], "claim")
    tagging.mark(ben, document, [Span(gone, gone + 2)], "opinion")
    updated(project, document, SHORTENED)
    rows = {row.document.id: row for row in library.documents(project)}
    assert (sum(rows[document.id].counts.values()), rows[document.id].orphans) == (2, 2)
    assert (sum(rows[other.id].counts.values()), rows[other.id].orphans) == (1, 0)
    catalogue = Catalogue(project)
    catalogue.show(sort=Sort.MARKS)
    assert (catalogue.total(), list(catalogue.numbers)) == (3, [1, 2])
    mine = stats.overview(project, stats.Among(layers=(project.annotator.layer_pk,)))
    assert (mine.marks, mine.orphans, mine.marked) == (3, 2, 2)
    assert (stats.overview(project).marks, stats.overview(project).orphans) == (3, 3)
    assert len(list(export.records(project, export.choose(project)))) == 3
    with_orphans = export.choose(project, orphans=True)
    assert sum(not record.ranges for record in export.records(project, with_orphans)) == 3
    # Nothing but orphans is no mark to count.
    updated(project, present(project, document), "All of it is gone.")
    catalogue.renew()
    assert (catalogue.total(), list(catalogue.numbers)) == (1, [2, 1])
    assert library.documents(project)[0].counts == {}


def test_what_somebody_marks_while_marks_are_carried_is_carried_too(
    project: Project, ben: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, _ = marked_article(project, STORY)
    carried = moving._moved
    times: list[int] = []

    def slowly(*values: Any) -> list[Any]:
        moved = carried(*values)
        times.append(len(moved))
        if len(times) == 1:
            tagging.mark(ben, document, [Span(0, 10)], "opinion")
        return moved

    monkeypatch.setattr(moving, "_moved", slowly)
    assert updated(project, document, EDITED).sure == 4
    assert [mark.text for mark in marks.of(ben, present(project, document))] == ["The bridge"]
    updated(project, present(project, document), DOUBTFUL)
    assert times == [3, 4, 4]
    well(project)


def test_a_removed_mark_moves_along_and_comes_back_in_the_new_text(project: Project, ben: Project) -> None:
    document, _ = marked_article(project, STORY)
    theirs = tagging.mark(ben, document, [Span(0, 10)], "opinion")
    tagging.remove(ben, theirs.id)
    assert updated(project, document, "Extra! " + EDITED).sure == 3
    history.undo(ben, document)
    assert [mark.text for mark in marks.of(ben, present(project, document))] == ["The bridge"]
    well(project)


def test_everybodys_marks_move_and_each_decides_on_their_own(project: Project, ben: Project) -> None:
    document, _ = marked_article(project, STORY)
    start = OLD.index("It was")
    tagging.mark(ben, document, [Span(start, start + 6)], "opinion")
    tagging.mark(ben, document, [Span(0, 10)], "opinion")
    done = updated(project, document, SHORTENED)
    assert (done.sure, done.orphans, done.own_orphans) == (3, 2, 1)
    now = present(project, document)
    assert [mark.text for mark in marks.of(ben, now)] == ["The bridge"]
    (theirs,) = updating.orphans(ben, now)
    assert len(updating.orphans(project, now, everybody=True)) == 2
    with pytest.raises(Refused, match="This mark is ben's"):
        updating.remove(project, now, theirs.id)
    well(project)


def test_undo_of_an_update_is_refused_where_somebody_marked_the_new_text(project: Project, ben: Project) -> None:
    document, _ = marked_article(project, STORY)
    updated(project, document, EDITED)
    tagging.mark(ben, present(project, document), [Span(0, 10)], "opinion")
    before = content(project.store)
    with pytest.raises(Refused, match="marks were made or moved in the article meanwhile"):
        history.undo(project, document)
    assert content(project.store) == before
    history.undo(ben, document)
    history.undo(project, document)
    assert present(project, document).version == document.version
    # Ben moves a mark in the old text: the place that it had in the new one is out of date.
    tagging.mark(ben, document, [Span(0, 10)], "opinion")
    with pytest.raises(Refused, match="marks were made or moved in the article meanwhile"):
        history.redo(project, document)
    well(project)


def test_redo_of_an_update_is_refused_where_a_mark_has_moved_since(project: Project, ben: Project) -> None:
    document, _ = marked_article(project, STORY)
    theirs = tagging.mark(ben, document, [Span(0, 10)], "opinion")
    updated(project, document, EDITED)
    history.undo(project, document)
    tagging.move_edges(ben, theirs.id, [Span(4, 10)])
    with pytest.raises(Refused, match="“text 2” cannot be redone"):
        history.redo(project, document)
    well(project)


def test_what_was_moved_in_an_earlier_text_is_not_moved_back_in_it(project: Project, ben: Project) -> None:
    document, _ = marked_article(project, STORY)
    theirs = tagging.mark(ben, document, [Span(0, 10)], "opinion")
    tagging.move_edges(ben, theirs.id, [Span(4, 10)])
    updated(project, document, EDITED)
    with pytest.raises(Refused, match="“edges moved” cannot be undone"):
        history.undo(ben, document)
    well(project)


def test_marks_that_come_together_are_not_two_sure_ones(project: Project) -> None:
    document, (claim, *_) = marked_article(project, STORY)
    updated(project, document, SHORTENED)
    now = present(project, document)
    (orphan,) = updating.orphans(project, now)
    # The same words, marked anew where they came back in another place; then they come back in the old one, too.
    moved = SHORTENED + " It was quietly buried in the budget."
    updated(project, now, moved)
    now = present(project, document)
    place = Span(len(moved) - len(orphan.text), len(moved))
    (mark,) = [each for each in marks.of(project, now) if each.fragments == (place,)]
    assert mark.id == claim.id
    again = tagging.mark(project, now, [Span(0, 10)], "claim")
    updating.make_orphan(project, now, claim.id)
    tagging.move_edges(project, again.id, [place])
    updated(project, now, OLD)
    assert len({each.fragments for each in marks.of(project, document) if each.status != "unsure"}) == 3
    assert [each.id for each in updating.unsure(project, present(project, document))] == [again.id]
    well(project)


def test_two_marks_cannot_be_confirmed_on_the_same_words(project: Project) -> None:
    now, mark = doubtful(project)
    text = library.text(project, now)
    place = Span(text.index("real"), text.index("real") + len("real disgrace"))
    tagging.mark(project, now, [place], "loaded language")
    with pytest.raises(Refused, match="marked as loaded language already, by another mark of yours"):
        updating.confirm(project, now, mark.id, [place])
    well(project)


def test_decisions_on_a_text_that_was_replaced_are_refused(project: Project) -> None:
    now, mark = doubtful(project)
    updated(project, now, library.text(project, now) + " The end.")
    for decide in (updating.confirm, updating.make_orphan, updating.remove):
        with pytest.raises(Refused, match="newer text than the one on the screen"):
            decide(project, now, mark.id)
    with pytest.raises(NotFound):
        updating.confirm(project, present(project, now), "no such mark")


def test_a_mark_of_this_text_is_no_orphan(project: Project) -> None:
    document, (claim, *_) = marked_article(project, STORY)
    with pytest.raises(Refused, match="made in this very text"):
        updating.make_orphan(project, document, claim.id)


def test_a_changed_article_has_the_structure_of_its_new_text(project: Project) -> None:
    document = article(project, "# One\n\nIt is *round*.", title="One")
    document = present(project, document)
    updating.update(project, document, from_text("# Two\n\nIt is round.\n\n- a\n- b", "markdown"))
    now = present(project, document)
    assert library.text(project, now).startswith("Two")
    assert {each.kind for each in library.structure(project, now)} >= {"heading"}
    assert library.structure(project, document) == ()
    assert [version.number for version in updating.texts(project, now)] == [1, 2]
    assert library.reading(project, now).status == "new"
    well(project)


def test_marks_of_a_text_that_was_replaced_are_not_moved_by_its_offsets(project: Project) -> None:
    document, (claim, *_) = marked_article(project, STORY)
    updated(project, document, "Extra! " + EDITED)
    stale = Span(claim.start, claim.end - 3)
    with pytest.raises(Refused, match="newer text than the one on the screen"):
        tagging.move_edges(project, claim.id, [stale], document)
    with pytest.raises(Refused, match="newer text than the one on the screen"):
        tagging.take_piece(project, claim.id, stale, document)
    with pytest.raises(Refused, match="newer text than the one on the screen"):
        tagging.join(project, claim.id, Span(0, 3), document)
    assert one(project, document, claim.text).status == "sure"


def test_reading_on_in_a_text_that_was_replaced_says_nothing_of_the_new_one(project: Project) -> None:
    document, _ = marked_article(project, STORY)
    library.opened(project, document)
    updated(project, document, SHORTENED)
    library.opened(project, document)
    library.set_place(project, document, document.length)
    now = present(project, document)
    assert (library.reading(project, now).status, library.reading(project, now).place) == ("new", 0)
    library.opened(project, now)
    assert library.reading(project, now).status == "reading"
    well(project)
