"""The sixth migration: where paragraphs and sentences begin. Never edited; a change is a new migration."""

from __future__ import annotations

SCHEMA = """
-- Worked out once for each text, since texts never change; see reader/documents/outline.py. Long ones have none.
CREATE TABLE outlines (
    version INTEGER PRIMARY KEY REFERENCES versions (pk) ON DELETE CASCADE,
    language TEXT NOT NULL,
    paragraphs BLOB NOT NULL,
    sentences BLOB NOT NULL
) STRICT;
"""
