"""The first schema, whole: also what later rooms of the program use. Never edited; a change is a new migration."""

from __future__ import annotations

SCHEMA = """
CREATE TABLE annotators (
    pk INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('local', 'imported')),
    created_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX annotators_local_name ON annotators (name) WHERE origin = 'local';

CREATE TABLE layers (
    pk INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    annotator INTEGER NOT NULL REFERENCES annotators (pk),
    purpose TEXT NOT NULL CHECK (purpose IN ('own', 'adjudicated', 'feedback', 'answer key')),
    name TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX layers_annotator ON layers (annotator);

CREATE TABLE codebooks (
    pk INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT
) STRICT;

CREATE TABLE tags (
    pk INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    codebook INTEGER NOT NULL REFERENCES codebooks (pk),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    key TEXT NOT NULL DEFAULT '',
    colour TEXT NOT NULL,
    symbol TEXT NOT NULL,
    line TEXT NOT NULL,
    unit TEXT NOT NULL,
    definition TEXT NOT NULL DEFAULT '',
    examples TEXT NOT NULL DEFAULT '{"do": [], "dont": []}' CHECK (json_valid(examples)),
    attributes TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(attributes)),
    revision INTEGER NOT NULL DEFAULT 1 CHECK (revision >= 1),
    merged_into INTEGER REFERENCES tags (pk),
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    retired_at TEXT
) STRICT;
CREATE INDEX tags_codebook ON tags (codebook, position);

CREATE TABLE tag_revisions (
    pk INTEGER PRIMARY KEY,
    tag INTEGER NOT NULL REFERENCES tags (pk),
    revision INTEGER NOT NULL,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    definition TEXT NOT NULL,
    examples TEXT NOT NULL CHECK (json_valid(examples)),
    attributes TEXT NOT NULL CHECK (json_valid(attributes)),
    created_at TEXT NOT NULL,
    UNIQUE (tag, revision)
) STRICT;

CREATE TABLE documents (
    pk INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    byline TEXT NOT NULL DEFAULT '',
    date TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT 'en',
    codebook INTEGER NOT NULL REFERENCES codebooks (pk),
    version INTEGER REFERENCES versions (pk) DEFERRABLE INITIALLY DEFERRED,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX documents_version ON documents (version);
CREATE INDEX documents_codebook ON documents (codebook);

CREATE TABLE versions (
    pk INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    document INTEGER NOT NULL REFERENCES documents (pk),
    number INTEGER NOT NULL CHECK (number >= 1),
    text_hash TEXT NOT NULL UNIQUE CHECK (length(text_hash) = 64),
    length INTEGER NOT NULL CHECK (length > 0),
    words INTEGER NOT NULL,
    layout TEXT NOT NULL CHECK (layout IN ('lines', 'blocks')),
    hidden INTEGER NOT NULL DEFAULT 0,
    kind TEXT NOT NULL,
    encoding TEXT NOT NULL,
    created_at TEXT NOT NULL,
    -- The long ones stand last: what follows them in a row is read only by way of all of them.
    offset_map BLOB NOT NULL,
    text TEXT NOT NULL,
    raw BLOB NOT NULL,
    UNIQUE (document, number)
) STRICT;

CREATE TABLE structure (
    pk INTEGER PRIMARY KEY,
    version INTEGER NOT NULL REFERENCES versions (pk),
    kind TEXT NOT NULL,
    start INTEGER NOT NULL CHECK (start >= 0),
    end INTEGER NOT NULL CHECK (end >= start),
    data TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(data))
) STRICT;
CREATE INDEX structure_version ON structure (version, start);

CREATE TABLE annotations (
    pk INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    document INTEGER NOT NULL REFERENCES documents (pk),
    layer INTEGER NOT NULL REFERENCES layers (pk),
    tag INTEGER NOT NULL REFERENCES tags (pk),
    tag_revision INTEGER NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX annotations_document ON annotations (document, layer, tag) WHERE deleted_at IS NULL;

CREATE TABLE anchors (
    pk INTEGER PRIMARY KEY,
    annotation INTEGER NOT NULL REFERENCES annotations (pk),
    version INTEGER NOT NULL REFERENCES versions (pk),
    status TEXT NOT NULL CHECK (status IN ('made', 'sure', 'confirmed', 'unsure', 'orphan')),
    score REAL,
    start INTEGER NOT NULL CHECK (start >= 0),
    end INTEGER NOT NULL CHECK (end > start OR status = 'orphan'),
    fragments TEXT NOT NULL,
    quote TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    UNIQUE (annotation, version)
) STRICT;
CREATE INDEX anchors_place ON anchors (version, start, end DESC, annotation) WHERE status <> 'orphan';
CREATE INDEX anchors_long ON anchors (version, start, end) WHERE end - start > 8192;
CREATE INDEX anchors_pieces ON anchors (version) WHERE instr(fragments, ';');

CREATE TABLE attributes (
    pk INTEGER PRIMARY KEY,
    annotation INTEGER NOT NULL REFERENCES annotations (pk),
    name TEXT NOT NULL,
    position INTEGER NOT NULL DEFAULT 0,
    value TEXT NOT NULL,
    UNIQUE (annotation, name, position)
) STRICT;
CREATE INDEX attributes_value ON attributes (name, value);

CREATE TABLE relations (
    pk INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    layer INTEGER NOT NULL REFERENCES layers (pk),
    kind TEXT NOT NULL,
    source INTEGER NOT NULL REFERENCES annotations (pk),
    target INTEGER NOT NULL REFERENCES annotations (pk),
    created_at TEXT NOT NULL,
    deleted_at TEXT,
    CHECK (source <> target)
) STRICT;
CREATE INDEX relations_source ON relations (source);
CREATE INDEX relations_target ON relations (target);
CREATE INDEX relations_layer ON relations (layer);

CREATE TABLE readings (
    pk INTEGER PRIMARY KEY,
    layer INTEGER NOT NULL REFERENCES layers (pk),
    version INTEGER NOT NULL REFERENCES versions (pk),
    status TEXT NOT NULL CHECK (status IN ('reading', 'done')),
    place INTEGER NOT NULL DEFAULT 0 CHECK (place >= 0),
    note TEXT NOT NULL DEFAULT '',
    opened_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (layer, version)
) STRICT;
CREATE INDEX readings_version ON readings (version);

CREATE TABLE steps (
    pk INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    actor INTEGER NOT NULL REFERENCES annotators (pk),
    document INTEGER REFERENCES documents (pk),
    layer INTEGER REFERENCES layers (pk),
    label TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo', 'record')),
    undoes INTEGER REFERENCES steps (pk)
) STRICT;
CREATE INDEX steps_history ON steps (document, actor, pk);

CREATE TABLE log (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    step INTEGER NOT NULL REFERENCES steps (pk),
    entity TEXT NOT NULL,
    row INTEGER NOT NULL,
    before TEXT CHECK (before IS NULL OR json_valid(before)),
    after TEXT CHECK (after IS NULL OR json_valid(after)),
    CHECK (before IS NOT NULL OR after IS NOT NULL)
) STRICT;
CREATE INDEX log_step ON log (step);
CREATE INDEX log_entity ON log (entity, row);

CREATE VIRTUAL TABLE text_search USING fts5(text, content='versions', content_rowid='pk',
    tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER versions_search_insert AFTER INSERT ON versions BEGIN
    INSERT INTO text_search (rowid, text) VALUES (new.pk, new.text);
END;
CREATE TRIGGER versions_search_delete AFTER DELETE ON versions BEGIN
    INSERT INTO text_search (text_search, rowid, text) VALUES ('delete', old.pk, old.text);
END;

-- Most marks have no note: those are left out of the search.
CREATE VIEW notes AS SELECT pk, note FROM annotations WHERE note <> '';
CREATE VIRTUAL TABLE note_search USING fts5(note, content='notes', content_rowid='pk',
    tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER annotations_search_insert AFTER INSERT ON annotations WHEN new.note <> '' BEGIN
    INSERT INTO note_search (rowid, note) VALUES (new.pk, new.note);
END;
CREATE TRIGGER annotations_search_delete AFTER DELETE ON annotations WHEN old.note <> '' BEGIN
    INSERT INTO note_search (note_search, rowid, note) VALUES ('delete', old.pk, old.note);
END;
CREATE TRIGGER annotations_search_update AFTER UPDATE OF note ON annotations BEGIN
    INSERT INTO note_search (note_search, rowid, note) SELECT 'delete', old.pk, old.note WHERE old.note <> '';
    INSERT INTO note_search (rowid, note) SELECT new.pk, new.note WHERE new.note <> '';
END;

CREATE VIRTUAL TABLE quote_search USING fts5(quote, content='anchors', content_rowid='pk', columnsize=0,
    tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER anchors_search_insert AFTER INSERT ON anchors BEGIN
    INSERT INTO quote_search (rowid, quote) VALUES (new.pk, new.quote);
END;
CREATE TRIGGER anchors_search_delete AFTER DELETE ON anchors BEGIN
    INSERT INTO quote_search (quote_search, rowid, quote) VALUES ('delete', old.pk, old.quote);
END;
CREATE TRIGGER anchors_search_update AFTER UPDATE OF quote ON anchors BEGIN
    INSERT INTO quote_search (quote_search, rowid, quote) VALUES ('delete', old.pk, old.quote);
    INSERT INTO quote_search (rowid, quote) VALUES (new.pk, new.quote);
END;

CREATE VIEW spans AS
SELECT
    annotations.id AS id,
    versions.text_hash AS text_hash,
    tags.id AS tag_id,
    annotations.tag_revision AS tag_revision,
    layers.id AS layer,
    layers.purpose AS purpose,
    documents.id AS document_id,
    documents.title AS document,
    documents.byline AS byline,
    documents.date AS date,
    documents.source AS source,
    tags.name AS tag,
    annotators.name AS annotator,
    anchors.start AS start,
    anchors.end AS end,
    anchors.fragments AS fragments,
    anchors.quote AS text,
    anchors.prefix AS text_before,
    anchors.suffix AS text_after,
    annotations.note AS note,
    annotations.created_at AS created_at,
    annotations.updated_at AS updated_at
FROM annotations
JOIN documents ON documents.pk = annotations.document AND documents.deleted_at IS NULL
JOIN versions ON versions.pk = documents.version
JOIN anchors ON anchors.annotation = annotations.pk AND anchors.version = documents.version
    AND anchors.status <> 'orphan'
JOIN tags AS given ON given.pk = annotations.tag
JOIN tags ON tags.pk = coalesce(given.merged_into, given.pk)
JOIN layers ON layers.pk = annotations.layer
JOIN annotators ON annotators.pk = layers.annotator
WHERE annotations.deleted_at IS NULL;
"""
