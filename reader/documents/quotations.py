"""Quotations: which quotation marks of a paragraph belong together.

Marks are paired inside one paragraph, and straight and curly double marks close each other, because real
articles mix them. Every span includes its marks; of nested quotations the outermost is the quotation.
Single marks are weighed against apostrophes, and count outside double marks only. Offsets are code points.
"""

from __future__ import annotations

import re
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
_MARK = re.compile(f"[{''.join(_FAMILIES)}]")
_SINGLE = re.compile("['‘’‚]")
_ANY = re.compile(f"[{''.join(_FAMILIES)}'‘‚]")
_OPEN_BEFORE = frozenset("([{<—–-/|=“„«‹「『‘‚\"'*_\u00a1\u00bf")
_CLOSE_AFTER = frozenset(")]}>.,;:!?…—–-/|。，、！？；：”»›」』’\"'*_“")
_PAUSES = frozenset(",;:!?)]}")
# Compiled by `re` when first used: not at import, before the first paint.
_INCHES = r"\d\s?['’′]\s?\d{1,2}(?:[.,]\d+)?[½¼¾]?$"
_ELISION = r"(?i:\d0s?|\d\d|tis|twas|twere|twill|em|til|till|cause|cos|coz|bout|round|neath|nuff|n|ere)\b"
_LONGEST_SINGLE = 2_000
_MOST_APOSTROPHES = 24


def quotations(text: str, *, runs_on: bool = False) -> tuple[Span, ...]:
    """The quotations of a paragraph, in order, apart from each other.

    `runs_on` says that the next paragraph begins with an opening mark: a mark that begins this one and is
    never closed then quotes all of it, as speech over several paragraphs is printed.
    """
    doubles = _doubles(text, runs_on)
    found = [*doubles, *_singles(text, doubles)]
    found.sort(key=lambda span: (span.start, -span.end))
    outermost: list[Span] = []
    for span in found:
        if not outermost or span.start >= outermost[-1].end:
            outermost.append(span)
    return tuple(outermost)


def quoted(span: Span, text: str) -> Span:
    """The quoted words alone: the quotation without its marks and the space beside them."""
    start, end = span.start, span.end
    if start < end and _ANY.match(text, start):
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
    found = _ANY.search(text, start, end)
    return found.start() if found else -1


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
    return _MARK.sub(" ", text)


def _doubles(text: str, runs_on: bool) -> list[Span]:
    """The pairs of double marks, guillemets and corner brackets, outermost first where they are nested."""
    marks = [found.start() for found in _MARK.finditer(text)]
    if not marks:
        return []
    roles = [_role(text, at) for at in marks]
    pairs: list[Span] = []
    waiting: list[int] = []
    for number, at in enumerate(marks):
        char, role = text[at], roles[number]
        if char in '"”' and text[at - 1 : at].isdigit() and _is_inches(text, marks, roles, number):
            continue
        family = _FAMILY[char]
        open_at = next(
            (place for place in reversed(range(len(waiting))) if _FAMILY[text[waiting[place]]] == family), -1
        )
        closes = _closes(char, role, open_at >= 0)
        if closes and open_at >= 0:
            pairs.append(Span(waiting[open_at], at + 1))
            del waiting[open_at:]
        elif not (closes or role is _Role.CLOSES) or _opens_misplaced(text, marks, roles, number):
            waiting.append(at)
    lone = [at for at in waiting if text[at] == '"']
    if len(lone) == 2 == len(waiting):
        pairs.append(Span(lone[0], lone[1] + 1))
    elif runs_on and waiting and not text[: waiting[0]].strip():
        pairs.append(Span(waiting[0], len(text.rstrip())))
    return [pair for pair in pairs if text[pair.start + 1 : pair.end - 1].strip()]


def _opens_misplaced(text: str, marks: list[int], roles: list[_Role], number: int) -> bool:
    """Whether an opening mark was set on the wrong side of its space (`he said," Yes".`), a closing one follows."""
    at = marks[number]
    return (
        text[at] == '"'
        and text[at - 1 : at] in (",", ":")
        and number + 1 < len(marks)
        and roles[number + 1] is _Role.CLOSES
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


def _is_inches(text: str, marks: list[int], roles: list[_Role], number: int) -> bool:
    """Whether the mark after a digit measures: 5'10", or a 24" screen inside a quotation that closes later."""
    at = marks[number]
    if re.search(_INCHES, text[max(0, at - 12) : at]):
        return True
    following = number + 1
    return (
        roles[number] is _Role.CLOSES
        and following < len(marks)
        and roles[following] is _Role.CLOSES
        and text[marks[following]] == text[at]
        and text[at + 1 : at + 2] == " "
    )


def _singles(text: str, doubles: list[Span]) -> list[Span]:
    """The pairs of single marks outside the double ones."""
    marks = [found.start() for found in _SINGLE.finditer(text)]
    if len(marks) < 2:
        return []
    covered = sorted(doubles)
    starts = [span.start for span in covered]

    def inside(at: int) -> bool:
        place = bisect_right(starts, at) - 1
        return place >= 0 and covered[place].contains(at)

    marks = [at for at in marks if not inside(at)]
    pairs: list[Span] = []
    place = 0
    while place < len(marks):
        closing = _closing(text, marks, place, starts) if _opens_single(text, marks[place]) else None
        if closing is not None:
            pairs.append(Span(marks[place], marks[closing] + 1))
            place = closing
        place += 1
    return pairs


def _opens_single(text: str, at: int) -> bool:
    """Whether a single mark can open: nothing before it, words after it, and no letters left out."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if text[at] == "’" or not after or after.isspace() or after in ".,;:!?)]}'’":
        return False
    if before and not before.isspace() and before not in _OPEN_BEFORE:
        return False
    return not re.match(_ELISION, text[at + 1 : at + 9])


def _closing(text: str, marks: list[int], place: int, doubles: list[int]) -> int | None:
    """Which of the marks closes the single one at `place`: the first that is no apostrophe.

    `doubles` is where the quotations in double marks begin.
    """
    start = marks[place]
    possessive = None
    for number in range(place + 1, min(len(marks), place + 1 + _MOST_APOSTROPHES)):
        at = marks[number]
        if at - start > _LONGEST_SINGLE or (_opens_single(text, at) and text[at] != "'"):
            break
        before, after = text[at - 1], text[at + 1 : at + 2]
        if text[at] in "‘‚" and text[start] != "‚":
            break
        if before.isspace() or before in "([{" or after.isalnum() or at == start + 1:
            continue
        over_double = bisect_right(doubles, start) < bisect_right(doubles, at)
        if over_double and not (before in ".,;:!?…—" or is_mark(before)):
            continue
        if before in "sS" and after == " " and text[at + 2 : at + 3].islower():
            possessive = number if possessive is None else possessive
            continue
        return number
    return possessive
