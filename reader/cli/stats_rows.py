"""Numbers as rows: for files everything under its own name, for people what a line has room for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.text import Text

from reader.cli.tables import Row
from reader.documents.normalise import safe
from reader.work.coverage import Cover, Covered
from reader.work.stats import Overview, TagRow, Tally
from reader.work.strips import bar, blocks

COLOURS = {
    "blue": "blue", "green": "green", "amber": "yellow", "magenta": "magenta", "cyan": "cyan", "red": "red",
    "violet": "bright_magenta", "olive": "bright_yellow",
}  # fmt: skip
"""What a terminal has for the colours of tags."""

BAR = 20
_DIGITS = 4

Tags = Mapping[str, TagRow]


def of_tags(tallies: Sequence[Tally], covered: Covered) -> list[dict[str, Any]]:
    """Each tag: marks, articles, what it covers of the text and where."""
    return [
        {"tag": tally.name, "id": tally.id, "marks": tally.marks, "articles": tally.articles}
        | _cover(covered, covered.tags.get(tally.id))
        for tally in tallies
    ]


def of(by: str, tallies: Sequence[Tally], tags: Tags) -> list[dict[str, Any]]:
    """Each line of another table, with the marks of each tag as `tag.NAME`."""
    used = [id_ for id_ in tags if any(id_ in tally.tags for tally in tallies)]
    names = [tags[id_].name for id_ in used]
    columns = {
        id_: f"tag.{name}" if names.count(name) == 1 else f"tag.{name} {id_}"
        for id_, name in zip(used, names, strict=True)
    }
    rows = []
    for tally in tallies:
        row: dict[str, Any] = {"number": tally.number} if tally.number else {}
        row[by] = tally.name
        if tally.id:
            row["id"] = tally.id
        row["marks"] = tally.marks
        if tally.articles:
            row["articles"] = tally.articles
        rows.append(row | {column: tally.tags.get(id_, 0) for id_, column in columns.items()})
    return rows


def of_overview(overview: Overview, covered: Covered, tags: Tags) -> dict[str, Any]:
    """All of it."""
    return {
        "articles": overview.articles,
        "words": overview.words,
        "characters": overview.length,
        "marks": overview.marks,
        "orphans": overview.orphans,
        "articles_with_marks": overview.marked,
        "covered": {"of_characters": covered.length, "of_words": covered.words, **_cover(covered, covered.all)},
        "tags": of_tags(overview.tags, covered),
        "annotators": of("annotator", overview.annotators, tags),
        "most_marked_articles": of("article", overview.by_article, tags),
        "sources": of("source", overview.sources, tags),
        "said": {name: of(name, some, tags) for name, some in overview.said.items()},
        "days": of("day", overview.days, tags),
    }


def shown_tags(tallies: Sequence[Tally], covered: Covered, tags: Tags) -> list[Row]:
    """Tags for people, each with its letter, its colour and its strip; the last line is all of them."""
    highest = max((max(each.strip) for each in (covered.all, *covered.tags.values())), default=0)
    rows: list[Row] = []
    for tally in tallies:
        style = COLOURS.get(tags[tally.id].colour, "")
        name = Text(safe(tags[tally.id].symbol), f"bold {style}").append(f" {safe(tally.name)}", "not bold default")
        rows.append(_shown(name, tally.marks, tally.articles, covered, covered.tags.get(tally.id), highest, style))
    if len(tallies) > 1:
        marks = sum(tally.marks for tally in tallies)
        rows.append(_shown(Text("  all"), marks, covered.articles, covered, covered.all, highest, ""))
    return rows


def shown(tallies: Sequence[Tally], nothing: str) -> list[Row]:
    """Another table for people, with a bar; what has no name is called `nothing`."""
    highest = max((tally.marks for tally in tallies), default=0)
    return [
        {
            "number": str(tally.number),
            # Where a terminal is too narrow it is cut, rather than spread over several lines.
            "name": Text(safe(tally.name or nothing), no_wrap=True, overflow="ellipsis"),
            "marks": f"{tally.marks:,}",
            "articles": f"{tally.articles:,}",
            "bar": bar(tally.marks, highest, BAR),
        }
        for tally in tallies
    ]


def _cover(covered: Covered, cover: Cover | None) -> dict[str, Any]:
    if cover is None:
        return {"characters": 0, "share": 0.0, "words": 0, "strip": []}
    return {
        "characters": cover.length,
        "share": round(covered.share(cover), _DIGITS),
        "words": cover.words,
        "strip": [round(share, _DIGITS) for share in cover.strip],
    }


def _shown(
    name: Text, marks: int, articles: int, covered: Covered, cover: Cover | None, highest: float, style: str
) -> Row:
    return {
        "tag": name,
        "marks": f"{marks:,}",
        "articles": f"{articles:,}",
        "words": "" if cover is None or cover.words is None else f"{cover.words:,}",
        "share": "" if cover is None else f"{100 * covered.share(cover):.1f} %",
        "strip": Text("" if cover is None else blocks(cover.strip, highest), style),
    }
