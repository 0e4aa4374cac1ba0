"""Codebooks from TOML files, with a sentence and a line for whatever is wrong (docs/codebooks.md)."""

from __future__ import annotations

import tomllib
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from importlib.resources import files
from typing import Any, TypeVar

from reader.annotations.codebook import COLOURS, Attribute, Codebook, Kind, Line, Tag, Unit, normal
from reader.annotations.rules import LONGEST_DEFINITION, is_symbol, name_problem, problems
from reader.annotations.toml_places import Lost, Path, TooDeep, places
from reader.documents.normalise import safe
from reader.errors import BadInput
from reader.ids import shipped_id

SHIPPED = ("default", "propaganda", "quotations")
"""The codebooks that come with the program, by the names of their files."""

LARGEST = 1_000_000
"""Bytes of a file: hundreds of tags with long definitions are a tenth of it."""

_SMALL = 20_000
"""Characters up to which TOML's own reader may say what is wrong with a file that is none, however it is made."""

_HIGHEST_REVISION = 1_000_000

_TOP = ("name", "description", "id", "tag")
_TAG = (
    "name", "key", "symbol", "colour", "line", "unit", "definition", "do", "dont", "attribute", "id", "revision",
    "retired", "merged_into",
)  # fmt: skip
_ATTRIBUTE = ("name", "kind", "choices", "wanted", "several", "names", "definition")

_Choice = TypeVar("_Choice", bound=StrEnum)


def shipped(name: str = "default") -> Codebook:
    """A codebook that comes with the program (one of `SHIPPED`); its ids are the same everywhere."""
    source = files("reader.annotations").joinpath("codebooks", f"{name}.toml").read_bytes()
    return parse(source, f"{name}.toml")


def parse(source: bytes, called: str) -> Codebook:
    """The codebook written in `source`; BadInput with the first thing that is wrong, and its line.

    Where ids are left out they come of the names (UUIDv5), so that the same file is the same codebook everywhere.
    """
    read = _Read(source)
    wrong = read.wrong()
    if wrong:
        more = f" (and {len(wrong) - 1} more: `reader codebook check` lists all)" if len(wrong) > 1 else ""
        raise BadInput(f"{safe(called)}, line {wrong[0].line}: {wrong[0].sentence}{more}")
    return read.codebook()


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something wrong with a file."""

    line: int
    """From 1."""
    sentence: str


def findings(source: bytes) -> tuple[Finding, ...]:
    """Everything that is wrong with a file, in the order of its lines; nothing where `parse` takes it."""
    return tuple(_Read(source).wrong())


def is_derived(codebook: Codebook, tag: Tag) -> bool:
    """Whether the tag's id only says how it is called."""
    return tag.id == shipped_id("tag", f"{codebook.name}/{tag.name}")


def with_ids_of(codebook: Codebook, name: str) -> Codebook:
    """The codebook under this name, with the ids that come of it, as if it had been written by hand."""
    tags = (replace(tag, id=shipped_id("tag", f"{name}/{tag.name}"), revision=1) for tag in codebook.tags)
    return replace(codebook, id=shipped_id("codebook", name), name=name, tags=tuple(tags))


