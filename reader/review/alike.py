"""Differences that are the same difference in other places: decided once, decided for all."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from reader.annotations.annotation import Annotation
from reader.documents.folding import folded
from reader.documents.span import Span
from reader.review.differences import Difference, Kind, apart


def signature(difference: Difference, text: str) -> Hashable:
    """Equal for differences that one decision fits: the same kind and tags, and the same words that differ.

    Words are the same whatever their capitals and quotation marks; those that differ only by signs (quotation marks,
    a full stop, space) are all alike.
    """
    tags = tuple(sorted({mark.tag for mark in difference.a})), tuple(sorted({mark.tag for mark in difference.b}))
    kind = difference.kind
    if kind in (Kind.ONLY_A, Kind.ONLY_B):
        return kind, tags, tuple(_words(mark, text) for mark in (*difference.a, *difference.b))
    if kind is Kind.TAG:
        return kind, tags, difference.edges, _margins(difference, text)
    said = tuple((name, _values(difference.a, name), _values(difference.b, name)) for name in difference.said)
    return kind, tags, said, _margins(difference, text)


def _margins(difference: Difference, text: str) -> Hashable:
    """What only the one and only the other has marked, where it is more than signs; which of them has more."""
    a, b = apart(difference)
    return _said(a, text), _said(b, text)


def _said(spans: Sequence[Span], text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_plain(span.cut(text)) for span in spans))


def _words(mark: Annotation, text: str) -> tuple[str, ...]:
    return tuple(folded(span.cut(text)) for span in mark.fragments)


def _values(marks: Sequence[Annotation], name: str) -> tuple[tuple[str, ...], ...]:
    return tuple((mark.note,) if name == "note" else tuple(mark.attributes.get(name, ())) for mark in marks)


def _plain(words: str) -> str:
    """The words without capitals, signs at their ends and space; empty where there are only signs."""
    plain = folded(words)
    inside = [at for at, character in enumerate(plain) if character.isalnum()]
    return plain[inside[0] : inside[-1] + 1] if inside else ""
