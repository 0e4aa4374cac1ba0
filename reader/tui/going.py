"""From screen to screen: the list of articles, one of them, the next one.

At most one article is open. The list lies over it, or is alone; it is made once and kept, with its order, what was
typed there and where its cursor was. Every way changes the stack of screens at once, so that a key typed ahead finds
the screen that it was meant for.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from textual.app import App

from reader.documents.document import Document
from reader.documents.span import Span
from reader.errors import Refused
from reader.tui.reading.targets import NOWHERE, Target
from reader.tui.screens.page import Page
from reader.tui.themes import PALETTES
from reader.work import library

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp
    from reader.tui.screens.library import LibraryScreen
    from reader.work.catalogue import Catalogue


LONG = 1_000_000
"""Code points of a text whose room is wanted back soon."""

DEAD_SECONDS = 6
"""How long after it was left something of an article's screen is still waited for: timers that run out in vain."""


def shelf(house: ReaderApp) -> LibraryScreen:
    """The screen of the list, made when it is first needed."""
    from reader.tui.screens.library import LibraryScreen

    if house.shelf is None:
        house.shelf = LibraryScreen(catalogue(house), house.look, house.keys)
        house.install_screen(house.shelf, "library")
    return house.shelf


def catalogue(house: ReaderApp) -> Catalogue:
    """The list itself, which next and previous go by."""
    if house.catalogue is None:
        from reader.work.catalogue import Catalogue

        house.catalogue = Catalogue(house.project)
    return house.catalogue


def open_page(app: App[Any]) -> Page | None:
    """The screen of the article that is open, in view or under the list."""
    pages = (screen for screen in app.screen_stack if isinstance(screen, Page))
    return next((page for page in pages if page.document is not None), None)


def to_library(app: App[Any]) -> None:
    """The list, over the article that is open, with the cursor on it."""
    house, page = cast("ReaderApp", app), open_page(app)
    _leave(house)
    screen = shelf(house)
    house.push_screen(screen)
    _come(house, screen)
    screen.come(None if page is None or page.document is None else library.number(house.project, page.document))


def back(app: App[Any]) -> bool:
    """From the list to the article under it; False where there is none."""
    house, page = cast("ReaderApp", app), open_page(app)
    if page is None:
        return False
    _leave(house)
    house.pop_screen()
    _come(house, page)
    return True


def to_article(app: App[Any], document: Document, note: str = "", span: Span = NOWHERE, *, anew: bool = False) -> Page:
    """The page of an article, instead of the one that was open, at some words if any; `note` is said there.

    The one that is open already comes back as it was, unless it is to be laid out `anew`: its text is another one now.
    """
    house, page = cast("ReaderApp", app), open_page(app)
    _leave(house)
    if page is not None and page is not house.screen:
        house.pop_screen()
    if page is not None and page.document is not None and page.document.id == document.id and not anew:
        _come(house, page)
        page.go(span)
    else:
        if page is not None and page.document is not None and page.document.length > LONG:
            house.set_timer(DEAD_SECONDS, gc.collect)
        page = house.reading(document, span=span)
        page.searched = house.searched
        house.switch_screen(page)
    if note:
        page.call_after_refresh(page.say, note)
    return page


def to_target(app: App[Any], target: Target) -> None:
    """To something that was found, in an article that is open or not."""
    house = cast("ReaderApp", app)
    page = to_article(app, library.by_id(house.project, target.document), target.says, target.span)
    if target.opens_note:
        page.call_after_refresh(page.show_note)


def close_article(app: App[Any]) -> None:
    """Nothing but the list: the article under it is about to go."""
    house, page = cast("ReaderApp", app), open_page(app)
    if page is not None:
        page.keep_place()
        house.pop_screen()
        house.switch_screen(shelf(house))


def step(app: App[Any], direction: int) -> None:
    """The next article of the list (1), or the one before (-1); Refused where it ends."""
    _to_listed(app, lambda listed: listed.step(_here(app) or 0, direction))


def next_not_done(app: App[Any]) -> None:
    """The next article of the list that is not done; Refused where all are."""
    _to_listed(app, lambda listed: listed.next_not_done(_here(app)))


def _here(app: App[Any]) -> int | None:
    page = open_page(app)
    return None if page is None or page.document is None else library.number(page.project, page.document)


def _to_listed(app: App[Any], which: Callable[[Catalogue], int]) -> None:
    house = cast("ReaderApp", app)
    listed = catalogue(house)
    try:
        number = which(listed)
    except Refused as problem:
        narrowed = listed.view.words or listed.view.status
        raise Refused(f"{problem} L, then Esc, lists all." if narrowed else str(problem)) from None
    place = (listed.position(number) or 0) + 1
    to_article(app, library.by_number(house.project, number), f"Article {place:,} of {len(listed):,} in the list.")


def _leave(house: ReaderApp) -> None:
    """What is in view steps back."""
    if isinstance(house.screen, Page):
        house.screen.keep_place()
        house.look, house.searched = house.screen.look, house.screen.searched


def _come(house: ReaderApp, page: Page) -> None:
    """A screen that was there before is in view again."""
    page.look, page.searched = house.look, house.searched
    if page.palette.name != house.look.theme:
        page.show_palette(PALETTES[house.look.theme])
    page.returned()
