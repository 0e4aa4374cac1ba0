"""What every test stands on: a home of its own, so that no developer's settings or articles are seen."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# On a busy machine an example may take its time.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """HOME, the XDG folders and the current folder in a fresh place; no variable of ours set; a plain terminal."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    for name, folder in (("DATA", "data"), ("CONFIG", "config"), ("STATE", "state"), ("CACHE", "cache")):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / folder))
    for name in ("READER_DB", "READER_AS", "READER_CONFIG", "NO_COLOR", "FORCE_COLOR", "PYTHONSTARTUP"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("LOGNAME", "tester")
    work = home / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return work


def _browser() -> str | None:
    from tests.formats.chromium import found

    return found()


def pytest_report_header() -> str:
    """Which browser opens pages, or that none does."""
    if _browser() is not None:
        return f"chromium: {_browser()}"
    if "CI" in os.environ:
        return "chromium: not found; tests that open a page in it fail"
    return "chromium: not found; tests that open a page in it are left out"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On a machine without a browser what needs one is left out, and counted as such; in CI it fails."""
    if _browser() is None and "CI" not in os.environ:
        left_out = [item for item in items if item.get_closest_marker("chromium")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
