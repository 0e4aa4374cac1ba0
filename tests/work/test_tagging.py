from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reader.anchoring.context import CONTEXT
from reader.annotations.codebook import Attribute, Kind
from reader.documents.span import Span
from reader.errors import NotFound, Refused
from reader.project import Project
from reader.work import history, library, marks, tagging
from reader.work.attributes import checked
from reader.work.catalogue import Catalogue
from tests.annotations import books
from tests.storage.making import MOON, Ticking, article, marked_article, opened


def test_a_mark_keeps_its_words_and_what_is_around_them(project: Project) -> None:
    text = "x" * 40 + "[moon]" + "y" * 40
    document, (mark,) = marked_article(project, text.replace("]", "]{claim}"))
    assert (mark.text, mark.before, mark.after) == ("moon", "x" * CONTEXT, "y" * CONTEXT)
    assert marks.by_pk(project, [mark.pk]) == (mark,)
    assert (mark.document, mark.annotator, mark.tag_revision) == (document.id, "ana", 1)


def test_pieces_are_kept_in_order_and_touching_ones_are_one(project: Project) -> None:
    document = article(project, "The moon is round.")
    mark = tagging.mark(project, document, [Span(12, 17), Span(0, 3), Span(3, 8)], "claim")
    assert mark.fragments == (Span(0, 8), Span(12, 17))
    assert mark.text == "The moon … round"


def test_the_same_tag_on_the_same_words_is_refused(path: Path) -> None:
    time = Ticking()
    ana, ben = opened(path, "ana", time), opened(path, "ben", time)
    document, (mark,) = marked_article(ana, "The [moon]{claim} is here.")
    with pytest.raises(Refused, match="marked as claim already"):
        tagging.mark(ana, document, [Span(4, 8)], "claim")
    other = tagging.mark(ana, document, [Span(4, 8)], "quote")
    with pytest.raises(Refused, match="marked as claim already"):
        tagging.retag(ana, other.id, "claim")
    wider = tagging.mark(ana, document, [Span(4, 11)], "claim")
    with pytest.raises(Refused, match="marked as claim already"):
        tagging.move_edges(ana, wider.id, [Span(4, 8)])
    tagging.mark(ben, document, [Span(4, 8)], "claim")
    tagging.remove(ana, mark.id)
    tagging.mark(ana, document, [Span(4, 8)], "claim")
    ana.close()
    ben.close()


def test_nobody_changes_anothers_mark(path: Path) -> None:
    time = Ticking()
    ana, ben = opened(path, "ana", time), opened(path, "ben", time)
    _, (mark,) = marked_article(ana, "The [moon]{claim} is here.")
    changes: tuple[Callable[[], object], ...] = (
        lambda: tagging.retag(ben, mark.id, "quote"),
        lambda: tagging.remove(ben, mark.id),
        lambda: tagging.set_note(ben, mark.id, "no"),
        lambda: tagging.set_attributes(ben, mark.id, {"status": ["refuted"]}),
        lambda: tagging.move_edges(ben, mark.id, [Span(0, 3)]),
        lambda: tagging.join(ben, mark.id, Span(0, 3)),
        lambda: tagging.take_piece(ben, mark.id, Span(4, 8)),
    )
    for change in changes:
        with pytest.raises(Refused, match="This mark is ana's"):
            change()
    assert marks.by_pk(ana, [mark.pk]) == (mark,)
    ana.close()
    ben.close()


@pytest.mark.parametrize("fragments", [[], [Span(3, 3)], [Span(3, 4)]])
def test_a_mark_needs_words(project: Project, fragments: list[Span]) -> None:
    document = article(project, "The moon is here.")
    with pytest.raises(Refused, match="no words"):
        tagging.mark(project, document, fragments, "claim")


def test_a_mark_stays_inside_the_text(project: Project) -> None:
    document = article(project, "The moon is here.")
    with pytest.raises(Refused, match="The text ends at 17"):
        tagging.mark(project, document, [Span(4, 18)], "claim")


def test_a_text_that_is_no_longer_the_current_one_is_not_marked(project: Project) -> None:
    document = article(project)._replace(version="another")
    with pytest.raises(Refused, match="newer text"):
        tagging.mark(project, document, [Span(0, 3)], "claim")


def test_a_stale_or_unknown_tag_is_refused(project: Project) -> None:
    document = article(project)
    claim = library.codebook(project, document).find("claim")
    with pytest.raises(Refused, match=r"definition of “claim” has changed"):
        tagging.mark(project, document, [Span(0, 3)], replace(claim, revision=2))
    with pytest.raises(Refused, match="not in use"):
        tagging.mark(project, document, [Span(0, 3)], replace(claim, id="another"))
    with pytest.raises(NotFound, match="No tag is called"):
        tagging.mark(project, document, [Span(0, 3)], "fact")


