"""The table of commands holds together."""

from __future__ import annotations

import string
from collections import Counter

import pytest
from textual.dom import DOMNode

from reader.errors import UsageProblem
from reader.tui.commands import (
    COMMANDS,
    LIBRARY,
    TAG_KEYS,
    Command,
    Group,
    Mode,
    by_id,
    shown_key,
    shown_keys,
    typed_key,
)
from reader.tui.keys import bound_keys, check_keymap
from reader.tui.screens.library import LibraryScreen
from reader.tui.screens.occurrences import OccurrencesScreen
from reader.tui.screens.reading import ReadingScreen
from reader.tui.screens.review import ReviewScreen
from reader.tui.screens.search import SearchScreen
from reader.tui.screens.update import UpdateScreen
from reader.tui.widgets.reader import Reader

LETTERS = list(string.ascii_lowercase + string.digits)
TAKEN = {
    Mode.READING: list(TAG_KEYS),
    Mode.RETAGGING: list(TAG_KEYS),
    Mode.ADJUSTING: LETTERS,
    Mode.HINTS: [*LETTERS, "backspace"],
    Mode.LINKING: [],
    Mode.FINDING: [],
    Mode.CODEBOOK: list(TAG_KEYS),
    Mode.SAYING: [*LETTERS, "backspace", "delete", "left", "right", "home", "end", "space"],
    Mode.SEARCHING: [*LETTERS, "backspace", "delete", "left", "right", "home", "end", "space"],
    Mode.TICKING: list(TAG_KEYS),
    Mode.DECIDING: [],
    Mode.PLACING: [],
    Mode.LIBRARY: [],
    Mode.REVIEWING: list(TAG_KEYS),
    Mode.REASONING: [],
}
"""The keys that are letters and nothing else in each mode."""


SCREENS: dict[Mode, type[DOMNode]] = {
    Mode.SEARCHING: SearchScreen,
    Mode.TICKING: OccurrencesScreen,
    Mode.DECIDING: UpdateScreen,
    Mode.PLACING: UpdateScreen,
    Mode.LIBRARY: LibraryScreen,
    Mode.REVIEWING: ReviewScreen,
    Mode.REASONING: ReviewScreen,
}
"""The modes that are screens of their own."""


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_command_has_its_action_where_its_key_is_bound(command: Command) -> None:
    name = command.action.partition("(")[0]
    owner = SCREENS.get(command.mode, Reader if name in Reader.OWN else ReadingScreen)
    assert callable(getattr(owner, f"action_{name}", None))
    bound = [binding for binding in owner.BINDINGS if getattr(binding, "id", "") == command.id]
    assert [getattr(binding, "action", "") for binding in bound] == [command.action]


@pytest.mark.parametrize("group", Group)
def test_a_heading_has_keys_under_it_and_none_of_another_screen(group: Group) -> None:
    modes = {command.mode for command in COMMANDS if command.group is group}
    assert modes
    assert len(modes) == 1 or modes <= {Mode.READING, Mode.HINTS, Mode.RETAGGING, Mode.FINDING}


@pytest.mark.parametrize("mode", Mode)
def test_no_key_means_two_things_in_a_mode(mode: Mode) -> None:
    keys = [key for command in COMMANDS if command.mode is mode for key in command.keys.split(",")]
    assert [key for key, times in Counter(keys + TAKEN[mode]).items() if times > 1] == []
    assert set(keys) <= bound_keys(mode, {})


def test_ids_are_the_commands_own_and_no_letters() -> None:
    ids = [command.id for command in COMMANDS]
    assert len(set(ids)) == len(ids)
    assert not {f"tag_{key}" for key in TAG_KEYS} & set(ids)


def test_small_letters_and_digits_tag_and_the_others_command() -> None:
    assert sorted(TAG_KEYS) == sorted(string.ascii_lowercase + "123456789")
    keys = {key for command in COMMANDS if command.mode is Mode.READING for key in command.keys.split(",")}
    assert not any(len(key) == 1 and (key.islower() or key.isdigit()) for key in keys)


def test_what_can_be_typed_finds_articles_in_the_library() -> None:
    keys = [key for command in LIBRARY for key in command.keys.split(",")]
    assert [key for key in keys if len(shown_key(key)) == 1 and key not in ("up", "down", "left", "right")] == []


@pytest.mark.parametrize("mode", Mode)
def test_the_footers_places_are_given_once(mode: Mode) -> None:
    places = [command.footer for command in COMMANDS if command.mode is mode and command.footer]
    assert len(set(places)) == len(places)


def test_every_mode_but_reading_can_be_left() -> None:
    left = {command.mode for command in COMMANDS if "escape" in command.keys.split(",")}
    assert left == set(Mode)


@pytest.mark.parametrize(
    "key, expected",
    [
        ("ctrl+z", "Ctrl+Z"),
        ("shift+tab", "Shift+Tab"),
        ("ctrl+shift+right", "Ctrl+Shift+→"),
        ("question_mark", "?"),
        ("F", "F"),
        ("f1", "F1"),
        ("pagedown", "PgDn"),
    ],
)
def test_keys_are_written_as_people_write_them(key: str, expected: str) -> None:
    assert shown_key(key) == expected


def test_no_key_is_shown_by_textuals_name() -> None:
    shown = [key for command in COMMANDS for key in shown_keys(command)]
    assert [key for key in shown if "_" in key or key == ""] == []


def test_a_persons_own_keys_are_shown() -> None:
    assert shown_keys(by_id("undo"), {"undo": "ctrl+u"}) == ["Ctrl+U"]
    assert shown_keys(by_id("undo")) == ["U", "Ctrl+Z"]


@pytest.mark.parametrize(
    "keymap, says",
    [
        ({"undoo": "f5"}, "“undoo”, which is no command"),
        ({"undo": "u"}, "gives u to undo, but letters and digits tag"),
        ({"undo": "Y"}, "gives Y to both undo and redo"),
        ({"library_sort": "f5,S"}, "gives S to library_sort, but what is typed there finds articles"),
        ({"library_sort": "colon"}, "gives colon to library_sort"),
        ({"library_sort": "ctrl+s"}, "gives ctrl\\+s to both library_sort and library_done"),
    ],
)
def test_own_keys_that_cannot_be_meant_are_refused(keymap: dict[str, str], says: str) -> None:
    with pytest.raises(UsageProblem, match=says):
        check_keymap(keymap)


def test_own_keys_may_swap() -> None:
    check_keymap({"undo": "Y,ctrl+y", "redo": "U,ctrl+z"})


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_what_is_shown_of_a_key_says_which_it_is(command: Command) -> None:
    for key in command.keys.split(","):
        found = typed_key(shown_key(key))
        assert found is not None
        assert found[0] == key


@pytest.mark.parametrize("words", ["↑ ↓ PgUp PgDn", "Somebody", "file", "Ana's marks"])
def test_words_are_no_key(words: str) -> None:
    assert typed_key(words) is None
