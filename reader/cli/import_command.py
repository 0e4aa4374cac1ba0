"""`reader import FILE…`: take in what colleagues marked."""

from __future__ import annotations

import click

from reader.cli import options


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--add", multiple=True, metavar="ARTICLE|all", help="Also add this article that only they have; or all.")
@click.option("--as-key", is_flag=True, help="Their own marks are an answer key.")
@click.option("--replace", is_flag=True, help="What a file of marks lacks is removed; a database says so itself.")
@click.option("--raw", is_flag=True, help="CSV that was written with --raw, without the guard against formulas.")
@click.option("--dry-run", is_flag=True, help="Only say what would come in.")
@options.library
def command(
    files: tuple[str, ...],
    add: tuple[str, ...],
    as_key: bool,
    replace: bool,
    raw: bool,
    dry_run: bool,
    db: str | None,
    who: str | None,
) -> int:
    """Take in what colleagues marked in articles that you have: from their whole database, which stays as it is.

    Their marks lie in layers of their own beside yours, and nobody's marks are touched. The same text is the same
    article; where theirs is another one, marks are carried over to yours. The same file again changes nothing, a newer
    one brings their layers up to date.

    \b
    reader import ana.db ben.db
    reader import ana.db --dry-run
    reader import ana.db --add "The bridge that nobody ordered"
    """
    from contextlib import closing
    from pathlib import Path

    from reader.cli import opening
    from reader.cli.say import complain, say
    from reader.errors import ReaderError
    from reader.work import importing, importing_told

    worst = 0
    # Articles can be the first ones of a library; marks alone need some that are there.
    with closing(opening.library(db, who, create=bool(add) and not dry_run)) as project:
        for file in files:
            if len(files) > 1:
                say(f"{file}:")
            try:
                ask = importing.look if dry_run else importing.take
                summary = ask(project, Path(file), add=add, as_key=as_key, replace=replace, raw=raw)
            except ReaderError as problem:
                if len(files) == 1:
                    raise
                complain(str(problem))
                worst = max(worst, problem.exit_code)
                continue
            for sentence in importing_told.told(summary, would=dry_run):
                say(sentence)
            offers = list(importing_told.offered(summary))
            if offers:
                say("Only they have (--add TITLE or --add all takes them in):")
                for line in offers:
                    say(f"  {line}")
    return worst