def test_pieces_come_and_go(project: Project) -> None:
    _, (mark,) = marked_article(project, "[The]{quote} moon is here.")
    joined = tagging.join(project, mark.id, Span(9, 11))
    assert joined.fragments == (Span(0, 3), Span(9, 11))
    with pytest.raises(Refused, match="these words already"):
        tagging.join(project, mark.id, Span(9, 10))
    with pytest.raises(Refused, match="none of these words"):
        tagging.take_piece(project, mark.id, Span(4, 8))
    left = tagging.take_piece(project, mark.id, Span(0, 3))
    assert left is not None
    assert left.fragments == (Span(9, 11),)
    assert tagging.take_piece(project, mark.id, Span(9, 11)) is None
    with pytest.raises(NotFound, match="not there"):
        tagging.set_note(project, mark.id, "gone")


def test_a_note_may_have_lines_but_commands_no_terminal(project: Project) -> None:
    _, (mark,) = marked_article(project, "The [moon]{claim} is here.")
    assert tagging.set_note(project, mark.id, " one\ntwo\x1b[2J\n").note == "one\ntwo␛[2J"


def test_attributes_are_the_codebooks(project: Project) -> None:
    document, (mark,) = marked_article(project, "“The moon,” he said. [x]{quote}")
    said = tagging.set_attributes(
        project, mark.id, {"Speaker": [" Kirby "], "manner": ["DIRECT"], "on the record": ["y"]}
    )
    assert said.attributes == {"speaker": ("Kirby",), "manner": ("direct",), "on the record": ("yes",)}
    assert tagging.set_attributes(project, mark.id, {"manner": []}).attributes == {
        "speaker": ("Kirby",), "on the record": ("yes",),
    }  # fmt: skip
    for attributes, why in (
        ({"star": ["x"]}, "has no attribute “star”: it has speaker"),
        ({"manner": ["loud"]}, "choose direct, indirect"),
        ({"manner": ["direct", "indirect"]}, "takes one value"),
        ({"on the record": ["perhaps"]}, "yes or no"),
    ):
        with pytest.raises(Refused, match=why):
            tagging.set_attributes(project, mark.id, attributes)
    made = tagging.mark(project, document, [Span(0, 3)], "quote", attributes={"speaker": ["Kirby"]})
    assert made.attributes == {"speaker": ("Kirby",)}
    assert history.undo(project, document).before == (made,)


def test_what_is_read_once_is_not_read_again(project: Project) -> None:
    """A text may be 50 MB, and a library may hold 100,000 marks."""
    document, (mark,) = marked_article(project, "The [moon]{claim} is here, and it is round.")
    library.text(project, document)
    read: set[tuple[str | None, str | None]] = set()

    def watch(action: int, table: str | None, column: str | None, *_: str | None) -> int:
        read.add((table, column))
        return 0

    project.store.connection.set_authorizer(watch)
    assert list(Catalogue(project).numbers) == [1]
    assert not any(table in {"annotations", "anchors"} for table, _ in read)
    tagging.mark(project, document, [Span(0, 3)], "quote")
    tagging.move_edges(project, mark.id, [Span(4, 11)])
    history.undo(project, document)
    assert ("versions", "id") in read
    assert ("versions", "text") not in read
    project.store.connection.set_authorizer(None)


def test_a_mark_costs_the_same_however_many_there_are(project: Project) -> None:
    """Counted in SQLite's own steps, not in time."""

    def cost(span: Span) -> int:
        steps = [0]

        def tick() -> None:
            steps[0] += 1

        project.store.connection.set_progress_handler(tick, 1)
        tagging.mark(project, document, [span], tag)
        project.store.connection.set_progress_handler(None, 0)
        return steps[0]

    document = article(project, MOON + " word" * 5_000)
    tag = library.codebook(project, document).find("claim")
    tagging.mark(project, document, [Span(0, 2)], tag)
    few = cost(Span(0, 3))
    project.store.rows("PRAGMA synchronous = OFF")
    tagging.mark_all(project, document, [Span(5 * at, 5 * at + 7) for at in range(20, 4_000)], tag)
    assert cost(Span(0, 4)) < 2 * few


def test_values_are_of_their_kind() -> None:
    kinds = {
        Kind.NUMBER: (("12", "-3.5", "1e6"), ("nan", "inf", "1_000", "3,5", "٣", "")),
        Kind.DATE: (("2026-03-02", "2026-03", "2026"), ("20260302", "2026-W10", "2026-02-30", "2026-13", "March")),
        Kind.URL: (
            ("https://example.org/a?b=c", "http://x.org"),
            ("example", "ftp://x.org", "javascript:x", "https://"),
        ),
        Kind.TEXT: (("x", "y" * 1000), ("y" * 1001,)),
    }
    for kind, (well, wrong) in kinds.items():
        tag = books.tag(attributes=(Attribute("said", kind),))
        for value in well:
            assert checked(tag, {"said": [value]}) == {"said": (value,)}
        for value in filter(None, wrong):
            with pytest.raises(Refused, match="“said”"):
                checked(tag, {"said": [value]})
    address = books.tag(attributes=(Attribute("said", Kind.URL, several=True),))
    assert checked(address, {"said": ["example.org/a", "https://b.org", "https://b.org"]}) == {
        "said": ("https://example.org/a", "https://b.org"),
    }  # fmt: skip
    assert checked(books.tag(attributes=(Attribute("said"),)), {"said": [" a \n b\x1b "]}) == {"said": ("a b␛",)}
