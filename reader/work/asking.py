"""What the terms of a query are about in one database: its tags, its people, its attributes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from reader.annotations.codebook import normal
from reader.documents.folding import folded
from reader.errors import NotFound, UsageProblem
from reader.project import Project
from reader.storage import vocabulary
from reader.storage.export import Layer
from reader.storage.search_marks import Said
from reader.storage.vocabulary import TagRow
from reader.work.places import Sought, has_all, sought
from reader.work.query import Term

FIELDS = {
    "text": "words of the text", "mark": "words inside marks (quote: too)",
    "note": "words of notes on marks and on articles; note:* any",
    "tag": "a tag’s name", "by": "who marked (me: you; annotator: too)",
    "title": "words of the title", "byline": "who wrote it", "source": "where it is from",
    "date": "when it was published", "is": "new, reading or done",
    "in": "where words are looked for: text, title, note, mark",
}  # fmt: skip
"""The fields that every database has, and what stands behind each. Besides, every attribute of a tag is one."""

_ALSO = {"quote": "mark", "annotator": "by"}
_IN = ("text", "title", "note", "mark")
_STATUSES = ("new", "reading", "done")
_ME = "me"
_Thing = TypeVar("_Thing")


@dataclass(slots=True)
class Asked:
    """The terms of a query, sorted by what they are about: what must be there, and what must not."""

    plain: list[Sought] = field(default_factory=list)
    not_plain: list[Sought] = field(default_factory=list)
    text: list[Sought] = field(default_factory=list)
    not_text: list[Sought] = field(default_factory=list)
    mark: list[Sought] = field(default_factory=list)
    not_mark: list[Sought] = field(default_factory=list)
    note: list[Sought] = field(default_factory=list)
    not_note: list[Sought] = field(default_factory=list)
    has_note: bool | None = None
    """Whether there must be a note, whatever it says, or must be none."""
    details: list[tuple[str, Sought, bool]] = field(default_factory=list)
    """Title, byline, source or date; what is looked for in it; whether it must be there."""
    statuses: frozenset[str] | None = None
    """How far the person who asks is with the article; None for all."""
    layers: list[int] | None = None
    """Numbers of the layers that marks may lie in; None for all."""
    tags: list[int] | None = None
    """Numbers of the tags that marks may have, merged ones too; None for all."""
    said: list[Said] = field(default_factory=list)

    @property
    def chooses_marks(self) -> bool:
        """Whether tags or people are asked for."""
        return self.layers is not None or self.tags is not None

    @property
    def about_marks(self) -> bool:
        """Whether marks are what is asked for."""
        words = (self.mark, self.not_mark, self.note, self.not_note)
        return self.chooses_marks or bool(self.said) or self.has_note is not None or any(words)

    @property
    def about_articles(self) -> bool:
        """Whether a note on an article as a whole can be what is asked for: nothing is, that only a mark has."""
        words = (self.mark, self.not_mark)
        return bool(self.note or self.plain or self.has_note) and not (self.tags is not None or self.said or any(words))


def asked(project: Project, terms: Iterable[Term], tags: Sequence[TagRow], layers: Mapping[int, Layer]) -> Asked:
    """The terms, sorted; UsageProblem or NotFound, with what there is, where one of them means nothing here."""
    named: dict[str, list[Term]] = {}
    attributes: dict[str, tuple[str, ...]] | None = None
    out = Asked()
    said: dict[tuple[tuple[str, ...], bool], set[str] | None] = {}
    for term in terms:
        name = normal(term.field)
        name = _ALSO.get(name, name)
        if name and name not in FIELDS:
            attributes = attributes if attributes is not None else _attributes(project, tags)
            if name in attributes:
                _add_said(project, said, attributes[name], _not_empty(term))
                continue
            if term.words or term.begins:
                raise UsageProblem(_unknown(term.field, attributes))
            # Somebody's text has a colon: “said:”.
            term, name = Term("", term.field, term.excluded), ""
        named.setdefault(name, []).append(_not_empty(term) if name else term)
    where = _where(named.pop("in", []))
    if where:
        named.setdefault(where, []).extend(named.pop("", []))
    for name, some in named.items():
        for term in some:
            _add_words(out, name, term)
    out.statuses = _statuses(named.get("is", []))
    out.layers = _layers(project, named.get("by", []), layers)
    out.tags = _tags(named.get("tag", []), tags)
    out.said = [
        Said(names, None if values is None else tuple(sorted(values)), wanted)
        for (names, wanted), values in said.items()
    ]
    return out


def _not_empty(term: Term) -> Term:
    if not term.words.strip() and not term.is_anything:
        raise UsageProblem(
            f"Nothing stands behind “{term.field}:”: write {term.field}:word or {term.field}:“several words”,"
            " without a space."
        )
    return term


def _add_words(out: Asked, name: str, term: Term) -> None:
    """The words of a term go where they are to be looked for."""
    if name in ("title", "byline", "source", "date"):
        words = sought(term.words, whole=False)
        if words is not None:
            out.details.append((name, words, not term.excluded))
    elif name == "note" and term.is_anything:
        out.has_note = not term.excluded
    elif name in ("", "text", "mark", "note"):
        words = sought(term.words, begins=term.begins)
        if words is not None:
            kinds = {
                "": (out.plain, out.not_plain),
                "text": (out.text, out.not_text),
                "mark": (out.mark, out.not_mark),
                "note": (out.note, out.not_note),
            }
            kinds[name][term.excluded].append(words)


def _where(terms: Sequence[Term]) -> str:
    """Where words alone are looked for; empty for wherever they make sense."""
    if not terms:
        return ""
    meant = [each for each in _IN if each == normal(terms[-1].words).removesuffix("s")]
    if not meant or terms[-1].excluded:
        raise UsageProblem(f"Words are looked for in:{', in:'.join(_IN)}; “in:{terms[-1].words}” is none of these.")
    return meant[0]


def _statuses(terms: Sequence[Term]) -> frozenset[str] | None:
    chosen: list[tuple[set[str], bool]] = []
    for term in terms:
        meant = {status for status in _STATUSES if status.startswith(normal(term.words))}
        if not meant:
            raise UsageProblem(f"An article is:{', is:'.join(_STATUSES)}; “is:{term.words}” is none of these.")
        chosen.append((meant, term.excluded))
    return _left(_STATUSES, chosen) if terms else None


def _layers(project: Project, terms: Sequence[Term], everything: Mapping[int, Layer]) -> list[int] | None:
    """People's own layers: what reviews made of them would be found, and counted, once more."""
    layers = {pk: layer for pk, layer in everything.items() if not layer.is_outcome}
    chosen: list[tuple[set[int], bool]] = []
    for term in terms:
        name = folded(normal(term.words))
        mine = {project.annotator.layer_pk} if normal(term.words) == _ME else set[int]()
        names = {pk: folded(normal(layer.annotator)) for pk, layer in layers.items()}
        found = (
            mine
            or {pk for pk, each in names.items() if each == name}
            or {pk for pk, each in names.items() if f" {name}" in f" {each}"}
        )
        if not found:
            known = ", ".join(sorted({layer.annotator for layer in layers.values()}))
            raise NotFound(f"Nobody called “{term.words}” marks in this database: it has {known}.")
        chosen.append((found, term.excluded))
    return sorted(_left(layers, chosen)) if terms or len(layers) < len(everything) else None


