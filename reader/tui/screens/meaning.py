"""Write what a tag means: its definition, and under it a line for every example."""

from __future__ import annotations

from reader.annotations.codebook import Tag
from reader.tui.reading.describe import short
from reader.tui.reading.meanings import DO, DONT, as_text
from reader.tui.screens.note import NoteEditor
from reader.tui.themes import Palette
from reader.tui.widgets.bar import Words

SHOWN_NOW = 200
"""Code points of what another program made of it."""


class MeaningEditor(NoteEditor):
    """Ctrl+S gives the text back; Esc leaves everything as it was."""

    LEAVING = "leaves it as it was"

    def __init__(self, palette: Palette, tag: Tag, text: str, meanwhile: bool = False) -> None:
        """`meanwhile`: the tag means something else now than when the text was begun."""
        super().__init__(palette, tag.name, text, saved=None, keep=lambda _: None)
        self._tag = tag
        if meanwhile:
            now = short(" / ".join(as_text(tag).splitlines()), SHOWN_NOW)
            self.BEGINS = f"Another program has changed it meanwhile; saving puts yours in its place. It is: {now}"

    def heading(self) -> Words:
        """What is written, and how."""
        signs = [
            (" · ", "quiet"),
            (DO, "key"),
            (" an example, ", "quiet"),
            (DONT, "key"),
            (" a counter-example", "quiet"),
        ]
        return [("What ", "quiet"), (self._tag.name, "bold"), (" means", "quiet"), *signs]


class AboutEditor(NoteEditor):
    """The codebook's name in the first line, what it is for in those below."""

    LEAVING = "leaves it as it was"

    def __init__(self, palette: Palette, called: str, text: str) -> None:
        super().__init__(palette, called, text, saved=None, keep=lambda _: None)

    def heading(self) -> Words:
        """What is written."""
        return [("Its name in the first line; below, what it is for", "quiet")]
