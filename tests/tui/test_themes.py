"""What is written can be read in every theme: contrast as WCAG 2.2 counts it."""

from __future__ import annotations

import pytest
from rich.color import Color
from rich.style import Style

from reader.tui.themes import PALETTES, Palette

READABLE = 4.5
"""Contrast of text by success criterion 1.4.3 (AA)."""


def luminance(colour: Color) -> float:
    parts = [value / 255 for value in colour.get_truecolor()]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(words: str, ground: str) -> float:
    """Of what is written in this style where no other ground is said than this one."""
    style = Style.parse(f"on {ground}") + Style.parse(words)
    assert style.color is not None
    assert style.bgcolor is not None
    low, high = sorted((luminance(style.color), luminance(style.bgcolor)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [each for each in PALETTES.values() if not each.ansi], ids=lambda each: each.name)
def test_everything_written_can_be_read(palette: Palette) -> None:
    pairs = [
        (f"{palette.text} {over}".strip() if over.startswith("on ") else over, palette.ground)
        for over in (palette.hard, palette.cursor, palette.hit, palette.soft.removeprefix("underline "))
    ]
    for ground in (palette.ground, palette.bar):
        inks = [palette.text, palette.quiet, palette.accent, palette.good, palette.warning, palette.key]
        pairs += [(words, ground) for words in (*inks, *(tag.ink for tag in palette.tags.values()))]
    for tag in palette.tags.values():
        pairs += [(palette.text, tag.ground), (palette.strong_text, tag.strong)]
    assert [pair for pair in pairs if contrast(*pair) < READABLE] == []


def test_contrast_is_counted_as_elsewhere() -> None:
    assert round(contrast("#ffffff", "#000000"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48
