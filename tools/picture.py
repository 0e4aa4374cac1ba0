"""`python -m tools.picture`: the pictures of the README, taken of the demo by the program itself."""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from pathlib import Path

PICTURES = {"docs/reading.svg": ("tab", "tab", "N"), "docs/review.svg": ("ampersand", "enter", *["down"] * 5)}
"""What is pressed for each."""

SETTLE_SECONDS = 0.3
"""What opens takes its time."""

WHO = {"docs/reading.svg": "ana", "docs/review.svg": "cleo"}
SIZE = (112, 34)


async def taken(name: str) -> str:
    """The screen of the demo after a few keys, as SVG."""
    from reader import config
    from reader.project import open_project
    from reader.tui.app import ReaderApp
    from reader.work import demo, library

    project = open_project(demo.copy(fresh=True), WHO[name], create=False)
    app = ReaderApp(project, library.documents(project)[0].document, config.Settings(annotator=WHO[name]))
    async with app.run_test(size=SIZE) as pilot:
        for key in PICTURES[name]:
            await pilot.press(key)
            await pilot.pause(SETTLE_SECONDS)
        svg = app.export_screenshot()
    project.close()
    return svg


def main() -> None:
    """Take the pictures in a home of its own, so that nobody's settings are in them."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            os.environ[name] = folder
        os.environ.pop("NO_COLOR", None)
        os.environ["COLORTERM"] = "truecolor"
        for name in PICTURES:
            svg = asyncio.run(taken(name))
            # The picture is to fetch nothing from anywhere, and to keep its spaces in every viewer.
            svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
            svg = svg.replace("<text ", '<text xml:space="preserve" ')
            svg = svg.replace("Fira Code,", "Fira Code, DejaVu Sans Mono, Menlo,")
            Path(name).write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
