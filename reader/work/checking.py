"""`reader check`: proving what the database says."""

from __future__ import annotations

from collections.abc import Iterator

from reader.project import Project
from reader.storage import check as stored

PROOFS = (
    ("the file", stored.file_itself),
    ("the texts", stored.texts),
    ("the marks", stored.marks),
    ("the links", stored.links),
    ("the reviews", stored.reviews),
    ("the log", stored.log),
    ("the search tables", stored.search),
)
"""What is proved, in order: a name for people, and the proof."""


def findings(project: Project) -> Iterator[tuple[str, str]]:
    """Whatever is wrong, one sentence each, with the name of the proof that found it; nothing where all is well."""
    for name, proof in PROOFS:
        for sentence in proof(project.store):
            yield name, sentence


def counted(project: Project) -> tuple[int, int, int]:
    """How much there is to prove: articles, marks, steps in the log."""
    return stored.counted(project.store)
