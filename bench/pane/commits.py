"""The commit alone: marks words in a database, as the screen does, without a screen.

`python -m bench.pane.commits DATABASE TAG`: a line `START END` comes in, the milliseconds that marking took go out.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from bench.library import READER
from reader.documents.span import Span
from reader.project import open_project
from reader.work import library, tagging


def main(database: str, tag_name: str) -> None:
    """Mark until nothing comes in any more."""
    project = open_project(Path(database), READER, create=False)
    document = library.latest(project)
    assert document is not None, "a library without an article"
    tag = library.codebook(project, document).find(tag_name)
    for line in sys.stdin:
        start, end = map(int, line.split())
        began = time.perf_counter()
        tagging.mark(project, document, [Span(start, end)], tag)
        print((time.perf_counter() - began) * 1000, flush=True)
    project.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
