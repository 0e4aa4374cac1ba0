"""Hits as a table for people: under each article its hits, all of them beginning in the same column."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import BinaryIO

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from reader.documents.normalise import safe
from reader.documents.sources import site_of
from reader.documents.span import Span
from reader.work.hits import Hit, Kind

AT_ONCE = 100
"""Hits laid out together; their columns fit each other from one lot to the next."""

NARROWEST, WIDEST = 40, 160
_PLACE = 8
_SHORTEST_LABEL = 20


def write_table(hits: Iterable[Hit], out: BinaryIO, me: str, encoding: str = "utf-8", *, styled: bool = False) -> int:
    """Writes the hits to `out`, some at a time; how many. Marks name who made them unless it was `me`.

    `styled`: with the terminal's bold and dim; without, there is nothing in it but the words.
    """
    width = max(NARROWEST, min(WIDEST, shutil.get_terminal_size((100, 24)).columns))
    written = io.StringIO()
    console = Console(
        file=written, width=width, force_terminal=styled, no_color=not styled, highlight=False, markup=False,
        emoji=False, legacy_windows=False, color_system="auto" if styled else None,
    )  # fmt: skip
    left, count, label, last = iter(hits), 0, 0, 0
    most = max(_SHORTEST_LABEL, width // 4)
    while some := list(islice(left, AT_ONCE)):
        label = max(label, *(min(most, cell_len(_label(hit, me))) for hit in some))
        for number, group in groupby(some, key=lambda hit: hit.article.number):
            together = list(group)
            if number != last:
                console.print(_heading(together[0], first=not last), no_wrap=True, overflow="ellipsis")
            last = number
            inside = [hit for hit in together if hit.kind is not Kind.ARTICLE]
            if inside:
                console.print(_table(inside, me, width, label), soft_wrap=False)
        lines = written.getvalue().splitlines()
        # Columns are filled up with spaces, which nobody wants at the end of a line.
        out.write("".join(f"{line.rstrip()}\n" for line in lines).encode(encoding, "replace"))
        written.seek(0)
        written.truncate()
        count += len(some)
    return count


def _heading(hit: Hit, *, first: bool) -> RenderableType:
    article = hit.article
    known = [_line(value) for value in (article.date, site_of(article.source)) if value]
    heading = Text("" if first or hit.kind is Kind.ARTICLE else "\n")
    heading.append(f"{article.number:>{_PLACE - 2}}  ", "dim").append(_line(article.title), "bold")
    return heading.append("".join(f" · {value}" for value in known), "dim")


def _table(hits: Sequence[Hit], me: str, width: int, label: int) -> Table:
    room = width - _PLACE - (label + 2 if label else 0) - 2
    before = room * 2 // 5
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(width=_PLACE - 2, justify="right", style="dim", no_wrap=True)
    if label:
        table.add_column(width=label, no_wrap=True, overflow="ellipsis")
    table.add_column(width=room, no_wrap=True, overflow="ellipsis")
    for hit in hits:
        named = [Text(_label(hit, me))] if label else []
        where = "" if hit.kind is Kind.NOTE else str(hit.span.start)
        table.add_row(Text(where), *named, _in_context(hit, before, room - before))
        for name, words, found in _about(hit):
            said = Text(f"{' ' * before}{_line(name)}: ", "dim").append_text(_emphasised(words, found))
            table.add_row("", *([""] if label else []), said)
    return table


def _about(hit: Hit) -> Iterator[tuple[str, str, Sequence[Span]]]:
    """What stands below a mark: its note, and the attributes in which something was found."""
    if hit.mark and hit.mark.note:
        yield "note", hit.mark.note, hit.found_in_note
    for each in hit.said:
        yield each.name, each.value, each.found


def _label(hit: Hit, me: str) -> str:
    if hit.note is not None:
        what, who = "✎ note", hit.note.annotator
    elif hit.mark is not None:
        what, who = hit.mark.tag, hit.mark.annotator
    else:
        return ""
    return _line(what if who == me else f"{what} · {who}")


def _in_context(hit: Hit, before: int, behind: int) -> Text:
    """Words before the hit, right-aligned; the hit, bold; what follows as far as there is room."""
    words = _emphasised(hit.words, hit.found or [Span(0, len(hit.words))])
    if hit.found and cell_len(words.plain[: hit.found[0].end]) > behind:
        # What was looked for stands far inside a long mark: begin shortly before it.
        words = Text("… ").append_text(words[max(0, hit.found[0].start - behind // 3) :])
    return Text(_end(_flat(hit.before), before)).append_text(words).append(_flat(hit.after))


def _emphasised(words: str, found: Iterable[Span]) -> Text:
    text = Text(_line(words))
    for span in found:
        text.stylize("bold", span.start, span.end)
    return text


def _line(text: str) -> str:
    """On one line, code point for code point, with nothing that could command a terminal."""
    return safe(text)


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", _line(text))


def _end(text: str, width: int) -> str:
    """The last cells of a text, exactly so many."""
    while cell_len(text) > width:
        text = text[1:]
    return " " * (width - cell_len(text)) + text
