"""`python -m reader.tui.keys_doc`: writes docs/keys.md from the table of commands; `--check` proves it is current."""

from __future__ import annotations

import sys
from pathlib import Path

from reader.annotations.codebook_toml import shipped
from reader.tui.commands import COMMANDS, Group, Mode, shown_keys

PAGE = Path("docs/keys.md")
_ASIDE = {
    Mode.HINTS: "while letters lie over the words",
    Mode.RETAGGING: "while another tag is asked for",
    Mode.FINDING: "while words to find are typed",
}


def keys_page() -> str:
    """The page, in Markdown."""
    lines = [
        "# Keys",
        "",
        "Written by `python -m reader.tui.keys_doc` from the program's own table; `?` shows the same in the program.",
        "Small letters and digits tag; capitals, punctuation, arrows and Ctrl command. All keys are those of a plain",
        "xterm, so they work in tmux and over SSH. Your own go into `config.toml`, under `[keys]`, by the id in the",
        'last column: `undo = "ctrl+z"`.',
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


def main(arguments: list[str]) -> int:
    """Write the page, or with `--check` say whether it is current."""
    if arguments == ["--check"]:
        if PAGE.read_text(encoding="utf-8") == keys_page():
            return 0
        sys.stderr.write(f"{PAGE} is not current: run `python -m reader.tui.keys_doc`.\n")
        return 1
    PAGE.write_text(keys_page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
