"""What `reader agree` writes: tables for people or programs, with what there is to say beside the numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reader.cli import agree_rows as rows
from reader.cli import tables
from reader.cli.say import counted
from reader.documents.normalise import safe
from reader.errors import UsageProblem
from reader.project import Project
from reader.review.agreement.bootstrap import Asked
from reader.review.agreement.counting import Group
from reader.review.agreement.measures import MEASURES, Measure
from reader.review.agreement.spans import Whole
from reader.work import agreed_words as words
from reader.work import agreeing
from reader.work.adjudicated import NOT_INDEPENDENT, Adjudicated
from reader.work.agreeing import Agreement, Found
from reader.work.stats import Among

_MEASURES = {measure.id: measure.short for measure in MEASURES}
_OVERALL = {"measure": "", "all": "all tags", "all interval": "95 %", "any": "any tag", "any interval": "95 %"}
_EACH = {"tag": "tag", "measure": "measure", "value": "", "interval": "95 %"}
_RIGHT = ("all", "any", "value", "number", *_MEASURES)


def write_overall(agreement: Agreement, form: str, output: str) -> None:
    """All measures over all articles, each tag, and, of more than two people, each pair."""
    found = agreeing.values(agreement, agreeing.overall(agreement))
    several = len(agreement.people) > 2
    pairs = agreeing.in_pairs(agreement) if several else []
    if form != tables.TABLE:
        _write_numbers(agreement, form, output, rows.of([*found, *agreeing.values(agreement, pairs)]))
        return
    seen = tables.is_seen(output)
    parts = [_head(agreement), _table(rows.shown_overall(found), _OVERALL, seen)]
    if agreement.tags:
        parts.append(_table(rows.shown_tags(found, agreement), {"tag": "tag"} | _MEASURES, seen))
    if several:
        parts.append(_groups(agreement.pairs, agreeing.plain(agreement, pairs), seen))
    tables.write_text("\n".join([*parts, _below(agreement, found, seen)]), output)


def write_tags(agreement: Agreement, form: str, output: str) -> None:
    """All tags, any tag and each tag, with intervals."""
    found = agreeing.values(agreement, agreeing.overall(agreement))
    if form != tables.TABLE:
        _write_numbers(agreement, form, output, rows.of(found))
        return
    seen = tables.is_seen(output)
    table = _table(rows.shown_each(found), _EACH, seen)
    tables.write_text("\n".join([_head(agreement), table, _below(agreement, found, seen)]), output)


def write_articles(agreement: Agreement, form: str, output: str, *, per_tag: bool) -> None:
    """Each article, or each tag of each article."""
    found = [(each, agreeing.in_article(agreement, each, per_tag=per_tag)) for each in agreement.articles]
    if form != tables.TABLE:
        cells = [row for each, numbers in found for row in rows.of(numbers, each.article)]
        _write_numbers(agreement, form, output, cells)
        return
    lines = []
    for each, numbers in found:
        lines.append(
            rows.shown_group({"number": str(each.article.number), "article": each.article.title, "tag": ""}, numbers)
        )
        for tag in dict.fromkeys(asked.row for asked, _ in numbers if isinstance(asked.row, str)):
            of_tag = [answer for answer in numbers if answer[0].row == tag]
            lines.append(rows.shown_row({"number": "", "article": "", "tag": tag}, of_tag))
    headings = {"number": "", "article": "article"} | ({"tag": "tag"} if per_tag else {}) | _MEASURES
    said = [words.SUMMED_UP, *words.left_out(agreement), *words.remarks(
        (f"article {each.article.number}", asked.measure, value)
        for each, numbers in found for asked, value in numbers if rows.is_shown(asked)
    ), _how()]  # fmt: skip
    seen = tables.is_seen(output)
    tables.write_text("\n".join([_head(agreement), _table(lines, headings, seen), _lines(said, seen)]), output)


def write_matrix(agreement: Agreement, name: str, form: str, output: str) -> None:
    """Each with each, by one measure."""
    measure = _measure(name)
    row = words.summary_row(measure)
    asked = [Asked(measure, pair, row) for pair in agreement.pairs]
    if form != tables.TABLE:
        _write_numbers(agreement, form, output, rows.of(agreeing.values(agreement, asked)))
        return
    found = agreeing.plain(agreement, asked)
    people = agreement.everybody
    headings = {"name": f"{measure.name}, {words.row_name(row)}"} | rows.across(people)
    shown = rows.shown_matrix(found, people)
    seen = tables.is_seen(output)
    table = tables.table(shown, headings, list(rows.across(people)), seen=seen)
    remarks = words.remarks((" and ".join(each.group), each.measure, value) for each, value in found)
    said = [*words.left_out(agreement), *remarks, _how()]
    tables.write_text("\n".join([_head(agreement), table, _lines(said, seen)]), output)


def write_confusion(project: Project, agreement: Agreement, among: Among, form: str, output: str) -> None:
    """Which tags each two gave to the same words."""
    names = [tag.name for tag in agreement.tags]
    found = [(pair, agreeing.confused(project, agreement, pair, among)) for pair in agreement.pairs]
    if form != tables.TABLE:
        cells = [cell for pair, table in found for cell in rows.of_confusion(table, pair, names)]
        if form == tables.JSON:
            tables.write_json(rows.about(agreement) | {"confusion": cells}, output)
        else:
            tables.write(form, cells, {}, to=output)
        return
    seen = tables.is_seen(output)
    parts = [_head(agreement)]
    columns = rows.across([*names, words.NOT_MARKED])
    for pair, table in found:
        shown = rows.shown_confusion(table, names)
        parts.append(f"{safe(pair[0])} down, {safe(pair[1])} across: marks\n")
        parts.append(tables.table(shown, {"tag": ""} | columns, list(columns), seen=seen))
    tables.write_text("\n".join([*parts, _lines([words.MATCHED, *words.left_out(agreement)], seen)]), output)


def write_after(found: Sequence[Adjudicated], form: str, output: str) -> None:
    """Of each review the agreement before, and with the final marks after."""
    if form != tables.TABLE:
        some = [
            (each, when, agreement, agreeing.values(agreement, asked))
            for each in found
            for when, agreement, asked in (
                ("before", each.before, agreeing.overall(each.before)),
                ("after", each.after, each.asked(each.after.rows)),
            )
        ]
        numbers = [
            {"review": each.review.id, "when": when} | row
            for each, when, _, numbers in some
            for row in rows.of(numbers)
        ]
        if form == tables.JSON:
            about = [{"review": each.review.id, "reviewer": each.review.reviewer.name, "final": each.final,
                      "undecided": [{"number": article.number, "title": article.title, "differences": left}
                                    for article, left in each.waiting]} | rows.about(each.before)
                     for each in found]  # fmt: skip
            tables.write_json({"reviews": about, "values": numbers, "note": NOT_INDEPENDENT}, output)
        else:
            tables.write(form, numbers, {}, to=output)
        return
    seen = tables.is_seen(output)
    parts = []
    for each in found:
        before = agreeing.values(each.before, agreeing.overall(each.before))
        after = agreeing.plain(each.after, each.asked(tuple(Whole)))
        parts += [
            f"Before: {_head(each.before)}",
            _table(rows.shown_overall(before), _OVERALL, seen),
            f"After: each with the final marks ({each.after.marks[each.final]:,}, decided by"
            f" {safe(each.review.reviewer.name)})\n",
            _groups(each.pairs, after, seen),
            _lines([NOT_INDEPENDENT, words.SUMMED_UP, *words.waiting(each), *_remarks(before), _how()], seen),
        ]
    tables.write_text("\n".join(parts), output)


def write_paragraph(agreement: Agreement, output: str) -> None:
    """For a methods section."""
    found = agreeing.values(agreement, agreeing.overall(agreement))
    sources = "\n".join(words.SOURCES)
    tables.write_text(f"{safe(words.paragraph(agreement, dict(found)))}\n\n{sources}\n", output)


def write_explained(name: str, output: str) -> None:
    """What a measure is, or all of them."""
    chosen = MEASURES if name.casefold() == "all" else (_measure(name),)
    parts = []
    for measure in chosen:
        (_, title), *said = words.explained(measure)
        lines = [f"{title} ({measure.id})", *(f"  {heading}: {text}" for heading, text in said)]
        parts.append(_lines(lines, tables.is_seen(output)))
    tables.write_text("\n".join(parts), output)


def _measure(name: str) -> Measure:
    wanted = name.casefold()
    for measure in MEASURES:
        if wanted in (measure.id, measure.name.casefold(), measure.short.casefold()):
            return measure
    raise UsageProblem(f"No measure is called “{name}”: there are {', '.join(each.id for each in MEASURES)}.")


def _write_numbers(agreement: Agreement, form: str, output: str, numbers: Sequence[dict[str, Any]]) -> None:
    if form == tables.JSON:
        tables.write_json(rows.about(agreement) | {"values": numbers}, output)
    else:
        tables.write(form, numbers, {}, to=output)


def _head(agreement: Agreement) -> str:
    people = ", ".join(f"{safe(name)} ({counted(agreement.marks[name], 'mark')})" for name in agreement.everybody)
    return f"{people} in {counted(len(agreement.articles), 'article')} of {agreement.length:,} characters\n"


def _groups(groups: Iterable[Group], found: Found, seen: bool) -> str:
    """A line for each group: all measures in one number each."""
    lines = [
        rows.shown_group({"who": " – ".join(group)}, [each for each in found if each[0].group == group])
        for group in groups
    ]
    return _table(lines, {"who": ""} | _MEASURES, seen)


def _table(lines: Sequence[tables.Row], headings: Mapping[str, str], seen: bool) -> str:
    """A table without the columns of intervals where there are none."""
    some = {
        name: heading for name, heading in headings.items() if heading != "95 %" or any(line[name] for line in lines)
    }
    return tables.table(lines, some, _RIGHT, seen=seen)


def _below(agreement: Agreement, found: Found, seen: bool) -> str:
    """What there is to say under a table."""
    no_intervals = words.no_intervals(value for _, value in found)
    return _lines([*words.left_out(agreement), *_remarks(found), *no_intervals, _how()], seen)


def _remarks(found: Found) -> list[str]:
    return words.remarks((words.row_name(asked.row), asked.measure, value) for asked, value in found)


def _how() -> str:
    ids = ", ".join(measure.id for measure in MEASURES)
    return f"`reader agree --explain MEASURE` gives its definition, its source and how to read it ({ids})."


def _lines(said: Iterable[str], seen: bool) -> str:
    """Sentences, each on a line of its own; on a terminal in lines that fit."""
    lines = [safe(line) for line in said]
    if seen:
        import shutil
        import textwrap

        width = shutil.get_terminal_size((100, 24)).columns
        lines = ["\n".join(textwrap.wrap(line, width, subsequent_indent="    ")) for line in lines]
    return "".join(f"{line}\n" for line in lines)
