"""A form of attributes, drawn: whose it is, each attribute, and what is offered under the one being filled in."""

from __future__ import annotations

from textual import events
from textual.message import Message

from reader.annotations.codebook import Kind
from reader.tui.layout.cells import fitted, width_of
from reader.tui.reading.declaring import WRITTEN
from reader.tui.reading.line import part_shown
from reader.tui.reading.saying import Form
from reader.tui.themes import Palette
from reader.tui.widgets.bar import Words
from reader.tui.widgets.lines import Lines

WIDEST_NAME = 24
"""Columns for the names of attributes, unless all are shorter."""

LEAST_ROWS, MOST_ROWS = 4, 9
"""Rows kept for what is offered, so that the form keeps its size while it is filled in."""

BESIDE_RULE = 4
"""Columns beside the line above the form."""

ABOVE = 3
"""Lines above the first attribute."""


class FormView(Lines, can_focus=False):
    """Only draws; whoever shows it hands the form its keys."""

    class Row(Message):
        """A row of what is offered was clicked."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    class Field(Message):
        """An attribute was clicked."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, palette: Palette) -> None:
        super().__init__(palette)
        self._targets: list[FormView.Row | FormView.Field | None] = []

    def height_for(self, form: Form) -> int:
        """Lines that it takes, whatever is being filled in; where there are fewer, it scrolls."""
        most = max(len(form.rows), *(len(each.choices) for each in form.fields), LEAST_ROWS)
        return ABOVE + len(form.fields) + min(MOST_ROWS, most) + 1

    def draw(self, title: Words, form: Form) -> None:
        """Show the form as it is now."""
        names = min(WIDEST_NAME, max(width_of(each.name) for each in form.fields))
        # Where the terminal's own theme gives the form no ground of its own, a line sets it off from the text.
        rule = "─" * max(0, self.app.size.width - BESIDE_RULE) if self.palette.ansi else ""
        lines: list[Words] = [[(rule, "faint")], title, []]
        self._targets = [None] * ABOVE
        field = chosen = -1
        for number, attribute in enumerate(form.fields):
            here = number == form.at
            values = form.values[attribute.name]
            mark = ("● ", "warning") if attribute.wanted and not values else ("  ", "quiet")
            name = fitted(attribute.name, names + 2)
            if not here:
                said = (" · ".join(values), "text") if values else ("–", "faint")
                lines.append([mark, (name, "quiet"), said])
                self._targets.append(FormView.Field(number))
                continue
            field = len(lines)
            lines.append([mark, (name, f"bold {self.palette.accent}"), *self._filled_in(form, names)])
            self._targets.append(FormView.Field(number))
            for place, row in enumerate(form.rows):
                if place == form.chosen:
                    chosen = len(lines)
                lines.append([
                    (" " * (names + 2), "quiet"), ("✓ " if row.given else "  ", "good"), (f"{row.key:<4}", "key"),
                    (row.value, "text"), (f"  {row.why}", "quiet"),
                ])  # fmt: skip
                self._targets.append(FormView.Row(place))
        top = self.top
        self.show(lines)
        # A line that is not there is chosen where no row is: the attribute itself is seen by its name.
        self.chosen = chosen
        rows = self.size.height or len(lines)
        self.top = max(0, min(top, field), max(field, chosen) - rows + 1)
        self.refresh()

    def _filled_in(self, form: Form, names: int) -> Words:
        """The attribute that is being filled in: what is said of it, and what is being typed."""
        attribute = form.field
        values = " · ".join(form.values[attribute.name])
        if attribute.kind in (Kind.CHOICE, Kind.CHOICES, Kind.YES_NO):
            return [(values, "text") if values else (attribute.definition or "a letter or a digit chooses", "quiet")]
        hint = " · ".join(filter(None, (attribute.definition, WRITTEN.get(attribute.kind, ""))))
        several = attribute.takes_several and bool(values)
        if not form.line.text and not several and hint:
            return [(" ", "cursor"), (hint, "quiet")]
        said = [(f"{values} · ", "text")] if several else []
        room = max(8, self.size.width - names - 6 - sum(width_of(text) for text, _ in said))
        before, at, behind = part_shown(form.line, room)
        look = "soft" if form.line.fresh else "text"
        return [*said, (before, look), (at, "cursor"), (behind, look)]

    def on_click(self, event: events.Click) -> None:
        """Report what was clicked."""
        event.stop()
        index = self.top + event.y
        target = self._targets[index] if index < len(self._targets) else None
        if target is not None:
            self.post_message(type(target)(target.number))
