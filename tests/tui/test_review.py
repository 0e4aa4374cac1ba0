"""Reviewing by keys: what each of them decides, and what the screen says."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from reader.annotations.codebook_toml import shipped
from reader.config import Settings
from reader.documents.document import Document
from reader.documents.span import Span
from reader.project import Project, open_project
from reader.review.differences import Difference, Kind
from reader.review.queue import Item, State
from reader.storage import annotators
from reader.storage.annotators import Annotator
from reader.tui.app import ReaderApp
from reader.tui.layout.cells import width_of
from reader.tui.reading import panel
from reader.tui.screens.final import FinalScreen
from reader.tui.screens.help import Help
from reader.tui.screens.note import NoteEditor
from reader.tui.screens.picker import Picker
from reader.tui.screens.reading import ReadingScreen
from reader.tui.screens.review import ReviewScreen
from reader.tui.themes import PALETTES
from reader.work import library, marks, reviewing, tagging, updating
from reader.work.reviewing import Review
from tests.marks import marked
from tests.review.people import mark
from tests.storage.making import Ticking, article, from_text, opened
from tests.tui.conftest import line
from tests.tui.golden import same
from tests.tui.test_hostile import NASTY, said

ANA = """\
The bridge that nobody ordered

[The bridge will cost 48 million crowns]{claim}, according to a report that was [quietly buried]{loaded language}.

“[We were asked for a crossing]{quote},” Lindqvist said. “[We were never asked]{quote}.” [Nobody asked.]{claim}

The mayor calls it a [vanity project]{loaded language}, and so does [the council]{opinion}."""

BEN = """\
The bridge that nobody ordered

[The bridge will cost 48 million crowns, according to a report]{claim} that was quietly buried.

[“We were asked for a crossing,”]{quote} Lindqvist said. [“We were never asked.”]{quote} [Nobody asked.]{claim}

