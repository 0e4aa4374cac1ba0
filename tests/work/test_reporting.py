"""What a report says about a review, from the review itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.documents.span import Span
from reader.errors import NotFound
from reader.formats.review_report import Article, Mark, ReviewReport
from reader.formats.review_words import verdict
from reader.project import Project, open_project
from reader.review.choices import Choice
from reader.storage import deciding
from reader.work import library, marks, reporting, reviewing, tagging
from reader.work.reviewing import Review
from tests.marks import marked
from tests.storage.making import article
from tests.work.test_reviewing import ANA, Two

TEXT = marked(ANA)[0]


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    two = Two(tmp_path / "annotations.db")
    yield two
    two.close()


def begun(two: Two) -> Review:
    return reviewing.begin(two.ana, reviewing.people(two.ana))


def decide(two: Two, review: Review, number: int, choice: Choice, **values: object) -> None:
    look = reviewing.look(two.ana, review, two.document)
    reviewing.decide(two.ana, review, look, [look.items[number]], choice, **values)  # type: ignore[arg-type]


def said(article: Article) -> list[str]:
    """Each entry: its number, how it stands, whose marks it is about, and what came of it."""

    def words(some: tuple[Mark, ...]) -> str:
        return " | ".join(mark.text for mark in some)

    return [
        f"{entry.number} {entry.kind.value if entry.kind is not None else 'added'}, {entry.state.value}:"
        f" {' / '.join(map(words, entry.sides))} → {words(entry.final)}"
        for entry in article.entries
    ]


def test_all_that_was_decided_is_told(two: Two) -> None:
    review = begun(two)
    decide(two, review, 0, Choice.B)
    decide(two, review, 1, Choice.TAG, tag=library.codebook(two.ana, two.document).find("loaded language"))
    decide(two, review, 2, Choice.BOTH)
    decide(two, review, 4, Choice.NEITHER)
    (told,) = reporting.build(two.ana, review).articles
    assert said(told) == [
        "1 edges, decided: The moon / The moon is → The moon is",
        "2 tag, decided: a stone / a stone → a stone",
        "3 edges, decided: It is round / “It is round” → “It is round” | It is round",
        "0 agreed, agreed: Nobody / Nobody → Nobody",
        "4 only B, rejected:  / went → ",
    ]
    assert [mark.text for mark in told.final] == [
        "The moon is", "a stone", "“It is round”", "It is round", "Nobody",
    ]  # fmt: skip
    assert told.status == ("marked", "marked")


def test_reason_comment_and_answers_are_told(two: Two) -> None:
    review = begun(two)
    decide(two, review, 0, Choice.A)
    for reason, comment in (("slip", ""), ("", "Too long.")):
        look = reviewing.look(two.ana, review, two.document)
        if reason:
            reviewing.give_reason(two.ana, review, look, look.items[0], reason)
        else:
            reviewing.comment(two.ana, review, look, look.items[0], comment)
    look = reviewing.look(two.ben, review, two.document)
    reviewing.comment(two.ben, review, look, look.items[0], "I see.")
    (told,) = reporting.build(two.ana, review).articles
    entry = told.entries[0]
    assert (entry.reason, entry.comment, entry.by, entry.choice) == ("slip", "Too long.", "ana", Choice.A)
    assert [(answer.by, answer.text) for answer in entry.answers] == [("ben", "I see.")]


def test_a_mark_that_two_decisions_lead_to_is_told_with_both(tmp_path: Path) -> None:
    two = Two(tmp_path / "x.db", "[The moon]{claim} [is]{claim} round.", "The moon is [round]{claim}.")
    review = begun(two)
    decide(two, review, 0, Choice.EDGES, fragments=[Span(9, 11)])
    decide(two, review, 1, Choice.A)
    (told,) = reporting.build(two.ana, review).articles
    assert said(told)[:2] == ["1 only A, decided: The moon /  → is", "2 only A, decided: is /  → is"]
    two.close()


def test_what_the_reviewer_added_is_told_in_its_place(two: Two) -> None:
    review = begun(two)
    reviewing.look(two.ana, review, two.document)
    tagging.mark(reviewing.outlook(two.ana, review), two.document, (Span(0, 3),), "opinion")
    (told,) = reporting.build(two.ana, review).articles
    assert said(told)[1] == "2 added, decided:  /  → The"
    assert told.entries[1].by == "ana"


def test_marks_that_changed_or_went_since_are_told(two: Two) -> None:
    review = begun(two)
    decide(two, review, 0, Choice.B)
    decide(two, review, 4, Choice.B)
    first, *_, last = marks.of(two.ben, two.document)
    tagging.retag(two.ben, first.id, "opinion")
    tagging.remove(two.ben, last.id)
    (told,) = reporting.build(two.ana, review).articles
    assert [(entry.number, entry.changed, entry.gone) for entry in told.entries if entry.changed] == [
        (1, True, False), (4, True, True),
    ]  # fmt: skip


def test_gaps_in_the_guideline_are_gathered(two: Two) -> None:
    review = begun(two)
    look = reviewing.look(two.ana, review, two.document)
    reviewing.give_reason(two.ana, review, look, look.items[1], reviewing.GAP)
    (gap,) = reporting.build(two.ana, review).gaps
    assert (gap.article, gap.entry.number) == (0, 2)


def test_letters_stand_for_names_in_a_blind_report(two: Two) -> None:
    cora = two.ana._replace(annotator=open_project(two.ana.path, "cora").annotator)
    review = reviewing.begin(cora, reviewing.people(two.ana))
    look = reviewing.look(cora, review, two.document)
    reviewing.decide(cora, review, look, [look.items[0]], Choice.B)
    look = reviewing.look(cora, review, two.document)
    deciding.answer(cora.store, review, two.ben.annotator, look.here, look.items[0], "Yes.")
    report = reporting.build(cora, review, blind=True)
    assert [side.called for side in report.sides] == ["A", "B"]
    entry = report.articles[0].entries[0]
    assert (entry.by, entry.answers[0].by) == ("cora", "B")


def three(two: Two) -> tuple[Project, Review]:
    """Cora too has marked the article."""
    cora = open_project(two.ana.path, "cora")
    tagging.mark(cora, two.document, (Span(0, 8),), "claim")
    return cora, reviewing.begin(two.ana, reviewing.people(two.ana))


def test_of_three_everybody_keeps_a_column(two: Two) -> None:
    cora, review = three(two)
    (told,) = reporting.build(two.ana, review).articles
    number = said(told).index("2 only B, not looked at: The moon /  / The moon → ")
    decide(two, review, number, Choice.B)
    (told,) = reporting.build(two.ana, review).articles
    assert "2 only B, decided: The moon /  / The moon → The moon" in said(told)
    cora.close()


def test_feedback_and_an_answer_key_are_told_as_such(two: Two) -> None:
    (ana, ben) = reviewing.people(two.ana)
    feedback = reviewing.begin(two.ana, [ben])
    report = reporting.build(two.ana, feedback)
    assert [side.letter for side in report.sides] == ["B"]
    assert [len(entry.sides) for entry in report.articles[0].entries] == [1] * 5
    key = reporting.build(two.ana, reviewing.begin(two.ana, [ana, ben], reviewing.KEY))
    assert key.f1 == pytest.approx(2 / 9)
    names = [verdict(key, entry).name for entry in key.articles[0].entries]
    assert names == ["otherwise", "otherwise", "otherwise", "right", "too many"]


# Which


def test_articles_that_not_enough_have_read_are_named_and_left_out(two: Two) -> None:
    second = article(two.ana, "Another one.")
    tagging.mark(two.ana, second, (Span(0, 7),), "claim")
    review = begun(two)
    report = reporting.build(two.ana, review)
    assert [each.document.id for each in report.articles] == [two.document.id]
    assert report.passed_over == ((second.title, (1,)),)
    named = reporting.build(two.ana, review, [second])
    assert named.articles[0].status == ("marked", "not read")
    assert named.articles[0].marks[0][0].text == "Another"
    assert named.articles[0].entries == ()
    with pytest.raises(NotFound, match="Nobody in this review has read “Third"):
        reporting.build(two.ana, review, [article(two.ana, "Third one.")])


def test_a_review_is_meant_by_people_or_its_id_else_it_is_the_latest(two: Two) -> None:
    ana, ben = reviewing.people(two.ana)
    with pytest.raises(NotFound, match="There is no review yet"):
        reporting.find(two.ana, [])
    older = reviewing.begin(two.ana, [ana, ben])
    newer = reviewing.begin(two.ana, [ben])
    assert reporting.find(two.ana, [])[0] == newer
    assert reporting.find(two.ana, ["Ben"])[0] == newer
    assert reporting.find(two.ana, ["ben", "ana"])[0] == older
    assert reporting.find(two.ana, [older.id, "1"]) == (older, (two.document,))
    with pytest.raises(NotFound, match="No article is called “zoe”"):
        reporting.find(two.ana, ["zoe"])
    with pytest.raises(NotFound, match="No review is of all these people"):
        reporting.find(two.ana, ["ana", newer.id])


def test_nothing_to_compare_is_told(tmp_path: Path) -> None:
    two = Two(tmp_path / "x.db", "[One]{claim} two.", "One two.")
    other = article(two.ben, "Something else.")
    tagging.mark(two.ben, other, (Span(0, 9),), "claim")
    review = begun(two)
    with pytest.raises(NotFound, match="nothing to report yet"):
        reporting.build(two.ana, review)
    two.close()


def test_reports_of_the_same_review_are_the_same(two: Two) -> None:
    review = begun(two)
    first, second = (reporting.build(two.ana, review) for _ in range(2))
    assert _but_when(first) == _but_when(second)


def _but_when(report: ReviewReport) -> str:
    return json.dumps([report.articles, report.sides, report.gaps], default=str)
