"""Screens that keys wait for, and the dialogs among them: what opens over the text and takes keys of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self, TypeVar

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import ModalScreen
from textual.strip import Strip

Answer = TypeVar("Answer")


class Awaited(MessagePump):
    """What makes a screen one that keys wait for, until something on it takes them."""

    class Ready(Message):
        """The screen takes keys now."""

    ready = False

    def takes(self, event: events.Key | events.Paste) -> bool:
        """Whether it takes what was typed or pasted at once, before anything that was typed after it."""
        return False

    def on_descendant_focus(self) -> None:
        """What is typed has somewhere to go."""
        self.ready = True
        self.post_message(self.Ready())


class Over(ModalScreen[Answer]):
    """What lies over another screen, which is seen around it as it is."""

    _under: Sequence[Strip] = ()
    _opened = False

    def update_node_styles(self, animate: bool = True) -> None:
        """All styles anew, but for the time when it has just been opened: every widget has got them a moment before."""
        if self._opened:
            super().update_node_styles(animate)
        self._opened = True

    def refresh(self, *regions: Region, **how: Any) -> Self:
        """Draw these parts again, or everything; the screen below tells its changes so too."""
        self._under = ()
        return super().refresh(*regions, **how)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of the screen below, taken once: Textual would lay all of them out anew for each frame, twice."""
        stack = self.app.screen_stack
        place = stack.index(self) if self in stack else 0
        if self.app.no_color or not place:
            return super().render_lines(crop)
        if len(self._under) != self.size.height:
            self._under = stack[place - 1]._compositor.render_strips(self.size)
        rows = self._under[crop.y : crop.bottom]
        if crop.column_span == (0, self.size.width):
            return list(rows)
        return [row.crop(*crop.column_span) for row in rows]


class Dialog(Awaited, Over[Answer]):
    """A dialog with something to type into."""
