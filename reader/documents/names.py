"""Names in a text: runs of capitalised words without their titles, and which of them mean the same person.

For languages that write names with capitals. Good enough to offer a name that somebody then takes or leaves.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from reader.documents.folding import folded

FULLEST_WITHIN = 60_000
"""Code points before and after a place in which a name's fuller form is looked for."""

FEW = 20
"""Places of it that are looked at, at the top, near by, and behind."""

LONGEST = 60
"""Code points of a name; more is a heading in capitals."""


def word_set(listed: str) -> frozenset[str]:
    """The words of a list that is written as a text."""
    return frozenset(listed.split())


_WORD = r"[^\W\d_](?:\w|['’\-‐‑&.](?=\w))*"
_PARTICLES = word_set("al bin ibn van von der den de del della di da dos du la le ter ten y")
_TITLES = word_set(
    "mr mrs ms miss mx dr prof professor sir dame lord lady president vice minister premier chancellor secretary "
    "senator sen representative rep congressman congresswoman mp governor gov mayor ambassador judge justice general "
    "gen colonel col captain capt major lieutenant lt sergeant sgt officer chief director chairman chairwoman "
    "chairperson ceo king queen prince princess pope rabbi imam sheikh coach attorney detective spokesman spokeswoman "
    "spokesperson commissioner administrator undersecretary superintendent inspector emeritus reverend rev archbishop "
    "bishop cardinal deputy former acting"
)
_ABBREVIATED = word_set("mr mrs ms dr prof sen rep gov gen col capt lt sgt st rev jr sr hon")
_BODIES = word_set(
    "council house department university ministry party office committee court service agency institute union bank "
    "association federation organization organisation commission board church society centre center academy"
)
_NO_NAMES = word_set(
    "a an the and but or nor so yet if when while as at by for from in into of on to with after before since until "
    "although though because however meanwhile still then there here this that these those he she it they we i you "
    "his her its their our my your who what which where why how not no yes also even only just now today yesterday "
    "tomorrow according speaking writing asked one another some many most all both each every few several such "
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august "
    "september october november december earlier later last next during under over about despite without once indeed "
    "instead moreover perhaps well oh allegedly reportedly apparently additionally similarly recently let "
    "did do does is are was were be has have had"
)
_JOINS_BODIES = frozenset(("of", "for", "and", "the"))


class Run(NamedTuple):
    """Capitalised words that stand together."""

    start: int
    end: int
    words: tuple[str, ...]
    possessive: bool
    """Whether an `'s` follows, which does not count to it."""

    @property
    def name(self) -> str:
        """The name in it: what follows the last title, or the body that somebody speaks for; it may be empty."""
        words = list(self.words)
        for number in range(len(words) - 1, -1, -1):
            if _bare(words[number]) in _TITLES:
                words = words[number + 1 :]
                break
        for number, word in enumerate(words[:-2]):
            after = words[number + 1 :]
            if _bare(word) in _BODIES and not _JOINS_BODIES.intersection(after):
                words = after
                break
        return " ".join(words)


def runs(text: str, start: int, end: int) -> Iterator[Run]:
    """The runs of capitalised words in a range; articles, days and words that only begin a sentence end a run."""
    words: list[str] = []
    waiting: list[str] = []  # particles, which belong to the name if it goes on
    first = last = start

    def run(possessive: bool = False) -> Run:
        at = first
        for word in words:
            at = text.index(word, at) + len(word)
        return Run(first, at, tuple(words), possessive)

    for found in re.finditer(_WORD, text[start:end]):
        word, at = found[0], start + found.start()
        if words and not _joined(text[last:at], (words + waiting)[-1]):
            yield run()
            words, waiting = [], []
        bare = re.sub("['’]s?$", "", word)
        # `al-Amr` is a name as `Amr` is.
        capital = bare[:1].isupper() or (bare[2:3] in ("-", "‐", "‑") and bare[3:4].isupper())
        joins = _bare(word) in _PARTICLES or (word in _JOINS_BODIES and any(_bare(each) in _BODIES for each in words))
        if words and joins and not bare[:1].isupper():
            waiting.append(word)
        elif capital and _bare(bare) not in _NO_NAMES:
            if not words:
                first = at
            words += [*waiting, bare]
            waiting = []
            if bare != word:
                yield run(possessive=True)
                words = []
        elif words:
            yield run()
            words, waiting = [], []
        last = start + found.end()
    if words:
        yield run()


