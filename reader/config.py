"""The settings: what somebody wrote into `config.toml`, or what holds without it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from reader import paths
from reader.errors import UsageProblem

MEASURE = (40, 120)
"""The narrowest and the widest measure that can be asked for, in columns."""


class Settings(NamedTuple):
    """What holds until the screen, or an option, says otherwise."""

    annotator: str
    """Who marks, unless `--as` says; the login name where nothing is written."""

    theme: str = ""
    """The theme's name; empty for the program's choice."""

    measure: int = 76
    """Columns of text, 40–120."""

    keys: Mapping[str, str] = MappingProxyType({})
    """The user's own keys: a command's id and the key that it gets."""


def load(path: Path | None = None) -> Settings:
    """The settings in `path` (else the user's file, which need not exist); UsageProblem where one cannot be meant."""
    path = path or paths.config_file()
    try:
        source = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings(annotator=login_name())
    except (OSError, UnicodeDecodeError) as problem:
        raise UsageProblem(f"The settings in {path} cannot be read ({problem}): mend or remove the file.") from problem
    import tomllib

    try:
        data = tomllib.loads(source)
    except tomllib.TOMLDecodeError as problem:
        raise UsageProblem(f"The settings in {path} are not TOML ({problem}): mend that line.") from problem
    return _settings(data, path)


def login_name() -> str:
    """The name that this user logged in by."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        # A container's user may have a number only.
        return "annotator"


def _settings(data: dict[str, object], path: Path) -> Settings:
    known = {"annotator", "theme", "measure", "keys"}
    unknown = sorted(set(data).difference(known))
    if unknown:
        raise UsageProblem(f"{path}: there is no setting “{unknown[0]}”. There are {', '.join(sorted(known))}.")
    annotator, theme = data.get("annotator", ""), data.get("theme", "")
    measure, keys = data.get("measure", 76), data.get("keys", {})
    if not isinstance(annotator, str) or not isinstance(theme, str):
        raise UsageProblem(f"{path}: annotator and theme are names: write them in quotation marks.")
    if not isinstance(measure, int) or not MEASURE[0] <= measure <= MEASURE[1]:
        raise UsageProblem(f"{path}: the measure is a number of columns from {MEASURE[0]} to {MEASURE[1]}.")
    if not isinstance(keys, dict) or not all(isinstance(key, str) for key in keys.values()):
        raise UsageProblem(f'{path}: [keys] gives commands their keys, as in: undo = "ctrl+z".')
    return Settings(annotator.strip() or login_name(), theme, measure, keys)
