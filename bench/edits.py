"""Edits as newsrooms make them, with a record of where every word went: what a carried span is judged by."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reader.documents.span import Span, merged

_PIECES = re.compile(r"\w+|\s+|[^\w\s]")
_QUOTATION = re.compile(r"“[^“”\n]{15,300}”|\"[^\"\n]{15,300}\"")
_SENTENCE = re.compile(r"[^\n]+?(?:[.!?…]+[\"”’)\]]*(?=\s|\Z)|(?=\n|\Z))")
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
_SHORTEST = 10
"""Characters of a sentence that is marked."""

_NEAR = 200
"""Characters between two quotations that are pieces of one."""

_LEAST_LEFT = 1 / 3
"""Share of a span's letters that must be left for it not to be gone."""


@dataclass(frozen=True, slots=True)
class Level:
    """How much is edited; each a share of the words, sentences or paragraphs."""

    name: str
    misspelt: float
    replaced: float
    inserted: float
    deleted: float
    phrases: float
    """Two to five words that become others."""
    sentences_deleted: float
    sentences_inserted: float
    sentences_moved: float
    paragraphs_deleted: float
    paragraphs_inserted: float
    paragraphs_moved: float
    quotation_marks: float
    """How often an article changes the kind of its quotation marks."""


LEVELS = (
    Level("light", 0.005, 0.004, 0.002, 0.002, 0.001, 0.005, 0.01, 0.002, 0.0, 0.01, 0.0, 0.1),
    Level("medium", 0.008, 0.016, 0.005, 0.005, 0.005, 0.03, 0.04, 0.03, 0.01, 0.02, 0.01, 0.2),
    Level("heavy", 0.02, 0.06, 0.02, 0.02, 0.02, 0.1, 0.1, 0.08, 0.04, 0.06, 0.05, 0.3),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, a sign or a space of the new text."""

    text: str
    origin: Span | None
    """Where it was in the old text; of a word that took the place of others, where those were."""
    kept: bool
    """Whether it is still the same word, if misspelt."""


Sentence = list[Piece]
Paragraph = list[Sentence]


@dataclass(frozen=True, slots=True)
class Truth:
    """Where a mark went."""

    fragments: tuple[Span, ...]
    """In the new text; none where its words are gone."""

    torn: bool
    """Whether its words came apart, so that nobody can say where it belongs now."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A new version of a text."""

    old: str
    text: str
    pieces: tuple[Piece, ...]

    def truth(self, fragments: Sequence[Span]) -> Truth:
        """Where the words of these fragments of the old text went."""
        found = [self._place(fragment) for fragment in fragments]
        places = merged(place for place, _ in found if place is not None)
        return Truth(places, any(torn for _, torn in found))

    def _place(self, fragment: Span) -> tuple[Span | None, bool]:
        """The stretch of the new text that has the fragment's words, and whether others have some, too."""
        stretches: list[tuple[int, Span]] = []
        stretch: tuple[int, Span] | None = None
        at = 0
        for piece in self.pieces:
            here, at = Span(at, at + len(piece.text)), at + len(piece.text)
            if piece.origin is None or not piece.text.strip():
                continue
            if not fragment.overlaps(piece.origin):
                stretches += [stretch] if stretch is not None else []
                stretch = None
            elif piece.kept or fragment.covers(piece.origin):
                place = _shared(here, piece, fragment)
                letters, before = stretch or (0, place)
                kept = _letters(piece.text) if piece.kept else 0
                stretch = (letters + kept, Span(before.start, place.end))
        stretches += [stretch] if stretch is not None else []
        with_words = [(letters, place) for letters, place in stretches if letters]
        if not with_words:
            return None, False
        most, place = max(with_words, key=lambda each: each[0])
        if most < _LEAST_LEFT * _letters(fragment.cut(self.old)):
            return None, len(with_words) > 1
        return place, len(with_words) > 1


def _letters(words: str) -> int:
    return sum(map(str.isalnum, words))


def _shared(here: Span, piece: Piece, fragment: Span) -> Span:
    """The part of a piece, which is `here` in the new text, that belongs to the fragment."""
    if piece.origin is None or not piece.kept or len(piece.origin) != len(here):
        return here
    before, after = fragment.start - piece.origin.start, piece.origin.end - fragment.end
    return Span(here.start + max(0, before), here.end - max(0, after))


def edited(text: str, level: Level, choose: random.Random) -> Edited:
    """A new version of the text."""
    paragraphs = list(_paragraphs(text))
    words = re.findall(r"\w+", text)
    strange = _Strangers(choose, words, [sentence for paragraph in paragraphs for sentence in paragraph])
    paragraphs = [[_reworded(sentence, level, choose, strange) for sentence in paragraph] for paragraph in paragraphs]
    paragraphs = _rearranged(paragraphs, level, choose, strange)
    pieces: list[Piece] = []
    for paragraph in paragraphs:
        for number, sentence in enumerate(paragraph):
            pieces += [Piece(" ", None, False), *sentence] if number else sentence
        pieces.append(Piece("\n\n", None, False))
    if choose.random() < level.quotation_marks:
        pieces = list(_other_marks(pieces, text))
    return Edited(text, "".join(piece.text for piece in pieces).rstrip("\n"), tuple(pieces))


def spans(text: str, count: int, choose: random.Random) -> list[tuple[Span, ...]]:
    """Different marks as people make them: words, phrases, sentences, quotations, several sentences, pieces, parts."""
    words = [Span(*found.span()) for found in re.finditer(r"\w+(?:['’]\w+)*", text)]
    found = (_stripped(text, Span(*found.span())) for found in _SENTENCE.finditer(text))
    sentences = [span for span in found if len(span) > _SHORTEST]
    quotations = [Span(*found.span()) for found in _QUOTATION.finditer(text)]
    out: dict[tuple[Span, ...], None] = {}
    for number in range(20 * count):
        out.setdefault(_mark(number % 20, words, sentences, quotations, choose))
        if len(out) == count:
            break
    return list(out)


def _mark(
    kind: int, words: Sequence[Span], sentences: Sequence[Span], quotations: Sequence[Span], choose: random.Random
) -> tuple[Span, ...]:
    at = choose.randrange(len(words))
    if kind < 5:
        return (words[at],)
    if kind < 10:
        return (Span(words[at].start, words[min(len(words) - 1, at + choose.randint(1, 6))].end),)
    if kind < 15:
        return (choose.choice(sentences),)
    if kind < 17 and quotations:
        return (choose.choice(quotations),)
    if kind < 18 and len(sentences) > 1:
        first = choose.randrange(len(sentences) - 1)
        return (Span(sentences[first].start, sentences[first + 1].end),)
    if kind < 19 and len(quotations) > 1:
        first = choose.randrange(len(quotations) - 1)
        one, other = quotations[first : first + 2]
        return (one, other) if other.start - one.end < _NEAR else (one,)
    return (Span(words[at].start, words[at].start + max(1, len(words[at]) // 2)),)


class _Strangers:
    """Words and sentences that were not in the text, made of its words."""

    def __init__(self, choose: random.Random, words: Sequence[str], sentences: Sequence[Sentence]) -> None:
        self._choose = choose
        self._words = words
        self._sentences = sentences

    def word(self) -> str:
        """One of the text's words, or an invented one."""
        if self._choose.random() < 0.5:
            return self._choose.choice(self._words)
        return "".join(self._choose.choice(("ba", "re", "ti", "lo", "ven", "mar", "sto", "ig")) for _ in range(3))

    def sentence(self) -> Sentence:
        """One of the text's sentences with most words replaced."""
        model = self._choose.choice(self._sentences)
        return [
            Piece(self.word() if each.text.isalnum() and self._choose.random() < 0.75 else each.text, None, False)
            for each in model
        ]


def _paragraphs(text: str) -> Iterator[Paragraph]:
    for line in re.finditer(r"[^\n]+", text):
        found = [Span(*each.span()) for each in _SENTENCE.finditer(line[0])]
        yield [list(_pieces(text, _stripped(text, Span(line.start() + span.start, line.start() + span.end))))
               for span in found if span.cut(line[0]).strip()]  # fmt: skip


def _pieces(text: str, span: Span) -> Iterator[Piece]:
    for found in _PIECES.finditer(text, span.start, span.end):
        yield Piece(found[0], Span(*found.span()), True)


def _stripped(text: str, span: Span) -> Span:
    words = span.cut(text)
    return Span(span.start + len(words) - len(words.lstrip()), span.end - len(words) + len(words.rstrip()))


def _reworded(sentence: Sentence, level: Level, choose: random.Random, strange: _Strangers) -> Sentence:
    out: Sentence = []
    skip_to = 0
    for index, piece in enumerate(sentence):
        if index < skip_to:
            continue
        dice = choose.random()
        if not piece.text[0].isalnum():
            out.append(piece)
        elif dice < level.phrases and index + 4 < len(sentence):
            skip_to = index + 1 + 2 * choose.randint(1, 4)
            gone = sentence[index:skip_to]
            assert piece.origin is not None
            assert gone[-1].origin is not None
            there = Span(piece.origin.start, gone[-1].origin.end)
            for number in range(choose.randint(1, 5)):
                out += [Piece(" ", there, False)] if number else []
                out.append(Piece(strange.word(), there, False))
            if gone[-1].text.isspace():
                out.append(gone[-1])
        elif (dice := dice - level.phrases) < level.misspelt:
            out.append(replace(piece, text=_misspelt(piece.text, choose)))
        elif (dice := dice - level.misspelt) < level.replaced:
            out.append(replace(piece, text=strange.word(), kept=False))
        elif (dice := dice - level.replaced) < level.inserted:
            out += [Piece(strange.word(), None, False), Piece(" ", None, False), piece]
        elif dice - level.inserted < level.deleted and len(sentence) > 6:
            skip_to = index + 2 if index + 1 < len(sentence) and sentence[index + 1].text.isspace() else index + 1
        else:
            out.append(piece)
    return out


def _misspelt(word: str, choose: random.Random) -> str:
    at = choose.randrange(len(word))
    return choose.choice((
        word[:at] + word[at:][1:2] + word[at : at + 1] + word[at + 2 :], word[:at] + word[at] + word[at:],
        word[:at] + word[at + 1 :] if len(word) > 2 else word + "e",
    ))  # fmt: skip


def _rearranged(
    paragraphs: list[Paragraph], level: Level, choose: random.Random, strange: _Strangers
) -> list[Paragraph]:
    moved: list[Sentence] = []
    out: list[Paragraph] = []
    moved_paragraphs: list[Paragraph] = []
    for paragraph in paragraphs:
        kept: Paragraph = []
        for sentence in paragraph:
            dice = choose.random()
            if dice < level.sentences_moved:
                moved.append(sentence)
            elif dice - level.sentences_moved >= level.sentences_deleted:
                kept.append(sentence)
            if choose.random() < level.sentences_inserted:
                kept.append(strange.sentence())
        dice = choose.random()
        if dice < level.paragraphs_moved:
            moved_paragraphs.append(kept)
        elif dice - level.paragraphs_moved >= level.paragraphs_deleted:
            out.append(kept)
        if choose.random() < level.paragraphs_inserted:
            out.append([strange.sentence() for _ in range(choose.randint(1, 4))])
    for sentence in moved:
        if not out:
            out.append([])
        there = choose.choice(out)
        there.insert(choose.randint(0, len(there)), sentence)
    for paragraph in moved_paragraphs:
        out.insert(choose.randint(0, len(out)), paragraph)
    return [paragraph for paragraph in out if paragraph]


def _other_marks(pieces: Sequence[Piece], text: str) -> Iterator[Piece]:
    """The pieces with straight quotation marks for curly ones, or the other way round."""
    straight = "“" in text
    for before, piece in pairwise([Piece(" ", None, False), *pieces]):
        if straight:
            yield replace(piece, text=piece.text.translate(_STRAIGHT))
        elif piece.text in "\"'":
            opens = before.text[-1:].isspace() or before.text == "("
            marks = "“”" if piece.text == '"' else "‘’"
            yield replace(piece, text=marks[0] if opens else marks[1])
        else:
            yield piece
