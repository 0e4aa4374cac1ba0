"""Every command, declared once: bindings, footer, palette, help and `docs/keys.md` come from this table."""

from __future__ import annotations

import string
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class Mode(StrEnum):
    """What the keys belong to at a time."""

    READING = "reading"
    ADJUSTING = "adjusting"
    HINTS = "hints"
    RETAGGING = "retagging"
    LINKING = "linking"
    FINDING = "finding"
    SAYING = "saying"
    CODEBOOK = "codebook"
    SEARCHING = "searching"
    TICKING = "ticking"
    DECIDING = "deciding"
    PLACING = "placing"
    REVIEWING = "reviewing"
    REASONING = "reasoning"
    LIBRARY = "library"


class Group(StrEnum):
    """What a key is for."""

    MOVE = "Move"
    SELECT = "Select by hand"
    TAG = "Tag"
    MARKS = "Go to marks and change them"
    LINKS = "While the other mark of a link is looked for"
    SAYING = "While more is said of a mark"
    CODEBOOK = "While the codebook is open, where a tag's key goes to the tag"
    EDGES = "While edges are moved"
    SEARCH = "Search"
    EVERYTHING = "While everything is searched"
    OCCURRENCES = "While occurrences are ticked"
    CHANGED = "While the unsure marks of a changed article are decided on"
    PLACED = "While words are chosen for one of them"
    REVIEW = "While marks are reviewed, where a tag's key decides for that tag"
    REASONS = "While a reason is asked for"
    UNDO = "Undo"
    OUT = "Keep and share"
    ARTICLES = "Other articles"
    VIEW = "The screen"
    LIBRARY = "In the list of articles, where letters find"


class Command(NamedTuple):
    """Something that a key does."""

    id: str
    keys: str
    """Textual's names of the keys, with commas between."""
    action: str
    label: str
    """A word or two, for the footer and the palette."""
    help: str
    """A line, for the help screen and the docs."""
    group: Group
    mode: Mode = Mode.READING
    footer: int = 0
    """Place in the footer, 0 for none."""
    palette: bool = True
    """Whether the palette offers it."""


def _c(
    id: str,
    keys: str,
    action: str,
    label: str,
    help: str,
    *,
    group: Group,
    mode: Mode = Mode.READING,
    footer: int = 0,
    palette: bool = True,
) -> Command:
    return Command(id, keys, action, label, help, group, mode, footer, palette)


_M, _S, _T, _K = Group.MOVE, Group.SELECT, Group.TAG, Group.MARKS
_E, _F, _U, _O, _V = Group.EDGES, Group.SEARCH, Group.UNDO, Group.OUT, Group.VIEW
_W, _L = Group.ARTICLES, Group.LIBRARY
_A, _H, _R, _D = Mode.ADJUSTING, Mode.HINTS, Mode.RETAGGING, Mode.FINDING
_I, _IM = Group.LINKS, Mode.LINKING
_Y, _YM = Group.SAYING, Mode.SAYING
_X, _XM = Group.CODEBOOK, Mode.CODEBOOK
_Q, _QM, _B, _BM = Group.EVERYTHING, Mode.SEARCHING, Group.OCCURRENCES, Mode.TICKING
_G, _GM, _P, _PM = Group.CHANGED, Mode.DECIDING, Group.PLACED, Mode.PLACING

