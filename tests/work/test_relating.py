"""One mark belongs to another: said, changed and taken away as steps, seen from both ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.annotations.annotation import Annotation
from reader.annotations.relation import Bond, proposed
from reader.documents.document import Document
from reader.documents.span import Span
from reader.errors import NotFound, Refused, UsageProblem
from reader.project import Project
from reader.work import checking, history, library, marks, relating, tagging, updating
from tests.storage.making import Ticking, article, content, from_text, marked_article, opened

WRITTEN = (
    "[“It is round,”]{quote} said [Ada Moss]{claim}. [It is bright]{claim}, since [the sun shines on it]{opinion}."
)


@pytest.fixture
def four(project: Project) -> list[Annotation]:
    return marked_article(project, WRITTEN)[1]


def document_of(project: Project, mark: Annotation) -> Document:
    return library.find(project, mark.document)


def seen(project: Project, mark: Annotation) -> list[str]:
    """The links of a mark, as a person would say them."""
    return [f"{'→' if link.is_source else '←'} {link.bond} {link.other.text}" for link in relating.of(project, mark.pk)]


def test_a_link_is_seen_from_both_ends(project: Project, four: list[Annotation]) -> None:
    quote, name, claim, sun = four
    relating.relate(project, quote.id, name.id, "speaker")
    relating.relate(project, claim.id, sun.id, Bond.EVIDENCE)
    relating.relate(project, sun.id, quote.id, "other")
    assert seen(project, quote) == ["→ speaker Ada Moss", "← other the sun shines on it"]
    assert seen(project, name) == ["← speaker “It is round,”"]
    assert seen(project, sun) == ["→ other “It is round,”", "← evidence It is bright"]
    found = relating.of_all(project, four)
    assert {pk: len(links) for pk, links in found.items()} == {quote.pk: 2, name.pk: 1, claim.pk: 1, sun.pk: 2}
    assert list(checking.findings(project)) == []


def test_each_change_is_a_step_to_undo(project: Project, four: list[Annotation]) -> None:
    quote, name, *_ = four
    document = document_of(project, quote)
    past = [content(project.store)]
    id_ = relating.relate(project, quote.id, name.id, "other")
    past.append(content(project.store))
    assert relating.relate(project, quote.id, name.id, "speaker") == id_
    past.append(content(project.store))
    relating.unrelate(project, name.id, quote.id)
    assert seen(project, quote) == []
    for label in ("speaker unlinked", "speaker linked", "other linked"):
        assert history.peek(project, document)[0] == label
        undone = history.undo(project, document)
        assert (undone.label, undone.before, undone.after) == (label, (quote,), (quote,))
        assert content(project.store) == past.pop()
    for _ in range(2):
        assert history.redo(project, document).after == (quote,)
    assert seen(project, quote) == ["→ speaker Ada Moss"]


def test_a_mark_that_is_removed_hides_its_links_and_brings_them_back(project: Project, four: list[Annotation]) -> None:
    quote, name, *_ = four
    relating.relate(project, quote.id, name.id, "speaker")
    tagging.remove(project, name.id)
    assert seen(project, quote) == []
    history.undo(project, document_of(project, quote))
    assert seen(project, quote) == ["→ speaker Ada Moss"]


def test_a_changed_text_takes_the_links_along(project: Project, four: list[Annotation]) -> None:
    quote, name, claim, sun = four
    relating.relate(project, quote.id, name.id, "speaker")
    relating.relate(project, claim.id, sun.id, "evidence")
    document = document_of(project, quote)
    text = library.text(project, document)
    updating.update(project, document, from_text(text.replace(", since the sun shines on it", "")))
    assert seen(project, quote) == ["→ speaker Ada Moss"]
    assert seen(project, claim) == []
    updating.update(project, library.find(project, document.id), from_text(text))
    assert seen(project, claim) == ["→ evidence the sun shines on it"]


def test_what_cannot_be_linked_is_refused(project: Project, four: list[Annotation]) -> None:
    quote, name, claim, _ = four
    elsewhere = tagging.mark(project, article(project, "The sun is round."), [Span(4, 7)], "claim")
    relating.relate(project, quote.id, name.id, "speaker")
    before = content(project.store)
    for source, target, says in (
        (quote, quote, "That is the same mark: go to the one"),
        (quote, elsewhere, "different articles"),
        (quote, name, "linked like that already"),
        (name, quote, "linked the other way round"),
    ):
        with pytest.raises(Refused, match=says):
            relating.relate(project, source.id, target.id, "speaker")
    with pytest.raises(UsageProblem, match="“rumour” is no kind of link: say speaker, evidence or other"):
        relating.relate(project, quote.id, claim.id, "rumour")
    with pytest.raises(Refused, match="not linked: there is no link"):
        relating.unrelate(project, quote.id, claim.id)
    tagging.remove(project, claim.id)
    with pytest.raises(NotFound):
        relating.relate(project, quote.id, claim.id, "other")
    history.undo(project, document_of(project, claim))
    assert {**content(project.store), "annotations": []} == {**before, "annotations": []}


def test_nobody_links_the_marks_of_somebody_else(path: Path) -> None:
    time = Ticking()
    ana, ben = opened(path, "ana", time), opened(path, "ben", time)
    document, (quote, name, *_) = marked_article(ana, WRITTEN)
    bens = tagging.mark(ben, document, name.fragments, "claim")
    for project, source, target in ((ben, quote, name), (ana, quote, bens), (ben, bens, quote)):
        with pytest.raises(Refused, match="only they change it"):
            relating.relate(project, source.id, target.id, "speaker")
    relating.relate(ana, quote.id, name.id, "speaker")
    with pytest.raises(Refused, match="only they change it"):
        relating.unrelate(ben, quote.id, name.id)
    for project in (ana, ben):
        project.close()


def test_a_word_that_somebody_else_wrote_is_a_link_of_another_kind(project: Project, four: list[Annotation]) -> None:
    quote, name, *_ = four
    relating.relate(project, quote.id, name.id, "speaker")
    with project.store.write():
        project.store.connection.execute("UPDATE relations SET kind = 'rumour'")
    assert seen(project, quote) == ["→ other Ada Moss"]


def test_what_is_proposed_is_what_the_codebook_asks_about(project: Project, four: list[Annotation]) -> None:
    book = library.codebook(project, document_of(project, four[0]))
    assert {tag.name: proposed(tag).value for tag in book.tags} == {
        "claim": "evidence", "quote": "speaker", "opinion": "speaker", "loaded language": "other",
    }  # fmt: skip


def test_a_link_between_two_articles_is_found_by_the_check(project: Project, four: list[Annotation]) -> None:
    quote, name, *_ = four
    elsewhere = tagging.mark(project, article(project, "The sun is round."), [Span(4, 7)], "claim")
    relating.relate(project, quote.id, name.id, "speaker")
    with project.store.write():
        project.store.connection.execute("UPDATE relations SET target = ?", (elsewhere.pk,))
    assert "joins marks of different articles" in dict(checking.findings(project))["the links"]
    assert len(marks.of(project, document_of(project, quote))) == 4
