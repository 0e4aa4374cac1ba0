"""Textual's own editor with a text that cannot be changed: `python textarea.py FILE`."""

from __future__ import annotations

import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import TextArea


class Pages(App[None]):
    """The whole window is the editor."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """The editor."""
        yield TextArea(self._text, read_only=True)


if __name__ == "__main__":
    Pages(Path(sys.argv[1]).read_text(encoding="utf-8")).run()
