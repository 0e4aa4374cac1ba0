"""From a row of the page to a strip of styled cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from reader.annotations.codebook import Line, Tag
from reader.documents.graphemes import next_cluster, previous_cluster, whole
from reader.documents.span import Span
from reader.tui.layout.cells import is_lone, is_simple, shown_text
from reader.tui.layout.marks import Piece
from reader.tui.themes import PALETTES, Palette

SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉"
GUTTER = 5

LINES = {
    Line.UNDERLINE: "underline",
    Line.DOUBLE: "underline2",
    Line.ITALIC: "italic",
    Line.BOLD: "bold",
    Line.OVERLINE: "overline",
    Line.PLAIN: "",
}
STYLED = {
    "heading": "bold",
    "strong": "bold",
    "emphasis": "italic",
    "link": "underline",
    "went": "strike",
    "came": "bold",
}
"""What the source said of some words, or a comparison with another text, that is seen on the words themselves."""


MOST_STYLES = 4096
"""Styles kept at hand."""


class Look(NamedTuple):
    """Palette and tags: all that a style depends on. Hashable, so that styles can be cached by it."""

    palette: str
    tags: tuple[tuple[str, str, Line], ...]
    """(symbol, colour, line) of each tag of the codebook, in order."""

    @classmethod
    def of(cls, palette: Palette, tags: Sequence[Tag]) -> Look:
        """The look of a codebook's tags in a palette."""
        return cls(palette.name, tuple((tag.symbol, tag.colour, tag.line) for tag in tags))


class Over(NamedTuple):
    """What lies over a stretch of text, and so decides its style."""

    tags: tuple[int, ...] = ()
    """The tags of the marks, the outer ones first."""
    edge: int = -1
    """The tag of the mark that begins or ends here, or -1."""
    focus: int = -1
    """The tag of the focused mark, or -1."""
    selected: str = ""
    """"soft", "hard" or nothing."""
    hit: bool = False
    cursor: bool = False
    dim: bool = False
    """Whether it steps back, because the reader looks at something else."""
    kinds: tuple[str, ...] = ()
    """What the source said: heading, strong, emphasis, link …"""


@lru_cache(maxsize=4)
def _styles(look: Look) -> dict[Over | tuple[tuple[int, ...], int], Style]:
    """The styles made for a look so far: to look a look up for every word would cost more than to draw it.

    Where nothing but marks is, they are kept by tags and edge alone.
    """
    return {}


def style_of(look: Look, over: Over) -> Style:
    """The style of text that all this lies over."""
    palette = PALETTES[look.palette]
    words = {STYLED[kind] for kind in over.kinds if kind in STYLED}
    words.update(LINES[look.tags[tag][2]] for tag in over.tags)
    ink, ground = palette.text, palette.ground
    if "came" in over.kinds or "went" in over.kinds:
        ink = palette.good if "came" in over.kinds else palette.warning
    if over.dim and over.focus < 0:
        ink = palette.faint
    elif over.tags:
        colours = palette.tags[look.tags[over.tags[-1]][1]]
        if palette.ansi:
            ink = colours.ink
        else:
            ground = colours.ground
    if over.selected == "soft" and over.focus < 0:
        base = _parsed(words, ink, ground) + Style.parse(palette.soft)
    elif over.focus >= 0 or (over.edge >= 0 and not over.dim):
        colours = palette.tags[look.tags[over.focus if over.focus >= 0 else over.edge][1]]
        if over.edge >= 0 or palette.ansi:
            words.add("bold")
        if palette.ansi:
            ink = colours.ink
        else:
            ink, ground = palette.strong_text, colours.strong
        base = _parsed(words, ink, ground)
    else:
        base = _parsed(words, ink, ground)
    if over.hit:
        base += Style.parse(palette.hit)
    if over.selected == "hard":
        base += Style.parse(palette.hard)
    if over.cursor:
        # Reversing what is reversed already would hide the cursor.
        base += Style.parse("not reverse bold underline" if palette.ansi and base.reverse else palette.cursor)
    return base


def _parsed(words: Iterable[str], ink: str, ground: str) -> Style:
    """One style for all that looks alike, whatever lies over it: neighbours that look alike are drawn as one."""
    return Style.parse(" ".join((*sorted(words), ink, "on", ground)))


