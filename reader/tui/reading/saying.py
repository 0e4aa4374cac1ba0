"""The form in which attributes of a mark are given: its fields, what is offered for each, and what keys do to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from reader.annotations.codebook import Attribute, Kind, Tag
from reader.documents.folding import folded
from reader.tui.reading.line import Line, pressed, typed
from reader.work.attributes import checked
from reader.work.speaking import Offer

Said = Mapping[str, tuple[str, ...]]
"""Values by the attribute's name."""

Offers = Callable[[Attribute, Said], Sequence[Offer]]
"""What is offered for an attribute, given what is said in the form so far."""

Matching = Callable[[Attribute, str], Sequence[Offer]]
"""Earlier values that hold what was typed."""

AS_TYPED = "as typed"


class Row(NamedTuple):
    """Something that can be taken for the field that is being filled in."""

    value: str
    why: str
    key: str
    """What takes it besides Enter: a digit, a letter, both, or nothing."""
    given: bool
    """Whether it is said already."""


class Form:
    """The attributes of one mark, one of them being filled in."""

    def __init__(self, tag: Tag, said: Said, offers: Offers, matching: Matching) -> None:
        self.tag = tag
        self.fields = tag.attributes
        self._before = {each.name: tuple(said.get(each.name, ())) for each in self.fields}
        self.values = dict(self._before)
        """What is said, by the attribute's name."""
        self._offers = offers
        self._matching = matching
        self._letters = {each.name: mnemonics(each) for each in self.fields}
        self.at = 0
        """Which field is being filled in."""
        self.line = Line()
        """What is typed there; nothing in a field of choices."""
        self.chosen: int | None = None
        """The row that Enter takes."""
        self.rows: list[Row] = []
        """What is offered there now."""
        self._asked: tuple[object, ...] = ()
        self._answer: Sequence[Offer] = ()
        self._picked = False
        missing = self._missing()
        self._go_to(missing[0] if missing else 0)

    @property
    def field(self) -> Attribute:
        """The attribute that is being filled in."""
        return self.fields[self.at]

    @property
    def missing(self) -> int:
        """How many are wanted and not said."""
        return len(self._missing())

    @property
    def changed(self) -> dict[str, tuple[str, ...]]:
        """What differs from what was said before: nothing for what is taken away."""
        return {name: values for name, values in self.values.items() if values != self._before[name]}

    def press(self, key: str, character: str | None) -> bool:
        """A letter, a digit or a key that edits, by Textual's name and the sign that it types; whether that was all.

        Refused, and nothing lost, where a value cannot be; so do the others.
        """
        return (self._press_choice if self._is_chosen_from else self._press_text)(key, character)

    def enter(self) -> bool:
        """Takes the chosen row, else what is typed; whether that was all."""
        if self.chosen is not None and self.field.kind is not Kind.CHOICES:
            self._set(self.rows[self.chosen].value)
            return self._on_or_more()
        self.keep()
        return self._on()

    def next(self, fields: int) -> None:
        """So many fields on."""
        self.keep()
        self._go_to((self.at + fields) % len(self.fields))

    def step(self, rows: int) -> None:
        """So many rows down; to another field where nothing is offered."""
        if not self.rows:
            self.next(rows)
            return
        last = len(self.rows) - 1
        if self.chosen is None:
            self.chosen = 0 if rows > 0 else last
        else:
            self.chosen = max(0, min(last, self.chosen + rows))
        self._picked = True

    def keep(self) -> None:
        """What was typed or gone to is said; what was only offered is not."""
        if self._picked and self.chosen is not None and self.field.kind is not Kind.CHOICES:
            self._set(self.rows[self.chosen].value)
        elif self._is_chosen_from or self.line.fresh:
            return
        elif self.line.text.strip():
            self._set(self.line.text)
        elif not self.field.takes_several:
            self.values[self.field.name] = ()

    def take(self, number: int) -> bool:
        """Takes a row, as a click on it does; whether that was all."""
        if self.field.kind is Kind.CHOICES:
            self._toggle(number)
            return False
        self._set(self.rows[number].value)
        return self._on_or_more()

    def focus(self, number: int) -> None:
        """Goes to a field, as a click on it does."""
        self.keep()
        self._go_to(number)

    def paste(self, words: str) -> None:
        """Words from the clipboard; they never act as keys."""
        if not self._is_chosen_from:
            self._type(typed(self.line, words))

    # Keys

    @property
    def _is_chosen_from(self) -> bool:
        return self.field.kind in (Kind.CHOICE, Kind.CHOICES, Kind.YES_NO)

    @property
    def _digits_take(self) -> bool:
        """Whether digits take a row rather than being typed."""
        return self._is_chosen_from or (
            self.field.kind in (Kind.TEXT, Kind.URL) and (not self.line.text or self.line.fresh)
        )

    def _press_choice(self, key: str, character: str | None) -> bool:
        if key in ("backspace", "delete"):
            self.values[self.field.name] = ()
            self._offer()
        elif key == "space" and self.field.kind is Kind.CHOICES and self.chosen is not None:
            self._toggle(self.chosen)
        elif character:
            number = next((i for i, row in enumerate(self.rows) if character.lower() in row.key.split()), None)
            return number is not None and self.take(number)
        return False

    def _press_text(self, key: str, character: str | None) -> bool:
        if character and character.isascii() and character.isdigit() and self._digits_take:
            number = next((i for i, row in enumerate(self.rows) if row.key == character), None)
            if number is not None:
                return self.take(number)
        said = self.values[self.field.name]
        if key in ("backspace", "ctrl+h") and not self.line.text and said:
            self.values[self.field.name] = said[:-1]
            self._offer()
            return False
        printable = character is not None and character.isprintable() and not key.startswith("ctrl+")
        self._type(typed(self.line, character) if printable and character else pressed(self.line, key))
        return False

    def _type(self, line: Line) -> None:
        other = line.text != self.line.text or line.fresh != self.line.fresh
        self.line = line
        if other:
            self._picked = False
            self._offer()

    # Values

    def _toggle(self, number: int) -> None:
        value, said = self.rows[number].value, self.values[self.field.name]
        wanted = {*said} ^ {value}
        self.values[self.field.name] = tuple(each for each in self.field.choices if each in wanted)
        self._offer()
        self.chosen = number

    def _set(self, value: str) -> None:
        """Says this of the mark; Refused where it cannot be."""
        said = self.values[self.field.name] if self.field.takes_several else ()
        self.values[self.field.name] = checked(self.tag, {self.field.name: [*said, value]})[self.field.name]
        self.line = Line()

    def _missing(self) -> list[int]:
        return [i for i, each in enumerate(self.fields) if each.wanted and not self.values[each.name]]

    def _on_or_more(self) -> bool:
        """A field that takes several values waits for one more, and for Enter on an empty line."""
        if not self.field.takes_several:
            return self._on()
        self._offer()
        return False

    def _on(self) -> bool:
        """To what is missing further on; else that was all: nobody is sent back to what was left out."""
        missing = [number for number in self._missing() if number > self.at]
        if missing:
            self._go_to(missing[0])
        return not missing

    def _go_to(self, number: int) -> None:
        self.at = number
        self._picked = False
        said = self.values[self.field.name]
        single = bool(said) and not self._is_chosen_from and not self.field.takes_several
        self.line = Line(said[0], len(said[0]), fresh=True) if single else Line()
        self._offer()

    # What is offered

    def _offer(self) -> None:
        said = self.values[self.field.name]
        typed_words = "" if self.line.fresh or self._is_chosen_from else " ".join(self.line.text.split())
        found = self._found(typed_words) if typed_words else self._offered()
        letters = self._letters[self.field.name]
        self.rows = []
        for number, offer in enumerate(each for each in found if self._is_chosen_from or each.value not in said):
            digit = str(number + 1) if number < 9 and self._digits_take else ""
            key = " ".join(filter(None, (letters[number] if self._is_chosen_from else "", digit)))
            self.rows.append(Row(offer.value, offer.why, key, offer.value in said))
        if self._is_chosen_from:
            self.chosen = next((i for i, row in enumerate(self.rows) if row.given), None)
        else:
            self.chosen = 0 if self.rows and (typed_words or not said) else None

    def _offered(self) -> Sequence[Offer]:
        """What is offered for the field, asked for again where something else was said meanwhile."""
        asked = (self.field.name, *(each for each in self.values.items() if each[0] != self.field.name))
        if self._asked != asked:
            self._asked, self._answer = asked, self._offers(self.field, self.values)
        return self._answer

    def _found(self, words: str) -> list[Offer]:
        """What fits the words typed: values that begin so, the words themselves, values that hold them."""
        wanted = folded(words)
        fitting: dict[str, Offer] = {}
        offered = [offer for offer in self._offered() if wanted in folded(offer.value)]
        for offer in (*offered, *self._matching(self.field, words)):
            fitting.setdefault(offer.value, offer)
        begin = [offer for value, offer in fitting.items() if _begins(folded(value), wanted)]
        rest = [offer for offer in fitting.values() if offer not in begin]
        own = [] if words in fitting else [Offer(words, AS_TYPED)]
        return [*begin, *own, *rest][:9]


def mnemonics(attribute: Attribute) -> list[str]:
    """A letter for each choice, the first of its own that no other has; empty where none is left."""
    choices = ("yes", "no") if attribute.kind is Kind.YES_NO else attribute.choices
    taken: set[str] = set()
    out = []
    for choice in choices:
        letter = next((each for each in folded(choice) if each.isascii() and each.isalpha() and each not in taken), "")
        taken.add(letter)
        out.append(letter)
    return out


def _begins(value: str, wanted: str) -> bool:
    return value.startswith(wanted) or any(word.startswith(wanted) for word in value.split())
