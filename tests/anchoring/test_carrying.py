from __future__ import annotations

from itertools import pairwise

import hypothesis.strategies as st
import pytest
from hypothesis import example, given, settings

from reader.anchoring import alignment
from reader.anchoring.carrying import Candidate, Carried, Status, _Way, carry
from reader.anchoring.edges import grown
from reader.anchoring.judging import GONE, SURE, Fragments
from reader.anchoring.tokens import tokens
from reader.documents.graphemes import snap
from reader.documents.span import Span, merged
from tests.marks import marked

WORDS = st.sampled_from(
    ["the", "The", "moon", "is", "round", "a", "quietly", "buried", "stone", "said", "she", "Nobody", "asked", "48",
     "won’t", "“It", "it”", "\"It", "bright.", "on.", "—", "Straße", "İzmir", "王小明说", "e\u0301", "👍🏽",
     "👩\u200d🚀", "🇫🇷🇩🇪", "  "]
)  # fmt: skip
TEXTS = st.lists(WORDS, min_size=1, max_size=40).map(" ".join).filter(str.strip)


@st.composite
def edited_texts(draw: st.DrawFn) -> tuple[str, str]:
    """A text, and what became of it: words replaced, gone, come, moved."""
    words = draw(st.lists(WORDS, min_size=4, max_size=60))
    new = list(words)
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(new) - 1))
        match draw(st.integers(0, 3)):
            case 0:
                new[at] = draw(WORDS)
            case 1 if len(new) > 2:
                del new[at]
            case 2:
                new.insert(at, draw(WORDS))
            case _:
                end = draw(st.integers(at, min(len(new), at + 12)))
                there = draw(st.integers(0, at))
                new[there:end] = new[at:end] + new[there:at]
    old_text, new_text = (draw(st.sampled_from(["", "\n"])) + " ".join(each) for each in (words, new))
    return (old_text, new_text) if old_text.strip() and new_text.strip() else ("The moon", "The moon")


@st.composite
def some_marks(draw: st.DrawFn, text: str) -> list[tuple[Span, ...]]:
    """Marks anywhere in a text, inside words and clusters too, of one piece or several; each with words in it."""
    ends = st.integers(0, len(text))
    pairs = st.tuples(ends, ends).map(lambda pair: Span(min(pair), max(pair)))
    spans = pairs.filter(lambda span: bool(span.cut(text).strip()))
    marks = draw(st.lists(st.lists(spans, min_size=1, max_size=3).map(merged), min_size=1, max_size=8))
    return [tuple(marks_) for marks_ in marks]


@given(st.data())
def test_the_same_text_moves_nothing(data: st.DataObject) -> None:
    text = data.draw(TEXTS)
    marks = data.draw(some_marks(text))
    for mark, carried in zip(marks, carry(text, text, marks), strict=True):
        assert (carried.fragments, carried.status, carried.score) == (mark, Status.SURE, 1.0)


@given(st.data())
def test_there_and_back_is_where_it_was_unless_something_was_unsure(data: st.DataObject) -> None:
    old, new = data.draw(edited_texts())
    marks = data.draw(some_marks(old))
    for mark, there in zip(marks, carry(old, new, marks), strict=True):
        if there.status is Status.SURE:
            (back,) = carry(new, old, [there.fragments])
            assert (back.fragments, back.status) == (mark, Status.SURE)


@given(st.data())
def test_places_are_in_the_text_and_split_nothing(data: st.DataObject) -> None:
    old, new = data.draw(edited_texts())
    marks = data.draw(some_marks(old))
    for mark, carried in zip(marks, carry(old, new, marks), strict=True):
        whole = all(snap(old, edge) == edge for piece in mark for edge in (piece.start, piece.end))
        assert 0 <= carried.near <= len(new)
        for fragments in (carried.fragments, *(each.fragments for each in carried.candidates)):
            assert merged(fragments) == fragments
            assert not fragments or fragments[-1].end <= len(new)
            for piece in fragments if whole else ():
                assert (snap(new, piece.start), snap(new, piece.end)) == (piece.start, piece.end)


