"""Databases of two colleagues, as they were at several moments: whatever order they come in, the same is here."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from reader.annotations.relation import Bond
from reader.documents.span import Span
from reader.errors import ReaderError
from reader.project import Project, open_project
from reader.storage.store import Store
from reader.work import (
    checking,
    export,
    exporting,
    history,
    importing,
    library,
    marks,
    noting,
    relating,
    tagging,
    updating,
)
from tests.storage.making import MOON, Ticking, article, from_text

TEXTS = (
    MOON,
    MOON.replace("quietly buried", "long forgotten"),
    f"It came in late. {MOON}",
    MOON.replace("“It is bright.” ", "").replace("Nobody asked it. ", ""),
    "Everything was written anew.",
)
OTHER = "Another article.\n\nIt is about the sun, and nobody has asked for it."
NAMES = ("ana", "ben")


class Own(Ticking):
    """Ids that no other database has."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    def new_id(self) -> str:
        self._ids += 1
        return str(uuid.UUID(int=7 << 76 | self._number << 40 | self._ids))


@pytest.fixture(scope="module")
def blank() -> Iterator[Path]:
    """A fresh database of each person, since making one takes its time."""
    with tempfile.TemporaryDirectory() as folder:
        for number, name in enumerate((*NAMES, "carl")):
            time = Own(number)
            project = open_project(Path(folder) / f"{name}.db", name, clock=time.clock, new_id=time.new_id)
            article(project)
            if name != "carl":
                article(project, OTHER)
            project.close()
        yield Path(folder)


NUMBERS = st.integers(0, 30)
EDGES = st.tuples(st.integers(0, len(TEXTS[2])), st.integers(0, len(TEXTS[2])))
Did = tuple[str, int, int, tuple[int, int], int]
DEEDS = (
    *["mark"] * 4, "remove", "edges", "retag", "note", "attribute", "link", "unlink", "undo", "undo", "redo", "text",
    "done", "article-note",
)  # fmt: skip
DID = st.tuples(
    st.sampled_from(DEEDS),
    st.integers(0, 1),
    NUMBERS,
    EDGES,
    NUMBERS,
)


def do(project: Project, did: Did) -> None:
    """One thing that a person does; what is refused is not done."""
    what, which, number, (one, other), second = did
    document = library.documents(project)[which].document
    span = Span(min(one, other, document.length), min(max(one, other), document.length))

    def mark(place: int) -> str:
        ids = sorted(mark.id for mark in marks.of(project, document))
        return ids[place % len(ids)] if ids else "none"

    doing: dict[str, Callable[[], object]] = {
        "mark": lambda: tagging.mark(project, document, [span], ("claim", "quote")[second % 2]),
        "remove": lambda: tagging.remove(project, mark(number)),
        "edges": lambda: tagging.move_edges(project, mark(number), [span]),
        "retag": lambda: tagging.retag(project, mark(number), ("claim", "quote")[second % 2]),
        "note": lambda: tagging.set_note(project, mark(number), ("", "moon", "it is")[second % 3]),
        "attribute": lambda: tagging.set_attributes(
            project, mark(number), {"status": [("unchecked", "supported")[second % 2]]}
        ),
        "link": lambda: relating.relate(project, mark(number), mark(second), tuple(Bond)[second % 3]),
        "unlink": lambda: relating.unrelate(project, mark(number), mark(second)),
        "undo": lambda: history.undo(project, document),
        "redo": lambda: history.redo(project, document),
        # Of the one that Carl has, too: one that is added keeps the text that it comes with.
        "text": lambda: updating.update(
            project, library.documents(project)[0].document, from_text(TEXTS[second % len(TEXTS)])
        ),
        "done": lambda: library.set_status(project, document, ("new", "reading", "done")[second % 3]),
        "article-note": lambda: noting.set_article_note(project, document, ("", "moon")[second % 2]),
    }
    with suppress(ReaderError):
        doing[what]()


