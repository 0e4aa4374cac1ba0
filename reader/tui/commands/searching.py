"""Searching everything, and ticking the occurrences of some words."""

from __future__ import annotations

from reader.tui.commands.command import Command, Group, Mode, declaring

_search = declaring(Group.EVERYTHING, Mode.SEARCHING, palette=False)
_tick = declaring(Group.OCCURRENCES, Mode.TICKING, palette=False)

SEARCHING: tuple[Command, ...] = (
    _search("search_open", "enter", "search_open", "open", "go to the hit", footer=1),
    _search("search_down", "down", "search_step(1)", "hit", "the next hit", footer=2),
    _search("search_up", "up", "search_step(-1)", "hit back", "the hit before", footer=3),
    _search("search_article", "tab", "search_article(1)", "article", "the first hit of the next article", footer=4),
    _search("search_article_back", "shift+tab", "search_article(-1)", "article back",
            "the first hit of this article, or of the one before"),
    _search("search_page", "pagedown", "search_page(1)", "page", "a page of hits on"),
    _search("search_page_back", "pageup", "search_page(-1)", "page back", "a page back"),
    _search("search_first", "ctrl+home", "search_end(-1)", "first", "the first hit"),
    _search("search_last", "ctrl+end", "search_end(1)", "last", "the last hit"),
    _search("search_leave", "escape", "search_leave", "back", "back to the text", footer=9),
    _tick("tick", "space", "tick", "tick", "leave this place out, or take it in again", footer=1),
    _tick("tick_article", "X", "tick_article", "article", "leave all places of this article out, or take them in again",
          footer=4),
    _tick("tick_all", "A", "tick_all", "all/none", "take all places in, or none", footer=2),
    _tick("tick_where", "tab", "tick_where", "here/all", "the places in this article, or in all articles", footer=3),
    _tick("tick_by_name", "enter", "tick_by_name", "tag by name", "choose the tag from a list with definitions"),
    _tick("tick_down", "down", "tick_step(1)", "place", "the next place"),
    _tick("tick_up", "up", "tick_step(-1)", "place back", "the place before"),
    _tick("tick_page", "pagedown", "tick_page(1)", "page", "a page on"),
    _tick("tick_page_back", "pageup", "tick_page(-1)", "page back", "a page back"),
    _tick("tick_first", "home,ctrl+home", "tick_end(-1)", "first", "the first place"),
    _tick("tick_last", "end,ctrl+end", "tick_end(1)", "last", "the last place"),
    _tick("tick_leave", "escape", "tick_leave", "leave", "mark nothing", footer=9),
)  # fmt: skip
"""What the keys do on these screens."""
