"""Which codebook an article is read with, and which one new articles get."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reader.annotations.codebook import Codebook, Tag, normal
from reader.documents.document import Document
from reader.errors import NotFound, Refused
from reader.project import Project
from reader.storage import bindings, codebooks
from reader.storage.bindings import Stranger
from reader.work import library

__all__ = ["Stranger"]


class Strangers(Refused):
    """Marks carry tags that the codebook lacks; nothing was changed."""

    def __init__(self, sentence: str, tags: Sequence[Stranger]) -> None:
        super().__init__(sentence)
        self.tags = tuple(tags)
        """The most used one first."""


@dataclass(frozen=True, slots=True)
class Bound:
    """What giving articles a codebook did."""

    articles: int
    """Those that were read with another one before."""
    given: int
    """The annotator's own marks that got another tag."""
    twice: int
    """Own marks that did not, since that tag is on the same words already."""
    kept: int
    """Everybody's marks that keep a tag that the codebook lacks; they are drawn, and named as before."""


def strangers(project: Project, codebook: Codebook, documents: Sequence[Document]) -> list[Stranger]:
    """The tags of marks in these articles that the codebook lacks, the most used one first."""
    return bindings.strangers(project.store, project.annotator, _numbers(project, documents), codebook.id)


def use(
    project: Project,
    codebook: Codebook,
    documents: Sequence[Document],
    *,
    instead: Mapping[str, str] | None = None,
    keep: bool = False,
) -> Bound:
    """These articles are read with `codebook` from now on, as one step: of the article, or of the library for several.

    Where marks carry tags that it lacks: `instead` names, for such a tag, one of its own that this annotator's marks
    get; `keep` leaves the rest as it is. Without either Strangers, whose sentence counts them. Other people's marks
    keep their tags.
    """
    numbers = _numbers(project, documents)
    label = f"read with “{codebook.name}”"
    if len(numbers) != 1:
        label = f"{len(numbers):,} articles {label}"
    with project.store.step(label, project.annotator.pk, numbers[0] if len(numbers) == 1 else None) as step:
        found = bindings.strangers(project.store, project.annotator, numbers, codebook.id)
        mapping = _mapping(codebook, found, instead or {})
        left = [each for each in found if each.mine and each.tag_id not in mapping]
        if not keep and (left or (found and not mapping)):
            raise Strangers(_sentence(codebook, found), found)
        articles = bindings.bind(project.store, step, numbers, codebook.id)
        given, twice = bindings.give(project.store, step, project.annotator, numbers, mapping)
    return Bound(articles, given, twice, sum(each.mine + each.others for each in found) - given)


def use_for_new(project: Project, codebook: Codebook) -> None:
    """Articles that come in from now on are read with it; a step of the library."""
    with project.store.step(f"“{codebook.name}” for new articles", project.annotator.pk) as step:
        codebooks.choose_default(project.store, step, codebook.id)


def same_names(codebook: Codebook, tags: Sequence[Stranger]) -> dict[str, str]:
    """For each of these tags that the codebook has one of the same name for: its name, by that tag's name."""
    own = {normal(tag.name): tag.name for tag in codebook.active}
    return {tag.name: own[normal(tag.name)] for tag in tags if normal(tag.name) in own}


def _mapping(codebook: Codebook, found: Sequence[Stranger], instead: Mapping[str, str]) -> dict[str, Tag]:
    """The tag of the codebook for each strange one, by its id."""
    mapping: dict[str, Tag] = {}
    for word, tag in instead.items():
        meant = [each for each in found if normal(each.name) == normal(word)]
        if not meant:
            there = ", ".join(each.name for each in found) or "none"
            raise NotFound(f"No marks here have a tag “{word}” that “{codebook.name}” lacks: they have {there}.")
        mapping |= dict.fromkeys((each.tag_id for each in meant), codebook.find(tag))
    return mapping


def _sentence(codebook: Codebook, found: Sequence[Stranger]) -> str:
    marks = sum(each.mine + each.others for each in found)
    tags = ", ".join(f"{each.name} {each.mine + each.others:,}" for each in found)
    equal = same_names(codebook, found)
    maps = " ".join(f"--map “{old}={new}”" for old, new in equal.items()) or "--map “OLD=NEW”"
    one = marks == 1
    return (
        f"{marks:,} {'mark carries a tag' if one else 'marks carry tags'} that “{codebook.name}” lacks ({tags}):"
        f" --keep leaves {'it' if one else 'them'} as {'it is' if one else 'they are'} and goes on drawing"
        f" {'it' if one else 'them'}, {maps} gives yours another tag."
    )


def _numbers(project: Project, documents: Sequence[Document]) -> list[int]:
    return list(dict.fromkeys(library.number(project, document) for document in documents))
