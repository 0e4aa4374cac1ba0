"""Searching everything: a line to type in, and the hits in their context below it, as they come."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from reader.errors import ReaderError
from reader.project import Project
from reader.tui.commands import Mode
from reader.tui.keys import footer, mode_bindings
from reader.tui.reading.found import Found
from reader.tui.reading.targets import NOWHERE, Searched, Target
from reader.tui.screens.looking import MORE, OVER, Looking, Rest
from reader.tui.themes import Palette
from reader.tui.widgets.bar import Bar, Words
from reader.tui.widgets.hits import Fetch, HitList
from reader.work import marks
from reader.work.hits import Hit
from reader.work.searching import FIELDS, Search

MOST = 100_000
"""Hits that are listed."""

LONGEST_QUERY = 1_000


class SearchScreen(Looking[Target | None]):
    """Type, choose, Enter; Esc leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [*mode_bindings(Mode.SEARCHING)]
    DEFAULT_CSS = """
    SearchScreen { layout: vertical; }
    SearchScreen Input, SearchScreen Input:focus { border: none; height: 1; padding: 0 1; margin: 0 0 1 0;
        background: $surface; }
    """

    def __init__(self, project: Project, palette: Palette, keys: Mapping[str, str], searched: Searched) -> None:
        super().__init__(project, HitList(palette, _letters, self._who))
        self.searched = searched
        """What is looked for now, to begin with the next time."""
        self._palette = palette
        self._keys = keys
        self._wanted = 0
        self.header = Bar(palette)
        self.status = Bar(palette, "ground", left_first=True)
        self.footer = Bar(palette)

    def compose(self) -> ComposeResult:
        """The line, the hits, what is said about the one that is chosen, the keys."""
        yield self.header
        line = Input(
            self.searched.query,
            placeholder="words, “a phrase”, tag:quote, speaker:…, note:…, -without",
            select_on_focus=True,
            max_length=LONGEST_QUERY,
        )
        line.cursor_blink = False
        yield line
        yield self.list
        yield self.status
        yield self.footer

    def on_mount(self) -> None:
        """Show how to ask."""
        self.list.hint(_hints())
        keys = footer(Mode.SEARCHING, self._keys)
        self.footer.show([each for key, does in keys for each in ((key, "key"), (f" {does}   ", "quiet"))])
        self._ask(self.searched.query)

    # Asking

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look for what is there now."""
        if event.value != self.searched.query:
            self._ask(event.value)

    def _ask(self, query: str) -> None:
        self._wanted = self.searched.hit if query == self.searched.query else 0
        self.searched = Searched(query, self._wanted)
        if query.strip():
            self.look(partial(_find, query), MOST)
        else:
            self.stop()
            self.list.start(Found(), lambda places: [None] * len(places))
            self._tell("")

    def came(self, state: str) -> None:
        """Say how many there are; come back to the hit that was chosen before."""
        if self._wanted and len(self.list.found) > self._wanted:
            self.list.choose(self._wanted)
            self._wanted = 0
        self._tell(state)

    # Choosing

    def action_search_step(self, hits: int) -> None:
        """The next hit, or the one before."""
        self.list.step(hits)
        self._say_chosen()

    def action_search_page(self, pages: int) -> None:
        """A page of hits on, or back."""
        self.list.page(pages)
        self._say_chosen()

    def action_search_article(self, direction: int) -> None:
        """The first hit of the next article, or of the one before."""
        self.list.article(direction > 0)
        self._say_chosen()

    def action_search_end(self, direction: int) -> None:
        """The first hit, or the last one so far."""
        self.list.choose(len(self.list.found) if direction > 0 else 0)
        self._say_chosen()

    def action_search_open(self) -> None:
        """Go to the hit."""
        if len(self.list.found) and not self.looking:
            self._open(self.list.chosen)

    def on_hit_list_clicked(self, event: HitList.Clicked) -> None:
        """Go to the hit that was clicked."""
        self._open(event.hit)

    def _open(self, index: int) -> None:
        hit = self.list.hit(index)
        if hit is None:
            self.status.show([("That is not there any more: type to look again.", "warning")])
            return
        self.searched = Searched(self.searched.query, index)
        self.dismiss(_target(hit))

    def action_search_leave(self) -> None:
        """Back to where one was."""
        self.searched = Searched(self.searched.query, self.list.chosen)
        self.dismiss(None)

    def _who(self, hit: Hit) -> str:
        """Who made the mark, if it was somebody else: several may have marked the same words."""
        who = hit.mark.annotator if hit.mark is not None else ""
        return "" if who == self.project.annotator.name else who

    # Telling

    def _tell(self, state: str) -> None:
        """How many hits there are, and what else is to be said."""
        found = self.list.found
        hits = f"{len(found):,} {'hit' if len(found) == 1 else 'hits'}"
        articles = f" in {found.articles:,} {'article' if found.articles == 1 else 'articles'}"
        going_on = " …" if state == MORE else ""
        right = [(hits, "text"), (articles + going_on, "quiet")] if len(found) else []
        self.header.show([("Search everything", "bold")], right)
        if state not in (MORE, OVER, ""):
            self.status.show([(state, "warning")])
        elif state == OVER and not len(found):
            self.status.show([("Nothing found. Whole words are looked for; harb* finds what begins so.", "warning")])
        else:
            self._say_chosen()

    def _say_chosen(self) -> None:
        """What is known of the hit that is chosen."""
        found = self.list.found
        hit = self.list.hit(self.list.chosen) if len(found) else None
        if hit is None:
            self.status.show([])
            return
        words: list[tuple[str, str]] = [(f"{self.list.chosen + 1:,} of {len(found):,} · ", "quiet")]
        if hit.mark is not None:
            ink = self._palette.tags[hit.mark.colour].ink
            words += [(hit.mark.tag, f"bold {ink}"), (f" · {hit.mark.annotator}", "quiet")]
            try:
                said = [each for mark in marks.by_pk(self.project, [hit.mark.pk]) for each in mark.attributes.items()]
            except ReaderError:
                said = []
            words += [(f" · {name}: {', '.join(values)}", "quiet") for name, values in said]
            words.append((" · ", "quiet"))
        elif hit.note is not None:
            words.append((f"a note on the article by {hit.note.annotator} · ", "quiet"))
        self.status.show([*words, (hit.article.title, "quiet")])


def _find(query: str, project: Project, rest: Rest) -> tuple[Iterator[Hit], Callable[[Project], Fetch]]:
    search = Search(project, query, unfinished=True, rest=rest)
    return search.hits(), lambda other: search.on(other).again


def _target(hit: Hit) -> Target:
    """One's own note is opened in its article; what others wrote is said there."""
    if hit.note is None:
        return Target(hit.article.id, hit.span)
    if hit.note.is_own:
        return Target(hit.article.id, NOWHERE, opens_note=True)
    return Target(hit.article.id, NOWHERE, says=f"{hit.note.annotator} on this article: {' '.join(hit.words.split())}")


def _letters(hit: Hit) -> list[tuple[str, str]]:
    return [(hit.mark.symbol, hit.mark.colour)] if hit.mark is not None else []


def _hints() -> list[Words]:
    """How to ask, where nothing is asked yet."""
    ways = {
        "harbour budget": "articles with both words; notes and attributes with both",
        "“the third time”": "these words in a row",
        "harb*": "words that begin so", "-ferry": "without it; so are -tag:quote, -speaker:*", "": "",
        **{f"{name}:": says for name, says in FIELDS.items()},
        "speaker:": "and every other attribute of a tag, by its name; speaker:* for any",
    }  # fmt: skip
    return [[(way.ljust(18), "key"), (says, "quiet")] for way, says in ways.items()]
