"""From one state of a codebook to another: which tags of a file are which of the database's, and what differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reader.annotations.codebook import Codebook, Tag, normal
from reader.annotations.codebook_toml import is_derived


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs."""

    tag: str
    """The name of the tag, as it is afterwards; empty for the codebook itself."""
    what: str
    """`new`, `renamed`, `changed`, `restyled`, `retired`, `back`, `merged`, `deleted`, `moved`."""
    sentence: str
    """For people: `rain: the definition (revision 2)`."""


def meaning(tag: Tag) -> tuple[object, ...]:
    """What a new revision is stamped for: what the tag is to be given to, and what is asked about it."""
    return (tag.unit, tag.definition, tag.do, tag.dont, tag.attributes)


def revised(before: Tag, after: Tag) -> int:
    """The revision that the tag has afterwards."""
    return before.revision if meaning(before) == meaning(after) else max(before.revision + 1, after.revision)


def updated(present: Codebook, wanted: Codebook) -> Codebook:
    """`wanted`, a file's, with the ids of those tags of `present` that it means; what it leaves out is retired.

    A tag is the same by its id; by its name where the file gives no id of its own.
    """
    names = {normal(tag.name): tag for tag in (*reversed(present.tags), *reversed(present.active))}
    ids = {tag.id: tag for tag in present.tags}
    same: dict[str, str] = {}
    for tag in wanted.tags:
        by_name = names.get(normal(tag.name)) if is_derived(wanted, tag) else None
        found = by_name or ids.get(tag.id)
        if found is not None and found.id not in same.values():
            same[tag.id] = found.id
    tags = [
        replace(tag, id=same.get(tag.id, tag.id), heir=same.get(tag.heir, tag.heir), revision=_revision(ids, same, tag))
        for tag in wanted.tags
    ]
    left_out = [replace(tag, retired=True) for tag in present.tags if tag.id not in {each.id for each in tags}]
    return replace(wanted, id=present.id, tags=(*tags, *left_out))


def _revision(ids: dict[str, Tag], same: dict[str, str], tag: Tag) -> int:
    present = ids.get(same.get(tag.id, ""))
    return tag.revision if present is None else revised(present, tag)


def changes(before: Codebook, after: Codebook) -> Iterator[Change]:
    """What differs, tag by tag; the tags of both have the same ids."""
    if before.name != after.name:
        yield Change("", "renamed", f"the codebook “{before.name}” is called “{after.name}”")
    if before.description != after.description:
        yield Change("", "changed", "what the codebook says of itself")
    old = {tag.id: tag for tag in before.tags}
    new = {tag.id for tag in after.tags}
    for tag in after.tags:
        if tag.id in old:
            yield from _tag(old[tag.id], tag, after)
        else:
            yield Change(tag.name, "new", f"{tag.name}: new{' and retired' if tag.retired else ''}")
    for tag in before.tags:
        if tag.id not in new:
            yield Change(tag.name, "deleted", f"{tag.name}: deleted")
    if [tag.id for tag in before.tags if tag.id in new] != [tag.id for tag in after.tags if tag.id in old]:
        yield Change("", "moved", "the order of the tags")


def _tag(before: Tag, after: Tag, codebook: Codebook) -> Iterator[Change]:
    if before.name != after.name:
        yield Change(after.name, "renamed", f"{before.name}: is called {after.name}")
    fields = {
        "definition": before.definition != after.definition,
        "unit": before.unit != after.unit,
        "examples": (before.do, before.dont) != (after.do, after.dont),
        "attributes": before.attributes != after.attributes,
    }
    what = [name for name, differs in fields.items() if differs]
    if what:
        yield Change(after.name, "changed", f"{after.name}: {_listed(what)} (revision {revised(before, after)})")
    what = [name for name in ("key", "colour", "symbol", "line") if getattr(before, name) != getattr(after, name)]
    if what:
        yield Change(after.name, "restyled", f"{after.name}: {_listed(what)}")
    if after.heir != before.heir and after.heir:
        yield Change(after.name, "merged", f"{after.name}: merged into {codebook.by_id(after.heir).name}")
    elif after.retired != before.retired or before.heir != after.heir:
        yield Change(
            after.name,
            "retired" if after.retired else "back",
            f"{after.name}: {'retired' if after.retired else 'back'}",
        )


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
