"""Quotations: which quotation marks of a paragraph belong together.

Marks are paired inside one paragraph, and straight and curly double marks close each other, because real
articles mix them. Every span includes its marks; of nested quotations the outermost is the quotation.
Single marks are weighed against apostrophes, and count outside double marks only. Offsets are code points.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from enum import Enum

from reader.documents.span import Span


class _Role(Enum):
    """What the characters around a mark say that it does."""

    OPENS = "opens"
    CLOSES = "closes"
    EITHER = "either"


_FAMILIES = ('"＂“”„‟〝〞〟', "«»", "‹›", "「」", "『』")
_FAMILY = {mark: family for family, marks in enumerate(_FAMILIES) for mark in marks}
_ONLY_OPENS = frozenset("„‟〝「『")
_ONLY_CLOSES = frozenset("〞〟」』")
# These, and those below, are compiled by `re` when first used: not at import, before the first paint.
_MARK = f"[{''.join(_FAMILIES)}]"
_SINGLE = "['‘’‚]"
_BEGINS = f"[{''.join(_FAMILIES)}'‘‚]"
_OPEN_BEFORE = frozenset("([{<—–-/|=“„«‹「『‘‚\"'*_\u00a1\u00bf")
_CLOSE_AFTER = frozenset(")]}>.,;:!?…—–-/|。，、！？；：”»›」』’\"'*_“")
_PAUSES = frozenset(",;:!?)]}")
_INCHES = r"\d\s?['’′]\s?\d{1,2}(?:[.,]\d+)?[½¼¾]?$"
_ELISION = r"(?i:\d0s?|\d\d|tis|twas|twere|twill|em|til|till|cause|cos|coz|bout|round|neath|nuff|n|ere)\b"
_COULD_OPEN = "".join(mark for mark in _FAMILY if mark not in _ONLY_CLOSES)
_SINGLE_OPENS = r"(?<![^\s{}]['‘‚])(?=[^\s.,;:!?)\]}}'’])".format(re.escape("".join(sorted(_OPEN_BEFORE))))
_LONGEST_SINGLE = 2_000
_MOST_APOSTROPHES = 24


def quotations(text: str, *, runs_on: bool = False) -> tuple[Span, ...]:
    """The quotations of a paragraph, in order, apart from each other.

    `runs_on` says that the next paragraph begins with an opening mark: a mark that begins this one and is
    never closed then quotes all of it, as speech over several paragraphs is printed.
    """
    doubles = _doubles(text, runs_on)
    return tuple(_outermost([*doubles, *_singles(text, doubles)]))


def quoted(span: Span, text: str) -> Span:
    """The quoted words alone: the quotation without its marks and the space beside them."""
    start, end = span.start, span.end
    if start < end and re.compile(_BEGINS).match(text, start):
        start += 1
    if start < end and (text[end - 1] in _FAMILY or text[end - 1] in "'‘’"):
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def first_mark(text: str, start: int, end: int) -> int:
    """Where the first character that could open a quotation stands in a range; -1 where there is none."""
    # One mark after the other: `str.find` goes through a text many times faster than a class of characters.
    first = end
    for mark in _COULD_OPEN:
        at = text.find(mark, start, first)
        first = at if at >= 0 else first
    for mark in "'‘‚":
        at = text.find(mark, start, first)
        while at >= 0 and not _single_could_open(text, at):
            at = text.find(mark, at + 1, first)
        first = at if at >= 0 else first
    return first if first < end else -1


def last_mark(text: str, start: int, end: int) -> int:
    """Where the last character that could open a quotation stands in a range; -1 where there is none."""
    last = -1
    for mark in _COULD_OPEN:
        last = max(last, text.rfind(mark, max(start, last), end))
    for mark in "'‘‚":
        at = text.rfind(mark, max(start, last), end)
        while at >= 0 and not _single_could_open(text, at):
            at = text.rfind(mark, max(start, last), at)
        last = max(last, at)
    return last


def _single_could_open(text: str, at: int) -> bool:
    return bool(re.compile(_SINGLE_OPENS).match(text, at + 1))


def is_thick(text: str, start: int, end: int) -> bool:
    """Whether more than one character in twelve of a range is a quotation mark, as in data and never in prose."""
    return 12 * len(re.compile(f"{_MARK}|{_SINGLE}").findall(text, start, end)) > end - start


def begins_with_mark(text: str, start: int, end: int) -> bool:
    """Whether the first visible character of a range can open a quotation."""
    while start < end and text[start].isspace():
        start += 1
    return start < end and text[start] in _FAMILY and text[start] not in _ONLY_CLOSES


def is_mark(char: str) -> bool:
    """Whether a character is a quotation mark and never an apostrophe."""
    return char in _FAMILY


def without_marks(text: str) -> str:
    """The text with a space for every quotation mark that is never an apostrophe."""
    return re.sub(_MARK, " ", text)


def _outermost(found: list[Span]) -> list[Span]:
    """Those that lie in no other one, in order."""
    outermost: list[Span] = []
    for span in sorted(found, key=lambda span: (span.start, -span.end)):
        if not outermost or span.start >= outermost[-1].end:
            outermost.append(span)
    return outermost


def _doubles(text: str, runs_on: bool) -> list[Span]:
    """The pairs of double marks, guillemets and corner brackets, outermost first where they are nested."""
    marks = [found.start() for found in re.finditer(_MARK, text)]
    pairs: list[Span] = []
    waiting: list[int] = []
    # How many of a family wait is counted, so that a text full of marks without a partner costs no more.
    open_of = [0] * len(_FAMILIES)
    for number, at in enumerate(marks):
        char = text[at]
        family = _FAMILY[char]
        if char in '"”' and text[at - 1 : at].isdigit() and _is_inches(text, marks, number):
            continue
        role = _Role.CLOSES if char in _ONLY_CLOSES else _role(text, at)
        closes = _closes(char, role, open_of[family] > 0)
        if closes and open_of[family]:
            while True:
                opened = waiting.pop()
                its_family = _FAMILY[text[opened]]
                open_of[its_family] -= 1
                if its_family == family:
                    break
            pairs.append(Span(opened, at + 1))
        elif not (closes or role is _Role.CLOSES) or _opens_misplaced(text, marks, number):
            waiting.append(at)
            open_of[family] += 1
    lone = [at for at in waiting if text[at] == '"']
    if len(lone) == 2 == len(waiting):
        pairs.append(Span(lone[0], lone[1] + 1))
    elif runs_on and waiting and not text[: waiting[0]].strip():
        pairs.append(Span(waiting[0], len(text.rstrip())))
    return [pair for pair in pairs if text[pair.start + 1 : pair.end - 1].strip()]


def _opens_misplaced(text: str, marks: list[int], number: int) -> bool:
    """Whether an opening mark was set on the wrong side of its space (`he said," Yes".`), a closing one follows."""
    at = marks[number]
    return (
        text[at] == '"'
        and text[at - 1 : at] in (",", ":")
        and number + 1 < len(marks)
        and _role(text, marks[number + 1]) is _Role.CLOSES
    )


def _closes(char: str, role: _Role, is_open: bool) -> bool:
    """Whether a mark closes, given what stands around it and whether one of its family waits."""
    if char in _ONLY_OPENS or char in _ONLY_CLOSES:
        return char in _ONLY_CLOSES
    if char == "”":
        return is_open or role is not _Role.OPENS
    if char == "“":
        return role is _Role.CLOSES
    return is_open if role is _Role.EITHER else role is _Role.CLOSES


def _role(text: str, at: int) -> _Role:
    """What the characters on both sides of a mark say that it does."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    free_before = not before or before.isspace() or before in _OPEN_BEFORE
    free_after = not after or after.isspace() or after in _CLOSE_AFTER
    if free_before is free_after:
        if not free_before or before.isspace() is (not after or after.isspace()) or after in _PAUSES:
            return _Role.EITHER
        return _Role.OPENS if not before or before.isspace() else _Role.CLOSES
    return _Role.OPENS if free_before else _Role.CLOSES


