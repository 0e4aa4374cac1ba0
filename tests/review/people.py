"""Two people's marks on one text, written into it."""

from __future__ import annotations

from collections.abc import Mapping

from reader.annotations.annotation import Annotation
from reader.documents.span import Span
from tests.marks import marked


def mark(
    id_: str,
    tag: str,
    fragments: tuple[Span, ...],
    text: str,
    note: str = "",
    attributes: Mapping[str, tuple[str, ...]] | None = None,
    annotator: str = "",
) -> Annotation:
    words = " … ".join(span.cut(text) for span in fragments)
    return Annotation(
        id_, "d", annotator, annotator, tag, 1, fragments, words, "", "", note, "", "", attributes or {}
    )  # fmt: skip


def marks_of(name: str, written: str) -> tuple[str, list[Annotation]]:
    """The text, and the marks in it; each has the id `name` and its number."""
    text, found = marked(written)
    return text, [mark(f"{name}{i}", tag, pieces, text, annotator=name) for i, (pieces, tag) in enumerate(found)]
