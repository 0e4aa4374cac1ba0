"""The library as a list to look through: an order of numbers, narrowed by words and status; rows only where looked at.

10,000 articles are ordered in a few milliseconds and cost nothing more until somebody looks at a row. The order stays
as it is until it is asked for anew, so that the next article and the one before are where a person saw them.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from reader.annotations.codebook import Codebook
from reader.documents.folding import folded
from reader.documents.sources import site_of
from reader.errors import Refused
from reader.project import Project
from reader.storage import codebooks
from reader.storage import library as stored
from reader.storage.library import DocumentRow

__all__ = ["DocumentRow"]


class Sort(StrEnum):
    """What the articles are put in order by; the name is what a person reads."""

    OPENED = "last opened"
    TITLE = "title"
    BYLINE = "author"
    DATE = "date"
    SOURCE = "source"
    WORDS = "words"
    MARKS = "marks"
    PROGRESS = "progress"
    STATUS = "status"


LARGEST_FIRST = frozenset((Sort.OPENED, Sort.DATE, Sort.WORDS, Sort.MARKS, Sort.PROGRESS))
"""Where the newest, or the most, comes first unless it is turned round."""

STATUSES = ("", "new", "reading", "done")
"""What a list may be narrowed to; nothing is every status."""

_STATUS_ORDER = {"reading": 0, "new": 1, "done": 2}
_LEARNT_AT_ONCE = 1000
_MOST_KNOWN = 2000
_LEADING = " \"'([{¿¡…-"


class View(NamedTuple):
    """Which articles are listed, and in which order."""

    sort: Sort = Sort.OPENED
    reverse: bool = False
    """Whether the order is turned round; what has no title, date … stays at the end."""
    words: str = ""
    """All of these must stand in title, byline, source or date, each anywhere; see `folding`."""
    status: str = ""
    """One of `STATUSES`."""


class Catalogue:
    """The articles in the order and choice of a `View`."""

    def __init__(self, project: Project) -> None:
        """Lists all, what was opened last first."""
        self.project = project
        self.view = View()
        self.numbers: Sequence[int] = ()
        """The listed articles, by number."""
        self._there: Sequence[int] = ()
        self._ordered: Sequence[int] = ()
        self._pairs: list[tuple[int, str]] | None = None
        self._found: list[tuple[int, str]] = []
        self._names: dict[int, str] = {}
        self._learnt = 0
        self._knows_all = False
        self._stale = False
        self._data = 0
        self._rows: dict[int, DocumentRow] = {}
        self._codebooks: dict[int, Codebook] = {}
        self._most_tags = -1
        self._known: frozenset[str] | None = None
        self.look_again()

    def __len__(self) -> int:
        return len(self.numbers)

    # The order

    def renew(self, changed: Sequence[int] = ()) -> None:
        """Asks anew which articles there are, after these came, went, or got another name."""
        for number in changed:
            self._names.pop(number, None)
        self._knows_all, self._stale = False, True
        self.forget()
        self._order()

    def look_again(self) -> None:
        """Asks everything anew if another program has changed the database since this was asked last."""
        data = stored.changes(self.project.store)
        if data != self._data:
            self._data = data
            self._names.clear()
            self._learnt = 0
            self.renew()

    def show(self, **changes: Any) -> None:
        """Lists what a view with these changes asks for; only `words` that go on from the last ones keep the order."""
        before, self.view = self.view, self.view._replace(**changes)
        if before != self.view._replace(words=before.words):
            self._order()
        elif before.words != self.view.words:
            goes_on = before.words.strip() and self.view.words.startswith(before.words)
            self._narrow(self._found if goes_on else self._all())

    def _order(self) -> None:
        self._pairs = None
        store, layer = self.project.store, self.project.annotator.layer_pk
        numbers = self._there = stored.by_opening(store, layer)
        if self.view.status:
            known = stored.statuses(store, layer)
            numbers = [number for number in numbers if known.get(number, "new") == self.view.status]
        if self.view.sort is Sort.OPENED:
            self._ordered = numbers[::-1] if self.view.reverse else numbers
        else:
            keys = self._keys(self.view.sort)
            there = [number for number in numbers if number in keys]
            there.sort(key=keys.__getitem__, reverse=(self.view.sort in LARGEST_FIRST) != self.view.reverse)
            self._ordered = [*there, *(number for number in numbers if number not in keys)]
        self._narrow(self._all() if self.view.words.strip() else [])

    def _keys(self, sort: Sort) -> dict[int, Any]:
        """What the articles are put in order by, where there is something."""
        store, layer = self.project.store, self.project.annotator.layer_pk
        if sort is Sort.DATE:
            return stored.dates(store)
        if sort is Sort.WORDS:
            return stored.words(store)
        if sort is Sort.MARKS:
            return stored.marks(store, layer)
        if sort is Sort.PROGRESS:
            return stored.progress(store, layer)
        if sort is Sort.STATUS:
            known = stored.statuses(store, layer)
            return {number: _STATUS_ORDER[known.get(number, "new")] for number in stored.present(store)}
        field = (Sort.TITLE, Sort.BYLINE, Sort.SOURCE).index(sort)
        keys = ((number, names.split("\n")[field].lstrip(_LEADING)) for number, names in self._all_names().items())
        return {number: site_of(key) if sort is Sort.SOURCE else key for number, key in keys if key}

    def _all(self) -> list[tuple[int, str]]:
        """Every article of the order with its names."""
        if self._pairs is None:
            names = self._all_names()
            self._pairs = [(number, names.get(number, "")) for number in self._ordered]
        return self._pairs

    def _narrow(self, found: list[tuple[int, str]]) -> None:
        words = folded(self.view.words).split()
        for word in words:
            found = [pair for pair in found if word in pair[1]]
        self._found = found if words else []
        self.numbers = [number for number, _ in found] if words else self._ordered

    def learn(self) -> bool:
        """Reads some more of the names that typed words are looked for in; whether there are more to read.

        Whoever types before all are known waits for the rest.
        """
        page = stored.names(self.project.store, self._learnt, _LEARNT_AT_ONCE)
        self._learn(page)
        self._knows_all = len(page) < _LEARNT_AT_ONCE
        self._learnt = page[-1][0] if page else self._learnt
        return not self._knows_all

    def _all_names(self) -> dict[int, str]:
        while not self._knows_all and self.learn():
            pass
        for number in self._there if self._stale else ():
            if number not in self._names:
                # It came back, or has another name.
                self._learn(stored.names(self.project.store, number - 1, 1))
        self._stale = False
        return self._names

    def _learn(self, page: Sequence[tuple[int, str, str, str, str]]) -> None:
        for number, *names in page:
            self._names[number] = "\n".join(folded(name.replace("\n", " ")) for name in names)

    # Rows

    def rows(self, start: int, end: int) -> list[DocumentRow | None]:
        """What the list says of its articles from `start` to `end`; None for one that is gone since."""
        numbers = self.numbers[max(0, start) : end]
        missing = [number for number in numbers if number not in self._rows]
        if missing:
            if len(self._rows) > _MOST_KNOWN:
                self._rows.clear()
                missing = list(numbers)
            found = stored.rows(self.project.store, self.project.annotator.layer_pk, missing)
            self._rows.update((row.number, row) for row in found)
        return [self._rows.get(number) for number in numbers]

    def row(self, number: int) -> DocumentRow | None:
        """What the list says of this article, in the list or not; None where it is gone."""
        if number not in self._rows:
            for row in stored.rows(self.project.store, self.project.annotator.layer_pk, [number]):
                self._rows[number] = row
        return self._rows.get(number)

    def forget(self, number: int | None = None) -> None:
        """Something else is to be said of this article, or of all, when it is next looked at."""
        if number is None:
            self._rows.clear()
            self._codebooks.clear()
            self._most_tags, self._known = -1, None
        else:
            self._rows.pop(number, None)

    def codebook(self, number: int) -> Codebook:
        """A codebook by the number that rows name it by."""
        if number not in self._codebooks:
            self._codebooks[number] = codebooks.load(self.project.store, number)
        return self._codebooks[number]

    def counts(self) -> dict[str, int]:
        """How many articles there are in all, under "", and of each status."""
        known = stored.status_counts(self.project.store, self.project.annotator.layer_pk)
        all_ = len(self._there)
        return {"": all_, "new": all_ - sum(known.values()), "reading": 0, "done": 0, **known}

    def total(self) -> int:
        """How many marks this annotator has in all articles."""
        return stored.total(self.project.store, self.project.annotator.layer_pk)

    def most_tags(self) -> int:
        """How many tags the largest codebook has that some article is read with."""
        if self._most_tags < 0:
            self._most_tags = stored.most_tags(self.project.store)
        return self._most_tags

    def known(self) -> frozenset[str]:
        """What a list can say of any article at all: of `byline`, `date`, `source` and `opened`."""
        if self._known is None:
            self._known = stored.known(self.project.store, self.project.annotator.layer_pk)
        return self._known

    # Going on

    def position(self, number: int) -> int | None:
        """Where in the list the article stands, if it does."""
        return self.numbers.index(number) if number in self.numbers else None

    def step(self, number: int, direction: int) -> int:
        """The article after (1) or before (-1) this one; Refused where the list ends."""
        here = self.position(number)
        if here is None and len(self):
            return self.numbers[0 if direction > 0 else -1]
        there = (here or 0) + direction
        if not 0 <= there < len(self):
            raise Refused(f"This is the {'last' if direction > 0 else 'first'} article of the list{self._narrowed()}.")
        return self.numbers[there]

    def next_not_done(self, number: int | None) -> int:
        """The first article after this one that is not done, once round the list; Refused where all are."""
        here = -1 if number is None else self.position(number)
        known = stored.statuses(self.project.store, self.project.annotator.layer_pk)
        after = 0 if here is None else here + 1
        for each in (*self.numbers[after:], *self.numbers[:after]):
            if each != number and known.get(each) != "done":
                return each
        raise Refused(f"No other article of the list is left to do{self._narrowed()}.")

    def choice(self) -> str:
        """What the listed articles are called where they are not all: `3 articles listed (done, “kursk”)`."""
        narrowed, count = self._narrowed(), len(self)
        return f"{count:,} article{'' if count == 1 else 's'} listed{narrowed}" if narrowed and count else ""

    def _narrowed(self) -> str:
        """What the list is narrowed to, for sentences about its end."""
        words = self.view.words.strip()
        parts = [part for part in (self.view.status, f"“{words}”" if words else "") if part]
        return f" ({', '.join(parts)})" if parts else ""


def described(view: View) -> str:
    """The order in words: `last opened first`, `title, from A`."""
    names: dict[Sort, tuple[str, str]] = {
        Sort.OPENED: ("what was opened last first", "what was opened last at the end"),
        Sort.TITLE: ("by title, from A", "by title, from Z"),
        Sort.BYLINE: ("by author, from A", "by author, from Z"),
        Sort.DATE: ("by date, the newest first", "by date, the oldest first"),
        Sort.SOURCE: ("by source, from A", "by source, from Z"),
        Sort.WORDS: ("by length, the longest first", "by length, the shortest first"),
        Sort.MARKS: ("by marks, the most first", "by marks, the fewest first"),
        Sort.PROGRESS: ("by progress, the furthest first", "by progress, the least first"),
        Sort.STATUS: ("by status: reading, new, done", "by status: done, new, reading"),
    }
    return names[view.sort][view.reverse]