READING: tuple[Command, ...] = (
    _c("quotation", "tab", "unit('quotation', 1)", "quotation", "the next quotation of four words or more",
       group=_M, footer=3),
    _c("quotation_back", "shift+tab", "unit('quotation', -1)", "quotation back", "the quotation before", group=_M),
    _c("sentence", "full_stop", "unit('sentence', 1)", "sentence", "the next sentence", group=_M, footer=4),
    _c("sentence_back", "comma", "unit('sentence', -1)", "sentence back", "the sentence before", group=_M),
    _c("paragraph", "right_parenthesis", "unit('paragraph', 1)", "paragraph", "the next paragraph", group=_M),
    _c("paragraph_back", "left_parenthesis", "unit('paragraph', -1)", "paragraph back", "the paragraph before",
       group=_M),
    _c("word", "right", "unit('word', 1)", "word", "the next word", group=_M),
    _c("word_back", "left", "unit('word', -1)", "word back", "the word before", group=_M),
    _c("character", "ctrl+right", "character(1)", "character", "the next character", group=_M),
    _c("character_back", "ctrl+left", "character(-1)", "character back", "the character before", group=_M),
    _c("line", "down", "line(1)", "line down", "a line down", group=_M),
    _c("line_back", "up", "line(-1)", "line up", "a line up", group=_M),
    _c("page", "space,pagedown", "page(1)", "page down", "a page down", group=_M),
    _c("page_back", "pageup", "page(-1)", "page up", "a page up", group=_M),
    _c("row_start", "home", "row(-1)", "line start", "the start of the line", group=_M),
    _c("row_end", "end", "row(1)", "line end", "the end of the line", group=_M),
    _c("text_start", "ctrl+home", "text(-1)", "top", "the top of the text", group=_M),
    _c("text_end", "ctrl+end", "text(1)", "bottom", "the end of the text", group=_M),
    _c("jump", "F", "jump", "any word", "any word in view: letters appear over the words, type them",
       group=_M, footer=5),
    _c("back", "ctrl+o", "back", "back", "back to where you were before a jump", group=_M),
    _c("extend_word", "shift+right", "unit('word', 1, True)", "word more", "a word more", group=_S, palette=False),
    _c("extend_word_back", "shift+left", "unit('word', -1, True)", "word less", "a word less, or one to the left",
       group=_S, palette=False),
    _c("extend_line", "shift+down", "line(1, True)", "line more", "a line more", group=_S, palette=False),
    _c("extend_line_back", "shift+up", "line(-1, True)", "line less", "a line less", group=_S, palette=False),
    _c("extend_character", "ctrl+shift+right", "character(1, True)", "character more", "a character more",
       group=_S, palette=False),
    _c("extend_character_back", "ctrl+shift+left", "character(-1, True)", "character less", "a character less",
       group=_S, palette=False),
    _c("anchor", "V", "anchor", "hold", "hold the selection open: every move extends it (again: let go)", group=_S),
    _c("wider", "plus,equals_sign", "wider", "wider", "wider: word, quotation, sentence, paragraph",
       group=_S, footer=6),
    _c("narrower", "minus", "narrower", "narrower", "narrower", group=_S),
    _c("drop", "escape", "drop", "drop", "select nothing, let go of the mark", group=_S),
    _c("tag_by_name", "enter", "tag_by_name", "tag by name", "choose the tag from a list with definitions", group=_T),
    _c("meanings", "H", "meanings", "what tags mean",
       "what the tags mean, beside the text: definitions, examples, keys; change them, use another codebook", group=_T,
       footer=19),
    _c("book_down", "down,tab", "book_step(1)", "tag", "the next tag", group=_X, mode=_XM, footer=1, palette=False),
    _c("book_up", "up,shift+tab", "book_step(-1)", "tag back", "the tag before", group=_X, mode=_XM, palette=False),
    _c("book_page", "pagedown,space", "book_page(1)", "page", "a page on", group=_X, mode=_XM, palette=False),
    _c("book_page_back", "pageup", "book_page(-1)", "page back", "a page back", group=_X, mode=_XM, palette=False),
    _c("book_define", "E", "book_define", "define", "write its definition and examples: a new revision", group=_X,
       mode=_XM, footer=3, palette=False),
    _c("book_rename", "R", "book_rename", "rename", "call it something else; its marks stay", group=_X, mode=_XM,
       footer=4, palette=False),
    _c("book_key", "K", "book_key", "key", "give it another key", group=_X, mode=_XM, footer=5, palette=False),
    _c("book_colour", "C", "book_colour", "colour", "give it another colour", group=_X, mode=_XM, footer=6,
       palette=False),
    _c("book_line", "L", "book_line", "line", "give it another line, by which it is known without colours", group=_X,
       mode=_XM, palette=False),
    _c("book_unit", "T", "book_unit", "takes", "what its key takes when nothing is selected: a new revision",
       group=_X, mode=_XM, palette=False),
    _c("book_attributes", "A", "book_attributes", "attributes",
       "what may be said of its marks: add, change or take away an attribute", group=_X, mode=_XM, footer=7,
       palette=False),
    _c("book_new", "N", "book_new", "new", "one more tag", group=_X, mode=_XM, footer=8, palette=False),
    _c("book_retire", "delete,backspace", "book_retire", "retire", "offer it no longer, or again; its marks stay",
       group=_X, mode=_XM, footer=9, palette=False),
    _c("book_merge", "M", "book_merge", "merge", "show what is marked with it as another tag; no mark is changed",
       group=_X, mode=_XM, footer=10, palette=False),
    _c("book_outdated", "O", "book_outdated", "made before",
       "your marks here that were made under another definition; confirm them", group=_X, mode=_XM, footer=11,
       palette=False),
    _c("book_use", "B", "book_use", "other codebook", "read this article with another codebook", group=_X, mode=_XM,
       footer=12, palette=False),
    _c("book_undo", "U,ctrl+z", "book_undo", "undo", "take the last change to a codebook back", group=_X, mode=_XM,
       footer=13, palette=False),
    _c("book_redo", "Y,ctrl+y", "book_redo", "redo", "bring it back", group=_X, mode=_XM, palette=False),
    _c("book_leave", "escape,H", "book_leave", "text", "back to the text", group=_X, mode=_XM, footer=2,
       palette=False),
    _c("next_mark", "N", "mark_step(1)", "mark", "the next mark", group=_K, footer=7),
    _c("previous_mark", "P", "mark_step(-1)", "mark back", "the mark before", group=_K),
    _c("other_mark", "O", "other_mark", "other mark here", "the next mark under the cursor, the shortest first",
       group=_K),
    _c("peek", "I", "peek", "look at it", "what is said about the marks under the cursor: tag, who, attributes, note",
       group=_K),
    _c("retag", "T", "retag", "retag", "give the mark another tag: T, then the tag's key", group=_K, footer=12),
    _c("remove", "delete,backspace", "remove", "remove", "remove the mark", group=_K, footer=13),
    _c("note", "C", "note", "note", "write a note on the mark", group=_K, footer=11),
    _c("article_note", "B", "article_note", "article note", "write a note on the article as a whole", group=_K),
    _c("link", "R", "link", "link",
       "link the mark with another one: a quote with its speaker, a claim with its evidence", group=_K),
    _c("linked", "K", "linked", "linked mark", "the mark at the other end of a link; again: of the next link",
       group=_K),
    _c("link_end", "R,enter", "link_end", "link", "link both, as the mark's tag proposes", group=_I, mode=_IM,
       footer=1, palette=False),
    _c("link_speaker", "s", "link_end('speaker')", "speaker", "it names who says it, or whose opinion it is",
       group=_I, mode=_IM, footer=2, palette=False),
    _c("link_evidence", "e", "link_end('evidence')", "evidence", "it gives what the other one rests on", group=_I,
       mode=_IM, footer=3, palette=False),
    _c("link_other", "o", "link_end('other')", "other", "both belong together in another way; a note can say in which",
       group=_I, mode=_IM, footer=4, palette=False),
    _c("unlink", "delete,backspace", "unlink", "unlink", "take the link of both away", group=_I, mode=_IM, footer=5,
       palette=False),
    _c("link_cancel", "escape", "link_cancel", "leave", "link nothing", group=_I, mode=_IM, footer=6, palette=False),
    _c("attributes", "A", "attributes", "say",
       "say more of the mark: speaker, status …; opens at what is missing, Enter takes the first offer", group=_K,
       footer=8),
    _c("say_take", "enter", "say_take", "take it", "take what is offered or typed, go on to what is missing, else end",
       group=_Y, mode=_YM, footer=1, palette=False),
    _c("say_down", "down", "say_step(1)", "offer", "the next one of what is offered", group=_Y, mode=_YM, footer=2,
       palette=False),
    _c("say_up", "up", "say_step(-1)", "offer back", "the one before", group=_Y, mode=_YM, palette=False),
    _c("say_next", "tab", "say_field(1)", "next", "the next attribute; what was typed is kept", group=_Y, mode=_YM,
       footer=3, palette=False),
    _c("say_back", "shift+tab", "say_field(-1)", "back", "the attribute before", group=_Y, mode=_YM, palette=False),
    _c("say_save", "ctrl+s", "say_save", "save", "keep all of it", group=_Y, mode=_YM, footer=4, palette=False),
    _c("say_leave", "escape", "say_leave", "as it was", "leave everything as it was", group=_Y, mode=_YM, footer=5,
       palette=False),
    _c("missing", "exclamation_mark", "missing", "what is missing",
       "the marks that lack what their tags want: quotes without a speaker, claims without a status", group=_K),
    _c("join", "J", "join", "join piece",
       "join the selection, else the paragraph's next quotation, to the mark as a piece; on a further piece: take it "
       "away", group=_K, footer=10),
    _c("edges", "E", "edges", "edges", "move the edges of the mark, or of what is selected", group=_K, footer=9),
    _c("edge_word", "right", "edge_word(1)", "word", "the edge a word on", group=_E, mode=_A, footer=1, palette=False),
    _c("edge_word_back", "left", "edge_word(-1)", "word back", "the edge a word back", group=_E, mode=_A,
       footer=2, palette=False),
    _c("edge_character", "shift+right,ctrl+right", "edge_character(1)", "character", "the edge a character on",
       group=_E, mode=_A, footer=3, palette=False),
    _c("edge_character_back", "shift+left,ctrl+left", "edge_character(-1)", "character back",
       "the edge a character back", group=_E, mode=_A, palette=False),
    _c("edge_other", "tab,shift+tab", "edge_other", "other edge", "the other edge moves", group=_E, mode=_A,
       footer=5, palette=False),
    _c("edge_accept", "enter", "edge_accept", "keep", "keep the edges as they are now", group=_E, mode=_A,
       footer=6, palette=False),
    _c("edge_cancel", "escape", "edge_cancel", "as it was", "leave the edges as they were", group=_E, mode=_A,
       footer=7, palette=False),
    _c("hint_cancel", "escape", "hint_cancel", "stay here", "stay here", group=_M, mode=_H, footer=2, palette=False),
    _c("retag_cancel", "escape", "retag_cancel", "as it was", "leave the tag as it was", group=_K, mode=_R,
       footer=2, palette=False),
    _c("undo", "U,ctrl+z", "undo", "undo", "undo, step by step, also what you did last week", group=_U, footer=14),
    _c("redo", "Y,ctrl+y", "redo", "redo", "redo", group=_U, footer=15),
    _c("find", "slash", "find", "find", "find words in the text", group=_F, footer=16),
    _c("find_next", "down,tab", "find_step(1)", "next hit", "the next hit", group=_F, mode=_D, footer=1, palette=False),
    _c("find_back", "up,shift+tab", "find_step(-1)", "hit back", "the hit before", group=_F, mode=_D, palette=False),
    _c("find_regex", "ctrl+r", "find_regex", "regex/words", "look for a regex, or for words again", group=_F, mode=_D,
       footer=2, palette=False),
    _c("find_keep", "enter", "find_keep", "stay", "stay at the hit", group=_F, mode=_D, footer=3, palette=False),
    _c("find_leave", "escape", "find_leave", "back", "back to where you were", group=_F, mode=_D, footer=4,
       palette=False),
    _c("hit", "greater_than_sign", "hit(1)", "next hit", "the next hit", group=_F),
    _c("hit_back", "less_than_sign", "hit(-1)", "previous hit", "the hit before", group=_F),
    _c("search", "G", "search", "search all", "search all articles, marks and notes", group=_F, footer=18),
    _c("occurrences", "M", "occurrences", "mark all",
       "mark every place where the selected, found or marked words stand, here or in all articles", group=_F),
    _c("search_open", "enter", "search_open", "open", "go to the hit", group=_Q, mode=_QM, footer=1, palette=False),
    _c("search_down", "down", "search_step(1)", "hit", "the next hit", group=_Q, mode=_QM, footer=2, palette=False),
    _c("search_up", "up", "search_step(-1)", "hit back", "the hit before", group=_Q, mode=_QM, footer=3,
       palette=False),
    _c("search_article", "tab", "search_article(1)", "article", "the first hit of the next article", group=_Q,
       mode=_QM, footer=4, palette=False),
    _c("search_article_back", "shift+tab", "search_article(-1)", "article back",
       "the first hit of this article, or of the one before", group=_Q, mode=_QM, palette=False),
    _c("search_page", "pagedown", "search_page(1)", "page", "a page of hits on", group=_Q, mode=_QM, palette=False),
    _c("search_page_back", "pageup", "search_page(-1)", "page back", "a page back", group=_Q, mode=_QM,
       palette=False),
    _c("search_first", "ctrl+home", "search_end(-1)", "first", "the first hit", group=_Q, mode=_QM, palette=False),
    _c("search_last", "ctrl+end", "search_end(1)", "last", "the last hit", group=_Q, mode=_QM, palette=False),
    _c("search_leave", "escape", "search_leave", "back", "back to the text", group=_Q, mode=_QM, footer=9,
       palette=False),
    _c("tick", "space", "tick", "tick", "leave this place out, or take it in again", group=_B, mode=_BM, footer=1,
       palette=False),
    _c("tick_all", "A", "tick_all", "all/none", "take all places in, or none", group=_B, mode=_BM, footer=2,
       palette=False),
    _c("tick_where", "tab", "tick_where", "here/all", "the places in this article, or in all articles",
       group=_B, mode=_BM, footer=3, palette=False),
    _c("tick_by_name", "enter", "tick_by_name", "tag by name", "choose the tag from a list with definitions",
       group=_B, mode=_BM, palette=False),
    _c("tick_down", "down", "tick_step(1)", "place", "the next place", group=_B, mode=_BM, palette=False),
    _c("tick_up", "up", "tick_step(-1)", "place back", "the place before", group=_B, mode=_BM, palette=False),
    _c("tick_page", "pagedown", "tick_page(1)", "page", "a page on", group=_B, mode=_BM, palette=False),
    _c("tick_page_back", "pageup", "tick_page(-1)", "page back", "a page back", group=_B, mode=_BM, palette=False),
    _c("tick_first", "home,ctrl+home", "tick_end(-1)", "first", "the first place", group=_B, mode=_BM, palette=False),
    _c("tick_last", "end,ctrl+end", "tick_end(1)", "last", "the last place", group=_B, mode=_BM, palette=False),
    _c("tick_leave", "escape", "tick_leave", "leave", "mark nothing", group=_B, mode=_BM, footer=9, palette=False),
    _c("review", "ampersand", "review", "review",
       "review: where people's marks on this article differ; decide, or give feedback", group=_K),
    _c("unsure", "Q", "unsure", "unsure marks",
       "what changed in the article: both texts, and the marks that are unsure or without a place since", group=_K),
    _c("decide_here", "enter,right", "decide_here", "it is here", "the mark belongs where it is shown", group=_G,
       mode=_GM, footer=1, palette=False),
    _c("decide_other", "tab", "decide_other", "or there?", "another place where it may belong", group=_G, mode=_GM,
       footer=2, palette=False),
    _c("decide_place", "E", "decide_place", "by hand", "choose the words that it belongs on", group=_G, mode=_GM,
       footer=3, palette=False),
    _c("decide_orphan", "X", "decide_orphan", "no place", "it has no place in this text; its words are kept",
       group=_G, mode=_GM, footer=4, palette=False),
    _c("decide_remove", "delete,backspace", "decide_remove", "remove", "remove the mark", group=_G, mode=_GM,
       palette=False),
    _c("decide_later", "space", "decide_later", "later", "leave it as it is, and go on to the next", group=_G,
       mode=_GM, footer=5, palette=False),
    _c("decide_down", "down", "decide_step(1)", "next mark", "the next mark of the list", group=_G, mode=_GM,
       palette=False),
    _c("decide_up", "up", "decide_step(-1)", "mark back", "the mark before", group=_G, mode=_GM, palette=False),
    _c("decide_undo", "U,ctrl+z", "decide_undo", "undo", "take the last decision back", group=_G, mode=_GM, footer=6,
       palette=False),
    _c("decide_redo", "Y,ctrl+y", "decide_redo", "redo", "redo", group=_G, mode=_GM, palette=False),
    _c("decide_change", "N", "decide_change(1)", "next change", "the next place where the texts differ", group=_G,
       mode=_GM, footer=7, palette=False),
    _c("decide_change_back", "P", "decide_change(-1)", "change back", "the place before where the texts differ",
       group=_G, mode=_GM, palette=False),
    _c("decide_page", "pagedown", "decide_page(1)", "page", "a page down, in both texts", group=_G, mode=_GM,
       palette=False),
    _c("decide_page_back", "pageup", "decide_page(-1)", "page back", "a page up, in both texts", group=_G, mode=_GM,
       palette=False),
    _c("decide_leave", "escape", "decide_leave", "to the text", "to the text", group=_G, mode=_GM, palette=False),
    _c("place_keep", "enter", "place_keep", "it is here", "the mark belongs on what is selected", group=_P, mode=_PM,
       footer=1, palette=False),
    _c("place_piece", "J", "place_piece", "one piece", "what is selected is one of its pieces; choose the next",
       group=_P, mode=_PM, footer=2, palette=False),
    _c("place_leave", "escape", "place_leave", "back", "back, nothing chosen", group=_P, mode=_PM, palette=False),
    _c("copy", "ctrl+c", "copy", "copy", "copy the selection, or the mark", group=_O),
    _c("export", "X", "export", "export", "export the marks to a CSV or JSON Lines file", group=_O),
    _c("stats", "number_sign", "stats", "numbers",
       "the article’s numbers and the library’s: marks, words, where in the text, speakers", group=_O),
    _c("agreement", "percent_sign", "agreement", "agreement",
       "how far people agree, on this article or on all: measures with their definitions, tag by tag, each with each",
       group=_O),
    _c("status", "S", "status", "done", "you have read it and are done with it, or not yet", group=_O),
    _c("articles", "L", "articles", "articles", "your articles: open another one, add one, put them in order",
       group=_W, footer=17),
    _c("next_article", "right_curly_bracket,ctrl+pagedown", "article_step(1)", "next article",
       "the next article of the list", group=_W),
    _c("previous_article", "left_curly_bracket,ctrl+pageup", "article_step(-1)", "previous article",
       "the article before it", group=_W),
    _c("next_not_done", "ctrl+g", "next_not_done", "next to do", "the next article of the list that is not done",
       group=_W, footer=20),
    _c("side", "W", "side", "marks list", "show or hide the list of marks", group=_V),
    _c("narrow_measure", "left_square_bracket", "measure(-4)", "narrower column", "set the text narrower", group=_V),
    _c("wide_measure", "right_square_bracket", "measure(4)", "wider column", "set the text wider", group=_V),
    _c("spacing", "vertical_line", "spacing", "paragraph space", "more or less space between paragraphs", group=_V),
    _c("light", "Z", "light", "light", "only the sentence at the cursor bright, the paragraph, everything", group=_V),
    _c("theme", "D", "theme", "theme", "the next theme: dark, light, high contrast, the terminal's own", group=_V),
    _c("palette", "ctrl+p,colon", "palette", "all commands", "every command by name", group=_V),
    _c("help", "question_mark,f1", "help", "keys", "all keys", group=_V),
    _c("quit", "ctrl+q", "quit", "quit", "quit; everything is saved already", group=_V),
)  # fmt: skip
"""What the keys do while an article is open, and on the screens that come from it."""


