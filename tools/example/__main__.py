"""`python -m tools.example` builds `annotations.db.example` anew; with `--check` it only says whether it is current."""

from __future__ import annotations

import hashlib
import sqlite3
import sys
import tempfile
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reader.documents.load import read_file
from reader.project import Project, open_project
from reader.work import ingest, library, quoting, tagging
from tools.example.marks import BRIDGE, BUSES, Mark
from tools.example.review import review

TARGET = Path(__file__).parents[2] / "annotations.db.example"
TEXTS = Path(__file__).parent


class FixedTime:
    """A clock that goes on by seven seconds with every look, and ids made from a counter: the same in every build."""

    def __init__(self) -> None:
        self._now = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)
        self._ids = 0

    def clock(self) -> datetime:
        """The next moment."""
        self._now += timedelta(seconds=7)
        return self._now

    def new_id(self) -> str:
        """The next id, shaped like a UUIDv7."""
        self._ids += 1
        digest = hashlib.sha256(f"example {self._ids}".encode()).digest()
        value = int(self._now.timestamp() * 1000) << 80 | int.from_bytes(digest[:10], "big")
        value = value & ~(0xF << 76) | 0x7 << 76
        value = value & ~(0x3 << 62) | 0x2 << 62
        return str(uuid.UUID(int=value))


def build(path: Path) -> None:
    """Makes the example at `path`, where no file may be yet."""
    time = FixedTime()
    projects = {
        name: open_project(path, name, create=True, clock=time.clock, new_id=time.new_id)
        for name in ("ana", "ben", "cleo")
    }
    ana, ben = projects["ana"], projects["ben"]
    bridge = ingest.add(
        ana,
        read_file(TEXTS / "bridge.txt"),
        byline="Ivo Kest",
        date="2026-03-06",
        source_note="Vellmouth Courier (an invented paper)",
    ).document
    buses = ingest.add(
        ana,
        read_file(TEXTS / "buses.md"),
        byline="Lena Marsh",
        date="2026-02-25",
        source_note="Vellmouth Courier (an invented paper)",
    ).document
    for document, marks in ((bridge, BRIDGE), (buses, BUSES)):
        for mark in marks:
            _apply(projects[mark.who], document.id, mark)
    library.set_status(ana, bridge, "reading")
    library.set_status(ben, bridge, "done")
    library.set_status(ana, buses, "done")
    review(projects["cleo"], ben)
    for project in projects.values():
        project.close()


def _apply(project: Project, document_id: str, mark: Mark) -> None:
    document = library.find(project, document_id)
    text = library.text(project, document)
    tagging.mark(
        project,
        document,
        tuple(quoting.locate(text, piece) for piece in mark.pieces),
        mark.tag,
        note=mark.note,
        attributes={name: (value,) for name, value in mark.attributes.items()},
    )


def dump(path: Path) -> Iterator[str]:
    """What the database says, line by line, however SQLite laid it out: the schema, then every row of every table."""
    connection = sqlite3.connect(path)
    try:
        yield f"application_id {connection.execute('PRAGMA application_id').fetchone()[0]}"
        # What full-text search keeps for itself differs with SQLite's version; it is made from the other rows.
        schema = connection.execute(
            "SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
            " AND NOT (type = 'table' AND instr(name, '_search_')) ORDER BY name"
        ).fetchall()
        for name, kind, sql in schema:
            yield f"{kind} {name}: {sql}"
        for name, kind, _ in schema:
            if kind == "table":
                for row in connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid'):
                    yield f"{name} {row!r}"
    finally:
        connection.close()


def main(args: list[str]) -> int:
    """0 where the example is current, or was built."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "annotations.db"
        build(fresh)
        current = TARGET.exists() and list(dump(fresh)) == list(dump(TARGET))
        if "--check" not in args:
            if not current:
                TARGET.write_bytes(fresh.read_bytes())
            return 0
    if not current:
        print("annotations.db.example is not what the program makes: run `python -m tools.example`.", file=sys.stderr)
    return 0 if current else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
