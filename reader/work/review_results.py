"""What a review comes to besides its marks: the score against an answer key, and what the guideline lacks."""

from __future__ import annotations

from typing import NamedTuple

from reader.documents.document import Document
from reader.project import Project
from reader.review.differences import Kind, in_text_order
from reader.review.queue import Decision, as_it_was
from reader.storage import library, reviews, vocabulary
from reader.storage.reviews import Review
from reader.work.reviewing import GAP, Reviewed


class Score(NamedTuple):
    """How one's marks stand against an answer key."""

    right: int
    missed: int
    """In the key only."""
    extra: int
    """Not in the key."""
    otherwise: int
    """With other edges, another tag, other pieces or attributes."""
    exact: int
    """On the same pieces with the same tag, whatever is said of them."""
    marks: int
    """Of both."""

    @property
    def f1(self) -> float | None:
        """Exact span F1, as `reader agree` has it; None where there are no marks."""
        return 2 * self.exact / self.marks if self.marks else None


def score(article: Reviewed) -> Score:
    """How the second side's marks stand against those of the first, the key."""
    kinds = [item.difference.kind for item in article.items if not item.gone]
    right, missed, extra = (kinds.count(kind) for kind in (Kind.AGREED, Kind.ONLY_A, Kind.ONLY_B))
    otherwise = len(kinds) - right - missed - extra
    return Score(right, missed, extra, otherwise, right + kinds.count(Kind.SAID), sum(map(len, article.marks)))


class Gap(NamedTuple):
    """A place where the codebook did not help."""

    document: Document
    decision: Decision
    text: str
    """The words, as they were when it was decided."""
    tags: tuple[str, ...]
    """Names of the tags that people gave."""


def gaps(project: Project, review: Review) -> tuple[Gap, ...]:
    """The decisions that name a gap in the guideline, with the words that they are about: its examples."""
    names = {tag.id: tag.name for tag in vocabulary.tags(project.store)}
    found = [
        (document, as_it_was(decision), decision)
        for document, decision in reviews.with_reason(project.store, review.pk, GAP)
    ]
    found.sort(key=lambda each: (each[0], in_text_order(each[1])))
    return tuple(
        Gap(
            library.document(project.store, document),
            decision,
            difference.marks[0].text,
            tuple(dict.fromkeys(names[mark.tag] for mark in difference.marks)),
        )
        for document, difference, decision in found
    )
