"""Proving a database: every mark against its text, every row against the log, the file against itself."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reader.anchoring.context import cut
from reader.documents.load import Source, hash_of, reading_text
from reader.documents.offsetmap import OffsetMap
from reader.documents.span import Span, merged, parsed
from reader.errors import ReaderError, StorageProblem
from reader.ids import shipped_id
from reader.storage.steps import dumped
from reader.storage.tables import IMAGE

if TYPE_CHECKING:
    from reader.storage.store import Row, Store

_PAGE = 1000
_SCHEMA = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
_SEARCH = ("text_search", "note_search", "quote_search", "said_search", "article_note_search")


def counted(store: Store) -> tuple[int, int, int]:
    """How many articles, marks (removed ones too) and steps there are."""
    ((articles, annotations, steps),) = store.rows(
        "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM annotations), (SELECT count(*) FROM steps)"
    )
    return articles, annotations, steps


def file_itself(store: Store) -> Iterator[str]:
    """SQLite's own proofs, and tables, views and triggers that are not as this program makes them."""
    for (said,) in store.rows("PRAGMA integrity_check"):
        if said != "ok":
            yield f"The file is damaged: {said}."
    for table, row, parent, _ in store.rows("PRAGMA foreign_key_check"):
        yield f"Row {row} of {table} points at a row of {parent} that is not there."
    is_, should = _named(store.rows(_SCHEMA)), _named(_expected())
    for name in sorted(is_.keys() | should.keys()):
        if name not in is_:
            yield f"{name} is missing from the file."
        elif name not in should:
            yield f"{name} is not one of ours: somebody added it."
        elif is_[name] != should[name]:
            yield f"{name} is not as this program makes it."


def search(store: Store) -> Iterator[str]:
    """Whether each search table still says what the rows say. Needs the write lock, but changes nothing."""
    for table in _SEARCH:
        try:
            with store.write():
                store.connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
        except StorageProblem as problem:
            if getattr(problem.__cause__, "sqlite_errorname", "").startswith("SQLITE_CORRUPT"):
                yield f"{table} does not say what the rows say: searching may miss something."
            else:
                yield f"{table} could not be proved. {problem}"


def texts(store: Store) -> Iterator[str]:
    """Every version's text against its hash, its length and its raw bytes; each document against its versions."""
    for pk, title in store.rows(
        "SELECT versions.pk, documents.title FROM versions JOIN documents ON documents.pk = versions.document"
        " ORDER BY versions.pk"
    ):
        ((text, text_hash, length),) = store.rows("SELECT text, text_hash, length FROM versions WHERE pk = ?", (pk,))
        wrong = _wrong_source(store, pk, text)
        if wrong:
            yield f"The file that “{title}” came from {wrong}."
        if hash_of(text) != text_hash:
            yield f"The text of “{title}” is not the one that its hash {text_hash[:12]} says: it was changed."
        if len(text) != length:
            yield f"The text of “{title}” has {len(text)} characters, not the {length} that are noted."
        if store.row("SELECT 1 FROM structure WHERE version = ? AND end > ? LIMIT 1", (pk, len(text))):
            yield f"Headings or lists of “{title}” reach beyond its text."
    for (title,) in store.rows(
        "SELECT title FROM documents WHERE version IS NULL OR pk NOT IN"
        " (SELECT document FROM versions WHERE versions.pk = documents.version)"
    ):
        yield f"“{title}” has no text of its own."


def _wrong_source(store: Store, version: int, text: str) -> str:
    """What is wrong between the bytes that came in, the map and the text; empty where all is well."""
    ((kind, encoding, raw, data),) = store.rows(
        "SELECT kind, encoding, raw, offset_map FROM versions WHERE pk = ?", (version,)
    )
    try:
        made, _, should, _ = reading_text(Source("the file", raw, kind, encoding))
        offset_map = OffsetMap.load(data)
    except ReaderError as problem:
        return f"cannot be read again or followed ({problem})"
    if made != text:
        return "does not give its text: one of them was changed, or it was read by other rules"
    if offset_map != should:
        return "is not followed by the map that is kept: offsets that count in the file lead to other words"
    edges = sorted({0, len(text), *offset_map.starts, *offset_map.ends})
    for span in map(Span, edges, edges[1:]):
        if not offset_map.to_canonical(offset_map.to_raw(span)).covers(span):
            return f"is not found again from {span.start}-{span.end} of the text"
    return ""


