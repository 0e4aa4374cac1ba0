"""`reader`: finds the command that was meant, runs it, and turns every problem into a sentence and an exit code.

0 is well; 1 is a problem with what was found (a damaged file, a mark that doesn't fit); 2 is a problem with how it
was asked (a missing file, an unknown option); 130 is Ctrl+C.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper

import click

from reader import __version__
from reader.cli.say import complain, silence, unwritten
from reader.errors import ReaderError

OPEN = "open"
COMMANDS = {
    OPEN: "Take articles in and read one; without a file, go on where you were.",
    "add": "Take articles in without opening them.",
    "list": "The articles, with their marks and how far they are read.",
    "show": "An article's marks, or its text.",
    "edit": "Change an article's title, byline, date or source.",
    "delete": "Take an article out of the library.",
    "restore": "Bring a deleted article back, with its marks.",
    "mark": "Mark words from a script.",
    "undo": "Take the last change to an article, or to the library, back.",
    "redo": "Bring back what undo took.",
    "export": "Write marks as CSV or JSON Lines.",
    "check": "Prove every mark against its text.",
    "demo": "Open a private copy of a finished example.",
}
"""What each command is for. `open` is meant where no command is named; its own name is not needed."""

EXAMPLES = """\b
Examples:
  reader article.txt              take it in and read it
  pbpaste | reader - --title X    the same from the clipboard
  reader                          go on where you were
  reader demo                     try it on a finished example
  reader export -o spans.csv      all marks, for a spreadsheet
"""

# The options that may stand before the first word and take a value of their own.
_WITH_VALUE = frozenset({"--db", "--as", "--title", "--byline", "--date", "--source", "--encoding"})
_HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


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


class LazyGroup(click.Group):
    """A group whose commands are modules of `reader.cli`, imported only when they are called."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Puts the command first; see `arranged`."""
        return super().parse_args(ctx, arranged(args))

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All but the one that needs no name."""
        return [name for name in COMMANDS if name != OPEN]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, loaded now."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"reader.cli.{cmd_name}_command").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table above, without loading what it lists."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name]) for name in self.list_commands(ctx)])

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Both ways to call it."""
        formatter.write_usage("reader", "[FILE… | -] [OPTIONS]")
        formatter.write_usage("reader", "COMMAND [OPTIONS]", prefix="       ")


@click.group(cls=LazyGroup, context_settings=_HELP, epilog=EXAMPLES)
@click.version_option(__version__, prog_name="reader", message="%(prog)s %(version)s")
def reader() -> None:
    """Read an article closely and mark what it does: claims, quotes, opinions, loaded language.

    Every command takes --db FILE (else READER_DB, else your own library) and says more with --help.
    """


def run(args: Sequence[str]) -> int:
    """Runs one command line; its exit code. Whatever a person can act on is a sentence on stderr, never a traceback."""
    try:
        result = reader.main(list(args), prog_name="reader", standalone_mode=False)
    except click.UsageError as problem:
        where = f" {problem.ctx.info_name}" if problem.ctx is not None and problem.ctx.parent is not None else ""
        where = "" if where == f" {OPEN}" else where
        complain(f"{problem.format_message().rstrip('.')}. See `reader{where} --help`.")
        return 2
    except click.ClickException as problem:
        complain(problem.format_message())
        return problem.exit_code
    except ReaderError as problem:
        complain(str(problem))
        return problem.exit_code
    except (KeyboardInterrupt, click.Abort):
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
    return result if isinstance(result, int) else 0


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
