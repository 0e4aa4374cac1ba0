"""Sentences of a stretch of text, given the quotations in it. Offsets are code points of that stretch."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reader.documents.quotations import is_mark, quoted, without_marks
from reader.documents.span import Span
from reader.documents.words import count_words, may_part, words

QUOTED_SENTENCE = 4
"""Words from which a quotation may hold sentences of its own."""

# Searched for by `re.search`, which compiles them when first used: not at import, before the first paint.
_SPEECH = (
    r"(?:\w[\w.'’-]*,?\s+){0,4}?(?:said|says|asked|asks|added|adds|told|tells|replied|replies|wrote|writes|shouted|cried|"
    r"exclaimed|answered|continued|insisted|demanded|recalled|tweeted|explained|warned|argued|wondered|quipped|joked)\b"
)
_ASKED = r"[!?…—–。！？-][\"”’»」』]+\s*$"
_LONGEST_CLOSE = 40
"""Code points at the end of a sentence in which `_ASKED` is sought."""

_MAY_END_INSIDE = r"[^\w\s,'’“”\"()（），、–—-](?s:.)"
"""What a text has at least that the finder would part: a sign of another kind, and something behind it."""


def sentences(text: str, found: Sequence[Span], soft: Sequence[int], language: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, without the space around it.

    `found` are the quotations, `soft` the line breaks that stand for a space. The finder sees one kind of mark,
    well paired, whatever the author typed; where a quotation holds several sentences it is cut between them, and
    a mark whose partner is in another sentence is not part of this one.
    """
    plain = _plain(text, found, soft)
    outer = [0]
    for start, end in _lines(plain):
        outer += [start, *(start + cut for cut in _boundaries(plain[start:end], language)), end]
    outer.append(len(text))
    cuts: set[int] = set()
    last = 0
    for span in found:
        cuts.update(outer[last : bisect_right(outer, span.start, last)])
        last = bisect_left(outer, span.end, last)
        cuts.update(_inside(text, plain, span, language))
    cuts.update(outer[last:])
    starts, ends = {span.start: span.end for span in found}, {span.end: span.start for span in found}
    bare = (_without_lone_marks(text, *span, starts, ends) for span in _joined(text, sorted(cuts)))
    return [(start, end) for start, end in bare if start < end]


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without the white space at its ends."""
    if start < end and text[start].isspace():
        found = re.compile(r"\S").search(text, start, end)
        start = found.start() if found else end
    reach = 64
    while start < end and text[end - 1].isspace():
        low = max(start, end - reach)
        end = low + len(text[low:end].rstrip())
        reach *= 4
    return start, end


def _inside(text: str, plain: str, span: Span, language: str) -> Iterator[int]:
    """Where the sentences inside a quotation are cut."""
    inner = quoted(span, text)
    inside = plain[inner.start : inner.end]
    may_end = re.search(_MAY_END_INSIDE, inside)
    if not (may_end or "\n" in inside) or count_words(inner.cut(text)) < QUOTED_SENTENCE:
        return
    for start, end in _lines(inside):
        if may_end:
            yield from (inner.start + start + cut for cut in _boundaries(inside[start:end], language) if cut)
        yield from (inner.start + edge for edge in (start, end) if 0 < edge < len(inside))


def _joined(text: str, cuts: list[int]) -> list[tuple[int, int]]:
    """What lies between the cuts, without space around it; what is no sentence of its own with the one before."""
    out: list[tuple[int, int]] = []
    for start, end in pairwise(_between_words(text, cuts)):
        start, end = trimmed(text, start, end)
        if out and _goes_on(text, *out[-1], start, end):
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        elif start < end:
            out.append((start, end))
    return out


def _between_words(text: str, cuts: list[int]) -> list[int]:
    """The cuts that part no word."""
    doubtful = [cut for cut in cuts[1:-1] if may_part(text, cut)]
    if not doubtful:
        return cuts
    all_words = words(text)
    starts = [start for start, _ in all_words]
    inside = set()
    for cut in doubtful:
        place = bisect_left(starts, cut) - 1
        if place >= 0 and cut < all_words[place][1]:
            inside.add(cut)
    return [cut for cut in cuts if cut not in inside]


def _boundaries(text: str, language: str) -> list[int]:
    """Where sentences begin, by the finder."""
    if not text.strip():
        return []
    from sentencex import get_sentence_boundaries

    return [int(found["start_index"]) for found in get_sentence_boundaries(language or "en", text)]


def _plain(text: str, found: Sequence[Span], soft: Sequence[int]) -> str:
    """The text with the same length and only curly pairs of marks: what the sentence finder is good at."""
    chars = list(without_marks(text))
    for offset in soft:
        chars[offset] = " "
    for span in found:
        if is_mark(text[span.end - 1]) or text[span.end - 1] in "'’":
            chars[span.start], chars[span.end - 1] = "“", "”"
    return "".join(chars)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each line; the break belongs to neither."""
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _goes_on(text: str, before_start: int, before_end: int, start: int, end: int) -> bool:
    """Whether a range is no sentence of its own: without a word, or only who asked or shouted what was quoted."""
    if not re.compile(r"\w").search(text, start, end):
        return start < end
    if not re.search(_ASKED, text[max(before_start, before_end - _LONGEST_CLOSE) : before_end]):
        return False
    return before_end == start or bool(re.compile(_SPEECH).match(text, start, end))


def _without_lone_marks(
    text: str, start: int, end: int, starts: dict[int, int], ends: dict[int, int]
) -> tuple[int, int]:
    """The sentence without marks at its edges whose partner it does not hold."""
    whole = end
    while start < end and is_mark(text[start]) and not starts.get(start, whole + 1) <= whole:
        start += 1
    while start < end and is_mark(text[end - 1]) and not ends.get(end, -1) >= start:
        end -= 1
    return trimmed(text, start, end)
