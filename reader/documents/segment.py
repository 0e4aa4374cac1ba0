"""Words, sentences and quotations, found paragraph by paragraph and only where somebody looks.

All spans are in code points of the whole text, in order, and lie inside their paragraph. Nothing here takes
longer in a longer text. A paragraph is looked at in windows: for words of about an eighth of `WINDOW`, cut
where no word is parted; for sentences and quotations of about `WINDOW` code points (a quarter of it where no
spaces are written, or quotation marks stand all over), cut behind a sentence and outside of quotations where
that can be had nearby. So what fits into one window and a quarter is found as if all of it had been looked at,
and a longer paragraph costs one window or two. `next` and `previous` look on for a few windows; `look` goes on
to the end, and gives whoever calls it time in between.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache, partial

from reader.documents.graphemes import FIRST_JOINING, snap, snap_up
from reader.documents.paragraphs import Paragraphs, soft_breaks
from reader.documents.quotations import begins_with_mark, first_mark, is_thick, last_mark, quotations, quoted
from reader.documents.sentences import sentences, trimmed
from reader.documents.span import Span
from reader.documents.unit import Unit
from reader.documents.words import count_words, place_between, words

__all__ = ["WINDOW", "Segments", "Unit", "count_words"]

WINDOW = 8_000
"""Code points that are looked at at once."""

REMEMBERED = 512
"""Windows whose units are kept."""

STEP = 8_000
"""Code points of windows that `look` goes through, about a millisecond, before it lets others at it."""

NEAR = 2
"""Steps that `next` and `previous` look on for."""

SCAN = 1 << 16
"""Code points that are skimmed at once for a place where a unit could be; ten are as quick as one of a window."""

LONGEST_WORD = 1_000
"""Code points in which a word is looked for to count it."""

_STOPS = ".!?…。！？"
_SENTENCE_END = r"(?<![.!?…。！？])(?:[.!?…。！？]+[\"”’»)\]]*\s+|[。！？][。！？”’」』»）]*)"
_SPACE = re.compile(r"\s+")
_Pairs = tuple[tuple[int, int], ...]


class Segments:
    """The units of a text, found when asked for."""

    def __init__(self, text: str, paragraphs: Paragraphs, language: str = "en", window: int = WINDOW) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.language = language
        self.window = window
        self._cut = lru_cache(4 * REMEMBERED)(self._find_cut)
        self._units = lru_cache(REMEMBERED)(self._find_units)

    def words(self, paragraph: Span, within: Span | None = None) -> tuple[Span, ...]:
        """The words of a paragraph; only those of the windows that touch `within`, where it is given."""
        return self._all(Unit.WORD, paragraph, within)

    def sentences(self, paragraph: Span, within: Span | None = None) -> tuple[Span, ...]:
        """The sentences of a paragraph, without the space around them."""
        return self._all(Unit.SENTENCE, paragraph, within)

    def quotations(self, paragraph: Span, within: Span | None = None) -> tuple[Span, ...]:
        """The quotations of a paragraph, with their marks."""
        return self._all(Unit.QUOTATION, paragraph, within)

    def at(self, unit: Unit, offset: int) -> Span | None:
        """The unit that `offset` is in, or belongs to.

        On a mark or a stop that no word holds: the word it stands at. Between sentences: the one that
        begins next in the paragraph, else the last one. None where the place has no such unit.
        """
        found = self._units(unit, *self._window_at(unit, offset))
        place = bisect_right(found, (offset, sys.maxsize))
        if place and offset < found[place - 1][1]:
            return Span(*found[place - 1])
        if unit is Unit.SENTENCE and found:
            return Span(*found[min(place, len(found) - 1)])
        if unit is Unit.WORD:
            return self._word_beside(found, place, offset)
        if unit is Unit.QUOTED:
            around = self.at(Unit.QUOTATION, offset)
            return next((Span(*each) for each in found if around and around.covers(Span(*each))), None)
        return None

    def next(self, unit: Unit, offset: int, minimum_words: int = 0, *, before: int | None = None) -> Span | None:
        """The first unit that begins after `offset` and has at least so many words.

        None where there is none near: in a few windows behind `offset`, nor before `before`.
        """
        return _near(self.look(unit, offset, minimum_words), sys.maxsize if before is None else before)

    def previous(self, unit: Unit, offset: int, minimum_words: int = 0) -> Span | None:
        """The last unit that begins before `offset` and has at least so many words; None where none is near."""
        return _near(self.look(unit, offset, minimum_words, forward=False), sys.maxsize)

    def look(self, unit: Unit, offset: int, minimum_words: int = 0, *, forward: bool = True) -> Iterator[int | Span]:
        """Look for a unit to the end of the text, or back to its beginning.

        Gives where it has come to, after about a millisecond each time; at last the unit, if there is one.
        """
        work = 0
        for start, end, paragraph in self._ahead(unit, offset) if forward else self._behind(unit, offset):
            if paragraph is None:
                work += (end - start) // 10
            else:
                work += 500 + (end - start) * self.window // self._size(unit, paragraph)
                found = self._units(unit, start, end, paragraph)
                place = bisect_right(found, (offset, sys.maxsize)) if forward else bisect_right(found, (offset, -1))
                for each in found[place:] if forward else reversed(found[:place]):
                    if self._has_words(*each, minimum_words):
                        yield Span(*each)
                        return
            if work >= STEP:
                yield end if forward else start
                work = 0

    def _ahead(self, unit: Unit, offset: int) -> Iterator[tuple[int, int, Span | None]]:
        """The windows from the one at `offset` on that may hold a unit, and (None) what was skimmed for them."""
        first = partial(_FIRST[unit], self.text)
        window = self._window_at(unit, max(0, offset))
        yield window
        at, length = window[1], len(self.text)
        while at < length:
            found = first(at, min(at + SCAN, length))
            if found < 0:
                yield at, min(at + SCAN, length), None
                at += SCAN
            else:
                yield at, found, None
                window = self._window_at(unit, found)
                yield window
                at = max(found + 1, window[1])

    def _behind(self, unit: Unit, offset: int) -> Iterator[tuple[int, int, Span | None]]:
        """The same back from `offset` to the beginning."""
        first, last = partial(_FIRST[unit], self.text), partial(_LAST[unit], self.text)
        window = self._window_at(unit, min(offset, len(self.text)))
        yield window
        at, reach = window[0], SCAN
        while at > 0:
            low = max(0, at - reach)
            if first(low, at) < 0:
                yield low, at, None
                at, reach = low, SCAN
            elif reach > SCAN >> 4:
                # Looking back is slow, so only in what has been narrowed down.
                reach >>= 2
            else:
                window = self._window_at(unit, last(low, at))
                yield window
                at = min(at - 1, window[0])

    def _has_words(self, start: int, end: int, minimum: int) -> bool:
        if minimum <= 1:
            return True
        return count_words(self.text[start : min(end, start + minimum * LONGEST_WORD)]) >= minimum

    def _all(self, unit: Unit, paragraph: Span, within: Span | None) -> tuple[Span, ...]:
        within = within or paragraph
        # A window that ends where `within` begins touches it too.
        at, last = max(paragraph.start, within.start - 1), min(within.end, paragraph.end)
        out: list[Span] = []
        while True:
            start, end, _ = self._window_of(unit, paragraph, at)
            out += [Span(*each) for each in self._units(unit, start, end, paragraph)]
            if end >= last:
                return tuple(out)
            at = end

    def _window_at(self, unit: Unit, offset: int) -> tuple[int, int, Span]:
        return self._window_of(unit, self.paragraphs.at(offset), offset)

    def _window_of(self, unit: Unit, paragraph: Span, offset: int) -> tuple[int, int, Span]:
        """Start, end and paragraph of what is looked at at once around `offset`."""
        if unit is Unit.PARAGRAPH:
            return paragraph.start, paragraph.end, paragraph
        size = self._size(unit, paragraph)
        cut = partial(self._cut, paragraph, size, unit is Unit.WORD)
        # The end of the paragraph is in no window, so it belongs to the last one.
        inside = max(paragraph.start, min(offset, paragraph.end - 1))
        number = (inside - paragraph.start) // size
        while number and cut(number) > inside:
            number -= 1
        end = cut(number + 1)
        while end <= inside and end < paragraph.end:
            number += 1
            end = cut(number + 1)
        return cut(number), end, paragraph

    def _size(self, unit: Unit, paragraph: Span) -> int:
        """How long its windows are."""
        if unit is Unit.WORD:
            return self.window // 8
        sample = self.window // 80
        if len(paragraph) > self.window // 4:
            for at in (paragraph.start, (paragraph.start + paragraph.end - sample) // 2, paragraph.end - sample):
                if not _SPACE.search(self.text, at, at + sample) or is_thick(self.text, at, at + sample):
                    return self.window // 4
        return self.window

    def _find_cut(self, paragraph: Span, size: int, of_words: bool, number: int) -> int:
        """Where a paragraph's window of this number begins: nowhere inside a character, as people see it."""
        return min(paragraph.end, snap_up(self.text, self._place_to_cut(paragraph, size, of_words, number)))

    def _place_to_cut(self, paragraph: Span, size: int, of_words: bool, number: int) -> int:
        text, end = self.text, paragraph.end
        due = paragraph.start + number * size
        if not number or due + size // 4 >= end:
            return end if number else paragraph.start
        if of_words:
            reach = min(due + self.window, end)
            place = place_between(text, due, reach)
            while place is not None and snap(text, place) != place:
                place = place_between(text, place + 1, reach)
            if place is not None:
                return place
            if len(paragraph) <= self.window * 5 // 4 or due + self.window >= end:
                return end
        else:
            place = self._between_sentences(paragraph, due, size)
            if place is not None:
                return place
        low = max(paragraph.start, due - size // 8)
        cut = low + snap(text[low : due + 1], due - low)
        return cut if cut > low else due

    def _between_sentences(self, paragraph: Span, due: int, size: int) -> int | None:
        """A place behind `due` that parts no sentence and no quotation, as far as one is near."""
        text, nearby = self.text, due + size // 4
        low = max(paragraph.start, due - size // 8)
        around = quotations(text[low : min(paragraph.end, nearby + size // 8)])
        ends = list(re.compile(_SENTENCE_END).finditer(text, due, nearby))
        outside = [end for end in ends if not any(span.start < end.end() - low < span.end for span in around)]
        # Behind a closing mark a sentence may go on: “Gone?” she asked.
        plain = [end for end in outside if end[0].rstrip()[-1] in _STOPS]
        found = next(iter([*plain, *outside, *ends]), None) or _SPACE.search(text, due, nearby)
        return found.end() if found else None

    def _find_units(self, unit: Unit, start: int, end: int, paragraph: Span) -> _Pairs:
        """Start and end of each unit of a window."""
        if unit is Unit.PARAGRAPH:
            whole = trimmed(self.text, start, end)
            return self._whole((whole,)) if whole[0] < whole[1] else ()
        if unit is Unit.QUOTED:
            inside = (quoted(Span(*each), self.text) for each in self._units(Unit.QUOTATION, start, end, paragraph))
            return tuple(
                (start, end)
                for span in inside
                if len(span)
                for start, end in [(snap_up(self.text, span.start), snap(self.text, span.end))]
                if start < end
            )
        return self._whole(self._found(unit, start, end, paragraph))

    def _whole(self, found: _Pairs) -> _Pairs:
        """With all of the characters, as people see them, that they begin and end in."""
        text, length, reached = self.text, len(self.text), 0
        out: list[tuple[int, int]] = []
        for start, end in found:
            if text[start] >= FIRST_JOINING:
                first = snap(text, start)
                if first < start and first < reached:
                    # The one before has that character.
                    first = snap_up(text, start)
                    first = snap(text, end - len(text[first:end].lstrip()))
                start = first
            if end < length and text[end] >= FIRST_JOINING:
                end = snap_up(text, end)
            if start < end:
                out.append((start, end))
                reached = max(reached, end)
        return tuple(out)

    def _found(self, unit: Unit, start: int, end: int, paragraph: Span) -> _Pairs:
        piece = self.text[start:end]
        if unit is Unit.WORD:
            return tuple((start + one, start + other) for one, other in words(piece))
        found: tuple[Span, ...] = ()
        if first_mark(self.text, start, end) >= 0:
            found = quotations(piece, runs_on=end == paragraph.end and self._runs_on(paragraph))
        if unit is Unit.SENTENCE:
            width = self.paragraphs.width
            soft = soft_breaks(piece, width) if width else ()
            return tuple((start + one, start + other) for one, other in sentences(piece, found, soft, self.language))
        return tuple((start + span.start, start + span.end) for span in found)

    def _runs_on(self, paragraph: Span) -> bool:
        """Whether the next paragraph that is not blank begins with an opening mark."""
        found = re.compile(r"(?:\n[^\S\n]{0,200}){1,3}(?=\S)").match(self.text, paragraph.end)
        return found is not None and begins_with_mark(self.text, found.end(), len(self.text))

    def _word_beside(self, found: _Pairs, place: int, offset: int) -> Span | None:
        """The word that begins, else the one that ends, with no space between it and `offset`."""
        before = found[place - 1] if place else None
        if offset >= len(self.text) or self.text[offset].isspace():
            return Span(*before) if before and before[1] == offset else None
        after = found[place] if place < len(found) else None
        if after and not _SPACE.search(self.text, offset, after[0]):
            return Span(*after)
        return Span(*before) if before and not _SPACE.search(self.text, before[1], offset) else None


def _near(steps: Iterator[int | Span], before: int) -> Span | None:
    """What a few steps find, if it begins before `before`."""
    for _, step in zip(range(NEAR), steps, strict=False):
        if isinstance(step, Span):
            return step if step.start < before else None
        if step >= before:
            return None
    return None


def _first_visible(text: str, start: int, end: int) -> int:
    left = len(text[start:end].lstrip())
    return end - left if left else -1


def _last_visible(text: str, start: int, end: int) -> int:
    left = len(text[start:end].rstrip())
    return start + left - 1 if left else -1


def _first_letter(text: str, start: int, end: int) -> int:
    visible = _first_visible(text, start, end)
    found = re.compile(r"\w").search(text, visible, end) if visible >= 0 else None
    return found.start() if found else -1


def _last_letter(text: str, start: int, end: int) -> int:
    found = re.compile(r"(?s:.*)\w").match(text, start, end)
    return found.end() - 1 if found else -1


_FIRST = {
    Unit.WORD: _first_letter,
    Unit.SENTENCE: _first_visible,
    Unit.QUOTATION: first_mark,
    Unit.QUOTED: first_mark,
    Unit.PARAGRAPH: _first_visible,
}
"""What finds the first place in a range where such a unit could be; -1 where there is none."""

_LAST = {
    Unit.WORD: _last_letter,
    Unit.SENTENCE: _last_visible,
    Unit.QUOTATION: last_mark,
    Unit.QUOTED: last_mark,
    Unit.PARAGRAPH: _last_visible,
}
"""The same for the last place."""
