"""Choosing from a list by typing: what fits, and what would be taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from reader.annotations.codebook import Codebook
from reader.tui.reading.describe import key_of
from reader.tui.reading.line import EDITING, Line, pressed, typed
from reader.tui.themes import Palette

STEPS = {"down": 1, "up": -1, "pagedown": 10, "pageup": -10}
"""The keys that go to another line, by Textual's names, and how far."""


class Choice(NamedTuple):
    """One line of the list."""

    value: str
    """What is given back."""
    line: Sequence[tuple[str, str]]
    """Its words, each with a style."""
    sought: str
    """What typed words are looked for in."""


Offer = Callable[[str], Sequence[Choice]]
"""More choices that come of what was typed: the path of a file to add, say."""


class Picking:
    """A question, the choices that fit what has been typed, and which of them Enter takes."""

    def __init__(
        self, title: str, choices: Sequence[Choice], nothing: str, offer: Offer | None = None, present: str = ""
    ) -> None:
        """`present` is the value that holds now, which the list begins at."""
        self.title = title
        self.nothing = nothing
        """Said where nothing fits."""
        self.line = Line()
        self.shown: Sequence[Choice] = choices
        self.chosen = next((place for place, choice in enumerate(choices) if present and choice.value == present), 0)
        self._choices = choices
        self._offer = offer

    @property
    def value(self) -> str | None:
        """What Enter takes; None where nothing fits."""
        return self.shown[self.chosen].value if self.shown else None

    def press(self, key: str, character: str | None) -> bool:
        """Whether a key was one of the list's, and not one that ends it."""
        if key in STEPS:
            self._turn(STEPS[key])
        elif key in EDITING:
            self._type(pressed(self.line, key))
        elif character and character.isprintable():
            self._type(typed(self.line, character))
        else:
            return False
        return True

    def paste(self, words: str) -> None:
        """Words at the cursor."""
        self._type(typed(self.line, words))

    def step(self, lines: int) -> None:
        """Another line."""
        self.chosen = max(0, min(self.chosen + lines, len(self.shown) - 1))

    def _turn(self, lines: int) -> None:
        """Another line; one step beyond an end is at the other one."""
        last = len(self.shown) - 1
        beyond = self.chosen + lines if abs(lines) == 1 else 0
        self.step(last if beyond < 0 else -last if beyond > last else lines)

    def _type(self, line: Line) -> None:
        before, self.line = self.line, line
        if line.text == before.text:
            return
        words = line.text.casefold().split()
        found = [choice for choice in self._choices if all(word in choice.sought.casefold() for word in words)]
        self.shown = [*found, *(self._offer(line.text) if self._offer and words else ())]
        self.chosen = 0


def of_tags(palette: Palette, title: str, codebook: Codebook) -> Picking:
    """The tags with their definitions; the value of each is its id."""
    choices = [
        Choice(
            tag.id,
            [
                (f"{key_of(codebook, tag):<3}", f"bold {palette.tags[tag.colour].ink}"),
                (f"{tag.name}  ", "bold"),
                (tag.definition, "quiet"),
            ],
            f"{tag.name} {tag.key}",
        )
        for tag in codebook.active
    ]
    return Picking(title, choices, "No tag is called that.")
