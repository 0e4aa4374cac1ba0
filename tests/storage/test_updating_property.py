"""An article whose text keeps changing under two people: no mark is ever lost, and every step can be taken back."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from reader.documents.document import Document
from reader.documents.span import Span
from reader.errors import ReaderError
from reader.project import Project, open_project
from reader.work import checking, history, library, marks, tagging, updating
from tests.storage.making import MOON, Ticking, article, content, from_text, opened

TEXTS = (
    MOON,
    MOON.replace("quietly buried", "long forgotten"),
    f"It came in late. {MOON}",
    MOON.replace("“It is bright.” ", "").replace("Nobody asked it. ", ""),
    "Nobody asked it. It went on.\n\nThe moon is a stone. “It is round,” she said, and nobody asked it.",
    "Everything was written anew.",
)
NUMBERS = st.integers(0, 50)
EDGES = st.integers(0, max(map(len, TEXTS)))
TAGS = st.sampled_from(["claim", "quote"])
WHO = st.integers(0, 1)


class ChangingArticle(RuleBasedStateMachine):
    """Ana and Ben mark, move, decide, undo and redo, and give the article one text after the other."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "annotations.db"
        time = Ticking()
        self.people = [opened(path, "ana", time), open_project(path, "ben", clock=time.clock, new_id=time.new_id)]
        for project in self.people:
            project.store.rows("PRAGMA synchronous = OFF")
        self.id = article(self.people[0]).id

    def teardown(self) -> None:
        for project in self.people:
            project.close()
        self.folder.cleanup()

    @property
    def document(self) -> Document:
        return library.find(self.people[0], self.id)

    def change(self, who: int, do: Any) -> None:
        """One step of somebody, which can be taken back and brought again, unless it is refused."""
        before = self.rows()
        try:
            do(self.people[who])
        except ReaderError:
            assert self.rows() == before
            return
        after = self.rows()
        if after != before:
            history.undo(self.people[who], self.document)
            assert self.rows() == before
            history.redo(self.people[who], self.document)
            assert self.rows() == after

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """What the tables say, but for texts, which stay."""
        found = content(self.people[0].store)
        return {name: rows for name, rows in found.items() if name != "versions" and not name.startswith("text_search")}

    def pick(self, project: Project, number: int) -> str:
        """One of somebody's marks, wherever it is."""
        ids = [mark.id for mark in marks.of(project, self.document)]
        ids += [mark.id for mark in updating.orphans(project, self.document)]
        return ids[number % len(ids)] if ids else "none"

    def spans(self, pairs: list[tuple[int, int]]) -> list[Span]:
        length = self.document.length
        return [Span(min(one, other, length), min(max(one, other), length)) for one, other in pairs]

    @rule(who=WHO, pairs=st.lists(st.tuples(EDGES, EDGES), min_size=1, max_size=2), tag=TAGS)
    def mark(self, who: int, pairs: list[tuple[int, int]], tag: str) -> None:
        self.change(who, lambda project: tagging.mark(project, self.document, self.spans(pairs), tag))

    @rule(who=WHO, number=NUMBERS)
    def remove(self, who: int, number: int) -> None:
        self.change(who, lambda project: tagging.remove(project, self.pick(project, number)))

    @rule(who=WHO, number=NUMBERS, pairs=st.lists(st.tuples(EDGES, EDGES), min_size=1, max_size=2))
    def edges(self, who: int, number: int, pairs: list[tuple[int, int]]) -> None:
        self.change(who, lambda project: tagging.move_edges(project, self.pick(project, number), self.spans(pairs)))

    @rule(who=WHO, number=NUMBERS, tag=TAGS)
    def retag(self, who: int, number: int, tag: str) -> None:
        self.change(who, lambda project: tagging.retag(project, self.pick(project, number), tag))

    @rule(who=WHO, text=st.sampled_from(TEXTS))
    def update(self, who: int, text: str) -> None:
        self.change(who, lambda project: updating.update(project, self.document, from_text(text)))

    @rule(who=WHO, number=NUMBERS)
    def confirm(self, who: int, number: int) -> None:
        self.change(who, lambda project: updating.confirm(project, self.document, self.pick(project, number)))

    @rule(who=WHO, number=NUMBERS, pair=st.tuples(EDGES, EDGES))
    def place(self, who: int, number: int, pair: tuple[int, int]) -> None:
        self.change(
            who,
            lambda project: updating.confirm(project, self.document, self.pick(project, number), self.spans([pair])),
        )

    @rule(who=WHO, number=NUMBERS)
    def orphan(self, who: int, number: int) -> None:
        self.change(who, lambda project: updating.make_orphan(project, self.document, self.pick(project, number)))

    @rule(who=WHO, number=NUMBERS)
    def drop(self, who: int, number: int) -> None:
        self.change(who, lambda project: updating.remove(project, self.document, self.pick(project, number)))

    @rule(who=WHO, steps=st.integers(1, 3))
    def undo(self, who: int, steps: int) -> None:
        for _ in range(steps):
            try:
                history.undo(self.people[who], self.document)
            except ReaderError:
                return

    @rule(who=WHO, steps=st.integers(1, 3))
    def redo(self, who: int, steps: int) -> None:
        for _ in range(steps):
            try:
                history.redo(self.people[who], self.document)
            except ReaderError:
                return

    @rule(who=WHO)
    def open(self, who: int) -> None:
        library.opened(self.people[who], self.document)

    @invariant()
    def nothing_is_lost(self) -> None:
        assert list(checking.findings(self.people[0])) == []
        seen: list[str] = []
        for project in self.people:
            seen += [mark.id for mark in marks.of(project, self.document)]
            seen += [mark.id for mark in updating.orphans(project, self.document)]
        rows = self.people[0].store.rows("SELECT id FROM annotations WHERE deleted_at IS NULL")
        assert sorted(seen) == sorted(id_ for (id_,) in rows)


TestChangingArticle = ChangingArticle.TestCase
TestChangingArticle.settings = settings(
    max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
