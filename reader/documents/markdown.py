"""Markdown as reading text: the words without the markup, and what the markup said as structure.

Only markup goes; what is left keeps its line breaks and blank lines, so that paragraphs without markup give
exactly the text that the same file gives as plain text. HTML stays as it is written. Where two blocks stand on
neighbouring lines (a heading and its paragraph) an empty line comes between them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.documents.document import Structure
from reader.documents.markdown_inline import Piece, pieces_of
from reader.documents.normalise import canonical, safe
from reader.documents.offsetmap import OffsetMap, Stretch, compose
from reader.documents.span import Span

if TYPE_CHECKING:
    from markdown_it.token import Token

_KINDS = {"em": "emphasis", "strong": "strong", "code": "code", "link": "link"}


def plain(source: str) -> tuple[str, tuple[Structure, ...], OffsetMap]:
    """The reading text of a canonical Markdown text, its structure in code points of that text, and the map
    from `source` to it. The text is canonical too.
    """
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).disable("text_join")
    page = _Page(source)
    page.read(parser.parse(source))
    text, again = canonical("".join(page.out))
    changes = compose(OffsetMap.of(len(source), page.stretches), again)
    found = []
    for kind, start, end, data in page.structure:
        span = again.to_canonical(Span(start, end))
        if len(span) or kind == "rule":
            found.append(Structure(kind, span.start, span.end, json.dumps(data, ensure_ascii=False)))
    found.reverse()
    found.sort(key=lambda each: (each.start, -each.end))
    return text, tuple(found), changes


class _Page:
    """The text while it is written: source in order, left out or kept."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.lines = source.split("\n")
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.out: list[str] = []
        self.length = 0
        self.at = 0
        self.stretches: list[Stretch] = []
        self.structure: list[tuple[str, int, int, dict[str, object]]] = []
        self.open: list[tuple[str, int | None, dict[str, object]]] = []
        self.rules = 0
        self.lists: list[int] = []
        self.apart = 2
        self.exact = True
        self.several_lines = False

    def read(self, tokens: Sequence[Token]) -> None:
        """Write the blocks, one after the other."""
        for place, token in enumerate(tokens):
            if token.type in ("bullet_list_open", "ordered_list_open"):
                self.lists.append(0)
            elif token.type in ("bullet_list_close", "ordered_list_close"):
                self.lists.pop()
            elif token.type == "list_item_open":
                self.apart = 1 if self.lists[-1] or len(self.lists) > 1 else 2
                self.lists[-1] += 1
                self.open.append(
                    ("list_item", None, {"depth": len(self.lists), "marker": f"{token.info}{token.markup}"})
                )
            elif token.type == "blockquote_open":
                self.open.append(("blockquote", None, {}))
            elif token.type == "heading_open":
                self.open.append(("heading", None, {"level": int(token.tag[1:])}))
            elif token.type in ("list_item_close", "blockquote_close", "heading_close"):
                kind, start, data = self.open.pop()
                if start is not None:
                    self.structure.append((kind, start, self.length, data))
            elif token.type == "hr":
                self.rules += 1
            elif token.type == "inline" and token.map and token.content:
                is_plain = token.level == 1 and tokens[place - 1].type == "paragraph_open"
                self._words(token, is_plain)
            elif token.type in ("fence", "code_block") and token.map and token.content.strip():
                self._code(token)
        rest = self.source[self.at :]
        if self.exact and not rest.strip():
            self._keep(self.at, len(self.source))
        else:
            self._replace(self.at, len(self.source), "")
        self.structure.extend(("rule", self.length, self.length, {}) for _ in range(self.rules))

    def _words(self, token: Token, is_plain: bool) -> None:
        """A paragraph or a heading."""
        places = self._places(token.content, (token.map or [0])[0])
        if places is None:
            return self._literal(token, is_plain)
        pieces, styled = pieces_of(token)
        self._gap(places[0], is_plain, "\n" in token.content)
        offsets = []
        for piece in pieces:
            offsets.append(self.length)
            self._piece(piece, places, is_plain)
        offsets.append(self.length)
        for kind, first, last, data in styled:
            self.structure.append((_KINDS[kind], offsets[first], offsets[last], data))
        return None

    def _piece(self, piece: Piece, places: list[int], is_plain: bool) -> None:
        start, end = places[piece.start], places[piece.end]
        if piece.is_break:
            if is_plain and piece.made is None:
                self._keep(start, end)
            else:
                self._replace(start, end, "\n")
        elif piece.made is not None:
            self._replace(start, end, safe(piece.made, lines=True))
        else:
            self._keep(start, end)

    def _code(self, token: Token) -> None:
        """A block of code; one that is only indented keeps its indent, as in plain text."""
        first, last = token.map or [0, 0]
        indented = token.type == "code_block" and token.level == 0
        content = token.content.rstrip("\n")
        if token.type == "fence":
            first += 1
        lines = content.split("\n")
        ranges = []
        for number, line in enumerate(lines, first):
            if number >= last:
                break
            begin, finish = self.starts[number], self.starts[number] + len(self.lines[number])
            ranges.append((begin if indented else max(begin, finish - len(line)), finish))
        if not ranges:
            return
        self._gap(ranges[0][0], indented, len(ranges) > 1)
        start = self.length
        self._keep(*ranges[0])
        for begin, finish in ranges[1:]:
            self._replace(self.at, begin, "\n")
            self._keep(begin, finish)
        self.structure.append(
            ("code_block", start, self.length, {"language": token.info.strip()} if token.info else {})
        )

    def _literal(self, token: Token, is_plain: bool) -> None:
        """Lines that cannot be followed back to the source: kept as they are."""
        first, last = token.map or [0, 0]
        self._gap(self.starts[first], is_plain, True)
        self._keep(self.starts[first], self.starts[last - 1] + len(self.lines[last - 1]))

    def _gap(self, start: int, is_plain: bool, several_lines: bool) -> None:
        """From the last block to the next, which begins at `start` in the source."""
        gap = self.source[self.at : start]
        breaks = gap.count("\n")
        apart = 2 if several_lines or self.several_lines or gap.count("\n") > 1 else self.apart
        if is_plain and self.exact and not gap.strip() and (breaks >= 2 or not self.out):
            self._keep(self.at, start)
        else:
            self._replace(self.at, start, "\n" * apart if self.out else "")
        self.exact, self.several_lines, self.apart = is_plain, several_lines, 2
        self.structure.extend(("rule", self.length, self.length, {}) for _ in range(self.rules))
        self.rules = 0
        self.open = [(kind, self.length if begin is None else begin, data) for kind, begin, data in self.open]

    def _places(self, content: str, first: int) -> list[int] | None:
        """Where each code point of a block's content (and its end) stands in the source; None where it does not."""
        places: list[int] = []
        for number, line in enumerate(content.split("\n"), first):
            if number >= len(self.lines):
                return None
            there = self.lines[number]
            bare = there.rstrip()
            column = len(bare) - len(line.rstrip()) if bare.endswith(line.rstrip()) else there.find(line)
            if column < 0 or not there.startswith(line, column):
                return None
            start = self.starts[number] + column
            places.extend(range(start, start + len(line) + 1))
        return places

    def _keep(self, start: int, end: int) -> None:
        """Write a range of the source as it is, leaving out what lies before it."""
        if start > self.at:
            self._replace(self.at, start, "")
        if end > start:
            self.out.append(self.source[start:end])
            self.length += end - start
            self.at = end

    def _replace(self, start: int, end: int, made: str) -> None:
        """Write `made` for a range of the source."""
        if start > self.at:
            self._replace(self.at, start, "")
        if self.source[start:end] == made:
            if made:
                self._keep(start, end)
            return
        if self.stretches and not made and self.stretches[-1][2] == 0 and sum(self.stretches[-1][:2]) == start:
            self.stretches[-1] = (self.stretches[-1][0], end - self.stretches[-1][0], 0)
        else:
            self.stretches.append((start, end - start, len(made)))
        if made:
            self.out.append(made)
            self.length += len(made)
        self.at = end
