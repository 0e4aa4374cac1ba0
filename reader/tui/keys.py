"""Bindings, made from the table of commands."""

from __future__ import annotations

import string
from collections.abc import Collection, Mapping

from textual.binding import Binding

from reader.tui.commands import COMMANDS, TAG_KEYS, Mode


def command_bindings(actions: Collection[str]) -> list[Binding]:
    """The bindings of the commands whose actions are among these."""
    return [
        Binding(command.keys, command.action, command.label, show=False, id=command.id)
        for command in COMMANDS
        if command.action.partition("(")[0] in actions
    ]


def tag_bindings() -> list[Binding]:
    """a-z and 1-9: the codebook says which tag each means."""
    return [Binding(key, f"tag('{key}')", show=False, id=f"tag_{key}") for key in TAG_KEYS]


def bound_keys(mode: Mode, keymap: Mapping[str, str]) -> frozenset[str]:
    """Every key that does something in this mode, with a person's own keymap."""
    declared = [keymap.get(command.id, command.keys) for command in COMMANDS if command.mode is mode]
    keys = {key for each in declared for key in each.split(",")}
    letters = string.ascii_lowercase + string.digits
    return frozenset(keys.union(TAG_KEYS if mode in (Mode.READING, Mode.RETAGGING) else letters))


def letter_bindings(action: str, mode: Mode) -> list[Binding]:
    """a-z and digits for a mode of their own."""
    return [
        Binding(key, f"{action}('{key}')", show=False, id=f"{mode}_{key}")
        for key in string.ascii_lowercase + string.digits
    ]
