"""Where somebody is in a text, drawn in the text: `The [[m]{cursor}oon]{soft} is`."""

from __future__ import annotations

from reader.documents.graphemes import next_cluster
from reader.documents.paragraphs import Paragraphs, layout_of
from reader.documents.segment import Segments
from reader.documents.span import Span
from reader.tui.reading.selected import Selected
from tests.marks import drawn, marked


def segmented(text: str) -> Segments:
    return Segments(text, Paragraphs(text, layout_of(text)))


def place(written: str) -> tuple[str, Selected]:
    """The text, and what is drawn in it; the cursor is at the start of what is selected unless drawn elsewhere."""
    text, marks = marked(written)
    spans = {label: pieces[0] for pieces, label in marks}
    soft, hard = spans.get("soft"), spans.get("hard")
    at = spans.get("cursor") or hard or soft or Span(0, 0)
    return text, Selected(cursor=at.start, soft=soft, hard=hard)


def seen(text: str, now: Selected) -> str:
    """The same the other way round."""
    shown: list[tuple[tuple[Span, ...], str]] = [
        ((span,), label) for label, span in (("soft", now.soft), ("hard", now.hard)) if span is not None
    ]
    if not shown or shown[0][0][0].start != now.cursor:
        shown.insert(0, ((Span(now.cursor, next_cluster(text, now.cursor)),), "cursor"))
    return drawn(text, shown)
