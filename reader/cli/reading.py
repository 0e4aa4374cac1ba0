"""Articles taken in, one of them opened, or the list of all: what `reader` does where no command is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from reader.cli import opening, taking_in, terminal
from reader.errors import NotFound

if TYPE_CHECKING:
    from reader.documents.document import Document

_NOTHING: Mapping[str, str] = MappingProxyType({})


def read(
    files: Sequence[str],
    db: str | None,
    who: str | None,
    encoding: str | None = None,
    details: Mapping[str, str] = _NOTHING,
) -> int:
    """Opens the first of the files, the article that is meant, or the list of all, until somebody leaves.

    The exit code. Without a file, a library that nobody named is made where there is none: there is a place to paste.
    """
    taking_in.check(files, details)
    is_known = len(files) == 1 and not taking_in.is_file(files[0])
    sources = [] if is_known else [taking_in.source(word, encoding) for word in files]
    if not is_known:
        terminal.require()
    try:
        project = opening.library(db, who, create=bool(sources), make_own=not files)
    except NotFound as problem:
        raise (taking_in.nothing(files[0]) if is_known and not db else problem) from problem
    try:
        document: Document | None = None
        if sources:
            document = taking_in.store(project, sources, details)[0]
        elif is_known:
            document = taking_in.known(project, files[0])
            terminal.require()
        terminal.take_keyboard()
        from reader.tui.app import run

        code = run(project, document)
    finally:
        project.close()
    opening.goodbye(project.path, db, who)
    return code
