"""The final marks are what the decisions say, whatever was decided, taken back, taken up again or changed meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reader.documents.document import Document
from reader.documents.span import Span
from reader.errors import Refused
from reader.project import Project
from reader.review.choices import UNDECIDED, Choice, outcomes, turned_round
from reader.review.differences import Kind
from reader.work import checking, history, marks, reviewing, tagging
from reader.work.reviewing import Review, Reviewed
from tests.storage.making import Ticking, article, content, opened

TEXT = "one two three four"
WORDS = (Span(0, 3), Span(4, 7), Span(8, 13), Span(14, 18))
SPANS = [Span(a.start, b.end) for at, a in enumerate(WORDS) for b in WORDS[at:]]

Said = set[tuple[str, tuple[Span, ...]]]
"""Tag and pieces of each final mark."""


class Two:
    """An article that ana and ben have marked, and ana's review of it."""

    def __init__(self, path: Path, ana: list[tuple[str, Span]], ben: list[tuple[str, Span]], text: str = TEXT) -> None:
        time = Ticking()
        self.ana, self.ben = opened(path, "ana", time), opened(path, "ben", time)
        self.document = article(self.ana, text)
        for project, wanted in ((self.ana, ana), (self.ben, ben)):
            for tag, span in wanted:
                tagging.mark(project, self.document, [span], tag)
        self.review = reviewing.begin(self.ana, reviewing.people(self.ana))
        self.history = reviewing.history_of(self.ana, self.review)

    def look(self) -> Reviewed:
        return reviewing.look(self.ana, self.review, self.document)

    def decide(self, at: int, choice: Choice, **given: object) -> None:
        look = self.look()
        reviewing.decide(self.ana, self.review, look, [look.items[at]], choice, **given)  # type: ignore[arg-type]

    @property
    def final(self) -> list[str]:
        return final(self.ana, self.review, self.document)

    def close(self) -> None:
        self.ana.close()
        self.ben.close()


def final(project: Project, review: Review, document: Document) -> list[str]:
    return [mark.text for mark, _ in reviewing.outcome(project, review, document)]


Maker = st.builds(lambda tag, span: (tag, span), st.sampled_from(("claim", "quote")), st.sampled_from(SPANS))
ACTIONS = st.lists(
    st.tuples(st.sampled_from((*Choice, *Choice, "undo", "redo")), st.integers(0, 7), st.sampled_from(SPANS)),
    min_size=2, max_size=12,
)  # fmt: skip


@given(
    st.lists(Maker, min_size=1, max_size=5, unique=True), st.lists(Maker, min_size=1, max_size=5, unique=True), ACTIONS,
)  # fmt: skip
# Of both marks one was there already, until the decision that had brought it was another one.
@example(
    [("claim", Span(0, 13)), ("quote", Span(0, 7))], [("quote", Span(0, 13))],
    [(Choice.TAG, 0, Span(0, 3)), (Choice.BOTH, 1, Span(0, 3)), (Choice.A, 0, Span(0, 3))],
)  # fmt: skip
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_final_marks_are_what_the_decisions_say(
    tmp_path_factory: pytest.TempPathFactory,
    ana: list[tuple[str, Span]],
    ben: list[tuple[str, Span]],
    actions: list[tuple[Choice | str, int, Span]],
) -> None:
    two = Two(tmp_path_factory.mktemp("review") / "annotations.db", ana, ben)
    given_: dict[str, Span] = {}
    try:
        look = two.look()
        for what, number, span in actions:
            item = look.items[number % len(look.items)]
            try:
                if not isinstance(what, Choice):
                    (history.undo if what == "undo" else history.redo)(two.history, two.document)
                elif what is Choice.EDGES:
                    # Once for each, so that it is known which edges a decision stands for.
                    span = given_.setdefault(item.difference.key, span)
                    two.decide(look.items.index(item), what, fragments=[span])
                else:
                    two.decide(look.items.index(item), what, tag=look.codebook.find("quote"))
            except Refused:
                continue
            look = two.look()
            settled = content(two.ana.store)
            look = two.look()
            assert content(two.ana.store) == settled
            made = [(mark.tag, mark.fragments) for mark, _ in reviewing.outcome(two.ana, two.review, two.document)]
            assert len(made) == len(set(made))
            assert set(made) == expected(look, given_)
        assert list(checking.findings(two.ana)) == []
    finally:
        two.close()


