"""The lines are right for every way in which TOML may be written."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.toml_places import Lost, Path, TooDeep, places

SOURCE = """\
# a comment with "quotes" and = [ signs
name = "x" # another
long = \"\"\"
two \\"\"\" "" \\
lines = [1]\"\"\"
literal = '''
it's
[[here]]'''''

[[tag]]
  'name' = 'a'
  "k\\u0065y" = [
    "b", # b
    [ 1, 2 ],

    { c = 1, d . e = '}' },
  ]
[tag . sub]
when = 1979-05-27 07:32:00Z
[[tag.attribute]]
name = 1.5
[[tag.attribute]]
[[tag]]
inline = { a = { b = [] } }
[tag.attribute.x]
y = true
"""


def test_each_line_is_where_it_stands() -> None:
    found = places(SOURCE)
    assert {".".join(map(str, path)): line for path, line in found.items()} == {
        "name": 2, "long": 3, "literal": 6, "tag": 10, "tag.0": 10, "tag.0.name": 11, "tag.0.key": 12,
        "tag.0.key.0": 13, "tag.0.key.1": 14, "tag.0.key.1.0": 14, "tag.0.key.1.1": 14, "tag.0.key.2": 16,
        "tag.0.key.2.c": 16, "tag.0.key.2.d": 16, "tag.0.key.2.d.e": 16, "tag.0.sub": 18, "tag.0.sub.when": 19,
        "tag.0.attribute": 20, "tag.0.attribute.0": 20, "tag.0.attribute.0.name": 21, "tag.0.attribute.1": 22,
        "tag.1": 23, "tag.1.inline": 24, "tag.1.inline.a": 24, "tag.1.inline.a.b": 24, "tag.1.attribute": 25,
        "tag.1.attribute.x": 25, "tag.1.attribute.x.y": 26,
    }  # fmt: skip
    assert set(found) == set(_paths(tomllib.loads(SOURCE)))


def _paths(data: object, path: Path = ()) -> Iterator[Path]:
    items: Any = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for name, value in items:
        yield (*path, name)
        yield from _paths(value, (*path, name))


_words = st.text(st.characters(exclude_categories=["C"]), max_size=8)
_keys = st.text("abc_-1", min_size=1, max_size=3) | _words.map(
    lambda word: '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'
)
_scalars = st.sampled_from(
    ["1", "-0x_f".replace("_", ""), "true", "1979-05-27 07:32:00", "inf", "'#]}'", '"""\n"}\\"""\n,"""', "''", '""']
)
_gap = st.sampled_from(["", " ", "\n", ' # ] } "\n'])


def _lists(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(_gap, st.lists(inner, max_size=3), _gap).map(
        lambda it: f"[{it[0]}{f',{it[2]}'.join(it[1])}{it[0]}]"
    )


def _inline(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.dictionaries(_keys, inner, max_size=3)
    return pairs.map(lambda it: "{ " + ", ".join(f"{key} = {value}" for key, value in it.items()) + " }")


_values = st.recursive(_scalars, lambda inner: _lists(inner) | _inline(inner), max_leaves=6)
_pairs = st.tuples(st.lists(_keys, min_size=1, max_size=2).map(" . ".join), _values).map(" = ".join)
_headers = (
    st.lists(_keys, min_size=1, max_size=3)
    .map(".".join)
    .flatmap(lambda key: st.sampled_from([f"[{key}]", f"[[{key}]]"]))
)
_documents = st.lists(_pairs | _headers | _gap, max_size=12).map("\n".join)


@given(_documents)
def test_it_finds_what_tomls_own_reader_finds(source: str) -> None:
    try:
        data = tomllib.loads(source)
    except tomllib.TOMLDecodeError:
        return
    found = places(source)
    assert set(found) == set(_paths(data))
    lines = source.splitlines()
    for path, line in found.items():
        if isinstance(path[-1], str) and path[-1].isalnum() and path[-1].isascii():
            assert path[-1] in lines[line - 1]


@pytest.mark.parametrize(
    "source, line", [("\n= 1", 2), ("a = '1' 2", 1), ("[a", 1), ("a = {b}", 1), ("a = ['1' 2]", 1)]
)
def test_what_is_no_toml_is_no_place(source: str, line: int) -> None:
    with pytest.raises(Lost) as lost:
        places(source)
    assert lost.value.line == line


def test_too_deep_is_said_before_it_is_followed() -> None:
    for source in ("[" * 99, "a = " + "[" * 99, "a = " + "{a=" * 99, ".".join("a" * 99) + " = 1"):
        with pytest.raises(TooDeep if source != "[" * 99 else Lost):
            places(source)
