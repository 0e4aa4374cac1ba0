from __future__ import annotations

from pathlib import Path

import pytest

from reader.documents.document import Document
from reader.documents.span import Span
from reader.errors import Refused
from reader.project import Project
from reader.work import history, library, tagging
from reader.work.catalogue import Catalogue, Sort, View, described
from tests.storage.making import Ticking, article, opened

BRIDGE, FERRY, STRIKE, VOTE = 1, 2, 3, 4
"""The numbers of the four articles, in the order they came in."""


@pytest.fixture
def four(project: Project) -> list[Document]:
    """Bridge and Vote were opened, in this order; Strike is done without having been opened; Ferry is new."""
    texts = (
        ("The bridge", "Ana Núñez", "2026-03-02", "Courier", "one two three"),
        ("“ferry” lost", "", "", "example.org", "one two three four"),
        ("Étude of a strike", "王小明", "2025-01-31", "", "one two"),
        ("A vote in Łódź", "Ben", "2026-03-01", "Courier", "one"),
    )
    documents = [
        article(project, text, title=title, byline=byline, date=date, source_note=source)
        for title, byline, date, source, text in texts
    ]
    library.opened(project, documents[0])
    library.set_place(project, documents[0], 5)
    tagging.mark(project, documents[0], [Span(0, 3)], "claim")
    tagging.mark(project, documents[0], [Span(4, 7)], "quote")
    library.opened(project, documents[3])
    library.set_status(project, documents[2], "done", in_library=True)
    tagging.mark(project, documents[1], [Span(0, 3)], "claim")
    return documents


@pytest.fixture
def catalogue(project: Project, four: list[Document]) -> Catalogue:
    return Catalogue(project)


def test_what_was_opened_last_comes_first_then_what_came_in_last(catalogue: Catalogue) -> None:
    assert list(catalogue.numbers) == [VOTE, BRIDGE, STRIKE, FERRY]
    assert [row.number for row in catalogue.rows(0, 10) if row] == list(catalogue.numbers)


@pytest.mark.parametrize(
    "sort, order, turned",
    [
        (Sort.OPENED, [VOTE, BRIDGE, STRIKE, FERRY], [FERRY, STRIKE, BRIDGE, VOTE]),
        (Sort.TITLE, [VOTE, STRIKE, FERRY, BRIDGE], [BRIDGE, FERRY, STRIKE, VOTE]),
        (Sort.DATE, [BRIDGE, VOTE, STRIKE, FERRY], [STRIKE, VOTE, BRIDGE, FERRY]),
        (Sort.SOURCE, [VOTE, BRIDGE, FERRY, STRIKE], [FERRY, VOTE, BRIDGE, STRIKE]),
        (Sort.WORDS, [FERRY, BRIDGE, STRIKE, VOTE], [VOTE, STRIKE, BRIDGE, FERRY]),
        (Sort.MARKS, [BRIDGE, FERRY, VOTE, STRIKE], [FERRY, BRIDGE, VOTE, STRIKE]),
        (Sort.PROGRESS, [STRIKE, BRIDGE, VOTE, FERRY], [VOTE, BRIDGE, STRIKE, FERRY]),
        (Sort.STATUS, [VOTE, BRIDGE, FERRY, STRIKE], [STRIKE, FERRY, VOTE, BRIDGE]),
    ],
)
def test_every_order(catalogue: Catalogue, sort: Sort, order: list[int], turned: list[int]) -> None:
    """Equal ones stay as they were opened; what has no date, no source … stays at the end either way."""
    catalogue.show(sort=sort)
    assert list(catalogue.numbers) == order
    catalogue.show(reverse=True)
    assert list(catalogue.numbers) == turned
    assert described(catalogue.view) != described(View(sort))


