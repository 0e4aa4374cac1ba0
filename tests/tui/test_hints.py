from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reader.tui.reading.hints import LETTERS, label_words, labels


def test_the_letters_are_the_alphabet() -> None:
    assert sorted(LETTERS) == list("abcdefghijklmnopqrstuvwxyz")


@given(st.integers(0, 1500))
def test_labels_are_different_typed_by_letters_and_none_begins_another(count: int) -> None:
    made = labels(count)
    assert len(set(made)) == len(made) == count
    assert set("".join(made)) <= set(LETTERS)
    # In order, a label that begins others stands right before one of them.
    assert not any(other.startswith(one) for one, other in pairwise(sorted(made)))


def test_labels_are_as_short_as_can_be() -> None:
    assert {len(label) for label in labels(26)} == {1}
    assert {len(label) for label in labels(27)} == {2}
    assert {len(label) for label in labels(677)} == {3}


@given(st.sets(st.integers(0, 5000), max_size=800), st.integers(0, 5000))
def test_every_word_gets_one_and_the_nearest_the_easiest(starts: set[int], near: int) -> None:
    words = label_words(sorted(starts), near)
    assert set(words) == starts
    nearest = sorted(words, key=lambda start: labels(len(words)).index(words[start]))
    distances = [abs(start - near) for start in nearest[:20]]
    assert distances == sorted(distances)
