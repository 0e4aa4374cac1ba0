"""Clusters: nothing that people take for one character is ever parted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.documents.graphemes import clusters, next_cluster, previous_cluster, snap, snap_up

PARTS = "ab \n\r\u0301\u200d\u200c\u200b\ufe0f👩💻🏽🇬🇧🇩©क्षि\u1100\u1161\u11a8가각\u0600ำ漢"
texts = st.text(alphabet=PARTS, max_size=12) | st.text(max_size=12)


def cut(text: str) -> list[str]:
    """The clusters as strings."""
    return [text[start:end] for start, end in clusters(text)]


@given(texts)
def test_clusters_cover_the_text_in_order(text: str) -> None:
    assert "".join(cut(text)) == text
    assert all(cut(text))


@given(texts)
def test_one_place_is_judged_as_the_whole_text_is(text: str) -> None:
    edges = [0, *(end for _, end in clusters(text))]
    for offset in range(len(text) + 1):
        assert snap(text, offset) == max(edge for edge in edges if edge <= offset)
        assert snap_up(text, offset) == min(edge for edge in edges if edge >= offset)
        assert next_cluster(text, offset) == min((edge for edge in edges if edge > offset), default=len(text))
        assert previous_cluster(text, offset) == max((edge for edge in edges if edge < offset), default=0)


@given(texts, st.integers(-3, 20))
def test_snapping_twice_is_snapping_once(text: str, offset: int) -> None:
    assert snap(text, snap(text, offset)) == snap(text, offset)
    assert 0 <= snap(text, offset) <= len(text)


@pytest.mark.parametrize(
    "cluster",
    [
        "e\u0301",
        "👩\u200d💻",
        "👨\u200d👩\u200d👧\u200d👦",
        "👍🏽",
        "1\ufe0f\u20e3",
        "🇬🇧",
        "क्षि",
        "가\u11a8",
        "\u1100\u1161\u11a8",
        "กำ",
        "\r\n",
        "ی\u0651",
    ],
)
def test_one_character_for_people_is_one_cluster(cluster: str) -> None:
    assert cut(f"x{cluster}x") == ["x", cluster, "x"]


def test_a_run_of_flags_is_cut_in_pairs_from_its_start() -> None:
    assert cut("🇬🇧🇩🇪🇫") == ["🇬🇧", "🇩🇪", "🇫"]
    assert snap("🇬🇧" * 50, 33) == 32


def test_pictures_join_only_through_a_joiner_that_follows_a_picture() -> None:
    assert cut("👩💻") == ["👩", "💻"]
    assert cut("a\u200d💻") == ["a\u200d", "💻"]
