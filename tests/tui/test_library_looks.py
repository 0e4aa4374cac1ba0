"""What the library looks like, cell by cell, and what strangers' words do there: nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.widgets import Input

from reader.annotations.codebook_toml import shipped
from reader.documents.normalise import safe
from reader.documents.span import Span
from reader.project import Project
from reader.tui.shelf.columns import Kind, bar, columns, shares
from reader.tui.shelf.times import MOST_CELLS, ago
from reader.tui.themes import PALETTES
from reader.work import binding, codebooks, library, tagging
from tests.storage.making import Ticking, article, marked_article, opened
from tests.tui.golden import same
from tests.tui.shelved import Shelved, shelved
from tests.tui.test_hostile import NASTY, said

HEADLINES = (
    ("The bridge that nobody ordered", "Ivo Kest", "2026-03-02", "Vellmouth Courier", 5, 2, 1, 2),
    ("Harbour: the missing ledger", "Lena Marsh", "2026-02-27", "https://www.example.org/harbour/ledger", 0, 9, 0, 1),
    ("“Night buses? Never”: council votes on the timetable that everybody hates", "", "2026-02-26", "", 0, 0, 0, 0),
    ("漢字 in the headline, かな too 🇩🇪 👍🏽", "王小明", "", "東京新聞", 1, 1, 1, 1),
    ("A reckless plan, sold as a modest one", "R. Okafor", "2025-12-31", "Northwick Post", 0, 0, 0, 30),
)
"""Title, byline, date, source, and how many claims, quotes, opinions and loaded words are marked."""


@pytest.fixture(autouse=True)
def _in_greenwich(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Days are those of the reader's own clock."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Five articles: one done, one read a minute ago, one days ago, two that nobody has opened."""
    clock = Ticking()
    project = opened(tmp_path / "annotations.db", time=clock)
    for title, byline, date, source, *counts in HEADLINES:
        text = "word " * (200 + 137 * len(title))
        document = article(project, text, title=title, byline=byline, date=date, source_note=source)
        for tag, count in zip(("claim", "quote", "opinion", "loaded language"), counts, strict=True):
            spans = [Span(5 * place, 5 * place + 4) for place in range(count)]
            if spans:
                tagging.mark_all(project, document, spans, tag)
    done, bridge, ledger = (library.by_number(project, number) for number in (5, 1, 2))
    library.opened(project, done)
    library.set_status(project, done, "done")
    clock._now += timedelta(days=9)
    library.opened(project, ledger)
    library.set_place(project, ledger, 700)
    clock._now += timedelta(days=2)
    library.opened(project, bridge)
    library.set_place(project, bridge, 4000)
    clock._now += timedelta(minutes=1)
    yield project
    project.close()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("theme", PALETTES)
async def test_library(project: Project, theme: str, size: tuple[int, int]) -> None:
    async with shelved(project, size=size, theme=theme) as it:
        await it.press("down")
        same(it.app, f"library-{theme.replace(' ', '-')}-{size[0]}x{size[1]}")


@pytest.mark.parametrize("size", [(40, 12), (60, 16), (200, 60)], ids=["40x12", "60x16", "200x60"])
async def test_library_of_any_size(project: Project, size: tuple[int, int]) -> None:
    async with shelved(project, size=size) as it:
        same(it.app, f"library-{size[0]}x{size[1]}")


async def test_an_article_with_other_tags_shows_their_letters(project: Project) -> None:
    document = article(project, "One two three four five six.", title="Other tags")
    binding.use(project, codebooks.add(project, shipped("quotations")).codebook, [document])
    tagging.mark_all(project, document, [Span(0, 3), Span(4, 7), Span(8, 13)], "content")
    tagging.mark(project, document, [Span(14, 18)], "cue")
    async with shelved(project, size=(80, 12)) as it:
        assert "  UCCC  " in next(row for row in it.rows if "Other tags" in row)
        await it.type("other")
        assert "SUC" in it.rows[2]


async def still(it: Shelved, name: str) -> None:
    """The dialog over the list, its cursor still."""
    await it.pilot.pause()
    for each in it.app.screen.query(Input):
        each.cursor_blink = False
    await it.pilot.pause()
    same(it.app, name)


