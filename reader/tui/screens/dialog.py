"""Screens that keys wait for, and the dialogs among them: what opens over the text and takes keys of its own."""

from __future__ import annotations

from typing import TypeVar

from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import ModalScreen

Answer = TypeVar("Answer")


class Awaited(MessagePump):
    """What makes a screen one that keys wait for, until something on it takes them."""

    class Ready(Message):
        """The screen takes keys now."""

    ready = False

    def on_descendant_focus(self) -> None:
        """What is typed has somewhere to go."""
        self.ready = True
        self.post_message(self.Ready())


class Dialog(Awaited, ModalScreen[Answer]):
    """A dialog with something to type into."""