def _tags(terms: Sequence[Term], tags: Sequence[TagRow]) -> list[int] | None:
    chosen: list[tuple[set[int], bool]] = []
    for term in terms:
        name = normal(term.words)
        meant = (
            {tag.heir for tag in tags if normal(tag.name) == name or (tag.key and tag.key == term.words)}
            or {tag.heir for tag in tags if normal(tag.name).startswith(name)}
        )  # fmt: skip
        if not meant:
            known = ", ".join(dict.fromkeys(tag.name for tag in tags if tag.heir == tag.pk))
            raise NotFound(f"No tag is called “{term.words}”: there are {known}.")
        chosen.append(({tag.pk for tag in tags if tag.heir in meant}, term.excluded))
    return sorted(_left([tag.pk for tag in tags], chosen)) if terms else None


def _left(everything: Iterable[_Thing], chosen: Sequence[tuple[set[_Thing], bool]]) -> frozenset[_Thing]:
    """What the choices leave, each some things and whether they are excluded: one field twice means either."""
    wanted = [some for some, excluded in chosen if not excluded]
    left = set().union(*wanted) if wanted else set(everything)
    return frozenset(left.difference(*(some for some, excluded in chosen if excluded)))


def _attributes(project: Project, tags: Sequence[TagRow]) -> dict[str, tuple[str, ...]]:
    """Every attribute that a tag declares or a mark has: its spellings, by the name as it is compared."""
    named: dict[str, dict[str, None]] = {}
    for name in (*(name for tag in tags for name in tag.attributes), *vocabulary.attribute_names(project.store)):
        named.setdefault(normal(name), {})[name] = None
    return {name: tuple(spellings) for name, spellings in named.items()}


def _add_said(
    project: Project,
    said: dict[tuple[tuple[str, ...], bool], set[str] | None],
    names: tuple[str, ...],
    term: Term,
) -> None:
    """One more value of an attribute; one attribute twice means either."""
    values = _values(project, names, term)
    key = (names, not term.excluded)
    before = said.get(key, set())
    said[key] = None if values is None or before is None else before | values


def _values(project: Project, names: tuple[str, ...], term: Term) -> set[str] | None:
    """The values that have these words, the last of them perhaps only begun; None for any value."""
    words = sought(term.words)
    if words is None:
        return None
    begun = replace(words, ends_whole=False)
    values = (value for name in names for value in vocabulary.attribute_values(project.store, name))
    return {value for value in values if has_all([begun], value)}


def _unknown(name: str, attributes: Mapping[str, tuple[str, ...]]) -> str:
    said = ", ".join(spellings[0] for spellings in attributes.values())
    return (
        f"There is no field “{name}:”. There are {', '.join(FIELDS)}; of marks {said}."
        f" For words with a colon put them in quotation marks."
    )
