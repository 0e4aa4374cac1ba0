"""How long ago something was, in a word or two."""

from __future__ import annotations

from datetime import datetime

MOST_CELLS = 10
"""How wide the longest answer is."""


def ago(then: str, now: datetime) -> str:
    """`now`, `5 min`, `3 h`, `yesterday`, `4 days`, else the date; `–` where `then` is no time.

    `then` is ISO 8601 with a zone, as the tables hold it; days are those of `now`'s zone.
    """
    try:
        moment = datetime.fromisoformat(then).astimezone(now.tzinfo)
    except (ValueError, OverflowError):
        return "–"
    minutes = int((now - moment).total_seconds() // 60)
    days = (now.date() - moment.date()).days
    if minutes < 1:
        return "now"
    if minutes < 60:
        return f"{minutes} min"
    if days < 1 or minutes < 6 * 60:
        return f"{minutes // 60} h"
    if days == 1:
        return "yesterday"
    return f"{days} days" if days < 7 else moment.date().isoformat()
