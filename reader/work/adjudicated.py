"""Agreement before and after adjudication: of the annotators with each other, and of each with what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reader.errors import NotFound
from reader.project import Project
from reader.review.agreement.bootstrap import Asked
from reader.review.agreement.counting import Group
from reader.review.agreement.measures import MEASURES
from reader.review.agreement.spans import Row
from reader.review.queue import queue
from reader.storage import documents, reviews
from reader.storage import stats as numbers
from reader.storage.reviews import Review, Side
from reader.work import reviewing, stats
from reader.work.agreeing import Agreement, Article, Watch, compared

FINAL = "final"

NOT_INDEPENDENT = (
    "The final marks are no annotation of their own: whoever made them saw the others’ marks. So the second table says"
    " how much of each annotator’s work stands, not how reliable it is: that is what the first one says."
)


class Adjudicated(NamedTuple):
    """One review, and what it made of its annotators' marks."""

    review: Review
    before: Agreement
    """Of the annotators, in the articles that are decided."""
    after: Agreement
    """Of the same and of the final marks, in the same articles."""
    final: str
    """What the final marks are called in `after`."""
    waiting: tuple[tuple[Article, int], ...]
    """The articles that are left out since so many differences there are not decided yet."""

    @property
    def pairs(self) -> tuple[Group, ...]:
        """Each annotator with what was decided."""
        return tuple((person.name, self.final) for person in self.after.people if person.name != self.final)

    def asked(self, rows: Sequence[Row]) -> list[Asked]:
        """All measures of each annotator with what was decided."""
        return [Asked(measure, pair, row) for pair in self.pairs for row in rows for measure in MEASURES]


def adjudicated(
    project: Project,
    of: Sequence[str] = (),
    among: stats.Among = stats.EVERYTHING,
    *,
    watch: Watch = iter,
) -> tuple[Adjudicated, ...]:
    """Every adjudication of (at least) these people with one of those articles that is decided, the latest first.

    NotFound where there is none.
    """
    known = reviewing.all_reviews(project)
    chosen = [review for review in known if review.kind == reviewing.ADJUDICATION]
    if of:
        wanted = {reviewing.find(reviewing.people(project), word).pk for word in of}
        chosen = [review for review in chosen if wanted <= {side.pk for side in review.sides}]
    found = [_adjudicated(project, review, among, watch) for review in chosen]
    done = tuple(each for each in found if each is not None)
    if not done:
        raise NotFound(_nothing(len(chosen)))
    return done


def _nothing(begun: int) -> str:
    if not begun:
        return "Nothing was adjudicated yet: `reader review` goes through what people differ on, and decides."
    return "No article is decided yet in any review: where differences wait for a decision, there are no final marks."


def _adjudicated(project: Project, review: Review, among: stats.Among, watch: Watch) -> Adjudicated | None:
    sides = review.sides
    reviewer = review.reviewer
    final = Side(reviewer.layer_pk, reviewer.layer_id, "adjudicated", FINAL, reviewer.id, review.is_local)
    read = reviews.read(project.store, [side.pk for side in sides])
    candidates = [
        number
        for number, by in read.items()
        if (among.documents is None or number in among.documents)
        and all(by[side.pk].status != "not read" for side in sides)
    ]
    decided: dict[int, dict[int, str]] = {}
    waiting: list[tuple[Article, int]] = []
    for article in numbers.articles(project.store, list(watch(candidates))):
        left = _left(project, review, article)
        if left == 0:
            decided[article.number] = {side.pk: read[article.number][side.pk].status for side in sides}
        elif left is not None:
            waiting.append((article, left))
    if not decided:
        return None
    before = compared(project, sides, decided, among.tags, iter)
    with_final = {number: {**by, final.pk: "done"} for number, by in decided.items()}
    after = compared(project, (*sides, final), with_final, among.tags, iter)
    return Adjudicated(review, before, after, after.everybody[-1], tuple(waiting))


def _left(project: Project, review: Review, article: Article) -> int | None:
    """How many differences of an article are not decided; None where the reviewer has not begun with it."""
    store = project.store
    here = documents.place(store, article.id)
    final = review.reviewer.layer_pk
    marks = reviews.marks(store, here, [*(side.pk for side in review.sides), final])
    said = reviews.decisions(store, review.pk, here.document)
    items = queue([marks[side.pk] for side in review.sides], marks[final], said)
    if items and not said and not marks[final]:
        return None
    return sum(item.is_open for item in items)
