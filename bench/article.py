"""Articles of any length and their marks, made up here and always the same."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

RECIPE: Final = 1
"""Goes up whenever the same length would give another text or other marks."""

PLACE: Final = "Quillhaven"
"""Begins the paragraph in the middle of the text, and stands nowhere else."""

WITNESS: Final = "Tremblewick had been evacuated the night before"
"""Begins the paragraph after that one, and stands nowhere else; its first sentence is marked as a claim."""

SOUGHT: Final = "lighthouse"
"""Stands in every twelfth sentence or so."""

_WHO = (
    "The harbour master", "A spokeswoman for the council", "The ferry’s second engineer", "Professor Ilse Marrow",
    "The committee", "A fisherman from the north quay", "The minister", "One of the two inspectors",
    "The newspaper’s owner", "Captain Oduya", "The tenants’ union", "A retired judge", "The weather service",
    "Dr Anneke Vos", "The opposition", "A passenger, 王小明,", "The museum’s 学芸員", "Señora Núñez",
)  # fmt: skip
_DID = (
    "said that", "denied that", "told the inquiry that", "wrote in a letter that", "could not say whether",
    "had warned since spring that", "repeated on Tuesday that", "conceded, after an hour of questions, that",
    "found it “hard to believe” that", "insisted that",
)  # fmt: skip
_WHAT = (
    "the new breakwater would cost three times the first estimate", "nobody had read the second report",
    "the boats were counted twice", "the fire began in a locked storeroom", "the bridge had been closed too late",
    "the harbour’s water was safe to swim in", "the missing ledgers were never missing",
    "the vote had been fair, whatever the losers claimed", "the storm took 1,240 roofs in one night",
    "the price of bread rose by 11.5 per cent", "a reckless plan had been sold as a modest one",
    "the school stood empty for nine winters", "the pumps — all four of them — failed before midnight",
    "the train left without its last carriage", "the film’s title, 『港の灯』, was mistranslated",
)  # fmt: skip
_SAYS = (
    "We counted nine hundred boats before noon", "It is a disgrace, and everyone on this quay knows it",
    "I don’t think that anybody meant to deceive us", "They asked for patience; we gave them eleven years",
    "There was smoke, then there was no pier", "If that is progress, I would like the old fog back",
    "You can’t repair a sea wall with promises", "Nobody slept, and nobody will say so",
    "The figures are right, the words around them are not", "我们等了整整一夜",
)  # fmt: skip
_ALSO = (
    "by the end of the week", "according to papers seen by this newspaper", "in spite of two court orders",
    "as far as anyone remembers", "without naming a source", "for the third time this year",
    "while the cameras were already packed away", "at a cost that was not made public",
    "near the old lighthouse", "on the morning after the flood", "before a half-empty hall",
    "to nobody’s surprise", "in Vellmouth and in 長崎 alike",
)  # fmt: skip

_SENTENCE_ENDS = re.compile(r"[.!?]”?(?=\s|\Z)")
_QUOTATION = re.compile(r"“[^“”\n]{20,300}”")
_WORD = re.compile(r"(?<!\S)\S+")


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: a half-open range of code points and the name of its tag."""

    start: int
    end: int
    tag: str


def article(size: int, seed: int = 3) -> str:
    """A text of about `size` bytes of UTF-8: paragraphs of two to six sentences with blank lines between them."""
    choose = random.Random(seed)
    # The two paragraphs in the middle, and as much too much at the end of each half.
    half = max(0, size // 2 - 400)
    before, after = list(_paragraphs(choose, half)), list(_paragraphs(choose, half))
    place = f"{PLACE} was quiet when the news came. {_sentence(choose)} {_sentence(choose)}"
    witness = f"{WITNESS}, street by street. {_sentence(choose)}"
    return "\n\n".join([*before, place, witness, *after]) + "\n"


def marks(text: str, count: int) -> list[Mark]:
    """So many different marks, spread evenly: words, phrases, sentences, quotations, and a few that are very long.

    They lie in and across one another, as marks of real readers do.
    """
    witness = text.index(WITNESS)
    made = {Mark(witness, _sentence_end(text, witness), "claim")}
    step = len(text) / count
    for turn in range(8):
        # Where two marks were the same one, a later turn puts others between them.
        for i in range(count):
            if len(made) == count:
                return sorted(made, key=lambda mark: (mark.start, -mark.end, mark.tag))
            made.add(_mark(text, int((i + turn / 8) * step), i + turn))
    raise ValueError(f"a text of {len(text)} code points is too short for {count} marks")


def words_from(text: str, start: int) -> Iterator[tuple[int, int]]:
    """The words from here on, as half-open ranges."""
    return (found.span() for found in _WORD.finditer(text, start))


def _mark(text: str, offset: int, number: int) -> Mark:
    at = _WORD.search(text, max(0, offset)) or _WORD.search(text)
    assert at is not None, "a text without words"
    start = at.start()
    if number % 4 == 1:
        return Mark(start, _sentence_end(text, start), "claim")
    if number % 4 == 2:
        found = _QUOTATION.search(text, start, start + 600)
        if found:
            return Mark(*found.span(), "quote")
    if number % 4 == 3:
        return Mark(start, at.end(), "loaded language")
    far = 12_000 if number % 4000 == 40 else 25 + number % 7 * 9
    last = _WORD.search(text, min(start + far, len(text) - 2))
    return Mark(start, last.end() if last else at.end(), "opinion")


def _sentence_end(text: str, start: int) -> int:
    found = _SENTENCE_ENDS.search(text, start)
    return found.end() if found else len(text)


def _paragraphs(choose: random.Random, size: int) -> Iterator[str]:
    written = 0
    while written < size:
        paragraph = " ".join(_sentence(choose) for _ in range(choose.randint(2, 6)))
        written += len(paragraph.encode()) + 2
        yield paragraph


def _sentence(choose: random.Random) -> str:
    kind = choose.randrange(6)
    who, also = choose.choice(_WHO), choose.choice(_ALSO)
    if kind == 0:
        return f"“{choose.choice(_SAYS)},” said {who[0].lower()}{who[1:].rstrip(',')} {also}."
    if kind == 1:
        first, second = choose.choice(_SAYS), choose.choice(_SAYS)
        return f"“{first},” {who[0].lower()}{who[1:].rstrip(',')} said {also}. “{second}.”"
    if kind == 2:
        return f"{also[0].upper()}{also[1:]}, {choose.choice(_WHAT)}."
    return f"{who} {choose.choice(_DID)} {choose.choice(_WHAT)} {also}."
