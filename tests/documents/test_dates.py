from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.documents.dates import date_line, iso_date
from reader.documents.sources import site_of


@pytest.mark.parametrize(
    "written, day",
    [
        ("2026-03-02", "2026-03-02"),
        (" 2026-03 ", "2026-03"),
        ("2026", "2026"),
        ("2026-03-02T09:30:00Z", "2026-03-02"),
        ("Thursday, January 12, 2006", "2006-01-12"),
        ("Thu, 12 Jan 2006", "2006-01-12"),
        ("sept. 2nd 2015", "2015-09-02"),
        ("2. May 2015", "2015-05-02"),
    ],
)
def test_dates_as_people_write_them(written: str, day: str) -> None:
    assert iso_date(written) == day


@pytest.mark.parametrize(
    "written", ["", "2006-03-32", "2006-13", "0000", "2/3/2026", "20260302", "soon", "Mayor 2, 2026", "May 32, 2026",
                "1 ma 2026", "spring 2026", "٢٠٢٦", "2026-W10-1", "2026-03-02x"],
)  # fmt: skip
def test_what_is_no_date(written: str) -> None:
    assert iso_date(written) is None


@given(st.dates(), st.sampled_from(["%Y-%m-%d", "%A, %B %d, %Y", "%d %b %Y"]))
def test_every_day_is_read_as_it_was_written(day: date, form: str) -> None:
    if day.year >= 1000:
        assert iso_date(day.strftime(form)) == day.isoformat()


@given(st.text(max_size=30))
def test_a_date_is_read_once(written: str) -> None:
    day = iso_date(written)
    assert day is None or iso_date(day) == day


def test_the_line_with_the_date_of_an_article() -> None:
    assert date_line("A headline\n\nThursday, January 12, 2006\n\nIt was on May 2, 2026.") == "2006-01-12"
    assert date_line("A headline\n\nIt was on May 2, 2026.") == ""
    assert date_line("word\n" * 10 + "2026-03-02") == ""
    assert date_line("") == ""


@pytest.mark.parametrize(
    "source, site",
    [
        ("https://www.example.org/harbour?x=1", "example.org"),
        ("http://example.org", "example.org"),
        ("The Courier", "The Courier"),
        ("https://", "https://"),
        ("", ""),
    ],
)
def test_the_site_of_a_source(source: str, site: str) -> None:
    assert site_of(source) == site
