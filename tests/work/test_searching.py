from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.annotations.annotation import Annotation
from reader.documents.span import Span
from reader.errors import NotFound, ReaderError, UsageProblem
from reader.project import Project, open_project
from reader.storage import search_few, search_marks
from reader.work import history, library, noting, tagging, updating
from reader.work.hits import CONTEXT, Hit, Kind
from reader.work.searching import Search
from tests.storage.making import Ticking, article, from_text, marked_article, opened

BRIDGE = "The bridge\n\nThe [bridge will cost 48 million]{claim}. [“We asked for a ferry,”]{quote} said Lindqvist."
FERRY = "The ferry\n\nNobody saw the [ferry]{loaded language}, “the Third\ntime” this year. [It is late.]{opinion}"


@pytest.fixture
def marked(project: Project) -> dict[str, Annotation]:
    """Two articles with marks, by their first word."""
    made = [mark for text in (BRIDGE, FERRY) for mark in marked_article(project, text)[1]]
    by_word = {mark.text.split()[0].strip("“"): mark for mark in made}
    tagging.set_note(project, by_word["bridge"].id, "Ask the ferry company")
    tagging.set_attributes(project, by_word["bridge"].id, {"status": ["unchecked"]})
    tagging.set_attributes(project, by_word["We"].id, {"speaker": ["Mara Lindqvist"], "on the record": ["yes"]})
    return by_word


def found(project: Project, query: str) -> list[str]:
    """What is found, the words searched for in `[ ]`."""
    return [shown(hit) for hit in Search(project, query).hits()]


def shown(hit: Hit) -> str:
    words = hit.words
    for span in reversed(hit.found):
        words = f"{words[: span.start]}[{span.cut(words)}]{words[span.end :]}"
    return f"{hit.article.title}: {hit.mark.tag + ' ' if hit.mark else ''}{words}"


def test_words_in_texts_and_notes_in_their_order(project: Project, marked: dict[str, Annotation]) -> None:
    assert found(project, "FERRY") == [
        "The ferry: ferry",
        "The ferry: ferry",
        "The bridge: claim bridge will cost 48 million",
        "The bridge: ferry",
    ]
    assert found(project, "text:ferry")[2:] == ["The bridge: ferry"]
    assert found(project, '"the third time"') == ["The ferry: the Third\ntime"]
    assert found(project, "ferr") == []
    assert len(found(project, "ferr*")) == 4


def test_a_hit_knows_its_context(project: Project, marked: dict[str, Annotation]) -> None:
    (hit,) = Search(project, "million").hits()
    text = library.text(project, library.find(project, hit.article.id))
    assert (hit.kind, hit.span.cut(text), hit.words) == (Kind.TEXT, "million", "million")
    assert (hit.before, hit.after) == (text[: hit.span.start], text[hit.span.end :][:CONTEXT])
    (hit,) = Search(project, "note:company").hits()
    assert (hit.kind, hit.before[-4:], hit.after[:4]) == (Kind.MARK, "The ", ". “W")
    assert hit.mark is not None
    assert (hit.mark.tag, hit.mark.annotator, hit.mark.note) == ("claim", "ana", "Ask the ferry company")
    assert [span.cut(hit.mark.note) for span in hit.found_in_note] == ["company"]


