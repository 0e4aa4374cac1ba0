"""Breaking a paragraph into rows by terminal cells."""

from __future__ import annotations

from bisect import bisect_right

from reader.documents.graphemes import clusters
from reader.tui.layout.cells import FIRST_WIDE, drawn, is_lone, is_simple, lone_ends

_NO_ROW_STARTS_WITH = frozenset("、。，．・：；？！）」』】〕〉》ー…’”")
_NO_ROW_ENDS_WITH = frozenset("（「『【〔〈《‘“")
_DASHES = ("-", "–", "—")


def wrap(text: str, width: int) -> list[int]:
    """Where the rows of a paragraph start, as code points from its beginning; the first is always 0.

    A row breaks after a space, after a dash inside a word, and beside wide (CJK) characters; a word
    longer than the row breaks anywhere between clusters. The spaces at a break hang over the edge.
    """
    if len(text) <= width and is_simple(text):
        return [0]
    if is_simple(text):
        return _wrap_simple(text, width)
    return _wrap_lone(text, width) if is_lone(text) else _wrap_clusters(text, width)


def _wrap_simple(text: str, width: int) -> list[int]:
    starts = [0]
    size = len(text)
    position = 0
    while size - position > width:
        limit = position + width
        # A space at the limit still lets the whole row stand before it.
        cut = text.rfind(" ", position, limit + 1) + 1
        for dash in _DASHES:
            found = text.rfind(dash, max(position, cut), limit)
            while found >= 0 and not _breaks_after(text, found):
                found = text.rfind(dash, max(position, cut), found)
            if found >= 0:
                cut = found + 1
        if cut <= position:
            cut = limit
        else:
            while cut < size and text[cut] == " ":
                cut += 1
        if cut >= size:
            break
        starts.append(cut)
        position = cut
    return starts


def _breaks_after(text: str, dash: int) -> bool:
    """Whether a row may end at this dash: between letters; an em dash anywhere."""
    if dash + 1 >= len(text) or text[dash + 1] == " ":
        return False
    return text[dash] == "—" or (dash > 0 and text[dash - 1].isalpha() and text[dash + 1].isalpha())


def _wrap_lone(text: str, width: int) -> list[int]:
    """The same as below where each code point is a cluster of its own, looking only at where rows end."""
    starts = [0]
    ends = lone_ends(text)
    size = len(text)
    while True:
        position = starts[-1]
        over = bisect_right(ends, (ends[position - 1] if position else 0) + width, position)
        while over < size and text[over] == " ":
            over += 1
        if over >= size:
            return starts
        cut = over
        while cut > position and not _may_break_lone(text, cut):
            cut -= 1
        starts.append(cut if cut > position else max(over, position + 1))


def _may_break_lone(text: str, at: int) -> bool:
    char, before = text[at], text[at - 1]
    return char != " " and _may_break(text, at, before, before >= FIRST_WIDE, char >= FIRST_WIDE, char)


def _wrap_clusters(text: str, width: int) -> list[int]:
    starts = [0]
    x = 0
    cut = 0  # the last place where this row may end
    x_at_cut = 0
    before = ""
    before_wide = False
    for start, end in clusters(text):
        cluster = text[start:end]
        _, cells = drawn(cluster)
        wide = cells == 2
        space = cluster in (" ", "\t")
        if start and not space and before and _may_break(text, start, before, before_wide, wide, cluster):
            cut, x_at_cut = start, x
        if x + cells > width and not space and start > starts[-1]:
            if cut > starts[-1]:
                starts.append(cut)
                x -= x_at_cut
            else:
                starts.append(start)
                x = 0
            x_at_cut = 0
            if x + cells > width and start > starts[-1]:
                starts.append(start)
                x = 0
        x += cells
        before = cluster
        before_wide = wide
    return starts


def _may_break(text: str, start: int, before: str, before_wide: bool, wide: bool, cluster: str) -> bool:
    if before in (" ", "\t", "\n"):
        return True
    if before in _DASHES:
        return _breaks_after(text, start - 1)
    if wide or before_wide:
        return cluster not in _NO_ROW_STARTS_WITH and before not in _NO_ROW_ENDS_WITH
    return False
