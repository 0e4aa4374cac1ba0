from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from reader.cli.search_command import query_of
from reader.cli.search_table import write_table
from reader.documents.span import Span
from reader.storage.search import Article
from reader.work.hits import Hit, Kind, Mark
from tests.cli.conftest import Reader

NASTY = "=cmd() [red]x[/] [/nope] \x1b[31m\x1b]52;c;aGk=\x07\u202e\x9b2J"


@pytest.fixture
def library(reader: Reader, article: Path) -> str:
    reader("add", str(article), "--db", "l.db", "--date", "2026-03-02", "--source", "Vellmouth Courier")
    mark = ["mark", "1", "--quote", "48 million crowns", "--tag", "claim", "--note", "Ask the budget office"]
    assert reader(*mark, "--set", "status=unchecked", "--db", "l.db").code == 0
    assert reader("mark", "1", "--quote", "buried", "--tag", "loaded", "--db", "l.db", "--as", "ben").code == 0
    return "l.db"


def test_hits_begin_in_one_column_under_their_article(reader: Reader, library: str) -> None:
    said = reader("search", "budget", "--db", library)
    heading, mark, note, words = said.out.splitlines()
    assert heading == "     1  The bridge that nobody ordered · 2026-03-02 · Vellmouth Courier"
    assert mark.split()[:2] == ["52", "claim"]
    assert mark.index("48 million") == words.index("budget") == note.index("note: Ask the budget office")
    assert (said.code, said.err) == (0, "")


def test_a_heading_is_one_line(reader: Reader, library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    reader("edit", "1", "--db", library, "--source", f"https://www.example.org/{'bridge_' * 30}")
    assert reader("search", "budget", "--db", library).out.splitlines()[0].endswith(" · 2026-03-02 · examp…")


@pytest.mark.parametrize(
    "query, found",
    [
        (["tag:claim"], ["48 million crowns"]),
        (["status:unchecked", "by:tester"], ["48 million crowns"]),
        (["by:ben"], ["buried"]),
        (["the report", "-crossing"], []),
        (["quietly", "-nowhere"], ["quietly"]),
        (["for a crossing"], ["for a crossing"]),
        (['tag:claim "48 million"'], ["48 million crowns"]),
        (["-tag:claim"], ["buried"]),
        (["--", "-tag:claim"], ["buried"]),
    ],
)
def test_every_way_to_ask(reader: Reader, library: str, query: list[str], found: list[str]) -> None:
    said = reader("search", "--db", library, "--format", "json", *query)
    assert said.code == (0 if found else 1)
    assert [hit["text"] for hit in json.loads(said.out or "[]")] == found


def test_csv_is_guarded_and_has_every_column(reader: Reader, library: str) -> None:
    reader("edit", "1", "--db", library, "--source", "=1+1")
    assert reader("search", "tag:claim", "--db", library, "-o", "hits.csv").err == "Wrote 1 hit to hits.csv\n"
    raw = Path("hits.csv").read_bytes()
    assert raw.count(b"\r\n") == 2
    (row,) = csv.DictReader(io.StringIO(raw.decode(), newline=""))
    assert row["source"] == "'=1+1"
    assert (row["kind"], row["number"], row["start"], row["end"]) == ("mark", "1", "52", "69")
    assert (row["tag"], row["annotator"], row["note"]) == ("claim", "tester", "Ask the budget office")
    assert (row["text_before"][-5:], row["text"], row["text_after"][:2]) == ("cost ", "48 million crowns", ", ")


def test_nothing_found_is_a_sentence_and_1_and_no_file(reader: Reader, library: str) -> None:
    said = reader("search", "nowhere", "--db", library, "-o", "hits.json")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("reader: Nothing found for nowhere: whole words are looked for")
    assert not Path("hits.json").exists()
    said = reader("search", "nowhere", "--db", library, "--format", "json")
    assert (said.code, json.loads(said.out)) == (1, [])
    said = reader("search", "nowhere", "--db", library, "--format", "csv")
    assert (said.code, said.out.count("\r\n"), said.out[:12]) == (1, 1, "kind,number,")


@pytest.mark.parametrize(
    "args, sentence",
    [
        ([], "There is nothing to look for"),
        (["speker:x"], "There is no field “speker:”"),
        (["x", "--format", "xml"], "No format is called “xml”: write table, csv or json."),
        (["x", "--colour"], "No such option"),
        (["x", "--limit", "0"], "limit"),
    ],
)
def test_what_cannot_be_meant_is_a_sentence_and_2(reader: Reader, library: str, args: list[str], sentence: str) -> None:
    said = reader("search", *args, "--db", library)
    assert (said.code, said.out) == (2, "")
    assert sentence in said.err


def test_so_many_and_no_more(reader: Reader, library: str) -> None:
    assert len(json.loads(reader("search", "the", "--db", library, "--format", "json").out)) > 2
    assert len(json.loads(reader("search", "the", "--db", library, "--format", "json", "--limit", "2").out)) == 2


@pytest.mark.parametrize(
    "words, query",
    [
        (["bridge", "-ferry"], "bridge -ferry"),
        (["the third time", "-the ferry"], '"the third time" -"the ferry"'),
        (["speaker:John Kirby", "-speaker:Mara L"], 'speaker:"John Kirby" -speaker:"Mara L"'),
        (['tag:quote "the budget"'], 'tag:quote "the budget"'),
        (["tag:quote speaker:kirby"], "tag:quote speaker:kirby"),
        (["he said: never"], '"he said: never"'),
    ],
)
def test_what_the_shell_kept_together(words: list[str], query: str) -> None:
    assert query_of(words) == query


def hostile(words: str = NASTY, found: tuple[Span, ...] = ()) -> Hit:
    mark = Mark(1, "id", NASTY, "Q", "green", NASTY, NASTY)
    article = Article(1, "id", NASTY, NASTY, NASTY, NASTY, 1)
    return Hit(Kind.MARK, article, Span(5, 5 + len(words)), f"{NASTY}\n\n漢字", words, NASTY, mark, found)


def test_the_table_is_safe_and_as_wide_as_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    out = io.BytesIO()
    assert write_table([hostile()] * 3, out, "ana") == 3
    text = out.getvalue().decode()
    assert not {char for char in text if ord(char) < 32} - {"\n"}
    assert "\x9b" not in text
    assert "\u202e" not in text
    assert "=cmd() [red]x[/] [/nope] ␛[31m" in text
    assert max(map(len, text.splitlines())) <= 60


def test_the_hit_is_bold_on_a_terminal_and_near_even_in_a_long_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    words = "word " * 100 + "moon word"
    out = io.BytesIO()
    write_table([hostile(words, (Span(500, 504),))], out, "ana", styled=True)
    assert "\x1b[1mmoon\x1b[0m word" in out.getvalue().decode()
    out = io.BytesIO()
    write_table([hostile("moon")], out, "ana", styled=True)
    assert "\x1b[1mmoon\x1b[0m" in out.getvalue().decode()
