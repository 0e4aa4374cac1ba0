from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given

from reader.documents.span import Span
from reader.errors import NotFound, Refused
from reader.work.quoting import locate, occurrences

TEXT = "“It is round,” she said. It is café\u0301 — it is bright. Submit it."


def test_words_are_found_where_they_stand() -> None:
    assert locate(TEXT, "she said").cut(TEXT) == "she said"
    assert locate(TEXT, "It is", 2) == Span(TEXT.rindex("It is"), TEXT.rindex("It is") + 5)


@pytest.mark.parametrize(
    "quote, occurrence, why",
    [
        ("It is", None, r"stands 2 times in the text: say which \(1–2\)"),
        ("It is", 3, "stands 2 times in the text: there is no number 3"),
        ("she said", 2, "stands once in the text"),
        ('"It is round,"', None, "with other quotation marks, dashes or spaces: copy them exactly, ““It is round,””"),
        ("SHE SAID", None, "only with other capitals"),
        ("they said", None, "“they said” is not in the text"),
        ("  ", None, "no words to look for"),
    ],
)
def test_where_they_are_not_found_it_says_why(quote: str, occurrence: int | None, why: str) -> None:
    with pytest.raises((NotFound, Refused), match=why):
        locate(TEXT, quote, occurrence)


def test_all_places_are_whole_words_in_the_same_spelling() -> None:
    assert [span.start for span in occurrences("it bit it, It fits it", "it")] == [0, 7, 19]
    assert occurrences("aa aa aa", "aa aa") == (Span(0, 5),)
    assert occurrences("cafe\u0301 café".replace("e\u0301", "é"), "cafe\u0301") == (Span(0, 4), Span(5, 9))


@pytest.mark.parametrize(
    "words, why",
    [
        (" ", "no words"),
        ("there", "not in the text"),
        ("i", "only inside longer words"),
        ("IT", "only with other capitals"),
    ],
)
def test_where_no_place_is_found_it_says_why(words: str, why: str) -> None:
    with pytest.raises((NotFound, Refused), match=why):
        occurrences("it bit it", words)


@given(st.text(alphabet="ab “”.\n", min_size=1), st.data())
def test_every_piece_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    quote = text[start : data.draw(st.integers(start + 1, len(text)))]
    if quote.strip() and not quote.endswith("\n"):
        places = [at for at in range(len(text)) if text.startswith(quote, at)]
        assert locate(text, quote, places.index(start) + 1) == Span(start, start + len(quote))
