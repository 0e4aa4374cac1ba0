"""A colleague's file comes in again after some of it was decided on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.documents.span import Span
from reader.errors import Refused
from reader.project import Project
from reader.review.choices import Choice
from reader.review.queue import State
from reader.work import checking, handing_on, history, importing, marks, reviewing, tagging
from tests.storage.making import Ticking, article, opened

TEXT = "The moon is a stone. Nobody asked it. It went on, and it was bright."


class Both:
    """Ana's database, and Ben's, who has the same article in a database of his own."""

    def __init__(self, folder: Path) -> None:
        time = Ticking()
        self.ana, self.ben = opened(folder / "ana.db", "ana", time), opened(folder / "ben.db", "ben", time)
        self.mine, self.his = article(self.ana, TEXT), article(self.ben, TEXT)
        for project, document, spans in (
            (self.ana, self.mine, ((0, 8), (21, 27), (38, 48))),
            (self.ben, self.his, ((0, 11), (21, 27), (54, 56))),
        ):
            for span in spans:
                tagging.mark(project, document, [Span(*span)], "claim")

    def came(self) -> importing.Summary:
        """What Ben's file brings to Ana."""
        before = hashlib.sha256(self.ben.path.read_bytes()).digest()
        summary = importing.take(self.ana, self.ben.path)
        assert hashlib.sha256(self.ben.path.read_bytes()).digest() == before
        return summary

    def look(self) -> tuple[reviewing.Review, reviewing.Reviewed]:
        review = reviewing.begin(self.ana, reviewing.people(self.ana))
        return review, reviewing.look(self.ana, review, self.mine)

    def his_mark(self, words: str) -> str:
        return next(mark.id for mark in marks.of(self.ben, self.his) if mark.text == words)


@pytest.fixture
def both(tmp_path: Path) -> Iterator[Both]:
    both = Both(tmp_path)
    both.came()
    yield both
    both.ana.close()
    both.ben.close()


def final(project: Project, review: reviewing.Review, both: Both) -> list[str]:
    return [mark.text for mark, _ in reviewing.outcome(project, review, both.mine)]


def test_decisions_stay_and_those_on_changed_marks_say_so(both: Both) -> None:
    review, looked = both.look()
    edges, _, only_ana, only_ben = looked.items
    for item, choice in ((edges, Choice.B), (only_ana, Choice.A), (only_ben, Choice.B)):
        reviewing.decide(both.ana, review, looked, [item], choice)
    tagging.move_edges(both.ben, both.his_mark("The moon is"), [Span(0, 19)], both.his)
    tagging.remove(both.ben, both.his_mark("it"))
    assert both.came().layers[0].changed == 1
    review, again = both.look()
    assert [(item.state, item.changed) for item in again.items] == [
        (State.DECIDED, True), (State.AGREED, False), (State.DECIDED, False), (State.DECIDED, True),
    ]  # fmt: skip
    # What was decided stands until somebody decides again.
    assert final(both.ana, review, both) == ["The moon is", "Nobody", "It went on", "it"]
    reviewing.decide(both.ana, review, again, [again.items[0]], Choice.B)
    _, last = both.look()
    assert not last.items[0].changed
    assert final(both.ana, review, both)[0] == "The moon is a stone"
    assert list(checking.findings(both.ana)) == []


def test_the_same_file_again_changes_nothing(both: Both) -> None:
    review, looked = both.look()
    reviewing.decide(both.ana, review, looked, looked.items[:1], Choice.A)
    before = both.look()
    assert not both.came().is_news
    assert both.look() == before


def test_nothing_that_came_in_is_undone(both: Both) -> None:
    review, looked = both.look()
    reviewing.decide(both.ana, review, looked, looked.items[:1], Choice.A)
    outlook = reviewing.outlook(both.ana, review)
    assert history.undo(outlook, both.mine).label == "claim: ana's"
    assert [item.state for item in both.look()[1].items][:2] == [State.NEW, State.AGREED]


def test_a_review_goes_to_the_colleague_and_comes_back_with_answers(both: Both, tmp_path: Path) -> None:
    review, looked = both.look()
    for item in looked.differences:
        reviewing.decide(both.ana, review, looked, [item], Choice.A)
    reviewing.comment(both.ana, review, looked, looked.differences[0], "Why so long?")
    handing_on.to_file(both.ana, review, tmp_path / "sent.db")
    importing.take(both.ben, tmp_path / "sent.db")
    (there,) = reviewing.all_reviews(both.ben)
    read = reviewing.look(both.ben, there, both.his)
    assert [item.state for item in read.items] == [item.state for item in both.look()[1].items]
    assert (there.id, there.is_local, there.reviewer.name) == (review.id, False, "ana")
    with pytest.raises(Refused, match="ana decides in this review"):
        reviewing.decide(both.ben, there, read, [read.differences[0]], Choice.B)
    reviewing.comment(both.ben, there, read, read.differences[0], "So that it is true.")
    handing_on.to_file(both.ben, there, tmp_path / "back.db")
    for _ in range(2):
        importing.take(both.ana, tmp_path / "back.db")
    decision = both.look()[1].differences[0].decision
    assert decision is not None
    assert (decision.comment, [each.text for each in decision.answers]) == ("Why so long?", ["So that it is true."])
    assert [*checking.findings(both.ana), *checking.findings(both.ben)] == []
