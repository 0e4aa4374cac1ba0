"""How programs are started to be measured: what command, in what surroundings."""

from __future__ import annotations

import os
import sys
from pathlib import Path

HERE = Path(__file__).parent

TOP = HERE.parent.parent
"""The folder from which `bench` can be imported."""


def environment(home: Path) -> dict[str, str]:
    """A plain user's variables and no others: nothing of ours slows a start down or speeds it up."""
    folders = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
    return {
        **dict.fromkeys(folders, str(home)),
        "PATH": os.environ.get("PATH", os.defpath),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
    }


def reader_command() -> list[str]:
    """How `reader` is started: the installed command, else the module."""
    installed = Path(sys.executable).parent / "reader"
    return [str(installed)] if installed.exists() else [sys.executable, "-m", "reader"]


def script(name: str) -> list[str]:
    """How a program of this folder is started, without this folder in front of the path."""
    return [sys.executable, "-P", str(HERE / name)]
