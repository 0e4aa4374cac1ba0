"""What a colleague's file brings, what it leaves alone, and what is said of it."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reader.annotations.annotation import Annotation
from reader.annotations.codebook_toml import parse
from reader.documents.document import Document
from reader.errors import NotFound, Refused, UsageProblem
from reader.project import Project, open_project
from reader.work import (
    binding,
    checking,
    codebooks,
    export,
    exporting,
    history,
    importing,
    importing_told,
    library,
    marks,
    noting,
    quoting,
    relating,
    tagging,
    updating,
)
from tests.storage.making import MOON, article, from_text
from tests.storage.test_taking_property import Own

LATER = MOON.replace("quietly buried", "long forgotten")
SUN = "Of the sun\n\nIt is about Sol, and nobody has asked for it."
WEATHER = '[[tag]]\nname = "rain"\nkey = "r"\n[[tag]]\nname = "claim"\n'
Open = Callable[[str], Project]


@pytest.fixture
def person(tmp_path: Path) -> Iterator[Open]:
    """Opens somebody's own database, once; an article about the moon is in each."""
    open_: dict[str, Project] = {}

    def opened(name: str) -> Project:
        if name not in open_:
            time = Own(len(open_))
            path = tmp_path / name / "annotations.db"
            path.parent.mkdir()
            open_[name] = open_project(path, name, clock=time.clock, new_id=time.new_id)
            article(open_[name])
        return open_[name]

    yield opened
    for project in open_.values():
        assert list(checking.findings(project)) == []
        project.close()


@pytest.fixture
def ana(person: Open) -> Project:
    project = person("ana")
    document = moon(project)
    round_ = mark(project, "“It is round,”", "quote")
    stone = mark(project, "The moon is a quietly buried stone.", "claim")
    mark(project, "quietly", "loaded language")
    tagging.set_note(project, stone.id, "is it?")
    tagging.set_attributes(project, round_.id, {"speaker": ["Mara; of the moon"]})
    relating.relate(project, stone.id, round_.id, "evidence")
    noting.set_article_note(project, document, "short")
    library.set_status(project, document, "done")
    return project


@pytest.fixture
def carl(person: Open) -> Project:
    return person("carl")


def moon(project: Project) -> Document:
    return library.documents(project)[0].document


def mark(project: Project, words: str, tag: str, document: Document | None = None) -> Annotation:
    document = document or moon(project)
    place = quoting.locate(library.text(project, document), words)
    return tagging.mark(project, document, [place], tag)


def file_of(project: Project, name: str, tmp_path: Path) -> Path:
    """What somebody has at this moment, as a file: a copy, or an export."""
    path = tmp_path / name
    if path.suffix == ".db":
        shutil.copy(project.path, path)
    else:
        exporting.to_file(project, export.choose(project, orphans=True), path)
    return path


def said(summary: importing.Summary) -> list[str]:
    return list(importing_told.told(summary))


def counts(summary: importing.Summary) -> tuple[str, int, int, int]:
    (layer,) = summary.layers
    return layer.state, layer.added, layer.changed, layer.removed


def words_here(project: Project, name: str = "ana") -> list[str]:
    chosen = export.choose(project, annotators=[name])
    return [f"{record.tag}: {record.text}" for record in export.records(project, chosen)]


KINDS = ("ana.db", "ana.jsonl", "ana.csv")


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_comes_in_once(ana: Project, carl: Project, tmp_path: Path, kind: str) -> None:
    file = file_of(ana, kind, tmp_path)
    planned = importing.look(carl, file)
    assert (carl.store.rows("SELECT count(*) FROM annotations"), planned.is_news) == ([(0,)], True)
    assert importing.take(carl, file) == planned
    assert counts(planned) == ("new", 3, 0, 0)
    assert said(planned) == ["ana: 3 added."]
    assert words_here(carl) == [
        "quote: “It is round,”", "claim: The moon is a quietly buried stone.", "loaded language: quietly",
    ]  # fmt: skip
    again = importing.take(carl, file)
    assert not again.is_news
    assert said(again) == ["ana: nothing new, 3 marks as before.", f"{file} had nothing new."]
    # It is nobody's doing here: undo does not know of it.
    assert history.peek(carl, None)[0] is None
    assert history.peek(carl, moon(carl))[0] is None
    assert marks.of(carl, moon(carl)) == ()


