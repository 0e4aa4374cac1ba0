"""A library of any number of articles with their marks: a database built once and kept, always the same.

What stands in it differs as it does in life: some words are in every article, some in a few (`COMMON`, `RARE`), marks
are of four tags and two people, some have notes, quotes have speakers, claims a status; articles are read or not.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench.article import RECIPE as TEXTS
from bench.article import article, marks

if TYPE_CHECKING:
    from reader.annotations.annotation import Annotation
    from reader.annotations.codebook import Tag
    from reader.documents.document import Document
    from reader.project import Project

RECIPE: Final = 1
"""Goes up whenever the same numbers would give another library."""

READER: Final = "bench"
"""Whose marks most of them are."""

COLLEAGUE: Final = "colleague"
"""Whose marks are in every fourth article."""

COMMON: Final = "lighthouse"
"""Stands in nearly every article."""

NAMED: Final = "Kestrelmoor"
"""Stands in every tenth article, one of them the newest."""

RARE: Final = "Obsidianwick"
"""Stands in every thousandth article."""

SPEAKERS: Final = ("Ilse Marrow", "Captain Oduya", "Anneke Vos", "Mara Lindqvist", "王小明", "Señora Núñez")

_TOWNS = ("Vellmouth", "Ashgrove", "Old Harrow", "Sankt Elm", "Port Teal", "Northwick", "Lower Dunmere", "Cray")
_MATTERS = (
    "the ferry that never came", "a vote nobody counted", "two bridges and one river", "the price of bread",
    "what the inspectors saw", "an empty school", "the harbour’s missing ledgers", "night buses", "a locked storeroom",
)  # fmt: skip
_BYLINES = ("Ivo Kest", "Lena Marsh", "Tomas Brandt", "R. Okafor", "")
_SYLLABLES = (
    "bar",
    "cor",
    "del",
    "fen",
    "gal",
    "hol",
    "kin",
    "lor",
    "mar",
    "nes",
    "ost",
    "pel",
    "ran",
    "sel",
    "tor",
    "vin",
)
_STATUSES = ("unchecked", "supported", "refuted", "unverifiable")
_TEXT_BYTES = 3_600


def library(articles: int, marks_each: int, cache: Path, tell: Callable[[str], None]) -> Path:
    """The database with so many articles and marks, built where the cache folder has none of this schema.

    To be opened as `READER`. Copy it before changing anything (`bench.library.copied`).
    """
    from reader.storage.tables import KNOWN

    made_by = hashlib.sha256(f"{TEXTS} {RECIPE} {articles} {marks_each} {KNOWN}".encode()).hexdigest()[:12]
    folder = cache / f"library-{articles}x{marks_each}-{made_by}"
    if not folder.exists():
        tell(f"Building the library of {articles:,} articles, once …")
    return kept(folder, lambda path: _build(path, articles, marks_each))


def kept(folder: Path, build: Callable[[Path], None]) -> Path:
    """The database in this folder; where there is none, it is built whole or not at all."""
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix=".building-", dir=folder.parent))
        try:
            build(unfinished / "library.db")
            unfinished.rename(folder)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    return folder / "library.db"


def text_of(number: int, articles: int) -> tuple[str, str]:
    """Title and text of the article with this number, from 1; the last one is the newest."""
    choose = random.Random(number)
    title = f"{choose.choice(_TOWNS)} and {choose.choice(_MATTERS)}, part {number}"
    names = [_surname(choose) for _ in range(4)]
    lead = (
        f"{names[0]} and {names[1]} of {choose.choice(_TOWNS)} had expected {names[2]} on Monday. "
        f"“{choose.choice(_MATTERS).capitalize()} is all that we talk about,” {names[3]} said."
    )
    if (articles - number) % 10 == 0:
        lead += f" The road from {NAMED} was closed."
    if (articles - number) % 1000 == 0:
        lead += f" Nobody in {RARE} had heard of it."
    return title, f"{title}\n\n{lead}\n\n{article(_TEXT_BYTES, seed=number)}"


def _surname(choose: random.Random) -> str:
    """One of four thousand: the first ones often, most of them hardly ever."""
    number = int(4000 * choose.random() ** 4)
    return "".join(_SYLLABLES[number >> shift & 15] for shift in (8, 4, 0)).capitalize()


def _build(path: Path, articles: int, marks_each: int) -> None:
    from reader.documents.load import Source
    from reader.project import open_project
    from reader.work import ingest, library

    people = [open_project(path, READER), open_project(path, COLLEAGUE)]
    for project in people:
        # What is half built is thrown away: nothing of it needs to be safe.
        project.store.rows("PRAGMA synchronous = OFF")
        project.store.rows("PRAGMA journal_mode = MEMORY")
    try:
        for number in range(1, articles + 1):
            title, text = text_of(number, articles)
            project = people[number % 4 == 3]
            document = ingest.add(
                project,
                Source(f"{number}.txt", text.encode(), "text"),
                title=title,
                byline=_BYLINES[number % len(_BYLINES)],
                date=f"{2016 + number % 11}-{number % 12 + 1:02}-{number % 28 + 1:02}",
                source_note=f"{_TOWNS[number % len(_TOWNS)]} Courier",
            ).document
            _mark(project, document, text, marks_each, number)
            if number % 3:
                library.set_status(project, document, "done" if number % 3 == 1 else "reading")
        people[0].store.rows("PRAGMA journal_mode = TRUNCATE")
    finally:
        for project in people:
            project.close()


def _mark(project: Project, document: Document, text: str, count: int, number: int) -> None:
    from reader.documents.span import Span
    from reader.work import library, tagging
    from reader.work import marks as stored

    if not count:
        return
    tags = {tag.name: tag for tag in library.codebook(project, document).active}
    made = marks(text, count)
    for name in sorted({mark.tag for mark in made}):
        spans = [Span(mark.start, mark.end) for mark in made if mark.tag == name]
        pks = tagging.mark_all(project, document, spans, tags[name])
        _say(project, tags[name], stored.by_pk(project, pks), number)


def _say(project: Project, tag: Tag, marks: tuple[Annotation, ...], number: int) -> None:
    """Speakers of quotes, a status of claims, a note on every twentieth mark."""
    choose = random.Random(number)
    name, values = {"quote": ("speaker", SPEAKERS), "claim": ("status", _STATUSES)}.get(tag.name, ("", ()))
    with project.store.step("said", project.annotator.pk, kind="record") as step:
        if values:
            step.insert_all("attributes", [
                {"annotation": mark.pk, "name": name, "position": 0, "value": choose.choice(values)} for mark in marks
            ])  # fmt: skip
        for mark in marks:
            if not choose.randrange(20):
                step.update("annotations", mark.pk, {"note": f"Ask {choose.choice(SPEAKERS)} about this again."})