@pytest.mark.parametrize(
    "words, found",
    [
        ("", [VOTE, BRIDGE, STRIKE, FERRY]),
        ("courier", [VOTE, BRIDGE]),
        ("LODZ", [VOTE]),
        ("etude strike", [STRIKE]),
        ('"ferry', [FERRY]),
        ("nunez 2026", [BRIDGE]),
        ("小明", [STRIKE]),
        ("example.org", [FERRY]),
        ("courier zebra", []),
        ("%", []),
    ],
)
def test_words_narrow_the_list(catalogue: Catalogue, words: str, found: list[int]) -> None:
    for end in range(len(words) + 1):
        catalogue.show(words=words[:end])
    assert list(catalogue.numbers) == found
    catalogue.show(words="")
    assert len(catalogue) == 4


def test_a_status_narrows_the_list_in_its_order(catalogue: Catalogue) -> None:
    assert catalogue.counts() == {"": 4, "new": 1, "reading": 2, "done": 1}
    assert catalogue.total() == 3
    for status, numbers in (("new", [FERRY]), ("reading", [BRIDGE, VOTE]), ("done", [STRIKE])):
        catalogue.show(status=status, sort=Sort.DATE)
        assert list(catalogue.numbers) == numbers
    catalogue.show(status="reading", words="vote")
    assert list(catalogue.numbers) == [VOTE]


def test_a_row_says_what_this_annotator_did(catalogue: Catalogue, project: Project) -> None:
    row = catalogue.row(BRIDGE)
    assert row is not None
    names = [catalogue.codebook(row.codebook).by_id(tag).name for tag in row.counts]
    assert (names, list(row.counts.values())) == (["claim", "quote"], [1, 1])
    assert (row.status, row.progress, row.words) == ("reading", 38, 3)
    assert row.opened_at > "2026"
    unopened = catalogue.row(STRIKE)
    assert unopened is not None
    assert (unopened.status, unopened.progress, unopened.opened_at) == ("done", 100, "")
    assert catalogue.row(99) is None


def test_the_order_stays_until_it_is_asked_for_anew(catalogue: Catalogue, project: Project) -> None:
    library.opened(project, library.by_number(project, FERRY))
    library.delete(project, library.by_number(project, BRIDGE))
    assert list(catalogue.numbers) == [VOTE, BRIDGE, STRIKE, FERRY]
    catalogue.forget()
    assert catalogue.rows(0, 4)[1] is None
    catalogue.renew()
    assert list(catalogue.numbers) == [FERRY, VOTE, STRIKE]


def test_the_next_article_and_the_one_before(catalogue: Catalogue) -> None:
    assert catalogue.step(VOTE, 1) == BRIDGE
    assert catalogue.step(BRIDGE, -1) == VOTE
    with pytest.raises(Refused, match="the first article of the list"):
        catalogue.step(VOTE, -1)
    catalogue.show(words="courier")
    with pytest.raises(Refused, match=r"the last article of the list \(“courier”\)"):
        catalogue.step(BRIDGE, 1)
    assert catalogue.step(FERRY, 1) == VOTE


def test_the_queue_goes_round_and_passes_what_is_done(catalogue: Catalogue, project: Project) -> None:
    assert catalogue.next_not_done(None) == VOTE
    assert catalogue.next_not_done(BRIDGE) == FERRY
    assert catalogue.next_not_done(FERRY) == VOTE
    library.set_status(project, library.by_number(project, VOTE), "done")
    assert catalogue.next_not_done(FERRY) == BRIDGE
    catalogue.show(status="done")
    assert list(catalogue.numbers) == [VOTE, STRIKE]
    with pytest.raises(Refused, match=r"No other article of the list is left to do \(done\)"):
        catalogue.next_not_done(VOTE)


def test_an_empty_library(path: Path) -> None:
    project = opened(path)
    catalogue = Catalogue(project)
    assert (len(catalogue), catalogue.rows(0, 10), catalogue.total()) == (0, [], 0)
    with pytest.raises(Refused):
        catalogue.step(1, 1)
    with pytest.raises(Refused):
        catalogue.next_not_done(None)
    project.close()


