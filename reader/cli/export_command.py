"""`reader export`: marks as a file for a spreadsheet or another program."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader.cli import options

if TYPE_CHECKING:
    from reader.formats.record import Record


@click.command("export")
@click.option("-o", "--output", metavar="FILE", default="-", help="Where to; - (or nothing) is the standard output.")
@click.option("--format", "format_name", metavar="NAME", help="csv or jsonl, where the file's ending doesn't say.")
@click.option("--article", "articles", multiple=True, metavar="ARTICLE", help="Only this one; again for more.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Only this tag; again for more.")
@click.option("--annotator", "annotators", multiple=True, metavar="NAME", help="Only this one's; again for more.")
@click.option("--final", is_flag=True, help="What reviews decided, instead of what people marked.")
@click.option("--orphans", is_flag=True, help="Also marks whose words are gone since their article changed.")
@click.option("--raw", is_flag=True, help="CSV without the guard against formulas; not for spreadsheets.")
@click.option("--excel", is_flag=True, help="CSV that Excel reads in the right encoding.")
@options.library
def command(
    output: str,
    format_name: str | None,
    articles: tuple[str, ...],
    tags: tuple[str, ...],
    annotators: tuple[str, ...],
    final: bool,
    orphans: bool,
    raw: bool,
    excel: bool,
    db: str | None,
    who: str | None,
) -> None:
    """Write everybody's marks, or chosen ones, one row a mark.

    \b
    reader export -o spans.csv
    reader export -o quotes.jsonl --tag quote --annotator ana
    reader export --article 3 | head
    reader export -o gold.csv --final
    """
    from reader.cli import opening
    from reader.cli.say import counted, tell, watched
    from reader.cli.say import output as to_stdout
    from reader.work import export, exporting

    with opening.opened(db, who) as project:
        choice = export.choose(project, articles, tags, annotators, orphans=orphans, final=final)

        def watch(records: Iterable[Record]) -> Iterable[Record]:
            return watched(records, "Writing mark", export.count(project, choice))

        if output == "-":
            with to_stdout() as out:
                exporting.to_stream(project, choice, out, format_name, raw=raw, excel=excel, watch=watch)
        else:
            path = Path(output)
            count = exporting.to_file(project, choice, path, format_name, raw=raw, excel=excel, watch=watch)
            tell(f"Wrote {counted(count, 'mark')} to {path}")
        unsure, gone = export.unsettled(project, choice)
        if unsure:
            tell(f"{counted(unsure, 'mark')} stood in a text that changed and may stand elsewhere: status “unsure”.")
        if gone and not orphans:
            tell(f"{counted(gone, 'orphan')} without a place in the present text left out: --orphans writes them too.")
