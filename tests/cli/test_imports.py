"""What each door loads, asked in fresh interpreters: a slow start is an import that crept in."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("textual", "pyperclip", "rich", "sqlite_utils", "markdown_it", "sentencex")


def loaded(code: str) -> set[str]:
    """The packages that are loaded once `code` has run."""
    script = f"import sys\n{code}\nprint('loaded:', *sorted({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    return set(done.stdout.rpartition("loaded:")[2].split())


def command(*args: str) -> str:
    return f"from reader.cli.main import run\nassert run({args!r}) == 0"


def test_reader_itself_loads_nothing() -> None:
    assert loaded("import reader") - loaded("") == {"reader"}


def test_work_loads_no_screen() -> None:
    modules = sorted(path.stem for path in (Path(__file__).parents[2] / "reader" / "work").glob("[a-z]*.py"))
    found = loaded("\n".join(f"import reader.work.{module}" for module in modules))
    assert not found & set(HEAVY)


def shown(document: str) -> set[str]:
    """The program's own modules that are loaded once one of the screens is up."""
    code = f"""
import asyncio, sys
from pathlib import Path
from reader.config import Settings
from reader.project import open_project
from reader.tui.app import ReaderApp
from reader.work import library

async def main():
    project = open_project(Path("library.db"), "ana")
    async with ReaderApp(project, {document}, Settings("ana")).run_test() as pilot:
        while not pilot.app.screen.settled:
            await pilot.pause()

asyncio.run(main())
print("loaded:", *(name for name in sys.modules if name.startswith("reader.")))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return set(done.stdout.rpartition("loaded:")[2].split())


def test_the_article_and_the_library_come_up_without_each_other(article: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "reader", "--db", "library.db", "add", str(article)], check=True, capture_output=True
    )
    of_article = {"reader.tui.screens.reading_base", "reader.tui.widgets.article", "reader.tui.desk"}
    of_library = {"reader.tui.screens.library", "reader.tui.widgets.shelf", "reader.work.catalogue"}
    assert not shown("library.by_number(project, 1)") & of_library
    assert not shown("None") & of_article


@pytest.mark.parametrize("args", [("--version",), ("--help",), ("export", "--help")])
def test_help_and_version_load_no_database(args: tuple[str, ...]) -> None:
    assert not loaded(command(*args)) & {*HEAVY, "sqlite3"}


def test_agreement_loads_no_screen(tmp_path: Path) -> None:
    example = tmp_path / "example.db"
    shutil.copy(Path(__file__).parents[2] / "annotations.db.example", example)
    assert not loaded(command("agree", "--db", str(example))) & {"textual", "pyperclip", "sqlite_utils", "sentencex"}


@pytest.mark.parametrize("args", [("list",), ("show", "1"), ("export",), ("check",), ("undo", "1"), ("redo", "1")])
def test_everyday_commands_load_nothing_heavy(article: Path, args: tuple[str, ...]) -> None:
    subprocess.run(
        [sys.executable, "-m", "reader", "--db", "library.db", "add", str(article)], check=True, capture_output=True
    )
    mark = ["mark", "1", "--quote", "48 million", "--tag", "claim", "--db", "library.db"]
    subprocess.run([sys.executable, "-m", "reader", *mark], check=True, capture_output=True)
    if args[0] == "redo":
        undo = ["undo", "1", "--db", "library.db"]
        subprocess.run([sys.executable, "-m", "reader", *undo], check=True, capture_output=True)
    # Exporting counts sentences, and so needs what finds them; checking makes a fresh schema to compare with.
    allowed = {"export": {"sentencex"}, "check": {"sqlite_utils"}}.get(args[0], set())
    assert not loaded(command(*args, "--db", "library.db")) & (set(HEAVY) - allowed)
