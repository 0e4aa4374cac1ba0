"""Pictures of numbers in the terminal, drawn by plotext, which is installed only by those who want them."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from typing import Any

from reader.cli.stats_rows import COLOURS, Tags
from reader.documents.normalise import safe
from reader.errors import UsageProblem
from reader.work.coverage import Covered
from reader.work.stats import Tally

PACKAGE = "plotext>=6.1"
NARROWEST, WIDEST = 40, 120
HEIGHT = 18
_FILLS = "█▒░▓"
"""How the bars of tags differ where there is no colour; lines have their letters there."""

_MOST_TICKS = 8


def require() -> None:
    """UsageProblem, with the command to run, where plotext is missing."""
    try:
        import plotext  # noqa: F401
    except ImportError:
        raise UsageProblem(
            f"Plots are drawn by plotext, which is not installed: run `{sys.executable} -m pip install '{PACKAGE}'`,"
            " or leave out --plot for the table."
        ) from None


def times(tallies: Sequence[Tally], tags: Tags, *, styled: bool) -> str:
    """Marks over time: a bar for each of these times, in it the tags above each other."""
    used = [id_ for id_ in tags if any(id_ in tally.tags for tally in tallies)]
    figure, width = _figure()
    places = list(range(len(tallies)))
    heights = [[tally.tags.get(id_, 0) for tally in tallies] for id_ in used]
    figure.draw(figure.bar(places, heights, marker=_markers(used, tags), stacked=True, width=1.0, lines=False))
    step = -(-len(places) // min(_MOST_TICKS, max(1, width // 14)))
    figure.ruler("x").ticks(places[::step], [tally.name for tally in tallies][::step])
    _whole_numbers(figure, max(tally.marks for tally in tallies))
    return _drawn(figure, "marks", used, tags, styled=styled)


def places(covered: Covered, tags: Tags, *, styled: bool) -> str:
    """Where in the text marks are: of each part, how much of it is marked, a line for each tag."""
    used = [id_ for id_ in tags if id_ in covered.tags]
    figure, _ = _figure()
    highest = 0.0
    markers = _markers(used, tags, ["braille"] * len(used) if styled else _letters(used, tags))
    for id_, marker in zip(used, markers, strict=True):
        shares = [100 * share for share in covered.tags[id_].strip]
        highest = max(highest, *shares)
        middles = [100 * (place + 0.5) / len(shares) for place in range(len(shares))]
        line = figure.signal(middles, shares, marker=marker)
        line.lines()
        figure.draw(line)
    figure.ruler("x").lim(0, 100)
    figure.ruler("x").ticks([0, 25, 50, 75, 100], ["start", "a quarter", "half", "three quarters", "end"])
    _whole_numbers(figure, highest)
    signs = None if styled else _letters(used, tags)
    return _drawn(figure, "per cent of the text marked", used, tags, signs, styled=styled)


def _letters(used: Sequence[str], tags: Tags) -> list[str]:
    """A letter for each tag, its own where that is one that takes one cell."""
    symbols = [safe(tags[id_].symbol)[:1] for id_ in used]
    return [
        symbol
        if symbol.isascii() and symbol.isprintable() and symbols.count(symbol) == 1
        else chr(ord("a") + place % 26)
        for place, symbol in enumerate(symbols)
    ]


def _figure() -> tuple[Any, int]:
    import plotext

    width = max(NARROWEST, min(WIDEST, shutil.get_terminal_size((100, 24)).columns))
    figure = plotext.figure
    figure.clear()
    figure.theme("colorless")
    figure.plot_size(width, HEIGHT)
    return figure, width


def _markers(used: Sequence[str], tags: Tags, signs: Sequence[str] | None = None) -> list[Any]:
    import plotext

    return [
        plotext.marker(
            signs[place] if signs else _FILLS[place % len(_FILLS)],
            COLOURS.get(tags[id_].colour, "default").replace("_", " "),
        )
        for place, id_ in enumerate(used)
    ]


def _whole_numbers(figure: Any, highest: float) -> None:
    top = max(1, round(highest + 0.499))
    step = -(-top // 5)
    figure.ruler("y").lim(0, top)
    figure.ruler("y").ticks(list(range(0, top + 1, step)))


def _drawn(
    figure: Any, title: str, used: Sequence[str], tags: Tags, signs: Sequence[str] | None = None, *, styled: bool
) -> str:
    """The picture, what its height means, and which tag is which."""
    from io import StringIO

    from rich.console import Console
    from rich.text import Text

    legend = Text("  ")
    for place, id_ in enumerate(used):
        legend.append(signs[place] if signs else _FILLS[place % len(_FILLS)], COLOURS.get(tags[id_].colour, "")).append(
            f" {safe(tags[id_].name)}  "
        )
    console = Console(file=StringIO(), force_terminal=styled, highlight=False, emoji=False, width=WIDEST)
    console.print(legend)
    below = console.file.getvalue()  # type: ignore[attr-defined]
    picture = figure.build().string(colorless=not styled)
    lines = [line.rstrip() for line in picture.splitlines()]
    return "\n".join([title, *lines, "", below.rstrip()]) + "\n"
