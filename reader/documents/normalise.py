"""The one text that all offsets count in, made once when an article comes in, and the map back to the raw one.

A byte order mark at the top goes; every kind of line break becomes a line feed; control characters that a
terminal would obey, and those that turn the writing direction, become visible signs one for one; letters and
their marks are composed (NFC); line breaks at the very end go. Joiners, soft hyphens and the like stay,
because languages need them. Doing it twice is doing it once.
"""

from __future__ import annotations

import re
import unicodedata

from reader.documents.offsetmap import OffsetMap, Stretch, compose

BYTE_ORDER_MARK = "\ufeff"

_BREAKS = "[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]"
_FORBIDDEN_CLASS = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f"
)
# Compiled by `re` when first used: not at import, before the first paint.
_FORBIDDEN = f"[{_FORBIDDEN_CLASS}]"
_FORBIDDEN_IN_LINE = f"[\t\n{_FORBIDDEN_CLASS}]"
_HIDDEN = "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200d\u2060-\u2064\u3164\uffa0]"
_NOT_ASCII = "[\x00-\x7f]?[^\x00-\x7f]+"


def canonical(raw: str) -> tuple[str, OffsetMap]:
    """The canonical text of a decoded one, byte order mark included if it had one, and the map between both."""
    text, mapped = _plain_breaks(raw)
    text = safe(text, lines=True)
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        text, composed = _composed(text)
        mapped = compose(mapped, composed)
    kept = len(text.rstrip("\n"))
    if kept < len(text):
        cut = OffsetMap.of(len(text), [(kept, len(text) - kept, 0)])
        text, mapped = text[:kept], compose(mapped, cut)
    return text, mapped


def safe(text: str, lines: bool = False) -> str:
    """The text with every character that a terminal could obey as a visible one, one for one.

    For titles, names, notes, paths and whatever else is shown or stored. `lines` keeps tabs and line feeds;
    without it they, and every other line break, are spaces.
    """
    if text.isascii() and text.isprintable():
        return text
    forbidden = re.compile(_FORBIDDEN if lines else _FORBIDDEN_IN_LINE)
    if not forbidden.search(text):
        return text
    return forbidden.sub(_visible if lines else _visible_in_line, text)


def hidden_characters(text: str) -> int:
    """How many characters of the text take no room: joiners, soft hyphens, zero-width spaces …"""
    return 0 if text.isascii() else len(re.findall(_HIDDEN, text))


def _visible(found: re.Match[str]) -> str:
    """The control picture of a C0 character or DEL; the replacement character for the others."""
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def _visible_in_line(found: re.Match[str]) -> str:
    return " " if found[0] in "\t\n\r\x0b\x0c\x85\u2028\u2029" else _visible(found)


def _plain_breaks(raw: str) -> tuple[str, OffsetMap]:
    """The text without the leading byte order mark and with line feeds only."""
    stretches: list[Stretch] = [(0, 1, 0)] if raw.startswith(BYTE_ORDER_MARK) else []
    text = raw[len(stretches) :]
    if re.search(_BREAKS, text):
        if "\r\n" in text:
            stretches += [(found.start(), 2, 1) for found in re.finditer("\r\n", raw)]
            text = text.replace("\r\n", "\n")
        text = re.sub(_BREAKS, "\n", text)
    return text, OffsetMap.of(len(raw), stretches)


def _composed(text: str) -> tuple[str, OffsetMap]:
    """The text in NFC, piece by piece, so that the map names only the clusters that changed."""
    out: list[str] = []
    stretches: list[Stretch] = []
    last = 0
    for run in re.finditer(_NOT_ASCII, text):
        if unicodedata.is_normalized("NFC", run[0]):
            continue
        out.append(text[last : run.start()])
        last = run.end()
        at = run.start()
        for piece in _pieces(run[0]):
            made = unicodedata.normalize("NFC", piece)
            if made != piece:
                stretches.append((at, len(piece), len(made)))
            out.append(made)
            at += len(piece)
    out.append(text[last:])
    return "".join(out), OffsetMap.of(len(text), stretches)


def _pieces(run: str) -> list[str]:
    """The run cut where composing the parts is composing the whole."""
    pieces: list[str] = []
    begin = 0
    for at in range(1, len(run)):
        char = run[at]
        if unicodedata.combining(char) or _joins(run[begin:at], char):
            continue
        pieces.append(run[begin:at])
        begin = at
    pieces.append(run[begin:])
    if "".join(unicodedata.normalize("NFC", piece) for piece in pieces) != unicodedata.normalize("NFC", run):
        return [run]
    return pieces


def _joins(piece: str, char: str) -> bool:
    """Whether a character that starts a cluster is composed with what stands before it all the same."""
    return unicodedata.normalize("NFC", piece + char) != unicodedata.normalize("NFC", piece) + unicodedata.normalize(
        "NFC", char
    )
