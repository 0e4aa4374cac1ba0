from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from reader.annotations.codebook_toml import parse
from reader.documents.document import Document
from reader.documents.span import Span
from reader.errors import NotFound, Refused, UsageProblem
from reader.project import Project
from reader.work import binding, checking, codebooks, history, library, marks, tagging
from reader.work.occurrences import Occurrence, again, mark, occurrences, planned
from tests.storage.making import Ticking, article, content, opened

MOON = "The moon and the Moon,\nmoonlight."
SEA = "A sea without “moon”."


@pytest.fixture
def both(project: Project) -> list[Document]:
    return [article(project, MOON), article(project, SEA)]


def places(found: list[Occurrence]) -> list[tuple[int, Span]]:
    return [(each.hit.article.version, each.hit.span) for each in found]


def test_in_one_article_or_all_in_context(project: Project, both: list[Document]) -> None:
    here = list(occurrences(project, "moon", both[:1]))
    assert [(each.hit.span, each.hit.words) for each in here] == [(Span(4, 8), "moon"), (Span(17, 21), "Moon")]
    assert (here[0].hit.before, here[0].hit.after) == ("The ", MOON[8:])
    assert [each.hit.article.number for each in occurrences(project, "moon")] == [2, 1, 1]
    assert [each.hit.words for each in occurrences(project, "moon", both, whole=False)] == [
        "moon",
        "Moon",
        "moon",
        "moon",
    ]
    assert list(occurrences(project, "moo", both)) == []
    assert len(list(occurrences(project, "moo", whole=False))) == 4
    with pytest.raises(UsageProblem, match="no words to look for"):
        occurrences(project, " \n")


def test_what_is_marked_already_is_told(path: Path) -> None:
    time = Ticking()
    ana, ben = opened(path, "ana", time), opened(path, "ben", time)
    document = article(ana, MOON)
    tagging.mark(ana, document, [Span(4, 8)], "claim")
    tagging.mark(ana, document, [Span(4, 8)], "quote")
    tagging.mark(ana, document, [Span(17, 21), Span(23, 27)], "claim")
    tagging.remove(ana, tagging.mark(ana, document, [Span(17, 21)], "opinion").id)
    tagging.mark(ben, document, [Span(17, 21)], "claim")
    first, second = occurrences(ana, "moon")
    assert [tag.name for tag in first.tags] == ["claim", "quote"]
    assert second.tags == ()
    assert again(ana, [second.hit.place, first.hit.place]) == [second, first]
    library.delete(ana, document)
    assert again(ana, [first.hit.place]) == [None]
    ana.close()
    ben.close()


def test_what_marking_would_come_to(project: Project, both: list[Document]) -> None:
    tagging.mark(project, both[0], [Span(4, 8)], "claim")
    before = content(project.store)
    found = list(occurrences(project, "moon"))
    chosen = [(each.hit.article.version, each.hit.span, each.tags) for each in found]
    plans = {tag: planned(project, chosen, tag) for tag in ("claim", "c", "quote")}
    assert content(project.store) == before
    for tag, plan in plans.items():
        assert mark(project, places(found), tag) == plan
        history.undo(project, both[0])


def test_a_word_that_means_two_tags_is_refused(project: Project, both: list[Document]) -> None:
    other = parse(b'name = "other"\n[[tag]]\nname = "clause"\n', "other.toml")
    binding.use(project, codebooks.add(project, other).codebook, both[1:])
    found = places(list(occurrences(project, "moon")))
    with pytest.raises(Refused, match="“cla” means “clause” and “claim” in the codebooks of these articles"):
        mark(project, found, "cla")
    with pytest.raises(Refused, match="has no tag “claim”: leave that article out"):
        mark(project, found, "claim")


def test_a_tag_that_nobody_has_is_told_from_those_that_there_are(project: Project, both: list[Document]) -> None:
    with pytest.raises(NotFound, match=r"No tag is called “nope”. The codebook “close reading” has: claim, quote"):
        mark(project, places(list(occurrences(project, "moon"))), "nope")


def test_the_rest_is_marked_in_one_step(project: Project, both: list[Document]) -> None:
    tagging.mark(project, both[0], [Span(4, 8)], "claim")
    before = content(project.store)
    done = mark(project, places(list(occurrences(project, "moon"))), "claim")
    assert (done.marks, done.articles, done.there) == (2, 2, 1)
    assert [each.text for document in both for each in marks.of(project, document)] == ["moon", "Moon", "moon"]
    assert history.undo(project, both[1]).label == "claim on 2 places in 2 articles"
    assert content(project.store) == before
    assert list(checking.findings(project)) == []
    done = mark(project, places(list(occurrences(project, "moon", both[:1]))), "claim")
    assert (done.marks, done.articles, done.there) == (1, 1, 1)
    assert history.peek(project, both[0])[0] == "claim on 1 place"
    with pytest.raises(Refused, match="marked as claim already"):
        mark(project, places(list(occurrences(project, "moon", both[:1]))), "claim")


def test_every_article_gets_the_tag_of_its_own_codebook(project: Project, both: list[Document]) -> None:
    claim = library.codebook(project, both[0]).find("claim")
    at = "2026-01-01T00:00:00.000Z"
    project.store.rows(
        "INSERT INTO codebooks (pk, id, name, created_at, updated_at) VALUES (9, 'other', 'others', ?, ?)", (at, at)
    )
    project.store.rows("UPDATE documents SET codebook = 9 WHERE pk = 2")
    found = places(list(occurrences(project, "moon")))
    before = content(project.store)
    with pytest.raises(Refused, match=r"read with the codebook “others”, which has no tag “claim”: leave that article"):
        mark(project, found, claim)
    assert content(project.store) == before
    project.store.rows(
        "INSERT INTO tags (id, codebook, position, name, colour, symbol, line, unit, created_at, updated_at)"
        " VALUES ('other claim', 9, 0, 'Claim', 'blue', 'C', 'plain', 'word', ?, ?)",
        (at, at),
    )
    assert mark(project, found, claim).marks == 3
    assert [each.tag for each in marks.of(project, both[1])] == ["other claim"]


def test_an_article_that_changed_meanwhile_is_not_marked(project: Project, both: list[Document]) -> None:
    found = places(list(occurrences(project, "moon")))
    with project.store.step("new text", project.annotator.pk) as step:
        newer = step.insert("versions", {
            "id": "v2", "document": 2, "number": 2, "text": "No moon.", "text_hash": "0" * 64, "length": 8,
            "words": 2, "layout": "lines", "kind": "text", "encoding": "utf-8", "raw": b"", "offset_map": b"",
            "created_at": "",
        })  # fmt: skip
        step.update("documents", 2, {"version": newer})
    with pytest.raises(Refused, match="newer text"):
        mark(project, found, "claim")
    assert marks.of(project, both[0]) == ()


def test_they_are_found_as_they_are_asked_for(project: Project) -> None:
    document = article(project, "it " * 1000)
    found = occurrences(project, "it", [document])
    assert [each.hit.span.start for each in islice(found, 3)] == [0, 3, 6]
    assert len(list(found)) == 997
