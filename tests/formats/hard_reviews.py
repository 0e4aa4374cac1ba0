"""Reviews with every hard value: what the golden files of reports are made of.

`python -m tests.formats.hard_reviews` writes the golden files anew; look at the difference before committing it.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from reader.annotations.codebook import Line, Tag, Unit
from reader.documents.document import Document, Layout, Structure
from reader.documents.span import Span
from reader.formats.review_report import Answer, Article, Entry, Gap, Mark, ReviewReport, Side
from reader.formats.review_table import FORMATS
from reader.review.choices import Choice
from reader.review.differences import Kind
from reader.review.queue import State
from tests.formats.hard_values import GOLDEN
from tests.marks import marked

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><b>",
    "[me](javascript:alert(3)) <https://evil.example/> https://evil.example www.evil.example",
    '=HYPERLINK("https://evil.example";"look")',
    "| a | b |\n|---|---|\n# heading\n- item\n1. one\n> quoted\n```\ncode\n```\n    code\n***\n===",
    "\x1b[31mred\x07\u202egnp.exe\x00\u2066",
    "{{7*7}} ${x} &lt;i&gt; &amp; &#60;script&#62; <!-- --> ]]>",
)


def tag(name: str, symbol: str, colour: str, line: Line) -> Tag:
    return Tag(name, name, "", colour, symbol, line, Unit.SENTENCE)


TAGS = (
    tag("claim", "C", "blue", Line.UNDERLINE),
    tag("quote", "Q", "green", Line.DOUBLE),
    tag("opinion", "O", "amber", Line.ITALIC),
    tag("loaded <language>", "<", "magenta", Line.BOLD),
)
"""The id of each is its name."""


def marks_of(side: str, written: str, **said: Any) -> tuple[str, tuple[Mark, ...]]:
    """The text, and the marks in it; `said` is what is said about some of them, by their id (`a0`, `a1` …)."""
    text, found = marked(written)
    marks: list[Mark] = []
    for number, (pieces, name) in enumerate(found):
        start, end = pieces[0].start, pieces[-1].end
        words = " … ".join(piece.cut(text) for piece in pieces)
        tag_id = "loaded <language>" if name == "loaded" else name
        mark = Mark(
            f"{side}{number}", tag_id, pieces, words, text[max(0, start - 32) : start], text[end : end + 32]
        )  # fmt: skip
        marks.append(mark._replace(**said.get(mark.id, {})))
    return text, tuple(marks)


def document(title: str, text: str, **values: Any) -> Document:
    given: dict[str, Any] = {
        "id": "01900000-0000-7000-8000-00000000d0c1", "title": title, "byline": "", "date": "", "source": "",
        "language": "en", "version": "01900000-0000-7000-8000-00000000bbbb",
        "text_hash": sha256(text.encode()).hexdigest(), "length": len(text), "layout": Layout.LINES,
    }  # fmt: skip
    return Document(**(given | values))


def entry(kind: Kind | None, sides: Sequence[Sequence[Mark]], **values: Any) -> Entry:
    given: dict[str, Any] = {
        "number": 0, "state": State.NEW, "choice": None, "edges": kind in (Kind.EDGES, Kind.SPLIT, Kind.PIECES),
        "said": (), "final": (),
    }  # fmt: skip
    return Entry(kind=kind, sides=tuple(map(tuple, sides)), **(given | values))


def numbered(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    out, number = list[Entry](), 0
    for each in sorted(entries, key=lambda each: each.start):
        number += each.state is not State.AGREED
        out.append(each._replace(number=0 if each.state is State.AGREED else number))
    return tuple(out)


A = """Titles <b>first</b>
[The bridge will cost 48 million]{claim}, & “nobody” [asked]{loaded 1} for [it]{loaded 1}.
[مرحبا بالعالم]{claim} שלום, 👩‍👩‍👧‍👦 and [🏳️‍🌈 flags]{opinion} fly; [nested [inside] {opinion}].
Two lines [are one
mark here]{quote}, x\u0301 and 東京.