@lru_cache(maxsize=256)
def style(palette: str, words: str) -> Style:
    """A style on the page's own ground."""
    return Style.parse(f"{PALETTES[palette].text} on {PALETTES[palette].ground}") + Style.parse(words)


def ground(palette: str, crop: Region) -> list[Strip]:
    """Rows of nothing, for what lies under widgets that draw themselves.

    Textual would work out a border and a background for each of them, every time, which takes as long as the text.
    """
    return [Strip.blank(crop.width, style(palette, "none"))] * crop.height


def gutter(look: Look, pieces: Sequence[Piece]) -> list[Segment]:
    """The letters of the tags that touch a row, right-aligned in the gutter, pieces numbered."""
    labels = tuple([(tag, number) for _, _, tag, _, number in sorted(pieces)])
    gutters = _gutters(look)
    found = gutters.get(labels)
    if found is None:
        if len(gutters) >= MOST_STYLES:
            gutters.clear()
        found = gutters[labels] = _gutter(look, labels)
    return found


@lru_cache(maxsize=4)
def _gutters(look: Look) -> dict[tuple[tuple[int, int], ...], list[Segment]]:
    """The gutters drawn for a look so far."""
    return {}


def _gutter(look: Look, labels: Sequence[tuple[int, int]]) -> list[Segment]:
    palette = PALETTES[look.palette]
    shown: list[tuple[str, str]] = []
    for tag, number in labels:
        symbol, colour, _ = look.tags[tag]
        label = shown_text(symbol)[:1] + (SUBSCRIPTS[min(number, 9)] if number else "")
        if (label, colour) not in shown:
            shown.append((label, colour))
    blank = style(look.palette, "none")
    room = GUTTER - 1
    segments: list[Segment] = []
    used = 0
    for position, (label, colour) in enumerate(shown):
        more = position + 1 < len(shown)
        if used + len(label) + (1 if more else 0) > room:
            segments.append(Segment("+", style(look.palette, palette.quiet)))
            used += 1
            break
        segments.append(Segment(label, style(look.palette, f"bold {palette.tags[colour].ink}")))
        used += len(label)
    return [Segment(" " * (room - used), blank), *segments, Segment(" ", blank)]


def strip_of(segments: list[Segment], used: int, width: int, filler: Style) -> Strip:
    """A strip of exactly `width` cells, from segments that take `used`.

    The width is handed on, because rich's own count loads its tables at the first curly quotation mark: 30 ms
    of the start.
    """
    if used > width:
        return Strip(segments, used).crop(0, width)
    if used < width:
        segments = [*segments, Segment(" " * (width - used), filler)]
    return Strip(_joined(segments), width)


def labelled(strip: Strip, labels: Iterable[tuple[int, str]], name: str) -> Strip:
    """A row of a palette of this name, its words stepped back and letters, by their columns, in front."""
    palette, width = PALETTES[name], strip.cell_length
    back, front = style(name, palette.quiet), style(name, f"bold {palette.warning}")
    strip = Strip([Segment(segment.text, back) for segment in strip], width)
    for x, label in labels:
        if label:
            strip = Strip.join([strip.crop(0, x), Strip([Segment(label, front)]), strip.crop(x + len(label), width)])
    return strip


def _joined(segments: Sequence[Segment]) -> list[Segment]:
    """Neighbours of the same style as one; rich compares styles by all that they say, which takes ten times as long."""
    joined: list[Segment] = []
    last: Style | None = None
    for segment in segments:
        text, style, _ = segment
        if joined and style is last:
            joined[-1] = Segment(joined[-1].text + text, style)
        elif text:
            joined.append(segment)
            last = style
    return joined


def differing(before: Strip, after: Strip) -> tuple[int, int] | None:
    """The cells, from and to, in which two strips of the same width differ; None where they are alike."""
    old, new = _by_cell(before), _by_cell(after)
    if old is None or new is None or len(old) != len(new):
        return 0, after.cell_length
    apart = [x for x, (one, other) in enumerate(zip(old, new, strict=True)) if one != other]
    return (apart[0], apart[-1] + 1) if apart else None


def _by_cell(strip: Strip) -> list[tuple[str, Style | None]] | None:
    """Each cell's character and style; None where some character is not one cell."""
    if not all(is_simple(segment.text) for segment in strip):
        return None
    return [(character, segment.style) for segment in strip for character in segment.text]