@pytest.mark.parametrize(
    "query, words",
    [
        ("tag:quote", ["We"]),
        ("tag:loaded", ["ferry"]),
        ("tag:quote tag:opinion", ["It", "We"]),
        ("-tag:quote -tag:claim", ["ferry", "It"]),
        ("tag:c", ["bridge"]),
        ("speaker:lindqvist", ["We"]),
        ("speaker:lind", ["We"]),
        ("speaker:kirby", []),
        ("speaker:*", ["We"]),
        ("-speaker:* tag:quote", []),
        ("-speaker:*", ["ferry", "It", "bridge"]),
        ("-speaker:kirby tag:quote", ["We"]),
        ("on-the-record:yes", ["We"]),
        ("status:checked", []),
        ("status:unchecked speaker:*", []),
        ("mark:ferry", ["ferry", "We"]),
        ("quote:ferry tag:quote", ["We"]),
        ("-mark:ferry", ["It", "bridge"]),
        ("note:ferry", ["bridge"]),
        ("-note:ferry tag:claim", []),
        ("tag:claim ferry", ["bridge"]),
        ("tag:quote ferry", ["We"]),
        ("tag:claim -ferry", []),
        ("tag:claim text:lindqvist", ["bridge"]),
        ("tag:claim -text:lindqvist", []),
        ("by:ana tag:claim", ["bridge"]),
        ("annotator:ana tag:claim", ["bridge"]),
        ("by:me -tag:claim", ["ferry", "It", "We"]),
        ("-by:me", []),
        ("title:ferry tag:*", ["ferry", "It"]),
        ("-title:ferry tag:*", ["bridge", "We"]),
        ("in:note company", ["bridge"]),
        ("in:marks million", ["bridge"]),
    ],
)
def test_which_marks(project: Project, marked: dict[str, Annotation], query: str, words: list[str]) -> None:
    names = {mark.pk: word for word, mark in marked.items()}
    assert [names[hit.mark.pk] for hit in Search(project, query).hits() if hit.mark] == words
    assert all(hit.kind is Kind.MARK for hit in Search(project, query).hits())


def test_what_is_said_about_marks_is_found_by_words_alone(project: Project, marked: dict[str, Annotation]) -> None:
    hits = list(Search(project, "mara").hits())
    assert [(hit.kind, hit.words) for hit in hits] == [(Kind.MARK, "“We asked for a ferry,”")]
    assert [(each.name, each.value, [span.cut(each.value) for span in each.found]) for each in hits[0].said] == [
        ("speaker", "Mara Lindqvist", ["Mara"])
    ]
    assert found(project, "text:lindqvist") == ["The bridge: Lindqvist"]
    assert found(project, '"Mara Lindqvist"') == ["The bridge: quote “We asked for a ferry,”"]
    assert found(project, "mara -lindqvist") == found(project, "mara yes") == []
    assert found(project, "tag:quote lindqvist") == ["The bridge: quote “We asked for a ferry,”"]
    tagging.set_attributes(project, marked["We"].id, {"speaker": ["Kirby"]})
    assert found(project, "mara") == []
    assert found(project, "kirby") == ["The bridge: quote “We asked for a ferry,”"]


ANAS = "ana: Does the ferry company\nown the budget?"
BENS = "ben: Compare with the ferry"
NEW = "ben: Nothing new"


@pytest.fixture
def noted(project: Project, marked: dict[str, Annotation]) -> Iterator[Project]:
    """Ana has a note on the bridge, ben one on each article; ben."""
    ben = open_project(project.path, "ben", clock=project.store.clock, new_id=project.store.new_id)
    noting.set_article_note(project, library.find(project, "The bridge"), ANAS.partition(": ")[2])
    noting.set_article_note(ben, library.find(ben, "The bridge"), BENS.partition(": ")[2])
    noting.set_article_note(ben, library.find(ben, "The ferry"), NEW.partition(": ")[2])
    yield ben
    ben.close()


@pytest.mark.parametrize(
    "query, notes",
    [
        ("ferry", [ANAS, BENS]),
        ("compare", [BENS]),
        ("note:ferry", [ANAS, BENS]),
        ("in:note ferry budget", [ANAS]),
        ("note:ferry -budget", [BENS]),
        ("note:ferry -note:budget", [BENS]),
        ("by:ben ferry", [BENS]),
        ("-by:me note:*", [NEW, BENS]),
        ("note:* title:bridge", [ANAS, BENS]),
        ("-note:*", []),
        ("by:ben", []),
        ("note:ferry text:million", [ANAS, BENS]),
        ("note:ferry -text:million", []),
        ("tag:quote ferry", []),
        ("mark:ferry", []),
        ("speaker:* ferry", []),
        ("text:ferry", []),
    ],
)
def test_notes_on_articles(project: Project, noted: Project, query: str, notes: list[str]) -> None:
    found = [(hit, hit.note) for hit in Search(project, query).hits() if hit.note is not None]
    assert [f"{note.annotator}: {hit.words}" for hit, note in found] == notes
    assert all(hit.kind is Kind.NOTE and note.is_own is (note.annotator == "ana") for hit, note in found)


