from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given

from reader.anchoring.comparing import compare
from reader.anchoring.tokens import fold
from reader.documents.span import Span
from tests.anchoring.test_carrying import edited_texts


def differing(old: str, new: str) -> tuple[list[str], list[str]]:
    found = compare(old, new)
    return [span.cut(old) for span in found.went], [span.cut(new) for span in found.came]


def test_what_went_and_what_came() -> None:
    old = "It will cost 48 million. “It is a shame,” she said. Nobody asked."
    new = 'It will cost 51 million, they say. "It is a shame," she said. They sat. Nobody asked.'
    assert differing(old, new) == (["48"], ["51", ", they say", "They sat."])
    assert differing("The moon", "the  Moon") == ([], [])


def test_changes_are_pairs_of_places() -> None:
    old, new = "One two three. Four.", "One 2 three."
    was_is = [(was.cut(old), is_.cut(new), is_.start) for was, is_ in compare(old, new).changes]
    assert was_is == [("two", "2", 4), ("Four.", "", len(new))]


def test_a_place_is_found_in_the_other_text() -> None:
    old, new = "One. Two. Three.", "Zero. One. Three."
    found = compare(old, new)
    assert new[found.there(old.index("Three")) :] == "Three."
    assert old[found.back(new.index("One")) :] == old
    assert found.back(0) == 0


@given(edited_texts())
def test_without_what_differs_both_texts_have_the_same_words(texts: tuple[str, str]) -> None:
    found = compare(*texts)

    assert _without(texts[0], found.went) == _without(texts[1], found.came)


def _without(text: str, spans: Sequence[Span]) -> str:
    for span in reversed(spans):
        text = text[: span.start] + " " + text[span.end :]
    return "".join(fold(text).split())