@pytest.mark.parametrize("kind", ["ana.jsonl", "ana.csv"])
def test_files_of_marks_give_back_what_they_said(ana: Project, carl: Project, tmp_path: Path, kind: str) -> None:
    updating.update(ana, moon(ana), from_text(LATER.replace("“It is round,” she said. ", "")))
    updating.update(carl, moon(carl), from_text(LATER.replace("“It is round,” she said. ", "")))
    file = file_of(ana, kind, tmp_path)
    assert file.read_text().count("orphan") == 2
    importing.take(carl, file)
    back = file_of(carl, f"carl{file.suffix}", tmp_path).read_text()
    assert back.replace(moon(carl).id, moon(ana).id) == file.read_text()


@pytest.mark.parametrize("kind", KINDS)
def test_a_newer_file_brings_a_layer_up_to_date(ana: Project, carl: Project, tmp_path: Path, kind: str) -> None:
    older = file_of(ana, f"old-{kind}", tmp_path)
    importing.take(carl, older)
    first, second, third = marks.of(ana, moon(ana))
    tagging.retag(ana, second.id, "opinion")
    tagging.set_attributes(ana, first.id, {"speaker": ["Ivo"]})
    tagging.remove(ana, third.id)
    mark(ana, "bright", "loaded language")
    newer = file_of(ana, kind, tmp_path)
    is_database = kind == "ana.db"
    assert counts(importing.take(carl, newer)) == ("newer" if is_database else "marks", 1, 2, int(is_database))
    now = words_here(carl)
    assert now[:3] == [
        "quote: “It is round,”",
        "loaded language: bright",
        "opinion: The moon is a quietly buried stone.",
    ]
    # A file of marks says nothing of those that it lacks, unless somebody says that it is to.
    assert now[3:] == ([] if is_database else ["loaded language: quietly"])
    assert importing.take(carl, older).is_news is False
    assert words_here(carl) == now
    if not is_database:
        assert counts(importing.take(carl, newer, replace=True)) == ("replaced", 0, 0, 1)
        assert words_here(carl) == now[:3]
        assert importing.take(carl, older).is_news is False
    assert said(importing.take(carl, older))[:1] == [
        "ana: older than what is here, so nothing changed." if is_database else "ana: nothing new, 2 marks as before."
    ]


def test_a_database_takes_nothing_back_that_came_later(ana: Project, carl: Project, tmp_path: Path) -> None:
    database = file_of(ana, "ana.db", tmp_path)
    tagging.set_note(ana, marks.of(ana, moon(ana))[0].id, "later")
    mark(ana, "bright", "loaded language")
    later = file_of(ana, "ana.jsonl", tmp_path)
    for order in ([database, later], [later, database], [later, database, database, later]):
        for file in order:
            importing.take(carl, file)
        assert file_of(carl, "now.jsonl", tmp_path).read_text().replace(moon(carl).id, moon(ana).id) == (
            later.read_text()
        )


