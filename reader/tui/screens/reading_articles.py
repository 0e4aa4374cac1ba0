"""From the article to the others: the list of them, the next one, the next one that is not done."""

from __future__ import annotations

from reader.errors import NotFound
from reader.tui import going
from reader.tui.screens.page import said
from reader.tui.screens.reading_look import LookActions
from reader.work import library


class ArticleActions(LookActions):
    """The app does the going; it knows which list the articles are in."""

    @said
    def action_articles(self) -> None:
        """The list of articles, with the cursor on this one."""
        going.to_library(self.app)

    @said
    def action_article_step(self, direction: int) -> None:
        """The next article of the list, or the one before."""
        going.step(self.app, direction)

    @said
    def action_next_not_done(self) -> None:
        """The next article of the list that is not done."""
        going.next_not_done(self.app)

    @said
    def returned(self) -> None:
        """The article may have another title and status now; with another text or other tags it is laid out anew."""
        try:
            document = library.by_id(self.project, self.desk.document.id)
        except NotFound:
            return
        same_text = document.version == self.desk.document.version
        if not same_text or library.codebook(self.project, document) != self.desk.codebook:
            going.to_article(self.app, document, anew=True)
            return
        self.desk = self.desk._replace(document=document)
        self.show_palette(self.palette)
        self.peek()
        self.show_words()
