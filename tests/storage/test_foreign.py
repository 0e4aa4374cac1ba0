"""Databases that mean harm, or were damaged: each is refused with a sentence, or comes in without doing any."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.documents.span import Span
from reader.errors import BadInput, ReaderError, StorageProblem
from reader.project import Project, open_project
from reader.storage import foreign
from reader.storage.foreign import guarding
from reader.storage.foreign.copying import HEADER
from reader.work import checking, importing, library, marks, noting, relating, tagging
from tests.marks import marked
from tests.storage.making import article, marked_article, opened
from tests.storage.test_taking_property import Own

WRITTEN = "The [moon]{claim} is a [stone]{quote}, [it]{claim 1} is [round]{claim 1} there."


@pytest.fixture(scope="module")
def template() -> Iterator[Path]:
    """Ana's database: marks, one in two pieces, a link, a note, a reading; beside it Carl's, with the article."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ana.db"
        time = Own(1)
        ana = open_project(path, "ana", clock=time.clock, new_id=time.new_id)
        document, (moon, stone, _) = marked_article(ana, WRITTEN)
        tagging.set_note(ana, moon.id, "seen")
        tagging.set_attributes(ana, stone.id, {"speaker": ["Mara"]})
        relating.relate(ana, stone.id, moon.id, "speaker")
        noting.set_article_note(ana, document, "short")
        library.set_status(ana, document, "done")
        article(ana)
        ana.close()
        carl = opened(path.with_name("carl.db"), "carl")
        article(carl, marked(WRITTEN)[0])
        carl.close()
        yield path


