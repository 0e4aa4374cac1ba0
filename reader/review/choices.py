"""What a reviewer may decide about a difference, and which marks come of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from reader.annotations.annotation import Annotation
from reader.documents.span import Span
from reader.errors import Refused
from reader.review.differences import Difference, Kind, intersection, union

Attributes = Mapping[str, tuple[str, ...]]


class Choice(StrEnum):
    """What was decided; as the database holds it."""

    A = "a"
    B = "b"
    BOTH = "both"
    UNION = "union"
    SHARED = "shared"
    """What both have marked."""
    TAG = "tag"
    """Another tag, chosen by the reviewer."""
    EDGES = "edges"
    """Other words, chosen by the reviewer."""
    NEITHER = "neither"
    LATER = "later"
    """Looked at and left for later: nothing is decided."""
    OPEN = "open"
    """What all agree on, taken up again: nothing is decided."""


def turned_round(choice: Choice) -> Choice:
    """The choice where the sides stand the other way round."""
    return {Choice.A: Choice.B, Choice.B: Choice.A}.get(choice, choice)


UNDECIDED = frozenset((Choice.LATER, Choice.OPEN))


class Outcome(NamedTuple):
    """A mark that comes of a decision."""

    tag: str
    """Id of the tag."""
    tag_revision: int
    fragments: tuple[Span, ...]
    note: str
    attributes: Attributes
    source: Annotation | None
    """Whose mark it was made from."""


def why_not(difference: Difference, choice: Choice) -> str:
    """Why a choice does not fit a difference, as a sentence; empty where it does."""
    if choice in (Choice.BOTH, Choice.UNION, Choice.SHARED) and not (difference.a and difference.b):
        return "Only one of them has marked this: take it (← or →), or leave it out."
    if choice is Choice.BOTH and not difference.edges and difference.kind in (Kind.SAID, Kind.AGREED):
        return "Both have marked the same words with the same tag: one mark is enough."
    if choice in (Choice.UNION, Choice.SHARED):
        if difference.kind is Kind.TAG:
            return "They have given different tags: choose one of them first."
        if not difference.edges:
            return "Both have marked the same words."
        if choice is Choice.SHARED and not intersection(difference):
            return "They share no words."
    return ""


def outcomes(
    difference: Difference, choice: Choice, tag: tuple[str, int] | None = None, fragments: Sequence[Span] = ()
) -> list[Outcome]:
    """The marks that come of a choice; `tag` (id, revision) goes with TAG, `fragments` with EDGES.

    Refused where the choice does not fit the difference.
    """
    problem = why_not(difference, choice)
    if problem:
        raise Refused(problem)
    a, b = difference.a, difference.b
    if choice is Choice.A:
        # What is decided already stays as it is.
        return [] if difference.final else [taken(mark, _other(b)) for mark in a]
    if choice is Choice.B:
        # People who marked the very same say it once.
        marks = b[:1] if difference.final or difference.kind is Kind.AGREED else b
        return [taken(mark, _other(a)) for mark in marks]
    if choice is Choice.BOTH:
        return [taken(mark) for mark in (b[:1] if difference.final else difference.marks)]
    if choice in (Choice.NEITHER, Choice.LATER, Choice.OPEN):
        return []
    base = (a or b)[0]
    other = b[0] if a and b else None
    made = taken(base, other)
    if choice is Choice.TAG:
        assert tag is not None, "a tag to give"
        # What was said belongs to the tag that it was said of.
        said = next((mark for mark in (*a, *b) if mark.tag == tag[0]), None)
        kept = taken(said) if said is not None else made._replace(attributes={})
        return [kept._replace(tag=tag[0], tag_revision=tag[1])]
    if choice is Choice.EDGES:
        return [made._replace(fragments=tuple(fragments))]
    return [made._replace(fragments=union(difference) if choice is Choice.UNION else intersection(difference))]


def taken(mark: Annotation, other: Annotation | None = None) -> Outcome:
    """A mark as it is, with what only `other`, which goes with it, says."""
    said = dict(mark.attributes)
    note = mark.note
    if other is not None and other.tag == mark.tag:
        note = note or other.note
        said |= {name: values for name, values in other.attributes.items() if values and not said.get(name)}
    return Outcome(mark.tag, mark.tag_revision, mark.fragments, note, said, mark)


def replaces(difference: Difference, choice: Choice) -> bool:
    """Whether what was decided before on these words gives way."""
    return difference.final and choice not in (Choice.A, Choice.BOTH, *UNDECIDED)


def _other(others: Sequence[Annotation]) -> Annotation | None:
    """The mark that goes with it, where it is one with one."""
    return others[0] if len(others) == 1 else None