def marks(store: Store) -> Iterator[str]:
    """Every place of every mark against the words there; marks without a place; the same mark twice."""
    for version, title in store.rows(
        "SELECT versions.pk, documents.title FROM versions JOIN documents ON documents.pk = versions.document"
        " ORDER BY versions.pk"
    ):
        ((text,),) = store.rows("SELECT text FROM versions WHERE pk = ?", (version,))
        for row in _anchors(store, version):
            wrong = _wrong(text, row[2:])
            if wrong:
                yield f"The mark {row[1]} in “{title}” {wrong}."
    for id_, title in store.rows(
        "SELECT annotations.id, documents.title FROM annotations JOIN documents ON documents.pk = annotations.document"
        " WHERE annotations.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM anchors"
        " WHERE anchors.annotation = annotations.pk AND anchors.version = documents.version)"
    ):
        yield f"The mark {id_} has no place in “{title}”."
    yield from _orphans(store)
    for fragments, tag, title, count in store.rows(
        "SELECT anchors.fragments, tags.name, documents.title, count(*) FROM anchors"
        " JOIN annotations ON annotations.pk = anchors.annotation AND annotations.deleted_at IS NULL"
        " JOIN tags ON tags.pk = annotations.tag JOIN documents ON documents.pk = annotations.document"
        " AND documents.version = anchors.version WHERE anchors.status <> 'orphan' AND anchors.status <> 'unsure'"
        " GROUP BY anchors.version, annotations.layer, annotations.tag, anchors.fragments HAVING count(*) > 1"
    ):
        yield f"{fragments} in “{title}” is marked as {tag} {count} times by the same annotator."


def _orphans(store: Store) -> Iterator[str]:
    """Marks that a changed text has no place for: their words must be those of an earlier place."""
    for id_, title in store.rows(
        "SELECT annotations.id, documents.title FROM anchors JOIN annotations ON annotations.pk = anchors.annotation"
        " JOIN documents ON documents.pk = annotations.document JOIN versions ON versions.pk = anchors.version"
        " WHERE anchors.status = 'orphan' AND (anchors.fragments <> '' OR anchors.start <> anchors.end"
        " OR anchors.end > versions.length)"
    ):
        yield f"The orphan {id_} in “{title}” says that it has a place."
    for id_, title in store.rows(
        "SELECT annotations.id, documents.title FROM anchors JOIN annotations ON annotations.pk = anchors.annotation"
        " JOIN documents ON documents.pk = annotations.document AND documents.version = anchors.version"
        " WHERE anchors.status = 'orphan' AND NOT EXISTS"
        " (SELECT 1 FROM anchors AS known WHERE known.annotation = anchors.annotation AND known.status <> 'orphan'"
        " AND known.quote = anchors.quote AND known.prefix = anchors.prefix AND known.suffix = anchors.suffix)"
    ):
        yield f"The orphan {id_} in “{title}” has other words than any place that it had."


def links(store: Store) -> Iterator[str]:
    """Every link between two marks: both in one article, and all three in one layer."""
    for (id_,) in store.rows(
        "SELECT relations.id FROM relations JOIN annotations AS source ON source.pk = relations.source"
        " JOIN annotations AS target ON target.pk = relations.target WHERE source.document <> target.document"
        " OR source.layer <> relations.layer OR target.layer <> relations.layer ORDER BY relations.pk"
    ):
        yield f"The link {id_} joins marks of different articles or of somebody else."


def reviews(store: Store) -> Iterator[str]:
    """Every review compares layers, none of them its own; what came of it lies in its layer; decisions say on what."""
    for (id_,) in store.rows(
        "SELECT id FROM reviews WHERE NOT EXISTS (SELECT 1 FROM review_sides WHERE review = reviews.pk)"
        " OR layer IN (SELECT layer FROM review_sides WHERE review = reviews.pk)"
    ):
        yield f"The review {id_} compares nothing, or what came of it with itself."
    for (id_,) in store.rows(
        "SELECT annotations.id FROM outcomes JOIN annotations ON annotations.pk = outcomes.annotation"
        " LEFT JOIN decisions ON decisions.pk = outcomes.decision"
        " LEFT JOIN reviews ON reviews.layer = annotations.layer"
        " WHERE reviews.pk IS NULL OR reviews.pk <> ifnull(decisions.review, reviews.pk)"
        " OR annotations.document <> ifnull(decisions.document, annotations.document)"
    ):
        yield f"The mark {id_} came of a review, but does not lie in what that review made."
    for id_, key, ground in store.rows("SELECT id, key, ground FROM decisions ORDER BY pk"):
        if key != " ".join(sorted(mark["id"] for mark in json.loads(ground))):
            yield f"The decision {id_} is about other marks than those that it was made on."


