"""What somebody typed or pasted among the articles: words to look for, paths of files, or a text."""

from __future__ import annotations

import shlex
from pathlib import Path
from urllib.parse import unquote, urlsplit

LONGEST_WORDS = 200
"""Code points on one line that are still words to look for, and not a text."""

MOST_PATHS = 500
"""Files that are taken in at once."""

_LONGEST_PATH = 4096


def paths_in(text: str) -> list[Path]:
    """The files that the text names, and nothing else: one a line, or as a terminal pastes what is dropped on it.

    Those have quotation marks or backslashes, or are `file://` addresses. Empty where some part is no file.
    """
    lines = text.strip().split("\n")
    if len(lines) > MOST_PATHS or max(map(len, lines)) > _LONGEST_PATH:
        return []
    found: list[Path] = []
    for line in filter(None, map(str.strip, lines)):
        whole = _file(line)
        paths = [whole] if whole else [_file(word) for word in _words(line)]
        if not paths or None in paths:
            return []
        found += filter(None, paths)
    return found


def is_text(text: str) -> bool:
    """Whether what was pasted is an article rather than words to look for."""
    return len(text) > LONGEST_WORDS or "\n" in text.strip()


def _words(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError:
        return []


def _file(name: str) -> Path | None:
    """The file of that name, if there is one."""
    try:
        if name.startswith("file://"):
            name = unquote(urlsplit(name).path)
        path = Path(name).expanduser()
        return path if path.is_file() else None
    except (OSError, ValueError, RuntimeError):
        return None
