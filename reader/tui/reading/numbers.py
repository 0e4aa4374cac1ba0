"""Statistics as lines of words: of an article, of some, or of all, as wide as there is room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from reader.tui.layout.cells import fitted, width_of
from reader.tui.themes import Palette
from reader.work.coverage import Cover, Covered
from reader.work.stats import Overview, TagRow, Tally, filled, fitting, over_time
from reader.work.strips import bar, blocks, gathered

Line = list[tuple[str, str]]

NAME, WIDEST_NAME = 18, 48
"""Cells of a tag's name, and of the other names at most."""

COUNT = 7
WIDEST_BAR = 20
WIDEST_TIME = 60
"""Days, weeks or months that stand in a line."""


class Numbers(NamedTuple):
    """What is known so far of an article, or of all."""

    title: str
    """Of the article, or what some are called; empty for all of them."""
    overview: Overview
    covered: Covered | None = None
    """None as long as it is still being counted."""

    @property
    def of_one(self) -> bool:
        """Whether they are of one article, whose title says which."""
        return bool(self.title) and self.overview.articles == 1


def number_lines(numbers: Numbers, tags: Mapping[str, TagRow], palette: Palette, width: int) -> list[Line]:
    """What there is to say of it; tables begin in the same columns, whatever they are of."""
    overview, covered = numbers.overview, numbers.covered
    lines: list[Line] = [[(numbers.title or "All articles", "accent")], *_summary(numbers, width)]
    if overview.orphans:
        lines.append([(f"{overview.orphans:,} more without a place since the text has changed", "quiet")])
    if not overview.marks:
        return lines
    lines.append([])
    lines += _tags(overview, covered, tags, palette, width)
    lists: list[tuple[str, Sequence[Tally]]] = [
        *overview.said.items(),
        ("who marked", overview.annotators if len(overview.annotators) > 1 else ()),
        ("where most marks are", () if numbers.of_one else overview.by_article),
        ("source", overview.sources if len(overview.sources) > 1 else ()),
    ]
    for name, tallies in lists:
        if tallies:
            lines += [[], [(name, "quiet")], *_bars(tallies, name, width)]
    return [*lines, [], *_times(overview, width)]


def _summary(numbers: Numbers, width: int) -> list[Line]:
    """What it comes to; how much is marked stands below where there is no room beside it."""
    overview, covered = numbers.overview, numbers.covered
    line: Line = [(f"{overview.marks:,} {'mark' if overview.marks == 1 else 'marks'}", "bold")]
    if not numbers.of_one:
        articles = "article" if overview.articles == 1 else "articles"
        line.append((f" in {overview.marked:,} of {overview.articles:,} {articles}", "text"))
    line.append((f" · {overview.words:,} words", "quiet"))
    if not overview.marks:
        return [line]
    says = " of the text is marked" + ("" if overview.marked == overview.articles else " in those with marks")
    share = "…" if covered is None else _percent(covered, covered.all) + says
    # The same number of lines while it is being counted and then.
    if sum(width_of(text) for text, _ in line) + width_of(f" · 100.0 %{says}") <= width:
        return [[*line, (f" · {share}", "quiet")]]
    return [line, [(share, "quiet")]]


def _tags(
    overview: Overview, covered: Covered | None, tags: Mapping[str, TagRow], palette: Palette, width: int
) -> list[Line]:
    """Each tag with its letter, its colour and where in the text it is; then all of them."""
    room = width - 2 - NAME - COUNT - 13 - 9 - 2
    strips = {} if covered is None else {tag: gathered(cover.strip, room) for tag, cover in covered.tags.items()}
    whole = [] if covered is None else gathered(covered.all.strip, room)
    highest = max((max(strip) for strip in (whole, *strips.values()) if strip), default=0.0)
    lines: list[Line] = []
    for tally in overview.tags:
        tag = tags[tally.id]
        ink = palette.tags[tag.colour].ink
        cover = covered.tags.get(tally.id) if covered is not None else None
        line: Line = [(fitted(tag.symbol, 2), f"bold {ink}"), (fitted(tally.name, NAME), "text")]
        lines.append(line + _numbers(tally.marks, covered, cover) + _strip(strips.get(tally.id, []), highest, ink))
    if len(overview.tags) > 1:
        line = [("  ", "text"), (fitted("all", NAME), "quiet")]
        cover = covered.all if covered is not None else None
        lines.append(line + _numbers(overview.marks, covered, cover) + _strip(whole, highest, "quiet"))
    return lines


def _numbers(marks: int, covered: Covered | None, cover: Cover | None) -> Line:
    words = "" if cover is None or cover.words is None else f"{cover.words:,} {'word' if cover.words == 1 else 'words'}"
    share = "" if covered is None or cover is None else _percent(covered, cover)
    return [(f"{marks:>{COUNT},}", "bold"), (f"{words:>13}{share:>9}  ", "quiet")]


def _strip(strip: Sequence[float], highest: float, ink: str) -> Line:
    """The blocks in the tag's colour, what is empty fainter."""
    line: Line = []
    for number in strip:
        style = ink if number > 0 else "faint"
        block = blocks([number], highest)
        if line and line[-1][1] == style:
            line[-1] = (line[-1][0] + block, style)
        else:
            line.append((block, style))
    return line


def _bars(tallies: Sequence[Tally], name: str, width: int) -> list[Line]:
    """Counts stand under those of the tags, unless a name is longer than theirs."""
    highest = max(tally.marks for tally in tallies)
    most = max(NAME, min(WIDEST_NAME, width - COUNT - WIDEST_BAR - 4))
    wide = max(NAME, min(most, max(width_of(tally.name) for tally in tallies)))
    room = max(1, min(WIDEST_BAR, width - wide - COUNT - 4))
    return [
        [
            ("  ", "text"),
            (fitted(tally.name or f"no {name}", wide), "text" if tally.name else "quiet"),
            (f"{tally.marks:>{COUNT},}", "bold"),
            (f"  {bar(tally.marks, highest, room)}", "quiet"),
        ]
        for tally in tallies
    ]


def _times(overview: Overview, width: int) -> list[Line]:
    """A strip from the first day to the last."""
    room = max(10, min(WIDEST_TIME, width - 26))
    period = fitting(overview.days, room)
    times = filled(over_time(overview.days, period), period)
    first, last = times[0].name, times[-1].name
    if first == last:
        return [[(f"made {'on' if len(first) > 7 else 'in'} {first}", "quiet")]]
    numbers = gathered([each.marks for each in times], room)
    most = [(f"marks by {period}, at most {int(max(numbers)):,}", "quiet")]
    return [most, [(f"  {first} ", "text"), *_strip(numbers, max(numbers), "text"), (f" {last}", "text")]]


def _percent(covered: Covered, cover: Cover) -> str:
    return f"{100 * covered.share(cover):.1f} %"
