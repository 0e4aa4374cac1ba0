"""The queue: states, decisions that stay though marks changed, and more than two people."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.annotation import Annotation
from reader.documents.span import Span, merged
from reader.review.choices import Choice
from reader.review.differences import Difference, Kind
from reader.review.queue import Decision, State, ground, queue
from tests.review.people import mark, marks_of

TEXT = "one two three four five six seven eight nine ten"


def decided(difference: Difference, choice: Choice) -> Decision:
    return Decision(1, "d", difference.key, difference.kind.value, choice, "", "", ground(difference), "ana", "")


def states(items: object) -> list[str]:
    return [f"{item.difference.kind.value}: {item.state.value}" for item in items]  # type: ignore[attr-defined]


def test_states() -> None:
    _, a = marks_of("a", "[one]{claim} [two]{claim} [three]{claim} four")
    _, b = marks_of("b", "[one]{claim} two [three]{opinion} [four]{claim}")
    items = queue([a, b], [], [])
    assert states(items) == ["agreed: agreed", "only A: not looked at", "tag: not looked at", "only B: not looked at"]
    said = [
        decided(items[1].difference, Choice.B),
        decided(items[2].difference, Choice.LATER),
        decided(items[3].difference, Choice.B),
    ]
    assert states(queue([a, b], [], said)) == [
        "agreed: agreed", "only A: rejected", "tag: skipped", "only B: decided",
    ]  # fmt: skip


def test_what_was_agreed_can_be_taken_up_again() -> None:
    _, a = marks_of("a", "[one]{claim}")
    _, b = marks_of("b", "[one]{claim}")
    (item,) = queue([a, b], [], [])
    (again,) = queue([a, b], [], [decided(item.difference, Choice.OPEN)])
    assert (again.state, again.is_open) == (State.NEW, True)


def test_a_decision_stays_where_the_marks_changed_and_says_so() -> None:
    text, a = marks_of("a", "[one two]{claim} three")
    _, b = marks_of("b", "[one]{claim} two three")
    (item,) = queue([a, b], [], [])
    said = [decided(item.difference, Choice.A)]
    newer = [mark("b0", "claim", (Span(0, 13),), text)]
    (kept,) = queue([a, newer], [], said)
    assert (kept.state, kept.changed) == (State.DECIDED, True)
    (same,) = queue([a, b], [], said)
    assert not same.changed


def test_a_decision_stays_where_the_other_mark_is_gone_or_all_are() -> None:
    _, a = marks_of("a", "[one two]{claim} three")
    _, b = marks_of("b", "[one]{claim} two three")
    (item,) = queue([a, b], [], [])
    said = [decided(item.difference, Choice.B)]
    (alone,) = queue([a, []], [], said)
    assert (alone.difference.kind, alone.changed, alone.decision) == (Kind.ONLY_A, True, said[0])
    (gone,) = queue([[], []], [], said)
    assert (gone.difference.kind, gone.changed) == (Kind.EDGES, True)
    assert [each.text for each in gone.difference.marks] == ["one two", "one"]


def test_a_text_that_moved_on_is_no_change() -> None:
    _, a = marks_of("a", "[one two]{claim} three")
    (item,) = queue([a], [], [])
    moved = [a[0]._replace(fragments=(Span(5, 12),))]
    (same,) = queue([moved], [], [decided(item.difference, Choice.B)])
    assert not same.changed


def test_one_persons_marks_are_gone_through_for_feedback() -> None:
    _, b = marks_of("b", "[one]{claim} [two]{claim}")
    assert states(queue([b], [], [])) == ["only B: not looked at", "only B: not looked at"]


def test_with_three_people_each_is_held_against_what_is_final() -> None:
    text, a = marks_of("a", "[one]{claim} [two three]{claim} four")
    _, b = marks_of("b", "[one]{claim} [two]{claim} three four")
    _, c = marks_of("c", "[one]{claim} [two]{claim} three [four]{claim}")
    items = queue([a, b, c], [], [])
    # Two of them made the same mark: that is one question.
    assert states(items) == [
        "agreed: agreed", "only B: not looked at", "only B: not looked at", "only B: not looked at",
    ]  # fmt: skip
    assert [[each.id for each in item.difference.people] for item in items[1:]] == [["a1"], ["b1", "c1"], ["c2"]]
    # Ana's was taken: the others' differ from it by their edges now, and hers is decided.
    final = [mark("f0", "claim", (Span(4, 13),), text)]
    after = queue([a, b, c], final, [decided(items[1].difference, Choice.B)])
    assert states(after) == [
        "agreed: agreed", "agreed: decided", "edges: not looked at", "only B: not looked at",
    ]  # fmt: skip


tags = st.sampled_from("cq")
places = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), min_size=1, max_size=3).map(
    lambda spans: merged(Span(start, start + size) for start, size in spans)
)


def people(name: str) -> st.SearchStrategy[list[Annotation]]:
    """Marks, of which no two say the same."""
    found = st.lists(st.tuples(tags, places), max_size=6, unique=True)
    return found.map(lambda marks: [mark(f"{name}{i}", tag, at, TEXT) for i, (tag, at) in enumerate(marks)])


@given(people("a"), people("b"))
def test_every_mark_is_in_one_item(a: list[Annotation], b: list[Annotation]) -> None:
    items = queue([a, b], [], [])
    assert sorted(each.id for item in items for each in item.difference.marks) == sorted(each.id for each in (*a, *b))


@given(people("a"))
def test_who_marks_the_same_agrees_on_everything(a: list[Annotation]) -> None:
    same = [each._replace(id=f"b{each.id}") for each in a]
    assert all(item.state is State.AGREED for item in queue([a, same], [], []))


@given(people("a"), people("b"), st.data())
def test_no_decision_is_lost(a: list[Annotation], b: list[Annotation], data: st.DataObject) -> None:
    items = [item for item in queue([a, b], [], []) if item.difference.kind is not Kind.AGREED]
    said = [decided(item.difference, Choice.A)._replace(pk=i, id=str(i)) for i, item in enumerate(items)]
    left = data.draw(st.lists(st.sampled_from(b), unique_by=id) if b else st.just([]))
    kept = {item.decision.id for item in queue([a, left], [], said) if item.decision is not None}
    assert kept == {each.id for each in said}


@given(people("a"), people("b"), people("c"))
def test_with_three_people_everybodys_marks_are_asked_about(
    a: list[Annotation], b: list[Annotation], c: list[Annotation]
) -> None:
    items = queue([a, b, c], [], [])
    asked = {each.id for item in items for each in item.difference.marks}
    assert asked == {each.id for each in (*a, *b, *c)}
