from __future__ import annotations

from dataclasses import replace

import pytest

from reader.annotations.codebook import Codebook
from reader.documents.span import Span
from reader.errors import Refused
from reader.project import Project, open_project
from reader.work import checking, codebooks, history, marks, revisions, tagging
from tests.storage.making import article, content, marked_article


@pytest.fixture
def default(project: Project) -> Codebook:
    return codebooks.find(project, "close reading")


def redefined(project: Project, book: Codebook, place: int = 0) -> Codebook:
    tag = book.tags[place]
    return codebooks.change_tag(project, book, replace(tag, definition=f"{tag.definition} And so on."))


def said(found: list[revisions.Outdated]) -> list[str]:
    return [f"{each.article} {each.annotation.text}: {each.tag.name}, {each.why}" for each in found]


def test_marks_from_before_are_listed_and_confirmed(project: Project, default: Codebook) -> None:
    document, (moon, _) = marked_article(project, "The [moon]{claim} is [here]{quote}.")
    book = redefined(project, default)
    tagging.mark(project, document, [Span(0, 3)], "claim")
    book = redefined(project, book)
    tagging.mark(project, document, [Span(9, 11)], "claim")
    found = revisions.outdated(project, book)
    assert said(found) == ["1 moon: claim, revision 1, now 3", "1 The: claim, revision 2, now 3"]
    assert found == revisions.outdated(project, book, book.tags[0], document, own=True)
    assert revisions.outdated(project, book, book.tags[1]) == []
    assert revisions.counts(project) == {book.tags[0].id: 2}
    assert revisions.confirm(project, [found[0].annotation]) == 1
    assert said(revisions.outdated(project, book)) == ["1 The: claim, revision 2, now 3"]
    assert marks.by_pk(project, [moon.pk])[0].tag_revision == 3
    assert history.undo(project, document).label == "1 mark confirmed"
    assert revisions.outdated(project, book) == found
    assert marks.by_pk(project, [moon.pk]) == (moon,)
    assert list(checking.findings(project)) == []


def test_marks_of_a_merged_tag_become_its_heirs_when_they_are_confirmed(project: Project, default: Codebook) -> None:
    document, made = marked_article(project, "The [moon]{claim} is [here]{claim}.")
    tagging.mark(project, document, [Span(4, 8)], "opinion")
    book = codebooks.merge(project, default, default.tags[0], default.tags[2])
    found = revisions.outdated(project, book)
    assert said(found) == ["1 moon: opinion, was claim", "1 here: opinion, was claim"]
    assert revisions.confirm(project, [each.annotation for each in found]) == 1
    assert said(revisions.outdated(project, book)) == ["1 moon: opinion, was claim"]
    rows: dict[str, str] = dict(
        project.store.rows("SELECT annotations.id, tags.name FROM annotations JOIN tags ON tags.pk = tag")
    )
    assert [rows[mark.id] for mark in made] == ["claim", "opinion"]
    assert list(checking.findings(project)) == []


def test_only_ones_own_are_confirmed(project: Project, default: Codebook) -> None:
    document, _ = marked_article(project, "The [moon]{claim} is here.")
    other = article(project, "Another article.")
    ben = open_project(project.path, "ben")
    tagging.mark(ben, document, [Span(4, 8)], "claim")
    tagging.mark(project, other, [Span(0, 7)], "claim")
    book = redefined(project, default)
    found = revisions.outdated(project, book)
    assert [each.annotation.annotator for each in found] == ["ana", "ben", "ana"]
    assert len(revisions.outdated(project, book, own=True)) == 2
    before = content(project.store)
    with pytest.raises(Refused, match="other people's"):
        revisions.confirm(project, [found[1].annotation])
    assert content(project.store) == before
    assert revisions.confirm(project, [each.annotation for each in found]) == 2
    assert [each.annotation.annotator for each in revisions.outdated(project, book)] == ["ben"]
    assert history.undo(project, None).label == "2 marks confirmed"
    assert len(revisions.outdated(project, book)) == 3
    ben.close()
