"""`reader codebook list`."""

from __future__ import annotations

import click

from reader.cli import options, tables


@click.command("list")
@tables.format_option
@options.library
def command(form: str, db: str | None, who: str | None) -> None:
    """The codebooks, with how many articles are read with each and how many marks carry its tags."""
    from reader.cli import opening
    from reader.work import codebooks, revisions

    with opening.opened(db, who) as project:
        old = revisions.counts(project)
        rows: list[tables.Row] = [
            {
                "name": each.codebook.name,
                "tags": len(each.codebook.active),
                "articles": each.articles,
                "marks": sum(each.marks.values()),
                "outdated": sum(old.get(tag.id, 0) for tag in each.codebook.tags),
                "new_articles": each.default,
                "here": True,
                "id": each.codebook.id,
                "description": each.codebook.description,
            }
            for each in codebooks.listed(project)
        ]
        rows += [
            {
                "name": book.name,
                "tags": len(book.active),
                "articles": 0,
                "marks": 0,
                "outdated": 0,
                "new_articles": False,
                "here": False,
                "id": book.id,
                "description": book.description,
            }
            for book in codebooks.offered(project)
        ]
        headings = {
            "name": "codebook",
            "tags": "tags",
            "articles": "articles",
            "marks": "marks",
            "outdated": "made before a change",
            "new_articles": "new articles",
            "here": "in this database",
        }
        tables.write(form, rows, headings, ("tags", "articles", "marks", "outdated"))
