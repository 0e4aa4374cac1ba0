"""Whose marks are compared and on which articles, against a real database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.documents.document import Document
from reader.documents.span import Span
from reader.errors import NotFound, Refused, UsageProblem
from reader.project import Project
from reader.review.agreement.counting import Group
from reader.review.agreement.measures import by_id, measured
from reader.review.agreement.spans import Row, Whole
from reader.review.agreement.value import Value
from reader.review.choices import Choice
from reader.work import adjudicated, agreed_words, agreeing, codebooks, library, reviewing, stats, tagging, updating
from reader.work.agreeing import Agreement
from tests.marks import marked
from tests.storage.making import Ticking, article, from_text, marked_article, opened

BRIDGE = "The [bridge]{loaded language} [costs 48 million crowns]{claim}, says [“the mayor”]{quote}."

Joined = Callable[[str], Project]


@pytest.fixture
def joined(path: Path) -> Iterator[Joined]:
    """One database, in which anybody marks under their own name."""
    time, people = Ticking(), dict[str, Project]()

    def join(name: str) -> Project:
        if name not in people:
            people[name] = opened(path, name, time)
        return people[name]

    yield join
    for project in people.values():
        project.close()


def mark(project: Project, document: Document, written: str) -> None:
    for fragments, tag in marked(written)[1]:
        tagging.mark(project, document, fragments, tag)


def agreed(project: Project, *articles: str, of: tuple[str, ...] = (), tags: tuple[str, ...] = ()) -> Agreement:
    among = stats.choose(project, articles, tags)
    return agreeing.agreement(project, agreeing.people(project, of, among), among)


def value(found: Agreement, measure: str, row: Row, group: Group = ()) -> Value:
    return measured(by_id(measure), found.total, group or found.everybody, row)


def test_two_who_marked_the_same_article(joined: Joined) -> None:
    document, _ = marked_article(joined("ana"), BRIDGE)
    mark(joined("ben"), document, BRIDGE.replace("{claim}", "{opinion}"))
    found = agreed(joined("ana"))
    assert found.everybody == ("ana", "ben")
    assert found.marks == {"ana": 3, "ben": 3}
    assert [tag.name for tag in found.tags] == ["claim", "quote", "opinion", "loaded language"]
    assert (len(found.articles), found.length) == (1, document.length)
    assert value(found, "exact", Whole.ALL).number == pytest.approx(2 / 3)
    assert value(found, "exact", Whole.ANY).number == 1
    assert value(found, "kappa", "claim").number == 0
    assert not found.left_out


def test_marked_nothing_counts_and_not_read_does_not(joined: Joined) -> None:
    ana, ben, cat = joined("ana"), joined("ben"), joined("cat")
    first, _ = marked_article(ana, BRIDGE)
    second, _ = marked_article(ana, f"Second. {BRIDGE}")
    mark(ben, first, BRIDGE)
    library.set_status(ben, second, "done")
    library.set_status(cat, article(cat, "Only cat has read this."), "done")
    found = agreed(ana)
    assert found.everybody == ("ana", "ben")
    assert [each.article.id for each in found.articles] == [first.id, second.id]
    assert value(found, "exact", Whole.ALL).number == pytest.approx(2 * 3 / (6 + 3))
    # Cat has read nothing with others: named, and with an article that is left out.
    with_cat = agreed(ana, of=("ana", "ben", "cat"))
    assert [(each.article.title, each.readers) for each in with_cat.left_out] == [("Only cat has read this", ("cat",))]
    assert value(with_cat, "exact", Whole.ALL) == value(found, "exact", Whole.ALL)
    assert value(with_cat, "exact", Whole.ALL, ("ana", "cat")).why == "They have read no article in common."


def test_begun_counts_and_is_told(joined: Joined) -> None:
    ana, ben = joined("ana"), joined("ben")
    document, _ = marked_article(ana, BRIDGE)
    library.set_status(ana, document, "done")
    library.set_status(ben, document, "reading")
    found = agreed(ana)
    assert [(each.id, name) for each, name in found.begun] == [(document.id, "ben")]
    assert value(found, "exact", Whole.ALL).number == 0


def test_read_is_read_whatever_the_text_was_then(joined: Joined) -> None:
    ana, ben = joined("ana"), joined("ben")
    document, _ = marked_article(ana, BRIDGE)
    library.set_status(ben, document, "done")
    updating.update(ana, document, from_text("Before. The bridge costs 48 million crowns, says “the mayor”."))
    found = agreed(ana)
    assert found.marks == {"ana": 3, "ben": 0}
    assert found.length == len("Before. The bridge costs 48 million crowns, says “the mayor”.")


def test_pieces_are_compared_as_lists_and_as_their_union(joined: Joined) -> None:
    ana, ben = joined("ana"), joined("ben")
    document, _ = marked_article(ana, "[“It is round,”]{quote 1} she said. [“It is bright.”]{quote 1}")
    mark(ben, document, "[“It is round,”]{quote} she said. [“It is bright.”]{quote}")
    found = agreed(ana)
    assert value(found, "exact", "quote").number == 0
    for measure in ("overlap", "percent", "kappa", "alpha", "unitizing"):
        assert value(found, measure, "quote").number == 1
    assert "each piece counts as a unit" in value(found, "unitizing", "quote").note


def test_merged_tags_are_their_heirs_and_removed_marks_are_gone(joined: Joined) -> None:
    ana, ben = joined("ana"), joined("ben")
    document, marks = marked_article(ana, BRIDGE)
    mark(ben, document, BRIDGE.replace("{claim}", "{opinion}"))
    tagging.remove(ana, marks[0].id)
    # Ben has given both tags to the same words: that is one mark then.
    mark(ben, document, "The bridge [costs 48 million crowns]{claim}")
    book = library.codebook(ana, document)
    codebooks.merge(ana, book, book.find("opinion"), book.find("claim"))
    found = agreed(ana)
    assert [tag.name for tag in found.tags] == ["claim", "quote", "loaded language"]
    assert value(found, "exact", "claim").number == 1
    assert value(found, "unitizing", "claim").number == 1
    assert value(found, "exact", "loaded language").number == 0


def test_some_articles_some_tags(joined: Joined) -> None:
    ana, ben = joined("ana"), joined("ben")
    for text in (BRIDGE, f"Second. {BRIDGE}"):
        document, _ = marked_article(ana, text)
        mark(ben, document, text.replace("{claim}", "{opinion}"))
    assert len(agreed(ana).articles) == 2
    assert [each.article.number for each in agreed(ana, "2").articles] == [2]
    quotes = agreed(ana, tags=("quote", "claim"))
    assert [tag.name for tag in quotes.tags] == ["claim", "quote"]
    assert quotes.marks == {"ana": 4, "ben": 2}
    assert value(quotes, "exact", Whole.ALL).number == pytest.approx(4 / 6)


def test_of_some_articles_only_those_who_have_read_them(joined: Joined) -> None:
    ana, ben, cat = joined("ana"), joined("ben"), joined("cat")
    first, _ = marked_article(ana, BRIDGE)
    second, _ = marked_article(ana, f"Second. {BRIDGE}")
    third, _ = marked_article(ana, f"Third. {BRIDGE}")
    for other, document in ((ben, first), (ben, second), (cat, second)):
        library.set_status(other, document, "done")
    assert agreed(ana).everybody == ("ana", "ben", "cat")
    assert agreed(ana, "1").everybody == ("ana", "ben")
    assert agreed(ana, "1", of=("ben", "cat", "ana")).everybody == ("ben", "cat", "ana")
    with pytest.raises(NotFound, match="those asked for were read by ana"):
        agreed(ana, str(library.number(ana, third)))


def test_people_of_one_name_are_told_apart(joined: Joined) -> None:
    ana = joined("ana")
    document, _ = marked_article(ana, BRIDGE)
    store, time = ana.store, ana.store.time()
    ids = [store.new_id() for _ in range(3)]
    for id_, layer in ((ids[0], store.new_id()), (ids[1], store.new_id())):
        store.rows(
            "INSERT INTO annotators (id, name, origin, created_at) VALUES (?, 'ben', 'imported', ?)", (id_, time)
        )
        store.rows(
            "INSERT INTO layers (id, annotator, purpose, created_at) VALUES"
            " (?, (SELECT pk FROM annotators WHERE id = ?), 'own', ?)", (layer, id_, time),
        )  # fmt: skip
        store.rows(
            "INSERT INTO readings (layer, version, status, opened_at, updated_at) VALUES"
            " ((SELECT pk FROM layers WHERE id = ?), 1, 'done', ?, ?)", (layer, time, time),
        )  # fmt: skip
    found = agreed(ana)
    first, second, third = found.everybody
    assert first == "ana"
    assert second.startswith("ben (")
    assert third.startswith("ben (")
    assert second != third
    with pytest.raises(Refused, match="Several are called “ben”"):
        agreed(ana, of=("ana", "ben"))
    assert len(agreed(ana, of=("ana", ids[0])).people) == 2
    assert library.find(ana, document.id)


@pytest.mark.parametrize(
    "of,error,said",
    [
        (("ana",), UsageProblem, "at least two"),
        (("ana", "nobody"), NotFound, "Nobody called “nobody”"),
        ((), NotFound, "needs the marks of two people"),
    ],
)
def test_there_must_be_two(joined: Joined, of: tuple[str, ...], error: type[Exception], said: str) -> None:
    marked_article(joined("ana"), BRIDGE)
    with pytest.raises(error, match=said):
        agreed(joined("ana"), of=of)


def test_two_who_have_read_different_articles(joined: Joined) -> None:
    marked_article(joined("ana"), BRIDGE)
    marked_article(joined("ben"), f"Second. {BRIDGE}")
    with pytest.raises(NotFound, match="No article was read by two people: ana, ben have read different ones"):
        agreed(joined("ana"))
    with pytest.raises(NotFound, match="No article was read by two of ana, ben"):
        agreed(joined("ana"), of=("ana", "ben"))


def test_which_tag_was_taken_for_which(joined: Joined) -> None:
    ana, ben = joined("ana"), joined("ben")
    for text in (BRIDGE, f"Second. {BRIDGE}"):
        document, _ = marked_article(ana, text)
        mark(ben, document, text.replace("{claim}", "{opinion}"))
    tagging.mark(ben, document, (Span(0, 6),), "claim")
    found = agreed(ana)
    assert agreeing.confused(ana, found, ("ana", "ben")) == {
        ("claim", "opinion"): 2, ("quote", "quote"): 2, ("loaded language", "loaded language"): 2, (None, "claim"): 1,
    }  # fmt: skip


def test_before_and_after_adjudication(joined: Joined) -> None:
    ana, ben, cat = joined("ana"), joined("ben"), joined("cat")
    document, _ = marked_article(ana, BRIDGE)
    mark(ben, document, BRIDGE.replace("{claim}", "{opinion}"))
    with pytest.raises(NotFound, match="Nothing was adjudicated yet"):
        adjudicated.adjudicated(cat)
    review = reviewing.begin(cat, [reviewing.find(reviewing.people(cat), name) for name in ("ana", "ben")])
    looked = reviewing.look(cat, review, document)
    with pytest.raises(NotFound, match="No article is decided yet"):
        adjudicated.adjudicated(cat)
    (difference,) = looked.differences
    reviewing.decide(cat, review, looked, [difference], Choice.A)
    open_, _ = marked_article(ana, f"Second. {BRIDGE}")
    mark(ben, open_, f"Second. {BRIDGE}".replace("{claim}", "{opinion}"))
    reviewing.look(cat, review, open_)
    (found,) = adjudicated.adjudicated(cat)
    assert [each.article.id for each in found.before.articles] == [document.id]
    assert [(article.id, left) for article, left in found.waiting] == [(open_.id, 1)]
    assert agreed_words.waiting(found) == [f"Left out, since 1 difference waits for a decision: “{open_.title}”."]
    assert value(found.before, "exact", Whole.ALL).number == pytest.approx(2 / 3)
    assert found.pairs == (("ana", "final"), ("ben", "final"))
    assert value(found.after, "exact", Whole.ALL, ("ana", "final")).number == 1
    assert value(found.after, "exact", Whole.ALL, ("ben", "final")).number == pytest.approx(2 / 3)
    # What was decided is nobody's own reading: it is never among those who are compared.
    assert agreed(cat).everybody == ("ana", "ben")


def test_a_paragraph_names_everything(joined: Joined) -> None:
    ana, ben = joined("ana"), joined("ben")
    document, _ = marked_article(ana, BRIDGE)
    mark(ben, document, BRIDGE.replace("{claim}", "{opinion}"))
    marked_article(ana, "Only [ana]{claim} has read this.")
    found = agreed(ana)
    said = agreed_words.paragraph(found, dict(agreeing.values(found, agreeing.overall(found))))
    assert said.startswith("Two annotators (ana and ben) marked spans in 1 article (53 characters) with 4 tags")
    assert "1 further article not read by two of them is not included" in said
    assert "Exact span F1 (same characters and same tag; Hripcsak & Rothschild, 2005) was 0.667" in said
    assert "1.000 for quote" in said
    assert "–" not in said
    assert "bootstrap" not in said