@pytest.fixture
def ana(template: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "theirs"
    folder.mkdir()
    return Path(shutil.copy(template, folder / "ana.db"))


@pytest.fixture
def carl(template: Path, tmp_path: Path) -> Iterator[Project]:
    shutil.copy(template.with_name("carl.db"), tmp_path)
    project = opened(tmp_path / "carl.db", "carl")
    yield project
    project.close()


def change(path: Path, *statements: str) -> None:
    """Somebody writes to the file by other means."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA ignore_check_constraints = ON")
    for statement in statements:
        connection.execute(statement)
    connection.close()


def loosely(path: Path, table: str, old: str, new: str, *statements: str) -> None:
    """Writes to a table as if its statement said `new` for `old`, and leaves the statement as it was."""
    change(path, "PRAGMA writable_schema = ON", _replaced(table, old, new))
    change(path, *statements)
    change(path, "PRAGMA writable_schema = ON", _replaced(table, new, old))


def _replaced(table: str, old: str, new: str) -> str:
    return f"UPDATE sqlite_master SET sql = replace(sql, '{old}', '{new}') WHERE name = '{table}'"


def taken(carl: Project, path: Path) -> importing.Summary:
    """Takes a file in, and proves that nothing but our own database was touched."""
    before = _state(path)
    try:
        return importing.take(carl, path, add=["all"])
    finally:
        assert _state(path) == before
        assert list(checking.findings(carl)) == []


def _state(path: Path) -> dict[str, bytes]:
    return {
        each.name: hashlib.sha256(each.read_bytes()).digest() if each.is_file() else b""
        for each in path.parent.iterdir()
    }


def marks_here(carl: Project) -> int:
    ((number,),) = carl.store.rows("SELECT count(*) FROM annotations")
    return int(number)


def test_a_whole_database_comes_in(carl: Project, ana: Path) -> None:
    summary = taken(carl, ana)
    (layer,) = summary.layers
    assert (layer.annotator, layer.added, layer.state) == ("ana", 3, "new")
    assert not summary.refusals
    assert carl.store.rows("SELECT quote FROM anchors ORDER BY quote") == [("it … round",), ("moon",), ("stone",)]
    assert carl.store.rows("SELECT kind FROM relations") == [("speaker",)]
    assert carl.store.rows("SELECT status, note FROM readings ORDER BY pk LIMIT 1") == [("done", "short")]


WHOLE = {
    "a view in place of a table": lambda path: change(
        path,
        "ALTER TABLE annotations RENAME TO real",
        "CREATE VIEW annotations AS WITH RECURSIVE endless (pk) AS (SELECT 1 UNION ALL SELECT pk + 1 FROM endless)"
        " SELECT pk, 'x' AS id, 1 AS document, 1 AS layer, 1 AS tag, 1 AS tag_revision, '' AS note, '' AS created_at,"
        " '' AS updated_at, NULL AS deleted_at FROM endless",
    ),
    "a generated column of 900 MB": lambda path: change(
        path, "ALTER TABLE annotations ADD COLUMN huge TEXT GENERATED ALWAYS AS (hex(zeroblob(450000000)))"
    ),
    "a function in a condition": lambda path: change(
        path,
        "PRAGMA writable_schema = ON",
        _replaced("answers", "text TEXT NOT NULL", "text TEXT NOT NULL CHECK (hex(zeroblob(450000000)) <> text)"),
    ),
    "a table less": lambda path: change(path, "DROP TABLE outcomes"),
    "a virtual table": lambda path: change(
        path, "ALTER TABLE answers RENAME TO old", "CREATE VIRTUAL TABLE answers USING fts5(id, text)"
    ),
    "a newer reader": lambda path: change(
        path, "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('reader', '9999_later', '')"
    ),
    "a migration left out": lambda path: change(path, "DELETE FROM _sqlite_migrations WHERE name LIKE '0003%'"),
    "migrations from a view": lambda path: change(
        path,
        "ALTER TABLE _sqlite_migrations RENAME TO had",
        "CREATE VIEW _sqlite_migrations AS SELECT * FROM had",
    ),
    "another program's": lambda path: change(path, "PRAGMA application_id = 7"),
    "half a file": lambda path: os.truncate(path, path.stat().st_size // 2),
    "no byte": lambda path: os.truncate(path, 0),
    "not a database": lambda path: path.write_bytes(b"The moon is a stone. " * 100),
    "garbage after a header": lambda path: path.write_bytes(HEADER + b"\x10\x00\x01\x01" + b"\xa5" * 9000),
    "scribbled pages": lambda path: scribble(path),
    "a wide text": lambda path: change(path, "UPDATE annotations SET note = hex(zeroblob(600000))"),
    "letters that are none": lambda path: change(path, "UPDATE annotations SET note = CAST(x'ff' AS TEXT)"),
    "a number for a text": lambda path: loosely(
        path, "annotations", "STRICT", "      ", "UPDATE annotations SET note = x'00'"
    ),
    "an id that is a path": lambda path: change(path, "UPDATE layers SET id = '../../../etc/passwd'"),
    "no time": lambda path: change(path, "UPDATE annotations SET created_at = 'yesterday'"),
    "a purpose of its own": lambda path: change(path, "UPDATE layers SET purpose = 'mine'"),
    "a negative number": lambda path: change(path, "UPDATE anchors SET start = -1"),
    "pieces that are none": lambda path: change(path, "UPDATE anchors SET fragments = '1-2; DROP TABLE layers'"),
    "a place and none": lambda path: change(path, "UPDATE anchors SET status = 'orphan'"),
    "a mark of no layer": lambda path: change(path, "UPDATE annotations SET layer = 99"),
    "a mark in another article's text": lambda path: change(path, "UPDATE anchors SET version = 2"),
    "an article of no text": lambda path: change(path, "UPDATE documents SET version = NULL"),
    "JSON without end": lambda path: change(path, f"UPDATE tags SET attributes = '{'[' * 3000}'"),
    "a colour of its own": lambda path: change(path, "UPDATE tags SET colour = '[blink]'"),
    "a kind of its own": lambda path: change(
        path, "UPDATE tags SET attributes = replace(attributes, '\"kind\": \"text\"', '\"kind\": \"spell\"')"
    ),
    "the same id twice": lambda path: twice(path),
}  # fmt: skip


def scribble(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for page in range(2, len(content) // 4096, 3):
        content[page * 4096 : page * 4096 + 200] = bytes(range(200))
    path.write_bytes(content)


def twice(path: Path) -> None:
    """Two layers of one id, behind the back of the index that forbids it."""
    ids = [id_ for (id_,) in sqlite3.connect(path).execute("SELECT id FROM tags ORDER BY pk LIMIT 2")]
    content = path.read_bytes()
    table = content.rfind(ids[1].encode())
    while table >= 0:
        content = content[:table] + ids[0].encode() + content[table + 36 :]
        table = content.rfind(ids[1].encode())
    path.write_bytes(content)


@pytest.mark.parametrize("harm", WHOLE.values(), ids=WHOLE)
def test_what_reader_would_not_write_is_refused_whole(carl: Project, ana: Path, harm: Callable[[Path], object]) -> None:
    harm(ana)
    with pytest.raises(ReaderError) as caught:
        taken(carl, ana)
    assert str(caught.value).endswith((".", "?"))
    assert "ana.db" in str(caught.value)
    assert marks_here(carl) == 0


REVIEWS = {
    "marks that are none": "UPDATE decisions SET ground = '[{}]'",
    "no JSON": "UPDATE decisions SET ground = 'x'",
    "other marks than it says": "UPDATE decisions SET ground = '[]'",
    "a key that is none": "UPDATE decisions SET key = key || ' all of them'",
    "a kind of its own": "UPDATE decisions SET difference = 'everything'",
    "a choice of its own": "UPDATE decisions SET choice = 'mine'",
    "an answer to nothing": "UPDATE answers SET decision = 99",
    "sides that are not there": "UPDATE review_sides SET layer = 99 WHERE position = 1",
    "pieces out of order": 'UPDATE decisions SET ground = replace(ground, \'"fragments": "\', \'"fragments": "9-8;\')',
}


@pytest.mark.parametrize("statement", REVIEWS.values(), ids=REVIEWS)
def test_a_review_that_reader_would_not_write_is_refused_whole(carl: Project, ana: Path, statement: str) -> None:
    shutil.copy(Path(__file__).parents[2] / "annotations.db.example", ana)
    change(ana, statement)
    with pytest.raises(BadInput, match="was changed by something else than reader"):
        taken(carl, ana)


def test_a_review_whose_reviewer_is_somebody_else(carl: Project, ana: Path) -> None:
    shutil.copy(Path(__file__).parents[2] / "annotations.db.example", ana)
    change(
        ana, "UPDATE decisions SET annotator = 1 WHERE pk = 1", "UPDATE outcomes SET decision = NULL WHERE decision = 1"
    )
    summary = taken(carl, ana)
    assert [refusal.what for refusal in summary.refusals] == ["decision"]
    (review,) = summary.reviews
    assert (review.is_new, review.added) == (True, 9)


def test_what_came_of_a_decision_lies_in_its_article(carl: Project, ana: Path) -> None:
    shutil.copy(Path(__file__).parents[2] / "annotations.db.example", ana)
    change(ana, "UPDATE decisions SET document = 2")
    assert taken(carl, ana).reviews[0].added == 10
    assert carl.store.rows("SELECT count(decision) FROM outcomes") == [(0,)]


HARMLESS = {
    "triggers": lambda path: change(
        path, *(f"CREATE TRIGGER evil_{when} AFTER {when} ON annotations BEGIN DELETE FROM documents; END"
                for when in ("INSERT", "UPDATE", "DELETE"))
    ),
    "tables, views and indexes of its own": lambda path: change(
        path, "CREATE TABLE mine (x CHECK (hex(zeroblob(450000000)) <> x))", "CREATE VIEW yours AS SELECT * FROM yours",
        "CREATE INDEX odd ON annotations (hex(zeroblob(length(note))))",
    ),
    "a broken index": lambda path: change(
        path, "PRAGMA writable_schema = ON", "UPDATE sqlite_master SET sql = replace(sql, 'layer', 'tag')"
        " WHERE name = 'annotations_document'",
    ),
}  # fmt: skip


@pytest.mark.parametrize("harm", HARMLESS.values(), ids=HARMLESS)
def test_what_is_not_read_does_no_harm(carl: Project, ana: Path, harm: Callable[[Path], object]) -> None:
    harm(ana)
    assert taken(carl, ana).layers[0].added == 3


MARKS = {
    "UPDATE anchors SET fragments = '4-8000', end = 8000 WHERE quote = 'moon'": "reaches beyond the text",
    "UPDATE anchors SET fragments = '9-8' WHERE quote = 'moon'": "out of order",
    "UPDATE anchors SET fragments = '4-6;6-8' WHERE quote = 'moon'": "touch",
    "UPDATE anchors SET quote = 'sun' WHERE quote = 'moon'": "it says “sun”, but the text has “moon” there",
    "UPDATE anchors SET fragments = '3-4', quote = ' ' WHERE quote = 'moon'": "no words",
    "UPDATE anchors SET fragments = '', status = 'orphan', end = start WHERE start = 4": "in no text of the article",
    "DELETE FROM anchors WHERE quote = 'moon'": "no place in any text",
}


@pytest.mark.parametrize("statement, why", MARKS.items())
def test_a_mark_that_is_not_where_it_says_is_left_out(carl: Project, ana: Path, statement: str, why: str) -> None:
    change(ana, statement)
    summary = taken(carl, ana)
    (refusal,) = summary.refusals
    assert why in refusal.why
    assert summary.layers[0].added == 2
    assert carl.store.rows("SELECT quote FROM anchors ORDER BY quote") == [("it … round",), ("stone",)]


def test_links_only_join_what_belongs_together(carl: Project, ana: Path) -> None:
    other = "INSERT INTO layers (id, annotator, purpose, created_at) SELECT '{}', 1, 'own', created_at FROM layers"
    change(ana, other.format("00000000-0000-7000-0000-00000000abcd"), "UPDATE annotations SET layer = 2 WHERE pk = 1")
    summary = taken(carl, ana)
    assert [(refusal.what, refusal.why) for refusal in summary.refusals] == [
        ("link", "it joins marks of different articles or people")
    ]


def test_a_text_that_is_not_what_its_hash_says_is_not_added(carl: Project, ana: Path) -> None:
    change(ana, "UPDATE versions SET text = 'The sun.', raw = CAST('The sun.' AS BLOB) WHERE number = 1")
    summary = taken(carl, ana)
    # The words of the article that is here are ours; the other one is not to be had.
    assert summary.layers[0].added == 3
    assert [refusal.what for refusal in summary.refusals] == ["article"]


def test_names_cannot_command_a_terminal(carl: Project, ana: Path) -> None:
    change(ana, "UPDATE annotators SET name = 'a' || char(27) || ']52;c;x' || char(7) || char(8238)")
    assert taken(carl, ana).layers[0].annotator == "a␛]52;c;x␇\ufffd"


def test_a_layer_cannot_be_slipped_under_somebody_here(carl: Project, ana: Path) -> None:
    change(ana, f"UPDATE annotators SET id = '{carl.annotator.id}'")
    summary = taken(carl, ana)
    assert [refusal.what for refusal in summary.refusals] == ["layer"]
    assert marks_here(carl) == 0


def test_a_mark_cannot_take_the_place_of_ours(carl: Project, ana: Path) -> None:
    document = library.documents(carl)[0].document
    mine = tagging.mark(carl, document, [Span(4, 8)], "claim")
    change(ana, f"UPDATE annotations SET id = '{mine.id}' WHERE pk = 1")
    summary = taken(carl, ana)
    assert [refusal.why for refusal in summary.refusals if refusal.what == "mark"] == [
        "a mark of that id is in another layer here"
    ]
    assert marks.of(carl, document) == (mine,)


@pytest.mark.parametrize("suffix, header", [("-journal", b"\x01\x01"), ("-wal", b"\x02\x02")])
def test_what_lies_beside_a_database_is_never_obeyed(carl: Project, ana: Path, suffix: str, header: bytes) -> None:
    content = bytearray(ana.read_bytes())
    content[18:20] = header
    ana.write_bytes(content)
    victim = ana.with_name("victim.db")
    victim.write_bytes(b"precious")
    beside = ana.with_name(ana.name + suffix)
    # A hot journal that names another one: SQLite would delete it when it is done.
    name = str(victim).encode()
    end = name + len(name).to_bytes(4, "big") + sum(name).to_bytes(4, "big") + bytes.fromhex("d9d505f920a163d7")
    beside.write_bytes(bytes.fromhex("d9d505f920a163d7") + bytes(504) + end)
    with pytest.raises(StorageProblem, match="in use"):
        taken(carl, ana)
    beside.unlink()
    assert taken(carl, ana).layers[0].added == 3
    assert victim.read_bytes() == b"precious"


def test_pipes_devices_folders_and_links(carl: Project, ana: Path) -> None:
    pipe, folder, link, nothing = (ana.with_name(name) for name in ("pipe", "folder", "link.db", "loop.db"))
    os.mkfifo(pipe)
    folder.mkdir()
    link.symlink_to(ana)
    nothing.symlink_to(nothing)
    for path in (pipe, folder, nothing, Path("/dev/zero"), ana.with_name("missing.db"), Path("\0")):
        with pytest.raises(ReaderError):
            importing.take(carl, path)
    assert taken(carl, link).layers[0].added == 3


def test_a_file_that_takes_too_long_is_left_alone(carl: Project, ana: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarding, "SECONDS", -1e9)
    monkeypatch.setattr(guarding, "_STEPS_BETWEEN_LOOKS", 1)
    with pytest.raises(StorageProblem, match="too long"):
        taken(carl, ana)


def test_only_the_tables_that_were_proved_can_be_read(ana: Path) -> None:
    change(ana, "CREATE TABLE mine (pk INTEGER PRIMARY KEY, x)")
    with foreign.copying.copied(ana) as copy, guarding.guarded(copy, ana) as source:
        assert list(source.pages("mine", ("pk",))) == []
        for sql in ("SELECT x FROM mine", "SELECT hex(1)", "PRAGMA journal_mode = WAL", "DELETE FROM layers"):
            with pytest.raises(sqlite3.DatabaseError):
                source._connection.execute(sql)


def test_every_older_file_can_be_read(carl: Project, ana: Path) -> None:
    from reader.storage.migrations import build
    from reader.storage.tables import KNOWN

    for had in range(1, len(KNOWN) + 1):
        path = ana.with_name(f"{had}.db")
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA synchronous = OFF")
        build(connection, KNOWN[:had])
        connection.execute("ATTACH ? AS newer", (str(ana),))
        for table in guarding.READ:
            columns = [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]
            if columns:
                names = ", ".join(f'"{name}"' for name in columns)
                connection.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM newer.{table}")
        connection.close()
        with foreign.opened(path) as bundle:
            assert len(bundle.marks) == 3
            assert [layer.seq for layer in bundle.layers.values()] == [last_step(ana)]


def last_step(path: Path) -> int:
    ((last,),) = sqlite3.connect(path).execute("SELECT max(pk) FROM steps")
    return int(last)
