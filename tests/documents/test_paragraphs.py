"""Paragraphs: the text in pieces, and texts that were wrapped by hand."""

from __future__ import annotations

import textwrap
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reader.documents.document import Layout
from reader.documents.paragraphs import Paragraphs, layout_of, soft_breaks

texts = st.text(alphabet="ab \t\n\n\u00a0“é", max_size=60)

PROSE = [
    "The council voted on Tuesday to close the old swimming hall at the end of the summer, saying that the roof "
    "would cost more to mend than a new hall would cost to build.",
    "Swimmers who had come to hear the vote left the room without a word. One of them, a retired teacher who has "
    "swum there every morning since it opened, said that she would look for a lake.",
    "A report on the roof is expected in May. Until then the hall stays open on weekdays, and the café with it.",
]
VERSE = (
    "The water keeps the colour of the stone\nAnd nobody has ever asked it why\n"
    "A child once came to look for it alone\nAnd found instead the colour of the sky"
)


def pieces(text: str, layout: Layout) -> list[str]:
    """The words of each paragraph."""
    return [paragraph.cut(text) for paragraph in Paragraphs(text, layout)]


@given(texts, st.sampled_from(Layout))
def test_paragraphs_and_single_breaks_are_the_whole_text(text: str, layout: Layout) -> None:
    assert "\n".join(pieces(text, layout)) == text


@given(texts)
def test_a_block_holds_no_blank_line_and_no_block_ends_early(text: str) -> None:
    found = pieces(text, Layout.BLOCKS)
    blank = [not piece.strip() for piece in found]
    for piece, is_blank in zip(found, blank, strict=True):
        assert is_blank or all(line.strip() for line in piece.split("\n"))
        assert not is_blank or "\n" not in piece
    assert all(one or other for one, other in pairwise(blank))


@given(texts, st.sampled_from(Layout))
def test_every_offset_is_in_the_paragraph_that_at_names(text: str, layout: Layout) -> None:
    paragraphs = list(Paragraphs(text, layout))
    for offset in range(len(text) + 1):
        span = Paragraphs(text, layout).at(offset)
        assert span.start <= offset <= span.end
        assert span in paragraphs


def test_an_empty_text_is_one_empty_paragraph() -> None:
    assert pieces("", Layout.LINES) == pieces("", Layout.BLOCKS) == [""]


def test_one_line_paragraphs_stay_lines() -> None:
    assert layout_of("\n".join(PROSE)) is Layout.LINES
    assert layout_of("\n\n".join(PROSE)) is Layout.LINES


def test_hard_wrapped_prose_is_blocks_at_any_usual_width() -> None:
    for width in (40, 60, 66, 72, 78, 100):
        assert layout_of("\n\n".join(textwrap.fill(each, width) for each in PROSE)) is Layout.BLOCKS


def test_a_wrapped_mail_with_quoted_lines_list_and_signature_is_blocks() -> None:
    wrapped = "\n\n".join(textwrap.fill(each, 72) for each in PROSE)
    quoted = textwrap.fill(PROSE[1], 70, initial_indent="> ", subsequent_indent="> ")
    mail = f"Dear all,\n\n{wrapped}\n\nOn Monday Ana wrote:\n\n{quoted}\n\n- one thing\n- another thing\n\n--\nBen"
    assert layout_of(mail) is Layout.BLOCKS


def test_the_short_lines_under_a_short_mail_do_not_outweigh_its_one_paragraph() -> None:
    mail = f"Hi Ben,\n\n{textwrap.fill(PROSE[1], 74)}\n\nBest,\nAna\nHarbour Office\n12 Quay Road"
    assert layout_of(mail) is Layout.BLOCKS


def test_verse_and_addresses_stay_lines() -> None:
    assert layout_of(f"{VERSE}\n\n{VERSE}\n\n{VERSE}") is Layout.LINES
    assert layout_of("Harbour Office\n12 Quay Road\nNewtown\n\nTown Hall\n1 High Street\nNewtown") is Layout.LINES


def test_a_byline_of_two_lines_above_long_paragraphs_does_not_make_blocks() -> None:
    assert layout_of("By a reporter of the evening paper\nTuesday\n\n" + "\n\n".join(PROSE)) is Layout.LINES


def test_one_sentence_a_line_stays_lines() -> None:
    lines = "\n".join(" ".join(PROSE).replace(". ", ".\n").split("\n"))
    assert layout_of(f"{lines}\n\n{lines}") is Layout.LINES


def test_wide_characters_count_two_cells() -> None:
    block = "\n".join(["市议会周二投票决定在夏末关闭旧游泳馆并说屋顶的修理费用比新建还要高"] * 4)
    assert layout_of(f"{block}\n\n{block}") is Layout.BLOCKS


def test_soft_breaks_are_where_the_next_word_did_not_fit() -> None:
    block = textwrap.fill(PROSE[0], 72)
    assert [block[at] for at in soft_breaks(block)] == ["\n"] * block.count("\n")
    assert soft_breaks("one line") == ()


def test_short_lines_list_items_and_quoted_lines_keep_their_breaks() -> None:
    assert soft_breaks("Yours,\nBen", 72) == ()
    long = "x" * 70
    assert soft_breaks(f"{long}\n- {long}\n> {long}\n2. {long}", 72) == ()
    assert soft_breaks(f"- {long}\n  and on", 72) == (72,)
