"""What is remembered of how things looked: small JSON files in the state folder, never in the database or its log.

Each is replaced whole, for this user alone (mode 0600). One that cannot be understood is set aside under
`*.damaged` and begun anew: nothing here is worth failing for.
"""

from __future__ import annotations

import json
import os
import uuid
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from reader import paths
from reader.errors import StorageProblem


class Look(NamedTuple):
    """How the screen was set when it was last used."""

    theme: str = ""
    """Empty for what the settings say."""
    measure: int = 0
    """Columns of text; 0 for what the settings say."""
    side_pane: bool = True
    spacing: int = 1
    """Empty rows between the paragraphs of a text without blank lines."""
    lit: str = ""
    """The unit around the cursor that stays bright while the rest steps back; empty for everything."""


def look() -> Look:
    """How the screen was set last."""
    found = _read("look.json")
    theme, measure, side_pane = found.get("theme"), found.get("measure"), found.get("side_pane")
    spacing, lit = found.get("spacing"), found.get("lit")
    return Look(
        theme=theme if isinstance(theme, str) else "",
        measure=measure if isinstance(measure, int) else 0,
        side_pane=side_pane if isinstance(side_pane, bool) else True,
        spacing=spacing if isinstance(spacing, int) else 1,
        lit=lit if isinstance(lit, str) else "",
    )


def keep_look(now: Look) -> None:
    """Remembers how the screen is set."""
    _write("look.json", now._asdict())


def cursor(document_id: str) -> int | None:
    """The offset where the cursor was in this document; None where nothing is known."""
    name = _named("cursors", document_id)
    found = _read(name).get("cursor") if name else None
    return found if isinstance(found, int) and found >= 0 else None


def keep_cursor(document_id: str, offset: int) -> None:
    """Remembers the place in a document."""
    name = _named("cursors", document_id)
    if name:
        _write(name, {"cursor": offset})


def draft(annotation_id: str) -> str | None:
    """The note that was being written on this mark when the program ended, if any."""
    name = _named("drafts", annotation_id)
    found = _read(name).get("note") if name else None
    return found if isinstance(found, str) else None


def keep_draft(annotation_id: str, note: str) -> None:
    """Keeps a note that is being written and not saved yet."""
    name = _named("drafts", annotation_id)
    if name:
        _write(name, {"note": note})


def drop_draft(annotation_id: str) -> None:
    """Forgets a draft, once the note is saved or given up."""
    name = _named("drafts", annotation_id)
    if name:
        with suppress(OSError):
            (paths.state_folder() / name).unlink()


def accepted(database: Path) -> bool:
    """Whether this user made this database, or opened it by name, before."""
    return str(_resolved(database)) in _accepted()


def accept(database: Path) -> None:
    """From now on this database is opened without asking when it is found in the current folder."""
    known, path = _accepted(), str(_resolved(database))
    if path not in known:
        _write("accepted.json", {"databases": sorted({*known, path})})


def _accepted() -> list[str]:
    found = _read("accepted.json").get("databases")
    return [path for path in found if isinstance(path, str)] if isinstance(found, list) else []


def _resolved(database: Path) -> Path:
    return Path(os.path.realpath(database.expanduser()))


def _named(folder: str, identity: str) -> str | None:
    """The file for one thing; None where its id is no UUID: a strange database must not choose file names."""
    try:
        return f"{folder}/{uuid.UUID(identity)}.json"
    except ValueError:
        return None


def _read(name: str) -> dict[str, object]:
    path = paths.state_folder() / name
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        return {}
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, dict):
        return found
    with suppress(OSError):
        os.replace(path, path.with_name(f"{path.name}.damaged"))
    return {}


def _write(name: str, value: object) -> None:
    path = paths.state_folder() / name
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        paths.made(path.parent)
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(value, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, path)
    except OSError as problem:
        with suppress(OSError):
            unfinished.unlink()
        raise StorageProblem(
            f"The view could not be written ({problem.strerror}): allow writing to {path}, or make room on the disk."
        ) from problem
