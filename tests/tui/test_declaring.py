"""Attributes of a tag, declared in the panel that shows what it means."""

from __future__ import annotations

import pytest
from hypothesis import given
from textual.widgets import Input, TextArea

from reader.annotations.codebook import Attribute, Codebook, Kind
from reader.errors import Refused
from reader.tui.reading.declaring import FLAGS, Draft, declared, drafted, fields, summary
from reader.tui.screens.attribute import AttributeForm
from reader.tui.screens.picker import Picker
from reader.tui.widgets.option import Option
from reader.work import codebooks, marks, tagging
from tests.annotations import books
from tests.tui.conftest import Opener, Reading
from tests.tui.golden import same
from tests.tui.test_hostile import said
from tests.tui.test_meanings import book, is_open, panel

# What a form is


@given(books.codebooks())
def test_every_attribute_of_a_codebook_can_be_filled_in(codebook: Codebook) -> None:
    for tag in codebook.tags:
        for attribute in tag.attributes:
            assert declared(drafted(attribute)) == attribute
            assert attribute.definition in summary(attribute)


@pytest.mark.parametrize("kind", Kind)
def test_what_a_kind_does_not_have_is_left_out(kind: Kind) -> None:
    attribute = declared(Draft("x", kind, "one\n\n two ", "", frozenset(FLAGS)))
    has = fields(kind)
    assert attribute.choices == (("one", "two") if "choices" in has else ())
    assert {flag for flag in FLAGS if getattr(attribute, flag)} == has - {"choices"}


def test_a_choice_needs_choices() -> None:
    with pytest.raises(Refused, match="Write them, one a line"):
        declared(Draft("x", Kind.CHOICE, " \n", "", frozenset()))


# In the app


def form(it: Reading) -> AttributeForm:
    screen = it.app.screen
    assert isinstance(screen, AttributeForm)
    return screen


def quote(it: Reading) -> tuple[Attribute, ...]:
    """What may be said of a quote, as it is stored."""
    return next(tag.attributes for tag in book(it).tags if tag.name == "quote")


async def test_one_more_is_filled_in_by_keys(reading: Opener) -> None:
    async with reading(at="“We were asked") as it:
        await it.press("q", "H", "A")
        assert it.on_top() is Picker
        await it.press(*"one more", "enter")
        await it.press(*"tone", "down", "right", "tab")
        assert isinstance(form(it).focused, TextArea)
        await it.press(*"angry", "enter", *"calm", "tab", "space", "tab", *"How it is said.", "enter")
        assert is_open(it)
        new = Attribute("tone", Kind.CHOICE, ("angry", "calm"), wanted=True, definition="How it is said.")
        assert quote(it)[-1] == new
        assert len(quote(it)) == 5
        assert it.status.startswith("Saved: revision 2 of quote")
        assert any(line.startswith("● tone · wanted · angry, calm") for line in panel(it))
        await it.press("U")
        assert len(quote(it)) == 4
        await it.press("Y", "escape", "A")
        assert it.screen.mode.value == "saying"


async def test_one_is_changed_and_one_taken_away(reading: Opener) -> None:
    async with reading(at="“We were asked") as it:
        await it.press("q")
        (mark,) = marks.of(it.project, it.screen.desk.document)
        tagging.set_attributes(it.project, mark.id, {"speaker": ["Lindqvist"], "role": ["minister"]})
        await it.press("H", "A", *"role", "enter", "tab", "tab", "tab", "tab", "space", "ctrl+s")
        assert quote(it)[1] == Attribute("role", several=True)
        await it.press("A", *"role", "enter", "ctrl+d")
        assert [each.name for each in quote(it)] == ["speaker", "manner", "on the record"]
        assert it.status.startswith("Saved: revision 3 of quote; 1 mark keeps what was said as “role”")
        await it.press("A", "enter", *"s", "enter")
        assert [each.name for each in quote(it)] == ["speakers", "manner", "on the record"]
        assert it.status.startswith("Saved: revision 4 of quote; 1 mark keeps what was said as “speaker”")
        assert marks.by_pk(it.project, [mark.pk])[0].attributes == {"role": ("minister",), "speaker": ("Lindqvist",)}
        await it.press("A", "enter", "ctrl+s")
        assert it.status.startswith("It is as it was.")


async def test_what_cannot_be_is_said_in_the_form_and_nothing_is_lost(reading: Opener) -> None:
    async with reading(at="“We were asked") as it:
        before = book(it)
        await it.press("H", "q", "A", *"one more", "enter", *"SPEAKER", "enter")
        assert "two attributes called “SPEAKER”: rename one" in said(it.app)
        assert form(it).query(Input).first().value == "SPEAKER"
        await it.press("ctrl+u", "enter")
        assert "An attribute needs a name with letters or digits" in said(it.app)
        await it.press("x", "down", "right", "ctrl+s")
        assert "Which choices are there? Write them, one a line." in said(it.app)
        await it.press("ctrl+d")
        assert it.on_top() is AttributeForm
        await it.press("escape")
        assert book(it).tags[0] == before.tags[0]


async def test_the_mouse_fills_it_in(reading: Opener) -> None:
    async with reading(size=(100, 40)) as it:
        await it.press("H", "l", "A", "enter")
        wanted = form(it).query(Option)[1]
        await it.pilot.click(wanted, offset=(2, 0))
        assert wanted.value == "yes"
        rows = [strip.text for strip in it.app.screen._compositor.render_strips()]
        y = next(y for y, row in enumerate(rows) if "Ctrl+S" in row)
        await it.pilot.click(offset=(rows[y].index("Ctrl+S"), y))
        await it.pilot.pause()
        assert book(it).tags[3].attributes[0].wanted


@pytest.mark.parametrize("size", [(40, 12), (80, 24)], ids=["40", "80"])
async def test_hostile_names_are_names(reading: Opener, size: tuple[int, int]) -> None:
    async with reading(size=size) as it:
        tag = book(it).tags[1]
        nasty = Attribute("[red]x[/]", definition="[/nope] [@click=app.exit()]x[/]", names=True)
        codebooks.change_tag(it.project, book(it), tag.__class__(**{
            name: getattr(tag, name) for name in tag.__slots__} | {"attributes": (nasty,)}))  # fmt: skip
        it.screen.renew_codebook()
        await it.press("H", "q", "A")
        said(it.app)
        await it.press("enter", "right", "tab", *"[b]", "ctrl+s")
        said(it.app)
        assert it.app.is_running


async def test_what_it_looks_like(reading: Opener) -> None:
    async with reading(size=(80, 24)) as it:
        await it.press("H", "c", "A", *"type", "enter", "tab")
        same(it.app, "attribute")


async def test_what_is_wrong_is_told_in_full(reading: Opener) -> None:
    async with reading(at="“We were asked", size=(80, 24)) as it:
        await it.press("H", "q", "A", "up", "enter", *"tone", "tab", "right", "tab")
        await it.press(*"very calm", "enter", *"very calm", "ctrl+s")
        assert "has the choice “very calm” twice: leave one out." in " ".join(said(it.app).split())
