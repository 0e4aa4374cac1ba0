"""`reader list`: the articles of the library."""

from __future__ import annotations

import click

from reader.cli import options

_BEFORE = 58
"""Columns before a title."""

_NARROWEST, _WIDEST = 16, 80
"""Of a title."""


@click.command("list")
@options.library
def command(db: str | None, who: str | None) -> None:
    """The articles, with their number, how far you have read, and how many marks you made."""
    import shutil

    from reader.cli import opening, tables
    from reader.cli.say import counted, say, shown, tell
    from reader.work import library

    seen = tables.is_seen(tables.STDOUT)
    room = max(_NARROWEST, shutil.get_terminal_size().columns - _BEFORE) if seen else _WIDEST
    with opening.opened(db, who) as project:
        row = None
        for row in library.listed(project):
            marks, title = sum(row.counts.values()), shown(row.document.title, min(room, _WIDEST))
            # The title comes last: it may hold letters that are two columns wide.
            say(
                f"{row.number:>4}  {row.status:<7}  {row.progress:>3} %  {counted(row.words, 'word'):>13}"
                f"  {counted(marks, 'mark'):>9}  {row.document.date[:10]:<10}  {title}"
            )
            if row.orphans:
                say(f"{'':>6}{counted(row.orphans, 'orphan')}: `reader show {row.number} --orphans` lists them")
            if row.note:
                say(f"{'':>6}note: {shown(row.note, 100)}")
        if row is None:
            tell(f"No articles yet in {project.path}: `reader add FILE` takes one in.")
