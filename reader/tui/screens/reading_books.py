"""On the reading screen: marks that were made under another definition, and reading with another codebook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.annotations.codebook import Codebook
from reader.errors import Refused
from reader.paths import as_typed
from reader.tui.reading.describe import file_name, one_line
from reader.tui.screens.page import said
from reader.tui.screens.reading_attributes import AttributeActions

if TYPE_CHECKING:
    from reader.work.binding import Stranger

_ALL, _COPY, _FILE = "+", "+ copy", "+ file"


class BookActions(AttributeActions):
    """What follows from a change: for marks, and for articles."""

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
            Choice(_ALL, [("✓  ", "good"), (f"confirm {every}: the present definition fits", "text")], "confirm")
        ]
        for each in found:
            words = one_line(each.annotation)
            ink = self.palette.tags[each.tag.colour].ink
            line = [(f"{each.tag.symbol}  ", f"bold {ink}"), (f"{each.why}  ", "warning"), (words, "text")]
            choices.append(Choice(each.annotation.id, line, f"{each.tag.name} {words}"))
        marks = {each.annotation.id: each.annotation for each in found}

        def done(value: str) -> None:
            if value == _ALL:
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
        more = ((_COPY, "a copy of this one, under another name"), (_FILE, "one from a file"))
        choices += [Choice(value, [("+ ", "key"), (words, "text")], words) for value, words in more]
        by_id = {book.id: book for book in books}

        def chosen(value: str) -> None:
            if value == _COPY:
                self._ask("Name of the copy", "", self._copied)
            elif value == _FILE:
                self._ask("A codebook file (.toml)", "", self._from_file)
            else:
                self._use(by_id[value])

        self._choose("Read this article with …", choices, chosen)

    def _copied(self, name: str) -> None:
        from reader.work import codebooks

        self._use(codebooks.as_another(codebooks.find(self.project, self.desk.codebook.id), name))

    def _from_file(self, name: str) -> None:
        from reader.work import codebook_files, codebooks

        added = codebooks.add(self.project, codebook_files.read(as_typed(name)))
        self._use(added.codebook)

    @said
    def action_book_export(self) -> None:
        """Write the codebook to a file."""
        from reader.work import codebook_files, codebooks

        book = codebooks.find(self.project, self.desk.codebook.id)
        name = file_name(book.name, "codebook")

        def done(written: str) -> None:
            path = as_typed(written).absolute()
            codebook_files.write(book, path)
            self.say(f"Wrote “{book.name}” to {path}", "good")

        self._ask("Write the codebook to (.toml; ~ is your home)", f"{name}.toml", done)

    @said
    def action_book_about(self) -> None:
        """What the codebook is called, and what it is for."""
        from reader.tui.screens.meaning import AboutEditor
        from reader.work import codebooks

        book = codebooks.find(self.project, self.desk.codebook.id)

        def done(text: str | None) -> None:
            name, _, description = (text or "").strip().partition("\n")
            if text is not None:
                said(lambda _: self._save_about(book, name, description))(self)

        self.app.push_screen(AboutEditor(self.palette, book.name, f"{book.name}\n{book.description}"), done)

    def _save_about(self, book: Codebook, name: str, description: str) -> None:
        from reader.work import codebooks

        if " ".join(name.split()) != book.name:
            codebooks.rename(self.project, book, name)
        if " ".join(description.split()) != book.description:
            codebooks.describe(self.project, book, description)
        self._changed(f"Saved: {' '.join(name.split())}")

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
