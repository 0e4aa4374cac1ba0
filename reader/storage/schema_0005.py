"""The fifth migration: articles that change. Never edited; a change is a new migration."""

from __future__ import annotations

SCHEMA = """
-- What a person should look at after an article changed: few rows, asked for whenever the article is opened.
CREATE INDEX anchors_unsettled ON anchors (version, status, annotation) WHERE status IN ('unsure', 'orphan');

DROP VIEW spans;
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
    anchors.status AS status,
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
