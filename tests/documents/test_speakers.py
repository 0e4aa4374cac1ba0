from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.documents.document import Layout
from reader.documents.paragraphs import Paragraphs
from reader.documents.segment import Segments
from reader.documents.span import Span
from reader.documents.speakers import MOST, speakers
from tests.marks import marked


def said(written: str) -> tuple[str, ...]:
    """Who may have said what is marked in the text."""
    text, ((fragments, _),) = marked(written)
    return speakers(text, Segments(text, Paragraphs(text, Layout.LINES)), fragments)


@pytest.mark.parametrize(
    "written, speaker",
    [
        ("[“It is calm,”]{q} Holt said.", "Holt"),
        ("[“It is calm,”]{q} said Samir Holt, who runs the hospital.", "Samir Holt"),
        ("[“It is calm,”]{q} says the mayor of Vellmouth.", "the mayor"),
        ("[“It is calm,”]{q} said the harbour master, Ines Okafor.", "Ines Okafor"),
        ("[“It is calm,”]{q} said its director, Samir Holt, on Monday.", "Samir Holt"),
        ("[“It is calm,”]{q} according to Captain Oduya.", "Oduya"),
        ("According to the report’s author, Anneke Vos, [“it is calm”]{q}.", "Anneke Vos"),
        ("[“It is calm!”]{q} he shouted. Nobody heard.", ""),
        ("Dora Lund, a nurse who had walked there, said: [“It is calm.”]{q}", "Dora Lund"),
        ("Dora Lund, who leads the Harbour List, called it [“a very calm place”]{q} and left.", "Dora Lund"),
        ("The council’s transport chief, Mara Lindqvist, told reporters: [“It is calm.”]{q}", "Mara Lindqvist"),
        ("Ivo Kest of The Harbour Post wrote [“it is calm”]{q}.", "Ivo Kest"),
        ("Mayor of Vellmouth Dora Lund said [“it is calm”]{q}.", "Dora Lund"),
        ("A letter seen by the Harbour Post says [“it is calm”]{q}.", "a letter"),
        ("Ivo Kest said it was late, and added that [“it is calm”]{q}.", "Ivo Kest"),
        ("Ivo Kest defended himself while promising: [“It will be calm.”]{q}", "Ivo Kest"),
        ("Ivo Kest, in remarks to the press, said [“it is calm”]{q}.", "Ivo Kest"),
        ("Kest’s statement added: [“It is calm.”]{q}", "Kest"),
        ("One poster wrote [“it is calm”]{q} on Friday.", "one poster"),
        ("[“It is calm.”]{q} — Matthew Kest", "Matthew Kest"),
        ("Petra Kest had a house. Later she said: [“It is calm.”]{q}", "Petra Kest"),
        ("It is calm, says Kest.\n[“Very calm indeed,”]{q} he added.", "Kest"),
        ("Ivo Kest spoke first.\n“Hello to you all,” he said. [“It is calm today.”]{q}", "Ivo Kest"),
        ("“It was not I who broke it,” said Kest.\n[“It is calm today, at last.”]{q}", "Kest"),
        ("Kest said “yes, of course I did”, Lund said [“it is calm”]{q}.", "Lund"),
        ("Kest has not said who it was. Lund said it: [“It is calm.”]{q}", "Lund"),
        ("Mara Lindqvist came. Lindqvist said, [“It is calm.”]{q}", "Mara Lindqvist"),
        ("[It is calm]{q}, Ivo Kest believes.", "Ivo Kest"),
        ("Nobody knows [“a calm that nobody ordered”]{q}.", ""),
    ],
)
def test_the_likeliest_speaker(written: str, speaker: str) -> None:
    assert (said(written) or ("",))[0] == speaker


def test_two_halves_of_one_quotation() -> None:
    assert said("[“It is calm,”]{q1} said Osk Brannagh. [“It is always calm.”]{q1}\nPetra Aldous laughed.") == (
        "Osk Brannagh", "Petra Aldous",
    )  # fmt: skip


def test_other_names_follow_each_once() -> None:
    found = said("Ivo Kest met Dora Lund and Lund’s dog. [“It is calm,”]{q} Kest said. Samir Holt was away.")
    assert found == ("Ivo Kest", "Dora Lund", "Samir Holt")


def test_names_in_other_quotations_do_not_count() -> None:
    assert said("“Ask Samir Holt,” said Dora Lund. [“He knows that it is calm.”]{q}") == ("Dora Lund",)


_pieces = st.sampled_from(
    ["“a”", " said ", "Ivo Kest", ", ", ". ", "the mayor", "\n", "he", " who ", "Mr. ", "’s", "—"]
)


@given(st.lists(_pieces, max_size=40).map("".join), st.integers(0, 99), st.integers(1, 20))
def test_any_words_of_any_text(text: str, start: int, length: int) -> None:
    span = Span(min(start, len(text)), min(start + length, len(text)))
    found = speakers(text, Segments(text, Paragraphs(text, Layout.LINES)), [span])
    assert len(found) <= MOST
    assert len(set(found)) == len(found)
    assert all(name.strip() for name in found)


def test_no_name_is_cut_where_the_looking_ends() -> None:
    for filler in range(150, 420):
        found = said(f"[“It is calm,”]{{q}} and {'so ' * (filler // 3)}{'x' * (filler % 3)} Samir Holtermann.")
        assert not any("Holtermann".startswith(each.split()[-1]) and not each.endswith("Holtermann") for each in found)
