"""What opens over the text and takes keys of its own."""

from __future__ import annotations

from typing import TypeVar

from textual.message import Message
from textual.screen import ModalScreen

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer]):
    """A dialog with something to type into; keys wait until it can take them."""

    class Ready(Message):
        """The dialog takes keys now."""

    ready = False

    def on_descendant_focus(self) -> None:
        """What is typed has somewhere to go."""
        self.ready = True
        self.post_message(self.Ready())
