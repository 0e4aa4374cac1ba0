"""The form of attributes, without a screen: what each key does."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from reader.annotations.codebook import Attribute, Kind, Tag
from reader.errors import Refused
from reader.tui.reading.saying import Form, Said, mnemonics
from reader.work.speaking import Offer
from tests.annotations.books import tag

QUOTE = tag(
    "quote",
    attributes=(
        Attribute("speaker", wanted=True, names=True),
        Attribute("role"),
        Attribute("manner", Kind.CHOICE, ("direct", "indirect")),
        Attribute("on the record", Kind.YES_NO),
    ),
)
CLAIM = tag(
    "claim",
    attributes=(
        Attribute("status", Kind.CHOICE, ("unchecked", "supported", "refuted", "unverifiable"), wanted=True),
        Attribute("kinds", Kind.CHOICES, ("event", "cause")),
        Attribute("evidence", Kind.URL, several=True),
        Attribute("share", Kind.NUMBER, wanted=True),
    ),
)
KNOWN = {"speaker": ("Mara Lindqvist", "Ivo Kest"), "evidence": ("https://a.org", "https://b.org")}


def offers(attribute: Attribute, said: Said) -> Sequence[Offer]:
    if attribute.kind is Kind.YES_NO:
        return (Offer("yes", ""), Offer("no", ""))
    if attribute.name == "role" and said.get("speaker"):
        return (Offer(f"the role of {said['speaker'][0]}", "with that before"),)
    return tuple(Offer(value, "") for value in attribute.choices or KNOWN.get(attribute.name, ()))


def matching(attribute: Attribute, words: str) -> Sequence[Offer]:
    return tuple(Offer(name, "before") for name in ("Amara Núñez", "Ines Okafor") if words.lower() in name.lower())


def opened(of: Tag = QUOTE, **said: str) -> Form:
    return Form(of, {name: tuple(value.split("|")) for name, value in said.items()}, offers, matching)


def press(form: Form, *keys: str) -> bool:
    """Whether the last of these keys was the end of it."""
    commands = {
        "enter": form.enter,
        "tab": lambda: form.next(1),
        "shift+tab": lambda: form.next(-1),
        "down": lambda: form.step(1),
        "up": lambda: form.step(-1),
        "ctrl+s": form.keep,
    }
    end = False
    for key in keys:
        assert not end
        if key in commands:
            end = commands[key]() is True
        else:
            end = form.press(key, key if len(key) == 1 else " " if key == "space" else None)
    return end


def rows(form: Form) -> list[str]:
    return [f"{'▸' if i == form.chosen else ''}{row.key} {row.value}" for i, row in enumerate(form.rows)]


def test_what_is_wanted_is_asked_first_and_enter_takes_the_first_offer() -> None:
    form = opened()
    assert (form.field.name, form.missing) == ("speaker", 1)
    assert rows(form) == ["▸1 Mara Lindqvist", "2 Ivo Kest"]
    assert press(form, "enter")
    assert form.changed == {"speaker": ("Mara Lindqvist",)}


def test_a_digit_takes_another() -> None:
    form = opened()
    assert not press(form, "3")
    assert form.line.text == "3"
    form = opened()
    assert press(form, "2")
    assert form.changed == {"speaker": ("Ivo Kest",)}


@pytest.mark.parametrize(
    "keys, said",
    [
        (("m", "enter"), "Mara Lindqvist"),
        (("m", "a", "r", "a", "down", "enter"), "mara"),
        (("m", "a", "r", "a", "down", "down", "enter"), "Amara Núñez"),
        (("n", "ú", "enter"), "Amara Núñez"),
        (("down", "enter"), "Ivo Kest"),
        (("x", "backspace", "2"), "Ivo Kest"),
        (("P", "e", "t", "space", "7", "enter"), "Pet 7"),
    ],
)
def test_what_is_typed_is_looked_for_or_taken_as_it_is(keys: tuple[str, ...], said: str) -> None:
    form = opened()
    assert press(form, *keys)
    assert form.changed == {"speaker": (said,)}


def test_tab_goes_on_and_keeps_only_what_somebody_chose() -> None:
    form = opened()
    press(form, "tab")
    assert (form.field.name, form.changed) == ("role", {})
    press(form, "shift+tab", "down", "tab")
    assert form.changed == {"speaker": ("Ivo Kest",)}
    assert rows(form) == ["▸1 the role of Ivo Kest"]
    press(form, "b", "a", "k", "e", "r", "tab")
    assert rows(form) == ["d 1 direct", "i 2 indirect"]
    press(form, "shift+tab", "shift+tab", "ctrl+u")
    press(form, "ctrl+s")
    assert form.changed == {"role": ("baker",)}


def test_letters_and_digits_choose() -> None:
    form = opened(speaker="Ivo Kest")
    assert (form.field.name, form.line.text, form.line.fresh) == ("speaker", "Ivo Kest", True)
    assert rows(form) == ["1 Mara Lindqvist"]
    press(form, "tab", "tab")
    assert press(form, "I")
    form.focus(3)
    assert rows(form) == ["y 1 yes", "n 2 no"]
    assert press(form, "n")
    assert form.changed == {"manner": ("indirect",), "on the record": ("no",)}
    form.focus(2)
    assert rows(form) == ["d 1 direct", "▸i 2 indirect"]
    press(form, "backspace")
    assert form.changed == {"on the record": ("no",)}


def test_a_value_that_is_there_is_kept_replaced_edited_or_taken_away() -> None:
    assert press(form := opened(speaker="Ivo Kest"), "enter")
    assert form.changed == {}
    assert press(form := opened(speaker="Ivo Kest"), "X", "down", "enter")
    assert form.changed == {"speaker": ("X",)}
    assert press(form := opened(speaker="Ivo Kest"), "end", ".", "tab") is False
    assert form.changed == {"speaker": ("Ivo Kest.",)}
    press(form := opened(speaker="Ivo Kest"), "backspace", "ctrl+s")
    assert form.changed == {"speaker": ()}


def test_several_choices_are_ticked() -> None:
    form = opened(CLAIM, status="refuted", share="1")
    press(form, "tab")
    press(form, "c", "e")
    assert form.changed == {"kinds": ("event", "cause")}
    press(form, "1", "down", "space")
    assert form.changed == {}
    press(form, "space")
    assert press(form, "enter")
    assert form.changed == {"kinds": ("cause",)}


def test_several_addresses_are_given_one_after_the_other() -> None:
    form = opened(CLAIM, status="refuted", share="1")
    press(form, "tab", "tab")
    assert rows(form) == ["▸1 https://a.org", "2 https://b.org"]
    press(form, "2", *"c.org/x", "enter")
    assert form.changed == {"evidence": ("https://b.org", "https://c.org/x")}
    assert rows(form) == ["1 https://a.org"]
    press(form, "backspace")
    assert list(form.changed.values()) == [("https://b.org",)]
    with pytest.raises(Refused, match="web address"):
        press(form, "x", "enter")
    assert form.line.text == "x"
    press(form, "backspace")
    assert press(form, "enter")
    assert form.changed == {"evidence": ("https://b.org",)}


def test_enter_goes_through_what_is_missing() -> None:
    form = opened(CLAIM)
    assert form.missing == 2
    assert [row.key for row in form.rows] == ["u 1", "s 2", "r 3", "n 4"]
    press(form, "r")
    assert (form.field.name, form.rows) == ("share", [])
    with pytest.raises(Refused, match="is a number"):
        press(form, "a", "lot", "enter")
    press(form, "ctrl+u")
    assert press(form, "3", "enter")
    assert form.changed == {"status": ("refuted",), "share": ("3",)}


def test_nothing_is_forced() -> None:
    assert press(form := opened(CLAIM), "enter", "enter")
    assert form.changed == {}


def test_pasted_words_never_act_as_keys() -> None:
    form = opened(CLAIM)
    form.paste("r\n")
    assert form.changed == {}
    form = opened()
    form.paste("1\nIvo")
    assert form.line.text == "1 Ivo"


def test_letters_for_choices() -> None:
    assert mnemonics(Attribute("x", Kind.CHOICE, ("unchecked", "unverifiable", "un", "é", "7", "nun"))) == [
        "u", "n", "", "e", "", "",
    ]  # fmt: skip
