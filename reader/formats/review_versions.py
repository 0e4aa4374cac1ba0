"""The words of a mark as a report quotes them: what only this one has stands out, what is long is cut in the middle."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reader.annotations.annotation import PIECES_JOINED_BY
from reader.documents.span import Span, merged
from reader.formats.review_report import Article, Entry, Mark
from reader.review.matching import shared

LONGEST = 320
"""Code points of a run of words that are quoted in full."""

ENDS = 120
"""Code points that are left at each end of a longer one."""

LEFT_OUT = " […] "

SHORT = 40
"""Code points of a mark up to which one needs to see what stands around it to know what it is about."""


_OPENING, _CLOSING = frozenset("“\"„«‘'"), frozenset("”\"“»’'")


class Run(NamedTuple):
    """Words that stand together."""

    text: str
    only: bool = False
    """Whether nobody else has marked them here."""


Quoted = tuple[Mark, tuple[Run, ...]]
"""A mark and its words."""


def of_side(article: Article, entry: Entry, side: int) -> list[Quoted]:
    """The marks of one side (its place), with the words that the others have not marked there standing out."""
    others = [mark for number, marks in enumerate(entry.sides) if number != side for mark in marks]
    compared = merged(span for mark in others or entry.final for span in mark.fragments)
    return [(mark, _as_it_was(mark) if entry.gone else _runs(article, mark, compared)) for mark in entry.sides[side]]


def of_final(article: Article, entry: Entry) -> list[Quoted]:
    """What came of it and is not just what a side has marked."""
    theirs = [_told(mark) for mark in entry.marks]
    return [(mark, _runs(article, mark, ())) for mark in entry.final if _told(mark) not in theirs]


def around(mark: Mark) -> tuple[str, str]:
    """Some words before and after a mark that is too short to be understood alone; nothing for a longer one."""
    if len(mark.text) >= SHORT:
        return "", ""
    before = mark.before.split(maxsplit=1)[-1] if len(mark.before.split()) > 1 else mark.before
    after = mark.after.rsplit(maxsplit=1)[0] if len(mark.after.split()) > 1 else mark.after
    return before and f"…{before}", after and f"{after}…"


def is_in_quotation_marks(mark: Mark) -> bool:
    """Whether the words bring their quotation marks along."""
    return mark.text[:1] in _OPENING and mark.text[-1:] in _CLOSING


def _told(mark: Mark) -> tuple[object, ...]:
    """All that a mark says."""
    return mark.tag, mark.fragments, mark.note, mark.attributes


def _as_it_was(mark: Mark) -> tuple[Run, ...]:
    return (Run(shortened(mark.text)),)


def _runs(article: Article, mark: Mark, compared: tuple[Span, ...]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for number, piece in enumerate(mark.fragments):
        if number:
            runs.append(Run(PIECES_JOINED_BY))
        runs += (Run(shortened(span.cut(article.text)), only) for span, only in _parts(piece, compared))
    return tuple(runs)


def _parts(piece: Span, others: tuple[Span, ...]) -> Iterator[tuple[Span, bool]]:
    """The piece cut where the others begin and end; all of it as it is where there are none."""
    if not others:
        yield piece, False
        return
    at = piece.start
    for span in shared((piece,), others):
        if at < span.start:
            yield Span(at, span.start), True
        yield span, False
        at = span.end
    if at < piece.end:
        yield Span(at, piece.end), True


def shortened(text: str) -> str:
    """The text, cut in the middle where it is long."""
    return text if len(text) <= LONGEST else f"{text[:ENDS].rstrip()}{LEFT_OUT}{text[-ENDS:].lstrip()}"
