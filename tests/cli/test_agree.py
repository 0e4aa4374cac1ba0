"""`reader agree` on the example, in which ana and ben have marked the same article."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from reader.review.agreement.measures import MEASURES
from tests.cli.conftest import Reader

NASTY = "=cmd() [red]x[/] \x1b[31m\x1b]52;c;aGk=\x07\u202e"


@pytest.fixture
def example() -> str:
    shutil.copy(Path(__file__).parents[2] / "annotations.db.example", "example.db")
    return "example.db"


def lines(out: str) -> list[list[str]]:
    return [line.split() for line in out.splitlines()]


def test_all_at_a_glance(reader: Reader, example: str) -> None:
    said = reader("agree", "--db", example)
    assert (said.code, said.err) == (0, "")
    shown = lines(said.out)
    assert said.out.startswith("ana (21 marks), ben (20 marks) in 1 article of 3,765 characters\n")
    assert ["exact", "span", "F1", "0.293", "0.341"] in shown
    assert ["Cohen’s", "κ", "–", "0.582"] in shown
    assert ["Q", "quote", "0.267", "0.583", "88.2", "%", "0.479", "0.477", "0.478"] in shown
    # Why there is a dash, what is left out, why there are no intervals, and where to read more.
    assert "Krippendorff’s α (all tags): Marks may overlap, so a character may have several tags" in said.out
    assert "unitizing α (all tags, any tag): Marks of ben overlap each other here" in said.out
    assert "Left out, since only ana has read it: “Council votes on night buses”." in said.out
    assert "Begun by ana and not called done, yet compared: “The bridge that nobody ordered”." in said.out
    assert "An interval over articles needs at least 5 of them; here is 1." in said.out
    assert "reader agree --explain" in said.out
    assert "95 %" not in said.out
    assert "nan" not in said.out.casefold().replace("ana", "")


def test_numbers_for_programs(reader: Reader, example: str) -> None:
    rows = list(csv.DictReader(io.StringIO(reader("agree", "--db", example, "--format", "csv").out)))
    assert len(rows) == 6 * len(MEASURES)
    by = {(row["of"], row["tag"], row["measure"]): row for row in rows}
    assert by["tag", "claim", "alpha"]["value"] == "0.585537"
    assert by["all", "all tags", "kappa"]["value"] == ""
    assert by["all", "all tags", "kappa"]["why_no_value"].startswith("Marks may overlap")
    assert {row["annotators"] for row in rows} == {"ana; ben"}
    found = json.loads(reader("agree", "--db", example, "--format", "json").out)
    assert [(who["name"], who["purpose"], who["marks"]) for who in found["annotators"]] == [
        ("ana", "own", 21), ("ben", "own", 20),
    ]  # fmt: skip
    assert all(who["annotator_id"] and who["layer_id"] for who in found["annotators"])
    assert [tag["name"] for tag in found["tags"]] == ["claim", "quote", "opinion", "loaded language"]
    assert [article["read_by"] for article in found["left_out"]] == [["ana"]]
    assert [measure["id"] for measure in found["measures"]] == [measure.id for measure in MEASURES]
    assert all(
        measure[name] for measure in found["measures"] for name in ("definition", "formula", "source", "reading")
    )
    assert [str(row["value"] if row["value"] is not None else "") for row in found["values"]] == [
        row["value"] for row in rows
    ]


def test_by_tag_and_by_article(reader: Reader, example: str) -> None:
    shown = lines(reader("agree", "--per-tag", "--db", example).out)
    assert ["claim", "Cohen’s", "κ", "0.586"] in shown
    shown = lines(reader("agree", "--per-document", "--db", example).out)
    assert [
        "1",
        "The",
        "bridge",
        "that",
        "nobody",
        "ordered",
        "0.293",
        "0.512",
        "82.5",
        "%",
        "0.582",
        "0.582",
        "–",
    ] in shown
    shown = lines(reader("agree", "--per-document", "--per-tag", "--db", example).out)
    assert ["quote", "0.267", "0.583", "88.2", "%", "0.479", "0.477", "0.478"] in shown
    rows = list(csv.DictReader(io.StringIO(reader("agree", "--per-document", "--format", "csv", "--db", example).out)))
    assert {(row["article"], row["title"]) for row in rows} == {("1", "The bridge that nobody ordered")}


def test_a_matrix_and_a_table_of_tags(reader: Reader, example: str) -> None:
    shown = lines(reader("agree", "--matrix", "κ", "--db", example).out)
    assert ["ana", "0.582"] in shown
    assert ["ben", "0.582"] in shown
    shown = lines(reader("agree", "--confusion", "--db", example).out)
    assert ["opinion", "·", "1", "1", "·", "·"] in shown
    cells = json.loads(reader("agree", "--confusion", "--format", "json", "--db", example).out)["confusion"]
    assert sum(cell["marks"] for cell in cells if cell["tag_a"]) == 21
    assert sum(cell["marks"] for cell in cells if cell["tag_b"]) == 20


def test_three_people_have_pairs_and_intervals_with_enough_articles(reader: Reader) -> None:
    people = ("ana", "ben", "cat")
    for number in range(6):
        Path(f"{number}.txt").write_text(f"The bridge {number} costs much. Nobody asked for it.", encoding="utf-8")
        assert reader("add", f"{number}.txt", "--db", "l.db", "--as", "ana").code == 0
        for place, who in enumerate(people):
            quote = "costs much" if number % 2 or place < 2 else "costs"
            mark = ["mark", str(number + 1), "--quote", quote, "--tag", "claim", "--db", "l.db", "--as", who]
            assert reader(*mark).code == 0
    out = reader("agree", "--db", "l.db").out
    shown = lines(out)
    assert ["ana", "–", "ben", "1.000", "1.000", "100.0", "%", "1.000", "1.000", "1.000"] in shown
    assert ["exact", "span", "F1", "0.667", "0.444", "to", "0.889", "0.667", "0.444", "to", "0.889"] in shown
    matrix = lines(reader("agree", "--matrix", "exact", "--db", "l.db").out)
    assert ["cat", "0.500", "0.500"] in matrix
    two = reader("agree", "--of", "ana", "--of", "cat", "--db", "l.db").out
    assert two.startswith("ana (6 marks), cat (6 marks) in 6 articles")
    paragraph = reader("agree", "--paragraph", "--db", "l.db").out
    assert "mean of the three pairs) was 0.667 [0.444 to 0.889]" in paragraph
    assert "95% percentile bootstrap intervals over articles (1,000 resamples)" in paragraph
    assert "Krippendorff, K., Mathet, Y." in paragraph


def test_every_measure_is_explained(reader: Reader) -> None:
    out = reader("agree", "--explain", "all").out
    for measure in MEASURES:
        assert measure.source in out
        assert measure.reading in out
        assert reader("agree", "--explain", measure.id).out.startswith(f"{measure.name} ({measure.id})\n")
    assert not Path("annotations.db").exists()


def test_into_a_file(reader: Reader, example: str) -> None:
    said = reader("agree", "--db", example, "-o", "agreement.csv")
    assert (said.out, said.err) == ("", "Wrote the agreement to agreement.csv\n")
    assert Path("agreement.csv").read_text("utf-8").startswith("annotators,of,tag,measure,value,low,high")


@pytest.mark.parametrize(
    "args,code,said",
    [
        (("--matrix", "f2"), 2, "No measure is called “f2”: there are exact, overlap"),
        (("--explain", "f2"), 2, "No measure is called “f2”"),
        (("--format", "xls"), 2, "No format is called “xls”"),
        (("--confusion", "--paragraph"), 2, "One table at a time"),
        (("--of", "ana"), 2, "at least two"),
        (("--of", "ana", "--of", "zoe"), 1, "Nobody called “zoe”"),
        (("--tag", "nothing"), 1, "No tag is called “nothing”"),
        (("2",), 1, "No article was read by two of ana, ben; those asked for were read by ana."),
        (("--after",), 1, "No article is decided yet in any review"),
    ],
)
def test_what_is_asked_wrongly_is_said(
    reader: Reader, example: str, args: tuple[str, ...], code: int, said: str
) -> None:
    answer = reader("agree", *args, "--db", example)
    assert (answer.code, answer.out) == (code, "")
    assert said in answer.err


def test_names_and_titles_are_never_commands(reader: Reader) -> None:
    Path("n.txt").write_text("The bridge costs much.", encoding="utf-8")
    reader("add", "n.txt", "--title", NASTY, "--db", "l.db", "--as", "ana")
    for who in ("ana", NASTY):
        assert reader("mark", "1", "--quote", "costs much", "--tag", "claim", "--db", "l.db", "--as", who).code == 0
    for view in ((), ("--per-document",), ("--matrix", "alpha"), ("--confusion",), ("--paragraph",)):
        said = reader("agree", *view, "--db", "l.db", "--as", "ana")
        assert said.code == 0
        assert not set(said.out) & {"\x1b", "\x07", "\u202e"}
        assert "[red]x[/]" in said.out
    rows = list(csv.reader(io.StringIO(reader("agree", "--per-document", "--format", "csv", "--db", "l.db").out)))
    assert rows[1][2].startswith("'=cmd()")