def _l(id: str, keys: str, action: str, label: str, help: str, *, footer: int = 0, palette: bool = True) -> Command:
    return _c(f"library_{id}", keys, action, label, help, group=_L, mode=Mode.LIBRARY, footer=footer, palette=palette)


LIBRARY: tuple[Command, ...] = (
    _l("open", "enter", "open", "open", "open the article", footer=1),
    _l("down", "down", "move(1)", "down", "the next article", palette=False),
    _l("up", "up", "move(-1)", "up", "the article before", palette=False),
    _l("page_down", "pagedown", "page(1)", "page down", "a page down", palette=False),
    _l("page_up", "pageup", "page(-1)", "page up", "a page up", palette=False),
    _l("first", "home,ctrl+home", "edge(-1)", "first", "the first article", palette=False),
    _l("last", "end,ctrl+end", "edge(1)", "last", "the last article", palette=False),
    _l("left", "left", "line('left')", "letter back", "a letter back in what was typed", palette=False),
    _l("right", "right", "line('right')", "letter on", "a letter on", palette=False),
    _l("erase", "backspace,ctrl+h", "line('backspace')", "erase", "erase the letter before", palette=False),
    _l("erase_word", "ctrl+w", "line('ctrl+w')", "erase word", "erase the word before", palette=False),
    _l("erase_all", "ctrl+u", "line('ctrl+u')", "erase all", "erase all before", palette=False),
    _l("status_next", "tab", "narrow(1)", "by status", "only new articles, those you are reading, those done, all",
       footer=6),
    _l("status_previous", "shift+tab", "narrow(-1)", "narrow back", "the same the other way round", palette=False),
    _l("sort", "ctrl+o", "sort", "order",
       "another order: last opened, title, date, source, words, marks, progress, status", footer=7),
    _l("reverse", "ctrl+r", "reverse", "turn round", "the order turned round"),
    _l("done", "ctrl+s", "done", "done", "you are done with the article, or not yet", footer=3),
    _l("status", "ctrl+t", "status", "status", "call the article new, reading or done"),
    _l("queue", "ctrl+g", "next_not_done", "next to do", "open the next article that is not done", footer=4),
    _l("search", "ctrl+f", "search", "search all", "search all articles, marks and notes", footer=8),
    _l("stats", "ctrl+k", "stats", "numbers",
       "marks, words, speakers in numbers: of the articles listed and of all (also # before anything is typed)",
       footer=12),
    _l("agreement", "ctrl+a", "agreement", "agreement",
       "how far people agree, on the articles listed or on all (also % before anything is typed)"),
    _l("add", "ctrl+n,insert", "add", "add", "add an article by its path; pasting a path or a text adds too", footer=5),
    _l("edit", "ctrl+e,f2", "edit", "details", "change title, author, date, source", footer=9),
    _l("delete", "delete", "delete", "delete", "delete the article with its marks; undo brings both back", footer=10),
    _l("restore", "shift+delete", "restore", "deleted ones", "bring back an article that was deleted"),
    _l("undo", "ctrl+z", "undo", "undo", "undo what was done here, step by step", footer=11),
    _l("redo", "ctrl+y", "redo", "redo", "redo"),
    _l("leave", "escape", "leave", "back", "all articles again; then back to the one that is open", footer=2),
    _l("theme", "ctrl+d", "theme", "theme", "the next theme: dark, light, high contrast, the terminal's own"),
    _l("palette", "ctrl+p", "palette", "all commands", "every command by name (also : before anything is typed)"),
    _l("help", "f1", "help", "keys", "all keys (also ? before anything is typed)"),
    _l("quit", "ctrl+q", "quit", "quit", "quit; everything is saved already"),
)  # fmt: skip
"""What the keys do in the list of articles; what can be typed finds articles, so no command is on a letter."""


