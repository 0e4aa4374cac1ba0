"""What must hold of a codebook's tags beyond the types of their fields; each breach is a sentence with its place."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reader.annotations.codebook import Attribute, Kind, Tag, clashes, normal

LONGEST_NAME = 60
LONGEST_CHOICE = 100
LONGEST_EXAMPLE = 1_000
LONGEST_DEFINITION = 4_000
"""Code points."""

MOST_TAGS, MOST_ATTRIBUTES, MOST_CHOICES, MOST_EXAMPLES = 300, 40, 100, 50


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that must not be so."""

    sentence: str
    """What is wrong and what to do."""
    tag: int = -1
    """The place of the tag in the codebook, -1 for the codebook itself."""
    field: tuple[str | int, ...] = ()
    """Where in the tag: `("key",)`, `("attribute", 2, "choices", 0)`."""


def problems(tags: Sequence[Tag]) -> Iterator[Problem]:
    """Whatever is wrong with these tags as a codebook, in their order; nothing where all is well.

    Tags that are not in use (any more) may share names and keys with others.
    """
    if not any(not tag.retired for tag in tags):
        yield Problem("A codebook needs at least one tag that is in use: add one, or bring one back.")
    if len(tags) > MOST_TAGS:
        yield Problem(f"{len(tags)} tags are more than a codebook can have: {MOST_TAGS} at most.", MOST_TAGS)
        return
    for number, tag in enumerate(tags):
        yield from _tag(number, tag)
    for number, field, sentence in clashes(tags):
        yield Problem(sentence, number, (field,))
    yield from _ids(tags)
    yield from _heirs(tags)
    keys = {tag.key: tag for tag in tags if tag.key and not tag.retired}
    for number, tag in enumerate(tags):
        other = keys.get(tag.name)
        if other is not None and other is not tag and not tag.retired:
            yield Problem(
                f"“{tag.name}” is the key of the tag “{other.name}”: call it something else.", number, ("name",)
            )


def name_problem(name: str, what: str) -> str:
    """What is wrong with a name of `what` (a tag, an attribute, a codebook), as a sentence; empty where it will do."""
    if not any(map(str.isalnum, name)):
        return f"{what} needs a name with letters or digits in it: write one."
    if len(name) > LONGEST_NAME:
        return f"The name “{name[:20]}…” has {len(name)} characters: {LONGEST_NAME} at most."
    return ""


def symbol_problem(symbol: str) -> str:
    """What is wrong with a gutter letter; empty where it will do."""
    if len(symbol) == 1 and is_symbol(symbol):
        return ""
    return f"The symbol “{symbol[:10]}” is not one letter or sign of a single column: choose another."


def is_symbol(sign: str) -> bool:
    """Whether this one character takes one column and can be seen."""
    return unicodedata.category(sign)[0] in "LNPS" and unicodedata.east_asian_width(sign) not in "WF"


def _tag(number: int, tag: Tag) -> Iterator[Problem]:
    def wrong(sentence: str, *field: str | int) -> Problem:
        return Problem(sentence, number, field)

    sentence = name_problem(tag.name, "A tag")
    if sentence:
        yield wrong(sentence, "name")
    sentence = symbol_problem(tag.symbol)
    if sentence:
        yield wrong(sentence, "symbol")
    if len(tag.definition) > LONGEST_DEFINITION:
        yield wrong(
            f"The definition of “{tag.name}” is too long: {LONGEST_DEFINITION:,} characters at most.", "definition"
        )
    for field, examples in (("do", tag.do), ("dont", tag.dont)):
        if len(examples) > MOST_EXAMPLES:
            yield wrong(f"“{tag.name}” has {len(examples)} examples: {MOST_EXAMPLES} at most.", field)
        for place, example in enumerate(examples):
            if len(example) > LONGEST_EXAMPLE:
                yield wrong(
                    f"An example of “{tag.name}” is too long: {LONGEST_EXAMPLE:,} characters at most.", field, place
                )
    if len(tag.attributes) > MOST_ATTRIBUTES:
        yield wrong(f"“{tag.name}” has {len(tag.attributes)} attributes: {MOST_ATTRIBUTES} at most.", "attribute")
    names: set[str] = set()
    for place, attribute in enumerate(tag.attributes):
        for problem in _attribute(tag, attribute):
            yield wrong(problem.sentence, "attribute", place, *problem.field)
        if normal(attribute.name) in names:
            yield wrong(
                f"“{tag.name}” has two attributes called “{attribute.name}”: rename one.", "attribute", place, "name"
            )
        names.add(normal(attribute.name))


def _attribute(tag: Tag, attribute: Attribute) -> Iterator[Problem]:
    what = f"The attribute “{attribute.name}” of “{tag.name}”" if attribute.name else f"An attribute of “{tag.name}”"
    sentence = name_problem(attribute.name, "An attribute")
    if sentence:
        yield Problem(sentence, field=("name",))
    chosen = attribute.kind in (Kind.CHOICE, Kind.CHOICES)
    if chosen and not attribute.choices:
        yield Problem(f'{what} is a choice without choices: write choices = ["…", "…"].', field=("kind",))
    if attribute.choices and not chosen:
        yield Problem(
            f"{what} has choices, but is of the kind {attribute.kind}: make its kind choice or choices.",
            field=("choices",),
        )
    if len(attribute.choices) > MOST_CHOICES:
        yield Problem(f"{what} has {len(attribute.choices)} choices: {MOST_CHOICES} at most.", field=("choices",))
    seen: set[str] = set()
    for place, choice in enumerate(attribute.choices):
        if not choice:
            yield Problem(f"{what} has an empty choice: write it or leave it out.", field=("choices", place))
        elif normal(choice) in seen:
            yield Problem(f"{what} has the choice “{choice}” twice: leave one out.", field=("choices", place))
        elif len(choice) > LONGEST_CHOICE:
            yield Problem(
                f"{what} has a choice that is too long: {LONGEST_CHOICE} characters at most.", field=("choices", place)
            )
        seen.add(normal(choice))
    if attribute.several and attribute.kind not in (Kind.TEXT, Kind.URL):
        yield Problem(
            f"{what} takes several values only as text, url or choices: leave “several” out.", field=("several",)
        )
    if attribute.names and attribute.kind is not Kind.TEXT:
        yield Problem(f"{what} can hold names only as text: leave “names” out.", field=("names",))
    if len(attribute.definition) > LONGEST_DEFINITION:
        yield Problem(
            f"The definition of “{attribute.name}” is too long: {LONGEST_DEFINITION:,} characters at most.",
            field=("definition",),
        )


def _ids(tags: Sequence[Tag]) -> Iterator[Problem]:
    seen: dict[str, Tag] = {}
    for number, tag in enumerate(tags):
        first = seen.setdefault(tag.id, tag)
        # Two of the same name, and so of the same id that comes of it, clash by their names.
        if first is not tag and (tag.retired or first.retired or normal(tag.name) != normal(first.name)):
            yield Problem(
                f"The tags “{first.name}” and “{tag.name}” have the same id: give one another name or id.",
                number,
                ("id",),
            )


def _heirs(tags: Sequence[Tag]) -> Iterator[Problem]:
    by_id = {tag.id: tag for tag in tags}
    for number, tag in enumerate(tags):
        if not tag.heir:
            continue
        heir = by_id.get(tag.heir)
        if heir is None or heir is tag or heir.heir:
            why = "is not in this codebook" if heir is None else "is itself" if heir is tag else "is merged itself"
            yield Problem(f"The tag that “{tag.name}” is merged into {why}: name another.", number, ("merged_into",))
