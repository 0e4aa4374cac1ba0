"""A review as Markdown (CommonMark with tables), which reads well as it is written too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from reader.documents.normalise import safe
from reader.formats import review_versions
from reader.formats.review_report import Article, Entry, Mark, ReviewReport
from reader.formats.review_versions import Quoted, around, is_in_quotation_marks, shortened
from reader.formats.review_words import (
    KEY,
    day,
    decision,
    how_far,
    listed,
    paragraph_of,
    pieces,
    said,
    side_name,
    table,
    tag_name,
    verdict,
    what_differs,
    who,
)

ONLY = "⟦", "⟧"
"""Around words that only this one has marked; `**` would not open before a comma."""

_SPECIAL = re.compile(r"[\\`*_\[\]#|~$]|(?<=[Ww]{3})\.|:(?=//)")
_AT_START = re.compile(r"^(\d{0,9})([-+=.)])")
_BREAK = "\\\n  "


def write(report: ReviewReport, out: BinaryIO) -> None:
    """Writes the report in UTF-8."""
    out.write(("\n".join(_page(report)) + "\n").encode())


def escaped(text: str) -> str:
    """The text inside a line, so that Markdown, and HTML in it, gives exactly these words back; white space is one."""
    words = _SPECIAL.sub(r"\\\g<0>", " ".join(safe(text, lines=True).split()))
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def opening(text: str) -> str:
    """The same where a line or an item of a list begins with it."""
    return _AT_START.sub(r"\1\\\2", escaped(text))


def _lines_of(text: str) -> str:
    """A text of several lines inside a list item."""
    return _BREAK.join(opening(line) for line in safe(text, lines=True).split("\n") if line.strip())


def _page(report: ReviewReport) -> Iterator[str]:
    titles = [article.document.title for article in report.articles]
    yield f"# Review: {escaped(titles[0])}" if len(titles) == 1 else f"# Review of {len(titles)} articles"
    yield ""
    yield f"{opening(who(report))} Written on {escaped(day(report.written_at))}."
    yield ""
    yield from _counts(report)
    if any(entry.edges for article in report.articles for entry in article.entries):
        yield f"{ONLY[0]} {ONLY[1]}: words that only this one has marked.\n"
    for article in report.articles:
        yield from _article(report, article)
    if report.gaps:
        yield "## Gaps in the guideline\n"
        for gap in report.gaps:
            article = report.articles[gap.article]
            where = f"{opening(article.document.title)}, " if len(titles) > 1 else ""
            yield f"- {where}{gap.entry.number}: {_gap(report, article, gap.entry)}"
        yield ""
    if report.passed_over:
        yield "## Not compared\n"
        for title, missing in report.passed_over:
            names = listed(side_name(report, number) for number in missing)
            yield f"- {opening(title)}: not read by {escaped(names)}"
        yield ""


def _counts(report: ReviewReport) -> Iterator[str]:
    headings, rows = table(report)
    if not rows:
        return
    yield f"| | {' | '.join(headings)} |"
    yield f"|---|{'--:|' * len(headings)}"
    for name, numbers in rows:
        yield f"| {escaped(name)} | {' | '.join(str(number or '') for number in numbers)} |"
    yield ""
    if report.kind == KEY:
        f1 = "not defined without marks" if report.f1 is None else f"{report.f1:.2f}"
        yield f"Exact span F1: {f1} (twice what is right, by all marks of both).\n"


def _article(report: ReviewReport, article: Article) -> Iterator[str]:
    document = article.document
    yield f"## {escaped(document.title)}\n"
    known = [value for value in (document.byline, document.date, document.source) if value]
    if known:
        yield f"{opening(' · '.join(known))}\n"
    yield f"{opening(' · '.join(how_far(report, article)))}\n"
    place = paragraph_of(article)
    for entry in article.differences:
        yield from _entry(report, article, entry, place(entry))
    agreed = [entry for entry in article.entries if not entry.number]
    if agreed:
        yield f"### {'Right' if report.kind == KEY else 'Agreed'}: {len(agreed)}\n"
        for entry in agreed:
            mark = next(entry.marks)
            yield f"- {opening(tag_name(article, mark.tag))}: {_in_marks(mark, escaped(shortened(mark.text)))}"
        yield ""


def _entry(report: ReviewReport, article: Article, entry: Entry, paragraph: int) -> Iterator[str]:
    parts = [what_differs(report, entry), verdict(report, entry).name if entry.kind is not None else ""]
    where = "no longer marked" if entry.gone else f"paragraph {paragraph}"
    yield f"### {entry.number} · {escaped(' · '.join(part for part in (*parts, where) if part))}\n"
    for number in range(len(report.sides)):
        for quoted in review_versions.of_side(article, entry, number):
            yield f"- {opening(side_name(report, number))}: {_quoted(article, quoted)}"
    decided = decision(report, article, entry)
    outcome = "; ".join(_quoted(article, quoted) for quoted in review_versions.of_final(article, entry))
    if decided or outcome:
        by = escaped(f" ({entry.by}, {day(entry.at)})" if entry.at else f" ({entry.by})" if entry.by else "")
        yield f"- **Decided:** {escaped(decided)}{': ' if decided and outcome else ''}{outcome} {by}"
    if entry.changed:
        yield (
            "- **Since then** the marks have changed." if not entry.gone else "- **Since then** the marks were removed."
        )
    if entry.reason:
        yield f"- **Why:** {escaped(entry.reason)}"
    if entry.comment:
        yield f"- **Comment:** {_lines_of(entry.comment)}"
    for answer in entry.answers:
        yield f"- **Answer** ({escaped(answer.by)}, {escaped(day(answer.at))}): {_lines_of(answer.text)}"
    yield ""


def _quoted(article: Article, quoted: Quoted) -> str:
    mark, runs = quoted
    words = "".join(f"{ONLY[0]}{_inside(run.text)}{ONLY[1]}" if run.only else _inside(run.text) for run in runs)
    before, after = map(_inside, around(mark))
    extra = [pieces(mark.fragments), *(f"{name}: {value}" for name, value in said(mark))]
    told = "".join(f"; {escaped(each)}" for each in extra if each)
    return f"{escaped(tag_name(article, mark.tag))}: {before}{_in_marks(mark, words)}{after}{told}"


def _in_marks(mark: Mark, words: str) -> str:
    """The words of a mark in quotation marks, unless they bring their own."""
    return words if is_in_quotation_marks(mark) else f"“{words}”"


def _inside(text: str) -> str:
    """Words within a line, with the spaces at their ends."""
    inner = escaped(text)
    return f"{' ' if text[:1].isspace() else ''}{inner}{' ' if text[-1:].isspace() and inner else ''}"


def _gap(report: ReviewReport, article: Article, entry: Entry) -> str:
    marks = list(entry.marks) or list(entry.final)
    tags = listed(dict.fromkeys(tag_name(article, mark.tag) for mark in marks))
    decided = decision(report, article, entry)
    words = f"{_in_marks(marks[0], escaped(shortened(marks[0].text)))} ({escaped(tags)})"
    parts = words, escaped(decided), _lines_of(entry.comment)
    return "; ".join(part for part in parts if part)
