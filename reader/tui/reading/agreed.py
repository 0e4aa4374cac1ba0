"""Agreement as lines of words: what each view shows, and what is said of the line that is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from reader.project import Project
from reader.review.agreement.bootstrap import Asked
from reader.review.agreement.confusion import Confusion
from reader.review.agreement.counting import Group
from reader.review.agreement.measures import MEASURES, Measure, measured
from reader.review.agreement.spans import Row, Whole
from reader.review.agreement.value import Value
from reader.tui.layout.cells import fitted, fitted_end, width_of
from reader.tui.reading.meanings import Line, rows
from reader.tui.themes import Palette
from reader.work import adjudicated, agreeing
from reader.work import agreed_words as words
from reader.work.adjudicated import NOT_INDEPENDENT, Adjudicated
from reader.work.agreeing import Agreement, Compared, Found, Watch
from reader.work.stats import Among

NAME, CELL, INTERVAL = 19, 9, 16
"""Cells of a name, of a number and of its interval."""

PAIR = 14
"""Cells of a column for two people; shown where there is room for all of them."""

WIDEST_TITLE = 48


class View(StrEnum):
    """What is shown; the name is what a person reads."""

    OVERALL = "overall"
    TAGS = "tags with intervals"
    ARTICLES = "article by article"
    MATRIX = "each with each"
    CONFUSION = "which tags for the same words"
    AFTER = "before and after adjudication"


class Entry(NamedTuple):
    """A line, and the numbers on it; one without numbers cannot be chosen."""

    line: Line
    found: Found = ()


class Known(NamedTuple):
    """What has been measured so far; None where it is still to come."""

    agreement: Agreement | None = None
    found: Found | None = None
    """Everybody together: all tags, any tag, each tag."""
    articles: Sequence[tuple[Compared, Found]] | None = None
    pairs: Found | None = None
    tables: Mapping[Group, Confusion] | None = None
    after: Sequence[tuple[Adjudicated, Found, Found]] | None = None

    def joined(self, more: Known) -> Known:
        """Both; what `more` knows is newer."""
        return Known._make(new if new is not None else old for old, new in zip(self, more, strict=True))


def measuring(view: View, project: Project, among: Among, known: Known, watch: Watch) -> Iterator[Known]:
    """What a view needs, piece by piece as it is measured; ReaderError where there is nothing to measure.

    `known`: at least the agreement, unless it is what is asked for. Whatever `watch` raises ends it.
    """
    if view is View.AFTER:
        done = adjudicated.adjudicated(project, among=among, watch=watch)
        before = [agreeing.plain(each.before, agreeing.overall(each.before)) for each in done]
        then = [agreeing.plain(each.after, each.asked(tuple(Whole))) for each in done]
        yield Known(after=list(zip(done, before, then, strict=True)))
    elif known.agreement is None:
        agreement = agreeing.agreement(project, agreeing.people(project, among=among), among, watch=watch)
        asked = agreeing.overall(agreement)
        # Numbers first: a thousand resamples take longer than all the rest.
        yield Known(agreement, agreeing.plain(agreement, asked))
        yield Known(found=agreeing.values(agreement, asked))
    elif view is View.ARTICLES:
        agreement = known.agreement
        each = [(one, agreeing.in_article(agreement, one, per_tag=False)) for one in agreement.articles]
        yield Known(articles=each)
    elif view is View.MATRIX:
        agreement = known.agreement
        yield Known(pairs=agreeing.plain(agreement, [
            Asked(measure, pair, words.summary_row(measure)) for measure in MEASURES for pair in agreement.pairs
        ]))  # fmt: skip
    elif view is View.CONFUSION:
        agreement = known.agreement
        yield Known(tables={pair: agreeing.confused(project, agreement, pair, among) for pair in agreement.pairs})


def entries_of(view: View, known: Known, palette: Palette, width: int) -> list[Entry] | None:
    """The lines of a view; None where what it shows has still to be measured."""
    agreement = known.agreement
    if view is View.AFTER:
        return None if known.after is None else after(known.after, width)
    if agreement is None or known.found is None:
        return None
    if view is View.OVERALL:
        return overall(agreement, known.found, palette, width)
    if view is View.TAGS:
        return tags(known.found)
    if view is View.ARTICLES:
        return None if known.articles is None else articles(known.articles, width)
    if view is View.MATRIX:
        return None if known.pairs is None else matrix(agreement.everybody, known.pairs, width)
    return None if known.tables is None else confusion(agreement, known.tables, width)


def overall(agreement: Agreement, found: Found, palette: Palette, width: int) -> list[Entry]:
    """Measures down, all tags and any tag across; then tags down, measures across; then what else there is to say."""
    by = {(asked.measure.id, asked.row): (asked, value) for asked, value in found}
    room = width - NAME - 2 * (CELL + INTERVAL)
    pairs = agreement.pairs if room // len(agreement.pairs) >= PAIR and len(agreement.pairs) > 1 else ()
    columns = [
        ("all tags", CELL, INTERVAL),
        ("any tag", CELL, INTERVAL),
        *(("–".join(pair), PAIR, 0) for pair in pairs),
    ]
    entries = [Entry(_heading(NAME, columns))]
    for measure in MEASURES:
        cells = [by[measure.id, row] for row in Whole]
        line: Line = [(fitted(measure.name, NAME), "text")]
        for _, value in cells:
            line += [_number(value, measure), (fitted(f"  {words.interval(value, measure)}", INTERVAL), "quiet")]
        for pair in pairs:
            asked = Asked(measure, pair, words.summary_row(measure))
            cells.append((asked, measured(measure, agreement.total, pair, asked.row)))
            line.append((_right(words.number(cells[-1][1], measure), PAIR), "text"))
        entries.append(Entry(line, cells))
    entries.append(Entry([]))
    if agreement.tags:
        entries.append(Entry(_measure_heading("")))
        for tag in agreement.tags:
            ink = palette.tags[tag.row.colour].ink
            name = [(fitted(tag.row.symbol, 2), f"bold {ink}"), (fitted(tag.name, NAME - 2), "text")]
            entries.append(_numbers(name, [by[measure.id, tag.name] for measure in MEASURES]))
        entries.append(Entry([]))
    said = [*words.left_out(agreement), *words.no_intervals(value for _, value in found)]
    return [*entries, *_said(said, width)]


def tags(found: Found) -> list[Entry]:
    """Every number of every tag with its interval."""
    entries: list[Entry] = []
    row: Row | None = None
    for asked, value in found:
        if asked.row != row:
            row = asked.row
            entries += [*([Entry([])] if entries else []), Entry([(words.row_name(row), "accent")])]
        line: Line = [(fitted(f"  {asked.measure.name}", NAME + 2), "text"), _number(value, asked.measure)]
        line.append((f"  {words.interval(value, asked.measure)}", "quiet"))
        entries.append(Entry(line, [(asked, value)]))
    return entries


def articles(each: Sequence[tuple[Compared, Found]], width: int) -> list[Entry]:
    """Articles down, measures across."""
    room = max(NAME, min(WIDEST_TITLE, width - 2 - CELL * len(MEASURES)))
    entries = [Entry(_measure_heading("", room))]
    for compared, found in each:
        name = [(fitted(compared.article.title, room), "text")]
        entries.append(_numbers(name, words.summed_up(found)))
    return [*entries, Entry([]), *_said([words.SUMMED_UP], width)]


def matrix(people: Group, found: Found, width: int) -> list[Entry]:
    """Each with each, a table for each measure."""
    room = max(6, min(NAME, (width - 2) // (len(people) + 1) - 1))
    by = {(asked.measure.id, asked.group): (asked, value) for asked, value in found}
    entries: list[Entry] = []
    for measure in MEASURES:
        heading = f"{measure.name}, {words.row_name(words.summary_row(measure))}"
        entries += [*([Entry([])] if entries else []), Entry([(heading, "accent")])]
        entries.append(Entry([(" " * room, "text"), *((f" {_right(name, room)}", "quiet") for name in people)]))
        for a in people:
            cells = {b: by.get((measure.id, (a, b))) or by.get((measure.id, (b, a))) for b in people}
            line: Line = [(fitted(a, room), "text")]
            line += [(f" {_right(words.number(cell[1], measure) if cell else '', room)}", "text")
                     for cell in cells.values()]  # fmt: skip
            entries.append(Entry(line, [cell for cell in cells.values() if cell]))
    return entries


def confusion(agreement: Agreement, tables: Mapping[Group, Confusion], width: int) -> list[Entry]:
    """A table for each two: the tags of the one down, of the other across."""
    order: list[str | None] = [*(tag.name for tag in agreement.tags), None]
    room = max(6, min(NAME, (width - 2) // (len(order) + 1) - 1))
    entries: list[Entry] = []
    for (a, b), table in tables.items():
        entries += [*([Entry([])] if entries else []), Entry([(f"{a} down, {b} across", "accent")])]
        names = [name or words.NOT_MARKED for name in order]
        entries.append(Entry([(" " * room, "text"), *((f" {_right(name, room)}", "quiet") for name in names)]))
        for down, name in zip(order, names, strict=True):
            line: Line = [(fitted(name, room), "text")]
            for across in order:
                number = table[down, across]
                look = "quiet" if not number else "good" if down == across else "bold"
                line.append((f" {_right(f'{number:,}' if number else '·', room)}", look))
            entries.append(Entry(line))
    return [*entries, Entry([]), *_said([words.MATCHED], width)]


def after(each: Sequence[tuple[Adjudicated, Found, Found]], width: int) -> list[Entry]:
    """Of each review the annotators with each other, then each of them with what was decided."""
    entries: list[Entry] = []
    for one, before, then in each:
        people = " – ".join(one.before.everybody)
        names = [people, *(f"{person} – {one.final}" for person, _ in one.pairs)]
        room = max(NAME, min(WIDEST_TITLE, max(map(width_of, names)) + 1, width - 2 - CELL * len(MEASURES)))
        number = len(one.before.articles)
        decided = "1 article" if number == 1 else f"{number:,} articles"
        title = f"{decided} decided by {one.review.reviewer.name}"
        entries += [
            *([Entry([])] if entries else []),
            Entry([(title, "accent")]),
            Entry(_measure_heading("before", room)),
        ]
        entries.append(_numbers([(fitted(people, room), "text")], words.summed_up(before)))
        entries.append(Entry(_measure_heading("after", room)))
        for pair, name in zip(one.pairs, names[1:], strict=True):
            of_pair = words.summed_up([answer for answer in then if answer[0].group == pair])
            entries.append(_numbers([(fitted(name, room), "text")], of_pair))
        entries += [Entry([]), *_said([NOT_INDEPENDENT, words.SUMMED_UP, *words.waiting(one)], width)]
    return entries


def said_of(entry: Entry, width: int) -> list[Line]:
    """What there is to know of the numbers on a line: why one is missing, what to bear in mind, else how to read it."""
    several = len({asked.measure.id for asked, _ in entry.found}) > 1
    groups = len({asked.group for asked, _ in entry.found}) > 1
    remarks = words.remarks((_where(asked, groups), asked.measure, value) for asked, value in entry.found)
    lines: list[Line] = [[(text, "warning")] for remark in remarks for text in rows(remark, width)]
    if entry.found and not several:
        measure = entry.found[0][0].measure
        lines += [[(text, "quiet")] for text in rows(measure.reading, width)]
    return lines


def explained(entry: Entry | None, width: int) -> list[Line]:
    """The definitions of the measures on a line, or of all."""
    lines: list[Line] = []
    for measure in dict.fromkeys(asked.measure for asked, _ in entry.found) if entry is not None else MEASURES:
        (_, title), *parts = words.explained(measure)
        lines += [*([[]] if lines else []), [(title, "accent")]]
        for heading, text in parts:
            for number, part in enumerate(rows(text, width - NAME)):
                lines.append([(fitted("" if number else heading, NAME), "quiet"), (part, "text")])
    return lines


def _where(asked: Asked, groups: bool) -> str:
    row = words.row_name(asked.row)
    return f"{' – '.join(asked.group)}, {row}" if groups else row


def _said(said: Iterable[str], width: int) -> Iterator[Entry]:
    return (Entry([(text, "quiet")]) for each in said for text in rows(each, width))


def _numbers(name: Line, found: Found) -> Entry:
    return Entry([*name, *(_number(value, asked.measure) for asked, value in found)], found)


def _number(value: Value, measure: Measure) -> tuple[str, str]:
    return _right(words.number(value, measure), CELL), "quiet" if value.number is None else "bold"


def _measure_heading(name: str, room: int = NAME) -> Line:
    return _heading(room, [(_SHORT.get(measure.id, measure.short), CELL, 0) for measure in MEASURES], name)


_SHORT = {"overlap": "overlap"}
"""What a heading has room for."""


def _heading(room: int, columns: Iterable[tuple[str, int, int]], name: str = "") -> Line:
    cells = [f" {_right(title, cells - 1)}{' ' * gap}" for title, cells, gap in columns]
    return [(fitted(name, room) + "".join(cells), "quiet")]


def _right(text: str, cells: int) -> str:
    """At the right end, cut at its own end where it is too long."""
    return fitted_end(fitted(text, min(cells, width_of(text))), cells)
