"""A small form: what may be said of a tag's marks, and how."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input, TextArea

from reader.annotations.codebook import Attribute
from reader.annotations.rules import LONGEST_DEFINITION, LONGEST_NAME
from reader.documents.normalise import safe
from reader.errors import ReaderError
from reader.tui.reading.declaring import FLAGS, KINDS, Draft, called, declared, drafted, fields
from reader.tui.screens.dialog import Dialog
from reader.tui.themes import Palette
from reader.tui.widgets.bar import Bar, Buttons
from reader.tui.widgets.lines import Lines
from reader.tui.widgets.option import Option

_NO, _YES = "no", "yes"

Save = Callable[[Attribute | None], None]
"""Keeps the attribute, or (None) takes it away; ReaderError, in a sentence, where it cannot be."""


class AttributeForm(Dialog[None]):
    """Ctrl+S keeps it, Ctrl+D takes it away, Esc leaves it as it was; Tab and the arrows go from line to line.

    It stays open, with a sentence, where something is wrong.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, priority=True),
        Binding("ctrl+s", "save", show=False, priority=True),
        Binding("ctrl+d", "take_away", show=False, priority=True),
        Binding("tab", "line(1)", show=False, priority=True),
        Binding("shift+tab", "line(-1)", show=False, priority=True),
        Binding("down", "line(1)", show=False),
        Binding("up", "line(-1)", show=False),
    ]
    DEFAULT_CSS = """
    AttributeForm { align: center middle; }
    AttributeForm > Vertical { width: 90%; max-width: 84; height: auto; max-height: 100%; background: $surface;
        padding: 1; overflow-y: auto; }
    AttributeForm Horizontal { height: 1; }
    AttributeForm Horizontal.choices { height: 4; }
    AttributeForm Horizontal > Bar { width: 11; }
    AttributeForm Input, AttributeForm Input:focus, AttributeForm TextArea, AttributeForm TextArea:focus {
        border: none; width: 1fr; padding: 0 1; background: $surface; }
    AttributeForm Input, AttributeForm Input:focus { height: 1; }
    AttributeForm TextArea, AttributeForm TextArea:focus { height: 4; scrollbar-size-vertical: 1; }
    AttributeForm Input:focus, AttributeForm TextArea:focus { background: $background; }
    """

    def __init__(self, palette: Palette, tag: str, attribute: Attribute | None, save: Save) -> None:
        """`attribute` of the tag called so; None for one more."""
        super().__init__()
        self._palette = palette
        self._tag = tag
        self._is_new = attribute is None
        self._save = save
        draft = drafted(attribute or Attribute(""))
        self._called = Input(draft.name, max_length=LONGEST_NAME, select_on_focus=False)
        self._kinds = {called(kind): kind for kind in KINDS}
        kinds = {called(kind): says for kind, says in KINDS.items()}
        self._kind = Option(palette, kinds, called(draft.kind), self._show)
        self._choices = TextArea(draft.choices, tab_behavior="focus", placeholder="one a line")
        self._flags = {
            flag: Option(palette, dict.fromkeys((_NO, _YES), says), _YES if flag in draft.flags else _NO)
            for flag, says in FLAGS.items()
        }
        self._definition = Input(draft.definition, max_length=LONGEST_DEFINITION, select_on_focus=False)
        self._rows: dict[str, Horizontal] = {}
        self._heading = Bar(palette)
        self._problem = Lines(palette)

    def compose(self) -> ComposeResult:
        """Heading, a line for each field, what is wrong, the keys."""
        lines: dict[str, tuple[str, Widget]] = {
            "name": ("Name", self._called),
            "kind": ("Kind", self._kind),
            "choices": ("Choices", self._choices),
            **{flag: (flag.capitalize(), option) for flag, option in self._flags.items()},
            "definition": ("Meaning", self._definition),
        }
        with Vertical():
            what = "One more thing to say of" if self._is_new else "What may be said of"
            self._heading.show([(f"{what} ", "quiet"), (self._tag, "bold")])
            yield self._heading
            for field, (label, widget) in lines.items():
                with Horizontal(classes="choices" if field == "choices" else None) as row:
                    self._rows[field] = row
                    before = Bar(self._palette)
                    before.show([(label, "quiet")])
                    yield before
                    yield widget
            yield self._problem
            yield Buttons(self._palette, self._pressed)

    def on_mount(self) -> None:
        """Show the keys, and what its kind has."""
        keys = [("Ctrl+S", "key"), (" saves   ", "quiet"), ("Esc", "key"), (" leaves it as it was   ", "quiet")]
        if not self._is_new:
            keys += [("Ctrl+D", "key"), (" takes it away", "quiet")]
        self.query_one(Buttons).show(keys, [("Tab", "key"), (" next line", "quiet")])
        self._show()

    def _show(self) -> None:
        """The lines that the kind has."""
        has = fields(self._kinds[self._kind.value])
        for field, row in self._rows.items():
            row.display = field in has or field in ("name", "kind", "definition")
        self._warn("")

    def _pressed(self, place: int) -> None:
        (self.action_save, self.action_leave, self.action_take_away)[place // 2]()

    def action_line(self, direction: int) -> None:
        """Another line."""
        shown = [row for row in self._rows.values() if row.display]
        lines = [widget for row in shown for widget in row.children if widget.can_focus]
        here = next((place for place, line in enumerate(lines) if line.has_focus), 0)
        lines[(here + direction) % len(lines)].focus()

    def on_input_submitted(self) -> None:
        """Enter in a line keeps everything."""
        self.action_save()

    def action_save(self) -> None:
        """Keep it."""
        flags = frozenset(flag for flag, option in self._flags.items() if option.value == _YES)
        kind = self._kinds[self._kind.value]
        draft = Draft(self._called.value, kind, self._choices.text, self._definition.value, flags)
        self._try(lambda: self._save(declared(draft)))

    def action_take_away(self) -> None:
        """Take it away; what was said by it stays with the marks."""
        if not self._is_new:
            self._try(lambda: self._save(None))

    def _try(self, save: Callable[[], None]) -> None:
        try:
            save()
        except ReaderError as problem:
            self._warn(safe(str(problem)))
            return
        self.dismiss(None)

    def _warn(self, sentence: str) -> None:
        self._problem.say(sentence, self._heading.size.width)

    def action_leave(self) -> None:
        """Leave it as it was."""
        self.dismiss(None)
