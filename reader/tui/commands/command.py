"""What a command is: its keys, what it does, and where it is listed."""

from __future__ import annotations

import string
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple, Protocol


class Mode(StrEnum):
    """What the keys belong to at a time."""

    READING = "reading"
    ADJUSTING = "adjusting"
    HINTS = "hints"
    RETAGGING = "retagging"
    LINKING = "linking"
    FINDING = "finding"
    SAYING = "saying"
    CODEBOOK = "codebook"
    SEARCHING = "searching"
    TICKING = "ticking"
    DECIDING = "deciding"
    PLACING = "placing"
    REVIEWING = "reviewing"
    REASONING = "reasoning"
    LIBRARY = "library"


class Group(StrEnum):
    """What a key is for."""

    MOVE = "Move"
    SELECT = "Select by hand"
    TAG = "Tag"
    MARKS = "Go to marks and change them"
    LINKS = "While the other mark of a link is looked for"
    SAYING = "While more is said of a mark"
    CODEBOOK = "While the codebook is open, where a tag's key goes to the tag"
    EDGES = "While edges are moved"
    SEARCH = "Search"
    EVERYTHING = "While everything is searched"
    OCCURRENCES = "While occurrences are ticked"
    CHANGED = "While the unsure marks of a changed article are decided on"
    PLACED = "While words are chosen for one of them"
    REVIEW = "While marks are reviewed, where a tag's key decides for that tag"
    REASONS = "While a reason is asked for"
    UNDO = "Undo"
    OUT = "Keep and share"
    ARTICLES = "Other articles"
    VIEW = "The screen"
    LIBRARY = "In the list of articles, where letters find"


class Command(NamedTuple):
    """Something that a key does."""

    id: str
    keys: str
    """Textual's names of the keys, with commas between."""
    action: str
    label: str
    """A word or two, for the footer and the palette."""
    help: str
    """A line, for the help screen and the docs."""
    group: Group
    mode: Mode = Mode.READING
    footer: int = 0
    """Place in the footer, 0 for none."""
    palette: bool = True
    """Whether the palette offers it."""


class Declare(Protocol):
    """What makes the commands of one heading."""

    def __call__(
        self,
        id: str,
        keys: str,
        action: str,
        label: str,
        help: str,
        *,
        mode: Mode = ...,
        footer: int = 0,
        palette: bool = ...,
    ) -> Command:
        """A command."""


def declaring(group: Group, mode: Mode = Mode.READING, *, palette: bool = True) -> Declare:
    """What makes the commands of this heading; they belong to this mode unless they say another."""

    def command(
        id: str,
        keys: str,
        action: str,
        label: str,
        help: str,
        *,
        mode: Mode = mode,
        footer: int = 0,
        palette: bool = palette,
    ) -> Command:
        return Command(id, keys, action, label, help, group, mode, footer, palette)

    return command


TAG_KEYS = string.ascii_lowercase + "123456789"
"""Fixed bindings that ask the codebook which tag they mean."""

_SHOWN = {
    "full_stop": ".", "comma": ",", "left_parenthesis": "(", "right_parenthesis": ")", "plus": "+",
    "equals_sign": "=", "minus": "-", "slash": "/", "greater_than_sign": ">", "less_than_sign": "<",
    "colon": ":", "question_mark": "?", "left_square_bracket": "[", "right_square_bracket": "]",
    "left_curly_bracket": "{", "right_curly_bracket": "}", "vertical_line": "|", "number_sign": "#",
    "exclamation_mark": "!", "percent_sign": "%", "asterisk": "*", "ampersand": "&",
    "space": "Space", "enter": "Enter", "escape": "Esc", "tab": "Tab", "delete": "Del", "insert": "Ins",
    "backspace": "Backspace", "pageup": "PgUp", "pagedown": "PgDn", "home": "Home", "end": "End",
    "left": "←", "right": "→", "up": "↑", "down": "↓",
}  # fmt: skip

_TYPED = {shown: key for key, shown in _SHOWN.items()}
_ARROWS = frozenset("←→↑↓")


def shown_key(key: str) -> str:
    """A key as people write it: `ctrl+z` is `Ctrl+Z`."""
    *modifiers, name = key.split("+")
    function_key = name[0] == "f" and name[1:].isdigit()
    shown = _SHOWN.get(name, name.upper() if modifiers or function_key else name)
    return "+".join((*(modifier.capitalize() for modifier in modifiers), shown))


def typed_key(shown: str) -> tuple[str, str | None] | None:
    """The key that is written so, by Textual's name, with the character that it types; None where it is none."""
    *modifiers, name = shown.split("+") if len(shown) > 1 else [shown]
    key = _TYPED.get(name, name.lower() if modifiers or len(name) > 1 else name)
    if modifiers:
        return "+".join((*(each.lower() for each in modifiers), key)), None
    if len(name) == 1:
        return key, None if name in _ARROWS else name
    return (key, None) if name in _TYPED or (key[0] == "f" and key[1:].isdigit()) else None


def shown_keys(command: Command, keymap: Mapping[str, str] | None = None) -> list[str]:
    """The keys of a command as people write them, with a person's own keymap."""
    return [shown_key(key) for key in (keymap or {}).get(command.id, command.keys).split(",")]