@given(st.data())
def test_status_score_and_candidates_agree(data: st.DataObject) -> None:
    old, new = data.draw(edited_texts())
    for carried in carry(old, new, data.draw(some_marks(old))):
        assert 0 <= carried.score <= 1
        assert (carried.status is Status.SURE) == (carried.score >= SURE)
        assert (carried.status is Status.GONE) == (carried.score < GONE) == (not carried.fragments)
        if carried.fragments:
            assert carried.candidates[0].fragments == carried.fragments
        scores = [each.score for each in carried.candidates[1:]]
        assert scores == sorted(scores, reverse=True)


BRIDGE = (
    "The bridge will cost 48 million crowns, according to a report. [It was [quietly buried]{loaded} in the budget.]"
    "{claim}\n\n[“We were asked for a crossing,”]{quote 1} Lindqvist said. [“We were never asked what it was for.”]"
    "{quote 1} Nobody asked those who live there. The mayor calls it a [disgrace]{loaded}, and so does the council."
)


@settings(max_examples=400)
@given(st.data())
def test_what_is_known_without_a_search_is_what_a_search_finds(data: st.DataObject) -> None:
    old, new = data.draw(edited_texts())
    marks = data.draw(some_marks(old))
    known = carry(old, new, marks)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_Way, "unmoved", lambda way, mark: None)
        assert carry(old, new, marks) == known


def test_far_from_an_edit_nothing_is_searched_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def searched(way: _Way, mark: Fragments) -> list[Candidate]:
        raise AssertionError

    monkeypatch.setattr(_Way, "candidates", searched)
    middle = "One two three four five six, “the moon” is round, seven eight nine ten eleven twelve thirteen. "
    old, new = f"Here. {middle * 2}There.", f"Now and here. {middle * 2}Nowhere."
    marks = [(Span(at, at + 10), Span(at + 14, at + 19)) for at in (old.index("“"), old.rindex("“"))]
    for mark, carried in zip(marks, carry(old, new, marks), strict=True):
        assert [span.cut(new) for span in carried.fragments] == [span.cut(old) for span in mark]
        assert (carried.status, carried.near) == (Status.SURE, mark[0].start + 8)


def carried(new: str, written: str = BRIDGE) -> list[tuple[str, Carried]]:
    """What became of the marks: the new words of each, `…` between pieces."""
    text, marks = marked(written)
    return [
        (" … ".join(piece.cut(new) for piece in each.fragments), each)
        for each in carry(text, new, [fragments for fragments, _ in marks])
    ]


def said(new: str, written: str = BRIDGE) -> list[str]:
    """The new words of each mark, with `?` in front where it is unsure, `gone` where they are."""
    signs = {Status.SURE: "", Status.UNSURE: "? ", Status.GONE: "gone"}
    return [signs[each.status] + words for words, each in carried(new, written)]


OLD, MARKS = marked(BRIDGE)
QUOTE = "“We were asked for a crossing,” … “We were never asked what it was for.”"
APPENDIX = "It was quietly buried in the appendix of the budget."
SAME = ["quietly buried", "It was quietly buried in the budget.", QUOTE, "disgrace"]


@pytest.mark.parametrize(
    "was, is_, comes_to",
    [
        ("The bridge will", "On Friday the paper came.\n\nThe bridge will", SAME),
        ("a report. It", "a report. It is 300 pages long. It", SAME),
        ("Nobody asked those who live there. ", "", SAME),
        ("48 million", "51 million", SAME),
        ("in the budget", "in the appendix of the budget", [SAME[0], APPENDIX, *SAME[2:]]),
        ("Lindqvist said", "Mara Lindqvist, the transport chief, said on Friday", SAME),
        ("It was quietly buried in the budget.", "", ["gone", "gone", QUOTE, "disgrace"]),
        (
            "“We were asked for a crossing,” Lindqvist said. “We were never asked what it was for.”",
            "\"We were asked for a crossing,\" Lindqvist said. \"We were never asked what it was for.\"",
            [*SAME[:2], "\"We were asked for a crossing,\" … \"We were never asked what it was for.\"", "disgrace"],
        ),
    ],
)  # fmt: skip
def test_edits_around_and_inside_marks(was: str, is_: str, comes_to: list[str]) -> None:
    assert was in OLD
    assert said(OLD.replace(was, is_)) == comes_to


def test_a_sentence_that_moved_is_found_again() -> None:
    sentence = "“We were asked for a crossing,” Lindqvist said, “and nobody answered.”"
    written = (
        f"The harbour is quiet. [{sentence}]{{quote}} The council met on Monday.\n\nNobody asked those who live there."
    )
    new = f"The harbour is quiet. The council met on Monday.\n\nNobody asked those who live there. {sentence}"
    assert said(new, written) == [sentence]


