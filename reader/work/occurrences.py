"""Every occurrence of some words, in one article or all, marked in one step that one undo takes back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from reader.annotations.codebook import Codebook, Tag, normal
from reader.documents.document import Document
from reader.documents.span import Span
from reader.errors import NotFound, Refused, UsageProblem
from reader.project import Project
from reader.storage import annotations as stored
from reader.storage import codebooks, search, search_marks
from reader.storage import documents as articles
from reader.storage.annotations import Places
from reader.storage.search import Article, Wanted
from reader.storage.search_marks import Given
from reader.work.hits import Hit, Place, in_context
from reader.work.places import Sought, places, sought

__all__ = ["Given"]

_AT_ONCE = 200
"""Hits whose tags are asked for together."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Some words where they stand."""

    hit: Hit
    tags: tuple[Given, ...]
    """The tags that exactly these words carry already, given by this annotator."""


@dataclass(frozen=True, slots=True)
class Marked:
    """What marking them came to."""

    marks: int
    articles: int
    """How many articles have new marks."""
    there: int
    """How many of the places carried the tag already, and were left as they are."""


def occurrences(
    project: Project,
    words: str,
    documents: Sequence[Document] | None = None,
    *,
    whole: bool = True,
    rest: Callable[[], None] = lambda: None,
) -> Iterator[Occurrence]:
    """Where these words stand in some articles, or (None) in all, the newest first; found as they are asked for.

    Case, accents, line breaks and the kind of quotation mark make no difference; `whole`: not inside longer words.
    `rest` is called before each article that is looked at, as by `Search`. UsageProblem where there are no words.
    """
    meant = sought(words, whole=whole)
    if meant is None:
        raise UsageProblem("There are no words to look for: select some, or type them.")
    if documents is None:
        return _in(project, meant, _worth(project, meant, whole), rest)
    versions = [articles.version_pk(project.store, document) for document in documents]
    found = {each.version: each for each in search.articles_by_version(project.store, versions)}
    return _in(project, meant, (found[version] for version in versions if version in found), rest)


def again(project: Project, places: Sequence[Place]) -> list[Occurrence | None]:
    """The occurrences that had these places (some hundreds at most), in that order; None where the text is gone."""
    by_version: dict[int, list[int]] = {}
    for index, place in enumerate(places):
        by_version.setdefault(place.version, []).append(index)
    found: list[Occurrence | None] = [None] * len(places)
    for article in search.articles_by_version(project.store, list(by_version)):
        indexes = by_version[article.version]
        spans = [Span(places[index].start, places[index].end) for index in indexes]
        text = search.text(project.store, article.version)
        for index, each in zip(indexes, _tagged(project, article, text, spans), strict=True):
            found[index] = each
    return found


def mark(project: Project, chosen: Iterable[tuple[int, Span]], tag: Tag | str) -> Marked:
    """Tags these spans, each in the version with that number, as one step, whatever the number of articles.

    The tag is that of each article's codebook with the same id, else of the same name. Refused, and nothing marked,
    where there is none, where a word means tags of several names, where an article has a newer text by now, or where
    no place is left to tag.
    """
    wanted = _wanted(project, chosen, tag)
    made, several = stored.add_all(project.store, project.annotator, wanted)
    if not made:
        raise Refused(f"Every one of these is marked as {wanted[0].tag.name} already: there is nothing to add.")
    return Marked(len(made), several, sum(len(each.spans) for each in wanted) - len(made))


def planned(project: Project, chosen: Sequence[tuple[int, Span, Collection[Given]]], tag: str) -> Marked:
    """What marking these spans would come to, each with the tags that it has; Refused as by `mark`."""
    wanted = _wanted(project, [(version, span) for version, span, _ in chosen], tag)
    # In the order in which the versions were named first.
    ids = dict(zip(dict.fromkeys(version for version, _, _ in chosen), (each.tag.id for each in wanted), strict=True))
    new = [version for version, _, given in chosen if all(each.id != ids[version] for each in given)]
    return Marked(len(new), len(set(new)), len(chosen) - len(new))


def _wanted(project: Project, chosen: Iterable[tuple[int, Span]], tag: Tag | str) -> list[Places]:
    spans: dict[int, list[Span]] = {}
    for version, span in chosen:
        spans.setdefault(version, []).append(span)
    origins = search.origins(project.store, list(spans))
    books: dict[int, Codebook] = {}
    one_book = len({codebook for *_, codebook in origins.values()}) == 1
    wanted: list[Places] = []
    for version, some in spans.items():
        document, version_id, title, codebook = origins[version]
        if codebook not in books:
            books[codebook] = codebooks.load(project.store, codebook)
        wanted.append(Places(document, version_id, some, _tag(books[codebook], tag, "" if one_book else title)))
    names = {normal(each.tag.name): each.tag.name for each in wanted}
    if len(names) > 1:
        meant = " and ".join(f"“{name}”" for name in names.values())
        raise Refused(f"“{tag}” means {meant} in the codebooks of these articles: write the whole name.")
    return wanted


def _worth(project: Project, meant: Sought, whole: bool) -> Iterator[Article]:
    """The articles that may have the words; parts of words are in no search table."""
    match = search.phrase(meant.words) if whole and meant.is_indexed else ""
    return search.articles(project.store, Wanted(match))


def _in(project: Project, meant: Sought, found: Iterable[Article], rest: Callable[[], None]) -> Iterator[Occurrence]:
    for article in found:
        rest()
        text = search.text(project.store, article.version)
        spans = places(meant, text)
        while some := list(islice(spans, _AT_ONCE)):
            yield from _tagged(project, article, text, some)


def _tagged(project: Project, article: Article, text: str, spans: Sequence[Span]) -> Iterator[Occurrence]:
    tags = search_marks.tagged(project.store, article.version, project.annotator.layer_pk, spans)
    for span, given in zip(spans, tags, strict=True):
        yield Occurrence(in_context(article, text, span), given)


def _tag(book: Codebook, tag: Tag | str, title: str) -> Tag:
    """The same tag in the codebook that an article is read with; its title is said where others have other ones."""
    if isinstance(tag, Tag) and any(each.id == tag.id for each in book.active):
        return book.by_id(tag.id)
    name = tag if isinstance(tag, str) else tag.name
    try:
        return book.find(name)
    except NotFound:
        if not title:
            raise
        raise Refused(
            f"“{title}” is read with the codebook “{book.name}”, which has no tag “{name}”: leave that article out."
        ) from None
