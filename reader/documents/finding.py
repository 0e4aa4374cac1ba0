"""Finding words in a text: case, line breaks, the kind of quotation mark and of hyphen make no difference.

Hits are the leftmost ones that do not overlap, as `re.finditer` gives them, in code points. Nothing here looks
at more of a text than the range that is asked for and what one hit can take (`Finder.longest`) behind it, so that
whoever goes through a text of any length can do so a window at a time.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from reader.documents.span import Span

MOST_SPACE = 400
"""Code points of white space that two words of one hit may be apart."""

MOST_WORDS = 1_000
"""Code points of words that are looked for."""

_SAMPLE = 20_000
_RARE = 120
"""One letter in so many: looking at each place where a letter as rare stands is quicker than a pattern."""

_ALIKE = {
    **dict.fromkeys('"“”„‟«»', '["“”„‟«»]'),
    **dict.fromkeys("'‘’‚‛", "['‘’‚‛]"),
    **dict.fromkeys("-‐‑–—", "[-‐‑–—]"),
}
_IN_TWO_CASES = frozenset("abcdefghjlmnopqrtuvwxyz")
"""Letters that have no more than two forms: `i`, `k` and `s` are also the dotless i, the kelvin sign, the long s."""


def pattern(words: str) -> re.Pattern[str] | None:
    """What finds these words; None where there are none."""
    parts = ["".join(_ALIKE.get(character, re.escape(character)) for character in word) for word in words.split()]
    return re.compile(rf"\s{{1,{MOST_SPACE}}}".join(parts), re.IGNORECASE) if parts else None


class Finder:
    """Words that are looked for in one text.

    Python's own search, ignoring case, takes 7 ns a character, half a second for 50 MB. Where the first word has
    a letter that is rare in this text, `str.find` goes from one of these to the next, and only there the pattern
    is tried. That misses nothing: white space comes only behind the first word, and within a word each character
    of a hit stands for one of the words, so the hit has at the letter's place that letter, in one of its forms.
    """

    def __init__(self, sought: re.Pattern[str], words: str, text: str) -> None:
        self.pattern = sought
        self.text = text
        self.longest = len(words) + MOST_SPACE * (len(words.split()) - 1)
        """Code points that a hit can take at the most."""
        self._forms, self._place = _rarest(words.split()[0], text)

    @classmethod
    def of(cls, words: str, text: str) -> Finder | None:
        """What finds these words in that text; None where there are none."""
        words = unicodedata.normalize("NFC", words)[:MOST_WORDS]
        sought = pattern(words)
        return cls(sought, words, text) if sought is not None else None

    def hits(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Start and end of each hit that begins in a range; the first one may begin right at `start`."""
        if self._forms:
            yield from self._by_letter(start, end)
            return
        for found in self.pattern.finditer(self.text, start, min(len(self.text), end + self.longest)):
            if found.start() >= end:
                return
            yield found.span()

    def _by_letter(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        text, place, match = self.text, self._place, self.pattern.match
        low, high = start + place, end + place
        coming = [(text.find(form, low, high), form) for form in self._forms]
        coming = [each for each in coming if each[0] >= 0]
        while coming:
            at, form = min(coming)
            coming.remove((at, form))
            following = text.find(form, at + 1, high)
            if following >= 0:
                coming.append((following, form))
            if at < low:
                continue
            found = match(text, at - place)
            if found:
                yield found.span()
                low = found.end() + place


def within(sought: re.Pattern[str], text: str, start: int, end: int) -> tuple[Span, ...]:
    """The hits that lie in a stretch of text."""
    return tuple(Span(*found.span()) for found in sought.finditer(text, start, end))


def _rarest(word: str, text: str) -> tuple[tuple[str, ...], int]:
    """The forms of the letter of a word that is rarest in a text, and its place in the word; none if all are common."""
    middle = len(text) // 2
    sample = text[:_SAMPLE] + text[middle : middle + _SAMPLE] + text[-_SAMPLE:]
    counted: list[tuple[int, tuple[str, ...], int]] = []
    for place, letter in enumerate(word):
        if letter.lower() in _IN_TWO_CASES:
            forms: tuple[str, ...] = (letter.lower(), letter.upper())
        elif letter.lower() == letter == letter.upper() and letter not in _ALIKE:
            forms = (letter,)
        else:
            continue
        counted.append((sum(map(sample.count, forms)), forms, place))
    many, forms, place = min(counted, default=(len(sample), (), 0))
    return (forms, place) if many * _RARE <= len(sample) else ((), 0)
