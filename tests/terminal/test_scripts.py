"""Scripts that terminals count differently: whatever is drawn too wide or too narrow moves nothing beside it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pyte
import pytest

from reader.tui.layout.cells import width_of
from tests.terminal.terminal import Terminal

LINES = (
    "उन्होंने कहा “हम आज दिल्ली जा रहे हैं” और|end",
    "தமிழ் மொழி கொண்டு|end",
    "မြန်မာ ភាសាខ្មែរ བོད་ཡིག|end",
    "Flags 🇩🇪🇫🇷, ☰ trigram, ㉈ number, 🫠 face, 가\u302e tone|end",
    "ᄒ\u1161ᆫ and กำลัง, שָׁלוֹם and بِسْمِ|end",
)
_counted = pyte.screens.wcwidth


def as_tmux_counts(character: str) -> int:
    """tmux 3.3, screen 4.9 nearly so."""
    if unicodedata.category(character) == "Mc":
        return 1
    return {"☰": 1, "㉈": 2}.get(character, _counted(character))


def as_the_oldest_count(character: str) -> int:
    """A terminal from before there were signs of two cells outside of the scripts of East Asia."""
    return min(1, as_tmux_counts(character)) if ord(character) > 0xFFFF else as_tmux_counts(character)


@pytest.mark.parametrize("count", [as_tmux_counts, as_the_oldest_count])
def test_nothing_moves_whatever_the_terminal_counts(
    count: Callable[[str], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pyte.screens, "wcwidth", count)
    # pyte knows only some of the signs that take no cell, and drops what follows the others.
    everything = SimpleNamespace(combining=lambda character: 1, normalize=lambda form, text: text)
    monkeypatch.setattr(pyte.screens, "unicodedata", everything)
    Path("scripts.txt").write_text("\n\n".join(LINES), encoding="utf-8")

    def assert_in_place() -> None:
        ends = [y for y in range(1, terminal.rows) if "|end" in terminal.line(y)]
        found = [terminal.cell(y, terminal.line(y).index("|end")) for y in ends]
        assert found == [5 + width_of(line) - len("|end") for line in LINES], terminal.text
        assert all(terminal.line(y).endswith("|end") for y in ends)
        assert terminal.line(0).endswith(" %")

    with Terminal("scripts.txt", columns=80, rows=24) as terminal:
        terminal.wait_until_open()
        for keys in (["Y"], ["Right"] * 5, ["Shift+Right", "Ctrl+Right", "Down", "c"], ["Down", "l", "Down", "l", "E"]):
            terminal.press(*keys)
            # A key that says something when all before it is done.
            terminal.press("Esc")
            terminal.do("Y", until="nothing to redo")
            assert_in_place()