@pytest.mark.parametrize(
    "name, keys",
    [
        ("form", ["ctrl+e"]),
        ("add", ["ctrl+n"]),
        ("status", ["ctrl+t"]),
        ("order", ["ctrl+o"]),
        ("help", ["f1"]),
        ("none", [*"zebra"]),
    ],
)
async def test_what_opens_over_the_library(project: Project, name: str, keys: list[str]) -> None:
    async with shelved(project, size=(80, 24)) as it:
        await it.press(*keys)
        await still(it, f"library-{name}")


async def test_a_pasted_text(project: Project) -> None:
    async with shelved(project, size=(80, 24)) as it:
        await it.paste("The lighthouse that moved\n\nIt moved on Tuesday.")
        await still(it, "library-paste")


async def test_nothing_there_yet(tmp_path: Path) -> None:
    empty = opened(tmp_path / "empty.db")
    async with shelved(empty, size=(80, 24)) as it:
        same(it.app, "library-empty")
    empty.close()


@pytest.mark.parametrize("size", [(20, 5), (34, 10), (40, 12), (79, 24), (200, 60)])
async def test_every_row_is_as_wide_as_the_terminal(project: Project, size: tuple[int, int]) -> None:
    async with shelved(project, size=size) as it:
        for keys in (["down"], ["tab"], ["escape", "k"], ["escape", "end"], ["ctrl+e"], ["escape", "ctrl+t"]):
            await it.press(*keys)
            strips = it.app.screen._compositor.render_strips()
            assert [strip.cell_length for strip in strips] == [size[0]] * size[1]


async def test_another_size_while_it_is_open(project: Project) -> None:
    async with shelved(project, size=(120, 24)) as it:
        for size in ((40, 12), (200, 60), (80, 8), (120, 24)):
            await it.pilot.resize_terminal(*size)
            await it.pilot.pause()
            strips = it.app.screen._compositor.render_strips()
            assert [strip.cell_length for strip in strips] == [size[0]] * size[1]
            assert it.at == HEADLINES[0][0]


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 60)], ids=["40", "80", "200"])
@pytest.mark.parametrize("theme", ["dark", "terminal"])
async def test_hostile_titles_are_titles(tmp_path: Path, size: tuple[int, int], theme: str) -> None:
    hostile = opened(tmp_path / "hostile.db")
    marked_article(hostile, "One, [two]{claim} and [three]{quote}.")
    article(hostile, "Another.", title="Plain")
    write = hostile.store.connection.execute
    write("UPDATE documents SET title = ?, byline = ?, source = ?, date = ? WHERE pk = 1", (NASTY,) * 4)
    write("UPDATE tags SET name = pk || ?, symbol = ?, colour = 'blue'", (NASTY, "\x1b"))
    write("INSERT INTO readings (pk, layer, version, status, opened_at, updated_at, last_opened_at)"
          " VALUES (9, 1, 1, 'reading', '', '', ?)", (NASTY,))  # fmt: skip
    async with shelved(hostile, size=size, theme=theme) as it:
        for keys in (
            ["down"],
            ["up"],
            [*"exit"],
            ["escape", "ctrl+o", "enter"],
            ["ctrl+o", "enter"],
            ["ctrl+s"],
            ["delete"],
            ["ctrl+z"],
        ):
            await it.press(*keys)
            assert len(said(it.app)) > 100
        await it.press("ctrl+u", "home")
        assert "[@click=app.exit()]"[: size[0] - 30] in said(it.app)
        for keys in (["ctrl+e"], ["escape", "ctrl+t"], ["escape", "delete", "shift+delete"]):
            await it.press(*keys)
            assert "[@click" in said(it.app)
        await it.press("escape", "ctrl+z", "home")
        for y in range(size[1]):
            await it.pilot.click(offset=(6, y))
            await it.pilot.pause()
            said(it.app)
            await it.press("escape")
        assert it.app.is_running
        assert it.app.return_code is None
    assert {row.document.title for row in library.documents(hostile)} == {NASTY, "Plain"}
    hostile.close()


# Columns, bars and times


MAY_LACK = [Kind.BYLINE, Kind.DATE, Kind.SOURCE, Kind.OPENED]


