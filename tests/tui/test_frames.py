"""What the terminal is sent of a frame: whatever it showed before, it shows this one, for few bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.strip import Strip

from bench.article import article as made_up
from bench.article import marks as marks_on
from reader.documents.span import Span
from reader.project import Project
from reader.tui.app import ReaderApp
from reader.tui.frames import differing, move_to
from reader.tui.wire import Wire
from reader.work import library, tagging
from tests.storage.making import article
from tests.tui.conftest import Opener

# pyte knows one underline; the double one is to be seen as well.
pyte.graphics.TEXT[21] = "+underscore"

WIDTH = 24
MOST_BYTES = 500
"""What a cursor key that does not scroll may cost."""

LETTERS = ("a", "b", " ", " ", "“", "é", "渡", "し", "👋")
STYLES = [
    Style.parse(words)
    for words in (
        "#e8e3d8 on #15171c",
        "#e8e3d8 on #2c313b",
        "bold #8ab4f8 on #15171c",
        "italic underline #ffffff on #2d5b99",
        "underline #ffffff on #2d5b99",
        "bold dim",
        "reverse",
        "strike",
        "none",
    )
]
PARTS = st.tuples(st.text(st.sampled_from(LETTERS), min_size=1, max_size=9), st.sampled_from(STYLES))


def row(parts: Iterable[tuple[str, Style]]) -> Strip:
    """A row of exactly `WIDTH` cells."""
    strip = Strip([Segment(text, style) for text, style in parts]).crop(0, WIDTH)
    return Strip([*strip, Segment(" " * (WIDTH - strip.cell_length), STYLES[0])], WIDTH)


def shown(sent: str) -> list[object]:
    """What is seen in the cells of a terminal that was sent this."""
    screen = pyte.Screen(WIDTH, 1)
    pyte.Stream(screen).feed(sent)
    return visible([screen.buffer[0][x] for x in range(WIDTH)])


def visible(cells: Sequence[pyte.screens.Char]) -> list[object]:
    """What is seen of some cells."""
    # A blank without a line shows its ground alone; the second cell of a wide letter shows nothing of its own.
    return [
        cell if cell.data.strip() or cell.underscore or cell.reverse or cell.strikethrough else (cell.data, cell.bg)
        for cell in cells
        if cell.data
    ]


@given(st.lists(st.lists(PARTS, max_size=6).map(row), min_size=2, max_size=5), st.booleans())
def test_the_terminal_shows_the_last_row_whatever_it_showed_before(rows: Sequence[Strip], closely: bool) -> None:
    wire = Wire(ColorSystem.TRUECOLOR)
    sent = wire.sent([(move_to(0, 0), rows[0])])
    for before, after in pairwise(rows):
        sent += wire.sent((move_to(x, 0), part) for x, part in differing(before, after, closely=closely))
    console = Console(color_system="truecolor", force_terminal=True)
    assert shown(sent) == shown(rows[-1].render(console))


def test_only_the_cells_that_differ() -> None:
    plain, bold = STYLES[0], STYLES[2]
    before = row([("the harbour master left", plain)])
    after = row([("the harbour ", plain), ("m", bold), ("aster lost", plain)])
    parts = [(x, [tuple(segment) for segment in part]) for x, part in differing(before, after, closely=True)]
    assert parts == [(12, [("m", bold, None)]), (20, [("os", plain, None)])]
    assert list(differing(before, before, closely=True)) == []
    # Half of a wide letter is never written.
    before, after = row([("a渡し", plain)]), row([("a渡", plain), ("し", bold)])
    assert [x for x, _ in differing(before, after, closely=True)] == [3]
    before, after = row([("渡し", plain)]), row([("a渡b", plain)])
    ((x, part),) = differing(before, after, closely=True)
    assert (x, "".join(segment.text for segment in part)) == (0, "a渡b")


class Watched:
    """A terminal that the app writes to, which knows how much."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, width: int, height: int) -> None:
        self.screen = pyte.Screen(width, height)
        self.bytes = 0
        stream = pyte.Stream(self.screen)
        console = Console(color_system="truecolor", force_terminal=True)

        def display(app: App[None], screen: object, update: object) -> None:
            if isinstance(update, CompositorUpdate):
                sent = update.render_segments(console)
                self.bytes += len(sent.encode())
                stream.feed(sent)
            app.post_display_hook()

        monkeypatch.setattr(App, "_display", display)


def whole(app: ReaderApp) -> pyte.Screen:
    """A terminal that was sent every row of the screen anew."""
    width, height = app.size
    screen = pyte.Screen(width, height)
    stream = pyte.Stream(screen)
    console = Console(color_system="truecolor", force_terminal=True)
    for y, strip in enumerate(app.screen._compositor.render_strips()):
        stream.feed(move_to(0, y) + strip.render(console))
    return screen


JOURNEY = (
    "tab", "q", "right", "shift+right", "c", "N", "I", "down", ".", "Z", "Z", "z", "pagedown", "up", "/", "t", "h",
    "enter", ">", "escape", "enter", "o", "escape", "C", "a", "escape", "H", "escape", "A", "escape", "?", "pagedown",
    "escape", "F", "a", "escape", "D", "right", "T", "L", "down", "escape", "tab", "U", "ctrl+end", "+", "ctrl+home",
)  # fmt: skip
"""Keys that open and close, as far as possible, whatever there is."""


async def test_after_every_key_the_terminal_shows_what_the_screen_holds(
    reading: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = Watched(monkeypatch, 120, 40)
    async with reading(at="Lindqvist") as it:
        for key in JOURNEY:
            await it.press(key)
            now = whole(it.app)
            assert seen.screen.display == now.display, key
            assert rows_of(seen.screen) == rows_of(now), key
        assert "Saved" in it.status or it.marked


def rows_of(screen: pyte.Screen) -> list[list[object]]:
    """What is seen in each row."""
    return [visible([screen.buffer[y][x] for x in range(screen.columns)]) for y in range(screen.lines)]


@pytest.mark.parametrize("length", [4_000, 60_000])
async def test_a_cursor_key_takes_few_bytes(
    reading: Opener, project: Project, monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    """In a text as dense with marks as none is: every row has four to six."""
    document = article(project, made_up(length))
    text = library.text(project, document)
    for tag in ("claim", "quote", "opinion", "loaded language"):
        spans = [Span(mark.start, mark.end) for mark in marks_on(text, length // 30) if mark.tag == tag]
        tagging.mark_all(project, document, spans, tag)
    seen = Watched(monkeypatch, 120, 40)
    async with reading(document, at="Quillhaven") as it:
        pane, costs = it.screen.reader, []
        for key in ("right", "down", "ctrl+right", "left", "ctrl+left", "up") * 8:
            top, listed, before = pane.top_offset, it.screen.list.first, seen.bytes
            await it.press(key)
            if (pane.top_offset, it.screen.list.first) == (top, listed):
                costs.append(seen.bytes - before)
        assert len(costs) > 30
        assert max(costs) <= MOST_BYTES


async def test_a_terminal_that_was_away_gets_everything(reading: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another size and back, another program in between: whatever is there now is written over."""
    seen = Watched(monkeypatch, 120, 40)
    async with reading() as it:
        seen.screen.reset()
        it.app.post_message(events.Resize(it.app.size, it.app.size))
        await it.press("right")
        assert rows_of(seen.screen) == rows_of(whole(it.app))
