"""The library: when each article was opened last, and what a list of 10,000 of them is put in order by."""

from __future__ import annotations

SCHEMA = """
ALTER TABLE readings ADD COLUMN last_opened_at TEXT NOT NULL DEFAULT '';
UPDATE readings SET last_opened_at = max(opened_at, ifnull((
    SELECT max(steps.at) FROM layers
    JOIN versions ON versions.pk = readings.version
    JOIN steps ON steps.document = versions.document AND steps.actor = layers.annotator
    WHERE layers.pk = readings.layer
), ''));
CREATE INDEX readings_opened ON readings (layer, last_opened_at, version);
CREATE INDEX documents_present ON documents (version) WHERE deleted_at IS NULL;
-- What a list says of a text, without a look at the text: a row of `versions` is many pages long.
CREATE INDEX versions_size ON versions (pk, words, length);
"""
