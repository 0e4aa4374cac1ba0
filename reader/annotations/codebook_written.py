"""Codebooks as TOML files (docs/codebooks.md): written so that a person can go on editing them."""

from __future__ import annotations

from collections.abc import Iterator

from reader.annotations.codebook import Attribute, Codebook, Kind, Tag, normal

_WIDTH = 110
_HEAD = "# A codebook for reader. The ids keep marks with their tag when its name is changed: leave them as they are."


def written(codebook: Codebook) -> str:
    """The codebook as a TOML file that `codebook_toml.parse` reads back as the same."""
    lines = [
        _HEAD,
        "",
        f"name = {_quoted(codebook.name)}",
        *_filled("description", codebook.description),
        f'id = "{codebook.id}"',
    ]
    for tag in codebook.tags:
        lines += ["", "[[tag]]", *_tag_lines(codebook, tag)]
        for attribute in tag.attributes:
            lines += ["[[tag.attribute]]", *_attribute_lines(attribute)]
    return "\n".join(lines) + "\n"


def _tag_lines(codebook: Codebook, tag: Tag) -> Iterator[str]:
    yield f"name = {_quoted(tag.name)}"
    if tag.key:
        yield f"key = {_quoted(tag.key)}"
    yield f"symbol = {_quoted(tag.symbol)}"
    yield f"colour = {_quoted(tag.colour)}"
    yield f"line = {_quoted(tag.line)}"
    yield f"unit = {_quoted(tag.unit)}"
    yield from _filled("definition", tag.definition)
    for field, examples in (("do", tag.do), ("dont", tag.dont)):
        if examples:
            yield f"{field} = ["
            yield from (f"  {_quoted(example)}," for example in examples)
            yield "]"
    yield f'id = "{tag.id}"'
    if tag.revision != 1:
        yield f"revision = {tag.revision}"
    if tag.heir:
        names = [normal(each.name) for each in codebook.tags]
        heir = codebook.by_id(tag.heir)
        yield f"merged_into = {_quoted(heir.name if names.count(normal(heir.name)) == 1 else heir.id)}"
    elif tag.retired:
        yield "retired = true"


def _attribute_lines(attribute: Attribute) -> Iterator[str]:
    yield f"name = {_quoted(attribute.name)}"
    if attribute.kind is not Kind.TEXT:
        yield f"kind = {_quoted(attribute.kind)}"
    if attribute.choices:
        yield f"choices = [{', '.join(map(_quoted, attribute.choices))}]"
    for field in ("wanted", "several", "names"):
        if getattr(attribute, field):
            yield f"{field} = true"
    yield from _filled("definition", attribute.definition)


def _filled(field: str, text: str) -> Iterator[str]:
    """A text of any length, broken where it has spaces; nothing where it is empty."""
    if not text:
        return
    whole = f"{field} = {_quoted(text)}"
    if len(whole) <= _WIDTH:
        yield whole
        return
    line = f'{field} = """'
    for word in _quoted(text)[1:-1].split(" "):
        if len(line) + len(word) > _WIDTH and not line.endswith('"""'):
            yield line.rstrip(" ")
            line = ""
        line += f"{word} "
    yield f'{line[:-1]}"""'


def _quoted(text: str) -> str:
    """A basic string of TOML."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t") + '"'
