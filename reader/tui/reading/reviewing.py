"""Which difference somebody decides on, in which order they come, and how many are left; no Textual."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from reader.review.alike import signature
from reader.review.differences import Kind
from reader.review.queue import Item, State


class Order(StrEnum):
    """What the differences are sorted by."""

    PLACE = "place"
    KIND = "kind"
    SIZE = "size"


class Filter(NamedTuple):
    """Which of them are shown."""

    name: str
    """As people call it: `only A`, `quote`, `ben`."""
    shows: Callable[[Item], bool]


def _differs(item: Item) -> bool:
    return item.state is not State.AGREED


DIFFERENCES = Filter("differences", _differs)
OPEN = Filter("not decided", lambda item: item.is_open)
AGREED = Filter("agreed", lambda item: item.state is State.AGREED)
FILLED = Filter(
    "agreed, something filled in by one", lambda item: item.state is State.AGREED and bool(item.difference.filled)
)
CHANGED = Filter("changed since", lambda item: item.changed)

_BY: Mapping[Order, Callable[[Item], tuple[object, ...]]] = {
    Order.PLACE: lambda item: (),
    Order.KIND: lambda item: (list(Kind).index(item.difference.kind),),
    Order.SIZE: lambda item: (-item.difference.size,),
}


class Queue:
    """The items of one article, of which some are shown, and one is looked at."""

    def __init__(self, items: Sequence[Item], text: str) -> None:
        self._text = text
        self.items: list[Item] = []
        self.shown: list[int] = []
        """Indexes into `items`, in the order in which they are gone through."""
        self.order = Order.PLACE
        self.filter = DIFFERENCES
        self.at = 0
        """Which of the shown ones is looked at."""
        self.counts: Counter[State] = Counter()
        self.kinds: Counter[Kind] = Counter()
        """The differences by their kind."""
        self._numbers: dict[str, int] = {}
        """Where each item stands, by its key."""
        self._rows: dict[int, int] = {}
        """Where each of the shown ones stands among them, by its number."""
        self._signatures: list[Hashable] = []
        self._open_alike: Counter[Hashable] = Counter()
        self.fill(items)

    def fill(self, items: Sequence[Item], key: str = "") -> None:
        """Take in the items of the article as they are now; the one with this key is looked at."""
        self.items = list(items)
        self._numbers = {item.difference.key: number for number, item in enumerate(items)}
        self._signatures = [signature(item.difference, self._text) for item in items]
        self.counts = Counter(item.state for item in items)
        self.kinds = Counter(item.difference.kind for item in items if _differs(item))
        self._open_alike = Counter(each for each, item in zip(self._signatures, items, strict=True) if item.is_open)
        self._arrange(key)

    @property
    def item(self) -> Item | None:
        """The one that is looked at."""
        return self.items[self.shown[self.at]] if self.shown else None

    @property
    def left(self) -> int:
        """How many wait for a decision."""
        return self.counts[State.NEW] + self.counts[State.SKIPPED]

    def narrow(self, which: Filter) -> None:
        """Show only these."""
        self.filter = which
        self._arrange(self._key())

    def sort(self, order: Order) -> None:
        """Go through them in this order."""
        self.order = order
        self._arrange(self._key())

    def go(self, at: int) -> None:
        """To the one at this place of those that are shown."""
        self.at = max(0, min(at, len(self.shown) - 1))

    def number(self, key: str) -> int:
        """Where the item with this key, which is there, stands in the text."""
        return self._numbers[key]

    def find(self, key: str) -> int | None:
        """The same; None where there is none."""
        return self._numbers.get(key)

    def go_to(self, key: str) -> bool:
        """To the one with this key, if it is shown."""
        at = self._rows.get(self._numbers.get(key, -1))
        if at is not None:
            self.at = at
        return at is not None

    def next_open(self) -> bool:
        """To the next one that waits for a decision, from the beginning again at the end; False where none does."""
        for at in (*range(self.at + 1, len(self.shown)), *range(min(self.at + 1, len(self.shown)))):
            if self.items[self.shown[at]].is_open:
                self.at = at
                return True
        return False

    def alike(self) -> list[Item]:
        """The open ones that one decision fits together with the one that is looked at, which is not among them."""
        if not self.shown or not self.count_alike():
            return []
        here = self.shown[self.at]
        wanted = self._signatures[here]
        return [
            item
            for index, item in enumerate(self.items)
            if index != here and item.is_open and self._signatures[index] == wanted
        ]

    def count_alike(self) -> int:
        """How many these are."""
        item = self.item
        return self._open_alike[self._signatures[self.shown[self.at]]] - item.is_open if item is not None else 0

    def replace(self, items: Mapping[str, Item]) -> None:
        """These, by their key, are others now; the order stays as it is until it is asked for anew."""
        for key, after in items.items():
            index = self._numbers[key]
            before, self.items[index] = self.items[index], after
            self.counts[before.state] -= 1
            self.counts[after.state] += 1
            self.kinds[before.difference.kind] += _differs(after) - _differs(before)
            self._open_alike[self._signatures[index]] += after.is_open - before.is_open

    def _key(self) -> str:
        return self.item.difference.key if self.item is not None else ""

    def _arrange(self, key: str) -> None:
        listed = [index for index, item in enumerate(self.items) if self.filter.shows(item)]
        if self.order is not Order.PLACE:
            listed.sort(key=lambda index: _BY[self.order](self.items[index]))
        self.shown = listed
        self._rows = {index: at for at, index in enumerate(listed)}
        if not (key and self.go_to(key)):
            self.go(0 if key == "" else self.at)