def test_a_note_comes_before_what_is_in_its_article(project: Project, noted: Project) -> None:
    assert [(hit.article.title, hit.kind) for hit in Search(project, "ferry").hits()] == [
        ("The ferry", Kind.TEXT),
        ("The ferry", Kind.TEXT),
        ("The bridge", Kind.NOTE),
        ("The bridge", Kind.NOTE),
        ("The bridge", Kind.MARK),
        ("The bridge", Kind.TEXT),
    ]


def test_any_note_or_none(project: Project, marked: dict[str, Annotation]) -> None:
    assert found(project, "note:*") == ["The bridge: claim bridge will cost 48 million"]
    assert len(found(project, "-note:*")) == 3
    assert found(project, "-note:* tag:claim") == []


def test_a_note_is_found_after_the_text_has_changed_and_not_after_it_is_gone(project: Project, noted: Project) -> None:
    bridge = library.find(project, "The bridge")
    updating.update(project, bridge, from_text("The bridge\n\nIt is cancelled."))
    assert len(found(project, "company")) == 1
    noting.set_article_note(project, bridge, "Cancelled: why?")
    assert found(project, "company") == []
    assert found(project, "why") == ["The bridge: Cancelled: [why]?"]
    noting.set_article_note(project, bridge, "")
    assert found(project, "why") == []
    history.undo(project, bridge)
    assert found(project, "why") == ["The bridge: Cancelled: [why]?"]
    library.delete(project, bridge)
    assert found(project, "why") == []


@pytest.mark.parametrize(
    "query, titles",
    [
        ("title:the", ["The ferry", "The bridge"]),
        ("in:title bridge", ["The bridge"]),
        ("title:the -million", ["The ferry"]),
        ("-lindqvist", ["The ferry"]),
        ("is:new", ["The ferry"]),
        ("is:done", ["The bridge"]),
        ("is:d", ["The bridge"]),
        ("-is:done", ["The ferry"]),
        ("is:new is:done", ["The ferry", "The bridge"]),
        ("source:courier", ["The bridge"]),
        ("date:2026-03 byline:kest", ["The bridge"]),
        ("date:2025", []),
    ],
)
def test_articles_alone(project: Project, marked: dict[str, Annotation], query: str, titles: list[str]) -> None:
    bridge = library.find(project, "The bridge")
    library.edit_details(project, bridge, source="Vellmouth Courier", date="2026-03-02", byline="Ivo Kest")
    library.set_status(project, bridge, "done")
    hits = list(Search(project, query).hits())
    assert [hit.words for hit in hits] == titles
    assert all(hit.kind is Kind.ARTICLE and hit.span == Span(0, 0) for hit in hits)


@pytest.mark.parametrize(
    "query, sentence",
    [
        ("", "nothing to look for: give words"),
        ("speker:kirby", r"no field “speker:”. There are text, mark, .* speaker, .* quotation marks"),
        ("speaker:", "Nothing stands behind “speaker:”: write speaker:word"),
        ("tag: quote", "Nothing stands behind “tag:”"),
        ("tag:fact", "No tag is called “fact”: there are claim, quote"),
        ("by:zoe", "Nobody called “zoe” marks in this database: it has ana"),
        ("is:open", "An article is:new, is:reading, is:done"),
        ("in:nothing x", "Words are looked for in:text"),
    ],
)
def test_what_cannot_be_understood_is_a_sentence(project: Project, query: str, sentence: str) -> None:
    with pytest.raises((UsageProblem, NotFound), match=sentence):
        Search(project, query)


