"""Reviews given back as CSV, Markdown and HTML."""

from __future__ import annotations

import csv
import html
import io
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reader.documents.document import Layout
from reader.documents.graphemes import snap, snap_up
from reader.documents.normalise import canonical, safe
from reader.documents.span import Span
from reader.errors import UsageProblem
from reader.formats import review_csv, review_html_text, review_words
from reader.formats.review_html_text import HEIGHTS, Drawn
from reader.formats.review_markdown import escaped, opening
from reader.formats.review_report import Article, ReviewReport
from reader.formats.review_table import chosen
from tests.formats.hard_reviews import (
    CASES,
    HOSTILE,
    TAGS,
    adjudication,
    answer_key,
    blind,
    document,
    feedback,
    three,
    written,
)  # fmt: skip
from tests.formats.hard_values import GOLDEN
from tests.formats.pages import read

EVERY_KIND = [adjudication, feedback, answer_key, three]


@pytest.mark.parametrize("case", CASES)
def test_the_golden_file(case: str) -> None:
    name, excel = CASES[case]
    assert written(adjudication(), name, excel=excel) == (GOLDEN / case).read_bytes()


# In the words of each kind of review


def verdicts(report: ReviewReport) -> list[str]:
    (article,) = report.articles
    return [
        f"{review_words.verdict(report, entry).name}: {review_words.decision(report, article, entry)}"
        for entry in article.entries
    ]


def test_feedback_is_accepted_fixed_or_rejected() -> None:
    assert verdicts(feedback()) == [
        "accepted: as it is", "fixed: given the tag “claim”", "rejected: rejected", "fixed: other edges",
    ]  # fmt: skip
    page = written(feedback(), "markdown").decode()
    assert "ana went through the marks of ben." in page
    assert "| claim | 2 | 1 |  | 1 |" in page


def test_beside_an_answer_key_marks_are_right_missed_too_many_or_otherwise() -> None:
    assert [each.partition(":")[0] for each in verdicts(answer_key())] == ["right", "otherwise", "missed", "too many"]
    page = written(answer_key(), "markdown").decode()
    assert "teacher held the marks of ben (B) against the answer key of teacher (A)." in page
    assert "Exact span F1: 0.33" in page


def test_of_three_people_it_is_said_who_marked_and_who_has_not_read() -> None:
    page = written(three(), "markdown").decode()
    assert "### 1 · only ana and ben · decided" in page
    assert "**Decided:** the mark of ana and ben" in page
    assert "cora (C) has not read it" in page


def test_marking_nothing_is_not_the_same_as_not_having_read() -> None:
    page = written(adjudication(), "html").decode()
    assert "@ben (B): read it and marked nothing" in page
    assert "not read by @ben (B)" in page


@pytest.mark.parametrize("name", ["csv", "markdown", "html"])
def test_a_blind_report_names_nobody_who_is_compared(name: str) -> None:
    sides = tuple(side._replace(name=f"{side.letter}-person") for side in three().sides)
    named = replace(three(), sides=sides)
    assert b"-person" in written(named, name)
    assert b"-person" not in written(blind(named), name)


# CSV


def rows(report: ReviewReport) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(report, "csv").decode(), newline=""), strict=True))


@pytest.mark.parametrize("make", EVERY_KIND)
def test_csv_has_a_row_for_every_entry_and_no_formula(make: Callable[[], ReviewReport]) -> None:
    report = make()
    found = rows(report)
    assert len(found) == sum(len(article.entries) for article in report.articles)
    for row in found:
        assert list(row) == review_csv.header(report)
        assert not any(cell[:1] in {"=", "+", "-", "@", "\t", "\r"} for cell in row.values() if cell)


