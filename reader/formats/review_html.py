"""A review as one HTML page that needs nothing else: no script, no picture, no font from elsewhere.

It is read without colour (letters, kinds of lines, words), in the dark, on paper, on a phone and aloud. Nothing that
came from people gets into it but as text: no address is made a link, and its policy (CSP) forbids everything but this
very style sheet.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import BinaryIO, NamedTuple

from reader.annotations.codebook import COLOURS, Tag
from reader.documents.span import Span
from reader.formats import review_html_text, review_versions
from reader.formats.review_html_text import Drawn, escaped
from reader.formats.review_report import Article, Entry, Mark, ReviewReport
from reader.formats.review_versions import Quoted, is_in_quotation_marks, shortened
from reader.formats.review_words import (
    ACCEPTED,
    FEEDBACK,
    KEY,
    LATER,
    OPEN,
    REJECTED,
    counted,
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
    tallied,
    verdict,
    what_differs,
    who,
)


def write(report: ReviewReport, out: BinaryIO) -> None:
    """Writes the page in UTF-8."""
    for part in _page(report):
        out.write(part.encode())


@cache
def style() -> str:
    """The style sheet, as it stands in the page."""
    return files("reader.formats").joinpath("review.css").read_text(encoding="utf-8")


def _policy() -> str:
    digest = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _page(report: ReviewReport) -> Iterator[str]:
    one = report.articles[0].document.title if len(report.articles) == 1 else ""
    title = f"Review: {one}" if one else f"Review of {counted(len(report.articles), 'article')}"
    yield (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy()}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{escaped(title)}</title>\n<style>{style()}</style>\n</head>\n<body>\n"
    )
    yield from _head(report)
    yield "<main>\n"
    for number, article in enumerate(report.articles, 1):
        yield from _article(report, article, number)
    yield from _gaps(report)
    yield from _passed_over(report)
    yield f"</main>\n<footer><p>Written on {escaped(day(report.written_at))}.</p></footer>\n</body>\n</html>\n"


def _head(report: ReviewReport) -> Iterator[str]:
    kind = {FEEDBACK: "Feedback", KEY: "Against the answer key"}.get(report.kind, "Review")
    yield f'<header class="page">\n<h1>{kind}</h1>\n<p class="who">{escaped(who(report))}</p>\n'
    headings, rows = table(report)
    if rows:
        yield '<div class="wide" role="region" aria-label="Counts" tabindex="0">\n'
        yield '<table class="counts">\n<thead><tr><td></td>'
        yield "".join(f'<th scope="col">{escaped(each)}</th>' for each in headings)
        yield "</tr></thead>\n<tbody>\n"
        for name, numbers in rows:
            cells = "".join(f"<td>{number or '·'}</td>" for number in numbers)
            yield f'<tr><th scope="row">{escaped(name)}</th>{cells}</tr>\n'
        yield "</tbody>\n</table>\n</div>\n"
    if report.kind == KEY:
        f1 = "not defined where nobody marked anything" if report.f1 is None else f"{report.f1:.2f}"
        yield f'<p class="score">Exact span F1: <b>{f1}</b>'
        yield " <span>twice what is right, by all marks of both</span></p>\n"
    if len(report.articles) > 1:
        yield '<nav aria-labelledby="contents">\n<h2 id="contents">Articles</h2>\n<ol>\n'
        for number, article in enumerate(report.articles, 1):
            counts = ", ".join(f"{count:,} {each.name}" for each, count in tallied(report, article.entries))
            link = f'<a href="#a{number}"><bdi>{escaped(article.document.title)}</bdi></a>'
            yield f"<li>{link} <span>{escaped(counts)}</span></li>\n"
        yield "</ol>\n</nav>\n"
    yield "</header>\n"


# One article


def _article(report: ReviewReport, article: Article, number: int) -> Iterator[str]:
    document = article.document
    title = escaped(document.title)
    known = " · ".join(
        f"<bdi>{escaped(each)}</bdi>" for each in (document.byline, document.date, document.source) if each
    )
    yield f'<article id="a{number}" aria-label="{title}">\n<header>\n'
    yield f'<p class="from">{known}</p>\n' if known else ""
    if not review_html_text.begins_with_title(article):
        yield f'<h2 class="title"><bdi>{title}</bdi></h2>\n'
    yield f'<p class="far">{" · ".join(map(escaped, how_far(report, article)))}</p>\n'
    layers = _layers(report, article)
    yield from _legend(article, layers)
    yield "</header>\n"
    yield from _text(report, article, layers, number)
    differences = article.differences
    if differences:
        yield f'<section class="entries" aria-labelledby="h{number}">\n<h3 id="h{number}">'
        yield f"{'Mark by mark' if report.kind != 'adjudication' else 'Decisions'}</h3>\n<ol>\n"
        place = paragraph_of(article)
        for entry in differences:
            yield from _entry(report, article, entry, f"{number}-{entry.number}", place(entry))
        yield "</ol>\n</section>\n"
    yield "</article>\n"


class _Layer(NamedTuple):
    """Marks that are drawn together, and whose they are."""

    name: str
    marks: Sequence[Drawn]
    tags: frozenset[str]


def _layers(report: ReviewReport, article: Article) -> tuple[_Layer, _Layer]:
    """What is drawn below the words and what above: A and B; with one side, it and what came of it; with more than
    two, what was decided so far and everybody's.
    """
    numbers = _numbers(article)
    final = _layer(article, "what was decided", [(mark, "") for mark in article.final], numbers)
    sides = [
        _layer(article, side_name(report, at), [(mark, "") for mark in marks], numbers)
        for at, marks in enumerate(article.marks)
    ]
    if len(sides) == 1:
        return sides[0], final
    if len(sides) == 2:
        return sides[0], sides[1]
    letters: defaultdict[tuple[str, tuple[Span, ...]], str] = defaultdict(str)
    first: dict[tuple[str, tuple[Span, ...]], Mark] = {}
    for side, marks in zip(report.sides, article.marks, strict=True):
        for mark in marks:
            letters[mark.tag, mark.fragments] += side.letter
            first.setdefault((mark.tag, mark.fragments), mark)
    everybodys = [(mark, letters[words]) for words, mark in first.items()]
    return final, _layer(article, "everybody’s marks", everybodys, numbers)


def _numbers(article: Article) -> dict[str, int]:
    """The number of the entry that each mark belongs to."""
    return {mark.id: entry.number for entry in article.entries for mark in (*entry.final, *entry.marks)}


def _layer(article: Article, name: str, marks: Sequence[tuple[Mark, str]], numbers: dict[str, int]) -> _Layer:
    known = {tag.id: tag for tag in article.tags}
    drawn = [
        Drawn(
            mark.fragments, "·".join(filter(None, (whose, _letter(known.get(mark.tag))))), tag_name(article, mark.tag),
            whose or name, _look(known.get(mark.tag)), numbers.get(mark.id, 0),
        )
        for mark, whose in marks
    ]  # fmt: skip
    return _Layer(name, drawn, frozenset(mark.tag for mark, _ in marks))


def _letter(tag: Tag | None) -> str:
    return tag.symbol if tag is not None else "?"


def _look(tag: Tag | None) -> str:
    if tag is None:
        return "plain"
    return f"{tag.colour if tag.colour in COLOURS else 'plain'} {tag.line.value}"


def _legend(article: Article, layers: tuple[_Layer, _Layer]) -> Iterator[str]:
    used = layers[0].tags | layers[1].tags
    if not used:
        return
    yield '<ul class="legend">\n'
    for side, name, layer in (("u", "Line below", layers[0]), ("o", "Line above", layers[1])):
        yield f'<li>{name}: <span class="{side} {side}1 ink">{escaped(layer.name)}</span></li>\n'
    for tag in article.tags:
        if tag.id in used:
            sample = f'<span class="u u1 {_look(tag)}"><b>{escaped(tag.symbol)}</b> {escaped(tag.name)}</span>'
            yield f"<li>{sample}</li>\n"
    yield "</ul>\n"


def _text(report: ReviewReport, article: Article, layers: tuple[_Layer, _Layer], number: int) -> Iterator[str]:
    waiting = [entry for entry in article.differences if not entry.gone]
    added: Sequence[Drawn] = ()
    if len(report.sides) == 2:
        new = [(mark, "+") for entry in article.differences if entry.kind is None for mark in entry.final]
        added = _layer(article, f"added by {report.reviewer}", new, _numbers(article)).marks
    yield f'<div class="text"{_language(article)}>'
    for paragraph, written in review_html_text.written(article, layers[0].marks, layers[1].marks, str(number), added):
        yield written
        notes = ""
        while waiting and waiting[0].start < paragraph.end:
            notes += _note(report, article, waiting.pop(0), number)
        if notes:
            yield f'<aside lang="en"><ul>{notes}</ul></aside>'
    yield "</div>\n"


def _language(article: Article) -> str:
    """As an attribute; nothing where it is no language tag (BCP 47)."""
    code = article.document.language
    return f' lang="{code}"' if re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", code) else ""


def _note(report: ReviewReport, article: Article, entry: Entry, number: int) -> str:
    """What stands beside the text: how it was decided, in a few words, and the comment."""
    state = verdict(report, entry)
    what = decision(report, article, entry) or what_differs(report, entry) or state.name
    if state in (ACCEPTED, REJECTED):
        what = state.name
    elif report.kind in (FEEDBACK, KEY) and what != state.name and entry.kind is not None:
        what = f"{state.name}: {what}"
    comment = f" <q>{escaped(shortened(entry.comment))}</q>" if entry.comment else ""
    key = f"{number}-{entry.number}"
    return (
        f'<li class="{_state(report, entry)}"><a href="#d{key}">{entry.number}</a>'
        f' <span class="v">{state.sign} {escaped(what)}</span>{comment}</li>'
    )


def _state(report: ReviewReport, entry: Entry) -> str:
    return "open" if verdict(report, entry) in (OPEN, LATER) else "settled"


# Mark by mark of each


def _entry(report: ReviewReport, article: Article, entry: Entry, key: str, paragraph: int) -> Iterator[str]:
    state = verdict(report, entry)
    back = f'<span class="no">{entry.number}</span>' if entry.gone else (
        f'<a class="no" href="#t{key}" aria-label="{entry.number}: to its place in the text">{entry.number}</a>'
    )  # fmt: skip
    what = what_differs(report, entry)
    where = "no longer marked" if entry.gone else f"paragraph {paragraph}"
    yield f'<li id="d{key}" class="{_state(report, entry)}">\n<h4>{back} '
    yield f"<span>{escaped(what)}</span> " if what and entry.kind is not None else ""
    yield f'<span class="state">{state.sign} {escaped(state.name)}</span> <small>{where}</small></h4>\n<dl>\n'
    for number in range(len(report.sides)):
        for quoted in review_versions.of_side(article, entry, number):
            yield f"<dt>{escaped(side_name(report, number))}</dt><dd>{_quoted(article, entry, quoted)}</dd>\n"
    yield from _decided(report, article, entry)
    for name, value in (("Why", entry.reason), ("Comment", entry.comment)):
        if value:
            yield f'<dt>{name}</dt><dd class="{name.lower()}">{_lines(value)}</dd>\n'
    for answer in entry.answers:
        by = f'<span class="by">{escaped(answer.by)}, {escaped(day(answer.at))}</span>'
        yield f'<dt>Answer</dt><dd class="comment">{_lines(answer.text)} {by}</dd>\n'
    yield "</dl>\n</li>\n"


def _decided(report: ReviewReport, article: Article, entry: Entry) -> Iterator[str]:
    phrase = decision(report, article, entry)
    marks = "".join(f"<br>{_quoted(article, entry, quoted)}" for quoted in review_versions.of_final(article, entry))
    if phrase or marks:
        by = ", ".join(part for part in (entry.by, day(entry.at)) if part)
        whom = f' <span class="by">{escaped(by)}</span>' if by else ""
        yield f'<dt>Decided</dt><dd class="decided"><b>{escaped(phrase)}</b>{whom}{marks}</dd>\n'
    if entry.changed:
        yield f"<dt>Since then</dt><dd>the marks {'were removed' if entry.gone else 'have changed'}</dd>\n"


def _quoted(article: Article, entry: Entry, quoted: Quoted) -> str:
    mark, runs = quoted
    tag = next((each for each in article.tags if each.id == mark.tag), None)
    words = "".join(f"<b>{escaped(run.text)}</b>" if run.only else escaped(run.text) for run in runs)
    name = f'<span class="tag u u1 {_look(tag)}">{escaped(tag_name(article, mark.tag))}</span>'
    extra = [pieces(mark.fragments)] if len(mark.fragments) > 1 else []
    for what, value in said(mark):
        one = escaped(f"{what}: {value}")
        extra.append(f"<b>{one}</b>" if what in entry.said else one)
    told = f" <small>{' · '.join(extra)}</small>" if extra else ""
    return f"{name} {_q(article, mark, words)}{told}"


def _q(article: Article, mark: Mark, words: str) -> str:
    """The words of a mark in quotation marks, unless they bring their own."""
    own = ' class="own"' if is_in_quotation_marks(mark) else ""
    return f'<q dir="auto"{_language(article)}{own}>{words}</q>'


def _lines(text: str) -> str:
    return "<br>".join(escaped(line) for line in text.split("\n"))


# The rest


def _gaps(report: ReviewReport) -> Iterator[str]:
    if not report.gaps:
        return
    yield '<section class="gaps" aria-labelledby="gaps">\n<h2 id="gaps">Gaps in the guideline</h2>\n<ul>\n'
    for gap in report.gaps:
        article, entry = report.articles[gap.article], gap.entry
        marks = [*entry.marks, *entry.final]
        tags = listed(dict.fromkeys(tag_name(article, mark.tag) for mark in marks))
        link = f'<a href="#d{gap.article + 1}-{entry.number}">{entry.number}</a>'
        where = f" <small>{escaped(article.document.title)}</small>" if len(report.articles) > 1 else ""
        parts = (escaped(decision(report, article, entry)), _lines(entry.comment))
        told = "".join(f"<br>{part}" for part in parts if part)
        words = _q(article, marks[0], escaped(shortened(marks[0].text)))
        yield f"<li>{link} {words} {escaped(tags)}{where}{told}</li>\n"
    yield "</ul>\n</section>\n"


def _passed_over(report: ReviewReport) -> Iterator[str]:
    if not report.passed_over:
        return
    yield '<section class="passed" aria-labelledby="passed">\n<h2 id="passed">Not compared</h2>\n<ul>\n'
    for title, missing in report.passed_over:
        names = escaped(listed(side_name(report, number) for number in missing))
        yield f"<li><bdi>{escaped(title)}</bdi> <small>not read by {names}</small></li>\n"
    yield "</ul>\n</section>\n"
