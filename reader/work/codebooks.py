"""Codebooks: which there are, what their tags mean, and changing that. Every change is one step of the library's
history, which `history.undo` without an article takes back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from reader.annotations import codebook_changes
from reader.annotations.codebook import Codebook, Tag, normal
from reader.annotations.codebook_changes import Change
from reader.annotations.codebook_toml import SHIPPED, default_symbol, shipped, with_ids_of
from reader.annotations.rules import name_problem, problems
from reader.documents.normalise import safe
from reader.errors import NotFound, Refused
from reader.project import Project
from reader.storage import codebooks as stored
from reader.storage import revisions, said, turning
from reader.storage.codebooks import OnShelf
from reader.storage.revisions import Revision

__all__ = ["Change", "OnShelf", "Revision"]

_WRITTEN = ("name", "key", "colour", "symbol", "line", "unit", "definition", "do", "dont", "attributes")
"""The fields of a tag that people write."""

_OURS = frozenset(("codebooks", "tags", "tag_revisions"))
"""The tables that a change to a codebook writes to."""


# Which there are


def listed(project: Project) -> list[OnShelf]:
    """All codebooks of the database, with how much each is used; counts all marks, so for lists and not for keys."""
    return stored.listed(project.store)


def present(project: Project) -> list[Codebook]:
    """All codebooks of the database, without counting anything."""
    return stored.present(project.store)


def offered(project: Project) -> list[Codebook]:
    """The codebooks that come with the program and are not in the database."""
    here = {book.id for book in present(project)}
    return [book for book in map(shipped, SHIPPED) if book.id not in here]


def find(project: Project, word: str, *, offers: bool = False) -> Codebook:
    """The codebook meant by its name, the beginning of it, or its id; with `offers` also one that only the program has.

    NotFound, or Refused where several are meant.
    """
    books = present(project)
    known = books + (offered(project) if offers else [])
    wanted = normal(word)
    for found in (
        [book for book in known if book.id == word.strip().lower()],
        [book for book in known if normal(book.name) == wanted],
        [book for book in known if wanted and normal(book.name).startswith(wanted)],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            raise Refused(f"“{word}” could be {_either(found)}: write more of it.")
    names = ", ".join(book.name for book in known)
    raise NotFound(f"No codebook is called “{word}”. There are: {names}.")


def find_tag(codebook: Codebook, word: str) -> Tag:
    """The tag meant by its name or the beginning of it, in use or not; NotFound, or Refused where several are meant."""
    try:
        return codebook.find(word)
    except NotFound:
        wanted = normal(word)
        found = [tag for tag in codebook.tags if wanted and normal(tag.name) == wanted] or [
            tag for tag in codebook.tags if wanted and normal(tag.name).startswith(wanted)
        ]
        if len(found) != 1:
            raise
        return found[0]


def tags_called(books: Sequence[Codebook], word: str) -> list[Tag]:
    """The tags of any of these codebooks that a name, or the beginning of one, means; NotFound where none has one."""
    found: list[Tag] = []
    missing: NotFound | None = None
    for book in books:
        try:
            found.append(find_tag(book, word))
        except NotFound as problem:
            missing = missing or problem
    if not found and missing is not None:
        raise missing
    return found


def history(project: Project, tag: Tag) -> list[Revision]:
    """What the tag meant since when, the first definition first."""
    return revisions.history(project.store, tag.id)


# From files


@dataclass(frozen=True, slots=True)
class Added:
    """What taking a codebook in did, or would do."""

    codebook: Codebook
    """As it is afterwards."""
    is_new: bool
    changes: tuple[Change, ...]
    """What differs from before; nothing where it was there and the same."""


def compare(project: Project, wanted: Codebook) -> Added:
    """What `add` would do; Refused where it would refuse."""
    before, after = _plan(project, wanted)
    changes = codebook_changes.changes(before or replace(after, tags=()), after)
    return Added(after, before is None, tuple(changes))


def add(project: Project, wanted: Codebook) -> Added:
    """Takes a codebook in: a new one, or the next state of the one with its id or its name.

    Tags that it leaves out are retired. Refused where a tag's id belongs to another codebook here.
    """
    with project.store.step(f"codebook “{wanted.name}” added", project.annotator.pk) as step:
        added = compare(project, wanted)
        if added.is_new:
            stored.insert(project.store, step, added.codebook)
        elif added.changes:
            step.label = f"codebook “{added.codebook.name}” changed"
            stored.rewrite(project.store, step, added.codebook.id, lambda _: added.codebook)
    return added


def take_in(project: Project, codebook: Codebook) -> Codebook:
    """A codebook as it is here; one that comes with the program is taken in where it is not here yet."""
    if codebook.id in {book.id for book in present(project)}:
        return stored.get(project.store, codebook.id)
    return add(project, codebook).codebook


def as_another(codebook: Codebook, name: str) -> Codebook:
    """The tags in use as a codebook of its own, whose ids come of the new name; nothing is stored."""
    name = _line(name)
    _refuse(name_problem(name, "A codebook"))
    return with_ids_of(replace(codebook, tags=codebook.active), name)


def _plan(project: Project, wanted: Codebook) -> tuple[Codebook | None, Codebook]:
    """The codebook that is meant, if there is one, and what it becomes."""
    store, books = project.store, present(project)
    before = next((book for book in books if book.id == wanted.id), None)
    before = before or next((book for book in books if normal(book.name) == normal(wanted.name)), None)
    comes_back = before is None and stored.is_there(store, wanted.id)
    base = stored.get(store, wanted.id) if comes_back else before
    after = wanted if base is None else codebook_changes.updated(base, wanted)
    _refuse_same_name(books, after)
    known = {tag.id for tag in base.tags} if base else set()
    for tag in after.tags:
        home = None if tag.id in known else stored.home_of(store, tag.id)
        if home is not None:
            raise Refused(
                f"The tag “{tag.name}” has the id of one in the codebook “{home}”: leave the ids out to make it a"
                " codebook of its own."
            )
    return before, _checked(after)


# Changing one


def rename(project: Project, codebook: Codebook, name: str) -> Codebook:
    """Calls a codebook something else."""
    name = _line(name)
    _refuse(name_problem(name, "A codebook"))

    def edit(book: Codebook) -> Codebook:
        after = replace(book, name=name)
        _refuse_same_name(present(project), after)
        return after

    return _edit(project, codebook, f"codebook “{codebook.name}” renamed “{name}”", edit)


def describe(project: Project, codebook: Codebook, description: str) -> Codebook:
    """Says what a codebook is for."""
    return _edit(
        project, codebook, f"what “{codebook.name}” is for", lambda book: replace(book, description=_line(description))
    )


def add_tag(project: Project, codebook: Codebook, tag: Tag) -> Codebook:
    """One more tag, at the end; its id is made here, its symbol too where it has none."""
    new = _cleaned(replace(tag, id=project.store.new_id(), revision=1, retired=False, heir=""))
    return _edit(project, codebook, f"tag {new.name} added", lambda book: replace(book, tags=(*book.tags, new)))


class ChangedMeanwhile(Refused):
    """Somebody else, or another program, has changed the same of a tag since it was looked at."""


def change_tag(project: Project, codebook: Codebook, tag: Tag, seen: Tag | None = None) -> Codebook:
    """Makes the tag with this id what `tag` says but for being retired or merged; its marks stay as they are.

    Another definition, unit, examples or attributes give it a new revision. Where `tag` was written from what was
    `seen` of it, only what differs from that is changed; ChangedMeanwhile where just that is no longer as it was seen.
    """
    wanted = _cleaned(tag)

    def edit(book: Codebook) -> Codebook:
        now = book.by_id(tag.id)
        if seen is None:
            return _with(book, replace(wanted, retired=now.retired, heir=now.heir))
        mine = {name: getattr(wanted, name) for name in _WRITTEN if getattr(wanted, name) != getattr(seen, name)}
        if any(getattr(now, name) != getattr(seen, name) for name in mine):
            raise ChangedMeanwhile(f"“{now.name}” was changed in another program meanwhile: look at it again first.")
        return _with(book, replace(now, **mine))

    before = codebook.by_id(tag.id)
    label = f"tag {before.name} renamed {wanted.name}" if before.name != wanted.name else f"tag {wanted.name} changed"
    return _edit(project, codebook, label, edit)


def said_by(project: Project, tag: Tag, name: str) -> int:
    """How many marks of a tag, everybody's, have something said by the attribute of this name, declared or not."""
    return said.holders(project.store, tag.id, name)


