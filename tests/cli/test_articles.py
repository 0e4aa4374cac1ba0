from __future__ import annotations

import csv
import hashlib
import io
import os
import sys
from pathlib import Path

import pytest

from reader.project import open_project
from reader.work import library, marks, relating
from tests.cli.conftest import ARTICLE, Reader, started

DB = ("--db", "library.db")


def _rows(exported: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(exported, newline="")))


def test_the_same_text_is_the_same_article(reader: Reader, article: Path) -> None:
    assert reader("add", str(article), *DB).out == "Article 1: The bridge that nobody ordered\n"
    copy = Path("copy.md")
    copy.write_bytes(article.read_bytes().replace(b"\n", b"\r\n"))
    assert reader("add", str(copy), *DB).out == (
        "Article 1 is here already, with the same text: The bridge that nobody ordered\n"
    )
    assert len(reader("list", *DB).out.splitlines()) == 1


def test_what_cannot_be_seen_is_told(reader: Reader) -> None:
    Path("soft.txt").write_text("An auto\u00adbahn.\n", encoding="utf-8")
    assert reader("add", "soft.txt", *DB).out.endswith("bahn  (1 hidden character: soft hyphens, joiners …)\n")


def test_from_a_pipe(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ARTICLE.encode())))
    assert reader("add", "-", "--title", "Piped", *DB).out == "Article 1: Piped\n"


def test_details_are_given_and_changed(reader: Reader, article: Path) -> None:
    details = ["--byline", "Ivo Kest", "--date", "2026-03-06", "--source", "Courier"]
    reader("add", str(article), *details, *DB)
    assert "Ivo Kest · 2026-03-06 · Courier\n" in reader("show", "1", *DB).out
    assert reader("edit", "1", "--byline", "", "--title", "A bridge", *DB).code == 0
    assert reader("show", "a bridge", *DB).out.startswith("A bridge\n2026-03-06 · Courier\n")
    assert reader("undo", "1", *DB).out == "Undone: title, byline.\n"
    assert "Ivo Kest" in reader("show", "1", *DB).out


def test_the_text_is_shown_exactly_as_offsets_count(reader: Reader, article: Path) -> None:
    reader("add", str(article), *DB)
    reader("mark", "1", "--quote", "48 million", "--tag", "claim", *DB)
    text = reader("show", "1", "--text", *DB).out
    assert text == ARTICLE.rstrip("\n")
    (row,) = _rows(reader("export", *DB).out)
    assert row["text_hash"] == hashlib.sha256(text.encode()).hexdigest()
    assert text[int(row["start"]) : int(row["end"])] == row["text"] == "48 million"
    assert (row["paragraph"], row["sentence"]) == ("2", "1")


def test_a_file_that_cannot_come_in_does_not_stop_the_others(reader: Reader, article: Path) -> None:
    Path("empty.txt").touch()
    said = reader("add", "empty.txt", "missing.txt", str(article), *DB)
    assert said.code == 2
    assert said.out == "Article 1: The bridge that nobody ordered\n"
    assert len(said.err.splitlines()) == 2


@pytest.mark.parametrize("raw", [b"", b" \n\n", bytes(range(256)) * 9, b"caf\xe9 au lait, and more of it\n"])
def test_nothing_is_stored_of_what_is_no_text(reader: Reader, raw: bytes) -> None:
    Path("x.txt").write_bytes(raw)
    said = reader("add", "x.txt", *DB)
    assert (said.code, said.out) == (1, "")
    assert "Traceback" not in said.err
    assert reader("list", *DB).out == ""


def test_the_likely_encoding_is_named_and_works(reader: Reader) -> None:
    Path("x.txt").write_bytes("“Café” au lait, and more of it\n".encode("cp1252"))
    assert "--encoding cp1252" in reader("add", "x.txt", *DB).err
    assert reader("add", "x.txt", "--encoding", "cp1252", *DB).code == 0
    assert "“Café”" in reader("show", "1", "--text", *DB).out


def test_marks_from_a_script(reader: Reader, article: Path) -> None:
    reader("add", str(article), *DB)
    two = ["--quote", '"We were asked for a crossing,"', "--quote", '"We were never asked what it was for."']
    assert reader("mark", "1", *two, "--tag", "q", "--set", "speaker=Mara Lindqvist", *DB).code == 0
    assert reader("mark", "1", "--span", "30-35;40-45", "--tag", "loaded", *DB).code == 0
    shown = reader("show", "1", *DB).out
    assert "2 marks by tester: quote 1, loaded language 1" in shown
    assert "speaker: Mara Lindqvist" in shown
    again = reader("mark", "1", *two, "--tag", "quote", *DB)
    assert (again.code, again.out) == (1, "")
    assert "already" in again.err
    assert reader("undo", "1", *DB).code == 0
    assert reader("redo", "1", *DB).code == 0
    assert reader("check", *DB).out.startswith("All is well: 1 article, 2 marks, ")


