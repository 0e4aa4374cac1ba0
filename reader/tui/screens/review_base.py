"""The screen of a review: what it shows. What the keys do is in the class built on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import wraps
from typing import Any, NamedTuple, TypeVar

from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import Screen

from reader.annotations.annotation import Annotation
from reader.documents.document import Document
from reader.documents.span import Span
from reader.errors import ReaderError
from reader.project import Project
from reader.review.choices import Choice, turned_round
from reader.review.queue import Item
from reader.tui.commands import Command, Mode, by_id, shown_keys
from reader.tui.desk import lay_out
from reader.tui.layout.marks import MarkIndex
from reader.tui.reading import panel
from reader.tui.reading.meanings import meaning_lines
from reader.tui.reading.panel import Names, is_there
from reader.tui.reading.reviewing import Queue
from reader.tui.reading.targets import NOWHERE
from reader.tui.screens.dialog import Awaited
from reader.tui.screens.review_list import Differences
from reader.tui.themes import Palette
from reader.tui.widgets.aside import Aside, Listed
from reader.tui.widgets.bar import Bar, Buttons, Words
from reader.tui.widgets.compared import Compared
from reader.tui.widgets.paint import Look
from reader.work import review_results, reviewing
from reader.work.reviewing import Review

BESIDE_FROM = 100
"""Columns from which the panel stands beside the text."""

NARROWEST_PANEL, WIDEST_PANEL = 40, 72
LEAST_TEXT = 8
"""Rows that the text keeps above the panel."""


_Action = TypeVar("_Action", bound=Callable[..., Any])


def said(action: _Action) -> _Action:
    """Where an action can't be done, the status line says why."""

    @wraps(action)
    def tried(screen: ReviewBase, *values: object) -> None:
        try:
            action(screen, *values)
        except ReaderError as problem:
            screen.say(str(problem), "warning")

    return tried  # type: ignore[return-value]


class Left(NamedTuple):
    """How the screen was left."""

    document: Document
    """The article that was reviewed last."""
    span: Span = NOWHERE
    """What was in view last."""