class _Read:
    """A file being read: what was found in it, and what is wrong."""

    def __init__(self, source: bytes) -> None:
        self._wrong: list[Finding] = []
        self._places: Mapping[Path, int] = {}
        self._name = self._description = self._id = ""
        self._tags: list[Tag] = []
        self._guessed: set[Path] = set()
        """The fields that could not be read, for which something was put in."""
        data = self._data(source)
        if data is not None:
            self._codebook(data)

    def wrong(self) -> list[Finding]:
        return sorted(set(self._wrong))

    def codebook(self) -> Codebook:
        return Codebook(self._id, self._name, self._description, tuple(self._tags))

    def _data(self, source: bytes) -> dict[str, Any] | None:
        wrong: tuple[int, str]
        if len(source) > LARGEST:
            wrong = 1, f"The file has {len(source):,} bytes, a codebook {LARGEST:,} at most: is it another one?"
        else:
            try:
                text = source.decode("utf-8-sig").replace("\r\n", "\n")
                try:
                    self._places = places(text)
                    return tomllib.loads(text)
                except TooDeep as problem:
                    wrong = problem.line, "Tables or lists are nested too deep for a codebook: take some out."
                except Lost as problem:
                    wrong = _syntax(text, problem.line)
                except (ValueError, RecursionError):
                    wrong = _syntax(text, 1)
            except UnicodeDecodeError as problem:
                line = source.count(b"\n", 0, problem.start) + 1
                wrong = line, "This is not UTF-8, as TOML has to be: save the file as UTF-8."
        self._wrong.append(Finding(*wrong))
        return None

    def _at(self, path: Path, sentence: str) -> None:
        """Something wrong there; where nothing stands, its line is that of what it belongs to."""
        self._guessed.add(path)
        while path and path not in self._places:
            path = path[:-1]
        self._wrong.append(Finding(self._places.get(path, 1), sentence))

    def _codebook(self, data: dict[str, Any]) -> None:
        self._known(data, (), _TOP, "A codebook")
        self._name = self._text(data, (), "name")
        if not self._name and ("name",) not in self._guessed:
            self._at(("name",), 'The codebook has no name: write name = "…" at the top.')
        elif self._name and name_problem(self._name, "A codebook"):
            self._at(("name",), name_problem(self._name, "A codebook"))
        self._description = self._text(data, (), "description")
        if len(self._description) > LONGEST_DEFINITION:
            self._at(("description",), f"The description is too long: {LONGEST_DEFINITION:,} characters at most.")
        self._id = self._uuid(data, ()) or shipped_id("codebook", self._name)
        heirs: dict[int, str] = {}
        numbers: list[int] = []
        for number, tag in self._tables(data, (), "tag"):
            numbers.append(number)
            self._tags.append(self._tag(tag, number))
            heirs[number] = self._text(tag, ("tag", number), "merged_into")
        if not self._tags:
            if ("tag",) not in self._guessed:
                self._at(("tag",), "There is no [[tag]]: a codebook needs at least one.")
            return
        self._tags = [
            self._with_heir(tag, heirs[number], number) for tag, number in zip(self._tags, numbers, strict=True)
        ]
        guessed = frozenset(self._guessed)
        for problem in problems(self._tags):
            known = 0 <= problem.tag < len(numbers)
            path: Path = ("tag", numbers[problem.tag], *problem.field) if known else ("tag",)
            # What was put in for a field that could not be read is not to be blamed.
            if not any(seen[: len(each)] == each for each in guessed for seen in (path, *_resting_on(path))):
                self._at(path, problem.sentence)

    def _tag(self, data: dict[str, Any], number: int) -> Tag:
        path: Path = ("tag", number)
        name = self._text(data, path, "name")
        self._known(data, path, _TAG, f"The tag “{name}”" if name else "A tag")
        return Tag(
            id=self._uuid(data, path) or shipped_id("tag", f"{self._name}/{name}"),
            name=name,
            key=self._text(data, path, "key"),
            colour=self._one_of(COLOURS, data, path, "colour", COLOURS[number % len(COLOURS)]),
            symbol=self._text(data, path, "symbol") or default_symbol(name),
            line=Line(self._one_of(tuple(Line), data, path, "line", Line.UNDERLINE)),
            unit=Unit(self._one_of(tuple(Unit), data, path, "unit", Unit.SENTENCE)),
            definition=self._text(data, path, "definition"),
            do=self._texts(data, path, "do"),
            dont=self._texts(data, path, "dont"),
            attributes=tuple(
                self._attribute(each, (*path, "attribute", place))
                for place, each in self._tables(data, path, "attribute")
            ),
            revision=self._revision(data, path),
            # One that could not be read is taken out of the way of the others' names and keys.
            retired=self._truth(data, path, "retired") or any(map(data.get, ("merged_into", "retired"))),
        )

    def _with_heir(self, tag: Tag, heir: str, number: int) -> Tag:
        if not heir:
            return tag
        meant = [each for each in self._tags if each.id == heir.lower()] or [
            each for each in self._tags if normal(each.name) == normal(heir)
        ]
        if len(meant) > 1:
            meant = [each for each in meant if not each.retired]
        if len(meant) == 1:
            return replace(tag, heir=meant[0].id)
        self._at(
            ("tag", number, "merged_into"), f"No tag here is called “{heir}”: name the one that it was merged into."
        )
        return tag

    def _attribute(self, data: dict[str, Any], path: Path) -> Attribute:
        name = self._text(data, path, "name")
        self._known(data, path, _ATTRIBUTE, f"The attribute “{name}”" if name else "An attribute")
        return Attribute(
            name=name,
            kind=Kind(self._one_of(tuple(Kind), data, path, "kind", Kind.TEXT)),
            choices=self._texts(data, path, "choices"),
            wanted=self._truth(data, path, "wanted"),
            several=self._truth(data, path, "several"),
            names=self._truth(data, path, "names"),
            definition=self._text(data, path, "definition"),
        )

    # Fields, each of its type or a sentence and something that will do until all is looked at

    def _known(self, data: Mapping[str, Any], path: Path, known: Sequence[str], what: str) -> None:
        import difflib

        for field in data:
            if field not in known:
                close = difflib.get_close_matches(field[:40], known, n=1)
                self._guessed.update((*path, each) for each in close if each not in data)
                hint = f"did you mean “{close[0]}”?" if close else f"it has {', '.join(known)}."
                self._at((*path, field), f"{what} has no field “{safe(field[:40])}”: {hint}")

    def _tables(self, data: Mapping[str, Any], path: Path, field: str) -> Iterator[tuple[int, dict[str, Any]]]:
        value = data.get(field, [])
        if not isinstance(value, list):
            self._at((*path, field), f"There may be several of these: write [[{'.'.join(_words((*path, field)))}]].")
            return
        for number, each in enumerate(value):
            if isinstance(each, dict):
                yield number, each
            else:
                self._at((*path, field, number), f"This is {_called(each)}, where a table with a name should be.")

    def _text(self, data: Mapping[str, Any], path: Path, field: str) -> str:
        return self._line_of(data.get(field, ""), (*path, field), f"“{field}”")

    def _line_of(self, value: object, path: Path, what: str) -> str:
        """The text with every run of space as one space."""
        if not isinstance(value, str):
            self._at(path, f"{what} is {_called(value)}, where a text should be: write it in quotation marks.")
            return ""
        if safe(value, lines=True) != value:
            self._at(path, f"{what} holds a control character: take it out.")
        return " ".join(safe(value).split())

    def _texts(self, data: Mapping[str, Any], path: Path, field: str) -> tuple[str, ...]:
        value = data.get(field, [])
        if not isinstance(value, list):
            self._at((*path, field), f'“{field}” is {_called(value)}, where a list should be: write ["…", "…"].')
            return ()
        what = f"What stands in “{field}”"
        return tuple(self._line_of(each, (*path, field, place), what) for place, each in enumerate(value))

    def _truth(self, data: Mapping[str, Any], path: Path, field: str) -> bool:
        value = data.get(field, False)
        if not isinstance(value, bool):
            self._at((*path, field), f"“{field}” is {_called(value)}, where true or false should be.")
        return value is True

    def _one_of(self, known: Sequence[str], data: Mapping[str, Any], path: Path, field: str, default: str) -> str:
        value = data.get(field, default)
        if isinstance(value, str) and value in known:
            return value
        said = f"“{safe(value[:40])}”" if isinstance(value, str) else _called(value)
        self._at((*path, field), f"The {field} is {said}: choose {', '.join(known)}.")
        return default

    def _revision(self, data: Mapping[str, Any], path: Path) -> int:
        value = data.get("revision", 1)
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _HIGHEST_REVISION:
            return value
        self._at((*path, "revision"), "“revision” is a number from 1: it counts how often the definition changed.")
        return 1

    def _uuid(self, data: Mapping[str, Any], path: Path) -> str:
        value = self._text(data, path, "id")
        try:
            return str(uuid.UUID(value)) if value else ""
        except ValueError:
            self._at((*path, "id"), "“id” is no UUID: leave it out where there is none yet.")
            return ""