def test_two_people_have_their_own_order(path: Path) -> None:
    time = Ticking()
    ana, ben = opened(path, "ana", time), opened(path, "ben", time)
    one, two = article(ana, "One."), article(ana, "Two.")
    library.opened(ana, one)
    library.opened(ben, two)
    library.opened(ben, one)
    library.opened(ben, two)
    assert list(Catalogue(ana).numbers) == [1, 2]
    assert list(Catalogue(ben).numbers) == [2, 1]
    ana.close()
    ben.close()


def test_many_articles_are_read_by_pages(project: Project) -> None:
    project.store.rows("PRAGMA synchronous = OFF")
    for number in range(1, 1203):
        article(project, f"Text {number}.", title=f"Title {number}")
    catalogue = Catalogue(project)
    read: list[str] = []
    project.store.connection.set_trace_callback(read.append)
    assert len([row for row in catalogue.rows(600, 640) if row]) == 40
    assert len(read) < 10
    catalogue.rows(610, 630)
    assert len(read) < 10
    project.store.connection.set_trace_callback(None)
    catalogue.show(words="title 1202")
    assert list(catalogue.numbers) == [1202]
    assert [row.number for row in library.documents(project)] == list(range(1, 1203))


def test_what_is_done_in_the_list_has_a_history_of_its_own(catalogue: Catalogue, project: Project) -> None:
    bridge, strike = library.by_number(project, BRIDGE), library.by_number(project, STRIKE)
    library.edit_details(project, bridge, in_library=True, title="The tunnel")
    library.delete(project, bridge)
    assert history.peek(project, None) == ("deleting “The tunnel”", None)
    assert history.peek(project, strike) == (None, None)
    undone = history.undo(project, None)
    assert (undone.label, undone.articles) == ("deleting “The tunnel”", (BRIDGE,))
    assert history.undo(project, None).label == "title of “The bridge”"
    assert library.by_number(project, BRIDGE) == bridge
    undone = history.undo(project, None)
    assert (undone.label, undone.articles) == ("calling “Étude of a strike” done", (STRIKE,))
    assert library.reading(project, strike).status == "new"
    with pytest.raises(Refused, match="nothing to undo in the library"):
        history.undo(project, None)
    assert history.redo(project, None).articles == (STRIKE,)
    assert library.reading(project, strike).status == "done"
    assert history.peek(project, bridge) == ("quote on 1 word", None)


def test_a_status_of_the_list_can_be_undone_after_the_article_was_opened(
    catalogue: Catalogue, project: Project
) -> None:
    strike = library.by_number(project, STRIKE)
    library.opened(project, strike)
    library.set_place(project, strike, 3)
    history.undo(project, None)
    assert library.reading(project, strike).status == "new"


def test_new_again_forgets_how_far_it_was_read_and_undo_remembers(catalogue: Catalogue, project: Project) -> None:
    bridge = library.by_number(project, BRIDGE)
    before = library.reading(project, bridge)
    library.set_status(project, bridge, "new", in_library=True)
    assert library.reading(project, bridge).status == "new"
    assert history.undo(project, None).articles == (BRIDGE,)
    assert library.reading(project, bridge) == before


def test_coming_back_by_its_text_is_undone_too(catalogue: Catalogue, project: Project) -> None:
    library.delete(project, library.by_number(project, BRIDGE))
    assert library.deleted(project)[0][:2] == (BRIDGE, "The bridge")
    article(project, "one two three", title="Another")
    assert library.deleted(project) == []
    assert history.undo(project, None).label == "bringing back “The bridge”"
    assert library.deleted(project)[0][:2] == (BRIDGE, "The bridge")
    assert history.undo(project, None).label == "deleting “The bridge”"
    assert library.by_number(project, BRIDGE).title == "The bridge"
