"""What the terminal is sent of a frame: the cells that differ from what it shows.

Textual sends whatever widgets have declared changed, from the left edge of each widget on, and everything where a
dialog opens or closes. Over SSH that is what a key costs, so every row is compared with what was sent of it last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from reader.documents.graphemes import clusters
from reader.tui.layout.cells import is_simple
from reader.tui.pins import pinned
from reader.tui.wire import wire_to

MOST_CELLS = 600
"""Cells that are compared one by one. Of more, on another page, most are others."""

NEAR = 8
"""So many cells of one style between two that differ take no more bytes than a move past them."""

Chops = Mapping[int, Strip | None]
"""A row, as strips by the column that they begin in; None for what has not changed."""

Part = tuple[int, Iterable[Segment]]
"""A column and the segments that begin there."""


class Shown:
    """What the terminal shows, as far as it is known."""

    def __init__(self) -> None:
        self._rows: dict[int, dict[int, Strip]] = {}

    def forget(self) -> None:
        """Something else has written on the terminal, or it has another size."""
        self._rows.clear()

    def has_rows(self, height: int) -> bool:
        """Whether so many rows have been sent since."""
        return all(y in self._rows for y in range(height))

    def become(self, update: CompositorUpdate, *, whole: bool = False) -> CompositorUpdate:
        """The same update, which sends what differs from what is shown, and is known as shown once it is sent.

        `whole`: the terminal can be asked to show it when all of it is there.
        """
        if isinstance(update, LayoutUpdate):
            return Differences(self, dict(enumerate(map(_by_column, update.strips), update.region.y)), whole=whole)
        if isinstance(update, ChopsUpdate):
            return Differences(self, {y: update.chops[y] for y, _, _ in update.spans}, whole=whole)
        return update

    def others(self, rows: Mapping[int, Chops]) -> int:
        """How many cells of these rows were drawn anew."""
        return sum(
            strip.cell_length
            for y, chops in rows.items()
            for x, strip in chops.items()
            if strip is not None and strip is not self._rows.get(y, {}).get(x)
        )

    def parts(self, y: int, chops: Chops, *, closely: bool) -> Iterator[Part]:
        """What of a row differs; from here on, it is shown."""
        before = self._rows.get(y, {})
        strips = {x: strip for x, strip in chops.items() if strip is not None}
        if before.keys() == chops.keys():
            self._rows[y] = before | strips
            for x, strip in strips.items():
                for start, segments in differing(before[x], strip, closely=closely):
                    yield x + start, segments
            return
        # Widgets begin elsewhere than before.
        complete = len(strips) == len(chops)
        if complete:
            self._rows[y] = strips
        else:
            self._rows.pop(y, None)
        if complete and before:
            yield from differing(Strip.join(before.values()), Strip.join(strips.values()), closely=closely)
        else:
            yield from strips.items()


class Differences(CompositorUpdate):
    """An update of some rows."""

    def __init__(self, shown: Shown, rows: Mapping[int, Chops], *, whole: bool) -> None:
        self._shown = shown
        self._rows = rows
        self._whole = whole

    def render_segments(self, console: Console) -> str:
        """What the terminal is sent."""
        sent = wire_to(console).sent(self._parts())
        return f"{SYNC_START}{sent}{SYNC_END}" if sent and self._whole else sent

    def _parts(self) -> Iterator[tuple[str, Iterable[Segment]]]:
        closely = self._shown.others(self._rows) <= MOST_CELLS
        for y, chops in self._rows.items():
            for x, segments in self._shown.parts(y, chops, closely=closely):
                yield from pinned(move_to(x, y), x, segments)


def _by_column(strips: Iterable[Strip | None]) -> dict[int, Strip | None]:
    found, x = dict[int, Strip | None](), 0
    for strip in strips:
        found[x] = strip
        if strip is None:
            # Nothing lies there yet, since what is below a dialog still has the size from before: it comes next.
            break
        x += strip.cell_length
    return found


def move_to(x: int, y: int) -> str:
    """How a terminal is told to go on in this cell."""
    return f"\x1b[{y + 1};{x + 1}H"


def differing(before: Strip, after: Strip, *, closely: bool) -> Iterator[Part]:
    """The parts of a strip in which it is another than before; not `closely`: one from the first to the last."""
    if after is before:
        return
    if before.cell_length != after.cell_length:
        yield 0, after
    elif closely and (old := _by_cell(before)) and (new := _by_cell(after)):
        for start, end in _runs(old, new):
            yield start, _segments(new, start, end)
    else:
        old_parts, new_parts = list(before), list(after)
        fewer = min(len(old_parts), len(new_parts))
        first, x = 0, 0
        while first < fewer and old_parts[first] == new_parts[first]:
            x += new_parts[first].cell_length
            first += 1
        last = 0
        while last < fewer - first and old_parts[-1 - last] == new_parts[-1 - last]:
            last += 1
        if first < len(new_parts) - last:
            yield x, new_parts[first : len(new_parts) - last]


Cells = tuple[list[str], list[Style | None]]
"""Letters and styles by column; the second column of a wide letter has no letter."""


def _by_cell(strip: Strip) -> Cells | None:
    """None where the letters do not take as many cells as the strip does."""
    letters: list[str] = []
    styles: list[Style | None] = []
    for text, style, _ in strip:
        if is_simple(text):
            letters += text
        else:
            for start, end in clusters(text):
                letters += (text[start:end], *[""] * (cell_len(text[start:end]) - 1))
        styles += [style] * (len(letters) - len(styles))
    return (letters, styles) if len(letters) == strip.cell_length else None


def _runs(old: Cells, new: Cells) -> Iterator[tuple[int, int]]:
    """The columns, from and to, in which cells differ; none begins or ends inside a letter, old or new."""
    (letters, styles), (new_letters, new_styles) = old, new
    both = enumerate(zip(letters, styles, new_letters, new_styles, strict=True))
    runs: list[tuple[int, int]] = []
    for x in [x for x, (a, look, b, new_look) in both if look is not new_look or a != b]:
        start, end = runs[-1] if runs else (x, -NEAR)
        looks = set(map(id, new_styles[end - 1 : x + 1]))
        if x == end or (x - end < NEAR and len(looks) == 1):
            runs[-1] = start, x + 1
        else:
            runs.append((x, x + 1))
    for start, end in runs:
        while start and not (letters[start] and new_letters[start]):
            start -= 1
        while end < len(letters) and not (letters[end] and new_letters[end]):
            end += 1
        yield start, end


def _segments(cells: Cells, start: int, end: int) -> Sequence[Segment]:
    letters, styles = cells
    return [
        Segment("".join(letters[at] for at in columns), styles[columns[0]])
        for _, group in groupby(range(start, end), key=lambda at: id(styles[at]))
        if (columns := list(group))
    ]
