"""What goes between the reading screen and those of searching: nothing else of them is loaded before it is needed."""

from __future__ import annotations

from typing import NamedTuple

from reader.documents.span import Span

NOWHERE = Span(0, 0)
"""No place in particular."""


class Target(NamedTuple):
    """Where somebody wants to go."""

    document: str
    """UUID of the article."""
    span: Span
    """What is to be seen there; `NOWHERE` for the article as a whole."""
    opens_note: bool = False
    """Whether it is one's own note on the article, to be opened there."""
    says: str = ""
    """What is to be said there."""


class Searched(NamedTuple):
    """What was looked for last."""

    query: str = ""
    hit: int = 0
    """Which hit was chosen."""


class Sought(NamedTuple):
    """Words whose occurrences are wanted."""

    words: str
    whole: bool = True
    """Whether only whole words count."""
