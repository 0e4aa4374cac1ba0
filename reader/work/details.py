"""What is known about an article, as people write it: checked and put into the form in which it is stored."""

from __future__ import annotations

from collections.abc import Mapping

from reader.documents.normalise import safe
from reader.errors import Refused, UsageProblem


def cleaned(details: Mapping[str, str], *, titled: bool = False) -> dict[str, str]:
    """Each detail on one line, with nothing in it that could command a terminal; the date as ISO 8601.

    UsageProblem where `date` is none; Refused, where it is to be `titled`, where the title is empty.
    """
    out = {name: " ".join(safe(value).split()) for name, value in details.items()}
    if titled and out.get("title") == "":
        raise Refused("An article needs a title: write one.")
    if out.get("date"):
        from reader.documents.dates import FORMS, iso_date

        day = iso_date(out["date"])
        if day is None:
            raise UsageProblem(f"“{out['date']}” is no date: write it as {FORMS}.")
        out["date"] = day
    return out
