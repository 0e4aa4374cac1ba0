"""How two people differ: every kind, written into the text."""

from __future__ import annotations

import pytest

from reader.review.differences import Kind, apart, compare, intersection, union
from tests.review.people import mark, marks_of

K = Kind


@pytest.mark.parametrize(
    "ana, ben, kinds",
    [
        ("The [moon]{claim} is full.", "The [moon]{claim} is full.", []),
        ("The [moon]{claim} is full.", "The moon is full.", [K.ONLY_A]),
        ("The moon is full.", "The [moon]{claim} is full.", [K.ONLY_B]),
        ("The [moon is]{claim} full.", "The [moon]{claim} is full.", [K.EDGES]),
        ("The [moon]{claim} is full.", "The [moon]{opinion} is full.", [K.TAG]),
        ("[The moon is full]{claim}.", "The [moon is full]{opinion}.", [K.TAG]),
        # A word inside a sentence is another mark.
        ("[The moon is full.]{quote}", "The [moon]{loaded} is full.", [K.ONLY_A, K.ONLY_B]),
        # Both in pieces, and another number of them.
        ("[a]{quote 1} b [c]{quote 1} d [e]{quote 1}", "[a]{quote 1} b [c]{quote 1} d e", [K.PIECES]),
        ("[a]{quote 1} b [c d]{quote 1}", "[a]{quote 1} b [c]{quote 1} d", [K.EDGES]),
        # One mark here, several there; or the whole here, pieces there.
        ("[one two three four]{quote}", "[one two]{quote} three [four]{quote}", [K.SPLIT]),
        ("[one two]{quote} three [four]{quote}", "[one two three four]{quote}", [K.SPLIT]),
        ("[one two three four]{quote}", "[one two]{quote 1} three [four]{quote 1}", [K.SPLIT]),
        # A mark inside one that both have is not a part of it.
        ("[one two three]{claim}", "[one [two]{claim} three]{claim}", [K.ONLY_B]),
        # Several at once, in the order of the text.
        ("[a]{claim} b [c]{quote} d", "a [b]{claim} [c]{opinion} d", [K.ONLY_A, K.ONLY_B, K.TAG]),
    ],
)
def test_kinds(ana: str, ben: str, kinds: list[Kind]) -> None:
    _, a = marks_of("a", ana)
    _, b = marks_of("b", ben)
    assert [each.kind for each in compare(a, b).differences] == kinds


def test_what_only_one_says_is_no_difference() -> None:
    text, (plain,) = marks_of("a", "The [moon]{claim} is full.")
    said = mark("b0", "claim", plain.fragments, text, note="why?", attributes={"status": ("unchecked",)})
    (agreed,) = compare([plain], [said]).agreed
    assert agreed.filled == ("note", "status")


def test_what_both_say_differently_is_one() -> None:
    text, (plain,) = marks_of("a", "The [moon]{claim} is full.")
    one = mark("a0", "claim", plain.fragments, text, note="why?", attributes={"status": ("unchecked",)})
    other = mark("b0", "claim", plain.fragments, text, note="who?", attributes={"status": ("refuted",)})
    (difference,) = compare([one], [other]).differences
    assert (difference.kind, difference.said) == (Kind.SAID, ("note", "status"))


def test_values_in_another_order_are_the_same() -> None:
    text, (plain,) = marks_of("a", "The [moon]{claim} is full.")
    one = mark("a0", "claim", plain.fragments, text, attributes={"evidence": ("x", "y")})
    other = mark("b0", "claim", plain.fragments, text, attributes={"evidence": ("y", "x")})
    assert not compare([one], [other]).differences


def test_union_intersection_and_what_lies_apart() -> None:
    text, a = marks_of("a", "[The full]{claim} moon.")
    _, b = marks_of("b", "The [full moon]{claim}.")
    (difference,) = compare(a, b).differences
    assert [span.cut(text) for span in union(difference)] == ["The full moon"]
    assert [span.cut(text) for span in intersection(difference)] == ["full"]
    assert [[span.cut(text) for span in side] for side in apart(difference)] == [["The "], [" moon"]]


def test_a_split_names_all_its_marks() -> None:
    _, a = marks_of("a", "[one two three four]{quote}")
    _, b = marks_of("b", "[one two]{quote} three [four]{quote}")
    (difference,) = compare(a, b).differences
    assert difference.key == "a0 b0 b1"
