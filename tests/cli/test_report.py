"""`reader report`: a review as a file, from the command line."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from reader.project import open_project
from reader.review.choices import Choice
from reader.work import reviewing
from tests.cli.conftest import Reader
from tests.cli.test_imports import HEAVY, command, loaded
from tools.example.__main__ import TARGET

DB = ("--db", "library.db", "--as", "ana")


@pytest.fixture
def review() -> str:
    """The example with a review of both annotators, one thing decided; the review's id."""
    project = open_project(Path(shutil.copy(TARGET, "library.db")), "ana", create=False)
    review = reviewing.begin(project, reviewing.people(project))
    look = reviewing.look(project, review, reviewing.articles(project, review)[0].document)
    reviewing.decide(project, review, look, [look.differences[0]], Choice.B)
    project.close()
    return review.id


def test_a_page_a_text_and_a_table_are_written(reader: Reader, review: str) -> None:
    for name, begin in (("r.html", "<!doctype html>"), ("r.md", "# Review: The bridge"), ("r.csv", "document,")):
        said = reader("report", "-o", name, *DB)
        assert (said.code, said.out) == (0, "")
        assert said.err == f"Wrote 23 differences in 1 article to {name}\n"
        assert Path(name).read_text(encoding="utf-8").startswith(begin)
    with Path("r.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["decision"] for row in rows if row["decision"]] == ["ben’s mark"]


def test_without_a_file_it_is_markdown_on_the_standard_output(reader: Reader, review: str) -> None:
    said = reader("report", *DB)
    assert said.out.startswith("# Review: The bridge that nobody ordered\n")
    assert "- Council votes on night buses: not read by ben (B)\n" in said.out
    assert reader("report", "--format", "html", *DB).out.startswith("<!doctype html>")


def test_people_and_articles_narrow_it_down(reader: Reader, review: str) -> None:
    assert "ben (B) has not read it" in reader("report", "ben", "2", *DB).out
    assert reader("report", review, "night buses", *DB).out == reader("report", "2", *DB).out


def test_blind_says_letters(reader: Reader, review: str) -> None:
    assert "ana compared the marks of A and B." in reader("report", "--blind", *DB).out


def test_which_reviews_there_are(reader: Reader, review: str) -> None:
    said = reader("report", "--list", *DB)
    mine, _, cleos = said.out.partition("adjudication of ana, ben, by cleo  ")
    assert mine == f"adjudication of ana, ben, by ana  {review}\n  1 article to compare, 1 decided\n"
    assert cleos.endswith("\n  1 article to compare, 10 decided\n")


@pytest.mark.parametrize(
    "args, code, sentence",
    [
        (("zoe",), 1, "No article is called “zoe”"),
        (("-o", "r.pdf"), 2, "let it end in .html, .md or .csv"),
        (("--format", "pdf"), 2, "No format is called “pdf”"),
        (("-o", "r.md", "--excel"), 2, "--excel is for CSV"),
        (("-o", "missing/r.md"), 2, "does not exist"),
    ],
)
def test_what_cannot_be_is_a_sentence(
    reader: Reader, review: str, args: tuple[str, ...], code: int, sentence: str
) -> None:
    said = reader("report", *args, *DB)
    assert said.code == code
    assert sentence in said.err
    assert not list(Path().glob("r.*"))


def test_without_a_review_it_says_how_one_begins(reader: Reader) -> None:
    open_project(Path("library.db"), "ana").close()
    for args in ((), ("--list",)):
        said = reader("report", *args, *DB)
        assert (said.code, said.err) == (1, "reader: There is no review yet: `reader review` begins one.\n")


def test_it_loads_nothing_heavy(review: str) -> None:
    assert not loaded(command("report", "-o", "r.html", *DB)) & set(HEAVY)
