"""Words, sentences and quotations, found paragraph by paragraph and only where somebody looks.

All spans are in code points of the whole text, in order, and lie inside their paragraph. A paragraph of
more than `WINDOW` code points is looked at in windows of about that size, cut after a sentence where one ends
nearby, so that `at` and a call with `within` cost one window or two however long the paragraph is; a sentence
or quotation that lies across such a cut comes in two. `next` and `previous` look on until they find one: in a
text without any they go through all of it. A call for a whole paragraph without `within` looks at all its
windows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from reader.documents.graphemes import snap
from reader.documents.paragraphs import Paragraphs, soft_breaks
from reader.documents.quotations import begins_with_mark, first_mark, is_mark, quotations, quoted, without_marks
from reader.documents.span import Span
from reader.documents.unit import Unit

__all__ = ["WINDOW", "Segments", "Unit", "count_words"]

WINDOW = 10_000
"""Code points that are looked at at once."""

REMEMBERED = 512
"""Windows whose units are kept."""

_NEARBY = 2_000
_SENTENCE_END = re.compile(r"[.!?…。！？]+[\"”’»)\]]*\s+")
_SPACE = re.compile(r"\s+")
_WIDE = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
_WIDE += "\uf900-\ufaff\uff66-\uff9f"
_WIDE += "\U00016fe0-\U00018d08\U0001b000-\U0001b16f\U00020000-\U0003fffd"
# Searched for by `re.search`, which compiles them when first used: not at import, before the first paint.
_MAY_HOLD_MARKS = (
    "[\u0300-\u1dff\u20d0-\u20f0\u2cef-\u2cf1\u2de0-\u2dff\u302a-\u302f\u3099\u309a\ua66f-\uabef"
    "\ufb1e\ufe00-\ufe2f\U000101fd-\U0001e94a]"
)
_SPEECH = (
    r"(?:\w[\w.'’-]*,?\s+){0,4}?(?:said|says|asked|asks|added|adds|told|tells|replied|replies|wrote|writes|shouted|cried|"
    r"exclaimed|answered|continued|insisted|demanded|recalled|tweeted|explained|warned|argued|wondered|quipped|joked)\b"
)
_ASKED = r"[!?…—–。！？-][\"”’»」』]+\s*$"


class Segments:
    """The units of a text, found when asked for."""

    def __init__(self, text: str, paragraphs: Paragraphs, language: str = "en") -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.language = language
        self._windows = lru_cache(REMEMBERED)(self._find_windows)
        self._units = lru_cache(REMEMBERED)(self._find_units)

    def words(self, index: int, within: Span | None = None) -> tuple[Span, ...]:
        """The words of a paragraph; only those of the windows that touch `within`, where it is given."""
        return self._all(Unit.WORD, index, within)

    def sentences(self, index: int, within: Span | None = None) -> tuple[Span, ...]:
        """The sentences of a paragraph, without the space around them."""
        return self._all(Unit.SENTENCE, index, within)

    def quotations(self, index: int, within: Span | None = None) -> tuple[Span, ...]:
        """The quotations of a paragraph, with their marks."""
        return self._all(Unit.QUOTATION, index, within)

    def at(self, unit: Unit, offset: int) -> Span | None:
        """The unit that `offset` is in, or belongs to.

        On a mark or a stop that no word holds: the word it stands at. Between sentences: the one that
        begins next in the paragraph, else the last one. None where the place has no such unit.
        """
        window = self._window_at(offset)
        found = self._units(unit, *window)
        for span in found:
            if span.contains(offset):
                return span
        if unit is Unit.SENTENCE and found:
            return next((span for span in found if span.start > offset), found[-1])
        if unit is Unit.WORD:
            return self._word_beside(found, offset)
        if unit is Unit.QUOTED:
            around = self.at(Unit.QUOTATION, offset)
            return next((span for span in found if around and around.covers(span)), None)
        return None

    def next(self, unit: Unit, offset: int, minimum_words: int = 0) -> Span | None:
        """The first unit that begins after `offset` and has at least so many words; None at the end."""
        for span in self._after(unit, offset):
            if span.start > offset and self._has_words(span, minimum_words):
                return span
        return None

    def previous(self, unit: Unit, offset: int, minimum_words: int = 0) -> Span | None:
        """The last unit that begins before `offset` and has at least so many words; None at the top."""
        for index in range(self.paragraphs.at(offset), -1, -1):
            for window in reversed(self._windows(index)):
                if window[0] >= offset or not self._may_hold(unit, window):
                    continue
                for span in reversed(self._units(unit, *window)):
                    if span.start < offset and self._has_words(span, minimum_words):
                        return span
        return None

    def _after(self, unit: Unit, offset: int) -> Iterator[Span]:
        """The units of the windows from the one at `offset` on."""
        index = self.paragraphs.at(max(0, offset))
        while index < len(self.paragraphs):
            for window in self._windows(index):
                if window[1] > offset and self._may_hold(unit, window):
                    yield from self._units(unit, *window)
            index += 1
            if unit in (Unit.QUOTATION, Unit.QUOTED) and index < len(self.paragraphs):
                mark = first_mark(self.text, self.paragraphs.starts[index], len(self.text))
                if mark < 0:
                    return
                index = self.paragraphs.at(mark)

    def _may_hold(self, unit: Unit, window: tuple[int, int, int]) -> bool:
        """Whether it is worth looking for such units there."""
        start, end, _ = window
        return unit not in (Unit.QUOTATION, Unit.QUOTED) or first_mark(self.text, start, end) >= 0

    def _has_words(self, span: Span, minimum: int) -> bool:
        if minimum <= 1:
            return True
        beginning = self.text[span.start : min(span.end, span.start + minimum * _NEARBY)]
        return count_words(beginning) >= minimum

    def _all(self, unit: Unit, index: int, within: Span | None) -> tuple[Span, ...]:
        windows = self._windows(index)
        if within is not None:
            windows = tuple(window for window in windows if window[0] < within.end and within.start <= window[1])
        if len(windows) == 1:
            return self._units(unit, *windows[0])
        return tuple(span for window in windows for span in self._units(unit, *window))

    def _window_at(self, offset: int) -> tuple[int, int, int]:
        windows = self._windows(self.paragraphs.at(offset))
        return next((window for window in windows if offset < window[1]), windows[-1])

    def _find_windows(self, index: int) -> tuple[tuple[int, int, int], ...]:
        """Start, end and paragraph of each piece that is looked at at once."""
        start, end = self.paragraphs.starts[index], self.paragraphs.ends[index]
        cuts = [start]
        for target in range(start + WINDOW, end - _NEARBY, WINDOW):
            nearby = min(target + _NEARBY, end)
            found = _SENTENCE_END.search(self.text, target, nearby) or _SPACE.search(self.text, target, nearby)
            last = cuts[-1]
            cuts.append(found.end() if found else last + snap(self.text[last:nearby], target - last))
        cuts.append(end)
        return tuple((one, other, index) for one, other in pairwise(cuts))

    def _find_units(self, unit: Unit, start: int, end: int, index: int) -> tuple[Span, ...]:
        if unit is Unit.PARAGRAPH:
            whole = _trimmed(self.text, self.paragraphs.starts[index], self.paragraphs.ends[index])
            return (whole,) if len(whole) and start == self.paragraphs.starts[index] else ()
        if unit is Unit.QUOTED:
            return tuple(
                inside
                for span in self._units(Unit.QUOTATION, start, end, index)
                if len(inside := quoted(span, self.text))
            )
        piece = self.text[start:end]
        if unit is Unit.WORD:
            return tuple(Span(start + one, start + other) for one, other in _words(piece))
        found = quotations(piece, runs_on=end == self.paragraphs.ends[index] and self._runs_on(index))
        if unit is Unit.SENTENCE:
            width = self.paragraphs.width
            found = tuple(_sentences(piece, found, soft_breaks(piece, width) if width else (), self.language))
        return tuple(Span(start + span.start, start + span.end) for span in found)

    def _runs_on(self, index: int) -> bool:
        """Whether the next paragraph that is not blank begins with an opening mark."""
        for following in range(index + 1, min(index + 4, len(self.paragraphs))):
            start, end = self.paragraphs.starts[following], self.paragraphs.ends[following]
            if self.text[start:end].strip():
                return begins_with_mark(self.text, start, end)
        return False

    def _word_beside(self, words: tuple[Span, ...], offset: int) -> Span | None:
        """The word that begins, else the one that ends, with no space between it and `offset`."""
        if offset >= len(self.text) or self.text[offset].isspace():
            return next((span for span in words if span.end == offset), None)
        after = next((span for span in words if span.start > offset), None)
        if after and not _SPACE.search(self.text, offset, after.start):
            return after
        before = next((span for span in reversed(words) if span.end <= offset), None)
        return before if before and not _SPACE.search(self.text, before.end, offset) else None


def count_words(text: str) -> int:
    """How many words a text has."""
    return len(_word_pattern(bool(re.search(_MAY_HOLD_MARKS, text))).findall(text))


def _words(text: str) -> list[tuple[int, int]]:
    """Start and end of each word."""
    return [found.span() for found in _word_pattern(bool(re.search(_MAY_HOLD_MARKS, text))).finditer(text)]


@lru_cache(2)
def _word_pattern(marked: bool) -> re.Pattern[str]:
    """A word: letters, digits and their marks, with apostrophes, hyphens and number points inside.

    One Han or kana character is a word. Python's `\\w` leaves combining marks out, so they are gathered from
    `unicodedata`, only for texts that may hold some.
    """
    marks = _combining_marks() if marked else ""
    letter = rf"[^\W{_WIDE}]"
    run = rf"{letter}[{marks}\u200c\u200d]*" if marks else letter
    inner = r"['’\-‐‑]|(?<=\d)[.,](?=\d)|(?<=\b[^\W\d_])\.(?=[^\W\d_]\b)|\.(?=[a-z]{2,})"
    wide = rf"[{_WIDE}]" + (f"[{marks}]*" if marks else "")
    return re.compile(rf"(?:{run})+(?:(?:{inner})(?:{run})+)*|{wide}")


def _combining_marks() -> str:
    """All combining marks, as the inside of a character class."""
    import unicodedata

    codes = [code for code in range(0x300, 0x1E94B) if unicodedata.category(chr(code))[0] == "M"]
    out, first = [], codes[0]
    for code, following in pairwise([*codes, 0]):
        if following != code + 1:
            out.append(f"{chr(first)}-{chr(code)}")
            first = following
    return "".join(out) + "\U000e0100-\U000e01ef"


def _sentences(text: str, found: tuple[Span, ...], soft: tuple[int, ...], language: str) -> list[Span]:
    """The sentences of a paragraph.

    The finder sees one kind of mark, well paired, whatever the author typed; where a quotation holds several
    sentences it is cut between them, and a mark whose partner is in another sentence is not part of this one.
    """
    plain = _plain(text, found, soft)
    cuts = {0, len(text)}
    for start, end in _lines(plain):
        cuts.update(start + cut for cut in _boundaries(plain[start:end], language))
        cuts.update((start, end))
    for span in found:
        cuts.difference_update(range(span.start + 1, span.end))
        inner = quoted(span, text)
        if count_words(inner.cut(text)) >= 4:
            inside = plain[inner.start : inner.end]
            for start, end in _lines(inside):
                cuts.update(inner.start + start + cut for cut in _boundaries(inside[start:end], language) if cut)
                cuts.update(inner.start + edge for edge in (start, end) if 0 < edge < len(inside))
    out: list[Span] = []
    for start, end in pairwise(_between_words(text, sorted(cuts))):
        span = _trimmed(text, start, end)
        if out and _goes_on(text, out[-1], span):
            out[-1] = Span(out[-1].start, span.end)
        elif len(span):
            out.append(span)
    starts, ends = {span.start: span for span in found}, {span.end: span for span in found}
    bare = (_without_lone_marks(text, span, starts, ends) for span in out)
    return [span for span in bare if len(span)]


def _between_words(text: str, cuts: list[int]) -> list[int]:
    """The cuts that part no word."""
    doubtful = [cut for cut in cuts[1:-1] if not (text[cut - 1].isspace() or text[cut].isspace())]
    if not doubtful:
        return cuts
    words = _words(text)
    starts = [start for start, _ in words]
    inside = set()
    for cut in doubtful:
        place = bisect_left(starts, cut) - 1
        if place >= 0 and cut < words[place][1]:
            inside.add(cut)
    return [cut for cut in cuts if cut not in inside]


def _boundaries(text: str, language: str) -> list[int]:
    """Where sentences begin, by the finder."""
    if not text.strip():
        return []
    from sentencex import get_sentence_boundaries

    return [int(found["start_index"]) for found in get_sentence_boundaries(language or "en", text)]


def _plain(text: str, found: tuple[Span, ...], soft: tuple[int, ...]) -> str:
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


def _goes_on(text: str, before: Span, span: Span) -> bool:
    """Whether `span` is no sentence of its own: without a word, or only who asked or shouted what was quoted."""
    if not re.search(r"\w", span.cut(text)):
        return len(span) > 0
    if not re.search(_ASKED, before.cut(text)):
        return False
    return before.end == span.start or bool(re.match(_SPEECH, span.cut(text)))


def _without_lone_marks(text: str, span: Span, starts: dict[int, Span], ends: dict[int, Span]) -> Span:
    """The sentence without marks at its edges whose partner it does not hold."""
    start, end = span.start, span.end
    while start < end and is_mark(text[start]) and not (start in starts and starts[start].end <= span.end):
        start += 1
    while start < end and is_mark(text[end - 1]) and not (end in ends and ends[end].start >= start):
        end -= 1
    return _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Span:
    """The range without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
