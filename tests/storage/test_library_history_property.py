"""What is done to articles in the list of them is undone and redone to the letter, in any order of doing."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from reader.errors import NotFound
from reader.work import checking, history, ingest, library
from reader.work.catalogue import STATUSES, Catalogue, Sort
from tests.storage.making import Ticking, article, content, from_text, opened

TEXTS = ("The moon is round.", "The sun is round.", "The ferry is late.")
NUMBERS = st.integers(1, len(TEXTS))


class Changes(RuleBasedStateMachine):
    """Ana keeps three articles in order."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.project = opened(Path(self.folder.name) / "annotations.db", time=Ticking())
        self.project.store.rows("PRAGMA synchronous = OFF")
        for text in TEXTS:
            article(self.project, text)
        self.past: list[dict[str, list[tuple[Any, ...]]]] = []
        self.future: list[dict[str, list[tuple[Any, ...]]]] = []

    def teardown(self) -> None:
        assert list(checking.findings(self.project)) == []
        self.project.close()
        self.folder.cleanup()

    def change(self, do: Any) -> None:
        before = content(self.project.store)
        try:
            do()
        except NotFound:
            assert content(self.project.store) == before
            return
        if content(self.project.store) != before:
            self.past.append(before)
            self.future = []

    @rule(number=NUMBERS)
    def delete(self, number: int) -> None:
        self.change(lambda: library.delete(self.project, library.by_number(self.project, number)))

    @rule(number=NUMBERS)
    def restore(self, number: int) -> None:
        self.change(lambda: library.restore(self.project, str(number)))

    @rule(text=st.sampled_from(TEXTS))
    def add_again(self, text: str) -> None:
        self.change(lambda: ingest.add(self.project, from_text(text), title="Again"))

    @rule(number=NUMBERS, status=st.sampled_from(STATUSES[1:]))
    def status(self, number: int, status: str) -> None:
        self.change(
            lambda: library.set_status(
                self.project, library.by_number(self.project, number), status, in_library=True
            )
        )  # fmt: skip

    @rule(number=NUMBERS, title=st.sampled_from(["One", "Two"]), date=st.sampled_from(["", "2026"]))
    def edit(self, number: int, title: str, date: str) -> None:
        self.change(
            lambda: library.edit_details(
                self.project, library.by_number(self.project, number), in_library=True, title=title, date=date
            )
        )

    @rule(steps=st.integers(1, 4))
    def undo(self, steps: int) -> None:
        for _ in range(min(steps, len(self.past))):
            self.future.append(content(self.project.store))
            history.undo(self.project, None)
            assert content(self.project.store) == self.past.pop()

    @rule(steps=st.integers(1, 4))
    def redo(self, steps: int) -> None:
        for _ in range(min(steps, len(self.future))):
            self.past.append(content(self.project.store))
            history.redo(self.project, None)
            assert content(self.project.store) == self.future.pop()

    @invariant()
    def there_is_as_much_to_undo_as_was_done(self) -> None:
        back, forth = history.peek(self.project, None)
        assert (back is not None) == bool(self.past)
        assert (forth is not None) == bool(self.future)

    @invariant()
    def every_order_has_all_that_are_there_once(self) -> None:
        there = [row.number for row in library.documents(self.project)]
        catalogue = Catalogue(self.project)
        for sort in Sort:
            catalogue.show(sort=sort)
            assert sorted(catalogue.numbers) == there
        counts = catalogue.counts()
        assert sum(counts.values()) == 2 * counts[""] == 2 * len(there)


TestChanges = Changes.TestCase
TestChanges.settings = settings(
    max_examples=30, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
