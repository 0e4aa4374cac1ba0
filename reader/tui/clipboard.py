"""Copying: the terminal's own clipboard (OSC 52) and the machine's, and what can honestly be said of it."""

from __future__ import annotations

import os

from textual.app import App


def copy(app: App[object], text: str, what: str) -> str:
    """Put the text on the clipboard; the sentence says what happened, as far as it can be known."""
    app.copy_to_clipboard(text)
    # On another machine's clipboard program the text would land where nobody pastes.
    if not os.environ.get("SSH_CONNECTION"):
        import pyperclip

        try:
            pyperclip.copy(text)
        except pyperclip.PyperclipException:
            pass
        else:
            return f"Copied {what}."
    if os.environ.get("TMUX"):
        return f"Sent {what} to the terminal. If pasting gives something else: tmux set -g set-clipboard on"
    return f"Sent {what} to the terminal's clipboard; some terminals do not take it."
