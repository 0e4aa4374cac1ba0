"""Reference B: the least that a Textual app can be, one line on the screen; the key `down` draws it anew."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

LINE = "The least that a Textual app can show."


class Bare(App[None]):
    """One line, which counts."""

    BINDINGS: ClassVar[list[BindingType]] = [("down", "count", "count")]
    ENABLE_COMMAND_PALETTE = False
    _count = 0

    def compose(self) -> ComposeResult:
        """The line."""
        yield Static(LINE, markup=False)

    def action_count(self) -> None:
        """The next number behind the line."""
        self._count += 1
        self.query_one(Static).update(f"{LINE} {self._count}", layout=False)


if __name__ == "__main__":
    Bare().run()
