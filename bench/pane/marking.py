"""Marks words in a database, as the screen does, without a screen: `python -m bench.pane.marking DATABASE TAG`.

A line `START END` comes in; the milliseconds that marking took go out, and those of them without a processor. Then
the mark is undone, as in the session with the screen.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from bench.library import READER
from reader.documents.span import Span
from reader.project import open_project
from reader.work import history, library, tagging


def main(database: str, tag_name: str) -> None:
    """Mark until nothing comes in any more."""
    project = open_project(Path(database), READER, create=False)
    (row,) = library.documents(project)
    document = row.document
    # The screen has the text before anything can be marked.
    library.text(project, document)
    tag = library.codebook(project, document).find(tag_name)
    for line in sys.stdin:
        start, end = map(int, line.split())
        waited = _waited()
        began = time.perf_counter()
        tagging.mark(project, document, [Span(start, end)], tag)
        taken = time.perf_counter() - began
        print(taken * 1000, _waited() - waited, flush=True)
        history.undo(project, document)
    project.close()


def _waited() -> float:
    """Milliseconds that this process has stood in line for a processor; 0 where the system won't tell."""
    try:
        return int(Path("/proc/self/schedstat").read_text(encoding="ascii").split()[1]) / 1e6
    except OSError:
        return 0.0


if __name__ == "__main__":
    main(*sys.argv[1:])
