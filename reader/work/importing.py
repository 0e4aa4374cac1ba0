"""Taking in what colleagues marked: what a file of theirs would bring, and bringing it."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from reader.documents import plain_file
from reader.documents.normalise import safe
from reader.errors import NotFound, Refused, UsageProblem
from reader.formats import csv_marks, jsonl_marks
from reader.formats.csv_cells import BOM
from reader.project import Project
from reader.storage import foreign, taking
from reader.storage.foreign.copying import HEADER
from reader.storage.taking.plan import ArticleCount, LayerCount, Offer, Plan, Refusal, ReviewCount, TagMatch

if TYPE_CHECKING:
    from reader.annotations.bundle import Article, Bundle

__all__ = ["ArticleCount", "LayerCount", "Offer", "Refusal", "ReviewCount", "TagMatch"]

ALL = "all"


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of a file, or would come."""

    name: str
    """The file."""

    layers: tuple[LayerCount, ...]
    """Its layers, and what becomes of each."""

    articles: tuple[ArticleCount, ...]
    """Those of its articles that are here, or were added."""

    offers: tuple[Offer, ...]
    """Articles that only they have: `add` takes them in."""

    refusals: tuple[Refusal, ...]
    by_name: tuple[TagMatch, ...]
    """Tags that are others here, found by their names."""

    otherwise: tuple[str, ...]
    """Names of tags that are the same as here, but are defined otherwise there."""

    books: tuple[str, ...]
    """Names of codebooks that came along, since their tags are none of those here."""

    reviews: tuple[ReviewCount, ...]
    """Reviews that came along."""

    is_news: bool
    """Whether anything changed, or would."""


def look(
    project: Project,
    path: Path,
    *,
    add: Sequence[str] = (),
    as_key: bool = False,
    replace: bool = False,
    raw: bool = False,
) -> Summary:
    """What `take` would do; nothing is written."""
    with opened(project, path, guarded=not raw) as bundle:
        return _summary(taking.planned(project.store, bundle, _options(bundle, add, as_key, replace)))


def take(
    project: Project,
    path: Path,
    *,
    add: Sequence[str] = (),
    as_key: bool = False,
    replace: bool = False,
    raw: bool = False,
) -> Summary:
    """Takes in what colleagues marked in articles that are here, durable on return; undo does not take it back.

    `add`: which of the articles that only they have are added (`all`, or by id or title). `as_key`: their own layers
    are answer keys. `replace`: what a file of marks lacks of a layer, in its articles, is removed. `raw`: CSV without
    a guard against formulas. Layers that were made here are left as they are. UsageProblem, StorageProblem or BadInput,
    and nothing stored, where the file is not what it should be.
    """
    with opened(project, path, guarded=not raw) as bundle:
        options = _options(bundle, add, as_key, replace)
        return _summary(taking.take(project.store, project.annotator, bundle, options))


@contextmanager
def opened(project: Project, path: Path, *, guarded: bool = True) -> Iterator[Bundle]:
    """What a file says: a database, JSON Lines or CSV, as its first bytes tell. `guarded`: see `csv_marks.read`."""
    with plain_file.opened(path) as source:
        if os.path.samestat(os.fstat(source.fileno()), project.path.stat()):
            raise UsageProblem(f"{safe(str(path))} is the database that you are working in: name a colleague's file.")
        is_database = source.read(len(HEADER)) == HEADER
        source.seek(0)
        raw = b"" if is_database else source.read()
    if is_database:
        with foreign.opened(path) as bundle:
            yield bundle
    elif raw.removeprefix(BOM).lstrip().startswith(b"{"):
        yield jsonl_marks.read(safe(str(path)), raw)
    else:
        yield csv_marks.read(safe(str(path)), raw, guarded=guarded)


def _options(bundle: Bundle, add: Sequence[str], as_key: bool, replace: bool) -> taking.Options:
    wanted: Collection[str] | Literal["all"] = [_meant(bundle, word).id for word in add if word != ALL]
    return taking.Options(ALL if ALL in add else wanted, as_key, replace)


def _meant(bundle: Bundle, word: str) -> Article:
    """The article of a file that a word means: by its id, or its title or a part of that."""
    folded = word.strip().casefold()
    there = [each for each in bundle.articles.values() if not each.deleted]
    for found in (
        [each for each in there if each.id == folded or each.text_hash == folded],
        [each for each in there if each.title.casefold() == folded],
        [each for each in there if folded and folded in each.title.casefold()],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            several = ", ".join(f"“{each.title}” ({each.id})" for each in found[:5])
            raise Refused(f"“{safe(word)}” could be {several}: give the id.")
    known = ", ".join(f"“{each.title}”" for each in there[:10]) or "none"
    raise NotFound(f"No article in {bundle.name} is called “{safe(word)}”: it has {known}.")


def _summary(plan: Plan) -> Summary:
    return Summary(
        plan.name,
        tuple(plan.layers),
        tuple(plan.articles.values()),
        tuple(plan.offers),
        tuple(plan.refusals),
        tuple(dict.fromkeys(plan.by_name)),
        tuple(dict.fromkeys(plan.otherwise)),
        tuple(dict.fromkeys(plan.books)),
        tuple(plan.reviews),
        not plan.is_empty,
    )
