from itertools import pairwise

import pytest

from bench.article import PLACE, SOUGHT, WITNESS, article, marks, words_from

TEXT = article(60_000)


@pytest.mark.parametrize("size", [4_000, 60_000, 300_000])
def test_an_article_has_about_the_size_asked_for(size: int) -> None:
    assert abs(len(article(size).encode()) - size) < 2_000


def test_the_same_size_is_the_same_article() -> None:
    assert article(60_000) == TEXT


def test_it_reads_like_news() -> None:
    assert TEXT.count("“") == TEXT.count("”") > 50
    assert "王" in TEXT
    assert TEXT.count(SOUGHT) > 10
    assert max(map(len, TEXT.split("\n\n"))) < 3_000


def test_the_places_that_are_looked_for_stand_once_in_the_middle() -> None:
    assert TEXT.count(PLACE) == TEXT.count(WITNESS) == 1
    assert len(TEXT) // 3 < TEXT.index(PLACE) < TEXT.index(WITNESS) < 2 * len(TEXT) // 3


@pytest.mark.parametrize("count", [20, 2_000])
def test_so_many_different_marks_lie_in_the_text_and_across_one_another(count: int) -> None:
    made = marks(TEXT, count)
    assert len(set(made)) == len(made) == count
    assert all(0 <= mark.start < mark.end <= len(TEXT) for mark in made)
    assert all(TEXT[mark.start].strip() and TEXT[mark.end - 1].strip() for mark in made)
    assert {mark.tag for mark in made} == {"claim", "quote", "opinion", "loaded language"}
    assert any(mark.start == TEXT.index(WITNESS) for mark in made)
    if count > 100:
        assert any(one.end > other.start for one, other in pairwise(made))


def test_words_come_as_ranges() -> None:
    assert list(words_from("one two, three", 4)) == [(4, 8), (9, 14)]
