"""`reader demo`: a private copy of the finished example."""

from __future__ import annotations

import click

from reader.cli import terminal


@click.command("demo")
@click.option("--as", "who", metavar="NAME", default="ana", show_default=True, help="Whose marks: ana's or ben's.")
@click.option("--fresh", is_flag=True, help="Begin again with a new copy.")
def command(who: str, fresh: bool) -> int:
    """Open a private copy of a finished example: two articles, two people who marked them differently.

    What you do there stays in the copy; your own library is not touched.
    """
    from reader import viewstate
    from reader.cli.say import say
    from reader.project import open_project
    from reader.work import demo, library

    terminal.require()
    project = open_project(demo.copy(fresh=fresh), who, create=False)
    try:
        document = library.documents(project)[0].document
        if fresh:
            viewstate.keep_cursor(document.id, 0)
        terminal.take_keyboard()
        from reader.tui.app import run

        code = run(project, document, demo=True)
    finally:
        project.close()
    say(f"The demo is in {project.path}; `reader demo --fresh` begins again.")
    say("Your own article: reader article.txt")
    return code
