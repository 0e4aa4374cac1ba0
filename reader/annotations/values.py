"""Looking at single values of what others wrote: each check gives the value as it may be kept, or ValueError."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection
from typing import Any

from reader.documents.normalise import safe

Check = Callable[[Any], Any]
"""Gives the value as it may be kept; ValueError, with what it should be, where it may not."""

LONGEST_LINE = 10_000
"""Code points of a name, a title, an address."""

LONGEST_WORDS = 1_000_000
"""Code points of a note or a definition."""

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{64}")
_FRAGMENTS = re.compile(r"\d{1,10}-\d{1,10}(;\d{1,10}-\d{1,10})*", re.ASCII)
_MOST = 1 << 53


def number(value: object) -> int:
    """A whole number from 0 on."""
    if type(value) is not int or not 0 <= value < _MOST:
        raise ValueError("a whole number")
    return value


def row_number(value: object) -> int:
    """The number of a row."""
    if type(value) is not int or not 0 < value < _MOST:
        raise ValueError("the number of a row")
    return value


def score(value: object) -> float:
    """How well a place fits."""
    if type(value) not in (int, float) or not 0 <= value <= 1:  # type: ignore[operator]
        raise ValueError("a number from 0 to 1")
    return float(value)  # type: ignore[arg-type]


def uuid(value: object) -> str:
    """An id."""
    if type(value) is not str or not _UUID.fullmatch(value):
        raise ValueError("an id (UUID, in small letters)")
    return value


def time(value: object) -> str:
    """A moment in UTC."""
    if type(value) is not str or not _TIME.fullmatch(value):
        raise ValueError("a time (ISO 8601, UTC)")
    return value


def text_hash(value: object) -> str:
    """The identity of a text."""
    if type(value) is not str or not _HASH.fullmatch(value):
        raise ValueError("a sha256 in hexadecimal")
    return value


def fragments(value: object) -> str:
    """Ranges as the tables hold them; where they lead to is not looked at here."""
    if type(value) is not str or len(value) > LONGEST_WORDS or not (value == "" or _FRAGMENTS.fullmatch(value)):
        raise ValueError("a list of ranges (10-25;40-52)")
    return value


def line(value: object) -> str:
    """One line, with nothing in it that a terminal could obey."""
    return " ".join(safe(_string(value, LONGEST_LINE)).split())


def name(value: object) -> str:
    """One line with something in it."""
    told = line(value)
    if not told:
        raise ValueError("a name")
    return told


def words(value: object) -> str:
    """Lines, with nothing in them that a terminal could obey."""
    return safe(_string(value, LONGEST_WORDS), lines=True)


def raw_words(value: object) -> str:
    """Words that are compared with a text and not kept."""
    if type(value) is not str:
        raise ValueError("a text")
    return value


def json_text(value: object) -> str:
    """JSON, as it stands."""
    told = _string(value, LONGEST_WORDS)
    parsed_json(told)
    return told


def parsed_json(value: str) -> Any:
    """What a JSON text says; ValueError where it is none, or goes too deep."""
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        raise ValueError("JSON") from None


def one_of(*known: str) -> Check:
    """One of these words."""
    allowed = frozenset(known)

    def check(value: object) -> str:
        if type(value) is not str or value not in allowed:
            raise ValueError(f"one of {', '.join(known)}")
        return value

    return check


def optional(check: Check) -> Check:
    """What `check` allows, or nothing."""
    return lambda value: None if value is None else check(value)


def or_empty(check: Check) -> Check:
    """What `check` allows, or an empty text."""
    return lambda value: "" if value == "" else check(value)


def listed(check: Check) -> Check:
    """A list of what `check` allows, as a tuple."""

    def each(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise ValueError("a list")
        return tuple(map(check, value))

    return each


def keys(value: object) -> str:
    """Ids of annotations with spaces between them."""
    told = _string(value, LONGEST_LINE)
    for each in told.split(" "):
        uuid(each)
    return told


def of_record(value: object, needed: Collection[str]) -> dict[str, Any]:
    """A JSON object that has these keys at least."""
    if not isinstance(value, dict) or not set(needed) <= value.keys():
        raise ValueError(f"an object with {', '.join(needed)}")
    return value


def truth(value: object) -> bool:
    """Yes or no, as JSON has it."""
    if not isinstance(value, bool):
        raise ValueError("true or false")
    return value


def _string(value: object, longest: int) -> str:
    if type(value) is not str:
        raise ValueError("a text")
    if len(value) > longest:
        raise ValueError(f"a text of at most {longest:,} characters")
    return value
