"""A reviewer's database and those of the people reviewed, at several moments: in any order the same is here."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, settings

from reader.errors import ReaderError
from reader.project import Project, open_project
from reader.review.choices import Choice
from reader.work import checking, history, importing, library, reviewing, tagging
from tests.marks import marked
from tests.storage.making import article
from tests.storage.test_taking_property import Own, said

ANA = "[The moon]{claim} is [a stone]{opinion}. “[It is round]{quote}”, she said. [Nobody]{claim} asked. It went on."
BEN = (
    "[The moon is]{claim} [a stone]{claim}. [“It is round”]{quote}, she said. [Nobody]{claim} asked."
    " It [went]{claim} on."
)
DID = st.tuples(
    st.sampled_from(["decide", "decide", "decide", "reason", "comment", "undo", "redo", "answer", "mark", "unanswer"]),
    st.integers(0, 8),
    st.sampled_from([choice for choice in Choice if choice not in (Choice.TAG, Choice.EDGES, Choice.OPEN)]),
)
Did = tuple[str, int, Choice]


class Three:
    """Ana and Ben, whose marks Cleo reviews in a database of her own; Ana answers in hers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: list[Path] = []
        self.ana, self.ben, self.cleo = (
            self._opened(number, name) for number, name in enumerate(("ana", "ben", "cleo"))
        )
        for project, written in ((self.ana, ANA), (self.ben, BEN)):
            document = article(project, marked(written)[0])
            for fragments, tag in marked(written)[1]:
                tagging.mark(project, document, fragments, tag)
        article(self.cleo, marked(ANA)[0])
        for project in (self.ana, self.ben):
            importing.take(self.cleo, self.keep(project))
        self.review = reviewing.begin(self.cleo, reviewing.people(self.cleo))

    def _opened(self, number: int, name: str) -> Project:
        time = Own(number)
        project = open_project(self.folder / f"{name}.db", name, clock=time.clock, new_id=time.new_id)
        project.store.rows("PRAGMA synchronous = OFF")
        return project

    def keep(self, project: Project) -> Path:
        """Somebody's database as it is now."""
        self.files.append(Path(shutil.copy(project.path, self.folder / f"file-{len(self.files)}.db")))
        return self.files[-1]

    def do(self, did: Did) -> None:
        what, number, choice = did
        cleo, ana = self.cleo, self.ana
        look = reviewing.look(cleo, self.review, library.documents(cleo)[0].document)
        if not look.items:
            # Ana has taken all of her marks back.
            return
        item = look.items[number % len(look.items)]
        with suppress(ReaderError):
            if what == "decide":
                reviewing.decide(cleo, self.review, look, [item], choice)
            elif what == "reason":
                reviewing.give_reason(cleo, self.review, look, item, "slip")
            elif what == "comment":
                reviewing.comment(cleo, self.review, look, item, f"said {number}")
            elif what in ("undo", "redo"):
                getattr(history, what)(reviewing.outlook(cleo, self.review), look.document)
            elif what == "mark":
                tagging.set_note(ana, self._mark(number), f"note {number}")
                importing.take(cleo, self.keep(ana))
            elif what == "answer":
                importing.take(ana, self.keep(cleo))
                document = library.documents(ana)[0].document
                theirs = reviewing.look(ana, reviewing.all_reviews(ana)[0], document)
                answered = theirs.items[number % max(1, len(theirs.items)) :][:1]
                for each in answered:
                    reviewing.comment(ana, reviewing.all_reviews(ana)[0], theirs, each, "so?")
                importing.take(cleo, self.keep(ana))
            else:
                history.undo(ana, library.documents(ana)[0].document)
                importing.take(cleo, self.keep(ana))

    def _mark(self, number: int) -> str:
        rows = self.ana.store.rows("SELECT id FROM annotations WHERE layer = 1 ORDER BY pk")
        return str(rows[number % len(rows)][0]) if rows else ""

    def close(self) -> None:
        for project in (self.ana, self.ben, self.cleo):
            assert list(checking.findings(project)) == []
            project.close()


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(life=st.lists(st.lists(DID, min_size=1, max_size=5), min_size=1, max_size=3), data=st.data())
def test_reviews_come_in_any_order(life: Sequence[Sequence[Did]], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as name:
        three = Three(Path(name))
        for some in life:
            for did in some:
                three.do(did)
            three.keep(three.cleo)
        three.keep(three.ana)
        three.close()
        found = []
        for run in range(2):
            time = Own(9)
            dora = open_project(Path(name) / f"dora-{run}.db", "dora", clock=time.clock, new_id=time.new_id)
            dora.store.rows("PRAGMA synchronous = OFF")
            article(dora, marked(ANA)[0])
            order = data.draw(st.permutations(three.files))
            # An answer is kept for a decision that is known: the second time all of them are.
            for file in (*order, *order):
                importing.take(dora, file)
            assert list(checking.findings(dora)) == []
            found.append(said(dora.store))
            assert not any(importing.take(dora, file).is_news for file in order)
            dora.close()
        assert found[0] == found[1]
