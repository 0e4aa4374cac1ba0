"""Other programs that show a text, with the same text and in the same rounds."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from bench.article import SOUGHT
from bench.errors import BenchProblem
from bench.pane.homes import environment, script
from bench.pane.sessions import SETTLED, Effort, Samples, Stage, note
from bench.terminal import Terminal

PATIENCE = 180.0
"""Seconds that a peer may take for a start or a key; some need them at 50 MB."""

BUDGET = 20.0
"""Seconds in one round after which a peer has shown how it is: then once of each is enough, and no more rounds."""


@dataclass(frozen=True, slots=True)
class Peer:
    """Another program and its keys."""

    name: str
    command: tuple[str, ...]
    """Empty where it is not installed; the file comes behind it."""
    line: str
    page: str
    search: tuple[str, ...] = ()
    """What is pressed one after the other to find a word; empty where it cannot search."""
    hit: str = ""


def peers() -> list[Peer]:
    """Those that are known, installed or not."""
    slash = (f"/{SOUGHT}\r",)
    return [
        Peer("less", _installed("less"), "down", " ", slash, "n"),
        # What other people's settings add is not measured; gj goes a row down, as the others' arrow does.
        Peer("vim", _installed("vim", "--clean", "-n", "-R"), "gj", "\x06", slash, "n"),
        Peer("TextArea, read-only", tuple(script("textarea.py")), "down", "pagedown"),
        Peer("SLATE", _slate(), "down", "pagedown", ("\\", SOUGHT, "enter"), "n"),
    ]


@dataclass(slots=True)
class Tried:
    """What became of a peer at one size."""

    peer: Peer
    rounds: list[Samples] = field(default_factory=list)
    trouble: str = ""
    """Why there are no figures, as a sentence."""

    def go_on(self, stage: Stage, effort: Effort) -> None:
        """One more round, unless it is not installed, has failed, or took too long the last time."""
        if not self.peer.command:
            self.trouble = "It is not installed."
        if self.trouble or (self.rounds and self.rounds[-1]["seconds"][0] > BUDGET):
            return
        try:
            self.rounds.append(_round(self.peer, stage, effort))
        except BenchProblem as problem:
            self.trouble = str(problem)


def _round(peer: Peer, stage: Stage, effort: Effort) -> Samples:
    samples: Samples = defaultdict(list)
    text_file, text = stage.library.text_file, stage.library.text
    began = time.perf_counter()

    def press(name: str, key: str) -> None:
        for _ in range(effort.pages):
            note(samples, name, terminal.press(key))
            if time.perf_counter() > began + BUDGET:
                break

    with tempfile.TemporaryDirectory(dir=stage.folder) as name:
        home = Path(name)
        with Terminal([*peer.command, text_file], environment(home), folder=home, patience=PATIENCE) as terminal:
            note(samples, "first paint", terminal.wait_for(" ".join(text.split(maxsplit=3)[:3])))
            terminal.settle(SETTLED)
            press("key down", peer.line)
            press("page", peer.page)
            if peer.search:
                for keys in peer.search:
                    terminal.press(keys)
                terminal.settle(SETTLED)
                press("hit", peer.hit)
            samples["memory"].append(terminal.peak_memory())
    samples["seconds"].append(time.perf_counter() - began)
    return dict(samples)


def _installed(name: str, *options: str) -> tuple[str, ...]:
    return (name, *options) if shutil.which(name) else ()


def _slate() -> tuple[str, ...]:
    options = ("-r", "-o", "-l", "log")
    if shutil.which("slate"):
        return ("slate", *options)
    return (sys.executable, "-m", "slate", *options) if find_spec("slate") else ()
