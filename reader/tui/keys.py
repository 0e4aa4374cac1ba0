"""Bindings, made from the table of commands.

They are taken as soon as a key arrives and not on its way back up from the pane: a key that opens a dialog has then
opened it before the next one comes, however fast somebody types.
"""

from __future__ import annotations

import string
from collections.abc import Collection, Mapping

from textual.binding import Binding

from reader.errors import UsageProblem
from reader.tui.commands import COMMANDS, IN_FOOTER, OF_THE_TEXT, TAG_KEYS, Mode, shown_key, shown_keys

_ARROWS = frozenset(("up", "down", "left", "right"))


def command_bindings(actions: Collection[str], modes: Collection[Mode] = OF_THE_TEXT) -> list[Binding]:
    """The bindings of the commands of these modes whose actions are among these."""
    return [
        Binding(command.keys, command.action, command.label, show=False, priority=True, id=command.id)
        for command in COMMANDS
        if command.mode in modes and command.action.partition("(")[0] in actions
    ]


def mode_bindings(mode: Mode) -> list[Binding]:
    """The bindings of the commands of a screen of its own."""
    return command_bindings({command.action.partition("(")[0] for command in COMMANDS}, (mode,))


def footer(mode: Mode, keymap: Mapping[str, str]) -> list[tuple[str, str]]:
    """The keys of a mode that the footer names: each with what it does."""
    return [(shown_keys(each, keymap)[0], each.label) for each in IN_FOOTER if each.mode is mode]


def check_keymap(keymap: Mapping[str, str]) -> None:
    """UsageProblem where a person's own keys mean no command, a tag's key, or two things at once."""
    known = {command.id: command for command in COMMANDS}
    for command_id, keys in keymap.items():
        if command_id not in known:
            raise UsageProblem(f"[keys] names “{command_id}”, which is no command: docs/keys.md has their ids.")
        taken = sorted(set(keys.split(",")) & set(TAG_KEYS))
        if taken:
            raise UsageProblem(f"[keys] gives {taken[0]} to {command_id}, but letters and digits tag: use another.")
        typed = [key for key in keys.split(",") if len(shown_key(key)) == 1 and key not in _ARROWS]
        if typed and known[command_id].mode is Mode.LIBRARY:
            raise UsageProblem(
                f"[keys] gives {typed[0]} to {command_id}, but what is typed there finds articles: use one with Ctrl."
            )
    seen: dict[tuple[Mode, str], str] = {}
    for command in COMMANDS:
        for key in keymap.get(command.id, command.keys).split(","):
            other = seen.setdefault((command.mode, key), command.id)
            if other != command.id:
                raise UsageProblem(f"[keys] gives {key} to both {other} and {command.id}: move one of them.")


def tag_bindings() -> list[Binding]:
    """a-z and 1-9: the codebook says which tag each means."""
    return [Binding(key, f"tag('{key}')", show=False, priority=True, id=f"tag_{key}") for key in TAG_KEYS]


def bound_keys(mode: Mode, keymap: Mapping[str, str]) -> frozenset[str]:
    """Every key that does something in this mode, with a person's own keymap."""
    declared = [keymap.get(command.id, command.keys) for command in COMMANDS if command.mode is mode]
    keys = {key for each in declared for key in each.split(",")}
    if mode in (Mode.LINKING, Mode.LIBRARY):
        return frozenset(keys)
    letters = string.ascii_lowercase + string.digits
    return frozenset(keys.union(TAG_KEYS if mode in (Mode.READING, Mode.RETAGGING) else letters))


def letter_bindings(action: str, mode: Mode) -> list[Binding]:
    """a-z and digits for a mode of their own."""
    return [
        Binding(key, f"{action}('{key}')", show=False, priority=True, id=f"{mode}_{key}")
        for key in string.ascii_lowercase + string.digits
    ]
