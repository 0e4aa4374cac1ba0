from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ARTICLE, Reader

DB = ("--db", "library.db")
NEW = ARTICLE.replace("48 million", "51 million").replace("Lindqvist said", "Mara Lindqvist said")
SHORT = NEW.replace(", according to a report that was quietly buried in the budget", "")


@pytest.fixture
def marked(reader: Reader, article: Path) -> Reader:
    """An article with a claim, a quote and a loaded phrase; `new.txt` and `short.txt` are what became of it."""
    reader("add", str(article), *DB)
    for quote, tag in (
        ("quietly buried", "loaded"),
        ('"We were asked for a crossing,"', "quote"),
        ("The bridge will cost 48 million crowns, according to a report", "claim"),
    ):
        assert reader("mark", "1", "--quote", quote, "--tag", tag, *DB).code == 0
    Path("new.txt").write_text(NEW, encoding="utf-8")
    Path("short.txt").write_text(SHORT, encoding="utf-8")
    return reader


def call(said: str) -> str:
    """What the first mark of a list is called."""
    return said.splitlines()[2].split()[0]


def test_marks_move_along(marked: Reader) -> None:
    assert marked("update", "1", "new.txt", *DB).out == (
        "Article 1 has text 2 now: The bridge that nobody ordered\n"
        " marks                   everybody's   yours\n"
        " ───────────────────────────────────────────\n"
        " sure, moved along                 3       3\n"
        " unsure                            0       0\n"
        " gone, kept as orphans             0       0\n"
        "`reader undo 1` takes all of it back.\n"
    )
    assert marked("show", "1", "--text", *DB).out == NEW.rstrip("\n")
    assert "3 marks by tester" in marked("show", "1", *DB).out
    assert marked("undo", "1", *DB).out == "Undone: text 2.\n"
    assert marked("show", "1", "--text", *DB).out == ARTICLE.rstrip("\n")
    assert marked("check", *DB).code == 0


def test_from_a_pipe(marked: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(NEW.encode())))
    assert marked("update", "1", "-", *DB).out.startswith("Article 1 has text 2 now")


def test_the_same_text_and_another_articles_text(marked: Reader, article: Path) -> None:
    assert marked("update", "1", str(article), *DB).out == (
        "Article 1 has this very text already, nothing changed: The bridge that nobody ordered\n"
    )
    marked("add", "new.txt", "--title", "Another", *DB)
    said = marked("update", "1", "new.txt", *DB)
    assert (said.code, said.err) == (
        1,
        "reader: That text is article 2, “Another”, and no two articles have the same text: name that one.\n",
    )


def test_a_dry_run_changes_nothing(marked: Reader) -> None:
    said = marked("update", "1", "short.txt", "--dry-run", *DB)
    assert said.out.startswith("Article 1 would have text 2 now")
    assert " gone, kept as orphans             1       1\n" in said.out
    assert "undo" not in said.out
    assert marked("show", "1", "--text", *DB).out == ARTICLE.rstrip("\n")
    assert marked("update", "1", "--dry-run", *DB).code == 2


def test_what_is_unsure_and_gone_is_listed_and_decided_on(marked: Reader) -> None:
    said = marked("update", "1", "short.txt", *DB).out
    assert " unsure                            1       1\n" in said
    assert "`reader decide 1 MARK` decides on one.\n" in said
    assert said.endswith("1 orphan of yours: `reader show 1 --orphans` lists them.\n")
    shown = marked("show", "1", *DB).out
    assert " ?2:1        claim             The bridge will cost 51 million crowns\n" in shown
    assert shown.endswith("Since the text changed, 1 mark unsure (?), 1 orphan.\n")
    assert marked("list", *DB).out.splitlines()[1] == "      1 orphan: `reader show 1 --orphans` lists them"
    assert "  2 marks " in marked("list", *DB).out
    assert "; 2 marks by 1 annotator in 1 article; 1 orphan left out\n" in marked("stats", *DB).out
    assert json.loads(marked("stats", "--format", "json", *DB).out)["orphans"] == 1
    listed = marked("show", "1", "--unsure", *DB).out
    orphans = marked("show", "1", "--orphans", *DB).out
    assert "The bridge will cost 48 million crowns, acc…   The bridge will cost 51 million crowns" in listed
    assert "quietly buried" in orphans
    assert marked("decide", "1", call(listed), *DB).out.endswith("  31-69  The bridge will cost 51 million crowns\n")
    assert marked("decide", "1", call(orphans), *DB).code == 1
    placed = marked("decide", "1", call(orphans), "--quote", "nobody ordered", *DB)
    assert placed.out.endswith("  16-30  nobody ordered\n")
    again = marked("update", "1", *DB)
    assert (again.out, again.err) == ("", "No mark of yours is unsure: there is nothing to decide.\n")
    assert marked("show", "1", "--orphans", *DB).err == "No mark of yours is without a place.\n"
    assert marked("check", *DB).code == 0


def test_decisions_can_be_undone(marked: Reader) -> None:
    marked("update", "1", "short.txt", *DB)
    mark = call(marked("show", "1", "--unsure", *DB).out)
    assert "  orphan  " in marked("decide", "1", mark, "--orphan", *DB).out
    assert marked("undo", "1", *DB).out == "Undone: claim made an orphan.\n"
    assert "  removed  " in marked("decide", "1", mark, "--remove", *DB).out
    assert marked("undo", "1", *DB).out == "Undone: claim removed.\n"
    assert mark in marked("show", "1", "--unsure", *DB).out


@pytest.mark.parametrize(
    "args, says",
    [
        (("nothing",), "No unsure mark and no orphan of yours ends in “nothing”"),
        (("", "--quote", "x", "--orphan"), "contradict each other"),
        (("", "--occurrence", "2"), "--occurrence chooses one place"),
    ],
)
def test_what_cannot_be_decided(marked: Reader, args: tuple[str, ...], says: str) -> None:
    marked("update", "1", "short.txt", *DB)
    said = marked("decide", "1", *args, *DB)
    assert said.code in (1, 2)
    assert says in said.err


def test_lists_for_programs_and_exports_have_all_of_it(marked: Reader) -> None:
    marked("update", "1", "short.txt", *DB)
    (orphan,) = json.loads(marked("show", "1", "--orphans", "--format", "json", *DB).out)
    assert (orphan["words"], orphan["status"], orphan["fragments"]) == ("quietly buried", "orphan", "")
    said = marked("export", *DB)
    assert [row["status"] for row in csv.DictReader(io.StringIO(said.out, newline=""))] == ["unsure", "sure"]
    assert "1 mark stood in a text that changed" in said.err
    assert "1 orphan without a place in the present text left out" in said.err
    said = marked("export", "--orphans", *DB)
    rows = list(csv.DictReader(io.StringIO(said.out, newline="")))
    assert [(row["status"], row["start"]) for row in rows] == [("unsure", "31"), ("sure", "71"), ("orphan", "")]
    assert rows[-1]["text"] == "quietly buried"
    assert "left out" not in said.err


def test_the_lists_of_show_exclude_each_other(marked: Reader) -> None:
    assert "give one of them" in marked("show", "1", "--unsure", "--orphans", *DB).err
    assert "--format belongs to the lists" in marked("show", "1", "--format", "csv", *DB).err


def test_an_earlier_text_is_known_as_that(marked: Reader, article: Path) -> None:
    marked("update", "1", "new.txt", *DB)
    said = marked("add", str(article), "new.txt", *DB).out
    assert said == (
        "Article 1 is here already, with another text: The bridge that nobody ordered\n"
        "Article 1 is here already, with the same text: The bridge that nobody ordered\n"
    )