def expected(look: Reviewed, edges: dict[str, Span]) -> Said:
    quote = look.codebook.find("quote")
    found: Said = set()
    for item in look.items:
        if item.decision is not None:
            if item.decision.choice in UNDECIDED:
                continue
            pieces = [edges[item.difference.key]] if item.decision.choice is Choice.EDGES else []
            made = outcomes(item.difference, item.decision.choice, (quote.id, quote.revision), pieces)
        else:
            made = outcomes(item.difference, Choice.A) if item.difference.kind is Kind.AGREED else []
        found |= {(each.tag, each.fragments) for each in made}
    return found


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    two = Two(
        tmp_path / "annotations.db",
        [("claim", WORDS[0]), ("claim", WORDS[2])],
        [("claim", Span(0, 7)), ("claim", WORDS[2])],
    )
    yield two
    two.close()


def test_a_decision_keeps_its_mark_when_another_that_came_to_the_same_is_changed(two: Two) -> None:
    two.decide(0, Choice.EDGES, fragments=[WORDS[2]])
    assert two.final == ["three"]
    # The mark was there because both had made it.
    two.decide(1, Choice.NEITHER)
    assert two.final == ["three"]
    history.undo(two.history, two.document)
    history.undo(two.history, two.document)
    assert two.final == ["three"]


def test_what_all_agree_on_follows_their_marks(two: Two) -> None:
    assert two.look().items
    for project in (two.ana, two.ben):
        mark = next(each for each in marks.of(project, two.document) if each.text == "three")
        tagging.move_edges(project, mark.id, [Span(8, 18)])
    two.look()
    assert two.final == ["three four"]


def test_an_agreed_mark_that_the_reviewer_removed_stays_away(two: Two) -> None:
    two.look()
    outlook = reviewing.outlook(two.ana, two.review)
    ((mark, _),) = reviewing.outcome(two.ana, two.review, two.document)
    tagging.remove(outlook, mark.id)
    two.look()
    assert two.final == []
    two.decide(1, Choice.A)
    assert two.final == ["three"]


def test_undo_in_a_review_leaves_ones_own_marks_alone(two: Two) -> None:
    two.decide(0, Choice.B)
    tagging.mark(two.ana, two.document, [WORDS[3]], "quote")
    history.undo(two.history, two.document)
    assert two.final == ["three"]
    assert [mark.text for mark in marks.of(two.ana, two.document)] == ["one", "three", "four"]
    with pytest.raises(Refused, match="nothing to undo"):
        history.undo(two.history, two.document)
    history.redo(two.history, two.document)
    history.undo(two.ana, two.document)
    assert two.final == ["one two", "three"]


@pytest.mark.parametrize("choice", [Choice.A, Choice.B, Choice.TAG, Choice.EDGES, Choice.UNION])
def test_what_is_decided_with_the_sides_turned_is_made_from_the_side_that_was_seen(
    tmp_path: Path, choice: Choice
) -> None:
    """Blind: what is seen as A is B, so that a choice must come to what it comes to where B is A."""
    ana, ben = ("claim", Span(0, 7)), ("claim", Span(0, 13))
    made: list[list[tuple[str, str]]] = []
    for name, first, second in (("seen", ben, ana), ("turned", ana, ben)):
        two = Two(tmp_path / f"{name}.db", [first], [second])
        turned = name == "turned"
        for project, note in ((two.ana, "A"), (two.ben, "B")):
            mark = next(iter(marks.of(project, two.document)))
            tagging.set_note(project, mark.id, note if not turned else {"A": "B", "B": "A"}[note])
        two.decide(
            0, turned_round(choice) if turned else choice, tag=two.look().codebook.find("opinion"),
            fragments=[WORDS[1]], turned=turned,
        )  # fmt: skip
        made.append([(mark.text, mark.note) for mark, _ in reviewing.outcome(two.ana, two.review, two.document)])
        two.close()
    assert made[0] == made[1]
