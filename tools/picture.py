"""`python -m tools.picture`: docs/reading.svg, the picture of the README, taken of the demo by the program itself."""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from pathlib import Path

PICTURE = Path("docs/reading.svg")
SIZE = (112, 34)
KEYS = ("tab", "tab", "N")


async def taken(folder: Path) -> str:
    """The screen of the demo after a few keys, as SVG."""
    from reader import config
    from reader.project import open_project
    from reader.tui.app import ReaderApp
    from reader.work import demo, library

    project = open_project(demo.copy(fresh=True), "ana", create=False)
    app = ReaderApp(project, library.documents(project)[0].document, config.Settings(annotator="ana"))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*KEYS)
        await pilot.pause()
        svg = app.export_screenshot()
    project.close()
    return svg


def main() -> None:
    """Take the picture in a home of its own, so that nobody's settings are in it."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            os.environ[name] = folder
        os.environ.pop("NO_COLOR", None)
        os.environ["COLORTERM"] = "truecolor"
        svg = asyncio.run(taken(Path(folder)))
    # The picture is to fetch nothing from anywhere, and to keep its spaces in every viewer.
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = svg.replace("<text ", '<text xml:space="preserve" ')
    svg = svg.replace("Fira Code,", "Fira Code, DejaVu Sans Mono, Menlo,")
    PICTURE.write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
