"""Reviewing: whose marks are compared, what there is to decide, and deciding it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from reader.annotations.annotation import Annotation
from reader.annotations.codebook import Codebook, Tag, normal
from reader.documents.document import Document
from reader.documents.span import Span
from reader.errors import NotFound, Refused
from reader.project import Project
from reader.review.choices import Choice, why_not
from reader.review.queue import Item, State, item_of, leaves_nothing, queue
from reader.storage import codebooks, deciding, documents, library, reviews
from reader.storage.deciding import Decided
from reader.storage.documents import Place
from reader.storage.reviews import Came, Read, Review, Side
from reader.work.history import Undone

__all__ = ["Came", "Item", "Read", "Review", "Side", "why_not"]

REASONS = ("unclear text", "gap in the guideline", "slip", "edge case", "taste")
"""Why people differ, by number from 1."""

GAP = REASONS[1]
"""What a guideline is mended by: see `reader.work.review_results`."""

ADJUDICATION, FEEDBACK, KEY = "adjudication", "feedback", "answer key"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One article in a review."""

    document: Document
    codebook: Codebook
    text: str
    here: Place
    sides: tuple[Side, ...]
    """Those who have read it, in the review's order."""
    missing: tuple[Side, ...]
    """Those who have not."""
    items: tuple[Item, ...]
    """In the order of the text."""
    marks: tuple[tuple[Annotation, ...], ...]
    """The marks of each side."""

    @property
    def differences(self) -> tuple[Item, ...]:
        """What people differ on, and what was taken up again."""
        return tuple(item for item in self.items if item.state is not State.AGREED)

    @property
    def left(self) -> int:
        """How many wait for a decision."""
        return sum(item.is_open for item in self.items)


class Article(NamedTuple):
    """An article that a review is about."""

    document: Document
    number: int
    read: tuple[Read, ...]
    """By side."""
    decided: int

    @property
    def can_be_compared(self) -> bool:
        """Whether enough of the sides have read it."""
        have = sum(each.status != "not read" for each in self.read)
        return have >= min(2, len(self.read))


class Offer(NamedTuple):
    """A review that can be done, or gone on with."""

    kind: str
    sides: tuple[Side, ...]
    name: str
    """`ana and ben`, `feedback on ben`."""
    about: str
    """How far it is."""
    review: Review | None = None
    """The one that was begun already."""


# Whose


def people(project: Project) -> tuple[Side, ...]:
    """Everybody who has marked or read something here, the actor first."""
    found = reviews.layers(project.store)
    active = {layer for by in reviews.read(project.store, [side.pk for side in found]).values()
              for layer, read in by.items() if read.status != "not read"}  # fmt: skip
    mine = project.annotator.layer_pk
    return tuple(sorted((side for side in found if side.pk in active), key=lambda side: (side.pk != mine, side.pk)))


def find(sides: Sequence[Side], word: str) -> Side:
    """The side that a name, or the beginning of an annotator's or a layer's id, means; NotFound or Refused."""
    named = [side for side in sides if normal(side.annotator) == normal(word)]
    found = named or [
        side for side in sides if len(word) >= 4 and (side.id.startswith(word) or side.annotator_id.startswith(word))
    ]
    if not found:
        known = ", ".join(dict.fromkeys(side.annotator for side in sides)) or "nobody"
        raise NotFound(f"Nobody called “{word}” has marked anything here: there is {known}.")
    if len(found) > 1:
        ids = ", ".join(f"{side.annotator} {side.annotator_id}" for side in found)
        raise Refused(f"Several are called “{word}”: {ids}. Give more of the id.")
    return found[0]


def begin(project: Project, sides: Sequence[Side], kind: str | None = None) -> Review:
    """The review of these sides: begun, or gone on with. One side alone is gone through for feedback."""
    if len({side.pk for side in sides}) != len(sides):
        raise Refused("The same marks cannot be compared with themselves: name two people.")
    if not sides:
        raise Refused("Nobody else has marked anything here: name a colleague's file, `reader review colleague.db`.")
    if kind is None:
        kind = FEEDBACK if len(sides) == 1 else ADJUDICATION
    if kind == KEY and len(sides) != 2:
        raise Refused("An answer key is compared with one person's marks: name both.")
    return reviews.make(project.store, project.annotator, kind, sides)


def beside(project: Project, layers: Collection[str]) -> list[Side]:
    """The actor and those whose layers (by id) these are; the others alone where the actor has marked nothing there."""
    there = people(project)
    others = [side for side in there if side.id in layers and side.pk != project.annotator.layer_pk]
    mine = [side for side in there if side.pk == project.annotator.layer_pk]
    read = reviews.read(project.store, [side.pk for side in (*mine, *others)])
    together = any(
        by[me.pk].status != "not read" and any(by[side.pk].status != "not read" for side in others)
        for me in mine
        for by in read.values()
    )
    return [*mine, *others] if together else others


