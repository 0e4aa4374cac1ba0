"""How much of the texts is marked, and where in them: what several marks of a tag share is counted once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from reader.documents.words import place_between, words
from reader.project import Project
from reader.storage import stats as stored
from reader.storage import vocabulary
from reader.storage.stats import Among, Article, Ranges

BINS = 40
"""Parts that a text is divided into, each as long as the others."""

COUNTED_UP_TO = 4_000_000
"""Code points of text in which words are counted without being asked for: half a second."""

_PAGE = 500
_WINDOW = 65_536

Watch = Callable[[Iterable[int]], Iterable[int]]
"""Passes the articles on and may tell somebody how many there were, or stop."""


@dataclass(frozen=True, slots=True)
class Cover:
    """What is covered by some marks."""

    length: int
    """Code points in at least one of them."""
    words: int | None
    """Words that lie in one of them at least in part; None where they were not counted."""
    strip: tuple[float, ...]
    """The share of each part of the text, from 0 to 1; weighed by length, their mean is the share of the whole."""


@dataclass(frozen=True, slots=True)
class Covered:
    """The texts of the articles in which there are such marks, and how much of them is marked."""

    articles: int
    length: int
    """Code points."""
    words: int
    all: Cover
    tags: Mapping[str, Cover]
    """By the id of the tag, for those that there are marks of."""

    def share(self, cover: Cover) -> float:
        """How much of the text it is, from 0 to 1."""
        return cover.length / self.length if self.length else 0.0


def covered(
    project: Project,
    among: Among,
    *,
    bins: int = BINS,
    count_words: bool | None = None,
    watch: Watch = iter,
) -> Covered:
    """How much of the text is marked in all articles that these people have marked, with whatever tag.

    `count_words` None: where there is not too much text (`COUNTED_UP_TO`). Some articles are held at a time; 10,000
    take about 0.7 s without words, 5 s with them.
    """
    articles = _marked(project, among)
    length = sum(article.length for article in articles)
    counting = length <= COUNTED_UP_TO if count_words is None else count_words
    tags = vocabulary.tags(project.store)
    ids = {tag.pk: tag.id for tag in tags}
    heirs = {tag.pk: ids[tag.heir] for tag in tags}
    sums: dict[str, _Sum] = {}
    everything = _Sum(bins)
    numbers = watch(article.number for article in articles)
    for page in _pages(numbers, {article.number: article for article in articles}):
        chosen = replace(among, documents=tuple(article.number for article in page))
        found = stored.places(project.store, chosen)
        for article in page:
            pieces: dict[str, Ranges] = {}
            for given, some in found.get(article.number, {}).items():
                pieces.setdefault(heirs[given], []).extend(some)
            unions = [(sums.setdefault(tag, _Sum(bins)), _union(some)) for tag, some in pieces.items()]
            unions.append((everything, _union(chain.from_iterable(union for _, union in unions))))
            for one, union in unions:
                one.add(union, article.length)
            if counting and pieces:
                _count(stored.text(project.store, article.number), unions)
    return Covered(
        articles=len(articles),
        length=length,
        words=sum(article.words for article in articles),
        all=everything.cover(length, counting),
        tags={tag: one.cover(length, counting) for tag, one in sums.items()},
    )


class _Sum:
    """What is covered so far."""

    def __init__(self, bins: int) -> None:
        self.length = 0
        self.words = 0
        self._strip = [0.0] * bins

    def add(self, union: Ranges, length: int) -> None:
        """One more text."""
        bins, strip = len(self._strip), self._strip
        part = length / bins
        for start, end in union:
            self.length += end - start
            first, last = start * bins // length, (end * bins - 1) // length
            if first == last:
                strip[first] += end - start
            else:
                strip[first] += (first + 1) * part - start
                for between in range(first + 1, last):
                    strip[between] += part
                strip[last] += end - last * part

    def cover(self, length: int, counting: bool) -> Cover:
        """The same as shares of all texts, `length` code points together."""
        part = length / len(self._strip)
        strip = tuple(min(1.0, each / part) if length else 0.0 for each in self._strip)
        return Cover(self.length, self.words if counting else None, strip)


def _marked(project: Project, among: Among) -> list[Article]:
    """The articles with marks of these people, in the order they came in; the tag does not matter."""
    found = {row[0] for row in stored.counts(project.store, replace(among, tags=None))}
    return stored.articles(project.store, sorted(found))


def _pages(numbers: Iterable[int], articles: Mapping[int, Article]) -> Iterator[list[Article]]:
    page: list[Article] = []
    for number in numbers:
        page.append(articles[number])
        if len(page) == _PAGE:
            yield page
            page = []
    yield page


def _union(pieces: Iterable[tuple[int, int]]) -> Ranges:
    """The ranges in order, overlapping or touching ones joined."""
    out: Ranges = []
    for start, end in sorted(pieces):
        if out and start <= out[-1][1]:
            if end > out[-1][1]:
                out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


def _count(text: str, wanted: Sequence[tuple[_Sum, Ranges]]) -> None:
    """Adds the words that lie in each of these unions at least in part."""
    start = 0
    while start < len(text):
        due = start + _WINDOW
        # Cut where no word is parted, so that a long text is not held as a list of its words.
        cut = (place_between(text, due, len(text)) or len(text)) if due < len(text) else len(text)
        found = words(text[start:cut])
        starts, ends = [start + word[0] for word in found], [start + word[1] for word in found]
        for one, union in wanted:
            seen = 0
            for a, b in union[bisect_right(union, (start, -1)) - 1 if start else 0 :]:
                if a >= cut:
                    break
                first, behind = max(seen, bisect_right(ends, a)), bisect_left(starts, b)
                if behind > first:
                    one.words += behind - first
                    seen = behind
        start = cut
