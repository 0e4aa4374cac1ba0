"""Agreement: whose marks are compared, on which articles, and what the measures say of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from reader.documents.span import parsed
from reader.errors import NotFound, UsageProblem
from reader.project import Project
from reader.review.agreement.bootstrap import Asked, with_intervals
from reader.review.agreement.confusion import Confusion, confusion
from reader.review.agreement.counting import Counts, Group, counted, pooled
from reader.review.agreement.measures import MEASURES, measured, tags_of
from reader.review.agreement.spans import Mark, Row, Text, Whole
from reader.review.agreement.value import Value
from reader.storage import agreeing as stored
from reader.storage import codebooks, reviews, vocabulary
from reader.storage import stats as numbers
from reader.storage.reviews import Side
from reader.storage.stats import Article
from reader.storage.vocabulary import TagRow
from reader.work import reviewing, stats

__all__ = ["Article", "Side"]

NOT_READ, BEGUN = "not read", "reading"

Watch = Callable[[Iterable[int]], Iterable[int]]
"""Passes the articles on and may tell somebody how many there were, or stop."""


Found = Sequence[tuple[Asked, Value]]
"""What was asked for, with its answer."""


class Person(NamedTuple):
    """Somebody whose marks are compared."""

    name: str
    """As everywhere in the answer: more than their name where others are called the same."""
    side: Side


class Tag(NamedTuple):
    """A tag that somebody used."""

    name: str
    """As everywhere in the answer: more than its name where others are called the same."""
    row: TagRow


class Compared(NamedTuple):
    """An article that at least two of them have read, and its numbers."""

    article: Article
    counts: Counts


class Apart(NamedTuple):
    """An article that is left out: no two of them have read it."""

    article: Article
    readers: tuple[str, ...]
    """Who has; nobody where it was asked for by name."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Everything that the measures need, in small numbers."""

    people: tuple[Person, ...]
    tags: tuple[Tag, ...]
    """Those that were used, in the order of the codebooks."""
    articles: tuple[Compared, ...]
    total: Counts
    marks: Mapping[str, int]
    """How many marks each of the people has in the compared articles."""
    left_out: tuple[Apart, ...]
    begun: tuple[tuple[Article, str], ...]
    """Who has begun which of the compared articles and is not done with it."""

    @property
    def everybody(self) -> Group:
        """All of them together."""
        return tuple(person.name for person in self.people)

    @property
    def pairs(self) -> tuple[Group, ...]:
        """Each two of them."""
        return tuple(combinations(self.everybody, 2))

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is measured: all tags, any tag, each tag."""
        return (Whole.ALL, Whole.ANY, *(tag.name for tag in self.tags))

    @property
    def length(self) -> int:
        """Code points of the compared articles."""
        return sum(compared.article.length for compared in self.articles)


def people(project: Project, of: Sequence[str] = (), among: stats.Among = stats.EVERYTHING) -> tuple[Side, ...]:
    """Those whose marks are compared: who these names or ids mean, else everybody who has read one of those articles
    with somebody else.

    NotFound or Refused where a word means nobody or several, or where there are no two.
    """
    known = reviewing.people(project)
    if of:
        chosen = tuple(dict.fromkeys(reviewing.find(known, word) for word in of))
        if len(chosen) < 2:
            raise UsageProblem("Agreement is between at least two: name another one with --of, or leave it out.")
        return chosen
    read = _read(project, known)
    wanted = read.values() if among.documents is None else [read.get(number, {}) for number in among.documents]
    together = {layer for readers in wanted if len(readers) > 1 for layer in readers}
    chosen = tuple(side for side in known if side.pk in together)
    if not chosen and (among.documents is None or len(known) < 2):
        raise NotFound(_alone(known))
    # Where no two have read what is asked for, who of all did is said by `agreement`.
    return chosen or known


def agreement(
    project: Project,
    sides: Sequence[Side],
    among: stats.Among = stats.EVERYTHING,
    *,
    watch: Watch = iter,
) -> Agreement:
    """What these people marked in those articles, and with those tags, that at least two of them have read.

    `among`: which articles and tags; see `stats.choose`. NotFound where no article was read by two of them.
    """
    read = _read(project, sides)
    wanted = read.keys() if among.documents is None else among.documents
    return compared(project, sides, {number: read.get(number, {}) for number in sorted(wanted)}, among.tags, watch)


def values(agreement: Agreement, asked: Sequence[Asked]) -> Found:
    """Each of these, over all compared articles, with intervals."""
    found = with_intervals([compared.counts for compared in agreement.articles], asked, agreement.total)
    return list(zip(asked, found, strict=True))


def plain(agreement: Agreement, asked: Sequence[Asked]) -> Found:
    """The same without intervals, for which nothing is resampled."""
    return [(each, measured(each.measure, agreement.total, each.group, each.row)) for each in asked]


def overall(agreement: Agreement) -> list[Asked]:
    """All measures of everybody together: all tags, any tag, each tag."""
    return [Asked(measure, agreement.everybody, row) for row in agreement.rows for measure in MEASURES]


def in_pairs(agreement: Agreement) -> list[Asked]:
    """All measures of each two: all tags, any tag, each tag."""
    return [Asked(measure, pair, row) for pair in agreement.pairs for row in agreement.rows for measure in MEASURES]


def in_article(agreement: Agreement, compared: Compared, *, per_tag: bool) -> Found:
    """All measures of everybody together in one article: all tags, any tag, and `per_tag` those that are used there."""
    used = {row for _, row in compared.counts.pairs}
    rows = [row for row in agreement.rows if isinstance(row, Whole) or (per_tag and row in used)]
    asked = [Asked(measure, agreement.everybody, row) for row in rows for measure in MEASURES]
    return [(each, measured(each.measure, compared.counts, each.group, each.row)) for each in asked]


def confused(project: Project, agreement: Agreement, pair: Group, among: stats.Among = stats.EVERYTHING) -> Confusion:
    """Which tags two of them gave to the same words, in the compared articles that both have read.

    The marks are read once more; `among` as the agreement was asked for.
    """
    of_pair = {person.side.pk: person.name for person in agreement.people if person.name in pair}
    articles = [each.article.number for each in agreement.articles if pair in each.counts.values]
    read = {number: dict.fromkeys(of_pair, "") for number in articles}
    table: Confusion = Counter()
    for _, marks in _marks(project, articles, of_pair, read, among.tags, _tag_names(project)):
        table += confusion(*(marks[name] for name in pair))
    return table


# Who, and where


def _read(project: Project, sides: Sequence[Side]) -> dict[int, dict[int, str]]:
    """Who has read each article, and how far: layers by article, both by number."""
    found = reviews.read(project.store, [side.pk for side in sides])
    return {
        article: {layer: read.status for layer, read in by.items() if read.status != NOT_READ}
        for article, by in found.items()
    }


def _alone(known: Sequence[Side]) -> str:
    if len(known) > 1:
        names = ", ".join(side.annotator for side in known)
        return f"No article was read by two people: {names} have read different ones."
    who = f"only {known[0].annotator}" if known else "nobody"
    return f"Agreement needs the marks of two people on the same article; here {who} has marked or read anything."


def named(sides: Sequence[Side]) -> tuple[Person, ...]:
    """The sides, each under a name that no other one has."""
    names = Counter(side.annotator for side in sides)
    people = []
    for side in sides:
        name = side.annotator
        if names[name] > 1:
            others = [other for other in sides if other.annotator == name and other is not side]
            if side.purpose not in {other.purpose for other in others}:
                name = f"{name} ({side.purpose})"
            else:
                name = f"{name} ({_told_apart(side.id, [other.id for other in others])})"
        people.append(Person(name, side))
    return tuple(people)


def _told_apart(id_: str, others: Sequence[str]) -> str:
    """As much of an id as no other one begins with, eight letters at least."""
    length = 8
    while any(other.startswith(id_[:length]) for other in others) and length < len(id_):
        length += 1
    return id_[:length].rstrip("-")


def compared(
    project: Project,
    sides: Sequence[Side],
    read: Mapping[int, Mapping[int, str]],
    tags: Collection[int] | None,
    watch: Watch,
) -> Agreement:
    """The same with what was chosen already: articles, layers and tags by number.

    `read`: who has read each article, and how far. NotFound where no article was read by two of them.
    """
    who = named(sides)
    names = {person.side.pk: person.name for person in who}
    everybody = tuple(names.values())
    known = {article.number: article for article in numbers.articles(project.store, list(read))}
    common = {number: article for number, article in known.items() if len(read[number]) > 1}
    apart = tuple(
        Apart(article, tuple(names[layer] for layer in read[number]))
        for number, article in known.items()
        if number not in common
    )
    if not common:
        raise NotFound(_nothing_in_common(apart, everybody))
    tag_names = _tag_names(project)
    articles: list[Compared] = []
    made = dict.fromkeys(everybody, 0)
    for number, marks in _marks(project, watch(common), names, read, tags, tag_names):
        article = common[number]
        articles.append(Compared(article, counted(Text(article.id, article.length, marks), everybody)))
        for name, some in marks.items():
            made[name] += len(some)
    total = pooled(compared.counts for compared in articles)
    used = set(tags_of(total))
    heirs = [tag for tag in vocabulary.tags(project.store) if tag.heir == tag.pk]
    return Agreement(
        people=who,
        tags=tuple(Tag(tag_names[tag.pk], tag) for tag in heirs if tag_names[tag.pk] in used),
        articles=tuple(articles),
        total=total,
        marks=made,
        left_out=apart,
        begun=tuple(
            (article, names[layer])
            for number, article in common.items()
            for layer, status in read[number].items()
            if status == BEGUN
        ),
    )


def _marks(
    project: Project,
    articles: Iterable[int],
    names: Mapping[int, str],
    read: Mapping[int, Mapping[int, str]],
    tags: Collection[int] | None,
    tag_names: Mapping[int, str],
) -> Iterator[tuple[int, dict[str, list[Mark]]]]:
    """Each article with the marks of those who have read it, by their names."""
    for number, placed in stored.marks(project.store, articles, list(names)):
        marks: dict[str, list[Mark]] = {names[layer]: [] for layer in read[number]}
        for layer, tag, start, end, pieces in placed:
            # Who came in between, with a mark made this moment, has not read it yet.
            if layer in read[number] and (tags is None or tag in tags):
                spans = tuple((span.start, span.end) for span in parsed(pieces)) if pieces else ((start, end),)
                marks[names[layer]].append(Mark(tag_names[tag], spans))
        yield number, marks


def _nothing_in_common(apart: Sequence[Apart], everybody: Group) -> str:
    readers = sorted({name for each in apart for name in each.readers})
    if not readers:
        return f"Nobody of {', '.join(everybody)} has read or marked anything there: `reader list` shows the articles."
    return f"No article was read by two of {', '.join(everybody)}; those asked for were read by {', '.join(readers)}."


def _tag_names(project: Project) -> dict[int, str]:
    """What each tag (by its number) is called; one that was merged into another as that one."""
    rows = vocabulary.tags(project.store)
    heirs = {tag.pk: tag for tag in rows if tag.heir == tag.pk}
    called = Counter(tag.name for tag in heirs.values())
    books = {}
    if any(number > 1 for number in called.values()):
        books = {tag.id: book.name for book in codebooks.present(project.store) for tag in book.tags}
    names: dict[int, str] = {}
    taken = set[str]()
    for pk, tag in heirs.items():
        name = tag.name if called[tag.name] == 1 else f"{tag.name} ({books.get(tag.id, 'no codebook')})"
        names[pk] = name if name not in taken else f"{name} {tag.id}"
        taken.add(names[pk])
    return {tag.pk: names[tag.heir] for tag in rows}
