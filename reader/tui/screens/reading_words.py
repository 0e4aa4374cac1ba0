"""The words around the text: the header, what a key would do, what was just done, the keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from reader import viewstate
from reader.tui.commands import IN_FOOTER, READING, Mode
from reader.tui.desk import Desk
from reader.tui.layout.cells import width_of
from reader.tui.layout.marks import MarkIndex, Piece
from reader.tui.reading.describe import by_key, counted, key_of, preview
from reader.tui.reading.selected import Selected
from reader.tui.screens.page import Page, fitting
from reader.tui.widgets.bar import Bar, Words
from reader.tui.widgets.reader import Reader

SIDE_FROM = 100
"""Columns from which the list of marks is shown beside the text without being asked for."""

_FEW_TAGS, _MOST_FOR_TAGS = 4, 80
"""Tags that always have their names in the footer, and how much of it the names of more may take, in per cent."""

_NEEDS_MARK = frozenset(("remove", "retag", "note", "attributes", "join", "edges", "link", "linked"))


class ReadingWords(Page):
    """What is said; the text and the list of marks that it is about are in the class built on it."""

    reader: Reader

    def __init__(
        self,
        desk: Desk,
        look: viewstate.Look,
        keys: Mapping[str, str],
        tour: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(desk.project, look, keys)
        self.desk = desk
        self.header = Bar(self.palette)
        self.status = Bar(self.palette, "ground", left_first=True)
        self.footer = Bar(self.palette)
        self.marks = MarkIndex()
        keys = {command.id: self.key(command.id) for command in READING} if tour else {}
        self.tour = [(tag, sentence.format_map(keys)) for tag, sentence in tour]
        self.retagging = False
        self.settled = False
        """Whether all that the first page did not need is here too."""
        self._here: tuple[tuple[MarkIndex, int, int], Sequence[Piece]] = ((self.marks, 0, -1), ())
        self._waiting: dict[Callable[[], None], None] | None = None
        self._message: tuple[str, str] | None = None
        self._message_for: Selected | None = None
        self._undo: str | None = None
        self._redo: str | None = None

    @property
    def mode(self) -> Mode:
        """What the keys belong to now."""
        return Mode.RETAGGING if self.retagging else self.reader.mode

    # The marks meant

    @property
    def here(self) -> Sequence[Piece]:
        """The pieces under the cursor, the shortest first; asked for several times a key."""
        where = (self.marks, self.marks.changes, self.reader.selected.cursor)
        if self._here[0] != where:
            self._here = (where, self.marks.at(where[2]))
        return self._here[1]

    @property
    def meant(self) -> int | None:
        """The mark that the mark keys mean: the focused one, else the shortest under the cursor."""
        if self.reader.view.focus >= 0:
            return self.reader.view.focus
        return next((piece.mark for piece in self.here), None)

    # What is said

    def say(self, sentence: str, kind: str = "text") -> None:
        """Say something in the status line, until the next move."""
        self._message = (sentence, kind)
        self._message_for = self.reader.selected
        self.show_words()

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """What is done in here is shown at its end, the list and the words once each."""
        if self._waiting is not None:
            yield
            return
        self._waiting = {}
        try:
            yield
        finally:
            waiting, self._waiting = self._waiting, None
            for show in waiting:
                show()

    def show_words(self) -> None:
        """Header, status line and footer, as things are now."""
        if self._waiting is not None:
            self._waiting[self.show_words] = None
            return
        self._show_words()

    def _show_words(self) -> None:
        self._show_header()
        right = [(self.key("undo"), "key"), (f" undoes “{self._undo}”", "quiet")] if self._undo else []
        if self.tour:
            right = [(self.key("drop"), "key"), (" no tour", "quiet")]
        self.status.show(self._status(), right)
        self.footer.show(*self._footer())

    def _show_header(self) -> None:
        length = max(1, len(self.desk.text))
        read = min(100, round(100 * self.reader.bottom_offset / length))
        right = [
            (self.project.annotator.name, "text"),
            (" · saved · " if self.settled else " · … · ", "quiet"),
            (f"{read} %", "text"),
        ]
        self.header.show([(self.desk.document.title, "bold")], [*self._before_name(), *right])

    def _before_name(self) -> Sequence[tuple[str, str]]:
        return ()

    def _status(self) -> list[tuple[str, str]]:
        reader = self.reader
        if self._message is not None:
            return [self._message]
        if reader.mode is Mode.ADJUSTING and reader.edges is not None:
            edge = "end" if reader.edges.at_end else "start"
            words = counted(self.desk.text, [reader.edges.piece])
            return [
                (f"The {edge} moves · {words}", "accent"),
                (" · a letter: to the next word that begins so", "quiet"),
            ]
        if reader.mode is Mode.HINTS:
            return [("Type the letters over a word to go there.", "accent")]
        if self.retagging:
            return [("Which tag instead?", "accent")]
        if self.tour:
            return [(self.tour[0][1], "accent")]
        parts: list[tuple[str, str]] = []
        mark = self.meant
        if mark is not None:
            parts += self._on_mark(mark)
        if reader.selected.held:
            parts.append(("held · ", "accent"))
        says = preview(self.desk.text, self.desk.segments, reader.selected.choice(), self.desk.codebook)
        return [*parts, (says, "quiet")]

    def _on_mark(self, mark: int) -> list[tuple[str, str]]:
        tags = self.desk.codebook.tags
        seen: list[Piece] = []
        for piece in self.here:
            if piece.mark not in [each.mark for each in seen]:
                seen.append(piece)
        if not any(piece.mark == mark for piece in seen):
            return []
        seen.sort(key=lambda piece: piece.mark != mark)
        inks = [self.palette.tags[tags[piece.tag].colour].ink for piece in seen]
        names = [tags[piece.tag].name for piece in seen[:3]]
        focused = self.reader.view.focus == mark
        parts: list[tuple[str, str]] = [("▸ " if focused else "on ", "quiet")]
        for position, (ink, name) in enumerate(zip(inks, names, strict=False)):
            parts += [(", " if position else "", "quiet"), (name, ink)]
        more = len(seen) - len(names)
        return [*parts, (f" +{more} · " if more else " · ", "quiet")]

    def _footer(self) -> tuple[Words, Words]:
        """The keys that work now, as many as fit, and how to see all of them."""
        mode = self.mode
        items = [
            (self.key(command.id), "key", command.label)
            for command in IN_FOOTER
            if command.mode is mode and not self.why_not(command.id)
        ]
        helps = {Mode.READING: "help", Mode.CODEBOOK: "book_help"}
        right = [(self.key(helps[mode]), "key"), (" keys", "quiet")] if mode in helps else []
        room = self.size.width - (10 if right else 0)
        tags = self._tags_in_footer(room) if mode in (Mode.READING, Mode.RETAGGING) else []
        return [*tags, *fitting(items, room - sum(width_of(text) for text, _ in tags))], right

    def _tags_in_footer(self, room: int) -> Words:
        """The tags' keys: with names where there are few or these leave room for other keys, else side by side."""
        wide = self.size.width >= SIDE_FROM
        inks = [
            (key, f"bold {self.palette.tags[tag.colour].ink}", tag.name if wide else tag.name.partition(" ")[0])
            for key, tag in by_key(self.desk.codebook)
        ]
        if len(inks) <= _FEW_TAGS or len(fitting(inks, room * _MOST_FOR_TAGS // 100)) == 2 * len(inks):
            return fitting(inks, room)
        keys = [word for key, ink, _ in inks for word in ((key, ink), (" ", "quiet"))]
        means = (self.key("meanings"), "key", "what they mean"), (self.key("tag_by_name"), "key", "by name")
        return [*keys, ("tag  ", "quiet"), *fitting(means, room)]

    @property
    def no_mark_here(self) -> str:
        """What is said where a key needs a mark."""
        return f"There is no mark here: {self.key('next_mark')} goes to the next one, or put the cursor on one."

    def why_not(self, command: str) -> str | None:
        """Why a command can't work now, as a sentence; None where it can."""
        if command in _NEEDS_MARK and self.meant is None:
            if command == "edges" and (self.reader.selected.hard or self.reader.selected.soft):
                return None
            return self.no_mark_here
        if command in ("next_mark", "previous_mark") and not len(self.marks):
            tags = ", ".join(f"{key_of(self.desk.codebook, tag)} {tag.name}" for tag in self.desk.codebook.active[:4])
            return f"There are no marks yet. These keys make one: {tags}."
        if command == "undo" and self._undo is None:
            return "There is nothing to undo in this article."
        if command == "redo" and self._redo is None:
            return "There is nothing to redo."
        return None
