"""Undo after any sequence of changes gives the earlier content of all tables but the log, redo the later one."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from reader.annotations.annotation import Annotation
from reader.documents.span import Span
from reader.errors import Refused
from reader.work import checking, history, library, marks, noting, relating, tagging
from tests.storage.making import MOON, Ticking, article, content, opened

OTHER = "Another article, in which it is round as well."
SPANS = st.builds(
    lambda start, length: Span(start, min(len(MOON), start + length)),
    st.integers(0, len(MOON) - 1),
    st.integers(1, 30),
)
TAGS = st.sampled_from(["claim", "quote", "opinion", "loaded language"])
NUMBERS = st.integers(0, 50)


class Changes(RuleBasedStateMachine):
    """Ana changes one article in every way there is; whatever was before each change can be had again."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "annotations.db"
        self.time = Ticking()
        self.project = opened(self.path, time=self.time)
        self.project.store.rows("PRAGMA synchronous = OFF")
        self.document = article(self.project)
        self.other = article(self.project, OTHER)
        library.opened(self.project, self.document)
        self.past: list[dict[str, list[tuple[Any, ...]]]] = []
        self.future: list[dict[str, list[tuple[Any, ...]]]] = []

    def teardown(self) -> None:
        assert list(checking.findings(self.project)) == []
        self.project.close()
        self.folder.cleanup()

    def change(self, do: Any) -> None:
        """One change, remembered as one step if it was one."""
        before = content(self.project.store)
        try:
            do()
        except Refused:
            assert content(self.project.store) == before
            return
        if content(self.project.store) != before:
            self.past.append(before)
            self.future = []

    def one(self, number: int) -> Annotation:
        found = marks.of(self.project, self.document)
        return found[number % len(found)]

    def has_marks(self) -> bool:
        return bool(marks.columns(self.project, self.document).pk)

    @rule(spans=st.lists(SPANS, min_size=1, max_size=3), tag=TAGS, note=st.sampled_from(["", "a note"]))
    def mark(self, spans: list[Span], tag: str, note: str) -> None:
        said = {"speaker": ["Kirby"]} if tag == "quote" else None
        self.change(lambda: tagging.mark(self.project, self.document, spans, tag, note, said))

    @rule(spans=st.lists(SPANS, min_size=1, max_size=4), tag=TAGS)
    def mark_all(self, spans: list[Span], tag: str) -> None:
        self.change(lambda: tagging.mark_all(self.project, self.document, spans, tag))

    @precondition(has_marks)
    @rule(number=NUMBERS, tag=TAGS)
    def retag(self, number: int, tag: str) -> None:
        self.change(lambda: tagging.retag(self.project, self.one(number).id, tag))

    @precondition(has_marks)
    @rule(number=NUMBERS)
    def remove(self, number: int) -> None:
        self.change(lambda: tagging.remove(self.project, self.one(number).id))

    @precondition(has_marks)
    @rule(number=NUMBERS, note=st.sampled_from(["", "it is round", "note on it"]))
    def note(self, number: int, note: str) -> None:
        self.change(lambda: tagging.set_note(self.project, self.one(number).id, note))

    @precondition(has_marks)
    @rule(number=NUMBERS, value=st.sampled_from(["", "refuted", "supported"]))
    def attribute(self, number: int, value: str) -> None:
        self.change(lambda: tagging.set_attributes(self.project, self.one(number).id, {"status": [value]}))

    @precondition(has_marks)
    @rule(number=NUMBERS, spans=st.lists(SPANS, min_size=1, max_size=2))
    def edges(self, number: int, spans: list[Span]) -> None:
        self.change(lambda: tagging.move_edges(self.project, self.one(number).id, spans))

    @precondition(has_marks)
    @rule(number=NUMBERS, span=SPANS)
    def join(self, number: int, span: Span) -> None:
        self.change(lambda: tagging.join(self.project, self.one(number).id, span))

    @precondition(has_marks)
    @rule(number=NUMBERS, span=SPANS)
    def take_piece(self, number: int, span: Span) -> None:
        self.change(lambda: tagging.take_piece(self.project, self.one(number).id, span))

    @precondition(has_marks)
    @rule(one=NUMBERS, other=NUMBERS, bond=st.sampled_from(["speaker", "evidence"]))
    def relate(self, one: int, other: int, bond: str) -> None:
        self.change(lambda: relating.relate(self.project, self.one(one).id, self.one(other).id, bond))

    @precondition(has_marks)
    @rule(one=NUMBERS, other=NUMBERS)
    def unrelate(self, one: int, other: int) -> None:
        self.change(lambda: relating.unrelate(self.project, self.one(one).id, self.one(other).id))

    @rule(note=st.sampled_from(["", "it is round", "note on it"]))
    def note_on_the_article(self, note: str) -> None:
        self.change(lambda: noting.set_article_note(self.project, self.document, note))

    @rule(title=st.sampled_from(["One", "Two"]), byline=st.sampled_from(["", "Ana"]))
    def edit(self, title: str, byline: str) -> None:
        self.change(lambda: library.edit_details(self.project, self.document, title=title, byline=byline))

    @rule(status=st.sampled_from(["reading", "done"]))
    def status(self, status: str) -> None:
        self.change(lambda: library.set_status(self.project, self.document, status))

    @rule(steps=st.integers(1, 4))
    def undo(self, steps: int) -> None:
        for _ in range(min(steps, len(self.past))):
            self.future.append(content(self.project.store))
            history.undo(self.project, self.document)
            assert content(self.project.store) == self.past.pop()

    @rule(steps=st.integers(1, 4))
    def redo(self, steps: int) -> None:
        for _ in range(min(steps, len(self.future))):
            self.past.append(content(self.project.store))
            history.redo(self.project, self.document)
            assert content(self.project.store) == self.future.pop()

    @rule()
    def reopen(self) -> None:
        self.project.close()
        self.project = opened(self.path, time=self.time)
        self.project.store.rows("PRAGMA synchronous = OFF")

    @invariant()
    def there_is_as_much_to_undo_as_was_done(self) -> None:
        back, forth = history.peek(self.project, self.document)
        assert (back is not None) == bool(self.past)
        assert (forth is not None) == bool(self.future)

    @invariant()
    def every_mark_says_what_the_text_has(self) -> None:
        for mark in marks.of(self.project, self.document):
            assert mark.text == " … ".join(piece.cut(MOON) for piece in mark.fragments)

    @invariant()
    def a_link_is_seen_from_both_ends(self) -> None:
        found = relating.of_all(self.project, marks.of(self.project, self.document))
        seen = {(pk, each.other.pk, each.id) for pk, links in found.items() for each in links}
        assert seen == {(other, pk, id_) for pk, other, id_ in seen}


TestChanges = Changes.TestCase
TestChanges.settings = settings(
    max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
