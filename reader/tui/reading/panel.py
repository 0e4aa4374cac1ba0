"""What the review says of a difference beside the text: both versions, what differs in them, what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from reader.annotations.annotation import PIECES_JOINED_BY, Annotation
from reader.annotations.codebook import Codebook
from reader.documents.graphemes import snap, snap_up
from reader.documents.span import Span
from reader.review.choices import Choice
from reader.review.differences import Difference, Kind, apart
from reader.review.queue import Item, State, leaves_nothing
from reader.tui.layout.cells import fitted, shown_text, width_of
from reader.tui.layout.wrap import wrap
from reader.tui.reading.describe import short
from reader.tui.themes import Palette

Words = Sequence[tuple[str, str]]
Run = tuple[str, str]

SHARED_SHOWN = 72
"""Code points of what both have marked that are shown on each side of what differs."""
DIFFERENT_SHOWN = 2 * SHARED_SHOWN
"""The same of each end of what differs, so that one version does not push the other out of view."""
NEAR = 20
"""Code points within which a cut looks for the edge of a word."""

LISTED = 120
"""Code points of a mark's words that the list may show."""

SIGNS = {
    State.NEW: ("·", "text"), State.SKIPPED: ("–", "warning"), State.DECIDED: ("✓", "good"),
    State.REJECTED: ("✗", "quiet"), State.AGREED: ("=", "quiet"),
}  # fmt: skip
"""The sign of each state in the list, and its style."""

KINDS = {
    Kind.ONLY_A: "only {a}", Kind.ONLY_B: "only {b}", Kind.EDGES: "edges", Kind.TAG: "tag",
    Kind.SAID: "attribute", Kind.PIECES: "pieces", Kind.SPLIT: "split", Kind.AGREED: "agreed",
}  # fmt: skip
"""What a kind of difference is called on the screen."""


class Names(NamedTuple):
    """What the sides are called; in blind mode their letters alone."""

    a: str
    b: str
    feedback: bool = False
    """Whether one person's marks are gone through, with nobody to compare them with."""
    blind: bool = False


def kind_name(kind: Kind, names: Names) -> str:
    """What a kind of difference is called: `edges`, `only ben`."""
    if names.feedback:
        return "mark"
    return KINDS[kind].format(a=names.a, b=names.b)


def difference_name(difference: Difference, names: Names) -> str:
    """The same of a difference; where more than two people are compared, with who made the mark."""
    if not difference.final:
        return kind_name(difference.kind, names)
    people = list(dict.fromkeys(mark.annotator for mark in difference.b))
    who = f"{len(people)} of them" if names.blind else ", ".join(people)
    if difference.kind in (Kind.ONLY_B, Kind.AGREED):
        return who
    return f"{kind_name(difference.kind, names)}, {who}"


def lines_of(
    item: Item,
    where: str,
    alike: int,
    names: Names,
    codebook: Codebook,
    text: str,
    palette: Palette,
    width: int,
    made: Sequence[Annotation] = (),
    *,
    close: bool = False,
) -> list[Words]:
    """All that is said of an item, in lines of at most `width` cells; `where`: `5/22`; `close`: without air.

    `made`: the final marks, where a decision has brought another one than those of the two, or where all agree.
    """
    difference = item.difference
    tags = list(dict.fromkeys(mark.tag for mark in difference.marks))
    head: list[Run] = [(f"{where}  ", "quiet"), (difference_name(difference, names).upper(), "bold")]
    for number, tag_id in enumerate(tags):
        tag = codebook.by_id(tag_id)
        head += [("  " if not number else " / ", "quiet"), (tag.name, f"bold {palette.tags[tag.colour].ink}")]
    lines: list[Words] = [head]
    if item.changed:
        what = "not there any more" if item.gone else "others than when this was decided: look again"
        lines += _indented([(f"! The marks are {what}.", "warning")], width, "")
    if difference.kind is Kind.TAG and difference.edges:
        lines.append([("Their edges differ too.", "quiet")])
    only_a, only_b = apart(difference)
    sides = (("A", names.a, difference.a, only_a), ("B", names.b, difference.b, only_b))
    for letter, name, marks, different in sides:
        if names.feedback and letter == "A":
            continue
        if letter == "A" and difference.final:
            name = "final"
        lines.append([])
        if not marks:
            lines.append(
                [(f"{letter} ", "accent"), ("nothing here" if names.blind else f"{name}: nothing here", "quiet")]
            )
            continue
        if letter == "B" and difference.final and not names.blind:
            name = ", ".join(dict.fromkeys(mark.annotator for mark in marks))
            marks = marks[:1]
        for mark in marks:
            tag = codebook.by_id(mark.tag)
            said_of_it = ([] if names.blind else [name]) + ([tag.name] if len(tags) > 1 else [])
            if mark.status == "unsure":
                said_of_it.append("placed where it most likely belongs")
            about = " · ".join(said_of_it)
            runs = _runs(mark, text, different if difference.a and difference.b else ())
            if close:
                lines += _indented([(f"{letter} ", "accent"), (f"{about}  ", "quiet"), *runs], width, "")
                continue
            lines += _indented([(f"{letter} ", "accent"), (about, "quiet")], width, "")
            lines += _indented(runs, width, "  ")
    lines += _said(difference, names, width)
    lines += _decided(item, made, names, width)
    for mark in made:
        if item.decision is None and _are_alike(mark, difference.a[0]):
            continue
        final = [("→ ", "good"), (f"{codebook.by_id(mark.tag).name}  ", "quiet"), (_shortened(mark.text), "text")]
        lines += _indented(final, width, "  ")
    if alike:
        lines += [[], [(f"{alike} alike, still open: G decides them like this one.", "quiet")]]
    return [line for line in lines if line] if close else lines