def test_every_place_at_once_is_one_step(reader: Reader, article: Path) -> None:
    reader("add", str(article), *DB)
    assert reader("mark", "1", "--quote", "asked", "--occurrence", "2", "--tag", "claim", *DB).code == 0
    everywhere = ("mark", "1", "--quote", "asked", "--all", "--tag", "claim", *DB)
    assert reader(*everywhere).out == "1 mark; 1 carried the tag already: asked\n"
    assert "2 marks by tester" in reader("show", "1", *DB).out
    assert "every one of these" in reader(*everywhere).err.lower()
    assert reader("undo", "1", *DB).out == "Undone: claim on 1 place.\n"
    assert "1 mark by tester" in reader("show", "1", *DB).out


def test_every_place_in_all_articles_is_one_step(reader: Reader, article: Path) -> None:
    Path("ferry.txt").write_text("The ferry\n\nNobody ASKED, she said. Unasked, he went.\n")
    Path("nothing.txt").write_text("Nothing of it\n\nis here.\n")
    reader("add", str(article), "ferry.txt", "nothing.txt", *DB)
    asked = ("mark", "--words", "asked", "--tag", "loaded", *DB)
    reader("mark", "1", "--quote", "asked", "--occurrence", "2", "--tag", "loaded", *DB)
    plan = reader(*asked, "--everywhere", "--dry-run").out
    assert [line.split()[0] for line in plan.splitlines() if line[:6].strip()] == ["2", "18", "1", "141", "195", "To"]
    assert plan.endswith("\n\nTo be made: 2 marks in 2 articles; 1 carried the tag already: asked\n")
    assert "1 mark by tester" in reader("show", "1", *DB).out
    assert reader(*asked, "--everywhere").out == (
        "2 marks in 2 articles; 1 carried the tag already: asked\n`reader undo 1` takes all of it back.\n"
    )
    assert "2 marks by tester" in reader("show", "1", *DB).out
    assert reader("undo", "1", *DB).out == "Undone: loaded language on 2 places in 2 articles.\n"
    assert "0 marks by tester" in reader("show", "2", *DB).out
    assert reader(*asked, "--everywhere", "--except", "1").out.startswith("1 mark in 1 article: asked\n")
    assert reader(*asked, "2", "2", "3", "--inside").out.startswith("1 mark in 1 article; 1 carried")
    nothing = reader(*asked, "3")
    assert (nothing.code, nothing.out) == (1, "")
    assert nothing.err == "reader: “asked” stands nowhere there: --inside also finds parts of longer words.\n"


@pytest.mark.parametrize(
    "words, sentence",
    [
        (["--words", "x"], "Say where: name articles, or --everywhere for all of them."),
        (["1", "--everywhere", "--words", "x"], "Say where"),
        (["1", "--words", "x", "--quote", "y"], "--words finds every place by itself"),
        (["1", "--words", "x", "--span", "1-2"], "--words finds every place by itself"),
        (["1", "--words", "x", "--note", "y"], "without note or attributes"),
        (["--everywhere", "--quote", "x"], "go with --words"),
        (["1", "--quote", "x", "--dry-run"], "go with --words"),
        (["1", "2", "--quote", "x"], "Say which article"),
        (["--quote", "x"], "Say which article"),
        (["--everywhere", "--words", " "], "There are no words to look for"),
    ],
)
def test_what_contradicts_itself_is_told(reader: Reader, article: Path, words: list[str], sentence: str) -> None:
    reader("add", str(article), *DB)
    said = reader("mark", *words, "--tag", "claim", *DB)
    assert said.code in {1, 2}
    assert sentence in said.err
    assert said.out == ""


def test_offsets_of_the_file_as_it_came(reader: Reader) -> None:
    raw = "\ufeffCafe\u0301 Noir\r\n\r\nThe cafe\u0301 was full.\r\nSo they said.\r\n"
    Path("cafe.txt").write_bytes(raw.encode())
    reader("add", "cafe.txt", *DB)
    for words in ("full", "they said", "cafe\u0301", "\r\nSo"):
        start = raw.index(words)
        said = reader("mark", "1", "--span", f"{start}-{start + len(words)}", "--raw", "--tag", "claim", *DB)
        assert (said.code, said.err) == (0, "")
    shown = [line.split() for line in reader("show", "1", *DB).out.splitlines()[2:]]
    assert shown == [
        ["3:5", "claim", "café"], ["3:14", "claim", "full"], ["3:19", "claim", "So"], ["4:4", "claim", "they", "said"],
    ]  # fmt: skip
    assert reader("mark", "1", "--span", f"5-{len(raw) + 1}", "--raw", "--tag", "q", *DB).err == (
        f"reader: The file ends at {len(raw)}: choose offsets inside it.\n"
    )
    assert reader("check", *DB).out.startswith("All is well")


