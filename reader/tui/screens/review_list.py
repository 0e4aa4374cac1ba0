"""The list of differences beside a review's text."""

from __future__ import annotations

from collections.abc import Callable
from typing import overload

from reader.annotations.codebook import Codebook
from reader.review.queue import Item
from reader.tui.reading import panel
from reader.tui.reading.panel import Names
from reader.tui.reading.reviewing import Queue
from reader.tui.themes import Palette
from reader.tui.widgets.aside import Listed
from reader.tui.widgets.bar import Words


class Differences(Listed):
    """The differences that are shown."""

    def __init__(
        self, queue: Queue, shown: Callable[[Item], Item], names: Names, codebook: Codebook, palette: Palette
    ) -> None:
        self._queue, self._shown, self._names, self._codebook, self._palette = queue, shown, names, codebook, palette

    def __len__(self) -> int:
        return len(self._queue.shown)

    @overload
    def __getitem__(self, index: int) -> Words: ...
    @overload
    def __getitem__(self, index: slice) -> list[Words]: ...
    def __getitem__(self, index: int | slice) -> Words | list[Words]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        item = self._shown(self._item(index))
        return panel.line_of(item, index + 1, self._names, self._codebook, self._palette)

    def version(self, index: int) -> object:
        """The item itself: a decision makes another one of it."""
        return id(self._item(index))

    def _item(self, index: int) -> Item:
        return self._queue.items[self._queue.shown[index]]
