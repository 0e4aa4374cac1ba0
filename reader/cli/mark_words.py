"""`reader mark --words …`: every place where some words stand, in some articles or all, as one step."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reader.cli.say import counted, say, shown
from reader.errors import NotFound

if TYPE_CHECKING:
    from reader.documents.span import Span
    from reader.project import Project
    from reader.work.hits import Hit
    from reader.work.occurrences import Given, Marked, Occurrence


@dataclass(frozen=True, slots=True)
class Asked:
    """Which words and where, as the options say it."""

    words: str
    articles: tuple[str, ...]
    """As people name them; none for all."""
    excepted: tuple[str, ...]
    inside: bool
    """Whether parts of longer words count."""


@dataclass(slots=True)
class _Found:
    """The places, as they are found; of their words nothing is kept."""

    places: list[tuple[int, Span, tuple[Given, ...]]] = field(default_factory=list)
    number: int = 0
    """Of an article where one is."""

    def hits(self, found: Iterator[Occurrence]) -> Iterator[Hit]:
        for each in found:
            self.places.append((each.hit.article.version, each.hit.span, each.tags))
            self.number = each.hit.article.number
            yield each.hit


def mark(project: Project, asked: Asked, tag: str) -> None:
    """Marks them, in one step."""
    from reader.work import occurrences

    found = _Found()
    for _ in found.hits(_occurrences(project, asked)):
        pass
    _refuse_nothing(found, asked)
    made = occurrences.mark(project, ((version, span) for version, span, _ in found.places), tag)
    say(f"{_summary(made)}: {shown(asked.words, 60)}")
    say(f"`reader undo {found.number}` takes all of it back.")


def plan(project: Project, asked: Asked, tag: str) -> None:
    """Lists them, and says what marking them would come to; changes nothing."""
    from reader.cli.say import output
    from reader.cli.search_table import write_table
    from reader.work import occurrences

    found = _Found()
    with output() as out:
        hits = found.hits(_occurrences(project, asked))
        write_table(hits, out, project.annotator.name, sys.stdout.encoding, styled=sys.stdout.isatty())
    _refuse_nothing(found, asked)
    say(f"\nTo be made: {_summary(occurrences.planned(project, found.places, tag))}: {shown(asked.words, 60)}")


def _occurrences(project: Project, asked: Asked) -> Iterator[Occurrence]:
    from reader.work import library, occurrences

    named = [library.find(project, word) for word in asked.articles]
    chosen = list({document.id: document for document in named}.values()) or None
    excepted = {library.find(project, word).id for word in asked.excepted}
    found = occurrences.occurrences(project, asked.words, chosen, whole=not asked.inside)
    return (each for each in found if each.hit.article.id not in excepted)


def _refuse_nothing(found: _Found, asked: Asked) -> None:
    if not found.places:
        more = "" if asked.inside else ": --inside also finds parts of longer words"
        raise NotFound(f"“{shown(asked.words, 60)}” stands nowhere there{more}.")


def _summary(made: Marked) -> str:
    there = f"; {made.there:,} carried the tag already" if made.there else ""
    return f"{counted(made.marks, 'mark')} in {counted(made.articles, 'article')}{there}"
