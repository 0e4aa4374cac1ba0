"""What comes of each choice, for each kind of difference."""

from __future__ import annotations

import pytest

from reader.documents.span import Span
from reader.errors import Refused
from reader.review.alike import signature
from reader.review.choices import Choice, outcomes, why_not
from reader.review.differences import Difference, compare
from tests.review.people import mark, marks_of

C = Choice


def only(ana: str, ben: str) -> tuple[str, Difference]:
    text, a = marks_of("ana", ana)
    _, b = marks_of("ben", ben)
    (difference,) = compare(a, b).differences
    return text, difference


def made(text: str, difference: Difference, choice: Choice, *more: object) -> list[str]:
    found = outcomes(difference, choice, *more)  # type: ignore[arg-type]
    return [f"{each.tag}: {' … '.join(span.cut(text) for span in each.fragments)}" for each in found]


@pytest.mark.parametrize(
    "ana, ben, choices",
    [
        (
            "[The full]{claim} moon.",
            "The [full moon]{claim}.",
            {
                C.A: ["claim: The full"],
                C.B: ["claim: full moon"],
                C.BOTH: ["claim: The full", "claim: full moon"],
                C.UNION: ["claim: The full moon"],
                C.SHARED: ["claim: full"],
                C.NEITHER: [],
                C.LATER: [],
            },
        ),
        ("The [moon]{claim}.", "The moon.", {C.A: ["claim: moon"], C.B: [], C.NEITHER: []}),
        ("The moon.", "The [moon]{claim}.", {C.A: [], C.B: ["claim: moon"], C.NEITHER: []}),
        (
            "The [moon]{claim}.",
            "The [moon]{opinion}.",
            {C.A: ["claim: moon"], C.B: ["opinion: moon"], C.BOTH: ["claim: moon", "opinion: moon"]},
        ),
        (
            "[one two three four]{quote}",
            "[one two]{quote} three [four]{quote}",
            {
                C.A: ["quote: one two three four"],
                C.B: ["quote: one two", "quote: four"],
                C.UNION: ["quote: one two three four"],
                C.SHARED: ["quote: one two … four"],
            },
        ),
    ],
)
def test_what_comes_of_it(ana: str, ben: str, choices: dict[Choice, list[str]]) -> None:
    text, difference = only(ana, ben)
    for choice, expected in choices.items():
        assert made(text, difference, choice) == expected


@pytest.mark.parametrize(
    "ana, ben, choice, why",
    [
        ("The [moon]{claim}.", "The moon.", C.BOTH, "Only one of them"),
        ("The [moon]{claim}.", "The moon.", C.UNION, "Only one of them"),
        ("The [moon]{claim}.", "The [moon]{opinion}.", C.UNION, "different tags"),
        ("The [moon]{claim}.", "The [moon]{opinion}.", C.SHARED, "different tags"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_reason(ana: str, ben: str, choice: Choice, why: str) -> None:
    _, difference = only(ana, ben)
    assert why in why_not(difference, choice)
    with pytest.raises(Refused, match=why):
        outcomes(difference, choice)


def test_another_tag_takes_what_was_said_of_it_from_who_gave_it() -> None:
    text, (one,) = marks_of("a", "The [moon]{claim}.")
    a = mark("a0", "claim", one.fragments, text, attributes={"status": ("refuted",)})
    b = mark("b0", "opinion", one.fragments, text, attributes={"holder": ("Mara",)})
    difference = compare([a], [b]).differences[0]
    (as_b,) = outcomes(difference, C.TAG, ("opinion", 1))
    (as_new,) = outcomes(difference, C.TAG, ("quote", 2))
    assert (as_b.attributes, as_new.attributes) == ({"holder": ("Mara",)}, {})
    assert (as_new.tag, as_new.tag_revision) == ("quote", 2)


def test_edges_by_hand() -> None:
    text, difference = only("[The full]{claim} moon.", "The [full moon]{claim}.")
    (made_,) = outcomes(difference, C.EDGES, None, (Span(4, 8),))
    assert [span.cut(text) for span in made_.fragments] == ["full"]


def test_what_only_the_other_says_is_filled_in() -> None:
    text, (one,) = marks_of("a", "The [full moon]{claim}.")
    a = mark("a0", "claim", one.fragments, text, attributes={"status": ("refuted",)})
    b = mark("b0", "claim", (Span(4, 8),), text, note="why?", attributes={"status": ("supported",), "type": ("x",)})
    (made_,) = outcomes(compare([a], [b]).differences[0], C.A)
    assert (made_.note, made_.attributes) == ("why?", {"status": ("refuted",), "type": ("x",)})


@pytest.mark.parametrize(
    "one, other, same",
    [
        # Only the quotation marks differ, in both.
        (("“[It is]{quote}”", "[“It is”]{quote}"), ('"[So be it]{quote}"', '["So be it"]{quote}'), True),
        # Here a word does.
        (("“[It is]{quote}”", "[“It is”]{quote}"), ("[It is so]{quote}", "[It is]{quote} so"), False),
        # The other way round is another difference.
        (("“[It is]{quote}”", "[“It is”]{quote}"), ('["So be it"]{quote}', '"[So be it]{quote}"'), False),
        (("[Mad]{loaded} men", "Mad men"), ("Some [mad]{loaded} cows", "Some mad cows"), True),
        (("[Mad]{loaded} men", "Mad men"), ("Some [wild]{loaded} cows", "Some wild cows"), False),
        (("[It is]{claim}", "[It is]{opinion}"), ("So [be it]{claim}", "So [be it]{opinion}"), True),
        (("[It is]{claim}", "[It is]{opinion}"), ("So [be it]{claim}", "So [be it]{quote}"), False),
    ],
)
def test_what_is_alike(one: tuple[str, str], other: tuple[str, str], same: bool) -> None:
    (text, first), (more, second) = only(*one), only(*other)
    assert (signature(first, text) == signature(second, more)) is same