def test_a_deleted_article_comes_back_with_its_marks(reader: Reader, article: Path) -> None:
    reader("add", str(article), *DB)
    reader("mark", "1", "--quote", "48 million", "--tag", "claim", "--as", "ben", *DB)
    assert reader("delete", "bridge", *DB).out == (
        "Deleted, with 1 mark: The bridge that nobody ordered\n"
        "`reader restore 1` brings it back; so does adding the same text again.\n"
    )
    assert reader("list", *DB).out == ""
    assert reader("check", *DB).out.startswith("All is well")
    assert "Deleted: 1 “The bridge that nobody ordered”" in reader("restore", "sun", *DB).err
    assert reader("undo", *DB).out == "Undone: deleting “The bridge that nobody ordered”.\n"
    assert len(reader("list", *DB).out.splitlines()) == 1
    assert reader("redo", *DB).code == 0
    assert reader("restore", "bridge", *DB).out == "Article 1 is back, with 1 mark: The bridge that nobody ordered\n"
    assert "1 mark by ben" in reader("show", "1", "--as", "ben", *DB).out
    assert "Deleted: none" in reader("restore", "1", *DB).err


@pytest.mark.parametrize(
    "words, sentence",
    [
        (["--quote", "fifty million"], "not in the text"),
        (["--quote", "“We were asked for a crossing,”"], "copy them exactly"),
        (["--quote", "asked"], "stands 2 times"),
        (["--quote", "asked", "--occurrence", "3"], "no number 3"),
        (["--span", "10-99999"], "reaches beyond"),
        (["--span", "10-10"], "no words"),
        (["--span", "20-10"], "write 10-25"),
        ([], "either --quote"),
        (["--quote", "crossing", "--span", "1-2"], "either --quote"),
        (["--quote", "crossing", "--raw"], "words need none"),
        (["--quote", "crossing", "--all", "--note", "x"], "without note or attributes"),
        (["--quote", "crossing", "--all", "--occurrence", "1"], "--occurrence chooses one place"),
        (["--quote", "fifty million", "--all"], "not in the text"),
        (["--quote", "crossing", "--set", "speaker"], "NAME=VALUE"),
        (["--quote", "crossing", "--set", "colour=red"], "no attribute"),
    ],
)
def test_what_cannot_be_marked_is_told(reader: Reader, article: Path, words: list[str], sentence: str) -> None:
    reader("add", str(article), *DB)
    said = reader("mark", "1", *words, "--tag", "claim", *DB)
    assert said.code in {1, 2}
    assert sentence in said.err
    assert reader("show", "1", *DB).out.endswith("0 marks by tester\n")


def test_two_people_have_their_own_marks(reader: Reader, article: Path) -> None:
    reader("add", str(article), *DB)
    for name in ("ana", "ben"):
        assert reader("--as", name, "mark", "1", "--quote", "48 million", "--tag", "claim", *DB).code == 0
    assert [row["annotator"] for row in _rows(reader("export", *DB).out)] == ["ana", "ben"]
    assert [row["annotator"] for row in _rows(reader("export", "--annotator", "ben", *DB).out)] == ["ben"]
    assert "1 mark by ana" in reader("show", "1", "--as", "ana", *DB).out
    assert "nothing to undo" in reader("undo", "1", "--as", "tester", *DB).err


def test_a_note_on_the_article_is_shown_where_it_is_listed(reader: Reader, article: Path) -> None:
    reader("add", str(article), *DB)
    assert reader("edit", "1", "--note", "Ask the council:\nwho wanted it?", *DB).code == 0
    assert reader("list", *DB).out.splitlines()[1:] == ["      note: Ask the council: who wanted it?"]
    assert reader("show", "1", *DB).out.splitlines()[1:] == [
        "note: Ask the council:", "      who wanted it?", "0 marks by tester",
    ]  # fmt: skip
    assert reader("undo", "1", *DB).out == "Undone: note on the article.\n"
    assert "note" not in reader("list", *DB).out


