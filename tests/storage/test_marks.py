from __future__ import annotations

import tempfile
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import given, settings

from reader.documents.span import Span
from reader.project import Project
from reader.storage.marks import LONG
from reader.work import library, marks, tagging
from tests.storage.making import Ticking, article, marked_article, opened


def test_columns_stand_in_text_order_with_longer_ones_first(project: Project) -> None:
    document, made = marked_article(project, "[[The]{quote} moon]{claim} [is]{opinion 1} a [stone]{opinion 1}.")
    columns = marks.columns(project, document)
    quote, claim, opinion = made
    assert list(columns.pk) == [claim.pk, quote.pk, opinion.pk]
    assert list(zip(columns.start, columns.end, strict=True)) == [(0, 8), (0, 3), (9, 19)]
    tags = library.codebook(project, document).tags
    assert [tags[index].name for index in columns.tag] == ["claim", "quote", "opinion"]
    assert columns.several == {opinion.pk: opinion.fragments}
    assert {tag.name: marks.counts(project, document).get(tag.id) for tag in tags} == {
        "claim": 1, "quote": 1, "opinion": 1, "loaded language": None,
    }  # fmt: skip


def test_removed_marks_and_others_marks_are_not_in_the_columns(path: Path) -> None:
    time = Ticking()
    ana, ben = opened(path, "ana", time), opened(path, "ben", time)
    document, (first, second) = marked_article(ana, "The [moon]{claim} [is]{quote} here.")
    tagging.remove(ana, first.id)
    bens = tagging.mark(ben, document, second.fragments, "quote")
    assert list(marks.columns(ana, document).pk) == [second.pk]
    assert list(marks.columns(ben, document).pk) == [bens.pk]
    ana.close()
    ben.close()


SPANS = st.lists(
    st.builds(lambda start, length: Span(start, start + length), st.integers(0, 30_000), st.integers(1, 2 * LONG)),
    min_size=1,
    max_size=6,
    unique=True,
)


@settings(max_examples=25, deadline=None)
@given(SPANS, st.integers(0, 40_000), st.integers(1, 5_000))
def test_a_range_has_exactly_the_marks_that_touch_it(spans: list[Span], start: int, length: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = opened(Path(folder) / "annotations.db")
        document = article(project, "w" * 50_000)
        tagging.mark_all(project, document, spans, "claim")
        wanted = Span(start, start + length)
        found = marks.in_range(project, document, wanted.start, wanted.end)
        every = marks.columns(project, document)
        expected = [pk for pk, one, end in zip(every.pk, every.start, every.end, strict=True)
                    if Span(one, end).overlaps(wanted)]  # fmt: skip
        assert list(found.pk) == expected
        project.close()
