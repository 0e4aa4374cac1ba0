"""The screen of an article that has changed: what it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.message import Message
from textual.screen import Screen

from reader.documents.document import Document, Structure
from reader.documents.span import Span
from reader.errors import ReaderError
from reader.project import Project
from reader.tui.commands import IN_FOOTER, Mode, by_id, shown_keys
from reader.tui.desk import all_marks, lay_out
from reader.tui.layout.cells import width_of
from reader.tui.reading.deciding import Deciding
from reader.tui.reading.describe import counted
from reader.tui.reading.selected import Selected
from reader.tui.reading.targets import NOWHERE
from reader.tui.screens.dialog import Awaited
from reader.tui.screens.page import fitting
from reader.tui.themes import Palette
from reader.tui.widgets.article import Article
from reader.tui.widgets.bar import Bar, Words
from reader.tui.widgets.lines import Lines
from reader.tui.widgets.paint import Look
from reader.tui.widgets.reader import Reader
from reader.work import updating

if TYPE_CHECKING:
    from reader.anchoring.carrying import Candidate
    from reader.anchoring.comparing import Comparison
    from reader.work.updating import Unsettled

BESIDE_FROM = 100
"""Columns from which the two texts stand side by side."""

_SELECTING = ("quotation", "sentence", "extend_word", "extend_word_back", "wider")
"""Keys of the text that are named while words are chosen."""

MOST_LISTED = 7
"""Rows of the list of marks, where the terminal is high enough."""


class Left(NamedTuple):
    """How the screen was left."""

    span: Span = NOWHERE
    """What was in view last."""
    replaced: bool = False
    """Whether the article has another text now: the update itself was taken back."""
    told: str = ""
    """What there is to say of that."""
    wants_text: bool = False
    """Whether it is to get another text."""


class Past(Article, can_focus=False):
    """The old text: looked at, never moved in."""

    @property
    def _cursor(self) -> int:
        return -1


class Present(Reader):
    """The new text: its cursor is seen only while it is moved."""

    @property
    def _cursor(self) -> int:
        return self.view.cursor if self.has_focus else -1


class UpdateBase(Awaited, Screen[Left]):
    """Both texts, the marks in doubt, and the words around them; what the keys do is in the class built on it."""

    DEFAULT_CSS = """
    UpdateBase { layout: vertical; }
    UpdateBase > Container { height: 1fr; layout: horizontal; }
    UpdateBase > Container.-stacked { layout: vertical; }
    UpdateBase Vertical { width: 1fr; height: 1fr; }
    """

    class Came(Message):
        """The texts have been compared and the marks looked for; or that failed, in a sentence."""

        def __init__(
            self,
            version: str,
            compared: Comparison | None,
            found: Mapping[str, Sequence[Candidate]],
            problem: str = "",
        ) -> None:
            super().__init__()
            self.version = version
            self.compared = compared
            self.found = found
            self.problem = problem

    def __init__(
        self, project: Project, document: Document, palette: Palette, keys: Mapping[str, str], measure: int
    ) -> None:
        super().__init__()
        self.project = project
        self.palette = palette
        self.desk = lay_out(project, document)
        self.deciding = Deciding(self.unsettled(), text=self.desk.text)
        self.past: Past | None = None
        self.reader: Present | None = None
        self._keys = keys
        self._measure = measure
        self._texts = {version.id: version.number for version in updating.texts(project, document)}
        self._version = ""
        self._compared: Comparison | None = None
        self._steady = False
        self._changes: Sequence[tuple[Span, Span]] = ()
        self._pieces: list[Span] = []
        self._last = NOWHERE
        self._done: Words = ()
        """What was done last, said until something else is looked at."""
        self._listed: Sequence[Unsettled] | None = None
        self._paint = Look.of(palette, self.desk.codebook.tags)
        self.header = Bar(palette)
        self.before, self.after = Bar(palette, "ground"), Bar(palette, "ground")
        self.sides = Vertical(self.before), Vertical(self.after)
        self.body = Container(*self.sides)
        self.list = Lines(palette)
        self.status = Bar(palette, "ground", left_first=True)
        self.footer = Bar(palette)

    def compose(self) -> ComposeResult:
        """The old text, the new one, the marks, what there is to say, the keys."""
        yield self.header
        yield self.body
        yield self.list
        yield self.status
        yield self.footer

    def on_mount(self) -> None:
        """Compare the texts, in a thread: it may take a while."""
        self.list.can_focus = True
        self._fit()
        self.set_focus(self.list)
        self._look()

    def on_resize(self) -> None:
        """Divide the terminal anew."""
        self._fit()
        self._tell()

    def _fit(self) -> None:
        width, height = self.app.size
        self.body.set_class(width < BESIDE_FROM, "-stacked")
        rows = max(1, min(len(self.deciding.marks), MOST_LISTED, height // 5))
        self.list.styles.height = rows

    # Comparing

    def _look(self) -> None:
        """Compare the text that the mark in question comes from with the present one."""
        mark = self.deciding.mark
        version = mark.known_version if mark is not None else self._last_text()
        self._version, self._compared = version, None
        self._tell()
        self.run_worker(lambda: self._looked(version), group="comparing", thread=True, exclusive=True)

    def _last_text(self) -> str:
        """The text that the article had before the present one."""
        number = self._texts[self.desk.document.version]
        others = [id_ for id_ in self._texts if id_ != self.desk.document.version]
        return max(others, key=lambda id_: (self._texts[id_] < number, self._texts[id_]))

    def _looked(self, version: str) -> None:
        try:
            reader = self.project.reader()
            try:
                compared = updating.compare(reader, self.desk.document, version)
                marks = self.deciding.marks
                carried = updating.candidates(reader, self.desk.document, marks) if not self.deciding.found else ()
                found = {mark.id: each.candidates for mark, each in zip(marks, carried, strict=False)}
            finally:
                reader.close()
        except ReaderError as problem:
            self.post_message(self.Came(version, None, {}, str(problem)))
            return
        self.post_message(self.Came(version, compared, found))

    async def on_update_base_came(self, event: Came) -> None:
        """Show both texts with what differs."""
        if event.version != self._version:
            return
        if event.compared is None:
            self.status.show([(event.problem, "warning")])
            return
        self.deciding.found = self.deciding.found or event.found
        for pane in (self.past, self.reader):
            if pane is not None:
                await pane.remove()
        try:
            self.past, self.reader = self._panes(event.compared)
        except ReaderError as problem:
            self.past = self.reader = None
            self._warn(str(problem))
            return
        self._changes = event.compared.changes
        await self.sides[0].mount(self.past)
        await self.sides[1].mount(self.reader)
        self._compared = event.compared
        self.call_after_refresh(self._show)

    def _panes(self, compared: Comparison) -> tuple[Past, Present]:
        old = lay_out(self.project, updating.as_of(self.project, self._version))
        new = self.desk
        past = Past(old.text, old.paragraphs, _with(old.structure, "went", compared.went), self._paint)
        structure = _with(new.structure, "came", compared.came)
        reader = Present(new.text, new.paragraphs, structure, new.segments, self._paint)
        past.marks, reader.marks = all_marks(old), all_marks(new)
        for pane in (past, reader):
            pane.measure = self._measure
        reader.scrolled, reader.changed = self._scrolled, self._selected
        reader.clicked = lambda offset, _, extend: reader.click(offset, extend=extend)
        return past, reader

    # What is in view

    def unsettled(self) -> tuple[Unsettled, ...]:
        """What is left to decide on: the unsure marks, then those without a place."""
        document = self.desk.document
        return (*updating.unsure(self.project, document), *updating.orphans(self.project, document))

    @property
    def placing(self) -> bool:
        """Whether the keys move in the new text, to choose words by hand."""
        return self.reader is not None and self.focused is self.reader

    def _show(self) -> None:
        """Both texts at the mark in question, at the place that it may belong to."""
        mark, past, reader = self.deciding.mark, self.past, self.reader
        if past is None or reader is None or self._compared is None:
            return
        self._steady = True
        if mark is None:
            past.show(past.view._replace(focus=-1))
            reader.show(reader.view._replace(focus=-1, soft=None, hard=None, hits=()))
        else:
            place = self.deciding.place
            start = place[0].start if place else min(mark.near, max(0, len(self.desk.text) - 1))
            there = place == mark.fragments
            reader.selected = Selected(cursor=start, hard=place[0] if place and not there else None)
            reader.bring(start, middle=True)
            hits = () if there else place[1:]
            reader.show(reader.view._replace(
                cursor=start, soft=None, hard=reader.selected.hard, hits=hits, focus=mark.pk if there else -1
            ))  # fmt: skip
            if mark.known_fragments:
                past.bring(mark.known_fragments[0].start, middle=True)
                past.show(past.view._replace(cursor=mark.known_fragments[0].start, focus=mark.pk))
        self._steady = False
        self._tell()

    def _scrolled(self) -> None:
        """The old text goes along with the new one."""
        if not self._steady and self.past is not None and self.reader is not None and self._compared is not None:
            self.past.scroll_to_place(self.past.flow.locate(self._compared.back(self.reader.top_offset)))

    def _selected(self) -> None:
        self._done = ()
        self._tell()

    def _by_hand(self) -> Span | None:
        selected = self.reader.selected if self.reader is not None else Selected()
        return selected.hard or (selected.soft if not self._pieces else None)

    def on_descendant_focus(self) -> None:
        """Other keys are at work now."""
        super().on_descendant_focus()
        self._tell_keys()
        if self.placing:
            self.status.show(self._says(self.deciding.mark))

    # Telling

    def _warn(self, sentence: str) -> None:
        self.status.show([(sentence, "warning")])

    def _is_idle(self, command: str) -> bool:
        """Whether a key has nothing to do now."""
        mark, places = self.deciding.mark, self.deciding.places()
        return (
            (mark is None and command in ("decide_place", "decide_orphan", "decide_later"))
            or (command == "decide_here" and not places)
            or (command == "decide_other" and len(places) < 2)
            or (command == "decide_orphan" and mark is not None and mark.status == "orphan")
        )

    def _key(self, command: str) -> str:
        return shown_keys(by_id(command), self._keys)[0]

    def _tag_name(self, mark: Unsettled) -> str:
        return next((tag.name for tag in self.desk.codebook.tags if tag.id == mark.tag), "the mark")

    def _tell(self) -> None:
        marks, mark = self.deciding.marks, self.deciding.mark
        now = self._texts[self.desk.document.version]
        was = self._texts.get(self._version, 0)
        unsure = sum(each.status == "unsure" for each in marks)
        right = [(f"{unsure:,} unsure", "text"), (f" · {len(marks) - unsure:,} without a place", "quiet")]
        self.header.show([(self.desk.document.title, "bold"), (f"  text {was} → {now}", "quiet")], right)
        self.before.show([(f" It was · text {was}", "quiet")], [("gone", f"strike {self.palette.warning}")])
        self.after.show([(f" It is · text {now}", "quiet")], [("new", f"bold {self.palette.good}")])
        if marks is not self._listed:
            self._listed = marks
            self.list.show([self._line(each) for each in marks])
        self.list.choose(self.deciding.at if marks else None)
        says = self._says(mark)
        self.status.show(*((self._done, says[1:]) if self._done else (says,)))
        self._tell_keys()

    def _tell_keys(self) -> None:
        mode = Mode.PLACING if self.placing else Mode.DECIDING
        ends = ("place_leave",) if self.placing else ("decide_help", "decide_leave")
        right: list[tuple[str, str]] = []
        for each in map(by_id, ends):
            right += [("  " if right else "", "quiet"), (self._key(each.id), "key"), (f" {each.label}", "quiet")]
        keys = [
            (self._key(each.id), "key", each.label)
            for each in IN_FOOTER
            if each.mode is mode and not self._is_idle(each.id)
        ]
        if self.placing:
            keys += [(self._key(each), "key", by_id(each).label) for each in _SELECTING]
        room = self.size.width - sum(width_of(text) for text, _ in right) - 2
        self.footer.show(fitting(keys, room), right)

    def _says(self, mark: Unsettled | None) -> Words:
        if self._compared is None:
            return [("Comparing the texts …", "quiet")]
        if self.placing:
            span, pieces = self._by_hand(), len(self._pieces)
            more = f" · {pieces} {'piece' if pieces == 1 else 'pieces'} kept" if pieces else ""
            words = counted(self.desk.text, [span]) if span is not None else "no words"
            return [(f"Where does it belong? {words} selected{more}", "accent")]
        if mark is None:
            return [("Nothing is left to decide on.", "quiet")]
        places = self.deciding.places()
        if not places:
            return [("Its words were not found. Choose others, or leave it without a place.", "quiet")]
        fits = places[self.deciding.turn][1]
        which = f"place {self.deciding.turn + 1} of {len(places)}" if len(places) > 1 else "the only place"
        how = f", {fits:.0%} alike" if fits is not None else ""
        return [("Does it belong there? ", "text"), (f"{which}{how}", "quiet")]

    def _line(self, mark: Unsettled) -> Words:
        """A mark in the list: its letter, the words it was made on."""
        tag = next((each for each in self.desk.codebook.tags if each.id == mark.tag), None)
        ink = self.palette.tags[tag.colour].ink if tag is not None else "text"
        sign = ("? ", "warning") if mark.status == "unsure" else ("– ", "quiet")
        note = [(f"  {' '.join(mark.note.split())}", "quiet")] if mark.note else []
        return [sign, (f"{tag.symbol if tag else ' '} ", f"bold {ink}"), (" ".join(mark.text.split()), "text"), *note]


def _with(structure: Sequence[Structure], kind: str, spans: Sequence[Span]) -> list[Structure]:
    """What the source said, and what differs."""
    return [*structure, *(Structure(kind, span.start, span.end) for span in spans)]


def has_changed(project: Project, document: Document) -> bool:
    """Whether the article has had another text, so that there is something to show."""
    return len(updating.texts(project, document)) > 1
