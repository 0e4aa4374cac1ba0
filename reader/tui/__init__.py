"""Door two: the screen; the only folder that knows Textual."""
