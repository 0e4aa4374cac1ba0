"""`reader codebook check FILE`."""

from __future__ import annotations

import click


@click.command("check")
@click.argument("file", metavar="FILE")
@click.option("--db", hidden=True)
@click.option("--as", "who", hidden=True)
def command(file: str, db: str | None, who: str | None) -> int:
    """Say whatever is wrong with a codebook file, one sentence a line; ends with 1 where there is something."""
    from reader.annotations.codebook_toml import findings, parse
    from reader.cli.codebooks.reading import source
    from reader.cli.say import counted, say

    raw = source(file)
    called = "the standard input" if file == "-" else file
    wrong = findings(raw)
    for finding in wrong[:_MOST]:
        say(f"{called}, line {finding.line}: {finding.sentence}")
    if len(wrong) > _MOST:
        say(f"… and {len(wrong) - _MOST:,} more")
    if not wrong:
        book = parse(raw, called)
        say(f"{called} is well: the codebook “{book.name}”, {counted(len(book.tags), 'tag')}.")
    return 1 if wrong else 0


_MOST = 50