def test_a_colon_in_somebodys_text_is_no_field(project: Project) -> None:
    article(project, "He said: never.")
    assert found(project, "said: never") == ["He said: never: said", "He said: never: never"]


@pytest.mark.parametrize(
    "query",
    ['moon AND "', "NEAR(moon)", "text_search:moon OR 1", "moon) OR (x", "{text}:moon", "^moon", "'; DROP TABLE x"],
)
def test_search_syntax_of_the_database_means_nothing(project: Project, query: str) -> None:
    article(project, "The moon AND the sun.")
    with suppress(UsageProblem):
        list(Search(project, query).hits())


def test_what_is_gone_is_not_found(project: Project, marked: dict[str, Annotation]) -> None:
    tagging.remove(project, marked["ferry"].id)
    assert found(project, "tag:loaded") == []
    assert found(project, "mark:ferry") == ["The bridge: quote “We asked for a [ferry],”"]
    number = library.delete(project, library.find(project, "The ferry"))
    assert found(project, "nobody") == found(project, "title:ferry") == []
    library.restore(project, str(number))
    assert found(project, "nobody") == ["The ferry: Nobody"]


def test_only_the_current_version_is_searched(project: Project) -> None:
    document, (mark,) = marked_article(project, "The old [moon]{claim} is here.")
    ((version,),) = project.store.rows("SELECT version FROM documents")
    with project.store.step("new text", project.annotator.pk) as step:
        newer = step.insert("versions", {
            "id": "v2", "document": 1, "number": 2, "text": "A new moon is here.", "text_hash": "0" * 64, "length": 19,
            "words": 5, "layout": "lines", "kind": "text", "encoding": "utf-8", "raw": b"", "offset_map": b"",
            "created_at": "",
        })  # fmt: skip
        step.update("documents", 1, {"version": newer})
    assert found(project, "old") == []
    assert found(project, "new") == [f"{document.title}: new"]
    assert found(project, "tag:claim") == []
    with project.store.step("carried", project.annotator.pk) as step:
        place = {"fragments": "6-10", "quote": "moon", "prefix": "A new ", "suffix": " is here.", "score": 1.0}
        anchor = step.insert("anchors", {
            "annotation": mark.pk, "version": newer, "status": "orphan", "start": 6, "end": 10, **place,
        })  # fmt: skip
    assert found(project, "mark:moon") == []
    with project.store.step("placed", project.annotator.pk) as step:
        step.update("anchors", anchor, {"status": "confirmed"})
    assert found(project, "mark:moon") == [f"{document.title}: claim [moon]"]
    assert version != newer


def test_a_merged_tag_is_found_by_both_names(project: Project, marked: dict[str, Annotation]) -> None:
    project.store.rows(
        "UPDATE tags SET merged_into = (SELECT pk FROM tags WHERE name = 'claim') WHERE name = 'opinion'"
    )
    assert found(project, "tag:claim") == found(project, "tag:opinion") == [
        "The ferry: claim It is late.",
        "The bridge: claim bridge will cost 48 million",
    ]  # fmt: skip


def test_everybodys_marks_are_found(path: Path) -> None:
    time = Ticking()
    ana, ben = opened(path, "ana", time), opened(path, "ben", time)
    document, _ = marked_article(ana, "The [moon]{claim} is here.")
    tagging.mark(ben, document, [Span(0, 3)], "quote")
    assert [hit.mark.annotator for hit in Search(ana, "tag:*").hits() if hit.mark] == ["ben", "ana"]
    assert found(ana, "by:ben") == found(ben, "by:me") == [f"{document.title}: quote The"]
    jurgen = opened(path, "Jürgen Ωmega", time)
    tagging.mark(jurgen, document, [Span(0, 3)], "claim")
    for name in ("by:jurgen", "by:“JÜRGEN Ω”", "by:ωmeg", "annotator:jür"):
        assert found(ana, name) == [f"{document.title}: claim The"]
    with pytest.raises(NotFound):
        found(ana, "by:urgen")
    for each in (ana, ben, jurgen):
        each.close()


