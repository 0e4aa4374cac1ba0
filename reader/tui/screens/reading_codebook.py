"""On the reading screen: changing what the tags are and mean, in the panel that shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.annotations.codebook import COLOURS, Codebook, Line, Tag, Unit
from reader.errors import Refused
from reader.tui.reading.describe import key_of
from reader.tui.screens.page import said
from reader.tui.screens.reading_meanings import MeaningActions

if TYPE_CHECKING:
    from reader.tui.screens.picker import Choice


class CodebookActions(MeaningActions):
    """Every change is one step in the codebooks' history, which undo takes back while the panel is open."""

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

    def _choose(self, title: str, choices: Sequence[Choice], done: Callable[[str], None], present: str = "") -> None:
        from reader.tui.screens.picker import Picker

        def chosen(value: str | None) -> None:
            if value is not None:
                said(lambda _: done(value))(self)

        self.app.push_screen(Picker(self.palette, title, choices, "Nothing is called that.", present=present), chosen)

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
        from reader.tui.reading.meanings import as_text

        tag = self._tag
        self._write_meaning(tag, as_text(tag))

    def _write_meaning(self, tag: Tag, text: str, meanwhile: bool = False) -> None:
        """`meanwhile`: the text was written on what another program has made something else of."""
        from reader.tui.screens.meaning import MeaningEditor

        def done(written: str | None) -> None:
            if written is not None:
                said(lambda _: self._save_meaning(tag, written))(self)

        self.app.push_screen(MeaningEditor(self.palette, tag, text, meanwhile), done)

    def _save_meaning(self, tag: Tag, text: str) -> None:
        from reader.tui.reading.meanings import from_text
        from reader.work import codebooks

        after = from_text(tag, text)
        if (after.definition, after.do, after.dont) == (tag.definition, tag.do, tag.dont):
            self.say("It means what it meant.")
            return
        try:
            changed = codebooks.change_tag(self.project, self.desk.codebook, after, tag).by_id(tag.id)
        except codebooks.ChangedMeanwhile:
            self._changed("")
            self._write_meaning(self._tag, text, meanwhile=True)
            return
        self._changed(f"Saved: revision {changed.revision} of {changed.name}", tag.id)

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
    def action_book_symbol(self) -> None:
        """Give the tag another sign in the gutter."""
        tag = self._tag
        self._ask(
            f"Sign of “{tag.name}” beside the text: one letter",
            tag.symbol,
            lambda sign: self._change(f"Saved: {sign.strip() or 'the first letter'}", symbol=sign.strip()),
        )

    @said
    def action_book_move(self, places: int) -> None:
        """The tag goes up or down among those in use."""
        from reader.work import codebooks

        tag, book = self._tag, self.desk.codebook
        ids = [each.id for each in book.active]
        if tag.id not in ids or not 0 <= ids.index(tag.id) + places < len(ids):
            raise Refused(f"“{tag.name}” cannot go further.")
        here = ids.index(tag.id)
        ids.insert(here + places, ids.pop(here))
        tags = [book.by_id(id_) for id_ in ids]
        told = f"Saved: {tag.name} is number {here + places + 1}"
        self._try(lambda: codebooks.reorder(self.project, book, tags), told, tag.id)

    @said
    def action_book_colour(self) -> None:
        """Give the tag another colour."""
        from reader.tui.screens.picker import Choice

        tag = self._tag
        choices = [
            Choice(name, [(f"{tag.symbol}  ", f"bold {self.palette.tags[name].ink}"), (name, "text")], name)
            for name in COLOURS
        ]
        told = f"Colour of “{tag.name}”"
        self._choose(told, choices, lambda name: self._change(f"Saved: {name}", colour=name), tag.colour)

    @said
    def action_book_line(self) -> None:
        """Give the tag another line, by which it is known without colours."""
        from reader.tui.screens.picker import Choice
        from reader.tui.widgets.paint import LINES

        tag = self._tag
        choices = [Choice(line.value, [(line.value, LINES[line] or "text")], line.value) for line in Line]
        told = f"Line of “{tag.name}”"
        self._choose(told, choices, lambda line: self._change(f"Saved: {line}", line=Line(line)), tag.line)

    @said
    def action_book_unit(self) -> None:
        """What the tag's key takes when nothing is selected."""
        from reader.tui.screens.picker import Choice

        tag = self._tag
        choices = [Choice(unit.value, [(f"the {unit}", "text")], unit.value) for unit in Unit]

        def done(unit: str) -> None:
            same = unit == tag.unit
            told = "It takes what it took." if same else f"Saved: revision {tag.revision + 1} of {tag.name}"
            self._change(told, unit=Unit(unit))

        self._choose(f"What “{tag.name}” takes", choices, done, tag.unit)

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
