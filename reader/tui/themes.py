"""What things look like: four palettes, for the line-drawn widgets and for Textual's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from textual.theme import Theme


class Ink(NamedTuple):
    """One tag colour: the ground of marked words, of their ends and of the focused mark, and the letter."""

    ground: str
    strong: str
    ink: str


class Palette(NamedTuple):
    """Every style that is drawn, as rich style strings; grounds may be `default`."""

    name: str
    dark: bool
    text: str
    ground: str
    quiet: str
    faint: str
    accent: str
    good: str
    warning: str
    bar: str
    """Ground of header and footer."""
    soft: str
    """What a move has selected."""
    hard: str
    """What a person has selected."""
    cursor: str
    hit: str
    key: str
    strong_text: str
    """Colour of the words on a strong ground."""
    tags: Mapping[str, Ink]
    ansi: bool = False


def _inks(**colours: str) -> dict[str, Ink]:
    return {name: Ink(*value.split()) for name, value in colours.items()}


DARK = Palette(
    name="dark",
    dark=True,
    text="#e8e3d8",
    ground="#15171c",
    quiet="#8b919c",
    faint="#4d535e",
    accent="#8ab4f8",
    good="#7fd6a0",
    warning="#f0c368",
    bar="#1d2027",
    soft="on #2c313b",
    hard="#ffffff on #3d5a86",
    cursor="#15171c on #e8e3d8",
    hit="#15171c on #d9b45b",
    key="bold #cfd6e2",
    strong_text="#ffffff",
    tags=_inks(
        blue="#1d3250 #2d5b99 #8ab8ff",
        green="#1b3828 #2c7448 #7fd6a0",
        amber="#413317 #866518 #f0c368",
        magenta="#43203d #943c85 #f19be0",
        cyan="#133a40 #1c7885 #6fdbe8",
        red="#472020 #9c3a3a #ff9a90",
        violet="#312852 #614bb0 #bba7ff",
        olive="#33381a #6c7a26 #cddb7c",
    ),
)

LIGHT = Palette(
    name="light",
    dark=False,
    text="#24272c",
    ground="#fbf8f1",
    quiet="#62666d",
    faint="#b9b2a3",
    accent="#1a4f95",
    good="#1d6a3b",
    warning="#8a5a00",
    bar="#f0ebdf",
    soft="on #e9e3d4",
    hard="#10233d on #b5d0f5",
    cursor="#fbf8f1 on #24272c",
    hit="#24272c on #f2cf66",
    key="bold #24272c",
    strong_text="#111111",
    tags=_inks(
        blue="#dbe8fb #9cc1f2 #1a4f95",
        green="#daf0df #95d2a9 #1d6a3b",
        amber="#fbecc6 #eecb6e #7a5300",
        magenta="#f8ddf1 #e4a0d3 #8c1f78",
        cyan="#d5f0f3 #8ed3dc #0e626d",
        red="#fbdedb #f0a39c #9b2219",
        violet="#e6e0fb #bfb0f0 #4a2fa0",
        olive="#ebefcf #cbd583 #566110",
    ),
)

CONTRAST = Palette(
    name="high contrast",
    dark=True,
    text="#ffffff",
    ground="#000000",
    quiet="#d0d0d0",
    faint="#8f8f8f",
    accent="#ffff00",
    good="#00ff7f",
    warning="#ffd700",
    bar="#1a1a1a",
    soft="underline on #3a3a3a",
    hard="#000000 on #ffffff",
    cursor="bold #000000 on #ffff00",
    hit="#000000 on #ffd700",
    key="bold #ffff00",
    strong_text="#ffffff",
    tags=_inks(
        blue="#00257a #0046d5 #8fc2ff",
        green="#004a1d #007a31 #66ff99",
        amber="#5c4300 #8f6900 #ffd24d",
        magenta="#5e0050 #a3008b #ff9df0",
        cyan="#004b54 #007a88 #66f0ff",
        red="#6e0b00 #b81400 #ffab9e",
        violet="#35148a #5a2be0 #cdb8ff",
        olive="#3f4700 #697600 #e4f266",
    ),
)

TERMINAL = Palette(
    name="terminal",
    dark=True,
    text="default",
    ground="default",
    quiet="default",
    faint="bright_black",
    accent="bright_blue",
    good="green",
    warning="yellow",
    bar="default",
    soft="bold",
    hard="reverse",
    cursor="reverse bold",
    hit="reverse underline",
    key="bold",
    strong_text="default",
    tags=_inks(
        blue="default reverse blue",
        green="default reverse green",
        amber="default reverse yellow",
        magenta="default reverse magenta",
        cyan="default reverse cyan",
        red="default reverse red",
        violet="default reverse bright_magenta",
        olive="default reverse bright_yellow",
    ),
    ansi=True,
)

PALETTES = {palette.name: palette for palette in (DARK, LIGHT, CONTRAST, TERMINAL)}


def textual_theme(palette: Palette) -> Theme:
    """The same palette for Textual's own widgets: the note editor, the prompts."""
    if palette.ansi:
        return Theme(
            name=palette.name,
            ansi=True,
            primary="ansi_blue",
            secondary="ansi_cyan",
            warning="ansi_yellow",
            error="ansi_red",
            success="ansi_green",
            accent="ansi_blue",
            foreground="ansi_default",
            background="ansi_default",
            surface="ansi_default",
            panel="ansi_default",
            boost="ansi_default",
            variables={
                "ansi-background": "ansi_black",
                "ansi-foreground": "ansi_white",
                "input-cursor-background": "ansi_white",
                "input-cursor-foreground": "ansi_black",
                "input-cursor-text-style": "reverse",
                "input-selection-background": "ansi_blue",
                "input-selection-foreground": "ansi_white",
            },
        )
    return Theme(
        name=palette.name,
        dark=palette.dark,
        primary=palette.accent,
        secondary=palette.quiet,
        warning=palette.warning,
        error=palette.tags["red"].ink,
        success=palette.good,
        accent=palette.accent,
        foreground=palette.text,
        background=palette.ground,
        surface=palette.bar,
        panel=palette.bar,
    )
