"""reader: read an article closely in the terminal and mark what it does."""

__version__ = "0.1.0"
