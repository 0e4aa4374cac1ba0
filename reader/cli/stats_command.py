"""`reader stats`: what there is in numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from reader.cli import options, tables
from reader.errors import NotFound, UsageProblem

if TYPE_CHECKING:
    from reader.project import Project
    from reader.work.coverage import Covered
    from reader.work.stats import Among, Overview, Tally

WEEKS = 60
"""Days, weeks or months that a line has room for."""

_TAG_HEADINGS = {
    "tag": "tag", "marks": "marks", "articles": "articles", "words": "words", "share": "of the text",
    "strip": "where in the text",
}  # fmt: skip
_BESIDE_STRIP, _NARROWEST_STRIP = 66, 10
"""Columns of a table of tags besides its strips, and the fewest of a strip."""

_NUMBERS = ("marks", "articles", "words", "share", "number")


@click.command("stats")
@click.argument("articles", nargs=-1, metavar="[ARTICLE]…")
@click.option("--by", metavar="WHAT", help="tag, annotator, article, source, day, week, month, date, or an attribute.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Only this tag; again for more.")
@click.option("--annotator", "annotators", multiple=True, metavar="NAME", help="Only this one's; again for more.")
@click.option("--words", is_flag=True, help="Count the words in marks however much text there is.")
@click.option("--plot", is_flag=True, help="Draw it: marks over time, or where in the text they are.")
@click.option("--format", "form", metavar="NAME", help="table, csv or json, where the file's ending doesn't say so.")
@click.option("-o", "--output", metavar="FILE", default="-", help="Where to; - (or nothing) is the standard output.")
@options.library
def command(
    articles: tuple[str, ...],
    by: str | None,
    tags: tuple[str, ...],
    annotators: tuple[str, ...],
    words: bool,
    plot: bool,
    form: str | None,
    output: str,
    db: str | None,
    who: str | None,
) -> None:
    """Count marks: everybody's, in these articles or in all.

    \b
    reader stats                       the most important of it
    reader stats 3 --annotator ana     one article, one person's marks
    reader stats --by speaker          who is quoted how often
    reader stats --by week --plot      when marks were made
    reader stats --by article -o articles.csv

    What several marks of a tag share is counted once. Times are UTC; a date is the month that articles are of.
    """
    from reader.cli import opening
    from reader.work import stats

    chosen = tables.form_of(form, output)
    with opening.opened(db, who) as project:
        among = stats.choose(project, articles, tags, annotators)
        if plot:
            _plot(project, among, by or stats.By.TAG, chosen, output)
        elif by is None and chosen != tables.CSV:
            _overview(project, among, chosen, output, words)
        else:
            _one(project, among, by or stats.By.TAG, chosen, output, words)
        if output != tables.STDOUT:
            from reader.cli.say import tell

            tell(f"Wrote the numbers to {output}")


def _covered(project: Project, among: Among, words: bool, output: str = "") -> Covered:
    """What is covered; `output` is where a table of it goes, whose strips are to fit in."""
    import shutil

    from reader.cli.say import watched
    from reader.work import coverage

    def watch(numbers: Iterable[int]) -> Iterable[int]:
        return watched(numbers, "Reading article")

    bins = coverage.BINS
    if tables.is_seen(output):
        bins = max(_NARROWEST_STRIP, min(bins, shutil.get_terminal_size((100, 24)).columns - _BESIDE_STRIP))
    return coverage.covered(project, among, bins=bins, count_words=words or None, watch=watch)


def _one(project: Project, among: Among, by: str, form: str, output: str, words: bool) -> None:
    """One table."""
    from reader.cli import stats_rows as rows
    from reader.work import stats

    tallies = stats.tallied(project, among, by)
    name = stats.called(project, by)
    if not tallies and name not in set(stats.By):
        raise NotFound(f"Nothing is said of “{name}” in these marks: `reader stats` shows what is.")
    if not tallies:
        raise _nothing()
    known = stats.tags(project)
    if name == stats.By.TAG:
        covered = _covered(project, among, words, output if form == tables.TABLE else "")
        if form == tables.TABLE:
            tables.write(form, rows.shown_tags(tallies, covered, known), _TAG_HEADINGS, _NUMBERS, output)
        else:
            tables.write(form, rows.of_tags(tallies, covered), {}, (), output)
    elif form == tables.TABLE:
        tables.write(form, rows.shown(tallies, f"no {name}"), _headings(name, tallies), _NUMBERS, output)
    else:
        tables.write(form, rows.of(name, tallies, known), {}, (), output)


def _headings(name: str, tallies: Iterable[Tally]) -> dict[str, str]:
    """The columns that there is something in."""
    some = list(tallies)
    headings = {"number": "", "name": name, "marks": "marks", "articles": "articles", "bar": ""}
    if not any(tally.number for tally in some):
        del headings["number"]
    if not any(tally.articles > 1 for tally in some):
        del headings["articles"]
    return headings


def _overview(project: Project, among: Among, form: str, output: str, words: bool) -> None:
    from reader.cli import stats_rows as rows
    from reader.work import stats

    overview = stats.overview(project, among)
    covered = _covered(project, among, words, output if form == tables.TABLE else "")
    known = stats.tags(project)
    if form == tables.JSON:
        tables.write_json(rows.of_overview(overview, covered, known), output)
        return
    seen = tables.is_seen(output)
    parts = [_summary(overview)]
    if overview.marks:
        tagged = rows.shown_tags(overview.tags, covered, known)
        parts.append(tables.table(tagged, _TAG_HEADINGS, _NUMBERS, seen=seen))
        some: list[tuple[str, tuple[Tally, ...]]] = [
            ("annotator", overview.annotators if len(overview.annotators) > 1 else ()),
            ("article", overview.by_article if overview.articles > 1 else ()),
            ("source", overview.sources if len(overview.sources) > 1 else ()),
            *overview.said.items(),
        ]
        for name, tallies in some:
            if tallies:
                shown = rows.shown(tallies, f"no {name}")
                parts.append(tables.table(shown, _headings(name, tallies), _NUMBERS, seen=seen))
        parts.append(_times(overview))
    tables.write_text("\n".join(parts), output)


def _summary(overview: Overview) -> str:
    from reader.cli.say import counted

    people = counted(len(overview.annotators), "annotator")
    where = f"{counted(overview.marks, 'mark')} by {people} in {counted(overview.marked, 'article')}"
    gone = f"; {counted(overview.orphans, 'orphan')} left out" if overview.orphans else ""
    return f"{counted(overview.articles, 'article')}, {counted(overview.words, 'word')}; {where}{gone}\n"


def _times(overview: Overview) -> str:
    """A strip from the first day to the last."""
    from reader.cli.say import counted
    from reader.work import stats
    from reader.work.strips import blocks, gathered

    period = stats.fitting(overview.days, WEEKS)
    times = stats.filled(stats.over_time(overview.days, period), period)
    numbers = gathered([each.marks for each in times], WEEKS)
    first, last = times[0].name, times[-1].name
    if first == last:
        return f"made on {first}\n" if period is stats.By.DAY else f"made in {first}\n"
    strip = blocks(numbers, max(numbers))
    return f"marks by {period}\n{first} {strip} {last}   at most {counted(int(max(numbers)), 'mark')}\n"


def _plot(project: Project, among: Among, by: str, form: str, output: str) -> None:
    import os

    from reader.cli import plots
    from reader.work import stats

    if form != tables.TABLE:
        raise UsageProblem("A plot is no CSV or JSON: leave out --plot or --format.")
    name = stats.called(project, by)
    if name not in (stats.By.TAG, stats.By.DATE, *stats.OVER_TIME):
        raise UsageProblem(
            f"There is no plot by {name}: --by tag shows where marks are, --by week when they were made."
        )
    plots.require()
    tallies = stats.tallied(project, among, name)
    if name in stats.OVER_TIME or name == stats.By.DATE:
        tallies = stats.filled(tallies, stats.By(name))
    if not any(tally.marks for tally in tallies):
        raise _nothing()
    known = stats.tags(project)
    styled = tables.is_seen(output) and "NO_COLOR" not in os.environ
    if name == stats.By.TAG:
        drawn = plots.places(_covered(project, among, words=False), known, styled=styled)
    else:
        drawn = plots.times(tallies, known, styled=styled)
    tables.write_text(drawn, output)


def _nothing() -> NotFound:
    return NotFound("There are no such marks to count: `reader list` shows which articles have some.")