class ReviewBase(Awaited, Screen[Left]):
    """The text with both layers, the difference in question, the list of them, the keys."""

    DEFAULT_CSS = """
    ReviewBase { layout: vertical; }
    ReviewBase > Container { height: 1fr; layout: horizontal; }
    ReviewBase > Container.-stacked { layout: vertical; }
    """

    def __init__(
        self,
        project: Project,
        review: Review,
        document: Document,
        palette: Palette,
        keys: Mapping[str, str],
        measure: int,
        *,
        blind: bool = False,
    ) -> None:
        super().__init__()
        self.project = project
        self.review = review
        self.mine = reviewing.is_mine(project, review)
        """Whether the person before the screen decides, or reads and answers."""
        self.palette = palette
        self.blind = blind
        self.reasoning = False
        self.meanings = False
        """Whether what the tags mean is said with each difference."""
        self.last: Choice | None = None
        """The decision that was made last, which can be made for all that are alike."""
        self.keymap = keys
        self.measure = measure
        self.header = Bar(palette)
        self.aside = Aside(palette)
        self.aside.chosen = self.chosen
        self.status = Bar(palette, "ground", left_first=True)
        self.footer = Buttons(palette, self.pressed)
        self.body = Container()
        self._footer: list[Command] = []
        self._seen: object = None
        self._listed: Listed
        self._lay_out(document)

    def _lay_out(self, document: Document) -> None:
        """Another article."""
        self.article = reviewing.look(self.project, self.review, document)
        self.score = review_results.score(self.article)
        """How the marks stand against an answer key, where it is one."""
        self._places = {tag.id: number for number, tag in enumerate(self.article.codebook.tags)}
        self.queue = Queue(self.article.items, self.article.text)
        self.queue.next_open()
        if self.queue.shown and self.queue.items[self.queue.shown[0]].is_open:
            self.queue.go(0)
        self.desk = lay_out(self.project, document)._replace(codebook=self.article.codebook)
        look = Look.of(self.palette, self.desk.codebook.tags)
        self.text = Compared(self.desk.text, self.desk.paragraphs, self.desk.structure, self.desk.segments, look)
        self.text.measure = self.measure
        self.text.can_focus = True
        self.text.changed = self.tell
        self.text.clicked = self.clicked
        self._index()

    def refill(self, key: str = "") -> None:
        """Everything of this article anew."""
        self.article = reviewing.look(self.project, self.review, self.article.document)
        self.score = review_results.score(self.article)
        self.queue.fill(self.article.items, key)
        self._index()

    def clicked(self, offset: int, times: int, extend: bool) -> None:
        """A click on the text."""

    def chosen(self, index: int) -> None:
        """A click on a line of the list."""

    def pressed(self, place: int) -> None:
        """A click on the footer."""

    def _index(self) -> None:
        """The marks of both sides, for drawing; where there are more, the final ones stand for A."""
        sides: list[Sequence[Annotation]] = list(self.article.marks)
        if len(sides) == 1:
            sides = [(), *sides]
        elif len(sides) > 2:
            final = [mark for mark, _ in reviewing.outcome(self.project, self.review, self.article.document)]
            sides = [final, [mark for side in sides for mark in side]]
        if self.swapped:
            sides.reverse()
        indexes = [_index_of(list(enumerate(side)), self._places) for side in sides] or [MarkIndex(), MarkIndex()]
        self.text.a, self.text.b = indexes
        self.index_open()

    def index_open(self) -> None:
        """What waits for a decision, for the scrollbar; each by the number of its item."""
        items = [(number, item.difference.marks[0]) for number, item in enumerate(self.queue.items) if item.is_open]
        self.text.marks = _index_of(items, self._places)

    def renew_open(self, keys: Iterable[str]) -> None:
        """Some of the items wait no longer, or again."""
        for number in map(self.queue.number, keys):
            item = self.queue.items[number]
            mark = item.difference.marks[0]
            self.text.marks.remove(number, mark.fragments)
            if item.is_open:
                self.text.marks.add(number, self._places[mark.tag], mark.fragments)

    @property
    def swapped(self) -> bool:
        """Whether B stands on the left: in blind mode, as chance will have it."""
        two = len(self.article.sides) == 2
        return self.blind and two and reviewing.is_swapped(self.review, self.article.document)

    @property
    def names(self) -> Names:
        """What both sides are called."""
        sides = [side.annotator for side in self.article.sides]
        feedback = len(self.review.sides) == 1
        if self.blind:
            return Names("A", "B", feedback, True)
        if feedback or not sides:
            return Names("", next(iter(sides), "nobody"), True)
        if len(sides) > 2:
            return Names("as it is", "theirs")
        a, b = (*sides, "nobody")[:2]
        if a == b:
            a, b = f"{a} (A)", f"{b} (B)"
        return Names(a, b)

    @property
    def mode(self) -> Mode:
        """What the keys belong to now."""
        if self.reasoning:
            return Mode.REASONING
        return Mode.ADJUSTING if self.text.mode is Mode.ADJUSTING else Mode.REVIEWING

    def compose(self) -> ComposeResult:
        """Header, text and panel, status, keys."""
        yield self.header
        with self.body:
            yield self.text
            yield self.aside
        yield self.status
        yield self.footer

    def on_mount(self) -> None:
        """Show the first difference."""
        self._fit()
        self.set_focus(self.aside)
        self.call_after_refresh(self.show_item)

    def on_resize(self) -> None:
        """Divide the terminal anew."""
        self._fit()
        self.show_item()

    def _meanings(self, marks: Sequence[Annotation]) -> Sequence[Words]:
        book = self.article.codebook
        tags = {mark.tag for mark in marks}
        only = replace(book, description="", tags=tuple(tag for tag in book.tags if tag.id in tags))
        return meaning_lines(only, self.palette, self._panel_width - 3, {})[0]

    def _made(self, item: Item) -> Sequence[Annotation]:
        """What came of a decision that is none of the marks themselves, or of what all agree on."""
        if item.decision is not None and item.decision.choice not in _NEW:
            return ()
        return reviewing.made(self.project, self.review, self.article, item)

    @property
    def _panel_width(self) -> int:
        width = self.app.size.width
        return width if width < BESIDE_FROM else max(NARROWEST_PANEL, min(WIDEST_PANEL, width * 2 // 5))

    def _fit(self) -> None:
        width, height = self.app.size
        beside = width >= BESIDE_FROM
        self.body.set_class(not beside, "-stacked")
        self.aside.styles.width = self._panel_width if beside else "1fr"
        self.aside.styles.height = "1fr" if beside else max(6, height - 3 - max(LEAST_TEXT, (height - 3) // 2))

    # Showing

    def shown(self, item: Item) -> Item:
        """The item as it is drawn: in blind mode its sides may stand the other way round."""
        if not self.swapped:
            return item
        decision = item.decision
        if decision is not None:
            decision = decision._replace(choice=turned_round(decision.choice))
        return item._replace(difference=item.difference.turned, decision=decision)

    def show_item(self) -> None:
        """The difference in question: in the text, in the panel, in the list."""
        queue, item = self.queue, self.queue.item
        names = self.names
        lines: list[Words]
        if item is None:
            self.text.point((), (), 0)
            lines = [[(self._nothing(), "quiet")]]
        else:
            drawn = self.shown(item)
            difference = drawn.difference
            there = [
                [mark for mark in side if is_there(mark, self.article.text)] for side in (difference.a, difference.b)
            ]
            spans = [[span for mark in side for span in mark.fragments] for side in there]
            self.text.point(spans[0], spans[1], self._places[difference.marks[0].tag])
            where = f"{queue.at + 1}/{len(queue.shown)}"
            lines = panel.lines_of(
                drawn, where, queue.count_alike(), names, self.article.codebook, self.article.text, self.palette,
                self._panel_width - 3, self._made(item), close=self.app.size.width < BESIDE_FROM,
            )  # fmt: skip
            lines += self._meanings(difference.marks) if self.meanings else ()
        seen = (self.queue, names, self.swapped, self.palette)
        if seen != self._seen:
            self._seen = seen
            self._listed = Differences(queue, self.shown, names, self.article.codebook, self.palette)
        self.aside.show(lines, self._listed, queue.at if queue.shown else None)
        self.tell()

    def _nothing(self) -> str:
        missing = self.article.missing
        if missing and len(self.article.sides) < min(2, len(self.review.sides)):
            names = " and ".join("one of them" if self.blind else side.annotator for side in missing)
            return f"Nothing to compare: {names} has not read this article."
        if self.queue.items:
            return (
                f"None of the {len(self.queue.items)} is “{self.queue.filter.name}”: {self.key('filter')} shows others."
            )
        return "Both have marked nothing here." if len(self.review.sides) > 1 else "Nothing is marked here."

    # Telling

    def key(self, command: str) -> str:
        """The first key of a command, as people write it."""
        return shown_keys(by_id(f"review_{command}"), self.keymap)[0]

    def say(self, sentence: str, kind: str = "text") -> None:
        """Say something in the status line."""
        self.status.show([(sentence, kind)])

    def tell(self) -> None:
        """Header and footer."""


def _index_of(marks: Sequence[tuple[int, Annotation]], place: Mapping[str, int]) -> MarkIndex:
    """The marks, each with its number, for drawing."""
    ordered = sorted(marks, key=lambda each: (each[1].start, -each[1].end))
    return MarkIndex.of(
        [number for number, _ in ordered],
        [mark.start for _, mark in ordered],
        [mark.end for _, mark in ordered],
        [place[mark.tag] for _, mark in ordered],
        {number: mark.fragments for number, mark in ordered if len(mark.fragments) > 1},
    )


_NEW = frozenset((Choice.TAG, Choice.EDGES, Choice.UNION, Choice.SHARED))
