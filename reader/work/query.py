"""What people type to search everything, as terms: words, “phrases”, `field:words`, each may be excluded by `-`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from reader.errors import UsageProblem

_QUOTES = {'"': '"', "“": '"“”„', "„": '“”"', "«": "»"}
"""What opens a phrase, and what may close it."""

# A colon that people mean as a field's: not that of a time or of a web address.
_FIELD = re.compile(r"([^\W\d][\w./'’-]*):(?!//)")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing asked for."""

    field: str
    """As it was typed; empty for words alone."""
    words: str
    """What stands behind it; empty where nothing does."""
    excluded: bool = False
    begins: bool = False
    """Whether the last word is only the beginning of one: `bridg*`."""

    @property
    def is_anything(self) -> bool:
        """Whether any value will do: `speaker:*`."""
        return self.begins and not self.words


def terms(typed: str, *, unfinished: bool = False) -> tuple[Term, ...]:
    """The terms of a query, in order.

    `unfinished`: somebody is still typing, and the last word may be the beginning of one. UsageProblem where nothing
    is asked for.
    """
    found: list[Term] = []
    at = _next(typed, 0)
    while at < len(typed):
        term, at = _term(typed, at)
        if term.field or term.words.strip():
            found.append(term)
        at = _next(typed, at)
    if not found:
        raise UsageProblem(
            "There is nothing to look for: give words, “a phrase”, or a field such as tag:quote or speaker:Kirby."
        )
    last = found[-1]
    if unfinished and typed[-1].isalnum() and not last.excluded:
        found[-1] = replace(last, begins=True)
    return tuple(found)


def _next(typed: str, at: int) -> int:
    while at < len(typed) and typed[at].isspace():
        at += 1
    return at


def _term(typed: str, at: int) -> tuple[Term, int]:
    excluded = typed[at] == "-" and at + 1 < len(typed) and not typed[at + 1].isspace()
    at += excluded
    field = ""
    named = _FIELD.match(typed, at)
    if named is not None:
        field, at = named[1], named.end()
    elif typed[at] in _QUOTES:
        # A field of several words: "on the record":yes
        name, end = _value(typed, at)
        if name.strip() and typed[end : end + 1] == ":":
            field, at = name, end + 1
    quoted = typed[at : at + 1] in _QUOTES
    words, at = _value(typed, at)
    begins = not quoted and words.endswith("*") and bool(field or words.rstrip("*"))
    return Term(field, words.rstrip("*") if begins else words, excluded, begins), at


def _value(typed: str, at: int) -> tuple[str, int]:
    """The words that begin here, and where they end: a phrase up to its closing mark, else up to a space."""
    closing = _QUOTES.get(typed[at : at + 1])
    start = at + 1 if closing else at
    end = start
    while end < len(typed) and not (typed[end] in closing if closing else typed[end].isspace()):
        end += 1
    return typed[start:end], end + 1 if closing and end < len(typed) else end
