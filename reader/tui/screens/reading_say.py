"""On the reading screen: saying more of a mark, in a small form over the page, and seeing what is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import events

from reader.annotations.annotation import Annotation
from reader.annotations.codebook import Attribute, Tag
from reader.documents.span import Span
from reader.errors import Refused
from reader.tui.commands import Mode
from reader.tui.reading.describe import one_line
from reader.tui.reading.line import EDITING
from reader.tui.screens.page import said
from reader.tui.screens.reading_search import SearchActions
from reader.tui.widgets.bar import Words
from reader.work import tagging

if TYPE_CHECKING:
    from reader.tui.reading.saying import Form, Matching, Offers, Said
    from reader.tui.widgets.formview import FormView
    from reader.work.speaking import Offer

SHOWN_VALUES = 60
"""Code points of what was said that the status line repeats."""

PREPARE_SECONDS = 0.3
"""How long after the first page the form is made ready."""

AROUND = 6
"""Rows of the screen that a form leaves free."""


class SayActions(SearchActions):
    """The form lies over the page and is no dialog, which would take eight times as long to open."""

    _view: FormView | None = None
    _form: Form | None = None
    _about: Annotation | None = None
    """The mark that the form is about."""
    _heading: Words = ()

    @said
    def action_attributes(self) -> None:
        """Say more of the mark, in a form that opens at what is missing."""
        from reader.tui.reading.saying import Form

        annotation = self._mark("attributes")
        tag = self.desk.codebook.by_id(annotation.tag)
        if not tag.attributes:
            raise Refused(f"There is nothing more to say of a {tag.name}: its codebook asks nothing.")
        self.focus_mark(annotation.pk, annotation.start)
        self._about = annotation
        self._form = Form(tag, annotation.attributes, self._offers(annotation), self._matching(annotation))
        self._heading = [
            (f"{tag.symbol} ", f"bold {self.palette.tags[tag.colour].ink}"),
            (f"{self._called(annotation)}  ", "bold"),
            (one_line(annotation), "quiet"),
        ]
        self.reader.mode = Mode.SAYING
        self._message = None
        self._open_form(annotation, self._form)
        self.show_words()

    def _open_form(self, annotation: Annotation, form: Form) -> None:
        view = self._view or self._prepare()
        view.palette = self.palette
        height = max(4, min(view.height_for(form), self.size.height - AROUND))
        below = self._leaves_in_view(annotation, height)
        view.styles.dock = "bottom" if below else "top"
        view.styles.margin = (0, 0, 2, 0) if below else (1, 0, 0, 0)
        view.styles.height = height
        view.top = 0
        view.draw(self._heading, form)
        view.display = True

    def _leaves_in_view(self, annotation: Annotation, height: int) -> bool:
        """Whether a form so high goes to the bottom rather than to the top; scrolls where both would hide the mark."""
        rows = self.reader.rows
        marked = [y for y, row in enumerate(rows) if row.after > annotation.start and row.start < annotation.end]
        if marked and marked[-1] < len(rows) - height:
            return True
        if marked and marked[0] >= height:
            return False
        flow = self.reader.flow
        self.reader.scroll_to_place(flow.step(flow.locate(annotation.start), -1))
        return True

    def _settle(self) -> None:
        super()._settle()
        if self.settled:
            self.set_timer(PREPARE_SECONDS, self._prepare)

    def _prepare(self) -> FormView:
        """The form that will lie over the page, made while nobody waits for it."""
        from reader.documents.speakers import speakers
        from reader.tui.widgets.formview import FormView

        if self._view is None:
            # What it looks for is compiled when it is first looked for.
            speakers(self.desk.text, self.desk.segments, [Span(0, 1)])
            self._view = FormView(self.palette)
            self._view.display = False
            self.mount(self._view)
        return self._view

    def _offers(self, annotation: Annotation) -> Offers:
        from reader.work import speaking

        def offers(attribute: Attribute, values: Said) -> Sequence[Offer]:
            now = annotation._replace(attributes=values)
            return speaking.offers(self.project, self.desk.document, self.desk.segments, now, attribute)

        return offers

    def _matching(self, annotation: Annotation) -> Matching:
        from reader.work import speaking

        def matching(attribute: Attribute, words: str) -> Sequence[Offer]:
            return speaking.matching(self.project, self.desk.segments, annotation, attribute, words)

        return matching

    # While the form is open

    def takes(self, event: events.Key | events.Paste) -> bool:
        """Letters, digits and keys that edit go into the form."""
        if self._form is None or isinstance(event, events.Paste):
            return super().takes(event)
        if not (event.is_printable or event.key in EDITING or event.key == "space"):
            return False
        form = self._form
        self._do(lambda: form.press(event.key, event.character))
        return True

    def pasted(self, words: str) -> bool:
        """Pasted words go into the form as words."""
        form = self._form
        if form is not None:
            self._do(lambda: form.paste(words))
        return form is not None or super().pasted(words)

    def action_say_take(self) -> None:
        """Take what is chosen or typed, and go on to what is missing, else end."""
        if self._form is not None:
            self._do(self._form.enter)

    def action_say_field(self, fields: int) -> None:
        """Another attribute."""
        form = self._form
        if form is not None:
            self._do(lambda: form.next(fields))

    def action_say_step(self, rows: int) -> None:
        """Another one of what is offered."""
        form = self._form
        if form is not None:
            self._do(lambda: form.step(rows))

    def action_say_save(self) -> None:
        """Keep all of it."""
        form = self._form

        def keep() -> bool:
            if form is not None:
                form.keep()
            return True

        self._do(keep)

    def action_say_leave(self) -> None:
        """Leave everything as it was."""
        self._close_form()
        self.say("What is said of the mark stays as it was.")

    def on_form_view_row(self, event: FormView.Row) -> None:
        """What is offered was clicked."""
        form = self._form
        if form is not None and event.number < len(form.rows):
            self._do(lambda: form.take(event.number))

    def on_form_view_field(self, event: FormView.Field) -> None:
        """An attribute was clicked."""
        form = self._form
        if form is not None:
            self._do(lambda: form.focus(event.number))

    def clicked(self, offset: int, times: int, extend: bool) -> None:
        """The text waits while the form is open."""
        if self._form is None:
            super().clicked(offset, times, extend)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While the form is open its keys are all there is."""
        if action.startswith("say_"):
            return self._form is not None
        return action == "quit" if self._form is not None else super().check_action(action, parameters)

    def _do(self, press: Callable[[], bool | None]) -> None:
        try:
            ended = press()
        except Refused as problem:
            self.say(str(problem), "warning")
            return
        if ended:
            self._end()
        elif self._form is not None and self._view is not None:
            self._view.draw(self._heading, self._form)
            if self._message is not None:
                self._message = None
                self.show_words()

    @said
    def _end(self) -> None:
        form, before = self._form, self._about
        self._close_form()
        if form is None or before is None or not form.changed:
            self.say("What is said of the mark stays as it was.")
            return
        after = tagging.set_attributes(self.project, before.id, form.changed)
        self.replaced([before], [after])
        self.focus_mark(after.pk, after.start)
        self.say(_told(after, form.tag, form.changed), "good")

    def _close_form(self) -> None:
        self._form = self._about = None
        self.reader.mode = Mode.READING
        if self._view is not None:
            self._view.display = False

    def _show_words(self) -> None:
        """Header, status line and footer; what undo would do in the text is not said while other keys are asked for."""
        super()._show_words()
        if self.reader.mode in (Mode.SAYING, Mode.CODEBOOK):
            self.status.show(self._status())

    def _status(self) -> list[tuple[str, str]]:
        if self._form is None or self._message is not None:
            return super()._status()
        missing = self._form.missing
        return [(f"● {missing} wanted", "warning")] if missing else [("Nothing is missing.", "quiet")]

    # What is missing

    @said
    def action_missing(self) -> None:
        """The marks of this article that lack what their tags want, to go to one."""
        from reader.tui.screens.picker import Choice, Picker
        from reader.work import speaking

        found = speaking.lacking(self.project, self.desk.document)
        if not found:
            raise Refused("Nothing is missing here: all that is wanted of your marks is said.")
        cursor = self.reader.selected.cursor
        # From here on, and then from the top.
        missing = sorted(speaking.missing(self.project, found), key=lambda each: each.annotation.start < cursor)
        choices = []
        for each in missing:
            mark = each.annotation
            tag = self.desk.codebook.by_id(mark.tag)
            words, lacks = " ".join(mark.text.split()), ", ".join(each.names)
            ink = self.palette.tags[tag.colour].ink
            line = [(f"{tag.symbol}  ", f"bold {ink}"), (f"{lacks}  ", "warning"), (words, "text")]
            choices.append(Choice(mark.id, line, f"{tag.name} {lacks} {words}"))
        places = {each.annotation.id: (each.annotation.pk, each.annotation.start) for each in missing}

        def go(annotation_id: str | None) -> None:
            position = self.marks.position(*places[annotation_id]) if annotation_id is not None else None
            if position is not None:
                self.reader.remember_place()
                self.go_to(position)

        title = f"What is missing: {len(found)} {'mark' if len(found) == 1 else 'marks'} — Enter goes there"
        self.app.push_screen(Picker(self.palette, title, choices, "No mark fits that."), go)


def _told(mark: Annotation, tag: Tag, changed: Said) -> str:
    """What was said of the mark, in a line."""
    from reader.work import speaking

    values = "; ".join(f"{name} {', '.join(values) or '–'}" for name, values in changed.items())
    shown = values if len(values) <= SHOWN_VALUES else f"{values[: SHOWN_VALUES - 1]}…"
    lacking = ", ".join(each.name for each in speaking.missing_of(mark, tag))
    return f"Saved: {shown}{f' · missing: {lacking}' if lacking else ''}"
