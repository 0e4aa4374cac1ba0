from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from reader.annotations.codebook_toml import parse, shipped
from tests.cli.conftest import Reader

DB = ("--db", "library.db")
WEATHER = 'name = "weather"\n[[tag]]\nname = "rain"\nkey = "r"\n[[tag]]\nname = "sun"\n'


@pytest.fixture
def book(reader: Reader, article: Path) -> Reader:
    """A library with an article that has two marks."""
    reader("add", str(article), *DB)
    reader("mark", "1", "--quote", "48 million", "--tag", "claim", *DB)
    reader("mark", "1", "--quote", "quietly buried", "--tag", "loaded", *DB)
    return reader


def test_what_there_is(book: Reader) -> None:
    rows = json.loads(book("codebook", "list", "--format", "json", *DB).out)
    assert [(row["name"], row["tags"], row["articles"], row["marks"], row["here"]) for row in rows] == [
        ("close reading", 4, 1, 2, True),
        ("propaganda techniques", 14, 0, 0, False),
        ("quotation attribution", 3, 0, 0, False),
    ]
    listed = book(*DB, "codebook").out
    assert listed == book("codebook", *DB, "list").out
    assert listed.splitlines()[0].split()[0] == "codebook"
    assert listed.splitlines()[2].split() == ["close", "reading", "4", "1", "2", "0", "yes", "yes"]
    cells = list(csv.reader(io.StringIO(book("codebook", "list", "--format", "csv", *DB).out, newline="")))
    assert cells[0][:3] == ["name", "tags", "articles"]
    assert cells[1][:3] == ["close reading", "4", "1"]


def test_what_the_tags_mean(book: Reader) -> None:
    said = book("codebook", "show", "close", *DB).out
    assert "q  Q  quote · quotation · green, double\n" in said
    assert "      =  status (wanted; unchecked, supported, refuted, unverifiable)\n" in said
    assert "      =  evidence (several; url): Where it can be looked up.\n" in said
    assert all(len(line) <= 100 for line in said.splitlines())
    (tag,) = json.loads(book("codebook", "show", "prop", "--tag", "doubt", "--format", "json", *DB).out)["tags"]
    assert tag["name"] == "Doubt"
    assert "history" not in tag


def test_a_file_goes_out_is_edited_and_comes_back(book: Reader) -> None:
    assert book("codebook", "export", "close", "-o", "mine.toml", *DB).err == "Wrote “close reading” to mine.toml\n"
    assert parse(Path("mine.toml").read_bytes(), "x") == shipped()
    assert book("codebook", "check", "mine.toml").out == "mine.toml is well: the codebook “close reading”, 4 tags.\n"
    edited = Path("mine.toml").read_text().replace('name = "claim"', 'name = "assertion"').replace("could be", "can be")
    Path("mine.toml").write_text(edited)
    says = "  claim: is called assertion\n  assertion: definition (revision 2)\n"
    assert book("codebook", "add", "mine.toml", "--dry-run", *DB).out == f"close reading: would be changed\n{says}"
    assert book("codebook", "add", "mine.toml", *DB).out == f"close reading: changed\n{says}"
    assert book("codebook", "add", "mine.toml", *DB).out == "close reading: as it was\n"
    assert "assertion" in book("show", "1", *DB).out
    assert "revision 1, " in book("codebook", "show", "close", "--tag", "assert", "--history", *DB).out
    (row,) = json.loads(book("codebook", "outdated", "close", "--format", "json", *DB).out)
    assert (row["text"], row["made_under"]) == ("48 million", "revision 1, now 2")
    assert "48 million" in book("codebook", "outdated", "close", "--tag", "assert", "--article", "1", *DB).out
    assert book("codebook", "outdated", "close", "--confirm", *DB).out == "1 mark confirmed\n"
    assert book("codebook", "outdated", "close", *DB).err.startswith("Every mark was made under")
    assert book("undo", "1", *DB).out == "Undone: 1 mark confirmed.\n"
    assert book("undo", *DB).out == "Undone: codebook “close reading” changed.\n"
    assert book("check", *DB).code == 0


def test_a_codebook_from_a_pipe(book: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    source = book("codebook", "export", "close", "--as-new", "mine", *DB).out
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(source.encode())))
    assert book("codebook", "add", "-", *DB).out.startswith("mine: a new codebook\n  claim: new\n")
    assert book("codebook", "use", "mine", "--new", *DB).out == "New articles are read with “mine”.\n"
    Path("other.txt").write_text("It rained on the bridge.\n")
    book("add", "other.txt", *DB)
    rows = json.loads(book("codebook", "list", "--format", "json", *DB).out)
    assert [(row["name"], row["articles"], row["new_articles"]) for row in rows if row["here"]] == [
        ("close reading", 1, False), ("mine", 1, True),
    ]  # fmt: skip


