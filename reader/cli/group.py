"""The commands for click: found by name, loaded when they are called."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

import click

from reader import __version__
from reader.cli.main import COMMANDS, OPEN, arranged
from reader.cli.say import complain

EXAMPLES = """\b
Examples:
  reader article.txt              take it in and read it
  pbpaste | reader - --title X    the same from the clipboard
  reader                          your articles; Enter goes on where you were
  reader demo                     try it on a finished example
  reader export -o spans.csv      all marks, for a spreadsheet
"""

_HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


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


def call(args: Sequence[str]) -> int:
    """Runs the command that was meant; its exit code."""
    try:
        result = reader.main(list(args), prog_name="reader", standalone_mode=False)
    except click.UsageError as problem:
        where = problem.ctx.command_path if problem.ctx is not None else "reader"
        where = "reader" if where == f"reader {OPEN}" else where
        complain(f"{problem.format_message().rstrip('.')}. See `{where} --help`.")
        return 2
    except click.ClickException as problem:
        complain(problem.format_message())
        return problem.exit_code
    except click.Abort as stop:
        raise KeyboardInterrupt from stop
    return result if isinstance(result, int) else 0