def brought(project: Project, layers: Collection[str]) -> Review | None:
    """A review that somebody else did and whose outcome is one of these layers (by id), the latest."""
    found = (each for each in all_reviews(project) if each.reviewer.layer_id in layers and not each.is_local)
    return next(found, None)


def all_reviews(project: Project) -> tuple[Review, ...]:
    """All reviews in the database, the latest first."""
    return reviews.reviews(project.store)


def offers(project: Project, document: Document) -> tuple[Offer, ...]:
    """The reviews that can be done on an article, those that were begun first.

    Everybody who has read it with everybody else, the actor with each, feedback on each of the others.
    """
    store, mine = project.store, project.annotator
    here = documents.place(store, document.id)
    read = reviews.read(store, [side.pk for side in reviews.layers(store)]).get(here.document, {})
    there = [side for side in people(project) if read.get(side.pk, _NOT_READ).status != "not read"]
    others = [side for side in there if side.pk != mine.layer_pk]
    if not others:
        return ()
    keys = [side for side in others if side.purpose == KEY]
    i_have = any(side.pk == mine.layer_pk and read[side.pk].marks for side in there)
    wanted: list[tuple[str, tuple[Side, ...]]] = []
    if i_have:
        wanted += [(ADJUDICATION, (there[0], other)) for other in others if other.purpose != KEY]
    if len(there) > 2:
        wanted.append((ADJUDICATION, tuple(side for side in there if side.purpose != KEY)))
    if not i_have or len(there) > 2:
        wanted += [(ADJUDICATION, (a, b)) for a, b in combinations(others, 2) if KEY not in (a.purpose, b.purpose)]
    wanted += [(KEY, (key, side)) for key in keys for side in there if side.purpose != KEY]
    if not i_have or len(others) > 1:
        wanted += [(FEEDBACK, (other,)) for other in others if other.purpose != KEY]
    begun = [
        (each, reviews.decided(store, each.pk).get(here.document, 0))
        for each in reviews.reviews(store)
        if any(side.pk in {other.pk for other in there} for side in each.sides)
    ]
    found = [
        Offer(each.kind, each.sides, _called(each.kind, each.sides), _progress(project, each, count), each)
        for each, count in begun
    ]
    done = {(each.kind, each.sides) for each, _ in begun if each.reviewer.pk == mine.pk}
    new = dict.fromkeys(each for each in wanted if each not in done)
    return (*found, *(Offer(kind, sides, _called(kind, sides), "") for kind, sides in new))


_NOT_READ = Read("not read", 0)


def _called(kind: str, sides: Sequence[Side]) -> str:
    names = [side.annotator for side in sides]
    if kind == FEEDBACK:
        return f"feedback on {names[0]}"
    if kind == KEY:
        return f"{names[1]} against the answer key of {names[0]}"
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _progress(project: Project, review: Review, decided: int) -> str:
    by = "" if is_mine(project, review) else f"by {review.reviewer.name}, "
    return f"{by}{decided} decided here"


def articles(project: Project, review: Review) -> tuple[Article, ...]:
    """What any of the sides has read, in the order in which the articles came in."""
    store = project.store
    read = reviews.read(store, [side.pk for side in review.sides])
    decided = reviews.decided(store, review.pk)
    return tuple(
        Article(library.document(store, pk), pk, tuple(read[pk][side.pk] for side in review.sides), decided.get(pk, 0))
        for pk in sorted(read)
    )


# One article


def look(project: Project, review: Review, document: Document) -> Reviewed:
    """The queue of one article. What all agree on goes into the final layer with it, where the review is one's own."""
    store = project.store
    here = documents.place(store, document.id)
    read = reviews.read(store, [side.pk for side in review.sides]).get(here.document, {})
    has_read = [side for side in review.sides if side.pk in read and read[side.pk].status != "not read"]
    final_layer = review.reviewer.layer_pk
    marks = reviews.marks(store, here, [*(side.pk for side in has_read), final_layer])
    sides = [marks[side.pk] for side in has_read]
    enough = len(has_read) >= min(2, len(review.sides))
    said = reviews.decisions(store, review.pk, here.document)
    items = queue(sides if enough else (), marks[final_layer], said)
    if is_mine(project, review):
        deciding.settle(store, review, here, items, marks[final_layer])
    return Reviewed(
        document=document,
        codebook=codebooks.of_document(store, document.id),
        text=documents.text(store, here.version),
        here=here,
        sides=tuple(has_read),
        missing=tuple(side for side in review.sides if side not in has_read),
        items=items,
        marks=tuple(tuple(side) for side in sides),
    )


