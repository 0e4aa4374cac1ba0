"""Articles, titles, names and notes are other people's: shown they are, obeyed never."""

from __future__ import annotations

import re
from pathlib import Path

from tests.terminal.conftest import command, marks
from tests.terminal.terminal import Terminal

CLICK = "[@click=app.quit]x[/]"
ORDERS = (
    "\x1b]52;c;aGFja2Vk\x07", "\x1b]0;owned\x07", "\x1b]8;;https://x.example\x1b\\link", "\x1b[?1337h", "\x1b[31337m",
    "\x1bP+q544e\x1b\\", "\x1b[6n", "\x1bc", "\x9b31337m", "\x9d52;c;aGFja2Vk\x9c", "\x90+q544e\x9c", "\u202eeverse",
    "\u2066isolate\u2069", "\u200emark", "\x7f\x08\x08\x0e\x05", "\U000e0041\U000e0042", "\ufeff",
)  # fmt: skip
RAW = (
    "\x1b]52", "\x1b]0", "\x1b]8", "\x1b[?1337h", "\x1b[31337m", "\x1bP", "\x1b[6n", "\x1bc", "\x9b", "\x9c",
    "\x9d", "\x90", "\u202e", "\u2066", "\u2069", "\u200e", "\x7f", "\x08", "\x0e", "\x05", "\U000e0041", "\ufeff",
)  # fmt: skip
"""What must never reach the terminal."""
TEXT = (
    f"A title with {CLICK} and [/nope] \x1b]0;owned\x07\n\n"
    f"First {CLICK} here, “words that {CLICK} are quoted by somebody,” and [/nope] then [bold red]. $PATH {{0}} %s\n\n"
    + "\n\n".join(f"Order {number} {order} after {CLICK}." for number, order in enumerate(ORDERS))
)
TITLE = f"{CLICK} [/nope] \x1b]52;c;aGFja2Vk\x07\u202etitle\x9b31337m"
NAME = f"eve {CLICK} [/nope] \x1b]0;owned\x07"
NOTE = f"note {CLICK} [/nope] \x1b[31337m\u202e"


def assert_nothing_raw(written: bytes) -> None:
    for order in RAW:
        assert order.encode() not in written, repr(order)


def test_hostile_text_is_shown_and_not_obeyed() -> None:
    path = Path("hostile.txt")
    path.write_bytes(TEXT.encode())
    with Terminal(path, "--title", TITLE, "--byline", TITLE, "--source", TITLE, "--as", NAME, rows=60) as terminal:
        terminal.wait_until_open()
        assert terminal.line(0).startswith(f" {CLICK} [/nope]")
        terminal.do("Tab", "q", until="Saved: quote")
        terminal.ask("C", "Note on")
        terminal.paste(NOTE)
        terminal.wait_for("note [@click")
        terminal.do("Ctrl+S", until="Saved: the note.")
        terminal.wait_for("[/nope] then")
        places = [(y, at) for y in range(terminal.rows) for at in _all("@click=app.quit]x[/]", terminal.line(y))]
        assert len(places) >= len(ORDERS)
        for y, at in places:
            for character in (at, at + len("@click=app.quit]")):
                terminal.click(terminal.cell(y, character), y)
        # Every list and dialog that shows these words, with a click on them.
        for key, title in (("L", "Articles"), ("X", "Export the marks")):
            # A key that says something when all before it is done.
            terminal.do("Y", until="nothing to redo")
            terminal.ask(key, title)
            if key == "L":
                x, y = terminal.find(CLICK)
                terminal.click(x + 3, y)
                terminal.wait_until_open()
            else:
                terminal.do("Esc", until=lambda: "Export the" not in terminal.text)
        terminal.do("/", until="Enter stay")
        terminal.paste(CLICK)
        terminal.wait_for(lambda: re.search(r"hit \d+ of \d+", terminal.text) is not None)
        terminal.do("Enter", until="Esc lets go")
        terminal.do("Ctrl+Home", "N", until="▸ quote")
        terminal.do("U", until="Undone")
        terminal.press("Ctrl+Q")
        assert terminal.end() == 0
        assert terminal.is_restored()
        assert_nothing_raw(terminal.written)
    assert len(marks()) == 1
    code, said = command("check")
    assert code == 0
    for words in ("list", "show"):
        code, said = command(words, *(["1"] if words == "show" else []))
        assert code == 0
        assert_nothing_raw(said.encode())


def _all(words: str, line: str) -> list[int]:
    found, at = [], line.find(words)
    while at >= 0:
        found.append(at)
        at = line.find(words, at + 1)
    return found


def test_what_must_not_come_would_be_seen() -> None:
    script = Path("careless.py")
    script.write_text("import sys\nsys.stdout.write(open(sys.argv[1], encoding='utf-8', newline='').read())\n", "utf-8")
    Path("hostile.txt").write_bytes(TEXT.encode())
    with Terminal("hostile.txt", script=script) as terminal:
        assert terminal.end() == 0
        for order in RAW:
            assert order.encode() in terminal.written, repr(order)


def test_bytes_that_are_no_letters_end_nothing() -> None:
    Path("a.txt").write_text("The bridge\n\nIt will cost 48 million.", encoding="utf-8")
    with Terminal("a.txt", "--db", "a.db") as terminal:
        terminal.wait_until_open()
        # An é from a terminal that is set to Latin-1, and a file that is no text, pasted where words are looked for.
        terminal.do("L", until="Articles")
        terminal.send(b"caf\xe9 ")
        terminal.wait_for("No article is called “caf\ufffd ”")
        terminal.press("Ctrl+U")
        terminal.send(b"\x1b[200~\x7fELF\x02\x11\xff\xfe\x1b[201~")
        terminal.wait_for("Find  ␡ELF␂␑\ufffd\ufffd")
        terminal.do("Ctrl+U", "bri", "Enter", until=" c claim ")
