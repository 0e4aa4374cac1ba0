"""The list of articles."""

from __future__ import annotations

from reader.tui.commands.command import Command, Group, Mode, declaring

_list = declaring(Group.LIBRARY, Mode.LIBRARY)

LIBRARY: tuple[Command, ...] = (
    _list("library_open", "enter", "open", "open", "open the article", footer=1),
    _list("library_down", "down", "move(1)", "down", "the next article", palette=False),
    _list("library_up", "up", "move(-1)", "up", "the article before", palette=False),
    _list("library_page_down", "pagedown", "page(1)", "page down", "a page down", palette=False),
    _list("library_page_up", "pageup", "page(-1)", "page up", "a page up", palette=False),
    _list("library_first", "home,ctrl+home", "edge(-1)", "first", "the first article", palette=False),
    _list("library_last", "end,ctrl+end", "edge(1)", "last", "the last article", palette=False),
    _list("library_left", "left", "line('left')", "letter back", "a letter back in what was typed", palette=False),
    _list("library_right", "right", "line('right')", "letter on", "a letter on", palette=False),
    _list("library_erase", "backspace,ctrl+h", "line('backspace')", "erase", "erase the letter before", palette=False),
    _list("library_erase_word", "ctrl+w", "line('ctrl+w')", "erase word", "erase the word before", palette=False),
    _list("library_erase_all", "ctrl+u", "line('ctrl+u')", "erase all", "erase all before", palette=False),
    _list("library_status_next", "tab", "narrow(1)", "by status",
          "only new articles, those you are reading, those done, all", footer=6),
    _list("library_status_previous", "shift+tab", "narrow(-1)", "narrow back", "the same the other way round",
          palette=False),
    _list("library_sort", "ctrl+o", "sort", "order",
          "choose the order: last opened, title, author, date, source, words, marks, progress, status", footer=7),
    _list("library_reverse", "ctrl+r", "reverse", "turn round", "the order turned round"),
    _list("library_done", "ctrl+s", "done", "done", "you are done with the article, or not yet", footer=3),
    _list("library_status", "ctrl+t", "status", "status", "call the article new, reading or done"),
    _list("library_queue", "ctrl+g", "next_not_done", "next to do", "open the next article that is not done", footer=4),
    _list("library_search", "ctrl+f", "search", "search all", "search all articles, marks and notes", footer=8),
    _list("library_stats", "ctrl+k", "stats", "numbers",
          "marks, words, speakers in numbers: of the articles listed and of all (also # before anything is typed)",
          footer=12),
    _list("library_agreement", "ctrl+a", "agreement", "agreement",
          "how far people agree, on the articles listed or on all (also % before anything is typed)"),
    _list("library_add", "ctrl+n,insert", "add", "add", "add an article by its path; pasting a path or a text adds too",
          footer=5),
    _list("library_edit", "ctrl+e,f2", "edit", "details", "change title, author, date, source", footer=9),
    _list("library_delete", "delete", "delete", "delete", "delete the article with its marks; undo brings both back",
          footer=10),
    _list("library_restore", "shift+delete", "restore", "deleted ones", "bring back an article that was deleted"),
    _list("library_undo", "ctrl+z", "undo", "undo", "undo what was done here, step by step", footer=11),
    _list("library_redo", "ctrl+y", "redo", "redo", "redo"),
    _list("library_leave", "escape", "leave", "back", "all articles again; then back to the one that is open",
          footer=2),
    _list("library_theme", "ctrl+d", "theme", "theme",
          "the next theme: dark, light, high contrast, the terminal's own"),
    _list("library_palette", "ctrl+p", "palette", "all commands",
          "every command by name (also : before anything is typed)"),
    _list("library_help", "f1", "help", "keys", "all keys (also ? before anything is typed)"),
    _list("library_quit", "ctrl+q", "quit", "quit", "quit; everything is saved already"),
)  # fmt: skip
"""What the keys do in the list of articles; what can be typed finds articles, so no command is on a letter."""
