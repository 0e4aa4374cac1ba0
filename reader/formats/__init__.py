"""Files in and out: text and records, no database."""
