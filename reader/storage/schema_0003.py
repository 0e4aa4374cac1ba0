"""The third migration: steps that are about several articles. Never edited; a change is a new migration."""

from __future__ import annotations

SCHEMA = """
CREATE TABLE step_documents (
    pk INTEGER PRIMARY KEY,
    step INTEGER NOT NULL REFERENCES steps (pk),
    document INTEGER NOT NULL REFERENCES documents (pk),
    UNIQUE (document, step)
) STRICT;
CREATE INDEX step_documents_step ON step_documents (step);
"""
