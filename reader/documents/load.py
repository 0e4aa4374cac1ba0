"""Files and standard input on their way in: from bytes to everything that is stored of a text."""

from __future__ import annotations

import codecs
import hashlib
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from reader.documents.document import Layout, Structure
from reader.documents.normalise import canonical, hidden_characters, safe
from reader.documents.offsetmap import OffsetMap, compose
from reader.documents.paragraphs import layout_of
from reader.documents.segment import count_words
from reader.errors import BadInput, UsageProblem

TextKind = Literal["text", "markdown"]

MARKDOWN_SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkd"})
LONGEST_TITLE = 100
"""Code points of a first line that still reads like a headline."""

LONGEST_TITLE_ALONE = 160
"""Code points of one that an empty line sets apart from the text."""

TITLE_WORDS = 8
"""Words of the text that stand for a title where it has none."""

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_KNOWN_FILES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a Word, e-book or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"SQLite format 3\x00", "a database"),
)
_SAMPLE = 65_536
_CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1a\x7f]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x7f]")
_UNENDED = tuple(".,;:…。，、；：")
_CLOSERS = "\"'”’»)]"
_STOP_INSIDE = re.compile(r"(?:[^\W\d_A-Z]{4,}\.|。)[\"”’)\]]*\s+\S")


@dataclass(frozen=True, slots=True)
class Source:
    """A text as it came, before anything was made of it."""

    name: str
    """What it is called in messages: the file's name, `standard input`."""

    raw: bytes
    kind: TextKind
    encoding: str | None = None
    """The encoding that a person named; without one the bytes tell."""


@dataclass(frozen=True, slots=True)
class Intake:
    """All that is kept of a text; offsets are code points of `text`."""

    text: str
    """The canonical text."""

    offset_map: OffsetMap
    """Between the decoded raw text, byte order mark included, and `text`."""

    structure: tuple[Structure, ...]
    layout: Layout
    title: str
    kind: TextKind
    encoding: str
    """What the bytes were decoded by."""

    raw: bytes
    hidden: int
    """Characters that take no room (joiners, soft hyphens …)."""

    words: int
    text_hash: str
    """sha256 (hex) of `text` in UTF-8."""


def read_file(path: Path, encoding: str | None = None, *, pipes: bool = False) -> Source:
    """The file as it is, its kind by the name's ending; UsageProblem where it cannot be read.

    `pipes`: waits for what comes through one, as a shell's `<(…)` is. Devices have no end, and are never read.
    """
    shown = safe(str(path))
    try:
        kind = path.stat().st_mode
        if not (stat.S_ISREG(kind) or stat.S_ISDIR(kind) or (pipes and stat.S_ISFIFO(kind))):
            raise UsageProblem(f"“{shown}” is a pipe or a device: name a file.")
        raw = path.read_bytes()
    except FileNotFoundError:
        raise UsageProblem(f"There is no file “{shown}”: check the name and the folder.") from None
    except IsADirectoryError:
        raise UsageProblem(f"“{shown}” is a folder: name the files in it, {shown.rstrip('/')}/*.txt say.") from None
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise UsageProblem(f"“{shown}” cannot be read ({reason}): check its permissions.") from None
    except ValueError:
        raise UsageProblem(f"“{shown}” is not the name of a file: check it.") from None
    return Source(safe(path.name), raw, "markdown" if path.suffix.lower() in MARKDOWN_SUFFIXES else "text", encoding)


def read_stdin(stream: BinaryIO, encoding: str | None = None, kind: TextKind = "text") -> Source:
    """All that comes through a pipe."""
    return Source("standard input", stream.read(), kind, encoding)


def take_in(source: Source) -> Intake:
    """Everything to be stored of a text; BadInput with a sentence where it is empty or not a text."""
    if not source.raw:
        raise BadInput(f"“{source.name}” is empty: nothing was added.")
    text, structure, offset_map, encoding = reading_text(source)
    if not text.strip():
        raise BadInput(f"“{source.name}” holds nothing but white space: nothing was added.")
    return Intake(
        text=text,
        offset_map=offset_map,
        structure=structure,
        layout=layout_of(text),
        title=title_of(text, structure),
        kind=source.kind,
        encoding=encoding,
        raw=source.raw,
        hidden=hidden_characters(text),
        words=count_words(text),
        text_hash=hash_of(text),
    )


def reading_text(source: Source) -> tuple[str, tuple[Structure, ...], OffsetMap, str]:
    """The canonical text of a source, what its markup says of it, the map from the decoded raw text to it, and what
    the bytes were decoded by; BadInput where they are not a text.
    """
    raw_text, encoding = decode(source.raw, source.encoding, source.name)
    text, offset_map = canonical(raw_text)
    if source.kind != "markdown":
        return text, (), offset_map, encoding
    from reader.documents.markdown import plain

    text, structure, changes = plain(text)
    return text, structure, compose(offset_map, changes), encoding