class Layers(NamedTuple):
    """All that may lie over a row, besides the marks."""

    cursor: Span | None
    soft: Span | None
    hard: Span | None
    hits: Sequence[Span]
    structure: Sequence[tuple[int, int, str]]
    focus: int
    """The focused mark, or -1."""
    lit: Span | None
    """What stays bright; None: everything."""


def row_segments(text: str, start: int, end: int, pieces: Sequence[Piece], layers: Layers, look: Look) -> list[Segment]:
    """`text[start:end]` as segments, cut wherever something begins or ends."""
    lone = is_lone(text[start:end])
    if not lone:
        pieces = whole_pieces(text, pieces)
        layers = _whole(text, layers)
    cuts = {start, end}
    edges = _edges(text, start, end, pieces, cuts, lone=lone)
    cursor, soft, hard, hits, structure, focus, lit = layers
    covers = [span for span in (cursor, soft, hard, lit, *hits) if span is not None]
    covers = [span for span in covers if span.start < end and span.end > start]
    for first, last in [(span.start, span.end) for span in covers] + [(a, b) for a, b, _ in structure]:
        if first > start:
            cuts.add(min(first, end))
        if last < end:
            cuts.add(max(last, start))
    is_bare = not (covers or structure or focus >= 0 or lit is not None)
    styles = _styles(look)
    segments: list[Segment] = []
    begin = start
    for a, b in pairwise(sorted(cuts)):
        tags = tuple([tag for first, last, tag, _, _ in pieces if first <= a < last])
        what: Over | tuple[tuple[int, ...], int]
        if is_bare:
            what = tags, edges.get(a, -1)
        else:
            what = Over(
                tags,
                edges.get(a, -1),
                -1 if focus < 0 else next((p.tag for p in pieces if p.mark == focus and p.start <= a < p.end), -1),
                "hard" if _inside(hard, a) else "soft" if _inside(soft, a) else "",
                bool(hits) and any(hit.start <= a < hit.end for hit in hits),
                _inside(cursor, a),
                lit is not None and not _inside(lit, a),
                tuple([kind for first, last, kind in structure if first <= a < last]) if structure else (),
            )
        found = styles.get(what)
        if found is None:
            if len(styles) >= MOST_STYLES:
                styles.clear()
            found = styles[what] = style_of(look, what if isinstance(what, Over) else Over(*what))
        if segments and found is segments[-1].style:
            segments.pop()
        else:
            begin = a
        segments.append(Segment(text[begin:b] if lone else shown_text(text[begin:b]), found))
    return segments


def whole_pieces(text: str, pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces with all of the characters, as people see them, that they begin and end in: no part is drawn alone."""
    found = []
    for piece in pieces:
        start, end = whole(text, piece.start, piece.end)
        found.append(piece._replace(start=start, end=end))
    return found


def _whole(text: str, layers: Layers) -> Layers:
    """The same of whatever else lies over a row."""

    def span(part: Span | None) -> Span | None:
        return None if part is None else Span(*whole(text, part.start, part.end))

    return layers._replace(
        soft=span(layers.soft),
        hard=span(layers.hard),
        lit=span(layers.lit),
        hits=[Span(*whole(text, hit.start, hit.end)) for hit in layers.hits],
        structure=[(*whole(text, first, last), kind) for first, last, kind in layers.structure],
    )


def _inside(span: Span | None, offset: int) -> bool:
    return span is not None and span.start <= offset < span.end


def _edges(text: str, start: int, end: int, pieces: Sequence[Piece], cuts: set[int], *, lone: bool) -> dict[int, int]:
    """The tag of each code point of a row in the first or last cluster of a piece, the innermost piece's.

    Where pieces and these clusters begin and end is added to the cuts. `lone`: each code point is a cluster.
    """
    edges: dict[int, int] = {}
    for first, last, tag, _, _ in reversed(pieces):
        if start <= first < end:
            behind = first + 1 if lone else min(last, next_cluster(text, first))
            cuts.update((first, behind))
            for at in range(first, behind):
                edges.setdefault(at, tag)
        if start < last <= end:
            before = last - 1 if lone else max(first, previous_cluster(text, last))
            cuts.update((before, last))
            for at in range(before, last):
                edges.setdefault(at, tag)
    return edges
