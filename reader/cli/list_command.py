"""`reader list`: the articles of the library."""

from __future__ import annotations

import click

from reader.cli import options

WIDE = 100
"""Columns of a terminal from which there is room for how long an article is."""

_BEFORE, _WORDS = 46, 15
"""Columns before a title, and those of its words."""

_NARROWEST, _WIDEST = 12, 80
"""Of a title."""


@click.command("list")
@options.library
def command(db: str | None, who: str | None) -> None:
    """The articles, with their number, how far you have read, and how many marks you made."""
    import shutil

    from reader.cli import opening, tables
    from reader.cli.say import counted, say, shown, tell
    from reader.work import library

    width = shutil.get_terminal_size().columns if tables.is_seen(tables.STDOUT) else 1_000
    room = max(_NARROWEST, min(_WIDEST, width - _BEFORE - (_WORDS if width >= WIDE else 0)))
    with opening.opened(db, who) as project:
        row = None
        for row in library.listed(project):
            words = f"  {counted(row.words, 'word'):>13}" if width >= WIDE else ""
            marks = counted(sum(row.counts.values()), "mark")
            # The title comes last: it may hold letters that are two columns wide.
            say(
                f"{row.number:>4}  {row.status:<7}  {row.progress:>3} %{words}  {marks:>9}"
                f"  {row.document.date[:10]:<10}  {shown(row.document.title, room)}"
            )
            if row.orphans:
                say(f"{'':>6}{counted(row.orphans, 'orphan')}: `reader show {row.number} --orphans` lists them")
            if row.note:
                say(f"{'':>6}note: {shown(row.note, 100)}")
        if row is None:
            tell(f"No articles yet in {project.path}: `reader add FILE` takes one in.")