[Same]{claim} to both."""
B = """Titles <b>first</b>
The [bridge will cost 48 million, & “nobody” asked]{claim} for it.
مرحبا [بالعالم שלום]{claim}, 👩‍👩‍👧‍👦 and [🏳️‍🌈 flags]{claim} [fly; [nested]{quote} inside]{quote}.
Two lines are one
mark here, x\u0301 and 東京.

[Same]{claim} to both."""
A = A.replace("[nested [inside] {opinion}]", "[nested inside]{opinion}")

WRAPPED = """A list of what was said on that evening in the
town hall, in front of some sixty people, and of
what [nobody]{claim} had the heart to say at all:

- one thing
- [another]{opinion}, which was longer than the one
  before"""


def adjudication() -> ReviewReport:
    """Two people, every kind of difference, hostile words everywhere."""
    said = {"status": ("=1+1",), "<b>": (HOSTILE[1], "two")}
    text, a = marks_of("a", A, a0={"note": HOSTILE[0], "attributes": said}, a3={"note": "x"})
    same, b = marks_of("b", B, b0={"attributes": {"status": ("unchecked",)}}, b2={"note": "y"})
    assert text == same
    added = Mark("f9", "quote", (Span(0, 6),), "Titles", "", " <b>first</b>")
    decided: dict[str, Any] = {"by": "ana <b>", "at": "2026-03-02T09:30:00.000Z", "state": State.DECIDED}
    rejected = decided | {"state": State.REJECTED}
    joined = a[0]._replace(id="f0", fragments=(Span(20, 69),), text=text[20:69])
    entries = numbered((
        entry(
            Kind.EDGES, ([a[0]], [b[0]]), choice=Choice.UNION, final=(joined,),
            said=("status",), reason="gap in the guideline", comment=HOSTILE[3], **decided,
            answers=(Answer("ben", "2026-03-03T10:00:00.000Z", HOSTILE[0]), Answer("@ben", "=1", HOSTILE[4])),
        ),
        entry(Kind.ONLY_A, ([a[1]], ()), choice=Choice.NEITHER, comment=HOSTILE[2], **rejected),
        entry(Kind.EDGES, ([a[2]], [b[1]]), choice=Choice.B, final=(b[1]._replace(id="f1"),), **decided),
        entry(
            Kind.TAG, ([a[3]], [b[2]]), choice=Choice.BOTH, final=(a[3], b[2]), said=("note",), changed=True, **decided,
        ),
        entry(Kind.ONLY_A, ([a[4]], ()), state=State.SKIPPED, choice=Choice.LATER),
        entry(Kind.ONLY_B, ((), [b[3]])),
        entry(Kind.ONLY_B, ((), [b[4]]), reason="taste", state=State.NEW, choice=Choice.OPEN),
        entry(Kind.ONLY_A, ([a[5]], ()), choice=Choice.TAG, final=(a[5]._replace(id="f2", tag="opinion"),), **decided),
        entry(Kind.AGREED, ([a[6]], [b[5]]), state=State.AGREED, final=(a[6]._replace(id="f3"),)),
        entry(None, ((), ()), final=(added,), **decided),
        entry(
            Kind.ONLY_B, ((), [Mark("b9", "gone", (Span(900, 910),), HOSTILE[5], "", "")]), choice=Choice.B, **decided,
            changed=True, gone=True,
        ),
    ))  # fmt: skip
    first = Article(
        document("Titles <b>first</b>", text, byline=HOSTILE[2], date="2026-03-02", source="javascript:alert(4)"),
        text, (Structure("emphasis", 24, 30), Structure("strong", 28, 40)), TAGS, ("done", "reading"), (a, b),
        tuple(mark for each in entries for mark in each.final), entries,
    )  # fmt: skip
    text, c = marks_of("c", WRAPPED)
    item = text.index("- one") + 2
    structure = (
        Structure("heading", 0, 94, '{"level": 2}'), Structure("list_item", item, item + 9, '{"marker": "-"}'),
        Structure("blockquote", text.index("- another"), len(text)),
    )  # fmt: skip
    one = entry(Kind.ONLY_A, ([c[0]], ()))
    two = entry(Kind.ONLY_A, ([c[1]], ()))
    second = Article(
        document(HOSTILE[0], text, layout=Layout.BLOCKS, language='en" onload="x'), text, structure, TAGS,
        ("done", "done"), (c, ()), (), numbered((one, two)),
    )  # fmt: skip
    gap = next(each for each in entries if each.reason == "gap in the guideline")
    return ReviewReport(
        "01900000-0000-7000-8000-00000000eeee", "adjudication", "ana <b>", (Side("A", "ana <b>"), Side("B", "@ben")),
        "2026-03-04T00:00:00.000Z", (first, second), ((HOSTILE[1], (1,)),), (Gap(0, gap),),
    )  # fmt: skip


def feedback() -> ReviewReport:
    """One person's marks, gone through."""
    text, b = marks_of("b", "[One]{claim} [two]{opinion} [three]{claim} [four]{quote}")
    decided: dict[str, Any] = {"by": "ana", "at": "2026-03-02T09:30:00.000Z", "state": State.DECIDED}
    final = (
        b[0]._replace(id="f0"),
        b[1]._replace(id="f1", tag="claim"),
        b[3]._replace(id="f3", fragments=(Span(0, 18),)),
    )
    entries = numbered((
        entry(Kind.ONLY_B, ([b[0]],), choice=Choice.B, final=final[:1], **decided),
        entry(Kind.ONLY_B, ([b[1]],), choice=Choice.TAG, final=final[1:2], comment="It can be checked.", **decided),
        entry(Kind.ONLY_B, ([b[2]],), choice=Choice.NEITHER, **(decided | {"state": State.REJECTED})),
        entry(Kind.ONLY_B, ([b[3]],), choice=Choice.EDGES, final=final[2:], **decided),
    ))  # fmt: skip
    article = Article(document("Numbers", text), text, (), TAGS, ("done",), (b,), final, entries)
    return ReviewReport("r", "feedback", "ana", (Side("B", "ben"),), "2026-03-04", (article,))


