"""Statistics: the numbers of some articles, then the library's, as they are counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from reader.project import Project
from reader.tui.reading.numbers import Line, Numbers, number_lines
from reader.tui.screens.counting import CountingScreen, Watch
from reader.tui.themes import Palette
from reader.work import coverage, stats

BINS = 60
"""Parts of a text that a strip has at most."""


class StatsScreen(CountingScreen):
    """Tab counts everybody's marks or one's own; Esc, Enter and what opened it leave."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,number_sign,ctrl+k", "leave", show=False, priority=True),
        Binding("tab", "whose", show=False, priority=True),
    ]

    def __init__(self, project: Project, palette: Palette, some: str = "", documents: Sequence[int] = ()) -> None:
        super().__init__(project, palette, some, documents)
        self._everybody = False
        self._tags = stats.tags(project)
        self._numbers: dict[int, Numbers] = {}

    def on_mount(self) -> None:
        """Count one's own marks."""
        self._begin()

    def _begin(self) -> None:
        self.count_anew()
        self._numbers = {}
        self.show_numbers()
        everybody = self._everybody
        whose = "everybody’s marks" if everybody else f"marks of {self._project.annotator.name}"
        self.header.show([("Numbers", "bold")], [(whose, "text")])
        self.show_keys(
            ("↑ ↓ PgUp PgDn", "scroll"), ("Tab", "only mine" if everybody else "everybody’s"), ("Esc", "back")
        )
        layers = None if everybody else (self._project.annotator.layer_pk,)
        wanted = [("", stats.Among(layers=layers))]
        if self._documents:
            wanted.insert(0, (self._some, stats.Among(self._documents, layers)))

        def pieces(project: Project, watch: Watch) -> Iterator[tuple[int, Numbers]]:
            for place, (title, among) in enumerate(wanted):
                numbers = Numbers(title, stats.overview(project, among))
                yield place, numbers
                yield place, numbers._replace(covered=coverage.covered(project, among, bins=BINS, watch=watch))

        self.count(pieces)

    def came(self, piece: tuple[int, Numbers]) -> None:
        """Numbers, and under which of the headings they belong."""
        place, numbers = piece
        self._numbers[place] = numbers

    def show_numbers(self) -> None:
        """All that there are so far."""
        lines: list[Line] = [[(problem, "warning")] for problem in self._problems.values()]
        for _, numbers in sorted(self._numbers.items()):
            lines += [[], *number_lines(numbers, self._tags, self._palette, self.size.width - 2)]
        top = self.lines.top
        self.lines.show(lines)
        self.lines.scroll_lines(top)

    def action_whose(self) -> None:
        """Everybody's marks, or one's own."""
        self._everybody = not self._everybody
        self._begin()
