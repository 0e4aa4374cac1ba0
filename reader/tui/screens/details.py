"""A small form: what is known about an article."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from reader.errors import ReaderError
from reader.tui.screens.dialog import Dialog
from reader.tui.themes import Palette
from reader.tui.widgets.bar import Bar, Buttons

FIELDS = {"title": "Title", "byline": "By", "date": "Date", "source": "Source"}
"""The details by their names, with what stands before each line."""

_HINTS = {"date": "2026-03-02, or March 2, 2026", "source": "an address, a paper, an archive"}
"""What stands in an empty line."""

Check = Callable[[Mapping[str, str]], object]
"""ReaderError, in a sentence, where the details cannot be kept."""


class Details(Dialog[Mapping[str, str] | None]):
    """Enter gives all lines back, Esc nothing; Tab and the arrows go from line to line.

    It stays open, with a sentence, where something is wrong.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, priority=True),
        Binding("enter", "save", show=False, priority=True),
        Binding("down,tab", "line(1)", show=False, priority=True),
        Binding("up,shift+tab", "line(-1)", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    Details { align: center middle; }
    Details > Vertical { width: 90%; max-width: 84; height: 9; max-height: 100%; background: $surface; padding: 1; }
    Details Horizontal { height: 1; }
    Details Horizontal > Bar { width: 9; }
    Details Input, Details Input:focus { border: none; height: 1; width: 1fr; padding: 0 1; background: $surface; }
    Details Input:focus { background: $background; }
    """

    def __init__(self, palette: Palette, heading: str, details: Mapping[str, str], verb: str, check: Check) -> None:
        """`heading` says what the form is for, `verb` what Enter does: `saves`."""
        super().__init__()
        self._palette = palette
        self._heading = heading
        self._verb = verb
        self._check = check
        self._problem = Bar(palette)
        self._lines = {
            name: Input(details.get(name, ""), placeholder=_HINTS.get(name, ""), select_on_focus=False)
            for name in FIELDS
        }

    def compose(self) -> ComposeResult:
        """Heading, a line for each detail, what is wrong, the keys."""
        with Vertical():
            yield Bar(self._palette)
            for name, label in FIELDS.items():
                with Horizontal():
                    before = Bar(self._palette)
                    before.show([(label, "quiet")])
                    yield before
                    yield self._lines[name]
            yield self._problem
            yield Buttons(self._palette, self._pressed)

    def on_mount(self) -> None:
        """Show heading and keys."""
        heading, *_, keys = self.query(Bar)
        heading.show([(self._heading, "bold")])
        keys.show(
            [("Enter", "key"), (f" {self._verb}   ", "quiet"), ("Esc", "key"), (" leaves   ", "quiet")],
            [("Tab", "key"), (" next line", "quiet")],
        )

    def _pressed(self, place: int) -> None:
        if place < 2:
            self.action_save()
        else:
            self.action_leave()

    def action_line(self, direction: int) -> None:
        """Another line."""
        lines = list(self._lines.values())
        here = next((place for place, line in enumerate(lines) if line.has_focus), 0)
        lines[(here + direction) % len(lines)].focus()

    def action_save(self) -> None:
        """Give the lines back."""
        details = {name: line.value for name, line in self._lines.items()}
        try:
            self._check(details)
        except ReaderError as problem:
            self._problem.show([(str(problem), "warning")])
            return
        self.dismiss(details)

    def action_leave(self) -> None:
        """Give nothing back."""
        self.dismiss(None)
