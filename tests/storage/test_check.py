from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reader.documents.offsetmap import OffsetMap
from reader.project import Project
from reader.work import checking, updating
from tests.storage.making import MOON, article, from_text, marked_article, opened


def found(project: Project) -> str:
    return "\n".join(sentence for _, sentence in checking.findings(project))


def tampered(project: Project, *statements: str) -> str:
    """What check says after somebody changed the file by other means."""
    project.store.rows("PRAGMA foreign_keys = OFF")
    for statement in statements:
        project.store.rows(statement)
    return found(project)


@pytest.mark.parametrize(
    "statement, says",
    [
        ("UPDATE anchors SET quote = 'sun'", "says “sun”, but the text has “moon” at 4-8"),
        ("UPDATE anchors SET prefix = 'x'", "has other words around it"),
        ("UPDATE anchors SET fragments = '4-9'", "says 4-8, but its pieces are 4-9"),
        ("UPDATE anchors SET fragments = 'here'", "no readable place"),
        ("UPDATE anchors SET fragments = '4-6;6-8'", "touch, overlap or are out of order"),
        ("UPDATE anchors SET fragments = '4-99', end = 99", "reaches beyond the text"),
        ("DELETE FROM anchors", "has no place"),
        ("UPDATE annotations SET note = 'x'", "Row 1 of annotations is not as the log left it"),
        ("DELETE FROM annotations", "Row 1 of annotations is not as the log left it"),
        ("DELETE FROM annotations", "points at a row of annotations that is not there"),
        (
            "INSERT INTO attributes (annotation, name, value) VALUES (1, 'x', 'y')",
            "Row 1 of attributes is not in the log",
        ),
        ("DELETE FROM log WHERE entity = 'documents' AND before IS NULL", "has a gap"),
        ("UPDATE log SET entity = 'stars' WHERE entity = 'anchors'", "speaks of stars"),
        ("UPDATE versions SET text = 'The mond is here.'", "is not the one that its hash"),
        ("UPDATE versions SET raw = CAST('The sun is here.' AS BLOB)", "does not give its text"),
        ("UPDATE versions SET encoding = 'utf-16'", "cannot be read again or followed"),
        (
            f"UPDATE versions SET offset_map = x'{OffsetMap.of(17, [(3, 1, 1)]).dump().hex()}'",
            "is not followed by the map",
        ),
        ("UPDATE versions SET offset_map = x'00'", "cannot be read again or followed"),
        ("UPDATE versions SET length = 3", "not the 3 that are noted"),
        ("UPDATE documents SET version = NULL", "has no text of its own"),
        ("DROP VIEW spans", "view spans is missing"),
        ("CREATE TABLE mine (x)", "table mine is not one of ours"),
        ("CREATE TRIGGER evil AFTER INSERT ON steps BEGIN DELETE FROM documents; END", "trigger evil is not one of"),
        ("DROP INDEX anchors_long", "index anchors_long is missing"),
        ("INSERT INTO note_search (rowid, note) VALUES (1, 'stray')", "note_search does not say what the rows say"),
        ("INSERT INTO structure (version, kind, start, end) VALUES (1, 'heading', 0, 99)", "reach beyond its text"),
    ],
)
def test_check_finds_what_was_tampered_with(project: Project, statement: str, says: str) -> None:
    marked_article(project, "The [moon]{claim} is here.")
    assert found(project) == ""
    assert says in tampered(project, statement)


def test_check_finds_the_same_mark_twice(project: Project) -> None:
    marked_article(project, "The [moon]{claim} [is]{quote} here.")
    twice = tampered(project, "UPDATE annotations SET tag = 1", "UPDATE anchors SET fragments = '4-8'")
    assert "4-8 in “The moon is here” is marked as claim 2 times" in twice


def test_check_counts_what_it_proves(project: Project) -> None:
    article(project, MOON)
    marked_article(project, "The [moon]{claim} is here.")
    articles, marks, steps = checking.counted(project)
    assert (articles, marks, steps) == (2, 1, 4)


@pytest.mark.parametrize(
    "change, says",
    [
        ("quote = 'sun'", "has other words than any place that it had"),
        ("prefix = 'x'", "has other words than any place that it had"),
        ("fragments = '0-4'", "says that it has a place"),
        ("start = 90, end = 90", "says that it has a place"),
    ],
)
def test_check_proves_orphans_against_the_text_that_they_come_from(project: Project, change: str, says: str) -> None:
    document, _ = marked_article(project, "The [moon is a quietly buried stone]{claim}, they say.")
    updating.update(project, document, from_text("Nothing of it is left, they say."))
    assert found(project) == ""
    assert says in tampered(project, f"UPDATE anchors SET {change} WHERE status = 'orphan'")


def test_check_proves_the_marks_of_every_text_that_an_article_had(project: Project) -> None:
    document, _ = marked_article(project, "The [moon]{claim} is here.")
    updating.update(project, document, from_text("The moon is here. So is the sun."))
    assert "says “sun”" in tampered(project, "UPDATE anchors SET quote = 'sun' WHERE version = 1")
    assert "has no place" in tampered(project, "DELETE FROM anchors WHERE version = 2")


@pytest.mark.parametrize(
    "statement, says",
    [
        ("DELETE FROM review_sides", "compares nothing"),
        ("UPDATE reviews SET layer = 1", "with itself"),
        ("UPDATE annotations SET layer = 3 WHERE pk IN (SELECT annotation FROM outcomes)", "does not lie in what that"),
        ("UPDATE outcomes SET decision = NULL", "is not as the log left it"),
        ("UPDATE decisions SET ground = '[]' WHERE pk = 1", "is about other marks"),
    ],
)
def test_check_finds_what_was_tampered_with_in_a_review(path: Path, statement: str, says: str) -> None:
    shutil.copy(Path(__file__).parents[2] / "annotations.db.example", path)
    cleo = opened(path, "cleo")
    assert found(cleo) == ""
    assert says in tampered(cleo, statement)
    cleo.close()
