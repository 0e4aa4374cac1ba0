"""Choose from a list by typing, in a dialog: tags by name, commands, articles."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult

from reader.annotations.codebook import Codebook
from reader.tui.reading.picking import Choice as Choice
from reader.tui.reading.picking import Offer, Picking, of_tags
from reader.tui.screens.dialog import Dialog
from reader.tui.themes import Palette
from reader.tui.widgets.chooser import Chooser

MOST = 0.8
"""How much of the terminal's height the list may take."""


class Picker(Dialog[str | None]):
    """Type to narrow the list, Enter takes the line, Esc none."""

    DEFAULT_CSS = "Picker { align: center top; }"

    def __init__(
        self,
        palette: Palette,
        title: str,
        choices: Sequence[Choice],
        nothing: str,
        offer: Offer | None = None,
        present: str = "",
    ) -> None:
        super().__init__()
        self._picking = Picking(title, choices, nothing, offer, present)
        self._chooser = Chooser(palette, self.dismiss)

    def compose(self) -> ComposeResult:
        """The list."""
        self._chooser.ask(self._picking, int(self.app.size.height * MOST))
        yield self._chooser

    def takes(self, event: events.Key | events.Paste) -> bool:
        """All that is typed is for the list."""
        return self._chooser.takes(event)


def tag_picker(palette: Palette, title: str, codebook: Codebook) -> Picker:
    """The tags with their definitions; gives the id of the chosen one back."""
    picking = of_tags(palette, title, codebook)
    return Picker(palette, picking.title, picking.shown, picking.nothing)
