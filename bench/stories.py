"""News articles made up here, always the same; runs of words stand twice in them about as often as in real ones."""

from __future__ import annotations

import random


def _words(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


_FIRST = _words(
    "Mara Ivo Anneke Tomas Ilse Rosa Piet Samira Ludo Greta Oduya Ines Karel Wanda Jonas Tilda Amos Vera Niko"
)
_LAST = _words(
    "Lindqvist Kest Vos Brandt Marrow Núñez Pell Wójcik Hale Ferrand Adler Quist Okoro Benes Tamm Rourke Sorel Iversen"
    " Maddox Pereira Lund Castor Zeman Falk Dorn Whitlock"
)
_OFFICES = _words(
    "mayor minister inspector engineer judge spokeswoman captain teacher nurse farmer lawyer plumber historian broker"
    " surveyor porter bishop janitor editor pilot chemist"
)
_NOUNS = _words(
    "bridge breakwater report budget tramway school ledger storeroom contract vote storm bakery museum wall lighthouse"
    " market crossing appendix ferry hospital estimate tunnel archive timetable quay petition inquiry statue pump well"
    " orchard factory chimney stairway letter verdict harvest curfew census reservoir depot carriage choir clinic dam"
    " quarry mast pension boiler convoy stadium railing treaty warehouse garden meadow barge lecture mortgage turbine"
    " pavement antenna prison brewery canal roof lantern mill kiosk granary fountain visa merger strike levy ballot"
)
_ADJECTIVES = _words(
    "old new second modest empty crooked northern public private costly famous broken narrow secret yearly heavy brick"
    " wooden distant hasty silent frozen rented painted doubtful generous useless final early foreign local muddy proud"
    " fragile ancient shallow spare reckless careful faulty remote gilded plain sudden lively outdated"
)
_VERBS = _words(
    "closed bought praised buried sold counted opened forgot repaired defended measured doubted postponed lost rebuilt"
    " mistook inspected cancelled described promised renamed flooded abandoned approved questioned photographed insured"
    " guarded emptied leased painted welcomed blocked copied divided exported financed ignored lifted mapped noticed"
    " occupied planned refused searched tested visited weighed wrapped banned carried drained"
)
_ADVERBS = _words(
    "quietly hastily twice yesterday again rarely openly briefly almost finally slowly gladly nearly often apparently"
    " officially suddenly reluctantly proudly cheaply"
)
_WHERE = _words("in near behind above beside below without under along past against beyond")
_WHEN = _words("after before until since while because although unless")


_OWN = 0.4
"""How often it is one of the people and things that the article is about."""


def story(choose: random.Random, sentences: int) -> str:
    """A headline and paragraphs of a few sentences each: about 90 characters a sentence."""
    about = _Story(choose)
    paragraphs: list[list[str]] = [[]]
    for _ in range(sentences):
        if len(paragraphs[-1]) > choose.randint(1, 4):
            paragraphs.append([])
        paragraphs[-1].append(about.sentence())
    return "\n\n".join([_capital(about.clause()), *(" ".join(paragraph) for paragraph in paragraphs)])


class _Story:
    """Some people and things come again and again."""

    def __init__(self, choose: random.Random) -> None:
        self._choose = choose
        self._people = [_person(choose) for _ in range(4)]
        self._things = [_thing(choose) for _ in range(6)]

    def sentence(self) -> str:
        """One sentence, of a headline's or a report's kind, with a quotation or without."""
        pick, who, clause, other = self._choose.choice, self._who(), self.clause(), self.clause()
        first, second = _capital(clause), _capital(other)
        return pick((
            f"“{first},” said {who}.",
            f"“{first},” {who} said. “{second}, {pick(_WHEN)} {self.clause()}.”",
            f"{_capital(who)} called {self._what()} “{pick(_ADJECTIVES)}” and {pick(_VERBS)} it.",
            f"{_capital(self._what())} will cost {self._choose.randint(2, 99)} million, {pick(_ADVERBS)}.",
            f"{_capital(who)} said that {clause}, {pick(_WHEN)} {other}.",
            f"{_capital(pick(_ADVERBS))}, {clause}; {other}.",
            f"On {pick(('Monday', 'Tuesday', 'Friday'))} {clause}.",
            f"{first} {pick(_WHEN)} {other}.",
        ))  # fmt: skip

    def clause(self) -> str:
        """Somebody did something."""
        words = [self._who(), self._choose.choice(_VERBS), self._what()]
        if self._choose.random() < 0.5:
            words.insert(1, self._choose.choice(_ADVERBS))
        if self._choose.random() < 0.5:
            words += [self._choose.choice(_WHERE), self._what()]
        return " ".join(words)

    def _who(self) -> str:
        return self._choose.choice(self._people) if self._choose.random() < _OWN else _person(self._choose)

    def _what(self) -> str:
        return self._choose.choice(self._things) if self._choose.random() < _OWN else _thing(self._choose)


def _person(choose: random.Random) -> str:
    if choose.random() < 0.5:
        return f"{choose.choice(_FIRST)} {choose.choice(_LAST)}"
    return f"{choose.choice(('the', 'a', 'one', 'every'))} {choose.choice(_OFFICES)}"


def _thing(choose: random.Random) -> str:
    article, noun = choose.choice(("the", "the", "a", "this", "its", "our")), choose.choice(_NOUNS)
    return f"{article} {choose.choice(_ADJECTIVES)} {noun}" if choose.random() < 0.6 else f"{article} {noun}"


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
