"""Choose from a list by typing: tags by name, commands, articles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from reader.annotations.codebook import Codebook
from reader.tui.reading.describe import key_of
from reader.tui.screens.dialog import Dialog
from reader.tui.themes import Palette
from reader.tui.widgets.bar import Bar, Words
from reader.tui.widgets.lines import Lines


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the list."""

    value: str
    """What is given back."""
    line: Words
    sought: str
    """What typed words are looked for in."""


Offer = Callable[[str], Sequence[Choice]]
"""More choices that come of what was typed: the path of a file to add, say."""


class Picker(Dialog[str | None]):
    """Type to narrow the list, Enter takes the line, Esc none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, priority=True),
        Binding("down", "step(1)", show=False, priority=True),
        Binding("up", "step(-1)", show=False, priority=True),
        Binding("pagedown", "step(10)", show=False, priority=True),
        Binding("pageup", "step(-10)", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    Picker { align: center top; }
    Picker > Vertical { width: 90%; max-width: 92; height: auto; max-height: 80%; margin-top: 2;
        background: $surface; padding: 1 1; }
    Picker Input, Picker Input:focus { border: none; height: 1; padding: 0 1; background: $surface; }
    Picker Lines { height: auto; min-height: 1; margin: 1 0; }
    """

    def __init__(
        self, palette: Palette, title: str, choices: Sequence[Choice], nothing: str, offer: Offer | None = None
    ) -> None:
        super().__init__()
        self._palette = palette
        self._title = title
        self._choices = choices
        self._nothing = nothing
        self._offer = offer
        self._shown: Sequence[Choice] = choices

    def compose(self) -> ComposeResult:
        """Title, what is typed, the list, the keys."""
        with Vertical():
            yield Bar(self._palette)
            yield Input(select_on_focus=False)
            yield Lines(self._palette)
            yield Bar(self._palette)

    def on_mount(self) -> None:
        """Show the whole list."""
        title, keys = self.query(Bar)
        title.show([(self._title, "bold")])
        keys.show([("Enter", "key"), (" takes it   ", "quiet"), ("Esc", "key"), (" leaves", "quiet")])
        self._list("")

    def _list(self, typed: str) -> None:
        words = typed.casefold().split()
        found = [choice for choice in self._choices if all(word in choice.sought.casefold() for word in words)]
        self._shown = [*found, *(self._offer(typed) if self._offer and typed.strip() else ())]
        lines = self.query_one(Lines)
        room = max(3, int(self.app.size.height * 0.8) - 9)
        lines.styles.height = max(1, min(room, len(self._shown)))
        if self._shown:
            lines.show([choice.line for choice in self._shown], 0)
        else:
            lines.show([[(self._nothing, "quiet")]])

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        self._list(event.value)

    def on_input_submitted(self) -> None:
        """Take the chosen line."""
        chosen = self.query_one(Lines).chosen
        if chosen is not None and self._shown:
            self.dismiss(self._shown[chosen].value)

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Take the clicked line."""
        if self._shown:
            self.dismiss(self._shown[event.index].value)

    def action_step(self, lines: int) -> None:
        """Another line."""
        listed = self.query_one(Lines)
        listed.choose((listed.chosen or 0) + lines)

    def action_leave(self) -> None:
        """Nothing is chosen."""
        self.dismiss(None)


def tag_picker(palette: Palette, title: str, codebook: Codebook) -> Picker:
    """The tags with their definitions; gives the id of the chosen one back."""
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
    return Picker(palette, title, choices, "No tag is called that.")
