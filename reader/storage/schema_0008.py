"""The eighth migration: people's marks compared and decided on. Never edited; a change is a new migration."""

from __future__ import annotations

SCHEMA = """
-- Of a layer from another database: the last step there that is in it, so that an older copy is told from a newer one.
ALTER TABLE layers ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;

-- Layers that are compared. What comes of it lies in a layer of its own, whose annotator is the one who reviews.
CREATE TABLE reviews (
    pk INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    layer INTEGER NOT NULL UNIQUE REFERENCES layers (pk),
    kind TEXT NOT NULL CHECK (kind IN ('adjudication', 'feedback', 'answer key')),
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE review_sides (
    pk INTEGER PRIMARY KEY,
    review INTEGER NOT NULL REFERENCES reviews (pk),
    position INTEGER NOT NULL,
    layer INTEGER NOT NULL REFERENCES layers (pk),
    UNIQUE (review, position),
    UNIQUE (review, layer)
) STRICT;

-- What was said about one difference. `key`: the ids of the annotations it lies between, in order, with spaces.
-- `ground`: those annotations as they were then, so that a later change of theirs is seen.
CREATE TABLE decisions (
    pk INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    review INTEGER NOT NULL REFERENCES reviews (pk),
    document INTEGER NOT NULL REFERENCES documents (pk),
    key TEXT NOT NULL,
    difference TEXT NOT NULL,
    choice TEXT NOT NULL CHECK (choice IN
        ('a', 'b', 'both', 'union', 'shared', 'tag', 'edges', 'neither', 'later', 'open')),
    reason TEXT NOT NULL DEFAULT '',
    comment TEXT NOT NULL DEFAULT '',
    ground TEXT NOT NULL CHECK (json_valid(ground)),
    annotator INTEGER NOT NULL REFERENCES annotators (pk),
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (review, document, key)
) STRICT;
CREATE INDEX decisions_document ON decisions (document);

-- Where an annotation of a review's layer comes from: the decision (none: all agreed) and whose it was taken from.
CREATE TABLE outcomes (
    pk INTEGER PRIMARY KEY,
    annotation INTEGER NOT NULL UNIQUE REFERENCES annotations (pk),
    decision INTEGER REFERENCES decisions (pk),
    source INTEGER REFERENCES annotations (pk)
) STRICT;
CREATE INDEX outcomes_decision ON outcomes (decision);
CREATE INDEX outcomes_source ON outcomes (source);

CREATE TABLE answers (
    pk INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    decision INTEGER NOT NULL REFERENCES decisions (pk),
    annotator INTEGER NOT NULL REFERENCES annotators (pk),
    text TEXT NOT NULL,
    created_at TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE INDEX answers_decision ON answers (decision);
"""
