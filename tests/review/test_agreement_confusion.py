from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from reader.review.agreement.confusion import confusion
from reader.review.agreement.spans import Mark
from tests.marks import marked

TAGS = ("quote", "claim", "opinion")


def marks(written: str) -> list[Mark]:
    _, found = marked(written)
    return [Mark(tag, tuple((span.start, span.end) for span in spans)) for spans, tag in found]


def test_what_was_taken_for_what() -> None:
    ana = marks(
        "[“It is round,”]{quote 1} she said. [“I know.”]{quote 1} [The moon is a stone.]{claim} [It]{opinion} went."
    )
    ben = marks("[“It is round,”]{quote} she said. “I know.” [The moon is a stone]{opinion}. It [went]{claim}.")
    assert confusion(ana, ben) == {
        ("quote", "quote"): 1, ("claim", "opinion"): 1, ("opinion", None): 1, (None, "claim"): 1,
    }  # fmt: skip
    assert confusion([], ben) == Counter((None, mark.tag) for mark in ben)
    assert not confusion([], [])


spans = st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda it: ((it[0], it[0] + it[1]),))
some = st.lists(st.builds(Mark, st.sampled_from(TAGS), spans), max_size=8, unique=True)


@given(some, some)
def test_every_mark_is_counted_once(a: list[Mark], b: list[Mark]) -> None:
    table = confusion(a, b)
    for tag in TAGS:
        assert sum(number for (first, _), number in table.items() if first == tag) == sum(m.tag == tag for m in a)
        assert sum(number for (_, second), number in table.items() if second == tag) == sum(m.tag == tag for m in b)
    assert sum(confusion(a, a).values()) == len(a)
