"""`reader agree`: how far people agree."""

from __future__ import annotations

from collections.abc import Iterable

import click

from reader.cli import options, tables
from reader.errors import UsageProblem


@click.command("agree")
@click.argument("articles", nargs=-1, metavar="[ARTICLE]…")
@click.option("--of", "of", multiple=True, metavar="NAME", help="Only this one's marks, by name or id; again for more.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Only marks of this tag; again for more.")
@click.option("--per-tag", is_flag=True, help="Every tag with its intervals.")
@click.option("--per-document", is_flag=True, help="Every article; with --per-tag, every tag of every article.")
@click.option("--matrix", metavar="MEASURE", help="Each with each, by this measure.")
@click.option("--confusion", is_flag=True, help="Which tags were given to the same words.")
@click.option("--after", is_flag=True, help="Before and after adjudication.")
@click.option("--paragraph", is_flag=True, help="A paragraph for a methods section, with its sources.")
@click.option("--explain", metavar="MEASURE", help="What a measure is, its source, how to read it; or `all`.")
@click.option("--format", "form", metavar="NAME", help="table, csv or json, where the file's ending doesn't say so.")
@click.option("-o", "--output", metavar="FILE", default="-", help="Where to; - (or nothing) is the standard output.")
@options.library
def command(
    articles: tuple[str, ...],
    of: tuple[str, ...],
    tags: tuple[str, ...],
    per_tag: bool,
    per_document: bool,
    matrix: str | None,
    confusion: bool,
    after: bool,
    paragraph: bool,
    explain: str | None,
    form: str | None,
    output: str,
    db: str | None,
    who: str | None,
) -> None:
    """Say how far people agree, in the articles that at least two of them have read.

    \b
    reader agree                         everybody who has read with others
    reader agree 3 --of ana --of ben     two people, one article
    reader agree --per-document          article by article
    reader agree --matrix alpha          each with each
    reader agree --paragraph             for a methods section
    reader agree --explain overlap       the definition, and how to read it

    Marked nothing counts, not read yet does not: such articles are left out and named.
    """
    if explain is not None:
        from reader.cli.agree_tables import write_explained

        write_explained(explain, output)
        return
    views = [name for name, chosen in (
        ("--matrix", matrix), ("--confusion", confusion), ("--paragraph", paragraph), ("--after", after),
        ("--per-tag or --per-document", per_tag or per_document),
    ) if chosen]  # fmt: skip
    if len(views) > 1:
        raise UsageProblem(f"One table at a time: leave out {' or '.join(views)}.")
    form = tables.form_of(form, output)
    from reader.cli import agree_tables, opening
    from reader.work import adjudicated, agreeing, stats

    with opening.opened(db, who) as project:
        among = stats.choose(project, articles, tags)
        if after:
            agree_tables.write_after(adjudicated.adjudicated(project, of, among, watch=_watched), form, output)
        else:
            found = agreeing.agreement(project, agreeing.people(project, of, among), among, watch=_watched)
            if paragraph:
                agree_tables.write_paragraph(found, output)
            elif confusion:
                agree_tables.write_confusion(project, found, among, form, output)
            elif matrix is not None:
                agree_tables.write_matrix(found, matrix, form, output)
            elif per_document:
                agree_tables.write_articles(found, form, output, per_tag=per_tag)
            elif per_tag:
                agree_tables.write_tags(found, form, output)
            else:
                agree_tables.write_overall(found, form, output)
        if output != tables.STDOUT:
            from reader.cli.say import tell

            tell(f"Wrote the agreement to {output}")


def _watched(numbers: Iterable[int]) -> Iterable[int]:
    """Passes the articles on, their number so far on the terminal where it takes long."""
    from reader.cli.say import watched

    return watched(numbers, "Reading article")
