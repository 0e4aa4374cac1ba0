"""Titles, notes, names, tags and texts of strangers are data on every screen: no markup, no command to a terminal."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual import events
from textual.app import App

from reader.documents.document import Document
from reader.documents.normalise import safe
from reader.project import Project
from reader.tui.screens.reading import ReadingScreen
from reader.work import library, noting, relating
from tests.storage.making import marked_article, opened
from tests.tui.conftest import Opener

MARKUP = "[@click=app.exit()]go[/] [/nope] [red]x [[b]"
CONTROLS = "\x1b[31m\x1b]52;c;aGk=\x07\x9b2J\x7f\x08\r\x00\u202e\u2066\u200e\ufeff\u2028\x85\U000e0041"
NASTY = f"{MARKUP} {CONTROLS} é漢🇩🇪👩‍👧"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A database in which somebody else's program wrote what ours never would."""
    project = opened(tmp_path / "annotations.db")
    written = "One, [two]{claim} and [three]{quote}. “It is so,” he said. [Four]{opinion}."
    document, (two, three, _) = marked_article(project, written + " And so on." * 20)
    relating.relate(project, two.id, three.id, "evidence")
    noting.set_article_note(project, document, "A note.")
    write = project.store.connection.execute
    write("UPDATE documents SET title = ?, byline = ?, source = ?", (NASTY, NASTY, NASTY))
    write("UPDATE annotations SET note = ?", (f"{NASTY}\n{NASTY}",))
    write("UPDATE anchors SET quote = ?", (NASTY,))
    write("UPDATE readings SET note = ?", (NASTY,))
    write("UPDATE tags SET name = pk || ?, definition = ?, symbol = ?", (NASTY, NASTY, "\x1b"))
    asked = [{"name": NASTY, "kind": "text", "choices": [], "wanted": True, "names": True, "definition": NASTY}]
    write("UPDATE tags SET attributes = ?", (json.dumps(asked),))
    write("INSERT INTO attributes (annotation, name, value) VALUES (3, ?, ?)", (NASTY, NASTY))
    write("UPDATE annotators SET name = ?", (NASTY,))
    length = len(library.text(project, document))
    write("UPDATE versions SET text = ?", ((NASTY * length)[:length],))
    project.store.last_text = None
    yield project._replace(annotator=project.annotator._replace(name=NASTY))
    project.close()


@pytest.fixture
def document(project: Project) -> Document:
    return library.documents(project)[0].document


def said(app: App[None]) -> str:
    """All that the screen says; fails where a terminal would obey it, or a row is not as wide as the screen."""
    strips = app.screen._compositor.render_strips()
    assert [strip.cell_length for strip in strips] == [app.size.width] * app.size.height
    text = "\n".join(strip.text for strip in strips)
    assert safe(text, lines=True) == text
    assert "\t" not in text
    return text


SCREENS = (
    "tag_by_name", "palette", "help", "note", "find", "articles", "export", "edges", "retag", "jump", "mark_step",
    "other_mark", "join", "remove", "copy", "undo", "theme", "article_note", "link", "linked", "peek", "attributes",
    "missing", "meanings",
)  # fmt: skip


@pytest.mark.parametrize("size", [(80, 24), (160, 40)], ids=["narrow", "wide"])
@pytest.mark.parametrize("name", SCREENS)
async def test_nothing_acts_on_any_screen(
    reading: Opener, document: Document, name: str, size: tuple[int, int]
) -> None:
    async with reading(document, size=size) as it:
        assert "[@click=app.exit()]go" in said(it.app).splitlines()[0]
        assert "␛[31m␛]52;c;aGk=␇�2J␡" in "".join(said(it.app).splitlines()[1:5])
        it.go(it.text[5:8])
        action: Callable[..., object] = getattr(it.screen.reader if name == "jump" else it.screen, f"action_{name}")
        action(*([1] if name == "mark_step" else []))
        await it.pilot.pause()
        text = said(it.app)
        assert len(text) > 100
        assert it.app.is_running
        if name in ("tag_by_name", "help", "note", "articles", "article_note", "peek", "attributes", "meanings"):
            assert "[@click=app.exit()]go[/] [/nope] [red]x" in text
        assert any(isinstance(screen, ReadingScreen) for screen in it.app.screen_stack)


async def test_what_is_said_of_hostile_names_is_said_as_it_is(reading: Opener, document: Document) -> None:
    async with reading(document, size=(200, 40)) as it:
        for sentence in (NASTY, f"“{NASTY}” is not there\n[/]", ""):
            it.screen.say(sentence)
            await it.pilot.pause()
            assert sentence.partition("\x1b")[0].rstrip() in said(it.app)


@pytest.mark.parametrize("name", ["note", "find", "articles", "export", "palette", "tag_by_name"])
async def test_what_is_pasted_into_a_dialog_is_drawn_as_text(reading: Opener, document: Document, name: str) -> None:
    async with reading(document) as it:
        it.go(it.text[5:8])
        getattr(it.screen, f"action_{name}")()
        await it.pilot.pause()
        it.app.post_message(events.Paste(NASTY))
        await it.pilot.pause()
        assert "[/nope] [red]x [[b] ␛[31m" in said(it.app)


async def test_tags_without_a_name_are_no_reason_to_fall_over(
    reading: Opener, document: Document, project: Project
) -> None:
    project.store.connection.execute("UPDATE tags SET name = ?, symbol = '', key = '' WHERE pk = 1", ("\u3000",))
    async with reading(document, size=(80, 24)) as it:
        assert "q 2[@click=app.exit()]go" in said(it.app)
        it.screen.action_help()
        await it.pilot.pause()
        said(it.app)


async def test_a_click_on_markup_in_a_dialog_does_nothing(reading: Opener, document: Document) -> None:
    async with reading(document, size=(80, 24)) as it:
        it.screen.action_help()
        await it.pilot.pause()
        row = next(y for y, line in enumerate(said(it.app).splitlines()) if "[@click" in line and y > 1)
        await it.pilot.click(offset=(said(it.app).splitlines()[row].index("go[/]"), row))
        await it.pilot.pause()
        assert it.app.is_running
        assert it.app.return_code is None
