"""Styles as what differs from the one before: every terminal ends up as if each had been sent whole."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style

from reader.tui.wire import PLAIN, Pen, Wire, between

ATTRIBUTES = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "21", "51", "52", "53")
PENS = st.builds(
    Pen,
    st.frozensets(st.sampled_from(ATTRIBUTES)).filter(lambda each: not each.issuperset({"4", "21"})),
    st.sampled_from(["39", "31", "38;5;17", "38;2;1;2;3"]),
    st.sampled_from(["49", "41", "48;5;17", "48;2;1;2;3"]),
)
ENDED_BY = {
    "22": {"1", "2"}, "23": {"3"}, "24": {"4", "21"}, "25": {"5", "6"}, "27": {"7"}, "28": {"8"}, "29": {"9"},
    "54": {"51", "52"}, "55": {"53"},
}  # fmt: skip


def told(pen: Pen, sent: str) -> Pen:
    """What a terminal writes like after it was told this."""
    attributes, ink, ground = set(pen.attributes), pen.ink, pen.ground
    for sequence in re.findall(r"\x1b\[([0-9;]*)m", sent):
        for number in re.findall(r"[34]8;2;\d+;\d+;\d+|[34]8;5;\d+|\d+", sequence):
            if number == "0":
                attributes, ink, ground = set(), PLAIN.ink, PLAIN.ground
            elif number in ENDED_BY:
                attributes -= ENDED_BY[number]
            elif number in ("4", "21"):
                attributes = attributes - {"4", "21"} | {number}
            elif number in ATTRIBUTES:
                attributes.add(number)
            elif number[0] == "3":
                ink = number
            else:
                ground = number
    return Pen(frozenset(attributes), ink, ground)


@given(PENS, PENS)
def test_from_any_style_to_any_other(before: Pen, after: Pen) -> None:
    assert told(before, between(before, after)) == after


@given(PENS, PENS)
def test_where_21_ends_bold_it_is_bold_again_as_soon_as_it_should_be(before: Pen, after: Pen) -> None:
    if "21" not in after.attributes:
        sent = between(before, after)
        was = before.attributes - ({"1"} if "21" in before.attributes else set())
        assert told(before._replace(attributes=was), sent) == after


@given(PENS, PENS)
def test_it_takes_no_more_than_a_reset_and_all_of_it(before: Pen, after: Pen) -> None:
    whole = ["0", *after.attributes, *(now for was, now in zip(PLAIN[1:], after[1:], strict=True) if now != was)]
    assert len(between(before, after)) <= len(f"\x1b[{';'.join(whole)}m")


def test_of_two_underlines_the_double_one_is_drawn_whatever_was_there_before() -> None:
    single, double, both = (
        Style.parse(f"{words} red") for words in ("underline", "underline2", "underline underline2")
    )
    for order in ((single, both, double), (double, both, single), (both, single, both), (both, double, both)):
        pen, seen = PLAIN, []
        sent = Wire(ColorSystem.STANDARD).sent([("", [Segment("x", each) for each in order])])
        for change in sent.split("x")[: len(order)]:
            pen = told(pen, change)
            seen.append(pen.attributes)
        assert seen == [{"4"} if each is single else {"21"} for each in order]


def test_nothing_where_nothing_differs() -> None:
    pen = Pen(frozenset({"1"}), "31", "49")
    assert between(pen, pen) == ""
    assert between(PLAIN, pen) == "\x1b[1;31m"
    assert between(pen, pen._replace(ink="32")) == "\x1b[32m"
    assert between(pen, PLAIN) == "\x1b[0m"