def answer_key() -> ReviewReport:
    """One person's marks beside an answer key."""
    text, a = marks_of("a", "[One]{claim} [two]{claim} [three]{claim} four five")
    _, b = marks_of("b", "[One]{claim} [two]{opinion} three [four]{claim} five")
    entries = numbered((
        entry(Kind.AGREED, ([a[0]], [b[0]]), state=State.AGREED),
        entry(Kind.TAG, ([a[1]], [b[1]])),
        entry(Kind.ONLY_A, ([a[2]], ())),
        entry(Kind.ONLY_B, ((), [b[2]])),
    ))  # fmt: skip
    article = Article(document("Numbers", text), text, (), TAGS, ("done", "marked"), (a, b), (), entries)
    sides = Side("A", "teacher"), Side("B", "ben")
    return ReviewReport("r", "answer key", "teacher", sides, "2026-03-04", (article,), f1=2 / 6)


def three() -> ReviewReport:
    """Three people, one of whom has not read the article, and what was decided so far."""
    text, a = marks_of("a", "[One two]{claim} three")
    _, b = marks_of("b", "[One two]{claim} three")
    entries = numbered((
        entry(Kind.ONLY_B, ([a[0]], [b[0]], ()), choice=Choice.B, state=State.DECIDED, final=(a[0]._replace(id="f0"),)),
    ))  # fmt: skip
    article = Article(
        document("Numbers", text), text, (), TAGS, ("done", "done", "not read"), (a, b, ()), entries[0].final, entries
    )
    sides = Side("A", "ana"), Side("B", "ben"), Side("C", "cora")
    return ReviewReport("r", "adjudication", "ana", sides, "2026-03-04", (article,))


def blind(report: ReviewReport) -> ReviewReport:
    return replace(report, sides=tuple(side._replace(name="") for side in report.sides))


CASES = {"review.csv": ("csv", False), "review.excel.csv": ("csv", True), "review.md": ("markdown", False),
         "review.html": ("html", False)}  # fmt: skip


def written(report: ReviewReport, name: str, *, excel: bool = False) -> bytes:
    out = io.BytesIO()
    next(each for each in FORMATS if each.name == name).write(report, out, excel)
    return out.getvalue()


if __name__ == "__main__":
    for case, (name, excel) in CASES.items():
        (GOLDEN / case).write_bytes(written(adjudication(), name, excel=excel))