def test_csv_tells_what_each_side_said_and_what_came_of_it() -> None:
    edges = next(row for row in rows(adjudication()) if row["choice"] == "union")
    assert (edges["A.fragments"], edges["B.fragments"]) == ("20-51", "24-69")
    assert (edges["kind"], edges["differs_in"], edges["final.tag"]) == ("edges", "edges; status", "claim")
    assert edges["A.attributes"].startswith("status: =1+1; <b>: ")
    assert edges["answers"].startswith("ben, 2026-03-03T10:00:00.000Z: <script>")
    gone = next(row for row in rows(adjudication()) if row["changed"] == "gone")
    assert gone["B.text"] == HOSTILE[5]
    assert [row["not_read"] for row in rows(three())] == ["C"]


# Markdown


MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])

hostile = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.text("\\`*_{}[]()#+-.!|~<>&;$=:/\"' \n\tw1ab", max_size=30),
)


@given(hostile)
def test_markdown_gives_the_words_back_and_nothing_else(words: str) -> None:
    found = MARKDOWN.render(f"- x {escaped(words)}\n\n{opening(words)}\n")
    plain = html.escape(" ".join(safe(words, lines=True).split()), quote=False)
    plain = plain.replace('"', "&quot;")
    assert found == f"<ul>\n<li>{f'x {plain}'.strip()}</li>\n</ul>\n" + (f"<p>{plain}</p>\n" if plain else "")


@pytest.mark.parametrize("make", EVERY_KIND)
def test_a_markdown_page_has_no_markup_but_its_own(make: Callable[[], ReviewReport]) -> None:
    page = read(MARKDOWN.render(written(make(), "markdown").decode()))
    own = {"h1", "h2", "h3", "p", "ul", "li", "strong", "br", "table", "thead", "tbody", "tr", "th", "td"}
    assert {tag for tag, _ in page.elements} <= own
    assert {name for _, attributes in page.elements for name in attributes} <= {"style"}


# HTML


@pytest.mark.parametrize("make", EVERY_KIND)
def test_a_page_holds_its_articles_exactly_and_nothing_that_acts(make: Callable[[], ReviewReport]) -> None:
    report = make()
    source = written(report, "html").decode()
    page = read(source)
    assert page.texts == [article.text for article in report.articles]
    assert not {tag for tag, _ in page.elements} & {"script", "img", "link", "iframe", "object", "form", "base", "svg"}
    names = {name for _, attributes in page.elements for name in attributes}
    assert not any(name.startswith("on") or name in {"style", "src", "action", "srcset"} for name in names)
    assert "url(" not in source
    assert "@import" not in source


@pytest.mark.parametrize("make", EVERY_KIND)
def test_links_of_a_page_lead_to_a_place_in_it(make: Callable[[], ReviewReport]) -> None:
    page = read(written(make(), "html").decode())
    places = page.attributes("id")
    assert len(set(places)) == len(places)
    assert set(page.attributes("href")) <= {f"#{place}" for place in places}
    entries = {place for place in places if place.startswith("d")}
    assert entries
    assert {f"#{place}" for place in entries} <= {*page.attributes("href")} | {"#d1-10"}


def test_the_policy_allows_the_style_sheet_and_nothing_else() -> None:
    page = read(written(feedback(), "html").decode())
    (policy,) = (value for value in page.attributes("content") if "default-src" in value)
    assert re.fullmatch(
        "default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]{44}'; base-uri 'none'; form-action 'none'", policy
    )


def test_the_language_of_an_article_is_given_where_it_is_one() -> None:
    page = read(written(adjudication(), "html").decode())
    first, second = (each for tag, each in page.elements if tag == "div" and each.get("class") == "text")
    assert first.get("lang") == "en"
    assert "lang" not in second


def drawn(spans: tuple[Span, ...], number: int) -> Drawn:
    return Drawn(spans, "C", "claim", "ana", "blue underline", number)


