"""`reader review`: who can be compared, and what is said where nothing can; `reader export --final`."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from reader.project import open_project
from reader.review.choices import Choice
from reader.work import reviewing
from tests.cli.conftest import Reader, started
from tests.terminal.terminal import Terminal

DB = ("--db", "library.db")


@pytest.fixture
def marked(reader: Reader, article: Path) -> Reader:
    """Ana and Ben have marked the article: a phrase alike, another one only Ana."""
    reader("add", str(article), *DB)
    for name, quote, tag in (
        ("ana", "quietly buried", "loaded"),
        ("ben", "quietly buried", "loaded"),
        ("ana", '"We were asked for a crossing,"', "quote"),
    ):
        assert reader("mark", "1", "--quote", quote, "--tag", tag, "--as", name, *DB).code == 0
    return reader


def reviewed() -> None:
    project = open_project(Path("library.db"), "ana")
    review = reviewing.begin(project, reviewing.people(project))
    looked = reviewing.look(project, review, reviewing.articles(project, review)[0].document)
    reviewing.decide(project, review, looked, looked.differences, Choice.A)
    project.close()


def test_it_lists_who_has_marked_and_which_reviews_were_begun(marked: Reader) -> None:
    said = marked("review", "--list", *DB)
    assert [line.split("  ")[0] for line in said.out.splitlines()] == ["ana", "ben"]
    reviewed()
    said = marked("review", "--list", *DB)
    assert "adjudication of ana, ben, by ana" in said.out
    assert "1  The bridge that nobody ordered: ana 2 marks, ben 1 mark; 1 decided" in said.out


@pytest.mark.parametrize(
    "options, says, code",
    [
        (("--of", "cleo"), "Nobody called “cleo” has marked anything here: there is ana, ben.", 1),
        (("--feedback", "ben", "--of", "ana"), "--feedback goes through one person's marks alone", 2),
        (("--key", "ben"), "--key needs one --of", 2),
        (("9",), "No article is called “9”", 1),
        (("1", "2"), "“2” is one word too many", 2),
        (("--add", "all"), "--add is for the articles of a colleague's file", 2),
    ],
)
def test_what_is_asked_for_wrongly_is_a_sentence(
    marked: Reader, options: tuple[str, ...], says: str, code: int
) -> None:
    said = marked("review", *options, *DB, "--as", "ana")
    assert (said.code, says in said.err) == (code, True)


def test_one_name_is_compared_with_ones_own(marked: Reader) -> None:
    with Terminal("review", "--of", "ben", *DB, "--as", "ana") as terminal:
        terminal.wait_for("1 difference · 0 decided · 1 agreed")


def test_alone_there_is_nothing_to_review(reader: Reader, article: Path) -> None:
    reader("add", str(article), *DB)
    reader("mark", "1", "--quote", "quietly buried", "--tag", "loaded", "--as", "ana", *DB)
    said = reader("review", "--as", "ana", *DB)
    assert said.code == 1
    assert "Nobody else has marked anything here" in said.err


def test_without_a_terminal_it_says_so(marked: Reader) -> None:
    said = started("review", *DB, "--as", "ana")
    assert said.code == 2
    assert "terminal" in said.err


def test_what_reviews_decided_is_exported_apart(marked: Reader) -> None:
    said = marked("export", "--final", *DB)
    assert said.code == 1
    assert "Nothing was reviewed" in said.err
    reviewed()
    final = list(csv.DictReader(io.StringIO(marked("export", "--final", *DB).out)))
    assert [(row["text"], row["purpose"]) for row in final] == [
        ("quietly buried", "adjudicated"), ('"We were asked for a crossing,"', "adjudicated"),
    ]  # fmt: skip
    own = list(csv.DictReader(io.StringIO(marked("export", *DB).out)))
    assert [(row["annotator"], row["purpose"]) for row in own] == [("ana", "own"), ("ben", "own"), ("ana", "own")]


def test_what_reviews_decided_is_not_counted_or_found_twice(marked: Reader) -> None:
    before = marked("stats", *DB).out, marked("search", "tag:loaded", *DB).out
    reviewed()
    assert (marked("stats", *DB).out, marked("search", "tag:loaded", *DB).out) == before
