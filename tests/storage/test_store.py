from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reader.documents.span import Span
from reader.errors import Busy, NotFound, ReaderError, StorageProblem
from reader.ids import now, uuid7
from reader.project import Project, open_project
from reader.storage.store import Store, open_store
from reader.storage.tables import APPLICATION_ID, IMAGE, KNOWN
from reader.work import checking, history, library, marks, tagging
from tests.storage.making import MOON, article, content, marked_article, opened


@contextmanager
def held(path: Path, how: str = "BEGIN EXCLUSIVE") -> Iterator[sqlite3.Connection]:
    """Another program that holds a lock on the database."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute(how)
    try:
        yield other
    finally:
        other.close()


def test_a_new_database_is_ours_and_safe(project: Project, path: Path) -> None:
    def pragma(name: str) -> object:
        row = project.store.row(f"PRAGMA {name}")
        assert row is not None
        return row[0]

    assert pragma("application_id") == APPLICATION_ID
    assert pragma("foreign_keys") == 1
    assert pragma("journal_mode") == "truncate"
    assert pragma("synchronous") == 2
    assert list(checking.findings(project)) == []


def test_the_log_knows_every_column_but_the_text(project: Project) -> None:
    for table, columns in IMAGE.items():
        real = {row[1] for row in project.store.rows(f"PRAGMA table_info({table})")}
        left_out = {"text", "raw", "offset_map"} if table == "versions" else set()
        assert real - left_out == set(columns)


def test_two_programs_may_make_the_same_database_at_once(path: Path) -> None:
    problems: list[ReaderError] = []

    def make(name: str) -> None:
        try:
            open_project(path, name).close()
        except ReaderError as problem:
            problems.append(problem)

    threads = [threading.Thread(target=make, args=(name,)) for name in ("ana", "ben")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store = open_store(path, create=False)
    assert all(isinstance(problem, Busy) for problem in problems)
    assert store.rows("SELECT count(*) FROM tags") == [(4,)]
    store.close()


@pytest.mark.parametrize("name", ["o'brien.db", "file:x?mode=memory.db", "a b%20ü.db"])
def test_a_file_may_be_called_anything(tmp_path: Path, name: str) -> None:
    opened(tmp_path / name).close()
    assert (tmp_path / name).stat().st_size > 0
    opened(tmp_path / name).close()


def test_a_missing_database_is_only_made_where_that_is_meant(path: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no database"):
        open_store(path, create=False)
    assert not path.exists()
    with pytest.raises(StorageProblem, match="does not exist: make it first"):
        open_store(tmp_path / "no" / "x.db", create=True)
    with pytest.raises(StorageProblem, match="is a folder"):
        open_store(tmp_path, create=True)


def test_another_programs_file_is_left_alone(path: Path) -> None:
    path.write_bytes(b"What is this? Not a database, that is what it is." * 30)
    before = path.read_bytes()
    with pytest.raises(StorageProblem, match="is not a database of reader"):
        open_store(path, create=True)
    assert path.read_bytes() == before

    path.unlink()
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE things (x)")
    other.commit()
    other.close()
    before = path.read_bytes()
    with pytest.raises(StorageProblem, match="another program's database"):
        open_store(path, create=True)
    assert path.read_bytes() == before


def test_a_newer_programs_file_is_refused(path: Path) -> None:
    project = opened(path)
    with project.store.write():
        project.store.connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('reader', '0999_later', '')"
        )
    project.close()
    before = path.read_bytes()
    with pytest.raises(StorageProblem, match=r"newer reader .*0999_later.*update reader"):
        open_store(path, create=False)
    assert path.read_bytes() == before


def test_an_older_file_is_copied_before_it_is_changed(path: Path) -> None:
    old = sqlite3.connect(path)
    old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    old.execute("CREATE TABLE kept (word)")
    old.execute("INSERT INTO kept VALUES ('moon')")
    old.commit()
    old.close()
    for _ in range(2):
        open_store(path, create=False).close()
    copies = sorted(path.parent.glob("*.bak*"))
    assert [copy.name for copy in copies] == [f"annotations.db.before-{KNOWN[0]}.bak"]
    copy = sqlite3.connect(copies[0])
    assert copy.execute("SELECT * FROM kept").fetchall() == [("moon",)]
    assert copy.execute("SELECT count(*) FROM sqlite_master").fetchone() == (1,)
    copy.close()


def test_a_file_of_the_first_schema_becomes_one_of_todays(path: Path) -> None:
    from sqlite_utils import Database

    from reader.storage.check import file_itself, search
    from reader.storage.migrations import reader

    old = sqlite3.connect(path, isolation_level=None)
    reader.apply(Database(old, execute_plugins=False), stop_before=KNOWN[1])
    first, later, latest = (f"2026-03-0{day}T09:00:00.000Z" for day in (1, 2, 3))
    for statement in (
        "INSERT INTO annotators VALUES (1, 'a', 'ana', 'local', '')",
        "INSERT INTO layers VALUES (1, 'l', 1, 'own', '', '')",
        "INSERT INTO codebooks VALUES (1, 'c', 'c', '', '', '', NULL)",
        *(f"INSERT INTO documents VALUES ({n}, 'd{n}', 'T', '', '', '', 'en', 1, {n}, '', '', NULL)" for n in (1, 2)),
        *(
            f"INSERT INTO versions VALUES ({n}, 'v{n}', {n}, 1, '{str(n) * 64}', 1, 1, 'lines', 0, 'text', 'utf-8', '',"
            " x'', 'a', x'61')" for n in (1, 2)
        ),
        *(f"INSERT INTO readings VALUES ({n}, 1, {n}, 'reading', 0, '{note}', '{first}', '{later}')"
          for n, note in ((1, ''), (2, 'Ask the Hárbour'))),
        "INSERT INTO tags VALUES (1, 't', 1, 1, 'quote', '', '', '', '', '', '', '{}', '[]', 1, NULL, '', '', NULL)",
        "INSERT INTO annotations VALUES (1, 'm', 1, 1, 1, 1, '', '', '', NULL)",
        "INSERT INTO attributes VALUES (1, 1, 'speaker', 0, 'Mara Lindqvist')",
        f"INSERT INTO steps VALUES (1, '{latest}', 1, 2, 1, 'claim on 1 word', 'do', NULL)",
    ):  # fmt: skip
        old.execute(statement)
    old.close()
    store = open_store(path, create=False)
    assert store.rows("SELECT last_opened_at FROM readings ORDER BY pk") == [(first,), (latest,)]
    assert store.rows("SELECT rowid FROM said_search WHERE said_search MATCH 'lindqvist'") == [(1,)]
    assert store.rows("SELECT rowid FROM article_note_search WHERE article_note_search MATCH 'harbour'") == [(2,)]
    assert [*file_itself(store), *search(store)] == []
    store.close()


def test_a_failed_migration_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(store: Store) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("reader.storage.codebooks.ensure_shipped", fails)
    with pytest.raises(ZeroDivisionError):
        open_store(path, create=True)
    monkeypatch.undo()
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    connection.close()
    opened(path).close()


def test_a_locked_database_says_so_and_keeps_what_it_has(project: Project, path: Path) -> None:
    document, (mark,) = marked_article(project, "The [moon]{claim} is here.")
    before = content(project.store)
    changes = (
        lambda: tagging.mark(project, document, [Span(0, 3)], "quote"),
        lambda: tagging.retag(project, mark.id, "opinion"),
        lambda: tagging.remove(project, mark.id),
        lambda: tagging.set_note(project, mark.id, "new"),
        lambda: tagging.set_attributes(project, mark.id, {"status": ["refuted"]}),
        lambda: tagging.move_edges(project, mark.id, [Span(0, 8)]),
        lambda: tagging.join(project, mark.id, Span(12, 16)),
        lambda: tagging.take_piece(project, mark.id, Span(4, 6)),
        lambda: history.undo(project, document),
        lambda: library.edit_details(project, document, title="Other"),
        lambda: library.opened(project, document),
        lambda: library.set_place(project, document, 3),
        lambda: library.set_status(project, document, "done"),
        lambda: library.delete(project, document),
        lambda: article(project, "Another text."),
        lambda: opened(path, "ben"),
    )
    with held(path, "BEGIN IMMEDIATE"):
        for change in changes:
            with pytest.raises(Busy, match="try again"):
                change()
        # Reading goes on.
        assert [each.text for each in marks.of(project, document)] == ["moon"]
    assert content(project.store) == before
    assert tagging.mark(project, document, [Span(0, 3)], "quote").text == "The"


def test_a_commit_that_a_reader_blocks_stores_nothing(project: Project, path: Path) -> None:
    document = article(project)
    with held(path, "BEGIN") as other:
        other.execute("SELECT * FROM documents").fetchone()
        with pytest.raises(Busy):
            tagging.mark(project, document, [Span(0, 3)], "quote")
        assert not project.store.connection.in_transaction
    assert marks.of(project, document) == ()
    tagging.mark(project, document, [Span(0, 3)], "quote")


def test_an_exclusive_lock_is_busy_for_readers_too(project: Project, path: Path) -> None:
    article(project)
    with held(path), pytest.raises(Busy):
        library.documents(project)
    with held(path), pytest.raises(Busy):
        opened(path)


def test_an_error_between_statements_stores_nothing(project: Project) -> None:
    before = content(project.store)

    def crash_half_way() -> None:
        with project.store.step("half", project.annotator.pk) as step:
            step.insert("codebooks", {"id": "x", "name": "x", "created_at": "", "updated_at": ""})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        crash_half_way()
    assert content(project.store) == before
    assert project.store.rows("SELECT * FROM steps WHERE label = 'half'") == []


def test_what_was_half_written_when_the_program_was_killed_is_not_there(path: Path) -> None:
    project = opened(path)
    document, _ = marked_article(project, "The [moon]{claim} is here.")
    before = content(project.store)
    project.close()
    code = (
        "import os, signal, sys; from pathlib import Path; from reader.project import open_project;"
        "project = open_project(Path(sys.argv[1]), 'ana');"
        # So little room that pages go to the file before the commit, and a journal lies beside it.
        "project.store.rows('PRAGMA cache_size = 1');"
        "open = project.store.step('half', 1); step = open.__enter__();"
        "[step.update('annotations', 1, {'note': 'x' * size}) for size in range(1, 90_000, 9_000)];"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    ran = subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    assert ran.returncode == -9
    assert path.with_name("annotations.db-journal").stat().st_size > 0
    project = opened(path)
    assert content(project.store) == before
    assert list(checking.findings(project)) == []
    tagging.mark(project, document, [Span(0, 3)], "quote")
    project.close()


def test_a_full_disk_says_so(project: Project) -> None:
    document = article(project)
    before = content(project.store)
    (pages,) = project.store.rows("PRAGMA page_count")[0]
    project.store.rows(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StorageProblem, match="disk is full"):
        article(project, "word " * 100_000)
    assert content(project.store) == before
    project.store.rows(f"PRAGMA max_page_count = {pages + 1000}")
    tagging.mark(project, document, [Span(0, 3)], "quote")


def test_a_database_that_can_only_be_read_says_so(path: Path) -> None:
    project = opened(path)
    document = article(project)
    annotator = project.annotator
    project.close()
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)
    reading = Project(Store(connection, path, now, uuid7), annotator)
    assert library.text(reading, document) == MOON
    with pytest.raises(StorageProblem, match="can only be read"):
        tagging.mark(reading, document, [Span(0, 3)], "quote")
    reading.close()


def test_a_damaged_database_says_so(path: Path) -> None:
    project = opened(path)
    article(project, MOON + " word" * 5_000)
    project.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    with pytest.raises(StorageProblem, match="damaged"):
        library.documents(opened(path))


def test_opening_and_reading_loads_nothing_but_sqlite(path: Path) -> None:
    project = opened(path)
    document, _ = marked_article(project, "The [moon]{claim} is here.")
    project.close()
    code = (
        "import sys; from pathlib import Path; from reader.project import open_project;"
        "from reader.work import library, marks;"
        "project = open_project(Path(sys.argv[1]), 'ana', create=False);"
        "document = library.find(project, sys.argv[2]); library.text(project, document);"
        "library.codebook(project, document); marks.in_range(project, document, 0, 100);"
        "print(*sorted({name.split('.')[0] for name in sys.modules} & set(sys.argv[3:])))"
    )
    heavy = ["sqlite_utils", "click", "textual", "rich", "markdown_it", "sentencex", "csv", "platformdirs", "tomllib"]
    ran = subprocess.run(
        [sys.executable, "-c", code, str(path), document.id, *heavy], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == ""


def test_the_same_clock_and_ids_make_the_same_content(tmp_path: Path) -> None:
    both = []
    for name in ("one.db", "two.db"):
        project = opened(tmp_path / name)
        marked_article(project, "The [moon]{claim} [is]{quote} here.")
        both.append(
            [
                content(project.store),
                project.store.rows("SELECT * FROM log"),
                project.store.rows("SELECT * FROM steps"),
                project.store.rows("SELECT * FROM _sqlite_migrations"),
            ]
        )
        project.close()
    assert both[0] == both[1]
