from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.codebook import Codebook, Kind, Unit
from reader.annotations.codebook_toml import LARGEST, SHIPPED, findings, parse, shipped
from reader.annotations.codebook_written import written
from reader.annotations.toml_places import DEEPEST
from reader.errors import BadInput
from tests.annotations.books import codebooks

GOOD = """\
name = "weather"

[[tag]]
name = "rain"
key = "r"

[[tag]]
name = "sun"
key = "s"
[[tag.attribute]]
name = "how strong"
kind = "choice"
choices = ["weak", "strong"]
"""


def said(source: str | bytes) -> list[str]:
    raw = source if isinstance(source, bytes) else source.encode()
    return [f"{finding.line}: {finding.sentence}" for finding in findings(raw)]


@given(codebooks())
def test_what_is_written_reads_as_the_same(codebook: Codebook) -> None:
    source = written(codebook)
    assert parse(source.encode(), "x") == codebook
    tomllib.loads(source)


@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_shipped_is_read_and_written(name: str) -> None:
    book = shipped(name)
    assert parse(written(book).encode(), "x") == book
    assert {tag.id[14] for tag in book.tags} | {book.id[14]} == {"5"}
    for tag in book.tags:
        assert tag.key
        assert tag.definition
        assert tag.do
        assert tag.dont


def test_what_may_be_left_out() -> None:
    book = parse(GOOD.encode(), "weather.toml")
    assert [(tag.name, tag.symbol, tag.colour, tag.unit) for tag in book.tags] == [
        ("rain", "R", "blue", Unit.SENTENCE), ("sun", "S", "green", Unit.SENTENCE),
    ]  # fmt: skip
    (attribute,) = book.tags[1].attributes
    assert (attribute.name, attribute.kind, attribute.wanted) == ("how strong", Kind.CHOICE, False)


def test_the_same_names_are_the_same_ids_everywhere() -> None:
    assert parse(GOOD.encode(), "x").tags == parse(f"\ufeff{GOOD}\n# more".encode(), "y").tags
    other = parse(GOOD.replace("weather", "other").encode(), "x")
    assert other.tags[0].id != parse(GOOD.encode(), "x").tags[0].id


def test_line_breaks_in_texts_are_spaces_wherever_the_file_was_saved() -> None:
    source = GOOD + '[[tag]]\nname = "fog"\ndefinition = """\nWhat nobody\n  sees\tthrough."""\n'
    assert parse(source.replace("\n", "\r\n").encode(), "x").tags[2].definition == "What nobody sees through."


