"""`python -m reader.tui.keys_doc`: docs/keys.md, written from the table of commands."""

from __future__ import annotations

import sys

from reader.annotations.codebook_toml import shipped
from reader.tui.commands import COMMANDS, Group, Mode, shown_keys

_ASIDE = {
    Mode.HINTS: "while letters lie over the words",
    Mode.RETAGGING: "while another tag is asked for",
}


def keys_page() -> str:
    """The page, in Markdown."""
    lines = [
        "# Keys",
        "",
        "Written by `python -m reader.tui.keys_doc` from the program's own table; `?` shows the same in the program.",
        "Small letters and digits tag; capitals, punctuation, arrows and Ctrl command. All keys are those of a plain",
        "xterm, so they work in tmux and over SSH. Your own go into `config.toml`, under `[keys]`, by the id in the last",
        'column: `undo = "ctrl+z"`.',
    ]
    for group in Group:
        lines += ["", f"## {group.value}", "", "| key | does | id |", "|---|---|---|"]
        if group is Group.TAG:
            for number, tag in enumerate(shipped().active, start=1):
                does = f"{tag.name}: the {tag.unit} at the cursor, or what is selected"
                lines.append(f"| `{tag.key}` `{number}` | {does} | |")
        for command in COMMANDS:
            if command.group is group:
                keys = " ".join(f"`{key}`".replace("|", "\\|") for key in shown_keys(command))
                aside = f" ({_ASIDE[command.mode]})" if command.mode in _ASIDE else ""
                lines.append(f"| {keys} | {command.help}{aside} | {command.id} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(keys_page())
