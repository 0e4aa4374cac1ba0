"""Numbers: against the view `spans`, and against counting every code point by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from reader.documents.span import Span
from reader.documents.words import words
from reader.errors import NotFound, Refused, UsageProblem
from reader.project import Project
from reader.work import codebooks, coverage, history, library, stats, tagging, updating
from reader.work.stats import EVERYTHING, By, Tally
from tests.storage.making import Ticking, article, from_text, marked_article, opened

HARBOUR = "The [harbour [is calm]{claim}]{claim} and [“quiet”]{quote}. [It]{opinion 1} was [never]{opinion 1} so."
BRIDGE = "The [bridge]{loaded} costs [too much]{claim}."


@pytest.fixture
def both(path: Path) -> Iterator[tuple[Project, Project]]:
    time = Ticking()
    people = opened(path, "ana", time), opened(path, "ben", time)
    yield people
    for project in people:
        project.close()


def short(tallies: tuple[Tally, ...]) -> list[tuple[str, int, int]]:
    return [(tally.name, tally.marks, tally.articles) for tally in tallies]


def by(project: Project, what: str, *articles: str, tags: tuple[str, ...] = (), who: tuple[str, ...] = ()) -> object:
    return short(stats.tallied(project, stats.choose(project, articles, tags, who), what))


def test_marks_are_counted_by_what_one_likes(both: tuple[Project, Project]) -> None:
    ana, ben = both
    harbour, _ = marked_article(ana, HARBOUR)
    library.edit_details(ana, harbour, title="Harbour", source="The Courier", date="2026-02-27")
    bridge, _ = marked_article(ben, BRIDGE)
    library.edit_details(ben, bridge, title="Bridge", source="The Courier", date="2025")
    library.edit_details(ana, article(ana, "Nothing marked."), title="Third", date="2026-02")
    assert by(ana, "tag") == [("claim", 3, 2), ("quote", 1, 1), ("opinion", 1, 1), ("loaded language", 1, 1)]
    assert by(ana, "annotator") == [("ana", 4, 1), ("ben", 2, 1)]
    assert by(ana, "article") == [("Harbour", 4, 1), ("Bridge", 2, 1)]
    assert by(ana, "source") == [("The Courier", 6, 2)]
    for number in (1, 2):
        library.edit_details(ana, library.by_number(ana, number), source=f"https://www.example.org/{number}")
    assert by(ana, "source") == [("example.org", 6, 2)]
    assert by(ana, "date") == [("2025", 2, 1), ("2026-02", 4, 2)]
    assert by(ana, "day") == [("2026-03-02", 6, 0)]
    assert by(ana, "week") == [("2026-03-02", 6, 0)]
    assert by(ana, "month") == [("2026-03", 6, 0)]
    assert by(ana, "tag", "Bridge", who=("ben",)) == [("claim", 1, 1), ("loaded language", 1, 1)]
    assert by(ana, "article", tags=("claim", "quote")) == [("Harbour", 3, 1), ("Bridge", 1, 1)]
    assert by(ana, "annotator", tags=("opinion",)) == [("ana", 1, 1)]
    claim = stats.tallied(ana, EVERYTHING, "article")[0].tags
    assert [(stats.tags(ana)[tag].name, marks) for tag, marks in claim.items()] == [
        ("claim", 2), ("quote", 1), ("opinion", 1),
    ]  # fmt: skip
    found = stats.overview(ana, most=1)
    assert (found.articles, found.marked, found.marks, short(found.by_article)) == (3, 2, 6, [("Harbour", 4, 1)])
    assert found.length == sum(row.document.length for row in library.listed(ana))
    assert found.words == sum(row.words for row in library.listed(ana))


def test_speakers_stand_as_they_are_stored(project: Project) -> None:
    document, made = marked_article(project, "[One]{quote} [two]{quote} [three]{quote} [four]{opinion} [five]{quote}.")
    for mark, name in zip(made[:3], ("Kirby", "John Kirby", "Kirby"), strict=True):
        tagging.set_attributes(project, mark.id, {"speaker": [name]})
    tagging.set_attributes(project, made[3].id, {"holder": ["Vos"]})
    assert by(project, "Speaker") == [("Kirby", 2, 1), ("John Kirby", 1, 1)]
    assert by(project, "speaker", document.id, tags=("quote",)) == [("Kirby", 2, 1), ("John Kirby", 1, 1)]
    found = stats.overview(project).said
    assert {name: short(some) for name, some in found.items()} == {
        "speaker": [("Kirby", 2, 1), ("John Kirby", 1, 1)], "holder": [("Vos", 1, 1)],
    }  # fmt: skip
    tagging.remove(project, made[1].id)
    assert by(project, "speaker") == [("Kirby", 2, 1)]


def test_what_is_deleted_merged_or_gone_is_counted_right(project: Project) -> None:
    document, made = marked_article(project, HARBOUR)
    other, _ = marked_article(project, BRIDGE)
    tagging.remove(project, made[0].id)
    library.delete(project, other)
    assert by(project, "tag") == [("claim", 1, 1), ("quote", 1, 1), ("opinion", 1, 1)]
    assert stats.overview(project).articles == 1
    book = library.codebook(project, document)
    codebooks.merge(project, book, book.find("opinion"), book.find("claim"))
    assert by(project, "tag") == [("claim", 2, 1), ("quote", 1, 1)]
    assert by(project, "tag", tags=("opinion",)) == [("claim", 2, 1)]
    updating.update(project, document, from_text("The harbour is calm and nobody is there. It was never so."))
    assert by(project, "tag") == [("claim", 2, 1)]
    assert list(coverage.covered(project, EVERYTHING).tags) == [book.find("claim").id]
    history.undo(project, library.find(project, document.id))
    assert by(project, "tag") == [("claim", 2, 1), ("quote", 1, 1)]


def test_days_without_marks_can_be_filled_in(project: Project) -> None:
    days = [Tally("2025-12-30", 2, 0, {"a": 2}), Tally("2026-01-02", 1, 0, {"b": 1}), Tally("2026-03-01", 3, 0, {})]
    weeks = stats.over_time(days, By.WEEK)
    assert short(weeks) == [("2025-12-29", 3, 0), ("2026-02-23", 0, 0)]
    assert weeks[0].tags == {"a": 2, "b": 1}
    assert [each.name for each in stats.filled(stats.over_time(days, By.MONTH), By.MONTH)] == [
        "2025-12", "2026-01", "2026-02", "2026-03",
    ]  # fmt: skip
    assert len(stats.filled(days, By.DAY)) == 62
    assert [stats.fitting(days, most) for most in (62, 61, 9, 8)] == [By.DAY, By.WEEK, By.WEEK, By.MONTH]
    assert stats.filled((), By.DAY) == ()


def test_marks_of_one_article_from_several_days(project: Project) -> None:
    _, made = marked_article(project, HARBOUR)
    project.store.rows("UPDATE annotations SET created_at = '2026-03-05T00:00:00.000Z' WHERE pk = ?", (made[0].pk,))
    assert by(project, "day") == [("2026-03-02", 3, 0), ("2026-03-05", 1, 0)]
    assert by(project, "day", tags=("claim",)) == [("2026-03-02", 1, 0), ("2026-03-05", 1, 0)]


def test_what_cannot_be_counted_is_said(project: Project) -> None:
    with pytest.raises(UsageProblem, match=r"not counted by “mood”: there are tag, annotator.*speaker, role"):
        stats.tallied(project, EVERYTHING, "mood")
    with pytest.raises(NotFound, match="Nobody called “cid”"):
        stats.choose(project, annotators=["cid"])
    assert stats.overview(project).marks == 0
    assert coverage.covered(project, EVERYTHING).share(coverage.covered(project, EVERYTHING).all) == 0


def test_words_are_counted_across_the_windows_of_a_long_text(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "So-called words, don’t part. " * 40
    document = article(project, text)
    tagging.mark(project, document, [Span(3, 300), Span(333, 1000)], "claim")
    tagging.mark(project, document, [Span(290, 340)], "claim")
    whole = coverage.covered(project, EVERYTHING)
    assert whole.all.words == sum(end > 3 and start < 1000 for start, end in words(text))
    monkeypatch.setattr(coverage, "_WINDOW", 10)
    assert coverage.covered(project, EVERYTHING) == whole


def test_words_of_much_text_are_counted_where_that_is_asked_for(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked_article(project, HARBOUR)
    monkeypatch.setattr(coverage, "COUNTED_UP_TO", 10)
    assert coverage.covered(project, EVERYTHING).all.words is None
    assert coverage.covered(project, EVERYTHING, count_words=True).all.words == 6


def test_somebody_may_watch_and_the_pages_make_no_difference(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        marked_article(project, f"{number} {HARBOUR}")
    seen: list[int] = []

    def watch(numbers: Iterator[int]) -> Iterator[int]:
        for number in numbers:
            seen.append(number)
            yield number

    whole = coverage.covered(project, EVERYTHING)
    monkeypatch.setattr(coverage, "_PAGE", 2)
    assert coverage.covered(project, EVERYTHING, watch=watch) == whole  # type: ignore[arg-type]
    assert seen == [1, 2, 3, 4, 5]


TEXT = "One two, three’s four. “Five six” seven 漢字 eight-nine ten."
PIECES = st.lists(st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 20)), min_size=1, max_size=3)
MARKS = st.lists(st.tuples(PIECES, st.sampled_from(["claim", "quote"]), st.booleans()), max_size=6)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MARKS, st.integers(1, 9))
def test_what_is_covered_is_what_lies_in_any_mark(
    tmp_path_factory: pytest.TempPathFactory,
    wanted: list[tuple[list[tuple[int, int]], str, bool]],
    bins: int,
) -> None:
    path = tmp_path_factory.mktemp("stats") / "annotations.db"
    time = Ticking()
    ana, ben = opened(path, "ana", time), opened(path, "ben", time)
    ana.store.rows("PRAGMA synchronous = OFF")
    ben.store.rows("PRAGMA synchronous = OFF")
    document = article(ana, TEXT)
    points: dict[str, set[int]] = {}
    for pieces, tag, second in wanted:
        spans = [Span(start, min(start + length, len(TEXT))) for start, length in pieces]
        try:
            mark = tagging.mark(ben if second else ana, document, spans, tag)
        except Refused:
            continue
        points.setdefault(mark.tag, set()).update(i for span in mark.fragments for i in range(span.start, span.end))
    found = coverage.covered(ana, EVERYTHING, bins=bins)
    points[""] = set().union(*points.values())
    for tag, covered in points.items():
        one = found.tags[tag] if tag else found.all
        assert one.length == len(covered)
        assert one.words == (sum(any(i in covered for i in range(*word)) for word in words(TEXT)))
        assert abs(sum(one.strip) / bins - found.share(one)) < 1e-9
        for place, share in enumerate(one.strip):
            low, high = place * len(TEXT) / bins, (place + 1) * len(TEXT) / bins
            inside = sum(max(0.0, min(i + 1, high) - max(i, low)) for i in covered)
            assert abs(share - inside / (high - low)) < 1e-9
    view = Counter(ana.store.rows("SELECT tag_id, annotator FROM spans"))
    tallies = stats.tallied(ana, EVERYTHING, "annotator")
    assert {(tag, tally.name): marks for tally in tallies for tag, marks in tally.tags.items()} == {
        (tag, name): marks for (tag, name), marks in view.items()
    }
    ana.close()
    ben.close()
