"""The final marks of a review in the text, with the reading keys: for adding what everybody has missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader import viewstate
from reader.tui.desk import lay_out
from reader.tui.screens.reading import ReadingScreen
from reader.work import reviewing

if TYPE_CHECKING:
    from reader.tui.screens.review_base import ReviewBase

_ELSEWHERE = frozenset((
    "articles", "article_step", "next_not_done", "unsure", "review", "search", "stats", "status",
))  # fmt: skip
"""What leads away from the article, or is about one's own reading of it."""


class FinalScreen(ReadingScreen):
    """One's own layer is the review's here; Esc, with nothing selected, goes back to the review."""

    @classmethod
    def of(cls, review: ReviewBase) -> FinalScreen:
        """The final marks of the article that is reviewed, where somebody is in it."""
        project = reviewing.outlook(review.project, review.review)
        item = review.queue.item
        cursor = item.difference.start if item is not None and not item.gone else review.text.top_offset
        look = viewstate.look()._replace(theme=review.palette.name, measure=review.measure)
        screen = cls(lay_out(project, review.article.document), cursor, look, review.keymap)
        screen.call_later(screen.say, "The final marks: mark what both have missed. Esc goes back to the review.")
        return screen

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing that leads away from the article."""
        return action not in _ELSEWHERE and super().check_action(action, parameters)

    def action_drop(self) -> None:
        """Let go of what is selected; where nothing is, back to the review."""
        if self.reader.selected.hard is None and self.reader.view.focus < 0:
            self.dismiss(None)
        else:
            super().action_drop()

    def keep_place(self) -> None:
        """How far somebody has read is no matter of the review."""