def test_what_was_changed_in_a_spreadsheet_counts(ana: Project, carl: Project, tmp_path: Path) -> None:
    file = file_of(ana, "ana.csv", tmp_path)
    importing.take(carl, file)
    rows = list(csv.DictReader(io.StringIO(file.read_text(), newline="")))
    rows[0]["note"], rows[1]["attr.status"] = "=1+1", "disputed"
    with file.open("w", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    assert counts(importing.take(carl, file)) == ("marks", 0, 2, 0)
    one, two, _ = export.records(carl, export.choose(carl))
    assert (one.note, two.attributes) == ("=1+1", {"status": ("disputed",)})


def test_several_values_in_a_cell_are_parted_where_the_tag_says_so(ana: Project, carl: Project, tmp_path: Path) -> None:
    _, stone, _ = marks.of(ana, moon(ana))
    tagging.set_attributes(ana, stone.id, {"evidence": ["https://example.org/a", "https://example.org/b"]})
    importing.take(carl, file_of(ana, "ana.csv", tmp_path))
    found = {record.tag: record.attributes for record in export.records(carl, export.choose(carl))}
    assert found["claim"] == {"evidence": ("https://example.org/a", "https://example.org/b")}
    assert found["quote"] == {"speaker": ("Mara; of the moon",)}


def test_nobodys_own_marks_are_touched(ana: Project, carl: Project, tmp_path: Path) -> None:
    for kind in KINDS:
        file = file_of(ana, kind, tmp_path)
        importing.take(carl, file)
        before = marks.of(ana, moon(ana))
        tagging.set_note(ana, before[0].id, kind)
        mine = marks.of(ana, moon(ana))
        summary = importing.take(ana, file)
        assert (summary.is_news, marks.of(ana, moon(ana))) == (False, mine)
        assert said(summary)[0] == "ana: made here, so it stays as it is; 1 mark of the file differ from it."
    with pytest.raises(UsageProblem, match="the database that you are working in"):
        importing.take(ana, ana.path)


def test_a_third_ones_copy_counts_as_what_it_was_copied_from(
    ana: Project, carl: Project, person: Open, tmp_path: Path
) -> None:
    ben = person("ben")
    importing.take(ben, file_of(ana, "ana.db", tmp_path))
    copied = file_of(ben, "ben.db", tmp_path)
    tagging.remove(ana, marks.of(ana, moon(ana))[0].id)
    newer = file_of(ana, "newer.db", tmp_path)
    importing.take(carl, copied)
    assert len(words_here(carl)) == 3
    importing.take(carl, newer)
    # Ben has done nothing in his own layer: he is not among them.
    assert [(layer.annotator, layer.state) for layer in importing.take(carl, copied).layers] == [("ana", "older")]
    assert len(words_here(carl)) == 2


def test_another_text_of_an_article(ana: Project, carl: Project, tmp_path: Path) -> None:
    updating.update(carl, moon(carl), from_text(LATER))
    file = file_of(ana, "ana.db", tmp_path)
    summary = importing.take(carl, file)
    assert said(summary) == [
        "ana: 3 added.",
        "ana: 3 marks carried to your text of the article: 1 surely, 1 where they most likely belong,"
        " 1 without a place, with the words kept.",
        f"They read another text of “{moon(carl).title}” (article 1) than you:"
        " marks stand in yours where their words do.",
    ]
    assert words_here(carl) == ["quote: “It is round,”", "claim: The moon is a long forgotten stone."]
    # And where somebody goes back to the other text, they are where they were made.
    updating.update(carl, moon(carl), from_text(MOON))
    assert len(words_here(carl)) == 3
    assert not importing.take(carl, file).is_news
    updating.update(ana, moon(ana), from_text(LATER))
    mark(ana, "forgotten", "loaded language")
    assert counts(importing.take(carl, file_of(ana, "ana.db", tmp_path)))[:2] == ("newer", 1)
    assert words_here(carl)[-1] == "loaded language: quietly"


def test_another_text_without_any_in_common(ana: Project, person: Open, tmp_path: Path) -> None:
    dora = person("dora")
    library.delete(dora, moon(dora))
    title = moon(ana).title
    here = article(dora, f"{LATER} And so on.", title=title.upper())
    article(dora, SUN, title=title)
    summary = importing.take(dora, file_of(ana, "ana.db", tmp_path))
    # The very text is there, but deleted: it is that article.
    assert [each.deleted for each in summary.articles] == [True]
    assert "`reader restore 1` brings it back, with their marks." in said(summary)[-1]
    updating.update(ana, moon(ana), from_text(f"{MOON} Or not."))
    assert here.title == title.upper()


def test_the_same_title_and_much_the_same_words(ana: Project, tmp_path: Path) -> None:
    time = Own(7)
    dora = open_project(tmp_path / "dora.db", "dora", clock=time.clock, new_id=time.new_id)
    article(dora, SUN, title=moon(ana).title)
    article(dora, f"{LATER} And so on.", title=moon(ana).title.upper())
    summary = importing.take(dora, file_of(ana, "ana.db", tmp_path))
    assert [(each.number, each.other_text) for each in summary.articles] == [(2, True)]
    assert list(checking.findings(dora)) == []
    dora.close()


def test_articles_that_only_they_have(ana: Project, carl: Project, tmp_path: Path) -> None:
    sun = article(ana, SUN, byline="Ivo Kest")
    mark(ana, "about Sol", "loaded language", sun)
    article(ana, SUN.replace("Sol", "Altair"), title="Of another sun")
    file = file_of(ana, "ana.db", tmp_path)
    summary = importing.take(carl, file)
    assert said(summary)[:2] == ["ana: 3 added.", "ana: 1 mark in articles that are not here."]
    assert list(importing_told.offered(summary)) == [
        "“Of the sun” (Ivo Kest), 13 words, 1 mark", "“Of another sun”, 13 words, 0 marks",
    ]  # fmt: skip
    with pytest.raises(Refused, match="could be"):
        importing.take(carl, file, add=["sun"])
    with pytest.raises(NotFound, match=r"No article in .* is called “mars”"):
        importing.take(carl, file, add=["mars"])
    one = importing.take(carl, file, add=[sun.id])
    assert [(each.title, each.added) for each in one.articles if each.added] == [(sun.title, True)]
    assert counts(one) == ("same", 1, 0, 0)
    assert importing.take(carl, file, add=["all"]).offers == ()
    assert [row.document.byline for row in library.documents(carl)] == ["", "Ivo Kest", ""]


def test_their_own_marks_as_an_answer_key(ana: Project, carl: Project, tmp_path: Path) -> None:
    file = file_of(ana, "ana.db", tmp_path)
    importing.take(carl, file)
    assert said(importing.take(carl, file, as_key=True))[0].startswith("ana (answer key): nothing new")
    tagging.remove(ana, marks.of(ana, moon(ana))[0].id)
    importing.take(carl, file_of(ana, "ana.db", tmp_path))
    assert carl.store.rows("SELECT purpose FROM layers JOIN annotators ON annotators.pk = annotator"
                           " WHERE annotators.name = 'ana'") == [("answer key",)]  # fmt: skip


def weather(project: Project, name: str = "weather", source: str = WEATHER) -> None:
    """The article is read with a codebook of its own."""
    book = codebooks.add(project, parse(f'name = "{name}"\n{source}'.encode(), "weather.toml")).codebook
    binding.use(project, book, [moon(project)], keep=True)


def test_tags_by_id_by_name_or_with_their_codebook(ana: Project, carl: Project, tmp_path: Path) -> None:
    weather(ana)
    mark(ana, "bright", "rain")
    mark(ana, "round", "claim")
    file = file_of(ana, "ana.db", tmp_path)
    summary = importing.take(carl, file)
    assert said(summary) == [
        "ana: 5 added.",
        "The codebook “weather” came along: its tags are none of yours.",
        "Their tag “claim” is your “claim” of “close reading”, by its name.",
    ]
    assert [book.name for book in codebooks.present(carl)] == ["close reading", "weather"]
    assert library.codebook(carl, moon(carl)).name == "close reading"
    tags = {record.text: record.tag_id for record in export.records(carl, export.choose(carl))}
    assert tags["round"] == tags["The moon is a quietly buried stone."]
    assert not importing.take(carl, file).is_news
    # Whoever chooses that codebook has its tags from then on.
    binding.use(carl, codebooks.find(carl, "weather"), [moon(carl)], keep=True)
    mark(ana, "asked", "claim")
    assert counts(importing.take(carl, file_of(ana, "ana.db", tmp_path))) == ("newer", 1, 1, 0)
    assert {record.text: record.tag_id for record in export.records(carl, export.choose(carl))}["round"] != tags[
        "round"
    ]


def test_a_codebook_that_two_people_changed_in_two_ways(
    ana: Project, carl: Project, person: Open, tmp_path: Path
) -> None:
    ben = person("ben")
    weather(ana)
    weather(ben, source=WEATHER.replace("rain", "snow"))
    mark(ana, "bright", "rain")
    mark(ben, "bright", "snow")
    files = [file_of(ana, "ana.db", tmp_path), file_of(ben, "ben.db", tmp_path)]
    found: list[list[str]] = []
    for order in (files, files[::-1]):
        time = Own(8)
        dora = open_project(tmp_path / f"dora-{len(found)}.db", "dora", clock=time.clock, new_id=time.new_id)
        article(dora)
        for file in (*order, *order):
            importing.take(dora, file)
        assert list(checking.findings(dora)) == []
        found.append(sorted(record.tag_id + record.tag for record in export.records(dora, export.choose(dora))))
        names = {book.name: len(book.tags) for book in codebooks.present(dora)}
        assert names == {"close reading": 4, "weather": 3}
        dora.close()
    assert found[0] == found[1]
    # Here somebody chose a codebook of that very id: what it lacks comes beside it.
    weather(carl, source=WEATHER.replace("rain", "hail"))
    for file in files:
        importing.take(carl, file)
    assert [(book.name, [tag.name for tag in book.tags]) for book in codebooks.present(carl)[1:]] == [
        ("weather", ["hail", "claim"]), ("weather (ana)", ["rain"]), ("weather (ben)", ["snow"]),
    ]  # fmt: skip


def test_marks_of_tags_that_no_codebook_here_has(ana: Project, carl: Project, tmp_path: Path) -> None:
    weather(ana)
    mark(ana, "bright", "rain")
    summary = importing.take(carl, file_of(ana, "ana.jsonl", tmp_path))
    assert counts(summary)[:2] == ("new", 3)
    assert said(summary)[-1].startswith("1 mark left out, since no tag here is called “rain”: add its codebook first (")


def test_marks_in_texts_that_are_not_here(ana: Project, carl: Project, tmp_path: Path) -> None:
    sun = article(ana, SUN)
    mark(ana, "about Sol", "loaded language", sun)
    summary = importing.take(carl, file_of(ana, "ana.jsonl", tmp_path), add=["all"])
    assert said(summary) == ["ana: 3 added.", "ana: 1 mark in articles that are not here."]


def test_who_has_read_what_comes_along(ana: Project, carl: Project, tmp_path: Path) -> None:
    def readings(project: Project) -> list[tuple[object, ...]]:
        return project.store.rows(
            "SELECT annotators.name, status, note FROM readings JOIN layers ON layers.pk = layer"
            " JOIN annotators ON annotators.pk = annotator WHERE annotators.name = 'ana'"
        )

    importing.take(carl, file_of(ana, "ana.db", tmp_path))
    assert readings(carl) == [("ana", "done", "short")]
    noting.set_article_note(ana, moon(ana), "")
    library.set_status(ana, moon(ana), "new")
    importing.take(carl, file_of(ana, "ana.db", tmp_path))
    assert readings(carl) == []


def test_who_marked_nothing_is_known_all_the_same(carl: Project, person: Open, tmp_path: Path) -> None:
    ben = person("ben")
    library.set_status(ben, moon(ben), "done")
    assert said(importing.take(carl, file_of(ben, "ben.db", tmp_path)))[0] == (
        "ben: has marked nothing in your articles."
    )
    assert carl.store.rows("SELECT status FROM readings") == [("done",)]


def test_a_merged_tag_stays_what_was_given(ana: Project, carl: Project, tmp_path: Path) -> None:
    book = codebooks.find(ana, "close reading")
    file = file_of(ana, "ana.db", tmp_path)
    importing.take(carl, file)
    merged = codebooks.merge(ana, book, book.find("loaded"), book.find("opinion"))
    assert merged.find("opinion")
    importing.take(carl, file_of(ana, "ana.jsonl", tmp_path))
    importing.take(carl, file_of(ana, "ana.db", tmp_path))
    assert words_here(carl)[-1] == "loaded language: quietly"


def test_a_tag_that_means_something_else_there(ana: Project, carl: Project, tmp_path: Path) -> None:
    book = codebooks.find(ana, "close reading")
    codebooks.change_tag(ana, book, replace(book.find("claim"), definition="Whatever can be checked."))
    assert said(importing.take(carl, file_of(ana, "ana.db", tmp_path)))[-1] == (
        "Their codebook defines “claim” otherwise than yours: `reader codebook show` says what yours means."
    )


@pytest.mark.parametrize("kind", ["ana.jsonl", "ana.csv"])
def test_files_of_marks_that_were_carried_say_nothing_new(
    ana: Project, carl: Project, tmp_path: Path, kind: str
) -> None:
    updating.update(ana, moon(ana), from_text(LATER))
    updating.update(carl, moon(carl), from_text(LATER))
    importing.take(carl, file_of(ana, "ana.db", tmp_path))
    before = carl.store.rows("SELECT * FROM anchors")
    assert {row[3] for row in before} == {"made", "sure", "unsure", "orphan"}
    assert not importing.take(carl, file_of(ana, kind, tmp_path)).is_news
    tagging.set_note(ana, marks.of(ana, moon(ana))[0].id, "newer")
    assert counts(importing.take(carl, file_of(ana, kind, tmp_path))) == ("marks", 0, 1, 0)
    assert carl.store.rows("SELECT * FROM anchors") == before


def test_two_articles_there_are_one_here_and_the_other_way_round(ana: Project, carl: Project, tmp_path: Path) -> None:
    later = article(ana, LATER)
    mark(ana, "The moon is a long forgotten stone.", "claim", later)
    mark(ana, "“It is round,”", "quote", later)
    updating.update(carl, moon(carl), from_text(LATER))
    file = file_of(ana, "ana.db", tmp_path)
    importing.take(carl, file)
    assert not importing.take(carl, file).is_news
    assert len(library.documents(carl)) == 1
    # Both say the same of the same words: one of them is in doubt.
    assert sorted(words_here(carl)) == [
        "claim: The moon is a long forgotten stone.", "claim: The moon is a long forgotten stone.",
        "quote: “It is round,”", "quote: “It is round,”",
    ]  # fmt: skip
    mark(carl, "bright", "claim")
    back = importing.take(ana, file_of(carl, "carl.db", tmp_path))
    assert [(each.title, each.other_text) for each in back.articles] == [(later.title, False)]
    assert words_here(ana, "carl") == ["claim: bright"]


def test_a_link_that_was_taken_away_made_anew_and_brought_back(ana: Project, carl: Project, tmp_path: Path) -> None:
    def kinds() -> list[tuple[str]]:
        return carl.store.rows("SELECT kind FROM relations WHERE deleted_at IS NULL")

    one, two, _ = marks.of(ana, moon(ana))
    for what, found in (
        (lambda: relating.unrelate(ana, two.id, one.id), []),
        (lambda: relating.relate(ana, two.id, one.id, "other"), [("other",)]),
        (lambda: history.undo(ana, moon(ana)), []),
        (lambda: history.undo(ana, moon(ana)), [("evidence",)]),
    ):
        importing.take(carl, file_of(ana, "ana.db", tmp_path))
        what()
        summary = importing.take(carl, file_of(ana, "ana.db", tmp_path))
        assert (kinds(), summary.refusals) == (found, ())