@given(st.integers(0, 400), st.integers(0, 40), st.sets(st.sampled_from(MAY_LACK)))
def test_columns_fit_and_follow_each_other(width: int, tags: int, without: set[Kind]) -> None:
    made = columns(width, tags, without)
    assert not without & {column.kind for column in made}
    assert made[0].kind is Kind.TITLE
    assert list(made) == sorted(made, key=lambda column: column.x)
    for one, other in pairwise(made):
        assert one.x + one.width + 2 == other.x
    assert made[-1].x + made[-1].width <= max(4, width - 1)
    if width >= 40:
        assert made[0].width >= 12


@given(st.integers(0, 400), st.sets(st.sampled_from(MAY_LACK)))
def test_what_there_is_nothing_for_leaves_its_room_to_what_there_is(width: int, without: set[Kind]) -> None:
    kept = {column.kind for column in columns(width, 4)} - without
    made = columns(width, 4, without)
    assert kept <= {column.kind for column in made}
    assert len({column.kind for column in made} - kept) > 0 or made[0].width >= columns(width, 4)[0].width


async def test_a_column_comes_with_the_first_article_that_has_something_for_it(tmp_path: Path) -> None:
    bare = opened(tmp_path / "bare.db")
    title = "Two bridges and one river, and what the inspectors did not see there"
    document = article(bare, "One.", title=title)
    article(bare, "Another.", title="Nothing is known of this one")
    async with shelved(bare, size=(90, 12)) as it:
        assert it.rows[2].split() == ["title", "words", "CQOL", "marks", "read", "status"]
        assert title[:45] in it.rows[4]
        await it.press("end", "enter", "L")
        assert it.rows[2].split() == ["title", "words", "CQOL", "marks", "read", "opened▼"]
        await it.press("ctrl+e", "tab", "tab", *"2026-03-02", "enter")
        assert library.find(bare, document.id).date == "2026-03-02"
        assert it.rows[2].split() == ["title", "date", "CQOL", "marks", "read", "opened▼"]
        await it.press("ctrl+z")
        assert it.rows[2].split() == ["title", "words", "CQOL", "marks", "read", "opened▼"]
    bare.close()


@given(st.lists(st.integers(0, 1000), max_size=30), st.integers(1, 16))
def test_bars_keep_their_places(counts: list[int], places: int) -> None:
    signs = bar(counts, places)
    assert len(signs) == places
    if len(counts) <= places and any(counts):
        assert [sign == "·" for sign in signs[: len(counts)]] == [count == 0 for count in counts]
        largest = counts.index(max(counts))
        assert signs[largest] == max(sign for sign in signs if sign != "·")


@given(st.lists(st.integers(0, 1000), max_size=20), st.integers(1, 16))
def test_shares_fill_their_places(counts: list[int], places: int) -> None:
    given_to = shares(counts, places)
    there = [tag for tag, count in enumerate(counts) if count]
    assert len(given_to) == (places if there else 0)
    assert given_to == sorted(given_to)
    assert set(given_to) <= set(there)
    if len(there) <= places:
        assert set(given_to) == set(there)
        for one in there:
            for other in there:
                assert counts[one] <= counts[other] or given_to.count(one) >= given_to.count(other)


@pytest.mark.parametrize(
    "then, shown",
    [
        ("2026-03-08T12:00:10.000Z", "now"),
        ("2026-03-08T11:15:00.000Z", "45 min"),
        ("2026-03-08T01:00:00.000Z", "11 h"),
        ("2026-03-07T23:00:00.000Z", "yesterday"),
        ("2026-03-07T10:00:00.000Z", "yesterday"),
        ("2026-03-04T10:00:00.000Z", "4 days"),
        ("2025-12-31T10:00:00.000Z", "2025-12-31"),
        ("2026-03-09T10:00:00.000Z", "now"),
        ("", "–"),
        ("\x1b[2J", "–"),
        ("9999-12-31T23:59:59.999Z", "now"),
        ("2026-03-01", "7 days"),
    ],
)
def test_how_long_ago(then: str, shown: str) -> None:
    now = datetime(2026, 3, 8, 12, 0, 30, tzinfo=UTC)
    found = ago(then, now)
    assert len(found) <= MOST_CELLS
    assert safe(found) == found
    if then != "2026-03-01":
        assert found == shown
