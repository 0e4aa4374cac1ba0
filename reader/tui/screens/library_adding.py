"""The library's screen: articles that come in by a path or as a pasted text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import ReaderError, Refused
from reader.paths import as_typed
from reader.tui.reading.line import typed
from reader.tui.screens.library_base import LibraryBase
from reader.tui.screens.page import said
from reader.work import library

if TYPE_CHECKING:
    from reader.documents.load import Source
    from reader.work.ingest import Added


class LibraryAdding(LibraryBase):
    """What is pasted is recognised for what it is."""

    @said
    def take_in(self, pasted: str) -> None:
        """What was pasted, for what it is."""
        from reader.tui.shelf.pasted import is_text, paths_in

        if not pasted.strip():
            raise Refused("What was pasted is empty: nothing was added.")
        paths = paths_in(pasted)
        if paths:
            self.add_files(paths)
        elif is_text(pasted):
            self._add_text(pasted)
        else:
            self.find(typed(self.line, " ".join(pasted.split())))

    def _add_text(self, text: str) -> None:
        from reader.documents.dates import date_line
        from reader.documents.load import Source, take_in
        from reader.tui.screens.details import Details
        from reader.work.details import cleaned

        source = Source("the pasted text", text.encode(), "text", "utf-8")
        intake = take_in(source)
        heading = f"Add the pasted text, {intake.words:,} words"
        known = {"title": intake.title, "date": date_line(intake.text)}
        form = Details(self.palette, heading, known, "adds it", cleaned)
        self.app.push_screen(form, partial(self._text_named, source))

    @said
    def _text_named(self, source: Source, details: Mapping[str, str] | None) -> None:
        if details is None:
            self.say("Nothing was added.")
        else:
            self._took(self._add(source, details))

    @said
    def action_add(self) -> None:
        """Ask for the path of a file."""
        from reader.tui.screens.prompt import Prompt

        question = "The path of a text or Markdown file, or notes/*.txt"
        self.app.push_screen(Prompt(self.palette, question, take=self._take_path))

    def _take_path(self, path: str) -> None:
        from reader.tui.shelf.pasted import paths_in

        if path.strip():
            # Nothing of that name, or nothing that is a file: reading it says which.
            self._take_files(paths_in(path) or [as_typed(path)])

    @said
    def add_files(self, paths: Sequence[Path]) -> None:
        """Take in files; the cursor goes to the last one. What cannot be taken in is told, and the others are."""
        self._take_files(paths)

    def _take_files(self, paths: Sequence[Path]) -> None:
        from reader.documents.load import read_file

        added: list[Added] = []
        problems: list[str] = []
        for path in paths:
            try:
                added.append(self._add(read_file(path), {}))
            except ReaderError as problem:
                problems.append(str(problem))
        if added:
            self._took(added[-1], len(added), problems)
        elif problems:
            raise Refused(problems[0])

    def _add(self, source: Source, details: Mapping[str, str]) -> Added:
        from reader.work import ingest

        return ingest.add(
            self.project,
            source,
            title=details.get("title", "").strip() or None,
            byline=details.get("byline", ""),
            date=details.get("date", ""),
            source_note=details.get("source", ""),
        )

    def _took(self, added: Added, several: int = 1, problems: Sequence[str] = ()) -> None:
        number = library.number(self.project, added.document)
        self.list_all()
        self.changed(number)
        title = added.document.title
        what = "Added" if added.is_new else "Back, with its marks" if added.restored else "Here already"
        sentence = f"{what}: {library.called(title)}. Enter opens it."
        if several > 1:
            sentence = f"{several} files taken in, the last is {library.called(title)}."
        if problems:
            sentence += f" Not taken in: {len(problems)}. {problems[0]}"
        self.say(sentence, "warning" if problems else "good")
