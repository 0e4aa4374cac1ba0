"""Going through a review: which differences are shown, which article, the text, and leaving."""

from __future__ import annotations

from reader.errors import Refused
from reader.paths import as_typed
from reader.review.differences import Kind
from reader.review.queue import State
from reader.tui.commands import REVIEW, Mode
from reader.tui.reading.describe import file_name
from reader.tui.reading.panel import kind_name
from reader.tui.reading.reviewing import AGREED, CHANGED, DIFFERENCES, FILLED, OPEN, Filter, Order
from reader.tui.reading.targets import NOWHERE
from reader.tui.screens.review_base import Left, said
from reader.tui.screens.review_telling import ReviewTelling
from reader.tui.themes import PALETTES
from reader.tui.widgets.bar import palette_named
from reader.tui.widgets.paint import Look
from reader.work import review_results, reviewing


class ReviewGoing(ReviewTelling):
    """What changes nothing in the database."""

    # Going

    def action_review_step(self, items: int) -> None:
        """The next one of the list, or the one before."""
        self._go(self.queue.at + items)

    def action_review_end(self, direction: int) -> None:
        """The first or the last."""
        self._go(0 if direction < 0 else len(self.queue.shown) - 1)

    def action_review_next_open(self) -> None:
        """The next one that is open."""
        if not self.queue.next_open():
            self.say("All that is shown is decided.", "warning")
            return
        self.show_item()
        self.say("")

    def _go(self, at: int) -> None:
        self.queue.go(at)
        self.show_item()
        self.say("")

    def chosen(self, index: int) -> None:
        """The one that was clicked."""
        self._go(index)

    def action_review_meanings(self) -> None:
        """What the tags mean, or that no more."""
        self.meanings = not self.meanings
        self.show_item()

    def action_review_said(self, lines: int) -> None:
        """More of what is said of it, where it is long."""
        self.aside.scroll_said(lines)

    def clicked(self, offset: int, times: int, extend: bool) -> None:
        """The difference that was clicked in the text, the shortest there."""
        here = [
            (item.difference.end - item.difference.start, item.difference.key)
            for item in self.queue.items
            if not item.gone and any(span.contains(offset) for mark in item.difference.marks for span in mark.fragments)
        ]
        for _, key in sorted(here):
            if self.queue.go_to(key):
                self.show_item()
                return

    def pressed(self, place: int) -> None:
        """A key of the footer was clicked."""
        if place // 2 < len(self._footer):
            command = self._footer[place // 2]
            node = self.text if command.mode is Mode.ADJUSTING else self
            self.call_later(self.app.run_action, command.action, node)

    def action_review_page(self, direction: int) -> None:
        """A page of the text."""
        if self.text.rows:
            rows = max(1, self.text.size.height - 2) * direction
            self.text.scroll_to_place(self.text.flow.step(self.text.rows[0].place, rows))

    # What is shown

    def action_review_filter(self) -> None:
        """Choose which ones are shown."""
        from reader.tui.screens.picker import Choice as Line
        from reader.tui.screens.picker import Picker

        filters = self._filters()
        lines = [
            Line(
                str(number),
                [(f"{sum(map(each.shows, self.queue.items)):>5} ", "quiet"), (each.name, "text")],
                each.name,
            )
            for number, each in enumerate(filters)
        ]

        def narrow(value: str | None) -> None:
            if value is not None:
                self.queue.narrow(filters[int(value)])
                self.show_item()

        self.app.push_screen(Picker(self.palette, "Show which differences?", lines, "None is called that."), narrow)

    def _filters(self) -> list[Filter]:
        names, book = self.names, self.article.codebook
        found = [DIFFERENCES, OPEN, AGREED]
        if any(item.changed for item in self.queue.items):
            found.append(CHANGED)
        if any(item.difference.kind is Kind.AGREED and item.difference.filled for item in self.queue.items):
            found.append(FILLED)
        found.append(Filter("skipped", lambda item: item.state is State.SKIPPED))
        found.append(Filter("rejected", lambda item: item.state is State.REJECTED))
        for kind in Kind:
            if self.queue.kinds[kind]:
                shown = self.swapped_kind(kind)
                found.append(Filter(kind_name(shown, names), lambda item, kind=kind: item.difference.kind is kind))  # type: ignore[misc]
        for tag in book.tags:
            has = lambda item, tag=tag: any(mark.tag == tag.id for mark in item.difference.marks)  # noqa: E731
            if any(map(has, self.queue.items)):
                found.append(Filter(tag.name, has))
        if not self.blind:
            people = {mark.layer: mark.annotator for item in self.queue.items for mark in item.difference.people}
            found += [
                Filter(f"of {name}", lambda item, layer=layer: any(m.layer == layer for m in item.difference.people))  # type: ignore[misc]
                for layer, name in people.items()
            ]
        return found

    def swapped_kind(self, kind: Kind) -> Kind:
        """A kind as it is drawn."""
        turned = {Kind.ONLY_A: Kind.ONLY_B, Kind.ONLY_B: Kind.ONLY_A}
        return turned.get(kind, kind) if self.swapped else kind

    def action_review_order(self) -> None:
        """Another order."""
        orders = list(Order)
        self.queue.sort(orders[(orders.index(self.queue.order) + 1) % len(orders)])
        self.show_item()
        names = {Order.PLACE: "as in the text", Order.KIND: "by kind", Order.SIZE: "the largest first"}
        self.say(f"Order: {names[self.queue.order]}.")

    def action_review_blind(self) -> None:
        """Names hidden, or shown."""
        self.blind = not self.blind
        self._index()
        self.text.refresh()
        self.show_item()
        self.say("Names are hidden, and the sides shuffled." if self.blind else "Names are shown.")

    def action_review_theme(self) -> None:
        """The next theme."""
        names = list(PALETTES)
        self.palette = palette_named(names[(names.index(self.palette.name) + 1) % len(names)])
        self.app.theme = self.palette.name
        for bar in (self.header, self.status, self.footer):
            bar.show_palette(self.palette)
        self.aside.show_palette(self.palette)
        self.text.show_look(Look.of(self.palette, self.article.codebook.tags))
        self.show_item()

    def action_review_help(self) -> None:
        """All keys."""
        from reader.tui.screens.help import Help, help_lines

        self.app.push_screen(Help(self.palette, help_lines(REVIEW, None, self.keymap), "the review"))

    # Other articles, the text, leaving

    @said
    def action_review_article(self, direction: int) -> None:
        """The next article of the review."""
        listed = [each for each in reviewing.articles(self.project, self.review) if each.can_be_compared]
        ids = [each.document.id for each in listed]
        at = ids.index(self.article.document.id) + direction if self.article.document.id in ids else 0
        if not 0 <= at < len(listed):
            raise Refused(f"This is the {'last' if direction > 0 else 'first'} article of the review.")
        self._to(listed[at].document.id)

    def action_review_articles(self) -> None:
        """Choose an article."""
        from reader.tui.screens.picker import Choice as Line
        from reader.tui.screens.picker import Picker

        lines = []
        for each in reviewing.articles(self.project, self.review):
            missing = [
                side.annotator for side, read in zip(self.review.sides, each.read, strict=True)
                if read.status == "not read"
            ]  # fmt: skip
            counts = [read.marks for read in each.read]
            # The order would say who is who.
            marks = " and ".join(map(str, sorted(counts) if self.blind else counts))
            about = f"  {marks} marks · {each.decided} decided"
            if missing and not self.blind:
                about = f"  not read by {', '.join(missing)}"
            lines.append(Line(each.document.id, [(each.document.title, "text"), (about, "quiet")], each.document.title))
        picker = Picker(self.palette, "Articles of this review", lines, "No article is called that.")
        self.app.push_screen(picker, self._chosen)

    @said
    def _chosen(self, document_id: str | None) -> None:
        if document_id is not None:
            self._to(document_id)

    def _to(self, document_id: str) -> None:
        document = next(
            each.document for each in reviewing.articles(self.project, self.review) if each.document.id == document_id
        )
        self.text.remove()
        self.last = None
        self._lay_out(document)
        self.body.mount(self.text, before=self.aside)
        self.call_after_refresh(self.show_item)
        self.say("")

    @said
    def action_review_gaps(self) -> None:
        """The gaps in the guideline."""
        from reader.tui.screens.help import Help

        found = review_results.gaps(self.project, self.review)
        if not found:
            raise Refused(f"No gap was found yet: {self.key('reason')} 2 says that a difference comes from one.")
        lines = []
        for gap in found:
            lines.append([(" / ".join(gap.tags), "accent"), (f"  {gap.document.title}", "quiet")])
            lines.append([("  " + " ".join(gap.text.split()), "text")])
            if gap.decision.comment:
                lines.append([("  ✎ ", "quiet"), (" ".join(gap.decision.comment.split()), "text")])
            lines.append([])
        self.app.push_screen(Help(self.palette, lines, "the review"))

    def action_review_agreement(self) -> None:
        """How far they agree."""
        from reader.tui.screens import agreement

        if self.blind:
            self.say(f"Agreement names people: {self.key('blind')} shows the names first.", "warning")
            return
        agreement.open(self.app, self.project, self.palette, self.article.document)

    def action_review_report(self) -> None:
        """Ask for a file, and write the review to it."""
        from reader.tui.screens.prompt import Prompt

        name = file_name(self.article.document.title, "review")
        question = "Write the review to (.html, .md, .csv; .db to be opened and answered in reader)"
        self.app.push_screen(Prompt(self.palette, question, f"{name}.html"), self._reported)

    @said
    def _reported(self, name: str | None) -> None:
        from reader.work import handing_on, reporting

        if not name or not name.strip():
            return
        path = as_typed(name).absolute()
        if path.suffix.casefold() != ".db":
            reporting.to_file(reporting.build(self.project, self.review, blind=self.blind), path)
        elif self.blind:
            raise Refused(f"A database says who is who: {self.key('blind')} shows the names first.")
        else:
            handing_on.to_file(self.project, self.review, path)
        self.say(f"Wrote the review to {path}", "good")

    @said
    def action_review_text(self) -> None:
        """The final marks, with the reading keys."""
        problem = self.why_not("review_text")
        if problem:
            raise Refused(problem)
        from reader.tui.screens.final import FinalScreen

        self.app.push_screen(FinalScreen.of(self), lambda _: self._back())

    @said
    def _back(self) -> None:
        self.refill(self.queue.item.difference.key if self.queue.item is not None else "")
        self.show_item()

    def action_review_leave(self) -> None:
        """To the text."""
        item = self.queue.item
        span = item.difference.marks[0].fragments[0] if item is not None and not item.gone else NOWHERE
        self.dismiss(Left(self.article.document, span))

    def action_review_quit(self) -> None:
        """Everything is saved already."""
        self.app.exit()
