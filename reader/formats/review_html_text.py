"""An article as HTML with two layers of marks: one as lines below the words, the other as lines above them.

The text is in the page exactly as it is: all that is drawn beside it (letters, numbers) are attributes that the style
sheet shows, so that what is copied from the page is the article. A mark is an element, cut where another one begins or
ends inside it and goes on beyond; marks of one layer that overlap have lines at different heights.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator, Sequence
from heapq import heappop, heappush
from itertools import chain, pairwise
from typing import NamedTuple

from reader.documents.document import Layout, Structure
from reader.documents.graphemes import snap, snap_up
from reader.documents.normalise import safe
from reader.documents.paragraphs import Paragraphs, soft_breaks
from reader.documents.span import Span, merged
from reader.formats.review_report import Article
from reader.review.matching import shared

HEIGHTS = 5
"""Lines over each other in one layer; of a mark beyond that only the letter is seen."""

_SMALL = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_STYLED = {"emphasis": "em", "strong": "strong", "code": "code"}


class Drawn(NamedTuple):
    """A mark as it is drawn."""

    fragments: tuple[Span, ...]
    letter: str
    """Of its tag, with the letters of those who made it where that is not told by the side that the line is on."""

    tag: str
    """What the tag is called."""

    whose: str
    look: str
    """Classes of the style sheet: colour and line of the tag."""

    number: int
    """The number of the entry that it belongs to; 0 for none."""


class _Piece(NamedTuple):
    """A piece of a mark that is drawn."""

    span: Span
    side: str
    """`u`: below the words; `o`: above; `x`: without a line."""

    height: int
    """Of its line, from 1 at the words."""

    mark: Drawn
    part: int
    """Its number among several pieces; 0 where the mark is whole."""


class _Element(NamedTuple):
    start: int
    end: int
    opened: str
    """Its tag where it begins or goes on."""

    closed: str
    first: str = ""
    """What comes inside where it begins."""

    height: int = 0


def escaped(text: str) -> str:
    """Text for an element or an attribute in quotation marks; control characters become visible signs."""
    return html.escape(safe(text, lines=True))


def begins_with_title(article: Article) -> bool:
    """Whether the first paragraph is the title."""
    return article.text.lstrip().split("\n", 1)[0].strip() == article.document.title


def written(
    article: Article, below: Sequence[Drawn], above: Sequence[Drawn], key: str, added: Sequence[Drawn] = ()
) -> Iterator[tuple[Span, str]]:
    """Each paragraph and its HTML; together, with what lies between them, their text is the article's.

    Of the marks that were `added` only the letters are drawn. `key` tells the article's anchors from those of others:
    the first mark of entry 5 is at `t{key}-5` and leads to `d{key}-5`.
    """
    text, structure, layout = safe(article.text, lines=True), article.structure, article.document.layout
    layers = _pieces(text, below, "u"), _pieces(text, above, "o"), _pieces(text, added, "x")
    pieces = sorted(chain(*layers), key=lambda each: each.span.start)
    drawn = sorted(chain(_elements(pieces, key), _styled(structure)), key=lambda each: each.start)
    paragraphs = Paragraphs(text, layout)
    kinds = _kinds(structure)
    if begins_with_title(article):
        kinds[len(text) - len(text.lstrip())] = "title", ' role="heading" aria-level="2"'
    quoted = merged(Span(each.start, each.end) for each in structure if each.kind == "blockquote")
    begun: list[_Element] = []
    next_, at = 0, 0
    for paragraph in paragraphs:
        begun = [each for each in begun if each.end > paragraph.start]
        while next_ < len(drawn) and drawn[next_].start < paragraph.end:
            begun.append(drawn[next_])
            next_ += 1
        between = text[at : paragraph.start]
        words = paragraph.cut(text)
        at = paragraph.end
        if not words.strip(" \t\n"):
            yield paragraph, html.escape(between + words)
            continue
        breaks = _breaks(words, paragraph, paragraphs.width) if layout is Layout.BLOCKS else []
        inside = [each for each in begun if each.end > paragraph.start or each.start == paragraph.start]
        role, attributes = kinds.get(paragraph.start, ("quoted" if shared((paragraph,), quoted) else "", ""))
        classes = " ".join(filter(None, (role, _room(inside))))
        named = f' class="{classes}"' if classes else ""
        words = _nested(text, paragraph, [*inside, *breaks])
        yield paragraph, f'{html.escape(between)}<p dir="auto"{named}{attributes}>{words}</p>'


def _nested(text: str, paragraph: Span, elements: Sequence[_Element]) -> str:
    """The words of a paragraph in their elements, which are cut where they cross."""
    edges = {paragraph.start, paragraph.end}
    starting: dict[int, list[_Element]] = {}
    for each in elements:
        start = max(each.start, paragraph.start)
        edges |= {start, min(each.end, paragraph.end)}
        starting.setdefault(start, []).append(each)
    out: list[str] = []
    open_: list[_Element] = []
    for at, end in pairwise(sorted(edges)):
        keep = next((depth for depth, each in enumerate(open_) if each.end <= at), len(open_))
        out += (each.closed for each in reversed(open_[keep:]))
        again = [each for each in open_[keep:] if each.end > at]
        del open_[keep:]
        for each in sorted((*again, *starting.get(at, ())), key=lambda each: -each.end):
            out.append(each.opened)
            if each.start == at:
                out.append(each.first)
            if each.end > at:
                open_.append(each)
        out.append(html.escape(text[at:end]))
    out += (each.closed for each in reversed(open_))
    return "".join(out)


def _pieces(text: str, marks: Sequence[Drawn], side: str) -> Iterator[_Piece]:
    """The pieces of one layer, each at the lowest height that is free."""
    spans = sorted(
        (snap(text, span.start), -snap_up(text, span.end), number, part)
        for number, mark in enumerate(marks)
        for part, span in enumerate(mark.fragments, 1)
    )
    free: list[int] = []
    taken: list[tuple[int, int]] = []
    highest = 0
    for start, minus_end, number, part in spans:
        end = -minus_end
        # A mark that begins with a line break begins with the line below.
        while start < end - 1 and text[start] == "\n":
            start += 1
        while taken and taken[0][0] <= start:
            heappush(free, heappop(taken)[1])
        if not free:
            highest += 1
            free.append(highest)
        height = heappop(free)
        heappush(taken, (end, height))
        mark = marks[number]
        yield _Piece(Span(start, end), side, height, mark, part if len(mark.fragments) > 1 else 0)


def _elements(pieces: Sequence[_Piece], key: str) -> Iterator[_Element]:
    """The pieces as elements. Those that begin at one place and say the same have one letter together."""
    whose: dict[tuple[object, ...], dict[str, None]] = {}
    for each in pieces:
        whose.setdefault(_called(each), {})[each.mark.whose] = None
    anchored = set[int]()
    for each in pieces:
        people = whose.pop(_called(each), None)
        label = _label(each, people, key, anchored) if people is not None else ""
        start, side, height = each.span.start, each.side, each.height
        if height <= HEIGHTS and side != "x":
            opened = f'<span class="{side} {side}{height} {each.mark.look}">'
            yield _Element(start, each.span.end, opened, "</span>", label, height)
        elif label:
            yield _Element(start, start, "", "", f'<span class="{side} {each.mark.look}">{label}</span>')


def _called(piece: _Piece) -> tuple[object, ...]:
    return piece.span.start, piece.mark.letter, piece.mark.tag, piece.mark.number, piece.part


def _label(piece: _Piece, people: Iterable[str], key: str, anchored: set[int]) -> str:
    mark, number = piece.mark, piece.mark.number
    letter = escaped(mark.letter + (str(piece.part).translate(_SMALL) if piece.part else ""))
    part = f", piece {piece.part}" if piece.part else ""
    what = escaped(f"{mark.tag}{part}, {' and '.join(people)}")
    if not number:
        return f'<span class="n" data-l="{letter}" role="img" aria-label="{what}"></span>'
    anchor = "" if number in anchored else f' id="t{key}-{number}"'
    anchored.add(number)
    return (
        f'<a class="n"{anchor} href="#d{key}-{number}" data-l="{letter}" data-n="{number}"'
        f' aria-label="{number}, {what}"></a>'
    )


def _styled(structure: Sequence[Structure]) -> Iterator[_Element]:
    for each in structure:
        if each.kind in _STYLED:
            name = _STYLED[each.kind]
            yield _Element(each.start, each.end, f"<{name}>", f"</{name}>")


def _breaks(words: str, paragraph: Span, width: int) -> Iterator[_Element]:
    """The line breaks of a paragraph that was wrapped by hand: those that stand for a space are drawn as one."""
    for offset in soft_breaks(words, width):
        at = paragraph.start + offset
        yield _Element(at, at + 1, '<span class="s">', "</span>")


def _kinds(structure: Sequence[Structure]) -> dict[int, tuple[str, str]]:
    """What the paragraphs are that begin at these places, headings and items of lists: class and attributes."""
    kinds: dict[int, tuple[str, str]] = {}
    for each in structure:
        data = json.loads(each.data)
        if each.kind == "heading":
            level = max(1, min(4, int(data.get("level", 1)))) + 2
            kinds[each.start] = "heading", f' role="heading" aria-level="{level}"'
        elif each.kind == "list_item":
            marker = str(data.get("marker", "•"))
            kinds[each.start] = "item", f' data-l="{escaped("•" if marker in "-*+" else marker)}"'
    return kinds


def _room(elements: Sequence[_Element]) -> str:
    """The class of a paragraph that needs room for more than one line on each side: how many more."""
    sides = ([each.height for each in elements if each.opened.startswith(f'<span class="{side} ')] for side in "uo")
    more = sum(max(0, max(heights, default=0) - 1) for heights in sides)
    return f"more{more}" if more else ""
