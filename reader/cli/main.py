"""`reader`: finds the command that was meant, runs it, and turns every problem into a sentence and an exit code.

0 is well; 1 is a problem with what was found (a damaged file, a mark that doesn't fit); 2 is a problem with how it
was asked (a missing file, an unknown option); 130 is Ctrl+C.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from reader.cli.say import complain, silence, unwritten
from reader.errors import ReaderError

OPEN = "open"
COMMANDS = {
    OPEN: "Take articles in and read one; without a file, your articles, the last one at the cursor.",
    "add": "Take articles in without opening them.",
    "list": "The articles, with their marks and how far they are read.",
    "show": "An article's marks, or its text.",
    "edit": "Change an article's title, byline, date or source.",
    "delete": "Take an article out of the library.",
    "restore": "Bring a deleted article back, with its marks.",
    "mark": "Mark words from a script.",
    "update": "Give an article its new text; marks move along.",
    "decide": "Say where an unsure mark belongs, from a script.",
    "review": "Compare people's marks, decide where they differ, give feedback.",
    "undo": "Take the last change to an article, or to the library, back.",
    "redo": "Bring back what undo took.",
    "search": "Find words, marks and notes in all articles.",
    "stats": "Count marks: by tag, person, article, source, speaker, and over time.",
    "agree": "Say how far people agree, by measures with their definitions.",
    "codebook": "What the tags mean, and which articles are read with which.",
    "report": "Give a review back: as a web page, Markdown or CSV.",
    "export": "Write marks as CSV or JSON Lines.",
    "import": "Take in what colleagues marked.",
    "check": "Prove every mark against its text.",
    "demo": "Open a private copy of a finished example.",
}
"""What each command is for. `open` is meant where no command is named; its own name is not needed."""

# The options that may stand before the first word and take a value of their own.
_WITH_VALUE = frozenset({"--db", "--as", "--title", "--byline", "--date", "--source", "--encoding"})


def arranged(args: Sequence[str]) -> list[str]:
    """The arguments with the command first: the one that is named, else `open`.

    Options may stand before the command (`reader --db x.db list`); a file called like a command is `./list`.
    """
    before: list[str] = []
    rest = list(args)
    while rest and rest[0].startswith("-") and rest[0] not in {"-", "--"}:
        if rest[0] in {"-h", "--help", "--version"} and not before:
            return rest
        taken = 2 if rest[0] in _WITH_VALUE else 1
        before += rest[:taken]
        rest = rest[taken:]
    if rest and rest[0] in COMMANDS:
        return [rest[0], *before, *rest[1:]]
    return [OPEN, *before, *rest]


def plain(args: Sequence[str]) -> tuple[tuple[str, ...], str | None, str | None] | None:
    """(words, database, annotator) where somebody only opens something, as nearly always; else None.

    That takes no click, which would be ten milliseconds of the way to the first page.
    """
    words: list[str] = []
    options: dict[str, str] = {}
    rest = list(args)
    while rest:
        word = rest.pop(0)
        if word in ("--db", "--as") and word not in options and rest and not rest[0].startswith("-"):
            options[word] = rest.pop(0)
        elif word and not word.startswith("-"):
            words.append(word)
        else:
            return None
    if words and words[0] in COMMANDS:
        return None
    return tuple(words), options.get("--db"), options.get("--as")


def run(args: Sequence[str]) -> int:
    """Runs one command line; its exit code. Whatever a person can act on is a sentence on stderr, never a traceback."""
    try:
        opening = plain(args)
        if opening is not None:
            from reader.cli.reading import read

            return read(*opening)
        from reader.cli.group import call

        return call(args)
    except ReaderError as problem:
        complain(str(problem))
        return problem.exit_code
    except KeyboardInterrupt:
        complain("Stopped.")
        return 130
    except OSError as problem:
        if problem.filename is not None:
            raise
        # Of our output: help and version are written by click itself, or whoever read it has enough. The interpreter's
        # own last flush must not complain either.
        silence()
        if not isinstance(problem, BrokenPipeError):
            complain(unwritten(problem))
        return 1


def main() -> None:
    """The installed command."""
    # Somebody may have closed the streams (`>&-`); a terminal that lacks a letter gets a question mark for it.
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    code = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            # A closed window: what the interpreter's own last flush said of it would be another exit code.
            silence(stream)
    sys.exit(code)