@pytest.mark.parametrize(
    "old, new, says",
    [
        ('name = "weather"\n', "", "1: The codebook has no name"),
        ('name = "rain"\n', "", "3: A tag needs a name"),
        ('"rain"', '" "', "4: A tag needs a name"),
        ('"rain"', '"—"', "4: A tag needs a name"),
        ('"rain"', "3", "4: “name” is a number, where a text should be"),
        ('"rain"', f'"{"x" * 61}"', "4: The name “xxxxxxxxxxxxxxxxxxxx…” has 61 characters: 60 at most."),
        ('"sun"', '"Rain"', "8: Two tags are called “Rain”: rename one."),
        ('"sun"', '"r"', "8: “r” is the key of the tag “rain”: call it something else."),
        ('"s"', '"r"', "9: The tags “rain” and “sun” both want the key “r”: give one another."),
        ('"s"', '"S"', "9: The tag “sun” wants the key “S”, but only small letters a–z are for tags"),
        ('"s"', '"1"', "9: The tag “sun” wants the key “1”"),
        ('"s"', '"ß"', "9: The tag “sun” wants the key “ß”"),
        ('key = "s"', 'ky = "s"', "9: The tag “sun” has no field “ky”: did you mean “key”?"),
        ('key = "s"', "zzz = 1", "9: The tag “sun” has no field “zzz”: it has name, key"),
        ('key = "s"', 'colour = "pink"', "9: The colour is “pink”: choose blue, green"),
        ('key = "s"', 'line = "wavy"', "9: The line is “wavy”: choose underline, double"),
        ('key = "s"', 'unit = "page"', "9: The unit is “page”: choose word, sentence, quotation, quoted, paragraph."),
        ('key = "s"', 'symbol = "ab"', "9: The symbol “ab” is not one letter"),
        ('key = "s"', 'symbol = "漢"', "9: The symbol “漢” is not one letter"),
        ('key = "s"', 'symbol = "\\u0301"', "9: The symbol"),
        ('key = "s"', "retired = 1", "9: “retired” is a number, where true or false should be."),
        ('key = "s"', "revision = 0", "9: “revision” is a number from 1"),
        ('key = "s"', "revision = true", "9: “revision” is a number from 1"),
        ('key = "s"', 'id = "7"', "9: “id” is no UUID"),
        ('key = "s"', 'merged_into = "snow"', "9: No tag here is called “snow”"),
        ('key = "s"', 'merged_into = "sun"', "9: The tag that “sun” is merged into is itself"),
        ('key = "s"', 'do = "x"', "9: “do” is a text, where a list should be"),
        ('key = "s"', 'do = ["x",\n  2]', "10: What stands in “do” is a number, where a text should be"),
        ('key = "s"', "definition = 2026-03-02", "9: “definition” is a date, where a text should be"),
        ('key = "s"', 'definition = "a\\u001b[2J"', "9: “definition” holds a control character: take it out."),
        ('key = "s"', 'definition = """a\n\n\\u202e"""', "9: “definition” holds a control character"),
        ('"choice"', '"colour"', "12: The kind is “colour”: choose text, choice, choices, number, yes/no, date, url."),
        ('choices = ["weak", "strong"]', "", "12: The attribute “how strong” of “sun” is a choice without choices"),
        ('kind = "choice"', "", "13: The attribute “how strong” of “sun” has choices, but is of the kind text"),
        ('"strong"]', '"Weak"]', "13: The attribute “how strong” of “sun” has the choice “Weak” twice"),
        ('"strong"]', '""]', "13: The attribute “how strong” of “sun” has an empty choice"),
        ('["weak", "strong"]', '["weak", ["strong"]]', "13: What stands in “choices” is a list"),
        ('kind = "choice"', 'kind = "choice"\nseveral = true', "13: The attribute “how strong” of “sun” takes several"),
        ('kind = "choice"', 'kind = "choice"\nnames = true', "13: The attribute “how strong” of “sun” can hold names"),
        ('kind = "choice"', 'kind = "choice"\nwanted = "yes"', "13: “wanted” is a text, where true or false should be"),
        ('name = "how strong"', "", "10: An attribute needs a name"),
        ("[[tag.attribute]]", "[tag.attribute]", "10: There may be several of these: write [[tag.attribute]]."),
        ("[[tag]]", "[[tags]]", "3: A codebook has no field “tags”: did you mean “tag”?"),
        ('"weather"', '"weather"\ntag = 1', "4: This is not TOML"),
        ('"weather"', '"weather', "1: This is not TOML"),
        ('key = "s"', "key = ", "9: This is not TOML"),
        ('key = "s"', 'key = "s" "t"', "9: This is not TOML"),
        ('key = "s"', 'key = "s"\nkey = "t"', "10: This is not TOML"),
        ('key = "s"', f"revision = {'9' * 5000}", "This is not TOML"),
        ('key = "s"', f"do = {'[' * (DEEPEST + 1)}{']' * (DEEPEST + 1)}", "9: Tables or lists are nested too deep"),
        ('key = "s"', f"do = {'[' * 100_000}", "9: Tables or lists are nested too deep"),
        ('key = "s"', f"{'do.' * 100_000}x = 1", "9: Tables or lists are nested too deep"),
    ],
    ids=lambda it: it[:40],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(old: str, new: str, says: str) -> None:
    assert said(GOOD) == []
    source = GOOD.replace(old, new) if "[[" in old else GOOD.replace(old, new, 1)
    assert source != GOOD
    assert says in "\n".join(said(source))
    with pytest.raises(BadInput, match=r"^weather\.toml, line \d+: "):
        parse(source.encode(), "weather.toml")


def test_everything_that_is_wrong_is_found_at_once() -> None:
    source = GOOD.replace('"s"', '"r"').replace('"rain"', "7").replace('"choice"', '"pink"')
    assert [line.partition(":")[0] for line in said(source)] == ["4", "9", "12"]
    with pytest.raises(BadInput, match=r"and 2 more: `reader codebook check` lists all"):
        parse(source.encode(), "weather.toml")


MANY = """\
nam = "weather"
[[tag]]
name = "rain"
key = "R"
symbol = "RR"
colour = "blu"
do = "It rains."
[[tag]]
name = "Rain"
key = "s"
retired = "no"
[[tag]]
key = "s"
unit = "clause"
[[tag]]
name = "sun"
key = "s"
merged_int = "rain"
[[tag.attribute]]
name = "how"
kind = "choice"
[[tag.attribute]]
name = "How"
kind = "colour"
choices = ["a", "a"]
several = true
[[tag.attribute]]
kind = "number"
names = true
wanted = "no"
"""


def test_what_is_wrong_with_one_field_hides_nothing_of_the_others() -> None:
    lines = [line.partition(": ")[0] for line in said(MANY)]
    # Not 9: whether that tag is in use is not known; not 26: nor is what kind of attribute it is.
    assert lines == ["1", "4", "5", "6", "7", "11", "12", "14", "17", "18", "21", "23", "24", "25", "27", "29", "30"]


def test_tags_out_of_use_may_share_names_and_keys() -> None:
    assert said(GOOD.replace('key = "s"', 'key = "r"\nretired = true')) == []
    old = 'retired = true\nid = "5b40c69d-9b38-5fb3-b08e-fb90af91a890"'
    assert said(GOOD.replace('"sun"', '"rain"').replace('key = "s"', old)) == []
    assert said(GOOD.replace("key =", "retired = true\nkey =")) == [
        "3: A codebook needs at least one tag that is in use: add one, or bring one back."
    ]


def test_a_merged_tag_names_its_heir() -> None:
    book = parse(GOOD.replace('key = "s"', 'merged_into = "Rain"').encode(), "x")
    assert book.tags[1].heir == book.tags[0].id
    assert book.tags[1].retired
    assert book.heir_of(book.tags[1]) == book.heir_of(book.tags[0]) == book.tags[0]


def test_the_same_id_twice() -> None:
    same = 'id = "5b40c69d-9b38-5fb3-b08e-fb90af91a890"\nkey ='
    says = "The tags “rain” and “sun” have the same id: give one another name or id."
    assert said(GOOD.replace("key =", same)) == [f"10: {says}"]


@pytest.mark.parametrize(
    "source, says",
    [
        (b"", "1: The codebook has no name"),
        (b"name = 'x'\n\n\xff", "3: This is not UTF-8"),
        (b"name = '\x00'", "1: This is not TOML"),
        (b"x" * (LARGEST + 1), "1: The file has 1,000,001 bytes"),
        (b"[" * LARGEST, "1: This is not TOML"),
        (b"a" * LARGEST, "1: This is not TOML"),
        (b'"' * LARGEST, "1: This is not TOML"),
        (b"a=" + b"'''" * 300_000, "1: This is not TOML"),
        (b"a=[" + b"1," * 400_000, "1: This is not TOML"),
        (b"name='x'\n" + b"[[tag]]\n" * 400, "302: 400 tags are more than a codebook can have: 300 at most."),
        (b"name='x'\ntag = [1, {name = 'y'}]", "2: This is a number, where a table with a name should be."),
    ],
    ids=range(11),
)
def test_files_that_are_no_codebooks(source: bytes, says: str) -> None:
    assert says in "\n".join(said(source))


@given(st.binary(max_size=300) | st.text(st.sampled_from("[]{}\"'\\=,.#\n at1"), max_size=60).map(str.encode))
def test_whatever_it_is_the_answer_is_a_sentence(source: bytes) -> None:
    assert findings(source)
