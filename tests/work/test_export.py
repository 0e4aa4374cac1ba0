from __future__ import annotations

from pathlib import Path

import pytest

from reader.errors import NotFound
from reader.project import Project
from reader.storage.export import PAGE
from reader.work import export, history, marks, noting, relating, tagging
from reader.work.quoting import locate
from tests.storage.making import MOON, Ticking, article, marked_article, opened

TEXT = "One star.\n\nTwo stars. [Three stars.]{claim}\n\n[Four]{quote 1} stars [or five]{quote 1}."


def test_a_record_says_where_its_words_stand(project: Project) -> None:
    document, (mark, quote) = marked_article(project, TEXT)
    tagging.set_attributes(project, mark.id, {"status": ["refuted"]})
    choice = export.choose(project)
    one, two = export.records(project, choice)
    assert (one.id, one.text, one.paragraph, one.sentence) == (mark.id, "Three stars.", 2, 2)
    assert (two.id, two.text, two.paragraph, two.sentence) == (quote.id, "Four … or five", 3, 1)
    assert (one.tag, one.annotator, one.purpose, one.layer) == ("claim", "ana", "own", mark.layer)
    assert (one.document_id, one.text_hash, one.annotator_id) == (document.id, document.text_hash, project.annotator.id)
    assert one.attributes == {"status": ("refuted",)}
    assert "status" in export.attributes(project, choice)
    assert export.count(project, choice) == 2


def test_a_record_says_what_its_mark_is_linked_to_and_what_is_noted_on_the_article(path: Path) -> None:
    time = Ticking()
    ana, ben = opened(path, "ana", time), opened(path, "ben", time)
    document, (claim, quote) = marked_article(ana, TEXT)
    tagging.mark(ben, document, claim.fragments, "claim")
    relating.relate(ana, claim.id, quote.id, "evidence")
    noting.set_article_note(ana, document, "How many\nstars?")
    first, *rest = export.records(ana, export.choose(ana))
    assert (first.relations, first.document_note) == ((("evidence", quote.id),), "How many\nstars?")
    assert [(each.annotator, each.relations, each.document_note) for each in rest] == [
        ("ben", (), ""),
        ("ana", (), "How many\nstars?"),
    ]
    tagging.remove(ana, quote.id)
    assert [each.relations for each in export.records(ana, export.choose(ana))] == [(), ()]
    ana.close()
    ben.close()


def test_articles_tags_and_annotators_are_chosen_by_their_names(path: Path) -> None:
    time = Ticking()
    ana, ben = opened(path, "ana", time), opened(path, "ben", time)
    document, _ = marked_article(ana, TEXT)
    moon = article(ana, MOON, title="Moon")
    tagging.mark(ben, moon, [locate(MOON, "quietly")], "loaded")

    def texts(*words: tuple[str, ...]) -> list[str]:
        return [record.text for record in export.records(ana, export.choose(ana, *words))]

    assert texts() == ["Three stars.", "Four … or five", "quietly"]
    assert texts(("moon",)) == ["quietly"]
    assert texts((document.id, "1")) == ["Three stars.", "Four … or five"]
    assert texts((), ("quote", "loaded")) == ["Four … or five", "quietly"]
    assert texts((), (), ("Ben",)) == ["quietly"]
    assert texts(("1",), (), ("ben",)) == []
    assert export.attributes(ana, export.choose(ana, (), ("loaded",))) == ["neutral wording"]
    with pytest.raises(NotFound, match="Nobody called “cid” marks in this database: it has ana, ben"):
        export.choose(ana, (), (), ("cid",))
    with pytest.raises(NotFound, match="No tag is called “star”"):
        export.choose(ana, (), ("star",))
    ana.close()
    ben.close()


def test_nothing_is_held_open_while_records_are_written(path: Path) -> None:
    time = Ticking()
    ana, ben = opened(path, "ana", time), opened(path, "ben", time)
    document = article(ana, "word " * (PAGE + 10))
    spans = [locate("word " * (PAGE + 10), "word", at) for at in range(1, PAGE + 9)]
    made = marks.by_pk(ana, tagging.mark_all(ana, document, spans, "claim"))
    records = export.records(ana, export.choose(ana))
    first = next(records)
    # Another program writes between two records; a mark that goes away meanwhile is left out.
    tagging.mark(ben, document, [spans[0]], "quote")
    history.undo(ben, document)
    tagging.remove(ana, made[-1].id)
    rest = [record.id for record in records]
    assert [first.id, *rest] == [mark.id for mark in made[:-1]]
    ana.close()
    ben.close()
