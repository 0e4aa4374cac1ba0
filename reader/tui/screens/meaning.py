"""Write what a tag means: its definition, and under it a line for every example."""

from __future__ import annotations

from reader.tui.reading.meanings import DO, DONT
from reader.tui.screens.note import NoteEditor
from reader.tui.themes import Palette
from reader.tui.widgets.bar import Words


class MeaningEditor(NoteEditor):
    """Ctrl+S gives the text back; Esc leaves everything as it was."""

    LEAVING = "leaves it as it was"

    def __init__(self, palette: Palette, tag: str, text: str) -> None:
        super().__init__(palette, tag, text, saved=None, keep=lambda _: None)
        self._tag = tag

    def heading(self) -> Words:
        """What is written, and how."""
        signs = [
            (" · ", "quiet"),
            (DO, "key"),
            (" an example, ", "quiet"),
            (DONT, "key"),
            (" a counter-example", "quiet"),
        ]
        return [("What ", "quiet"), (self._tag, "bold"), (" means", "quiet"), *signs]
