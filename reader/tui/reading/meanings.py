"""What the tags of a codebook mean, as lines to read beside the text; and a definition as somebody edits it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from reader.annotations.codebook import Attribute, Codebook, Kind, Tag
from reader.documents.normalise import safe
from reader.tui.layout.cells import width_of
from reader.tui.layout.wrap import wrap
from reader.tui.reading.declaring import called
from reader.tui.reading.describe import key_of
from reader.tui.themes import Palette

Line = list[tuple[str, str]]
"""(text, style) in order, as a bar takes them."""

DO, DONT = "+", "-"
"""What begins the line of an example, for and against, while a definition is edited."""


def meaning_lines(
    book: Codebook, palette: Palette, width: int, notes: Mapping[str, str]
) -> tuple[list[Line], list[int]]:
    """The lines, and for every tag of the codebook (in its order) where its lines begin.

    `notes` says something of a tag (its id) in a line of its own: marks that were made under an older definition, say.
    """
    lines: list[Line] = [[(text, "quiet")] for text in rows(book.description, width)]
    starts: list[int] = []
    for tag in book.tags:
        lines.append([])
        starts.append(len(lines))
        lines += _tag(book, tag, palette, width, notes.get(tag.id, ""))
    return lines, starts


def as_text(tag: Tag) -> str:
    """Definition and examples as they are edited: a line for every example, after `+` or `-`."""
    examples = [f"{sign} {each}" for sign, several in ((DO, tag.do), (DONT, tag.dont)) for each in several]
    return "\n".join([tag.definition, *examples])


def from_text(tag: Tag, text: str) -> Tag:
    """The tag with what was made of that text."""
    definition: list[str] = []
    examples: dict[str, list[str]] = {DO: [], DONT: []}
    for line in text.splitlines():
        found = re.match(rf"\s*([{DO}–{DONT}])\s+(.*\S)", line)
        if found:
            examples[DO if found[1] == DO else DONT].append(found[2])
        else:
            definition.append(line)
    said = " ".join(" ".join(definition).split())
    return replace(tag, definition=said, do=tuple(examples[DO]), dont=tuple(examples[DONT]))


def _tag(book: Codebook, tag: Tag, palette: Palette, width: int, note: str) -> Iterator[Line]:
    ink = palette.tags[tag.colour].ink
    key = key_of(book, tag) if not tag.retired else "–"
    takes = "merged" if tag.heir else "retired" if tag.retired else f"the {tag.unit}"
    head: Line = [(f"{key:<2}", "key"), (f"{tag.symbol}  ", f"bold {ink}"), (tag.name, "bold")]
    fits = sum(width_of(safe(words)) for words, _ in head) + 2 + width_of(takes) <= width
    yield [*head, (f"  {takes}", "quiet")] if fits else head
    if not fits:
        yield [(f"  {takes}", "quiet")]
    if tag.retired:
        heir = f"Its marks are shown as {book.heir_of(tag).name}." if tag.heir else "It is not offered; its marks stay."
        for text in rows(heir, width - 2):
            yield [("  ", "text"), (text, "accent")]
    for text in rows(tag.definition, width - 2):
        yield [("  ", "text"), (text, "text")]
    for sign, look, examples in (("✓", "good", tag.do), ("✗", "warning", tag.dont)):
        for example in examples:
            for number, text in enumerate(rows(example, width - 4)):
                yield [(f"  {' ' if number else sign} ", look), (text, "quiet")]
    for attribute in tag.attributes:
        for number, text in enumerate(rows(_attribute(attribute), width - 4)):
            mark = "    " if number else "  ● " if attribute.wanted else "  · "
            yield [(mark, "warning" if attribute.wanted else "quiet"), (text, "quiet")]
    for text in rows(note, width - 2):
        yield [("  ", "text"), (text, "accent")]


def _attribute(attribute: Attribute) -> str:
    what = ", ".join(attribute.choices) or ("" if attribute.kind is Kind.TEXT else called(attribute.kind))
    several = "several" if attribute.takes_several else ""
    brackets = ", ".join(filter(None, ("wanted" if attribute.wanted else "", several)))
    said = " · ".join(filter(None, (attribute.name, brackets, what)))
    return f"{said}: {attribute.definition}" if attribute.definition else said


def rows(text: str, width: int) -> Iterator[str]:
    """The text, broken so that it fits; nothing where there is none."""
    if text:
        words = safe(text)
        starts = [*wrap(words, max(8, width)), len(words)]
        yield from (words[start:end].rstrip() for start, end in pairwise(starts))
