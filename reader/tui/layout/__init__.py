"""Geometry without Textual: which code point stands in which cell of which row."""