def _is_inches(text: str, marks: list[int], number: int) -> bool:
    """Whether the mark after a digit measures: 5'10", or a 24" screen inside a quotation that closes later."""
    at = marks[number]
    if re.search(_INCHES, text[max(0, at - 12) : at]):
        return True
    following = number + 1
    return (
        following < len(marks)
        and text[at + 1 : at + 2] == " "
        and text[marks[following]] == text[at]
        and _role(text, at) is _Role.CLOSES
        and _role(text, marks[following]) is _Role.CLOSES
    )


def _singles(text: str, doubles: list[Span]) -> list[Span]:
    """The pairs of single marks outside the double ones."""
    marks = [found.start() for found in re.finditer(_SINGLE, text)]
    if len(marks) < 2:
        return []
    outer = _outermost(doubles)
    starts = [span.start for span in outer]

    def inside(at: int) -> bool:
        place = bisect_right(starts, at) - 1
        return place >= 0 and outer[place].contains(at)

    singles = _Singles(text, [at for at in marks if not inside(at)], starts)
    pairs: list[Span] = []
    place = 0
    while place < len(singles.marks):
        closing = singles.closing(place)
        if closing is not None:
            pairs.append(Span(singles.marks[place], singles.marks[closing] + 1))
            place = closing
        place += 1
    return pairs


