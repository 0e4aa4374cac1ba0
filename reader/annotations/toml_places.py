"""On which line of a TOML file each table, key and value stands: what `tomllib` does not tell.

The syntax is that of TOML 1.0 (https://toml.io/en/v1.0.0), walked once from top to bottom without understanding the
values. Meant for a text that `tomllib` reads too; of any other text it gives an error or lines that nobody asks for.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping

Path = tuple[str | int, ...]
"""Where something is in the data: `("tag", 0, "attribute", 2, "kind")`."""

DEEPEST = 12
"""Tables and lists inside each other, and words of a dotted key: more is no honest file."""

_SPACE = re.compile(r"[ \t]*")
_BLANK = re.compile(r"(?:[ \t\n]+|#[^\n]*)*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_BASIC = re.compile(r'"[^"\\\n]*(?:\\.[^"\\\n]*)*"')
_LITERAL = re.compile(r"'[^'\n]*'")
_LONG_BASIC = re.compile(r'"""[^"\\]*(?:(?:\\.|"{1,2}(?!"))[^"\\]*)*"{3,5}', re.DOTALL)
_LONG_LITERAL = re.compile(r"'''[^']*(?:'{1,2}(?!')[^']*)*'{3,5}")
_OTHER = re.compile(r"[^\s,\]}#][^,\]}#\n]*")


class Lost(Exception):
    """The text is no TOML, from this line on."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class TooDeep(Lost):
    """It is nested deeper than `DEEPEST`."""


def places(source: str) -> Mapping[Path, int]:
    """The line, from 1, on which each table, key and element begins; line breaks are line feeds.

    Lost where the text is no TOML, TooDeep where it is nested too deep. Time grows with the length alone.
    """
    return _Walk(source).all()


class _Walk:
    def __init__(self, source: str) -> None:
        self._source = source
        self._breaks = [found.start() for found in re.finditer("\n", source)]
        self._at = 0
        self._found: dict[Path, int] = {}
        self._tables: dict[Path, int] = {}
        """How many tables each list of tables has so far."""

    def all(self) -> dict[Path, int]:
        table: Path = ()
        self._skip(_BLANK)
        while self._at < len(self._source):
            if self._take("["):
                table = self._header()
            else:
                self._pair(table, 0)
            self._skip(_SPACE)
            if self._at < len(self._source) and self._source[self._at] not in "\n#":
                raise self._lost()
            self._skip(_BLANK)
        return self._found

    def _header(self) -> Path:
        line = self._line()
        listed = self._take("[")
        words = self._key()
        path: Path = ()
        for number, word in enumerate(words, 1):
            path += (word,)
            if listed and number == len(words):
                self._found.setdefault(path, line)
                self._tables[path] = self._tables.get(path, 0) + 1
            if path in self._tables:
                path += (self._tables[path] - 1,)
            self._found.setdefault(path, line)
        if not self._take("]") or (listed and not self._take("]")):
            raise self._lost()
        return path

    def _pair(self, table: Path, depth: int) -> None:
        line = self._line()
        path = table
        for word in self._key():
            path += (word,)
            self._found.setdefault(path, line)
        if not self._take("="):
            raise self._lost()
        self._skip(_SPACE)
        self._value(path, depth)

    def _key(self) -> list[str]:
        words: list[str] = []
        while not words or self._take("."):
            if len(words) == DEEPEST:
                raise TooDeep(self._line())
            self._skip(_SPACE)
            begin = self._at
            if self._skip(_BARE):
                words.append(self._source[begin : self._at])
            elif self._skip(_BASIC) or self._skip(_LITERAL):
                words.append(self._text(self._source[begin : self._at]))
            else:
                raise self._lost()
            self._skip(_SPACE)
        return words

    def _text(self, quoted: str) -> str:
        try:
            return str(tomllib.loads(f"word = {quoted}")["word"])
        except tomllib.TOMLDecodeError as problem:
            raise self._lost() from problem

    def _value(self, path: Path, depth: int) -> None:
        if depth == DEEPEST:
            raise TooDeep(self._line())
        if self._take("["):
            self._list(path, depth + 1)
        elif self._take("{"):
            self._skip(_SPACE)
            while not self._take("}"):
                self._pair(path, depth + 1)
                self._skip(_SPACE)
                if not self._take(",") and self._source[self._at : self._at + 1] != "}":
                    raise self._lost()
                self._skip(_SPACE)
        elif not any(map(self._skip, (_LONG_BASIC, _LONG_LITERAL, _BASIC, _LITERAL))) and (
            self._source[self._at : self._at + 1] in ('"', "'") or not self._skip(_OTHER)
        ):
            raise self._lost()

    def _list(self, path: Path, depth: int) -> None:
        number = 0
        self._skip(_BLANK)
        while not self._take("]"):
            self._found[*path, number] = self._line()
            self._value((*path, number), depth)
            number += 1
            self._skip(_BLANK)
            if not self._take(",") and self._source[self._at : self._at + 1] != "]":
                raise self._lost()
            self._skip(_BLANK)

    def _skip(self, pattern: re.Pattern[str]) -> bool:
        """Goes over what the pattern finds here; whether that was anything."""
        found = pattern.match(self._source, self._at)
        if found is None or found.end() == self._at:
            return False
        self._at = found.end()
        return True

    def _take(self, sign: str) -> bool:
        if not self._source.startswith(sign, self._at):
            return False
        self._at += 1
        return True

    def _line(self) -> int:
        return bisect_right(self._breaks, self._at - 1) + 1

    def _lost(self) -> Lost:
        return Lost(self._line())
