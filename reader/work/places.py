"""Where words stand in a text as whole words: case, accents, line breaks and kinds of quotation marks don't matter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import merge
from itertools import chain

from reader.documents import finding
from reader.documents.graphemes import FIRST_JOINING, splits
from reader.documents.span import Span

WINDOW = 1 << 16
"""Code points looked through at once, so that another thread gets its turn."""

_REACH = 4096
"""Code points by which a hit may reach beyond the window that it begins in."""

_ACCENTED = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
# Here words stand without spaces between them: what the search tables take for a word is a whole line.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


@dataclass(frozen=True, slots=True)
class Sought:
    """Words that are looked for, as `sought` makes them."""

    words: str
    begins: bool
    """Whether the last word is only the beginning of one."""
    pattern: re.Pattern[str]
    starts_whole: bool
    """Whether no letter may stand before it…"""
    ends_whole: bool
    """… and none behind it."""

    @property
    def is_indexed(self) -> bool:
        """Whether the search tables can find it; else only looking at every text does."""
        return any(map(str.isalnum, self.words)) and _UNSPACED.search(self.words) is None


def sought(words: str, *, begins: bool = False, whole: bool = True) -> Sought | None:
    """What finds these words; None where there are none. `whole`: not inside longer words."""
    plain = " ".join(map(_bare, words.split()))
    if not plain:
        return None
    spaced = whole and _UNSPACED.search(plain) is None
    pattern = r"\s+".join("".join(map(_class, word)) for word in plain.split(" "))
    if begins and spaced and _is_letter(plain[-1]):
        pattern += r"[^\W_]*"
    return Sought(
        plain,
        begins,
        re.compile(pattern),
        starts_whole=spaced and _is_letter(plain[0]),
        ends_whole=spaced and _is_letter(plain[-1]),
    )


def _bare(word: str) -> str:
    """The word without the accents of Latin letters."""
    return _ACCENTED.sub(lambda found: _letter(found[0]), word)


@cache
def _letter(accented: str) -> str:
    apart = unicodedata.normalize("NFD", accented)
    return apart[0] if apart[0].isascii() else accented


@cache
def _class(character: str) -> str:
    """What is taken for a character of the query: every spelling is written out, which is found in half the time."""
    if not character.isalpha():
        pattern = finding.pattern(character)
        return pattern.pattern if pattern is not None else re.escape(character)
    spellings = {character, character.lower(), character.upper(), character.title(), character.casefold()}
    spellings.update(_accents().get(character.lower(), ()))
    return f"[{''.join(sorted(each for each in spellings if len(each) == 1))}]"


@cache
def _accents() -> dict[str, list[str]]:
    """The letters with accents, small and capital, by the small letter that they are without."""
    found: dict[str, list[str]] = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        found.setdefault(_letter(chr(code)).lower(), []).append(chr(code))
    return found


def places(each: Sought, text: str) -> Iterator[Span]:
    """Where it stands in a text, one behind the other, found as they are asked for."""
    search, at, length = each.pattern.search, 0, len(text)
    window = WINDOW
    while at < length:
        found = search(text, at, window + _REACH)
        if found is None or found.start() >= window:
            at, window = max(at, window), window + WINDOW
            continue
        start, end = found.span()
        while each.begins and end < length and text[end] >= FIRST_JOINING and _is_letter(text[end]):
            end += 1
        if (
            end == start
            or (each.starts_whole and start and _is_letter(text[start - 1]))
            or (each.ends_whole and end < length and _is_letter(text[end]))
            # A character goes on there, with a vowel sign, say: what begins or ends there is another word.
            or splits(text, start)
            or splits(text, end)
        ):
            at = start + 1
        else:
            yield Span(start, end)
            at = end


def _is_letter(character: str) -> bool:
    """Whether it is part of a word: a letter, a digit, or a sign on one."""
    return character.isalnum() or (character >= FIRST_JOINING and unicodedata.category(character)[0] == "M")


def all_places(several: Sequence[Sought], text: str) -> Iterator[Span]:
    """Where any of them stands in a text, in order; what lies in the hit before is left out."""
    return _in_order([places(each, text) for each in several])


def places_of_all(several: Sequence[Sought], text: str) -> Iterator[Span]:
    """The same where each of them stands in the text; else nothing."""
    found: list[Iterator[Span]] = []
    for each in several:
        spans = places(each, text)
        first = next(spans, None)
        if first is None:
            return iter(())
        found.append(chain((first,), spans))
    return _in_order(found)


def _in_order(several: Sequence[Iterator[Span]]) -> Iterator[Span]:
    if len(several) == 1:
        yield from several[0]
        return
    reached = 0
    for span in merge(*several):
        if span.end > reached:
            yield span
            reached = span.end


def has_all(several: Sequence[Sought], text: str) -> bool:
    """Whether each of them stands in a text."""
    return all(any(True for _ in places(each, text)) for each in several)


def has_any(several: Sequence[Sought], text: str) -> bool:
    """Whether one of them stands in a text."""
    return any(any(True for _ in places(each, text)) for each in several)