def test_a_new_sentence_that_begins_alike_is_not_taken_in() -> None:
    assert said("He sat. The moon set. The moon is round.", "He sat. [The moon is round.]{claim}") == [
        "The moon is round."
    ]


@pytest.mark.parametrize(
    "is_, comes_to",
    [
        ("So “we [think that they have lost]{q},” she said.", "“we think that they have lost,”"),
        ("We [think that they have lost]{q}.", "think that they have lost"),
        ("No, they [think that they have lost]{q}, all.", "think that they have lost"),
    ],
)
def test_outer_words_beside_a_place_are_taken_in(is_: str, comes_to: str) -> None:
    old, ((was, _),) = marked("She said: [“We think that they lost.”]{q}")
    new, ((place, _),) = marked(is_)
    assert grown(tokens(old), tokens(new), was[0], place[0]).cut(new) == comes_to


def test_a_word_that_was_replaced_by_another_is_not_sure() -> None:
    (_, loaded) = carried(OLD.replace("disgrace", "setback"))[-1]
    assert loaded.status is not Status.SURE


def test_a_misspelt_word_put_right_is_found_by_what_is_around_it() -> None:
    ((words, found),) = carried(
        "He says it is a disgrace to all of us.", "He says it is a [disgarce]{loaded} to all of us."
    )
    assert (words, found.status is not Status.GONE) == ("disgrace", True)


def test_short_words_are_never_placed_where_nothing_around_them_is_the_same() -> None:
    written = "The council met on Monday to hear that [nobody knew]{claim} of the second report at all."
    new = "Fishermen from three villages cheered, since nobody knows how deep the new harbour basin will be."
    assert said(new, written) == ["gone"]


def test_words_that_stand_twice_are_for_a_person_to_decide() -> None:
    written = "Alpha beta gamma delta. [It was a cold morning in the harbour town of Vell.]{claim} Epsilon zeta eta."
    twice = (
        "It was a cold morning in the harbour town of Vell. Kappa. It was a cold morning in the harbour town of Vell."
    )
    ((words, found),) = carried(twice, written)
    assert found.status is Status.UNSURE
    assert words == "It was a cold morning in the harbour town of Vell."
    assert len(found.candidates) >= 2


def test_a_mark_that_lost_a_piece_is_not_sure() -> None:
    new = OLD.replace(" “We were never asked what it was for.”", "")
    assert said(new)[2] == "? “We were asked for a crossing,”"


def test_parts_of_words_stay_parts_of_words() -> None:
    written = "The mayor said that it won[’t]{claim} be [un]{loaded}acceptable to the people of the old town."
    new = "The mayor, of all people, said that it won't be unacceptable to the people of the old town."
    assert said(new, written) == ["'t", "un"]


def test_what_is_gone_has_a_place_where_it_was() -> None:
    new = OLD.replace("It was quietly buried in the budget.", "")
    (_, gone) = carried(new)[1]
    assert new[gone.near :].startswith("“We were asked") or new[: gone.near].endswith("report.")


@given(texts=edited_texts())
@example(texts=("the moon the moon", "the moon"))
def test_pairs_are_the_same_words_in_order_and_both_ways(texts: tuple[str, str]) -> None:
    from reader.anchoring.tokens import tokens

    old, new = map(tokens, texts)
    there = alignment.aligned(old, new)
    pairs = [(at, there.of(at)) for at in there.paired]
    assert all(old.words[i] == new.words[j] for i, j in pairs)
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(pairs))
    back = alignment.aligned(new, old)
    assert [(back.of(at), at) for at in back.paired] == pairs
    turned = alignment.turned(there)
    assert [(turned.of(at), at) for at in turned.paired] == pairs


@given(texts=edited_texts())
def test_long_texts_are_divided_and_nothing_else_changes(texts: tuple[str, str]) -> None:
    from reader.anchoring.tokens import tokens

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(alignment, "MOST_CELLS", 30)
        patched.setattr(alignment, "_STRETCH", 6)
        old, new = map(tokens, texts)
        there = alignment.aligned(old, new)
    pairs = [(at, there.of(at)) for at in there.paired]
    assert all(old.words[i] == new.words[j] for i, j in pairs)
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(pairs))