def line_of(item: Item, number: int, names: Names, codebook: Codebook, palette: Palette) -> Words:
    """An item in the list: its state, number, kind, the letter of its tag, its words."""
    difference = item.difference
    # What is final already may be the same in many lines: who differs from it says which one this is.
    mark = difference.people[0]
    tag = codebook.by_id(mark.tag)
    sign, style = SIGNS[item.state]
    comment = item.decision is not None and (item.decision.comment or item.decision.answers)
    return [
        ("! " if item.changed else f"{sign} ", "warning" if item.changed else style),
        (f"{number:>3} ", "quiet"),
        (f"{fitted(difference_name(difference, names), 12)} ", "quiet"),
        (f"{tag.symbol} ", f"bold {palette.tags[tag.colour].ink}"),
        ("✎ " if comment else "", "quiet"),
        (short(mark.text, LISTED), "quiet" if item.state in (State.REJECTED, State.AGREED) else "text"),
    ]


def decision_name(item: Item, names: Names) -> str:
    """What was decided, as people say it: `ben's`, `both`, `neither`; empty where nothing was."""
    decision, difference = item.decision, item.difference
    if decision is None or decision.choice is Choice.OPEN:
        return ""
    choice = decision.choice
    if choice is Choice.LATER:
        return "later"
    if names.feedback:
        if choice is Choice.B:
            return "accepted"
        return "rejected" if leaves_nothing(difference, choice) else "fixed"
    if leaves_nothing(difference, choice):
        return "not marked"
    if choice is Choice.A:
        return "as decided before" if difference.final else f"{names.a}’s"
    if choice is Choice.B:
        return "taken" if difference.final else f"{names.b}’s"
    return {
        Choice.BOTH: "both", Choice.UNION: "all that either marked", Choice.SHARED: "what both marked",
        Choice.TAG: "another tag", Choice.EDGES: "edges by hand",
    }[choice]  # fmt: skip


def is_there(mark: Annotation, text: str) -> bool:
    """Whether its words stand in the text: those of marks that are gone may not any more."""
    return bool(mark.document) or PIECES_JOINED_BY.join(span.cut(text) for span in mark.fragments) == mark.text


def _runs(mark: Annotation, text: str, different: Sequence[Span]) -> list[Run]:
    """The words of a mark; what the other one has not is bright and between bars; what is long is shortened."""
    if not is_there(mark, text):
        return [(_shortened(mark.text), "text")]
    runs: list[Run] = []
    for number, piece in enumerate(mark.fragments):
        if number:
            runs.append((PIECES_JOINED_BY, "quiet"))
        at = piece.start
        for span in different:
            start, end = max(span.start, piece.start), min(span.end, piece.end)
            if start >= end:
                continue
            if at < start:
                runs.append((_shortened(text[at:start]), "text"))
            runs.append((f"▕{_shortened(text[start:end], DIFFERENT_SHOWN)}▏", "hit"))
            at = end
        if at < piece.end:
            runs.append((_shortened(text[at : piece.end]), "text"))
    return runs