class _Singles:
    """Single marks in order, each looked at once, so that many of them cost no more than their number."""

    def __init__(self, text: str, marks: list[int], doubles: list[int]) -> None:
        self.text = text
        self.marks = marks
        self.doubles = doubles
        """Where the quotations in double marks begin."""
        self.opens = [_opens_single(text, at) for at in marks]
        self.could_close = [number for number, at in enumerate(marks) if _could_close(text, at)]
        self.openers = [number for number, at in enumerate(marks) if self.opens[number] and text[at] != "'"]
        self.lefts = [number for number, at in enumerate(marks) if text[at] in "‘‚"]

    def closing(self, place: int) -> int | None:
        """Which of the marks closes the one at `place`, if that opens: the first that is no apostrophe."""
        if not self.opens[place]:
            return None
        text, start = self.text, self.marks[place]
        limit = min(place + 1 + _MOST_APOSTROPHES, _next(self.openers, place))
        if text[start] != "‚":
            limit = min(limit, _next(self.lefts, place))
        possessive = None
        for candidate in range(bisect_right(self.could_close, place), len(self.could_close)):
            number = self.could_close[candidate]
            at = self.marks[number]
            if number >= limit or at - start > _LONGEST_SINGLE:
                break
            if at == start + 1:
                continue
            before = text[at - 1]
            over_double = bisect_right(self.doubles, start) < bisect_right(self.doubles, at)
            if over_double and not (before in ".,;:!?…—" or is_mark(before)):
                continue
            if before in "sS" and text[at + 1 : at + 2] == " " and text[at + 2 : at + 3].islower():
                possessive = number if possessive is None else possessive
                continue
            return number
        return possessive


def _next(numbers: list[int], after: int) -> int:
    """The first of the numbers, which are in order, behind `after`; a very high one where there is none."""
    place = bisect_right(numbers, after)
    return numbers[place] if place < len(numbers) else sys.maxsize


def _could_close(text: str, at: int) -> bool:
    """Whether a single mark has words before it and none right behind."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(before) and not (before.isspace() or before in "([{" or after.isalnum())


def _opens_single(text: str, at: int) -> bool:
    """Whether a single mark can open: nothing before it, words after it, and no letters left out."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if text[at] == "’" or not after or after.isspace() or after in ".,;:!?)]}'’":
        return False
    if before and not before.isspace() and before not in _OPEN_BEFORE:
        return False
    return not re.match(_ELISION, text[at + 1 : at + 9])