def default_symbol(name: str) -> str:
    """The first letter of a tag's name that takes one column, as a capital; else a star."""
    letter = next((letter for letter in name if letter.isalnum() and is_symbol(letter)), "*")
    return letter.upper() if len(letter.upper()) == 1 else letter


def _syntax(text: str, line: int) -> tuple[int, str]:
    """Line and sentence for a text that is no TOML; as TOML's own reader says it, where it is safe to ask."""
    if len(text) <= _SMALL:
        try:
            tomllib.loads(text)
        except tomllib.TOMLDecodeError as problem:
            said, _, place = str(problem).partition(" (at ")
            digits = place.removeprefix("line ").partition(",")[0]
            at = int(digits) if digits.isdecimal() else text.count("\n") + 1
            return at, f"This is not TOML ({safe(said)}): put it right."
        except (ValueError, RecursionError):
            pass
    return line, "This is not TOML: put it right."


_KINDRED = ("kind", "choices", "several", "names")
"""The fields of an attribute that are judged together."""


def _resting_on(path: Path) -> Iterator[Path]:
    """Other fields that a rule about this one looks at."""
    if len(path) == 5 and path[4] in _KINDRED:
        yield from ((*path[:4], each) for each in _KINDRED)
    elif path[2:] in (("id",), ("merged_into",)):
        yield from ((*path[:2], each) for each in ("name", "id", "merged_into"))


def _words(path: Path) -> list[str]:
    return [word for word in path if isinstance(word, str)]


def _called(value: object) -> str:
    """What sort of value it is, as people say it."""
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return "a number"
    if isinstance(value, str):
        return "a text"
    return "a list" if isinstance(value, list) else "a table" if isinstance(value, dict) else "a date"
