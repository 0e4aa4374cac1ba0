"""Screens as text: what stands in each cell and in which style, kept in files that a person can read.

Not as SVG pictures, which is what pytest-textual-snapshot keeps: those know no double underline and no overline,
which is how tags differ without colour, and a change in one of them says little about what changed.
`RENEW_GOLDEN=1 pytest tests/tui/test_looks.py` writes the files anew.
"""

from __future__ import annotations

import os
import string
from pathlib import Path

from textual.app import App

from reader.documents.normalise import safe

FOLDER = Path(__file__).parent / "golden"
_LETTERS = "." + string.ascii_letters + string.digits + string.punctuation


def seen(app: App[None]) -> str:
    """The rows of the screen; under them the same cells with a letter for each style; then the styles."""
    styles: dict[str, str] = {}
    rows, looks = [], []
    for strip in app.screen._compositor.render_strips():
        row, look = "", ""
        for segment in strip:
            name = str(segment.style)
            letter = styles.setdefault(name, _LETTERS[len(styles)])
            row += segment.text
            look += letter * segment.cell_length
        rows.append(row)
        looks.append(look)
    legend = [f"{letter} {name}" for name, letter in styles.items()]
    width, height = app.size
    return "\n".join([f"{width}x{height}", *(f"|{row}|" for row in rows), *(f"|{row}|" for row in looks), *legend, ""])


def same(app: App[None], name: str) -> None:
    """Fails, with both, where the screen is not the one that is kept."""
    now = seen(app)
    assert safe(now, lines=True) == now
    file = FOLDER / f"{name}.txt"
    if os.environ.get("RENEW_GOLDEN"):
        FOLDER.mkdir(exist_ok=True)
        file.write_text(now, encoding="utf-8")
    assert now.splitlines() == file.read_text(encoding="utf-8").splitlines()
