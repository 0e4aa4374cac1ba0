"""`reader codebook outdated NAME`."""

from __future__ import annotations

import click

from reader.cli import options, tables


@click.command("outdated")
@click.argument("name")
@click.option("--tag", metavar="TAG", help="Only this one.")
@click.option("--article", metavar="ARTICLE", help="Only in this one.")
@click.option("--mine", is_flag=True, help="Only yours.")
@click.option("--confirm", is_flag=True, help="Yours among them hold under the present definition too.")
@tables.format_option
@options.library
def command(
    name: str,
    tag: str | None,
    article: str | None,
    mine: bool,
    confirm: bool,
    form: str,
    db: str | None,
    who: str | None,
) -> None:
    """The marks that were made before their tag got its present definition, or under a tag that was merged since."""
    from reader.cli import opening
    from reader.cli.say import counted, say, shown, tell
    from reader.work import codebooks, library, revisions

    with opening.opened(db, who) as project:
        book = codebooks.find(project, name)
        found = revisions.outdated(
            project,
            book,
            codebooks.find_tag(book, tag) if tag is not None else None,
            library.find(project, article) if article is not None else None,
            own=mine or confirm,
        )
        if confirm:
            done = revisions.confirm(project, [each.annotation for each in found])
            say(f"{counted(done, 'mark')} confirmed")
            return
        if not found and form == tables.TABLE:
            tell("Every mark was made under the present definitions.")
            return
        rows: list[tables.Row] = [
            {
                "article": each.article,
                "title": each.title,
                "annotator": each.annotation.annotator,
                "tag": each.tag.name,
                "made_under": each.why,
                "text": each.annotation.text if form != tables.TABLE else shown(each.annotation.text, 60),
                "id": each.annotation.id,
            }
            for each in found
        ]
        headings = {"article": "article", "annotator": "who", "tag": "tag", "made_under": "made under", "text": "words"}
        tables.write(form, rows, headings, ("article",))
