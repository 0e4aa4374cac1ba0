"""Every command, declared once: bindings, footer, palette, help and `docs/keys.md` come from these tables."""

from __future__ import annotations

from reader.tui.commands.changed import CHANGED
from reader.tui.commands.command import TAG_KEYS, Command, Group, Mode, shown_key, shown_keys, typed_key
from reader.tui.commands.library import LIBRARY
from reader.tui.commands.panels import PANELS
from reader.tui.commands.review import REVIEW
from reader.tui.commands.searching import SEARCHING
from reader.tui.commands.text import TEXT

__all__ = [
    "COMMANDS",
    "IN_FOOTER",
    "LIBRARY",
    "OF_THE_TEXT",
    "READING",
    "REVIEW",
    "TAG_KEYS",
    "Command",
    "Group",
    "Mode",
    "by_id",
    "shown_key",
    "shown_keys",
    "typed_key",
]

READING = (*TEXT, *PANELS, *SEARCHING, *CHANGED)
"""What the keys do while an article is open, and on the screens that come from it."""

COMMANDS = (*READING, *LIBRARY, *REVIEW)
_BY_ID = {command.id: command for command in COMMANDS}

OF_THE_TEXT = frozenset((
    Mode.READING, Mode.ADJUSTING, Mode.HINTS, Mode.RETAGGING, Mode.LINKING, Mode.FINDING, Mode.SAYING,
    Mode.CODEBOOK,
))  # fmt: skip
"""The modes of the reading screen; the others are screens of their own."""

IN_FOOTER = tuple(sorted((each for each in COMMANDS if each.footer), key=lambda each: each.footer))
"""The commands that the footer names, in its order."""


def by_id(command_id: str) -> Command:
    """The command with this id."""
    return _BY_ID[command_id]
