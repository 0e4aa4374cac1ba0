"""A list of hits in their context, under the articles that they are in; only the rows in view are looked at."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from reader.documents.sources import site_of
from reader.documents.span import Span
from reader.errors import ReaderError
from reader.tui.layout.cells import fitted, fitted_end, shown_text, width_of
from reader.tui.reading.found import Found, Row
from reader.tui.themes import Palette
from reader.tui.widgets.paint import differing, strip_of, style
from reader.work.hits import Hit, Kind, Place

MOST_KNOWN = 2_000
"""Hits whose words are kept."""

GUTTER = 4
"""Cells for the letter of a mark's tag, or the letters of the tags that some words have already."""

NAME = 12
"""Cells for the name of whoever made a mark."""

LONGEST = 1_000
"""Code points of a mark's words that are looked at to show them."""

Words = list[tuple[str, str]]
"""A row: each run of words with its style."""

Fetch = Callable[[Sequence[Place]], Sequence[Hit | None]]
Letters = Callable[[Hit], Sequence[tuple[str, str]]]
"""The letters in front of a hit, each with the name of its colour."""


class HitList(Widget):
    """One of the hits is chosen; what is done to it is for whoever holds the list."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "HitList { height: 1fr; width: 1fr; margin: 0 1; }"

    class Clicked(Message):
        """A hit was clicked."""

        def __init__(self, hit: int) -> None:
            super().__init__()
            self.hit = hit

    def __init__(
        self, palette: Palette, letters: Letters, who: Callable[[Hit], str] = lambda hit: "", *, ticks: bool = False
    ) -> None:
        """`who`: the name at the end of a mark's row, empty for one's own."""
        super().__init__()
        self.palette = palette
        self.found = Found()
        self.chosen = 0
        self._letters, self._who = letters, who
        self._ticks = ticks
        self._fetch: Fetch = lambda places: [None] * len(places)
        self._known: dict[int, Hit | None] = {}
        self._top = 0
        self._rows: list[Words] = []
        self._strips: list[Strip] = []
        self._hint: Sequence[Sequence[tuple[str, str]]] = ()

    # What is shown

    def start(self, found: Found, fetch: Fetch, chosen: int = 0) -> None:
        """Show these hits, whose words `fetch` knows."""
        self.found, self._fetch = found, fetch
        self._known.clear()
        self._top = 0
        self.choose(chosen)

    def hint(self, lines: Sequence[Sequence[tuple[str, str]]]) -> None:
        """What is shown where there are no hits."""
        self._hint = lines
        self.renew()

    def renew(self) -> None:
        """More hits have come, or something about them is different."""
        self._draw()

    def hit(self, index: int) -> Hit | None:
        """A hit with its words; None where it is gone."""
        if index not in self._known:
            self._learn([index])
        return self._known.get(index)

    def choose(self, hit: int) -> None:
        """Choose a hit, and bring it into view with what stands above and below it."""
        self.chosen = max(0, min(hit, len(self.found) - 1))
        height = self.size.height
        if len(self.found) and height:
            row = self.found.row_of(self.chosen)
            first, last = row, row
            if row and self.found.row(row - 1)[1] is Row.ARTICLE:
                first -= 1
            while last + 1 < self.found.rows and self.found.row(last + 1)[1] in (Row.NOTE, Row.SAID):
                last += 1
            self._top = max(min(self._top, first), last - height + 1)
        self._draw()

    def step(self, hits: int) -> None:
        """Choose the hit so many further on, or back."""
        self.choose(self.chosen + hits)

    def page(self, pages: int) -> None:
        """Choose the hit so many pages further on, or back."""
        if not len(self.found):
            return
        row = self.found.row_of(self.chosen) + pages * max(1, self.size.height - 2)
        self.choose(self.found.row(max(0, min(row, self.found.rows - 1)))[0])

    def article(self, forward: bool) -> None:
        """Choose the first hit of the next article, or of the one before."""
        if len(self.found):
            self.choose(self.found.next_article(self.chosen, forward))

    # Drawing

    def show_palette(self, palette: Palette) -> None:
        """Draw in another palette."""
        self.palette = palette
        self._rows, self._strips = [], []
        self.refresh()

    def on_resize(self) -> None:
        """Other rows fit."""
        self._rows, self._strips = [], []
        self.choose(self.chosen)

    def _draw(self) -> None:
        """Draw the rows that differ from what is on the screen, and no others."""
        before, self._rows = self._rows, self._in_view()
        if len(before) != len(self._rows) or len(self._strips) != len(self._rows):
            self._strips = [self._strip(row) for row in self._rows]
            self.refresh()
            return
        for y, (old, new) in enumerate(zip(before, self._rows, strict=True)):
            if old != new:
                strip = self._strip(new)
                apart = differing(self._strips[y], strip)
                self._strips[y] = strip
                if apart is not None:
                    self.refresh(Region(apart[0], y, apart[1] - apart[0], 1))

    def render_line(self, y: int) -> Strip:
        """A row, as it was drawn last."""
        if len(self._strips) != self.size.height:
            self._rows = self._in_view()
            self._strips = [self._strip(row) for row in self._rows]
        return self._strips[y] if y < len(self._strips) else Strip.blank(self.size.width)

    def _strip(self, words: Words) -> Strip:
        name = self.palette.name
        segments = [Segment(text, style(name, look)) for text, look in words]
        last = style(name, words[-1][1]) if words else style(name, "none")
        return strip_of(segments, sum(width_of(text) for text, _ in words), self.size.width, last)

    def _in_view(self) -> list[Words]:
        height = self.size.height
        if not len(self.found):
            rows = [[("  ", ""), *self._styled(line)] for line in self._hint]
        else:
            last = min(self.found.rows, self._top + height)
            shown = [self.found.row(at) for at in range(self._top, last)]
            missing = list(dict.fromkeys(hit for hit, _ in shown if hit not in self._known))
            if missing:
                self._learn(missing)
            rows = [self._row(hit, what) for hit, what in shown]
        return [*rows[:height], *([] for _ in range(height - len(rows)))]

    def _learn(self, hits: Sequence[int]) -> None:
        if len(self._known) > MOST_KNOWN:
            self._known.clear()
        try:
            found = self._fetch([self.found.place(hit) for hit in hits])
        except ReaderError:
            # Another program has the database to itself for a moment: the next key asks again.
            return
        self._known.update(zip(hits, found, strict=True))

    def _styled(self, words: Sequence[tuple[str, str]]) -> Words:
        return [(text, getattr(self.palette, look, look)) for text, look in words]

    def _row(self, index: int, what: Row) -> Words:
        hit = self._known.get(index)
        chosen = index == self.chosen and (what is Row.HIT or (hit is not None and hit.kind is Kind.ARTICLE))
        start = [("▸ " if chosen else "  ", "accent")]
        if hit is None:
            words = [("is not there any more", "faint")] if what is Row.HIT else []
        elif what is Row.ARTICLE:
            words = self._article(hit)
        elif what is Row.NOTE:
            words = self._note(hit)
        elif what is Row.SAID:
            words = self._said(hit)
        else:
            if self._ticks:
                start.append(("· ", "faint") if index in self.found.off else ("✓ ", "good"))
            words = self._in_context(hit, chosen, 2 * len(start))
            if index in self.found.off:
                words = [(text, "faint" if look == "quiet" else "quiet") for text, look in words]
        ground = f" {self.palette.soft}" if chosen else ""
        who = self._who(hit) if hit is not None and what is Row.HIT else ""
        row = self._cut(self._styled([*start, *words]), self._styled([(who, "quiet")]) if who else [])
        return [(text, look if " on " in look else look + ground) for text, look in row]

    def _cut(self, words: Words, end: Words) -> Words:
        """What fits into a row, and spaces up to its end, where something else may stand."""
        end = [("  ", ""), *((fitted(text, min(NAME, width_of(text))), look) for text, look in end)] if end else []
        room = self.size.width - sum(width_of(text) for text, _ in end)
        out: list[tuple[str, str]] = []
        for text, look in words:
            shown = shown_text(text.replace("\n", " "))
            if width_of(shown) > room:
                shown = fitted(shown, room)
            out.append((shown, look))
            room -= width_of(shown)
            if room <= 0:
                break
        return [*out, *([(" " * room, "")] if room > 0 else []), *end]

    def _article(self, hit: Hit) -> Words:
        article = hit.article
        known = " · ".join(value for value in (article.date, site_of(article.source), article.byline) if value)
        return [(article.title, "bold"), (f"  {known}", "quiet")]

    def _note(self, hit: Hit) -> Words:
        note = hit.mark.note if hit.mark is not None else ""
        return [
            (" " * (self._before + GUTTER), "none"),
            ("✎ ", "quiet"),
            *_emphasised(note, hit.found_in_note, "quiet", "bold"),
        ]

    def _said(self, hit: Hit) -> Words:
        words: Words = [(" " * (self._before + GUTTER), "none")]
        for each in hit.said:
            words += [(f"{each.name}: ", "quiet"), *_emphasised(each.value, each.found, "quiet", "bold"), ("  ", "")]
        return words

    @property
    def _before(self) -> int:
        """Cells for the words before a hit: it begins in the same column in every row."""
        return max(8, (self.size.width - GUTTER) * 2 // 5)

    def _in_context(self, hit: Hit, chosen: bool, used: int) -> Words:
        letters = [
            (shown_text(symbol)[:1], f"bold {self.palette.tags[colour].ink}") for symbol, colour in self._letters(hit)
        ]
        letters = letters[: GUTTER - 1] if hit.note is None else [("✎", "quiet")]
        before = self._before + 2 - used
        of_hit = hit.before if hit.note is None else f"{hit.note.annotator} on the article:  "
        words: list[tuple[str, str]] = [
            *letters,
            (" " * (GUTTER - len(letters)), ""),
            (fitted_end(_flat(of_hit), before), "quiet"),
        ]
        room = max(1, self.size.width - used - GUTTER - before)
        return [*words, *self._words(hit, chosen, room), (_flat(hit.after), "quiet")]

    def _words(self, hit: Hit, chosen: bool, room: int) -> Words:
        """The words of a hit; of a long mark or note, those around what was looked for in it."""
        palette = self.palette
        if hit.note is None and hit.mark is None:
            return [(hit.words, palette.hit if chosen else f"bold {palette.accent}")]
        look, strong = "text", f"bold {palette.accent}"
        if hit.mark is not None:
            ink = palette.tags[hit.mark.colour]
            look = ink.ink if palette.ansi else f"{palette.text} on {ink.ground}"
            if chosen and not palette.ansi:
                look = f"{palette.strong_text} on {ink.strong}"
            if self.app.no_color:
                # A grey would make the words that were marked the faintest of the row.
                look = "bold"
            strong = f"bold underline {look}"
        cut = hit.found[0].start - room // 3 if hit.found and hit.found[0].end > room else 0
        found = [Span(span.start - cut, span.end - cut) for span in hit.found if span.start >= cut]
        pieces = _emphasised(hit.words[cut : cut + LONGEST], found, look, strong)
        return [("… ", "quiet"), *pieces] if cut > 0 else pieces

    # The mouse

    def on_click(self, event: events.Click) -> None:
        """Report which hit was clicked."""
        row = self._top + event.y
        if row < self.found.rows:
            self.post_message(self.Clicked(self.found.row(row)[0]))

    def _scroll(self, rows: int) -> None:
        self._top = max(0, min(self._top + rows, self.found.rows - self.size.height))
        self._draw()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll."""
        event.stop()
        self._scroll(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll."""
        event.stop()
        self._scroll(-3)


def _emphasised(words: str, found: Sequence[Span], look: str, strong: str) -> list[tuple[str, str]]:
    pieces: list[tuple[str, str]] = []
    at = 0
    for span in found:
        pieces += [(words[at : span.start], look), (words[span.start : span.end], strong)]
        at = span.end
    return [*pieces, (words[at:], look)]


def _flat(text: str) -> str:
    """With one space where there are several, or line breaks."""
    return re.sub(r"\s+", " ", text)
