"""Which of their articles is which of ours, and the words of all texts concerned."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from reader.annotations.codebook import normal
from reader.storage import codebooks, documents
from reader.storage.taking.plan import ArticleCount, NewDocument, NewText, Offer, Options, Plan, chosen

if TYPE_CHECKING:
    from reader.annotations.bundle import Article, Bundle, Text
    from reader.documents.load import Intake
    from reader.storage.store import Store

_ALIKE = 0.5
"""So much of the shorter of two texts with the same title must stand in the other one, for one article to be both."""

_ENOUGH_RUNS = 20


class Match(NamedTuple):
    """An article of theirs, and what it is here."""

    article: Article
    document: str
    """UUID of the article here, or that it gets."""
    present: str
    """Hash of the text that it has here."""
    texts: tuple[Text, ...]
    """Those of their texts that are here or come in, by number."""
    codebook: int
    """The codebook (its pk) that it is read with here."""
    had: frozenset[str]
    """Hashes of the texts that it has, or had, here by an update."""

    @property
    def is_same_text(self) -> bool:
        """Whether they have the very text that we have."""
        return self.article.text_hash == self.present


@dataclass(slots=True)
class Texts:
    """The words of texts, by hash: ours where we have them, else theirs, made canonical here."""

    store: Store
    bundle: Bundle
    here: dict[str, int]
    """The version's pk, of those that we have."""
    _come: dict[str, Intake | None]
    _last: tuple[str, str] = ("", "")

    def words(self, text_hash: str) -> str | None:
        """A text; None where it is not to be had."""
        if self._last[0] == text_hash:
            return self._last[1]
        if text_hash in self.here:
            found = documents.text(self.store, self.here[text_hash])
        else:
            intake = self.intake(text_hash)
            if intake is None:
                return None
            found = intake.text
        self._last = (text_hash, found)
        return found

    def intake(self, text_hash: str) -> Intake | None:
        """A text that we do not have, with all that is stored of one."""
        if text_hash not in self._come:
            self._come[text_hash] = self.bundle.intake(text_hash)
        return self._come[text_hash]


class _Ours(NamedTuple):
    pk: int
    codebook: int
    present: str
    title: str
    deleted: bool


def matched(store: Store, bundle: Bundle, options: Options, plan: Plan) -> tuple[dict[str, Match], Texts]:
    """Their articles that are here, or are added, by their ids; the others are offered.

    The same text is the same article; where several of its texts are articles here, it is the one that has their
    present text, else their latest one. Without a text in common it is the one with the same id, else one that has the
    same title and much the same words.
    """
    homes, pks = _with_texts(store, bundle)
    texts = Texts(store, bundle, pks, {})
    of_article: defaultdict[str, list[Text]] = defaultdict(list)
    for text in bundle.texts.values():
        of_article[text.article].append(text)
    alike = _Alike(store, texts)
    strangers = [
        each for each in bundle.articles.values() if not any(text.text_hash in homes for text in of_article[each.id])
    ]
    homes_alike = {each.id: home for each in strangers if (home := alike.to(each)) is not None}
    ours = _documents(store, {*homes.values(), *bundle.articles, *homes_alike.values()})
    had = _had(store, ours, texts)
    marks = Counter(mark.article for mark in bundle.marks if mark.deleted_at is None)
    found: dict[str, Match] = {}
    for article in sorted(bundle.articles.values(), key=lambda each: (each.created_at, each.id)):
        theirs = sorted(of_article[article.id], key=lambda each: each.number)
        likely = [article.text_hash, *(each.text_hash for each in reversed(theirs))]
        home = next((homes[each] for each in likely if each in homes), article.id)
        home = home if home in ours else homes_alike.get(article.id, home)
        if home in ours:
            here = ours[home]
            mine = [each for each in theirs if homes.get(each.text_hash, home) == home]
            kept = [each for each in mine if _comes(plan, texts, home, each)]
            found[article.id] = Match(article, home, here.present, tuple(kept), here.codebook, had[home])
            plan.articles[article.id] = ArticleCount(
                here.title, here.pk, article.text_hash != here.present, deleted=here.deleted, marks=marks[article.id]
            )
        elif not (bundle.is_whole and chosen(options, article.id)):
            if not article.deleted and bundle.is_whole:
                plan.offers.append(Offer(article, marks[article.id]))
        elif (match := _added(store, plan, texts, article, theirs)) is not None:
            found[article.id] = match
            plan.articles[article.id] = ArticleCount(article.title, None, added=True, marks=marks[article.id])
    return found, texts


