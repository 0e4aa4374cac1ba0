"""A review as a file for those who were not there: which review, and what the file says about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from string import ascii_uppercase
from typing import BinaryIO

from reader.annotations.annotation import Annotation
from reader.annotations.codebook import normal
from reader.documents.document import Document
from reader.errors import NotFound
from reader.formats import review_table
from reader.formats.review_report import Answer, Article, Entry, Gap, Mark, ReviewReport, Side
from reader.formats.writing import replacing
from reader.project import Project
from reader.review.choices import Choice
from reader.review.differences import Kind
from reader.review.queue import Item, State
from reader.work import library, review_results, reviewing
from reader.work.review_results import Score
from reader.work.reviewing import Came, Review, Reviewed

Names = Mapping[str, str]
"""What people are called in the report, by their names; nobody who is called as ever."""


def find(project: Project, words: Sequence[str]) -> tuple[Review, tuple[Document, ...]]:
    """The review, and the articles in it, that are meant by names of people, ids of reviews and articles.

    The latest review where nobody is named, all of its articles where none is. NotFound where there is none.
    """
    known = reviewing.all_reviews(project)
    if not known:
        raise NotFound("There is no review yet: `reader review` begins one.")
    found, meant = list(known), list[str]()
    for word in words:
        fitting = [review for review in known if _is_meant(review, word)]
        if fitting:
            found = [review for review in found if review in fitting]
        else:
            meant.append(word)
    if not found:
        raise NotFound("No review is of all these people: `reader report --list` shows which there are.")
    return found[0], tuple(dict.fromkeys(library.find(project, word) for word in meant))


def _is_meant(review: Review, word: str) -> bool:
    people = [side.annotator for side in review.sides]
    if not review.is_local:
        people.append(review.reviewer.name)
    return review.id == word.lower() or normal(word) in map(normal, people)


def to_file(report: ReviewReport, path: Path, format_name: str | None = None, *, excel: bool = False) -> None:
    """Writes the report to `path`, whose ending says the format where no name does; the old file stays until then."""
    form = review_table.chosen(format_name, path)
    with replacing(path) as out:
        form.write(report, out, excel)


def to_stream(report: ReviewReport, out: BinaryIO, format_name: str | None = None, *, excel: bool = False) -> None:
    """Writes the report to `out`, as Markdown where no format is named."""
    review_table.chosen(format_name, None).write(report, out, excel)


def build(project: Project, review: Review, documents: Sequence[Document] = (), *, blind: bool = False) -> ReviewReport:
    """The report of a review, of these articles or of all that can be compared. NotFound where there are none.

    `blind`: the sides are called by their letters only.
    """
    names = _names(review) if blind else {}
    sides = tuple(
        Side(letter, "" if blind else side.annotator)
        for letter, side in zip(_letters(review), review.sides, strict=True)
    )  # fmt: skip
    listed = reviewing.articles(project, review)
    there = {each.document.id for each in listed}
    for document in documents:
        if document.id not in there:
            raise NotFound(f"Nobody in this review has read “{document.title}”: there is nothing to report about it.")
    wanted = {document.id for document in documents}
    chosen = [each for each in listed if (each.document.id in wanted if wanted else _is_telling(each))]
    if not chosen:
        raise NotFound("No article has been read by enough of them to be compared: there is nothing to report yet.")
    articles, scores = list[Article](), list[Score]()
    for each in chosen:
        looked = reviewing.look(project, review, each.document)
        articles.append(_article(project, review, looked, [read.status for read in each.read], names))
        if review.kind == reviewing.KEY:
            scores.append(review_results.score(looked))
    passed = () if wanted else tuple((each.document.title, _missing(each)) for each in listed if each not in chosen)
    gaps = tuple(
        Gap(number, entry)
        for number, article in enumerate(articles)
        for entry in article.entries
        if entry.reason == reviewing.GAP
    )
    return ReviewReport(
        review.id, review.kind, review.reviewer.name, sides, project.store.time(), tuple(articles), passed, gaps,
        Score(*map(sum, zip(*scores, strict=True))).f1 if scores else None,
    )  # fmt: skip


def _letters(review: Review) -> list[str]:
    """A to Z, then A2 to Z2 …; one person alone is B, as everywhere in feedback."""
    if len(review.sides) == 1:
        return ["B"]
    return [f"{ascii_uppercase[at % 26]}{at // 26 + 1 if at >= 26 else ''}" for at in range(len(review.sides))]


def _names(review: Review) -> Names:
    """Letters for names; whoever reviews as well is called as ever, since a decision says who made it."""
    names = dict(zip((side.annotator for side in review.sides), _letters(review), strict=True))
    names.pop(review.reviewer.name, None)
    return names


def _is_telling(article: reviewing.Article) -> bool:
    return article.can_be_compared or article.decided > 0


def _missing(article: reviewing.Article) -> tuple[int, ...]:
    return tuple(number for number, read in enumerate(article.read) if read.status == "not read")


def _article(
    project: Project, review: Review, looked: Reviewed, status: Sequence[str], names: Names
) -> Article:  # fmt: skip
    marks = dict(zip((side.id for side in looked.sides), looked.marks, strict=True))
    entries: list[Entry] = []
    outcome = reviewing.outcome(project, review, looked.document)
    finals = _Finals(outcome)
    for item in looked.items:
        agreed = item.state is State.AGREED
        entries.append(_entry(review, item, finals.of(item), 0 if agreed else 1, names))
    nobodys = ((),) * len(review.sides)
    entries += (
        Entry(1, None, State.DECIDED, None, False, (), nobodys, (_mark(mark),), by=review.reviewer.name)
        for mark in finals.added
    )
    entries.sort(key=lambda entry: entry.start)
    number = 0
    for at, entry in enumerate(entries):
        if entry.number:
            number += 1
            entries[at] = entry._replace(number=number)
    return Article(
        looked.document,
        looked.text,
        library.structure(project, looked.document),
        looked.codebook.tags,
        tuple(status),
        tuple(tuple(map(_mark, marks.get(side.id, ()))) for side in review.sides),
        tuple(_mark(mark) for mark, _ in outcome),
        tuple(entries),
    )


def _entry(review: Review, item: Item, final: Sequence[Annotation], number: int, names: Names) -> Entry:
    difference, decision = item.difference, item.decision
    place = {side.id: number for number, side in enumerate(review.sides)}
    sides: list[list[Mark]] = [[] for _ in review.sides]
    for marks, otherwise in ((() if difference.final else difference.a, 0), (difference.b, -1)):
        for mark in marks:
            sides[place.get(mark.layer, otherwise)].append(_mark(mark))
    # Once it is decided, everybody's marks are compared with what was decided: what differed then is told.
    was = decision is not None and difference.final
    entry = Entry(
        number, Kind(decision.difference) if decision is not None and was else difference.kind, item.state,
        decision.choice if decision is not None else None, difference.edges, difference.said,
        tuple(map(tuple, sides)), tuple(map(_mark, final)), changed=item.changed,
        gone=not any(mark.document for mark in difference.people),
    )  # fmt: skip
    if decision is None:
        return entry
    answers = (Answer(names.get(each.annotator, each.annotator), each.at, each.text) for each in decision.answers)
    return entry._replace(
        reason=decision.reason,
        comment=decision.comment,
        by=names.get(decision.annotator, decision.annotator),
        at=decision.at,
        answers=tuple(answers),
    )


class _Finals:
    """What came of each item, and what the reviewer added."""

    def __init__(self, outcome: Sequence[tuple[Annotation, Came | None]]) -> None:
        self._by_decision: defaultdict[int, list[Annotation]] = defaultdict(list)
        self._agreed: dict[str, Annotation] = {}
        self._by_words: dict[tuple[object, ...], Annotation] = {}
        self.added: list[Annotation] = []
        for mark, came in outcome:
            self._by_words[mark.tag, mark.fragments] = mark
            if came is None:
                self.added.append(mark)
            elif came.decision is None:
                self._agreed[came.source] = mark
            else:
                self._by_decision[came.decision].append(mark)

    def of(self, item: Item) -> list[Annotation]:
        """The marks of the final layer that an item has led to, or that said the same already."""
        difference, decision = item.difference, item.decision
        if decision is None:
            agreed = [self._agreed[mark.id] for mark in difference.people if mark.id in self._agreed]
            return agreed or self._same(difference.people if difference.kind is Kind.AGREED else ())
        came = self._by_decision[decision.pk]
        if not item.changed:
            taken = {Choice.A: difference.a, Choice.B: difference.b, Choice.BOTH: difference.marks}
            came += [mark for mark in self._same(taken.get(decision.choice, ())) if mark not in came]
        return came

    def _same(self, wanted: Sequence[Annotation]) -> list[Annotation]:
        found = (self._by_words.get((each.tag, each.fragments)) for each in wanted)
        return [mark for mark in found if mark is not None]


def _mark(mark: Annotation) -> Mark:
    said = {name: values for name, values in mark.attributes.items() if values}
    return Mark(mark.id, mark.tag, mark.fragments, mark.text, mark.before, mark.after, mark.note, said)