def hash_of(text: str) -> str:
    """The identity of a canonical text: sha256 (hex) of its UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def decode(raw: bytes, encoding: str | None, name: str) -> tuple[str, str]:
    """The text in the bytes, byte order mark kept, and the name of the encoding that was used.

    A byte order mark decides, else the encoding that was asked for, else it must be UTF-8. Nothing is ever
    guessed silently or left out: BadInput says what is wrong and which `--encoding` looks right.
    """
    for mark, marked in _MARKS:
        if raw.startswith(mark):
            return _strictly(raw, marked, name), marked
    if encoding:
        try:
            wanted = codecs.lookup(encoding).name
            return _text_only(_strictly(raw, wanted, name), name), wanted
        except LookupError:
            raise UsageProblem(
                f"“{safe(encoding)}” is no encoding of texts: try utf-8, cp1252, latin-1 or utf-16."
            ) from None
    _refuse_known_files(raw, name)
    wide = _looks_like_utf16(raw)
    if wide:
        raise BadInput(f"“{name}” is not UTF-8 but looks like {wide.upper()}: add it with --encoding {wide}.")
    try:
        return _text_only(raw.decode(), name), "utf-8"
    except UnicodeDecodeError as problem:
        sample = raw[:_SAMPLE]
        if len(_CONTROL_BYTES.findall(sample)) > len(sample) * 0.02:
            raise BadInput(f"“{name}” is not a text: save it as plain text (UTF-8) first.") from None
        line = raw.count(b"\n", 0, problem.start) + 1
        likely = _likely_encoding(raw)
        raise BadInput(
            f"“{name}” is not UTF-8 (line {line}), it looks like {likely}: add it with --encoding {likely}."
        ) from None


def title_of(text: str, structure: tuple[Structure, ...] = ()) -> str:
    """What a text is called where nobody says: its first Markdown heading, else its first line where that reads
    like a headline (short, no full stop or comma at its end, something follows), else its first words.
    """
    heading = next((each for each in structure if each.kind == "heading" and text[each.start : each.end].strip()), None)
    if heading:
        return _one_line(text[heading.start : heading.end])
    lines = text.lstrip("\n \t").split("\n", 2)
    first = _one_line(lines[0])
    follows = any(line.strip() for line in lines[1:])
    wrapped = follows and lines[1][:1].islower()
    longest = LONGEST_TITLE if follows and lines[1].strip() else LONGEST_TITLE_ALONE
    if follows and not wrapped and len(first) <= longest and _reads_like_headline(first):
        return first
    words = text[:2_000].split()
    title = _one_line(" ".join(words[:TITLE_WORDS]))[:LONGEST_TITLE].rstrip(".,;:—–- ")
    return f"{title}…" if len(words) > TITLE_WORDS or len(title) >= LONGEST_TITLE else title


def _reads_like_headline(line: str) -> bool:
    """Whether a line is no sentence: it has letters, no stop at its end and none inside."""
    bare = line.rstrip(_CLOSERS + " ")
    return any(char.isalpha() for char in line) and not bare.endswith(_UNENDED) and not _STOP_INSIDE.search(line)


def _one_line(text: str) -> str:
    return " ".join(safe(text).split())


def _strictly(raw: bytes, encoding: str, name: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeError:
        raise BadInput(f"“{name}” cannot be read as {encoding}: try another --encoding, cp1252 say.") from None


def _text_only(text: str, name: str) -> str:
    """The text; BadInput where so much of it is control characters that it is none."""
    sample = text[:_SAMPLE]
    if len(_CONTROLS.findall(sample)) > max(len(sample) * 0.05, 1):
        raise BadInput(f"“{name}” is not a text: save it as plain text (UTF-8) first.")
    return text


def _refuse_known_files(raw: bytes, name: str) -> None:
    for beginning, kind in _KNOWN_FILES:
        if raw.startswith(beginning):
            raise BadInput(f"“{name}” is {kind}, not a text: save or export it as plain text (UTF-8) first.")


def _looks_like_utf16(raw: bytes) -> str | None:
    """The byte order of a UTF-16 text without a mark, told by where its zero bytes are."""
    sample = raw[:_SAMPLE]
    low, high = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    for encoding, zeros, others in (("utf-16-le", high, low), ("utf-16-be", low, high)):
        if len(sample) >= 4 and zeros > half * 0.4 and others < half * 0.05:
            return None if _CONTROLS.search(sample.decode(encoding, "replace")) else encoding
    return None


def _likely_encoding(raw: bytes) -> str:
    """The encoding that bytes which are not UTF-8 most likely have."""
    sample = raw[:_SAMPLE]
    high = sum(byte >= 0x80 for byte in sample)
    letters = sum(chr(byte).isalpha() for byte in sample if byte < 0x80)
    if high <= letters * 0.4:
        return "cp1252"
    for encoding, letters_of, needed in (
        ("shift_jis", "\u3041-\u30fe", 0.2),
        ("euc-jp", "\u3041-\u30fe", 0.2),
        ("euc-kr", "\uac00-\ud7a3", 0.9),
        ("gb18030", "\u4e00-\u9fa5", 0.5),
        ("big5", "\u4e00-\u9fa5", 0.5),
        ("cp1251", "\u0410-\u044f", 0.5),
    ):
        text = sample.decode(encoding, "replace")
        foreign = len(re.findall("[^\x00-\x7f]", text))
        if text.count("\ufffd") <= 1 and len(re.findall(f"[{letters_of}]", text)) > needed * foreign:
            return encoding
    return "cp1252"
