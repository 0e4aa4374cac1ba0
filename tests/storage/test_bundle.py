"""A review sent back as a database of its own: whole, clean, and without anything else."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reader.documents.span import Span
from reader.project import Project, open_project
from reader.review.choices import Choice
from reader.review.queue import Answer
from reader.work import checking, handing_on, history, importing, importing_told, library, marks, reviewing, tagging
from tests.storage.making import article, marked_article
from tests.storage.test_taking_property import Own, said
from tests.storage.test_taking_reviews_property import Three
from tests.work.test_importing import moon as first
from tests.work.test_importing import weather


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Three]:
    """Cleo has decided on two differences of Ana's and Ben's; she has marked something herself, too."""
    three = Three(tmp_path)
    marked_article(three.cleo, "[Nothing]{claim} to do with it.")
    for number, choice in ((0, Choice.A), (1, Choice.BOTH)):
        three.do(("decide", number, choice))
    three.do(("comment", 1, Choice.A))
    yield three
    three.close()


def sent(three: Three, name: str = "review.db") -> Path:
    path = three.folder / name
    handing_on.to_file(three.cleo, three.review, path)
    return path


def told(project: Project, file: Path) -> list[str]:
    return list(importing_told.told(importing.take(project, file)))


def answers(three: Three) -> list[Answer]:
    items = reviewing.look(three.cleo, three.review, first(three.cleo)).items
    return [answer for item in items if item.decision is not None for answer in item.decision.answers]


def somebody(path: Path, name: str, number: int) -> Project:
    time = Own(number)
    return open_project(path, name, clock=time.clock, new_id=time.new_id)


def rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_it_holds_the_review_and_nothing_else(three: Three) -> None:
    path = sent(three)
    assert b"Nothing" not in path.read_bytes()
    assert rows(path, "SELECT name, origin FROM annotators ORDER BY name") == [
        ("ana", "imported"), ("ben", "imported"), ("cleo", "imported"),
    ]  # fmt: skip
    assert rows(path, "SELECT count(*), min(seq) > 0 FROM layers") == [(3, 1)]
    assert rows(path, "SELECT count(*) FROM documents") == [(1,)]
    assert rows(path, "SELECT label, kind FROM steps") == [("review handed on", "record")]
    # Whoever opens it by name becomes one more annotator in it; nothing in it is wrong.
    zoe = somebody(path, "zoe", 7)
    assert list(checking.findings(zoe)) == []
    zoe.close()


def test_it_says_what_the_whole_database_says(three: Three, tmp_path: Path) -> None:
    found = []
    for number, file in enumerate([sent(three), three.keep(three.cleo)]):
        dora = somebody(tmp_path / f"dora-{number}.db", "dora", 8)
        article(dora, library.text(three.cleo, first(three.cleo)))
        assert told(dora, file)[-1] == "cleo's review (adjudication): 2 decisions came."
        assert not importing.take(dora, sent(three)).is_news
        assert list(checking.findings(dora)) == []
        # Of a layer that is in no review the file says nothing.
        found.append({name: some for name, some in said(dora.store).items() if name not in ("layers", "readings")})
        dora.close()
    assert found[0] == found[1]


def test_whoever_is_reviewed_reads_and_answers_it(three: Three) -> None:
    ana, cleo = three.ana, three.cleo
    before = marks.of(ana, first(ana))
    assert told(ana, sent(three)) == [
        "ana: made here, so it stays as it is.",
        "ben: 5 added.",
        "cleo (adjudicated): 4 added.",
        "cleo's review (adjudication): 2 decisions came.",
    ]
    (review,) = reviewing.all_reviews(ana)
    look = reviewing.look(ana, review, first(ana))
    reviewing.comment(ana, review, look, look.items[0], "why?")
    assert marks.of(ana, first(ana)) == before
    assert told(cleo, three.keep(ana))[-1] == "cleo's review (adjudication): 1 answer."
    # Decisions are the reviewer's own, whatever an older copy of them says.
    three.do(("decide", 0, Choice.B))
    assert not importing.take(cleo, three.keep(ana)).is_news
    items = reviewing.look(cleo, three.review, first(cleo)).items
    assert items[0].decision is not None
    assert items[0].decision.choice is Choice.B
    assert [answer.text for answer in answers(three)] == ["why?"]
    # An answer that was never given here is nobody's here; a decision that was answered is not lost.
    history.undo(reviewing.history_of(ana, review), first(ana))
    summary = importing.take(ana, sent(three))
    assert [refusal.what for refusal in summary.refusals] == ["answer"]


def test_an_answered_decision_is_kept(three: Three) -> None:
    ana, cleo = three.ana, three.cleo
    importing.take(ana, sent(three))
    (review,) = reviewing.all_reviews(ana)
    look = reviewing.look(ana, review, first(ana))
    reviewing.comment(ana, review, look, look.items[0], "why?")
    kept = look.items[0].decision
    while history.peek(reviewing.outlook(cleo, three.review), first(cleo))[0]:
        history.undo(reviewing.outlook(cleo, three.review), first(cleo))
    importing.take(ana, sent(three))
    now = reviewing.look(ana, review, first(ana)).items
    assert [item.decision.id for item in now if item.decision] == [kept.id if kept else ""]


def test_chosen_articles_only(three: Three) -> None:
    cleo, ana = three.cleo, three.ana
    sun = article(ana, "Of the sun.")
    tagging.mark(ana, sun, [Span(3, 10)], "claim")
    importing.take(cleo, three.keep(ana), add=["all"])
    path = three.folder / "review.db"
    handing_on.to_file(cleo, three.review, path, [first(cleo)])
    assert rows(path, "SELECT count(*) FROM documents") == [(1,)]
    handing_on.to_file(cleo, three.review, path)
    assert rows(path, "SELECT count(*) FROM documents") == [(2,)]


def test_codebooks_go_along(three: Three) -> None:
    weather(three.cleo)
    assert rows(sent(three), "SELECT name, default_at FROM codebooks ORDER BY pk") == [
        ("close reading", None), ("weather", None),
    ]  # fmt: skip