def test_no_more_is_looked_at_than_is_asked_for(project: Project) -> None:
    for number in range(40):
        article(project, f"Number {number}: the moon, the moon.")
    asked: list[str] = []
    project.store.connection.set_trace_callback(asked.append)
    hits = Search(project, "moon").hits()
    assert [hit.article.number for hit in islice(hits, 3)] == [40, 40, 39]
    assert sum("text FROM versions" in sql for sql in asked) == 2
    assert not project.store.connection.in_transaction
    assert len(list(hits)) == 77
    project.store.connection.set_trace_callback(None)


def test_a_hit_is_had_again_from_its_place(project: Project, marked: dict[str, Annotation]) -> None:
    for query in ("ferry", "tag:quote ferry", "title:ferry", "note:ferry"):
        search = Search(project, query)
        hits = list(search.hits())
        assert search.again([hit.place for hit in hits]) == hits
    search = Search(project, "tag:* -tag:claim")
    places = [hit.place for hit in search.hits()]
    tagging.remove(project, marked["ferry"].id)
    library.delete(project, library.find(project, "The bridge"))
    again = search.again(places)
    assert [hit is None for hit in again] == [True, False, True]


def test_another_thread_reads_by_a_connection_of_its_own(project: Project, marked: dict[str, Annotation]) -> None:
    seen: list[str] = []

    def work() -> None:
        reader = project.reader()
        try:
            seen.extend(found(reader, "million"))
            with pytest.raises(ReaderError):
                tagging.remove(reader, marked["ferry"].id)
        finally:
            reader.close()

    thread = Thread(target=work)
    thread.start()
    thread.join()
    assert seen == ["The bridge: million"]
    assert found(project, "mark:ferry tag:loaded") == ["The ferry: loaded language [ferry]"]


WORDS = ("moon", "Sun", "sea", "it")
SAID = {"opinion": "holder", "quote": "speaker"}
TAGS = tuple(SAID)
_words = st.sampled_from(WORDS)
_notes = st.sampled_from(["", *WORDS, "sea it"])
_marks = st.lists(st.tuples(st.integers(0, 5), st.integers(1, 3), st.sampled_from(TAGS), _notes, _notes), max_size=4)
_articles = st.lists(st.tuples(st.lists(_words, min_size=1, max_size=6), _marks, _notes), min_size=1, max_size=4)
_terms = st.lists(
    st.tuples(
        st.booleans(),
        st.sampled_from(["", "text:", "mark:", "note:", "tag:"]),
        _words,
        st.sampled_from(TAGS),
    ),
    min_size=1,
    max_size=3,
)
_Articles = list[tuple[list[str], list[tuple[int, int, str, str, str]], str]]
_Terms = list[tuple[bool, str, str, str]]


@dataclass
class Known:
    """An article as it was put in."""

    text: str
    note: str
    marks: list[Annotation]
    """In the order of the text, as they are now."""


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(articles=_articles, asked=_terms, few=st.sampled_from([0, 1, 2000]))
def test_as_if_everything_had_been_looked_at(
    tmp_path_factory: pytest.TempPathFactory, articles: _Articles, asked: _Terms, few: int
) -> None:
    """Compared with reading all texts, notes and marks; with few marks at once in memory as with many."""
    project = opened(tmp_path_factory.mktemp("db") / "annotations.db")
    project.store.rows("PRAGMA synchronous = OFF")
    everything = [_put_in(project, number, *each) for number, each in enumerate(articles)]
    query = " ".join(
        f"{'-' if excluded else ''}{field}{tag if field == 'tag:' else word}" for excluded, field, word, tag in asked
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_few, "FEW", few)
        patch.setattr(search_marks, "MARKS_AT_ONCE", 2)
        search = Search(project, query)
        hits = list(search.hits())
        assert search.again([hit.place for hit in hits]) == hits
    found = [(hit.kind, hit.article.number, hit.span, hit.mark.pk if hit.mark else 0) for hit in hits]
    assert found == list(_by_looking(project, everything, asked))
    project.close()