letters = st.sampled_from(
    ["a", "bc ", "\n", "\n\n", "é", "مرحبا", "👩‍👩‍👧", "&", "<b>", '"', "e\u0301\u0301", "   ", "\t", "- "]
)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Drawn], list[Drawn]]:
    text = canonical("".join(draw(st.lists(letters, max_size=40))) or "a")[0] or "a"

    def layer() -> list[Drawn]:
        marks: list[Drawn] = []
        for number in range(draw(st.integers(0, 8))):
            edges = (
                sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=4))) if len(text) > 1 else [0, 1]
            )
            spans = tuple(Span(*pair) for pair in zip(edges[::2], edges[1::2], strict=False))
            marks.append(drawn(spans, number % 3))
        return marks

    return text, layer(), layer()


@given(marked_texts(), st.sampled_from(Layout))
def test_the_text_stays_the_text_whatever_is_marked(
    given_: tuple[str, list[Drawn], list[Drawn]], layout: Layout
) -> None:
    text, below, above = given_
    article = Article(document("x", text, layout=layout), text, (), TAGS, (), (), (), ())
    page = read(
        f'<div class="text">{"".join(part for _, part in review_html_text.written(article, below, above, "1"))}</div>'
    )
    assert page.texts == [text]
    for side, marks in (("u", below), ("o", above)):
        spans = [span for mark in marks for span in mark.fragments]
        over = Counter(at for span in spans for at in range(snap(text, span.start), snap_up(text, span.end)))
        # Of more than so many over each other, the last ones have no line.
        assume(max(over.values(), default=0) <= HEIGHTS)
        covered = over.keys()
        seen = {at for at, (_, layers) in enumerate(page.letters) if side in layers}
        # Of blank lines and line breaks nothing is drawn.
        assert {at for at in covered - seen if text[at] not in " \t\n"} == set()
        assert seen <= covered


def test_marks_beyond_the_highest_line_show_only_their_letter() -> None:
    text = "One word and another."
    article = Article(document("x", text), text, (), TAGS, (), (), (), ())
    below = [drawn((Span(0, len(text) - number),), 0)._replace(letter=str(number)) for number in range(HEIGHTS + 3)]
    source = "".join(part for _, part in review_html_text.written(article, below, [], "1"))
    assert read(f'<div class="text">{source}</div>').texts == [text]
    assert len(re.findall(r'class="u u\d', source)) == HEIGHTS
    assert len(re.findall(r'class="n"', source)) == HEIGHTS + 3


def test_what_begins_at_one_place_and_says_the_same_has_one_letter() -> None:
    text = "One word and another."
    article = Article(document("x", text), text, (), TAGS, (), (), (), ())
    one, other = drawn((Span(4, 8),), 1), drawn((Span(4, 12),), 1)._replace(whose="ben")
    source = "".join(part for _, part in review_html_text.written(article, [one], [other], "1"))
    assert re.findall('aria-label="([^"]*)"', source) == ["1, claim, ana and ben"]


# Which


@pytest.mark.parametrize(
    "name, path, expected",
    [
        (None, None, "markdown"),
        (None, "x.HTML", "html"),
        (None, "x.htm", "html"),
        (None, "x.md", "markdown"),
        ("md", "x.html", "markdown"),
        ("HTML", None, "html"),
        (None, "x.csv", "csv"),
    ],
)
def test_which_format(name: str | None, path: str | None, expected: str) -> None:
    assert chosen(name, Path(path) if path else None).name == expected


def test_what_is_no_format_is_told() -> None:
    with pytest.raises(UsageProblem, match="write html, markdown or csv"):
        chosen("pdf", None)
    with pytest.raises(UsageProblem, match=r"end in \.html, \.md or \.csv"):
        chosen(None, Path("x.pdf"))


@pytest.mark.parametrize("name", ["html", "markdown"])
def test_excel_is_for_csv(name: str) -> None:
    with pytest.raises(UsageProblem, match="--excel is for CSV"):
        written(feedback(), name, excel=True)


@pytest.mark.parametrize("name", ["html", "markdown", "csv"])
def test_a_report_without_marks(name: str) -> None:
    report = feedback()
    (article,) = report.articles
    empty = replace(article, entries=(), marks=((),), final=())
    assert b"read it and marked nothing" in written(replace(report, articles=(empty,)), name) or name == "csv"
