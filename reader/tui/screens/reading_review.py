"""From the article to a review of it: which one, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.errors import Refused
from reader.tui import going
from reader.tui.screens.page import said
from reader.tui.screens.reading_articles import ArticleActions
from reader.work import library

if TYPE_CHECKING:
    from reader.tui.screens.review_base import Left
    from reader.work.reviewing import Offer, Review


class ReviewActions(ArticleActions):
    """What is decided there lies in a layer of its own, so nothing here is another afterwards."""

    @said
    def action_review(self) -> None:
        """The review of this article, chosen from those that can be done where there are several."""
        from reader.work import reviewing

        offers = reviewing.offers(self.project, self.desk.document)
        if not offers:
            raise Refused(
                "Nobody else has marked this article: `reader review FILE` takes a colleague's work in and opens it."
            )
        if len(offers) == 1:
            self._offered(offers[0])
            return
        from reader.tui.screens.picker import Choice, Picker

        lines = [
            Choice(str(number), [(f"{each.name}  ", "text"), (each.about, "quiet")], f"{each.name} {each.about}")
            for number, each in enumerate(offers)
        ]

        def chosen(value: str | None) -> None:
            if value is not None:
                self._offered(offers[int(value)])

        self.app.push_screen(Picker(self.palette, "Which review?", lines, "None is called that."), chosen)

    @said
    def _offered(self, offer: Offer) -> None:
        from reader.work import reviewing

        self.open_review(offer.review or reviewing.begin(self.project, offer.sides, offer.kind))

    @said
    def open_review(self, review: Review, blind: bool = False) -> None:
        """A review, at this article."""
        from reader.tui.screens.review import ReviewScreen

        screen = ReviewScreen(
            self.project, review, self.desk.document, self.palette, self.keys, self.reader.measure, blind=blind
        )
        self.app.push_screen(screen, self._reviewed)

    @said
    def _reviewed(self, left: Left | None) -> None:
        if left is None:
            return
        if left.document.id != self.desk.document.id:
            going.to_article(self.app, library.by_id(self.project, left.document.id), span=left.span)
        else:
            self.go(left.span)
        self.peek()
        self.show_words()
