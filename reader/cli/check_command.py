"""`reader check`: prove every mark against its text, and the tables against the log."""

from __future__ import annotations

import click

from reader.cli import options


@click.command("check")
@options.library
def command(db: str | None, who: str | None) -> int:
    """Prove every mark against its text, and the tables against the log; 1 where something is wrong."""
    from reader.cli import opening
    from reader.cli.say import counted, say
    from reader.work import checking

    with opening.opened(db, who) as project:
        wrong = 0
        for proof, finding in checking.findings(project):
            say(f"{proof}: {finding}")
            wrong += 1
        articles, marks, steps = checking.counted(project)
        proved = f"{counted(articles, 'article')}, {counted(marks, 'mark')}, {counted(steps, 'step')} in {project.path}"
        say(f"{counted(wrong, 'finding')} in {proved}" if wrong else f"All is well: {proved}")
        return 1 if wrong else 0
