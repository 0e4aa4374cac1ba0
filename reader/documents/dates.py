"""The days that articles are of: written as people write them, kept as ISO 8601."""

from __future__ import annotations

import re
from datetime import date, datetime

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip

# Compiled by `re` when first used.
_PART = r"[0-9]{4}(?:-[0-9]{2})?"
_MONTH_DAY = r"(?P<month>[a-z]{3,9})\.? +(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_DAY_MONTH = r"(?P<first>[0-9]{1,2})(?:st|nd|rd|th|\.)? +(?P<then>[a-z]{3,9})\.?"
_WORDS = rf"(?:[a-z]{{3,9}}\.?,? +)?(?:{_MONTH_DAY}|{_DAY_MONTH}),? +(?P<year>[0-9]{{4}})"

FORMS = "2026-03-02, 2026-03 or 2026"
"""How a date is best written, for sentences."""

_LINES = 6
_LONGEST = 40


def iso_date(written: str) -> str | None:
    """The day, month or year that is written, as `2026-03-02`, `2026-03` or `2026`; None where it is none of these.

    ISO 8601, with a time of day too, which is left out; and English words: `Monday, 2 March 2026`, `March 2, 2026`.
    Numbers alone, as in 2/3/2026, are taken differently by different people, and not at all here.
    """
    written = written.strip()
    words = re.fullmatch(_WORDS, written.casefold())
    try:
        if words is not None:
            name = words["month"] or words["then"]
            months = [number for number, month in enumerate(_MONTHS, 1) if name in (month, month[:3], month[:4])]
            return (
                date(int(words["year"]), months[0], int(words["day"] or words["first"])).isoformat() if months else None
            )
        if re.fullmatch(_PART, written):
            date.fromisoformat(f"{written}-01-01"[:10])
            return written
        return datetime.fromisoformat(written).date().isoformat() if written[4:5] == written[7:8] == "-" else None
    except ValueError:
        return None


def date_line(text: str) -> str:
    """The day that a line of its own at the beginning of an article gives, as ISO 8601; empty where none does."""
    lines = [line for line in text[:2000].split("\n") if line.strip()]
    return next((day for line in lines[:_LINES] if len(line) <= _LONGEST and (day := iso_date(line))), "")
