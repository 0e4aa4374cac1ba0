"""A review from begin to end, without a screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.annotations.annotation import Annotation
from reader.documents.document import Document
from reader.documents.span import Span
from reader.errors import NotFound, Refused
from reader.project import Project
from reader.review.choices import Choice
from reader.review.queue import Item, State
from reader.work import checking, history, library, marks, review_results, reviewing, tagging
from tests.marks import marked
from tests.storage.making import Ticking, article, content, opened

ANA = "[The moon]{claim} is [a stone]{opinion}. “[It is round]{quote}”, she said. [Nobody]{claim} asked. It went on."
BEN = (
    "[The moon is]{claim} [a stone]{claim}. [“It is round”]{quote}, she said. [Nobody]{claim} asked."
    " It [went]{claim} on."
)


class Two:
    """Ana's project and Ben's, on one database, with an article that both have marked."""

    def __init__(self, path: Path, ana: str = ANA, ben: str = BEN) -> None:
        time = Ticking()
        self.ana, self.ben = opened(path, "ana", time), opened(path, "ben", time)
        self.document = article(self.ana, marked(ana)[0])
        for project, written in ((self.ana, ana), (self.ben, ben)):
            for fragments, tag in marked(written)[1]:
                tagging.mark(project, self.document, fragments, tag)

    def close(self) -> None:
        self.ana.close()
        self.ben.close()


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    two = Two(tmp_path / "annotations.db")
    yield two
    two.close()


def kinds(article_: reviewing.Reviewed) -> list[str]:
    return [f"{item.difference.kind.value}: {item.state.value}" for item in article_.items]


def final(project: Project, review: reviewing.Review, document: Document) -> list[str]:
    book = library.codebook(project, document)
    return [
        f"{book.by_id(mark.tag).name}: {mark.text}" for mark, _ in reviewing.outcome(project, review, document)
    ]  # fmt: skip


def test_a_review_from_begin_to_end(two: Two) -> None:
    review = reviewing.begin(two.ana, reviewing.people(two.ana))
    look = reviewing.look(two.ana, review, two.document)
    assert kinds(look) == [
        "edges: not looked at", "tag: not looked at", "edges: not looked at", "agreed: agreed", "only B: not looked at",
    ]  # fmt: skip
    assert final(two.ana, review, two.document) == ["claim: Nobody"]
    edges, tag, quote, _, only = look.items
    reviewing.decide(two.ana, review, look, [edges], Choice.B)
    reviewing.decide(two.ana, review, look, [tag], Choice.TAG, tag=look.codebook.find("loaded language"))
    reviewing.decide(two.ana, review, look, [quote], Choice.SHARED)
    reviewing.decide(two.ana, review, look, [only], Choice.NEITHER)
    reviewing.give_reason(two.ana, review, look, edges, "slip")
    again = reviewing.look(two.ana, review, two.document)
    assert kinds(again) == [
        "edges: decided", "tag: decided", "edges: decided", "agreed: agreed", "only B: rejected",
    ]  # fmt: skip
    assert final(two.ana, review, two.document) == [
        "claim: The moon is", "loaded language: a stone", "quote: It is round", "claim: Nobody",
    ]  # fmt: skip
    assert list(checking.findings(two.ana)) == []


def test_each_final_mark_says_where_it_comes_from(two: Two) -> None:
    review = reviewing.begin(two.ana, reviewing.people(two.ana))
    look = reviewing.look(two.ana, review, two.document)
    reviewing.decide(two.ana, review, look, [look.items[0]], Choice.B)
    outlook = reviewing.outlook(two.ana, review)
    tagging.mark(outlook, two.document, [Span(60, 63)], "claim")
    came = [came for _, came in reviewing.outcome(two.ana, review, two.document)]
    decided, agreed, by_hand = came
    assert decided is not None
    assert decided.source == look.items[0].difference.b[0].id
    assert by_hand is None
    assert agreed is not None
    assert agreed.decision is None
    assert [mark.annotator for mark in library_marks(two.ben, two.document)] == ["ben"] * 5


def library_marks(project: Project, document: Document) -> list[Annotation]:
    return list(marks.of(project, document))


def test_nobodys_own_marks_are_touched(two: Two) -> None:
    before = [library_marks(each, two.document) for each in (two.ana, two.ben)]
    review = reviewing.begin(two.ana, reviewing.people(two.ana))
    look = reviewing.look(two.ana, review, two.document)
    for item in look.items:
        reviewing.decide(two.ana, review, look, [item], Choice.NEITHER)
    assert [library_marks(each, two.document) for each in (two.ana, two.ben)] == before


def test_what_was_decided_can_be_decided_again(two: Two) -> None:
    review = reviewing.begin(two.ana, reviewing.people(two.ana))
    for choice, expected in ((Choice.A, "The moon"), (Choice.UNION, "The moon is"), (Choice.A, "The moon")):
        look = reviewing.look(two.ana, review, two.document)
        reviewing.decide(two.ana, review, look, [look.items[0]], choice)
        assert final(two.ana, review, two.document) == [f"claim: {expected}", "claim: Nobody"]


def test_what_all_agree_on_is_taken_up_again(two: Two) -> None:
    review = reviewing.begin(two.ana, reviewing.people(two.ana))
    look = reviewing.look(two.ana, review, two.document)
    agreed = look.items[3]
    reviewing.decide(two.ana, review, look, [agreed], Choice.OPEN)
    assert final(two.ana, review, two.document) == []
    look = reviewing.look(two.ana, review, two.document)
    assert look.items[3].state is State.NEW
    reviewing.decide(two.ana, review, look, [look.items[3]], Choice.A)
    assert final(two.ana, review, two.document) == ["claim: Nobody"]


def test_what_is_no_longer_agreed_leaves_the_final_marks(two: Two) -> None:
    review = reviewing.begin(two.ana, reviewing.people(two.ana))
    reviewing.look(two.ana, review, two.document)
    nobody = next(mark for mark in library_marks(two.ben, two.document) if mark.text == "Nobody")
    tagging.remove(two.ben, nobody.id)
    reviewing.look(two.ana, review, two.document)
    assert final(two.ana, review, two.document) == []
    history.undo(two.ben, two.document)
    reviewing.look(two.ana, review, two.document)
    assert final(two.ana, review, two.document) == ["claim: Nobody"]


def test_a_comment_alone_decides_nothing(two: Two) -> None:
    review = reviewing.begin(two.ana, reviewing.people(two.ana))
    look = reviewing.look(two.ana, review, two.document)
    reviewing.comment(two.ana, review, look, look.items[0], "Look at this.")
    again = reviewing.look(two.ana, review, two.document).items[0]
    assert (again.state, again.is_open) == (State.SKIPPED, True)
    reviewing.decide(two.ana, review, look, [again], Choice.A)
    decision = reviewing.look(two.ana, review, two.document).items[0].decision
    assert decision is not None
    assert (decision.comment, decision.choice) == ("Look at this.", Choice.A)


def test_the_same_review_is_gone_on_with(two: Two) -> None:
    first = reviewing.begin(two.ana, reviewing.people(two.ana))
    assert reviewing.begin(two.ana, reviewing.people(two.ana)) == first
    assert reviewing.begin(two.ben, reviewing.people(two.ana)) != first


def test_who_has_not_read_it_is_not_compared(two: Two) -> None:
    other = article(two.ana, "Another article, read by one.")
    tagging.mark(two.ana, other, [Span(0, 7)], "claim")
    review = reviewing.begin(two.ana, reviewing.people(two.ana))
    look = reviewing.look(two.ana, review, other)
    assert look.items == ()
    assert [side.annotator for side in look.missing] == ["ben"]
    library.set_status(two.ben, other, "done")
    look = reviewing.look(two.ana, review, other)
    assert kinds(look) == ["only A: not looked at"]


def test_feedback_on_one_persons_marks(two: Two) -> None:
    ben = reviewing.find(reviewing.people(two.ana), "ben")
    review = reviewing.begin(two.ana, [ben])
    look = reviewing.look(two.ana, review, two.document)
    assert review.kind == reviewing.FEEDBACK
    assert kinds(look) == ["only B: not looked at"] * 5
    reviewing.decide(two.ana, review, look, look.items[:1], Choice.B)
    reviewing.decide(two.ana, review, look, look.items[1:2], Choice.A)
    states = [item.state for item in reviewing.look(two.ana, review, two.document).items]
    assert states[:2] == [State.DECIDED, State.REJECTED]


def test_marks_against_an_answer_key_have_a_score(two: Two) -> None:
    people = reviewing.people(two.ana)
    review = reviewing.begin(two.ana, people, reviewing.KEY)
    score = review_results.score(reviewing.look(two.ana, review, two.document))
    assert score == (1, 0, 1, 3, 1, 9)
    assert score.f1 == pytest.approx(2 / 9)


def test_gaps_are_collected_with_their_words(two: Two) -> None:
    review = reviewing.begin(two.ana, reviewing.people(two.ana))
    look = reviewing.look(two.ana, review, two.document)
    reviewing.give_reason(two.ana, review, look, look.items[1], reviewing.GAP)
    (gap,) = review_results.gaps(two.ana, review)
    assert (gap.text, gap.tags) == ("a stone", ("opinion", "claim"))


def test_what_is_asked_for_wrongly_is_a_sentence(two: Two) -> None:
    people = reviewing.people(two.ana)
    with pytest.raises(Refused, match="cannot be compared with themselves"):
        reviewing.begin(two.ana, [people[0], people[0]])
    with pytest.raises(Refused, match="Nobody else has marked"):
        reviewing.begin(two.ana, [])
    with pytest.raises(NotFound, match="there is ana, ben"):
        reviewing.find(people, "cleo")
    with pytest.raises(Refused, match="name both"):
        reviewing.begin(two.ana, people[:1], reviewing.KEY)


CHOICES = [each for each in Choice if each not in (Choice.TAG, Choice.EDGES)]
WRITTEN = st.sampled_from((
    ("[one]{claim} two", "[one two]{claim}"),
    ("[one]{claim} two", "[one]{claim} two"),
    ("[one]{claim} [two]{quote}", "one [two]{claim}"),
    ("[one two]{quote}", "[one]{quote} [two]{quote}"),
))  # fmt: skip


@given(WRITTEN, st.lists(st.tuples(st.integers(0, 3), st.sampled_from(CHOICES)), max_size=5))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undo_takes_every_decision_back(
    tmp_path_factory: pytest.TempPathFactory, written: tuple[str, str], wanted: list[tuple[int, Choice]]
) -> None:
    two = Two(tmp_path_factory.mktemp("review") / "annotations.db", *written)
    try:
        review = reviewing.begin(two.ana, reviewing.people(two.ana))
        look = reviewing.look(two.ana, review, two.document)
        states = [content(two.ana.store)]
        for index, choice in wanted:
            item: Item = look.items[index % len(look.items)]
            if reviewing.why_not(item.difference, choice):
                continue
            reviewing.decide(two.ana, review, look, [item], choice)
            now = content(two.ana.store)
            if now != states[-1]:
                states.append(now)
            look = reviewing.look(two.ana, review, two.document)
            assert content(two.ana.store) == now
        assert list(checking.findings(two.ana)) == []
        outlook = reviewing.outlook(two.ana, review)
        for before in reversed(states[:-1]):
            history.undo(outlook, two.document)
            assert content(two.ana.store) == before
    finally:
        two.close()
