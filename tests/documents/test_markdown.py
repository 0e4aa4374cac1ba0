"""Markdown as reading text: the markup goes, what it said is kept, and every word can be followed back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.documents.markdown import plain
from reader.documents.normalise import canonical

PARTS = [
    "word", "two words", " ", "\n", "\n\n", "*", "**", "_", "`", "``", "[", "](http://a.b \"t\")", "]", "[r]", "![",
    "<http://c.d>", "# ", "- ", "  - ", "1. ", "> ", "    ", "```\n", "---\n", "\\", "\\*", "&amp;", "&#x301;", "<b>",
    "  \n", "\\\n", "é", "\t", "\n[r]: http://e.f\n", "===\n", "\u00a0",
]  # fmt: skip
pages = st.lists(st.sampled_from(PARTS), max_size=24).map("".join).map(lambda text: canonical(text)[0])
lines = st.text("ab é,.“”", min_size=1, max_size=12).filter(lambda line: line.strip() != "")


def structure(source: str) -> list[tuple[str, str, dict[str, object]]]:
    """Kind, words and data of what the markup said."""
    text, found, _ = plain(source)
    return [(each.kind, text[each.start : each.end], json.loads(each.data)) for each in found]


@pytest.mark.parametrize(
    "source, text",
    [
        ("# Head *it*\nfirst line\nsecond", "Head it\n\nfirst line\nsecond"),
        ("Set\next\n===\nwords", "Set\next\n\nwords"),
        ("a **b** _c_ `d  e` snake_case *open", "a b c d  e snake_case *open"),
        ('[the *link*](http://x "bar") bar <http://y>', "the link bar http://y"),
        ("[r] [s][r] [t]\n\n[r]: http://z", "r s [t]"),
        ("![a picture](p.png) of it", "a picture of it"),
        ("\\*not\\* &amp; <b>html</b>", "*not* & <b>html</b>"),
        ("one  \ntwo\\\nthree", "one  \ntwo\nthree"),
        ("- a\n- b\n  - c\n\nend", "a\nb\nc\n\nend"),
        ("- a\n  goes on\n- b", "a\ngoes on\n\nb"),
        ("1) a\n2) b", "a\nb"),
        ("> q\n> r\n\nend", "q\nr\n\nend"),
        ("> q\n>\n> r", "q\n\nr"),
        ("```py\nx = 1\n  y\n```\nend", "x = 1\n  y\n\nend"),
        ("a\n\n---\n\nb", "a\n\nb"),
        ("e*\u0301*", "é"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 | 2 |"),
    ],
)
def test_the_reading_text(source: str, text: str) -> None:
    assert plain(source)[0] == text


def test_what_the_markup_said() -> None:
    assert structure("## A *b*\n\n> c [**d**](http://x)\n\n1. e\n   - f\n\n```py\ng\n```\n\n`h`") == [
        ("heading", "A b", {"level": 2}),
        ("emphasis", "b", {}),
        ("blockquote", "c d", {}),
        ("link", "d", {"href": "http://x"}),
        ("strong", "d", {}),
        ("list_item", "e\nf", {"depth": 1, "marker": "1."}),
        ("list_item", "f", {"depth": 2, "marker": "-"}),
        ("code_block", "g", {"language": "py"}),
        ("code", "h", {}),
    ]


def test_a_rule_stands_before_what_follows_it() -> None:
    _, found, _ = plain("a\n\n---\n\nb\n\n***")
    assert [(each.kind, each.start, each.end) for each in found] == [("rule", 3, 3), ("rule", 4, 4)]


@given(pages)
def test_the_reading_text_is_canonical_and_its_map_exact(source: str) -> None:
    text, found, changes = plain(source)
    assert canonical(text)[0] == text
    assert (changes.raw_length, changes.length) == (len(source), len(text))
    raw_last = last = 0
    for raw_start, raw_length, length in [*changes.stretches(), (len(source), 0, 0)]:
        end = last + raw_start - raw_last
        assert source[raw_last:raw_start] == text[last:end]
        raw_last, last = raw_start + raw_length, end + length
    for each in found:
        assert 0 <= each.start <= each.end <= len(text)
        assert each.start < each.end or each.kind == "rule"


@given(
    st.lists(lines, min_size=1, max_size=6), st.lists(st.sampled_from(["\n", "\n\n", "\n \n", "\n\n\n"]), min_size=6)
)
def test_plain_paragraphs_are_the_same_text_with_or_without_markdown(words: list[str], gaps: list[str]) -> None:
    source = canonical("".join(f"{line}{gap}" for line, gap in zip(words, gaps, strict=False)))[0]
    assert plain(source)[0] == source
