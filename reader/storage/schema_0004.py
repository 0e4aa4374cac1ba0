"""Codebooks: which one new articles are read with, and what the first default did not say of its attributes."""

from __future__ import annotations

SCHEMA = """
-- When it was last chosen for new articles: the latest one is theirs.
ALTER TABLE codebooks ADD COLUMN default_at TEXT;
"""

_SAYS = (
    ("tags.id = '71dc7aef-7001-54e5-8332-0ad5f63c14a1'", "speaker", "names"),
    ("tags.id = '69a45442-3214-501b-8f41-c6e69cb6d98d'", "holder", "names"),
    ("tags.id = '5b40c69d-9b38-5fb3-b08e-fb90af91a890'", "evidence", "several"),
)
"""Tags that came with the first version, and what is true of which of their attributes."""

NEW_FIELDS = tuple(
    f"UPDATE {table} SET attributes = (SELECT json_group_array(CASE json_extract(value, '$.name') WHEN '{attribute}'"
    f" THEN json_set(value, '$.{field}', json('true')) ELSE json(value) END) FROM json_each({table}.attributes))"
    f" WHERE {where}"
    for tag, attribute, field in _SAYS
    for table, where in (("tags", tag), ("tag_revisions", f"tag IN (SELECT pk FROM tags WHERE {tag})"))
)