def _put_in(
    project: Project, number: int, words: list[str], wanted: list[tuple[int, int, str, str, str]], note: str
) -> Known:
    text = " ".join([*words, f"end{number}."])
    document = article(project, text)
    if note:
        noting.set_article_note(project, document, note)
    made: list[Annotation] = []
    for at, count, tag, about, said in wanted:
        some = words[at : at + count]
        start = len(" ".join([*words[:at], ""])) if at else 0
        span = Span(start, start + len(" ".join(some)))
        if some and not any(mark.fragments == (span,) for mark in made):
            mark = tagging.mark(project, document, [span], tag, about)
            made.append(tagging.set_attributes(project, mark.id, {SAID[tag]: [said]}) if said else mark)
    return Known(text, note, sorted(made, key=lambda mark: (mark.start, -mark.end, mark.pk)))


def _by_looking(project: Project, everything: list[Known], asked: _Terms) -> Iterator[tuple[Kind, int, Span, int]]:
    tags = {tag.id: tag.name for tag in library.codebook(project, library.find(project, "1")).tags}
    chosen = {tag for excluded, field, _, tag in asked if field == "tag:" and not excluded} or set(TAGS)
    chosen -= {tag for excluded, field, _, tag in asked if field == "tag:" and excluded}
    words = [(excluded, field, word) for excluded, field, word, _ in asked if field != "tag:"]

    def has(text: str, word: str) -> bool:
        return re.search(rf"\b{word}\b", text, re.IGNORECASE) is not None

    def fits(where: dict[str, str]) -> bool:
        return all(has(where[field], word) is not excluded for excluded, field, word in words if field in where)

    def says(mark: Annotation) -> bool:
        """Whether its note, or what is said about it, has the words without a field."""
        about = [mark.note, *(value for values in mark.attributes.values() for value in values)]
        plain = [(excluded, word) for excluded, field, word in words if not field]
        return any(all(has(each, word) for excluded, word in plain if not excluded) for each in about) and not any(
            has(each, word) for excluded, word in plain if excluded for each in about
        )

    about_marks = any(field in ("mark:", "note:", "tag:") for _, field, _, _ in asked)
    of_marks_alone = any(field in ("mark:", "tag:") for _, field, _, _ in asked)
    looked_for = [word for excluded, field, word in words if field in ("", "text:") and not excluded]
    noted = any(field in ("", "note:") and not excluded for excluded, field, _ in words)
    for number, known in reversed(list(enumerate(everything, 1))):
        text = known.text
        if not fits({"text:": text}):
            continue
        if known.note and noted and not of_marks_alone and fits({"": known.note, "note:": known.note}):
            yield Kind.NOTE, number, Span(0, 0), 0
        if about_marks:
            for mark in known.marks:
                plain = " / ".join([mark.text, mark.note, *mark.attributes.get(SAID[tags[mark.tag]], ())])
                if tags[mark.tag] in chosen and fits({"mark:": mark.text, "note:": mark.note, "": plain}):
                    yield Kind.MARK, number, Span(mark.start, mark.end), mark.pk
        elif looked_for:
            inside = [
                Span(*hit.span())
                for hit in re.finditer(rf"\b({'|'.join(looked_for)})\b", text, re.IGNORECASE)
                if fits({"": text})
            ]
            said = [mark for mark in known.marks if any(not e and not f for e, f, _ in words) and says(mark)]
            both = [(span, 0, 0) for span in inside] + [(Span(m.start, m.end), 1, m.pk) for m in said]
            for span, is_mark, pk in sorted(both, key=lambda each: (each[0].start, -each[0].end, each[1])):
                yield Kind.MARK if is_mark else Kind.TEXT, number, span, pk
        elif fits({"": text}):
            yield Kind.ARTICLE, number, Span(0, 0), 0
