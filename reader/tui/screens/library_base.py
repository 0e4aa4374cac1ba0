"""The library's screen: what it shows, where its cursor is, what was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.cells import cell_len
from textual.app import ComposeResult

from reader import viewstate
from reader.errors import ReaderError
from reader.tui.commands import IN_FOOTER, Command, Mode
from reader.tui.going import open_page
from reader.tui.reading.line import Line, part_shown
from reader.tui.screens.page import RETRY_SECONDS, SETTLE_SECONDS, Page, fitting
from reader.tui.shelf.columns import Kind
from reader.tui.themes import Palette
from reader.tui.widgets.bar import Bar, Buttons, Words
from reader.tui.widgets.shelf import Shelf, arrow_of, said
from reader.work import history
from reader.work.catalogue import STATUSES, Catalogue, DocumentRow, Sort

LEARN_SECONDS = 0.01
"""How long keys have the screen to themselves between two looks at what typed words are looked for in."""

_NEEDS_ARTICLE = frozenset(("open", "done", "status", "edit", "delete"))
_NEEDS_ANY = {
    "stats": "whose marks could be counted", "agreement": "that people could agree on", "search": "to be searched",
    "sort": "to be put in order", "reverse": "to be put in order", "narrow": "to choose from",
}  # fmt: skip
"""What needs an article in the library, and what for."""
_MAY_LACK = {Kind.BYLINE: "byline", Kind.DATE: "date", Kind.SOURCE: "source", Kind.OPENED: "opened"}
"""Columns that a library may have nothing for, and what it is called there."""

_NOTHING_YET: Sequence[Words] = (
    [("There are no articles here yet.", "text")],
    [],
    [("Paste a text, or the path of a file, and it is added.", "text")],
    [("Ctrl+N", "key"), (" asks for a path.", "quiet")],
    [("reader demo", "key"), (" in the shell opens a finished example.", "quiet")],
)


class LibraryBase(Page):
    """State and display; what the keys do is in the class built on it."""

    DEFAULT_CSS = "LibraryBase { layout: vertical; }"

    def __init__(self, catalogue: Catalogue, look: viewstate.Look, keys: Mapping[str, str]) -> None:
        super().__init__(catalogue.project, look, keys)
        self.catalogue = catalogue
        self.shelf = self.pane = Shelf(self.palette, catalogue.rows, catalogue.codebook, self.project.store.clock)
        self.header = Buttons(self.palette, self._tab_pressed)
        self.finder = Bar(self.palette, "ground")
        self.status = Bar(self.palette, "ground", left_first=True)
        self.footer = Buttons(self.palette, self._key_pressed)
        self.settled = False
        """Whether all that the first page did not need is here too."""
        self._counts: dict[str, int] = {}
        self._marks: int | None = None
        self._undo: str | None = None
        self._redo: str | None = None
        self._message: tuple[str, str] | None = None
        self._learning = False
        self.line = Line()
        self._in_footer: list[Command] = []
        self.shelf.clicked = self.clicked
        self.shelf.headed = self.headed
        self.show_list(0)

    def compose(self) -> ComposeResult:
        """Which articles, what is typed, the list, status, keys."""
        yield self.header
        yield self.finder
        yield self.shelf
        yield self.status
        yield self.footer

    def on_mount(self) -> None:
        """Show the first rows; what they do not need comes right after."""
        self.shelf.focus()
        self.call_after_refresh(self.set_timer, SETTLE_SECONDS, self._settle)

    def on_resize(self) -> None:
        """Other words fit."""
        self.show_words()

    def _settle(self) -> None:
        # Repainting a part of a row has rich count cells, and it loads its tables for the first “: now, not then.
        cell_len("“")
        try:
            self.count()
        except ReaderError as problem:
            self.say(str(problem), "warning")
            self.set_timer(RETRY_SECONDS, self._settle)
            return
        self.settled = True
        self.at_rest()
        self.show_words()
        self.learn()

    def learn(self) -> None:
        """Read what typed words are looked for in, a little at a time."""
        if not self._learning:
            self._learning = True
            self.set_timer(LEARN_SECONDS, self._learn)

    def _learn(self) -> None:
        self._learning = False
        try:
            if self.catalogue.learn():
                self.learn()
        except ReaderError:
            # Whoever types asks for it again, and hears why it cannot be read.
            return

    # The article at the cursor

    @property
    def number(self) -> int | None:
        """The number of the article at the cursor."""
        numbers = self.catalogue.numbers
        return numbers[self.shelf.chosen] if self.shelf.chosen < len(numbers) else None

    @property
    def row(self) -> DocumentRow | None:
        """What is known of it; None also where it is gone since."""
        number = self.number
        return None if number is None else self.catalogue.row(number)

    # What is shown

    def come(self, number: int | None) -> None:
        """The list is in view again, with the cursor on this article."""
        self.catalogue.forget()
        self.catalogue.look_again()
        if self.settled:
            self.call_after_refresh(self.count_again)
        # What was typed before an article was opened is replaced by what is typed now.
        self.line = self.line._replace(fresh=bool(self.line.text))
        if number is not None and self.catalogue.position(number) is None:
            # What was narrowed down would hide the article that somebody comes from.
            self.list_all()
        self._message = None
        self.show_list(number)

    def show_list(self, number: int | None = None) -> None:
        """Show the list as it is now, with the cursor on this article, else on the first one."""
        view = self.catalogue.view
        here = None if number is None else self.catalogue.position(number)
        known = self.catalogue.known()
        without = frozenset(kind for kind, name in _MAY_LACK.items() if name not in known)
        order = (view.sort, view.reverse)
        self.shelf.show(len(self.catalogue), here or 0, order, self.catalogue.most_tags(), without, self._nothing())
        self.show_words()

    def _nothing(self) -> Sequence[Words]:
        """What stands where no article does."""
        if not (self.catalogue.view.words or self.catalogue.view.status):
            return _NOTHING_YET
        paths = self.paths()
        if paths:
            several = f" adds these {len(paths):,} files and opens the last one."
            return [[("Enter", "key"), (several if len(paths) > 1 else f" adds {paths[0]} and opens it.", "quiet")]]
        return [[(self.why_not("open") or "", "quiet")]]

    def paths(self) -> Sequence[Path]:
        """The files whose paths were typed, where no article is called that."""
        from reader.tui.shelf.pasted import paths_in

        return [] if len(self.catalogue) else paths_in(self.catalogue.view.words)

    def count(self) -> None:
        """Ask how many articles and marks there are, and what undo and redo would do."""
        self._counts = self.catalogue.counts()
        self._marks = self.catalogue.total()
        self.see_history()

    def counted(self, before: str, after: str) -> None:
        """One article has another status now: no need to count all of them."""
        for status, more in ((before, -1), (after, 1)):
            if status in self._counts:
                self._counts[status] += more

    def see_history(self) -> None:
        """Ask what undo and redo would do."""
        self._undo, self._redo = history.peek(self.project, None)

    def count_again(self) -> None:
        """The same once what is in view is drawn: 200,000 marks are not counted while somebody waits for a key."""
        self.try_to(self.count)
        self.show_words()

    def say(self, sentence: str, kind: str = "text") -> None:
        """Say something in the status line, until the next move."""
        self._message = (sentence, kind)
        self.show_words()

    def moved(self) -> None:
        """After every move."""
        self._message = None
        self.show_words()

    def show_words(self) -> None:
        """Everything around the list, as things are now."""
        self._show_header()
        self._show_finder()
        right = [(self.key("library_undo"), "key"), (f" undoes {self._undo}", "quiet")] if self._undo else []
        self.status.show(self._status(), right)
        self._in_footer = [
            command for command in IN_FOOTER if command.mode is Mode.LIBRARY and not self.why_not(_name(command))
        ]
        items = [(self.key(command.id), "key", command.label) for command in self._in_footer]
        self.footer.show(fitting(items, self.size.width - 10), [("?", "key"), (" keys", "quiet")])

    def _show_header(self) -> None:
        words: list[tuple[str, str]] = [("Articles   ", "bold")]
        for status in STATUSES:
            count = self._counts.get(status)
            label = status or "all"
            here = status == self.catalogue.view.status
            words.append((f"▸{label}" if here else f" {label}", "accent" if here else "quiet"))
            words.append((f" {count:,}  " if count is not None else "  ", "text" if here else "quiet"))
        marks = [] if self._marks is None else [(f"{self._marks:,} mark{'' if self._marks == 1 else 's'}", "quiet")]
        self.header.show(words, marks)

    def _show_finder(self) -> None:
        before, at, after = part_shown(self.line, max(10, self.size.width // 2))
        look = "hard" if self.line.fresh else "bold"
        left: list[tuple[str, str]] = [("Find  ", "quiet"), (before, look), (at, "cursor"), (after, look)]
        if not self.line.text and len(self.catalogue):
            left.append(("  type a part of a title, an author, a source or a date", "faint"))
        view = self.catalogue.view
        listed = len(self.catalogue)
        here = f"{self.shelf.chosen + 1:,} of {listed:,}" if listed else "none"
        self.finder.show(left, [(f"by {view.sort} {arrow_of(view.sort, view.reverse)} · ", "quiet"), (here, "text")])

    def _status(self) -> Words:
        if self._message is not None:
            return [self._message]
        row = self.row
        if row is None:
            return [(self.why_not("open") or "", "quiet")] if self._counts.get("") else []
        words: list[tuple[str, str]] = []
        tags = self.catalogue.codebook(row.codebook).tags
        for tag in tags:
            if row.counts.get(tag.id):
                ink = self.palette.tags[tag.colour].ink
                words += [(f"{tag.symbol} ", f"bold {ink}"), (f"{tag.name} {row.counts[tag.id]:,}  ", "quiet")]
        if row.orphans:
            words.append((f"+{row.orphans:,} without a place  ", "quiet"))
        more = [said(row, kind) for kind in (Kind.BYLINE, Kind.DATE, Kind.SOURCE) if kind not in self.shelf.kinds]
        if row.note:
            more.append(f"✎ {' '.join(row.note.split())}")
        about = " · ".join(filter(None, more))
        return [*(words or [("no marks yet  ", "quiet")]), (about, "quiet")]

    def why_not(self, command: str) -> str | None:
        """Why a command can't work now, as a sentence; None where it can."""
        view = self.catalogue.view
        if command in _NEEDS_ARTICLE and self.row is None:
            if view.words:
                kind = f" {view.status}" if view.status else ""
                return f"No{kind} article is called “{view.words}”: Esc shows all again."
            if view.status:
                return f"No article is {view.status}: Esc shows all."
            if len(self.catalogue):
                return "This article is no longer here."
            return "There is no article here yet: paste a text or the path of a file."
        if command in _NEEDS_ANY and not self._counts.get("", len(self.catalogue)):
            return f"There is no article here yet {_NEEDS_ANY[command]}."
        if command == "next_not_done" and not len(self.catalogue):
            return "There is no article in this list."
        if command == "undo" and self._undo is None:
            return "There is nothing to undo in the library."
        if command == "redo" and self._redo is None:
            return "There is nothing to redo."
        if command == "leave" and not view.words and not view.status and open_page(self.app) is None:
            return "No article is open: Enter opens one, Ctrl+Q quits."
        return None

    def show_palette(self, palette: Palette) -> None:
        """Draw everything in another palette."""
        self.palette = palette
        self.shelf.show_palette(palette)
        for bar in (self.header, self.finder, self.status, self.footer):
            bar.show_palette(palette)

    # What is typed

    def find(self, line: Line) -> None:
        """List the articles that these words are in, the first one at the cursor; all for none, and it stays."""
        here, before, self.line = self.number, self.line.text, line
        self._message = None
        if line.text == before:
            self.show_words()
            return
        self.catalogue.show(words=line.text)
        self.show_list(None if line.text.strip() else here)

    def list_all(self) -> None:
        """List all articles again, whatever was typed."""
        self.line = Line()
        self.catalogue.show(words="", status="")

    def changed(self, number: int | None, changed: Sequence[int] = ()) -> None:
        """Articles came, went or got other names: list them anew, with the cursor on this one."""
        self.catalogue.renew([*changed, *([] if number is None else [number])])
        self.see_history()
        self.call_after_refresh(self.count_again)
        if number is not None and self.catalogue.position(number) is None:
            self.list_all()
        self.show_list(self.number if number is None else number)
        self.learn()

    # The mouse

    def clicked(self, index: int, times: int) -> None:
        """An article was clicked."""
        raise NotImplementedError

    def headed(self, sort: Sort) -> None:
        """A heading was clicked: the order by it, or turned round."""
        raise NotImplementedError

    def _tab_pressed(self, place: int) -> None:
        if place:
            self.narrow(STATUSES[(place - 1) // 2])

    def narrow(self, status: str) -> None:
        """List the articles of this status; the cursor stays on its article where that is one of them."""
        here = self.number
        self.catalogue.show(status=status)
        self._message = None
        self.show_list(here)

    def _key_pressed(self, place: int) -> None:
        if place // 2 < len(self._in_footer):
            self.run(self._in_footer[place // 2])

    def run(self, command: Command) -> None:
        """Do what a command's key does."""
        self.call_later(self.app.run_action, command.action, self)


def _name(command: Command) -> str:
    """What `why_not` knows a command by."""
    return command.action.partition("(")[0]
