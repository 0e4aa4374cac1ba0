"""Articles on the command line: files, the standard input, or the name of one that is here already."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.main import COMMANDS
from reader.cli.say import complain, counted, say, silence, tell, watched
from reader.documents.document import Document
from reader.errors import NotFound, ReaderError, UsageProblem
from reader.project import Project
from reader.work import library

if TYPE_CHECKING:
    from reader.documents.load import Source
    from reader.work.ingest import Added


def is_file(word: str) -> bool:
    """Whether the word means something to be read in, rather than an article that is here already."""
    try:
        return word == "-" or Path(word).exists()
    except (OSError, ValueError):
        # No file can be called that.
        return False


def check(files: Sequence[str], details: Mapping[str, str]) -> None:
    """UsageProblem where the arguments contradict each other."""
    if files.count("-") > 1:
        raise UsageProblem("- is the standard input, which can be read once: name it once.")
    if len(files) > 1 and "title" in details:
        raise UsageProblem("--title names one article: give it one file.")
    if details:
        from reader.work.details import cleaned

        cleaned(details)


def source(word: str, encoding: str | None) -> Source:
    """The bytes of one file or of the standard input."""
    from reader.documents.load import read_file, read_stdin

    if word != "-":
        return read_file(Path(word), encoding, pipes=True)
    if sys.stdin is None:
        raise UsageProblem("There is no standard input to read: name a file instead of -.")
    if sys.stdin.isatty():
        tell("Paste or type the text, then press Ctrl+D on a line of its own.")
    return read_stdin(sys.stdin.buffer, encoding)


def store(project: Project, sources: Sequence[Source], details: Mapping[str, str]) -> list[Document]:
    """Takes the sources in, in order; tells of those that were here already."""
    documents = []
    for each in sources:
        added = _add(project, each, details)
        if not added.is_new:
            tell(_told(project, added))
        documents.append(added.document)
    return documents


def known(project: Project, word: str) -> Document:
    """The article that is meant; UsageProblem with a guess where the word means nothing."""
    try:
        return library.find(project, word)
    except NotFound as problem:
        raise nothing(word) from problem


def nothing(word: str) -> UsageProblem:
    """What is said to a first word that means nothing."""
    import difflib

    close = difflib.get_close_matches(word, COMMANDS, n=1)
    guess = f" Did you mean `reader {close[0]}`?" if close else " `reader --help` shows both."
    return UsageProblem(f"“{word}” is no file, no article in the library and no command.{guess}")


def add_all(
    library_of: Callable[[], Project], files: Sequence[str], encoding: str | None, details: Mapping[str, str]
) -> int:
    """Takes every file in, telling of each; goes on after one that cannot be taken in. The exit code."""
    check(files, details)
    project: Project | None = None
    worst = 0
    try:
        for word in watched(files, "Taking in", len(files)):
            try:
                read = source(word, encoding)
                project = project or library_of()
                _announce(_told(project, _add(project, read, details)))
            except ReaderError as problem:
                if len(files) == 1:
                    raise
                complain(str(problem))
                worst = max(worst, problem.exit_code)
    finally:
        if project is not None:
            project.close()
    return worst


def _announce(line: str) -> None:
    """Says it, where somebody still listens: `reader add *.txt | head` takes all of them in."""
    try:
        say(line)
    except BrokenPipeError:
        silence()


def _add(project: Project, each: Source, details: Mapping[str, str]) -> Added:
    from reader.work import ingest

    return ingest.add(
        project,
        each,
        title=details.get("title"),
        byline=details.get("byline", ""),
        date=details.get("date", ""),
        source_note=details.get("source", ""),
    )


def _told(project: Project, added: Added) -> str:
    number, title = library.number(project, added.document), added.document.title
    if added.is_new:
        hidden = f"  ({counted(added.hidden, 'hidden character')}: soft hyphens, joiners …)" if added.hidden else ""
        return f"Article {number}: {title}{hidden}"
    text = "another text" if added.replaced else "the same text"
    return f"Article {number} {'is back' if added.restored else f'is here already, with {text}'}: {title}"
