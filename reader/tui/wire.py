"""What the terminal is sent for styled words: of each style only what differs from the one before it.

Textual sends every style whole and takes it back behind its words, which is most of what a key costs over SSH.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import NamedTuple

from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style

MOST_KEPT = 8192
"""Changes of style kept at hand."""

_SYSTEMS = {"standard": ColorSystem.STANDARD, "256": ColorSystem.EIGHT_BIT, "truecolor": ColorSystem.TRUECOLOR}

_ON = {
    "bold": "1", "dim": "2", "italic": "3", "underline": "4", "blink": "5", "blink2": "6", "reverse": "7",
    "conceal": "8", "strike": "9", "underline2": "21", "frame": "51", "encircle": "52", "overline": "53",
}  # fmt: skip

if "STY" in os.environ:
    # GNU screen takes what is italic for reversed, and knows one underline.
    _ON = {name: number for name, number in _ON.items() if name != "italic"} | {"underline2": "4"}

_OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "7": "27", "9": "29"}
"""What ends an attribute everywhere. The others are ended with all else: 55 is not known to all, and there are
terminals for which 21 ends what is bold."""

_LETTERS_ONLY = frozenset({"1", "2", "3"})
"""What is not seen where there are no letters."""

_RESET = "\x1b[0m"


class Pen(NamedTuple):
    """How a terminal writes, as the numbers that it was told; 4 and 21 exclude each other."""

    attributes: frozenset[str]
    ink: str
    ground: str


PLAIN = Pen(frozenset(), "39", "49")
"""As after a reset."""


class Wire:
    """What segments are for a terminal of so many colours; a piece begins and ends without a style."""

    def __init__(self, colours: ColorSystem) -> None:
        self._colours = colours
        self._pens = [PLAIN]
        self._numbers = {PLAIN: 0}
        # By the pen before, the style and whether there are no letters. The style is kept, so that its id stays its.
        self._changes: dict[tuple[int, int, bool], tuple[str, int, Style | None]] = {}

    def sent(self, parts: Iterable[tuple[str, Iterable[Segment]]]) -> str:
        """Some parts of the screen, each a move to where it begins and its segments."""
        if len(self._changes) > MOST_KEPT:
            self.__init__(self._colours)  # type: ignore[misc]
        changes = self._changes
        out: list[str] = []
        pen = 0
        for move, segments in parts:
            out.append(move)
            for text, style, _ in segments:
                blank = text.isspace()
                found = changes.get((pen, id(style), blank))
                if found is None:
                    found = self._change(pen, style, blank=blank)
                change, pen, _ = found
                out += (change, text)
        if pen:
            out.append(_RESET)
        return "".join(out)

    def _change(self, before: int, style: Style | None, *, blank: bool) -> tuple[str, int, Style | None]:
        then = self._pen(style)
        now = self._pens[before]
        if blank and then.attributes <= _LETTERS_ONLY and now.attributes <= _LETTERS_ONLY:
            # Only the ground is seen.
            then = Pen(now.attributes, now.ink, then.ground)
        number = self._numbers.get(then)
        if number is None:
            number = self._numbers[then] = len(self._pens)
            self._pens.append(then)
        found = self._changes[before, id(style), blank] = (between(now, then), number, style)
        return found

    def _pen(self, style: Style | None) -> Pen:
        if style is None:
            return PLAIN
        ink, ground = style.color, style.bgcolor
        attributes = {number for name, number in _ON.items() if getattr(style, name)}
        if "21" in attributes:
            # There is one underline: two of them in a row, told one by one, would end up as whichever came last.
            attributes.discard("4")
        return Pen(
            frozenset(attributes),
            "39" if ink is None else ";".join(ink.downgrade(self._colours).get_ansi_codes()),
            "49" if ground is None else ";".join(ground.downgrade(self._colours).get_ansi_codes(foreground=False)),
        )


def between(before: Pen, after: Pen) -> str:
    """The shortest way from one pen to another."""
    ended, begun = before.attributes - after.attributes, after.attributes - before.attributes
    colours = [now for was, now in zip(before[1:], after[1:], strict=True) if was != now]
    if not (ended or begun or colours):
        return ""
    change: str | None = None
    if ended <= _OFF.keys():
        off = {_OFF[number] for number in ended}
        # Bold and dim end together.
        again = {number for number in after.attributes & before.attributes if _OFF.get(number) in off} if off else ()
        change = ";".join([*_in_order(off), *_in_order(begun.union(again)), *colours])
        if not ended and PLAIN.ink not in colours and PLAIN.ground not in colours:
            return f"\x1b[{change}m"
    anew = [now for plain, now in zip(PLAIN[1:], after[1:], strict=True) if now != plain]
    whole = ";".join(["0", *_in_order(after.attributes), *anew])
    return f"\x1b[{whole if change is None or len(whole) < len(change) else change}m"


def _in_order(numbers: Collection[str]) -> list[str]:
    return sorted(numbers, key=int) if len(numbers) > 1 else list(numbers)


@lru_cache(maxsize=4)
def _wire(colours: ColorSystem) -> Wire:
    return Wire(colours)


def wire_to(console: Console) -> Wire:
    """The one to this console's terminal."""
    return _wire(_SYSTEMS.get(console.color_system or "truecolor", ColorSystem.TRUECOLOR))
