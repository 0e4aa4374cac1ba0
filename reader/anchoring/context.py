"""What is kept beside an annotation's offsets: its words and what stands around them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reader.annotations.annotation import PIECES_JOINED_BY
from reader.documents.span import Span

CONTEXT = 32
"""Code points kept on each side: enough to tell repeated words apart, few enough to stay readable."""


class Words(NamedTuple):
    """The words of an annotation as the text has them."""

    quote: str
    """The pieces in order, joined by ` … `."""

    prefix: str
    """Up to 32 code points before the first piece."""

    suffix: str
    """Up to 32 code points after the last piece."""


def cut(text: str, fragments: Sequence[Span]) -> Words:
    """The words of `fragments` (one or more, in order, inside `text`) and the context on both sides."""
    start, end = fragments[0].start, fragments[-1].end
    return Words(
        quote=PIECES_JOINED_BY.join(span.cut(text) for span in fragments),
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
    )
