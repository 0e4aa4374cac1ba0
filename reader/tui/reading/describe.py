"""What the status line says: what a tag would take, what is under the cursor."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.annotations.annotation import Annotation
from reader.annotations.codebook import Codebook, Tag
from reader.documents.segment import Segments, count_words
from reader.documents.span import Span
from reader.documents.unit import Unit
from reader.errors import Refused
from reader.work.choosing import Selection, resolve

_UNIT_NAMES = {
    Unit.WORD: "word",
    Unit.SENTENCE: "sentence",
    Unit.QUOTATION: "quotation",
    Unit.QUOTED: "quoted words",
    Unit.PARAGRAPH: "paragraph",
}
_OPENING = "“”„‟\"‘‚'«»‹›「『"
MOST_KEYS = 9
"""Keys of tags that are named one by one where all do the same."""

MOST_IN_A_LINE = 2_000
"""Code points of which no more are drawn in one line, whatever the terminal."""

MOST_IN_FILE_NAME = 40
"""Code points of a title that go into the name of a file."""

MOST_COUNTED = 100_000
"""Code points whose words are counted with every key: some 10 ms."""

SHOWN_WORDS = 24
"""Code points of a single word that are shown in the preview."""


def one_line(annotation: Annotation) -> str:
    """A mark's words, as far as a line of any terminal shows them."""
    return " ".join(annotation.text[:MOST_IN_A_LINE].split())


def file_name(title: str, otherwise: str) -> str:
    """A file's name, without its ending, for what is called so; `otherwise` where nothing of it may stand in one."""
    return re.sub(r"[^\w-]+", "-", title).strip("-")[:MOST_IN_FILE_NAME] or otherwise


def counted(text: str, spans: Sequence[Span]) -> str:
    """How many words: `1 word`, `22 words`; of very many, which take their time to count, `1,200,000 characters`."""
    size = sum(map(len, spans))
    if size > MOST_COUNTED:
        return f"{size:,} characters"
    words = sum(count_words(span.cut(text)) for span in spans)
    return "1 word" if words == 1 else f"{words} words"


def preview(text: str, segments: Segments, selection: Selection, codebook: Codebook) -> str:
    """What each tag would take: `c sentence, 22 words · q no quotation here · l “expendable”`."""
    if selection.hard and selection.span is not None:
        keys = [key for key, _ in by_key(codebook)]
        tagging = f"{' '.join(keys)} tag" if len(keys) <= MOST_KEYS else "a tag's key marks"
        return f"{counted(text, [selection.span])} selected · {tagging} just these"
    takes: dict[tuple[Unit, Span | None], list[str]] = {}
    for key, tag in by_key(codebook):
        try:
            span = resolve(segments, selection, tag.unit)
        except Refused:
            span = None
        takes.setdefault((tag.unit, span), []).append(key)
    return " · ".join(f"{' '.join(keys)} {_taken(text, unit, span)}" for (unit, span), keys in takes.items())


def _taken(text: str, unit: Unit, span: Span | None) -> str:
    name = _UNIT_NAMES[unit]
    if span is None:
        return f"no {name} here"
    if unit is Unit.WORD:
        word = span.cut(text)
        return f"“{word if len(word) <= SHOWN_WORDS else word[:SHOWN_WORDS] + '…'}”"
    return f"{name}, {counted(text, [span])}"


def attributes_of(annotation: Annotation, tag: Tag) -> list[str]:
    """What is said of a mark beyond its tag, in the order in which the codebook asks: `speaker: Mara Lindqvist`."""
    place = {attribute.name: number for number, attribute in enumerate(tag.attributes)}
    names = sorted(annotation.attributes, key=lambda name: place.get(name, len(place)))
    return [f"{name}: {', '.join(annotation.attributes[name])}" for name in names]


def short(words: str, most: int = SHOWN_WORDS) -> str:
    """Words on one line, cut to so many code points."""
    line = " ".join(words[: 2 * most].split())
    return line if len(line) <= most and len(words) <= 2 * most else f"{line[: most - 1].rstrip()}…"


def quoted(words: str, most: int = SHOWN_WORDS) -> str:
    """The same in quotation marks, where it does not begin with one."""
    line = short(words, most)
    return line if line[:1] in _OPENING else f"“{line}”"


def by_key(codebook: Codebook) -> list[tuple[str, Tag]]:
    """The tags that one key gives, each with that key, in their order."""
    return [(key, tag) for tag in codebook.active if len(key := key_of(codebook, tag)) == 1]


def key_of(codebook: Codebook, tag: Tag) -> str:
    """The key that gives a tag: its letter, else its number, else its name by Enter."""
    if tag.key:
        return tag.key
    number = codebook.active.index(tag) + 1 if tag in codebook.active else 10
    return str(number) if number <= 9 else "Enter"
