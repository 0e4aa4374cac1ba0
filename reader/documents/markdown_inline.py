"""The inside of a Markdown paragraph: which of its characters are words, and which are markup.

The parser gives tokens without places, so they are followed through the paragraph's source: every token says
what it must find there. Where that fails the paragraph is kept as it is written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

_BREAK = re.compile(r"[ \t]*(\\?)\n[ \t]*")
_LABEL = re.compile(r"\[(?:\\.|[^\[\]\\])*\]", re.DOTALL)
_WHITE = re.compile(r"[ \t\n]*")

Styled = tuple[str, int, int, dict[str, object]]
"""A kind, the number of the first piece and of the one after the last, and what else is known."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A range of the paragraph's source that stays, in code points of it."""

    start: int
    end: int
    made: str | None = None
    """What it becomes, where it does not stay as it is."""

    is_break: bool = False


class _LostError(Exception):
    """The source does not hold what a token says."""


def pieces_of(token: Token) -> tuple[list[Piece], list[Styled]]:
    """The pieces of an inline token's content that are words, in order, and the styles over them."""
    walk = _Walk(token.content)
    try:
        walk.follow(token.children or [])
    except _LostError:
        whole = [Piece(start, end, is_break=token.content[start] == "\n") for start, end in _lines(token.content)]
        return whole, []
    return walk.pieces, walk.styled


def _lines(content: str) -> list[tuple[int, int]]:
    """The lines and the breaks between them."""
    return [found.span() for found in re.finditer(r"\n|[^\n]+", content)]


class _Walk:
    """A place in the source that moves on with each token."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.pieces: list[Piece] = []
        self.styled: list[Styled] = []
        self.open: list[tuple[int, dict[str, object]]] = []

    def follow(self, tokens: list[Token]) -> None:
        """Take the tokens in order."""
        autolink = False
        for token in tokens:
            if token.type == "link_open":
                self._open({"href": str(token.attrs.get("href", ""))})
                autolink = token.markup == "autolink"
                self._expect("<" if autolink else "[")
                if autolink:
                    end = self.source.find(">", self.at)
                    self._piece(end)
            elif token.type == "link_close":
                data = self._close("link")
                if autolink:
                    self._expect(">")
                    autolink = False
                else:
                    self._target(str(data["href"]))
            elif token.type == "image":
                self._expect("![")
                self.follow(token.children or [])
                self._target(str(token.attrs.get("src", "")))
            elif not autolink:
                self._word(token)

    def _word(self, token: Token) -> None:
        """A token that is neither a link nor a picture."""
        if token.type in ("em_open", "strong_open"):
            self._expect(token.markup)
            self._open({})
        elif token.type in ("em_close", "strong_close"):
            self._close(token.type.removesuffix("_close"))
            self._expect(token.markup)
        elif token.type in ("softbreak", "hardbreak"):
            found = _BREAK.match(self.source, self.at)
            if not found:
                raise _LostError
            self.pieces.append(Piece(self.at, found.end(), "\n" if found[1] else None, is_break=True))
            self.at = found.end()
        elif token.type == "code_inline":
            self._code(token)
        elif token.type == "text_special":
            start = self.at
            self._expect(token.markup)
            self.pieces.append(Piece(start, self.at, token.content))
        elif token.type == "text":
            start = self.at
            self._expect(token.content)
            if self.at > start:
                self.pieces.append(Piece(start, self.at))
        else:
            raise _LostError

    def _code(self, token: Token) -> None:
        self._expect(token.markup)
        run = re.compile(f"(?<!`){token.markup}(?!`)").search(self.source, self.at)
        if not run:
            raise _LostError
        start, end = self.at, run.start()
        if len(token.content) == end - start - 2:
            start, end = start + 1, end - 1
        self._open({})
        for one, other in _lines(self.source[start:end]):
            is_break = self.source[start + one] == "\n"
            self.pieces.append(Piece(start + one, start + other, is_break=is_break))
        self._close("code")
        self.at = run.end()

    def _target(self, href: str) -> None:
        """From the `]` of a link or a picture to the end of where it leads."""
        self._expect("]")
        if self.source.startswith("(", self.at):
            end = _inline_target(self.source, self.at + 1, href)
            if end:
                self.at = end
                return
        label = _LABEL.match(self.source, self.at)
        if label:
            self.at = label.end()

    def _piece(self, end: int) -> None:
        if end <= self.at:
            raise _LostError
        self.pieces.append(Piece(self.at, end))
        self.at = end

    def _expect(self, words: str) -> None:
        if not self.source.startswith(words, self.at):
            raise _LostError
        self.at += len(words)

    def _open(self, data: dict[str, object]) -> None:
        self.open.append((len(self.pieces), data))

    def _close(self, kind: str) -> dict[str, object]:
        first, data = self.open.pop()
        self.styled.append((kind, first, len(self.pieces), data))
        return data


def _inline_target(source: str, at: int, href: str) -> int:
    """The end of `(address "title")`, 0 where it is none that leads to `href`."""
    from markdown_it.common.normalize_url import normalizeLink
    from markdown_it.helpers import parseLinkDestination, parseLinkTitle

    end = len(source)
    at = _after_white(source, at)
    address = parseLinkDestination(source, at, end)
    if address.ok:
        if normalizeLink(address.str) != href:
            return 0
        at = _after_white(source, address.pos)
        title = parseLinkTitle(source, at, end)
        if title.ok:
            at = _after_white(source, title.pos)
    elif href:
        return 0
    return at + 1 if source.startswith(")", at) else 0


def _after_white(source: str, at: int) -> int:
    found = _WHITE.match(source, at)
    return found.end() if found else at
