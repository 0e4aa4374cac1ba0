"""Articles that are read with another codebook: no mark is lost, and none is changed unasked."""

from __future__ import annotations

import pytest

from reader.annotations.codebook import Codebook
from reader.documents.document import Document
from reader.documents.span import Span
from reader.errors import NotFound
from reader.project import Project, open_project
from reader.work import binding, checking, codebooks, export, history, library, marks, tagging
from tests.storage.making import article, content, marked_article


@pytest.fixture
def quotations(project: Project) -> Codebook:
    return codebooks.take_in(project, codebooks.find(project, "quotation", offers=True))


@pytest.fixture
def marked(project: Project) -> Document:
    document, _ = marked_article(project, "The [moon]{claim} is [here]{quote} and [round]{claim}.")
    return document


def tagged(project: Project, document: Document) -> list[str]:
    book = library.codebook(project, document)
    columns = marks.columns(project, document)
    assert [book.tags[number].id for number in columns.tag] == [mark.tag for mark in marks.of(project, document)]
    return [book.tags[number].name for number in columns.tag]


def test_an_article_without_marks_changes_its_codebook(project: Project, quotations: Codebook) -> None:
    document = article(project)
    assert binding.use(project, quotations, [document]) == binding.Bound(1, 0, 0, 0)
    assert library.codebook(project, document) == quotations
    assert binding.use(project, quotations, [document]) == binding.Bound(0, 0, 0, 0)
    assert tagging.mark(project, document, [Span(0, 3)], "cue").tag == quotations.tags[1].id
    assert history.undo(project, document).label == "cue on 1 word"
    assert history.undo(project, document).label == "read with “quotation attribution”"
    assert library.codebook(project, document) == codebooks.find(project, "close reading")


def test_marks_with_other_tags_are_counted_first(project: Project, quotations: Codebook, marked: Document) -> None:
    before = content(project.store)
    with pytest.raises(binding.Strangers, match=r"^3 marks carry tags .* \(claim 2, quote 1\): --keep leaves them as"):
        binding.use(project, quotations, [marked])
    with pytest.raises(binding.Strangers) as found:
        binding.use(project, quotations, [marked], instead={"quote": "content"})
    assert [(each.name, each.articles, each.mine, each.others) for each in found.value.tags] == [
        ("claim", 1, 2, 0), ("quote", 1, 1, 0),
    ]  # fmt: skip
    with pytest.raises(NotFound, match=r"have a tag “opinion” that .* lacks: they have claim, quote"):
        binding.use(project, quotations, [marked], instead={"opinion": "content"})
    with pytest.raises(NotFound, match="No tag is called “star”"):
        binding.use(project, quotations, [marked], instead={"quote": "star"})
    assert content(project.store) == before


def test_marks_that_are_kept_are_drawn_as_before(project: Project, quotations: Codebook, marked: Document) -> None:
    before = marks.of(project, marked)
    assert binding.use(project, quotations, [marked], keep=True) == binding.Bound(1, 0, 0, 3)
    assert marks.of(project, marked) == before
    assert tagged(project, marked) == ["claim", "quote", "claim"]
    assert marks.in_range(project, marked, 0, 99) == marks.columns(project, marked)
    book = library.codebook(project, marked)
    assert book.active == quotations.tags
    assert [(tag.name, tag.retired) for tag in book.tags[3:]] == [("claim", True), ("quote", True)]
    assert {row.tag for row in export.records(project, export.choose(project))} == {"claim", "quote"}
    assert export.count(project, export.choose(project, tags=["claim"])) == 2
    tagging.mark(project, marked, [Span(0, 3)], "source")
    assert tagged(project, marked) == ["source", "claim", "quote", "claim"]
    # Said of a mark is what its own tag asks.
    said = tagging.set_attributes(project, before[0].id, {"status": ["refuted"]})
    assert said.attributes == {"status": ("refuted",)}
    assert tagging.retag(project, before[0].id, "content").tag_revision == 1
    assert tagged(project, marked) == ["source", "content", "quote", "claim"]
    assert list(checking.findings(project)) == []


def test_a_tag_of_another_codebook_that_was_merged_there(
    project: Project, quotations: Codebook, marked: Document
) -> None:
    binding.use(project, quotations, [marked], keep=True)
    default = codebooks.find(project, "close reading")
    codebooks.merge(project, default, default.tags[0], default.tags[2])
    assert tagged(project, marked) == ["opinion", "quote", "opinion"]
    assert marks.counts(project, marked) == {default.tags[1].id: 1, default.tags[2].id: 2}


def test_own_marks_get_the_tags_that_are_named(project: Project, quotations: Codebook, marked: Document) -> None:
    ben = open_project(project.path, "ben")
    other = tagging.mark(ben, marked, [Span(4, 8)], "claim")
    given = binding.use(project, quotations, [marked], instead={"Claim": "content", "quote": "cue"})
    assert given == binding.Bound(1, 3, 0, 1)
    assert tagged(project, marked) == ["content", "cue", "content"]
    assert marks.of(ben, marked) == (other,)
    assert tagged(ben, marked) == ["claim"]
    assert history.undo(project, marked).label == "read with “quotation attribution”"
    assert tagged(project, marked) == ["claim", "quote", "claim"]
    assert library.codebook(project, marked).name == "close reading"
    assert list(checking.findings(project)) == []
    ben.close()


def test_the_same_words_do_not_get_the_same_tag_twice(project: Project, quotations: Codebook) -> None:
    document, _ = marked_article(project, "The [moon]{claim} is [here]{quote}.")
    tagging.mark(project, document, [Span(4, 8)], "quote")
    given = binding.use(project, quotations, [document], instead={"claim": "content", "quote": "content"})
    assert given == binding.Bound(1, 2, 1, 1)
    assert sorted(tagged(project, document)) == ["content", "content", "quote"]
    assert list(checking.findings(project)) == []


def test_many_articles_are_one_step_of_the_library(project: Project, quotations: Codebook, marked: Document) -> None:
    others = [article(project, f"Article {number} is here.") for number in range(3)]
    for document in others[:2]:
        tagging.mark(project, document, [Span(0, 7)], "claim")
    equal = binding.same_names(codebooks.find(project, "close"), binding.strangers(project, quotations, others))
    assert equal == {"claim": "claim"}
    with pytest.raises(binding.Strangers, match=r"^2 marks .* \(claim 2\)"):
        binding.use(project, quotations, others)
    assert binding.use(project, quotations, [*others, others[0]], keep=True).articles == 3
    assert library.codebook(project, marked).name == "close reading"
    with pytest.raises(Exception, match="nothing to undo"):
        history.undo(project, others[2])
    assert history.undo(project, None).label == "3 articles read with “quotation attribution”"
    assert {library.codebook(project, each).name for each in others} == {"close reading"}


def test_what_new_articles_are_read_with(project: Project, quotations: Codebook, marked: Document) -> None:
    binding.use_for_new(project, quotations)
    assert [each.default for each in codebooks.listed(project)] == [False, True]
    assert library.codebook(project, article(project)) == quotations
    assert library.codebook(project, marked).name == "close reading"
    binding.use_for_new(project, codebooks.find(project, "close"))
    assert library.codebook(project, article(project, "One more.")).name == "close reading"
    history.undo(project, None)
    history.undo(project, None)
    assert [each.default for each in codebooks.listed(project)] == [True, False]
    assert list(checking.findings(project)) == []