def same(one: str, other: str) -> bool:
    """Whether two names most likely mean the same: `Kirby`, `John Kirby`, `Mr Kirby`; `Zelensky`, `Zelenskiy`."""
    first, second = _parts(one), _parts(other)
    if not first or not second:
        return folded(one) == folded(other)
    if first == second:
        return True
    if not _near(first[-1], second[-1]):
        return False
    if len(first) == 1 or len(second) == 1:
        return True
    return _near(first[0], second[0]) or (1 in (len(first[0]), len(second[0])) and first[0][0] == second[0][0])


def fullest(text: str, name: str, at: int) -> str:
    """The name as the text gives it in full near `at`: `John Kirby` for `Kirby`; itself where there is no fuller one.

    Of several people of that name the one named last before `at`, else the first one after it.
    """
    parts = _parts(name)
    if len(parts) != 1:
        return name
    low, high = max(0, at - FULLEST_WITHIN), min(len(text), at + FULLEST_WITHIN)
    forms: dict[str, list[int]] = {}
    # Only where the beginning of the name stands is it worth looking.
    word = name.split()[-1]
    sought = re.escape(word[:4]) if len(word) > 4 else rf"{re.escape(word)}(?!\w)"
    places = [low + found.start() for found in re.finditer(rf"(?<!\w){sought}", text[low:high])]
    behind = bisect_left(places, at)
    # Articles name people in full at the top, and again where they have been away for long.
    looked = {*places[:FEW], *places[max(0, behind - 2 * FEW) : behind + FEW]}
    for place in sorted(looked):
        for run in runs(text, max(low, place - 80), min(high, place + 40)):
            words = run.name.split()
            here = run.start <= place < run.end and len(words) > 1
            if here and (_near(_bare(words[-1]), parts[0]) or _bare(words[0]) == parts[0]):
                forms.setdefault(run.name, []).append(run.start)
    shorter = {form for form in forms if not any(form.endswith(f" {other}") for other in forms)}
    before = [(max(place for place in forms[form] if place <= at), form) for form in shorter if min(forms[form]) <= at]
    after = [(-min(forms[form]), form) for form in shorter]
    return max(before or after, default=(0, name))[1]


def beginning(text: str, letters: str, at: int) -> Iterator[str]:
    """The names near `at` that have a word that begins with these letters, in full, the nearest first."""
    if not letters.strip():
        return
    low, high = max(0, at - FULLEST_WITHIN), min(len(text), at + FULLEST_WITHIN)
    places = [
        low + found.start() for found in re.finditer(rf"(?<!\w){re.escape(letters)}", text[low:high], re.IGNORECASE)
    ]
    seen: set[str] = set()
    for place in sorted(places, key=lambda place: abs(place - at))[: 3 * FEW]:
        for run in runs(text, max(low, place - 80), min(high, place + 80)):
            if run.start <= place < run.end and run.name and run.name not in seen:
                seen.add(run.name)
                yield fullest(text, run.name, at)


def _parts(name: str) -> list[str]:
    """The words of a name as they are compared, without titles."""
    words = [bare for word in name.split() if (bare := _bare(word)) and bare not in _TITLES and bare not in _NO_NAMES]
    return [word for word in words if word not in _PARTICLES] or words


@lru_cache(4096)
def _bare(word: str) -> str:
    return re.sub(r"[^\w]", "", folded(word))


def _near(one: str, other: str) -> bool:
    """Whether two words are equal but for one letter more, less or other in a long one."""
    if one == other:
        return True
    if min(len(one), len(other)) < 5 or abs(len(one) - len(other)) > 1:
        return False
    if len(one) > len(other):
        one, other = other, one
    at = next((number for number, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    return one[at:] == other[at + 1 :] or one[at + 1 :] == other[at + 1 :]


def _joined(gap: str, before: str) -> bool:
    """Whether two words with this between them belong to one run."""
    if gap in (" ", "\u00a0", "\n"):
        return True
    return gap in (". ", ".\u00a0") and (len(before) == 1 or _bare(before) in _ABBREVIATED)