The mayor calls it a [vanity project]{opinion}, and so does the council."""


class Reviewing:
    """The app with a review open, and what can be seen of it."""

    def __init__(self, app: ReaderApp, pilot: Pilot[None], project: Project, document: Document) -> None:
        self.app, self.pilot, self.project, self.document = app, pilot, project, document

    @property
    def screen(self) -> ReviewScreen:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, ReviewScreen))

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    @property
    def on_top(self) -> type[Screen[object]]:
        """What kind of screen takes the keys."""
        return type(self.app.screen)

    @property
    def status(self) -> str:
        return line(self.screen.status)

    @property
    def header(self) -> str:
        return line(self.screen.header)

    @property
    def footer(self) -> str:
        return line(self.screen.footer)

    @property
    def panel(self) -> str:
        aside = self.screen.aside
        return " ".join(" ".join(aside.render_line(y).text for y in range(aside.size.height)).split())

    @property
    def here(self) -> str:
        """The difference in question: `edges: The bridge will …`."""
        item = self.screen.queue.item
        return "" if item is None else f"{item.difference.kind.value}: {item.difference.marks[0].text}"

    @property
    def states(self) -> list[str]:
        return [item.state.value for item in self.screen.queue.items if item.state is not State.AGREED]

    @property
    def final(self) -> list[str]:
        """The final marks, in the database."""
        book = library.codebook(self.project, self.document)
        found = reviewing.outcome(self.project, self.screen.review, self.document)
        return [f"{book.by_id(mark.tag).name}: {mark.text}" for mark, _ in found]


Opener = Callable[..., AbstractAsyncContextManager[Reviewing]]


@pytest.fixture
def ana(tmp_path: Path) -> Iterator[Project]:
    time = Ticking()
    ana, ben = opened(tmp_path / "annotations.db", "ana", time), opened(tmp_path / "annotations.db", "ben", time)
    document = article(ana, marked(ANA)[0])
    for project, written in ((ana, ANA), (ben, BEN)):
        for fragments, tag in marked(written)[1]:
            tagging.mark(project, document, fragments, tag)
    ben.close()
    yield ana
    ana.close()


@pytest.fixture
def review(ana: Project) -> Opener:
    """`async with review() as it:` opens the review of both."""

    @asynccontextmanager
    async def open_(
        of: tuple[str, ...] = ("ana", "ben"),
        size: tuple[int, int] = (120, 40),
        blind: bool = False,
        theme: str = "",
        as_: Annotator | None = None,
        begun: Review | None = None,
    ) -> AsyncIterator[Reviewing]:
        project = ana if as_ is None else ana._replace(annotator=as_)
        people = reviewing.people(ana)
        begun = begun or reviewing.begin(project, [reviewing.find(people, name) for name in of])
        document = library.documents(ana)[0].document
        app = ReaderApp(project, document, Settings("ana", theme=theme), review=begun, blind=blind)
        async with app.run_test(size=size) as pilot:
            while not (isinstance(app.screen, ReviewScreen) and app.screen.ready):
                await pilot.pause()
            await pilot.pause()
            yield Reviewing(app, pilot, project, document)

    return open_


async def test_it_opens_at_the_first_difference_and_says_what_the_keys_do(review: Opener) -> None:
    async with review() as it:
        assert it.here == "edges: The bridge will cost 48 million crowns"
        assert "6 differences · 0 decided · 1 agreed" in it.header
        assert it.footer.startswith("← ana  → ben  B both  J union  K shared  X neither  c q o l that tag")
        assert "EDGES" in it.panel
        assert "48 million crowns▕, according to a report▏" in it.panel


@pytest.mark.parametrize(
    "key, made, says",
    [
        ("left", ["claim: The bridge will cost 48 million crowns"], "Saved: claim: ana's."),
        ("right", ["claim: The bridge will cost 48 million crowns, according to a report"], "Saved: claim: ben's."),
        (
            "B",
            [
                "claim: The bridge will cost 48 million crowns, according to a report",
                "claim: The bridge will cost 48 million crowns",
            ],
            "Saved: claim: both.",
        ),
        ("J", ["claim: The bridge will cost 48 million crowns, according to a report"], "all that either marked"),
        ("K", ["claim: The bridge will cost 48 million crowns"], "what both marked"),
        ("X", [], "Saved: claim: neither."),
        ("o", ["opinion: The bridge will cost 48 million crowns"], "Saved: claim: as opinion."),
        ("2", ["quote: The bridge will cost 48 million crowns"], "Saved: claim: as quote."),
        ("space", [], "Saved: claim: later."),
    ],
)
async def test_one_key_decides_and_goes_on(review: Opener, key: str, made: list[str], says: str) -> None:
    async with review() as it:
        await it.press(key)
        assert it.final == [*made, "claim: Nobody asked."]
        assert says in it.status
        assert it.here == "only A: quietly buried"
        await it.press("U")
        assert it.final == ["claim: Nobody asked."]
        assert it.here == "edges: The bridge will cost 48 million crowns"
        await it.press("Y")
        assert it.final == [*made, "claim: Nobody asked."]


async def test_a_key_that_does_not_fit_says_why(review: Opener) -> None:
    async with review() as it:
        await it.press("down", "J")
        assert "Only one of them has marked this" in it.status
        assert "B both" not in it.footer
        await it.press("z")
        assert "No tag has the key z" in it.status
        await it.press("G")
        assert "Decide first" in it.status


async def test_what_is_alike_is_decided_with_one_key(review: Opener) -> None:
    async with review() as it:
        await it.press("down", "down", "right")
        assert "1 alike is still open: G decides the same." in it.status
        await it.press("G")
        assert "the same for 1 alike" in it.status
        assert it.final[:2] == ["quote: “We were asked for a crossing,”", "quote: “We were never asked.”"]
        await it.press("U")
        assert it.final == ["quote: “We were asked for a crossing,”", "claim: Nobody asked."]


async def test_edges_are_moved_by_hand(review: Opener) -> None:
    async with review() as it:
        await it.press("E")
        assert "Where are its edges?" in it.status
        assert "Enter keep" in it.footer
        await it.press("left", "left", "enter")
        assert it.final[0] == "claim: The bridge will cost 48"
        assert it.here == "only A: quietly buried"


async def test_edges_can_be_left_as_they_were(review: Opener) -> None:
    async with review() as it:
        await it.press("E", "left", "escape")
        assert it.final == ["claim: Nobody asked."]
        assert it.footer.startswith("← ana")
        await it.press("left")
        assert it.final[0] == "claim: The bridge will cost 48 million crowns"


async def test_a_reason_and_a_comment(review: Opener) -> None:
    async with review() as it:
        await it.press("R")
        assert "1 unclear text" in it.footer
        await it.press("2")
        assert "Saved: gap in the guideline." in it.status
        await it.press("left", "up", "C")
        assert isinstance(it.app.screen, NoteEditor)
        await it.press(*"Why", "ctrl+s")
        decision = it.screen.queue.items[0].decision
        assert decision is not None
        assert (decision.reason, decision.comment, decision.choice.value) == ("gap in the guideline", "Why", "a")
        assert "gap in the guideline" in it.panel
        assert "✎ Why" in it.panel
        await it.press("asterisk")
        assert isinstance(it.app.screen, Help)


async def test_the_review_is_written_to_a_file(review: Opener, tmp_path: Path) -> None:
    async with review() as it:
        await it.press("left", "S")
        prompt = it.app.screen.query_one(Input)
        prompt.value = str(tmp_path / "review.md")
        await it.press("enter")
        assert "Wrote the review to" in it.status
    assert "# Review: The bridge that nobody ordered" in (tmp_path / "review.md").read_text(encoding="utf-8")


async def test_a_comment_that_is_left_stays_as_a_draft(review: Opener) -> None:
    async with review() as it:
        await it.press("C", *"Wh", "escape")
        assert "The draft is kept: C takes it up again." in it.status
        await it.press("C", *"y?", "ctrl+s")
        assert "✎ Why?" in it.panel


async def test_what_the_tags_mean_is_said_under_the_difference(review: Opener) -> None:
    async with review() as it:
        await it.press("H")
        meaning = it.screen.article.codebook.find("claim").definition
        assert meaning[:30] in it.panel
        await it.press("H")
        assert meaning[:30] not in it.panel


async def test_what_all_agree_on_is_listed_and_taken_up_again(review: Opener) -> None:
    async with review() as it:
        await it.press("slash")
        assert isinstance(it.app.screen, Picker)
        await it.press(*"agreed", "enter")
        assert it.here == "agreed: Nobody asked."
        assert "Accepted by itself" in it.panel
        await it.press("delete")
        assert it.final == []
        assert "7 differences" in it.header


async def test_filters_and_orders(review: Opener) -> None:
    async with review() as it:
        await it.press("slash", *"tag", "enter")
        assert len(it.screen.queue.shown) == 1
        assert it.here == "tag: vanity project"
        assert "tag only" in it.header
        await it.press("slash", *"differences", "enter", "O", "O")
        assert "the largest first" in it.status
        await it.press("home")
        assert it.here == "edges: The bridge will cost 48 million crowns"
        await it.press("end")
        assert it.screen.queue.at == 5


async def test_the_final_marks_in_the_text_take_what_both_missed(review: Opener) -> None:
    async with review() as it:
        await it.press("left", "W")
        while not (isinstance(it.app.screen, FinalScreen) and it.app.screen.settled):
            await it.pilot.pause()
        final = it.app.screen
        assert final.reader.flow.width > 40
        start = final.desk.text.index("according")
        final.reader.click(start, extend=False)
        await it.press("l")
        assert "loaded language: according" in it.final
        await it.press("escape", "escape")
        assert it.on_top is ReviewScreen
        # What was added by hand is undone from the review too.
        await it.press("U")
        assert "loaded language: according" not in it.final


@pytest.mark.parametrize(
    "keys,said",
    [
        (("delete", "escape"), "✗ All have marked the same; it was taken out of the final marks by hand."),
        (("E", "right", "enter", "escape", "escape"), "the final mark was changed by hand. → claim Nobody asked. The"),
    ],
)
async def test_the_panel_says_what_became_by_hand_of_what_all_agree_on(
    review: Opener, keys: tuple[str, ...], said: str
) -> None:
    async with review() as it:
        await it.press("slash", *"agreed", "enter", "W")
        while not (isinstance(it.app.screen, FinalScreen) and it.app.screen.settled):
            await it.pilot.pause()
        final = it.app.screen
        final.reader.click(final.desk.text.index("Nobody"), extend=False)
        await it.press("O", *keys)
        assert it.on_top is ReviewScreen
        assert said in it.panel
        await it.press("U")
        assert "Accepted by itself" in it.panel


async def test_when_all_is_decided_it_says_so_and_escape_leaves(review: Opener) -> None:
    async with review() as it:
        await it.press(*["right"] * 6)
        assert "All is decided here." in it.status
        assert "6 decided" in it.header
        assert set(it.states) == {"decided", "rejected"}
        await it.press("escape")
        assert isinstance(it.app.screen, ReadingScreen)
        await it.press("ampersand")
        await it.pilot.pause()
        assert it.on_top is ReviewScreen


@pytest.mark.parametrize("marked_too", [True, False])
async def test_where_nothing_is_left_to_decide_it_opens_all_the_same(
    review: Opener, ana: Project, marked_too: bool
) -> None:
    for side in reviewing.people(ana):
        person = ana._replace(annotator=annotators.local(ana.store, side.annotator))
        document = library.documents(ana)[0].document
        library.set_status(person, document, "done")
        for each in marks.of(person, document):
            if each.text != "Nobody asked." or not marked_too:
                tagging.remove(person, each.id)
    async with review() as it:
        assert f"0 differences · 0 decided · {int(marked_too)} agreed" in it.header
        assert ("None of the 1 is" if marked_too else "Both have marked nothing here.") in it.panel
        for key in ("down", "right", "tab", "G", "E", "R", "C", "X", "delete", "U"):
            await it.press(key)
        assert it.on_top is ReviewScreen


async def test_a_dialog_is_open_while_the_terminal_grows(review: Opener) -> None:
    async with review(size=(80, 24)) as it:
        await it.press("slash")
        await it.pilot.resize_terminal(120, 40)
        await it.pilot.pause()
        assert it.on_top is Picker


async def test_feedback_speaks_of_accepting_and_rejecting(review: Opener) -> None:
    async with review(of=("ben",)) as it:
        assert it.header.startswith("Feedback")
        assert "ben’s 5 marks · 0 seen" in it.header
        assert it.footer.startswith("← reject  → accept")
        await it.press("right")
        assert it.status == "Saved: accepted."
        await it.press("X")
        assert it.status == "Saved: rejected."
        await it.press("B")
        assert "nobody to compare with" in it.status


async def test_blind_hides_the_names_and_decides_for_the_side_that_is_seen(review: Opener) -> None:
    async with review(blind=True) as it:
        await it.press("V", "V")
        assert "ana" not in it.header + it.footer + it.panel
        assert "ben" not in it.header + it.footer + it.panel
        left = it.screen.shown(it.screen.queue.items[0]).difference.a[0].text
        await it.press("left")
        assert it.final[0] == f"claim: {left}"
        assert it.status.startswith("Saved: A’s.")


async def test_blind_undo_names_nobody(review: Opener) -> None:
    async with review(blind=True) as it:
        await it.press("left", "right", "U")
        assert it.status == "Undone: what was done last."


async def test_marks_that_are_gone_are_shown_as_they_were(review: Opener, ana: Project) -> None:
    async with review() as it:
        await it.press("down", "left")
        await it.press("escape")
        mine = next(mark for mark in marks.of(ana, it.document) if mark.text == "quietly buried")
        tagging.remove(ana, mine.id)
        updating.update(ana, it.document, from_text("Another text altogether, and a shorter one."))
        await it.press("ampersand")
        while it.on_top is not ReviewScreen:
            await it.pilot.pause()
        it.screen.queue.go_to(mine.id)
        it.screen.show_item()
        assert "quietly buried" in it.panel
        assert "not there any more" in it.panel
        for key in ("right", "E", "o", "delete"):
            await it.press(key)
            assert "These marks are not there any more: X" in it.status
        await it.press("X")
        assert "not there any more" not in it.panel


def test_a_long_version_leaves_room_for_the_other() -> None:
    words, book = "word " * 2000, shipped()
    short, long = (mark(name, book.tags[0].id, (Span(0, end),), words) for name, end in (("a", 4), ("b", 9999)))
    item = Item(Difference(Kind.EDGES, (short,), (long,), edges=True))
    said = panel.lines_of(item, "1/1", 0, panel.Names("ana", "ben"), book, words, PALETTES["dark"], 40)
    assert len(said) < 20
    assert all(sum(width_of(run) for run, _ in each) <= 40 for each in said)


async def test_with_three_people_the_next_one_that_waits_comes(review: Opener, ana: Project) -> None:
    cleo = open_project(ana.path, "cleo")
    document = library.documents(ana)[0].document
    tagging.mark(cleo, document, [Span(0, 30)], "claim")
    tagging.mark(cleo, document, [Span(32, 90)], "claim")
    cleo.close()
    async with review(of=("ana", "ben", "cleo")) as it:
        await it.press("slash", *"not decided", "enter")
        waiting = [it.screen.queue.items[number].difference.key for number in it.screen.queue.shown]
        for key in waiting[:4]:
            assert it.screen.queue.item is not None
            assert it.screen.queue.item.difference.key == key
            await it.press("right")


def test_a_line_of_the_list_says_what_people_marked_not_what_is_final() -> None:
    words, book = "one two three", shipped()
    done, theirs = (mark(name, book.tags[0].id, (Span(0, end),), words) for name, end in (("f", 13), ("b", 3)))
    item = Item(Difference(Kind.EDGES, (done,), (theirs,), edges=True, final=True))
    assert panel.line_of(item, 1, panel.Names("as it is", "theirs"), book, PALETTES["dark"])[-1][0] == "one"


async def test_every_decision_can_be_made_by_mouse(review: Opener) -> None:
    async with review() as it:
        await it.pilot.click(it.screen.footer, offset=(it.footer.index("→ ben") + 3, 0))
        await it.pilot.pause()
        assert it.final[0] == "claim: The bridge will cost 48 million crowns, according to a report"
        rows = [it.screen.aside.render_line(y).text for y in range(it.screen.aside.size.height)]
        await it.pilot.click(it.screen.aside, offset=(20, next(y for y, row in enumerate(rows) if " 5 tag" in row)))
        await it.pilot.pause()
        assert it.here == "tag: vanity project"


async def test_somebody_elses_review_is_read_and_answered(review: Opener, ana: Project) -> None:
    async with review() as it:
        await it.press("left", "right")
    ben = annotators.local(ana.store, "ben")
    async with review(as_=ben, begun=reviewing.all_reviews(ana)[0]) as it:
        before = it.final
        assert it.header.startswith("Review by ana")
        for key in ("right", "X", "o", "space", "R", "W", "delete"):
            await it.press(key)
            assert "ana has decided here: C answers." in it.status
        assert it.final == before
        await it.press("home", "C", *"No", "ctrl+s")
        assert "Saved: the answer." in it.status
        assert "↳ ben: No" in it.panel
        await it.press("U")
        assert "↳ ben: No" not in it.panel
        assert it.final == before


@pytest.mark.parametrize("size", [(80, 24), (160, 40)], ids=str)
async def test_nothing_of_strangers_acts(review: Opener, ana: Project, size: tuple[int, int]) -> None:
    write = ana.store.connection.execute
    write("UPDATE annotators SET name = name || ?", (NASTY,))
    write("UPDATE annotations SET note = ?", (f"{NASTY}\n{NASTY}",))
    write("UPDATE documents SET title = ?", (NASTY,))
    write("UPDATE tags SET name = pk || ?, symbol = ?", (NASTY, "\x1b"))
    write("INSERT INTO attributes (annotation, name, value) SELECT pk, ?, ? || pk FROM annotations", (NASTY, NASTY))
    length = len(library.text(ana, library.documents(ana)[0].document))
    write("UPDATE versions SET text = ?", ((NASTY * length)[:length],))
    write("UPDATE anchors SET quote = ?", (NASTY,))
    ana.store.last_text = None
    names = tuple(side.annotator for side in reviewing.people(ana))
    async with review(of=names, size=size) as it:
        assert "[@click=app.exit()]go" in said(it.app)
        for keys in (
            "right", "down o", "R 2", "up E left enter", "slash", "escape", "asterisk", "escape", "L", "escape", "C",
            "escape", "end", "U",
        ):  # fmt: skip
            await it.press(*keys.split())
            said(it.app)
        assert it.app.is_running


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=str)
async def test_looks(review: Opener, size: tuple[int, int]) -> None:
    async with review(size=size) as it:
        await it.press("right", "down", "down", "down")
        same(it.app, f"review_{size[0]}")


async def test_looks_without_colours(review: Opener) -> None:
    async with review(size=(100, 30), theme="terminal") as it:
        await it.press("right", "down")
        same(it.app, "review_terminal")
