"""Every key, grouped by what it is for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from reader.annotations.codebook import Codebook
from reader.tui.commands import Command, Group, shown_keys
from reader.tui.layout.wrap import wrap
from reader.tui.screens.dialog import Over
from reader.tui.themes import Palette
from reader.tui.widgets.bar import Bar, Sheet, Words
from reader.tui.widgets.lines import Lines

KEYS_WIDTH = 24
INDENT = 2
"""Before what a key does, where there is no room beside it."""


def help_lines(commands: Sequence[Command], codebook: Codebook | None, keymap: Mapping[str, str]) -> list[Words]:
    """The lines of the help screen, with a person's own keymap; `codebook` where its tags have keys."""
    lines: list[Words] = []
    for group in [group for group in Group if any(command.group is group for command in commands)]:
        lines.append([(group.value, "accent")])
        if group is Group.TAG and codebook is not None:
            lines += [_line(*_tag(number, codebook)) for number in range(1, len(codebook.active) + 1)]
        for command in commands:
            if command.group is group:
                lines.append(_line("  ".join(shown_keys(command, keymap)), command.help))
        lines.append([])
    return lines[:-1]


def _tag(number: int, codebook: Codebook) -> tuple[str, str]:
    tag = codebook.active[number - 1]
    keys = [key for key in (tag.key, str(number) if number <= 9 else "") if key]
    return "  ".join(keys), f"{tag.name}: the {tag.unit} at the cursor, or what is selected. {tag.definition}"


def _line(keys: str, says: str) -> Words:
    return [(keys.ljust(KEYS_WIDTH), "key"), (says, "text")]


def wrapped(lines: Sequence[Words], width: int) -> list[Words]:
    """The lines of the help screen for so many columns: what does not fit goes on below."""
    keys_width = KEYS_WIDTH if width >= 2 * KEYS_WIDTH else INDENT
    out: list[Words] = []
    for line in lines:
        if len(line) != 2:
            out.append(line)
            continue
        (keys, look), (says, _) = line
        if keys_width < KEYS_WIDTH:
            out.append([(keys.rstrip(), look)])
            keys = " " * keys_width
        starts = wrap(says, max(1, width - keys_width))
        for start, end in pairwise([*starts, len(says)]):
            out.append([(keys, look), (says[start:end].rstrip(), "text")])
            keys = " " * keys_width
    return out


class Help(Over[None]):
    """Scrolls by the reading keys; any of Esc, ? and Enter leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,enter,f1", "leave", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("home", "scroll(-9999)", show=False),
        Binding("end", "scroll(9999)", show=False),
    ]
    DEFAULT_CSS = """
    Help { align: center middle; }
    Help > Sheet { width: 94%; max-width: 104; height: 92%; background: $surface; padding: 1; }
    """

    def __init__(self, palette: Palette, lines: Sequence[Words], back_to: str, group: Group | None = None) -> None:
        """`group` is the heading that it begins at, where that is not the first one."""
        super().__init__()
        self._first = group
        self._back_to = back_to
        self._palette = palette
        self._lines = lines

    def compose(self) -> ComposeResult:
        """The lines, and how to leave."""
        with Sheet():
            yield Lines(self._palette)
            yield Bar(self._palette)

    def on_mount(self) -> None:
        """Say how to leave."""
        self.query_one(Bar).show(
            [("↑ ↓ PgUp PgDn", "key"), (" scroll   ", "quiet"), ("Esc", "key"), (f" back to {self._back_to}", "quiet")]
        )

    def on_resize(self) -> None:
        """Show the lines."""
        self.call_after_refresh(self._show_lines)

    def _show_lines(self) -> None:
        widget = self.query_one(Lines)
        lines = wrapped(self._lines, widget.size.width - 2)
        widget.show(lines)
        if self._first is not None:
            widget.scroll_lines(lines.index([(self._first.value, "accent")]))

    def action_scroll(self, lines: int) -> None:
        """Scroll by so many lines."""
        self.query_one(Lines).scroll_lines(lines)

    def action_page(self, direction: int) -> None:
        """A page on or back; a row stays for the eye."""
        lines = self.query_one(Lines)
        lines.scroll_lines(direction * max(1, lines.size.height - 1))

    def action_leave(self) -> None:
        """Back to the text."""
        self.dismiss(None)
