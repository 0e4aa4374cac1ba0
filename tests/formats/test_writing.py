from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from reader.errors import ReaderError, UsageProblem
from reader.formats.writing import replacing


def test_the_file_is_there_only_when_all_of_it_is(tmp_path: Path) -> None:
    target = tmp_path / "spans.csv"
    with replacing(target) as out:
        out.write(b"new")
        assert not target.exists()
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def _interrupted(target: Path, interruption: BaseException) -> None:
    with replacing(target) as out:
        out.write(b"half of the n")
        raise interruption


@pytest.mark.parametrize("interruption", [KeyboardInterrupt(), ReaderError("no"), OSError("disk")])
def test_an_interruption_leaves_the_old_file_whole(tmp_path: Path, interruption: BaseException) -> None:
    target = tmp_path / "spans.csv"
    target.write_bytes(b"old")
    with pytest.raises((KeyboardInterrupt, ReaderError)):
        _interrupted(target, interruption)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_an_old_file_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "spans.csv"
    target.write_bytes(b"old")
    target.chmod(0o640)
    with replacing(target) as out:
        out.write(b"new")
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_link_keeps_pointing_where_it_does(tmp_path: Path) -> None:
    target, link = tmp_path / "spans.csv", tmp_path / "link.csv"
    link.symlink_to(target)
    with replacing(link) as out:
        out.write(b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_device_is_written_to() -> None:
    with replacing(Path(os.devnull)) as out:
        out.write(b"gone")
    assert Path(os.devnull).exists()


@pytest.mark.parametrize("name, said", [("", "is a folder"), ("missing/spans.csv", "does not exist")])
def test_where_no_file_can_be(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(UsageProblem, match=said), replacing(tmp_path / name):
        pytest.fail("nothing to write to")


def test_a_full_disk_is_told_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ReaderError, match="No space left"), replacing(tmp_path / "spans.csv") as out:
        out.write(b"x")
    assert list(tmp_path.iterdir()) == []
