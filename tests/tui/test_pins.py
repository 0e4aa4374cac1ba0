from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment

from reader.documents.graphemes import clusters
from reader.documents.normalise import safe
from reader.tui.layout.cells import shown_text, width_of
from reader.tui.pins import is_settled, pinned
from tests.tui.texts import lines

UNSETTLED = ["नि", "क्षि", "가\u302e", "கொ", "မြ", "កា", "🇩🇪", "👩‍👩‍👧", "1️⃣", "ᄒ\u1161ᆫ", "กำ", "☰", "㉈", "🫠"]


def parts(*texts: str, x: int = 0) -> list[tuple[str, str]]:
    """Where each part is written, and what."""
    return [(move, "".join(text for text, _, _ in segments)) for move, segments in pinned("go", x, map(Segment, texts))]


def test_what_every_terminal_counts_alike_is_one_part() -> None:
    for text in ("“naïve” — 渡し船 한국어。", "e\u0323\u0302 x\u0301", "שָׁלוֹם עֲלֵיכֶם", "سنذهب اليوم", "วันนี้ที่ไม่"):
        assert parts(text, " and more") == [("go", text + " and more")]


@pytest.mark.parametrize("cluster", UNSETTLED)
def test_after_anything_else_the_terminal_is_told_the_column(cluster: str) -> None:
    width = cell_len(cluster)
    blank = " " * width if width > 1 else ""
    found = parts(f"ab{cluster}cd", x=3)
    assert "".join(text for _, text in found) == f"ab{blank}{cluster}cd"
    assert found[0][0] == "go"
    assert found[-1] == (f"\x1b[{6 + width}G", "cd")
    if blank:
        assert found[0][1] == "ab" + blank
        assert found[1] == ("\x1b[6G", cluster)


@given(lines)
def test_nothing_stands_behind_what_may_be_counted_otherwise_but_by_its_column(text: str) -> None:
    shown = shown_text(text)
    columns: dict[int, str] = {}
    x = 0
    for start, end in clusters(shown):
        columns[x] = shown[start:end]
        x += cell_len(shown[start:end])
    drawn: dict[int, str] = {}
    for move, words in parts(shown):
        at = int(re.findall(r"\d+", move)[0]) - 1 if move != "go" else 0
        found = list(clusters(words))
        for start, end in found:
            # Of unsettled ones only the last of a part.
            assert is_settled(words[start:end]) or (start, end) == found[-1]
            drawn[at] = words[start:end]
            at += cell_len(words[start:end])
    assert {at: drawn[at] for at in columns} == columns
    assert x == width_of(text)


@given(st.text() | st.text("a\x1b]0;\x07\x9b\u202e\u2066\u200e\x7f\ufeff\U000e0041é"))
def test_nothing_that_commands_a_terminal_goes_on(text: str) -> None:
    for _, words in parts(text, f"\x1b{text}"):
        assert safe(words) == words
