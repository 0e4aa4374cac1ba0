"""Which of their tags is which of ours, and the codebooks that must come along since none of ours is."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from reader.annotations.codebook import normal
from reader.annotations.codebook_changes import meaning
from reader.annotations.rules import problems
from reader.errors import BadInput
from reader.storage import codebooks
from reader.storage.taking.articles import imported_books
from reader.storage.taking.plan import Plan, TagMatch

if TYPE_CHECKING:
    from reader.annotations.bundle import Book, BookTag, Bundle, Called, Person
    from reader.annotations.codebook import Codebook, Tag
    from reader.storage.store import Store


class Given(NamedTuple):
    """The tag that a mark gets here."""

    id: str
    shown: str
    """UUID of the tag that it is shown as: itself, or the one that it was merged into."""
    tag: Tag
    by_name: bool
    """Whether it is another tag than theirs, so that their revisions mean nothing here."""


class _Ours(NamedTuple):
    book: int
    shown: str


class Tags:
    """Finds tags: by id in codebooks that somebody here chose, by name in the article's, else by id in any."""

    def __init__(self, store: Store, bundle: Bundle, plan: Plan) -> None:
        """For one plan, which is told of tags found by name and of codebooks that come."""
        self._store = store
        self._bundle = bundle
        self._plan = plan
        self._imported = imported_books(store)
        self._ours = {
            id_: _Ours(book, shown)
            for id_, book, shown in store.rows(
                "SELECT tags.id, tags.codebook, ifnull(heir.id, tags.id) FROM tags"
                " LEFT JOIN tags AS heir ON heir.pk = tags.merged_into"
            )
        }
        here = store.rows("SELECT pk, id, name FROM codebooks")
        self._ids = {id_: pk for pk, id_, _ in here}
        self._names = {normal(name) for _, _, name in here}
        self._books: dict[int, Codebook] = {}
        self._known: dict[tuple[str, int, str], Given | None] = {}
        self._come: dict[str, Tag] = {}
        self._used: dict[str, list[str]] = {}
        """Names in use in the codebooks that tags come into, by the codebook's id."""

    def given(self, tag_id: str, codebook: int, who: Person) -> Given | None:
        """What somebody's tag is in an article that is read with `codebook` (its pk); None where it is nothing here."""
        key = (tag_id, codebook, who.id)
        if key not in self._known:
            self._known[key] = self._found(self._bundle.tags[tag_id], codebook, who)
        return self._known[key]

    def _found(self, called: Called, codebook: int, who: Person) -> Given | None:
        ids = [called.id, *([called.heir] if called.heir else [])]
        chosen = [each for each in ids if each in self._ours and self._is_chosen(self._ours[each].book, codebook)]
        if chosen:
            given = self._given(chosen[0])
            self._compare(called, given)
            return given
        name = self._bundle.tags[ids[-1]].name
        same = [tag for tag in self._book(codebook).active if normal(tag.name) == normal(name)]
        if same:
            self._plan.by_name.append(TagMatch(name, same[0].name, self._book(codebook).name))
            return Given(same[0].id, same[0].id, same[0], by_name=True)
        known = [each for each in ids if each in self._ours or each in self._come]
        if known:
            return self._given(known[0])
        book = self._bundle.books.get(called.book)
        return None if book is None else self._brought(book, ids[-1], who)

    def _compare(self, called: Called, given: Given) -> None:
        """Notes where a tag means something else there."""
        book = self._bundle.books.get(called.book)
        theirs = next((each.tag for each in book.tags if each.tag.id == given.id), None) if book else None
        if theirs is not None and meaning(theirs) != meaning(given.tag):
            self._plan.otherwise.append(given.tag.name)

    def _is_chosen(self, book: int, codebook: int) -> bool:
        return book == codebook or book not in self._imported

    def _given(self, tag_id: str) -> Given:
        if tag_id in self._come:
            tag = self._come[tag_id]
            return Given(tag_id, tag.heir or tag_id, tag, by_name=False)
        ours = self._ours[tag_id]
        return Given(tag_id, ours.shown, self._book(ours.book).by_id(tag_id), by_name=False)

    def _book(self, pk: int) -> Codebook:
        if pk not in self._books:
            self._books[pk] = codebooks.load(self._store, pk)
        return self._books[pk]

    def _brought(self, book: Book, tag_id: str, who: Person) -> Given:
        """Their codebook comes in as one of its own, or the tag alone where a codebook of that id is here."""
        if book.id not in self._ids and book.id not in self._used:
            listed = [each for each in book.tags if each.tag.id not in self._ours]
            wrong = next(problems([self._within(each.tag, listed) for each in listed]), None)
            if wrong is not None:
                raise BadInput(f"The codebook “{book.name}” of {self._bundle.name} cannot come in: {wrong.sentence}")
            taken = normal(book.name) in self._names
            self._head(book.id, book._replace(name=f"{book.name} ({who.name})") if taken else book)
            for each in listed:
                self._tag(book.id, each, self._within(each.tag, listed))
        else:
            target = self._target(book, who)
            each = next(each for each in book.tags if each.tag.id == tag_id)
            self._tag(target, each, replace(each.tag, heir=""))
        return self._given(tag_id)

    def _target(self, book: Book, who: Person) -> str:
        """The codebook that a single tag comes into: never one that somebody here chose."""
        if book.id in self._used or self._ids[book.id] in self._imported:
            target = book.id
        else:
            target = str(uuid.uuid5(uuid.UUID(book.id), who.id))
        if target not in self._used:
            if target in self._ids:
                tags = self._book(self._ids[target]).active
                self._used[target] = [word for tag in tags for word in (normal(tag.name), f"key {tag.key}")]
            else:
                self._head(target, book._replace(name=f"{book.name} ({who.name})"))
        return target

    def _head(self, id_: str, book: Book) -> None:
        self._used[id_] = []
        self._plan.books.append(book.name)
        self._plan.rows["codebooks"].new.append({
            "id": id_, "name": book.name, "description": book.description, "created_at": book.created_at,
            "updated_at": book.updated_at, "deleted_at": None, "default_at": None,
        })  # fmt: skip

    def _tag(self, book: str, each: BookTag, tag: Tag) -> None:
        """A tag comes; where its name or key is taken by another one that came before, without them."""
        used = self._used[book]
        retired_at = each.retired_at
        if not tag.retired and normal(tag.name) in used:
            tag, retired_at = replace(tag, retired=True), each.updated_at
        if tag.retired or f"key {tag.key}" in used:
            tag = replace(tag, key="")
        if not tag.retired:
            used += (normal(tag.name), f"key {tag.key}")
        self._come[tag.id] = tag
        position = sum(row["codebook"] == book for row in self._plan.rows["tags"].new)
        if book in self._ids:
            position += len(self._book(self._ids[book]).tags)
        self._plan.rows["tags"].new.append({
            **codebooks.tag_row(book, position, tag), "merged_into": tag.heir or None, "created_at": each.created_at,
            "updated_at": each.updated_at, "retired_at": retired_at,
        })  # fmt: skip
        for meant, at in each.revisions or ((tag, each.created_at),):
            row = codebooks.revision_row(tag.id, meant, meant.revision, at)
            self._plan.rows["tag_revisions"].new.append(row)

    def _within(self, tag: Tag, listed: list[BookTag]) -> Tag:
        """The tag without an heir that does not come."""
        return tag if tag.heir in {each.tag.id for each in listed} else replace(tag, heir="")
