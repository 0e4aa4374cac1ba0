"""A text cut into words and signs, folded so that capitals, quotation marks, dashes and spaces make no difference."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from reader.documents.span import Span

# Scripts that put no space between words: each character is a word of its own.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f"
_UNSPACED += "\U00020000-\U0003fffd"
_TOKEN = rf"[^\W{_UNSPACED}]+|\S"

# One character for one character, so that an offset in the folded text is one in the text.
_ALIKE = str.maketrans({
    **dict.fromkeys("“”„‟«»", '"'), **dict.fromkeys("‘’‚‛‹›ʼ", "'"), **dict.fromkeys("‐‑‒–—―", "-"),
    **dict.fromkeys("\n\t\u00a0\u2007\u2009\u202f", " "),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words and signs of a text in order; the space between them is none of them."""

    text: str
    folded: str
    """Character for character the text, in small letters and with plain quotation marks, dashes and spaces."""

    words: list[str]
    """The folded tokens; a sign that stands after a space has one in front, so that “ and ” differ also as `"`."""

    starts: array[int]
    """`q`: the code point where each begins."""

    ends: array[int]
    """`q`: the code point after each."""

    def __len__(self) -> int:
        return len(self.words)

    def within(self, span: Span) -> range:
        """The tokens that share a code point with the span."""
        return range(bisect_right(self.ends, span.start), bisect_left(self.starts, span.end))

    def space_before(self, index: int) -> str:
        """What stands between a token and the one before it."""
        return self.text[self.ends[index - 1] if index else 0 : self.starts[index]]

    def space_after(self, index: int) -> str:
        """What stands between a token and the next one."""
        return self.text[self.ends[index] : self.starts[index + 1] if index + 1 < len(self) else len(self.text)]


def tokens(text: str) -> Tokens:
    """The tokens of a text."""
    folded = fold(text)
    words: list[str] = []
    starts, ends = array("q"), array("q")
    last = -1
    for found in re.finditer(_TOKEN, folded):
        start, end = found.span()
        word = found[0]
        words.append(word if start == last or word.isalnum() else f" {word}")
        starts.append(start)
        ends.append(end)
        last = end
    return Tokens(text, folded, words, starts, ends)


def fold(text: str) -> str:
    """The text in small letters and with plain quotation marks, dashes and spaces, character for character."""
    folded = text.translate(_ALIKE)
    small = folded.lower()
    if len(small) == len(folded):
        return small
    # Of a few letters the small one is two characters: those stay as they are.
    return "".join(low if len(low := char.lower()) == 1 else char for char in folded)
