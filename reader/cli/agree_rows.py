"""Agreement as rows: for files everything under its own name, for people what a line has room for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.text import Text

from reader.cli.stats_rows import COLOURS
from reader.cli.tables import Row
from reader.documents.normalise import safe
from reader.review.agreement.bootstrap import LEVEL, RESAMPLES, SEED, Asked
from reader.review.agreement.confusion import Confusion
from reader.review.agreement.counting import Group
from reader.review.agreement.measures import MEASURES
from reader.review.agreement.spans import Row as Measured
from reader.review.agreement.spans import Whole
from reader.review.agreement.value import Value
from reader.work import agreed_words as words
from reader.work.agreeing import Agreement, Article, Found

_DIGITS = 6


def of(found: Found, article: Article | None = None) -> list[dict[str, Any]]:
    """One row for each number."""
    about = {} if article is None else {"article": article.number, "article_id": article.id, "title": article.title}
    return [
        about
        | {
            "annotators": list(asked.group),
            "of": _kind(asked.row),
            "tag": words.row_name(asked.row),
            "measure": asked.measure.id,
            "value": _rounded(value.number),
            "low": _rounded(value.interval.low if value.interval else None),
            "high": _rounded(value.interval.high if value.interval else None),
            "why_no_value": value.why,
            "why_no_interval": value.no_interval,
            "note": value.note,
        }
        for asked, value in found
    ]


def about(agreement: Agreement) -> dict[str, Any]:
    """Who was compared on what, and by which definitions."""
    return {
        "annotators": [
            {
                "name": person.name, "annotator": person.side.annotator, "annotator_id": person.side.annotator_id,
                "layer_id": person.side.id, "purpose": person.side.purpose, "marks": agreement.marks[person.name],
            }
            for person in agreement.people
        ],
        "tags": [{"name": tag.name, "id": tag.row.id} for tag in agreement.tags],
        "articles": [_article(compared.article) for compared in agreement.articles],
        "characters": agreement.length,
        "left_out": [{**_article(apart.article), "read_by": list(apart.readers)} for apart in agreement.left_out],
        "begun": [{**_article(article), "annotator": name} for article, name in agreement.begun],
        "intervals": {"of": "articles", "method": "percentile bootstrap", "level": LEVEL, "resamples": RESAMPLES,
                      "seed": SEED},
        "measures": [
            {name: value for name, value in measure._asdict().items() if isinstance(value, str)} for measure in MEASURES
        ],
    }  # fmt: skip


def shown_overall(found: Found) -> list[Row]:
    """Measures down, with tags and without across."""
    by = {(asked.measure.id, asked.row): value for asked, value in found}
    rows: list[Row] = []
    for measure in MEASURES:
        row: dict[str, object] = {"measure": measure.name}
        for name, which in (("all", Whole.ALL), ("any", Whole.ANY)):
            value = by[measure.id, which]
            row[name] = words.number(value, measure)
            row[f"{name} interval"] = words.interval(value, measure)
        rows.append(row)
    return rows


def shown_tags(found: Found, agreement: Agreement) -> list[Row]:
    """Tags down, measures across."""
    rows: list[Row] = []
    for tag in agreement.tags:
        style = COLOURS.get(tag.row.colour, "")
        name = Text(safe(tag.row.symbol), f"bold {style}").append(f" {safe(tag.name)}", "not bold default")
        rows.append(shown_row({"tag": name}, [(asked, value) for asked, value in found if asked.row == tag.name]))
    return rows


def shown_each(found: Found) -> list[Row]:
    """A line for each number, with its interval."""
    return [
        {
            "tag": words.row_name(asked.row),
            "measure": asked.measure.name,
            "value": words.number(value, asked.measure),
            "interval": words.interval(value, asked.measure),
        }
        for asked, value in found
    ]


def shown_group(name: Row, found: Found) -> Row:
    """One line of measures: of all tags where a measure can be, else of any tag."""
    return shown_row(name, words.summed_up(found))


def shown_row(name: Row, found: Found) -> Row:
    """One line: each measure's number."""
    return {**name, **_numbers(found)}


def is_shown(asked: Asked) -> bool:
    """Whether a table with one number for each measure has it."""
    return asked.row is words.summary_row(asked.measure) or isinstance(asked.row, str)


def shown_matrix(found: Found, people: Group) -> list[Row]:
    """Each with each."""
    by = {asked.group: words.number(value, asked.measure) for asked, value in found}
    return [
        {"name": a} | {str(at): "" if a == b else by.get((a, b), by.get((b, a), "")) for at, b in enumerate(people)}
        for a in people
    ]


def of_confusion(table: Confusion, pair: Group, tags: Sequence[str]) -> list[dict[str, Any]]:
    """One row for each pair of tags that there is."""
    order = [*tags, None]
    return [
        {"annotator_a": pair[0], "annotator_b": pair[1], "tag_a": a or "", "tag_b": b or "", "marks": table[a, b]}
        for a in order
        for b in order
        if table[a, b]
    ]


def shown_confusion(table: Confusion, tags: Sequence[str]) -> list[Row]:
    """The tags of one down, of the other across; what only one marked at the end."""
    order: list[str | None] = [*tags, None]
    return [{"tag": a or words.NOT_MARKED} | {str(at): table[a, b] or "·" for at, b in enumerate(order)} for a in order]


def across(names: Iterable[str]) -> dict[str, str]:
    """The headings of a table whose columns are numbered."""
    return {str(at): name for at, name in enumerate(names)}


def _numbers(found: Iterable[tuple[Asked, Value]]) -> dict[str, object]:
    return {asked.measure.id: words.number(value, asked.measure) for asked, value in found}


def _kind(row: Measured) -> str:
    return row.name.casefold() if isinstance(row, Whole) else "tag"


def _article(article: Article) -> dict[str, Any]:
    return {"number": article.number, "id": article.id, "title": article.title, "characters": article.length}


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, _DIGITS)
