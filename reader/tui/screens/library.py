"""The library's screen: going through the articles, opening one, adding, changing and deleting them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import BindingType

from reader.documents.document import Document
from reader.documents.normalise import safe
from reader.errors import Refused
from reader.tui import going
from reader.tui.commands import LIBRARY, Mode, shown_keys
from reader.tui.keys import mode_bindings
from reader.tui.reading.line import Line, pressed, typed
from reader.tui.screens.library_adding import LibraryAdding
from reader.tui.screens.page import said
from reader.work import history, library
from reader.work.catalogue import STATUSES, DocumentRow, Sort, View, described

if TYPE_CHECKING:
    from reader.tui.reading.targets import Target
    from reader.tui.screens.search import SearchScreen

_SAYS = {
    "done": "done: read and marked",
    "reading": "reading: begun, and not done yet",
    "new": "new: not opened yet",
}


class LibraryScreen(LibraryAdding):
    """Letters find; keys with Ctrl, arrows and the like command."""

    BINDINGS: ClassVar[list[BindingType]] = [*mode_bindings(Mode.LIBRARY)]

    # Going through the list

    def action_move(self, rows: int) -> None:
        """An article further down or up."""
        self.shelf.choose(self.shelf.chosen + rows)
        self.moved()

    def action_page(self, direction: int) -> None:
        """A page further down or up."""
        self.shelf.choose(self.shelf.chosen + direction * max(1, self.shelf.page - 1))
        self.moved()

    def action_edge(self, direction: int) -> None:
        """The first article, or the last one."""
        self.shelf.choose(0 if direction < 0 else len(self.catalogue) - 1)
        self.moved()

    def clicked(self, index: int, times: int) -> None:
        """A click puts the cursor there; a second one opens the article."""
        again = index == self.shelf.chosen
        self.shelf.choose(index)
        self.moved()
        if times == 2 or (times == 1 and again):
            self.action_open()

    # Finding and ordering

    @said
    def action_line(self, key: str) -> None:
        """The cursor in what was typed, or some of it taken away."""
        self.find(pressed(self.line, key))

    @said
    def action_narrow(self, direction: int) -> None:
        """Only new articles, those begun, those done, all."""
        self.narrow(STATUSES[(STATUSES.index(self.catalogue.view.status) + direction) % len(STATUSES)])

    @said
    def action_sort(self) -> None:
        """Choose another order."""
        from reader.tui.screens.picker import Choice, Picker

        self._require("sort")
        # The one that there is stands last, so that Enter changes something.
        orders = sorted(Sort, key=lambda sort: sort is self.catalogue.view.sort)
        choices = [Choice(sort, [(described(View(sort)), "text")], sort.value.removeprefix("last ")) for sort in orders]
        question = Picker(self.palette, "Put the articles in order …", choices, "There is no such order.")
        self.app.push_screen(question, self._order_chosen)

    @said
    def _order_chosen(self, sort: str | None) -> None:
        if sort is not None:
            self._sort(Sort(sort), False)

    @said
    def action_reverse(self) -> None:
        """The order turned round."""
        self._sort(self.catalogue.view.sort, not self.catalogue.view.reverse)

    @said
    def headed(self, sort: Sort) -> None:
        """A heading was clicked: the order by it, or turned round."""
        view = self.catalogue.view
        self._sort(sort, sort is view.sort and not view.reverse)

    def _sort(self, sort: Sort, reverse: bool) -> None:
        self.catalogue.show(sort=sort, reverse=reverse)
        self.show_list()
        self.say(f"Order: {described(self.catalogue.view)}.")

    @said
    def action_leave(self) -> None:
        """All articles again, then the article that is open."""
        view = self.catalogue.view
        if view.words:
            self.find(Line())
        elif view.status:
            self.narrow("")
        elif not going.back(self.app):
            raise Refused(self.why_not("leave") or "")

    # Opening

    @said
    def action_open(self) -> None:
        """Open the article, or add the file whose path was typed."""
        paths = self.paths()
        if paths:
            self.add_files(paths)
            if self.catalogue.view.words:
                return
        going.to_article(self.app, self._document("open"))

    @said
    def action_next_not_done(self) -> None:
        """Open the article at the cursor if it is not done, else the next one that is not."""
        row = self.row
        if row is not None and row.status != "done":
            going.to_article(self.app, row.document)
            return
        number = self.catalogue.next_not_done(self.number)
        going.to_article(self.app, library.by_number(self.project, number))

    @said
    def action_search(self) -> None:
        """Search all articles, marks and notes."""
        from reader.tui.screens.search import SearchScreen

        self._require("search")
        screen = SearchScreen(self.project, self.palette, self.keys, self.searched)
        self.app.push_screen(screen, partial(self._found, screen))

    @said
    def action_stats(self) -> None:
        """Numbers of the articles that are listed, then of all."""
        from reader.tui.screens.stats import StatsScreen

        self._require("stats")
        some = self.catalogue.choice()
        self.app.push_screen(StatsScreen(self.project, self.palette, some, self.catalogue.numbers if some else ()))

    @said
    def action_agreement(self) -> None:
        """How far people agree on the articles that are listed, or on all."""
        from reader.tui.screens.agreement import AgreementScreen

        self._require("agreement")
        some = self.catalogue.choice()
        self.app.push_screen(AgreementScreen(self.project, self.palette, some, self.catalogue.numbers if some else ()))

    @said
    def _found(self, screen: SearchScreen, target: Target | None) -> None:
        self.searched = screen.searched
        if target is not None:
            going.to_target(self.app, target)

    def _require(self, command: str) -> None:
        """Refused where the command can't work now."""
        reason = self.why_not(command)
        if reason:
            raise Refused(reason)

    def _row(self, command: str) -> DocumentRow:
        """The article at the cursor; Refused where there is none."""
        row = self.row
        if row is None:
            raise Refused(self.why_not(command) or "This article is no longer here.")
        return row

    def _document(self, command: str) -> Document:
        return self._row(command).document

    # Changing

    @said
    def action_done(self) -> None:
        """Done with the article, or not yet."""
        row = self._row("done")
        status = "done" if row.status != "done" else "reading" if row.opened_at else "new"
        self._set_status(row, status)

    @said
    def action_status(self) -> None:
        """Choose a status."""
        from reader.tui.screens.picker import Choice, Picker

        row = self._row("status")
        # The one that it has stands last, so that Enter changes something.
        others = sorted(_SAYS, key=lambda status: status == row.status)
        choices = [Choice(status, [(_SAYS[status], "text")], status) for status in others]
        question = Picker(self.palette, f"“{row.document.title}” is …", choices, "There is no such status.")
        self.app.push_screen(question, partial(self._status_chosen, row))

    @said
    def _status_chosen(self, row: DocumentRow, status: str | None) -> None:
        if status is not None:
            self._set_status(row, status)

    def _set_status(self, row: DocumentRow, status: str) -> None:
        library.set_status(self.project, row.document, status, in_library=True)
        self.counted(row.status, status)
        self.catalogue.forget(row.number)
        self.see_history()
        self.show_list(row.number)
        undo = self.key("library_undo")
        self.say(
            f"Saved: {library.called(row.document.title)} is {_SAYS[status].partition(':')[0]}. {undo} undoes it.",
            "good",
        )

    @said
    def action_edit(self) -> None:
        """Change what is known about the article."""
        from reader.tui.screens.details import Details
        from reader.work.details import cleaned

        document = self._document("edit")
        check = partial(cleaned, titled=True)
        form = Details(self.palette, "What is known about the article", _known(document), "saves", check)
        self.app.push_screen(form, partial(self._edited, document))

    @said
    def _edited(self, before: Document, details: Mapping[str, str] | None) -> None:
        known = _known(before)
        changed = {name: value for name, value in (details or {}).items() if value != known[name]}
        if not changed:
            self.say("Nothing was changed.")
            return
        now = library.edit_details(self.project, before, in_library=True, **changed)
        self.changed(library.number(self.project, now))
        self.say(
            f"Saved: {', '.join(changed)} of {library.called(now.title)}. {self.key('library_undo')} undoes it.", "good"
        )

    @said
    def action_delete(self) -> None:
        """Delete the article; undo brings it back with its marks."""
        row = self._row("delete")
        place = self.shelf.chosen
        marks = library.marks_in(self.project, row.document)
        page = going.open_page(self.app)
        if page is not None and page.document is not None and page.document.id == row.document.id:
            going.close_article(self.app)
        library.delete(self.project, row.document)
        self.changed(None)
        self.shelf.choose(place)
        undo = self.key("library_undo")
        with_marks = f" with {marks:,} mark{'' if marks == 1 else 's'}" if marks else ""
        self.say(f"Deleted{with_marks}: {library.called(row.document.title)}. {undo} brings it back.", "good")

    @said
    def action_restore(self) -> None:
        """Choose a deleted article and bring it back."""
        from reader.tui.screens.picker import Choice, Picker

        gone = library.deleted(self.project)
        if not gone:
            raise Refused("No article was deleted.")
        choices = [
            Choice(str(number), [(f"{title}  ", "text"), (f"deleted {at[:10]}", "quiet")], title)
            for number, title, at in gone
        ]

        question = Picker(self.palette, "Bring back …", choices, "No deleted article is called that.")
        self.app.push_screen(question, self._brought_back)

    @said
    def _brought_back(self, number: str | None) -> None:
        if number is not None:
            document = library.restore(self.project, number)
            self.changed(int(number))
            self.say(f"Back, with its marks: {library.called(document.title)}.", "good")

    @said
    def action_undo(self) -> None:
        """Take the last step in the list back."""
        self._turned(history.undo(self.project, None))

    @said
    def action_redo(self) -> None:
        """Bring back what undo took."""
        self._turned(history.redo(self.project, None))

    def _turned(self, undone: history.Undone) -> None:
        here = next((number for number in undone.articles), self.number)
        self.changed(here, undone.articles)
        self.say(f"{'Undone' if undone.kind == 'undo' else 'Done again'}: {undone.label}", "good")

    # Commands by name

    @said
    def action_palette(self) -> None:
        """Every command by name."""
        from reader.tui.screens.picker import Choice, Picker

        choices = []
        for command in LIBRARY:
            if command.palette:
                reason = self.why_not(command.action.partition("(")[0])
                keys = "  ".join(shown_keys(command, self.keys))
                line = [(f"{keys:<16}", "key"), (f"{command.help}  ", "faint" if reason else "text")]
                line += [(reason, "quiet")] if reason else []
                choices.append(Choice(command.id, line, f"{command.label} {command.help}"))
        self.app.push_screen(Picker(self.palette, "Commands", choices, "No command is called that."), self._run)

    def _run(self, command_id: str | None) -> None:
        for command in LIBRARY:
            if command.id == command_id:
                self.run(command)

    def action_help(self) -> None:
        """All keys."""
        from reader.tui.screens.help import Help, help_lines

        self.app.push_screen(Help(self.palette, help_lines(LIBRARY, None, self.keys), "the articles"))

    # What is no command

    def takes(self, event: events.Key | events.Paste) -> bool:
        """What can be typed finds articles; `:`, `?`, `#` and `%` are what they are elsewhere while nothing is typed.

        Pasted paths are added, a text is asked for its title, a few words are looked for: nothing acts as keys.
        """
        if isinstance(event, events.Paste):
            self.take_in(event.text)
            return True
        if not event.is_printable or not event.character:
            return False
        self._typed(event.character)
        return True

    @said
    def _typed(self, character: str) -> None:
        dialogs: dict[str, Callable[[], None]]
        dialogs = {
            ":": self.action_palette, "?": self.action_help, "#": self.action_stats, "%": self.action_agreement,
        }  # fmt: skip
        nothing = not self.line.text or self.line.fresh
        if nothing and character in dialogs:
            dialogs[character]()
        elif not nothing or character != " ":
            self.find(typed(self.line, safe(character)))


def _known(document: Document) -> dict[str, str]:
    """The details of an article that a person may change, as a form can show them."""
    known = {
        "title": document.title, "byline": document.byline, "date": document.date, "source": document.source,
    }  # fmt: skip
    return {name: safe(value) for name, value in known.items()}