class _Alike:
    """Finds the article here that theirs is another text of, where nothing but title and words tells."""

    def __init__(self, store: Store, texts: Texts) -> None:
        self._texts = texts
        self._store = store
        self._titles: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for title, version, id_ in store.rows(
            "SELECT title, version, id FROM documents WHERE deleted_at IS NULL ORDER BY pk"
        ):
            self._titles[normal(title)].append((version, id_))

    def to(self, article: Article) -> str | None:
        """Its id, if there is one."""
        there = self._titles.get(normal(article.title), [])
        theirs = self._texts.words(article.text_hash) if there else None
        if theirs is None:
            return None
        runs = _runs(theirs)
        likeness = [(_likeness(runs, _runs(documents.text(self._store, version))), id_) for version, id_ in there]
        best = max(likeness, key=lambda each: each[0])
        return best[1] if best[0] >= _ALIKE else None


def _runs(text: str) -> set[tuple[str, ...]]:
    """Every three words that stand beside each other."""
    words = text.casefold().split()
    return set(zip(words, words[1:], words[2:], strict=False))


def _likeness(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> float:
    """How much of the shorter text stands in the other one, 0 to 1; of a very short one, in both together."""
    shorter, longer = sorted((len(one), len(other)))
    return len(one & other) / (shorter if shorter >= _ENOUGH_RUNS else max(longer, 1))


def _added(store: Store, plan: Plan, texts: Texts, article: Article, theirs: list[Text]) -> Match | None:
    kept = [each for each in theirs if each.text_hash not in texts.here and _comes(plan, texts, article.id, each)]
    if article.text_hash not in {each.text_hash for each in kept}:
        plan.refuse("article", article.id, f"the text of “{article.title}” is not the one that its hash says")
        return None
    row = store.row("SELECT pk FROM codebooks WHERE id = ? AND deleted_at IS NULL", (article.codebook,))
    book = int(row[0]) if row is not None and row[0] not in imported_books(store) else codebooks.default(store)
    plan.documents.append(NewDocument(article, book))
    return Match(article, article.id, article.text_hash, tuple(kept), book, frozenset((article.text_hash,)))


def _comes(plan: Plan, texts: Texts, document: str, text: Text) -> bool:
    """Whether a text of theirs is here or can be taken in, which is noted."""
    if text.text_hash in texts.here:
        return True
    intake = texts.intake(text.text_hash)
    if intake is not None:
        plan.texts.append(NewText(document, text, intake))
    return intake is not None


def imported_books(store: Store) -> frozenset[int]:
    """The codebooks (pks) that came along with somebody's marks: nobody here chose them."""
    return frozenset(
        pk
        for (pk,) in store.rows(
            "SELECT log.row FROM log JOIN steps ON steps.pk = log.step AND steps.kind = 'record'"
            " WHERE log.entity = 'codebooks' AND log.before IS NULL"
        )
    )


def _with_texts(store: Store, bundle: Bundle) -> tuple[dict[str, str], dict[str, int]]:
    """Which article (UUID) here has which of their texts, and the version's pk."""
    rows = store.rows(
        "SELECT versions.text_hash, documents.id, versions.pk FROM versions"
        " JOIN documents ON documents.pk = versions.document"
        " WHERE versions.text_hash IN (SELECT value FROM json_each(?))",
        (json.dumps(list(bundle.texts)),),
    )
    return {text_hash: id_ for text_hash, id_, _ in rows}, {text_hash: pk for text_hash, _, pk in rows}


def _documents(store: Store, ids: set[str]) -> dict[str, _Ours]:
    rows = store.rows(
        "SELECT documents.id, documents.pk, documents.codebook, versions.text_hash, documents.title,"
        " documents.deleted_at IS NOT NULL FROM documents JOIN versions ON versions.pk = documents.version"
        " WHERE documents.id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(ids)),),
    )
    return {id_: _Ours(pk, book, present, title, bool(deleted)) for id_, pk, book, present, title, deleted in rows}


def _had(store: Store, ours: dict[str, _Ours], texts: Texts) -> dict[str, frozenset[str]]:
    """The texts that each of these articles has or had: not those that came along with marks. Their words are known."""
    ids = {here.pk: id_ for id_, here in ours.items()}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for pk, version, text_hash in store.rows(
        "SELECT documents.pk, versions.pk, versions.text_hash FROM documents"
        " JOIN versions ON versions.pk = documents.version WHERE documents.pk IN (SELECT value FROM json_each(?1))"
        " UNION SELECT log.row, versions.pk, versions.text_hash FROM log"
        " JOIN versions ON versions.pk = json_extract(log.after, '$.version')"
        " WHERE log.entity = 'documents' AND log.row IN (SELECT value FROM json_each(?1))",
        (json.dumps(sorted(ids)),),
    ):
        found[ids[pk]].add(text_hash)
        texts.here[text_hash] = version
    return {id_: frozenset(hashes) for id_, hashes in found.items()}
