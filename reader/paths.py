"""Where settings, articles and view state live. Nothing is made at import, or by asking."""

from __future__ import annotations

from pathlib import Path

_APP = "closereader"


def config_file() -> Path:
    """The settings (TOML); it need not exist."""
    from platformdirs import user_config_path

    return user_config_path(_APP, appauthor=False) / "config.toml"


def data_folder() -> Path:
    """Where the database is kept when nobody names one."""
    from platformdirs import user_data_path

    return user_data_path(_APP, appauthor=False)


def state_folder() -> Path:
    """Where view state is kept: places, looks, drafts, accepted databases."""
    from platformdirs import user_state_path

    return user_state_path(_APP, appauthor=False)


def default_database() -> Path:
    """The database when nobody names one."""
    return data_folder() / "annotations.db"


def made(folder: Path) -> Path:
    """The folder, made where it is missing, for this user alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def as_typed(path: str) -> Path:
    """The path that somebody has typed, `~` for a home: whether there is such a file or not, and such a person."""
    path = path.strip()
    try:
        return Path(path).expanduser()
    except RuntimeError:
        # Nobody of that name has a home here.
        return Path(path)
