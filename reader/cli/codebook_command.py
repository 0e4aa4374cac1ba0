"""`reader codebook …`: which tags there are, what each means, and which articles are read with which."""

from __future__ import annotations

from importlib import import_module

import click

from reader.cli import options
from reader.errors import UsageProblem

COMMANDS = {
    "list": "The codebooks of this database, and those that come with the program.",
    "show": "What the tags of one mean.",
    "add": "Take one in from a file: a new one, or the next state of one that is here.",
    "check": "Say whatever is wrong with a file, with its line.",
    "export": "Write one to a file that can be edited and added again.",
    "use": "Read articles with one.",
    "rename": "Call one, or a tag of one, something else.",
    "merge": "Show what is marked with one tag as another.",
    "retire": "Offer a tag no longer, or again.",
    "order": "Put tags first: 1–9 are the first nine.",
    "delete": "Take an unused tag, or an unused codebook, away.",
    "outdated": "The marks made before their tag got its present definition.",
}
"""What each is for; every one is a module of `reader.cli.codebooks`."""


class Codebooks(click.Group):
    """A group whose commands are loaded when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All of them, in the order in which one comes to need them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, loaded now."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"reader.cli.codebooks.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table above, without loading what it lists."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group("codebook", cls=Codebooks, invoke_without_command=True)
@options.library
@click.pass_context
def command(context: click.Context, db: str | None, who: str | None) -> None:
    """Codebooks: their tags, what these mean, and which articles are read with which.

    NAME is a codebook's name or the beginning of it, TAG likewise. docs/codebooks.md says what a file looks like.
    Every change is one step: `reader undo` without an article takes it back.
    """
    context.default_map = {name: {"db": db, "who": who} for name in COMMANDS}
    if context.invoked_subcommand is None:
        listing = context.command.get_command(context, "list")  # type: ignore[attr-defined]
        context.invoke(listing, form="table", db=db, who=who)


def pair(words: tuple[str, ...], least: int, most: int, usage: str) -> tuple[str, ...]:
    """The words as they are; UsageProblem where they are too few or too many."""
    if least <= len(words) <= most:
        return words
    raise UsageProblem(f"Write it as `reader codebook {usage}`.")
