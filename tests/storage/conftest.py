from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.project import Project
from tests.storage.making import opened


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "annotations.db"


@pytest.fixture
def project(path: Path) -> Iterator[Project]:
    project = opened(path)
    yield project
    project.close()
