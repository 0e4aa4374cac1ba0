from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.documents.folding import folded


@pytest.mark.parametrize(
    "written, typed",
    [
        ("KURSK", "kursk"),
        ("Łódź", "lodz"),
        ("Señora Núñez", "senora nunez"),
        ("Strauß", "strauss"),
        ("“Don’t” – she", '"don\'t" - she'),
        ("e\u0301te\u0301", "ete"),
        ("ﬁnal Ｆull", "final full"),
        ("İstanbul ıı", "istanbul ii"),
        ("Ærø", "aero"),
        ("東京 한국어", "東京 한국어"),
    ],
)
def test_as_people_type_it(written: str, typed: str) -> None:
    assert folded(written) == typed


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert folded(folded(text)) == folded(text)