def _shortened(words: str, most: int = SHARED_SHOWN) -> str:
    """The words, cut in the middle, since only their ends matter; at the edge of a word where one is near."""
    if len(words) <= 2 * most + NEAR:
        return words
    first, last = snap(words, most), snap_up(words, len(words) - most)
    space = words.rfind(" ", first - NEAR, first)
    first = space if space > 0 else first
    space = words.find(" ", last, last + NEAR)
    last = space if space > 0 else last
    return f"{words[:first].rstrip()} … {words[last:].lstrip()}"


def _said(difference: Difference, names: Names, width: int) -> list[Words]:
    """Notes and attributes, side by side; what both say differently is marked as that."""
    a, b = (next(iter(marks), None) for marks in (difference.a, difference.b))
    names_said = sorted({name for mark in (a, b) if mark is not None for name in mark.attributes})
    rows = [(name, _value(a, name), _value(b, name)) for name in names_said]
    if (a is not None and a.note) or (b is not None and b.note):
        rows.append(("note", a.note if a is not None else "", b.note if b is not None else ""))
    # What both say differently first: where there is little room, the rest is what is cut.
    rows.sort(key=lambda row: row[0] not in difference.said)
    lines: list[Words] = [[]] if rows else []
    for name, of_a, of_b in rows:
        differs = name in difference.said
        if names.feedback or not difference.a or not difference.b:
            lines += _indented([(f"{name}: ", "quiet"), (of_a or of_b, "text")], width, "  ")
        elif differs:
            both = [[("A ", "accent"), (of_a, "hit")], [("B ", "accent"), (of_b, "hit")]]
            if width_of(f"  {name}: A {of_a}   B {of_b}") <= width:
                both = [[*both[0], ("   ", "text"), *both[1]]]
            lines += _indented([(f"{name}: ", "quiet"), *both[0]], width, "  ")
            lines += [line for more in both[1:] for line in _indented(more, width, "    ")]
        else:
            whose = "both say so" if of_a == of_b else f"only {names.a if of_a else names.b} says so"
            lines += _indented([(f"{name}: ", "quiet"), (of_a or of_b, "text"), (f"  {whose}", "quiet")], width, "  ")
    return lines


def _value(mark: Annotation | None, name: str) -> str:
    return "; ".join(mark.attributes.get(name, ())) if mark is not None else ""


def _are_alike(mark: Annotation, other: Annotation) -> bool:
    return (mark.tag, mark.fragments) == (other.tag, other.fragments)


def _agreed(item: Item, made: Sequence[Annotation], width: int) -> list[Words]:
    if not made:
        words = "✗ All have marked the same; it was taken out of the final marks by hand.", "quiet"
    elif not _are_alike(made[0], item.difference.a[0]):
        words = "= All have marked the same; the final mark was changed by hand.", "good"
    else:
        words = "= Accepted by itself: all have marked the same. Del takes it up again.", "good"
    return [[], *_indented([words], width, "")]


def _decided(item: Item, made: Sequence[Annotation], names: Names, width: int) -> list[Words]:
    decision = item.decision
    if decision is None:
        return _agreed(item, made, width) if item.state is State.AGREED else []
    what = decision_name(item, names)
    sign, style = SIGNS[item.state]
    runs: list[Run] = [(f"{sign} {what}" if what else "taken up again", style)]
    if not names.blind:
        runs.append((f" · {decision.annotator}, {decision.at[:10]}", "quiet"))
    if decision.reason:
        runs.append((f" · {decision.reason}", "text"))
    lines = [[], *_indented(runs, width, "")]
    if decision.comment:
        lines += _indented([("✎ ", "quiet"), (decision.comment, "text")], width, "")
    for answer in decision.answers:
        lines += _indented([(f"↳ {answer.annotator}: ", "quiet"), (answer.text, "text")], width, "  ")
    return lines


def _indented(runs: Sequence[Run], width: int, indent: str) -> list[Words]:
    """Runs of words as lines of at most `width` cells."""
    text = "".join(shown_text(words.replace("\n", " ")) for words, _ in runs)
    bounds: list[tuple[int, int, str]] = []
    at = 0
    for words, style in runs:
        size = len(shown_text(words.replace("\n", " ")))
        bounds.append((at, at + size, style))
        at += size
    lines: list[Words] = []
    for start, end in pairwise([*wrap(text, max(8, width - len(indent))), len(text)]):
        line: list[Run] = [(indent, "text")] if indent else []
        line += [(text[max(start, a) : min(end, b)], style) for a, b, style in bounds if a < end and b > start]
        lines.append(line)
    return lines