def test_what_is_wrong_with_a_file(book: Reader) -> None:
    Path("bad.toml").write_text(WEATHER.replace('"r"', '"R"').replace('name = "sun"', 'nme = "sun"'))
    said = book("codebook", "check", "bad.toml")
    assert said.code == 1
    assert [line.partition(": ")[0] for line in said.out.splitlines()] == ["bad.toml, line 4", "bad.toml, line 6"]
    said = book("codebook", "add", "bad.toml", *DB)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("reader: bad.toml, line 4: The tag “rain” wants the key “R”")
    Path("many.toml").write_text(WEATHER + "zzz = 1\n" + "".join(f"z{number} = 1\n" for number in range(99)))
    assert book("codebook", "check", "many.toml").out.endswith("… and 50 more\n")
    Path("ctrl\x1b.toml").write_text('name = "\\u001b[2J"')
    assert "\x1b" not in book("codebook", "check", "ctrl\x1b.toml").out


def test_articles_are_given_another(book: Reader) -> None:
    said = book("codebook", "use", "quotation", "1", *DB)
    assert said.code == 1
    assert "2 marks carry tags that “quotation attribution” lacks (claim 1, loaded language 1): --keep" in said.err
    said = book("codebook", "use", "quotation", "1", "--map", "claim=content", "--keep", *DB)
    assert said.out == (
        "1 article now read with “quotation attribution”; 1 mark given another tag;"
        " 1 mark with tags that it lacks kept\n"
    )
    assert "content 1, loaded language 1" in book("show", "1", *DB).out
    assert book("undo", "1", *DB).out == "Undone: read with “quotation attribution”.\n"
    assert book("codebook", "use", "prop", "--all", "--keep", *DB).out.startswith("1 article now read with “prop")


def test_tags_change(book: Reader) -> None:
    for args, says in (
        (("rename", "close", "claim", "assertion"), "claim is called assertion\n"),
        (("rename", "close", "far reading"), "close reading is called far reading\n"),
        (("merge", "far", "loaded", "opinion"), "loaded language is shown as opinion\n"),
        (("retire", "far", "quote"), "quote is retired\n"),
        (("retire", "far", "quote", "loaded", "--back"), "quote is back\nloaded language is back\n"),
        (("order", "far", "opinion", "assert"), "opinion, assertion, quote, loaded language\n"),
        (("delete", "far", "quote"), "Deleted: the tag quote. `reader undo` brings it back.\n"),
    ):
        assert book("codebook", *args, *DB).out == says
    Path("weather.toml").write_text(WEATHER)
    book("codebook", "add", "weather.toml", *DB)
    assert book("codebook", "delete", "weather", *DB).out.startswith("Deleted: the codebook weather.")
    for _ in range(10):
        assert book("undo", *DB).code == 0
    assert parse(book("codebook", "export", "close", *DB).out.encode(), "x") == shipped()
    assert book("check", *DB).code == 0


@pytest.mark.parametrize(
    "args, says",
    [
        (
            ("add", "no.toml"),
            "There is no file no.toml. Codebooks that come with the program and are not here yet: prop",
        ),
        (("check", "no.toml"), "no.toml cannot be read (No such file or directory): name a codebook file."),
        (("check", "."), ". cannot be read (Is a directory)"),
        (("show", "star"), "No codebook is called “star”. There are: close reading, propaganda"),
        (("show", "close", "--tag", "star"), "No tag is called “star”."),
        (("use", "close"), "Say which articles: their numbers or titles, --all, or --new"),
        (("use", "close", "1", "--all"), "Say which articles"),
        (("use", "close", "1", "--map", "x"), "“x” maps nothing: write OLD=NEW"),
        (("rename", "close"), "Write it as `reader codebook rename NAME [TAG] NEW-NAME`."),
        (("delete", "close", "claim"), "“claim” has been used, so it is not deleted: retire it"),
        (("star",), "No such command 'star'. See `reader codebook --help`."),
        (("add",), "Missing argument 'FILE'. See `reader codebook add --help`."),
    ],
)
def test_what_cannot_be_meant_is_a_sentence(book: Reader, args: tuple[str, ...], says: str) -> None:
    said = book("codebook", *args, *(DB if args not in (("check", "no.toml"), ("star",)) else ()))
    assert said.code in (1, 2)
    assert said.out == ""
    assert says in said.err


def test_what_is_not_yet_said(book: Reader) -> None:
    book("mark", "1", "--quote", '"We were asked for a crossing,"', "--tag", "quote", *DB)
    listed = book("show", "--missing", *DB).out.splitlines()
    assert [line.split()[1:3] for line in listed[2:]] == [["claim", "status"], ["quote", "speaker"]]
    assert listed == book("show", "1", "--missing", *DB).out.splitlines()
    (row,) = json.loads(book("show", "--missing", "--tag", "quo", "--format", "json", *DB).out)
    assert (row["article"], row["missing"], row["text"]) == (1, ["speaker"], '"We were asked for a crossing,"')
    book("mark", "1", "--quote", "was quietly buried", "--tag", "claim", "--set", "status=refuted", *DB)
    assert book("show", "--missing", *DB).out.splitlines() == listed
    cells = book("show", "--missing", "--format", "csv", *DB).out.splitlines()
    assert cells[0] == "article,title,tag,missing,text,start,end,id"
    for args, why in (
        (("show",), "Missing argument 'ARTICLE'. See `reader show --help`."),
        (("show", "1", "--text", "--missing"), "give one of them"),
        (("show", "1", "--tag", "claim"), "belongs to --missing"),
        (("show", "--missing", "--tag", "star"), "No tag is called “star”"),
    ):
        said = book(*args, *DB)
        assert said.code in (1, 2)
        assert why in said.err
