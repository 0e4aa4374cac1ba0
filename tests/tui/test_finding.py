"""Searches of the open article: the same hits and numbers however they are gone through."""

from __future__ import annotations

import asyncio
import gc
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.documents.finding import Finder, pattern
from reader.documents.span import Span
from reader.tui.reading import finding, regex
from reader.tui.reading.finding import WordSearch
from reader.tui.reading.regex import RegexSearch

texts = st.text("ab \n", max_size=80)
words = st.sampled_from(["a", "ab", "a b", "aa", "b b a"])


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "CHUNK", 8)


def searched(sought: str, text: str) -> WordSearch:
    finder = Finder.of(sought, text)
    assert finder is not None
    return WordSearch(finder, text)


def looked(search: WordSearch | RegexSearch, offset: int, forward: bool) -> Span | None:
    last = [*search.look(offset, forward)][-1:]
    return last[0] if last and isinstance(last[0], Span) else None


def all_hits(sought: str, text: str) -> list[Span]:
    found = pattern(sought)
    assert found is not None
    return [Span(*each.span()) for each in found.finditer(text)]


@given(texts, words, st.integers(0, 80), st.booleans())
def test_counted_hits_are_those_of_the_pattern(text: str, sought: str, offset: int, forward: bool) -> None:
    search, hits = searched(sought, text), all_hits(sought, text)
    percents = list(search.count())
    assert percents == sorted(percents)
    assert percents[-1:] in ([], [100])
    assert search.is_counted
    assert search.total == len(hits)
    assert [search.number(hit.start) for hit in hits] == list(range(1, len(hits) + 1))
    offset = min(offset, len(text))
    if forward:
        expected = next((hit for hit in hits if hit.start >= offset), hits[0] if hits else None)
    else:
        expected = next((hit for hit in reversed(hits) if hit.start < offset), hits[-1] if hits else None)
    assert looked(search, offset, forward) == expected


@given(texts, st.sampled_from(["a", "ab", "a b"]), st.integers(0, 80), st.booleans(), st.integers(0, 10))
def test_what_has_not_been_counted_is_found_all_the_same(
    text: str, sought: str, offset: int, forward: bool, counted: int
) -> None:
    search, whole = searched(sought, text), searched(sought, text)
    list(whole.count())
    for _ in zip(range(counted), search.count(), strict=False):
        pass
    offset = min(offset, len(text))
    assert looked(search, offset, forward) == looked(whole, offset, forward)
    hits = all_hits(sought, text)
    assert search.within(offset, offset + 20) == tuple(hit for hit in hits if offset <= hit.start < offset + 20)


def test_a_hit_is_numbered_as_soon_as_those_before_it_are_counted() -> None:
    search = searched("a", "a       " * 4)
    assert search.number(8) is None
    counting = search.count()
    next(counting)
    next(counting)
    assert search.number(8) == 2
    assert search.number(16) is None
    assert not search.is_counted


def test_looking_says_how_far_it_is() -> None:
    search = searched("z", "a" * 80 + "z")
    assert list(search.look(40, True))[:2] == [9, 19]
    assert list(search.look(40, True))[-1] == Span(80, 81)
    assert list(searched("z", "a" * 16).look(8, True)) == [50, 100]
    assert list(searched("z", "a" * 16).look(8, False)) == [50, 100]


# Regexes


def run(
    expression: str, text: str, offset: int = 0, then: Callable[[RegexSearch], None] = lambda _: None
) -> RegexSearch:
    search = RegexSearch(expression, text, offset)

    async def both() -> None:
        task = asyncio.create_task(search.run())
        await asyncio.sleep(0)
        then(search)
        await task

    asyncio.run(both())
    return search


@pytest.mark.parametrize("expression", ["a", "a+b?", "^b", r"a\sb", r"\w+$", "(?<=a)b", "x*", "(?-i:A)", "A", "é|漢"])
def test_a_regex_finds_what_python_finds(expression: str) -> None:
    text = "ab a\nb aab bbA\n漢é " * 10
    search = run(expression, text)
    found = re.compile(expression, re.IGNORECASE | re.MULTILINE).finditer(text)
    hits = [Span(*each.span()) for each in found if each.end() > each.start()]
    assert search.problem == ""
    assert search.total == len(hits)
    assert search.within(0, len(text)) == tuple(hits)
    for offset in range(len(text)):
        following = next((hit for hit in hits if hit.start >= offset), hits[0] if hits else None)
        assert looked(search, offset, True) == following
        before = next((hit for hit in reversed(hits) if hit.start < offset), hits[-1] if hits else None)
        assert looked(search, offset, False) == before
    assert [search.number(hit.start) for hit in hits] == list(range(1, len(hits) + 1))


def test_hits_are_the_same_in_stretches() -> None:
    text = "ab" + " ab. a\nb" * 60_000
    search = run(r"ab|b\s+a", text, 300_000)
    assert search.total == sum(1 for _ in re.finditer(r"ab|b\s+a", text))
    assert looked(search, 300_000, True) == next(
        Span(*found.span()) for found in re.finditer(r"ab|b\s+a", text) if found.start() >= 300_000
    )


def test_until_it_has_been_counted_there_is_only_waiting() -> None:
    seen: list[object] = []

    def then(search: RegexSearch) -> None:
        seen.extend([search.is_counted, next(search.look(0, True)), next(search.count()), search.number(0)])

    run("a", "aaa", then=then)
    assert seen == [False, 0, 0, None]


def test_more_hits_than_are_kept_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regex, "MOST_KEPT", 10)
    search = run("a", "a" * 300_000)
    assert search.total == 300_000
    assert looked(search, 5, True) == Span(5, 6)
    assert looked(search, 5, False) == Span(4, 5)
    assert looked(search, 200_000, True) is None
    assert looked(search, 200_000, False) is None


def test_what_is_wrong_with_a_regex_is_said() -> None:
    assert run("a(", "a").problem == "No regex yet: missing ), unterminated subpattern (character 2)."
    assert run("a{9999999999}", "a").problem == "This regex is too much for this text: make it smaller or more exact."
    assert run("a", "").problem == ""


def test_a_regex_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regex, "PATIENCE", 0.5)
    search = run("(a|aa)+b", "a" * 300)
    assert search.problem == "This regex takes too long, it was stopped at 0 %: make it more exact."
    assert search.is_counted


def test_a_search_that_nobody_wants_any_more_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    search = RegexSearch("(a|aa)+b", "a" * 300, 0)

    async def given_up() -> None:
        task = asyncio.create_task(search.run())
        await asyncio.sleep(0.2)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(given_up())
    assert search.is_counted
    assert search.total == 0


@pytest.mark.parametrize("turns", [1, 2, 20, 2_000])
def test_it_ends_in_good_order_however_often_it_is_given_up(monkeypatch: pytest.MonkeyPatch, turns: int) -> None:
    search = RegexSearch("(a|aa)+b", "a" * 300_000, 0)
    left: list[object] = []
    monkeypatch.setattr("sys.unraisablehook", lambda problem: left.append(problem.exc_value))

    async def given_up() -> None:
        task = asyncio.create_task(search.run())
        for _ in range(turns):
            await asyncio.sleep(0)
        while not task.done():
            task.cancel()
            await asyncio.sleep(0)
        assert task.cancelled()

    asyncio.run(given_up())
    gc.collect()
    assert search.is_counted
    assert left == []


def test_a_program_that_can_not_be_started_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    assert run("a", "a").problem.startswith("The program that looks for regexes could not be started")
