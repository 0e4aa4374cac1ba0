"""Another program holds the database: the screen says so, goes on, and catches up."""

from __future__ import annotations

import pytest

from reader.errors import Busy
from reader.project import Project
from reader.tui.desk import Desk, all_marks
from reader.tui.layout.marks import MarkIndex
from reader.tui.screens import reading_base
from tests.storage.making import marked_article
from tests.tui.conftest import Opener


async def test_marks_that_were_kept_back_at_the_start_come_later(
    reading: Opener, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, _ = marked_article(project, "Oh, [One]{claim} and [three]{opinion}.")
    tries: list[str] = []

    def held_once(desk: Desk) -> MarkIndex:
        tries.append(desk.document.id)
        if len(tries) == 1:
            raise Busy("Another program is writing to the database: nothing was read.")
        return all_marks(desk)

    monkeypatch.setattr(reading_base, "all_marks", held_once)
    monkeypatch.setattr(reading_base, "marks_near", lambda desk, cursor: MarkIndex())
    monkeypatch.setattr(reading_base, "RETRY_SECONDS", 0.01)
    async with reading(document) as it:
        while len(tries) < 2:
            await it.pilot.pause()
        await it.pilot.pause()
        assert it.marked == ["claim: One", "opinion: three"]


async def test_the_list_does_without_what_cannot_be_read(
    reading: Opener, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, _ = marked_article(project, "Oh, [One]{claim} and [three]{opinion}.")

    def held(project: Project, numbers: object) -> tuple[()]:
        raise Busy("Another program is writing to the database: nothing was read.")

    async with reading(document) as it:
        monkeypatch.setattr("reader.work.marks.by_pk", held)
        it.screen.list.renew(it.screen.marks, list(it.screen.marks.marks))
        it.screen.list.show(None, 0)
        assert "One" in "".join(it.screen.list.render_line(y).text for y in range(10))