def rename_tag(project: Project, codebook: Codebook, tag: Tag, name: str) -> Codebook:
    """Calls a tag something else; what is marked with it stays, and so does its revision."""
    return change_tag(project, codebook, replace(codebook.by_id(tag.id), name=name))


def merge(project: Project, codebook: Codebook, tag: Tag, heir: Tag) -> Codebook:
    """What is marked with `tag` is shown as `heir` from now on; no mark is changed. Both are of this codebook."""

    def edit(book: Codebook) -> Codebook:
        into = book.heir_of(book.by_id(heir.id))
        if into.id == tag.id:
            raise Refused(f"“{tag.name}” cannot be merged into itself: name another tag.")
        if into.retired:
            raise Refused(f"“{into.name}” is retired: bring it back first, then merge into it.")
        return replace(book, tags=tuple(
            replace(each, retired=True, heir=into.id) if tag.id in (each.id, each.heir) else each for each in book.tags
        ))  # fmt: skip

    return _edit(project, codebook, f"tag {tag.name} merged into {heir.name}", edit)


def retire(project: Project, codebook: Codebook, tag: Tag) -> Codebook:
    """Offers a tag no longer; its marks stay and are shown."""
    return _edit(
        project,
        codebook,
        f"tag {tag.name} retired",
        lambda book: _with(book, replace(book.by_id(tag.id), retired=True)),
    )


