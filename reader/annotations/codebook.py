"""The codebook: the tags that may be given, what each means, and the key that gives it."""

from __future__ import annotations

import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reader.documents.unit import Unit as Unit
from reader.errors import NotFound, Refused

TAG_KEYS = frozenset(string.ascii_lowercase)
"""Small letters belong to tags; everything else commands. 1-9 are the first nine tags."""


class Line(StrEnum):
    """How marked words look where colour is missing."""

    UNDERLINE = "underline"
    DOUBLE = "double"
    ITALIC = "italic"
    BOLD = "bold"
    OVERLINE = "overline"
    PLAIN = "plain"


class Kind(StrEnum):
    """What an attribute's value may be."""

    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    NUMBER = "number"
    YES_NO = "yes/no"
    DATE = "date"
    URL = "url"


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something to be said about a mark of one tag, declared in the codebook."""

    name: str
    kind: Kind = Kind.TEXT
    choices: tuple[str, ...] = ()
    wanted: bool = False
    """Its absence is listed; it never blocks."""
    several: bool = False
    """Whether a text or an address may be given more than once."""
    names: bool = False
    """Whether it is a person or a body that speaks: names found beside the words are offered."""
    definition: str = ""

    @property
    def takes_several(self) -> bool:
        """Whether it may have more than one value."""
        return self.several or self.kind is Kind.CHOICES


@dataclass(frozen=True, slots=True)
class Tag:
    """One thing that a span can be called."""

    id: str
    name: str
    key: str
    """One small letter, or nothing: then it is reached by number or name."""
    colour: str
    """A name from `COLOURS`; themes decide what it looks like."""
    symbol: str
    """The letter in the gutter."""
    line: Line
    unit: Unit
    definition: str = ""
    do: tuple[str, ...] = ()
    dont: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    revision: int = 1
    """Counted up whenever definition, unit, examples or attributes change; each annotation knows its own."""
    retired: bool = False
    """Not offered any more; what carries it keeps it."""
    heir: str = ""
    """The id of the tag that it was merged into: what carries this one is shown as that one."""

    def attribute(self, name: str) -> Attribute | None:
        """The attribute of that name, if the tag has one; case, spaces, `_` and `-` make no difference."""
        return next((each for each in self.attributes if normal(each.name) == normal(name)), None)


COLOURS = ("blue", "green", "amber", "magenta", "cyan", "red", "violet", "olive")


@dataclass(frozen=True, slots=True)
class Codebook:
    """The tags of one scheme, in order; refuses keys and names that clash."""

    id: str
    name: str
    description: str
    tags: tuple[Tag, ...]

    def __post_init__(self) -> None:
        for _, _, sentence in clashes(self.tags):
            raise Refused(sentence)

    @property
    def active(self) -> tuple[Tag, ...]:
        """The tags that new marks may get, in order."""
        return tuple(tag for tag in self.tags if not tag.retired)

    def by_id(self, tag_id: str) -> Tag:
        """The tag with this id, retired or not."""
        for tag in self.tags:
            if tag.id == tag_id:
                return tag
        raise NotFound(f"No tag of the codebook “{self.name}” has the id {tag_id}.")

    def heir_of(self, tag: Tag) -> Tag:
        """The tag itself, or the one that it was merged into."""
        return self.by_id(tag.heir) if tag.heir else tag

    def by_key(self, key: str) -> Tag | None:
        """The tag that a small letter or a digit 1-9 gives, if any."""
        if key.isdigit():
            number = int(key)
            return self.active[number - 1] if 1 <= number <= len(self.active) else None
        return next((tag for tag in self.active if tag.key == key), None)

    def find(self, word: str) -> Tag:
        """The tag in use that is meant by a name, the beginning of one, or a key."""
        wanted = normal(word)
        exact = [tag for tag in self.active if normal(tag.name) == wanted or (tag.key and tag.key == word)]
        starts = [tag for tag in self.active if normal(tag.name).startswith(wanted)] if wanted else []
        found = exact or starts
        if len(found) == 1:
            return found[0]
        names = ", ".join(tag.name for tag in self.active)
        if found:
            raise Refused(f"“{word}” could be {' or '.join(tag.name for tag in found)}: write more of it.")
        raise NotFound(f"No tag is called “{word}”. The codebook “{self.name}” has: {names}.")

    def find_any(self, word: str) -> Tag:
        """The tag meant, one that is not in use (any more) where no other is; for a merged one its heir."""
        try:
            return self.find(word)
        except NotFound:
            wanted = normal(word)
            old = [tag for tag in self.tags if tag.retired and wanted and normal(tag.name).startswith(wanted)]
            found = {self.heir_of(tag).id for tag in old if normal(tag.name) == wanted or len(old) == 1}
            if len(found) != 1:
                raise
            return self.by_id(found.pop())


def clashes(tags: Sequence[Tag]) -> Iterator[tuple[int, str, str]]:
    """The tags that cannot stand in one codebook: the place of the later one, its field, and a sentence.

    Only those in use count.
    """
    keys: dict[str, Tag] = {}
    names: dict[str, Tag] = {}
    for number, tag in enumerate(tags):
        if tag.retired:
            continue
        if tag.key and tag.key not in TAG_KEYS:
            yield (
                number,
                "key",
                f"The tag “{tag.name}” wants the key “{tag.key[:10]}”, but only small letters a–z are for tags, all "
                "else is for commands: choose a letter, or leave it out.",
            )
        if tag.key and tag.key in keys:
            first = keys[tag.key].name
            named = bool(first and tag.name)
            both = f"The tags “{first}” and “{tag.name}” both want" if named else "Two tags want"
            both += f" the key “{tag.key}”"
            yield number, "key", f"{both}: give one another."
        if normal(tag.name) in names:
            yield number, "name", f"Two tags are called “{tag.name}”: rename one."
        keys.setdefault(tag.key, tag)
        names.setdefault(normal(tag.name), tag)


def normal(name: str) -> str:
    """A tag's name as it is compared: case, spaces, `_` and `-` make no difference."""
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())
