"""What somebody typed or pasted among the articles: words to look for, paths of files, or a text."""

from __future__ import annotations

import shlex
from itertools import islice
from pathlib import Path
from urllib.parse import unquote, urlsplit

LONGEST_WORDS = 200
"""Code points on one line that are still words to look for, and not a text."""

MOST_PATHS = 500
"""Files that are taken in at once."""

_LONGEST_PATH = 4096
_WILD = "*?["


def paths_in(text: str) -> list[Path]:
    """The files that the text names, and nothing else: one a line, or as a terminal pastes what is dropped on it.

    Those have quotation marks or backslashes, or are `file://` addresses. `notes/*.txt` names all files of a folder
    that are called so. Empty where some part is no file.
    """
    lines = text.strip().split("\n")
    if len(lines) > MOST_PATHS or max(map(len, lines)) > _LONGEST_PATH:
        return []
    found: list[Path] = []
    for line in filter(None, map(str.strip, lines)):
        paths = [_files(line)]
        if not paths[0]:
            paths = [_files(word) for word in _words(line)]
        if not all(paths):
            return []
        found += (path for some in paths for path in some)
    return found if len(found) <= MOST_PATHS else []


def is_text(text: str) -> bool:
    """Whether what was pasted is an article rather than words to look for."""
    return len(text) > LONGEST_WORDS or "\n" in text.strip()


def _words(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError:
        return []


def _files(name: str) -> list[Path]:
    """The file of that name, or the files that the pattern means, in the order of their names; empty for none."""
    try:
        if name.startswith("file://"):
            name = unquote(urlsplit(name).path)
        path = Path(name).expanduser()
        if path.is_file():
            return [path]
        # A lone star that was pasted or typed means no files.
        is_pattern = set(path.name) & set(_WILD) and set(name) & set("/.")
        if not is_pattern or "**" in path.name or not path.parent.is_dir():
            return []
        return sorted(islice((each for each in path.parent.glob(path.name) if each.is_file()), MOST_PATHS + 1))
    except (OSError, ValueError, RuntimeError):
        return []
