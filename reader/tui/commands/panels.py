"""What lies over the text, or beside it: what is said of a mark, what the tags mean."""

from __future__ import annotations

from reader.tui.commands.command import Command, Group, Mode, declaring

_book = declaring(Group.CODEBOOK, Mode.CODEBOOK, palette=False)
_say = declaring(Group.SAYING, Mode.SAYING, palette=False)

PANELS: tuple[Command, ...] = (
    _book("book_down", "down,tab", "book_step(1)", "tag", "the next tag", footer=1),
    _book("book_up", "up,shift+tab", "book_step(-1)", "tag back", "the tag before"),
    _book("book_page", "pagedown,space", "book_page(1)", "page", "a page on"),
    _book("book_page_back", "pageup", "book_page(-1)", "page back", "a page back"),
    _book("book_define", "E", "book_define", "define", "write its definition and examples: a new revision", footer=3),
    _book("book_rename", "R", "book_rename", "rename", "call it something else; its marks stay", footer=4),
    _book("book_key", "K", "book_key", "key", "give it another key", footer=5),
    _book("book_colour", "C", "book_colour", "colour", "give it another colour", footer=6),
    _book("book_line", "L", "book_line", "line", "give it another line, by which it is known without colours"),
    _book("book_symbol", "S", "book_symbol", "symbol", "give it another sign beside the text"),
    _book("book_unit", "T", "book_unit", "takes", "what its key takes when nothing is selected: a new revision"),
    _book("book_attributes", "A", "book_attributes", "attributes",
          "what may be said of its marks: add, change or take away an attribute", footer=7),
    _book("book_new", "N", "book_new", "new", "one more tag", footer=8),
    _book("book_retire", "delete,backspace", "book_retire", "retire", "offer it no longer, or again; its marks stay",
          footer=9),
    _book("book_merge", "M", "book_merge", "merge", "show what is marked with it as another tag; no mark is changed",
          footer=10),
    _book("book_earlier", "less_than_sign", "book_move(-1)", "earlier", "one place up: 1-9 are the first nine tags"),
    _book("book_later", "greater_than_sign", "book_move(1)", "later", "one place down"),
    _book("book_about", "I", "book_about", "about it", "what the codebook is called, and what it is for"),
    _book("book_outdated", "O", "book_outdated", "made before",
          "your marks here that were made under another definition; confirm them", footer=11),
    _book("book_use", "B", "book_use", "other codebook",
          "read this article with another codebook: one that is here, a copy of this one, one from a file", footer=12),
    _book("book_export", "X", "book_export", "to a file", "write the codebook to a TOML file"),
    _book("book_undo", "U,ctrl+z", "book_undo", "undo", "take the last change to a codebook back", footer=13),
    _book("book_redo", "Y,ctrl+y", "book_redo", "redo", "bring it back"),
    _book("book_help", "question_mark,f1", "book_help", "keys", "all keys"),
    _book("book_leave", "escape,H", "book_leave", "text", "back to the text", footer=2),
    _say("say_take", "enter", "say_take", "take it",
         "take what is offered or typed, go on to what is missing, else end", footer=1),
    _say("say_down", "down", "say_step(1)", "offer", "the next one of what is offered", footer=2),
    _say("say_up", "up", "say_step(-1)", "offer back", "the one before"),
    _say("say_next", "tab", "say_field(1)", "next", "the next attribute; what was typed is kept", footer=3),
    _say("say_back", "shift+tab", "say_field(-1)", "back", "the attribute before"),
    _say("say_save", "ctrl+s", "say_save", "save", "keep all of it", footer=4),
    _say("say_leave", "escape", "say_leave", "as it was", "leave everything as it was", footer=5),
)  # fmt: skip
"""What the keys do while it is open."""
