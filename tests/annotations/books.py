"""Codebooks of every shape, for what must hold of all of them."""

from __future__ import annotations

import uuid
from dataclasses import replace

from hypothesis import strategies as st

from reader.annotations.codebook import COLOURS, Attribute, Codebook, Kind, Line, Tag, Unit, normal
from reader.annotations.rules import is_symbol, problems
from reader.documents.normalise import safe

_letters = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")).filter(lambda letter: safe(letter) == letter)


def _one_spaced(text: str) -> str:
    return " ".join(text.split())


words = st.text(_letters | st.sampled_from("\"\\ '#=[]{}"), max_size=300).map(_one_spaced)
"""Texts as a codebook holds them: one line, one space at a time."""

names = st.text(_letters, min_size=1, max_size=40).map(_one_spaced).filter(lambda name: any(map(str.isalnum, name)))
ids = st.uuids().map(str)
symbols = st.characters(exclude_categories=("C", "Z", "M")).filter(is_symbol)


@st.composite
def attributes(draw: st.DrawFn) -> Attribute:
    kind = draw(st.sampled_from(Kind))
    choices: tuple[str, ...] = ()
    if kind in (Kind.CHOICE, Kind.CHOICES):
        choices = tuple(draw(st.lists(names, min_size=1, max_size=5, unique_by=normal)))
    return Attribute(
        name=draw(names),
        kind=kind,
        choices=choices,
        wanted=draw(st.booleans()),
        several=kind in (Kind.TEXT, Kind.URL) and draw(st.booleans()),
        names=kind is Kind.TEXT and draw(st.booleans()),
        definition=draw(words),
    )


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    """Any codebook that the rules allow."""
    called = draw(st.lists(names.filter(lambda name: len(name) > 1), min_size=1, max_size=6, unique_by=normal))
    keys = draw(st.permutations([*"abcdefghijklmnopqrstuvwxyz", *[""] * 10]))
    tags = [
        Tag(
            id=draw(ids),
            name=name,
            key=keys[number],
            colour=draw(st.sampled_from(COLOURS)),
            symbol=draw(symbols),
            line=draw(st.sampled_from(Line)),
            unit=draw(st.sampled_from(Unit)),
            definition=draw(words),
            do=tuple(draw(st.lists(words, max_size=3))),
            dont=tuple(draw(st.lists(words, max_size=3))),
            attributes=tuple(draw(st.lists(attributes(), max_size=4, unique_by=lambda each: normal(each.name)))),
            revision=draw(st.integers(1, 1000)),
            retired=number > 0 and draw(st.booleans()),
        )
        for number, name in enumerate(called)
    ]
    for number, tag in enumerate(tags):
        if tag.retired and draw(st.booleans()):
            tags[number] = replace(tag, heir=tags[0].id)
    assert not list(problems(tags))
    return Codebook(draw(ids), draw(names), draw(words), tuple(tags))


def tag(name: str = "claim", **fields: object) -> Tag:
    """A tag with nothing special about it but these fields."""
    plain = Tag(str(uuid.uuid5(uuid.NAMESPACE_DNS, name)), name, "", "blue", "C", Line.UNDERLINE, Unit.SENTENCE)
    return replace(plain, **fields)  # type: ignore[arg-type]
