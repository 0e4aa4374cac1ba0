"""`reader report`: a review as a file for those who were not there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader.cli import options
from reader.errors import NotFound

if TYPE_CHECKING:
    from reader.project import Project


@click.command("report")
@click.argument("words", nargs=-1, metavar="[PERSON | ARTICLE]…")
@click.option("-o", "--output", metavar="FILE", default="-", help="Where to; - (or nothing) is the standard output.")
@click.option("--format", "format_name", metavar="NAME", help="html, markdown or csv, where the ending doesn't say.")
@click.option("--excel", is_flag=True, help="CSV that Excel reads in the right encoding.")
@click.option("--blind", is_flag=True, help="Say A and B for those who are compared, not their names.")
@click.option("--list", "listing", is_flag=True, help="Show which reviews there are, and write nothing.")
@options.library
def command(
    words: tuple[str, ...],
    output: str,
    format_name: str | None,
    excel: bool,
    blind: bool,
    listing: bool,
    db: str | None,
    who: str | None,
) -> None:
    """Give a review back: what people marked, what was decided on it, and why.

    \b
    reader report -o review.html            one page: the article with both layers, and the decisions
    reader report ben 3 -o review.html      the review of ben's marks, article 3 of it
    reader report -o review.csv             one row a difference
    reader report -o review.db              a database for `reader review review.db`, to be answered
    reader report | less                    as Markdown

    The latest review, unless people in it are named (or its id, see --list); all of its articles, unless some are
    named. Letters instead of names (--blind) are not put into what people wrote.
    """
    from reader.cli import opening
    from reader.cli.say import counted, tell
    from reader.cli.say import output as to_stdout
    from reader.errors import UsageProblem
    from reader.work import handing_on, reporting

    is_database = Path(output).suffix.casefold() == ".db"
    if is_database and (blind or excel or format_name):
        raise UsageProblem("A database says everything as it is: leave --blind, --excel and --format out.")
    with opening.opened(db, who) as project:
        if listing:
            _list(project)
            return
        review, documents = reporting.find(project, words)
        if is_database:
            handing_on.to_file(project, review, Path(output), documents)
            tell(f"Wrote the review to {output}: `reader review {output}` opens it at the other end.")
            return
        report = reporting.build(project, review, documents, blind=blind)
        if output == "-":
            with to_stdout() as out:
                reporting.to_stream(report, out, format_name, excel=excel)
            return
        path = Path(output)
        reporting.to_file(report, path, format_name, excel=excel)
        differences = sum(len(article.differences) for article in report.articles)
        articles = counted(len(report.articles), "article")
        tell(f"Wrote {counted(differences, 'difference')} in {articles} to {path}")


def _list(project: Project) -> None:
    from reader.cli.say import counted, say, shown
    from reader.work import reviewing

    found = reviewing.all_reviews(project)
    if not found:
        raise NotFound("There is no review yet: `reader review` begins one.")
    for review in found:
        articles = reviewing.articles(project, review)
        names = ", ".join(shown(side.annotator, 40) for side in review.sides)
        say(f"{review.kind} of {names}, by {shown(review.reviewer.name, 40)}  {review.id}")
        compared = counted(sum(each.can_be_compared for each in articles), "article")
        say(f"  {compared} to compare, {sum(each.decided for each in articles):,} decided")