def _v(id: str, keys: str, action: str, label: str, help: str, *, footer: int = 0) -> Command:
    return Command(f"review_{id}", keys, f"review_{action}", label, help, Group.REVIEW, Mode.REVIEWING, footer, False)


def _w(id: str, keys: str, action: str, label: str, help: str, *, footer: int = 0) -> Command:
    return Command(f"reason_{id}", keys, f"reason_{action}", label, help, Group.REASONS, Mode.REASONING, footer, False)


REVIEW = (
    _v("a", "left", "take('a')", "A", "what A has marked, also where that is nothing; in feedback: no", footer=1),
    _v("b", "right", "take('b')", "B", "what B has marked; in feedback: accepted", footer=2),
    _v("both", "B", "take('both')", "both", "both marks", footer=3),
    _v("union", "J", "take('union')", "union", "one mark on all that either has marked", footer=4),
    _v("shared", "K", "take('shared')", "what both share", "one mark on what both have marked", footer=5),
    _v("neither", "X", "take('neither')", "neither", "no mark here", footer=6),
    _v("edges", "E", "edges", "edges", "move the edges by hand, then Enter", footer=7),
    _v("tag", "enter", "tag_by_name", "tag by name", "another tag, chosen from a list (its key alone does it too)"),
    _v("later", "space", "take('later')", "later", "leave it for later", footer=8),
    _v("alike", "G", "alike", "all alike", "the last decision for all that are alike and open", footer=9),
    _v("reason", "R", "reason", "reason", "why they differ: R, then a digit", footer=12),
    _v("comment", "C", "comment", "comment", "a comment on the decision, for whoever gets the review", footer=13),
    _v("again", "delete,backspace", "again", "take up again", "open what was decided, or what all agree on"),
    _v("down", "down", "step(1)", "next", "the next difference"),
    _v("up", "up", "step(-1)", "before", "the difference before"),
    _v("open", "tab", "next_open", "next open", "the next one that is not decided", footer=14),
    _v("first", "home,ctrl+home", "end(-1)", "first", "the first difference"),
    _v("last", "end,ctrl+end", "end(1)", "last", "the last difference"),
    _v("page", "pagedown", "page(1)", "page", "a page of the text on"),
    _v("page_back", "pageup", "page(-1)", "page back", "a page back"),
    _v("said", "shift+down", "said(3)", "more said", "more of what is said of it, where it is long"),
    _v("said_back", "shift+up", "said(-3)", "said before", "back to its beginning"),
    _v("meanings", "H", "meanings", "what tags mean", "what the tags of the difference mean, under it"),
    _v("filter", "slash", "filter", "filter", "only some: not decided, of one kind, tag or person; what all agree on",
       footer=15),
    _v("order", "O", "order", "order", "by place, by kind, or the largest first"),
    _v("blind", "V", "blind", "blind", "hide the names and shuffle the sides, or show them"),
    _v("text", "W", "text", "text", "the final marks in the text, with all reading keys: add what both have missed",
       footer=16),
    _v("articles", "L", "articles", "articles", "the articles of the review", footer=17),
    _v("next", "right_curly_bracket", "article(1)", "next article", "the next article of the review"),
    _v("previous", "left_curly_bracket", "article(-1)", "article before", "the article before"),
    _v("gaps", "asterisk", "gaps", "gaps", "the gaps in the guideline that were found, with their examples"),
    _v("report", "S", "report", "report", "write the review to a file: a web page, Markdown or CSV", footer=19),
    _v("agreement", "percent_sign", "agreement", "agreement", "how far they agree, in numbers, with definitions",
       footer=18),
    _v("undo", "U,ctrl+z", "undo", "undo", "take the last decision back", footer=11),
    _v("redo", "Y,ctrl+y", "redo", "redo", "redo"),
    _v("theme", "D", "theme", "theme", "the next theme"),
    _v("help", "question_mark,f1", "help", "keys", "all keys", footer=10),
    _v("leave", "escape", "leave", "leave", "to the text"),
    _v("quit", "ctrl+q", "quit", "quit", "quit; everything is saved already"),
    _w("1", "1", "give(1)", "unclear text", "the text is unclear", footer=1),
    _w("2", "2", "give(2)", "gap in the guideline", "the codebook does not say; collected with its examples", footer=2),
    _w("3", "3", "give(3)", "slip", "somebody slipped", footer=3),
    _w("4", "4", "give(4)", "edge case", "an edge case", footer=4),
    _w("5", "5", "give(5)", "taste", "a matter of taste", footer=5),
    _w("none", "0,delete,backspace", "give(0)", "none", "no reason", footer=6),
    _w("comment", "C", "comment", "comment", "write a comment instead", footer=7),
    _w("cancel", "escape,R", "cancel", "as it was", "as it was", footer=8),
)  # fmt: skip
"""What the keys do while somebody's marks are reviewed."""

