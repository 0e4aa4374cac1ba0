"""What lies outside the database: settings, view state, the choice of a database, the demo's copy."""

from __future__ import annotations

import os
import uuid
from pathlib import Path

import pytest

from reader import config, paths, viewstate
from reader.errors import StorageProblem, UsageProblem
from reader.viewstate import Look
from reader.work import demo
from reader.work.opening import choose_database

SOME = str(uuid.UUID(int=1))


def test_nothing_is_made_by_asking() -> None:
    assert viewstate.look() == Look()
    assert viewstate.cursor(SOME) is None
    assert viewstate.draft(SOME) is None
    viewstate.drop_draft(SOME)
    assert not paths.state_folder().exists()
    assert not paths.data_folder().exists()


def test_view_state_is_remembered_for_this_user_alone() -> None:
    viewstate.keep_look(Look("dark", 66, side_pane=False))
    viewstate.keep_cursor(SOME, 4_000)
    viewstate.keep_draft(SOME, "unfinished — “so”")
    assert viewstate.look() == Look("dark", 66, side_pane=False)
    assert viewstate.cursor(SOME) == 4_000
    assert viewstate.draft(SOME) == "unfinished — “so”"
    files = [path for path in paths.state_folder().rglob("*") if path.is_file()]
    assert sorted(path.name for path in files) == sorted(["look.json", f"{SOME}.json", f"{SOME}.json"])
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in files)
    viewstate.drop_draft(SOME)
    assert viewstate.draft(SOME) is None


@pytest.mark.parametrize("damage", ["", "{", "[1]", '"x"', "\x00", "[" * 100_000])
def test_what_cannot_be_understood_is_set_aside(damage: str) -> None:
    viewstate.keep_look(Look("dark"))
    path = paths.state_folder() / "look.json"
    path.write_text(damage)
    assert viewstate.look() == Look()
    assert path.with_name("look.json.damaged").read_text() == damage
    viewstate.keep_look(Look("light"))
    assert viewstate.look() == Look("light")


def test_values_of_the_wrong_kind_are_as_if_they_were_not_there() -> None:
    paths.made(paths.state_folder())
    (paths.state_folder() / "look.json").write_text('{"theme": 3, "measure": "wide", "side_pane": null}')
    assert viewstate.look() == Look()


def test_a_strange_id_names_no_file() -> None:
    for strange in ("../../outside", "", "/etc/passwd", "a" * 500):
        viewstate.keep_cursor(strange, 3)
        viewstate.keep_draft(strange, "x")
        viewstate.drop_draft(strange)
        assert viewstate.cursor(strange) is None
    assert not paths.state_folder().exists()


def test_where_nothing_can_be_written_it_says_so() -> None:
    paths.state_folder().parent.mkdir(parents=True, exist_ok=True)
    paths.state_folder().write_text("a file, not a folder")
    with pytest.raises(StorageProblem, match="could not be written"):
        viewstate.keep_look(Look("dark"))


def test_a_database_found_here_is_used_only_once_it_is_known() -> None:
    here = Path.cwd()
    home = paths.default_database()
    assert choose_database(None, {}, here).path == home
    (here / "annotations.db").write_bytes(b"")
    found = choose_database(None, {}, here)
    assert (found.path, found.named, found.passed_over) == (home, False, here / "annotations.db")
    viewstate.accept(here / "annotations.db")
    found = choose_database(None, {}, here)
    assert (found.path, found.named, found.passed_over) == (here / "annotations.db", False, None)
    assert not viewstate.accepted(here / "other.db")


def test_a_named_database_comes_first() -> None:
    here = Path.cwd()
    assert choose_database(None, {"READER_DB": "x.db"}, here).path == here / "x.db"
    both = choose_database("~/y.db", {"READER_DB": "x.db"}, here)
    assert (both.path, both.named) == (Path(os.environ["HOME"]) / "y.db", True)


def test_settings_are_read_and_checked(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    assert config.load(file) == config.Settings("tester")
    file.write_text('annotator = " Ana "\ntheme = "dark"\nmeasure = 66\n[keys]\nundo = "ctrl+z"\n')
    assert config.load(file) == config.Settings("Ana", "dark", 66, {"undo": "ctrl+z"})
    for wrong, says in (
        ("colour = 3", "no setting “colour”"),
        ("annotator = 3", "are names"),
        ("measure = 6", "from 40 to 120"),
        ("measure = true", "from 40 to 120"),
        ("keys = 3", "gives commands their keys"),
        ("theme", "are not TOML"),
    ):
        file.write_text(wrong)
        with pytest.raises(UsageProblem, match=says):
            config.load(file)
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(UsageProblem, match="cannot be read"):
        config.load(file)


def test_the_demo_is_a_copy_that_stays_until_it_is_asked_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    example = tmp_path / demo.EXAMPLE
    example.write_bytes(b"example")
    monkeypatch.setattr("reader.__file__", str(tmp_path / "__init__.py"))
    copy = demo.copy()
    assert copy.read_bytes() == b"example"
    copy.write_bytes(b"tried out")
    assert demo.copy().read_bytes() == b"tried out"
    assert demo.copy(fresh=True).read_bytes() == b"example"
    assert example.read_bytes() == b"example"
