"""On the reading screen: what the tags mean, beside the text, and changing that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from textual import events

from reader.annotations.codebook import COLOURS, Codebook, Line, Tag, Unit
from reader.errors import Refused
from reader.tui.commands import Mode
from reader.tui.reading.describe import key_of
from reader.tui.screens.page import said
from reader.tui.screens.reading_base import SIDE_FROM
from reader.tui.screens.reading_say import SayActions
from reader.tui.themes import Palette
from reader.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from reader.tui.screens.picker import Choice
    from reader.tui.widgets.formview import FormView
    from reader.work.binding import Stranger

NARROWEST, WIDEST = 34, 72
"""Columns of the panel beside the text."""

_NEW = "+"


class CodebookActions(SayActions):
    """The panel lies over the list of marks, so that the text stays as it is laid out; on a narrow screen over both."""

    _panel: Lines | None = None
    _open = False
    _at = 0
    """Which tag of the codebook is looked at."""
    _starts: Sequence[int] = ()
    """Where the lines of each tag begin,"""
    _lines = 0
    """and how many there are."""
    _columns = NARROWEST

    def action_meanings(self) -> None:
        """Show what the tags mean, beginning with that of the mark."""
        mark = self.meant
        piece = next((piece for piece in self.here if piece.mark == mark), None)
        self._at = piece.tag if piece is not None else 0
        self._open = True
        self.reader.mode = Mode.CODEBOOK
        self._message = None
        panel = self._panel or self._prepare_panel()
        self._make_room()
        panel.display = True
        self._draw_panel()
        self.show_words()

    def _prepare_panel(self) -> Lines:
        panel = self._panel = Lines(self.palette)
        panel.display = False
        self.mount(panel)
        panel.styles.dock = "right"
        panel.styles.height = "100%"
        panel.styles.margin = (1, 0, 2, 0)
        return panel

    def _prepare(self) -> FormView:
        # What the panel needs is loaded while nobody waits for it, as the form is.
        import_module("reader.tui.reading.meanings")
        import_module("reader.work.revisions")
        if self._panel is None:
            self._prepare_panel()
        return super()._prepare()

    def _make_room(self) -> None:
        """The panel takes what is free beside the text; the list of marks, which it covers, keeps that free."""
        width = self.app.size.width
        columns = width
        if width >= SIDE_FROM:
            columns = width - self.reader.text_end - 1
            if columns < NARROWEST:
                columns = NARROWEST
                self.list.display = True
                self.list.styles.width = columns
        if self._panel is not None:
            self._columns = min(columns, WIDEST) if width >= SIDE_FROM else columns
            self._panel.styles.width = self._columns

    def on_resize(self) -> None:
        """Divide the terminal anew."""
        super().on_resize()
        if self._open:
            self._make_room()
            self.call_after_refresh(self._draw_panel)

    def _draw_panel(self) -> None:
        from reader.tui.reading.meanings import meaning_lines

        panel, book = self._panel, self.desk.codebook
        if panel is None:
            return
        panel.palette = self.palette
        lines, self._starts = meaning_lines(book, self.palette, self._columns - 3, self._notes(book))
        self._at = max(0, min(self._at, len(book.tags) - 1))
        top = panel.top
        panel.show([[(book.name, "bold")], *lines], None)
        self._starts, self._lines = [start + 1 for start in self._starts], len(lines) + 1
        self._bring(top)

    def _bring(self, top: int) -> None:
        """The whole of the tag in view, or as much of it as there is room for."""
        panel = self._panel
        if panel is None:
            return
        rows = panel.size.height or self.app.size.height - 3
        begin, behind = self._starts[self._at], [*self._starts, self._lines][self._at + 1]
        if self._at == 0:
            top = 0
        elif begin < top or behind - begin >= rows:
            top = begin
        elif behind > top + rows:
            top = behind - rows
        panel.choose(begin)
        panel.top = max(0, min(top, self._lines - rows))
        panel.refresh()

    def _notes(self, book: Codebook) -> dict[str, str]:
        """What is to be known of a tag in this article: how many of its marks were made under another definition."""
        from reader.work import revisions

        old: dict[str, int] = {}
        for each in revisions.outdated(self.project, book, None, self.desk.document, own=True):
            old[each.tag.id] = old.get(each.tag.id, 0) + 1
        key = self.key("book_outdated")
        return {
            tag.id: f"revision {tag.revision}"
            + (
                f"; {old[tag.id]} of your marks here {'was' if old[tag.id] == 1 else 'were'} made before: {key}"
                if tag.id in old
                else ""
            )
            for tag in book.tags
            if tag.revision > 1 or tag.id in old
        }

    # Keys of the panel

    def takes(self, event: events.Key | events.Paste) -> bool:
        """A tag's key goes to that tag."""
        if not self._open or isinstance(event, events.Paste) or not event.character:
            return super().takes(event)
        tag = self.desk.codebook.by_key(event.character) if event.character.isalnum() else None
        if tag is not None:
            self._look_at(self.desk.codebook.tags.index(tag))
        return tag is not None or event.character.islower() or event.character.isdigit()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While the panel is open its keys are all there is."""
        if action.startswith("book_"):
            return self._open
        return action in ("quit", "theme") if self._open else super().check_action(action, parameters)

    def clicked(self, offset: int, times: int, extend: bool) -> None:
        """The text is only read while the panel is open."""
        if not self._open:
            super().clicked(offset, times, extend)

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """A line of the panel was clicked: its tag."""
        if self._open:
            self._look_at(max(0, sum(start <= event.index for start in self._starts) - 1))

    def _look_at(self, number: int) -> None:
        self._at = max(0, min(number, len(self.desk.codebook.tags) - 1))
        if self._panel is not None:
            self._bring(self._panel.top)

    def action_book_step(self, tags: int) -> None:
        """Another tag."""
        self._look_at(self._at + tags)

    def action_book_page(self, pages: int) -> None:
        """A page on, or back."""
        if self._panel is not None:
            self._panel.scroll_lines(pages * max(1, self._panel.size.height - 2))

    def action_book_leave(self) -> None:
        """Back to the text."""
        self._open = False
        self.reader.mode = Mode.READING
        if self._panel is not None:
            self._panel.display = False
        self._fit()
        self.list.display = self.look.side_pane and self._wide
        self._message = None
        self.show_words()

    def _status(self) -> list[tuple[str, str]]:
        if not self._open or self._message is not None:
            return super()._status()
        book = self.desk.codebook
        tags = f"{len(book.active)} {'tag' if len(book.active) == 1 else 'tags'}"
        return [(book.name, "bold"), (f" · {tags} · a tag's key goes to it", "quiet")]

    def show_palette(self, palette: Palette) -> None:
        """Draw everything in another palette."""
        super().show_palette(palette)
        if self._open:
            self._draw_panel()

    # Changing what is shown

    @property
    def _tag(self) -> Tag:
        """The tag that is looked at; Refused where it belongs to another codebook, which marks here still carry."""
        from reader.work import codebooks

        tag = self.desk.codebook.tags[self._at]
        book = codebooks.find(self.project, self.desk.codebook.id)
        if tag.id not in {each.id for each in book.tags}:
            raise Refused(f"“{tag.name}” is of another codebook: it is only drawn here, where marks still carry it.")
        return book.by_id(tag.id)

    def _changed(self, sentence: str, tag_id: str = "") -> None:
        """Show what has become of the codebook."""
        self.renew_codebook()
        places = [number for number, tag in enumerate(self.desk.codebook.tags) if tag.id == tag_id]
        self._at = places[0] if places else self._at
        self._draw_panel()
        self.say(sentence, "good")

    @said
    def _try(self, change: Callable[[], Codebook], sentence: str, tag_id: str = "") -> None:
        change()
        self._changed(sentence, tag_id)

    def _ask(self, question: str, value: str, done: Callable[[str], None]) -> None:
        from reader.tui.screens.prompt import Prompt

        def answered(answer: str | None) -> None:
            if answer is not None:
                said(lambda _: done(answer))(self)

        self.app.push_screen(Prompt(self.palette, question, value), answered)

    def _choose(self, title: str, choices: Sequence[Choice], done: Callable[[str], None]) -> None:
        from reader.tui.screens.picker import Picker

        def chosen(value: str | None) -> None:
            if value is not None:
                said(lambda _: done(value))(self)

        self.app.push_screen(Picker(self.palette, title, choices, "Nothing is called that."), chosen)

    def _change(self, sentence: str, **fields: object) -> None:
        from reader.work import codebooks

        tag = replace(self._tag, **fields)  # type: ignore[arg-type]
        self._try(lambda: codebooks.change_tag(self.project, self.desk.codebook, tag), sentence, tag.id)

    @said
    def action_book_rename(self) -> None:
        """Call the tag something else."""
        tag = self._tag
        self._ask(
            f"Call “{tag.name}” (its marks stay)",
            tag.name,
            lambda name: self._change(f"Saved: {name.strip()}", name=name),
        )

    @said
    def action_book_define(self) -> None:
        """Write what the tag means."""
        from reader.tui.reading.meanings import as_text, from_text
        from reader.tui.screens.meaning import MeaningEditor
        from reader.work import codebooks

        tag = self._tag

        def done(text: str | None) -> None:
            if text is None:
                return
            after = from_text(tag, text)
            same = (after.definition, after.do, after.dont) == (tag.definition, tag.do, tag.dont)
            told = "It means what it meant." if same else f"Saved: revision {tag.revision + 1} of {tag.name}"
            self._try(lambda: codebooks.change_tag(self.project, self.desk.codebook, after), told, tag.id)

        self.app.push_screen(MeaningEditor(self.palette, tag.name, as_text(tag)), done)

    @said
    def action_book_key(self) -> None:
        """Give the tag another key."""
        tag = self._tag
        self._ask(
            f"Key of “{tag.name}”: a small letter, or nothing",
            tag.key,
            lambda key: self._change(f"Saved: the key {key.strip() or 'is gone'}", key=key.strip()),
        )

    @said
    def action_book_colour(self) -> None:
        """Give the tag another colour."""
        from reader.tui.screens.picker import Choice

        tag = self._tag
        choices = [
            Choice(name, [(f"{tag.symbol}  ", f"bold {self.palette.tags[name].ink}"), (name, "text")], name)
            for name in COLOURS
        ]
        self._choose(f"Colour of “{tag.name}”", choices, lambda name: self._change(f"Saved: {name}", colour=name))

    @said
    def action_book_line(self) -> None:
        """Give the tag another line, by which it is known without colours."""
        from reader.tui.screens.picker import Choice
        from reader.tui.widgets.paint import LINES

        tag = self._tag
        choices = [Choice(line.value, [(line.value, LINES[line] or "text")], line.value) for line in Line]
        self._choose(f"Line of “{tag.name}”", choices, lambda line: self._change(f"Saved: {line}", line=Line(line)))

    @said
    def action_book_unit(self) -> None:
        """What the tag's key takes when nothing is selected."""
        from reader.tui.screens.picker import Choice

        tag = self._tag
        choices = [Choice(unit.value, [(f"the {unit}", "text")], unit.value) for unit in Unit]
        told = f"Saved: revision {tag.revision + 1} of {tag.name}"
        self._choose(f"What “{tag.name}” takes", choices, lambda unit: self._change(told, unit=Unit(unit)))

    @said
    def action_book_new(self) -> None:
        """One more tag."""
        from reader.annotations.codebook_toml import default_symbol
        from reader.work import codebooks

        def done(name: str) -> None:
            book = codebooks.find(self.project, self.desk.codebook.id)
            taken = {tag.key for tag in book.active}
            key = next(
                (letter for letter in name.lower() if letter.isascii() and letter.isalpha() and letter not in taken), ""
            )
            used = [(tag.colour, tag.line) for tag in book.tags]
            looks = ((colour, line) for line in Line for colour in COLOURS)
            colour, line = next((look for look in looks if look not in used), (COLOURS[0], Line.UNDERLINE))
            new = Tag("", name, key, colour, default_symbol(name), line, Unit.SENTENCE)
            after = codebooks.add_tag(self.project, book, new)
            self._changed(
                f"Saved: {after.tags[-1].name}. {self.key('book_define')} says what it means.", after.tags[-1].id
            )

        self._ask("Name of the new tag", "", done)

    @said
    def action_book_retire(self) -> None:
        """Offer the tag no longer, or again; its marks stay."""
        from reader.work import codebooks

        tag, book = self._tag, self.desk.codebook
        if tag.retired:
            self._try(lambda: codebooks.bring_back(self.project, book, tag), f"Saved: {tag.name} is back", tag.id)
        else:
            self._try(lambda: codebooks.retire(self.project, book, tag), f"Saved: {tag.name} is retired", tag.id)

    @said
    def action_book_merge(self) -> None:
        """Show what is marked with the tag as another one."""
        from reader.tui.screens.picker import Choice
        from reader.work import codebooks

        tag, book = self._tag, self.desk.codebook
        choices = [
            Choice(
                each.id,
                [(f"{key_of(book, each):<3}", f"bold {self.palette.tags[each.colour].ink}"), (each.name, "bold")],
                each.name,
            )
            for each in book.active
            if each.id != tag.id
        ]

        def done(heir: str) -> None:
            into = book.by_id(heir)
            codebooks.merge(self.project, book, tag, into)
            self._changed(f"Saved: {tag.name} is shown as {into.name}; no mark is changed", heir)

        self._choose(f"Show “{tag.name}” as …", choices, done)

    # Marks made before, and other codebooks

    @said
    def action_book_outdated(self) -> None:
        """The marks here that were made under another definition; they can be confirmed."""
        from reader.tui.screens.picker import Choice
        from reader.work import revisions

        found = revisions.outdated(self.project, self.desk.codebook, None, self.desk.document, own=True)
        if not found:
            raise Refused("All your marks here were made under the present definitions.")
        every = "all of them" if len(found) > 1 else "it"
        choices = [
            Choice(_NEW, [("✓  ", "good"), (f"confirm {every}: the present definition fits", "text")], "confirm")
        ]
        for each in found:
            words = " ".join(each.annotation.text.split())
            ink = self.palette.tags[each.tag.colour].ink
            line = [(f"{each.tag.symbol}  ", f"bold {ink}"), (f"{each.why}  ", "warning"), (words, "text")]
            choices.append(Choice(each.annotation.id, line, f"{each.tag.name} {words}"))
        marks = {each.annotation.id: each.annotation for each in found}

        def done(value: str) -> None:
            if value == _NEW:
                number = revisions.confirm(self.project, list(marks.values()))
                self._show_confirmed(number)
                return
            mark = marks[value]
            self.action_book_leave()
            position = self.marks.position(mark.pk, mark.start)
            if position is not None:
                self.reader.remember_place()
                self.go_to(position)

        self._choose(f"Made under another definition: {len(found)} — Enter goes there", choices, done)

    def _show_confirmed(self, number: int) -> None:
        self.peek()
        self._changed(f"Saved: {number} {'mark' if number == 1 else 'marks'} confirmed")

    @said
    def action_book_use(self) -> None:
        """Read this article with another codebook."""
        from reader.tui.screens.picker import Choice
        from reader.work import codebooks

        here = self.desk.codebook.id
        books = [*codebooks.present(self.project), *codebooks.offered(self.project)]
        choices = [
            Choice(
                book.id,
                [(f"{book.name}  ", "bold"), (f"{len(book.active)} tags  {book.description}", "quiet")],
                book.name,
            )
            for book in books
            if book.id != here
        ]
        if not choices:
            raise Refused("There is no other codebook: `reader codebook add FILE` takes one in.")
        by_id = {book.id: book for book in books}
        self._choose("Read this article with …", choices, lambda book_id: self._use(by_id[book_id]))

    def _use(self, book: Codebook) -> None:
        from reader.work import binding, codebooks

        taken = codebooks.take_in(self.project, book)
        try:
            binding.use(self.project, taken, [self.desk.document])
        except binding.Strangers as problem:
            self._ask_about(taken, problem.tags)
            return
        self._at = 0
        self._changed(f"Saved: read with {taken.name}")

    def _ask_about(self, book: Codebook, tags: Sequence[Stranger]) -> None:
        """What is to become of marks whose tags the codebook lacks."""
        from reader.tui.screens.picker import Choice
        from reader.work import binding

        equal = binding.same_names(book, [each for each in tags if each.mine])
        marks = ", ".join(f"{each.name} {each.mine + each.others}" for each in tags)
        choices = [
            Choice("keep", [("keep  ", "bold"), ("they keep their tags and are drawn as before", "quiet")], "keep")
        ]
        if equal:
            names = ", ".join(equal)
            line = [("give mine the tags of the same name  ", "bold"), (f"{names}; the others keep theirs", "quiet")]
            choices.insert(0, Choice("same", line, "same name"))

        def done(value: str) -> None:
            binding.use(self.project, book, [self.desk.document], instead=equal if value == "same" else None, keep=True)
            self._at = 0
            self._changed(f"Saved: read with {book.name}")

        self._choose(f"{book.name} lacks tags of marks here: {marks}", choices, done)

    # Undo

    @said
    def action_book_undo(self) -> None:
        """Take the last change to a codebook back."""
        from reader.work import codebooks

        self._changed(f"Undone: {codebooks.turn_back(self.project, 'undo')}")

    @said
    def action_book_redo(self) -> None:
        """Bring back what undo took."""
        from reader.work import codebooks

        self._changed(f"Done again: {codebooks.turn_back(self.project, 'redo')}")
