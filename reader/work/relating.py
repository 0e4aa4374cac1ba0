"""Relations: which mark belongs to which, a quotation to its speaker or a claim to its evidence. Each is one step."""

from __future__ import annotations

from collections.abc import Sequence

from reader.annotations.annotation import Annotation
from reader.annotations.relation import Bond, Relation
from reader.errors import UsageProblem
from reader.project import Project
from reader.storage import relations as stored


def relate(project: Project, source_id: str, target_id: str, bond: Bond | str) -> str:
    """Says that the first mark belongs to the second: `speaker`, `evidence` or `other` is what the second is to it.

    The relation's id. Said again with another word, that word is changed. Refused: a mark with itself, with one of
    another article, or as it is related already.
    """
    if bond not in set(Bond):
        raise UsageProblem(f"“{bond}” is no kind of link: say {', '.join(list(Bond)[:-1])} or {Bond.OTHER}.")
    return stored.add(project.store, project.annotator, source_id, target_id, Bond(bond))


def unrelate(project: Project, one_id: str, other_id: str) -> None:
    """Takes the relation of two marks away, whichever belongs to the other; Refused where there is none."""
    stored.remove(project.store, project.annotator, one_id, other_id)


def of(project: Project, pk: int) -> Sequence[Relation]:
    """The relations of the mark with this number, with the marks at their other ends."""
    return stored.of(project.store, [pk]).get(pk, ())


def of_all(project: Project, found: Sequence[Annotation]) -> dict[int, list[Relation]]:
    """The relations of those of these marks that have any, by the mark's number."""
    return stored.of(project.store, [mark.pk for mark in found])
