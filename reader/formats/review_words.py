"""What a report says about a review, in the words of its kind; plain text that each format escapes as it must."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from reader.documents.paragraphs import Paragraphs
from reader.formats.review_report import Article, Entry, Mark, ReviewReport
from reader.review.choices import Choice
from reader.review.differences import Kind
from reader.review.queue import State

FEEDBACK, KEY = "feedback", "answer key"


class Verdict(NamedTuple):
    """How an entry stands, in the words of the review's kind."""

    name: str
    sign: str
    """One character that says it without colour."""


AGREED, DECIDED, LEFT_OUT = Verdict("agreed", "="), Verdict("decided", "✓"), Verdict("left out", "✗")
ACCEPTED, FIXED, REJECTED = Verdict("accepted", "✓"), Verdict("fixed", "✎"), Verdict("rejected", "✗")
RIGHT, MISSED, EXTRA, OTHERWISE = (
    Verdict("right", "✓"), Verdict("missed", "−"), Verdict("too many", "+"), Verdict("otherwise", "~"),
)  # fmt: skip
ADDED, OPEN, LATER = Verdict("added", "+"), Verdict("open", "○"), Verdict("left for later", "…")

VERDICTS = {
    FEEDBACK: (ACCEPTED, FIXED, REJECTED, ADDED, OPEN, LATER),
    KEY: (RIGHT, MISSED, EXTRA, OTHERWISE, ADDED),
    "adjudication": (DECIDED, LEFT_OUT, ADDED, OPEN, LATER, AGREED),
}
"""The verdicts that a kind of review knows, in the order in which they are counted."""

_KINDS = {
    Kind.EDGES: "edges", Kind.TAG: "tag", Kind.PIECES: "pieces", Kind.SPLIT: "one mark or several",
    Kind.AGREED: "agreed",
}  # fmt: skip


def verdict(report: ReviewReport, entry: Entry) -> Verdict:
    """How an entry stands."""
    if entry.kind is None:
        return ADDED
    if report.kind == KEY:
        return {Kind.AGREED: RIGHT, Kind.ONLY_A: MISSED, Kind.ONLY_B: EXTRA}.get(entry.kind, OTHERWISE)
    if entry.is_open:
        return OPEN if entry.state is State.NEW else LATER
    if entry.state is State.AGREED:
        return AGREED
    if report.kind != FEEDBACK:
        return LEFT_OUT if entry.state is State.REJECTED else DECIDED
    if entry.state is State.REJECTED:
        return REJECTED
    return ACCEPTED if entry.choice in (Choice.B, Choice.BOTH) else FIXED


def what_differs(report: ReviewReport, entry: Entry) -> str:
    """In what the sides differ: `only ben`, `tag and edges`, `speaker`; nothing where the verdict says it all."""
    if entry.kind is None:
        return f"added by {report.reviewer}"
    is_alone = entry.kind in (Kind.ONLY_A, Kind.ONLY_B)
    if report.kind == FEEDBACK or (report.kind == KEY and is_alone):
        return ""
    if is_alone:
        return f"only {listed(side.called for side, marks in zip(report.sides, entry.sides, strict=True) if marks)}"
    if entry.kind is Kind.SAID:
        return listed(entry.said)
    parts = [_KINDS[entry.kind], *(["edges"] if entry.kind is Kind.TAG and entry.edges else []), *entry.said]
    return listed(parts)


def decision(report: ReviewReport, article: Article, entry: Entry) -> str:
    """What was decided, as a phrase: `ben’s mark`, `given the tag “opinion”`; nothing where nothing was."""
    if entry.choice in (None, Choice.OPEN, Choice.LATER):
        return ""
    if entry.state is State.REJECTED:
        return "rejected" if report.kind == FEEDBACK else "left out"
    if entry.choice is Choice.TAG:
        names = dict.fromkeys(tag_name(article, mark.tag) for mark in entry.final)
        return f"given the tag {listed(f'“{name}”' for name in names)}" if names else "given another tag"
    if entry.choice in (Choice.A, Choice.B):
        return _taken(report, entry)
    return {
        Choice.BOTH: "both marks", Choice.UNION: "all that either marked", Choice.SHARED: "what both marked",
        Choice.EDGES: "other edges",
    }[entry.choice]  # fmt: skip


def _taken(report: ReviewReport, entry: Entry) -> str:
    """Whose mark was taken."""
    if report.kind == FEEDBACK:
        return "as it is"
    if len(report.sides) > 2:
        if entry.choice is Choice.A:
            return "as decided before"
        return f"the mark of {listed(s.called for s, marks in zip(report.sides, entry.sides, strict=True) if marks)}"
    return f"{report.sides[0 if entry.choice is Choice.A else 1].called}’s {_marks(len(entry.final))}"