def renewed(project: Project, review: Review, article: Reviewed, items: Sequence[Item]) -> dict[str, Item]:
    """These items as they are after a decision on them, by their key: nothing else of the article is read again.

    Only where there are at most two sides; with more, a decision may change what the others are about.
    """
    keys = [item.decision.key if item.decision is not None else item.difference.key for item in items]
    keys += [item.difference.key for item in items]
    said = {
        decision.key: decision
        for decision in reviews.decisions(project.store, review.pk, article.here.document, list(dict.fromkeys(keys)))
    }
    found: dict[str, Item] = {}
    for item in items:
        key = item.difference.key
        decision = said.get(key) or (said.get(item.decision.key) if item.decision is not None else None)
        found[key] = item_of(item.difference, decision)
    return found


def made(project: Project, review: Review, article: Reviewed, item: Item) -> tuple[Annotation, ...]:
    """The final marks that came of what was decided on an item, or of what all agree on."""
    if item.decision is not None:
        return reviews.made(project.store, item.decision.pk)
    if item.state is not State.AGREED:
        return ()
    mark = item.difference.a[0]
    return reviews.accepted(project.store, review.reviewer.layer_pk, article.here.version, mark.pk)


def turned(project: Project, undone: Undone) -> tuple[str, ...]:
    """The keys of the decisions that undo or redo was about."""
    return reviews.keys_in(project.store, undone.step)


def outcome(project: Project, review: Review, document: Document) -> tuple[tuple[Annotation, Came | None], ...]:
    """The final marks of an article in text order, each with where it comes from; None for what was added by hand."""
    here = documents.place(project.store, document.id)
    layer = review.reviewer.layer_pk
    came = reviews.outcomes(project.store, layer, here.document)
    return tuple((mark, came.get(mark.pk)) for mark in reviews.marks(project.store, here, [layer])[layer])


def is_mine(project: Project, review: Review) -> bool:
    """Whether the actor decides in it; in somebody else's review they read and answer."""
    return review.is_local and review.reviewer.pk == project.annotator.pk


def _refuse_others(project: Project, review: Review) -> None:
    if not is_mine(project, review):
        raise Refused(f"{review.reviewer.name} decides in this review: answer with a comment.")


def decide(
    project: Project,
    review: Review,
    article: Reviewed,
    items: Sequence[Item],
    choice: Choice,
    *,
    tag: Tag | None = None,
    fragments: Sequence[Span] = (),
    turned: bool = False,
    label: str = "",
) -> None:
    """One decision on these items, as one step that one undo takes back; Refused where it fits one of them not.

    `turned`: the reviewer saw the sides the other way round (the choice is of those that they are).
    """
    _refuse_others(project, review)
    given = (tag.id, tag.revision) if tag is not None else None
    wanted = [Decided(item, choice, given, tuple(fragments), turned) for item in items]
    deciding.decide(project.store, review, article.here, wanted, label or said_of(article, items[0], choice, tag))


def give_reason(project: Project, review: Review, article: Reviewed, item: Item, reason: str) -> None:
    """Why they differ there: one of `REASONS`, or nothing."""
    _refuse_others(project, review)
    deciding.annotate(project.store, review, article.here, item, reason=reason)


def comment(project: Project, review: Review, article: Reviewed, item: Item, text: str) -> None:
    """What the reviewer says about it; of somebody else's review, an answer to what was decided."""
    if is_mine(project, review):
        deciding.annotate(project.store, review, article.here, item, comment=text)
    elif text:
        deciding.answer(project.store, review, project.annotator, article.here, item, text)


def said_of(article: Reviewed, item: Item, choice: Choice, tag: Tag | None = None) -> str:
    """What a decision is called, for undo and the status line: `quote: ben's`, `claim: neither`."""
    difference = item.difference
    name = article.codebook.by_id(difference.marks[0].tag).name
    what = {
        Choice.BOTH: "both", Choice.UNION: "all that either marked", Choice.SHARED: "what both marked",
        Choice.TAG: f"as {tag.name}" if tag is not None else "another tag", Choice.EDGES: "edges by hand",
        Choice.NEITHER: "neither", Choice.LATER: "later", Choice.OPEN: "taken up again",
    }  # fmt: skip
    if choice in what:
        return f"{name}: {what[choice]}"
    if leaves_nothing(difference, choice):
        return f"{name}: not marked"
    if choice is Choice.A and difference.final:
        return f"{name}: as decided before"
    marks = difference.a if choice is Choice.A else difference.b
    return f"{name}: {marks[0].annotator}'s"


def outlook(project: Project, review: Review) -> Project:
    """The same database with the review's own layer to work in: all that can be done with marks is done there."""
    return project._replace(annotator=review.reviewer)


def history_of(project: Project, review: Review) -> Project:
    """The same database with what the actor did in the review as their history: decisions there, or answers."""
    reviewer = review.reviewer
    actor = project.annotator._replace(layer_pk=reviewer.layer_pk, layer_id=reviewer.layer_id)
    return project._replace(annotator=actor)


def is_swapped(review: Review, document: Document) -> bool:
    """Whether blind mode shows the sides the other way round; the same for an article each time."""
    return hashlib.sha256(f"{review.id} {document.id}".encode()).digest()[0] % 2 == 1
