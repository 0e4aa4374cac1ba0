"""The ninth migration: what is said is found by its words. Never edited; a change is a new migration."""

from __future__ import annotations

_SPLIT = "tokenize='unicode61 remove_diacritics 2'"

SCHEMA = f"""
-- What was said about marks by attributes.
CREATE VIRTUAL TABLE said_search USING fts5(value, content='attributes', content_rowid='pk', columnsize=0, {_SPLIT});
INSERT INTO said_search (said_search) VALUES ('rebuild');
CREATE TRIGGER attributes_search_insert AFTER INSERT ON attributes BEGIN
    INSERT INTO said_search (rowid, value) VALUES (new.pk, new.value);
END;
CREATE TRIGGER attributes_search_delete AFTER DELETE ON attributes BEGIN
    INSERT INTO said_search (said_search, rowid, value) VALUES ('delete', old.pk, old.value);
END;
CREATE TRIGGER attributes_search_update AFTER UPDATE OF value ON attributes BEGIN
    INSERT INTO said_search (said_search, rowid, value) VALUES ('delete', old.pk, old.value);
    INSERT INTO said_search (rowid, value) VALUES (new.pk, new.value);
END;

-- Notes on articles as a whole; most readings have none.
CREATE VIEW article_notes AS SELECT pk, note FROM readings WHERE note <> '';
CREATE VIRTUAL TABLE article_note_search USING fts5(note, content='article_notes', content_rowid='pk', {_SPLIT});
INSERT INTO article_note_search (article_note_search) VALUES ('rebuild');
CREATE TRIGGER readings_search_insert AFTER INSERT ON readings WHEN new.note <> '' BEGIN
    INSERT INTO article_note_search (rowid, note) VALUES (new.pk, new.note);
END;
CREATE TRIGGER readings_search_delete AFTER DELETE ON readings WHEN old.note <> '' BEGIN
    INSERT INTO article_note_search (article_note_search, rowid, note) VALUES ('delete', old.pk, old.note);
END;
CREATE TRIGGER readings_search_update AFTER UPDATE OF note ON readings BEGIN
    INSERT INTO article_note_search (article_note_search, rowid, note)
        SELECT 'delete', old.pk, old.note WHERE old.note <> '';
    INSERT INTO article_note_search (rowid, note) SELECT new.pk, new.note WHERE new.note <> '';
END;
"""
