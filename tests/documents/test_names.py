from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.documents.names import fullest, runs, same


def found(text: str) -> list[str]:
    return [run.name for run in runs(text, 0, len(text))]


@pytest.mark.parametrize(
    "text, names",
    [
        ("Mara Lindqvist spoke.", ["Mara Lindqvist"]),
        ("But then Ivo Kest, of Vellmouth, went home.", ["Ivo Kest", "Vellmouth"]),
        ("The council met Dr. Anneke Vos and Mr Holt.", ["Anneke Vos", "Holt"]),
        ("the town’s former mayor, President J. F. Oduya Jr.", ["J F Oduya Jr"]),
        ("Lindqvist’s plan and the Kests' house", ["Lindqvist", "Kests"]),
        ("Suleiman al-Amr and Ludwig van der Berg in the rain", ["Suleiman al-Amr", "Ludwig van der Berg"]),
        ("On Friday in March the Department of Public Works said", ["Department of Public Works"]),
        ("Harbour Council Samir Holt", ["Samir Holt"]),
        ("Anne-Marie O’Neill", ["Anne-Marie O’Neill"]),
        ("Captain", [""]),
        ("nobody at all, 17 of them", []),
        ("She said it. He did not.", []),
        ("Mara\nLindqvist", ["Mara Lindqvist"]),
    ],
)
def test_what_is_a_name(text: str, names: list[str]) -> None:
    assert found(text) == names


@given(st.text(st.sampled_from("Ab cD.'’-\n,al of Mr"), max_size=60))
def test_runs_stand_where_they_say(text: str) -> None:
    last = 0
    for run in runs(text, 0, len(text)):
        assert last <= run.start < run.end <= len(text)
        assert text[run.start : run.end].startswith(run.words[0])
        assert text[run.start : run.end].endswith(run.words[-1])
        last = run.end


@pytest.mark.parametrize(
    "one, other, are",
    [
        ("Lindqvist", "Mara Lindqvist", True),
        ("Mr Lindqvist", "lindqvist", True),
        ("Zelensky", "Volodymyr Zelenskiy", True),
        ("M. Lindqvist", "Mara Lindqvist", True),
        ("Núñez", "Nunez", True),
        ("Mara Lindqvist", "Ivo Lindqvist", False),
        ("Kest", "Kesh", False),
        ("Harbour Watch", "Harbour List", False),
        ("the mayor", "The Mayor", True),
        ("the mayor", "the harbour master", False),
        ("王小明", "王小明", True),
    ],
)
def test_who_is_the_same(one: str, other: str, are: bool) -> None:
    assert same(one, other) is same(other, one) is are


TEXT = (
    "Mara Lindqvist spoke to Ivo Kest. Lindqvist was tired. Then Petra Kest came, and Kest left. Osk Brannagh did not."
)


@pytest.mark.parametrize(
    "name, after, full",
    [
        ("Lindqvist", "was", "Mara Lindqvist"),
        ("Kest", "was", "Ivo Kest"),
        ("Kest", "left", "Petra Kest"),
        ("Brannagh", "was", "Osk Brannagh"),
        ("Mara", "was", "Mara Lindqvist"),
        ("Holt", "was", "Holt"),
        ("Petra Kest", "was", "Petra Kest"),
        ("the mayor", "was", "the mayor"),
    ],
)
def test_a_name_in_full(name: str, after: str, full: str) -> None:
    assert fullest(TEXT, name, TEXT.index(after)) == full