COMMANDS = (*READING, *LIBRARY, *REVIEW)
_BY_ID = {command.id: command for command in COMMANDS}

OF_THE_TEXT = frozenset((
    Mode.READING, Mode.ADJUSTING, Mode.HINTS, Mode.RETAGGING, Mode.LINKING, Mode.FINDING, Mode.SAYING,
    Mode.CODEBOOK,
))  # fmt: skip
"""The modes of the reading screen; the others are screens of their own."""

IN_FOOTER = tuple(sorted((each for each in COMMANDS if each.footer), key=lambda each: each.footer))
"""The commands that the footer names, in its order."""

TAG_KEYS = string.ascii_lowercase + "123456789"
"""Fixed bindings that ask the codebook which tag they mean."""

_SHOWN = {
    "full_stop": ".", "comma": ",", "left_parenthesis": "(", "right_parenthesis": ")", "plus": "+",
    "equals_sign": "=", "minus": "-", "slash": "/", "greater_than_sign": ">", "less_than_sign": "<",
    "colon": ":", "question_mark": "?", "left_square_bracket": "[", "right_square_bracket": "]",
    "left_curly_bracket": "{", "right_curly_bracket": "}", "vertical_line": "|", "number_sign": "#",
    "exclamation_mark": "!", "percent_sign": "%", "asterisk": "*", "ampersand": "&",
    "space": "Space", "enter": "Enter", "escape": "Esc", "tab": "Tab", "delete": "Del", "insert": "Ins",
    "backspace": "Backspace", "pageup": "PgUp", "pagedown": "PgDn", "home": "Home", "end": "End",
    "left": "←", "right": "→", "up": "↑", "down": "↓",
}  # fmt: skip


def shown_key(key: str) -> str:
    """A key as people write it: `ctrl+z` is `Ctrl+Z`."""
    *modifiers, name = key.split("+")
    function_key = name[0] == "f" and name[1:].isdigit()
    shown = _SHOWN.get(name, name.upper() if modifiers or function_key else name)
    return "+".join((*(modifier.capitalize() for modifier in modifiers), shown))


def shown_keys(command: Command, keymap: Mapping[str, str] | None = None) -> list[str]:
    """The keys of a command as people write them, with a person's own keymap."""
    return [shown_key(key) for key in (keymap or {}).get(command.id, command.keys).split(",")]


def by_id(command_id: str) -> Command:
    """The command with this id."""
    return _BY_ID[command_id]