def log(store: Store) -> Iterator[str]:
    """Every row against its last line in the log, every line against the one before it."""
    for table, (_, *columns) in IMAGE.items():
        listed = ", ".join(f'"{name}"' for name in columns)
        shipped = {pk for (pk,) in store.rows(_SHIPPED[table])} if table in _SHIPPED else set()
        for row, images in _histories(store, table):
            found = store.row(f"SELECT {listed} FROM {table} WHERE pk = ?", (row,))
            # What came with the program was not logged when it came: the first change of it says what it was.
            last = images[0][0] if row in shipped or (found is None and table in _SHIPPED) else None
            for before, after in images:
                if not _equal(before, last):
                    yield f"The log of row {row} of {table} has a gap: a line does not begin where the last one ended."
                last = after if before is None or after is None else _changed(last, after)
            present = None if found is None else dumped(dict(zip(columns, found, strict=True)))
            if not _equal(present, last):
                yield f"Row {row} of {table} is not as the log left it: something else than reader changed it."
        for (pk,) in store.rows(
            f"SELECT pk FROM {table} WHERE NOT EXISTS (SELECT 1 FROM log WHERE entity = ? AND row = {table}.pk)",
            (table,),
        ):
            if pk in shipped:
                continue
            yield f"Row {pk} of {table} is not in the log: something else than reader added it."
    for (entity,) in store.rows("SELECT DISTINCT entity FROM log"):
        if entity not in IMAGE:
            yield f"The log speaks of {entity}, which this program does not know."


# The codebook that is in every file from the start is in no log.
_SHIPPED_BOOK = f"SELECT pk FROM codebooks WHERE id = '{shipped_id('codebook', 'close reading')}'"
_SHIPPED_TAGS = f"SELECT pk FROM tags WHERE codebook IN ({_SHIPPED_BOOK}) AND substr(id, 15, 1) = '5'"
_SHIPPED = {
    "codebooks": _SHIPPED_BOOK,
    "tags": _SHIPPED_TAGS,
    "tag_revisions": f"SELECT pk FROM tag_revisions WHERE revision = 1 AND tag IN ({_SHIPPED_TAGS})",
}


def _histories(store: Store, table: str) -> Iterator[tuple[int, list[tuple[str | None, str | None]]]]:
    """Each row's lines in order: the row's number, and (before, after) of every line."""
    row, images = 0, list[tuple[str | None, str | None]]()
    at = (-1, -1)
    while True:
        page = store.rows(
            "SELECT row, seq, before, after FROM log WHERE entity = ? AND (row, seq) > (?, ?)"
            f" ORDER BY row, seq LIMIT {_PAGE}",
            (table, *at),
        )
        for each, seq, before, after in page:
            if each != row and images:
                yield row, images
                images = []
            row, at = each, (each, seq)
            images.append((before, after))
        if len(page) < _PAGE:
            break
    if images:
        yield row, images


def _changed(image: str | None, change: str) -> str:
    """The row after a line that changed some of its columns."""
    return json.dumps({**json.loads(image or "{}"), **json.loads(change)})


def _equal(one: str | None, other: str | None) -> bool:
    """Whether two images say the same, as far as both know the columns (a change, or an old line, knows fewer)."""
    if one is None or other is None or one == other:
        return one == other
    first, second = json.loads(one), json.loads(other)
    return all(first[name] == second[name] for name in first.keys() & second.keys())


def _anchors(store: Store, version: int) -> Iterator[Row]:
    at = 0
    while True:
        page = store.rows(
            "SELECT anchors.pk, annotations.id, anchors.start, anchors.end, anchors.fragments, anchors.quote,"
            " anchors.prefix, anchors.suffix FROM anchors NOT INDEXED"
            " JOIN annotations ON annotations.pk = anchors.annotation"
            " WHERE anchors.version = ? AND anchors.status <> 'orphan' AND anchors.pk > ?"
            f" ORDER BY anchors.pk LIMIT {_PAGE}",
            (version, at),
        )
        yield from page
        if len(page) < _PAGE:
            return
        at = page[-1][0]


def _wrong(text: str, row: Iterable[object]) -> str:
    """What is wrong with a mark's place; empty where all is well."""
    start, end, fragments, quote, prefix, suffix = row
    try:
        pieces = parsed(str(fragments))
    except ValueError:
        return f"has no readable place ({fragments})"
    if pieces != merged(pieces):
        return f"has pieces that touch, overlap or are out of order ({fragments})"
    if (pieces[0].start, pieces[-1].end) != (start, end):
        return f"says {start}-{end}, but its pieces are {fragments}"
    if pieces[-1].end > len(text):
        return f"reaches beyond the text ({fragments} of {len(text)})"
    words = cut(text, pieces)
    if words.quote != quote:
        return f"says “{quote}”, but the text has “{words.quote}” at {fragments}"
    if (words.prefix, words.suffix) != (prefix, suffix):
        return f"has other words around it than the text at {fragments}"
    return ""


def _named(rows: Iterable[Row]) -> dict[str, str]:
    """The file's own objects: what each is, by its name; the insides of search tables are SQLite's."""
    inside = tuple(f"{table}_" for table in _SEARCH)
    return {
        f"{kind} {name}": sql for kind, name, sql in rows if not name.startswith((*inside, "_sqlite", "idx__sqlite"))
    }


def _expected() -> list[Row]:
    from reader.storage.migrations import build

    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        build(connection)
        return connection.execute(_SCHEMA).fetchall()
    finally:
        connection.close()