def said(store: Store) -> dict[str, Any]:
    """What can be seen of everybody's marks, by ids and hashes: not numbers, logs, nor what is removed."""
    live = "annotations.deleted_at IS NULL"
    return {
        name: sorted(store.rows(sql), key=repr)
        for name, sql in {
            "layers": "SELECT layers.id, purpose, layers.name, layers.created_at, seq, annotators.id, annotators.name,"
            " origin FROM layers JOIN annotators ON annotators.pk = annotator",
            "documents": "SELECT text_hash, title, byline, language FROM documents"
            " JOIN versions ON versions.pk = documents.version",
            "texts": "SELECT versions.text_hash, present.text_hash FROM versions"
            " JOIN documents ON documents.pk = versions.document"
            " JOIN versions AS present ON present.pk = documents.version"
            " WHERE versions.pk IN (SELECT version FROM readings UNION SELECT version FROM anchors"
            f" JOIN annotations ON annotations.pk = annotation WHERE {live})",
            "marks": "SELECT annotations.id, text_hash, layers.id, tags.id, tag_revision, note,"
            " annotations.created_at, annotations.updated_at FROM annotations"
            " JOIN documents ON documents.pk = annotations.document"
            " JOIN versions ON versions.pk = documents.version"
            f" JOIN layers ON layers.pk = layer JOIN tags ON tags.pk = tag WHERE {live}",
            "anchors": "SELECT annotations.id, text_hash, status, score, start, end, fragments, quote, prefix, suffix"
            " FROM anchors JOIN annotations ON annotations.pk = annotation JOIN versions ON versions.pk = version"
            f" WHERE {live}",
            "attributes": "SELECT annotations.id, name, position, value FROM attributes"
            f" JOIN annotations ON annotations.pk = annotation WHERE {live}",
            "links": "SELECT relations.id, kind, source.id, target.id, relations.created_at FROM relations"
            " JOIN annotations AS source ON source.pk = source JOIN annotations AS target ON target.pk = target"
            " WHERE relations.deleted_at IS NULL",
            "readings": "SELECT layers.id, text_hash, status, place, note, opened_at, updated_at, last_opened_at"
            " FROM readings JOIN layers ON layers.pk = layer JOIN versions ON versions.pk = version",
            "reviews": "SELECT reviews.id, layers.id, kind, reviews.created_at FROM reviews"
            " JOIN layers ON layers.pk = layer",
            "sides": "SELECT reviews.id, position, layers.id FROM review_sides"
            " JOIN reviews ON reviews.pk = review JOIN layers ON layers.pk = review_sides.layer",
            "decisions": "SELECT decisions.id, reviews.id, text_hash, key, difference, choice, reason, comment,"
            " ground, annotators.id, decisions.created_at, decisions.updated_at FROM decisions"
            " JOIN reviews ON reviews.pk = review JOIN documents ON documents.pk = decisions.document"
            " JOIN versions ON versions.pk = documents.version JOIN annotators ON annotators.pk = annotator",
            "outcomes": "SELECT annotations.id, decisions.id, source.id FROM outcomes"
            " JOIN annotations ON annotations.pk = annotation LEFT JOIN decisions ON decisions.pk = decision"
            f" LEFT JOIN annotations AS source ON source.pk = source WHERE {live}",
            "answers": "SELECT answers.id, decisions.id, annotators.id, text, answers.created_at FROM answers"
            " JOIN decisions ON decisions.pk = decision JOIN annotators ON annotators.pk = answers.annotator"
            " WHERE answers.deleted_at IS NULL",
        }.items()
    }


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    lives=st.tuples(*[st.lists(st.lists(DID, min_size=1, max_size=8), min_size=1, max_size=3)] * 2),
    mine=st.sampled_from([0, 0, 1, 2]),
    add=st.sampled_from([(), ("all",)]),
    data=st.data(),
)
def test_the_order_of_files_makes_no_difference(
    blank: Path, lives: tuple[list[list[Did]], ...], mine: int, add: tuple[str, ...], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [file for number, life in enumerate(lives) for file in lived(blank, folder, number, life)]
        hashes = [hashlib.sha256(file.read_bytes()).digest() for file in files]
        prepared = folder / "carl.db"
        carl = taking_over(blank, prepared)
        updating.update(carl, library.documents(carl)[0].document, from_text(TEXTS[mine]))
        carl.close()
        found = []
        for run in range(2):
            order = data.draw(st.permutations(files)) + data.draw(st.lists(st.sampled_from(files), max_size=2))
            here = folder / f"carl-{run}.db"
            shutil.copy(prepared, here)
            carl = taking_over(here, here)
            for file in order:
                importing.take(carl, file, add=add)
            assert list(checking.findings(carl)) == []
            found.append(said(carl.store))
            for file in order:
                assert not importing.take(carl, file, add=add).is_news
            carl.close()
        assert found[0] == found[1]
        assert hashes == [hashlib.sha256(file.read_bytes()).digest() for file in files]


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    life=st.lists(st.lists(DID, min_size=1, max_size=8), min_size=1, max_size=4),
    mine=st.sampled_from([0, 1, 2]),
    replace=st.booleans(),
    data=st.data(),
)
def test_whatever_comes_in_is_sound_and_comes_in_once(
    blank: Path, life: list[list[Did]], mine: int, replace: bool, data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        databases = list(lived(blank, folder, 0, life))
        files = [*databases, *(_exported(file, kind) for file in databases for kind in (".jsonl", ".csv"))]
        carl = taking_over(blank, folder / "carl.db")
        updating.update(carl, library.documents(carl)[0].document, from_text(TEXTS[mine]))
        for file in data.draw(st.lists(st.sampled_from(files), min_size=1, max_size=6)):
            importing.take(carl, file, replace=replace)
            assert list(checking.findings(carl)) == []
            assert not importing.take(carl, file, replace=replace).is_news
        carl.close()


def _exported(database: Path, kind: str) -> Path:
    """What is in somebody's database as a file of marks; a copy of the database where there are none."""
    copy = database.with_suffix(".copy")
    shutil.copy(database, copy)
    time = Own(0)
    project = open_project(copy, "ana", clock=time.clock, new_id=time.new_id)
    choice = export.choose(project, orphans=True)
    if export.has_any(project, choice):
        exporting.to_file(project, choice, database.with_suffix(kind))
    else:
        shutil.copy(database, database.with_suffix(kind))
    project.close()
    return database.with_suffix(kind)


def lived(blank: Path, folder: Path, number: int, life: list[list[Did]]) -> Iterator[Path]:
    """Somebody's database at several moments."""
    path = folder / f"{NAMES[number]}.db"
    shutil.copy(blank / path.name, path)
    time = Own(number)
    time._ids = 1000
    project = open_project(path, NAMES[number], clock=time.clock, new_id=time.new_id)
    project.store.rows("PRAGMA synchronous = OFF")
    for moment, some in enumerate(life):
        for did in some:
            do(project, did)
        file = folder / f"{NAMES[number]}-{moment}.db"
        shutil.copy(path, file)
        yield file
    project.close()


def taking_over(source: Path, path: Path) -> Project:
    """Carl's database, a copy of it where it lies elsewhere."""
    if source != path:
        shutil.copy(source / "carl.db", path)
    time = Own(9)
    project = open_project(path, "carl", clock=time.clock, new_id=time.new_id)
    project.store.rows("PRAGMA synchronous = OFF")
    return project
