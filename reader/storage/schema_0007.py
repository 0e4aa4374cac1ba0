"""The seventh migration: histories without what is only recorded. Never edited; a change is a new migration."""

from __future__ import annotations

SCHEMA = """
-- The last thing done in the library is looked for at every change there, behind thousands of articles that came in.
CREATE INDEX steps_done ON steps (document, actor, pk) WHERE kind <> 'record';
"""
