from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Reader

EXAMPLE = Path(__file__).parents[2] / "annotations.db.example"
BRIDGE = Path(__file__).parents[2] / "tools" / "example" / "bridge.txt"
DB = ("--db", "library.db")


@pytest.fixture
def colleague(reader: Reader) -> Path:
    """A colleague's database, of whose articles one is here."""
    reader("add", str(BRIDGE), *DB)
    return Path(shutil.copy(EXAMPLE, "colleague.db"))


def test_what_a_colleague_marked_comes_in(reader: Reader, colleague: Path) -> None:
    before = hashlib.sha256(colleague.read_bytes()).digest()
    planned = reader("import", "colleague.db", "--dry-run", *DB)
    assert (planned.code, planned.err) == (0, "")
    assert reader("export", *DB).code == 1
    done = reader("import", "colleague.db", *DB)
    assert done.out == planned.out
    assert done.out.splitlines()[:2] == ["ana: 21 added.", "ana: 6 marks in articles that are not here."]
    assert done.out.splitlines()[-2:] == [
        "Only they have (--add TITLE or --add all takes them in):",
        "  “Council votes on night buses” (Lena Marsh, 2026-02-25), 145 words, 6 marks",
    ]
    assert hashlib.sha256(colleague.read_bytes()).digest() == before
    assert list(Path().glob("colleague*")) == [Path("colleague.db")]
    added = reader("import", "colleague.db", "--add", "night buses", *DB)
    assert "“Council votes on night buses” was added to your articles." in added.out
    assert "colleague.db had nothing new." in reader("import", "colleague.db", *DB).out
    assert reader("check", *DB).code == 0


def test_a_library_can_begin_with_a_colleagues(reader: Reader) -> None:
    said = reader("import", str(EXAMPLE), *DB)
    assert (said.code, Path("library.db").exists()) == (1, False)
    assert "There is no database at" in said.err
    assert reader("import", str(EXAMPLE), "--add", "all", "--dry-run", *DB).code == 1
    assert reader("import", str(EXAMPLE), "--add", "all", *DB).code == 0
    assert reader("list", *DB).out.count("The bridge that nobody ordered") == 1
    assert reader("check", *DB).code == 0


def test_exported_marks_come_in(reader: Reader, colleague: Path) -> None:
    reader("import", "colleague.db", "--as-key", *DB)
    for name, *more in (("spans.jsonl",), ("spans.csv",), ("raw.csv", "--raw")):
        assert reader("export", "-o", name, "--annotator", "ana", *more, *DB).code == 0
        said = reader("import", name, *more, *DB).out
        assert said == f"ana (answer key): nothing new, 21 marks as before.\n{name} had nothing new.\n"
    head, row, *_ = Path("spans.csv").read_bytes().split(b"\r\n")
    Path("fewer.csv").write_bytes(head + b"\r\n" + row)
    assert reader("import", "fewer.csv", "--replace", *DB).out.startswith("ana (answer key): 20 removed, 1 as before.")


def test_files_that_cannot_come_in(reader: Reader, colleague: Path) -> None:
    Path("notes.txt").write_text("The moon is a stone.\n", encoding="utf-8")
    for word, code, says in (
        ("missing.db", 2, "There is no file missing.db"),
        ("notes.txt", 1, "notes.txt, line 1: there is no column id"),
        (".", 2, ". is a folder"),
        ("library.db", 2, "is the database that you are working in"),
    ):
        said = reader("import", word, *DB)
        assert (said.code, said.out) == (code, "")
        assert says in said.err
    said = reader("import", "notes.txt", "colleague.db", *DB)
    assert said.code == 1
    assert said.out.startswith("notes.txt:\ncolleague.db:\nana: 21 added.")
    assert "no column id" in said.err
    assert reader("import", "colleague.db", "--add", "mars", *DB).code == 1


def test_a_review_is_handed_on_as_a_database(reader: Reader, colleague: Path) -> None:
    assert reader("report", "-o", "review.db", "--db", "colleague.db").err == (
        "Wrote the review to review.db: `reader review review.db` opens it at the other end.\n"
    )
    assert reader("check", "--db", "review.db").code == 0
    said = reader("import", "review.db", *DB)
    assert "cleo's review (adjudication): 10 decisions came and 1 answer." in said.out
    assert reader("report", "-o", "review.db", "--blind", "--db", "colleague.db").code == 2
