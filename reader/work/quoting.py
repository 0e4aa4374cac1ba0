"""Finding words in a text by the words themselves."""

from __future__ import annotations

from collections.abc import Iterator

from reader.documents.normalise import canonical
from reader.documents.span import Span
from reader.errors import NotFound, Refused

# One character for one character, so that an offset in the folded text is one in the text.
_FOLDED = str.maketrans({
    **dict.fromkeys("“”„‟«»", '"'), **dict.fromkeys("‘’‚‛‹›", "'"), **dict.fromkeys("‐‑‒–—―", "-"),
    **dict.fromkeys("\n\t\u00a0\u2007\u2009\u202f", " "),
})  # fmt: skip


def locate(text: str, quote: str, occurrence: int | None = None) -> Span:
    """Where exactly these words stand; `occurrence` (from 1) says which, where they stand several times.

    NotFound where they do not (the sentence says so where only quotation marks, dashes or spaces differ), Refused
    where it is not said which of several is meant.
    """
    wanted = _wanted(quote)
    places = list(_places(text, wanted))
    if not places:
        raise NotFound(_missing(text, wanted))
    if occurrence is None:
        if len(places) > 1:
            raise Refused(
                f"“{_short(wanted)}” stands {len(places)} times in the text: say which (1–{len(places)}),"
                " or give more words."
            )
        occurrence = 1
    if not 1 <= occurrence <= len(places):
        raise NotFound(f"“{_short(wanted)}” stands {_times(len(places))} in the text: there is no number {occurrence}.")
    return Span(places[occurrence - 1], places[occurrence - 1] + len(wanted))


def occurrences(text: str, quote: str) -> tuple[Span, ...]:
    """Every place where these words stand as whole words, one behind the other, in the same spelling.

    NotFound where there is none; the sentence says what comes close.
    """
    wanted = _wanted(quote)
    found: list[Span] = []
    for start in _places(text, wanted):
        span = Span(start, start + len(wanted))
        if (not found or start >= found[-1].end) and not _cuts_word(text, span):
            found.append(span)
    if not found:
        raise NotFound(_missing(text, wanted))
    return tuple(found)


def _wanted(quote: str) -> str:
    """The words as a canonical text has them."""
    wanted = canonical(quote)[0]
    if not wanted.strip():
        raise Refused("There are no words to look for: give the exact words of the article.")
    return wanted


def _places(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def _cuts_word(text: str, span: Span) -> bool:
    before, after = text[max(0, span.start - 1) : span.start + 1], text[span.end - 1 : span.end + 1]
    return any(len(pair) == 2 and all(char.isalnum() for char in pair) for pair in (before, after))


def _missing(text: str, wanted: str) -> str:
    if wanted in text:
        return f"“{_short(wanted)}” stands in the text only inside longer words: give whole words."
    at = text.translate(_FOLDED).find(wanted.translate(_FOLDED))
    if at >= 0:
        there = _short(text[at : at + len(wanted)])
        return f"The text has these words with other quotation marks, dashes or spaces: copy them exactly, “{there}”."
    at = text.casefold().find(wanted.casefold())
    if at >= 0:
        return f"The text has “{_short(wanted)}” only with other capitals: copy the words exactly."
    return f"“{_short(wanted)}” is not in the text: copy the words exactly, without changing or leaving out any."


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 60 else f"{line[:59]}…"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