def bring_back(project: Project, codebook: Codebook, tag: Tag) -> Codebook:
    """Offers a retired or merged tag again; Refused where its name or key is taken."""
    return _edit(
        project,
        codebook,
        f"tag {tag.name} back",
        lambda book: _with(book, replace(book.by_id(tag.id), retired=False, heir="")),
    )


def delete_tag(project: Project, codebook: Codebook, tag: Tag) -> Codebook:
    """Takes a tag away that nothing was ever marked with; Refused where something was."""

    def edit(book: Codebook) -> Codebook:
        if stored.marked(project.store, tag.id):
            raise Refused(f"“{tag.name}” has been used, so it is not deleted: retire it, or merge it into another tag.")
        if any(each.heir == tag.id for each in book.tags):
            raise Refused(f"Other tags were merged into “{tag.name}”: retire it instead.")
        return replace(book, tags=tuple(each for each in book.tags if each.id != tag.id))

    return _edit(project, codebook, f"tag {tag.name} deleted", edit)


def reorder(project: Project, codebook: Codebook, tags: Sequence[Tag]) -> Codebook:
    """These tags come first, in this order, the others after them in theirs; 1–9 are the first nine in use."""
    first = [tag.id for tag in tags]

    def edit(book: Codebook) -> Codebook:
        rest = [tag for tag in book.tags if tag.id not in first]
        return replace(book, tags=(*(book.by_id(id_) for id_ in dict.fromkeys(first)), *rest))

    return _edit(project, codebook, f"order of the tags of “{codebook.name}”", edit)


def delete(project: Project, codebook: Codebook) -> None:
    """Takes a codebook out of all lists; Refused where it is used, or the only one."""
    with project.store.step(f"codebook “{codebook.name}” deleted", project.annotator.pk) as step:
        articles = stored.bound(project.store, codebook.id)
        if articles:
            are = "1 article is" if articles == 1 else f"{articles:,} articles are"
            raise Refused(f"{are} read with “{codebook.name}”: give them another one first.")
        if any(stored.marked(project.store, tag.id) for tag in codebook.tags):
            raise Refused(f"Marks carry tags of “{codebook.name}”: it stays, so that they keep their meaning.")
        if len(present(project)) == 1:
            raise Refused(f"“{codebook.name}” is the only codebook: add another one first.")
        stored.delete(project.store, step, codebook.id)


def turn_back(project: Project, kind: str) -> str:
    """Takes the last change to a codebook back (`undo`), or brings it back (`redo`); what it was.

    Refused where something else was done to the library since, which is undone where it is seen.
    """
    find = turning.next_undo if kind == "undo" else turning.next_redo
    target = find(project.store, None, project.annotator.pk)
    if target is None:
        raise Refused(f"There is nothing to {kind} in the codebooks.")
    if not turning.entities(project.store, target.pk) & _OURS:
        raise Refused(f"The last change was “{target.label}”: it is for the list of articles to {kind}.")
    turning.turn_back(project.store, target, kind, None, project.annotator.layer_pk, project.annotator.pk)
    return target.label


def _edit(project: Project, codebook: Codebook, label: str, edit: Callable[[Codebook], Codebook]) -> Codebook:
    """The codebook after a step in which the present one becomes what `edit` says; Refused where that breaks a rule."""
    with project.store.step(label, project.annotator.pk) as step:
        return stored.rewrite(project.store, step, codebook.id, lambda book: _checked(edit(book)))[1]


def _checked(codebook: Codebook) -> Codebook:
    for problem in problems(codebook.tags):
        raise Refused(problem.sentence)
    return codebook


def _with(codebook: Codebook, tag: Tag) -> Codebook:
    return replace(codebook, tags=tuple(tag if each.id == tag.id else each for each in codebook.tags))


def _cleaned(tag: Tag) -> Tag:
    name = _line(tag.name)
    return replace(
        tag,
        name=name,
        symbol=tag.symbol or default_symbol(name),
        definition=_line(tag.definition),
        do=tuple(filter(None, map(_line, tag.do))),
        dont=tuple(filter(None, map(_line, tag.dont))),
        attributes=tuple(
            replace(
                each,
                name=_line(each.name),
                choices=tuple(map(_line, each.choices)),
                definition=_line(each.definition),
            )
            for each in tag.attributes
        ),
    )


def _refuse_same_name(books: Sequence[Codebook], codebook: Codebook) -> None:
    for book in books:
        if book.id != codebook.id and normal(book.name) == normal(codebook.name):
            raise Refused(f"Another codebook is called “{book.name}” already: choose another name.")


def _refuse(sentence: str) -> None:
    if sentence:
        raise Refused(sentence)


def _line(text: str) -> str:
    return " ".join(safe(text).split())


def _either(books: Sequence[Codebook]) -> str:
    return " or ".join(f"“{book.name}”" for book in books)
