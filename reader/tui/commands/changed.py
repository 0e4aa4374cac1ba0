"""Deciding where the marks of a changed article belong."""

from __future__ import annotations

from reader.tui.commands.command import Command, Group, Mode, declaring

_decide = declaring(Group.CHANGED, Mode.DECIDING, palette=False)
_place = declaring(Group.PLACED, Mode.PLACING, palette=False)

CHANGED: tuple[Command, ...] = (
    _decide("decide_here", "enter,right", "decide_here", "it is here", "the mark belongs where it is shown", footer=1),
    _decide("decide_other", "tab", "decide_other", "or there?", "another place where it may belong", footer=2),
    _decide("decide_place", "E", "decide_place", "by hand", "choose the words that it belongs on", footer=3),
    _decide("decide_orphan", "X", "decide_orphan", "no place", "it has no place in this text; its words are kept",
            footer=4),
    _decide("decide_remove", "delete,backspace", "decide_remove", "remove", "remove the mark"),
    _decide("decide_later", "space", "decide_later", "later", "leave it as it is, and go on to the next", footer=5),
    _decide("decide_down", "down", "decide_step(1)", "next mark", "the next mark of the list"),
    _decide("decide_up", "up", "decide_step(-1)", "mark back", "the mark before"),
    _decide("decide_undo", "U,ctrl+z", "decide_undo", "undo", "take the last decision back", footer=6),
    _decide("decide_redo", "Y,ctrl+y", "decide_redo", "redo", "redo"),
    _decide("decide_change", "N", "decide_change(1)", "next change", "the next place where the texts differ", footer=7),
    _decide("decide_change_back", "P", "decide_change(-1)", "change back", "the place before where the texts differ"),
    _decide("decide_page", "pagedown", "decide_page(1)", "page", "a page down, in both texts"),
    _decide("decide_page_back", "pageup", "decide_page(-1)", "page back", "a page up, in both texts"),
    _decide("decide_text", "T", "decide_text", "another text", "the article has changed again: give it its new text",
            footer=8),
    _decide("decide_help", "question_mark,f1", "decide_help", "keys", "all keys"),
    _decide("decide_leave", "escape", "decide_leave", "text", "to the text"),
    _place("place_keep", "enter", "place_keep", "it is here", "the mark belongs on what is selected", footer=1),
    _place("place_piece", "J", "place_piece", "one piece", "what is selected is one of its pieces; choose the next",
           footer=2),
    _place("place_leave", "escape", "place_leave", "back", "back, nothing chosen"),
)  # fmt: skip
"""What the keys do on that screen."""
