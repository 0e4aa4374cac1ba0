"""Codebooks changed while they are in use: marks stay what they were made as, and every step can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from reader.annotations.codebook import Attribute, Codebook, Kind, Line, Unit
from reader.annotations.codebook_toml import parse, shipped
from reader.annotations.codebook_written import written
from reader.documents.span import Span
from reader.errors import NotFound, ReaderError, Refused
from reader.project import Project, open_project
from reader.storage import schema_0004
from reader.work import checking, codebooks, export, history, library, marks, tagging
from tests.annotations import books
from tests.storage.making import article, content, marked_article, opened

WEATHER = """
name = "weather"
[[tag]]
name = "rain"
key = "r"
definition = "Water from above."
[[tag]]
name = "sun"
"""


@pytest.fixture
def default(project: Project) -> Codebook:
    return codebooks.find(project, "close reading")


def read(source: str) -> Codebook:
    return parse(source.encode(), "weather.toml")


def names(book: Codebook) -> list[str]:
    return [f"{tag.name}{'†' if tag.retired else ''}" for tag in book.tags]


def test_a_new_file_is_a_new_codebook(project: Project) -> None:
    added = codebooks.add(project, read(WEATHER))
    assert added.is_new
    assert [change.sentence for change in added.changes] == ["rain: new", "sun: new"]
    assert codebooks.find(project, "wea") == added.codebook == read(WEATHER)
    assert [book.name for book in codebooks.present(project)] == ["close reading", "weather"]
    assert list(checking.findings(project)) == []
    assert not codebooks.add(project, read(WEATHER)).changes
    assert history.undo(project, None).label == "codebook “weather” added"
    assert [book.name for book in codebooks.present(project)] == ["close reading"]


def test_the_next_state_of_a_file_says_what_it_changes(project: Project) -> None:
    codebooks.add(project, read(WEATHER))
    source = (
        WEATHER.replace("from above", "from the sky").replace('"sun"', '"snow"\nunit = "word"').replace('"r"', '"a"')
    )
    planned = codebooks.compare(project, read(source))
    assert [change.sentence for change in planned.changes] == [
        "rain: definition (revision 2)", "rain: key", "snow: new", "sun: retired",
    ]  # fmt: skip
    assert names(codebooks.find(project, "weather")) == ["rain", "sun"]
    assert codebooks.add(project, read(source)) == planned
    book = codebooks.find(project, "weather")
    assert book == planned.codebook
    assert names(book) == ["rain", "snow", "sun†"]
    assert [(each.number, each.definition) for each in codebooks.history(project, book.tags[0])] == [
        (1, "Water from above."), (2, "Water from the sky."),
    ]  # fmt: skip
    back = codebooks.add(project, read(WEATHER))
    assert [change.sentence for change in back.changes] == [
        "rain: definition (revision 3)", "rain: key", "sun: back", "snow: retired", "the order of the tags",
    ]  # fmt: skip
    assert list(checking.findings(project)) == []


def test_an_exported_file_knows_its_tags_by_their_ids(project: Project, default: Codebook) -> None:
    source = written(default).replace('name = "claim"', 'name = "assertion"').replace("close reading", "my reading")
    added = codebooks.add(project, parse(source.encode(), "x"))
    assert [change.sentence for change in added.changes] == [
        "the codebook “close reading” is called “my reading”", "claim: is called assertion",
    ]  # fmt: skip
    assert added.codebook.tags[0].revision == 1
    with pytest.raises(Refused, match=r"“assertion” has the id of one in the codebook “my reading”"):
        codebooks.add(project, replace(added.codebook, id=books.tag().id, name="another"))
    copy = codebooks.as_another(added.codebook, " another\n")
    assert codebooks.add(project, copy).is_new
    assert names(codebooks.find(project, "another")) == names(added.codebook)


def test_files_without_ids_mean_tags_by_their_names(project: Project) -> None:
    book = codebooks.add(project, read(WEATHER)).codebook
    book = codebooks.rename_tag(project, book, book.tags[0], "drizzle")
    again = codebooks.add(project, read(WEATHER.replace('"rain"', '"Drizzle"')))
    assert [change.sentence for change in again.changes] == ["drizzle: is called Drizzle", "Drizzle: symbol"]
    assert again.codebook.tags[0].id == book.tags[0].id
    assert codebooks.add(project, read(WEATHER)).codebook.tags[0] == replace(book.tags[0], name="rain")


@given(books.codebooks(), books.codebooks())
@settings(max_examples=25, deadline=None)
def test_any_codebook_comes_in_and_goes_out_the_same(one: Codebook, other: Codebook) -> None:
    with TemporaryDirectory() as folder:
        project = opened(Path(folder) / "annotations.db")
        for book in (one, replace(other, id=one.id)):
            added = codebooks.add(project, book)
            stored = codebooks.find(project, book.id)
            assert stored == added.codebook
            assert parse(written(stored).encode(), "x") == stored
            assert not codebooks.add(project, stored).changes
            before = content(project.store)
            history.undo(project, None)
            history.redo(project, None)
            assert content(project.store) == before
        assert list(checking.findings(project)) == []
        project.close()


def test_shipped_codebooks_are_offered_and_taken_in(project: Project) -> None:
    assert [book.name for book in codebooks.offered(project)] == ["propaganda techniques", "quotation attribution"]
    with pytest.raises(NotFound, match="There are: close reading"):
        codebooks.find(project, "propaganda")
    book = codebooks.find(project, "propaganda", offers=True)
    assert codebooks.take_in(project, book) == shipped("propaganda")
    assert [each.name for each in codebooks.offered(project)] == ["quotation attribution"]
    assert codebooks.take_in(project, book) == book
    codebooks.add(project, read(WEATHER.replace("weather", "quotes")))
    with pytest.raises(Refused, match="could be “quotes” or “quotation attribution”"):
        codebooks.find(project, "quot", offers=True)


def test_renaming_keeps_marks_and_revision(project: Project, default: Codebook) -> None:
    document, (mark,) = marked_article(project, "The [moon]{claim} is here.")
    book = codebooks.rename_tag(project, default, default.tags[0], "  assertion\x1b ")
    assert book.tags[0] == replace(default.tags[0], name="assertion␛")
    assert marks.of(project, document) == (mark,)
    (row,) = export.records(project, export.choose(project))
    assert (row.tag, row.tag_id, row.tag_revision) == ("assertion␛", mark.tag, 1)
    assert history.undo(project, None).label == "tag claim renamed assertion␛"
    assert codebooks.find(project, "close") == default
    assert list(checking.findings(project)) == []


@pytest.mark.parametrize(
    "change",
    [
        {"definition": "Something else."},
        {"unit": Unit.WORD},
        {"do": ("Like this.",)},
        {"dont": ()},
        {"attributes": (Attribute("status", Kind.CHOICE, ("open", "closed")),)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_another_meaning_is_another_revision(project: Project, default: Codebook, change: dict[str, object]) -> None:
    document, (mark,) = marked_article(project, "The [moon]{claim} is here.")
    book = codebooks.change_tag(project, default, replace(default.tags[0], **change))  # type: ignore[arg-type]
    assert book.tags[0].revision == 2
    assert [revision.number for revision in codebooks.history(project, book.tags[0])] == [1, 2]
    new = tagging.mark(project, document, [Span(0, 3)], "claim")
    assert (mark.tag_revision, new.tag_revision) == (1, 2)
    assert marks.by_pk(project, [mark.pk]) == (mark,)
    tagging.remove(project, new.id)
    assert list(checking.findings(project)) == []


def test_another_look_is_no_other_revision(project: Project, default: Codebook) -> None:
    tag = replace(default.tags[0], key="x", colour="red", symbol="X", line=Line.PLAIN)
    book = codebooks.change_tag(project, default, tag)
    assert book.tags[0] == tag
    assert len(codebooks.history(project, tag)) == 1


def test_a_step_without_a_change_is_none(project: Project, default: Codebook) -> None:
    codebooks.change_tag(project, default, default.tags[0])
    assert history.peek(project, None)[0] is None


def refused(project: Project, change: Callable[[], object], why: str) -> None:
    before = content(project.store)
    with pytest.raises(ReaderError, match=why):
        change()
    assert content(project.store) == before
    assert history.peek(project, None)[0] is None


def test_rules_hold_for_every_change(project: Project, default: Codebook) -> None:
    claim, *_ = default.tags
    refused(project, lambda: codebooks.rename_tag(project, default, claim, "QUOTE"), "Two tags are called “quote”")
    refused(project, lambda: codebooks.rename_tag(project, default, claim, "\n"), "needs a name")
    refused(project, lambda: codebooks.change_tag(project, default, replace(claim, key="q")), "both want the key “q”")
    refused(project, lambda: codebooks.change_tag(project, default, replace(claim, key="Q")), "only small letters")
    refused(project, lambda: codebooks.add_tag(project, default, books.tag("quote")), "Two tags are called")
    refused(project, lambda: codebooks.merge(project, default, claim, claim), "cannot be merged into itself")
    refused(project, lambda: codebooks.rename(project, default, ""), "A codebook needs a name")
    refused(project, lambda: codebooks.delete(project, default), "is the only codebook")
    article(project)
    refused(project, lambda: codebooks.delete(project, default), "1 article is read with")


def test_merging_changes_no_mark(project: Project, default: Codebook) -> None:
    document, made = marked_article(project, "The [moon]{claim} is [here]{opinion} and [round]{claim}.")
    claim, _, opinion, _ = default.tags
    rows = content(project.store)["annotations"]
    book = codebooks.merge(project, default, claim, opinion)
    assert content(project.store)["annotations"] == rows
    assert names(book) == ["claim†", "quote", "opinion", "loaded language"]
    assert book.heir_of(book.tags[0]) == opinion
    assert [mark.tag for mark in marks.of(project, document)] == [opinion.id] * 3
    assert list(marks.columns(project, document).tag) == [2, 2, 2]
    assert marks.counts(project, document) == {opinion.id: 3}
    assert [row.tag for row in export.records(project, export.choose(project))] == ["opinion"] * 3
    assert export.count(project, export.choose(project, tags=["claim"])) == 3
    with pytest.raises(Refused, match="marked as claim already"):
        tagging.mark(project, document, [made[0].fragments[0]], "opinion")
    with pytest.raises(NotFound, match="No tag is called “claim”"):
        tagging.mark(project, document, [Span(0, 3)], "claim")
    # What was merged into the one that is merged now goes along.
    book = codebooks.merge(project, book, opinion, book.tags[1])
    assert {tag.name: book.heir_of(tag).name for tag in book.tags if tag.heir} == {"claim": "quote", "opinion": "quote"}
    assert {mark.tag for mark in marks.of(project, document)} == {book.tags[1].id}
    history.undo(project, None)
    history.undo(project, None)
    assert codebooks.find(project, "close") == default
    assert marks.of(project, document) == tuple(made)
    assert list(checking.findings(project)) == []


def test_into_what_may_be_merged(project: Project, default: Codebook) -> None:
    claim, quote, opinion, _ = default.tags
    book = codebooks.retire(project, default, quote)
    with pytest.raises(Refused, match="“quote” is retired"):
        codebooks.merge(project, book, claim, quote)
    book = codebooks.merge(project, book, claim, opinion)
    with pytest.raises(Refused, match="cannot be merged into itself"):
        codebooks.merge(project, book, opinion, claim)
    book = codebooks.bring_back(project, book, codebooks.find_tag(book, "claim"))
    assert book.tags[0] == claim


def test_a_retired_tag_stays_where_it_is(project: Project, default: Codebook) -> None:
    document, (mark,) = marked_article(project, "The [moon]{claim} is here.")
    book = codebooks.retire(project, default, default.tags[0])
    assert library.codebook(project, document) == book
    assert [tag.name for tag in book.active] == ["quote", "opinion", "loaded language"]
    assert book.by_key("1") == book.tags[1]
    assert marks.of(project, document) == (mark,)
    assert list(marks.columns(project, document).tag) == [0]
    with pytest.raises(Refused, match="not in use"):
        tagging.mark(project, document, [Span(0, 3)], default.tags[0])
    codebooks.add_tag(project, book, books.tag("Claim"))
    with pytest.raises(Refused, match="Two tags are called"):
        codebooks.bring_back(project, book, default.tags[0])
    assert tagging.set_attributes(project, mark.id, {"status": ["refuted"]}).attributes == {"status": ("refuted",)}


def test_only_what_was_never_used_is_deleted(project: Project, default: Codebook) -> None:
    document, (mark,) = marked_article(project, "The [moon]{claim} is here.")
    tagging.remove(project, mark.id)
    claim, quote, *_ = default.tags
    with pytest.raises(Refused, match="has been used, so it is not deleted: retire it, or merge it"):
        codebooks.delete_tag(project, default, claim)
    book = codebooks.merge(project, default, claim, quote)
    with pytest.raises(Refused, match="were merged into “quote”"):
        codebooks.delete_tag(project, book, quote)
    history.undo(project, None)
    book = codebooks.delete_tag(project, default, quote)
    assert names(book) == ["claim", "opinion", "loaded language"]
    assert list(checking.findings(project)) == []
    history.undo(project, None)
    assert codebooks.find(project, "close") == default
    assert len(codebooks.history(project, quote)) == 1
    history.undo(project, document)
    assert marks.of(project, document) == (mark,)


def test_a_tag_that_was_used_meanwhile_is_not_undone(project: Project, default: Codebook) -> None:
    document = article(project)
    book = codebooks.add_tag(project, default, replace(books.tag("fog"), symbol=""))
    assert book.tags[-1].symbol == "F"
    tagging.mark(project, document, [Span(0, 3)], "fog")
    with pytest.raises(Refused, match="cannot be undone"):
        history.undo(project, None)


def test_the_order_decides_the_numbers(project: Project, default: Codebook) -> None:
    document, _ = marked_article(project, "The [moon]{claim} is [here]{quote}.")
    book = codebooks.reorder(project, default, [default.tags[2], default.tags[1], default.tags[2]])
    assert names(book) == ["opinion", "quote", "claim", "loaded language"]
    assert library.codebook(project, document).by_key("1") == default.tags[2]
    assert list(marks.columns(project, document).tag) == [2, 1]
    history.undo(project, None)
    assert codebooks.find(project, "close") == default


def test_a_deleted_codebook_comes_back_with_its_ids(project: Project) -> None:
    book = codebooks.add(project, read(WEATHER)).codebook
    codebooks.delete(project, book)
    assert [each.name for each in codebooks.present(project)] == ["close reading"]
    added = codebooks.add(project, read(WEATHER.replace('"r"', '"n"')))
    assert added.is_new
    assert added.codebook.tags[0] == replace(book.tags[0], key="n")
    assert list(checking.findings(project)) == []


def test_what_is_listed(project: Project, default: Codebook) -> None:
    marked_article(project, "The [moon]{claim} is [here]{quote}, [said]{claim} she.")
    codebooks.add(project, read(WEATHER))
    shelf = codebooks.listed(project)
    assert [(each.codebook.name, each.default, each.articles) for each in shelf] == [
        ("close reading", True, 1), ("weather", False, 0),
    ]  # fmt: skip
    assert list(shelf[0].marks.values()) == [2, 1, 0, 0]


def test_others_see_the_same_and_undo_only_their_own(project: Project, default: Codebook) -> None:
    codebooks.rename_tag(project, default, default.tags[0], "assertion")
    ben = open_project(project.path, "ben")
    with pytest.raises(Refused, match="nothing to undo"):
        history.undo(ben, None)
    codebooks.rename_tag(ben, default, default.tags[0], "statement")
    with pytest.raises(Refused, match="has been changed again since"):
        history.undo(project, None)
    ben.close()


def test_tags_are_meant_by_name_in_use_or_not(default: Codebook) -> None:
    book = replace(default, tags=(replace(default.tags[0], retired=True), *default.tags[1:]))
    assert codebooks.find_tag(book, "CLAIM") == codebooks.find_tag(book, "cl") == book.tags[0]
    assert codebooks.find_tag(book, "q").name == "quote"
    with pytest.raises(NotFound):
        codebooks.find_tag(book, "x")


def test_the_first_default_learns_which_attributes_hold_names(project: Project, default: Codebook) -> None:
    """Databases from before there were `names` and `several`."""
    for table in ("tags", "tag_revisions"):
        for field in ("names", "several"):
            project.store.rows(f"""UPDATE {table} SET attributes =
                replace(replace(attributes, ', "{field}": true', ''), ', "{field}": false', '')""")
    assert codebooks.find(project, "close reading") != default
    for statement in schema_0004.NEW_FIELDS:
        project.store.rows(statement)
    assert codebooks.find(project, "close reading") == default == shipped()
    assert [tag.name for tag in default.tags for each in tag.attributes if each.names] == ["quote", "opinion"]


def test_what_was_seen_and_what_is_there_now(project: Project, default: Codebook) -> None:
    seen = default.tags[0]
    codebooks.change_tag(project, default, replace(seen, name="statement", definition="Theirs."))
    # Another field: both changes stand.
    now = codebooks.change_tag(project, default, replace(seen, key="s"), seen).tags[0]
    assert (now.name, now.key, now.definition) == ("statement", "s", "Theirs.")
    with pytest.raises(codebooks.ChangedMeanwhile, match="“statement” was changed in another program meanwhile"):
        codebooks.change_tag(project, default, replace(seen, definition="Mine."), seen)
    assert codebooks.find(project, default.id).tags[0] == now