def test_links_are_shown_at_both_ends(reader: Reader, article: Path) -> None:
    reader("add", str(article), *DB)
    reader("mark", "1", "--quote", "48 million", "--tag", "claim", *DB)
    reader("mark", "1", "--quote", "a report", "--tag", "claim", *DB)
    project = open_project(Path("library.db"), "tester")
    cost, report = marks.of(project, library.find(project, "1"))
    relating.relate(project, cost.id, report.id, "evidence")
    project.close()
    assert [line.strip() for line in reader("show", "1", *DB).out.splitlines() if "evidence" in line] == [
        "→ evidence: 2:54  a report", "← evidence of 2:22  48 million",
    ]  # fmt: skip


def test_the_export_goes_where_it_is_told(reader: Reader, article: Path) -> None:
    reader("add", str(article), *DB)
    reader("mark", "1", "--quote", "48 million", "--tag", "claim", "--note", "=1+1", *DB)
    said = reader("export", "-o", "spans.csv", *DB)
    assert (said.code, said.out, said.err) == (0, "", "Wrote 1 mark to spans.csv\n")
    assert ",'=1+1," in Path("spans.csv").read_text(encoding="utf-8")
    assert Path("spans.csv").read_bytes().decode() == reader("export", *DB).out
    reader("export", "-o", "spans.csv", "--raw", "--excel", *DB)
    assert Path("spans.csv").read_bytes().startswith(b"\xef\xbb\xbfid,")
    assert ",=1+1," in Path("spans.csv").read_text(encoding="utf-8")
    reader("export", "-o", "spans.jsonl", *DB)
    assert Path("spans.jsonl").read_text(encoding="utf-8").startswith('{"format": "reader-spans-1"')


def test_exporting_nothing_says_so_and_leaves_the_old_file(reader: Reader, article: Path) -> None:
    reader("add", str(article), *DB)
    Path("spans.csv").write_text("old", encoding="utf-8")
    said = reader("export", "-o", "spans.csv", *DB)
    assert said.code == 1
    assert "nothing was written" in said.err
    assert Path("spans.csv").read_text(encoding="utf-8") == "old"


def test_a_database_that_was_merely_found_is_left_alone(reader: Reader, article: Path) -> None:
    reader("add", str(article), "--db", "annotations.db")
    assert reader("list").out != ""
    (Path(os.environ["XDG_STATE_HOME"]) / "closereader" / "accepted.json").unlink()
    said = reader("add", str(article))
    assert "was left alone" in said.err
    assert (Path(os.environ["XDG_DATA_HOME"]) / "closereader" / "annotations.db").exists()


def test_the_environment_names_the_database(reader: Reader, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READER_DB", "elsewhere.db")
    assert reader("add", str(article)).code == 0
    assert Path("elsewhere.db").exists()


HOSTILE = "\x1b]0;owned\x07\x1b[31mred\x9b2J\u202egnp\r\x00\x7f"
FORBIDDEN = set("\x1b\x07\x9b\u202e\x00\x7f\r")


def test_nothing_from_outside_commands_the_terminal(reader: Reader) -> None:
    """Titles, names, notes, paths and words from files, on stdout and stderr alike."""
    name = "a\x1b[31m\u202e.txt"
    Path(name).write_bytes(f"Hostile {HOSTILE}\nThe text {HOSTILE} goes on and on here.\n".encode())
    hostile = HOSTILE.replace("\x00", "")
    calls = [
        ("add", name, "--byline", hostile, "--source", hostile),
        ("add", "missing\x1b[2J.txt"),
        ("mark", "1", "--quote", "goes on", "--tag", "claim", "--note", hostile, "--set", f"evidence={hostile}"),
        ("mark", "1", "--quote", hostile, "--tag", hostile),
        ("mark", "1", "--quote", "goes on", "--tag", hostile),
        ("mark", "1", "--quote", "goes on", "--tag", "claim", "--set", f"{hostile}=1"),
        ("mark", "1", "--span", hostile, "--tag", "claim"),
        ("edit", "1", "--title", hostile),
        ("edit", "1", "--note", f"{hostile}\n{hostile}"),
        ("list",),
        ("list", "--as", hostile),
        ("show", "1"),
        ("show", "1", "--text"),
        ("show", hostile),
        ("export", "--article", hostile),
        ("export", "--annotator", hostile),
        ("export", "--format", hostile),
        ("export", "-o", f"{hostile}/x.csv"),
        ("export", "-o", "out\x1b[2J.csv"),
        ("check",),
        ("undo", "1"),
        (f"--{hostile}", "list"),
        (hostile,),
    ]
    for call in calls:
        said = reader(*call, *DB)
        assert not FORBIDDEN & set(said.out + said.err), call
        assert "Traceback" not in said.err


def test_progress_is_silent_in_a_pipe(article: Path) -> None:
    said = started("add", str(article), *DB)
    assert said.err == ""
    assert started("list", *DB).err == ""
