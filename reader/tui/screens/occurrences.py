"""Every occurrence of some words, ticked one by one or all, and marked in one step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from reader.annotations.codebook import Codebook, Tag
from reader.documents.document import Document
from reader.errors import ReaderError
from reader.project import Project
from reader.tui.commands import Mode
from reader.tui.keys import footer, mode_bindings, tag_bindings
from reader.tui.layout.cells import width_of
from reader.tui.reading.describe import key_of
from reader.tui.reading.targets import Sought
from reader.tui.screens.looking import MORE, OVER, Looking, Rest
from reader.tui.themes import Palette
from reader.tui.widgets.bar import Bar
from reader.tui.widgets.hits import Fetch, HitList
from reader.work import occurrences
from reader.work.hits import Hit, Place
from reader.work.occurrences import Given, Marked

MOST = 10_000
"""Places that are listed, and so marked at once."""

WIDE = 100
"""Columns from which the footer has room for whole names of tags."""

SHOWN_WORDS = 40
"""Code points of the words that the header names."""


class OccurrencesScreen(Looking[tuple[Marked, Tag] | None]):
    """Space leaves a place out, a tag's key marks the others; Esc marks nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [*mode_bindings(Mode.TICKING), *tag_bindings()]
    DEFAULT_CSS = """
    OccurrencesScreen { layout: vertical; }
    OccurrencesScreen HitList { margin: 1 1 0 1; }
    """

    def __init__(
        self,
        project: Project,
        document: Document,
        codebook: Codebook,
        sought: Sought,
        palette: Palette,
        keys: Mapping[str, str],
    ) -> None:
        super().__init__(project, HitList(palette, self._letters, ticks=True))
        self.everywhere = False
        self._document = document
        self._codebook = codebook
        self._sought = sought
        self._palette = palette
        self._keys = keys
        self._given: dict[Place, Sequence[Given]] = {}
        self.header = Bar(palette)
        self.status = Bar(palette, "ground", left_first=True)
        self.footer = Bar(palette)

    def compose(self) -> ComposeResult:
        """What is looked for, the places, what a key would do, the keys."""
        yield self.header
        yield self.list
        yield self.status
        yield self.footer

    def on_mount(self) -> None:
        """Look in this article first."""
        self.list.can_focus = True
        self.list.focus()
        self._look_there()

    def _look_there(self) -> None:
        documents = None if self.everywhere else [self._document]
        self.look(partial(self._find, documents), MOST)
        self._tell()

    def on_resize(self) -> None:
        """Other keys fit into the footer."""
        self._show_keys()

    def _show_keys(self) -> None:
        keys = [(key, "key", does) for key, does in footer(Mode.TICKING, self._keys)]
        for tag in self._codebook.active[:9]:
            name = tag.name if self.size.width >= WIDE else tag.name.partition(" ")[0]
            keys.append((key_of(self._codebook, tag), f"bold {self._palette.tags[tag.colour].ink}", name))
        words: list[tuple[str, str]] = []
        room = self.size.width - 2
        for key, look, does in keys:
            room -= width_of(key) + width_of(does) + 3
            if room < 0:
                break
            words += [(key, look), (f" {does}  ", "quiet")]
        self.footer.show(words)

    def _find(
        self, documents: Sequence[Document] | None, project: Project, rest: Rest
    ) -> tuple[Iterator[Hit], Callable[[Project], Fetch]]:
        found = occurrences.occurrences(project, self._sought.words, documents, whole=self._sought.whole, rest=rest)
        return (each.hit for each in found), lambda other: partial(self._again, other)

    def _again(self, project: Project, places: Sequence[Place]) -> list[Hit | None]:
        found = occurrences.again(project, places)
        self._given.update((each.hit.place, each.tags) for each in found if each is not None)
        return [None if each is None else each.hit for each in found]

    def _letters(self, hit: Hit) -> list[tuple[str, str]]:
        return [(tag.symbol, tag.colour) for tag in self._given.get(hit.place, ())]

    def came(self, state: str) -> None:
        """More places have come, or all of them."""
        self._tell("" if state in (MORE, OVER) else state)

    # Ticking

    def action_tick(self) -> None:
        """Leave the place out, or take it in again, and go on to the next."""
        self._tick(self.list.chosen)
        self.list.step(1)
        self._tell()

    def _tick(self, index: int) -> None:
        if len(self.list.found):
            self.list.found.off ^= {index}
            self.list.renew()

    def action_tick_article(self) -> None:
        """Leave all places of the article out, or take them in again, and go on to the next article."""
        found = self.list.found
        if not len(found):
            return
        places = found.of_article(self.list.chosen)
        found.off = found.off.difference(places) if found.off.issuperset(places) else found.off.union(places)
        self.list.choose(min(places.stop, len(found) - 1))
        self.list.renew()
        self._tell()

    def action_tick_all(self) -> None:
        """Take all in, or, where they are, none."""
        found = self.list.found
        found.off = set() if found.off else set(range(len(found)))
        self.list.renew()
        self._tell()

    def action_tick_where(self) -> None:
        """The places in this article, or in all."""
        self.everywhere = not self.everywhere
        self._look_there()

    def action_tick_step(self, places: int) -> None:
        """The next place, or the one before."""
        self.list.step(places)

    def action_tick_page(self, pages: int) -> None:
        """A page on, or back."""
        self.list.page(pages)

    def action_tick_end(self, direction: int) -> None:
        """The first place, or the last."""
        self.list.choose(len(self.list.found) if direction > 0 else 0)

    def on_hit_list_clicked(self, event: HitList.Clicked) -> None:
        """Leave the clicked place out, or take it in again."""
        self.list.choose(event.hit)
        self._tick(event.hit)
        self._tell()

    # Marking

    def action_tag(self, key: str) -> None:
        """Mark what is ticked with the tag that this key means."""
        tag = self._codebook.by_key(key)
        if tag is None:
            known = ", ".join(f"{key_of(self._codebook, each)} {each.name}" for each in self._codebook.active[:6])
            self.status.show([(f"{key} gives no tag. These do: {known}; Enter lists all.", "warning")])
        else:
            self._mark(tag)

    def action_tick_by_name(self) -> None:
        """Choose the tag from a list."""
        from reader.tui.screens.picker import tag_picker

        def chosen(tag_id: str | None) -> None:
            if tag_id is not None:
                self._mark(self._codebook.by_id(tag_id))

        self.app.push_screen(tag_picker(self._palette, "Mark them as …", self._codebook), chosen)

    def _mark(self, tag: Tag) -> None:
        found = self.list.found
        if not self.is_over:
            self.status.show([("All places are not here yet: wait a moment, then press the key again.", "warning")])
            return
        ticked = found.ticked()
        if not ticked:
            self.status.show([("No place is ticked: Space ticks one, A all of them.", "warning")])
            return
        try:
            done = occurrences.mark(self.project, ticked, tag)
        except ReaderError as problem:
            self.status.show([(str(problem), "warning")])
            return
        self.dismiss((done, tag))

    def action_tick_leave(self) -> None:
        """Mark nothing."""
        self.dismiss(None)

    # Telling

    def _tell(self, problem: str = "") -> None:
        found = self.list.found if not self.looking else None
        words = " ".join(self._sought.words.split())
        words = words if len(words) <= SHOWN_WORDS else f"{words[: SHOWN_WORDS - 1]}…"
        where = "all articles" if self.everywhere else "this article"
        left = [("Mark every ", "quiet"), (f"“{words}”", "bold"), (f" in {where}", "quiet")]
        if found is None:
            self.header.show(left, [("…", "quiet")])
            return
        ticked = len(found) - len(found.off)
        right = [(f"{ticked:,} of {len(found):,} ticked", "text")]
        if self.everywhere:
            right.append((f" in {found.articles:,} {'article' if found.articles == 1 else 'articles'}", "quiet"))
        self.header.show(left, right if self.is_over else [*right, (" …", "quiet")])
        if problem or not self.is_over:
            self.status.show([(problem, "warning")] if problem else [])
        elif not len(found):
            self.status.show([(f"These words do not stand in {where}: Tab looks in the others.", "warning")])
        elif len(found) >= MOST:
            self.status.show([(f"These are the first {MOST:,}: look for rarer words to have all.", "warning")])
        else:
            self.status.show([("A tag’s key marks what is ticked, in one step that one undo takes back.", "quiet")])
