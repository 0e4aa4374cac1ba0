from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.documents.outline import Outline, Places
from reader.documents.paragraphs import layout_of
from tests.tui.texts import texts

NEWS = "One star.\n\nTwo stars. Three stars.\n“Four,” she said. “Five.”\n"


def test_paragraphs_and_sentences_are_counted_from_1() -> None:
    outline = Outline.of(NEWS, layout_of(NEWS), "en")
    for words, place in (("One", (1, 1)), ("Two", (2, 1)), ("Three", (2, 2)), ("“Four", (3, 1)), ("Five", (3, 2))):
        assert outline.place(NEWS.index(words)) == place
    # The line break that ends a paragraph belongs to it; a blank line is in none.
    assert outline.place(9) == (1, 1)
    assert outline.place(10) == (1, 1)
    assert outline.place(len(NEWS)) == (3, 1)


@given(texts, st.data())
def test_it_says_what_looking_at_the_text_says(text: str, data: st.DataObject) -> None:
    layout = layout_of(text)
    outline, looked = Outline.load(*Outline.of(text, layout, "en").dump()), Places(text, layout, "en")
    offsets = data.draw(st.lists(st.integers(0, len(text)), max_size=20).map(sorted))
    assert [outline.place(offset) for offset in offsets] == [looked.place(offset) for offset in offsets]


def test_a_text_without_words() -> None:
    outline = Outline.of("\n\n", layout_of("\n\n"), "en")
    assert outline.place(1) == Places("\n\n", layout_of("\n\n"), "en").place(1)
