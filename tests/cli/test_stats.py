from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from reader.cli import stats_rows
from reader.cli.tables import table
from reader.work.stats import Tally
from tests.cli.conftest import Reader

NASTY = "=cmd() [red]x[/] [/nope] \x1b[31m\x1b]52;c;aGk=\x07\u202e"


@pytest.fixture
def library(reader: Reader, article: Path) -> str:
    reader("add", str(article), "--db", "l.db", "--date", "2026-03-02", "--source", "Vellmouth Courier")
    assert reader("mark", "1", "--quote", "48 million crowns", "--tag", "claim", "--db", "l.db").code == 0
    quote = ["mark", "1", "--quote", '"We were asked for a crossing,"', "--tag", "quote", "--set", "speaker=Lindqvist"]
    assert reader(*quote, "--db", "l.db").code == 0
    assert reader("mark", "1", "--quote", "quietly buried", "--tag", "loaded", "--db", "l.db", "--as", "ben").code == 0
    assert reader("mark", "1", "--quote", "million", "--tag", "claim", "--db", "l.db", "--as", "ben").code == 0
    return "l.db"


def test_the_most_important_at_a_glance(reader: Reader, library: str) -> None:
    said = reader("stats", "--db", library)
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[0] == "1 article, 39 words; 4 marks by 2 annotators in 1 article"
    assert [line.split()[:-1] for line in lines if line.startswith((" C ", " Q ", " L ", "   all"))] == [
        ["C", "claim", "2", "1", "3", "7.8", "%"],
        ["Q", "quote", "1", "1", "6", "14.2", "%"],
        ["L", "loaded", "language", "1", "1", "2", "6.4", "%"],
        ["all", "4", "1", "11", "28.4", "%"],
    ]
    assert "Lindqvist" in said.out
    assert lines[-1].startswith("made on 2")


def test_one_table_for_people_and_for_programs(reader: Reader, library: str) -> None:
    said = reader("stats", "--by", "annotator", "--db", library)
    assert [line.split()[:2] for line in said.out.splitlines()[2:]] == [["ben", "2"], ["tester", "2"]]
    rows = json.loads(reader("stats", "--by", "annotator", "--format", "json", "--db", library).out)
    assert [(row["annotator"], row["tag.claim"], row["tag.quote"]) for row in rows] == [("ben", 1, 0), ("tester", 1, 1)]
    found = csv.DictReader(io.StringIO(reader("stats", "--format", "csv", "--db", library).out))
    assert [(row["tag"], row["marks"], row["words"]) for row in found] == [
        ("claim", "2", "3"), ("quote", "1", "6"), ("loaded language", "1", "2"),
    ]  # fmt: skip
    whole = json.loads(reader("stats", "1", "--tag", "claim", "--format", "json", "--db", library).out)
    assert (whole["marks"], len(whole["tags"]), whole["tags"][0]["share"]) == (2, 1, 0.078)
    assert whole["said"] == {}


def test_files_say_their_format(reader: Reader, library: str) -> None:
    said = reader("stats", "--by", "speaker", "-o", "s.csv", "--db", library)
    assert (said.out, said.err) == ("", "Wrote the numbers to s.csv\n")
    assert Path("s.csv").read_bytes() == b"speaker,marks,articles\r\nLindqvist,1,1\r\n"
    reader("stats", "--by", "month", "-o", "s.json", "--db", library)
    assert json.loads(Path("s.json").read_text())[0]["marks"] == 4
    reader("stats", "-o", "s.txt", "--db", library)
    assert "Lindqvist" in Path("s.txt").read_text()


def test_nothing_reaches_the_terminal_as_a_command(reader: Reader, library: str) -> None:
    reader("edit", "1", "--db", library, "--source", NASTY, "--title", NASTY)
    mark = ["mark", "1", "--quote", "crossing", "--tag", "quote", "--set", f"speaker={NASTY}"]
    assert reader(*mark, "--db", library, "--as", NASTY).code == 0
    for by in ("tag", "annotator", "article", "source", "speaker"):
        said = reader("stats", "--by", by, "--db", library)
        assert said.code == 0
        assert not set("\x1b\x07\u202e\x9b") & set(said.out)
    assert "[red]x[/] [/nope]" in said.out
    cells = reader("stats", "--by", "speaker", "--format", "csv", "--db", library).out.splitlines()
    assert [line[0] for line in cells[1:]] == ["'", "L"]


def test_plots(reader: Reader, library: str) -> None:
    places = reader("stats", "--plot", "--db", library)
    assert (places.code, places.out.splitlines()[0]) == (0, "per cent of the text marked")
    assert places.out.splitlines()[-1] == "  C claim  Q quote  L loaded language"
    assert {"C", "Q", "L"} <= set("".join(places.out.splitlines()[2:-4]))
    assert "\x1b" not in places.out
    when = reader("stats", "--by", "month", "--plot", "-o", "plot.txt", "--db", library)
    assert when.code == 0
    assert Path("plot.txt").read_text().startswith("marks\n")
    assert "2026-03" in reader("stats", "--by", "date", "--plot", "--db", library).out
    reader("edit", "1", "--date", "", "--db", library)
    assert "no such marks" in reader("stats", "--by", "date", "--plot", "--db", library).err


def test_without_plotext_the_command_to_run_is_said(
    reader: Reader, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "plotext", None)
    said = reader("stats", "--plot", "--db", library)
    assert (said.code, said.out) == (2, "")
    assert f"{sys.executable} -m pip install 'plotext>=6.1'" in said.err


@pytest.mark.parametrize(
    "args, sentence",
    [
        (("--by", "mood"), "Marks are not counted by “mood”: there are tag, annotator,"),
        (("--format", "xml"), "No format is called “xml”: write table, csv or json."),
        (("--plot", "--format", "csv"), "A plot is no CSV or JSON"),
        (("--plot", "--by", "speaker"), "There is no plot by speaker"),
        (("--by", "holder"), "Nothing is said of “holder” in these marks"),
        (("--tag", "opinion", "--by", "tag"), "There are no such marks to count"),
        (("nowhere",), "No article is called “nowhere”"),
    ],
)
def test_what_does_not_go_is_said(reader: Reader, library: str, args: tuple[str, ...], sentence: str) -> None:
    said = reader("stats", *args, "--db", library)
    assert (said.code != 0, said.out) == (True, "")
    assert sentence in said.err


def test_a_row_of_a_table_is_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("NO_COLOR", "1")
    rows = stats_rows.shown([Tally("Headline " * 12, 5, 1, {}), Tally("", 2, 1, {})], "no article")
    drawn = table(rows, {"name": "article", "marks": "marks", "bar": ""}, ["marks"], seen=True)
    long, none = drawn.splitlines()[2:]
    assert long.split()[-3:] == ["Headline…", "5", "━" * 20]
    assert none.split()[:3] == ["no", "article", "2"]


def test_a_library_without_marks(reader: Reader, article: Path) -> None:
    reader("add", str(article), "--db", "l.db")
    said = reader("stats", "--db", "l.db")
    assert said.out == "1 article, 39 words; 0 marks by 0 annotators in 0 articles\n"
