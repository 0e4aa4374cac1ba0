"""Steps in several articles: one undo takes all of it back, from whichever article it comes."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from reader.annotations.annotation import Annotation
from reader.documents.document import Document
from reader.documents.span import Span
from reader.errors import Refused
from reader.project import Project
from reader.storage import annotations as stored
from reader.storage import turning
from reader.storage.steps import dumped
from reader.work import checking, history, library, marks, tagging
from tests.storage.making import Ticking, article, content, opened

TEXTS = ("it is it", "what it is", "is it, or it is")
SPANS = {
    text: [Span(at, at + 2) for at in range(len(text)) if text.startswith(("it", "is"), at)] for text in TEXTS
}  # fmt: skip


def everywhere(project: Project, documents: Sequence[Document], tag: str = "claim") -> tuple[Annotation, ...]:
    """Every `it` and `is` of these articles, in one step."""
    wanted = [
        stored.Places(
            document.id,
            document.version,
            SPANS[library.text(project, document)],
            library.codebook(project, document).find(tag),
        )
        for document in documents
    ]
    return marks.by_pk(project, stored.add_all(project.store, project.annotator, wanted)[0])


@pytest.fixture
def three(project: Project) -> list[Document]:
    return [article(project, text) for text in TEXTS]


@pytest.mark.parametrize("at", range(3))
def test_one_undo_takes_all_back_from_any_article(project: Project, three: list[Document], at: int) -> None:
    before = content(project.store)
    made = everywhere(project, three)
    after = content(project.store)
    assert len(made) == 9
    for document in three:
        assert history.peek(project, document) == ("claim on 9 places in 3 articles", None)
    undone = history.undo(project, three[at])
    assert undone.label == "claim on 9 places in 3 articles"
    assert undone.before == tuple(mark for mark in made if mark.document == three[at].id)
    assert content(project.store) == before
    for document in three:
        assert history.peek(project, document) == (None, "claim on 9 places in 3 articles")
    redone = history.redo(project, three[at - 1])
    assert list(redone.after) == [mark for mark in reversed(made) if mark.document == three[at - 1].id]
    assert content(project.store) == after
    assert list(checking.findings(project)) == []


def test_only_articles_with_something_new_are_part_of_it(project: Project, three: list[Document]) -> None:
    everywhere(project, three[:1])
    assert history.peek(project, three[0])[0] == "claim on 3 places"
    everywhere(project, three[:2])
    assert history.peek(project, three[0])[0] == "claim on 3 places"
    assert history.peek(project, three[1])[0] == "claim on 2 places"
    everywhere(project, three[1:], "quote")
    assert history.peek(project, three[0])[0] == "claim on 3 places"
    assert everywhere(project, three[1:], "quote") == ()


def test_later_work_elsewhere_stays_when_it_is_undone(project: Project, three: list[Document]) -> None:
    everywhere(project, three)
    later = tagging.mark(project, three[1], [Span(0, 4)], "quote")
    history.undo(project, three[0])
    assert marks.of(project, three[1]) == (later,)
    assert history.peek(project, three[1])[0] == "quote on 1 word"
    history.undo(project, three[1])
    assert history.peek(project, three[1]) == (None, "quote on 1 word")


def test_it_is_refused_where_another_article_has_changed_a_part_of_it(project: Project, three: list[Document]) -> None:
    made = everywhere(project, three)
    tagging.set_note(project, next(mark.id for mark in made if mark.document == three[2].id), "why?")
    before = content(project.store)
    with pytest.raises(Refused, match=r"in 3 articles” cannot be undone: in “is it, or it is” .* changed again since"):
        history.undo(project, three[0])
    assert content(project.store) == before
    history.undo(project, three[2])
    history.undo(project, three[0])
    assert all(not marks.of(project, document) for document in three)


@pytest.mark.parametrize("at_once", [1, 2, 500])
@pytest.mark.parametrize("held", range(9))
def test_it_is_refused_where_somebody_holds_on_to_a_part_of_it(
    project: Project, three: list[Document], held: int, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turning, "AT_ONCE", at_once)
    made = everywhere(project, three)
    title = next(document.title for document in three if document.id == made[held].document)
    with project.store.step("said by somebody", project.annotator.pk, kind="record") as step:
        said = step.insert("attributes", {"annotation": made[held].pk, "name": "type", "position": 0, "value": "x"})
    before = content(project.store)
    with pytest.raises(Refused, match=rf"in 3 articles” cannot be undone: in “{title}” what it changed"):
        history.undo(project, three[0])
    assert content(project.store) == before
    with project.store.step("taken back", project.annotator.pk, kind="record") as step:
        step.delete("attributes", said)
    history.undo(project, three[0])
    with project.store.step("somebody took the number", project.annotator.pk, kind="record") as step:
        step.put_all("annotations", [(made[held].pk, row := {
            "id": "x", "document": 1, "layer": 1, "tag": 1, "tag_revision": 1, "note": "", "created_at": "",
            "updated_at": "", "deleted_at": None,
        }, dumped(row) or "")])  # fmt: skip
    before = content(project.store)
    with pytest.raises(Refused, match=rf"cannot be redone: in “{title}” what it changed"):
        history.redo(project, three[0])
    assert content(project.store) == before


def test_a_row_that_the_log_writes_otherwise_is_compared_by_its_values(
    project: Project, three: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turning, "AT_ONCE", 2)
    exact = 0.1 + 0.2  # 17 digits, of which SQLite's JSON writes 15
    with project.store.step("places", project.annotator.pk, 1) as step:
        marks_ = step.insert_all("annotations", [
            {"id": f"m{n}", "document": 1, "layer": 1, "tag": 1, "tag_revision": 1, "note": f"{n} “\u007f\t/\\\u2028",
             "created_at": "", "updated_at": "", "deleted_at": None} for n in range(5)
        ])  # fmt: skip
        step.insert_all("anchors", [
            {"annotation": pk, "version": 1, "status": "unsure", "score": exact if n % 2 else None, "start": 0,
             "end": 2, "fragments": "0-2", "quote": "it", "prefix": "", "suffix": " is it"}
            for n, pk in enumerate(marks_)
        ])  # fmt: skip
    after = content(project.store)
    for _ in range(2):
        history.undo(project, three[0])
        history.redo(project, three[0])
        assert content(project.store) == after
        assert project.store.rows("SELECT count(*) FROM anchors WHERE score = ?", (exact,)) == [(2,)]
    assert [finding for finding in checking.findings(project) if "log" in finding] == []
    project.store.rows("UPDATE anchors SET score = ? WHERE score IS NOT NULL", (exact + 1e-16,))
    with pytest.raises(Refused, match="cannot be undone"):
        history.undo(project, three[0])


def test_of_very_many_marks_not_all_are_named(
    project: Project, three: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "MOST_NAMED", 2)
    made = everywhere(project, three)
    undone = history.undo(project, three[0])
    assert not undone.are_all
    assert undone.before[:2] == made[:2]
    assert not history.redo(project, three[0]).are_all
    assert len(marks.of(project, three[0])) == 3


def test_redo_never_marks_the_same_words_twice(project: Project, three: list[Document]) -> None:
    everywhere(project, three)
    history.undo(project, three[0])
    tagging.mark(project, three[1], [Span(5, 7)], "claim")
    with pytest.raises(Refused, match=r"cannot be redone: in “what it is”"):
        history.redo(project, three[0])
    history.undo(project, three[1])
    history.redo(project, three[0])
    with pytest.raises(Refused, match="cannot be redone"):
        history.redo(project, three[1])
    assert list(checking.findings(project)) == []


def test_it_is_not_what_the_library_undoes(project: Project, three: list[Document]) -> None:
    everywhere(project, three)
    assert turning.next_undo(project.store, None, project.annotator.pk) is None


Marks = dict[str, Annotation]


@dataclass
class Done:
    """A step as the model knows it: the marks that it made (what undo takes away and redo brings back)."""

    articles: frozenset[int]
    made: Marks
    taken_back: bool = False


class Sharing(RuleBasedStateMachine):
    """Ana marks in three articles, in one at a time or in several at once, and goes back and forth from any."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.project = opened(Path(self.folder.name) / "annotations.db", time=Ticking())
        self.project.store.rows("PRAGMA synchronous = OFF")
        self.documents = [article(self.project, text) for text in TEXTS]
        self.history: list[tuple[str, Done]] = []
        """What happened, in order: `do`, `undo` or `redo`, and of what."""

    def teardown(self) -> None:
        assert list(checking.findings(self.project)) == []
        self.project.close()
        self.folder.cleanup()

    def present(self) -> Marks:
        return {mark.id: mark for document in self.documents for mark in marks.of(self.project, document)}

    def did(self, made: Sequence[Annotation]) -> None:
        if made:
            ids = [document.id for document in self.documents]
            step = Done(frozenset(ids.index(mark.document) for mark in made), {mark.id: mark for mark in made})
            self.history.append(("do", step))

    @rule(at=st.integers(0, 2), place=st.integers(0, 9), tag=st.sampled_from(["claim", "quote"]))
    def mark(self, at: int, place: int, tag: str) -> None:
        spans = SPANS[TEXTS[at]]
        with suppress(Refused):
            self.did([tagging.mark(self.project, self.documents[at], [spans[place % len(spans)]], tag)])

    @rule(where=st.sets(st.integers(0, 2), min_size=1), tag=st.sampled_from(["claim", "quote"]))
    def mark_everywhere(self, where: set[int], tag: str) -> None:
        self.did(everywhere(self.project, [self.documents[at] for at in sorted(where)], tag))

    def next_undo(self, at: int) -> Done | None:
        """The step that was done, or done again, last and stands."""
        there = [step for kind, step in self.history if at in step.articles and kind != "undo" and not step.taken_back]
        return there[-1] if there else None

    def next_redo(self, at: int) -> Done | None:
        """The step that was taken back last, unless something new was done since."""
        for kind, step in reversed(self.history):
            if at in step.articles and kind == "do":
                return None
            if at in step.articles and kind == "undo" and step.taken_back:
                return step
        return None

    @rule(at=st.integers(0, 2))
    def undo(self, at: int) -> None:
        step, before = self.next_undo(at), self.present()
        if step is None:
            with pytest.raises(Refused, match="nothing to undo"):
                history.undo(self.project, self.documents[at])
            return
        history.undo(self.project, self.documents[at])
        step.taken_back = True
        self.history.append(("undo", step))
        assert self.present() == {id_: mark for id_, mark in before.items() if id_ not in step.made}

    @rule(at=st.integers(0, 2))
    def redo(self, at: int) -> None:
        step, before = self.next_redo(at), self.present()
        if step is None:
            with pytest.raises(Refused, match="nothing to redo"):
                history.redo(self.project, self.documents[at])
            return
        there = {(mark.document, mark.fragments, mark.tag) for mark in before.values()}
        if any((mark.document, mark.fragments, mark.tag) in there for mark in step.made.values()):
            with pytest.raises(Refused, match="changed again since"):
                history.redo(self.project, self.documents[at])
            assert self.present() == before
            return
        history.redo(self.project, self.documents[at])
        step.taken_back = False
        self.history.append(("redo", step))
        assert self.present() == before | step.made

    @invariant()
    def every_article_knows_what_it_can_take_back(self) -> None:
        for at, document in enumerate(self.documents):
            back, forth = history.peek(self.project, document)
            assert (back is not None, forth is not None) == (
                self.next_undo(at) is not None,
                self.next_redo(at) is not None,
            )


TestSharing = Sharing.TestCase
TestSharing.settings = settings(
    max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
