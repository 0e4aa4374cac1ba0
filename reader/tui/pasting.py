"""What comes from the terminal: what is pasted, kept apart from keys also where it holds the escape character.

Most terminals take escape characters out of what is pasted; tmux's own buffers and some terminals do not. Textual 8
would read what follows one as keys, in the middle of a paste.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable
from functools import partial

from textual._xterm_parser import XTermParser
from textual.message import Message

BEGIN, END = "\x1b[200~", "\x1b[201~"
"""What terminals send around what is pasted."""

_ESCAPE, _SHOWN = "\x1b", "␛"


class Pastes:
    """Makes escape characters visible in what is pasted, and leaves all else as it is, however it comes in pieces."""

    def __init__(self) -> None:
        self._inside = False
        self._before = ""
        """The end of what has gone on, in which a paste may be beginning;"""
        self._kept = ""
        """of a paste, what may be the beginning of its end."""

    def cleaned(self, data: str) -> str:
        """What is to be read instead of this."""
        out: list[str] = []
        data, self._kept = self._kept + data, ""
        while data:
            if not self._inside:
                seen = self._before + data
                found = seen.find(BEGIN)
                end = len(data) if found < 0 else found + len(BEGIN) - len(self._before)
                out.append(data[:end])
                self._inside = found >= 0
                self._before = "" if self._inside else seen[1 - len(BEGIN) :]
                data = data[end:]
                continue
            found = data.find(END)
            if found >= 0:
                out += (data[:found].replace(_ESCAPE, _SHOWN), END)
                data = data[found + len(END) :]
                self._inside = False
                continue
            kept = next((size for size in range(len(END) - 1, 0, -1) if data.endswith(END[:size])), 0)
            self._kept = data[len(data) - kept :]
            out.append(data[: len(data) - kept].replace(_ESCAPE, _SHOWN))
            data = ""
        return "".join(out)


class Keyboard(XTermParser):
    """Textual's reader of keys, with pastes that are whole."""

    def __init__(self, debug: bool = False) -> None:
        self._pastes = Pastes()
        super().__init__(debug)

    def feed(self, data: str) -> Iterable[Message]:
        """What was pressed and pasted; nothing at all is the end of the input."""
        cleaned = self._pastes.cleaned(data)
        return super().feed(cleaned) if cleaned or not data else ()


def decoder(encoding: str) -> Callable[[], codecs.IncrementalDecoder]:
    """Makes decoders that show bytes which are none of this encoding as �; Textual's own would end the program.

    A terminal that is set to another encoding sends them, and so does one in which a file that is no text is pasted.
    """
    return partial(codecs.getincrementaldecoder(encoding), errors="replace")