def _marks(number: int) -> str:
    return "mark" if number < 2 else "marks"


def tag_name(article: Article, tag: str) -> str:
    """What a tag is called."""
    return next((each.name for each in article.tags if each.id == tag), tag)


def who(report: ReviewReport) -> str:
    """Who reviewed whom, as a sentence."""
    names = [side_name(report, number) for number in range(len(report.sides))]
    if report.kind == FEEDBACK:
        return f"{report.reviewer} went through the marks of {listed(names)}."
    if report.kind == KEY:
        return f"{report.reviewer} held the marks of {names[1]} against the answer key of {names[0]}."
    return f"{report.reviewer} compared the marks of {listed(names)}."


def side_name(report: ReviewReport, number: int) -> str:
    """A side by name and letter, since people may have the same name: `ben (B)`."""
    side = report.sides[number]
    return f"{side.name} ({side.letter})" if side.name and len(report.sides) > 1 else side.called


def how_far(report: ReviewReport, article: Article) -> list[str]:
    """What each side has done in the article; to have marked nothing is not to have read nothing."""
    said: list[str] = []
    for number, (status, marks) in enumerate(zip(article.status, article.marks, strict=True)):
        name = side_name(report, number)
        if status == "not read":
            said.append(f"{name} has not read it")
        else:
            what = counted(len(marks), "mark") if marks else "read it and marked nothing"
            said.append(f"{name}: {what}{', still reading' if status == 'reading' else ''}")
    return said


def is_compared(article: Article) -> bool:
    """Whether enough of the sides have read the article for their marks to be compared."""
    return sum(status != "not read" for status in article.status) >= min(2, len(article.status))


def said(mark: Mark) -> list[tuple[str, str]]:
    """What was said of a mark beyond its tag: the names of its attributes and their values, and the note."""
    values = [(name, ", ".join(values)) for name, values in mark.attributes.items()]
    return [*values, *([("note", mark.note)] if mark.note else [])]


def paragraph_of(article: Article) -> Callable[[Entry], int]:
    """Which paragraph an entry begins in: blank ones not counted, from 1."""
    paragraphs = Paragraphs(article.text, article.document.layout)
    starts = [span.start for span in paragraphs if span.cut(article.text).strip()]
    return lambda entry: max(1, bisect_right(starts, entry.start))


def tallied(report: ReviewReport, entries: Iterable[Entry]) -> list[tuple[Verdict, int]]:
    """How many entries stand how, in the order of the kind of review, those that there are."""
    counts = Counter(verdict(report, entry) for entry in entries)
    return [(each, counts[each]) for each in VERDICTS[report.kind] if counts[each]]


def table(report: ReviewReport) -> tuple[list[str], list[tuple[str, list[int]]]]:
    """How many entries stand how (columns), by what differs, or by tag where one person is looked at (rows).

    The headings, and each row's name and numbers.
    """
    counts: dict[str, Counter[Verdict]] = {}
    found = [(_row(report, article, entry), entry) for article in report.articles for entry in article.entries]
    for (_, name), entry in sorted(found, key=lambda each: each[0]):
        counts.setdefault(name, Counter())[verdict(report, entry)] += 1
    used = [each for each in VERDICTS[report.kind] if any(row[each] for row in counts.values())]
    rows = [(name, [row.total(), *(row[each] for each in used)]) for name, row in counts.items()]
    return ["in all", *(each.name for each in used)], rows


def _row(report: ReviewReport, article: Article, entry: Entry) -> tuple[int, str]:
    """The row that an entry is counted in: its place, and its name."""
    if report.kind in (FEEDBACK, KEY):
        mark = next(iter((*entry.marks, *entry.final)))
        places = {tag.id: place for place, tag in enumerate(article.tags)}
        return places.get(mark.tag, len(places)), tag_name(article, mark.tag)
    if entry.kind is None:
        return len(Kind), what_differs(report, entry)
    place = list(Kind).index(entry.kind)
    if entry.kind is Kind.SAID:
        return place, "attribute or note"
    if entry.kind in (Kind.ONLY_A, Kind.ONLY_B):
        return place, "only some" if len(report.sides) > 2 else what_differs(report, entry)
    return place, _KINDS[entry.kind]


def day(at: str) -> str:
    """The day of an ISO time."""
    return at[:10]


def listed(words: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    some = list(words)
    return f"{', '.join(some[:-1])} and {some[-1]}" if len(some) > 1 else "".join(some)


def counted(number: int, one: str) -> str:
    """`1 mark`, `312 marks`."""
    return f"{number:,} {one if number == 1 else one + 's'}"


def pieces(fragments: Sequence[object]) -> str:
    """`2 pieces`; nothing where it is whole."""
    return counted(len(fragments), "piece") if len(fragments) > 1 else ""
